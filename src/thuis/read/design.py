"""The design columns of a wave: weights, strata, PSUs, population sizes, and what may be wrong with them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

import polars as pl

from thuis.errors import Place, Problem
from thuis.expression.made import COLUMN
from thuis.expression.made import column as expression
from thuis.expression.weights import weight_tree
from thuis.formats import Raw
from thuis.formats.answers import absent_keys
from thuis.formats.numbers import to_number
from thuis.formats.raw import EXACT
from thuis.project.model import Csv, Design, Replicated
from thuis.read.microdata import FPC, PSU, REPLICATE, STRATUM, weight_column
from thuis.read.variables import doubtful

LONELY = ("adjust", "average", "certainty", "remove")
_CUT = r"^[+-]?\d(?:[.,]\d+)?[eE]\+?\d+$"
"""A number as a spreadsheet shows it when it is too long."""


def design_columns(
    raw: Raw, design: Design, file: str, where: Place, rows: pl.Series, csv: Csv
) -> tuple[dict[str, pl.Series], list[Problem]]:
    """The columns of the design under their names in the frame, and every fault.

    These are ``_weight`` and ``_weight:<name>``, ``_stratum``, ``_psu``, ``_fpc``, those of later stages with
    their number (``_psu2``), and the replicate weights.
    """
    found: dict[str, pl.Series] = {}
    problems: list[Problem] = []
    for name, each in design.weightings.items():
        column = weight_column(name)
        if each.weight is None:
            found[column] = pl.Series([1.0] * len(rows), dtype=pl.Float64)
        else:
            stored, faults = _stored(raw, each.weight, file, csv)
            problems += faults
            found[column], faults = _weight(stored, each.weight, file, rows, csv, some=bool(name))
            problems += faults
        if each.replicates:
            made, faults = _replicates(raw, name, each.replicates, file, csv)
            found |= made
            problems += faults
    for column, source, what in _keys(design):
        found[column], faults = _key(raw, source, what, file, rows)
        problems += faults
    for at, source in enumerate(design.sizes):
        column = staged(FPC, at)
        size = to_number(raw.frame[source], csv.decimal, csv.thousands)
        found[column] = size.values
        if size.doubt:
            problems.append(doubtful(size.doubt, Place(file, key=source)))
        else:
            problems += _gaps(size.values, source, "population size", file, rows)
    if not problems and design.lonely == "error" and not design.replicates:
        problems += _lonely(found, where)
    return found, problems


def staged(name: str, at: int) -> str:
    """The column of a stage: the first has no number.

    >>> staged("_psu", 0), staged("_psu", 1)
    ('_psu', '_psu2')
    """
    return f"{name}{at + 1}" if at else name


def _keys(design: Design) -> Iterator[tuple[str, str, str]]:
    """Name in the frame, column of the file, and what it is."""
    if design.strata:
        yield STRATUM, design.strata, "stratum"
    for at, column in enumerate(design.stages):
        yield staged(PSU, at), column, "unit of a later stage" if at else "PSU"
    for at, later in enumerate(design.later_strata, 1):
        if later:
            yield staged(STRATUM, at), later, "stratum of a later stage"


def replicate_columns(of: Replicated, columns: Iterable[str]) -> list[str]:
    """The columns of the file that are replicate weights."""
    if isinstance(of.columns, str):
        return [each for each in columns if fnmatchcase(each, of.columns)]
    return list(of.columns)


def _replicates(
    raw: Raw, name: str, of: Replicated, file: str, csv: Csv
) -> tuple[dict[str, pl.Series], list[Problem]]:
    found: dict[str, pl.Series] = {}
    problems: list[Problem] = []
    for at, column in enumerate(replicate_columns(of, raw.frame.columns)):
        number = to_number(raw.frame[column], csv.decimal, csv.thousands)
        found[f"{REPLICATE}:{name}:{at:05d}"] = number.values
        gone = number.values.null_count()
        below = 0 if of.negative else int((number.values < 0).sum())
        what = "missing" if gone else "negative"
        if number.doubt:
            problems.append(doubtful(number.doubt, Place(file, key=column)))
        elif (gone and not name) or below:
            problems.append(
                Problem(
                    f"replicate weight {column!r} is {what} in {gone or below} rows",
                    Place(file, key=column),
                    expected="a number of 0 or more in every row",
                    step="correct the file, or say negative: true when its producer made them so",
                )
            )
    return found, problems


def _stored(raw: Raw, weight: str, file: str, csv: Csv) -> tuple[pl.Series, list[Problem]]:
    """The column of a weight, or what its expression makes of several; nothing where one of them is."""
    tree = weight_tree(weight, raw.frame.columns)
    if tree is None:
        return raw.frame[weight], []
    numbers = {
        name: to_number(raw.frame[name], csv.decimal, csv.thousands)
        for name in sorted(tree.named("variable"))
    }
    doubts = [doubtful(each.doubt, Place(file, key=name)) for name, each in numbers.items() if each.doubt]
    frame = pl.DataFrame({name: each.values for name, each in numbers.items()})
    frame = frame.with_columns(raw.codes(each).alias(f"{COLUMN}{each}") for each in tree.named("column"))
    return frame.select(made=expression(tree).cast(pl.Float64))["made"], doubts


def _weight(
    stored: pl.Series, column: str, file: str, rows: pl.Series, csv: Csv, *, some: bool
) -> tuple[pl.Series, list[Problem]]:
    """A weight; with ``some`` those without one have no part in it."""
    number = to_number(stored, csv.decimal, csv.thousands)
    weight = number.values
    if number.doubt:
        return weight, [doubtful(number.doubt, Place(file, key=column))]
    empty = stored.is_null() if stored.dtype != pl.String else stored.str.strip_chars().fill_null("") == ""
    problems = []
    for wrong, what in (
        (weight.is_null() & empty & (not some), "missing"),
        (weight.is_null() & ~empty, "not a number"),
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
    if not problems and math.isinf(float(weight.sum())):
        problems.append(Problem(f"weights {column!r} are too large to add up", Place(file, key=column)))
    elif not problems and not float(weight.sum()) > 0:
        problems.append(Problem(f"every weight {column!r} is 0", Place(file, key=column)))
    return weight, problems


def _key(raw: Raw, column: str, what: str, file: str, rows: pl.Series) -> tuple[pl.Series, list[Problem]]:
    """A column of names that must tell units apart, and where it no longer can."""
    stored = raw.frame[column]
    key = raw.codes(column)
    gone = raw.aside.get(column)
    if gone is not None:
        key = key.set(gone.is_not_null(), None)
    if stored.dtype.is_float():
        cut = (stored.abs() >= EXACT[stored.dtype]).fill_null(value=False)
        why = f"stored as a number with a point, which holds {7 if stored.dtype == pl.Float32 else 15} digits"
    else:
        cut = key.str.contains(_CUT).fill_null(value=False)
        why = "shortened, as a spreadsheet writes long numbers"
    if cut.any():
        return key, [
            Problem(
                f"the {what} {column!r} has lost its last digits in {int(cut.sum())} rows "
                f"({stored.filter(cut)[0]}): it is {why}",
                Place(file, row=int(rows.filter(cut)[0]), key=column),
                expected="every digit of the key, so that units can be told apart",
                step="export the column as text from its source",
            )
        ]
    absent = key.str.to_uppercase().is_in(absent_keys()) & ~_worded(key)
    return key, _gaps(key.set(absent.fill_null(value=False), None), column, what, file, rows)


def _worded(key: pl.Series) -> pl.Series:
    """Whether the other keys are words, among which NA is one more (Namibia, not nothing)."""
    others = key.filter(~key.str.to_uppercase().is_in(absent_keys())).drop_nulls()
    letters = bool(others.str.contains("^[A-Z]{2}$").all()) if len(others) else False
    return (key == "NA") & letters


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
