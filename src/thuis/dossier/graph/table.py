"""Read and check ``measures.csv``, ``edges.csv`` and ``events.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
from thuis.dossier.ledger.table import date_faults, one_of, read_rows
from thuis.errors import Place, Problem, unknown
from thuis.tables import Row

_OUTSIDE = ("theme", "indicator", "scp", "wrr", "cbs")


def read_measures(path: Path) -> list[Measure]:
    """The measures of a folder; an absent file holds none.

    :raises ThuisError: every fault at once, with its row.
    """
    return read_rows(path, MEASURE_COLUMNS, ("id", "kind", "title_nl"), Measure, _measures)


def read_edges(path: Path) -> list[Edge]:
    """The edges of a folder; an absent file holds none."""
    return read_rows(path, EDGE_COLUMNS, ("id", "start", "type", "end"), Edge, _edges)


def read_events(path: Path) -> list[Event]:
    """Further events of the timeline; an absent file holds none."""
    return read_rows(path, EVENT_COLUMNS, ("date", "kind", "title_nl"), Event, _events)


def _measures(row: Row, place: Place, _ids: Sequence[str]) -> Iterator[Problem]:
    yield from one_of(row, {"kind": NODE_KINDS}, place)
    if not row["title_nl"]:
        yield Problem("no title", place, "title_nl")
    for column in ("amount", "year"):
        if row[column] and not row[column].isdigit():
            yield Problem(f"{column}: {row[column]!r} is no whole number", place)


def _edges(row: Row, place: Place, _ids: Sequence[str]) -> Iterator[Problem]:
    yield from one_of(row, {"type": EDGE_TYPES, "review": ("", *REVIEWS)}, place)
    if row["start"] == row["end"]:
        yield Problem("an edge from a thing to itself", place)


def _events(row: Row, place: Place, _ids: Sequence[str]) -> Iterator[Problem]:
    yield from date_faults(row, ("date",), place)
    yield from one_of(row, {"kind": EVENT_KINDS, "link": ("", *LINKS)}, place)


def loose_ends(edges: Iterable[Edge], known: Iterable[str]) -> Iterator[Problem]:
    """Ends of edges that are neither in the folder nor an official publication."""
    names = set(known)
    for row, edge in enumerate(edges, 2):
        for end in (edge.start, edge.end):
            if end not in names and not exists(end) and end.partition(":")[0] not in _OUTSIDE:
                yield unknown("end of an edge", end, names, Place("edges.csv", row, key=edge.id))
