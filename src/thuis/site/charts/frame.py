"""A figure in a frame for reprinting, 1200 x 675: title, who and when, drawing, source, licence and address.

One SVG without style sheet or script, so that it looks the same in an editor, a browser and a newspaper.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from unicodedata import combining, normalize

from markupsafe import escape

from thuis.site.charts.bars import Bars
from thuis.site.charts.drawn import Drawn

WIDTH, HEIGHT = 1200, 675
LEFT, RIGHT = 48, 1152
TOP, BOTTOM = 190, 578
VALUES = 170
"""Room at the right for value and interval."""
TALL = 120.0
"""Most room of one row: a picture of two groups is not drawn in a corner of its frame."""
LEADING = 1.2
"""From one line of a label to the next, in its size."""
MOST = 24
"""More rows than this cannot be read in a picture; the rest is counted."""
COLOURS = ("#14707f", "#c0561b", "#6b4a96", "#6a6d17")
INK, MUTED, PALE, PAPER, GREY = "#1c2126", "#565c63", "#dcd7cb", "#ffffff", "#6f6f6f"
_UNSEEN = {0xAD: None, 0x200B: None, 0xFEFF: None}
"""Where a browser may break a word, and no letters."""
FAMILY = "Thuis Sans, Liberation Sans, Arial, Helvetica, sans-serif"


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around the drawing."""

    language: str
    title: str
    subtitle: str
    reading: str
    source: str
    mark: str
    more: str


