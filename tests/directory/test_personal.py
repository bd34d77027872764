"""Personal data in descriptions, on texts that were labelled before the rules ran on them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from thuis.directory.model import Initiative
from thuis.directory.validate import remarks

HERE = Path(__file__).parent
KINDS = {
    "mobile number": "mobile",
    "address for mail": "mail",
    "number like a BSN": "bsn",
    "bank account": "account",
    "address": "home",
    "name": "name",
}
SETS = {
    "personal-hard.csv": (62, 34, 62),
    "personal-second.csv": (32, 24, 31),
    "personal-third.csv": (20, 15, 20),
}
"""Texts, right at first sight, right now. Each set was written after the one before was mended for."""


@pytest.mark.parametrize("name", SETS)
def test_what_may_be_personal_is_pointed_out_and_nothing_else(name: str) -> None:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = []
    for row in rows:
        record = Initiative(id="a", name="Ontmoeting", description={"nl": row["text"]})
        found = {KINDS[each.kind] for each in remarks(record)}
        if found != set(row["kinds"].split()):
            wrong.append((row["text"], row["kinds"], found))
    number, first, right = SETS[name]
    assert len(rows) == number
    assert first < len(rows) - len(wrong)
    assert len(rows) - len(wrong) >= right, wrong


def test_an_address_that_the_record_has_as_its_place_is_none_of_somebody() -> None:
    text = {"nl": "Kom langs, Lindelaan 12."}
    assert remarks(Initiative(id="a", name="A", description=text))
    found = Initiative.model_validate(
        {"id": "a", "name": "A", "description": text, "where": [{"address": "Lindelaan 12"}]}
    )
    assert not remarks(found)
