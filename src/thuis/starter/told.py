"""What a codebook tells of the columns of a survey file that does not tell it itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from thuis.codebook import Codebook, said
from thuis.codebook import Variable as Told
from thuis.errors import ThuisError
from thuis.formats import Column
from thuis.starter.records import Guess, Variable

LANGUAGE = "nl"
"""Of a codebook in several languages, the one that a first project is written in."""


def told_columns(columns: Mapping[str, Column], book: Codebook | None) -> Mapping[str, Column]:
    """The columns with titles, labels and missing codes of a codebook where the file has none."""
    if book is None:
        return columns
    return {name: _told(column, _of(book, name)) for name, column in columns.items()}


def _of(book: Codebook, name: str) -> Told | None:
    """What is told of a column; nothing when it is described twice, each time otherwise: `check` says so."""
    try:
        return book.variable(name)
    except ThuisError:
        return None


def _told(column: Column, told: Told | None) -> Column:
    if told is None:
        return column
    labels = {
        code: text
        for each in told.categories
        if (text := said(each.label, LANGUAGE))
        for code in _ways(each.code)
    }
    marked = [*told.missing, *(each.code for each in told.categories if each.missing)]
    missing = [code for each in marked for code in _ways(each)]
    return replace(
        column,
        title=column.title or said(told.label, LANGUAGE),
        labels={**labels, **column.labels},
        missing=tuple(dict.fromkeys((*column.missing, *missing))),
    )


def _ways(code: str) -> Iterator[str]:
    """A code as the codebook writes it and as a file of numbers holds it."""
    yield code
    if code.strip().lstrip("-").isdecimal():
        yield str(int(code))


def with_wordings(found: Guess, book: Codebook | None) -> Guess:
    """The indicators with the wording of their column."""
    if book is None:
        return found
    return replace(
        found, indicators=tuple(_worded(each, _of(book, each.column)) for each in found.indicators)
    )


def _worded(one: Variable, told: Told | None) -> Variable:
    return one if told is None else replace(one, question=said(told.question, LANGUAGE))
