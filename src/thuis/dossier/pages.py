"""The dossier as one value for a site: letters, ledger, measures, edges, timeline, with their proofs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from thuis.dossier.cite.resolve import url
from thuis.dossier.commitments import MEASURED
from thuis.dossier.export.names import title_of
from thuis.dossier.folder import Dossier, read_dossier
from thuis.dossier.graph import Edge, Event, Measure
from thuis.dossier.ledger import Entry, counts
from thuis.dossier.ledger.table import last_day
from thuis.dossier.letter import Block, Letter, Note, Remark
from thuis.dossier.reading import Found, Reading, lint_text, said
from thuis.language import LANGUAGES, texts

Json = dict[str, Any]


def dossier_pages(folder: Path, themes: Sequence[str] = (), today: date | None = None) -> Json:
    """What ``dossier.json`` of the data folder holds, from the files of a project folder.

    :param themes: ids of the monitor's themes; others are left out. Empty keeps all.
    :param today: the day for which "overdue" is told; a build gives the date of its version, so that the same
        project gives the same pages. Today when left out.
    :returns: an empty dict when the folder has no dossier.
    :raises ThuisError: as :func:`thuis.dossier.folder.read_dossier`.
    """
    dossier = read_dossier(Path(folder))
    return as_pages(dossier, themes, today or datetime.now(UTC).date())


def as_pages(dossier: Dossier, themes: Sequence[str], today: date) -> Json:
    """The same from a dossier that was read before."""
    if dossier.empty:
        return {}
    kept = {"letters": [_letter(name, reading, dossier) for name, reading in dossier.readings.items()]}
    return {
        **kept,
        "counts": counts(dossier.entries, today),
        "reading": {
            "recall": MEASURED.recall,
            "precision": MEASURED.precision,
            "sentences": MEASURED.sentences,
        },
        "commitments": [_commitment(each, dossier, themes, today) for each in dossier.entries],
        "measures": [_measure(each, dossier, themes) for each in dossier.measures],
        "edges": [_edge(each, dossier) for each in dossier.edges if each.review != "rejected"],
        "events": sorted(_events(dossier), key=lambda each: (str(each["date"]), each["title"]["nl"])),
    }


def both(key: str, **values: object) -> dict[str, str]:
    """A text of the catalogue in every language."""
    return {language: texts("dossier", language)(key, **values) for language in LANGUAGES}


def pair(nl: str, en: str) -> dict[str, str] | None:
    """A text in two languages; Dutch stands in where there is no English."""
    return {"nl": nl, "en": en or nl} if nl or en else None


def _letter(name: str, reading: Reading, dossier: Dossier) -> Json:
    letter, meta = reading.letter, reading.letter.meta
    remarks = [each for each in letter.remarks if each.kind not in {"not-found", "marker-place"}]
    return {
        "id": name,
        "title": meta.subject or name,
        "language": "nl",
        "date": meta.date.isoformat() if meta.date else None,
        "reference": meta.reference,
        "sender": meta.sender,
        "addressee": meta.addressee,
        "subject": meta.subject,
        "dossier": meta.dossier,
        "number": meta.number,
        "url": url(name),
        "blocks": [_block(each, reading, dossier) for each in letter.blocks],
        "notes": [_note(each, reading) for each in letter.notes],
        "citations": [_citation(each) for each in reading.citations if _named(each)],
        "report": [_remark(each) for each in remarks],
    }


def _block(block: Block, reading: Reading, dossier: Dossier) -> Json:
    numbers = {note.number for note in reading.letter.notes}
    start, end = block.body.span()
    spans = [
        {"start": mark.start, "end": mark.end, "kind": "note", "ref": f"n{mark.number}"}
        for mark in block.markers
        if mark.number in numbers
    ]
    spans = [*_promises(block, reading.letter, dossier), *_cited(block.id, reading), *spans]
    told: Json = {
        "id": block.id,
        "kind": block.kind,
        "text": block.text,
        "page": block.page,
        "spans": nested(spans),
    }
    if block.kind == "heading":
        told["level"] = block.level
    return {**told, "source": [start, end]}


def _promises(block: Block, letter: Letter, dossier: Dossier) -> Iterator[Json]:
    """The sentences of the ledger, and the names of measures in the sentences that prove them."""
    here = (letter.meta.id, block.id)
    for entry in dossier.entries:
        if (entry.letter, entry.where) == here and entry.sentence:
            yield from _span(block.text.find(entry.sentence), len(entry.sentence), "commitment", entry.id)
    for measure in dossier.measures:
        if (measure.letter, measure.where) == here and measure.sentence:
            at = block.text.find(measure.title_nl, block.text.find(measure.sentence))
            yield from _span(at, len(measure.title_nl), "measure", measure.id)


def _span(at: int, length: int, kind: str, ref: str) -> Iterator[Json]:
    if at >= 0 and length:
        yield {"start": at, "end": at + length, "kind": kind, "ref": ref}


def _cited(where: str, reading: Reading) -> list[Json]:
    return [
        {"start": each.citation.start, "end": each.citation.end, "kind": "citation", "ref": each.id}
        for each in reading.citations
        if each.where == where and _named(each)
    ]


def nested(spans: Sequence[Json]) -> list[Json]:
    """Spans that nest or stand apart: of two that cross, or that are the same, the first given stays.

    >>> nested([{"start": 0, "end": 5}, {"start": 3, "end": 8}, {"start": 1, "end": 2}])
    [{'start': 0, 'end': 5}, {'start': 1, 'end': 2}]
    """
    kept: list[Json] = []
    for one in spans:
        if all(_apart(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: (each["start"], -each["end"]))


def _apart(one: Json, other: Json) -> bool:
    same = (one["start"], one["end"]) == (other["start"], other["end"])
    before = one["end"] <= other["start"] or other["end"] <= one["start"]
    inside = one["start"] >= other["start"] and one["end"] <= other["end"]
    around = one["start"] <= other["start"] and one["end"] >= other["end"]
    return not same and (before or inside or around)


def _note(note: Note, reading: Reading) -> Json:
    kinds = {"note-cut", "note-without-marker", "note-twice"}
    own = [
        r for r in reading.letter.remarks if r.kind in kinds and r.values.get("number") == str(note.number)
    ]
    return {
        "id": note.id,
        "number": str(note.number),
        "text": note.text,
        "spans": nested(_cited(note.id, reading)),
        "problem": _said(own[0]) if own else None,
        "source": list(note.body.span()),
    }


def _said(remark: Remark) -> dict[str, str]:
    return {language: said(remark.kind, remark.values, language) for language in LANGUAGES}


def _remark(remark: Remark) -> Json:
    return {"kind": remark.kind, "text": _said(remark), "block": remark.block}


def _named(found: Found) -> bool:
    return bool(found.citation.id or found.citation.candidates)


def _citation(found: Found) -> Json:
    each = found.citation
    candidates = [{"canonical": c.id, "url": url(c.id), "why": c.reason} for c in each.candidates]
    sure = each.confidence >= 0.95 and each.exists is not False
    return {
        "id": found.id,
        "canonical": each.id or each.candidates[0].id,
        "kind": each.kind,
        "title": title_of(each),
        "url": each.url,
        "confidence": "candidate" if not each.id else "certain" if sure else "likely",
        "alternatives": candidates,
        "problems": [
            {language: lint_text(finding, language) for language in LANGUAGES} for finding in found.findings
        ],
        "source": list(found.source),
    }


def _proof(each: Entry | Measure | Edge, dossier: Dossier) -> Json:
    """Where the sentence stands; a note is shown with the block that calls it."""
    if not each.letter:
        return {}
    block = each.where
    letter = dossier.readings[each.letter].letter if each.letter in dossier.readings else None
    if letter and block.startswith("n"):
        note = next((note for note in letter.notes if note.id == block), None)
        block = (note.block if note else None) or ""
    proof = {"letter": each.letter, "block": block, "sentence": each.sentence}
    return proof | ({"note": each.where} if block != each.where else {})


def _known(written: str, themes: Sequence[str]) -> list[str]:
    return [each for each in written.split() if not themes or each in themes]


def _commitment(entry: Entry, dossier: Dossier, themes: Sequence[str], today: date) -> Json:
    due = last_day(entry.due) if entry.due else None
    fulfilled = {
        "title": entry.fulfilled_by,
        "url": url(entry.fulfilled_by),
        "date": entry.fulfilled_on or None,
    }
    return {
        "id": entry.id,
        "text": entry.text,
        "kind": entry.kind,
        "status": entry.code,
        "promise": entry.promise,
        "who": entry.who or None,
        "to": entry.to or None,
        "date": entry.date or None,
        "debate": entry.debate or entry.debate_id or None,
        "due": entry.due or None,
        "term": entry.term or None,
        "overdue": bool(entry.open and due and due < today),
        "themes": _known(entry.themes, themes),
        "proof": _proof(entry, dossier),
        "fulfilled_by": fulfilled if entry.fulfilled_by else None,
        "note": pair(entry.note_nl, entry.note_en),
    }


def _measure(measure: Measure, dossier: Dossier, themes: Sequence[str]) -> Json:
    return {
        "id": measure.id,
        "title": pair(measure.title_nl, measure.title_en),
        "kind": measure.kind,
        "text": pair(measure.text_nl, measure.text_en),
        "body": measure.body or None,
        "themes": _known(measure.themes, themes),
        "indicators": measure.indicators.split(),
        "proof": _proof(measure, dossier),
        "amount": int(measure.amount) if measure.amount else None,
        "year": int(measure.year) if measure.year else None,
        "url": measure.url or None,
    }


def _edge(edge: Edge, dossier: Dossier) -> Json:
    return {
        "id": edge.id,
        "from": edge.start,
        "type": edge.type,
        "to": edge.end,
        "review": edge.review,
        "proof": _proof(edge, dossier),
    }


def _events(dossier: Dossier) -> Iterator[Json]:
    for name, reading in dossier.readings.items():
        meta = reading.letter.meta
        if meta.date:
            title = both("event.letter", subject=meta.subject or name)
            yield _event(meta.date.isoformat(), "letter", title, {"letter": name})
    for entry in dossier.entries:
        if entry.date and entry.promise:
            kind = "debate" if entry.debate else "commitment"
            yield _event(entry.date, kind, both("event.promised", text=entry.text), {"commitment": entry.id})
        if entry.fulfilled_on and entry.status in {"Voldaan", "Deels Voldaan"}:
            title = both("event.fulfilled", text=entry.text, document=entry.fulfilled_by)
            yield _event(entry.fulfilled_on, "outcome", title, {"commitment": entry.id})
    yield from (_own(each) for each in dossier.events)


def _event(day: str, kind: str, title: Mapping[str, str], link: Json) -> Json:
    return {"date": day, "kind": kind, "title": title, "text": None, "link": link}


def _own(event: Event) -> Json:
    link = {event.link: event.to} if event.link and event.to else {}
    told = _event(event.date, event.kind, pair(event.title_nl, event.title_en) or {}, link)
    return told | {"text": pair(event.text_nl, event.text_en)}
