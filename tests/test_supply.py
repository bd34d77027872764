"""What is said of a release: which licences a user takes in, and what is in the bill of materials.

``scripts/release`` is run with programs that stand for pip and its like, so what is tested is what it does
with what they say; the list is held against the packages that are installed here.
"""

from __future__ import annotations

import importlib.util
import json
import re
import stat
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    loader = SourceFileLoader("licences", str(ROOT / "scripts" / "licences"))
    spec = importlib.util.spec_from_loader("licences", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("licence", "good"),
    [
        ("MIT", True),
        ("BSD-3-Clause", True),
        ("Apache-2.0 OR BSD-2-Clause", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT; Apache Software License", True),
        ("MIT AND LGPL-3.0-or-later", True),
        ("GNU Lesser General Public License v3", True),
        ("GPL-3.0-only", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("GNU Affero General Public License v3", False),
        ("MIT AND GPL-2.0-only", False),
        ("AGPL-3.0", False),
        ("SSPL-1.0", False),
        ("BUSL-1.1", False),
        ("Proprietary", False),
        ("Commercial", False),
        ("UNKNOWN", False),
        ("", False),
    ],
)
def test_which_licences_may_be_taken_in(licences: ModuleType, licence: str, good: bool) -> None:
    assert licences.accepted("some-package", licence) == good


def run_time() -> set[str]:
    """Every package that the library needs, and what these need."""
    found, left = set[str](), ["thuis"]
    while left:
        name = left.pop()
        for line in requires(name) or ():
            wanted, _, marker = line.partition(";")
            needed = re.split(r"[\s\[<>=!~(]", wanted.strip())[0].lower()
            if "extra" in marker or needed in found:
                continue
            try:
                distribution(needed)
            except PackageNotFoundError:
                continue
            found.add(needed)
            left.append(needed)
    return found


def said_of(name: str) -> str:
    """The licence as the metadata of a package state it, in any of the three places."""
    told = distribution(name).metadata
    classifiers = [each for each in told.get_all("Classifier") or () if each.startswith("License ::")]
    of_classifiers = "; ".join(each.rpartition(" :: ")[2] for each in classifiers if " :: " in each)
    return str(told.get("License-Expression") or of_classifiers or told.get("License") or "UNKNOWN")


def test_everything_the_library_needs_is_on_the_list(licences: ModuleType) -> None:
    needed = run_time()
    assert {"polars", "numpy", "highspy", "pydantic"} <= needed
    assert {
        each: said_of(each) for each in sorted(needed) if not licences.accepted(each, said_of(each))
    } == {}


SAID = {"Name": "good", "Version": "1", "License": "MIT"}


def release(folder: Path, packages: list[dict[str, str]], audit: str) -> subprocess.CompletedProcess[str]:
    """``scripts/release`` in a folder of its own, with ``audit`` as what pip-audit does."""
    programs = {
        "python": f"""case "$1" in
  scripts/licences) exec {sys.executable} "$@";;
  *) : ;; esac""",
        "pip-licenses": f"echo '{json.dumps(packages)}'",
        "cyclonedx-py": 'for last; do :; done; echo \'{"bomFormat": "CycloneDX"}\' > "$last"',
        "pip-audit": audit,
    }
    python = """if [ "$2" = venv ]; then mkdir -p build/release/bin
  printf '#!/bin/sh\\n' > build/release/bin/python; chmod +x build/release/bin/python; touch dist/x.whl; fi"""
    (folder / "bin").mkdir(parents=True)
    for name, text in {**programs, "venv-python": python}.items():
        path = folder / "bin" / name
        path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    (folder / "scripts").symlink_to(ROOT / "scripts")
    command = ["bash", str(ROOT / "scripts" / "release"), "bin", "bin/venv-python"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


NOTHING_KNOWN = "echo '{\"dependencies\": []}'"


def test_a_release_has_a_bill_of_materials_and_its_licences(tmp_path: Path) -> None:
    done = release(tmp_path, [SAID], NOTHING_KNOWN)
    assert done.returncode == 0, done.stderr
    assert "licences: 1 packages, 0 not on the list" in done.stdout
    assert json.loads((tmp_path / "dist" / "sbom.cdx.json").read_text())["bomFormat"] == "CycloneDX"
    assert json.loads((tmp_path / "dist" / "licences.json").read_text()) == [SAID]
    assert "known vulnerabilities: none" in done.stdout


def test_a_licence_that_is_not_on_the_list_ends_a_release(tmp_path: Path) -> None:
    wrong: dict[str, Any] = {**SAID, "Name": "bad", "License": "GPL-3.0-only"}
    done = release(tmp_path, [SAID, wrong], NOTHING_KNOWN)
    assert done.returncode
    assert "bad 1: licence 'GPL-3.0-only' is not on the list" in done.stdout
    assert not (tmp_path / "dist" / "sbom.cdx.json").exists()


@pytest.mark.parametrize(
    ("audit", "says", "fine"),
    [
        ('echo \'[{"id": "CVE-1"}]\'; exit 1', "see dist/vulnerabilities.json", False),
        ("exit 1", "not checked, the advisory service could not be reached", True),
    ],
)
def test_what_is_known_of_vulnerabilities_is_stated(
    tmp_path: Path, audit: str, says: str, fine: bool
) -> None:
    done = release(tmp_path, [SAID], audit)
    assert (done.returncode == 0) == fine
    assert says in done.stdout
