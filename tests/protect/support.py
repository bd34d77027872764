"""Tables made by hand, and an attacker that shares no code with the protection.

The attacker lays everybody out in the full product of all breakdowns and answers and asks, with linear
programming from SciPy, what the published numbers leave possible.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from scipy.optimize import linprog

from thuis.columns import CELL_COLUMNS, COMPARISON_COLUMNS
from thuis.protect import IndicatorShape, ProtectionRules, Structure, protect
from thuis.values import Estimates, Release, breakdown_id

People = Mapping[tuple[str, ...], Mapping[str, int]]
"""(category of every breakdown, or '' for none) -> answer -> number of people."""

PLAIN = ProtectionRules(maximum_cv=1e9, maximum_half_width=50)


def share(
    name: str, *codes: str, figures: Sequence[tuple[str, ...]], valid: Sequence[str], **more: object
) -> IndicatorShape:
    given: dict[str, object] = {"family": "q", "variable": "q", "waves": frozenset({"1"}), **more}
    return IndicatorShape(
        name, "proportion", breakdowns=tuple(figures), share=frozenset(codes), valid=frozenset(valid), **given
    )  # type: ignore[arg-type]


def inside(kind: Sequence[str], names: Sequence[str], parts: Sequence[str], cell: Sequence[str]) -> bool:
    return all(kind[list(names).index(part)] == one for part, one in zip(parts, cell, strict=True))


def estimates(people: People, structure: Structure, names: Sequence[str], wave: str = "1") -> pl.DataFrame:
    """Unweighted shares of a simple random sample."""
    rows = []
    for each in structure.indicators:
        for parts in each.breakdowns:
            for cell in structure.cells(parts):
                found = [a for kind, a in people.items() if inside(kind, names, parts, cell)]
                counted = each.among or each.valid
                n = sum(count for a in found for code, count in a.items() if code in counted)
                hits = sum(count for a in found for code, count in a.items() if code in each.share & counted)
                p = hits / n if n else None
                se = (p * (1 - p) / n) ** 0.5 if n and p is not None else None
                numbers = (
                    [None] * 4
                    if p is None or se is None
                    else [100 * p, 100 * se, 100 * (p - 2 * se), 100 * (p + 2 * se)]
                )
                rows.append(
                    (each.id, breakdown_id(parts), wave, list(cell), *numbers, n, hits, float(n), 900.0, 1.0)
                )
    return pl.DataFrame(rows, schema=CELL_COLUMNS, orient="row")


def released(cells: pl.DataFrame, structure: Structure, rules: ProtectionRules = PLAIN) -> Release:
    return protect(Estimates(cells, pl.DataFrame(schema=COMPARISON_COLUMNS)), rules, structure)


def hidden(release: Release, indicator: str | None = None) -> set[tuple[str, ...]]:
    rows = release.cells.filter(pl.col("reason").is_in(["confidential", "too-uncertain"]))
    return {
        tuple(cell)
        for name, cell in rows.select("indicator", "cell").iter_rows()
        if indicator in (None, name)
    }


def bounds(
    release: Release,
    structure: Structure,
    names: Sequence[str],
    categories: Mapping[str, Sequence[str]],
    codes: Sequence[str],
) -> dict[tuple[str, str, tuple[str, ...]], tuple[float, float, float, float]]:
    """For every withheld cell the least and most of n and of the counted answers, from all that is public."""
    kinds = list(itertools.product(*([*categories[name], ""] for name in names)))
    width = len(kinds) * len(codes)
    shapes = {each.id: each for each in structure.indicators}

    def row(indicator: str, parts: Sequence[str], cell: Sequence[str], only: bool) -> np.ndarray:
        shape = shapes[indicator]
        counted = shape.among or shape.valid
        wanted = (shape.share & counted) if only else counted
        return np.array(
            [float(inside(kind, names, parts, cell) and code in wanted) for kind in kinds for code in codes]
        )

    known, values, low_rows, low = list[np.ndarray](), list[float](), list[np.ndarray](), list[float]()
    secret = []
    for line in release.cells.iter_rows(named=True):
        parts = () if line["breakdown"] == "total" else tuple(line["breakdown"].split("-by-"))
        of = (line["indicator"], parts, tuple(line["cell"]))
        if line["status"] == "published":
            known += [row(*of, only=False), row(*of, only=True)]
            values += [line["n"], round(line["estimate"] * line["n"] / 100, 6)]
        elif line["reason"] in ("not-asked", "not-applicable"):
            known.append(row(*of, only=False))
            values.append(0.0)
        else:
            secret.append(of)
            low_rows.append(-row(*of, only=False))
            low.append(-1.0)
    found = {}
    for of in secret:
        ends = []
        for only, sign in itertools.product((False, True), (1, -1)):
            solved = linprog(
                sign * row(*of, only=only),
                A_eq=np.array(known) if known else None,
                b_eq=values or None,
                A_ub=np.array(low_rows),
                b_ub=low,
                bounds=[(0, None)] * width,
                method="highs",
            )
            ends.append(sign * solved.fun if solved.status == 0 else sign * -np.inf)
        found[of[0], breakdown_id(of[1]), of[2]] = (ends[0], ends[1], ends[2], ends[3])
    return found
