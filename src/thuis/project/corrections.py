"""``corrections.csv``: what was wrong in a published version, told by the institute."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from thuis.errors import Problem
from thuis.project.model import Correction
from thuis.tables import read_table

NAME = "corrections.csv"


def read_corrections(
    folder: Path, languages: tuple[str, ...]
) -> tuple[tuple[Correction, ...], list[Problem]]:
    """The corrections of a project folder, none when it has no such file, and everything wrong with them."""
    problems: list[Problem] = []
    if not (folder / NAME).exists():
        return (), problems
    columns = ("date", "version", "indicator", *languages)
    found: list[Correction] = []
    for row in read_table(folder / NAME, problems, required=columns, name=NAME):
        before = len(problems)
        values = {name: row.need(name, problems) for name in columns}
        row.date("date", problems, partial=False)
        if len(problems) == before:
            texts = {language: values[language] for language in languages}
            date = dt.date.fromisoformat(values["date"])
            found.append(Correction(date, values["version"], values["indicator"], texts, row.line))
    return tuple(found), problems


def released(folder: Path) -> set[str]:
    """The versions that ``thuis release`` keeps in a project folder."""
    names = {each.name.removesuffix(".zip") for each in (folder / "releases").glob("*.*")}
    return {name for name in names if re.fullmatch(r"\d+\.\d+", name)}
