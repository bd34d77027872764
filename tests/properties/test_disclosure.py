"""An intruder who knows everything but the withheld cells, and tries to work those out.

The intruder shares no code with the protection: people are laid out in the full product of all variables,
and what is published is a set of equations over that product. A withheld cell is given away when its own
row is in the span of theirs.
"""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass

import numpy as np
import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from thuis.columns import CELL_COLUMNS, COMPARISON_COLUMNS
from thuis.protect import IndicatorShape, ProtectionRules, Structure, protect
from thuis.values import Estimates, Release, breakdown_id

ORIGINS, SEXES, AGES = ("turkish", "moroccan", "polish", "none"), ("men", "women"), ("young", "middle", "old")
WORK = {"young": "young-and-old", "middle": "middle-aged", "old": "young-and-old"}
CODES = ("never", "sometimes", "often")
RULES = ProtectionRules(minimum_n=10, minimum_hits=3)
FIGURES = [
    (),
    ("origin",),
    ("sex",),
    ("age",),
    ("phase",),
    ("origin", "sex"),
    ("sex", "age"),
    ("origin", "phase"),
    ("origin", "age"),
]
SHARES = {
    "never": {"never"},
    "any": {"sometimes", "often"},
    "sometimes": {"sometimes"},
    "often": {"often"},
}
PEOPLE = list(itertools.product(ORIGINS, SEXES, AGES))
"""Kinds of people; ``phase`` follows from age."""


@dataclass(frozen=True)
class World:
    """Counts of people by kind and answer, and which figures and shares are published about them."""

    counts: NDArray[np.int64]
    indicators: dict[str, tuple[tuple[str, ...], ...]]

    @property
    def structure(self) -> Structure:
        shapes = [
            IndicatorShape(
                name,
                "proportion",
                "discrimination",
                figures,
                frozenset({"2020"}),
                frozenset(SHARES[name]),
                valid=frozenset(CODES),
            )
            for name, figures in self.indicators.items()
        ]
        breakdowns = {"origin": ORIGINS, "sex": SEXES, "age": AGES, "phase": ("young-and-old", "middle-aged")}
        return Structure.simple(["2020"], shapes, breakdowns, {"age": WORK})


def mask(parts: tuple[str, ...], cell: tuple[str, ...]) -> NDArray[np.bool_]:
    """The kinds of people in a cell."""
    place = {"origin": 0, "sex": 1, "age": 2}
    wanted = dict(zip(parts, cell, strict=True))
    phase = wanted.pop("phase", None)
    return np.array(
        [
            all(kind[place[p]] == c for p, c in wanted.items()) and (phase is None or WORK[kind[2]] == phase)
            for kind in PEOPLE
        ]
    )


def estimates(world: World) -> Estimates:
    rows = []
    for name, figures in world.indicators.items():
        hit = np.array([code in SHARES[name] for code in CODES])
        for parts in figures:
            for cell in world.structure.cells(parts):
                inside = world.counts[mask(parts, cell)]
                n, hits = int(inside.sum()), int(inside[:, hit].sum())
                share = 100 * hits / n if n else None
                se = 100 * float(np.sqrt(hits * (n - hits) / n**3)) if n else None
                low, high = (share - 1.96 * se, share + 1.96 * se) if n else (None, None)
                row = (share, se, low, high, n, hits, float(n), 50.0, 1.0)
                rows.append((name, breakdown_id(parts), "2020", list(cell), *row))
    cells = pl.DataFrame(rows, schema=CELL_COLUMNS, orient="row")
    return Estimates(cells, pl.DataFrame(schema=COMPARISON_COLUMNS))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    sizes = st.sampled_from([0, 0, 1, 2, 3, 5, 8, 12, 20, 40, 90])
    shape = (len(PEOPLE), len(CODES))
    counts = np.array(draw(st.lists(sizes, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])))
    counts = counts.reshape(shape)
    if draw(st.booleans()):
        counts[[kind[0] == draw(st.sampled_from(ORIGINS)) for kind in PEOPLE]] = 0
    names = draw(st.lists(st.sampled_from(list(SHARES)), min_size=1, max_size=3, unique=True))
    choose = st.lists(st.sampled_from(FIGURES), min_size=2, max_size=6, unique=True)
    return World(counts, {name: tuple(draw(choose)) for name in names})


def known_rows(release: Release, world: World, *, counts: bool) -> NDArray[np.float64]:
    """What the intruder knows, as rows over kinds of people × answers (or kinds alone for counts).

    Cells that say that nobody was interviewed, or nobody at all, are known to be nothing.
    """
    rows = []
    width = len(PEOPLE) * (1 if counts else len(CODES))
    everyone = np.ones(len(CODES))
    for name, parts, cell, status, reason in _cells(release, world):
        people = mask(parts, cell).astype(float)
        if status == "published" or reason in ("not-asked", "not-applicable"):
            rows.append(_row(people, SHARES[name], counts))
        if not counts:  # weighted sizes of all cells are taken as known
            rows.append(np.outer(people, everyone).ravel())
    for kind in _impossible(release, world):
        answers = [None] if counts else list(range(len(CODES)))
        for each in answers:
            row = np.zeros(width)
            row[kind if each is None else kind * len(CODES) + each] = 1
            rows.append(row)
    return np.array(rows)


