"""Withheld numbers of respondents stay between one and the minimum, at the least price there is."""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl
import pytest

from thuis.columns import CELL_COLUMNS
from thuis.protect import IndicatorShape, ProtectionRules, Structure
from thuis.values import breakdown_id

from .support import PLAIN, released

TEN = ProtectionRules(minimum_n=10, maximum_cv=1e9, maximum_half_width=50)


def table(counts: list, nested: list[tuple[int, ...]] | None = None) -> tuple[Structure, pl.DataFrame]:
    """A mean over a table of counts with all its margins, and a coarser first dimension."""
    array = np.array(counts)
    names = [f"d{i}" for i in range(array.ndim)]
    breakdowns = {n: [f"{n}c{k}" for k in range(size)] for n, size in zip(names, array.shape, strict=True)}
    figures = [c for r in range(array.ndim + 1) for c in itertools.combinations(names, r)]
    mapping = {}
    if nested:
        breakdowns["coarse"] = [f"g{g}" for g in range(len(nested))]
        mapping = {"d0": {f"d0c{k}": f"g{g}" for g, ks in enumerate(nested) for k in ks}}
        figures += [tuple("coarse" if n == "d0" else n for n in f) for f in figures if "d0" in f]
    shape = IndicatorShape("x", "mean", "x", tuple(figures), frozenset({"1"}))
    structure = Structure.simple(["1"], [shape], breakdowns, mapping)
    rows = []
    for parts in figures:
        for cell in structure.cells(parts):
            part = array
            for name, one in zip(parts, cell, strict=True):
                axis = 0 if name == "coarse" else names.index(name)
                which = (
                    list(nested[int(one[1:])]) if name == "coarse" and nested else [int(one.split("c")[1])]
                )
                part = np.take(part, which, axis=axis)
            n = int(part.sum())
            rows.append(
                (
                    "x",
                    breakdown_id(parts),
                    "1",
                    list(cell),
                    50.0,
                    1.0,
                    48.0,
                    52.0,
                    n,
                    None,
                    float(n),
                    50.0,
                    1.0,
                )
            )
    return structure, pl.DataFrame(rows, schema=CELL_COLUMNS, orient="row")


@pytest.mark.parametrize(
    ("counts", "nested", "most"),
    [
        ([[[267, 84], [219, 8]], [[56, 14], [62, 16]], [[67, 28], [8, 7]], [[50, 52], [22, 0]]], None, 5),
        (
            [[147, 98, 170], [58, 54, 40], [106, 45, 12], [187, 32, 0], [40, 49, 10], [29, 3, 0]],
            [(0, 2, 4), (1, 3, 5)],
            3,
        ),
    ],
)
def test_no_more_is_withheld_than_needed(counts: list, nested: list | None, most: int) -> None:
    """The optimum of tau-argus with full levels on the same tables."""
    structure, cells = table(counts, nested)
    audit = released(cells, structure, TEN).audit
    assert (audit["rule"] == "protects-another").sum() <= most


def test_a_cycle_of_singletons_is_no_longer_exact() -> None:
    """Four cells of one to the outsider: a withheld cell is at least one, since empty ones are shown."""
    structure, cells = table([[1, 20, 500, 500], [500, 20, 1, 500], [20, 500, 20, 500], [500, 500, 500, 500]])
    release = released(cells, structure, TEN)
    audit = release.audit.filter(pl.col("status") == "withheld")
    reach = _outside(release, 4)
    for cell, low, high in reach:
        assert low <= 1 + 1e-6, cell
        assert high >= 10 - 1e-6, cell
    assert len(audit) >= 6


def _outside(release, size: int) -> list[tuple[str, float, float]]:
    """The range of each small cell of a square table with margins, by linear programming over its cells."""
    from scipy.optimize import linprog

    rows, values, small = [], [], []
    lower = np.zeros((size, size))
    for line in release.cells.iter_rows(named=True):
        mask = np.ones((size, size))
        names = [] if line["breakdown"] == "total" else line["breakdown"].split("-by-")
        for name, one in zip(names, line["cell"], strict=True):
            keep = np.zeros((size, size))
            k = int(one.split("c")[1])
            keep[(k, slice(None)) if name == "d0" else (slice(None), k)] = 1
            mask = mask * keep
        if line["status"] == "published":
            rows.append(mask.ravel())
            values.append(line["n"])
        elif len(names) == 2:
            lower = lower + mask
    audit = release.audit.filter(pl.col("rule") == "n-below-minimum")
    for cell in audit["cell"]:
        i, j = (int(one.split("c")[1]) for one in cell.split(", "))
        mask = np.zeros((size, size))
        mask[i, j] = 1
        ends = [
            linprog(
                s * mask.ravel(), A_eq=np.array(rows), b_eq=values, bounds=[(b, None) for b in lower.ravel()]
            )
            for s in (1, -1)
        ]
        small.append((cell, ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf))
    return small


@pytest.mark.parametrize(
    "counts", [{"a": 1, "b": 50, "c": 80, "d": 90}, {"a": 9, "b": 9, "c": 300, "d": 200}]
)
def test_the_reason_says_no_number(counts: dict[str, int]) -> None:
    """One reason for a small cell and for what protects it; with the sum of both no cell is known well."""
    shape = IndicatorShape("x", "mean", "x", ((), ("g",)), frozenset({"1"}))
    structure = Structure.simple(["1"], [shape], {"g": tuple(counts)})
    rows = [("x", "total", "1", [], sum(counts.values()))]
    rows += [("x", "g", "1", [c], n) for c, n in counts.items()]
    cells = pl.DataFrame(
        [(*r[:4], 50.0, 1.0, 48.0, 52.0, r[4], None, float(r[4]), 50.0, 1.0) for r in rows],
        schema=CELL_COLUMNS,
        orient="row",
    )
    release = released(cells, structure, PLAIN)
    withheld = release.cells.filter(pl.col("status") == "withheld")
    assert set(withheld["reason"]) == {"confidential"}
    known = sum(counts.values()) - release.cells.filter(pl.col("cell").list.len() == 1)["n"].sum()
    assert known - (len(withheld) - 1) >= 50, "the small cell may still be as large as the minimum"


def test_the_same_table_is_protected_in_the_same_way_twice() -> None:
    rng = np.random.default_rng(4)
    structure, cells = table(rng.poisson(18, (7, 6)).tolist())
    assert released(cells, structure, TEN).audit.equals(released(cells, structure, TEN).audit)
