"""Functions of estimates, by the delta method (R ``svycontrast`` of an expression)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from thuis.errors import ThuisError
from thuis.survey.core.variance import Floats

Function = Callable[[Any], Any]
SMALL = 1e-30


def value_and_slopes(function: Function, values: Floats) -> tuple[float, Floats]:
    """A function of estimates and its derivative to each, exact: complex steps (Squire and Trapp 1998).

    :raises ThuisError: a function that fails, gives no finite number, or has no derivative, as ``abs``.

    >>> value, slopes = value_and_slopes(lambda e: e[1] / e[0], np.array([2.0, 6.0]))
    >>> value, slopes.tolist()
    (3.0, [-1.5, 0.5])
    """
    try:
        with np.errstate(all="ignore"):
            value = float(function(values))
            slopes = np.array([_moved(function, values, k).imag / SMALL for k in range(len(values))])
            size = np.where(values == 0, 1.0, np.abs(values)) * 1e-6
            up, down = (
                np.array([_moved(function, values, k, sign * by).real for k, by in enumerate(size)])
                for sign in (1, -1)
            )
    except ThuisError:
        raise
    except Exception as error:
        raise ThuisError(
            f"the function of the estimates fails: {error}",
            expected="sums, products, ratios, powers, and exp and log of numpy, giving one number",
        ) from error
    if not (np.isfinite(value) and np.isfinite([*slopes, *up, *down]).all()):
        raise ThuisError(f"the function of the estimates is {value}, or has no derivative there")
    near = (up - down) / (2 * size)
    if (np.abs(near - slopes) > 1e-3 * (np.abs(slopes) + np.abs(near)) + 1e-6 * abs(value)).any():
        raise ThuisError(
            "the function of the estimates has no derivative, or takes no complex numbers",
            step="write it without abs, max or if",
        )
    return value, slopes


def _moved(function: Function, values: Floats, k: int, by: complex = SMALL * 1j) -> complex:
    moved = values.astype(complex)
    moved[k] += by
    return complex(function(moved))
