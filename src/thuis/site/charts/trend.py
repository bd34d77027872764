"""A figure through time in one drawing: a few groups in colour, the others grey, a break as a pale band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from thuis.contract.figure import Break, Figure, Key
from thuis.language.letters import opened
from thuis.site.charts.choice import marks
from thuis.site.charts.drawn import ticks
from thuis.site.charts.lines import Axes, Points, shown, stretches, wave_positions
from thuis.site.charts.scale import Scale
from thuis.site.voice import Voice

CHOSEN = 3
"""Groups in colour beside the comparison group; up to four lines are all named beside the drawing."""
APART = 7.5
"""Least distance between two labels, in per cent of the height."""
SHORT = 26
"""Characters of a label beside the drawing; the legend has the whole of it."""


@dataclass(frozen=True, slots=True)
class Point:
    """One estimate with its interval, in per cent of the drawing."""

    x: float
    y: float
    low: float
    high: float
    moderate: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One group: in colour (``style`` 0-3), the comparison group (``ref``), or grey until a reader picks it
    (empty). ``told`` are its points in words, ``about`` its mark."""

    name: str
    label: str
    style: str
    paths: tuple[Points, ...]
    points: tuple[Point, ...]
    label_y: float
    told: str
    about: str


@dataclass(frozen=True, slots=True)
class Band:
    """Where a break stands between two waves, with its letter."""

    x: float
    width: float
    letter: str


