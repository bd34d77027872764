"""Tables of spellings, as spreadsheets save them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from thuis.cli import thuis
from thuis.errors import ThuisError
from thuis.places.sheet import as_csv, read_sheet

ROWS = "spelling;date\r\nSúdwest-Fryslân;1-1-2012\r\nBergen;2010-01-01\r\n"


@pytest.mark.parametrize(
    "data",
    [
        ROWS.encode(),
        b"\xef\xbb\xbf" + ROWS.encode(),
        ROWS.encode("cp1252"),
        ROWS.replace(";", "\t").encode("utf-16"),
        ("sep=;\r\n" + ROWS).encode("cp1252"),
        ROWS.replace(";", ",").replace("\r\n", "\n").encode(),
    ],
    ids=["plain", "mark", "cp1252", "utf-16 tabs", "sep", "commas"],
)
def test_a_table_reads_however_it_was_saved(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(data)
    sheet = read_sheet(path)
    assert [each.code for each in sheet.answers] == ["GM1900", None]
    out = list(csv.DictReader(as_csv(sheet).splitlines()))
    assert list(out[0]) == ["spelling", "date", "code", "name", "how", "candidates"]
    assert out[1]["code"] == ""
    assert "GM0373" in out[1]["candidates"]


def test_every_fault_is_named_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("spelling,date\nEde,2010-02-30\n\nEde,40179\nEde,1/2/2010\nEde,\nEde,2010\n", "utf-8")
    with pytest.raises(ThuisError) as caught:
        read_sheet(path)
    assert [each.where.line for each in caught.value.problems if each.where] == [2, 4, 5, 6, 7]
    assert "day number" in str(caught.value)


def test_columns_that_are_missing_or_taken(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("speling,date,code\nEde,2010-01-01,x\n", "utf-8")
    with pytest.raises(ThuisError) as caught:
        read_sheet(path)
    assert "rename 'speling' to 'spelling'" in str(caught.value)
    assert "'code' is one that the answer adds" in str(caught.value)


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02\x03" * 40, b'spelling,date\n"Ede,2010-01-01\n', b"PK\x03\x04nonsense"]
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(data)
    with pytest.raises(ThuisError):
        read_sheet(path)


def test_the_command_answers_and_writes_nothing_halfway(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert "GM0518" in run(thuis, ["place", "resolve", "Den Haag", "--date", "2010-01-01"]).output
    assert run(thuis, ["place", "resolve", "Bergen", "--date", "2010-01-01"]).exit_code == 1
    assert run(thuis, ["place", "resolve", "Bergen", "--date", "nooit"]).exit_code == 2
    assert run(thuis, ["place", "resolve"]).exit_code == 2
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("spelling,date\nEde,nooit\n", "utf-8")
    assert run(thuis, ["place", "resolve", "--csv", str(source), "--out", str(out)]).exit_code == 2
    assert not out.exists()
    source.write_text("spelling,date\nEde,2010-01-01\n", "utf-8")
    assert run(thuis, ["place", "resolve", "--csv", str(source), "--out", str(source)]).exit_code == 2
    assert run(thuis, ["place", "resolve", "--csv", str(source), "--out", str(out)]).exit_code == 0
    assert "GM0228" in out.read_text("utf-8")
