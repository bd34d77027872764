"""The table of initiatives: its columns, in English or Dutch, and what each may hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from thuis.language import LANGUAGES
from thuis.language.direction import named
from thuis.tables import shipped


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the Dutch name, what it is for, and an example for the template."""

    name: str
    nl: str
    what: str
    example: str = ""
    many: bool = False


def _columns() -> Iterator[Column]:
    for row in shipped("thuis.directory", "data/columns.csv"):
        yield Column(row["name"], row["nl"], row["what"], row["example"], row["many"] == "yes")
        if row["name"] == "description_nl":
            for each in (each for each in LANGUAGES if each != "nl"):
                dutch = f"omschrijving {named(each, 'nl').lower()}"
                yield Column(f"description_{each}", dutch, f"In {named(each, 'en')}")


COLUMNS = tuple(_columns())
NAMES = tuple(each.name for each in COLUMNS)
BY_NAME = {each.name: each for each in COLUMNS}
ALIASES = {
    **{each.nl: each.name for each in COLUMNS},
    **{each.name: each.name for each in COLUMNS},
    **{row["header"]: row["column"] for row in shipped("thuis.directory", "data/headers.csv")},
}
"""Headers that people write, folded, and the column they mean."""
