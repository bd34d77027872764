"""What an attack finds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

Kind = Literal[
    "exact", "narrow", "remainder", "alike", "few", "implied", "answers", "routing", "pooled",
    "adjusted", "difference", "withdrawn", "linked", "changed", "scale", "panel", "finding", "said", "map",
    "held", "left",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Weak:
    """A number that is known too well: respondents of a cell, or those who gave an answer.

    It lies from ``low`` to ``high``, in persons. ``kind`` is the way it is known (:data:`KINDS`); ``figure``
    its ``indicator/breakdown``, ``wave`` and ``cell`` (ids of categories) which number it is; ``how`` names
    the published cells it follows from.
    """

    kind: Kind
    figure: str
    wave: str
    cell: tuple[str, ...]
    low: float
    high: float
    how: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain names and numbers."""
        return {**asdict(self), "cell": list(self.cell)}
