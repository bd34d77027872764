"""Lists of services in the shapes that others publish, and odd ones: what has to happen was written first."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from thuis.directory.calendar import calendar
from thuis.directory.hsds_out import as_json
from thuis.directory.load import read_file
from thuis.directory.model import Initiative
from thuis.errors import Problem, ThuisError

TODAY = date(2026, 6, 1)

HERE = Path(__file__).parent
SHAPES: dict[str, Any] = json.loads((HERE / "outside-shapes.json").read_text("utf-8"))
"""Cut down from the examples of the specification, the seeds and tables of the Ohana API, and the tests of
the transformer to HSDS 1.1; ``odd`` and ``packages`` say what is told of each, nothing where it is taken."""


def package(folder: Path, tables: dict[str, str], inside: str = "") -> Path:
    path = folder / "in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in tables.items():
            archive.writestr(f"{inside}{name}.csv", text)
    return path


def leaves(value: Any) -> Iterator[str]:
    """Every text and number in a value of JSON."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)
    elif value not in (None, ""):
        yield str(value).strip()


def came_back(path: Path, texts: set[str]) -> tuple[list[Initiative], list[Problem], set[str]]:
    """The records of a file, what is said, and what does not come back in HSDS 3.1."""
    rows, problems = read_file(path, TODAY)
    records = [record for record, _ in rows]
    out = set(leaves(json.loads(as_json(records))))
    return records, problems, {each for each in texts if each not in out}


def cells(tables: dict[str, str]) -> set[str]:
    return {
        cell.strip()
        for text in tables.values()
        for row in csv.DictReader(io.StringIO(text))
        for cell in row.values()
        if cell and cell.strip()
    }


def test_the_figures_of_the_documentation_come_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text(json.dumps(SHAPES["wrapped"]), "utf-8")
    records, problems, lost = came_back(path, set(leaves(SHAPES["wrapped"])))
    assert [each.name for each in records] == ["Kitten Time", "Puppy Time"]
    assert not problems
    assert not lost


@pytest.mark.parametrize("lines", [True, False], ids=["a document per line", "a list"])
def test_the_seeds_of_ohana_come_back_whole(tmp_path: Path, lines: bool) -> None:
    path = tmp_path / "in.json"
    path.write_text(
        "\n".join(map(json.dumps, SHAPES["seeds"])) if lines else json.dumps(SHAPES["seeds"]), "utf-8"
    )
    records, problems, lost = came_back(path, set(leaves(SHAPES["seeds"])))
    assert [each.name for each in records] == ["Adult Activity", "Peers", "Recreation"]
    assert [each.organization for each in records] == ["Peninsula Family Service"] * 2 + [
        "Peninsula Volunteers"
    ]
    assert not problems
    assert not lost


def test_the_tables_of_ohana_come_back_whole(tmp_path: Path) -> None:
    records, problems, lost = came_back(package(tmp_path, SHAPES["ohana"]), cells(SHAPES["ohana"]))
    assert [each.name for each in records] == ["Adult Activity", "Second Career"]
    assert {each.organization for each in records} == {"Peninsula Family Service"}
    assert records[0].where[0].city == "Redwood City"
    assert [each.byday for each in records[0].schedules] == ["TU"]
    assert not problems
    # weekdays and hours are written as HSDS 3 does
    assert lost == {"Monday", "Tuesday", "9am", "5pm"}


def test_the_tables_of_a_transformer_come_back_whole(tmp_path: Path) -> None:
    found = came_back(package(tmp_path, SHAPES["transformed"], "hsds/data/"), cells(SHAPES["transformed"]))
    records, problems, lost = found
    assert (records[0].organization, records[0].where[0].name) == ("Legal Aid Network", "Memorial Library")
    assert not problems
    assert lost == {"Monday"}


@pytest.mark.parametrize("what", SHAPES["odd"])
def test_an_odd_document_is_taken_or_clearly_refused(what: str, tmp_path: Path) -> None:
    value, said = SHAPES["odd"][what]["value"], SHAPES["odd"][what]["said"]
    path = tmp_path / "in.json"
    path.write_text(json.dumps(value), "utf-8")
    told = ""
    try:
        rows, problems = read_file(path, TODAY)
        told = "\n".join(map(str, problems))
        records = [record for record, _ in rows]
        json.loads(as_json(records))
        calendar(records, TODAY)
    except ThuisError as error:
        told = str(error)
    assert re.search(said, told) if said else not told, told or "nothing said"


@pytest.mark.parametrize("what", SHAPES["packages"])
def test_an_odd_package_is_taken_or_clearly_refused(what: str, tmp_path: Path) -> None:
    tables, said = SHAPES["packages"][what]["tables"], SHAPES["packages"][what]["said"]
    try:
        _, problems = read_file(package(tmp_path, tables), TODAY)
        told = "\n".join(map(str, problems))
    except ThuisError as error:
        told = str(error)
    assert re.search(said, told, re.DOTALL) if said else not told, told or "nothing said"


def test_a_workbook_with_a_second_sheet_of_rows_says_which_it_read(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["name"])
    book.active.append(["Koor"])
    second = book.create_sheet("Nog meer")
    second.append(["name"])
    second.append(["Band"])
    path = tmp_path / "in.xlsx"
    book.save(path)
    rows, problems = read_file(path, TODAY)
    told = "\n".join(map(str, problems))
    assert len(rows) == 2 or "Nog meer" in told


def test_past_midnight_ends_on_the_next_day(tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text(json.dumps(SHAPES["odd"]["past midnight"]["value"]), "utf-8")
    rows, _ = read_file(path, TODAY)
    made = calendar([record for record, _ in rows], TODAY).decode()
    start, end = (re.search(rf"{name};[^:]*:(\d{{8}})T", made) for name in ("DTSTART", "DTEND"))
    assert start and end
    assert int(end.group(1)) == int(start.group(1)) + 1
