"""A table that is its own chart: one row per category with a bar (or a dot), its interval, value and n."""

from __future__ import annotations

from dataclasses import dataclass

from thuis.contract.figure import Figure
from thuis.site.charts.choice import marks
from thuis.site.charts.drawn import Drawn, Ticks, drawn, ticks
from thuis.site.charts.scale import Scale
from thuis.site.charts.table import category_titles
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; the heading is empty when the figure has a single breakdown."""

    title: str
    rows: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A whole table-as-chart."""

    wave: str
    groups: tuple[Group, ...]
    ticks: Ticks
    moderate: bool
    reference: float | None = None


def bars(figure: Figure, wave: str, scale: Scale, voice: Voice, *, ranked: bool = False) -> Bars:
    """The rows of one wave, grouped by the first breakdown when there are two or more.

    :param ranked: the highest first, rows without a number last.

    Combinations that exist in no wave are no gaps, and no rows. An estimate is a dot
    with its interval; ``reference`` is where the comparison group stands.
    """
    groups: dict[str, list[Drawn]] = {}
    grouped = len(figure.dimensions) > 1
    for key in figure.keys:
        if grouped and figure.impossible(key):
            continue
        titles = category_titles(figure, key, voice)
        heading = titles[0] if grouped else ""
        label = " · ".join(titles[1:] if grouped else titles) or voice.t("figure.everyone")
        style = _position(figure, key) if grouped else 0
        reference = not grouped and bool(key) and key[0] == figure.dimensions[0].reference
        made = drawn(
            label,
            figure.cell(wave, key),
            scale,
            figure,
            voice,
            style=style,
            reference=reference,
            about=marks(figure, key),
        )
        groups.setdefault(heading, []).append(made)
    if ranked:
        groups = {title: sorted(rows, key=lambda r: (bool(r.reason), -r.x)) for title, rows in groups.items()}
    built = tuple(Group(title, tuple(rows)) for title, rows in groups.items())
    rows = [each for group in built for each in group.rows]
    return Bars(
        wave,
        built,
        ticks(scale, voice),
        any(each.moderate for each in rows),
        next((each.x for each in rows if each.reference and not each.reason), None),
    )


def waves(figure: Figure, scale: Scale, voice: Voice) -> Bars:
    """One row per wave, for the population as a whole."""
    rows = tuple(drawn(voice.wave(w), figure.cell(w, ()), scale, figure, voice) for w in figure.waves)
    return Bars("", (Group("", rows),), ticks(scale, voice), any(r.moderate for r in rows))


def _position(figure: Figure, key: tuple[str, ...]) -> int:
    """Which category of the last breakdown this is: it keeps its colour and pattern in every group."""
    ids = [each.id for each in figure.dimensions[-1].categories]
    return ids.index(key[-1]) % 4
