"""Every finding as a CSV file: the numbers of its page under names that do not change with the language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from thuis.findings.words import spoken
from thuis.tables import as_csv

ESTIMATE = ("estimate", "se", "lower", "upper")
FIGURE = ("group", "panel", "kind", "category", "status", "reason", *ESTIMATE, "p", "p_adjusted", "n")
LANGUAGE = "en"


def table_of(entry: Mapping[str, Any], notice: str | None = None) -> bytes:
    """The numbers of a finding as CSV in UTF-8: those of its figure, else those of its table.

    :param notice: stands in a last column ``synthetic`` of every row, where the figures are invented.

    >>> table = {"columns": [{"en": "Part"}, {"en": "from"}, {"en": "from"}], "rows": [["all", 1.5, None]]}
    >>> print(table_of({"table": table}).decode(), end="")
    part,from,from_2
    all,1.5,
    """
    head, rows = (FIGURE, _figure(entry)) if entry.get("groups") else _table(entry["table"])
    more, told = (("synthetic",), (notice,)) if notice else ((), ())
    return as_csv(((*row, *told) for row in rows), (*head, *more), guarded=True).encode()


def _table(table: Mapping[str, Any]) -> tuple[tuple[str, ...], Iterator[list[Any]]]:
    names: list[str] = []
    for column in table["columns"]:
        name = spoken(column, LANGUAGE).lower().replace(",", "").replace(" ", "_")
        names.append(name if name not in names else f"{name}_{names.count(name) + 1}")
    return tuple(names), ([_said(value) for value in row] for row in table["rows"])


def _said(value: Any) -> Any:
    return spoken(value, LANGUAGE) if isinstance(value, Mapping) else value


def _figure(entry: Mapping[str, Any]) -> Iterator[list[Any]]:
    """One row per cell, and one per difference with its kind: ``raw`` or ``adjusted``."""
    for group in entry["groups"]:
        for panel, cells in group["cells"].items():
            for category, cell in cells.items():
                values = [cell.get(name) for name in ESTIMATE]
                yield [
                    *(group["id"], panel, "cell", category, cell["status"], cell.get("reason")),
                    *(*values, None, None, cell.get("n")),
                ]
        for panel, kinds in group["differences"].items():
            for kind, found in kinds.items():
                values = [found[name] for name in ("difference", "se", "lower", "upper", "p", "p_adjusted")]
                yield [group["id"], panel, kind, None, "published", None, *values, None]
