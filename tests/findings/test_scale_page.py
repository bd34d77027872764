"""A declared scale: the numbers in its words and table, and what makes it refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.findings.scale_page import scale_entry
from thuis.findings.scales import scale
from thuis.project import load_project
from thuis.project.model import Project
from thuis.project.scales import ScaleOf
from thuis.survey import Sample

ITEMS = ("trust-in-people", "people-fair", "people-helpful")


def weighted(rows: pl.DataFrame) -> Sample:
    return Sample.from_frame(rows, weight="w")


TEXT = {"nl": "tekst", "en": "text"}


def asked(**given: Any) -> ScaleOf:
    base = {"id": "s", "title": TEXT, "description": TEXT, "wave": "2018", "items": ITEMS, "minimum": 2}
    return ScaleOf.model_validate({**base, **given})


@pytest.fixture(scope="module")
def gss(root: Path) -> Project:
    return load_project(root / "examples/gss")


def people(project: Project, copies: int) -> pl.DataFrame:
    """Four answer patterns over three questions; one person answered nothing."""
    first = {item: project.indicator(item) for item in ITEMS}
    yes = {item: (each.share or ("",))[0] for item, each in first.items()}
    patterns = [(1, 1, 1), (0, 0, 0), (1, 1, 0), (0, 0, 1), (None, None, None)]
    rows = [
        {
            first[item].variable: None if value is None else yes[item] if value else "no-such-answer"
            for item, value in zip(ITEMS, pattern, strict=True)
        }
        for pattern in patterns
    ]
    among = {item: each.among for item, each in first.items() if each.among}
    for item, codes in among.items():
        no = next(code for code in codes or () if code not in (first[item].share or ()))
        for row in rows:
            if row[first[item].variable] == "no-such-answer":
                row[first[item].variable] = no
    return pl.concat([pl.DataFrame(rows)] * copies).with_columns(w=pl.lit(1.0))


def test_words_and_table_hold_the_numbers_in_both_languages(gss: Project) -> None:
    """Variances 1/4 each, of the sum 11/16 + 9/16 = 5/4: alpha 3/2 (1 - 3/4 / (5/4)) = 0.6."""
    entry = scale_entry(gss, asked(), people(gss, 40), weighted)
    assert "an alpha of 0.60 (95% interval" in entry["facts"][0]["en"]
    assert "een alfa van 0,60 (95%-interval" in entry["facts"][0]["nl"]
    assert "80% of the people answered at least 2" in entry["facts"][0]["en"]
    assert "80% van de mensen beantwoordde er ten minste 2" in entry["facts"][0]["nl"]
    assert "does not show that they measure one thing" in entry["facts"][0]["en"]
    assert "toont niet aan dat ze één ding meten" in entry["facts"][0]["nl"]
    assert [row[1] for row in entry["table"]["rows"]] == [160, 160, 160]
    assert entry["about"] == list(ITEMS)
    plain = pl.DataFrame(
        [(1, 1, 1), (0, 0, 0), (1, 1, 0), (0, 0, 1)] * 40, schema=["a", "b", "c"], orient="row"
    ).with_columns(w=pl.lit(1.0))
    same = scale(plain, ["a", "b", "c"], weighted)
    assert [row[2] for row in entry["table"]["rows"]] == [round(each.rest, 2) for each in same.items]


def test_a_reversed_item_turns(gss: Project) -> None:
    """The sum of one question and its opposite varies less: 3/2 (1 - 3/4 / (1/4)) = -3."""
    rows = people(gss, 40)
    turned = scale_entry(gss, asked(reverse=["trust-in-people"]), rows, weighted)
    assert "alpha of −3.00" in turned["facts"][0]["en"]


def test_few_respondents_are_refused(gss: Project) -> None:
    with pytest.raises(ThuisError, match="scale 's' has too few respondents"):
        scale_entry(gss, asked(), people(gss, 10), weighted)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"items": ["a", "a"]}, "stands in the scale twice"),
        ({"reverse": ["b"]}, "is reversed but no item"),
        ({"minimum": 4}, "a minimum of 4 of 3 items"),
    ],
)
def test_a_scale_that_cannot_be_is_refused(given: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        asked(**given)
