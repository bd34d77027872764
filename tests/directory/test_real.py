"""Judged queries over the real initiatives of the example: what must be found, and found first."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from thuis.directory.find import Query, find
from thuis.directory.index import build
from thuis.directory.load import load

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 6, 1)


def test_the_real_initiatives_are_found_first() -> None:
    index = build([each for each in load(ROOT / "examples" / "nederland", DAY).records if not each.invented])
    written = (Path(__file__).parent / "queries-real.csv").read_text("utf-8")
    rows = list(csv.DictReader(written.splitlines()))
    right, missed = 0.0, []
    for row in rows:
        wanted = set(row["ids"].split())
        found = [each.id for each in find(index, Query(row["query"]), DAY).records][: len(wanted)]
        right += len(wanted & set(found)) / len(wanted)
        missed += [(row["query"], sorted(wanted - set(found)))] if wanted - set(found) else []
    assert right / len(rows) >= 0.9, missed
