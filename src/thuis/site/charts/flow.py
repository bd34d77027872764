"""The flow figure: classes on the left, the same persons in classes on the right, bands between them.

Heights are proportional to persons, so the two sides are equally high when every person is counted on both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from thuis.contract.flow import Flow, FlowLink, Scheme
from thuis.site.voice import Voice

GAP = 2.5
"""Between two classes on one side, in per cent of the height."""
LEAST = 0.5
"""The least thickness of a band, in per cent: a small group must not vanish."""
LINE = 28
"""Characters of a label on one line."""
LINE_HEIGHT = 2.9
"""One line of a label, in per cent of the height of the drawing (36 rem)."""


@dataclass(frozen=True, slots=True)
class Node:
    """A class: where it stands, its key (A, B … on the left, 1, 2 … on the right) and its words.

    ``leader`` are the ends of the line from its words to the middle of its own band: words of a narrow band
    may stand beside another.
    """

    key: str
    title: str
    persons: str
    y: float
    height: float
    lines: tuple[str, ...]
    label_y: float
    key_y: float
    leader: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Band:
    """Persons who go from one class to another: an SVG path in a box of 100 by 100."""

    path: str
    moves: bool


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One link in words and as a bar."""

    start: str
    end: str
    start_key: str
    end_key: str
    persons: str
    share: str
    width: float
    moves: bool
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class FlowFigure:
    """The whole figure and the table beside it."""

    start_title: str
    end_title: str
    unit: str
    starts: tuple[Node, ...]
    ends: tuple[Node, ...]
    bands: tuple[Band, ...]
    rows: tuple[FlowRow, ...]
    description: str
    coloured: str
    grey: str


