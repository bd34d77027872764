"""A survey file taken into a first project: copied, with how it is written, and looked at."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from thuis.codebook import Codebook
from thuis.errors import raise_all, unknowns
from thuis.expression.weights import weight_columns
from thuis.formats import Written, columns_of, sheet_of
from thuis.formats.numbers import Mark
from thuis.project.model import Csv
from thuis.starter.dialect import dialect
from thuis.starter.example import example_csv
from thuis.starter.looked import Looked
from thuis.starter.roles import NONE, ROLES
from thuis.starter.split import Source

_HOW = ("encoding", "delimiter", "decimal", "thousands")


def opened(
    stage: Path, source: Path | None, said: Mapping[str, str | None], book: Codebook | None
) -> tuple[Looked, Source]:
    """The file of a wave in ``data/`` of a project that is being made.

    :param source: the user's file; made-up respondents when left out.
    :param said: what the user said of how it is written.
    """
    how = {name: said.get(name) for name in _HOW}
    file = _data(stage, source, how, said.get("sheet"))
    data = stage / "data" / file
    written_as = _said(dialect(data), how)
    sheet = sheet_of(data, said.get("sheet"))
    marks = (_mark(how["decimal"]), how["thousands"])
    return Looked(data, written(written_as, sheet), book, marks), Source(file, written_as, sheet)


def _data(stage: Path, source: Path | None, how: Mapping[str, str | None], sheet: str | None) -> str:
    if source is None:
        (stage / "data" / "example.csv").write_text(example_csv(), "utf-8")
        return "example.csv"
    columns_of(source, written(_said(dialect(source), how), sheet))
    shutil.copyfile(source, stage / "data" / source.name)
    return source.name


def _said(seen: Csv, how: Mapping[str, str | None]) -> Csv:
    """What was seen of a file, with what was said of it in its place."""
    if how.get("thousands") and not how.get("decimal"):
        seen = seen.model_copy(update={"decimal": "," if how["thousands"] == "." else "."})
    return seen.model_copy(update={name: value for name, value in how.items() if value})


def _mark(said: str | None) -> Mark | None:
    return "," if said == "," else "." if said == "." else None


def written(how: Csv, sheet: str | None) -> Written:
    """How a file is written, for what reads it."""
    return Written(how.encoding, how.delimiter, how.decimal, how.thousands, sheet)


def roles_said(
    said: Mapping[str, str | None], there: Mapping[str, object]
) -> tuple[dict[str, str | None], str | None]:
    """The columns that the user named by their role; apart from them, a weight that is made of several.

    :raises ThuisError: when one of the several is not there.
    """
    columns = {name: said.get(name) for name in ROLES}
    weight = columns["weight"]
    several = weight_columns(weight, there) if weight else ()
    if weight is None or several == (weight,):
        return columns, None
    raise_all(unknowns("column", several, there))
    return {**columns, "weight": NONE}, weight
