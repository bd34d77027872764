"""Curves in a formula: natural and plain B-splines, orthogonal polynomials, a column scaled (R ``splines``).

Where they bend is read off the answers once, each counted once, as in R: predictions use the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from thuis.errors import ThuisError
from thuis.survey.core.typed import arguments
from thuis.survey.core.variance import Floats

BASES = ("ns", "bs", "poly", "scale")


class Basis(Protocol):
    """Several columns made of one."""

    def columns(self, x: Floats) -> Floats:
        """Rows x columns."""


@dataclass(frozen=True, slots=True, eq=False)
class Spline:
    """B-splines on knots; ``turn`` takes them to those whose second derivative ends at 0 (natural)."""

    knots: Floats
    degree: int
    turn: Floats | None
    ends: tuple[float, float]

    def _plain(self, x: Floats, derivative: int = 0) -> Floats:
        many = len(self.knots) - self.degree - 1
        from scipy.interpolate import BSpline

        whole = BSpline(self.knots, np.eye(many), self.degree, extrapolate=True)
        return np.asarray((whole.derivative(derivative) if derivative else whole)(x))

    def columns(self, x: Floats) -> Floats:
        """Beyond the ends plain splines go on as they were, natural ones straight."""
        known = np.where(np.isnan(x), self.ends[0], x)
        if self.turn is None:
            found = self._plain(known)[:, 1:]
        else:
            inside = np.clip(known, *self.ends)
            found = self._plain(inside) + (known - inside)[:, None] * self._plain(inside, 1)
            found = found[:, 1:] @ self.turn
        found[np.isnan(x)] = np.nan
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Polynomial:
    """Orthogonal polynomials by their recurrence; ``alpha`` and ``norm`` as of R ``poly``."""

    alpha: Floats
    norm: Floats

    def columns(self, x: Floats) -> Floats:
        """Degree by degree, each of length 1 on the rows it was made of."""
        found = [np.ones_like(x)]
        for k, a in enumerate(self.alpha):
            last = found[k - 1] * (self.norm[k] / self.norm[k - 1]) if k else 0.0
            found.append((x - a) * found[k] - last)
        return np.column_stack([each / np.sqrt(n) for each, n in zip(found, self.norm, strict=True)][1:])


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """Powers, or a column less its mean over its standard deviation."""

    centre: float
    size: float
    degree: int

    def columns(self, x: Floats) -> Floats:
        """Degree by degree."""
        moved = (x - self.centre) / self.size
        return np.column_stack([moved**k for k in range(1, self.degree + 1)])


def basis(call: str, x: Floats) -> Basis:
    """The columns that a call makes of answers, NaN where they are missing.

    :raises ThuisError: arguments that it has not, too few answers.

    >>> x = np.arange(10.0)
    >>> basis("poly(x, 2)", x).columns(np.array([0.0, 4.5])).round(4).tolist()
    [[-0.4954, 0.5222], [0.0, -0.359]]
    """
    name, (_, at, how) = call.partition("(")[0].strip(), arguments(call)
    x = x[~np.isnan(x)]
    if len(x) < 2 or x.min() == x.max():
        raise ThuisError(f"{call!r} of a column with one answer", step="leave the term out")
    taken = {
        "ns": ("df", "knots", "intercept", "Boundary"),
        "bs": ("df", "knots", "degree"),
        "poly": ("degree", "raw"),
        "scale": (),
    }[name]
    given: dict[str, Any] = {**dict(zip(taken, at, strict=False)), **how}
    if len(at) > len(taken) or set(given) - set(taken) or given.get("intercept"):
        raise ThuisError(f"{call!r} cannot be made", expected=f"{name}(column, {', '.join(taken[:3])})")
    if name == "scale":
        return Raw(float(x.mean()), float(x.std(ddof=1)), 1)
    if name == "poly":
        degree = _whole(call, given.get("degree", 1))
        return Raw(0.0, 1.0, degree) if given.get("raw") else _orthogonal(call, x, degree)
    return _spline(call, x, given, natural=name == "ns")


def _whole(call: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value) or value < 1:
        raise ThuisError(f"{value!r} in {call!r}", expected="a whole number, 1 or more")
    return int(value)


def _orthogonal(call: str, x: Floats, degree: int) -> Polynomial:
    if degree >= len(np.unique(x)):
        raise ThuisError(f"{call!r} of {len(np.unique(x))} different answers", expected="a lower degree")
    alpha, norm, found = [], [float(len(x))], [np.ones_like(x)]
    for k in range(degree):
        own = found[k]
        alpha.append(float(x @ own**2 / norm[k]))
        last = found[k - 1] * (norm[k] / norm[k - 1]) if k else 0.0
        found.append((x - alpha[k]) * own - last)
        norm.append(float(found[-1] @ found[-1]))
    return Polynomial(np.array(alpha), np.array(norm))


def _spline(call: str, x: Floats, given: dict[str, Any], *, natural: bool) -> Spline:
    degree = 3 if natural else _whole(call, given.get("degree", 3))
    ends = float(x.min()), float(x.max())
    knots = given.get("knots")
    if knots is None:
        few = 1 if natural else degree
        inner = _whole(call, given.get("df", few)) - few
        if inner < 0:
            raise ThuisError(f"{call!r} has too few degrees of freedom", expected=f"{few} or more")
        within = np.quantile(x, np.linspace(0, 1, inner + 2)[1:-1])
    else:
        within = np.sort(np.atleast_1d(np.asarray(knots, dtype=float)))
        if not ((within > ends[0]) & (within < ends[1])).all():
            raise ThuisError(f"knots of {call!r} lie outside {ends[0]:g} to {ends[1]:g}")
    whole = np.concatenate([[ends[0]] * (degree + 1), within, [ends[1]] * (degree + 1)])
    made = Spline(whole, degree, None, ends)
    if not natural:
        return made
    # Householder's turn away from the second derivatives at both ends, as R.
    bend = made._plain(np.array(ends), 2)[:, 1:]
    turn = np.linalg.qr(bend.T, mode="complete")[0][:, 2:]
    return Spline(whole, degree, turn, ends)
