"""One figure: its cells in the author's order, as JSON and as a tidy table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, Literal

import polars as pl

from thuis.contract import figure as contract
from thuis.contract.figure import Cell, Change, Contrast, Dimension, PublishedCell, WithheldCell
from thuis.language import texts
from thuis.project.model import Breakdown, Indicator, Project
from thuis.project.sets import dimensions
from thuis.publish.columns import Column, column_name, figure_columns, frame, joined
from thuis.values import NUMBERS, Release, breakdown_id

DIGITS = 10
"""Significant digits of a published number: more than any estimate bears, fewer than machines differ in."""
_SHOWN = ("wave", "status", "reason", "reliability", *NUMBERS)
_COMPARED = (
    *("type", "wave", "cell", "other", "other_wave"),
    *("difference", "se", "lower", "upper", "p", "p_adjusted", "verdict", "across_break"),
)


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure as it is published. Its rows become records when one is asked for: what was kept asks none.

    ``rows`` are its cells, ``tested`` its tested differences as the release holds them, rounded.
    """

    indicator: Indicator
    breakdown: str
    parts: tuple[Breakdown, ...]
    waves: tuple[str, ...]
    rows: pl.DataFrame
    tested: pl.DataFrame
    columns: tuple[Column, ...]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell, in the author's order."""
        found = _cells(self.rows)
        keys = list(product(*([c.id for c in each.shown] for each in self.parts)))
        return tuple(found[wave, key] for wave in self.waves for key in keys)

    @cached_property
    def comparisons(self) -> tuple[Contrast | Change, ...]:
        """Every tested difference."""
        return tuple(_comparisons(self.tested))

    @property
    def id(self) -> str:
        return f"{self.indicator.id}/{self.breakdown}"

    def title(self, language: str) -> str:
        """The indicator and what it is broken down by."""
        names = " × ".join(each.title[language] for each in self.parts)
        return f"{self.indicator.title[language]} – {names or texts('publish', language)('total')}"

    def latest(self) -> str | None:
        """The last wave with a published cell."""
        return next((cell.wave for cell in reversed(self.cells) if cell.status == "published"), None)


ANSWERS: dict[str, Literal["whole", "any"]] = {"categories": "whole", "multiple": "any"}


def kind_of(indicator: Indicator) -> contract.Kind:
    """What its numbers are: those of a set of answers are percentages."""
    return "proportion" if indicator.set_of_answers else indicator.kind  # type: ignore[return-value]


def unit_of(indicator: Indicator, project: Project) -> dict[str, str]:
    """The unit per language: the per cent sign for a proportion."""
    if indicator.percentage:
        return dict.fromkeys(project.languages, "%")
    return dict(indicator.unit or dict.fromkeys(project.languages, ""))


def scale_of(indicator: Indicator) -> tuple[float, float] | None:
    """The ends of the scale: 0 and 100 for a percentage that does not say otherwise; others may have none."""
    return indicator.scale or ((0, 100) if indicator.percentage else None)


def figures(project: Project, release: Release) -> Iterator[Figure]:
    """Every figure of the project, in its order; the release must have passed ``check_release``."""
    cells = _apart(_rounded(release.cells))
    tested = _apart(_rounded(tests(release)))
    columns: dict[tuple[str, ...], tuple[Column, ...]] = {}
    known = dimensions(project)
    for indicator in project.indicators:
        for parts in indicator.groupings:
            breakdown = breakdown_id(parts)
            if parts not in columns:
                columns[parts] = figure_columns(project, parts)
            rows = cells[indicator.id, breakdown]
            yield Figure(
                indicator,
                breakdown,
                tuple(known[part] for part in parts),
                project.shown(indicator),
                rows,
                tested.get((indicator.id, breakdown), release.comparisons.clear()),
                columns[parts],
            )


def tests(release: Release) -> pl.DataFrame:
    """The tested differences; one without a test (no spread) says nothing and is left out."""
    return release.comparisons.filter(pl.col("p").is_not_null())


def _apart(rows: pl.DataFrame) -> dict[tuple[str, str], pl.DataFrame]:
    """Rows by figure."""
    parts = rows.partition_by("indicator", "breakdown", maintain_order=True)
    return {(each["indicator"][0], each["breakdown"][0]): each for each in parts}


