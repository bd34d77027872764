"""Population counts from a register, which an institute may put beside its survey: ``population.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thuis.contract.monitor import Count
from thuis.errors import Problem, raise_all
from thuis.language import texts
from thuis.language.direction import named
from thuis.project.model import Project
from thuis.publish.columns import Column, Kind
from thuis.tables import as_csv, read_table

FILE = "population.csv"
_SPOKEN = ("origin", "born")


@dataclass(frozen=True, slots=True)
class Population:
    """The counts as a table and as records."""

    content: bytes
    columns: tuple[Column, ...]
    records: tuple[Count, ...]
    title: dict[str, str]


def population(project: Project) -> Population | None:
    """The counts of the project folder's ``population.csv``, or None when it has none.

    The columns are ``origin_<language>``, ``born_<language>``, ``population`` (a whole number), ``precision``
    and ``source``.

    :raises ThuisError: for a missing column, an empty cell, or a count that is no whole number; all at once.
    """
    path = project.folder / FILE
    if not path.exists():
        return None
    columns = _columns(project)
    names = [each.name for each in columns]
    problems: list[Problem] = []
    rows = read_table(path, problems, required=names, name=FILE)
    for row in rows:
        for name in names:
            row.need(name, problems)
        row.whole("population", problems)
    raise_all(problems)
    title = {lang: texts("publish", lang)("population.title") for lang in project.languages}
    cells = [row.cells for row in rows]
    return Population(
        as_csv(cells, names, guarded=True).encode(),
        columns,
        tuple(_record(each, project) for each in cells),
        title,
    )


def _columns(project: Project) -> tuple[Column, ...]:
    def column(name: str, key: str, kind: Kind = "string", of: str = "") -> Column:
        text = {lang: texts("publish", lang)(f"population.{key}") for lang in project.languages}
        if of:
            text = {lang: f"{said} ({named(of, lang)})" for lang, said in text.items()}
        return Column(name, kind, text, required=True)

    spoken = [column(f"{key}_{of}", key, of=of) for key in _SPOKEN for of in project.languages]
    return (
        *spoken,
        column("population", "count", "integer"),
        column("precision", "precision"),
        column("source", "source"),
    )


def _record(row: Mapping[str, str], project: Project) -> Count:
    spoken = {key: {lang: row[f"{key}_{lang}"] for lang in project.languages} for key in _SPOKEN}
    return Count(
        origin=spoken["origin"],
        born=spoken["born"],
        population=int(row["population"]),
        precision=row["precision"],
        source=row["source"],
    )
