"""A letter as a page: its text with live citations; notes and doubts in the margin beside each paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from thuis.contract.dossier import Block, Citation, Commitment, Letter, Note, Span
from thuis.contract.folder import DataFolder
from thuis.language import catalogue
from thuis.site.page import Page
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Row:
    """One block of the letter, and what stands beside it."""

    block: Block
    html: Markup
    notes: tuple[tuple[Note, Markup], ...]
    doubts: tuple[Citation, ...]
    promises: tuple[Commitment, ...]


@dataclass(slots=True)
class _Letter:
    """What rendering needs to look up, and which notes were met on the way."""

    notes: Mapping[str, Note]
    citations: Mapping[str, Citation]
    commitments: Mapping[str, Commitment]
    met: set[str] = field(default_factory=set)


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """One page per letter."""
    for letter in data.dossier.letters:
        yield _page(letter, data, voice)


def _page(letter: Letter, data: DataFolder, voice: Voice) -> Page:
    known = {each.id: each for each in data.dossier.commitments}
    look = _Letter(
        {each.id: each for each in letter.notes},
        {each.id: each for each in letter.citations},
        known,
    )
    rows = [_row(block, look) for block in letter.blocks]
    orphans = [
        (note, marked(note.text, note.opened, look)) for note in letter.notes if note.id not in look.met
    ]
    return Page(
        f"letter/{letter.id}",
        "letter",
        letter.title,
        voice.say(letter.summary),
        section="dossier",
        context={
            "letter": letter,
            "rows": rows,
            "orphans": orphans,
            "files": kinds("dossier.json", letter.downloads, voice),
        },
    )


def kinds(whole: str, paths: Sequence[str], voice: Voice) -> list[tuple[str, str]]:
    """What each download is called, and its address: that of everything first, then those of ``paths``.

    A file whose kind says too little is called by what is in it; no two go by one name.
    """
    told = catalogue("site", voice.language)
    found = []
    for path in paths:
        name, _, ending = path.rpartition("/")[2].partition(".")
        kind = told.get(f"file-names.{ending}") or ending.upper()
        called = told.get(f"file-names.{name}")
        found.append(
            (f"{called} ({kind.rpartition('(')[2].rstrip(')')})" if called else kind, f"data/{path}")
        )
    return [(voice.t("file-names.whole"), f"data/{whole}"), *found]


def _row(block: Block, look: _Letter) -> Row:
    before = set(look.met)
    html = marked(block.text, block.opened, look)
    notes = [look.notes[id_] for id_ in look.notes if id_ in look.met - before]
    cited = dict.fromkeys(s.ref for s in block.opened if s.kind == "citation" and s.ref in look.citations)
    promised = dict.fromkeys(
        s.ref for s in block.opened if s.kind == "commitment" and s.ref in look.commitments
    )
    beside = [*cited]
    for note in notes:
        beside += [s.ref for s in note.opened if s.kind == "citation" and s.ref in look.citations]
    return Row(
        block,
        html,
        tuple((note, marked(note.text, note.opened, look)) for note in notes),
        tuple(c for ref in dict.fromkeys(beside) if _doubtful(c := look.citations[ref])),
        tuple(look.commitments[ref] for ref in promised),
    )


def _doubtful(citation: Citation) -> bool:
    return bool(citation.problems or citation.alternatives or citation.confidence == "candidate")


def marked(text: str, spans: Sequence[Span], look: Any) -> Markup:
    """The text with its spans as links and marks; spans nest, so this walks them as a tree."""
    html, _ = _walk(text, list(spans), 0, len(text), look)
    return html


def _walk(text: str, spans: list[Span], start: int, end: int, look: _Letter) -> tuple[Markup, list[Span]]:
    parts = [Markup("")]
    at = start
    while spans and spans[0].start < end:
        span = spans.pop(0)
        parts.append(escape(text[at : span.start]))
        inner, spans = _walk(text, spans, span.start, span.end, look)
        parts.append(_wrapped(span, inner, look))
        at = span.end
    parts.append(escape(text[at:end]))
    return Markup("").join(parts), spans


def _wrapped(span: Span, inner: Markup, look: _Letter) -> Markup:
    if span.kind == "note" and span.ref in look.notes:
        first = span.ref not in look.met
        look.met.add(span.ref)
        anchor = Markup(' id="{}-marker"').format(span.ref) if first else Markup("")
        return Markup('<a class="note-marker" href="#{}"{}>{}</a>').format(span.ref, anchor, inner)
    if span.kind == "citation" and span.ref in look.citations:
        cited = look.citations[span.ref]
        sure = cited.confidence or "certain"
        if cited.url:
            return Markup('<a class="cited {}" href="{}">{}</a>').format(sure, cited.url, inner)
        return Markup('<span class="cited {}">{}</span>').format(sure, inner)
    if span.kind == "commitment" and span.ref in look.commitments:
        return Markup('<span class="promise" id="said-{}">{}</span>').format(span.ref, inner)
    return inner
