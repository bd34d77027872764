"""A split of people of whom a few have no answer: refused, or with those few as a category of their own."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
import yaml

from thuis.errors import ThuisError
from thuis.monitor.pipeline import build

TEXT = {"nl": "tekst", "en": "text"}
SPLIT = {
    "id": "parts",
    "title": TEXT,
    "wave": "2020",
    "indicator": "trust",
    "breakdown": "born",
    "first": "abroad",
    "second": "here",
    "by": [{"breakdown": "sex", "title": TEXT}],
}


@pytest.fixture
def asked(project: Path) -> Path:
    """The project of made-up respondents, three of whom did not say their sex, with a split by sex."""
    path = next((project / "data").glob("*.csv"))
    rows = pl.read_csv(path, infer_schema=False)
    silent = pl.int_range(rows.height) < 3
    rows.with_columns(sex=pl.when(silent).then(None).otherwise("sex")).write_csv(path)
    return project


def with_split(project: Path, **more: str) -> Path:
    (project / "findings.yaml").write_text(yaml.safe_dump({"splits": [SPLIT | more]}), "utf-8")
    return project


def test_a_few_without_an_answer_are_not_left_out_in_silence(asked: Path) -> None:
    with pytest.raises(ThuisError, match="the few who have no answer") as refused:
        build(with_split(asked), pages=False)
    assert "unanswered: category" in str(refused.value)


def test_as_a_category_of_their_own_the_difference_is_that_of_the_published_cells(asked: Path) -> None:
    public = build(with_split(asked, unanswered="category"), pages=False).out
    rows = pl.read_csv(public / "data" / "figures.csv")
    born = rows.filter(indicator="trust", breakdown="born", wave=2020)
    shown = {row["cell"]: row for row in born.iter_rows(named=True)}
    found = json.loads((public / "data" / "findings.json").read_text("utf-8"))["findings"][0]
    gap = shown["abroad"]["estimate"] - shown["here"]["estimate"]
    assert found["table"]["rows"][0][1] == pytest.approx(gap, abs=1e-7)
    assert found["explain"]["n"] == shown["abroad"]["n"] + shown["here"]["n"]
    assert "een eigen categorie" in found["method"]["nl"]
