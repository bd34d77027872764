"""Attacks on standard errors: the counts behind a mean on a short scale, and the turnover of a panel.

Both ask for flat weights, which show: the answers of every cell add up to a whole number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from thuis.audit.answers import FEW, counted
from thuis.audit.attack import Table, groups
from thuis.audit.model import Weak
from thuis.audit.read import At, Figure, Published

Floats = NDArray[np.float64]
SHORT = 7
"""Answers of a scale up to which the range of each is asked."""
WHOLE = 1e-4
NEAR = 0.05
"""Turnovers this near whole numbers in every cell are counts."""
SEVERAL = 3


def attack_scales(figure: Figure, wave: str, cells: Table, minimum: int) -> Iterator[Weak]:
    """Published means that leave a handful of people at an end of the scale."""
    low, high = figure.scale
    if not (float(low).is_integer() and float(high).is_integer() and 1 <= high - low < SHORT):
        return
    shown = [c for _, c in cells.values() if c["status"] == "published" and c.get("se") is not None]
    sums = [cell["estimate"] * cell["n"] for cell in shown]
    if len(shown) < SEVERAL or any(abs(each - round(each)) > WHOLE * 10 for each in sums):
        return
    values = np.arange(low, high + 1)
    for at, (name, cell) in cells.items():
        if cell["status"] == "published" and cell.get("se") is not None and cell["n"] < 4 * minimum:
            found = _end(values, cell)
            if found is not None:
                how = "n, the mean and its standard error"
                yield Weak("scale", name, wave, at[1], round(found[0], 3), round(found[1], 3), how)


def _end(values: Floats, cell: dict[str, Any]) -> tuple[float, float] | None:
    """The range of those at one end, when it is a handful and somebody."""
    n, mean = float(cell["n"]), float(cell["estimate"])
    deff, df = cell.get("deff"), cell.get("df")
    if not deff or not df:
        return None
    # deff is over a simple sample with replacement: se^2 = deff * s^2 / n with s^2 on n - 1.
    spread = float(cell["se"]) ** 2 * n / deff * (n - 1)
    known = np.array([np.ones(len(values)), values, (values - mean) ** 2])
    told = np.array([n, n * mean, spread])
    for cut in range(1, len(values)):
        for side in (slice(None, cut), slice(cut, None)):
            goal = np.zeros(len(values))
            goal[side] = 1.0
            low, high = (_bound(sign * goal, known, told) for sign in (1.0, -1.0))
            if low is not None and high is not None and low > 0.5 and -high < FEW - 0.5:
                return low, -high
    return None


def _bound(goal: Floats, known: Floats, told: Floats) -> float | None:
    slack = np.array([1e-6, 1e-4, 1e-4 * max(told[2], 1.0)])
    ends = np.concatenate([told + slack, slack - told])
    found = linprog(goal, A_ub=np.vstack([known, -known]), b_ub=ends, method="highs")
    return float(found.fun or 0.0) if found.status == 0 else None


@dataclass(frozen=True, slots=True)
class _Turnover:
    """Respondents, those who gave the answer twice, now, and then; ``shared`` is the part of the variance."""

    figure: str
    n: float
    both: float
    now: float
    then: float
    shared: float

    def fewest(self) -> float:
        return min(
            self.both, self.now - self.both, self.then - self.both, self.n - self.now - self.then + self.both
        )

    def less(self, parts: list[_Turnover]) -> _Turnover:
        """What the parts leave."""
        n, both, now, then = (
            getattr(self, name) - sum(getattr(each, name) for each in parts)
            for name in ("n", "both", "now", "then")
        )
        return _Turnover(self.figure, n, both, now, then, self.shared)


def attack_panels(published: Published, tables: Mapping[tuple[str, str], Table]) -> Iterator[Weak]:
    """Changes of shares that tell how few people changed their answer, or did not."""
    found: dict[tuple[str, str, str], dict[At, _Turnover]] = {}
    for figure in published.figures:
        for test in figure.comparisons if figure.kind == "proportion" else ():
            cell = tuple(test["cell"])
            if test.get("type") == "wave" and test.get("se") is not None:
                pair = [figure.cells.get((test[each], cell)) or {} for each in ("wave", "other_wave")]
                if all(each.get("df") for each in pair) and pair[0]["n"] == pair[1]["n"]:
                    of = found.setdefault((figure.indicator, test["wave"], test["other_wave"]), {})
                    of[figure.dimensions, cell] = _turnover(figure.id, pair, test)
    for (indicator, wave, other_wave), changes in found.items():
        own = [tables.get((indicator, each), {}) for each in (wave, other_wave)]
        whole = all(abs(each.both - round(each.both)) < NEAR for each in changes.values())
        shared = any(each.shared > WHOLE for each in changes.values())
        if len(changes) < 2 or not whole or not shared or any(not c or counted(c) is None for c in own):
            continue
        left = dict(_left(changes, {at: cell for at, (_, cell) in own[0].items()}))
        for at, each in [*changes.items(), *left.items()]:
            few = each.fewest()
            if -0.5 < few < 0.5 or (-0.5 < few < FEW - 0.5 and each.n < 4 * published.minimum):
                how = f"the change since {other_wave}" + (", as what others leave" if at in left else "")
                name = own[0][at][0] if at in own[0] else each.figure
                yield Weak("panel", name, wave, at[1], max(round(few), 0), max(round(few), 0), how)


def _turnover(figure: str, pair: list[dict[str, Any]], test: dict[str, Any]) -> _Turnover:
    now, then = pair
    n, size = float(now["n"]), float(now["df"]) + 1
    a, b = float(now["se"]) ** 2, float(then["se"]) ** 2
    covariance = (a + b - float(test["se"]) ** 2) / 2
    p, q = float(now["estimate"]), float(then["estimate"])
    both = n * (covariance * n * (size - 1) / size + p * q) / 1e4
    return _Turnover(figure, n, both, n * p / 100, n * q / 100, abs(covariance) / (a + b) if a + b else 0.0)


def _left(
    changes: Mapping[At, _Turnover], known: Mapping[At, dict[str, Any]]
) -> Iterator[tuple[At, _Turnover]]:
    """The turnover of the only part of a whole whose change is not published."""
    for _, _, whole, parts in groups(known):
        hidden = [at for at in parts if at not in changes]
        if whole in changes and len(hidden) == 1:
            yield hidden[0], changes[whole].less([changes[at] for at in parts if at in changes])
