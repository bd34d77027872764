"""Write a vocabulary back as the tables it is read from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from thuis.files import put
from thuis.tables import as_csv
from thuis.vocabulary.load import COLUMNS
from thuis.vocabulary.model import Replacement, Rule, Term, Vocabulary

_OTHER_NAMES = {"from": "start", "to": "end"}


def write_tables(vocabulary: Vocabulary, folder: Path) -> list[Path]:
    """Write ``terms.csv``, ``sources.csv`` and what else the vocabulary holds; the files that were written.

    Each file is built aside and moved into place.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, rows in _tables(vocabulary).items():
        if rows:
            written.append(folder / f"{name}.csv")
            put(written[-1], as_csv(rows, COLUMNS[name]))
    return written


def _tables(vocabulary: Vocabulary) -> dict[str, list[dict[str, str]]]:
    return {
        "terms": [_row(each, COLUMNS["terms"]) for each in vocabulary.terms],
        "sources": [_row(each, COLUMNS["sources"]) for each in vocabulary.sources.values()],
        "names": [_row(each, COLUMNS["names"]) for each in vocabulary.names],
        "rules": [_row(each, COLUMNS["rules"]) for each in vocabulary.rules],
        "stages": [_row(each, COLUMNS["stages"]) for each in vocabulary.stages],
        "forms": [
            {"term": term, "form": form, "shape": "", "keep": "no"}
            for term, form in sorted(vocabulary.rejected)
        ],
    }


def _row(record: Term | Rule | object, columns: tuple[str, ...]) -> dict[str, str]:
    return {column: "; ".join(_cell(getattr(record, _OTHER_NAMES.get(column, column)))) for column in columns}


def _cell(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for each in value:
            yield from _cell(each)
    elif isinstance(value, Replacement):
        yield (value.id or value.text) + (f" [{value.when}]" if value.when else "")
    elif isinstance(value, bool):
        yield "yes" if value else "no"
    elif value is not None:
        yield str(value)