def flow_figure(flow: Flow, voice: Voice) -> FlowFigure:
    """The drawing and the table of a flow."""
    shown = [link for link in flow.links if link.persons]
    whole = sum(link.persons or 0.0 for link in shown) or 1.0
    most = max(len(flow.start.classes), len(flow.end.classes))
    unit = (100 - GAP * (most - 1)) / whole
    starts = _side(flow.start, [(link.start, link.persons or 0.0) for link in shown], unit)
    ends = _side(flow.end, [(link.end, link.persons or 0.0) for link in shown], unit)
    return FlowFigure(
        voice.say(flow.start.title),
        voice.say(flow.end.title),
        voice.say(flow.unit),
        _nodes(flow.start, starts, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", flow, voice),
        _nodes(flow.end, ends, [str(number) for number in range(1, 100)], flow, voice),
        _bands(flow, shown, starts, ends, unit),
        _rows(flow, whole, voice),
        _description(flow, voice),
        voice.say(flow.coloured) or voice.t("flow.moves"),
        voice.say(flow.grey) or voice.t("flow.stays"),
    )


def _side(scheme: Scheme, parts: Sequence[tuple[str, float]], unit: float) -> dict[str, tuple[float, float]]:
    """Class -> top and height, stacked from the top with a gap between them."""
    found: dict[str, tuple[float, float]] = {}
    top = 0.0
    for each in scheme.classes:
        height = max(LEAST, unit * sum(persons for id_, persons in parts if id_ == each.id))
        found[each.id] = (round(top, 2), round(height, 2))
        top += height + GAP
    return found


def _nodes(
    scheme: Scheme, places: dict[str, tuple[float, float]], keys: Sequence[str], flow: Flow, voice: Voice
) -> tuple[Node, ...]:
    lines = [_label(voice.say(each.title)) for each in scheme.classes]
    middles = [places[each.id][0] + places[each.id][1] / 2 for each in scheme.classes]
    tops = _apart(middles, [len(each) + 1 for each in lines])
    alone = _apart(middles, [1.5] * len(middles))
    return tuple(
        Node(
            key,
            voice.say(each.title),
            _count(each.persons, flow, voice),
            *places[each.id],
            words,
            round(top, 2),
            round(at + 0.75 * LINE_HEIGHT, 2),
            (round(top + 0.6 * LINE_HEIGHT, 2), round(middle, 2)),
        )
        for key, each, words, top, at, middle in zip(
            keys, scheme.classes, lines, tops, alone, middles, strict=False
        )
    )


def _label(title: str) -> tuple[str, ...]:
    """At most two lines; what does not fit stands in full in the table, under the same key.

    >>> _label("kind van migranten uit Europa, Afrika, Azië, Amerika en Oceanië samen genomen")
    ('kind van migranten uit', 'Europa, Afrika, Azië, …')
    """
    return tuple(wrap(title, LINE, max_lines=2, placeholder=" …"))


def _apart(middles: Sequence[float], lines: Sequence[float]) -> list[float]:
    """The top of each label, so that none covers another: first pushed down, then back up from the bottom.

    >>> [round(top, 2) for top in _apart([10.0, 11.0], [1, 2])]
    [8.55, 11.45]
    """
    heights = [LINE_HEIGHT * count for count in lines]
    tops: list[float] = []
    free = 0.0
    for middle, height in zip(middles, heights, strict=True):
        tops.append(max(middle - height / 2, free))
        free = tops[-1] + height
    limit = 100.0
    for index in reversed(range(len(tops))):
        tops[index] = min(tops[index], limit - heights[index])
        limit = tops[index]
    return tops


def _bands(
    flow: Flow,
    shown: Sequence[FlowLink],
    starts: dict[str, tuple[float, float]],
    ends: dict[str, tuple[float, float]],
    unit: float,
) -> tuple[Band, ...]:
    """Bands leave and arrive in the order of the other side, so that they cross as little as possible."""
    order = {each.id: index for index, each in enumerate(flow.end.classes)}
    origin = {each.id: index for index, each in enumerate(flow.start.classes)}
    left, right = ({id_: top for id_, (top, _) in side.items()} for side in (starts, ends))
    at_end: dict[tuple[str, str], float] = {}
    for link in sorted(shown, key=lambda one: origin[one.start]):
        at_end[link.start, link.end] = right[link.end]
        right[link.end] += unit * (link.persons or 0.0)
    bands = []
    for link in sorted(shown, key=lambda one: order[one.end]):
        height = unit * (link.persons or 0.0)
        band = Band(
            _path(left[link.start], at_end[link.start, link.end], max(height, LEAST)),
            link.moves,
        )
        left[link.start] += height
        bands.append(band)
    return tuple(sorted(bands, key=lambda band: band.moves))


def _path(y0: float, y1: float, height: float) -> str:
    """A band from the left edge to the right one, level where it leaves and where it arrives.

    >>> _path(0, 10, 5)
    'M0 0C50 0 50 10 100 10V15C50 15 50 5 0 5Z'
    """
    a, b, c, d = (f"{each:.2f}".rstrip("0").rstrip(".") for each in (y0, y1, y1 + height, y0 + height))
    return f"M0 {a}C50 {a} 50 {b} 100 {b}V{c}C50 {c} 50 {d} 0 {d}Z"


def _rows(flow: Flow, whole: float, voice: Voice) -> tuple[FlowRow, ...]:
    """Links that move first, the largest on top."""
    start = {
        c.id: (voice.say(c.title), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i]) for i, c in enumerate(flow.start.classes)
    }
    end = {c.id: (voice.say(c.title), str(i + 1)) for i, c in enumerate(flow.end.classes)}
    most = max((link.persons or 0.0 for link in flow.links), default=1.0) or 1.0
    rows = []
    for link in sorted(flow.links, key=lambda one: (not one.moves, -(one.persons or 0.0))):
        persons = link.persons
        rows.append(
            FlowRow(
                start[link.start][0],
                end[link.end][0],
                start[link.start][1],
                end[link.end][1],
                _count(persons, flow, voice),
                voice.percent(100 * persons / whole, 1) if persons is not None else "",
                round(100 * (persons or 0.0) / most, 2),
                link.moves,
                voice.say(link.text),
                voice.t(f"reason.{link.reason}") if persons is None else "",
            )
        )
    return tuple(rows)


def _count(persons: float | None, flow: Flow, voice: Voice) -> str:
    return "" if persons is None else voice.number(persons, flow.decimals)


def _description(flow: Flow, voice: Voice) -> str:
    """What the drawing shows: how many classes on each side and how many persons change class."""
    parts = [
        voice.t(
            "flow.description",
            start=voice.say(flow.start.title),
            starts=len(flow.start.classes),
            end=voice.say(flow.end.title),
            ends=len(flow.end.classes),
        )
    ]
    if flow.moved is not None and flow.persons:
        parts.append(
            voice.t(
                "flow.moved",
                moved=_count(flow.moved, flow, voice),
                persons=_count(flow.persons, flow, voice),
                share=voice.percent(100 * flow.moved / flow.persons, 1),
                unit=voice.say(flow.unit),
            )
        )
    return " ".join(parts)
