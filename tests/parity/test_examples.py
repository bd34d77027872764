"""The figures of the examples against R's ``survey`` on a second, independent reading of their files."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from thuis.monitor.estimate import estimate
from thuis.project import load_project
from thuis.read import read_waves

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize("example", ["gss", "nederland", "vertrouwen"])
def test_every_figure_equals_r(root: Path, example: str) -> None:
    """R's logit interval comes from an iterated fit that stops at 1e-8; all else is exact arithmetic."""
    project = load_project(root / "examples" / example)
    ours = estimate(project, read_waves(project)).cells.with_columns(pl.col("cell").list.join("+"))
    theirs = pl.read_csv(
        DATA / f"{example}_estimates.csv",
        null_values=["NA"],
        infer_schema_length=None,
        schema_overrides={"wave": pl.String, "cell": pl.String},
    ).with_columns(
        pl.col("breakdown").fill_null("total").str.replace_all("+", "-by-", literal=True),
        pl.col("cell").fill_null(""),
    )
    keys = ["indicator", "breakdown", "wave", "cell"]
    both = theirs.join(ours, on=keys, how="left", suffix="_ours")
    assert both.height == theirs.height > 500
    percent = {each.id for each in project.indicators if each.kind == "proportion"}
    scale = pl.when(pl.col("indicator").is_in(sorted(percent))).then(100.0).otherwise(1.0)
    for name, tolerance in {
        "estimate": 1e-12,
        "se": 1e-12,
        "lower": 1e-8,
        "upper": 1e-8,
        "n": 0.0,
        "df": 0.0,
        "deff": 1e-10,
    }.items():
        gap = (pl.col(name) - pl.col(f"{name}_ours")).abs() / (1.0 if name in ("n", "df", "deff") else scale)
        assert both.filter(pl.col(name).is_null() != pl.col(f"{name}_ours").is_null()).is_empty(), name
        found = both.select(gap.max()).item()
        assert found <= tolerance, f"{name}: {found}"


@pytest.mark.parametrize("example", ["gss", "vertrouwen"])
def test_every_cell_was_compared(root: Path, example: str) -> None:
    project = load_project(root / "examples" / example)
    ours = estimate(project, read_waves(project)).cells.filter(pl.col("n") > 0)
    assert ours.height == len((DATA / f"{example}_estimates.csv").read_text("utf-8").splitlines()) - 1
