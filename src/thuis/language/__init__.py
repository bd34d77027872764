"""Text catalogues: every word the interface shows, a folder per language with one YAML file per area.

All languages hold the same keys; :func:`wanting` compares them. A folder more is a language more: beside
those of thuis, or in a folder of your own that the environment variable ``THUIS_LANGUAGES`` names. A text may
hold ``{name}`` places, filled with :func:`str.format`.
"""

from __future__ import annotations

import os
import string
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from thuis import yaml
from thuis.language.dates import wave

_HERE = Path(__file__).parent
_OWN = os.environ.get("THUIS_LANGUAGES")
_ROOTS = (_HERE, *((Path(_OWN),) if _OWN else ()))
HOMES = {each.parent.name: each.parent for root in _ROOTS for each in sorted(root.glob("*/numbers.yaml"))}
"""Where the texts of each language stand."""
_WAVES = frozenset({"wave", "earlier", "later"})
"""Places of a text that hold the id of a wave."""
LANGUAGES = tuple(sorted(HOMES, reverse=True))
"""The languages that have catalogues."""


@cache
def catalogue(area: str, language: str) -> dict[str, str]:
    """The texts of one area in one language, keys joined by dots.

    :raises KeyError: when the area has no file in that language.
    """
    path = HOMES.get(language, _HERE / language) / f"{area}.yaml"
    if not path.exists():
        raise KeyError(f"no texts for area {area!r} in {language!r}")
    return dict(yaml.texts(path.read_text("utf-8")))


@cache
def texts(area: str, language: str) -> Callable[..., str]:
    """A function ``t(key, **values)`` for one area and language; an unknown key is an error, not a blank."""
    table = catalogue(area, language)

    def text(key: str, **values: object) -> str:
        return table[key].format(**_called(values, language)) if values else table[key]

    return text


def _called(values: Mapping[str, object], language: str) -> Mapping[str, object]:
    """The values of a text, its waves as a reader calls them."""
    if _WAVES.isdisjoint(values):
        return values
    return {name: wave(str(each), language) if name in _WAVES else each for name, each in values.items()}


def everywhere(text: Mapping[str, str]) -> dict[str, str]:
    """A text in every language: what has none shows the first there is; nothing stays nothing.

    >>> everywhere({"fy": "taal"})[LANGUAGES[0]], everywhere({})
    ('taal', {})
    """
    first = next(iter(text.values()), None)
    return {} if first is None else {**dict.fromkeys(LANGUAGES, first), **text}


@cache
def wanting(language: str) -> tuple[str, ...]:
    """What the catalogues of a language lack of those that come with thuis: ``area: key`` for each text, and
    for a text with a place that nothing fills.

    >>> wanting(LANGUAGES[0])
    ()
    """
    found = []
    for area in sorted({each.stem for each in _HERE.glob("*/*.yaml")}):
        theirs: dict[str, set[str]] = {}
        for other in (each for each, home in HOMES.items() if home.parent == _HERE and each != language):
            for key, text in catalogue(area, other).items():
                theirs.setdefault(key, set()).update(_places(text))
        has = (HOMES[language] / f"{area}.yaml").exists()
        own = catalogue(area, language) if has else {}
        found += [f"{area}: {key}" for key in theirs if not own.get(key, "").strip()]
        found += [
            f"{area}: {key} ({{{place}}} is filled by nothing)"
            for key in theirs.keys() & own.keys()
            for place in sorted(_places(own[key]) - theirs[key])
        ]
    return tuple(found)


def _places(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}
