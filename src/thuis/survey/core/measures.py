"""What can be estimated: frozen values that say how a row counts in a numerator and a denominator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


def answers_of(value: Any) -> tuple[Any, ...]:
    """One answer or several, from a list, an array, a Series or a set, as plain Python values.

    >>> import numpy as np
    >>> answers_of("yes"), answers_of(np.int64(2)), answers_of(np.array([1, 2])), answers_of(range(2))
    (('yes',), (2,), (1, 2), (0, 1))
    """
    for way in ("to_list", "tolist"):
        if hasattr(value, way):
            value = getattr(value, way)()
            break
    one = isinstance(value, str | bytes) or not isinstance(value, Iterable)
    return (value,) if one else tuple(each.item() if hasattr(each, "item") else each for each in value)


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a numeric ``column`` over rows with an answer (R ``svymean(na.rm=TRUE)``).

    ``name`` is what it is called in results, here as of every measure; a name is made when it is left out.

    >>> Mean("age").label
    'mean(age)'
    """

    column: str
    name: str | None = None

    @property
    def label(self) -> str:
        """The name under which the result stands."""
        return self.name or f"mean({self.column})"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads."""
        return (self.column,)


@dataclass(frozen=True, slots=True)
class Proportion:
    """The share of rows whose answer in ``column`` lies in ``values``, among rows with an answer; 0 to 1.

    ``name`` is what it is called in results. ``valid`` limits the answers that count at all; others are
    missing. Without ``values`` the column must be boolean or 0/1. Both may be one answer, a list, an array or
    a Series.

    >>> Proportion("trust", values=("can",)).label
    'proportion(trust in can)'
    """

    column: str
    values: tuple[object, ...] | None = None
    valid: tuple[object, ...] | None = None
    name: str | None = None

    def __post_init__(self) -> None:
        for each in ("values", "valid"):
            if getattr(self, each) is not None:
                object.__setattr__(self, each, answers_of(getattr(self, each)))

    @property
    def label(self) -> str:
        """The name under which the result stands."""
        inside = "" if self.values is None else f" in {', '.join(map(str, self.values))}"
        return self.name or f"proportion({self.column}{inside})"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads."""
        return (self.column,)


@dataclass(frozen=True, slots=True)
class Total:
    """The weighted total of a numeric ``column``; without one, the estimated number of units.

    ``name`` is what it is called in results.

    >>> Total().label
    'total'
    """

    column: str | None = None
    name: str | None = None

    @property
    def label(self) -> str:
        """The name under which the result stands."""
        return self.name or (f"total({self.column})" if self.column else "total")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads."""
        return (self.column,) if self.column else ()


@dataclass(frozen=True, slots=True)
class Ratio:
    """The total of ``numerator`` over that of ``denominator``, over rows where both are known (R
    ``svyratio``).

    ``name`` is what it is called in results.

    >>> Ratio("cost", "persons").label
    'ratio(cost/persons)'
    """

    numerator: str
    denominator: str
    name: str | None = None

    @property
    def label(self) -> str:
        """The name under which the result stands."""
        return self.name or f"ratio({self.numerator}/{self.denominator})"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads."""
        return (self.numerator, self.denominator)


Measure = Mean | Proportion | Total | Ratio


def column_of(measure: Measure) -> str | None:
    """The column whose answers a measure takes as they are; None where it makes something else of them.

    >>> column_of(Mean("age")), column_of(Proportion("sex", ("m",)))
    ('age', None)
    """
    match measure:
        case Mean(str(name)) | Total(str(name)) | Proportion(str(name), None, None):
            return name
        case _:
            return None
