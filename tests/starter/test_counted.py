"""What a first figure is of, on scales as surveys print them; labelled before they were read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from thuis.starter.counted import counted

ROWS = list(csv.DictReader((Path(__file__).parent / "scales.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[each["source"] for each in ROWS])
def test_the_answers_on_one_side_are_counted_together(row: dict[str, str]) -> None:
    labels = {str(n): each for n, each in enumerate(row["answers"].split("|"), 1)}
    found = counted({code: f"id-{code}" for code in labels}, labels)
    assert "|".join(labels[each] for each in found.codes) == row["counted"]
