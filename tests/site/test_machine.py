"""No id, file name or word of code stands on a page, and headlines of the examples keep the rules."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from support.headlines import broken_rules
from support.machine import machine_text
from support.walk import faults
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


def test_every_page_reads_well_and_no_address_above_one_is_empty(full: Path) -> None:
    assert list(faults(full)) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<h1>a</h1><p>Waar woont u?, versie twee</p>", "marks: 'Waar woont u?, versie twee'"),
        ("<h1>a</h1><p>Gemiddeld 3.4 punten</p>", "a decimal of another language"),
        ("<h1>a</h1><p>Met the figures and more</p>", "words of another language"),
        ("<h1>a</h1><p lang='en'>The figures and more, 3.4</p>", ""),
        ("<h1>a</h1><p>Bij 1 gemeenten</p>", "one of several: 'Bij 1 gemeenten'"),
        ("<h1>a</h1><h3>b</h3><p>c</p>", "a heading skips from 1 to 3"),
        ("<h1>a</h1><table><tr><td>1</td></tr></table>", "a table has no headers"),
        ("<h1>a</h1><p><a href='b'>x</a> <a href='c'>x</a></p>", "two links are called 'x': b and c"),
        ("<h1>a</h1><section><h2>b</h2></section>", "a section has nothing in it: 'b'"),
        ("<p>c</p>", "0 headings of the first level"),
    ],
)
def test_a_fault_of_a_page_is_seen(tmp_path: Path, body: str, fault: str) -> None:
    (tmp_path / "nl" / "map" / "x").mkdir(parents=True)
    (tmp_path / "nl" / "index.html").write_text("<html><body><main><h1>a</h1></main></body></html>", "utf-8")
    page = f"<html><body><main>{body}</main></body></html>"
    (tmp_path / "nl" / "map" / "x" / "index.html").write_text(page, "utf-8")
    found = list(faults(tmp_path))
    assert found[-1] == "nl/map: no page at an address above others"
    assert len(found) == (2 if fault else 1)
    assert fault in found[0]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_builds_and_reads_well(root: Path, tmp_path: Path, example: str) -> None:
    folder = tmp_path / example
    shutil.copytree(root / "examples" / example, folder, ignore=shutil.ignore_patterns("public", ".thuis"))
    public = build(folder).out
    assert list(machine_text(public)) == []
    assert broken_rules(read_folder(public / "data")) == []
    assert list(faults(public)) == []
