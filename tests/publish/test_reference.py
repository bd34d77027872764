"""The reference of the data folder names every file, column and key there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest

from thuis.project import Project
from thuis.publish import publish
from thuis.values import REASONS, Release


@pytest.fixture(scope="module")
def named(root: Path) -> set[str]:
    text = (root / "docs" / "reference" / "data-folder.md").read_text("utf-8")
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return {word for span in re.findall(r"`([^`\n]+)`", text) for word in (span, *re.split(r"[/\s]+", span))}


@pytest.fixture(scope="module")
def folder(demo: tuple[Project, Release], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reference") / "data"
    publish(*demo, out)
    return out


def test_every_column_is_explained(folder: Path, named: set[str]) -> None:
    dimensions = {"origin", "generation", "sex", "age", "education", "region", "municipality_size"}
    for path in folder.rglob("*.csv"):
        columns = set(pl.read_csv(path).columns)
        own = {name for each in dimensions for name in (each, f"{each}_nl", f"{each}_en")}
        assert columns - own <= named, path.name


def test_every_key_is_explained(folder: Path, named: set[str]) -> None:
    files = ["monitor.json", "versions.json", "corrections.json", "pages.json", "population.json"]
    files += [path.relative_to(folder).as_posix() for path in folder.glob("indicators/*.json")]
    files += ["figures/trust-in-people/origin-by-generation.json", "figures/trust-in-people/total.json"]
    for name in files:
        found = json.loads((folder / name).read_text("utf-8"))
        for record in found if isinstance(found, list) else [found]:
            assert set(record) <= named, name
            for key in ("cells", "comparisons", "dimensions", "breaks", "waves", "themes", "indicators"):
                for each in record.get(key) or ():
                    if isinstance(each, dict):
                        assert set(each) <= named, (name, key)


def test_every_kind_of_file_is_explained(folder: Path, named: set[str]) -> None:
    for path in folder.iterdir():
        stem, _, ending = path.name.partition(".")
        assert path.name in named or (f"{stem}.csv" in named and f".{ending}" in named) or path.is_dir()


def test_every_reason_is_explained(named: set[str]) -> None:
    assert set(REASONS) <= named
