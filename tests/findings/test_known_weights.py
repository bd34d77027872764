"""Findings of a wave whose weights anybody can work out keep three digits: ten would count people."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from thuis.monitor.explain import explain
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


def numbers(value: Any) -> list[float]:
    if isinstance(value, float):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for one in inside for each in numbers(one)]


@pytest.mark.parametrize("known", [True, False])
def test_only_known_weights_cost_digits(project: Path, known: bool) -> None:
    path = next((project / "data").glob("*.csv"))
    rows = pl.read_csv(path, infer_schema=False)
    weight = pl.when(pl.col("sex") == rows["sex"][0]).then(pl.lit("1.0")).otherwise(pl.lit("2.5"))
    if known:
        rows.with_columns(weight=weight).write_csv(path)
    (project / "findings.yaml").write_text(yaml.safe_dump({"splits": [SPLIT]}), "utf-8")
    data = build(project, pages=False).out / "data"
    (found,) = json.loads((data / "findings.json").read_text("utf-8"))["findings"]
    found.pop("level")
    assert all(float(f"{each:.3g}") == each for each in numbers(found["table"])) is known
    with (data / found["downloads"][0]).open(encoding="utf-8") as file:
        assert len(list(csv.reader(file))) > 3
    told = explain(project, "findings/parts").text()
    assert "NOT" not in told
