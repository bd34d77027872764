"""`thuis columns` on files whose columns are known."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pyreadstat
from click.testing import CliRunner

from thuis.cli import thuis


def sav(folder: Path) -> Path:
    frame = pl.DataFrame({"trust": [1.0, 2.0, 8.0, 9.0, None], "w": [0.5, 1.5, 1.0, 1.0, 1.0]})
    path = folder / "a.sav"
    pyreadstat.write_sav(
        frame.to_pandas(),
        str(path),
        column_labels=["Trust in <others>", "Analysis weight"],
        variable_value_labels={
            "trust": {1.0: "can", 2.0: "cannot", 3.0: "depends", 8.0: "Don't know", 9.0: "skip"}
        },
        missing_ranges={"trust": [9.0]},
    )
    return path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(thuis, ["columns", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_names_labels_codes_and_what_is_missing(tmp_path: Path) -> None:
    found = {each["name"]: each for each in json.loads(run(str(sav(tmp_path)), "--json"))}
    assert found["w"]["roles"] == ["weight"]
    trust = found["trust"]
    assert (trust["title"], trust["answered"], trust["empty"]) == ("Trust in <others>", 3, 1)
    assert {each["code"]: (each["count"], each["aside"]) for each in trust["codes"]} == {
        "1": (1, ""),
        "2": (1, ""),
        "3": (0, ""),
        "8": (1, "no answer, says its label"),
        "9": (1, "missing, says the file"),
    }


def test_the_terminal_and_the_page_say_the_same(tmp_path: Path) -> None:
    path = sav(tmp_path)
    said = run(str(path), "--find", "OTHERS")
    assert "Don't know  (no answer, says its label)" in said
    assert said.endswith("1 column of a.sav\n")
    run(str(path), "--html", str(tmp_path / "a.html"))
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "Trust in &lt;others&gt;" in page
    assert "<others>" not in page


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(thuis, ["columns", str(tmp_path / "b.sav")])
    assert result.exit_code == 2
    assert "no file 'b.sav'" in result.output
