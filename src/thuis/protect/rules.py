"""The limits a cell must keep to be published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from thuis.errors import Problem, raise_all

FLOOR = 10
"""Respondents below which no project can publish a cell."""


@dataclass(frozen=True, slots=True)
class ProtectionRules:
    """The limits of one monitor.

    ``minimum_n`` counts respondents with an answer, never under :data:`FLOOR`. Half widths are in percentage
    points and hold for proportions: above ``maximum_half_width`` a cell is withheld, above
    ``moderate_half_width`` its reliability is "moderate"; ``maximum_cv`` (standard error over mean) holds for
    means. Intervals are of ``level``. A share with
    fewer than ``minimum_hits`` respondents on either side says too much about few people in a cell of fewer
    than ``small_n`` respondents; a share with nobody on one side does so at any size. ``digits`` is ``full``
    or ``standard-error``, ``respondents`` is ``exact`` or ``rounded`` (:mod:`thuis.protect.rounding`).

    :raises ThuisError: when a limit is outside its range; all of them at once.

    >>> ProtectionRules(minimum_n=50).small_n
    200
    >>> ProtectionRules(minimum_n=5)
    Traceback (most recent call last):
    ...
    thuis.errors.ThuisError: protection.minimum_n is 5
      expected: at least 10 respondents, the floor no project can go under
      next: raise minimum_n in thuis.yaml
    """

    minimum_n: int = 50
    maximum_half_width: float = 15.0
    maximum_cv: float = 0.3
    moderate_half_width: float = 8.0
    level: float = 0.95
    minimum_hits: int = 5
    digits: str = "full"
    respondents: str = "exact"

    def __post_init__(self) -> None:
        floor = f"at least {FLOOR} respondents, the floor no project can go under"
        checks = (
            ("minimum_n", self.minimum_n >= FLOOR, floor),
            (
                "maximum_half_width",
                0 < self.maximum_half_width <= 50,
                "above 0, at most 50 percentage points",
            ),
            ("maximum_cv", self.maximum_cv > 0, "above 0"),
            (
                "moderate_half_width",
                0 < self.moderate_half_width <= self.maximum_half_width,
                f"above 0, at most maximum_half_width ({self.maximum_half_width:g})",
            ),
            ("level", 0.5 <= self.level < 1, "from 0.5 to below 1"),
            ("minimum_hits", self.minimum_hits >= 1, "at least 1"),
        )
        raise_all(
            [
                Problem(
                    f"protection.{name} is {getattr(self, name)}",
                    expected=expected,
                    step=f"{'raise' if name == 'minimum_n' else 'correct'} {name} in thuis.yaml",
                )
                for name, good, expected in checks
                if not good
            ]
        )

    @property
    def small_n(self) -> int:
        """Respondents below which a handful on one side of a share is telling: four times the minimum."""
        return 4 * self.minimum_n

    @property
    def moderate_cv(self) -> float:
        """Above this a mean is "moderate": the same part of its maximum as for half widths."""
        return self.maximum_cv * self.moderate_half_width / self.maximum_half_width

    @classmethod
    def of(cls, settings: Any) -> ProtectionRules:
        """The rules from ``settings``, any object with the attributes of ``protection`` in ``thuis.yaml``."""
        return cls(
            minimum_n=settings.minimum_n,
            maximum_half_width=settings.maximum_half_width,
            maximum_cv=settings.maximum_cv,
            moderate_half_width=settings.moderate_half_width,
            level=settings.level,
            minimum_hits=getattr(settings, "minimum_hits", 5),
            digits=getattr(settings, "digits", "full"),
            respondents=getattr(settings, "respondents", "exact"),
        )
