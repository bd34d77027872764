"""A difference between two positions, raw or with other characteristics held equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from thuis.errors import Problem, ThuisError, raise_all, unknown
from thuis.findings.design import Design, linearised, t_interval, t_test

Floats = NDArray[np.float64]
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Margin:
    """High minus low on the outcome's scale; ``n`` respondents in the model, on each side."""

    estimate: float
    se: float
    df: float
    lower: float
    upper: float
    p: float
    n_high: int
    n_low: int
    model: str

    @property
    def n(self) -> int:
        """Respondents in the model."""
        return self.n_high + self.n_low


def margin(
    frame: pl.DataFrame,
    outcome: str,
    position: str,
    design: Design,
    *,
    controls: Sequence[str] = (),
    binary: bool = True,
) -> Margin:
    """The average difference in the outcome when everyone held the high instead of the low position.

    Without controls this is the difference of two weighted means. With controls it is the difference of two
    predictive margins (Graubard and Korn 1999, Biometrics 55, 652) of a weighted logistic or linear model.
    Its standard error comes from influence values (Binder 1983; Deville 1999) that count the coefficients and
    the people averaged over as sampled together; R ``svypredmeans`` adds the two as if independent.

    :param frame: every respondent of the design; those with a null in a column the model needs are outside
        its domain.
    :param outcome: a column of 0 and 1 when ``binary``, else of numbers.
    :param position: a column of 1 (high), 0 (low) and null (neither).
    :param controls: text columns become categories, numeric ones stay linear.
    :raises ThuisError: for unknown columns, or a model the data cannot bear.

    >>> rows = pl.DataFrame({"y": [1.0, 1, 0, 1], "high": [1.0, 1, 0, 0], "w": [1.0, 1, 1, 3]})
    >>> round(margin(rows, "y", "high", Design("w")).estimate, 9)
    0.25
    """
    wanted = [outcome, position, *controls]
    raise_all([unknown("column", each, frame.columns) for each in wanted if each not in frame.columns])
    inside = frame.select(pl.all_horizontal(pl.col(wanted).is_not_null()))[wanted[0]].to_numpy()
    w = np.where(inside, frame[design.weight].to_numpy().astype(float), 0.0)
    w = w / w.mean() if w.sum() else w
    x = _matrix(frame, position, controls, inside)
    y = np.where(inside, frame[outcome].cast(pl.Float64).fill_null(0.0).to_numpy(), 0.0)
    used = inside & (w > 0)
    _bearable(x[used], position)
    # Without controls both models give two means; only the linear one has an answer when a side is all alike.
    logistic = binary and bool(controls)
    beta, influence = _logit(x, y, w) if logistic else _linear(x, y, w)
    high, low = x.copy(), x.copy()
    high[:, 1], low[:, 1] = 1.0, 0.0
    each, gradient = _difference(high, low, beta, w, binary=logistic)
    size = w.sum()
    estimate = float(w @ each / size)
    scores = np.where(used, (each - estimate) / size, 0.0) + influence @ gradient
    scale = frame[design.weight].to_numpy().astype(float)
    # linearised() weighs the scores itself; they were made with weights that average one.
    factor = np.divide(w, scale, out=np.zeros_like(w), where=scale != 0)
    matrix, df = linearised(frame, design, {"margin": scores * factor})
    se = float(np.sqrt(max(matrix[0, 0], 0.0)))
    model = f"{outcome} ~ {' + '.join([position, *controls])}, {'logistic' if logistic else 'linear'}"
    return Margin(
        estimate,
        se,
        df,
        *t_interval(estimate, se, df, LEVEL),
        t_test(estimate, se, df),
        int((used & (x[:, 1] == 1)).sum()),
        int((used & (x[:, 1] == 0)).sum()),
        model,
    )


def _matrix(frame: pl.DataFrame, position: str, controls: Sequence[str], inside: NDArray[np.bool_]) -> Floats:
    columns = [np.ones(frame.height), frame[position].cast(pl.Float64).fill_null(0.0).to_numpy()]
    used = frame.filter(pl.Series(inside))
    for name in controls:
        if frame.schema[name].is_numeric():
            values = frame[name].cast(pl.Float64)
            mean, spread = used[name].cast(pl.Float64).mean(), used[name].cast(pl.Float64).std()
            columns.append(((values - mean) / (spread or 1.0)).fill_null(0.0).to_numpy())
            continue
        text = frame[name].cast(pl.String)
        for level in used[name].cast(pl.String).unique().sort().to_list()[1:]:
            columns.append((text == level).fill_null(value=False).cast(pl.Float64).to_numpy())
    return np.column_stack(columns)


def _bearable(x: Floats, position: str) -> None:
    if len(x) <= x.shape[1]:
        raise ThuisError(Problem(f"{len(x)} respondents for {x.shape[1]} coefficients of {position!r}"))
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise ThuisError(
            Problem(
                f"the model of {position!r} cannot tell its parts apart",
                expected="both positions, and controls that do not repeat one another",
                step="leave a control out",
            )
        )


def _linear(x: Floats, y: Floats, w: Floats) -> tuple[Floats, Floats]:
    inverse = np.linalg.inv((x.T * w) @ x)
    beta = inverse @ (x.T @ (w * y))
    rest = np.where(w > 0, y - x @ beta, 0.0)
    return np.asarray(beta), np.asarray((x * rest[:, None]) @ inverse)


def _logit(x: Floats, y: Floats, w: Floats) -> tuple[Floats, Floats]:
    """Iteratively reweighted least squares, and the influence of each row on the coefficients."""
    beta = np.zeros(x.shape[1])
    for _ in range(60):
        mean = 1 / (1 + np.exp(-(x @ beta)))
        information = (x.T * (w * mean * (1 - mean))) @ x
        try:
            step = np.linalg.solve(information, x.T @ (w * (y - mean)))
        except np.linalg.LinAlgError:
            break
        beta = beta + step
        if np.abs(step).max() < 1e-12:
            mean = 1 / (1 + np.exp(-(x @ beta)))
            inverse = np.linalg.inv((x.T * (w * mean * (1 - mean))) @ x)
            rest = np.where(w > 0, y - mean, 0.0)
            return beta, np.asarray((x * rest[:, None]) @ inverse)
        if np.abs(beta).max() > 30:
            break
    raise ThuisError(
        Problem(
            "the logistic model has no finite answer: some group all answered alike",
            step="join categories of the controls, or leave one out",
        )
    )


def _difference(high: Floats, low: Floats, beta: Floats, w: Floats, *, binary: bool) -> tuple[Floats, Floats]:
    """Each person's difference, and the derivative of its weighted mean to the coefficients."""
    size = w.sum()
    if not binary:
        return np.asarray((high - low) @ beta), np.asarray((high - low).T @ w / size)
    up, down = (1 / (1 + np.exp(-(side @ beta))) for side in (high, low))
    gradient = high.T @ (w * up * (1 - up)) - low.T @ (w * down * (1 - down))
    return np.asarray(up - down), np.asarray(gradient / size)
