"""thuis: from survey microdata to a public monitor, with the words and commitments that go with it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thuis.survey import Sample

__all__ = ["Sample", "__version__"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "Sample":
        from thuis.survey import Sample

        return Sample
    raise AttributeError(f"module 'thuis' has no attribute {name!r}")
