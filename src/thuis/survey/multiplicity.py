"""Many tests at once: Holm's adjusted p values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thuis.survey.core.variance import Floats


def holm(p: Sequence[float] | Floats, family: Sequence[Any] | NDArray[Any] | None = None) -> Floats:
    """Holm (1979, Scand. J. Statist. 6: 65) adjusted p values in the order given; NaN is no test.

    As R ``p.adjust(p, "holm")``, within each family when families are told.

    >>> holm([0.01, 0.04, 0.03, float("nan")]).round(4).tolist()
    [0.03, 0.06, 0.06, nan]
    >>> holm([0.01, 0.04, 0.03], ["a", "b", "a"]).round(4).tolist()
    [0.02, 0.04, 0.03]
    """
    p = np.asarray(p, dtype=float)
    of = np.zeros(len(p), int) if family is None else np.unique(np.asarray(family), return_inverse=True)[1]
    found, tested = np.full(len(p), np.nan), np.flatnonzero(~np.isnan(p))
    order = tested[np.lexsort((p[tested], of[tested]))]
    for own in np.split(order, np.flatnonzero(np.diff(of[order])) + 1):
        steps = p[own] * np.arange(len(own), 0, -1)
        found[own] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return found
