"""Results: a tidy frame of estimates with the covariances that differences and trends need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, overload

import numpy as np
import polars as pl
from scipy import special

from thuis.errors import ThuisError
from thuis.survey import document, pairs, show, trends
from thuis.survey.chi_squares import Wald, wald
from thuis.survey.core.covariance import Covariances, Fixed, Scaled
from thuis.survey.core.intervals import t_test
from thuis.survey.core.variance import Floats
from thuis.survey.elsewhere import Elsewhere
from thuis.survey.nonlinear import Function, value_and_slopes


@dataclass(frozen=True, slots=True)
class Contrast(Elsewhere):
    """A weighted sum of estimates: ``estimate``, ``se``, ``t`` on ``df`` degrees of freedom, ``p``
    (two-sided).

    ``lower`` and ``upper`` are its interval at the level of the estimates.
    """

    _called: ClassVar = ("Contrast", "test")

    estimate: float
    se: float
    df: float
    t: float
    p: float
    lower: float
    upper: float


def _several(each: object) -> bool:
    return callable(each) or (isinstance(each, Mapping | Sequence) and not isinstance(each, str))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Estimates(Elsewhere):
    """Estimates in a tidy frame, one row per measure, grouping and cell, in ``frame``."""

    _called: ClassVar = ("table of estimates", "estimates")

    frame: pl.DataFrame
    level: float
    df: float
    _scores: Covariances = field(repr=False)

    def covariance(self, indices: Sequence[int] | None = None) -> Floats:
        """Covariance matrix of the rows of ``frame`` with these ``indices`` (all rows when None)."""
        chosen = range(len(self.frame)) if indices is None else indices
        return self._scores.matrix(self._checked(chosen))

    def _checked(self, rows: Iterable[Any]) -> Any:
        numbers = np.asarray(rows if isinstance(rows, np.ndarray) else list(rows))
        if numbers.size == 0:
            return numbers.astype(np.int64)
        if numbers.dtype.kind not in "iu":
            raise ThuisError(f"row numbers are {numbers.dtype}", expected="whole numbers")
        wrong = (numbers < 0) | (numbers >= len(self.frame))
        if wrong.any():
            raise ThuisError(
                f"no row {numbers[wrong].ravel()[0]}",
                expected=f"0 to {len(self.frame) - 1}",
                step="a whole number is that of a row; give a key that is one as text",
            )
        return numbers.astype(np.int64)

    def differences(self, pairs: Any) -> pl.DataFrame:
        """Right minus left for many pairs of rows at once, each with its t test (see :meth:`difference`).

        :param pairs: (left row, right row), a sequence or an array of pairs x 2.
        :returns: one row per pair: ``left``, ``right``, ``difference``, ``se``, ``df`` (that of the design),
            ``lower``, ``upper``, ``t`` and ``p``; ``t`` and ``p`` are null where there is no spread.
        :raises ThuisError: rows that are not there, or no pairs.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2, 4, 5], "sex": ["m", "m", "f", "f"], "w": [1.0, 1, 1, 1]})
        >>> Sample.from_frame(rows, weight="w").mean("y", by="sex").differences([(0, 1)])["difference"].item()
        -3.0
        """
        rows, difference, se = self.apart(pairs)
        df = np.full(len(rows), self.df)
        lower, upper, t, p = t_test(difference, se, df, self.level)
        found = {"difference": difference, "se": se, "df": df, "lower": lower, "upper": upper, "t": t, "p": p}
        columns = [pl.Series("left", rows[:, 0]), pl.Series("right", rows[:, 1])]
        return pl.DataFrame([*columns, *(pl.Series(k, v, nan_to_null=True) for k, v in found.items())])

    def apart(self, pairs: Any) -> tuple[Any, Floats, Floats]:
        """The pairs of :meth:`differences`, right minus left of each, and its standard error, without a test.

        :raises ThuisError: rows that are not there, or no pairs.
        """
        rows = self._checked(pairs)
        rows = rows.reshape(-1, 2) if rows.size == 0 else rows
        if rows.ndim != 2 or rows.shape[1] != 2:
            raise ThuisError("differences are asked for pairs of rows", expected="pairs x 2")
        values = self.frame["estimate"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        difference = values[rows[:, 1]] - values[rows[:, 0]]
        variance = self._scores.differences(rows[:, 0], rows[:, 1])
        return rows, difference, np.where(np.isnan(difference), np.nan, np.sqrt(variance))

    def pairs(self, adjust: str = "holm") -> pl.DataFrame:
        """Every two cells of a measure and grouping, the second less the first, called by their names.

        :param adjust: "holm" (1979, Scand. J. Stat. 6: 65) or "bonferroni" for as many tests as there are
            pairs in the grouping, or "none".
        :returns: ``measure``, ``first``, ``second``, the columns of :meth:`differences`, and ``p_adjusted``.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2, 4, 5, 8, 9], "g": list("aabbcc"), "w": [1.0] * 6})
        >>> found = Sample.from_frame(rows, weight="w").mean("y", by="g")
        >>> found.pairs().select("first", "second", "difference").rows()
        [('a', 'b', 3.0), ('a', 'c', 7.0), ('b', 'c', 4.0)]
        """
        return pairs.pairs(self, adjust)

    def letters(self, adjust: str = "holm") -> pl.DataFrame:
        """The frame with letters: two cells with a letter in common are not told apart (Piepho 2004).

        :param adjust: how p values are adjusted for their number: "holm", or "none".

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2, 1, 2, 8, 9], "g": list("aabbcc"), "w": [1.0] * 6})
        >>> Sample.from_frame(rows, weight="w").mean("y", by="g").letters()["letters"].to_list()
        ['a', 'a', 'b']
        """
        return pairs.letters(self, adjust)

    @overload
    def contrast(self, weights: Mapping[Any, float] | Sequence[float] | Function) -> Contrast: ...

    @overload
    def contrast(
        self, weights: Mapping[str, Mapping[Any, float] | Sequence[float] | Function]
    ) -> Estimates: ...

    def contrast(self, weights: Any) -> Any:
        """The sum of ``weights[row] * estimate[row]``, df that of the design (R ``svycontrast``).

        :param weights: by row number, by key as :meth:`difference`, or as a list of one for every row; or a
            function of the estimates in the order of the rows, by the delta method. A name for each of
            several makes a table of them, with their covariances.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2, 4, 5], "sex": ["m", "m", "f", "f"], "w": [1.0, 1, 1, 1]})
        >>> found = Sample.from_frame(rows, weight="w").mean("y", by="sex")
        >>> found.contrast(lambda e: e[0] / e[1]).estimate, found.contrast({"f": 1, "m": -1}).estimate
        (3.0, 3.0)
        """
        if isinstance(weights, Mapping) and weights and all(map(_several, weights.values())):
            return self._contrasts(weights)
        estimate, rows, a = self._weighted(weights)
        return self._tested(estimate, a, self.covariance(rows))

    def _contrasts(self, several: Mapping[str, Any]) -> Estimates:
        found = [self._weighted(each) for each in several.values()]
        matrix = np.zeros((len(found), len(self.frame)))
        for own, (_, rows, a) in zip(matrix, found, strict=True):
            np.add.at(own, rows, a)
        used = np.flatnonzero(matrix.any(axis=0))
        covariance = matrix[:, used] @ self.covariance(used.tolist()) @ matrix[:, used].T
        value = np.array([each[0] for each in found])
        return coefficients(list(map(str, several)), value, covariance, self.df, None, self.level)

    def _weighted(self, weights: Any) -> tuple[float, list[int], Floats]:
        """The value of a contrast, its rows, and what each counts for."""
        if callable(weights):
            every = self.frame["estimate"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
            estimate, slopes = value_and_slopes(weights, every)
            rows = np.flatnonzero(slopes).tolist()
            a = slopes[rows]
        else:
            chosen = weights if isinstance(weights, Mapping) else self._whole(weights)
            named = {each if isinstance(each, int) else self._row(each): w for each, w in chosen.items()}
            rows = self._checked(named).tolist()
            a = np.array(list(named.values()), dtype=float)
            values = self.frame["estimate"].gather(rows).cast(pl.Float64).fill_null(float("nan")).to_numpy()
            estimate = float(a @ values)
        return estimate, rows, a

    def _whole(self, weights: Sequence[float]) -> dict[int, float]:
        if len(weights) != len(self.frame):
            raise ThuisError(
                f"{len(weights)} weights for {len(self.frame)} rows",
                expected="one for every row, or {row: weight}",
            )
        return dict(enumerate(weights))

    def _tested(self, estimate: float, a: Floats, covariance: Floats) -> Contrast:
        se = float(np.sqrt(np.maximum(a @ covariance @ a, 0.0)))
        with np.errstate(all="ignore"):
            t = float(np.float64(estimate) / np.float64(se))
        df = self.df if self.df > 0 else float("nan")
        p = float(2 * special.stdtr(df, -abs(t)))
        half = float(special.stdtrit(df, (1 + self.level) / 2)) * se
        return Contrast(estimate, se, self.df, t, p, estimate - half, estimate + half)

    def difference(self, left: Any, right: Any) -> Contrast:
        """``right`` minus ``left``: two row numbers, or two keys when one grouping of one column was asked.

        :raises ThuisError: a whole number that is the key of another row than the one it counts to.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 2, 4, 5], "region": [1, 1, 2, 2], "w": [1.0, 1, 1, 1]})
        >>> found = Sample.from_frame(rows, weight="w").mean("y", by="region")
        >>> found.difference("1", "2").estimate
        3.0
        >>> found.difference(1, 2)
        Traceback (most recent call last):
        thuis.errors.ThuisError: 1 is the number of a row and the key of another
          expected: one of the two
          next: give a key as text, '1'; differences([(0, 1)]) takes rows alone
        """
        a, b = self._row(left), self._row(right)
        return self.contrast({b: 1.0, a: -1.0}) if a != b else self.contrast({a: 0.0})

    def ratio(self, left: Any, right: Any) -> Contrast:
        """``right`` over ``left``, such as a risk ratio of two shares; rows or keys as :meth:`difference`.

        ``t``, ``p`` and the interval are those of its logarithm (R ``svycontrast(quote(log(b / a)))``).

        :raises ThuisError: estimates that are not above 0.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1, 0, 1, 1], "sex": ["m", "m", "f", "f"], "w": [1.0, 1, 1, 1]})
        >>> Sample.from_frame(rows, weight="w").proportion("y", by="sex").ratio("m", "f").estimate
        2.0
        """
        a, b = self._checked([self._row(left), self._row(right)]).tolist()
        low = [each for each in self.frame["estimate"].gather([a, b]).to_list() if each is None or each <= 0]
        if low:
            raise ThuisError(f"an estimate of the ratio is {low[0]}", expected="above 0")
        logged = self.contrast(lambda e: np.log(e[b] / e[a]) if a != b else 0 * e[a])
        value = float(np.exp(logged.estimate))
        lower, upper = float(np.exp(logged.lower)), float(np.exp(logged.upper))
        return Contrast(value, value * logged.se, logged.df, logged.t, logged.p, lower, upper)

    def exponents(self) -> Estimates:
        """``exp`` of every estimate with its interval: odds ratios, ratios of rates or hazards of a model.

        The standard error is by the delta method; the interval is that of the logarithm, as are ``t`` and
        ``p``.
        """
        value = self.frame["estimate"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        scale = np.exp(value)
        frame = self.frame.with_columns(
            pl.col("estimate", "lower", "upper").exp(), pl.col("se") * pl.col("estimate").exp()
        )
        return Estimates(frame, self.level, self.df, Scaled(self._scores, np.nan_to_num(scale)))

    def joint(self, rows: Sequence[int], df: float | None = None) -> Wald:
        """Whether the estimates of some rows may all be 0: Wald's F test.

        :param df: of the denominator; that of the estimates unless told.
        :raises ThuisError: more rows than the design can tell apart.
        """
        chosen = self._checked(rows)
        value = self.frame["estimate"].gather(chosen).cast(pl.Float64).fill_null(float("nan")).to_numpy()
        return wald(value, self.covariance(chosen.tolist()), self.df if df is None else df)

    def trend(self, over: str, positions: Mapping[Any, float] | None = None) -> pl.DataFrame:
        """The slope of the estimates over an ordered column, such as waves, per measure and other group.

        Least squares on the estimates, ``sum((x - mean(x)) y) / sum((x - mean(x))^2)``: a contrast, so that
        its standard error takes the covariances of the design.

        :param over: a grouping column that is in every row used.
        :param positions: where each of its values stands; the numbers themselves unless told.
        :returns: ``measure``, ``by``, the other groups, ``points``, ``slope``, ``se``, ``df``, ``lower``,
            ``upper``, ``t``, ``p``; a line with fewer than two points is left out.

        >>> import polars as pl
        >>> from thuis.survey import Sample
        >>> rows = pl.DataFrame({"y": [1.0, 3, 4, 6, 7, 9], "wave": [1, 1, 2, 2, 3, 3], "w": [1.0] * 6})
        >>> Sample.from_frame(rows, weight="w").mean("y", by="wave").trend("wave")["slope"].item()
        3.0
        """
        return trends.trend(self.frame, self.contrast, over, positions)

    def _row(self, key: Any) -> int:
        number = isinstance(key, int) and not isinstance(key, bool)
        wanted = tuple(map(str, key)) if isinstance(key, tuple) else (str(key),)
        # A coefficient or prediction called "1" is named by text alone: a number is that of its row.
        keys = ((answers,) if number else (answers, *names) for answers, *names in self._keys())
        found = [i for i, called in enumerate(keys) if wanted in called]
        if number and (self.frame["by"].n_unique() > 1 or len(found) != 1 or found == [key]):
            return int(key)
        if number:
            raise ThuisError(
                f"{key} is the number of a row and the key of another",
                expected="one of the two",
                step=f"give a key as text, {str(key)!r}; differences([(0, 1)]) takes rows alone",
            )
        if len(found) != 1:
            raise ThuisError(
                f"{len(found)} rows have the key {key!r}",
                expected="exactly one: the answer of a cell, several as (answer, answer), with the measure "
                "before them where measures share cells, or the name of a coefficient",
                step="give the row number of the frame",
            )
        return found[0]

    def _keys(self) -> Iterator[tuple[tuple[str, ...], ...]]:
        """What every row is called by: its answers, alone and after its measure, column or answer."""
        for row in self.frame.select("measure", "by", *self._groups).iter_rows(named=True):
            answers = tuple(str(row[name]) for name in row["by"] if name in row)
            inside = re.fullmatch(r"\w+\((.+)\)", row["measure"])
            column = inside[1] if inside else row["measure"]
            answer = column.partition(" = ")[2] or column
            yield answers, (row["measure"], *answers), (column, *answers), (answer, *answers)

    @property
    def _groups(self) -> list[str]:
        return self.frame.columns[2 : self.frame.columns.index("estimate")]

    def to_polars(self) -> pl.DataFrame:
        """The frame itself."""
        return self.frame

    def to_pandas(self) -> Any:
        """The frame as pandas."""
        return self.frame.to_pandas()

    def to_excel(self, path: str | Path) -> Path:
        """Every column as a worksheet in a workbook at ``path``."""
        return show.excel(self.frame, path)

    def to_word(
        self,
        path: str | Path,
        *,
        digits: int = 3,
        title: str | None = None,
        template: str | Path | None = None,
    ) -> Path:
        """Estimates, standard errors and intervals as a table in Word (.docx); needs ``thuis[report]``.

        :param path: of the file; its folder must be there.
        :param digits: behind the point.
        :param title: stands above it as a caption.
        :param template: a Word file of the house, whose styles it takes and after whose text it comes.
        """
        note = f"intervals of {self.level:.0%}, df {self.df:g}"
        return document.word(self.frame, path, note, digits, title, template)

    def to_latex(self, digits: int = 3) -> str:
        """Estimates, standard errors and intervals as a ``tabular``, with so many ``digits`` behind the
        point."""
        return show.latex(self.frame, digits)

    def plot(self, ax: Any = None) -> Any:
        """Dots with their intervals on a matplotlib axis, a new one unless ``ax`` is given; needs
        ``thuis[plot]``."""
        return show.plot(self.frame, ax)

    def __repr__(self) -> str:
        return show.text(self.frame, self.level, self.df)

    def _repr_html_(self) -> str:
        return show.html(self.frame, self.level, self.df)


def coefficients(
    names: Sequence[str], value: Floats, covariance: Floats, df: float, n: int | None, level: float
) -> Estimates:
    """Quantities with names of their own as estimates, with t tests against 0; ``n`` are the rows of all."""
    keys = [
        pl.Series("measure", list(names), pl.String),
        pl.Series("by", [[]] * len(value), pl.List(pl.String)),
    ]
    se = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    frame = tested(keys, value, se, df, level, None if n is None else [n] * len(value))
    return Estimates(frame, level, df, Fixed(covariance))


def tested(
    keys: Sequence[pl.Series],
    value: Floats,
    se: Floats,
    df: float,
    level: float,
    n: Sequence[int] | None = None,
    tests: Sequence[str] = ("t", "p"),
) -> pl.DataFrame:
    """A row for every value behind its keys, with its interval and t test against 0.

    :param n: the rows behind each; no such column when left out. So are ``tests``.
    """
    each_df = np.full(len(value), df)
    lower, upper, t, p = t_test(value, se, each_df, level)
    numbers = {"estimate": value, "se": se, "lower": lower, "upper": upper, "df": each_df, "t": t, "p": p}
    columns = {name: pl.Series(name, each, pl.Float64, nan_to_null=True) for name, each in numbers.items()}
    counts = [] if n is None else [pl.Series("n", n, pl.Int64)]
    before = [columns[name] for name in ("estimate", "se", "lower", "upper")]
    return pl.DataFrame([*keys, *before, *counts, *(columns[name] for name in ("df", *tests))])