@cache
def _widths() -> dict[str, dict[str, float]]:
    """The width of each character in the font of the picture, as a share of its size."""
    found: dict[str, dict[str, float]] = json.loads(
        (files("thuis.site") / "fonts/widths.json").read_text("utf-8")
    )
    return found


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, in pixels; a character the font has not counts as a wide one.

    >>> round(width("12,5", 20))
    39
    """
    return _units(text, bold) * size


def drawn(text: str) -> str:
    """A text as a picture holds it: letters and their accents in one, without signs for a browser.

    >>> drawn("Vie\u0323\u0302t ver\u00adtrouwen") == "Việt vertrouwen"
    True
    """
    return normalize("NFC", text).translate(_UNSEEN)


def drawable(text: str) -> bool:
    """Whether the fonts that come along have every character; an accent stands with its letter in one font.

    >>> drawable("Marokkaans"), drawable("\u0645\u063a\u0631\u0628\u064a"), drawable("\u83ef\u88d4")
    (True, True, False)
    """
    table, others, ours = _widths()["regular"], _widths()["others"], True
    for each in "".join(drawn(text).split()):
        if combining(each) and (ours or each not in others):
            return False
        if not combining(each):
            ours = each in table
            if not ours and each not in others:
                return False
    return True


def known(text: str, *, bold: bool = False) -> bool:
    """Whether the font of the picture has every character, and none that joins the one before.

    >>> known("12,5"), known("\u0645")
    (True, False)
    """
    table = _widths()["bold" if bold else "regular"]
    return all(each in table for each in text) and not any(map(combining, text))


@lru_cache(maxsize=100_000)
def _units(text: str, bold: bool) -> float:
    """The width at size 1. The same words are measured again for every line that they may still fit on."""
    table, others = _widths()["bold" if bold else "regular"], _widths()["others"]
    return sum([table[each] if each in table else others.get(each, 1.0) for each in drawn(text)])


def fitted(text: str, size: float, room: float, lines: int, *, bold: bool = False) -> list[str]:
    """A text in at most so many lines; what does not fit is cut with an ellipsis, inside a word if need be.

    >>> fitted("een twee drie", 20, 80, 2)
    ['een', 'twee d…']
    """
    found: list[str] = []
    words = text.split()
    while words and len(found) < lines:
        line = words[0]
        count = 1
        while count < len(words) and width(f"{line} {words[count]}", size, bold=bold) <= room:
            line = f"{line} {words[count]}"
            count += 1
        rest = words[count:]
        if width(line, size, bold=bold) > room:
            line, left = _cut(line, size, room, bold=bold)
            rest = [left, *rest]
        found.append(line)
        words = rest
    if words and found:
        found[-1] = _shortened(f"{found[-1]} {' '.join(words)}", size, room, bold=bold)
    return found


def _cut(word: str, size: float, room: float, *, bold: bool) -> tuple[str, str]:
    at = len(word) - 1
    while at > 1 and width(word[:at], size, bold=bold) > room:
        at -= 1
    return word[:at], word[at:]


def _shortened(text: str, size: float, room: float, *, bold: bool) -> str:
    while text and width(f"{text}…", size, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def frame(bars: Bars, words: Words) -> str:
    """The picture of the rows of a figure, as SVG."""
    rows = [(group.title, row) for group in bars.groups for row in group.rows]
    shown, hidden = rows[:MOST], rows[MOST:]
    step = min(TALL, (BOTTOM - TOP) / (len(shown) + bool(hidden) or 1))
    size = max(11.0, min(20.0, step * 0.62))
    names = [" · ".join(part for part in (head, row.label) if part) for head, row in shown]
    start = LEFT + min(380.0, max(width(each, size) for each in names)) + 20
    end = RIGHT - VALUES
    bottom = TOP + step * len(shown)
    parts = [*_head(words), *_axis(bars, start, end, bottom)]
    if bars.reference is not None:
        x = start + (end - start) * bars.reference / 100
        parts.append(_line(x, x, TOP - 4, bottom, GREY, 2))
    for index, (name, (_, row)) in enumerate(zip(names, shown, strict=True)):
        label = fitted(name, size, start - LEFT - 16, max(1, int(step / (size * LEADING))))
        parts += _row(row, label, TOP + step * (index + 0.5), size, (start, end))
    if hidden:
        parts.append(_text(words.more, LEFT, bottom + step * 0.7, max(14, size), MUTED))
    parts += _foot(words)
    alternative = escape(_spoken(words, names, [row for _, row in shown]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" lang="{words.language}" font-family="{FAMILY}">'
        f"<title>{escape(words.title)}</title><desc>{alternative}</desc>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>{"".join(parts)}</svg>\n'
    )


def _spoken(words: Words, names: Sequence[str], rows: Sequence[Drawn]) -> str:
    """Every row with its interval, for who hears the picture."""
    said = [
        f"{name}: {row.reason or f'{row.value} ({row.span})'}" for name, row in zip(names, rows, strict=True)
    ]
    return f"{words.subtitle} {'; '.join(said)}. {words.source}"


def _head(words: Words) -> list[str]:
    room = RIGHT - LEFT - (width(words.mark, 18, bold=True) + 40 if words.mark else 0)
    titles = fitted(words.title, 34, room, 2, bold=True)
    parts = [_text(line, LEFT, 58 + 40 * at, 34, INK, bold=True) for at, line in enumerate(titles)]
    subtitle = fitted(words.subtitle, 19, RIGHT - LEFT, 2)
    top = 58 + 40 * len(titles) - 6
    parts += [_text(line, LEFT, top + 24 * at, 19, MUTED) for at, line in enumerate(subtitle)]
    if words.mark:
        wide = width(words.mark, 18, bold=True)
        parts.append(
            f'<rect x="{_n(RIGHT - wide - 24)}" y="32" width="{_n(wide + 24)}" height="34" '
            'rx="3" fill="#fdf0cd"/>'
        )
        parts.append(_text(words.mark, RIGHT - 12, 55, 18, "#4a3503", bold=True, anchor="end"))
    return parts


def _axis(bars: Bars, start: float, end: float, bottom: float) -> list[str]:
    parts = []
    for at, label in bars.ticks:
        x = start + (end - start) * at / 100
        parts.append(_line(x, x, TOP - 4, bottom, PALE, 1))
        parts.append(_text(label, x, TOP - 10, 15, MUTED, anchor="middle"))
    return parts


def _row(row: Drawn, label: Sequence[str], y: float, size: float, ends: tuple[float, float]) -> list[str]:
    start, end = ends
    colour = GREY if row.reference else COLOURS[row.style % len(COLOURS)]
    above = LEADING * (len(label) - 1) / 2
    parts = [
        _text(line, LEFT, y + size * (0.35 + LEADING * at - above), size, INK)
        for at, line in enumerate(label)
    ]
    if row.reason:
        # Drawn, since the fonts that a picture is painted with may lack the sign.
        x, half = start + 8 + size * 0.3, size * 0.3
        sign = f"M{_n(x - half)} {_n(y)}l{_n(half)} {_n(-half)} {_n(half)} {_n(half)} {_n(-half)} {_n(half)}z"
        parts.append(f'<path d="{sign}" fill="none" stroke="{MUTED}"/>')
        return [*parts, _text(row.reason, x + size * 0.6, y + size * 0.35, size, MUTED)]
    low, high, x = (start + (end - start) * each / 100 for each in (row.low, row.high, row.x))
    radius = min(6.0, size * 0.42)
    fill = PAPER if row.moderate else colour
    parts.append(_line(low, high, y, y, colour, 6, ' stroke-opacity=".4" stroke-linecap="round"'))
    parts.append(
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}" stroke="{colour}" '
        'stroke-width="2"/>'
    )
    parts.append(_text(row.value, end + 74, y + size * 0.35, size, INK, bold=True, anchor="end"))
    small = max(10.0, size * 0.68)
    return [*parts, _text(row.span, end + 84, y + size * 0.35, small, MUTED)]


def _foot(words: Words) -> list[str]:
    parts = [_line(LEFT, RIGHT, 604, 604, "#837c6f", 1)]
    parts += [_text(each, LEFT, 596, 14, MUTED) for each in fitted(words.reading, 14, RIGHT - LEFT, 1)]
    lines = fitted(words.source, 16, RIGHT - LEFT, 2)
    return parts + [_text(line, LEFT, 629 + 22 * at, 16, MUTED) for at, line in enumerate(lines)]


def _line(x1: float, x2: float, y1: float, y2: float, colour: str, wide: float, more: str = "") -> str:
    return (
        f'<line x1="{_n(x1)}" x2="{_n(x2)}" y1="{_n(y1)}" y2="{_n(y2)}" stroke="{colour}" '
        f'stroke-width="{_n(wide)}"{more}/>'
    )


def _text(
    text: str, x: float, y: float, size: float, colour: str, *, bold: bool = False, anchor: str = "start"
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{colour}" text-anchor="{anchor}"'
        f"{weight}>{escape(drawn(text))}</text>"
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
