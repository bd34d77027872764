"""The columns of the published tables: name, type and meaning, told once for all descriptions of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from thuis.errors import ThuisError
from thuis.language import texts
from thuis.language.direction import named
from thuis.project.model import Breakdown, Project
from thuis.project.sets import dimensions
from thuis.tables import FORMULA
from thuis.values import NUMBERS, REASONS

Kind = Literal["string", "number", "integer", "boolean"]
TYPES: dict[Kind, pl.DataType] = {
    "string": pl.String(),
    "number": pl.Float64(),
    "integer": pl.Int64(),
    "boolean": pl.Boolean(),
}
STATUSES = ("published", "withheld")
RELIABILITIES = ("good", "moderate")
VERDICTS = ("higher", "lower", "none")
_KINDS: dict[str, Kind] = {
    **dict.fromkeys((*NUMBERS, "difference", "p", "p_adjusted"), "number"),
    "n": "integer",
    "across_break": "boolean",
}
_VALUES: dict[str, tuple[str, ...]] = {
    "status": STATUSES,
    "reason": REASONS,
    "reliability": RELIABILITIES,
    "verdict": VERDICTS,
    "type": ("category", "wave"),
}
_ALWAYS = {"indicator", "breakdown", "wave", "unit", "status", "type", "difference", "verdict"}
_FIRST = ("indicator", "breakdown", "wave")
OF_CELL = ("unit", "status", "reason", "reliability", *NUMBERS, "synthetic")
KEPT = (*_FIRST, *OF_CELL)
"""Names that no breakdown can have."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``text`` says what it holds, per language; ``values`` lists all it may hold, if few."""

    name: str
    kind: Kind
    text: Mapping[str, str]
    values: tuple[str, ...] = ()
    required: bool = False


def column_name(breakdown: str) -> str:
    """A breakdown's column: R, SQL and CSVW know no hyphen in a name.

    >>> column_name("municipality-size")
    'municipality_size'
    """
    return breakdown.replace("-", "_")


def figure_columns(project: Project, parts: Sequence[str]) -> tuple[Column, ...]:
    """The columns of the table of one figure, in order.

    :param parts: ids of the breakdowns that are crossed; none for the whole population.
    :raises ThuisError: when a breakdown has the name of another column.
    """
    known = dimensions(project)
    declared = [known[part] for part in parts]
    codes = [_codes(each, project) for each in declared]
    labels = [label for each in declared for label in _labels(each, project)]
    first = [plain(name, project) for name in _FIRST]
    found = (*first, *codes, *labels, *(plain(name, project) for name in OF_CELL))
    names = [each.name for each in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ThuisError(
            f"the tables already have a column {twice[0]!r}",
            project.place("breakdowns", next((p for p in parts if column_name(p) in twice), parts[0])),
            step="give the breakdown another id",
        )
    return found


def plain(name: str, project: Project, *, required: bool | None = None) -> Column:
    """A column that every table of its kind has."""
    text = {lang: texts("publish", lang)(f"column.{name}") for lang in project.languages}
    must = name in _ALWAYS or (name == "synthetic" and project.synthetic is not None)
    return Column(
        name,
        _KINDS.get(name, "string"),
        text,
        _VALUES.get(name, ()),
        must if required is None else required,
    )


def _codes(each: Breakdown, project: Project) -> Column:
    ids = tuple(category.id for category in each.shown)
    text = {lang: texts("publish", lang)("column.code", title=each.title[lang]) for lang in project.languages}
    return Column(column_name(each.id), "string", text, ids, required=True)


def _labels(each: Breakdown, project: Project) -> list[Column]:
    return [
        Column(
            f"{column_name(each.id)}_{of}",
            "string",
            {
                lang: texts("publish", lang)("column.label", title=each.title[lang], language=named(of, lang))
                for lang in project.languages
            },
            required=True,
        )
        for of in project.languages
    ]


def joined(text: Mapping[str, str] | None, project: Project) -> str | None:
    """A text in every language in one cell of a table, once when they are the same.

    >>> from types import SimpleNamespace
    >>> joined({"nl": "punten", "en": "points"}, SimpleNamespace(languages=("nl", "en")))
    'punten / points'
    """
    return " / ".join(dict.fromkeys(text[lang] for lang in project.languages)) if text else None


def as_csv(table: pl.DataFrame) -> bytes:
    """A table as CSV in which no text is a formula to a spreadsheet; Parquet keeps the text as it is."""
    said = pl.col(pl.String)
    guarded = pl.when(said.str.slice(0, 1).is_in(FORMULA)).then(pl.lit("'") + said).otherwise(said)
    return table.with_columns(guarded.name.keep()).write_csv().encode()


def frame(columns: Sequence[Column], values: Mapping[str, Sequence[object]]) -> pl.DataFrame:
    """A table with these columns, in this order and with their types."""
    return pl.DataFrame([pl.Series(each.name, values[each.name], dtype=TYPES[each.kind]) for each in columns])
