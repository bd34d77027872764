"""A letter in Akoma Ntoso 3.0 (OASIS LegalDocML): work, expression and manifestation; notes inline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from thuis.dossier.commitments import Commitment, find_commitments
from thuis.dossier.export.names import letter_name
from thuis.dossier.export.spans import Span, marked, spans_of
from thuis.dossier.letter import Block, Letter, Note
from thuis.dossier.letter.read import address
from thuis.dossier.reading import Reading
from thuis.files import in_xml

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_UNKNOWN_DAY = "0001-01-01"


@dataclass(frozen=True, slots=True)
class _Shown:
    """The letter, and the notes that have been written: a note stands where it is called first."""

    reading: Reading
    commitments: Sequence[Commitment]
    written: set[str] = field(default_factory=set)


def akoma_ntoso(reading: Reading) -> str:
    """The letter as an Akoma Ntoso ``doc``: citations are ``ref``, notes ``authorialNote``.

    A commitment's sentence is a ``span`` that refers to a concept, ``#toezegging-new`` and so on. A letter
    without a date gets 0001-01-01, which stands for none.
    """
    letter = reading.letter
    shown = _Shown(reading, find_commitments(reading))
    kinds = sorted({each.kind for each in shown.commitments})
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<akomaNtoso xmlns="{NAMESPACE}">',
        '<doc name="kamerbrief">',
        _meta(letter, kinds),
        f"<preface><p><docTitle>{_text(letter_name(letter))}</docTitle></p></preface>",
        "<mainBody>",
        *_body(shown),
        "</mainBody>",
        "</doc>",
        "</akomaNtoso>\n",
    ]
    return "\n".join(lines)


def work_uri(letter: Letter) -> str:
    """The letter as a work: ``/akn/nl/doc/kamerbrief/<date>/<id>``."""
    day = letter.meta.date.isoformat() if letter.meta.date else _UNKNOWN_DAY
    return f"/akn/nl/doc/kamerbrief/{day}/{letter.meta.id}"


def _meta(letter: Letter, kinds: Sequence[str]) -> str:
    work = work_uri(letter)
    meta = letter.meta
    day = meta.date.isoformat() if meta.date else _UNKNOWN_DAY
    dated = f'<FRBRdate date="{day}" name="date"/><FRBRauthor href="#sender"/>'
    alias = _alias("reference", meta.reference)
    number = f'<FRBRnumber value="{meta.dossier}-{meta.number}"/>' if meta.dossier and meta.number else ""
    text = f'{_uris(f"{work}/nld@", "main")}{dated}<FRBRlanguage language="nld"/>'
    form = f"{_uris(f'{work}/nld@.akn', 'main.xml')}{_alias('published', address(letter))}{dated}"
    concept = "/akn/ontology/concept/toezegging"
    return "\n".join(
        [
            '<meta>\n<identification source="#thuis">',
            f'<FRBRWork>{_uris(work, "main")}{alias}{dated}<FRBRcountry value="nl"/>{number}</FRBRWork>',
            f"<FRBRExpression>{text}</FRBRExpression>",
            f"<FRBRManifestation>{form}</FRBRManifestation>",
            '</identification>\n<references source="#thuis">',
            '<TLCOrganization eId="thuis" href="/akn/ontology/organization/thuis" showAs="thuis"/>',
            '<TLCOrganization eId="sender" href="/akn/ontology/organization/sender" '
            f"showAs={quoteattr(in_xml(meta.sender or 'onbekend'))}/>",
            *(f'<TLCConcept eId="toezegging-{k}" href="{concept}/{k}" showAs="{k}"/>' for k in kinds),
            "</references>\n</meta>",
        ]
    )


def _alias(name: str, value: str | None) -> str:
    return f'<FRBRalias name="{name}" value={quoteattr(in_xml(value))}/>' if value else ""


def _uris(uri: str, part: str) -> str:
    return f'<FRBRthis value="{uri}/!{part}"/><FRBRuri value="{uri}"/>'


def _body(shown: _Shown) -> list[str]:
    """Blocks before the first heading stand in the body; each heading opens a section."""
    lines: list[str] = []
    sections = 0
    for block_group in _sections(shown.reading.letter.blocks):
        head = block_group[0] if block_group[0].kind == "heading" else None
        inner = _blocks(block_group[1:] if head else block_group, shown)
        if not head:
            lines += inner
            continue
        sections += 1
        lines.append(f'<section eId="sec_{sections}">')
        lines.append(f"<heading>{_inline(head, shown)}</heading>")
        lines += ["<content>", *(inner or ["<p/>"]), "</content>", "</section>"]
    lines += [
        f"<p>{_authorial(note, shown)}</p>"  # nothing calls it, and no word may be lost
        for note in shown.reading.letter.notes
        if note.id not in shown.written
    ]
    return lines or ["<p/>"]


def _sections(blocks: Sequence[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    for block in blocks:
        if block.kind == "heading" or not groups:
            groups.append([])
        groups[-1].append(block)
    return groups


def _blocks(blocks: Sequence[Block], shown: _Shown) -> list[str]:
    lines: list[str] = []
    for items, run in groupby(blocks, lambda block: block.kind == "item"):
        told = list(run)
        if items:
            lines.append(f'<blockList eId="list_{told[0].id}">')
            lines += [f'<item eId="{each.id}"><p>{_inline(each, shown)}</p></item>' for each in told]
            lines.append("</blockList>")
            continue
        for each in told:
            kind = ' class="quote"' if each.kind == "quote" else ""
            lines.append(f'<p eId="{each.id}"{kind}>{_inline(each, shown)}</p>')
    return lines


def _inline(part: Block | Note, shown: _Shown) -> str:
    notes = {note.id: note for note in shown.reading.letter.notes}
    cited = {found.id: found.citation for found in shown.reading.citations}
    kinds = {each.id: each.kind for each in shown.commitments}

    def wrap(span: Span, inner: str) -> str:
        if span.kind == "note":
            return _authorial(notes[span.ref], shown)
        if span.kind == "commitment":
            return f'<span eId="{span.ref}" refersTo="#toezegging-{kinds[span.ref]}">{inner}</span>'
        citation = cited[span.ref]
        to = citation.url or citation.id
        return f'<ref eId="{span.ref}" href={quoteattr(to)}>{inner}</ref>' if to else inner

    return marked(part.text, spans_of(shown.reading, shown.commitments, part), _text, wrap)


def _authorial(note: Note, shown: _Shown) -> str:
    if note.id in shown.written:
        return f'<noteRef href="#{note.id}" marker="{note.number}"/>'
    shown.written.add(note.id)
    told = f'eId="{note.id}" marker="{note.number}" placement="bottom"'
    return f"<authorialNote {told}><p>{_inline(note, shown)}</p></authorialNote>"


def _text(text: str) -> str:
    return escape(in_xml(text))
