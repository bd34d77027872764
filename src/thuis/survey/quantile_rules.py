"""Rules for a quantile at or between answers (Hyndman and Fan 1996, Am. Stat. 50: 361; R ``svyquantile``)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from thuis.survey.core.variance import Floats

CLOSE = 1e-12
"""Shares nearer than this are one: sums of weights in another order must not move a quantile."""
NAMES = {"hf1": "math", "hf2": "school", "stata": "school"}
ROWS = ("hf4", "hf5", "hf6", "hf7", "hf8", "hf9", "shahvaish")
"""Rules for which rows of equal answers count one by one, in the order of the file."""
RULES = ("math", "school", "sas", "stata", "hf1", "hf2", "hf3", *ROWS)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """Answers, from low to high, and their weight above 0."""

    values: Floats
    weight: Floats

    @property
    def share(self) -> Floats:
        """The share of weight up to each answer."""
        upto = np.cumsum(self.weight)
        return np.asarray(upto / upto[-1]) if len(upto) else upto


def quantile(step: Step, p: float, rule: str) -> float | None:
    """The quantile at a share.

    "math": the least answer that reaches the share; "school": halfway when one reaches it exactly; "sas":
    between those below and above, by the share of each (SAS PROC SURVEYMEANS); "stata": "school".

    >>> step = Step(np.array([1.0, 2.0, 5.0]), np.array([1.0, 1.0, 2.0]))
    >>> [quantile(step, 0.5, rule) for rule in ("math", "school", "sas", "hf7")]
    [2.0, 3.5, 2.0, 2.0]
    """
    values, share, rule = step.values, step.share, NAMES.get(rule, rule)
    if not len(values) or not -CLOSE <= p <= 1 + CLOSE:
        return None
    if rule in ROWS[1:]:
        return _placed(step, p, rule)
    k = min(int(np.searchsorted(share, p - CLOSE)), len(values) - 1)
    exact = abs(share[k] - p) <= CLOSE
    after = min(k + 1, len(values) - 1)
    if rule == "school" and exact:
        return float((values[k] + values[after]) / 2)
    if rule == "hf3" and exact and (k + 1) % 2:
        return float(values[after])
    if rule in ("sas", "hf4") and k and not exact:
        part = (p - share[k - 1]) / (share[k] - share[k - 1])
        return float(values[k - 1] + part * (values[k] - values[k - 1]))
    return float(values[k])


def _placed(step: Step, p: float, rule: str) -> float:
    """Between answers that each have a place on the way from 0 to 1."""
    w, upto = step.weight, np.cumsum(step.weight)
    before, total = upto - w, upto[-1]
    if rule == "shahvaish":
        own = w / w.mean()
        place = (np.cumsum(own) + 0.5 - w / 2) / (len(w) + 1)
        at = int(np.searchsorted(place, p + CLOSE, side="right")) - 1
        return float(step.values[min(max(at, 0), len(w) - 1)])
    place = {
        "hf5": (upto - w / 2) / total,
        "hf6": upto / (total + w[-1]),
        "hf7": before / (upto[-2] if len(w) > 1 else 1.0),
        "hf8": (before / 3 + upto * 2 / 3) / (total + w[-1] / 3),
        "hf9": (before * 3 / 8 + upto * 5 / 8) / (total + w[-1] / 4),
    }[rule]
    return float(np.interp(p, place, step.values))
