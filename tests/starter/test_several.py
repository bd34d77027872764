"""Questions with several answers that an SPSS file declares, from the file to the figure."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pyreadstat
import pytest
from click.testing import CliRunner

from thuis.cli import thuis
from thuis.formats import sets_of
from thuis.project import load_project
from thuis.read import read_waves
from thuis.starter import start

FILE = Path(__file__).parent / "files" / "mrsets.sav"
"""Made with PSPP: 300 people, a set of three columns of yes and no, and one of three columns of problems."""


def test_the_sets_of_a_file() -> None:
    where, problems = sets_of(FILE)
    assert (where.name, where.title, where.columns, where.counted) == (
        "where",
        "Places of discrimination",
        ("q1a", "q1b", "q1c"),
        "1",
    )
    assert (problems.name, problems.columns, problems.counted) == ("probs", ("m1", "m2", "m3"), None)


def test_columns_shows_what_a_column_is_part_of(tmp_path: Path) -> None:
    run = CliRunner().invoke(thuis, ["columns", str(FILE), "--find", "q1a"])
    assert "one of the 3 columns of 'where' (Places of discrimination), counted when 1" in run.output
    found = json.loads(CliRunner().invoke(thuis, ["columns", str(FILE), "--json"]).output)
    assert {each["name"]: each["sets"] for each in found}["m2"] == ["probs"]
    CliRunner().invoke(thuis, ["columns", str(FILE), "--html", str(tmp_path / "a.html")])
    page = unescape((tmp_path / "a.html").read_text("utf-8"))
    assert "<p>one of the 3 columns of 'probs' (Main problems)</p>" in page


def right(code: str, columns: list[str]) -> float:
    """The share by hand: weight of those with the code in a column, of all who answered one of them."""
    frame, _ = pyreadstat.read_sav(str(FILE))
    rows = frame[columns].notna().any(axis=1)
    given = (frame[columns] == float(code)).any(axis=1)
    return float(100 * frame["wgt"][given].sum() / frame["wgt"][rows].sum())


def test_init_proposes_a_figure_with_a_row_per_answer(tmp_path: Path) -> None:
    started = start(tmp_path / "m", FILE, wave="2026")
    assert started.remarks == (
        "several answers: 'where', the set that the file declares of q1a, q1b, q1c",
        "several answers: 'probs', the set that the file declares of m1, m2, m3",
    )
    project = load_project(tmp_path / "m")
    kinds = {each.id: (each.kind, [one.id for one in each.answers]) for each in project.indicators}
    assert kinds["where"] == ("multiple", ["street", "work", "school"])
    assert kinds["probs"] == ("multiple", ["crime", "housing", "work", "health"])
    assert not {"q1a", "q1b", "m1"} & set(kinds)
    frame = read_waves(project).frame
    for answer, column in (("street", "q1a"), ("school", "q1c")):
        known = frame.filter(frame[f"where@{answer}"].is_not_null())
        share = (
            100 * known.filter(known[f"where@{answer}"] == "given")["_weight"].sum() / known["_weight"].sum()
        )
        assert share == pytest.approx(right("1", [column]), abs=1e-9)
    known = frame.filter(frame["probs@housing"].is_not_null())
    share = 100 * known.filter(known["probs@housing"] == "given")["_weight"].sum() / known["_weight"].sum()
    assert share == pytest.approx(right("2", ["m1", "m2", "m3"]), abs=1e-9)


def test_a_set_is_asked_for_by_its_name(tmp_path: Path) -> None:
    start(tmp_path / "m", FILE, wave="2026", indicators=["$Probs", "q1a"])
    assert sorted(each.id for each in load_project(tmp_path / "m").indicators) == ["probs", "q1a"]
    wave = (tmp_path / "m" / "waves" / "2026.yaml").read_text("utf-8")
    assert re.search(r'm3:.*\n.*\n    codes: \{"1": crime, "2": housing, "3": work, "4": health\}', wave)
