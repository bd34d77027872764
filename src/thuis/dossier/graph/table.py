"""Read and check ``measures.csv``, ``edges.csv`` and ``events.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from thuis.dossier.cite.existence import exists
from thuis.dossier.graph.model import (
    EDGE_COLUMNS,
    EDGE_TYPES,
    EVENT_COLUMNS,
    EVENT_KINDS,
    LINKS,
    MEASURE_COLUMNS,
    NODE_KINDS,
    REVIEWS,
    Edge,
    Event,
    Measure,
)
from thuis.dossier.ledger.table import Numbered, date_faults, id_faults, one_of, read_rows
from thuis.errors import Place, Problem, unknown

_OUTSIDE = ("theme", "indicator", "scp", "wrr", "cbs")


def read_measures(path: Path) -> list[Measure]:
    """The measures of a folder; an absent file holds none.

    :raises ThuisError: every fault at once, with its row.
    """
    return read_rows(path, MEASURE_COLUMNS, ("id", "kind", "title_nl"), lambda row: Measure(**row), _measures)


def read_edges(path: Path) -> list[Edge]:
    """The edges of a folder; an absent file holds none."""
    return read_rows(path, EDGE_COLUMNS, ("id", "start", "type", "end"), lambda row: Edge(**row), _edges)


def read_events(path: Path) -> list[Event]:
    """Further events of the timeline; an absent file holds none."""
    return read_rows(path, EVENT_COLUMNS, ("date", "kind", "title_nl"), lambda row: Event(**row), _events)


def _measures(rows: list[Numbered], name: str) -> Iterator[Problem]:
    ids = [row["id"] for _, row in rows]
    for number, row in rows:
        place = Place(name, number, key=row["id"])
        yield from id_faults(row["id"], ids, place)
        yield from one_of("kind", row["kind"], NODE_KINDS, place)
        if not row["title_nl"]:
            yield Problem("no title", place, "title_nl")
        for column in ("amount", "year"):
            if row.get(column) and not row[column].isdigit():
                yield Problem(f"{column}: {row[column]!r} is no whole number", place)


def _edges(rows: list[Numbered], name: str) -> Iterator[Problem]:
    ids = [row["id"] for _, row in rows]
    for number, row in rows:
        place = Place(name, number, key=row["id"])
        yield from id_faults(row["id"], ids, place)
        yield from one_of("type", row["type"], EDGE_TYPES, place)
        if row.get("review"):
            yield from one_of("review", row["review"], REVIEWS, place)
        if row["start"] == row["end"]:
            yield Problem("an edge from a thing to itself", place)


def _events(rows: list[Numbered], name: str) -> Iterator[Problem]:
    for number, row in rows:
        place = Place(name, number)
        yield from date_faults("date", row["date"], place)
        yield from one_of("kind", row["kind"], EVENT_KINDS, place)
        if row.get("link"):
            yield from one_of("link", row["link"], LINKS, place)


def loose_ends(edges: Iterable[Edge], known: Iterable[str], name: str = "edges.csv") -> Iterator[Problem]:
    """Ends of edges that are neither in the folder nor an official publication."""
    names = set(known)
    for row, edge in enumerate(edges, 2):
        for end in (edge.start, edge.end):
            if end not in names and not exists(end) and end.partition(":")[0] not in _OUTSIDE:
                yield unknown("end of an edge", end, names, Place(name, row, key=edge.id))
