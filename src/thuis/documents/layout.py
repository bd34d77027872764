"""Lines of a PDF's pages: put together, told apart (body, side column, notes, furniture), written as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from thuis.documents.mapped import Mapped
from thuis.documents.source import SUPERSCRIPT, Paragraph

_PAGE_NUMBER = re.compile(r"\W*(?:pagina\s+|page\s+)?\d{1,3}(?: (?:van|of) \d+)?\s*", re.IGNORECASE)
_SMALL = 0.8  # of the size of its line: a raised number
_PARAGRAPH = 1.45  # times the usual distance of lines: an empty line between
_KINDS = ("body", "side", "note", "furniture")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text on one height: its ends, its base line and the size of its letters, in points.

    ``broken`` tells that its last word goes on in the next line.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bottom: float
    top: float
    broken: bool = False


Page = Sequence[Line]


def put_together(lines: Sequence[Line]) -> list[Line]:
    """Lines of which a raised number, or what follows it, was read as a line of its own.

    >>> one, two = Line("in 2020", 0, 35, 100, 10, 98, 108), Line("1", 35, 40, 104, 6, 103, 109)
    >>> [line.text for line in put_together([one, two, Line(". Nu", 41, 60, 100, 10, 98, 108)])]
    ['in 2020¹. Nu']
    """
    found: list[Line] = []
    for new in lines:
        if found and _same_line(found[-1], new):
            last = found[-1]
            larger = last if last.size >= new.size else new
            apart = new.left - last.right > 0.15 * larger.size
            bare = not last.text[-1:].isspace() and not new.text[:1].isspace()
            found[-1] = replace(
                larger,
                text=_raised(last, larger) + (" " if apart and bare else "") + _raised(new, larger),
                left=last.left,
                right=new.right,
                broken=new.broken,
            )
        else:
            found.append(new)
    return found


def _same_line(line: Line, new: Line) -> bool:
    """Whether a stretch goes on where a line stops, on its base line or, smaller, a little above it."""
    if line.broken or not line.size or not new.size:
        return False
    size = max(line.size, new.size)
    raised = min(line.size, new.size) < _SMALL * size
    close = -0.3 * size < new.left - line.right < 2 * size
    return close and abs(new.base - line.base) < (0.6 if raised else 0.2) * size


def _raised(part: Line, whole: Line) -> str:
    """The text of a part of a line, its digits raised when it is small and stands above the line."""
    small = part.size < _SMALL * whole.size and part.base > whole.base + 0.08 * whole.size
    return part.text.translate(SUPERSCRIPT) if small else part.text


def whole_words(pages: Sequence[Page], kinds: Sequence[Sequence[str]]) -> list[list[Line]]:
    """Pages on which a word broken at the end of a page is whole, also when notes stand in between."""
    found = [list(page) for page in pages]
    for number in range(len(found) - 1):
        last = next((i for i in reversed(range(len(found[number]))) if kinds[number][i] == "body"), None)
        first = next((i for i in range(len(found[number + 1])) if kinds[number + 1][i] == "body"), None)
        if last is None or first is None or not found[number][last].broken:
            continue
        begins = found[number + 1][first].text
        rest = re.match(r"\s*[a-zà-ÿ]\S*\s*", begins)
        if rest:
            line = found[number][last]
            found[number][last] = replace(line, text=f"{line.text}-\n{rest[0].strip()}", broken=False)
            found[number + 1][first] = replace(found[number + 1][first], text=begins[rest.end() :])
    return found


def laid_out(pages: Sequence[Page]) -> tuple[str, list[Paragraph]]:
    """The pages as one text (form feeds between), and their lines of one kind as a paragraph each."""
    kinds = kinds_of(pages)
    text: list[str] = []
    found: list[Paragraph] = []
    length = 0
    for number, (page, told) in enumerate(zip(whole_words(pages, kinds), kinds, strict=True), 1):
        parts: dict[str, list[Mapped]] = {kind: [] for kind in _KINDS}
        for written, kind in _written(page, told):
            if kind:
                parts[kind].append(Mapped.of(written, length))
            text.append(written)
            length += len(written)
        found += [Paragraph(tuple(each), kind, number) for kind, each in parts.items() if each]
        text.append("\f")
        length += 1
    return "".join(text)[:-1], found


def _written(page: Page, kinds: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The side column, then the lines as they were drawn, paragraphs apart; what is between has no kind."""
    side = [(line, kind) for line, kind in zip(page, kinds, strict=True) if kind == "side"]
    rest = [(line, kind) for line, kind in zip(page, kinds, strict=True) if kind != "side"]
    for line, kind in side:
        yield f"{line.text}{'-' * line.broken}\n", kind
    if side and rest:
        yield "\n", ""
    step = _step([line for line, _ in rest])
    before: Line | None = None
    for line, kind in rest:
        gap = (before.base - line.base) / line.size if before and line.size else 0.0
        if gap > _PARAGRAPH * step or gap < -step / 2:
            yield "\n", ""
        yield f"{line.text}{'-' * line.broken}\n", kind
        before = line


