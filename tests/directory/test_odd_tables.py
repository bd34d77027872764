"""Tables as social maps export them, and files that are something else: labelled before they were tried."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from odfdo import Document, Row, Table
from openpyxl import Workbook

from thuis.directory.load import load, read_file
from thuis.directory.table import read_initiatives
from thuis.errors import ThuisError

DAY = date(2025, 6, 1)
HEAD = "naam;organisatie;omschrijving;gemeente\n"
ROW = "Koffie;Welzijn;Elke dinsdag koffie voor iedereen.;Ede\n"


def names(path: Path) -> list[str]:
    rows, faults = read_file(path, DAY)
    assert not faults, faults
    return [record.name for record, _ in rows]


@pytest.mark.parametrize(
    "text",
    [
        "Sociale kaart Ede;;;\nExport 12-03-2025;;;\n;;;\n" + HEAD + ROW,
        "sep=;\n" + HEAD + ROW,
        (HEAD + ROW).replace(";", "\t"),
        "Titel activiteit;Aanbieder;Korte omschrijving;Woonplaats;Straat;Huisnummer;Postcode\n"
        "Koffie;Welzijn;Koffie drinken.;Lunteren;Dorpsstraat;12;6741 AK\n",
    ],
)
def test_a_table_as_it_is_exported(tmp_path: Path, text: str) -> None:
    path = tmp_path / "in.csv"
    path.write_text(text, "utf-8")
    assert names(path) == ["Koffie"]
    record = read_file(path, DAY)[0][0][0]
    assert record.municipality == "GM0228"  # of Lunteren too
    assert not record.where or record.where[0].address == "Dorpsstraat 12"


@pytest.mark.parametrize("blank", [False, True])
def test_a_workbook_with_a_title_above_the_table(tmp_path: Path, blank: bool) -> None:
    made = Workbook()
    rows = (["Sociale kaart"], *([[None]] * blank), ["naam", "gemeente"], ["Koffie", "Ede"])
    for row in rows:
        made.active.append(row)
    made.save(tmp_path / "in.xlsx")
    assert names(tmp_path / "in.xlsx") == ["Koffie"]


@pytest.mark.parametrize(("second", "told"), [(HEAD, True), ("jaar;aantal\n", False), ("", False)])
def test_a_workbook_of_libreoffice_is_read_and_its_second_sheet_told(
    tmp_path: Path, second: str, told: bool
) -> None:
    book = Document("spreadsheet")
    book.body.clear()
    for name, rows in (("een", f"{HEAD}{ROW}"), ("twee", f"{second}{ROW}" if second else "")):
        table = Table(name)
        for line in rows.splitlines():
            row = Row()
            row.set_values(line.split(";"))
            table.append_row(row)
        book.body.append(table)
    path = tmp_path / "in.ods"
    book.save(str(path))
    found, problems = read_initiatives(path, DAY)
    assert [each.name for each, _ in found] == ["Koffie"]
    assert [each.what for each in problems] == ["the sheet 'twee' is not read"] * told


def test_a_row_with_too_many_cells_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("naam\nKoor, Ede\n", "utf-8")
    assert ["2 cells under 1 columns" in str(each) for each in read_file(path, DAY)[1]] == [True]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.xlsx", "<html><table><tr><td>naam</td></tr></table></html>", "column"),
        (
            "a.json",
            json.dumps({"@context": "https://schema.org", "@type": "Service", "name": "A"}),
            "JSON-LD",
        ),
        ("a.json", json.dumps({"type": "FeatureCollection", "features": [{}]}), "GeoJSON"),
        ("a.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a file of this form is not read"),
        ("a.ods", "PK", "a file of this form is not read"),
    ],
)
def test_what_is_something_else_is_told(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / "initiatives").mkdir()
    (tmp_path / "initiatives" / name).write_text(text, "utf-8")
    with pytest.raises(ThuisError) as caught:
        load(tmp_path, DAY)
    assert name in str(caught.value)
    assert said in str(caught.value)


def test_words_about_the_files_may_stand_beside_them(tmp_path: Path) -> None:
    (tmp_path / "initiatives").mkdir()
    (tmp_path / "initiatives" / "README.md").write_text("Van de gemeente.", "utf-8")
    (tmp_path / "initiatives" / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "initiatives" / "archief.2024").mkdir()
    (tmp_path / "initiatives" / "a.csv").write_text(HEAD + ROW, "utf-8")
    assert [each.name for each in load(tmp_path, DAY).records] == ["Koffie"]
