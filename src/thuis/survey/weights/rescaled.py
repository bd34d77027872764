"""The multistage rescaled bootstrap: half the units of every stratum of every stage, drawn anew each time.

Preston (2009), Survey Methodology 35: 227 (R ``mrbweights``). Finite populations of all stages count.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from thuis.survey.core.variance import Bools, Floats, Ints, Strata

Part = tuple[Ints | None, Ints, Strata]
"""Of a stage: the unit of every final unit, the stratum of every unit, and its strata."""


def rescaled(stages: Sequence[Part], finals: int, replicates: int, seed: int) -> tuple[Floats, float, Floats]:
    """What every final unit counts for in each replicate, and what the squares of deviations count for.

    Of ``n`` units ``m = n // 2`` are kept. A stage adds ``l (n / m kept - 1)`` to 1, with
    ``l^2 = F (1 - f) m / (n - m)``, ``f`` the fraction sampled there and ``F`` that of the stages before,
    times ``sqrt(n / m)`` for every stage before, and nothing where a unit of one was not kept.
    """
    random = np.random.default_rng(seed)
    factors, before = np.ones((finals, replicates)), np.ones((finals, replicates))
    for unit, stratum, strata in stages:
        own = np.arange(finals) if unit is None else unit
        n = strata.units[stratum]
        half = n // 2
        kept = drawn(stratum, half, replicates, random)
        with np.errstate(all="ignore"):
            # The factor of the squares is F (1 - f) n / (n - 1).
            left = np.sqrt(half * strata.scale[stratum] * (n - 1) / n / (n - half))
            added = np.where(half > 0, left, 0.0)[:, None] * (kept * (n / half)[:, None] - 1)
            grown = np.where(kept, np.sqrt(n / half)[:, None], 0.0)
        some = (half > 0)[:, None]
        factors += before * np.where(some, added, 0.0)[own]
        before = before * np.where(some, grown, 0.0)[own]
    return factors, 1.0, np.full(replicates, 1 / (replicates - 1))


def drawn(stratum: Ints, many: Floats, replicates: int, random: np.random.Generator) -> Bools:
    """Units x replicates: which are kept, so ``many`` of the stratum of each."""
    found = np.empty((len(stratum), replicates), dtype=bool)
    for r in range(replicates):
        order = np.lexsort((random.random(len(stratum)), stratum))
        h = stratum[order]
        place = np.arange(len(h)) - np.searchsorted(h, h)
        found[order, r] = place < many[order]
    return found
