"""Municipalities side by side: the figures of one, of those nearest to it, and of the middle one of all.

Figures from registers were counted: they have no interval, and nothing calls two of them different. Those of
a survey have theirs, and two are called different only where that was tested.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import merge
from statistics import median_low

from thuis.contract.act import KeyFigure, MunicipalityOf
from thuis.contract.area import Map
from thuis.contract.base import Text
from thuis.contract.figure import Figure
from thuis.contract.folder import DataFolder
from thuis.site.charts.choropleth import per_hundred
from thuis.site.views.act import Act, middle
from thuis.site.voice import Voice
from thuis.sphere import LATITUDE_KM, Point, kilometres

NEAREST = 3
"""Municipalities that stand beside one before a reader chooses."""
ROUNDED = 1 + 1e-9
"""What a distance may be off by, as it is worked out."""
INVERSE = {"higher": "lower", "lower": "higher", "none": "none"}


@dataclass(frozen=True, slots=True)
class Value:
    """One figure of one municipality: its value with interval and n where it has them, or why it has none."""

    value: str = ""
    span: str = ""
    n: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of all: values by code, and by pair of codes how the test of their difference came out."""

    id: str
    title: str
    unit: str
    values: dict[str, Value]
    middle: str = ""
    key: str = ""
    anchor: str = ""
    synthetic: bool = False
    tests: dict[tuple[str, str], str] | None = None

    def tested(self, code: str) -> dict[str, str]:
        """How others differ from a municipality, where that was tested."""
        return {other: verdict for (one, other), verdict in (self.tests or {}).items() if one == code}


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one heading, with where they are from and what a reader must know."""

    title: str
    rows: tuple[Row, ...]
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Beside:
    """All figures of all municipalities, in one language."""

    act: Act
    blocks: tuple[Block, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", _blocks(self.act))

    def nearest(self, town: MunicipalityOf) -> list[MunicipalityOf]:
        """Those whose middle is nearest, or the first others of its province where no middle is known."""
        here = middle(town)
        near = _closest(here, town.code, self._from_the_south) if here else []
        others = (each for each in self.act.towns.values() if each.code != town.code)
        return near or [each for each in others if each.province == town.province][:NEAREST]

    @cached_property
    def _from_the_south(self) -> list[Placed]:
        known = [(at, each.code, each) for each in self.act.towns.values() if (at := middle(each))]
        return sorted(known, key=lambda one: one[:2])


Placed = tuple[Point, str, MunicipalityOf]
"""A municipality with its middle and its code."""


def _closest(here: Point, own: str, towns: list[Placed]) -> list[MunicipalityOf]:
    """Of others, from the south to the north; who is further to the north or south alone than those found so
    far is not measured."""

    def far(one: Placed) -> float:
        return abs(one[0][0] - here[0]) * LATITUDE_KM

    middle_one = bisect_left(towns, here, key=lambda one: one[0])
    found: list[tuple[float, str, MunicipalityOf]] = []
    for at, code, each in merge(reversed(towns[:middle_one]), towns[middle_one:], key=far):
        if len(found) == NEAREST and far((at, code, each)) > found[-1][0] * ROUNDED:
            break
        if code != own:
            found = sorted([*found, (kilometres(here, at), code, each)], key=lambda one: one[:2])[:NEAREST]
    return [each for *_, each in found]


def _blocks(act: Act) -> tuple[Block, ...]:
    voice = act.voice
    towns = tuple(act.towns.values())
    found: dict[str, list[KeyFigure]] = {}
    for each in act.data.municipalities.figures if act.data.municipalities else ():
        found.setdefault(voice.say(each.group), []).append(each)
    blocks = [
        Block(
            title,
            tuple(_counted(each, towns, act) for each in figures),
            _sources([(voice.say(each.source), voice.day(each.date)) for each in figures]),
            voice.say(figures[0].note),
        )
        for title, figures in found.items()
    ]
    maps = [per_hundred(each, voice) for each in act.data.maps]
    if maps:
        rows = tuple(_mapped(each, towns, act) for each in maps)
        sources = _sources([(voice.say(each.source), voice.day(each.date)) for each in maps if each.source])
        blocks.append(Block(act.a("municipality.maps"), rows, sources))
    surveyed = tuple(_asked(title, figure, act) for title, figure in act.data.ask(by_town))
    if surveyed:
        blocks.append(Block(act.a("municipality.survey"), surveyed))
    return tuple(blocks)


def _sources(told: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Each source once, with its day where its own name does not tell it."""
    return tuple(dict.fromkeys(name if not day or day in name else f"{name}, {day}" for name, day in told))


