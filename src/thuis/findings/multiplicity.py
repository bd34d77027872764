"""Many tests at once: Holm's adjusted p-values."""

from __future__ import annotations

import math
from collections.abc import Sequence


def holm(p: Sequence[float]) -> list[float]:
    """Holm (1979) adjusted p-values in the order given, as R ``p.adjust(p, "holm")``; NaN is no test.

    >>> [round(each, 4) for each in holm([0.01, 0.04, 0.03, float("nan")])]
    [0.03, 0.06, 0.06, nan]
    """
    tested = sorted((i for i, each in enumerate(p) if not math.isnan(each)), key=lambda i: p[i])
    out, worst = [math.nan] * len(p), 0.0
    for rank, i in enumerate(tested):
        worst = max(worst, min(1.0, p[i] * (len(tested) - rank)))
        out[i] = worst
    return out
