"""What protection asks of a cell beside its estimate: how alike its answers are, and whose weight it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import polars as pl

from thuis.findings.respondents import outcome
from thuis.project.model import Indicator
from thuis.read.microdata import BREAKDOWN, weight_column
from thuis.values import breakdown_id

KEY = ("indicator", "breakdown", "wave", "cell")
TELLING: dict[str, pl.DataType] = {
    "alike": pl.Int64(),
    "positive": pl.Int64(),
    "largest": pl.Float64(),
    "two_largest": pl.Float64(),
    "n_effective": pl.Float64(),
    "at_value": pl.Int64(),
    "adds_largest": pl.Float64(),
    "adds_two": pl.Float64(),
    "adds_rest": pl.Float64(),
    "lightest_side": pl.Float64(),
}
"""Columns beside those of a cell, which protection reads and nobody publishes: the respondents who gave the
commonest answer to a mean, those with a weight above zero, the part of the weight (0-1) of the largest one
and two, the effective number of respondents of Kish (1965), ``(sum w)^2 / sum w^2``, and the fewest
respondents at a median or an end of its interval. Of a ratio the part is that of what they add to it, above
the line or below.

Of a mean or a share, ``adds_largest`` and ``adds_two`` are the parts (0-1) that one respondent and two have
of what is added up, weight times distance from an end of the scale, at the end where it is most;
``adds_rest`` is the least that all but the largest two add, as part of the largest. A side of a share of
fewer than :data:`COUNTED` people is judged by their number. ``lightest_side`` is the weight of the smaller
side of a share as part of the largest weight."""
COUNTED = 3
"""People of equal weight who have no more than two thirds of a side by two: fewer always have it all."""


_AT = "_at"
_LARGE = 500_000
"""Indicators times respondents that are worked on at once: the memory stays that of a few such tables."""
_NEAR = 100_000
"""The same, of which the tables are near the processor while numbers are made of them."""
_ADDED = frozenset({"mean", "proportion", "total"})
_SHARES = frozenset({"proportion", "total"})
Matrix = np.ndarray[Any, np.dtype[Any]]


def telling(indicators: Sequence[Indicator], respondents: pl.DataFrame, wave: str) -> pl.DataFrame:
    """The columns of :data:`TELLING` for every cell of a wave with respondents in it."""
    groupings = dict.fromkeys(parts for each in indicators for parts in each.groupings)
    groups = {parts: group for parts in groupings if (group := _Groups.of(respondents, parts))}
    found = list[_Found]()
    left = iter(indicators)
    while some := list(islice(left, max(1, _LARGE // max(1, respondents.height)))):
        people = _People.of(some, respondents)
        for parts, group in groups.items():
            asked = [at for at, each in enumerate(some) if parts in each.groupings]
            if asked:
                names = [some[at].id for at in asked]
                found.append(_Found(names, breakdown_id(parts), group.cells, people.facts(asked, group)))
    return _long(found, wave) if found else pl.DataFrame(schema=_schema())


@dataclass(frozen=True)
class _Found:
    """The columns of :data:`TELLING` of some indicators by one breakdown: a row each, a column for a cell."""

    names: list[str]
    breakdown: str
    cells: pl.Series
    facts: dict[str, Matrix]


@dataclass(frozen=True)
class _Groups:
    """The cells of a grouping, and the rows of respondents in it, those of one cell next to each other."""

    cells: pl.Series
    rows: Matrix
    sizes: Matrix

    @classmethod
    def of(cls, respondents: pl.DataFrame, parts: tuple[str, ...]) -> _Groups | None:
        columns = [BREAKDOWN + part for part in parts]
        rows = respondents.with_row_index(_AT).drop_nulls(columns)
        if not rows.height:
            return None
        by = [pl.col(each) for each in columns] or [pl.lit(1).alias("_all")]
        found = rows.group_by(by, maintain_order=True).agg(_AT)
        key = pl.concat_list(columns) if columns else pl.lit([], pl.List(pl.String))
        cells = found.select(key.alias("cell"))["cell"]
        sizes = found[_AT].list.len().to_numpy().astype(np.int64)
        return cls(cells, found[_AT].explode().to_numpy(), sizes)

    def per(self, function: np.ufunc, values: Matrix, kind: Any = None) -> Matrix:
        """A sum, or the like, of each cell; ``values`` has a column for each of ``rows``."""
        starts = np.cumsum(self.sizes) - self.sizes
        return np.asarray(function.reduceat(values, starts, axis=-1, dtype=kind))


@dataclass(frozen=True)
class _Parts:
    """Of what people add to each cell: the sum, the largest part, the largest two, and of how many."""

    whole: Matrix
    largest: Matrix
    two: Matrix
    count: Matrix

    @classmethod
    def of(cls, values: Matrix, groups: _Groups) -> _Parts:
        """Of values that are not below 0, where 0 is nothing."""
        largest = groups.per(np.maximum, values)
        top = values == np.repeat(largest, groups.sizes, axis=-1)
        second = groups.per(np.maximum, np.where(top, 0.0, values))
        tied = groups.per(np.add, top, np.int64) > 1
        count = groups.per(np.add, values > 0, np.int64)
        return cls(groups.per(np.add, values), largest, largest + np.where(tied, largest, second), count)

    def at(self, rows: Matrix) -> _Parts:
        """Of some rows, as often as they are asked."""
        return _Parts(self.whole[rows], self.largest[rows], self.two[rows], self.count[rows])


@dataclass(frozen=True)
class _People:
    """The respondents of a wave as each indicator counts them.

    ``weights`` (indicator, respondent) are 0 for who is not counted; ``sides`` (indicator, 2, respondent)
    what each adds at either end of a scale, or to both amounts of a ratio; ``answers`` a number for each
    answer and -1 for none, where it is asked how alike they are. ``alike`` is for each indicator the first
    with the same weights.
    """

    indicators: Sequence[Indicator]
    weights: Matrix
    alike: Matrix
    sides: Matrix
    answers: dict[int, Matrix]

    @classmethod
    def of(cls, indicators: Sequence[Indicator], respondents: pl.DataFrame) -> _People:
        weights = np.zeros((len(indicators), respondents.height))
        sides = np.zeros((len(indicators), 2, respondents.height))
        _shares(indicators, respondents, weights, sides)
        others = [at for at, each in enumerate(indicators) if each.kind not in _SHARES]
        weighed = respondents.select(_weight(indicators[at]).alias(str(at)) for at in others)
        added = respondents.select(
            (_weight(indicators[at]) * side).fill_null(0.0).alias(f"{at} {end}")
            for at in others
            for end, side in enumerate(_sides(indicators[at]))
        )
        weights[others] = weighed.to_numpy().T if others else 0.0
        sides[others] = added.to_numpy().T.reshape(len(others), 2, -1) if others else 0.0
        alike = {
            str(at): [each.column, *([each.below] if each.kind == "ratio" else [])]
            for at, each in enumerate(indicators)
            if each.kind in ("mean", "median", "ratio")
        }
        answers = respondents.with_row_index(_AT).select(
            pl.when(_answered(indicators[int(at)]))
            .then(pl.col(_AT).cast(pl.Int64).first().over(columns))
            .otherwise(-1)
            .alias(at)
            for at, columns in alike.items()
        )
        first: dict[bytes, int] = {}
        same = np.array([first.setdefault(each.tobytes(), at) for at, each in enumerate(weights)])
        return cls(indicators, weights, same, sides, {int(each.name): each.to_numpy() for each in answers})

    def facts(self, asked: Sequence[int], groups: _Groups) -> dict[str, Matrix]:
        """The columns of :data:`TELLING`, each with a row for an indicator and a column for a cell."""
        width = max(1, _NEAR // max(1, len(groups.rows)))
        found = [self._facts(asked[at : at + width], groups) for at in range(0, len(asked), width)]
        return {name: np.concatenate([each[name] for each in found]) for name in TELLING}

    def _facts(self, asked: Sequence[int], groups: _Groups) -> dict[str, Matrix]:
        kinds = [self.indicators[at].kind for at in asked]
        # Many questions were answered by the same people: of these the weights are looked at once.
        once, of = np.unique(self.alike[asked], return_inverse=True)
        weights = np.take(self.weights[once], groups.rows, axis=-1)
        weight, squares = _Parts.of(weights, groups).at(of), groups.per(np.add, weights**2)[of]
        side = _Parts.of(np.take(self.sides[asked], groups.rows, axis=-1), groups)
        ratio, share = _mask(each == "ratio" for each in kinds), _mask(each in _SHARES for each in kinds)
        least = np.where(share, COUNTED, 1)[:, None]
        added = np.where(
            _mask(each in _ADDED for each in kinds)[:, None] & (side.count >= least), 1.0, np.nan
        )
        nothing = np.full(weight.whole.shape, np.nan)
        alike = np.array([self._alike(at, groups) for at in asked])
        with np.errstate(divide="ignore", invalid="ignore"):
            of_sides = [np.fmax.reduce(each / side.whole, axis=1) for each in (side.largest, side.two)]
            return {
                "alike": alike,
                "positive": weight.count,
                "largest": np.where(ratio, of_sides[0], weight.largest / weight.whole),
                "two_largest": np.where(ratio, of_sides[1], weight.two / weight.whole),
                "n_effective": weight.whole**2 / squares,
                "at_value": nothing,
                "adds_largest": np.fmax.reduce(added * side.largest / side.whole, axis=1),
                "adds_two": np.fmax.reduce(added * side.two / side.whole, axis=1),
                "adds_rest": np.fmin.reduce(added * (side.whole - side.two) / side.largest, axis=1),
                "lightest_side": np.where(share, side.whole.min(axis=1) / weight.largest, nothing),
            }

    def _alike(self, at: int, groups: _Groups) -> Matrix:
        """How many in each cell gave its commonest answer; not a number where it is not asked or none did."""
        found = np.full(len(groups.sizes), np.nan)
        if at in self.answers:
            answers, size = self.answers[at][groups.rows], self.answers[at].size
            cell = np.repeat(np.arange(len(groups.sizes)), groups.sizes)
            each, count = np.unique((cell * size + answers)[answers >= 0], return_counts=True)
            np.fmax.at(found, each // size, count)
        return found


def _mask(found: Iterator[bool]) -> Matrix:
    """A row for each indicator."""
    return np.array(list(found))[:, None]


def _shares(
    indicators: Sequence[Indicator], respondents: pl.DataFrame, weights: Matrix, sides: Matrix
) -> None:
    """Fill in the weights and sides of shares and totals: with those who gave an answer, and the others."""
    asked = [at for at, each in enumerate(indicators) if each.kind in _SHARES]
    names = dict.fromkeys(weight_column(indicators[at].weight or "") for at in asked)
    given = {
        name: respondents.select(pl.when(pl.col(name) > 0).then(pl.col(name).cast(pl.Float64)).otherwise(0.0))
        for name in names
    }
    hits = respondents.select(outcome(indicators[at]).alias(str(at)) for at in asked)
    for at, hit in zip(asked, hits.iter_columns(), strict=True):
        own = given[weight_column(indicators[at].weight or "")].to_series().to_numpy()
        np.multiply(own, hit.is_not_null().to_numpy(), out=weights[at])
        np.multiply(weights[at], hit.fill_null(0.0).to_numpy(), out=sides[at, 0])
        np.subtract(weights[at], sides[at, 0], out=sides[at, 1])


def _answered(indicator: Indicator) -> pl.Expr:
    answered = pl.col(indicator.column).is_not_null()
    return answered & pl.col(indicator.column).is_in(list(indicator.among)) if indicator.among else answered


def _weight(indicator: Indicator) -> pl.Expr:
    given = pl.col(weight_column(indicator.weight or ""))
    return pl.when(_answered(indicator) & (given > 0)).then(given.cast(pl.Float64)).otherwise(0.0)


def _sides(indicator: Indicator) -> tuple[pl.Expr, pl.Expr]:
    """How far each answer is from either end; of a ratio the amounts: who has much of one has much to say,
    whatever the weight."""
    value = pl.col(indicator.column)
    if indicator.kind == "ratio":
        return value.abs(), pl.col(indicator.below).abs()
    if indicator.kind == "mean" and indicator.scale:
        low, high = indicator.scale
        return (value - low).abs(), (high - value).abs()
    return pl.lit(0.0), pl.lit(0.0)


def _long(found: Sequence[_Found], wave: str) -> pl.DataFrame:
    """A row for each indicator and cell."""
    sizes = [len(each.names) * len(each.cells) for each in found]
    starts = np.cumsum([0, *(len(each.cells) for each in found)])
    cells = [
        np.tile(np.arange(start, start + len(each.cells)), len(each.names))
        for start, each in zip(starts, found, strict=False)
    ]
    names = [np.repeat(each.names, len(each.cells)) for each in found]
    breakdowns = [each.breakdown for each in found]
    told = (
        pl.Series(name, np.concatenate([each.facts[name].ravel() for each in found]), nan_to_null=True)
        for name in TELLING
    )
    columns = {
        "indicator": pl.Series(np.concatenate(names).tolist(), dtype=pl.String),
        "breakdown": pl.Series(np.repeat(breakdowns, sizes).tolist(), dtype=pl.String),
        "wave": pl.repeat(wave, sum(sizes), dtype=pl.String, eager=True),
        "cell": pl.concat([each.cells for each in found]).gather(np.concatenate(cells)),
    }
    return pl.DataFrame({**columns, **{each.name: each for each in told}}).cast(_schema())  # type: ignore[arg-type]


def _schema() -> dict[str, pl.DataType]:
    return {
        "indicator": pl.String(),
        "breakdown": pl.String(),
        "wave": pl.String(),
        "cell": pl.List(pl.String()),
        **TELLING,
    }
