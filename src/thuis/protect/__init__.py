"""Disclosure protection: every cell is published, or withheld with a reason and without a number.

``protect(estimates, rules, structure) -> Release``

- ``estimates``: :class:`thuis.values.Estimates`, the cells before any was judged;
- ``rules``: :class:`ProtectionRules`, the limits (``ProtectionRules.of(project.protection)``);
- ``structure``: :class:`Structure`, which cells there are and how they add up (``structure_of(project)``).

The stages are :mod:`~thuis.protect.primary` (few respondents, telling shares),
:mod:`~thuis.protect.reliability` (wide intervals), :mod:`~thuis.protect.secondary` (cells that would narrow a
withheld one, by :mod:`~thuis.protect.bounds`, over a :mod:`~thuis.protect.system` of people) and
:mod:`~thuis.protect.audit` (what decided, for the data officer).
``write_audit(release, folder)`` writes the last.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from thuis.protect.rules import ProtectionRules
from thuis.protect.structure import IndicatorShape, Structure, structure_of

if TYPE_CHECKING:
    from thuis.protect.audit import write_audit
    from thuis.protect.judge import protect
    from thuis.protect.primary import telling

# Who only checks a project does not wait for the solver.
_LATER = {"protect": "judge", "telling": "primary", "write_audit": "audit"}

__all__ = [
    "IndicatorShape",
    "ProtectionRules",
    "Structure",
    "protect",
    "structure_of",
    "telling",
    "write_audit",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
