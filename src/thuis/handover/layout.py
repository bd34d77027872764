"""How a book of tables is laid out: ``tables.yaml``, every key of which may be left out."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from thuis.contract.base import Strict
from thuis.contract.folder import DataFolder
from thuis.errors import Problem, raise_all, unknown
from thuis.values import TOTAL
from thuis.yaml.faults import as_model
from thuis.yaml.located import Located, read_yaml

Line = Literal[
    "estimate", "interval", "rest", "respondents", "effective", "deviation", "row-share", "letters", "change"
]
LINES: tuple[Line, ...] = get_args(Line)
STANDARD: tuple[Line, ...] = tuple(each for each in LINES if each != "rest")


class Layout(Strict):
    """What stands in the book, in which order. Nothing given: everything, as it stands in the monitor."""

    title: dict[str, str] = Field(default_factory=dict)
    """title per language, instead of the monitor's"""
    themes: tuple[str, ...] = ()
    """ids of the themes"""
    indicators: tuple[str, ...] = ()
    """ids of the indicators"""
    banner: tuple[str, ...] = ()
    """ids of the breakdowns, from left to right"""
    waves: tuple[str, ...] | Literal["all", "last"] = "all"
    """ids of waves, ``all`` or ``last``"""
    lines: tuple[Line, ...] = STANDARD
    """the lines under each other"""
    overview: bool = True
    """whether each theme has a sheet with all its indicators"""


def read_layout(path: Path, data: DataFolder) -> Layout:
    """The layout in a file, held against what the data folder has.

    :raises ThuisError: every key that is not known, every value of the wrong kind and every id that is not in
        the data folder, each with its line.
    """
    found = read_yaml(path, path.name)
    layout = as_model(found, Layout)
    raise_all(_strangers(layout, data, found))
    return layout


def _strangers(layout: Layout, data: DataFolder, found: Located) -> list[Problem]:
    breakdowns = dict.fromkeys([TOTAL, *(f.breakdown for i in data.indicators for f in i.figures)])
    kinds: dict[str, tuple[str, list[str]]] = {
        "themes": ("theme", [each.id for each in data.themes]),
        "indicators": ("indicator", [each.id for each in data.indicators]),
        "banner": ("breakdown", list(breakdowns)),
        "waves": ("wave", list(data.waves)),
    }
    problems = []
    for key, (kind, known) in kinds.items():
        given = getattr(layout, key)
        for number, each in enumerate(given if isinstance(given, tuple) else ()):
            if each not in known:
                problems.append(unknown(kind, each, known, found.place((key, number))))
    for language in layout.title:
        if language not in data.languages:
            problems.append(unknown("language", language, data.languages, found.place(("title", language))))
    return problems
