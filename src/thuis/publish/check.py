"""The last look before anything is written: a release that fits the project and keeps its promise.

``protect`` already removes every number of a withheld cell. Publication is where a mistake becomes public, so
it does not take that for granted.
"""

from __future__ import annotations

from itertools import product

import polars as pl

from thuis.columns import RELEASE_COLUMNS
from thuis.errors import Problem, raise_all, unknown
from thuis.project.bare import bare, told
from thuis.project.model import Project
from thuis.project.sets import dimensions
from thuis.remembered import remembered
from thuis.values import REASONS, Release, breakdown_id

_SECRET = ("estimate", "se", "lower", "upper", "n", "n_hit", "weighted_n", "df", "deff")
_SHOWN = ("estimate", "se", "lower", "upper", "n")


def check_release(project: Project, release: Release) -> None:
    """Refuse a release that does not fit the project, or that gives away what it withholds.

    :raises ThuisError: with every cell that is missing, unknown or twice there, every withheld cell with a
        number or without a reason, every published cell without a number, and every tested difference with a
        cell that is not published.
    """
    absent = [name for name in RELEASE_COLUMNS if name not in release.cells.columns]
    raise_all([Problem(f"the release lacks column {name!r}") for name in absent])
    remembered(
        lambda: _check(project, release), "checked", told(bare(project)), release.cells, release.comparisons
    )


def _check(project: Project, release: Release) -> None:
    raise_all([*_promises(release.cells), *_fit(project, release.cells)])
    raise_all(_differences(release))


def _promises(cells: pl.DataFrame) -> list[Problem]:
    shown = pl.col("status") == "published"
    rules = (
        (~pl.col("status").is_in(["published", "withheld"]), "is neither published nor withheld"),
        (~shown & pl.any_horizontal(pl.col(*_SECRET).is_not_null()), "is withheld, but has a number"),
        (
            ~shown & ~pl.col("reason").is_in(list(REASONS)).fill_null(value=False),
            "is withheld without a reason",
        ),
        (shown & pl.any_horizontal(pl.col(*_SHOWN).is_null()), "is published without a number"),
        (shown & pl.col("reason").is_not_null(), "is published with a reason to withhold it"),
    )
    return [
        Problem(f"{_name(row)} {what}", step="run the protection again")
        for rule, what in rules
        for row in cells.filter(rule).select("indicator", "breakdown", "wave", "cell").iter_rows()
    ]


def _name(row: tuple[object, ...]) -> str:
    indicator, breakdown, wave, cell = row
    which = ", ".join(cell) if isinstance(cell, list) else ""
    return f"{indicator}/{breakdown}, wave {wave}, cell {which or 'total'}"


def _fit(project: Project, cells: pl.DataFrame) -> list[Problem]:
    there = dimensions(project)
    expected = {
        (indicator.id, breakdown_id(parts), wave, key)
        for indicator in project.indicators
        for parts in indicator.groupings
        for wave in project.shown(indicator)
        for key in product(*([c.id for c in there[part].categories] for part in parts))
    }
    rows = [
        (indicator, breakdown, wave, tuple(cell))
        for indicator, breakdown, wave, cell in cells.select(
            "indicator", "breakdown", "wave", "cell"
        ).iter_rows()
    ]
    found = set(rows)
    known = set(project.figures)
    figures = dict.fromkeys(f"{i}/{b}" for i, b, *_ in rows)
    problems = [unknown("figure", each, known) for each in figures if each not in known]
    problems += [
        Problem(f"the project has no cell {_name((i, b, w, list(c)))}")
        for i, b, w, c in sorted(found - expected)
        if f"{i}/{b}" in known
    ]
    problems += [
        Problem(f"the release has no cell {_name((i, b, w, list(c)))}", expected="a row for every cell")
        for i, b, w, c in sorted(expected - found)
    ]
    if len(found) < len(rows):
        problems.append(Problem(f"the release has {len(rows) - len(found)} cells more than once"))
    return problems


def _differences(release: Release) -> list[Problem]:
    """One by one only when there is something to tell: a large monitor has a million ends."""
    return _told(release) if _astray(release) else []


def _astray(release: Release) -> bool:
    """Whether an end of a tested difference is not published."""
    here = ("indicator", "breakdown", "wave")
    at = pl.col("cell").list.join("\0").fill_null("")
    shown = release.cells.filter(pl.col("status") == "published").select(*here, at)
    tests = release.comparisons
    other = pl.col("other").list.join("\0")
    # An empty list of another cell is none: then the cell is compared with itself in another wave.
    ends = (
        tests.select(*here, at),
        tests.select(
            "indicator",
            "breakdown",
            pl.coalesce("other_wave", "wave").alias("wave"),
            pl.when(other != "").then(other).otherwise(at).alias("cell"),
        ),
    )
    return any(each.join(shown, on=[*here, "cell"], how="anti").height for each in ends)


def _told(release: Release) -> list[Problem]:
    shown = {
        (indicator, breakdown, wave, tuple(cell))
        for indicator, breakdown, wave, cell in release.cells.filter(pl.col("status") == "published")
        .select("indicator", "breakdown", "wave", "cell")
        .iter_rows()
    }
    problems = []
    names = ("indicator", "breakdown", "wave", "cell", "other_wave", "other")
    for indicator, breakdown, wave, cell, other_wave, other in release.comparisons.select(names).iter_rows():
        ends = [
            (indicator, breakdown, wave, tuple(cell or ())),
            (indicator, breakdown, other_wave or wave, tuple(other or cell or ())),
        ]
        problems += [
            Problem(f"a difference is given with {_name((i, b, w, list(c)))}, which is not published")
            for i, b, w, c in ends
            if (i, b, w, c) not in shown
        ]
    return problems
