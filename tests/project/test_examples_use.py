"""What the examples are there to show: each is made with the means of the project folder itself."""

from __future__ import annotations

import ast
from pathlib import Path

import polars as pl

from thuis.project import load_project


def test_gss_is_made_from_the_columns_of_its_producer(root: Path) -> None:
    folder = root / "examples" / "gss"
    source = ast.parse((folder / "extract.py").read_text("utf-8"))
    called = {
        node.func.attr
        for node in ast.walk(source)
        if isinstance(node, ast.Call) and hasattr(node.func, "attr")
    }
    assert not called & {
        "when",
        "then",
        "replace",
        "replace_strict",
        "map_elements",
        "filter",
        "is_in",
        "alias",
    }
    project = load_project(folder)
    held = set(pl.read_parquet_schema(folder / "data" / "gss_panel.parquet"))
    sources = [each for wave in project.waves for each in wave.variables.values() if each is not None]
    assert {each.from_ for each in sources if each.from_} <= held
    assert sum(bool(each.rules) for each in sources) > 3


def test_nederland_shows_what_harmonising_needs(root: Path) -> None:
    project = load_project(root / "examples" / "nederland")
    sources = [each for wave in project.waves for each in wave.variables.values() if each is not None]
    assert any(each.rules for each in sources)
    assert "multiple" in {each.kind for each in project.indicators}
    assert any(wave.pools for wave in project.waves)
    raked = [
        each.calibrate
        for wave in project.waves
        for each in wave.design.weightings.values()
        if each.calibrate and each.calibrate.method == "rake"
    ]
    assert raked
    assert all((project.folder / each.margins).is_file() for each in raked)
    weights = {each.weight for each in project.indicators}
    assert weights & {name for wave in project.waves for name in wave.design.weights}


def test_vertrouwen_asks_the_same_people_twice_without_weights(root: Path) -> None:
    project = load_project(root / "examples" / "vertrouwen")
    assert project.samples == "panel"
    assert len(project.waves) == 2
    assert len(project.indicators) >= 11
    assert all(wave.design.weight is None for wave in project.waves)
    assert project.synthetic is None
