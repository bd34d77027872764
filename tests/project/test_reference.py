"""The reference names every key the models accept, and no other; the picture of the house is true."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from thuis.monitor.pipeline import build
from thuis.project.schema import KINDS
from thuis.publish.population import FILE as POPULATION
from thuis.yaml.located import parse_yaml

SECTIONS = {
    "thuis": "thuis.yaml",
    "waves": "waves/2015.yaml",
    "breakdowns": "breakdowns/generation.yaml",
    "indicators": "indicators/trust.yaml",
    "findings": "findings.yaml",
    "variables": "variables.yaml",
}


def section(root: Path, title: str) -> str:
    text = (root / "docs" / "reference" / "project-folder.md").read_text("utf-8")
    found = re.search(rf"^### {re.escape(title)}\n(.*?)(?=^### |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"no section {title}"
    return found[1]


def block(root: Path, title: str) -> str:
    found = re.search(r"```yaml\n(.*?)```", section(root, title), re.DOTALL)
    assert found
    return found[1]


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model in an annotation, and in the fields of those."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models(field.annotation)
    for each in typing.get_args(annotation):
        yield from models(each)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_named(root: Path, kind: str) -> None:
    text = block(root, SECTIONS[kind])
    keys = {field.alias or name for one in models(KINDS[kind]) for name, field in one.model_fields.items()}
    assert keys
    assert [key for key in sorted(keys) if not re.search(rf"(?<![\w-]){key}:", text)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_other_key_is_named(root: Path, kind: str) -> None:
    document = parse_yaml(block(root, SECTIONS[kind]), "reference")
    assert not document.problems
    try:
        KINDS[kind].model_validate(document.value)
    except ValidationError as error:
        wrong = [each["loc"] for each in error.errors() if each["type"] in ("extra_forbidden", "missing")]
        assert wrong in ([], [("categories", 1, "title")]), wrong


def test_every_file_has_its_section_and_columns(root: Path) -> None:
    population, corrections = section(root, POPULATION), section(root, "corrections.csv")
    for column in ("origin_nl", "born_en", "population", "precision", "source"):
        assert f"`{column}`" in population
    for column in ("date", "version", "indicator", "nl", "en"):
        assert f"`{column}`" in corrections
    assert "versions.json" in section(root, "releases/")


def test_the_picture_of_the_source_is_true(root: Path) -> None:
    text = (root / "docs" / "explanation" / "architecture.md").read_text("utf-8")
    found = re.search(r"```\nsrc/thuis/\n(.*?)```", text, re.DOTALL)
    assert found
    named = set(re.findall(r"(?:^  |\s)([a-z_]+(?:/|\.py))(?=\s)", found[1]))
    there = {
        f"{path.name}/" if path.is_dir() else path.name
        for path in (root / "src" / "thuis").iterdir()
        if not path.name.startswith("_") and (path.suffix == ".py" or (path / "__init__.py").exists())
    }
    assert named == there


def test_the_picture_names_every_file_of_the_data_folder(root: Path, project: Path) -> None:
    header = "origin_nl,origin_en,born_nl,born_en,population,precision,source"
    (project / POPULATION).write_text(f"{header}\na,a,b,b,1,exact,c\n", "utf-8")
    build(project, pages=False)
    text = (root / "docs" / "explanation" / "architecture.md").read_text("utf-8")
    folder = project / "public" / "data"
    named = [path.name for path in folder.iterdir() if not path.name.endswith(".csv-metadata.json")]
    assert len(named) > 10
    assert [name for name in sorted(named) if name not in text] == []
