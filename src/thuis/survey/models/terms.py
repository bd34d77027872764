"""Formulas: which columns stand in a model, and its matrix."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
import polars as pl

from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.survey.core.typed import SIGNS, arguments, cut, expression
from thuis.survey.core.variance import Floats
from thuis.survey.models.bases import BASES, basis

Levels = dict[str, list[Any]]
UNKNOWN = ("s", "te", "lo", "rcs", "offset", "strata", "cluster", "weights", "interaction", "relevel")
"""Calls of other packages, which are no expression of columns."""
TEXT = ("VARCHAR", "ENUM", "BOOL", "STRING")
FUNCTIONS = {
    "log": np.log,
    "log10": np.log10,
    "log2": np.log2,
    "log1p": np.log1p,
    "exp": np.exp,
    "sqrt": np.sqrt,
    "abs": np.abs,
}
EXPECTED = (
    f"a column, C(column), C(column, ref=...), I(column ** 2), {', '.join(FUNCTIONS)} of a column, "
    f"{', '.join(BASES)}, cut(column, [...]), an expression such as I(a > 5), or offset() of one of these"
)


@dataclass(frozen=True, slots=True)
class Factor:
    """A column in a term: as categories compared with ``ref`` (the first unless told), or as numbers.

    :param function: one of ``FUNCTIONS``; ``power`` that of ``I(column ** power)``.
    :param basis: the call of one of ``BASES``, several columns made of one.
    """

    column: str
    categorical: bool = False
    function: str = ""
    power: float = 1.0
    ref: Any = None
    basis: str = ""

    @property
    def label(self) -> str:
        """Its name among the coefficients."""
        if self.basis:
            return self.basis
        inside = self.column if self.power == 1 else f"I({self.column} ** {self.power:g})"
        return f"{self.function}({inside})" if self.function else inside

    @property
    def plain(self) -> bool:
        """Whether it is the column itself."""
        return not self.function and self.power == 1 and not self.basis

    def numbers(self, rows: pl.DataFrame) -> Floats:
        """Its values, NaN where the column is missing."""
        found = numbers(rows[self.column])
        with np.errstate(all="ignore"):
            found = found if self.power == 1 else found**self.power
            return np.asarray(FUNCTIONS[self.function](found) if self.function else found)


def numbers(column: pl.Series) -> Floats:
    """A column as numbers, NaN where it is missing."""
    return column.cast(pl.Float64).fill_null(float("nan")).to_numpy()


Term = tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """An outcome and the terms of its model."""

    outcome: Factor
    terms: tuple[Term, ...]
    intercept: bool = True
    offsets: tuple[Factor, ...] = ()

    @property
    def columns(self) -> list[str]:
        """Every column it reads, the outcome first.

        >>> parse("y ~ a + a:C(b)").columns
        ['y', 'a', 'b']
        """
        names = [factor.column for term in (*self.terms, self.offsets) for factor in term]
        return list(dict.fromkeys([self.outcome.column, *names]))

    @property
    def bases(self) -> list[Factor]:
        """Factors of several columns, such as splines."""
        return [each for term in self.terms for each in term if each.basis]

    def offset(self, rows: pl.DataFrame) -> Floats:
        """What stands in the linear predictor with a coefficient of 1."""
        return sum((each.numbers(rows) for each in self.offsets), start=np.zeros(rows.height))

    def resolved(self, types: Mapping[str, str]) -> Formula:
        """The same in which columns of words are categories too."""
        return replace(self, terms=tuple(tuple(_kind(each, types) for each in term) for term in self.terms))


def _kind(factor: Factor, types: Mapping[str, str]) -> Factor:
    text = types.get(factor.column, "").upper().startswith(TEXT)
    if text and not factor.plain:
        kind = types[factor.column]
        raise ThuisError(f"{factor.label} of {factor.column!r}, which holds {kind}", expected="numbers")
    return replace(factor, categorical=True) if text else factor


def parse(formula: str) -> Formula:
    """``y ~ a + C(b, ref="x") + log(c) + a:b + d * e * f - 1``; a name with other signs stands in backticks.

    >>> [[each.label for each in term] for term in parse("y ~ a * C(b)").terms]
    [['a'], ['b'], ['a', 'b']]
    >>> parse("y ~ 1").terms, parse("y ~ 0 + a").intercept
    ((), False)
    >>> parse("`y 1` ~ `a + b` * factor(c)").columns
    ['y 1', 'a + b', 'c']
    """
    outcome, tilde, right = formula.partition("~")
    if not tilde or not outcome.strip() or not right.strip():
        raise ThuisError(f"{formula!r} is no formula", expected="outcome ~ term + term")
    right, without = re.subn(r"-\s*1(?=\s*(?:[+-]|$))", "", right)
    terms: list[Term] = []
    offsets: list[Factor] = []
    intercept = not without
    for part in split(right, "+"):
        if part.strip() in ("", "0", "1"):
            intercept = intercept and part.strip() != "0"
            continue
        if moved := re.fullmatch(r"offset\((.+)\)", part.strip()):
            offsets.append(_factor(moved[1], formula))
            continue
        crossed = [_factor(each, formula) for each in split(part, "*:")]
        sizes = range(1, len(crossed) + 1) if split(part, "*")[1:] else (len(crossed),)
        wanted = [each for size in sizes for each in combinations(crossed, size)]
        terms += [each for each in wanted if each not in terms]
    if not terms and not intercept:
        raise ThuisError(f"{formula!r} has no term", expected="outcome ~ term + term, or ~ 1")
    return Formula(_factor(outcome, formula), tuple(terms), intercept, tuple(offsets))


def parse_plain(formula: str) -> Formula:
    """The same of a model in which no offset has a place.

    :raises ThuisError: there is one.
    """
    found = parse(formula)
    if found.offsets:
        raise ThuisError(f"an offset in {formula!r}", expected="one in glm()")
    return found


def split(text: str, signs: str) -> list[str]:
    """Parts between signs that stand outside parentheses and quotes; ``**`` is none.

    >>> split("a*I(b * 2)*c", "*")
    ['a', 'I(b * 2)', 'c']
    """
    found, depth, quote = [""], 0, ""
    for sign in text:
        quote = "" if sign == quote else quote or (sign if sign in "\"'`" else "")
        depth += 0 if quote else (sign == "(") - (sign == ")")
        if sign in signs and not depth and not quote:
            found.append("")
        else:
            found[-1] += sign
    return found


NAME = r"(?:`[^`]+`|[^()\s,+*:^`]+)"


def _factor(part: str, formula: str) -> Factor:
    part = part.strip()
    if re.fullmatch(NAME, part):
        return Factor(part.strip("`"))
    if found := re.fullmatch(
        rf"(?:C|factor|relevel)\(\s*({NAME})\s*(?:,\s*(?:ref\s*=\s*)?(.+?)\s*)?\)", part
    ):
        return Factor(found[1].strip("`"), categorical=True, ref=_value(found[2]))
    power = re.fullmatch(rf"I\(\s*({NAME})\s*(?:\*\*|\^)\s*(-?[\d.]+)\s*\)", part)
    if power:
        return Factor(power[1].strip("`"), power=float(power[2]))
    if (found := re.fullmatch(rf"(\w+)\(\s*({NAME})\s*\)", part)) and found[1] in FUNCTIONS:
        return Factor(found[2].strip("`"), function=found[1])
    made = _made(part)
    if made is not None:
        return made
    raise ThuisError(
        f"{part!r} in {formula.strip()!r} is no term",
        expected=EXPECTED,
        step="make the column first, and name it here",
    )


def _made(part: str) -> Factor | None:
    """What several columns, or an expression of columns, stand for."""
    called = re.match(r"(\w+)\(", part)
    if called and called[1] in BASES:
        return Factor(arguments(part)[0], basis=part)
    if cut(part):
        return Factor(part, categorical=True)
    inside = re.fullmatch(r"I\((.+)\)", part)
    text = (inside[1] if inside else part).strip()
    other = re.match(rf"(?:{'|'.join(UNKNOWN)})\(", text)
    return Factor(text) if SIGNS.search(text) and not other else None


def expressions(formula: str, columns: Iterable[str]) -> list[str]:
    """What a formula reads that is no column but made of some.

    >>> expressions("I(y > 5) ~ ns(a, 3) + log(b) + I(a / b)", ["y", "a", "b"])
    ['y > 5', 'a / b']
    """
    there = set(columns)
    return [each for each in parse(formula).columns if expression(each, there)]


def _value(text: str | None) -> Any:
    try:
        return None if text is None else ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def named(value: object) -> str:
    """An answer in the name of a coefficient; ``2.0`` is ``2``.

    >>> named(2.0), named("b")
    ('2', 'b')
    """
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def levels_of(answers: Callable[[str], pl.Series], formula: Formula) -> Levels:
    """The answers of every category, sorted, that with which the others are compared first.

    :param answers: those of a column.
    :raises ThuisError: a ``ref`` that nobody answered.
    """
    found: Levels = {}
    problems = []
    for factor in (each for term in formula.terms for each in term if each.categorical):
        if factor.column not in found:
            found[factor.column] = answers(factor.column).drop_nulls().unique().sort().to_list()
        own = found[factor.column]
        if factor.ref is not None and factor.ref not in own:
            problems.append(unknown(f"answer of {factor.column!r}", factor.ref, map(str, own)))
        elif len(own) == 1:
            one = f"{factor.column!r} has one answer in the rows of the model, {own[0]!r}"
            problems.append(Problem(one, expected="two or more", step="leave the term out"))
        elif factor.ref is not None:
            found[factor.column] = [factor.ref, *(each for each in own if each != factor.ref)]
    raise_all(problems)
    return found | bases_of(answers, formula)


def bases_of(answers: Callable[[str], pl.Series], formula: Formula) -> Levels:
    """Where the curves of a formula bend, as the answers to their columns say."""
    return {each.basis: [basis(each.basis, numbers(answers(each.column)))] for each in formula.bases}


def matrix(rows: pl.DataFrame, formula: Formula, levels: Levels) -> tuple[list[str], Floats]:
    """Names and columns of a model; a category is compared with its first answer.

    Without an intercept the first category has a column for every answer, as in R.
    """
    labels = ["intercept"] if formula.intercept else []
    columns = [np.ones(rows.height)] if formula.intercept else []
    for _, found in _blocks(rows, formula, levels):
        labels += [name for name, _ in found]
        columns += [column for _, column in found]
    # Column by column in memory: each is made, and read, in one go.
    return labels, np.array(columns).T if columns else np.zeros((rows.height, 0))


def spans(rows: pl.DataFrame, formula: Formula, levels: Levels) -> list[tuple[Term, range]]:
    """Every term with the places of its coefficients."""
    found, at = [], int(formula.intercept)
    for term, block in _blocks(rows.clear(), formula, levels):
        found.append((term, range(at, at + len(block))))
        at += len(block)
    return found


def _blocks(
    rows: pl.DataFrame, formula: Formula, levels: Levels
) -> Iterator[tuple[Term, list[tuple[str, Floats]]]]:
    """Names and columns of every term."""
    full = not formula.intercept
    for term in formula.terms:
        found = [("", np.ones(rows.height))]
        for factor in term:
            whole = full and factor.categorical and len(term) == 1
            own = _columns(rows, factor, levels, 0 if whole else 1)
            full = full and not whole
            found = [
                (f"{a}:{factor.label}{b}" if a else f"{factor.label}{b}", left * right)
                for a, left in found
                for b, right in own
            ]
        yield term, found


def _columns(rows: pl.DataFrame, factor: Factor, levels: Levels, skip: int) -> Sequence[tuple[str, Floats]]:
    if factor.basis:
        made = levels[factor.basis][0].columns(numbers(rows[factor.column]))
        names = [""] if factor.basis.startswith("scale") else [str(i + 1) for i in range(made.shape[1])]
        return list(zip(names, made.T, strict=True))
    if not factor.categorical:
        return [("", factor.numbers(rows))]
    values = rows[factor.column]
    gone = values.is_null().to_numpy() if values.null_count() else None
    missing = 0.0 if gone is None else np.where(gone, np.nan, 0.0)
    hits = [(each, values == each) for each in levels[factor.column][skip:]]
    return [
        (
            f"_{named(each)}",
            (hit if gone is None else hit.fill_null(value=False)).to_numpy().astype(float) + missing,
        )
        for each, hit in hits
    ]
