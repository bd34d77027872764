"""The findings as one HTML page: a summary that prints, then each document with its hits marked in the text.

Complete without a script: filters are radio buttons that the style sheet reads. Nothing is loaded from
elsewhere.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from thuis.documents import Unscreenable
from thuis.language import texts
from thuis.vocabulary.model import Vocabulary
from thuis.vocabulary.report.terminal import said, totals
from thuis.vocabulary.screen import Hit, Result, Screened
from thuis.vocabulary.verdict import LEVELS

_HERE = Path(__file__).parent
_TAGS = {"heading": "h3", "title": "h3", "quote": "blockquote", "code": "pre", "table": "p"}
Text = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, with the hit it is when it is one."""

    text: str
    hit: Hit | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of the document as the page shows it."""

    tag: str
    kind: str
    page: int | None
    pieces: tuple[Piece, ...]


def as_html(
    results: Sequence[Result], vocabulary: Vocabulary, language: str = "nl", day: str | None = None
) -> str:
    """The report as the text of one HTML file."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    t = texts("vocabulary", language)
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(
        t=t,
        language=language,
        levels=LEVELS[::-1],
        style=(_HERE / "report.css").read_text("utf-8"),
        day=day or datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        version=vocabulary.version,
        totals=totals(results),
        terms=_terms(results, vocabulary),
        unscreened=[each for each in results if isinstance(each, Unscreenable)],
        documents=[
            (number, each, blocks(each))
            for number, each in enumerate((r for r in results if isinstance(r, Screened)), 1)
        ],
        instead=lambda hit: "; ".join(said(each, language) for each in hit.replacements),
        titles=lambda hit: "; ".join(vocabulary.sources[each].title for each in hit.sources),
    )


def _terms(results: Sequence[Result], vocabulary: Vocabulary) -> list[tuple[str, str, dict[str, int]]]:
    """Per term its name, language and how many hits of each level, most to replace first."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in results:
        if isinstance(each, Screened):
            counts.update((h.term, "fine" if h.decision == "reject" else h.level) for h in each.hits)
    names = list(dict.fromkeys(term for term, _ in counts))
    rows = [
        (vocabulary.by_id[n].term, vocabulary.by_id[n].language, {lv: counts[n, lv] for lv in LEVELS})
        for n in names
    ]
    return sorted(rows, key=lambda row: [-row[2][level] for level in reversed(LEVELS)] + [0])


def blocks(result: Screened) -> list[Shown]:
    """The blocks of a document, cut at its hits; hits are numbered through the document.

    >>> from thuis.vocabulary import load_vocabulary
    >>> from thuis.documents import from_text
    >>> from thuis.vocabulary.screen import Options, Screener
    >>> screener = Screener(load_vocabulary(), Options(date="2022-11-14", roles=False))
    >>> [piece.text for piece in blocks(screener.screen(from_text("Een islamiet spreekt.")))[0].pieces]
    ['Een ', 'islamiet', ' spreekt.']
    """
    text = result.document.text
    waiting = list(enumerate(result.hits, 1))
    shown: list[Shown] = []
    for block in result.document.blocks:
        place = block.start
        pieces: list[Piece] = []
        while waiting and waiting[0][1].start < block.end:
            number, hit = waiting.pop(0)
            end = min(hit.end, block.end)
            pieces += (Piece(text[place : hit.start]), Piece(text[hit.start : end], hit, number))
            place = end
        pieces.append(Piece(text[place : block.end]))
        kept = tuple(piece for piece in pieces if piece.text)
        shown.append(Shown(_TAGS.get(block.kind, "p"), block.kind, block.page, kept))
    return shown
