"""A base: who is in no category of a breakdown has no answer in any figure, so that no remainder follows."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import polars as pl
import pytest

from thuis.project import load_project
from thuis.publish.figure import dimension
from thuis.read import read_waves

GSS = Path(__file__).parents[2] / "examples" / "gss"


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example without a base in any breakdown."""
    copied = tmp_path_factory.mktemp("base") / "gss"
    copytree(GSS, copied, ignore=lambda _, names: [n for n in names if n in ("public", ".thuis")])
    for path in (copied / "breakdowns").glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("base: true\n", ""), "utf-8")
    return copied


def test_remainders_are_gone_and_nobody_leaves_the_sample(without: Path) -> None:
    before, after = read_waves(load_project(without)).frame, read_waves(load_project(GSS)).frame
    assert before.height == after.height, "the sample decides the standard errors"
    groups = [name for name in after.columns if name.startswith("by_")]
    asked = [
        name
        for name in groups
        if after.filter(wave="2016")[name].null_count() < after.filter(wave="2016").height
    ]
    out = pl.any_horizontal(pl.col(asked).is_null())
    rows = after.filter(pl.col("wave") == "2016")
    assert rows.filter(out).height > 0
    answers = [name for name in rows.columns if not name.startswith(("_", "by_")) and name != "wave"]
    assert rows.filter(out).select(answers).null_count().row(0) == (rows.filter(out).height,) * len(answers)
    inside = before.filter(pl.col("wave") == "2016").filter(out.not_())
    assert rows.filter(out.not_())["trust"].equals(inside["trust"]), "the others keep their answers"


def test_a_base_is_said_to_readers(without: Path) -> None:
    sex = load_project(GSS).breakdowns["sex"]
    assert "left out of all figures" in dimension(sex).description["en"]
    assert "tellen niet mee" in dimension(sex).description["nl"]
    assert "left out" not in dimension(load_project(without).breakdowns["sex"]).description["en"]