def _rounded(rows: pl.DataFrame) -> pl.DataFrame:
    floats = [name for name, kind in rows.schema.items() if kind == pl.Float64]
    return rows.with_columns(pl.col(floats).fill_nan(None).round_sig_figs(DIGITS)) if floats else rows


def _cells(rows: pl.DataFrame) -> dict[tuple[str, tuple[str, ...]], Cell]:
    """The cells of a figure by wave and key."""
    found: dict[tuple[str, tuple[str, ...]], Cell] = {}
    for told in _named(rows, ("cell", *_SHOWN)):
        model = PublishedCell if told["status"] == "published" else WithheldCell
        cell: Cell = model.model_validate(told)
        found[cell.wave, cell.key] = cell
    return found


def _comparisons(rows: pl.DataFrame) -> Iterator[Contrast | Change]:
    """The tested differences of a figure."""
    for row in _named(rows, _COMPARED):
        if row["type"] == "wave":
            row["across_break"] = bool(row["across_break"])
            yield Change.model_validate(row)
        else:
            yield Contrast.model_validate(row)


def _named(rows: pl.DataFrame, names: Sequence[str]) -> Iterator[dict[str, object]]:
    """Rows by name, with these columns only: a column is read faster as a whole than row by row."""
    for values in zip(*(rows[name].to_list() for name in names), strict=True):
        yield dict(zip(names, values, strict=True))


def record(figure: Figure, project: Project) -> contract.Figure:
    """The figure as the data folder holds it; its cells were checked when they were made."""
    indicator = figure.indicator
    own: dict[str, Any] = {"answers": ANSWERS[indicator.kind]} if indicator.set_of_answers else {}
    if indicator.says:
        own["says"] = indicator.says
    return contract.Figure.model_construct(
        id=figure.id,
        indicator=indicator.id,
        breakdown=figure.breakdown,
        title={lang: figure.title(lang) for lang in project.languages},
        base=indicator.base.text if indicator.base else None,
        kind=kind_of(indicator),
        unit=unit_of(indicator, project),
        decimals=indicator.decimals,
        scale=scale_of(indicator),
        level=project.protection.level,
        **own,
        dimensions=tuple(dimension(each) for each in figure.parts),
        waves=project.shown(indicator),
        breaks=breaks(indicator),
        cells=figure.cells,
        comparisons=figure.comparisons,
        synthetic=project.synthetic,
        licence=project.licence.id,
        version=project.version,
    )


def breaks(indicator: Indicator) -> tuple[contract.Break, ...]:
    """Where a series turns; a break that ends turns it twice."""
    return tuple(
        contract.Break.given(
            {"wave": wave, "kind": each.kind, "text": each.text} | ({"only": each.only} if each.only else {})
        )
        for each in indicator.breaks
        for wave in (each.wave, each.until)
        if wave is not None
    )


def dimension(each: Breakdown) -> Dimension:
    """A breakdown with its categories, without the variables they were made from."""
    return Dimension(
        id=each.id,
        title=each.title,
        description=_described(each),
        source=each.source,
        reference=each.reference,
        nested_in=each.nested_in,
        categories=tuple(
            contract.Category(
                id=c.id,
                title=c.title,
                description=c.description,
                **{name: text for name in ("people", "short") if (text := getattr(c, name))},
            )
            for c in each.shown
        ),
    )


def _described(each: Breakdown) -> dict[str, str]:
    """What the breakdown is, and who is left out because of it."""
    if not each.base:
        return dict(each.description)
    return {lang: f"{said} {texts('publish', lang)('base')}" for lang, said in each.description.items()}


def table(figure: Figure, project: Project) -> pl.DataFrame:
    """The figure as a tidy table, one row per cell."""
    cells = figure.cells
    size = len(cells)
    values: dict[str, Sequence[object]] = {
        "indicator": [figure.indicator.id] * size,
        "breakdown": [figure.breakdown] * size,
        "unit": [joined(unit_of(figure.indicator, project), project)] * size,
        "synthetic": [joined(project.synthetic, project)] * size,
        **{name: [getattr(cell, name) for cell in cells] for name in _SHOWN},
    }
    for i, part in enumerate(figure.parts):
        titles = {category.id: category.title for category in part.categories}
        name = column_name(part.id)
        values[name] = [cell.key[i] for cell in cells]
        for lang in project.languages:
            values[f"{name}_{lang}"] = [titles[cell.key[i]][lang] for cell in cells]
    return frame(figure.columns, values)
