"""Lines over waves: points with intervals, joined only where the series really continues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from thuis.contract.figure import Figure, PublishedCell
from thuis.site.charts.drawn import ticks
from thuis.site.charts.scale import Scale
from thuis.site.voice import Voice

Points = tuple[tuple[float, float], ...]
MOST_LINES = 3
"""More lines than this in one drawing and each gets a drawing of its own."""
MARGIN = 9.0
"""Free space left and right of the outer waves, in per cent, for their labels."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One estimate: position, interval, and its label (empty when the line says enough without it)."""

    x: float
    y: float
    low: float
    high: float
    label: str
    label_y: float
    below: bool
    moderate: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One line. ``paths`` are the stretches without a break or an empty wave in between."""

    name: str
    style: int
    paths: tuple[Points, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing: its lines, other groups in the background, breaks, empty waves, and its words."""

    title: str
    series: tuple[Series, ...]
    context: tuple[Points, ...]
    y_ticks: tuple[tuple[float, str], ...]
    x_ticks: tuple[tuple[float, str], ...]
    breaks: tuple[tuple[float, str], ...]
    empty: tuple[tuple[float, str], ...]
    reasons: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class Axes:
    """What the panels of one figure share."""

    x: Mapping[str, float]
    y: Scale
    letters: Mapping[str, str]


def wave_positions(waves: Sequence[str], years: Mapping[str, float]) -> dict[str, float]:
    """Where each wave stands, in proportion to time when every wave has a date, else evenly spread.

    >>> wave_positions(["2006", "2011", "2020"], {"2006": 2006.0, "2011": 2011.0, "2020": 2020.0})["2011"]
    38.29
    """
    times = [years[wave] for wave in waves if wave in years]
    if len(times) < len(waves) or sorted(set(times)) != times:
        times = [float(index) for index in range(len(waves))]
    width = (times[-1] - times[0]) or 1.0
    return {
        wave: round(MARGIN + (100 - 2 * MARGIN) * (time - times[0]) / width, 2)
        for wave, time in zip(waves, times, strict=True)
    }


def stretches(figure: Figure, key: tuple[str, ...], axes: Axes, shift: float = 0.0) -> tuple[Points, ...]:
    """The points of a series, cut at every break and at every wave without a published value.

    A line across a break or a hole would claim a development that nobody measured.
    """
    found: list[list[tuple[float, float]]] = [[]]
    for wave in figure.waves:
        cell = figure.cell(wave, key)
        if cell.estimate is None or figure.breaks_at(wave, key):
            found.append([])
        if cell.estimate is not None:
            found[-1].append((round(axes.x[wave] + shift, 2), axes.y.down(cell.estimate)))
    return tuple(tuple(each) for each in found if len(each) > 1)


@lru_cache(maxsize=10_000)
def points(path: Points) -> str:
    """A line as SVG writes it.

    >>> points(((9.0, 44.2), (91.0, 40.0)))
    '9.0,44.2 91.0,40.0'
    """
    return " ".join(f"{x},{y}" for x, y in path)


def panel(
    title: str,
    figure: Figure,
    keys: Sequence[tuple[str, ...]],
    names: Sequence[str],
    axes: Axes,
    voice: Voice,
    context: Sequence[Points] = (),
) -> Panel:
    """One drawing with a line for each key; ``context`` are other lines, drawn faintly behind."""
    series = tuple(
        Series(
            name,
            style(figure, key),
            stretches(figure, key, axes, _shift(index, len(keys))),
            _marks(figure, key, keys, axes, voice),
        )
        for index, (key, name) in enumerate(zip(keys, names, strict=True))
    )
    empty = _empty(figure, keys)
    return Panel(
        title,
        series,
        tuple(context),
        tuple((100 - at, label) for at, label in ticks(axes.y, voice)),
        tuple((axes.x[wave], voice.wave(wave)) for wave in figure.waves),
        break_marks(figure, keys, axes),
        tuple((axes.x[wave], voice.wave(wave)) for wave in empty),
        _reasons(figure, keys, names, voice),
        _description(title, figure, keys, names, voice),
    )


def style(figure: Figure, key: tuple[str, ...]) -> int:
    """The mark and dash of a line: the place of its last category, so the same in every drawing."""
    categories = figure.dimensions[-1].categories if figure.dimensions else ()
    if len(categories) > MOST_LINES:
        return 0
    return next((index for index, each in enumerate(categories) if each.id == key[-1]), 0)


