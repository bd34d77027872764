"""thuis: from survey microdata to a public monitor, with the words and commitments that go with it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thuis.errors import ThuisError
    from thuis.monitor.pipeline import build
    from thuis.project import load_project
    from thuis.survey import Estimates, Mean, Proportion, Ratio, Replicates, Sample, Total

__all__ = [
    "Estimates",
    "Mean",
    "Proportion",
    "Ratio",
    "Replicates",
    "Sample",
    "ThuisError",
    "Total",
    "__version__",
    "build",
    "load_project",
]
__version__ = "0.1.0"

_ROOMS = {
    "ThuisError": "thuis.errors",
    "build": "thuis.monitor.pipeline",
    "load_project": "thuis.project",
}


def __getattr__(name: str) -> Any:
    """A public name, whose room is opened at its first use: `import thuis` itself takes no time."""
    if name not in __all__ or name.startswith("_"):
        raise AttributeError(f"module 'thuis' has no attribute {name!r}")
    return getattr(import_module(_ROOMS.get(name, "thuis.survey")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
