"""Lines to paragraphs: headings, items, joins over lines and pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from thuis.documents.mapped import Mapped
from thuis.dossier.letter.model import BlockKind

_ENDS = re.compile(r"[.!?:;…][’”»)\]⁰¹²³⁴-⁹ ]*$")
_ITEM = re.compile(r"^\s*(?:[-–•·▪◦o]|\d{1,2}[.)]|[a-z][.)])\s+(?=\S)")
_SPACES = re.compile(r"\s+")
_STOP_IN = 0.72  # a sentence that ends before this part of the line's width ends its paragraph


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading or item before it gets its id."""

    kind: BlockKind
    body: Mapped
    page: int | None = None
    level: int = 2
    cut: str | None = None


def pieces(lines: Sequence[Mapped], page: int | None, typeset: bool) -> list[Piece]:
    """The blocks of one page.

    :param typeset: whether the text breaks words at line ends, so that a hyphen there may be dropped.

    >>> page = [Mapped.of(t) for t in ("Taal en termen", " ", "Ook taal kan leiden tot", "uitsluiting.")]
    >>> [(piece.kind, piece.body.text) for piece in pieces(page, 1, False)]
    [('heading', 'Taal en termen'), ('paragraph', 'Ook taal kan leiden tot uitsluiting.')]
    """
    width = max((len(line.text.rstrip()) for line in lines), default=0)
    found: list[Piece] = []
    group: list[Mapped] = []
    words = {word.lower() for line in lines for word in re.findall(r"[\w-]+", line.text)}

    def close(end: bool) -> None:
        nonlocal group
        if group:
            alone = end and len(group) <= 2
            found.append(_piece(group, page, alone, words if typeset else None))
        group = []

    for line in lines:
        text = line.text
        if not text.strip():
            close(True)
            continue
        if group and ((_ITEM.match(text) and _opens(group[-1].text)) or _ends(group[-1].text, width, text)):
            close(False)
        group.append(line)
    close(True)
    return found


def _opens(before: str) -> bool:
    return bool(_ENDS.search(before.rstrip())) or bool(_ITEM.match(before))


def _ends(before: str, width: int, text: str) -> bool:
    stripped = before.rstrip()
    if not re.search(r"[.!?][’”»)⁰¹²³⁴-⁹ ]*$", stripped) or not text.strip()[:1].isupper():
        return False
    return len(stripped) < _STOP_IN * width or len(before) - len(stripped) >= 2


def _piece(group: Sequence[Mapped], page: int | None, alone: bool, words: set[str] | None) -> Piece:
    item = _ITEM.match(group[0].text)
    body = run_on(group, words)
    text = body.text
    if item:
        return Piece("item", body, page)
    name = re.match(r"(?:[A-Z]\.\s?){1,6}(?:[a-z'’]+ ){0,3}[A-Z]", text)
    heading = (
        alone and not name and len(text) <= 110 and not _ENDS.search(text) and not text.endswith((",", "-"))
    )
    if heading and text[:1].isupper() and (len(group) == 1 or len(text) <= 90):
        return Piece("heading", body, page)
    return Piece("paragraph", body, page)


def run_on(group: Sequence[Mapped], words: set[str] | None) -> Mapped:
    """Lines as one text, spaces single; see :func:`join_lines` for what becomes of hyphens."""
    parts = [group[0].strip()]
    for line in group[1:]:
        after = line.strip()
        cut, between = _glue(parts[-1].text, after.text, words)
        parts[-1] = parts[-1][: len(parts[-1]) - cut]
        parts += [_between(parts[-1], between), after]
    return Mapped.join(parts).sub(_SPACES, " ")


def _between(before: Mapped, text: str) -> Mapped:
    return Mapped(text, (before.at[-1] + 1,) * len(text)) if before.at else Mapped("", ())


def join_lines(first: Mapped, second: Mapped, words: set[str] | None) -> Mapped:
    """Two lines as one. A hyphen at the break stays unless the text breaks words and knows the whole one.

    >>> a, b = Mapped.of("de sociaal-"), Mapped.of("culturele kant")
    >>> join_lines(a, b, None).text
    'de sociaal-culturele kant'
    >>> join_lines(Mapped.of("de arbeids-"), Mapped.of("markt nu"), {"arbeidsmarkt"}).text
    'de arbeidsmarkt nu'
    """
    cut, between = _glue(first.text, second.text, words)
    return first[: len(first) - cut] + _between(first, between) + second


def _glue(first: str, second: str, words: set[str] | None) -> tuple[int, str]:
    """How many characters the first line loses at its end, and what comes between the two."""
    before = re.search(r"([\w-]+)[-\u00ad]$", first[-60:])
    after = re.match(r"[a-zà-ÿ]\w*", second)
    if not before or not after or re.match(r"(?:en|of)\b", second):
        return 0, " "
    whole = f"{before[1].rpartition('-')[2]}{after[0]}".lower()
    hard = f"{before[1]}-{after[0]}".lower()
    known = words is not None and hard not in words
    soft = first.endswith("\u00ad") or (known and (whole in (words or ()) or len(before[1]) > 1))
    return int(soft), ""


def is_typeset(lines: Sequence[Mapped]) -> bool:
    """Whether a text breaks words at the ends of its lines: then they are more than a slip (3% of lines)."""
    long = [line.text.rstrip() for line in lines if len(line.text.strip()) > 40]
    broken = sum(bool(re.search(r"[a-z]{2}-$", text)) for text in long)
    return len(long) > 10 and broken / len(long) > 0.03


def over_pages(pages: Sequence[tuple[int | None, list[Piece]]], total: int | None) -> list[Piece]:
    """All blocks in order: a sentence that runs over a page is joined, one that runs into a gap is marked."""
    found: list[Piece] = []
    last: int | None = None
    for number, page in pages:
        gap = number is not None and number > (last or 0) + 1
        rest = list(page)
        if found and rest and not gap and _runs_on(found[-1], rest[0]):
            body = join_lines(found[-1].body, rest[0].body, None)
            kind: BlockKind = "paragraph" if found[-1].kind == "heading" else found[-1].kind
            found[-1] = replace(found[-1], body=body, kind=kind)
            rest = rest[1:]
        if gap and found and not _ENDS.search(found[-1].body.text) and found[-1].kind != "heading":
            found[-1] = replace(found[-1], cut="end")
        if gap and rest and rest[0].body.text[:1].islower():
            rest[0] = replace(rest[0], cut="start")
        found += rest
        last = number
    if total and last and last < total and found and not _ENDS.search(found[-1].body.text):
        found[-1] = replace(found[-1], cut="both" if found[-1].cut == "start" else "end")
    return found


def _runs_on(last: Piece, first: Piece) -> bool:
    """Whether a sentence goes on; one short line at the foot of a page only seems to be a heading."""
    if first.kind in {"heading", "item"} or _ENDS.search(last.body.text):
        return False
    return last.kind != "heading" or first.body.text[:1].islower()