def _step(lines: Sequence[Line]) -> float:
    """The distance of lines in a paragraph, in sizes of their letters: what usually follows a full line."""
    full = 0.85 * max((line.right for line in lines), default=0.0)
    gaps = sorted(
        (one.base - two.base) / two.size
        for one, two in pairwise(lines)
        if one.right > full and two.size and one.base - two.base > 0.5 * two.size
    )
    return gaps[len(gaps) // 4] if gaps else 1.25


def kinds_of(pages: Sequence[Page]) -> list[list[str]]:
    """The kind of each line of each page."""
    left, right = _body_column(pages)
    furniture = _furniture(pages)
    size = _body_size(pages)
    found = []
    for page in pages:
        lowest = min((each.bottom for each in page), default=0.0)
        highest = max((each.top for each in page), default=0.0)

        def kind(line: Line, page: Page = page, lowest: float = lowest, highest: float = highest) -> str:
            at_edge = line.top < lowest + 30 or line.bottom > highest - 30
            if _worn(line.text) in furniture or (at_edge and _PAGE_NUMBER.fullmatch(line.text)):
                return "furniture"
            if line.left > right - 4 or line.right < left + 4:
                return "side"
            low = line.bottom < lowest + 180
            small = size and line.top - line.bottom < size * 0.87
            return "note" if small and low and _small_below(line, page, size) else "body"

        found.append([kind(line) for line in page])
    return found


def _body_column(pages: Sequence[Page]) -> tuple[float, float]:
    """Left and right of the column that holds most of the text."""
    weights: Counter[int] = Counter()
    for lines in pages:
        for line in lines:
            weights[round(line.left / 12)] += len(line.text)
    if not weights:
        return 0.0, 10_000.0
    left = weights.most_common(1)[0][0] * 12 - 8
    rights = sorted(line.right for lines in pages for line in lines if abs(line.left - left) < 24)
    return left, rights[int(len(rights) * 0.98)] if rights else 10_000.0


def _small_below(line: Line, lines: Page, size: float) -> bool:
    """Whether everything under a line in its column is small as well."""
    return all(
        each.top - each.bottom < size * 0.95
        for each in lines
        if each.bottom < line.bottom - 1 and each.left < line.right and len(each.text.strip()) > 5
    )


def _body_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            if len(line.text) > 20:
                sizes[round((line.top - line.bottom) * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _furniture(pages: Sequence[Page]) -> set[str]:
    """Short lines at the head or foot of most pages (digits apart)."""
    if len(pages) < 3:
        return set()
    seen: Counter[str] = Counter()
    for lines in pages:
        edge = sorted(lines, key=lambda each: each.bottom)
        seen.update({_worn(each.text) for each in [*edge[:2], *edge[-2:]] if len(each.text) < 120})
    enough = max(3, 0.5 * len(pages))
    # A bare number elsewhere on a page may be the end of a sentence: page numbers have their own rule.
    return {text for text, count in seen.items() if count >= enough and text.strip(" .-–") != "0"}


def _worn(text: str) -> str:
    return re.sub(r"\d+", "0", text.strip())
