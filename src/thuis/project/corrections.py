"""``corrections.csv``: what was wrong in a published version, told by the institute."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from pathlib import Path

from thuis.errors import Place, Problem
from thuis.project.files import read_text
from thuis.project.model import Correction

NAME = "corrections.csv"


def read_corrections(
    folder: Path, languages: tuple[str, ...]
) -> tuple[tuple[Correction, ...], list[Problem]]:
    """The corrections of a project folder, none when it has no such file, and everything wrong with them."""
    path = folder / NAME
    if not path.exists():
        return (), []
    text = read_text(path, NAME)
    if isinstance(text, Problem):
        return (), [text]
    columns = ["date", "version", "indicator", *languages]
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        return (), [Problem(f"not readable as CSV: {error}", Place(NAME), step="close every quote")]
    header = rows[0][1] if rows else []
    absent = [name for name in columns if name not in header]
    if absent:
        missing = f"column{'s' if len(absent) > 1 else ''} {', '.join(map(repr, absent))}"
        where = Place(NAME, 1)
        step = "write the names of the columns in the first line"
        return (), [
            Problem(f"{missing} missing", where, ", ".join(columns), available=tuple(header), step=step)
        ]
    found: list[Correction] = []
    problems: list[Problem] = []
    for line, cells in rows[1:]:
        faults = list(_faults(line, cells, header, columns))
        problems += faults
        if not faults:
            values = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
            texts = {language: values[language] for language in languages}
            date = dt.date.fromisoformat(values["date"])
            found.append(Correction(date, values["version"], values["indicator"], texts, line))
    return tuple(found), problems


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    for cells in reader:
        if cells:
            yield line, cells
        line = reader.line_num + 1


def _faults(line: int, cells: list[str], header: list[str], columns: list[str]) -> Iterator[Problem]:
    if len(cells) != len(header):
        yield Problem(
            f"the row has {len(cells)} cells, the header {len(header)}",
            Place(NAME, line),
            step="put double quotes around a text with a comma in it",
        )
        return
    values = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    for name in columns:
        if not values[name]:
            yield Problem(
                "the cell is empty", Place(NAME, line, key=name), step="fill it in, or remove the row"
            )
    if values["date"] and not _is_date(values["date"]):
        yield Problem(
            f"{values['date']!r} is not a date",
            Place(NAME, line, key="date"),
            expected="a date like 2026-01-31",
        )


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def released(folder: Path) -> set[str]:
    """The versions that ``thuis release`` keeps in a project folder."""
    names = {each.name.removesuffix(".zip") for each in (folder / "releases").glob("*.*")}
    return {name for name in names if re.fullmatch(r"\d+\.\d+", name)}
