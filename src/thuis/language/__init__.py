"""Text catalogues: every word the interface shows, a folder per language with one YAML file per area.

All languages hold the same keys; a test compares them. A folder more is a language more. A text may
hold ``{name}`` places, filled with :func:`str.format`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from thuis import yaml

_HERE = Path(__file__).parent
LANGUAGES = tuple(sorted((each.parent.name for each in _HERE.glob("*/numbers.yaml")), reverse=True))
"""The languages that have catalogues."""


@cache
def catalogue(area: str, language: str) -> dict[str, str]:
    """The texts of one area in one language, keys joined by dots.

    :raises KeyError: when the area has no file in that language.
    """
    path = _HERE / language / f"{area}.yaml"
    if not path.exists():
        raise KeyError(f"no texts for area {area!r} in {language!r}")
    return dict(yaml.texts(path.read_text("utf-8")))


def texts(area: str, language: str) -> Callable[..., str]:
    """A function ``t(key, **values)`` for one area and language; an unknown key is an error, not a blank."""
    table = catalogue(area, language)

    def text(key: str, **values: object) -> str:
        return table[key].format(**values) if values else table[key]

    return text