@dataclass(frozen=True, slots=True)
class Note:
    """One break in words: letter (empty unless it is drawn for all), wave, kind, text, whom it touches."""

    letter: str
    wave: str
    kind: str
    text: str
    who: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The whole drawing."""

    lines: tuple[Line, ...]
    others: tuple[Line, ...]
    bands: tuple[Band, ...]
    notes: tuple[Note, ...]
    y_ticks: tuple[tuple[float, str], ...]
    x_ticks: tuple[tuple[float, str], ...]
    legend: bool
    description: str


def trend(figure: Figure, scale: Scale, years: Mapping[str, float], voice: Voice) -> Trend | None:
    """The drawing over waves, or None when fewer than two waves have a number."""
    if len({cell.wave for cell in figure.published()}) < 2:
        return None
    axes = Axes(wave_positions(figure.waves, years), scale, {})
    chosen = chosen_keys(figure)
    reference = _reference(figure)
    styles = iter(range(CHOSEN + 1))
    lines = [
        _line(figure, key, "ref" if key == reference else str(next(styles)), axes, voice) for key in chosen
    ]
    rest = [key for key in figure.keys if key not in chosen and _points(figure, key, axes)]
    bands, notes = _breaks(figure, axes, voice)
    named = _spread(lines) if figure.dimensions else lines
    return Trend(
        tuple(named),
        tuple(_line(figure, key, "", axes, voice) for key in rest),
        bands,
        notes,
        tuple((round(100 - at, 2), label) for at, label in ticks(scale, voice)),
        tuple((axes.x[wave], voice.wave(wave)) for wave in figure.waves),
        bool(figure.dimensions),
        " ".join(each.told for each in lines),
    )


def chosen_keys(figure: Figure) -> tuple[Key, ...]:
    """The groups in colour: all when they are four or fewer, else the highest that can be followed longest,
    and the comparison group."""
    measured = [key for key in figure.keys if shown(figure, key)]
    reference = _reference(figure)
    others = [key for key in measured if key != reference]
    if len(measured) > CHOSEN + 1:
        followed = sorted(others, key=lambda key: _followed(figure, key), reverse=True)[:CHOSEN]
        others = [key for key in others if key in followed]
    elif reference is None or reference not in measured:
        return tuple(others[: CHOSEN + 1])
    return (*others, *((reference,) if reference in measured else ()))


def _followed(figure: Figure, key: Key) -> tuple[int, float]:
    values = [found for w in figure.waves if (found := figure.cell(w, key).estimate) is not None]
    return len(values), values[-1]


def _reference(figure: Figure) -> Key | None:
    named = figure.dimensions[0].reference if len(figure.dimensions) == 1 else None
    return (named,) if named else None


def _name(figure: Figure, key: Key, voice: Voice) -> str:
    return voice.say(figure.dimensions[0].category(key[0]).title) if key else voice.t("figure.everyone")


def _line(figure: Figure, key: Key, style: str, axes: Axes, voice: Voice) -> Line:
    points = _points(figure, key, axes)
    name = _name(figure, key, voice)
    return Line(
        name,
        _beside(figure, key, name, voice),
        style,
        stretches(figure, key, axes),
        points,
        points[-1].y,
        _told(figure, key, name, voice),
        marks(figure, key),
    )


def _beside(figure: Figure, key: Key, name: str, voice: Voice) -> str:
    """A name that fits beside the drawing: as it is, as its author shortened it, or without its middle.

    Names of groups often begin alike and differ at their end.
    """
    short = figure.dimensions[0].category(key[0]).short if key else None
    own = opened(voice.say(short), voice.language) if short else ""
    fitting = [each for each in (name, own) if each and len(each) <= SHORT]
    if fitting:
        return fitting[0]
    head, tail = name[: SHORT // 2], name[-(SHORT - SHORT // 2 - 1) :]
    return f"{head.rstrip()}…{tail.lstrip()}"


def _points(figure: Figure, key: Key, axes: Axes) -> tuple[Point, ...]:
    return tuple(
        Point(
            axes.x[cell.wave],
            axes.y.down(cell.estimate),
            axes.y.down(cell.lower),
            axes.y.down(cell.upper),
            cell.reliability == "moderate",
        )
        for cell in shown(figure, key)
    )


def _spread(lines: Sequence[Line]) -> list[Line]:
    """The same lines, with labels so far apart that none covers another and all stay inside."""
    order = sorted(range(len(lines)), key=lambda index: lines[index].label_y)
    places: list[float] = []
    for index in order:
        places.append(max(lines[index].label_y, places[-1] + APART if places else 2.0))
    over = max(0.0, (places[-1] if places else 0.0) - 98.0)
    for at in range(len(places) - 1, -1, -1):
        limit = 98.0 if at == len(places) - 1 else places[at + 1] - APART
        places[at] = min(places[at], limit) if over else places[at]
    moved = dict(zip(order, places, strict=True))
    return [replace(each, label_y=round(moved[index], 2)) for index, each in enumerate(lines)]


def _breaks(figure: Figure, axes: Axes, voice: Voice) -> tuple[tuple[Band, ...], tuple[Note, ...]]:
    """Bands for breaks that touch every group drawn; all breaks in words, with the groups they are about."""
    bands, notes = [], []
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for before, wave in zip(figure.waves, figure.waves[1:], strict=False):
        found = [(each, _touched(figure, each)) for each in figure.breaks_at(wave)]
        found = [(each, keys) for each, keys in found if keys]
        whole = [each for each, keys in found if len(keys) == len(figure.keys)]
        letter = next(letters) if whole else ""
        if whole:
            width = round((axes.x[wave] - axes.x[before]) * 0.4, 2)
            middle = (axes.x[wave] + axes.x[before]) / 2
            bands.append(Band(round(middle - width / 2, 2), width, letter))
        for each, keys in found:
            everyone = len(keys) == len(figure.keys)
            who = "" if everyone else ", ".join(_name(figure, key, voice) for key in keys)
            kind = voice.t(f"break.{each.kind}")
            notes.append(Note(letter if everyone else "", voice.wave(wave), kind, voice.say(each.text), who))
    return tuple(bands), tuple(notes)


def _touched(figure: Figure, found: Break) -> list[Key]:
    return [key for key in figure.keys if figure.touches(found, key)]


def _told(figure: Figure, key: Key, name: str, voice: Voice) -> str:
    """Every point of a line with its interval, in words."""
    said = [
        voice.t(
            "trend.point",
            wave=cell.wave,
            value=voice.value(cell.estimate, figure),
            span=voice.span(cell.lower, cell.upper, figure),
        )
        for cell in shown(figure, key)
    ]
    return f"{name}: {'; '.join(said)}."
