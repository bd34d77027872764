"""The design columns of a wave: weights, strata, PSUs, population sizes, and what may be wrong with them."""

from __future__ import annotations

import polars as pl

from thuis.errors import Place, Problem
from thuis.project.model import Design
from thuis.read.microdata import FPC, PSU, STRATUM, WEIGHT
from thuis.read.raw import Raw, codes
from thuis.read.variables import to_number

LONELY = ("adjust", "average", "certainty", "remove")


def design_columns(
    raw: Raw, design: Design, file: str, where: Place, rows: pl.Series, decimal: str
) -> tuple[dict[str, pl.Series], list[Problem]]:
    """The columns ``_weight``, ``_stratum``, ``_psu``, ``_fpc`` that the design has, and every fault."""
    found: dict[str, pl.Series] = {}
    problems: list[Problem] = []
    if design.weight is None:
        found[WEIGHT] = pl.Series([1.0] * len(rows), dtype=pl.Float64)
    else:
        found[WEIGHT], faults = _weight(raw.frame[design.weight], design.weight, file, rows, decimal)
        problems += faults
    for name, column, what in ((STRATUM, design.strata, "stratum"), (PSU, design.psu, "PSU")):
        if column:
            found[name] = codes(raw.frame[column])
            problems += _gaps(found[name], column, what, file, rows)
    if design.fpc:
        found[FPC] = to_number(raw.frame[design.fpc], decimal)
        problems += _gaps(found[FPC], design.fpc, "population size", file, rows)
    if not problems and design.lonely == "error":
        problems += _lonely(found, where)
    return found, problems


def _weight(
    stored: pl.Series, column: str, file: str, rows: pl.Series, decimal: str
) -> tuple[pl.Series, list[Problem]]:
    weight = to_number(stored, decimal)
    problems = []
    for wrong, what in (
        (weight.is_null() & stored.is_null(), "missing"),
        (weight.is_null() & stored.is_not_null(), "not a number"),
        ((weight < 0).fill_null(value=False), "negative"),
    ):
        count = int(wrong.sum())
        if count:
            first = int(rows.filter(wrong)[0])
            problems.append(
                Problem(
                    f"weight {column!r} is {what} in {count} row{'s' if count > 1 else ''}",
                    Place(file, row=first, key=column),
                    expected="a number of 0 or more in every row",
                    step="correct the file, or leave rows out with 'where'",
                )
            )
    if not problems and not float(weight.sum()) > 0:
        problems.append(Problem(f"every weight {column!r} is 0", Place(file, key=column)))
    return weight, problems


def _gaps(values: pl.Series, column: str, what: str, file: str, rows: pl.Series) -> list[Problem]:
    gone = values.is_null()
    if not gone.any():
        return []
    return [
        Problem(
            f"the {what} {column!r} is missing in {int(gone.sum())} rows",
            Place(file, row=int(rows.filter(gone)[0]), key=column),
            expected=f"a {what} in every row",
            step="correct the file, or leave rows out with 'where'",
        )
    ]


def _lonely(found: dict[str, pl.Series], where: Place) -> list[Problem]:
    if STRATUM not in found:
        return []
    frame = pl.DataFrame(found)
    count = pl.col(PSU).n_unique() if PSU in found else pl.len()
    alone = frame.group_by(STRATUM).agg(count.alias("psus")).filter(pl.col("psus") == 1)[STRATUM].sort()
    if alone.is_empty():
        return []
    names = ", ".join(alone.head(8).to_list())
    return [
        Problem(
            f"{len(alone)} {'strata have' if len(alone) > 1 else 'stratum has'} one PSU: {names}",
            where,
            expected="two PSUs or more in a stratum, or a rule for a lonely one",
            available=LONELY,
            step="merge strata, or say lonely: adjust under 'design'",
        )
    ]
