"""Rules of the house that a reader would notice when broken: sizes, languages, commands, dependencies."""

from __future__ import annotations

import ast
import importlib
import re
import string
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import grimp
import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from thuis.cli import COMMANDS
from thuis.language import LANGUAGES, catalogue

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "src" / "thuis").rglob("*.py"))
RUN_TIME_EXTRAS = ("serve", "live", "spark", "plot", "report", "exchange")
AREAS = sorted({path.stem for path in (ROOT / "src" / "thuis" / "language").glob("*/*.yaml")})


ROOMS = {
    "babel": ("language/",),
    "csv": ("tables/", "formats/", "starter/dialect.py", "audit/"),
    "docxtpl": ("handover/report/word.py",),
    "duckdb": ("survey/core/engine/", "language/letters.py"),
    "highspy": ("protect/",),
    "markdown_it": ("site/markdown.py",),
    "pypdfium2": ("documents/", "site/paint.py", "handover/report/pdf.py", "audit/"),
    "pyreadstat": ("formats/",),
    "python_calamine": ("tables/workbook.py", "audit/"),
    "rapidfuzz": ("places/near.py", "directory/"),
    "resvg_py": ("site/pictures.py",),
    "ruamel": ("yaml/",),
    "snowballstemmer": ("directory/lexicon.py",),
    "typst": ("handover/report/pdf.py",),
    "xlsxwriter": ("handover/", "directory/table.py"),
    "yaml": ("yaml/",),
}
"""Libraries that do one job, and where: a job in another room is a second answer to one question."""


@pytest.mark.parametrize("library", ROOMS)
def test_one_job_is_done_in_one_room(library: str) -> None:
    home = ROOT / "src" / "thuis"
    rooms = {
        path.relative_to(home).as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if library in _imported(node)
    }
    assert rooms, "nothing uses it: take it from the table"
    assert {each for each in rooms if not each.startswith(ROOMS[library])} == set()


def _imported(node: ast.AST) -> set[str]:
    """The first parts of the names that a statement imports."""
    if isinstance(node, ast.ImportFrom) and not node.level:
        return {(node.module or "").partition(".")[0]}
    names = node.names if isinstance(node, ast.Import) else []
    return {each.name.partition(".")[0] for each in names}


def test_no_module_is_too_large_to_live_in() -> None:
    large = {str(path.relative_to(ROOT)): n for path in MODULES if (n := _lines(path)) > 500}
    assert not large


def test_modules_do_not_import_one_another_in_a_circle() -> None:
    """Imports inside functions and those for types only count too: they tie modules as much."""
    graph = grimp.build_graph("thuis")
    modules = sorted(graph.modules)
    at = {name: i for i, name in enumerate(modules)}
    edges = [(at[a], at[b]) for a in modules for b in graph.find_modules_directly_imported_by(a)]
    start, end = np.array(edges).T
    size = (len(modules), len(modules))
    _, group = connected_components(coo_array((np.ones(len(edges)), (start, end)), size), connection="strong")
    circles = {
        frozenset(np.array(modules)[group == k].tolist()) for k in np.flatnonzero(np.bincount(group) > 1)
    }
    assert not circles


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if path.read_text("utf-8").strip() and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert not silent


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_say_the_same_things(area: str) -> None:
    tables = {language: catalogue(area, language) for language in LANGUAGES}
    assert tables["nl"].keys() == tables["en"].keys()
    for key, dutch in tables["nl"].items():
        assert _places(dutch) == _places(tables["en"][key]), f"{area}: {key} fills different places"
        assert dutch.strip(), f"{area}: {key} is empty in Dutch"
        assert tables["en"][key].strip(), f"{area}: {key} is empty in English"


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_exists_and_explains_itself(name: str) -> None:
    command = importlib.import_module(f"thuis.cli.{name}").command
    assert isinstance(command, click.Command)
    assert command.help or command.short_help


def test_starting_the_command_line_loads_nothing_heavy() -> None:
    heavy = ("polars", "pandas", "duckdb", "pydantic")
    code = f"import sys, thuis.cli; print([m for m in {heavy} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_every_run_time_dependency_is_decided() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = project["dependencies"] + [d for extra in RUN_TIME_EXTRAS for d in extras[extra]]
    names = {re.split(r"[<>=\[ ]", each)[0] for each in wanted}
    records = "\n".join(path.read_text("utf-8") for path in (ROOT / "decisions").glob("*.md"))
    assert not {name for name in names if name not in records}
    capped = [each for each in wanted if re.search(r"<|==|~=", each)]
    assert not capped, "lower bounds only: an upper cap keeps users from fixes"


def test_the_table_of_libraries_is_that_of_what_is_declared() -> None:
    """Decision 0003 has a row for each library that is installed with us, and for no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = project["dependencies"] + [d for extra in RUN_TIME_EXTRAS for d in extras[extra]]
    text = (ROOT / "decisions" / "0003-run-time-dependencies.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+?) \|", text, re.M)[1:]
    named = {name.strip() for row in rows for name in re.sub(r"\(.*?\)", "", row).split(",")}
    assert named == {re.split(r"[<>=\[ ]", each)[0] for each in wanted}


def test_the_project_speaks_of_itself_alone() -> None:
    """No path of the machine it was written on, in any tracked file."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    pattern = re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/")
    texts = (ROOT / name for name in listed.stdout.split("\0") if name)
    told = []
    for path in texts:
        if path.suffix in {".sav", ".parquet", ".png", ".xz", ".gz", ".zip"} or not path.is_file():
            continue
        if pattern.search(path.read_text("utf-8", errors="replace")):
            told.append(str(path.relative_to(ROOT)))
    assert not told


LOOSE = {
    "publish/figure.py": 1,  # what only some figures have
    "site/render.py": 1,  # what a template may name
    "site/views/dataset.py": 1,  # JSON-LD, whose keys are those of schema.org
}
"""Dictionaries of anything at the border of what is published and what is shown, each with its reason."""


def test_the_border_of_what_is_published_and_shown_is_typed() -> None:
    found = {
        f"{path.parent.relative_to(ROOT / 'src' / 'thuis').as_posix()}/{path.name}": len(hits)
        for path in MODULES
        if path.relative_to(ROOT / "src" / "thuis").parts[0] in ("site", "publish")
        if (hits := re.findall(r"dict\[str, Any\]|\bJson\b", path.read_text("utf-8")))
    }
    assert found == LOOSE


def test_what_the_checks_of_types_and_style_pass_over_does_not_grow() -> None:
    """``type: ignore`` and ``noqa`` in the package: fewer is better, and then this number goes down."""
    marks = [m for path in MODULES for m in re.findall(r"# (?:type: ignore|noqa)", path.read_text("utf-8"))]
    assert len(marks) <= 22
