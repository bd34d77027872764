"""The design columns of a wave: weights, strata, PSUs, population sizes, and what may be wrong with them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
    of = _File(raw, file, rows, csv, [])
    for name, each in design.weightings.items():
        column = weight_column(name)
        if each.weight is None:
            found[column] = pl.Series([1.0] * len(rows), dtype=pl.Float64)
        else:
            found[column] = of.weight(each.weight, some=bool(name))
        if each.replicates:
            found |= of.replicates(name, each.replicates)
    for column, source, what in _keys(design):
        found[column] = of.key(source, what)
    for at, source in enumerate(design.sizes):
        found[staged(FPC, at)] = of.size(source)
    if not of.problems and design.lonely == "error" and not design.replicates:
        of.problems.extend(_lonely(found, where))
    return found, of.problems


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


@dataclass(frozen=True, slots=True)
class _File:
    """The file of a wave, and the faults of its design so far."""

    raw: Raw
    name: str
    rows: pl.Series
    csv: Csv
    problems: list[Problem]

    def replicates(self, name: str, of: Replicated) -> dict[str, pl.Series]:
        """The replicate weights of a weight, under their names in the frame."""
        found: dict[str, pl.Series] = {}
        for at, column in enumerate(replicate_columns(of, self.raw.frame.columns)):
            values, sure = self._numbers(self.raw.frame[column], column)
            found[f"{REPLICATE}:{name}:{at:05d}"] = values
            gone = values.null_count()
            below = 0 if of.negative else int((values < 0).sum())
            if sure and ((gone and not name) or below):
                what = "missing" if gone else "negative"
                self._wrong(
                    f"replicate weight {column!r} is {what} in {gone or below} rows",
                    column,
                    expected="a number of 0 or more in every row",
                    step="correct the file, or say negative: true when its producer made them so",
                )
        return found

    def weight(self, column: str, *, some: bool) -> pl.Series:
        """A weight; with ``some`` those without one have no part in it."""
        stored = self._stored(column)
        weight, sure = self._numbers(stored, column)
        if not sure:
            return weight
        words = stored.dtype == pl.String
        empty = stored.str.strip_chars().fill_null("") == "" if words else stored.is_null()
        before = len(self.problems)
        for wrong, what in (
            (weight.is_null() & empty & (not some), "missing"),
            (weight.is_null() & ~empty, "not a number"),
            ((weight < 0).fill_null(value=False), "negative"),
        ):
            count = int(wrong.sum())
            if count:
                self._wrong(
                    f"weight {column!r} is {what} in {count} row{'s' if count > 1 else ''}",
                    column,
                    wrong,
                    expected="a number of 0 or more in every row",
                    step="correct the file, or leave rows out with 'where'",
                )
        if len(self.problems) == before:
            if math.isinf(float(weight.sum())):
                self._wrong(f"weights {column!r} are too large to add up", column)
            elif not float(weight.sum()) > 0:
                step = "name the column with the weights, or say weight: null for equal ones"
                self._wrong(f"every weight {column!r} is 0", column, step=step)
        return weight

    def _stored(self, weight: str) -> pl.Series:
        """The column of a weight, or what its expression makes of several; nothing where one of them is."""
        frame = self.raw.frame
        tree = weight_tree(weight, frame.columns)
        if tree is None:
            return frame[weight]
        numbers = {name: self._numbers(frame[name], name)[0] for name in sorted(tree.named("variable"))}
        codes = [self.raw.codes(each).alias(f"{COLUMN}{each}") for each in tree.named("column")]
        made = pl.DataFrame(numbers).with_columns(codes)
        return made.select(made=expression(tree).cast(pl.Float64))["made"]

    def key(self, column: str, what: str) -> pl.Series:
        """A column of names that must tell units apart, and where it no longer can."""
        stored = self.raw.frame[column]
        key = self.raw.codes(column)
        gone = self.raw.aside.get(column)
        if gone is not None:
            key = key.set(gone.is_not_null(), None)
        if stored.dtype.is_float():
            digits = 7 if stored.dtype == pl.Float32 else 15
            cut = (stored.abs() >= EXACT[stored.dtype]).fill_null(value=False)
            why = f"stored as a number with a point, which holds {digits} digits"
        else:
            cut = key.str.contains(_CUT).fill_null(value=False)
            why = "shortened, as a spreadsheet writes long numbers"
        if cut.any():
            self._wrong(
                f"the {what} {column!r} has lost its last digits in {int(cut.sum())} rows "
                f"({stored.filter(cut)[0]}): it is {why}",
                column,
                cut,
                expected="every digit of the key, so that units can be told apart",
                step="export the column as text from its source",
            )
            return key
        absent = key.str.to_uppercase().is_in(absent_keys()) & ~_worded(key)
        return self._whole(key.set(absent.fill_null(value=False), None), column, what)

    def size(self, column: str) -> pl.Series:
        """The population sizes of a stage."""
        values, sure = self._numbers(self.raw.frame[column], column)
        return self._whole(values, column, "population size") if sure else values

    def _numbers(self, stored: pl.Series, column: str) -> tuple[pl.Series, bool]:
        """The numbers of a column, and whether there is no doubt about how they are written."""
        number = to_number(stored, self.csv.decimal, self.csv.thousands)
        if number.doubt:
            self.problems.append(doubtful(number.doubt, Place(self.name, key=column)))
        return number.values, not number.doubt

    def _whole(self, values: pl.Series, column: str, what: str) -> pl.Series:
        gone = values.is_null()
        if gone.any():
            self._wrong(
                f"the {what} {column!r} is missing in {int(gone.sum())} rows",
                column,
                gone,
                expected=f"a {what} in every row",
                step="correct the file, or leave rows out with 'where'",
            )
        return values

    def _wrong(
        self,
        what: str,
        column: str,
        rows: pl.Series | None = None,
        *,
        expected: str | None = None,
        step: str | None = None,
    ) -> None:
        """A fault of a column, from the first of the rows on that have it."""
        first = None if rows is None else int(self.rows.filter(rows)[0])
        where = Place(self.name, row=first, key=column)
        self.problems.append(Problem(what, where, expected=expected, step=step))


def _worded(key: pl.Series) -> pl.Series:
    """Whether the other keys are words, among which NA is one more (Namibia, not nothing)."""
    others = key.filter(~key.str.to_uppercase().is_in(absent_keys())).drop_nulls()
    letters = bool(others.str.contains("^[A-Z]{2}$").all()) if len(others) else False
    return (key == "NA") & letters


def _lonely(found: dict[str, pl.Series], where: Place) -> Iterator[Problem]:
    if STRATUM not in found:
        return
    frame = pl.DataFrame(found)
    count = pl.col(PSU).n_unique() if PSU in found else pl.len()
    alone = frame.group_by(STRATUM).agg(count.alias("psus")).filter(pl.col("psus") == 1)[STRATUM].sort()
    if not alone.is_empty():
        yield Problem(
            f"{len(alone)} {'strata have' if len(alone) > 1 else 'stratum has'} one PSU: "
            f"{', '.join(alone.head(8).to_list())}",
            where,
            expected="two PSUs or more in a stratum, or a rule for a lonely one",
            available=LONELY,
            step="merge strata, or say lonely: adjust under 'design'",
        )