def _shift(index: int, lines: int) -> float:
    """Lines of one drawing stand a little apart, or their intervals would cover one another."""
    return (index - (lines - 1) / 2) * 2.4


def break_marks(figure: Figure, keys: Sequence[tuple[str, ...]], axes: Axes) -> tuple[tuple[float, str], ...]:
    """Halfway before each wave where one of these series breaks: position and letter."""
    return tuple(
        (round((axes.x[before] + axes.x[wave]) / 2, 2), axes.letters[wave])
        for before, wave in zip(figure.waves, figure.waves[1:], strict=False)
        if wave in axes.letters and any(figure.breaks_at(wave, key) for key in keys)
    )


def _marks(
    figure: Figure, key: tuple[str, ...], keys: Sequence[tuple[str, ...]], axes: Axes, voice: Voice
) -> tuple[Mark, ...]:
    """The points of one line; a label stands on the side away from the other lines of the drawing."""
    cells = shown(figure, key)
    marks = []
    shift = _shift(list(keys).index(key), len(keys))
    for index, cell in enumerate(cells):
        low, high = axes.y.down(cell.lower), axes.y.down(cell.upper)
        others = [
            o.estimate for k in keys if k != key and (o := figure.cell(cell.wave, k)).estimate is not None
        ]
        under = any(other > cell.estimate for other in others) or (high < 9 and not others)
        outer = index in (0, len(cells) - 1)
        marks.append(
            Mark(
                round(axes.x[cell.wave] + shift, 2),
                axes.y.down(cell.estimate),
                low,
                high,
                voice.number(cell.estimate, figure.decimals) if outer else "",
                round(min(low + 1.5, 92.0) if under else high - 2.5, 2),
                under,
                cell.reliability == "moderate",
            )
        )
    return tuple(marks)


def shown(figure: Figure, key: tuple[str, ...]) -> list[PublishedCell]:
    """The published cells of one line, wave by wave."""
    cells = (figure.cell(wave, key) for wave in figure.waves)
    return [cell for cell in cells if cell.status == "published"]


def _empty(figure: Figure, keys: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    told = {cell.wave for key in keys for cell in shown(figure, key)}
    return tuple(wave for wave in figure.waves if wave not in told)


def _reasons(
    figure: Figure, keys: Sequence[tuple[str, ...]], names: Sequence[str], voice: Voice
) -> tuple[str, ...]:
    """Every hole in words: waves with the same reason together, no name when all lines share it."""
    found: dict[tuple[str, str], list[str]] = {}
    for key, name in zip(keys, names, strict=True):
        for wave in figure.waves:
            cell = figure.cell(wave, key)
            if cell.status == "withheld":
                found.setdefault((name if len(keys) > 1 else "", voice.reason(cell)), []).append(wave)
    shared: dict[tuple[str, str], list[str]] = {}
    for (name, reason), waves in found.items():
        shared.setdefault((", ".join(waves), reason), []).append(name)
    return tuple(
        f"{waves}: {reason}"
        if len(who) == len(keys)
        else f"{', '.join(name for name in who if name)}, {waves}: {reason}"
        for (waves, reason), who in shared.items()
    )


def _description(
    title: str, figure: Figure, keys: Sequence[tuple[str, ...]], names: Sequence[str], voice: Voice
) -> str:
    """What the drawing shows in words: first and last value of each line, and the breaks."""
    parts = []
    for key, name in zip(keys, names, strict=True):
        cells = shown(figure, key)
        who = name if len(keys) > 1 else title
        if not cells:
            parts.append(voice.t("lines.none", who=who))
            continue
        first, last = cells[0], cells[-1]
        values = {
            "who": who,
            "value": voice.value(first.estimate, figure),
            "wave": first.wave,
            "last": voice.value(last.estimate, figure),
            "last_wave": last.wave,
        }
        parts.append(voice.t("lines.one" if first is last else "lines.from_to", **values))
    broken = [wave for wave in figure.waves[1:] if any(figure.breaks_at(wave, key) for key in keys)]
    if broken:
        parts.append(voice.t("lines.broken", waves=", ".join(broken)))
    return " ".join(parts)
