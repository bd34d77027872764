"""What stands where a file should, and files made to break down their reader: one sentence, and soon."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from support import files as make
from thuis.cli import thuis
from thuis.documents import Document, extract_bytes
from thuis.errors import Place, Problem, ThuisError
from thuis.formats.files import columns_of
from thuis.tables.sheet import read_table
from thuis.yaml.located import read_yaml

COMMANDS = (
    *(("screen",), ("letter", "read"), ("letter", "check"), ("dossier", "find"), ("columns",)),
    *(("init", "project"), ("directory", "import"), ("audit",)),
)


@pytest.mark.parametrize("command", COMMANDS, ids="-".join)
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_may_have_no_end_is_refused(tmp_path: Path, command: tuple[str, ...], kind: str) -> None:
    path = tmp_path / "odd.csv"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    more = [str(tmp_path / "out.json")] if command == ("directory", "import") else []
    found = CliRunner().invoke(thuis, [*command, str(path), *more])
    assert found.exit_code
    assert "no ordinary file" in str(found.exception) + found.output


def test_the_library_refuses_them_too(tmp_path: Path) -> None:
    for name in ("odd.csv", "thuis.yaml"):
        os.mkfifo(tmp_path / name)
    with pytest.raises(ThuisError, match="no ordinary file"):
        columns_of(tmp_path / "odd.csv")
    assert "no ordinary file" in read_yaml(tmp_path / "thuis.yaml", "thuis.yaml").problems[0].what


PIECES = ("<!--", "<a ", '<a "', "<a x='", "<p", "<a href=", "<![", "<![cdata[", "<![if ", "<p x=1 x=1 ")


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("end", ["", ">", "-->"])
def test_tags_that_never_end_are_passed_in_a_moment(piece: str, end: str) -> None:
    begun = time.process_time()
    page = f"<p>Een brief over de buurt.</p>{piece * 40_000}{end}"
    [found] = extract_bytes(page.encode(), "a.html")
    if isinstance(found, Document):
        assert "Een brief over de buurt." in found.text
    else:
        assert found.why == "garbled", "tens of thousands of tags as text"
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="A2"', b'r="ZZZZZZZ99999999999"'),
        (b'<row r="1"', b'<row r="1048576"><c r="XFD1048576"/></row><row r="1"'),
    ],
)
def test_a_workbook_that_breaks_down_its_reader_is_refused(tmp_path: Path, old: bytes, new: bytes) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (["name", "municipality"], ["Buurtkamer", "Utrecht"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    data = (tmp_path / "a.xlsx").read_bytes()
    spoiled = make.changed(data, "xl/worksheets/sheet1.xml", lambda member: member.replace(old, new))
    (tmp_path / "a.xlsx").write_bytes(spoiled)
    try:
        assert read_table(tmp_path / "a.xlsx").columns
    except ThuisError as error:
        assert error.problems[0].where


def test_a_number_of_thousands_of_digits_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"organizations": [{"id": ' + "9" * 10_000 + "}]}")
    found = CliRunner().invoke(
        thuis, ["directory", "import", str(tmp_path / "a.json"), str(tmp_path / "b.json")]
    )
    assert "thousands of digits" in str(found.exception) + found.output


def test_a_workbook_of_three_columns_is_begun_with(tmp_path: Path) -> None:
    """Of so few nothing was asked in a first look: a frame without columns was laid beside all rows."""
    book = Workbook()
    assert book.active is not None
    for row in (["id", "w", "q"], *([k, 1.5, "a"] for k in range(50))):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    found = CliRunner().invoke(thuis, ["init", str(tmp_path / "p"), str(tmp_path / "a.xlsx"), "--yes"])
    assert found.exception is None or isinstance(found.exception, (SystemExit, ThuisError)), found.exception


def test_a_fault_far_along_a_line_draws_no_line_of_spaces() -> None:
    where = Place("thuis.yaml", 1, 4_000, source="{" + "a" * 150 + "...")
    assert max(map(len, str(Problem("unknown key", where)).splitlines())) < 200
