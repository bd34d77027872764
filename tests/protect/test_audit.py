"""The attacker finds what is weak in a folder and in two releases, and nothing where nothing is."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from thuis.audit import attack, compare, read
from thuis.cli import thuis
from thuis.errors import ThuisError


def cell(name: str | None, n: int | None, reason: str = "confidential", **more: Any) -> dict[str, Any]:
    base = {"wave": "1", "cell": [name] if name else []}
    if n is None:
        return {**base, "status": "withheld", "reason": reason}
    return {**base, "status": "published", "reason": None, "estimate": 40.0, "se": 2.0, "n": n, **more}


def folder(at: Path, total: int | None, parts: dict[str, int | None], tests: list[Any] | None = None) -> Path:
    figures = at / "figures" / "x"
    figures.mkdir(parents=True)
    (at / "monitor.json").write_text(json.dumps({"version": at.name, "protection": {"minimum_n": 50}}))
    one = {
        "id": "x/total",
        "indicator": "x",
        "breakdown": "total",
        "dimensions": [],
        "cells": [cell(None, total)],
    }
    (figures / "total.json").write_text(json.dumps(one))
    dimension = {"id": "g", "categories": [{"id": each} for each in parts]}
    cells = [cell(name, n) for name, n in parts.items()]
    two = {
        "id": "x/g",
        "indicator": "x",
        "breakdown": "g",
        "dimensions": [dimension],
        "cells": cells,
        "comparisons": tests or [],
    }
    (figures / "g.json").write_text(json.dumps(two))
    return at


@pytest.mark.parametrize(
    ("total", "parts", "kinds"),
    [
        (300, {"a": None, "b": 200, "c": 92}, {"narrow"}),
        (300, {"a": None, "b": None, "c": 100}, set()),
        (300, {"a": None, "b": None, "c": 296}, {"narrow"}),
        (300, {"a": 100, "b": 98, "c": 95}, {"remainder"}),
        (300, {"a": 100, "b": 100, "c": 100}, set()),
    ],
)
def test_one_folder(tmp_path: Path, total: int, parts: dict[str, int | None], kinds: set[str]) -> None:
    found = attack(read(folder(tmp_path / "1.0", total, parts)))
    assert {each.kind for each in found} == kinds


def test_adjusted_for_tests_that_are_not_there(tmp_path: Path) -> None:
    def test(p: float, adjusted: float) -> dict[str, Any]:
        return {"wave": "1", "cell": ["a"], "other": ["b"], "p": p, "p_adjusted": adjusted}

    parts: dict[str, int | None] = {"a": 150, "b": 150}
    assert not attack(read(folder(tmp_path / "1.0", 300, parts, [test(0.03, 0.03)])))
    found = attack(read(folder(tmp_path / "1.1", 300, parts, [test(0.03, 0.09)])))
    assert [each.kind for each in found] == ["adjusted"]


def test_one_respondent_less_in_the_next_release(tmp_path: Path) -> None:
    before = read(folder(tmp_path / "1.0", 300, {"a": 150, "b": 150}))
    after = read(folder(tmp_path / "1.1", 299, {"a": 149, "b": 150}))
    assert {(each.figure, each.cell, each.high) for each in compare(before, after)} == {
        ("x/total", (), 1),
        ("x/g", ("a",), 1),
    }
    later = read(folder(tmp_path / "1.2", 400, {"a": 200, "b": None}))
    assert [(each.kind, each.cell) for each in compare(before, later)] == [("withdrawn", ("b",))]


def test_the_command_reads_zips_writes_a_report_and_fails_on_what_is_weak(tmp_path: Path) -> None:
    new = folder(tmp_path / "1.1", 299, {"a": 149, "b": 150})
    old = folder(tmp_path / "1.0", 300, {"a": 150, "b": 150})
    archive = tmp_path / "1.0.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for path in old.rglob("*.json"):
            out.write(path, path.relative_to(old))
    report = tmp_path / "report.md"
    plain = CliRunner().invoke(thuis, ["audit", str(new), "--language", "en"])
    assert plain.exit_code == 0
    assert "Nothing" in plain.output
    both = CliRunner().invoke(
        thuis, ["audit", str(new), "--against", str(archive), "--json", "--out", str(report)]
    )
    assert both.exit_code == 1
    assert {each["kind"] for each in json.loads(both.output)["weak"]} == {"difference"}
    assert "Handtekening" in report.read_text("utf-8")


def test_releases_that_stand_beside_the_monitor_are_compared_by_themselves(tmp_path: Path) -> None:
    """Also two that were released after each other, of which the monitor of now says nothing."""
    kept = tmp_path / "now" / "releases"
    new = folder(tmp_path / "now", 500, {"a": 250, "b": 250})
    kept.mkdir()
    for version, whole, a in (("1.9", 300, 150), ("1.10", 299, 149)):
        old = folder(tmp_path / version, whole, {"a": a, "b": 150})
        (old / "monitor.json").write_text(json.dumps({"version": version, "protection": {"minimum_n": 50}}))
        with zipfile.ZipFile(kept / f"{version}.zip", "w") as out:
            for path in old.rglob("*.json"):
                out.write(path, path.relative_to(old))
    told = json.loads(CliRunner().invoke(thuis, ["audit", str(new), "--json"]).output)
    assert sorted(told["against"]) == ["1.10", "1.9"]
    assert {(each["kind"], each["how"]) for each in told["weak"]} >= {
        ("difference", "n was 150 in version 1.9"),
        ("difference", "n was 300 in version 1.9"),
    }


def test_what_is_no_monitor_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ThuisError, match="no published monitor here"):
        read(tmp_path)
    (tmp_path / "x.zip").write_bytes(b"nothing")
    with pytest.raises(ThuisError, match="not a zip"):
        read(tmp_path / "x.zip")
