"""The findings as one HTML page: an overview that prints and is signed, what has to change first, then each
document with its hits and its text in parts. Complete without a script; nothing is loaded from elsewhere.
"""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from thuis.documents import Unscreenable
from thuis.language import texts
from thuis.language.dates import spoken
from thuis.vocabulary.model import Vocabulary
from thuis.vocabulary.report.terminal import beside, said, totals, unread
from thuis.vocabulary.screen import Hit, Result, Screened
from thuis.vocabulary.verdict import LEVELS

_HERE = Path(__file__).parent
_TAGS = {"heading": "h4", "title": "h4", "quote": "blockquote", "code": "pre", "table": "p"}
#: How many documents the overview shows at once, how many hits of one document the list of what comes first.
_TOP, _FEW = 50, 10
#: A part of the text is at most so long; it begins at a heading once it is a third of that.
_PART = 6_000
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


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a long document: its number, its first words, its blocks and how many hits it holds."""

    number: int
    begin: str
    blocks: tuple[Shown, ...]
    hits: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the report, with the parts of its text that are shown and how many are left out."""

    number: int
    result: Screened
    parts: tuple[Part, ...]
    left: int

    def at(self, level: str) -> list[tuple[int, Hit]]:
        """The hits of a level with their number in the document; a rejected hit is fine."""
        return [
            (index, hit)
            for index, hit in enumerate(self.result.hits, 1)
            if ("fine" if hit.decision == "reject" else hit.level) == level
        ]

    def count(self, level: str) -> int:
        """How many hits of a level there are."""
        return len(self.at(level))


def as_html(
    results: Sequence[Result], vocabulary: Vocabulary, language: str = "nl", day: str | None = None
) -> str:
    """The report as the text of one HTML file."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    t, s = texts("vocabulary", language), texts("screening", language)
    documents = entries([each for each in results if isinstance(each, Screened)])
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(
        t=t,
        s=s,
        top=_TOP,
        few=_FEW,
        lead=_lead(documents, s),
        sentence=sentence,
        spoken=lambda value: spoken(value, language),
        unread=lambda result: unread(result, language),
        short=shortened([each.result.name for each in documents]),
        language=language,
        levels=LEVELS[::-1],
        style=(_HERE / "report.css").read_text("utf-8"),
        day=day or datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        version=vocabulary.version,
        totals=totals(results),
        terms=_terms(results, vocabulary),
        unscreened=[each for each in results if isinstance(each, Unscreenable)],
        documents=documents,
        instead=lambda hit: "; ".join(said(each, language) for each in hit.replacements),
        titles=lambda hit: "; ".join(vocabulary.sources[each].title for each in hit.sources),
    )


def entries(results: Sequence[Screened]) -> list[Entry]:
    """The documents, most to replace first. Of several documents only the parts of the text are kept that
    hold a word to replace or to consider: a report on an archive is no copy of it.
    """
    out = []
    for number, result in enumerate(results, 1):
        cut = parts(blocks(result))
        kept = cut if len(results) == 1 else [each for each in cut if _weighs(each)]
        out.append(Entry(number, result, tuple(kept), len(cut) - len(kept)))
    return sorted(out, key=lambda each: (-each.count("replace"), -each.count("consider"), each.number))


def _weighs(part: Part) -> bool:
    found = (piece.hit for block in part.blocks for piece in block.pieces if piece.hit)
    return any(hit.level != "fine" and hit.decision != "reject" for hit in found)


def parts(shown: Sequence[Shown]) -> list[Part]:
    """Blocks in parts of a few pages each."""
    groups: list[list[Shown]] = [[]]
    length = 0
    for block in shown:
        size = sum(len(piece.text) for piece in block.pieces)
        heading = block.kind == "heading" and length > _PART / 3
        if groups[-1] and (heading or length + size > _PART):
            groups.append([])
            length = 0
        groups[-1].append(block)
        length += size
    return [
        Part(
            number,
            _begin(group),
            tuple(group),
            sum(piece.hit is not None for b in group for piece in b.pieces),
        )
        for number, group in enumerate(filter(None, groups), 1)
    ]


def _begin(group: Sequence[Shown]) -> str:
    text = " ".join("".join(piece.text for piece in group[0].pieces).strip("#*> \n").split())
    return text if len(text) <= 60 else text[:60].rpartition(" ")[0] + "…"


def sentence(hit: Hit, around: int = 160) -> list[tuple[str, bool]]:
    """The sentence of a hit in three pieces, the hit marked; a long one is cut at words."""
    before, after = beside(hit, around)
    return [(before, False), (hit.text, True), (after, False)]


def shortened(names: Sequence[str]) -> dict[str, str]:
    """Names without the folder that all of them share.

    >>> shortened(["/data/brieven/a.txt", "/data/brieven/oud/b.txt"])
    {'/data/brieven/a.txt': 'a.txt', '/data/brieven/oud/b.txt': 'oud/b.txt'}
    """
    folders = [str(PurePath(name).parent) for name in names]
    rooted = len({PurePath(name).is_absolute() for name in names}) == 1
    shared = os.path.commonpath(folders) if folders and rooted else ""
    return {name: os.path.relpath(name, shared) if shared else name for name in names}


def _lead(documents: Sequence[Entry], s: Text) -> str:
    """The first sentence of the page: how many words have to change, and in how many documents."""
    touched = [each for each in documents if each.count("replace")]
    count = sum(each.count("replace") for each in touched)
    if not count:
        return str(s("lead.none"))
    if count == 1:
        return str(s("lead.one", names=touched[0].result.name))
    where = s("lead.one-document") if len(documents) == 1 else None
    return str(
        s("lead.some", n=count, documents=where or s("lead.documents", n=len(touched), of=len(documents)))
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
