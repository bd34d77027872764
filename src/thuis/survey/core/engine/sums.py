"""Which sums over rows the statistics of measures need, said once for SQL and for arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from thuis.survey.core.engine.sql import Term
from thuis.survey.core.measures import Total

Ints = NDArray[np.int64]
ROWS, POSITIVE = "rows", "positive"


@dataclass(frozen=True, slots=True)
class Product:
    """The sum over rows of the weight to a power times factors of the row.

    Factors: ``("y", k)`` the answer to measure ``k``, ``("m", k)`` the answer less the measure's shift,
    ``("d", k)`` its denominator, ``("k", k)`` 1 where it is answered; a row without answer adds nothing.
    ``positive`` leaves out rows with weight 0.
    """

    power: int = 0
    factors: tuple[tuple[str, int], ...] = ()
    positive: bool = False

    def sql(self, terms: Sequence[Term]) -> str:
        """The sum over columns ``w``, ``y{k}`` and ``d{k}``."""
        wheres = [f"y{k} IS NOT NULL" for kind, k in self.factors if kind == "k"]
        wheres += ["w > 0"] if self.positive else []
        some = f" FILTER (WHERE {' AND '.join(wheres)})" if wheres else ""
        parts = ["w"] * self.power
        for kind, k in self.factors:
            if kind == "m":
                parts.append(f"(y{k} - {terms[k].shift!r})")
            elif kind != "k":
                parts.append(f"{kind}{k}")
        return f"sum({' * '.join(parts)}){some}" if parts else f"count(*){some}"


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Products, each asked once, and per statistic the product of every measure."""

    products: tuple[Product, ...]
    at: Mapping[str, Ints]


def sums(terms: Sequence[Term], *, positive: bool, squares: bool) -> Sums:
    """What the statistics of measures need.

    n: answers; npos: those with a positive weight; hit: unweighted ones of a share; sw, sy, sd: weighted
    sums; syy: weighted squares of ``y - shift``. With ``squares`` also w2yy, w2yd and w2dd, sums with squared
    weights of what the score is made of: ``y - shift`` and ``d`` for a mean, ``y`` for a total. The last two
    products count the rows, and those with a positive weight.

    :param positive: every weight is above 0.
    """
    asked: dict[Product, int] = {}
    at: dict[str, list[int]] = {}

    def ask(name: str, one: Product) -> None:
        at.setdefault(name, []).append(asked.setdefault(one, len(asked)))

    for k, term in enumerate(terms):
        total, ratio = isinstance(term.measure, Total), term.d is not None
        unit = total and term.measure.columns == ()
        known = () if term.complete else (("k", k),)
        y = known if unit else (("y", k),)
        moved = y if term.shift == 0 or unit else (("m", k),)
        d = (("d", k),) if ratio else known
        ask("n", Product(0, known))
        ask("npos", Product(0, known, positive=not positive))
        ask("hit", Product(0, y if term.binary else known))
        ask("sw", Product(1, known))
        ask("sy", Product(1, y))
        ask("sd", Product(1, d))
        ask("syy", Product(1, y if term.binary or ratio or unit else moved * 2))
        if squares:
            base = y if total else moved
            ask("w2yy", Product(2, base if term.binary or unit else base * 2))
            ask("w2yd", Product(2, y + d if ratio else base))
            ask("w2dd", Product(2, d * 2 if ratio else d))
    at[ROWS], at[POSITIVE] = [len(asked)], [len(asked) + 1]
    products = (*asked, Product(), Product(positive=not positive))
    return Sums(products, {name: np.array(each, dtype=np.int64) for name, each in at.items()})
