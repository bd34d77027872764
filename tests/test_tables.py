"""Tables that people edit: where a row stands, and every fault at once."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook

from thuis.errors import Problem, ThuisError
from thuis.publish.columns import as_csv as published
from thuis.tables import parse_table, read_table, safe
from thuis.tables.sheet import parse_csv
from thuis.tables.sheet import read_table as read_sheet


def told(text: str, **options: object) -> list[str]:
    problems: list[Problem] = []
    parse_table(text, problems, required=("id", "text"), name="t.csv", **options)  # type: ignore[arg-type]
    return [str(each) for each in problems]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_row_stands_where_it_begins(separator: str, end: str) -> None:
    text = end.join(["id" + separator + "text", f'a{separator}"x{end}y"', "", f"b{separator}z", ""])
    rows = parse_table(text, [], required=("id", "text"), name="t.csv")
    assert [(row.cells["id"], row.line) for row in rows] == [("a", 2), ("b", 5)]


def test_a_table_of_others_names_the_same_line_and_a_workbook_its_row(tmp_path: Path) -> None:
    """Where a row stands is the line it begins on, whoever reads it; a workbook has rows alone."""
    text = 'id;text\na;"x\ny"\n\nb;z\n'
    ours = [row.place("text") for row in parse_table(text, [], required=("id",), name="t.csv")]
    theirs = parse_csv(text.encode(), "t.csv").rows
    assert [row.place("text") for row in theirs] == ours
    assert [str(each) for each in ours] == ["t.csv:2, text", "t.csv:5, text"]
    book = Workbook()
    for cells in (["id", "text"], ["a", "x\ny"], [None], ["b", "z"]):
        book.active.append(cells)
    book.save(tmp_path / "t.xlsx")
    assert [str(row.place("text")) for row in read_sheet(tmp_path / "t.xlsx").rows] == [
        "t.xlsx, row 2, text",
        "t.xlsx, row 4, text",
    ]
    with pytest.raises(ThuisError, match=r"t.csv:3: this is no CSV from here on"):
        parse_csv(b'id,text\na,b\nc,"d\ne,f\n', "t.csv")


def test_a_text_longer_than_the_standard_library_allows(tmp_path: Path) -> None:
    long = "w " * 100_000
    (tmp_path / "t.csv").write_text(f"id,text\na,{long}\n", "utf-8-sig")
    (row,) = read_table(tmp_path / "t.csv", [], required=("id", "text"))
    assert row.cells["text"] == long.strip()


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("id,txt\n", ["unknown column 'txt'", "column 'text' is missing"]),
        ("id,text,text\n", ["2 columns are called 'text'"]),
        ("", ["column 'id' is missing", "column 'text' is missing"]),
        ("id,text\na\nb,c,d\n", ["t.csv:2: the row has 1 cells", "t.csv:3: the row has 3 cells"]),
        ('id,text\na,b\nc,"d\ne,f\n', ["t.csv:3: this is no CSV from here on"]),
    ],
)
def test_every_fault_is_told_with_its_line(text: str, messages: list[str]) -> None:
    found = told(text, columns=("id", "text"))
    assert len(found) == len(messages)
    assert all(said in one for said, one in zip(messages, found, strict=True))


def test_a_file_that_is_not_utf8_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("id,text\na,b\nc,é\n".encode("cp1252"))
    problems: list[Problem] = []
    assert read_table(tmp_path / "t.csv", problems, required=("id",)) == []
    (found,) = problems
    assert str(found).startswith(f"{tmp_path / 't.csv'}:3: byte 0xe9 is not UTF-8")


def test_no_text_of_a_table_for_others_is_a_formula() -> None:
    said = ["=1+1", "+31", "-18", "@a", "\tx", "\rx", "a=b", "", "−3", None]
    table = pl.DataFrame({"label": said, "n": [-1] * len(said)})
    for row, original in zip(
        csv.DictReader(io.StringIO(published(table).decode(), newline="")), said, strict=True
    ):
        guarded = str(original or "")[:1] in {"=", "+", "-", "@", "\t", "\r"} and original
        assert row == {"label": f"'{original}" if guarded else original or "", "n": "-1"}
        assert (safe(original) if original else "") == row["label"]
