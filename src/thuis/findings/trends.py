"""A change across a break in the series, with a declared correction and its uncertainty; never in silence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import polars as pl
from scipy import special

from thuis.errors import ThuisError
from thuis.findings.explain import formula
from thuis.findings.respondents import interval_and_p
from thuis.findings.words import Num, clause, listed, say
from thuis.language import LANGUAGES
from thuis.language.clauses import Verdict
from thuis.language.headlines import fitting, within
from thuis.multiplicity import holm
from thuis.project.breakdown import Category
from thuis.project.bridges import Bridge
from thuis.project.model import Indicator, Project
from thuis.values import TOTAL


@dataclass(frozen=True, slots=True)
class Change:
    """Later minus earlier: as measured (``raw``) and after the correction, each with its interval."""

    cell: tuple[str, ...]
    raw: float
    raw_lower: float
    raw_upper: float
    bridged: float
    se: float
    df: float
    lower: float
    upper: float
    p: float
    level: float

    @property
    def verdict(self) -> Verdict | Literal["none"]:
        """``higher``, ``lower`` or ``none`` (nothing shown)."""
        if not self.p < 1 - self.level:
            return "none"
        return "higher" if self.bridged > 0 else "lower"


@dataclass(frozen=True, slots=True)
class Figure:
    """An estimate of one wave, with its standard error and degrees of freedom."""

    value: float
    se: float
    df: float


def corrected(
    earlier: Figure, later: Figure, bridge: Bridge, change: Figure | None = None
) -> tuple[float, float, float]:
    """The corrected change, its standard error and degrees of freedom.

    Additive: ``later - earlier - c`` with variance ``var(later - earlier) + se_c²``. Ratio: ``later / c -
    earlier`` with variance ``(se_later / c)² + (later se_c / c²)² + se_earlier²`` (delta method). Degrees of
    freedom are Satterthwaite's, the correction counted with infinitely many.

    :param change: the tested change where the waves share respondents; else they count as independent.

    >>> from thuis.project.bridges import Bridge
    >>> say = {"nl": "x", "en": "x"}
    >>> bridge = Bridge(id="b", title=say, description=say, indicator="i", earlier="1", later="2",
    ...                 correction=-4, se=0.6, source=say)
    >>> estimate, se, _ = corrected(Figure(30, 0.48, 900), Figure(27, 0.64, 800), bridge)
    >>> estimate, round(se, 9)
    (1.0, 1.0)
    """
    c = bridge.correction
    if bridge.kind == "ratio":
        parts = [
            (later.se / c, later.df),
            (earlier.se, earlier.df),
            (later.value * bridge.se / c**2, math.inf),
        ]
        estimate = later.value / c - earlier.value
    else:
        parts = [(later.se, later.df), (earlier.se, earlier.df)]
        if change is not None:
            parts = [(change.se, change.df)]
        parts.append((bridge.se, math.inf))
        estimate = (change.value if change else later.value - earlier.value) - c
    variance = sum(se**2 for se, _ in parts)
    spread = sum(se**4 / df for se, df in parts if df > 0)
    return estimate, math.sqrt(variance), variance**2 / spread if spread else math.inf


def changes(project: Project, bridge: Bridge, cells: pl.DataFrame, comparisons: pl.DataFrame) -> list[Change]:
    """The changes of one figure that may be public: both cells published, the difference tested.

    P values are Holm's over the cells of the figure.

    :param cells: those of the release.
    :param comparisons: those of the release.
    """
    mine = (pl.col("indicator") == bridge.indicator) & (pl.col("breakdown") == bridge.breakdown)
    pairs = comparisons.filter(
        mine,
        pl.col("type") == "wave",
        pl.col("wave") == bridge.later,
        pl.col("other_wave") == bridge.earlier,
        pl.col("p").is_not_null(),
    )
    published = {
        (row["wave"], tuple(row["cell"])): Figure(row["estimate"], row["se"], row["df"])
        for row in cells.filter(mine, pl.col("status") == "published").iter_rows(named=True)
    }
    found, level = [], project.protection.level
    for row in pairs.iter_rows(named=True):
        cell = tuple(row["cell"])
        before, after = published.get((bridge.earlier, cell)), published.get((bridge.later, cell))
        if before is None or after is None:
            continue
        shared = Figure(row["difference"], row["se"], _df(row, level)) if project.samples == "panel" else None
        estimate, se, df = corrected(before, after, bridge, shared)
        raw = (row["difference"], row["lower"], row["upper"])
        found.append(Change(cell, *raw, estimate, se, df, *interval_and_p(estimate, se, df, level), level))
    order = _order(project, bridge)
    found.sort(key=lambda each: order.get(each.cell, len(order)))
    adjusted = holm([each.p for each in found])
    return [replace(each, p=float(p)) for each, p in zip(found, adjusted, strict=True)]


def _df(row: Mapping[str, Any], level: float) -> float:
    """The degrees of freedom of a tested difference; the data folder keeps them in its interval only."""
    if row["df"] is not None:
        return float(row["df"])
    t = (row["upper"] - row["lower"]) / 2 / row["se"]
    return float(special.stdtridf((1 + level) / 2, t))


def _order(project: Project, bridge: Bridge) -> dict[tuple[str, ...], int]:
    if bridge.breakdown == TOTAL:
        return {(): 0}
    categories = project.breakdowns[bridge.breakdown].categories
    return {(each.id,): position for position, each in enumerate(categories)}


def bridge_entry(
    project: Project, bridge: Bridge, cells: pl.DataFrame, comparisons: pl.DataFrame
) -> dict[str, Any]:
    """The entry of ``findings.json``.

    :raises ThuisError: when no change of this figure between the two waves is public.
    """
    found = changes(project, bridge, cells, comparisons)
    if not found:
        raise ThuisError(
            f"bridge {bridge.id!r} has no change to correct: no cell is public and tested in both waves",
            expected=f"a tested difference between {bridge.earlier} and {bridge.later}",
            step="choose waves that follow each other, or a coarser breakdown",
        )
    indicator = project.indicator(bridge.indicator)
    said = [_said(project, bridge, indicator, each) for each in found]
    whole = said[0] if len(said) == 1 else _several(project, bridge, indicator, found)
    facts = [say("trend.after", sentence=each) for each in said] if len(said) > 1 else []
    bridged = _bridged(bridge, indicator, whole)
    broken = say("trend.broken", earlier=bridge.earlier, wave=bridge.later)
    breaks = [dict(each.text) for each in indicator.breaks if _between(project, bridge, each.wave)]
    return {
        "id": bridge.id,
        "title": dict(bridge.title),
        "sentence": _headline(project, bridge, found),
        "facts": [bridged, broken, *breaks, *facts],
        "description": dict(bridge.description),
        "about": [indicator.id],
        "wave": bridge.later,
        "level": project.protection.level,
        "table": _table(project, bridge, indicator, found),
        "source": dict(bridge.source),
        "method": say(f"trend.method-{bridge.kind}", earlier=bridge.earlier, wave=bridge.later),
        "limits": say("trend.limits"),
        "explain": {
            "formula": formula("bridge"),
            "inputs": [f"{indicator.id}/{bridge.breakdown}, {bridge.earlier}, {bridge.later}"],
        },
    }


def _headline(project: Project, bridge: Bridge, found: list[Change]) -> dict[str, str]:
    """Who changed after the correction, in a few words; nobody, when that was not shown."""
    years = {"wave": bridge.later, "earlier": bridge.earlier}
    shown = {each.verdict for each in found} - {"none"}
    if not shown:
        return say("trend.head.none", **years)
    brief = say("trend.head.mixed", **years)
    if len(shown) > 1:
        return brief
    changed = [each for each in found if each.verdict != "none"]
    names = [_name(project, bridge, each.cell) if each.cell else say("trend.everyone") for each in changed]
    verdict = changed[0].verdict
    named = say(f"trend.head.{verdict}", groups=listed(names), **years)
    people = [_category(project, bridge, each.cell).people if each.cell else None for each in changed]
    clauses = clause(project.indicator(bridge.indicator).says, people, verdict) if verdict != "none" else {}
    full = [say("trend.head.clause", clause=clauses, **years)] if clauses else []
    return {
        language: fitting(each[language] for each in [*(full if language in clauses else ()), named, brief])
        for language in named
    }


def _between(project: Project, bridge: Bridge, wave: str) -> bool:
    order = [each.id for each in project.waves]
    return order.index(bridge.earlier) < order.index(wave) <= order.index(bridge.later)


def _unit(indicator: Indicator) -> Mapping[str, str]:
    return say("points") if indicator.percentage else dict(indicator.unit or say("units"))


def _bridged(bridge: Bridge, indicator: Indicator, said: Mapping[str, str]) -> dict[str, str]:
    if bridge.kind == "ratio":
        return say(
            "trend.bridged-ratio", correction=Num(bridge.correction, 2), se=Num(bridge.se, 2), sentence=said
        )
    return say(
        "trend.bridged",
        correction=Num(bridge.correction, indicator.decimals, "signed"),
        se=Num(bridge.se, indicator.decimals),
        unit=_unit(indicator),
        sentence=said,
    )


def _said(project: Project, bridge: Bridge, indicator: Indicator, found: Change) -> dict[str, str]:
    decimals, verdict = indicator.decimals, found.verdict
    ends = (found.lower, found.upper) if verdict != "lower" else (-found.upper, -found.lower)
    return say(
        f"trend.{verdict}",
        title=_title(project, bridge, indicator, found.cell),
        wave=bridge.later,
        earlier=bridge.earlier,
        gap=Num(found.bridged, decimals, "size" if verdict != "none" else "signed"),
        unit=_unit(indicator),
        low=Num(ends[0], decimals),
        high=Num(ends[1], decimals),
        level=Num(100 * found.level, 0),
    )


def _several(project: Project, bridge: Bridge, indicator: Indicator, found: list[Change]) -> dict[str, str]:
    """Which groups changed, by what the test bears; an order of groups is not claimed."""
    parts = dict.fromkeys(LANGUAGES, "")
    for verdict in ("higher", "lower", "none"):
        names = [_name(project, bridge, each.cell) for each in found if each.verdict == verdict]
        if names:
            part = say(f"trend.groups.{verdict}", groups=listed(names))
            parts = {lang: f"{parts[lang]}; {part[lang]}" if parts[lang] else part[lang] for lang in part}
    return say(
        "trend.several", title=dict(indicator.title), wave=bridge.later, earlier=bridge.earlier, parts=parts
    )


def _name(project: Project, bridge: Bridge, cell: tuple[str, ...]) -> dict[str, str]:
    category = _category(project, bridge, cell)
    return dict(category.people or category.title)


def _category(project: Project, bridge: Bridge, cell: tuple[str, ...]) -> Category:
    return next(each for each in project.breakdowns[bridge.breakdown].categories if each.id == cell[0])


def _title(project: Project, bridge: Bridge, indicator: Indicator, cell: tuple[str, ...]) -> dict[str, str]:
    if not cell:
        return dict(indicator.title)
    named = {language: within(text, language) for language, text in _name(project, bridge, cell).items()}
    return say("trend.among", title=indicator.title, group=named)


def _table(project: Project, bridge: Bridge, indicator: Indicator, found: list[Change]) -> dict[str, Any]:
    columns = ("group", "raw", "lower", "upper", "bridged", "lower", "upper", "verdict")
    return {
        "caption": say("trend.caption", earlier=bridge.earlier, wave=bridge.later, unit=_unit(indicator)),
        "columns": [say(f"trend.columns.{name}") for name in columns],
        "rows": [
            [
                _name(project, bridge, each.cell) if each.cell else dict(indicator.title),
                *(each.raw, each.raw_lower, each.raw_upper),
                *(each.bridged, each.lower, each.upper),
                say(f"trend.verdict.{each.verdict}"),
            ]
            for each in found
        ],
        "decimals": indicator.decimals,
    }
