"""A letter as one HTML file: live citations, notes below, commitments marked, remarks with their kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from thuis.documents.source import DIGITS
from thuis.dossier.commitments import Commitment, find_commitments
from thuis.dossier.export.names import facts_of, letter_name, title_of
from thuis.dossier.export.spans import Span, marked, spans_of
from thuis.dossier.letter import Block, Note
from thuis.dossier.reading import Found, Reading, lint_text, said
from thuis.language import texts
from thuis.language.dates import day

_STYLE = (
    ":root{color-scheme:light dark}body{max-width:42rem;margin:2rem auto;padding:0 1rem;"
    "font:1.05rem/1.6 Georgia,serif}dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem}"
    "dd{margin:0}mark{background:none;color:inherit;border-bottom:.15em solid #8a5a00}"
    ".intention{border-bottom-style:dashed}section{font-size:.92rem}sup a{padding:0 .2em}"
)

Words = Callable[..., str]


@dataclass(frozen=True, slots=True)
class _Page:
    """What every part of the page needs; ``called`` holds the notes whose number has been written."""

    reading: Reading
    commitments: Sequence[Commitment]
    words: Words
    language: str
    called: set[str] = field(default_factory=set)


def html(reading: Reading, language: str = "nl") -> str:
    """The letter as a page that stands alone: no script, nothing fetched.

    Each citation links to the cited document and names it; each note number goes to its note and back; the
    sentence of a commitment is a ``<mark>`` whose title tells its kind.
    """
    letter = reading.letter
    page = _Page(reading, find_commitments(reading), texts("dossier", language), language)
    name = escape(letter_name(letter))
    pieces = [
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>',
        f'<meta name="viewport" content="width=device-width">\n<style>{_STYLE}</style>\n</head>',
        f'<body>\n<main>\n<article lang="nl" id="{escape(letter.meta.id)}">\n<h1>{name}</h1>',
        _facts(page),
        *_body(letter.blocks, page),
        _notes(page),
        "</article>",
        _remarks(page),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(piece for piece in pieces if piece)


def _body(blocks: Sequence[Block], page: _Page) -> list[str]:
    """The blocks; each run of list items in a list."""
    lines: list[str] = []
    for items, run in groupby(blocks, lambda block: block.kind == "item"):
        told = [_block(each, page) for each in run]
        lines += ["<ul>", *told, "</ul>"] if items else told
    return lines


def _block(block: Block, page: _Page) -> str:
    tag = {"heading": f"h{min(6, max(2, block.level))}", "item": "li"}.get(block.kind, "p")
    line = f'<{tag} id="{block.id}">{_inner(block, page)}</{tag}>'
    return f"<blockquote>{line}</blockquote>" if block.kind == "quote" else line


def _inner(part: Block | Note, page: _Page) -> str:
    cited = {each.id: each for each in page.reading.citations}
    promised = {each.id: each for each in page.commitments}

    def wrap(span: Span, inner: str) -> str:
        if span.kind == "note":
            return _called(span.ref, inner.translate(DIGITS), page)
        if span.kind == "citation":
            return _cited(cited[span.ref], inner)
        kind = promised[span.ref].kind
        title = escape(page.words(f"commitment.{kind}"))
        return f'<mark id="{span.ref}" class="{kind}" title="{title}">{inner}</mark>'

    return marked(part.text, spans_of(page.reading, page.commitments, part), escape, wrap)


def _called(ref: str, number: str, page: _Page) -> str:
    own = "" if ref in page.called else f' id="{ref}-from"'
    page.called.add(ref)
    label = escape(f"{page.words('words.note')} {number}")
    return f'<sup><a href="#{ref}"{own} aria-label="{label}">{number}</a></sup>'


def _cited(found: Found, inner: str) -> str:
    citation = found.citation
    told = f'id="{found.id}" title="{escape(title_of(citation))}"'
    if citation.id:
        told += f' data-id="{escape(citation.id)}"'
    if citation.url:
        return f'<a href="{escape(citation.url)}" {told}>{inner}</a>'
    return f"<cite {told}>{inner}</cite>"


def _facts(page: _Page) -> str:
    letter = page.reading.letter
    dated = day(letter.meta.date, page.language) if letter.meta.date else None
    lines = [
        f"<dt>{escape(page.words(f'field.{key}'))}</dt><dd>{escape(value)}</dd>"
        for key, value in facts_of(letter, dated)
    ]
    return "\n".join([f'<dl lang="{page.language}">', *lines, "</dl>"]) if lines else ""


def _notes(page: _Page) -> str:
    label = escape(page.words("export.back"))
    lines = []
    for note in page.reading.letter.notes:
        back = f' <a href="#{note.id}-from" aria-label="{label}">↩</a>' if note.id in page.called else ""
        lines.append(f'<li id="{note.id}" value="{note.number}">{_inner(note, page)}{back}</li>')
    return _section(page, "notes", "ol", lines)


def _remarks(page: _Page) -> str:
    reading, language = page.reading, page.language
    lines = [escape(said(each.kind, each.values, language)) for each in reading.letter.remarks]
    for found in reading.citations:
        link = f'<a href="#{found.id}">{escape(found.citation.text)}</a>'
        lines += [f"{link}: {escape(lint_text(finding, language))}" for finding in found.findings]
    return _section(page, "remarks", "ul", [f"<li>{line}</li>" for line in lines])


def _section(page: _Page, key: str, tag: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    name = escape(page.words(f"export.{key}"))
    head = f'<section aria-label="{name}">\n<h2 lang="{page.language}">{name}</h2>\n<{tag}>'
    return "\n".join([head, *lines, f"</{tag}>\n</section>"])
