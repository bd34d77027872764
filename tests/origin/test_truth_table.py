"""The official table of 27 combinations, and what 2022 makes of them."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from thuis.origin import classify, scheme

TABLE = Path(__file__).parent / "data" / "classification-truth-table.csv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
PLACES = {"Nederland": "NLD", "Onbekend": None}
ABROAD = {"born_self": "SUR", "born_mother": "TUR", "born_father": "MAR"}
WHO = {"Geboorteland jongere": "self", "Geboorteland moeder": "mother", "Geboorteland vader": "father"}


def people() -> pl.DataFrame:
    data = {
        key.removeprefix("born_"): [PLACES.get(row[key], country) for row in ROWS]
        for key, country in ABROAD.items()
    }
    return pl.DataFrame(data, schema=dict.fromkeys(data, pl.String))


@pytest.mark.parametrize(("name", "column"), [("1999", "class_1999"), ("2016", "class_2016_derived")])
def test_every_row_of_the_old_classes(name: str, column: str) -> None:
    found = classify(people(), name)
    assert len(ROWS) == 27
    for row, (cls, decides) in zip(ROWS, found.select("class", "decides").iter_rows(), strict=True):
        assert scheme(name).classes[cls]["nl"].casefold() == row[column].casefold(), row["row"]
        assert decides == WHO.get(row["deciding_country_1999"], "none"), row["row"]


def test_every_row_of_2022_and_the_eleven_that_no_source_states() -> None:
    found = classify(people(), "2022")
    for row, (cls, decides, country) in zip(
        ROWS, found.select("class", "decides", "country").iter_rows(), strict=True
    ):
        assert scheme("2022").classes[cls]["nl"] == row["group_2022_derived"], row["row"]
        assert decides == WHO.get(row["origin_country_2022_derived"], "none"), row["row"]
        expected = {"self": "SUR", "mother": "TUR", "father": "MAR", "none": None}[decides]
        assert country == expected, row["row"]
    assert (found["class"] == "not-stated").sum() == 11


def test_three_rows_move_and_they_are_10_12_and_16() -> None:
    old, new = classify(people(), "1999")["class"], classify(people(), "2022")["class"]
    moved = [
        int(row["row"])
        for row, a, b in zip(ROWS, old, new, strict=True)
        if b != "not-stated" and (a == "home") != (b == "dutch")
    ]
    assert moved == [10, 12, 16] == [int(row["row"]) for row in ROWS if row["changes_1999_to_2022"] == "yes"]
