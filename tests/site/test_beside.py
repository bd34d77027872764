"""Municipalities side by side: what was counted is no difference, what was tested says how it came out."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from thuis.contract.figure import Figure
from thuis.contract.folder import DataFolder, read_folder
from thuis.site.views.act import Act
from thuis.site.views.beside import Beside
from thuis.site.voice import Voice

UTRECHT, HAGUE, VOORNE = "GM0344", "GM0518", "GM1992"


def cell(code: str, wave: str, estimate: float | None) -> dict[str, Any]:
    bare = {"cell": [code], "wave": wave}
    if estimate is None:
        return bare | {"status": "withheld", "reason": "confidential"}
    sides = {"lower": estimate - 2, "upper": estimate + 2.5}
    return bare | {"status": "published", "estimate": estimate, "n": 300, **sides}


@pytest.fixture
def surveyed(full: Path) -> DataFolder:
    """A monitor with one figure by municipality, of which one pair was tested."""
    data = read_folder(full / "data")
    one = data.indicators[0]
    like = next(each for each in one.figures if len(each.dimensions) == 1)
    figure = like.but(
        id=f"{one.id}/town",
        breakdown="town",
        kind="proportion",
        dimensions=(
            like.dimensions[0].but(
                id="town",
                reference=None,
                categories=tuple(
                    like.dimensions[0].categories[0].but(id=code) for code in (UTRECHT, HAGUE, VOORNE)
                ),
            ),
        ),
    )
    made = figure.model_dump(by_alias=True) | {
        "waves": ["2015", "2020"],
        "breaks": [],
        "cells": [
            cell(UTRECHT, "2015", 10.0),
            cell(UTRECHT, "2020", 40.0),
            cell(HAGUE, "2020", 30.0),
            cell(VOORNE, "2020", None),
        ],
        "comparisons": [
            {"type": "category", "cell": [HAGUE], "other": [UTRECHT], "wave": "2020"}
            | {"difference": -10.0, "lower": -15.0, "upper": -5.0, "verdict": "lower"}
        ],
    }
    return replace(data, indicators=(replace(one, figures=(*one.figures, Figure.given(made))),))


def test_a_survey_by_municipality_has_interval_and_n_and_only_tested_differences(
    surveyed: DataFolder,
) -> None:
    (row,) = next(b.rows for b in Beside(Act(surveyed, Voice("en"))).blocks if b.title == "From the survey")
    here = row.values[UTRECHT]
    assert (here.value, here.span, here.n) == ("40.0%", "38.0 to 42.5", "300")
    assert row.values[VOORNE].reason
    assert row.tested(UTRECHT) == {HAGUE: "lower"}
    assert row.tested(HAGUE) == {UTRECHT: "higher"}
    assert row.tested(VOORNE) == {}
    assert row.middle == "", "a survey has no middle of all municipalities"


def test_what_was_counted_has_a_middle_and_no_interval(full: Path) -> None:
    beside = Beside(Act(read_folder(full / "data"), Voice("nl")))
    rows = [row for block in beside.blocks for row in block.rows if not row.id.startswith("map-")]
    assert len(rows) > 3
    for row in rows:
        assert row.tests is None
        assert not any(value.span or value.n for value in row.values.values())
    people = next(row for row in rows if row.id == "inhabitants")
    counts = sorted(int(v.value.replace(".", "")) for v in people.values.values() if v.value)
    assert int(people.middle.replace(".", "")) == counts[(len(counts) - 1) // 2]


def test_beside_a_municipality_stand_those_nearest_to_it(full: Path) -> None:
    act = Act(read_folder(full / "data"), Voice("nl"))
    near = [each.name for each in Beside(act).nearest(act.towns[UTRECHT])]
    assert near == ["'s-Gravenhage", "Voorne aan Zee"], "53 and 68 kilometres"
    page = (full / "nl" / "municipality" / "utrecht" / "index.html").read_text("utf-8")
    head = re.search(r'<table class="plain beside".*?</thead>', page, re.S)
    assert head
    names = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', unescape(head[0]))
    assert names == ["Cijfer", "Utrecht", *near, "Middelste gemeente"]
