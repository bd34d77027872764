"""No id, file name or word of code stands on a page, and headlines of the examples keep the rules."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from support.headlines import broken_rules
from support.machine import machine_text
from thuis.contract.folder import read_folder
from thuis.monitor.pipeline import build

EXAMPLES = ("gss", "nederland", "vertrouwen")


def test_no_machine_text_stands_on_a_page(full: Path) -> None:
    assert list(machine_text(full)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("made with examples/make.py", "examples/make.py"),
        ("vloeit_voort_uit", "vloeit_voort_uit"),
        ("see trust-in-people", "trust-in-people"),
        ("None of 3", "None"),
        ("from letters.yaml", "letters.yaml"),
        ("met kst-32824-437 voldaan", "kst-32824-437"),
    ],
)
def test_machine_text_is_seen(tmp_path: Path, text: str, found: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "nl").mkdir()
    told = {"indicators": [{"id": "trust-in-people"}], "themes": [], "breakdowns": []}
    (tmp_path / "data" / "monitor.json").write_text(json.dumps(told), "utf-8")
    page = '<main><p>{}</p><a href="trust-in-people/x.json">a_b</a><code>c_d</code></main>'
    (tmp_path / "nl" / "index.html").write_text(page.replace("a_b", "x").format(text), "utf-8")
    assert list(machine_text(tmp_path)) == [f"nl/index.html: {found!r}"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_builds_and_reads_well(root: Path, tmp_path: Path, example: str) -> None:
    folder = tmp_path / example
    shutil.copytree(root / "examples" / example, folder, ignore=shutil.ignore_patterns("public", ".thuis"))
    public = build(folder).out
    assert list(machine_text(public)) == []
    assert broken_rules(read_folder(public / "data")) == []