def _counted(each: KeyFigure, towns: Sequence[MunicipalityOf], act: Act) -> Row:
    voice = act.voice
    unit = voice.say(each.unit)
    percent = unit.startswith("%")
    write = voice.percent if percent else voice.number
    known = {town.code: float(value) for town in towns if (value := town.figures.get(each.id)) is not None}
    missing = Value(reason=act.a("municipality.missing"))
    return Row(
        each.id,
        voice.say(each.title),
        unit.removeprefix("%").strip() if percent else unit,
        {t.code: Value(write(known[t.code], each.decimals)) if t.code in known else missing for t in towns},
        write(median_low(known.values()), each.decimals) if known else "",
    )


def _mapped(each: Map, towns: Sequence[MunicipalityOf], act: Act) -> Row:
    """The value of a municipality on a map, or those of the municipalities that merged into it."""
    voice = act.voice
    areas = {area.id: area for area in each.areas}

    def value(town: MunicipalityOf) -> Value:
        own = areas.get(town.code)
        if own is None:
            parts = [(name, areas[code]) for code, name in town.includes.items() if code in areas]
            told = [f"{name} {voice.value(a.value, each)}" for name, a in parts if a.value is not None]
            return Value("; ".join(told)) if told else Value(reason=act.a("municipality.map-none"))
        if own.status == "withheld":
            return Value(reason=voice.t(f"reason.{own.reason}"))
        bounded = own.lower is not None and own.upper is not None
        return Value(
            voice.value(own.value, each),
            voice.span(own.lower or 0.0, own.upper or 0.0, each) if bounded else "",
            voice.count(own.n),
        )

    known = [area.value for area in each.areas if area.value is not None]
    return Row(
        f"map-{each.id}",
        voice.say(each.title),
        voice.say(each.unit) if each.kind != "proportion" else "",
        {town.code: value(town) for town in towns},
        voice.value(median_low(known), each) if known else "",
        f"map/{each.id}",
        synthetic=each.synthetic,
    )


def _asked(title: Text, figure: Figure, act: Act) -> Row:
    voice = act.voice
    wave = figure.waves[-1]
    tests: dict[tuple[str, str], str] = {(t.other[0], t.key[0]): t.verdict for t in figure.contrasts}
    tests |= {(code, other): INVERSE[verdict] for (other, code), verdict in tests.items()}
    return Row(
        figure.id.replace("/", "-"),
        voice.dated(title, wave),
        voice.say(figure.unit) if figure.kind != "proportion" else "",
        {key[0]: _estimated(figure, key[0], voice) for key in figure.keys if key[0] in act.towns},
        key=f"indicator/{figure.indicator}",
        anchor=figure.breakdown,
        synthetic=True,
        tests=tests,
    )


def _estimated(figure: Figure, code: str, voice: Voice) -> Value:
    cell = figure.cell(figure.waves[-1], (code,))
    if cell.status == "withheld":
        return Value(reason=voice.reason(cell))
    return Value(
        voice.value(cell.estimate, figure), voice.span(cell.lower, cell.upper, figure), voice.base(cell)
    )


def by_town(data: DataFolder) -> tuple[tuple[Text, Figure], ...]:
    """Title and figure, in its last wave with numbers, of each indicator split by municipality."""
    towns = {each.code for each in data.municipalities.municipalities} if data.municipalities else set()
    return tuple(
        (
            indicator.title,
            figure.but(
                waves=(wave,),
                cells=figure.of_wave(wave),
                comparisons=tuple(each for each in figure.contrasts if each.wave == wave),
            ),
        )
        for indicator in data.indicators
        for figure in indicator.figures
        if len(figure.dimensions) == 1 and any(key[0] in towns for key in figure.keys)
        if (wave := figure.latest())
    )
