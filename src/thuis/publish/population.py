"""Population counts from a register, which an institute may put beside its survey: ``population.csv``."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from thuis.contract.monitor import Count
from thuis.errors import Place, Problem, ThuisError, raise_all
from thuis.language import texts
from thuis.project.model import Project
from thuis.publish.columns import Column, Kind

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
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    except UnicodeDecodeError as error:
        raise ThuisError(
            Problem(f"byte {error.start} is not UTF-8", Place(FILE), step="save as UTF-8")
        ) from error
    except csv.Error as error:
        raise ThuisError(Problem(f"not readable as CSV: {error}", Place(FILE))) from error
    columns = _columns(project)
    names = [each.name for each in columns]
    header = tuple(rows[0]) if rows else ()
    raise_all(
        [
            Problem(
                f"column {name!r} is missing",
                Place(FILE, 1),
                expected=", ".join(names),
                available=tuple(str(h) for h in header),
            )
            for name in names
            if name not in header
        ]
    )
    raise_all([problem for at, row in enumerate(rows, 2) for problem in _check(row, at, names)])
    title = {lang: texts("publish", lang)("population.title") for lang in project.languages}
    return Population(_written(rows, names), columns, tuple(_record(row, project) for row in rows), title)


def _columns(project: Project) -> tuple[Column, ...]:
    def column(name: str, key: str, kind: Kind = "string", **values: str) -> Column:
        text = {lang: texts("publish", lang)(f"population.{key}", **values) for lang in project.languages}
        return Column(name, kind, text, required=True)

    spoken = [column(f"{key}_{of}", f"{key}.{of}") for key in _SPOKEN for of in project.languages]
    return (
        *spoken,
        column("population", "count", "integer"),
        column("precision", "precision"),
        column("source", "source"),
    )


def _check(row: dict[str, str], at: int, names: list[str]) -> list[Problem]:
    problems = [
        Problem("the cell is empty", Place(FILE, row=at, key=name))
        for name in names
        if not (row[name] or "").strip()
    ]
    count = (row["population"] or "").strip()
    if count and not (count.isascii() and count.isdigit()):
        problems.append(
            Problem(
                f"{count!r} is not a count",
                Place(FILE, row=at, key="population"),
                expected="a whole number without dots or commas",
            )
        )
    return problems


def _written(rows: list[dict[str, str]], names: list[str]) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def _record(row: dict[str, str], project: Project) -> Count:
    spoken = {key: {lang: row[f"{key}_{lang}"] for lang in project.languages} for key in _SPOKEN}
    return Count(
        origin=spoken["origin"],
        born=spoken["born"],
        population=int(row["population"]),
        precision=row["precision"],
        source=row["source"],
    )