def _row(people: NDArray[np.float64], share: set[str], counts: bool) -> NDArray[np.float64]:
    return people if counts else np.outer(people, [float(code in share) for code in CODES]).ravel()


def _cells(
    release: Release, world: World
) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str, str | None]]:
    parts = {breakdown_id(p): p for p in FIGURES}
    names = ("indicator", "breakdown", "cell", "status", "reason")
    return [
        (name, parts[breakdown], tuple(cell), status, reason)
        for name, breakdown, cell, status, reason in release.cells.select(*names).iter_rows()
    ]


def _impossible(release: Release, world: World) -> set[int]:
    """Kinds of people in cells published as empty: counts are not negative, so each is zero."""
    found: set[int] = set()
    for _, parts, cell, _, reason in _cells(release, world):
        if reason in ("not-asked", "not-applicable"):
            found |= set(np.flatnonzero(mask(parts, cell)).tolist())
    return found


def spanned(row: NDArray[np.float64], rows: NDArray[np.float64]) -> bool:
    if not len(rows):
        return not row.any()
    found, *_ = np.linalg.lstsq(rows.T, row, rcond=None)
    return bool(np.abs(rows.T @ found - row).max() < 1e-7)


def withheld(
    release: Release, world: World
) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str | None]]:
    return [
        (name, parts, cell, reason)
        for name, parts, cell, status, reason in _cells(release, world)
        if status == "withheld" and reason not in ("not-asked", "not-applicable")
    ]


SLOW = settings(
    max_examples=500 if os.environ.get("THUIS_FUZZ") else 12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@SLOW
@given(worlds())
def test_no_withheld_estimate_can_be_worked_out(world: World) -> None:
    release = protect(estimates(world), RULES, world.structure)
    rows = known_rows(release, world, counts=False)
    for name, parts, cell, _ in withheld(release, world):
        row = _row(mask(parts, cell).astype(float), SHARES[name], counts=False)
        assert not spanned(row, rows), f"{name} {parts} {cell} is given away"


@SLOW
@given(worlds())
def test_the_number_of_respondents_in_a_small_cell_cannot_be_worked_out(world: World) -> None:
    release = protect(estimates(world), RULES, world.structure)
    rows = known_rows(release, world, counts=True)
    for name, parts, cell, _ in withheld(release, world):
        inside = mask(parts, cell)
        if world.counts[inside].sum() < RULES.minimum_n:
            assert not spanned(inside.astype(float), rows), f"n of {name} {parts} {cell} is given away"


@SLOW
@given(worlds())
def test_withheld_cells_carry_no_number_and_small_cells_are_withheld(world: World) -> None:
    given_ = estimates(world)
    release = protect(given_, RULES, world.structure)
    assert len(release.cells) == len(given_.cells)
    numbers = ["estimate", "se", "lower", "upper", "n", "n_hit", "weighted_n", "df", "deff", "reliability"]
    hidden = release.cells.filter(pl.col("status") == "withheld")
    assert hidden.select(pl.all_horizontal(pl.col(numbers).is_null()).all()).item()
    assert hidden["reason"].null_count() == 0
    shown = release.cells.filter(pl.col("status") == "published")
    assert shown.select((pl.col("n") >= RULES.minimum_n).all()).item()
    assert shown["reason"].null_count() == len(shown)
    again = protect(
        Estimates(given_.cells.sample(fraction=1, shuffle=True, seed=1), given_.comparisons),
        RULES,
        world.structure,
    )
    assert again.cells.equals(release.cells), "the order of the estimates must not matter"


@SLOW
@given(worlds())
def test_bounds_leave_room(world: World) -> None:
    """Counts are not negative; even so the number of respondents in a small cell keeps a range."""
    release = protect(estimates(world), RULES, world.structure)
    rows = known_rows(release, world, counts=True)
    if not len(rows):
        return
    truth = world.counts.sum(axis=1).astype(float)
    for name, parts, cell, _ in withheld(release, world):
        inside = mask(parts, cell).astype(float)
        if 0 < inside @ truth < RULES.minimum_n:
            ends = [
                linprog(sign * inside, A_eq=rows, b_eq=rows @ truth, bounds=(0, None), method="highs")
                for sign in (1, -1)
            ]
            low = ends[0].fun
            high = np.inf if ends[1].status == 3 else -ends[1].fun
            assert high - low >= 1, f"n of {name} {parts} {cell} lies between {low} and {high}"


def test_the_intruder_succeeds_where_nothing_is_protected() -> None:
    """The attack itself works: with one cell withheld and nothing to protect it, it is found."""
    counts = np.full((len(PEOPLE), len(CODES)), 30)
    counts[[kind[0] == "polish" for kind in PEOPLE]] = 1
    world = World(counts, {"often": ((), ("origin",))})
    safe = protect(estimates(world), RULES, world.structure)
    withheld = safe.cells.filter(pl.col("status") == "withheld")
    assert sorted(withheld["reason"].to_list()) == ["confidential", "too-uncertain"]
    protecting = safe.audit["rule"] == "protects-another"
    assert protecting.sum() == 1
    naive = safe.cells.with_columns(status=pl.when(protecting).then(pl.lit("published")).otherwise("status"))
    rows = known_rows(Release(naive, safe.comparisons, safe.audit), world, counts=False)
    assert spanned(_row(mask(("origin",), ("polish",)).astype(float), {"often"}, counts=False), rows)
