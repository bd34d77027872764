"""Initiatives described after public pages (own words, each with its source), and queries judged on them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from thuis.directory.find import Query, find
from thuis.directory.index import Index, build
from thuis.directory.table import read_initiatives

HERE = Path(__file__).resolve().parents[1] / "directory"
DAY = date(2026, 6, 1)
FIRST = {
    "queries-elsewhere.csv": "0.69, 0.71, 0.79",
    "queries-elsewhere-2.csv": "0.91, 0.93, 0.94",
    "queries-elsewhere-3.csv": "0.85, 0.87, 0.85",
}
"""The sets, and what they scored when they were first run; each was written after the rules were mended
for the one before."""


WIDER = {"queries-imitated.csv": "0.85, 0.93, 0.85", "queries-imitated-2.csv": "0.85, 0.90, 0.85"}
"""Sets on those and on as many more, written after the social maps of municipalities."""


@cache
def index(*more: str) -> Index:
    """The initiatives of ``elsewhere.csv``, and of further tables."""
    records = []
    for name in ("elsewhere.csv", *more):
        rows, problems = read_initiatives(HERE / name, DAY)
        assert not problems, problems
        records += [record for record, _ in rows]
    return build(records)


@dataclass(frozen=True, slots=True)
class Score:
    """How one query was answered; ``also`` are records that answer it a little."""

    query: str
    precision: float
    recall: float
    top: bool
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def scores(name: str) -> Iterator[Score]:
    """Per query: precision at 10 (or at as many as there are), recall at 5, whether the first is right."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    over = index("imitated.csv") if name in WIDER else index()
    for row in rows:
        wanted, also = row["ids"].split(), row["also"].split()
        found = [each.id for each in find(over, Query(row["query"]), DAY).records]
        first = found[: min(10, len(wanted))]
        right = {*wanted, *also}
        yield Score(
            row["query"],
            sum(each in right for each in first) / min(10, len(wanted)),
            len(set(wanted) & set(found[:5])) / min(5, len(wanted)),
            bool(found) and found[0] in right,
            tuple(each for each in wanted if each not in found[:10]),
            tuple(each for each in first if each not in right),
        )


def means(name: str) -> tuple[float, float, float, int]:
    """Over a set: precision at 10, recall at 5, how often the first is right, number of queries."""
    every = list(scores(name))
    size = len(every)
    return (
        sum(each.precision for each in every) / size,
        sum(each.recall for each in every) / size,
        sum(each.top for each in every) / size,
        size,
    )
