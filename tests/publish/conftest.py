"""A release with made-up numbers for an example project, protected as a real one would be."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from thuis.columns import CELL_COLUMNS, COMPARISON_COLUMNS
from thuis.monitor.estimate.fold import put_together
from thuis.project import Project, load_project
from thuis.protect import ProtectionRules, Structure, protect, structure_of
from thuis.publish import publish
from thuis.values import Estimates, Release, breakdown_id

ROOT = Path(__file__).resolve().parents[2]


def made_up(project: Project) -> Estimates:
    """Estimates whose numbers follow from the names; about one cell in eight is too small to publish."""
    structure = structure_of(project)
    rows = []
    tests = []
    for each in structure.indicators:
        mean = each.kind == "mean"
        for parts in each.breakdowns:
            figure = breakdown_id(parts)
            for wave in structure.waves:
                if wave not in each.waves:
                    continue
                for cell in structure.cells(parts):
                    if impossible(structure, parts, cell):
                        continue
                    rng = random.Random(f"{wave}{cell}")
                    n = rng.choice((20, 41, 300, 400, 500, 800, 900, 1200)) if cell else 9000
                    value = rng.uniform(4, 8) if mean else rng.uniform(20, 80)
                    se = 2 / math.sqrt(n) if mean else math.sqrt(value * (100 - value) / n)
                    hit = None if mean else round(n * value / 100)
                    low, high = value - 1.96 * se, value + 1.96 * se
                    rows.append(
                        (each.id, figure, wave, list(cell), value, se, low, high, n, hit, n * 3.1, 99.0, 1.2)
                    )
            tests += _tests(each.id, figure, [row for row in rows if row[:2] == (each.id, figure)])
    return Estimates(
        pl.DataFrame(rows, schema=CELL_COLUMNS, orient="row"),
        pl.DataFrame(tests, schema=COMPARISON_COLUMNS, orient="row"),
    )


def impossible(structure: Structure, parts: tuple[str, ...], cell: tuple[str, ...]) -> bool:
    """Whether the definitions of the breakdowns leave nobody for a cell."""
    blocks: dict[str, list[frozenset[int]]] = {}
    for part, category in zip(parts, cell, strict=True):
        shape = structure.breakdowns[part]
        blocks.setdefault(shape.block, []).append(shape.members[category])
    return any(not frozenset.intersection(*members) for members in blocks.values())


def _tests(indicator: str, figure: str, rows: list[tuple]) -> list[tuple]:
    """Each wave with the one before, and each category with the last, tested for real."""
    by_key = {(row[2], tuple(row[3])): row for row in rows}
    waves = list(dict.fromkeys(row[2] for row in rows))
    last = rows[-1][3] if rows else []
    pairs = []
    for (wave, cell), row in by_key.items():
        if waves.index(wave):
            earlier = waves[waves.index(wave) - 1]
            pairs.append(("wave", row, by_key[earlier, cell], earlier, None))
        if len(cell) == 1 and list(cell) != last:
            pairs.append(("category", row, by_key[wave, tuple(last)], None, last))
    found = []
    for kind, one, two, earlier, other in pairs:
        gap, se = one[4] - two[4], math.hypot(one[5], two[5])
        p = math.erfc(abs(gap) / se / math.sqrt(2))
        verdict = "none" if p > 0.05 else "higher" if gap > 0 else "lower"
        place = (indicator, figure, kind, one[2], one[3], earlier, other)
        found.append((*place, gap, se, 99.0, gap - 1.96 * se, gap + 1.96 * se, p, p, verdict, False))
    return found


def released(project: Project) -> Release:
    release = protect(made_up(project), ProtectionRules.of(project.protection), structure_of(project))
    return put_together(project, release)


@pytest.fixture(scope="session")
def project() -> Project:
    """A share, a mean, and a share that was not asked in every wave."""
    project = load_project(ROOT / "examples" / "gss")
    chosen = ("trust-in-people", "years-of-school", "disrespect")
    return replace(project, indicators=tuple(project.indicator(each) for each in chosen))


@pytest.fixture(scope="session")
def release(project: Project) -> Release:
    return released(project)


@pytest.fixture(scope="session")
def data(project: Project, release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("published") / "data"
    publish(project, release, out, history=())
    return out


@pytest.fixture(scope="session")
def make() -> Callable[[Project], Release]:
    return released


@pytest.fixture(scope="session")
def demo() -> tuple[Project, Release]:
    """Two indicators of the demo, which is synthetic and has crossings and population counts beside it."""
    project = load_project(ROOT / "examples" / "nederland")
    chosen = ("trust-in-people", "belonging-to-the-netherlands")
    project = replace(project, indicators=tuple(project.indicator(each) for each in chosen))
    return project, released(project)
