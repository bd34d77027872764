"""Publication: a release becomes the data folder that the site, the downloads and the API are made of.

``publish(project, release, out)`` writes it; ``read_history(folder)`` and ``freeze(project)`` keep
numbered versions. Nothing here knows respondents: what may be public was decided before.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from thuis.publish.folder import PublishReport, publish
from thuis.publish.history import Version, read_history

if TYPE_CHECKING:
    from thuis.publish.freezing import FreezeReport, freeze

__all__ = ["FreezeReport", "PublishReport", "Version", "freeze", "publish", "read_history"]


def __getattr__(name: str) -> Any:
    """Freezing a version attacks it first: who only builds does not wait for the solver that does."""
    if name not in ("FreezeReport", "freeze"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("thuis.publish.freezing"), name)
