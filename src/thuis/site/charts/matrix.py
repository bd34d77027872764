"""Indicators by groups: a value in every cell, tinted by its tested difference from the comparison group."""

from __future__ import annotations

from dataclasses import dataclass, replace

from thuis.contract.indicator import Indicator
from thuis.site.charts.drawn import Drawn
from thuis.site.charts.groups import Groups, by_lead, groups
from thuis.site.charts.scale import bar_scale
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator: its total, its groups in the order of the columns, and the same as a strip."""

    id: str
    title: str
    wave: str
    unit: str
    total: str
    total_at: float | None
    cells: tuple[Drawn, ...]
    strip: Groups
    ends: tuple[str, str]
    reach: str
    """the lowest and the highest group with their values, for a strip whose dots have no names"""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Indicators that have numbers for the same groups, in one kind of unit."""

    columns: tuple[tuple[str, bool, str], ...]
    """names of the groups, whether it is the comparison group, and their marks"""
    rows: tuple[Row, ...]
    unit: str
    reference: str

    @property
    def groups(self) -> frozenset[str]:
        """The names of its groups."""
        return frozenset(name for name, *_ in self.columns)


def matrices(indicators: tuple[Indicator, ...], breakdown: str, voice: Voice) -> list[Matrix]:
    """The indicators by groups; those of another unit or another base stand in a block of their own."""
    blocks: dict[tuple[object, ...], list[tuple[Row, Groups]]] = {}
    for indicator in indicators:
        figure = by_lead(indicator, breakdown)
        if figure is None:
            continue
        found = groups(figure, voice, ranked=False)
        base = frozenset(dot.label for dot in found.dots if dot.value)
        total = indicator.figure("total")
        whole = total.cell(found.wave, ()) if total else None
        scale = bar_scale([figure.but(cells=figure.of_wave(found.wave))])
        row = Row(
            indicator.id,
            voice.say(indicator.title),
            found.wave,
            voice.unit(figure),
            voice.value(whole.estimate, figure) if whole and whole.estimate is not None else "",
            scale.at(whole.estimate) if whole and whole.estimate is not None else None,
            found.dots,
            found,
            (voice.number(scale.low), voice.number(scale.high)),
            "",
        )
        row = replace(row, reach=_reach(row, voice))
        blocks.setdefault((row.unit, base), []).append((row, found))
    return [_matrix(rows) for rows in blocks.values()]


def _reach(row: Row, voice: Voice) -> str:
    """From the lowest group to the highest in words, and everyone."""
    shown = sorted((each for each in row.cells if each.value), key=lambda each: each.x)
    if len(shown) < 2:
        return ""
    low, high = shown[0], shown[-1]
    ends = {"low": low.label, "from": low.value, "high": high.label, "to": high.value}
    said = voice.t("theme.reach", **ends)
    return f"{said}; {voice.t('theme.reach-all', value=row.total)}" if row.total else said


def _matrix(found: list[tuple[Row, Groups]]) -> Matrix:
    first, shown = found[0]
    kept = [at for at, dot in enumerate(first.cells) if any(row.cells[at].value for row, _ in found)]
    cells = [first.cells[at] for at in kept]
    columns = tuple((each.label, each.verdict == "reference", each.about) for each in cells)
    rows = tuple(replace(row, cells=tuple(row.cells[at] for at in kept)) for row, _ in found)
    reference = shown.reference if any(is_reference for _, is_reference, _ in columns) else ""
    return Matrix(columns, rows, first.unit, reference)
