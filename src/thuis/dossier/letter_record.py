"""A letter as the data folder holds it: blocks with spans, notes, citations, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thuis.contract import dossier as contract
from thuis.contract.dossier import Span
from thuis.dossier.cite import Candidate
from thuis.dossier.cite.address import url
from thuis.dossier.export.names import title_of
from thuis.dossier.export.spans import nested
from thuis.dossier.folder import Dossier
from thuis.dossier.letter import Block, Letter, Note, Remark
from thuis.dossier.reading import Found, Reading, lint_text, said
from thuis.language import LANGUAGES, texts

_OF_NOTES = {"note-cut", "note-without-marker", "note-twice"}
_INSIDE = {"not-found", "marker-place"}
"""Remarks for who reads the document, not for who reads the page."""


def letter_record(name: str, reading: Reading, dossier: Dossier, downloads: Sequence[str]) -> contract.Letter:
    """The letter with this name."""
    letter, meta = reading.letter, reading.letter.meta
    return contract.Letter(
        id=name,
        title=meta.subject or name,
        language="nl",
        date=meta.date.isoformat() if meta.date else None,
        reference=meta.reference,
        sender=meta.sender,
        addressee=meta.addressee,
        subject=meta.subject,
        dossier=meta.dossier,
        number=meta.number,
        url=url(name),
        blocks=tuple(_block(each, reading, dossier) for each in letter.blocks),
        notes=tuple(_note(each, reading) for each in letter.notes),
        citations=tuple(_citation(each) for each in reading.citations if _named(each)),
        report=tuple(_remark(each) for each in letter.remarks if each.kind not in _INSIDE),
        downloads=tuple(downloads),
    )


def _block(block: Block, reading: Reading, dossier: Dossier) -> contract.Block:
    numbers = {note.number for note in reading.letter.notes}
    notes = [
        Span(start=mark.start, end=mark.end, kind="note", ref=f"n{mark.number}")
        for mark in block.markers
        if mark.number in numbers
    ]
    spans = [*_promises(block, reading.letter, dossier), *_cited(block.id, reading), *notes]
    told = {
        "id": block.id,
        "kind": block.kind,
        "text": block.text,
        "page": block.page,
        "spans": nested(spans),
        "source": block.body.span(),
    }
    return contract.Block.given(told | ({"level": block.level} if block.kind == "heading" else {}))


def _promises(block: Block, letter: Letter, dossier: Dossier) -> Iterator[Span]:
    """The sentences of the ledger, and the names of measures in the sentences that prove them."""
    here = (letter.meta.id, block.id)
    for entry in dossier.entries:
        if (entry.letter, entry.where) == here and entry.sentence:
            at = block.text.find(entry.sentence)
            if at >= 0:
                yield Span(start=at, end=at + len(entry.sentence), kind="commitment", ref=entry.id)
    for measure in dossier.measures:
        if (measure.letter, measure.where) == here and measure.sentence and measure.title_nl:
            at = block.text.find(measure.title_nl, block.text.find(measure.sentence))
            if at >= 0:
                yield Span(start=at, end=at + len(measure.title_nl), kind="measure", ref=measure.id)


def _cited(where: str, reading: Reading) -> list[Span]:
    return [
        Span(start=each.citation.start, end=each.citation.end, kind="citation", ref=each.id)
        for each in reading.citations
        if each.where == where and _named(each)
    ]


def _note(note: Note, reading: Reading) -> contract.Note:
    number = str(note.number)
    own = [r for r in reading.letter.remarks if r.kind in _OF_NOTES and r.values.get("number") == number]
    return contract.Note(
        id=note.id,
        number=number,
        text=note.text,
        spans=nested(_cited(note.id, reading)),
        problem=_said(own[0]) if own else None,
        source=note.body.span(),
    )


def _said(remark: Remark) -> dict[str, str]:
    return {language: said(remark.kind, remark.values, language) for language in LANGUAGES}


def _remark(remark: Remark) -> contract.Remark:
    return contract.Remark(kind=remark.kind, text=_said(remark), block=remark.block)


def _why(candidate: Candidate) -> dict[str, str] | str:
    if not candidate.key:
        return candidate.reason
    return {language: texts("dossier", language)(f"why.{candidate.key}") for language in LANGUAGES}


def _named(found: Found) -> bool:
    return bool(found.citation.id or found.citation.candidates)


def _citation(found: Found) -> contract.Citation:
    each = found.citation
    sure = each.confidence >= 0.95 and each.exists is not False
    return contract.Citation(
        id=found.id,
        canonical=each.id or each.candidates[0].id,
        kind=each.kind,
        title=title_of(each),
        url=each.url,
        confidence="candidate" if not each.id else "certain" if sure else "likely",
        alternatives=tuple(
            contract.Alternative(canonical=c.id, url=url(c.id), why=_why(c)) for c in each.candidates
        ),
        problems=tuple(
            {language: lint_text(finding, language) for language in LANGUAGES} for finding in found.findings
        ),
        source=found.source,
    )
