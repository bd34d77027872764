"""Broken and odd files as they come in: what has to happen was written down before any of them was tried."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from thuis.directory.calendar import calendar
from thuis.directory.feeds import feed
from thuis.directory.find import Query, find
from thuis.directory.hsds_out import as_json
from thuis.directory.index import build
from thuis.directory.load import read_file
from thuis.directory.table import as_csv, as_xlsx
from thuis.directory.validate import remarks
from thuis.directory.views import json_ld

TODAY = date(2026, 6, 1)


def written(folder: Path, rows: list[dict[str, str]], **how: Any) -> Path:
    """A CSV file of rows."""
    stream = io.StringIO()
    columns = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(stream, columns, lineterminator="\r\n", **how)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "in.csv"
    path.write_text(stream.getvalue(), "utf-8", newline="")
    return path


def book(folder: Path, *rows: list[Any], merge: str | None = None) -> Path:
    """A workbook of rows."""
    made = Workbook()
    for row in rows:
        made.active.append(row)
    if merge:
        made.active.merge_cells(merge)
    path = folder / "in.xlsx"
    made.save(path)
    return path


def document(folder: Path, value: Any) -> Path:
    """A file of JSON."""
    path = folder / "in.json"
    path.write_text(json.dumps(value), "utf-8")
    return path


def everywhere(records: list[Any]) -> None:
    """Every way out takes every record."""
    for write in (as_csv, as_xlsx, as_json, json_ld):
        write(records)
    calendar(records, TODAY)
    feed(find(build(records), Query(), TODAY), "t", "https://a.example", datetime(2026, 1, 1).astimezone())


def read(path: Path) -> tuple[list[Any], str, set[tuple[str, str]]]:
    """The records, all that is wrong in one text, and what a person should look at."""
    rows, problems = read_file(path, TODAY)
    records = [record for record, _ in rows]
    everywhere(records)
    seen = {(each.field, each.kind) for record in records for each in remarks(record)}
    told = re.sub(r"\bin\.csv:(\d+)", r"row \1", "\n".join(map(str, problems)))
    return records, told, seen


FAULTS: dict[str, tuple[dict[str, str], str]] = {
    "a phone number without its first nought": ({"phone": "301234567"}, "row 2.*phone"),
    "a phone number as a power of ten": ({"phone": "3,01E+09"}, "row 2.*phone"),
    "a formula's error in the name": ({"name": "#N/A"}, "row 2.*name"),
    "a formula's error, in Dutch": ({"description_nl": "#VERW!"}, "row 2.*description_nl"),
    "a formula for a link": ({"url": '=HYPERLINK("https://a.example","A")'}, "row 2.*url"),
    "a day number": ({"checked_on": "46023"}, "(?s)row 2.*checked_on.*day number"),
    "a day in two orders": ({"checked_on": "1/2/2026"}, "(?s)row 2.*checked_on.*year first"),
    "30 February": ({"dtstart": "2026-02-30"}, "row 2.*dtstart"),
    "a part of a day for a time": ({"opens_at": "0.416666666666667"}, "row 2.*opens_at"),
    "a whole rule in one cell": ({"freq": "FREQ=WEEKLY;BYDAY=TU"}, "row 2.*freq"),
    "the first Monday of every week": ({"freq": "WEEKLY", "byday": "1MO"}, "row 2.*byday"),
    "the sixth Monday of a month": ({"freq": "MONTHLY", "byday": "6MO"}, "row 2.*byday"),
    "an end before the begin": (
        {"freq": "WEEKLY", "byday": "MO", "dtstart": "2026-03-01", "until": "2026-02-01"},
        "row 2.*until",
    ),
    "coordinates of the national grid": ({"latitude": "463000", "longitude": "155000"}, "row 2.*latitude"),
    "degrees and minutes": ({"latitude": "52°05'"}, "row 2.*latitude"),
    "an age below nought": ({"minimum_age": "-5"}, "row 2.*minimum_age"),
    "an age that is none": ({"maximum_age": "2019"}, "row 2.*maximum_age"),
    "a price in the wrong column": ({"price": "€ 5,00"}, "row 2.*price"),
    "two municipalities in one cell": ({"municipality": "Ede, Barneveld"}, "row 2.*municipality"),
    "a municipality that is no more": ({"municipality": "Weesp"}, "(?s)row 2.*municipality.*Amsterdam"),
    "a script for a link": ({"url": " JaVaScRiPt:alert(1)"}, "row 2.*url"),
    "a script for a source": ({"source": "\x01javascript:alert(1)"}, "row 2.*source"),
    "a page in a link": ({"url": "data:text/html,<b>a</b>"}, "row 2.*url"),
    "a name that reads backwards": ({"name": "Koor \u202etxet"}, "row 2.*name"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_named_by_row_and_column(what: str, tmp_path: Path) -> None:
    row, said = FAULTS[what]
    _, wrong, _ = read(written(tmp_path, [{"name": "Koor", **row}]))
    assert re.search(said, wrong), wrong or "no fault"


LOOKED_AT: dict[str, tuple[dict[str, str], tuple[str, str]]] = {
    "a mobile number with a nought in brackets": (
        {"description_nl": "Bel Jan: +31 (0)6 12345678."},
        ("description_nl", "mobile number"),
    ),
    "a mobile number in pairs": ({"description_nl": "06.12.34.56.78"}, ("description_nl", "mobile number")),
    "an address without capitals": (
        {"description_nl": "kom naar mauritsstraat 12"},
        ("description_nl", "address"),
    ),
    "an address with a storey": (
        {"description_nl": "Bij Ans, Van der Helststraat 12-2."},
        ("description_nl", "address"),
    ),
    "a postcode": ({"description_nl": "Aanmelden: 1234 AB, nummer 7"}, ("description_nl", "address")),
    "an account": ({"price_text": "Maak over op NL91 ABNA 0417 1643 00"}, ("price_text", "bank account")),
    "latitude and longitude changed, no municipality": (
        {"latitude": "5.12", "longitude": "52.09"},
        ("latitude", "far away"),
    ),
    "nought degrees": ({"latitude": "0", "longitude": "0"}, ("latitude", "far away")),
    "markup": (
        {"description_nl": "<p>Taal</p><script>alert(1)</script>"},
        ("description_nl", "markup"),
    ),
    "entities": ({"description_nl": "Koffie &amp; thee, caf&eacute;"}, ("description_nl", "markup")),
    "a mobile number in the name of a place": (
        {"location": "bij Jan thuis, 06-12345678"},
        ("location", "mobile number"),
    ),
}


@pytest.mark.parametrize("what", LOOKED_AT)
def test_what_a_person_should_look_at(what: str, tmp_path: Path) -> None:
    row, seen = LOOKED_AT[what]
    _, wrong, remarked = read(written(tmp_path, [{"name": "Koor", **row}]))
    assert not wrong
    assert seen in remarked


NOTHING: dict[str, dict[str, str]] = {
    "the time 18.30": {"description_nl": "Inloop om 18.30, 20 mei 2026, zaal 12, lijn 6, 1234 keer gedaan."},
    "a number of a building": {"description_nl": "In zaal 3 van het buurthuis, 2e etage, met 12 mensen."},
    "less and more": {"description_nl": "Voor mensen < 27 of > 65 jaar & hun buren"},
    "emoji": {"name": "Koor 🎶👩‍👩‍👧", "description_nl": "Zingen 🎤!"},
    "Arabic": {"name": "مقهى اللغة", "description_nl": "نتحدث معا"},
    "a long text": {"description_nl": "Samen eten en praten. " * 250},
    "a mark of direction": {"name": "مقهى\u200f (Utrecht)"},
}  # fmt: skip


@pytest.mark.parametrize("what", NOTHING)
def test_what_is_only_unusual_is_taken_as_it_is(what: str, tmp_path: Path) -> None:
    row = {"name": "Koor", **NOTHING[what]}
    records, wrong, remarked = read(written(tmp_path, [row]))
    assert not wrong
    assert not remarked
    assert records[0].name == row["name"]
    assert records[0].description.get("nl", "").strip() == row.get("description_nl", "").strip()


def test_a_table_of_a_dutch_spreadsheet(tmp_path: Path) -> None:
    text = (
        "sep=;\r\nnaam;gemeente;breedtegraad;lengtegraad;gecontroleerd op;verzonnen;prijs;;;\r\n"
        "Café België;'s-Gravenhage;52,08;4,31;31-12-2025;NEE;gratis;;;\r\n;;;;;;;;;\r\nKoor;Fout;;;;;;;;\r\n"
    )
    path = tmp_path / "in.csv"
    path.write_bytes(text.encode("cp1252"))
    records, wrong, _ = read(path)
    assert (records[0].name, records[0].municipality, records[0].point) == (
        "Café België",
        "GM0518",
        (52.08, 4.31),
    )
    assert records[0].provenance.checked_on == date(2025, 12, 31)
    assert "row 5" in wrong
    assert "Fout" in wrong


def test_a_control_character_reaches_no_file(tmp_path: Path) -> None:
    records, wrong, _ = read(written(tmp_path, [{"name": "Ko\x0bor", "description_nl": "a\x00b\x1b"}]))
    assert wrong or not any(c in records[0].name + records[0].description["nl"] for c in "\x00\x0b\x1b")


def test_a_merged_cell_counts_for_all_its_rows(tmp_path: Path) -> None:
    path = book(
        tmp_path, ["name", "municipality"], ["Koor", "Utrecht"], ["Band", None], ["Les", None], merge="B2:B4"
    )
    records, wrong, _ = read(path)
    assert not wrong
    assert [each.municipality for each in records] == ["GM0344"] * 3


def test_a_formula_that_was_never_worked_out_is_named(tmp_path: Path) -> None:
    _, wrong, _ = read(book(tmp_path, ["name", "url"], ["Koor", '="https://"&"a.example"']))
    assert "row 2" in wrong
    assert "formula" in wrong


def test_times_and_days_of_a_workbook(tmp_path: Path) -> None:
    head = ["name", "checked_on", "freq", "byday", "opens_at", "closes_at", "postcode", "minimum_age"]
    row = [
        "Koor",
        datetime(2026, 5, 1),  # noqa: DTZ001 -- a workbook knows no zone
        "weekly",
        "tu, th",
        time(10, 0),
        time(12, 30),
        "3512ab",
        18.0,
    ]
    records, wrong, _ = read(book(tmp_path, head, row))
    assert not wrong
    one = records[0]
    assert (one.provenance.checked_on, one.minimum_age) == (date(2026, 5, 1), 18)
    assert one.schedules[0].opens_at[:5] == "10:00"


def test_a_title_above_the_table_is_passed_over(tmp_path: Path) -> None:
    records, wrong, _ = read(
        book(tmp_path, ["Overzicht 2026", None], ["name", "url"], ["Koor", None], merge="A1:B1")
    )
    assert ([each.name for each in records], wrong) == (["Koor"], "")


@pytest.mark.parametrize(
    ("path", "at"),
    [
        (("url",), "url"),
        (("organization", "website"), "website"),
        (("organization", "logo"), "logo"),
        (("additional_urls", 0, "url"), "additional_urls"),
        (("service_at_locations", 0, "location", "url"), "location"),
        (("service_at_locations", 0, "location", "accessibility", 0, "url"), "accessibility"),
        (("attributes", 0, "taxonomy_term", "term_uri"), "term_uri"),
        (("required_documents", 0, "uri"), "uri"),
        (("organization", "organization_identifiers", 0, "url"), "organization_identifiers"),
    ],
)
@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "java\nscript:alert(1)", "vbscript:x", "data:text/html,x"]
)
def test_no_field_of_hsds_takes_a_script_for_a_link(
    tmp_path: Path, path: tuple[str | int, ...], at: str, link: str
) -> None:
    doc: dict[str, Any] = {"id": "1", "name": "Koor", "status": "active"}
    here: Any = doc
    for key, after in zip(path, (*path[1:], None), strict=True):
        new: Any = link if after is None else [{}] if isinstance(after, int) else {}
        if isinstance(key, int):
            here[key] = new if after is None else {}
        else:
            here[key] = new
        here = here[key]
    records, wrong, _ = read(document(tmp_path, [doc]))
    assert at in wrong
    assert "script" not in as_json(records)
    assert "data:" not in as_json(records)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schedules": [{"freq": "WEEKLY", "interval": 0, "byday": "MO"}]}, "interval"),
        ({"schedules": [{"freq": "WEEKLY", "count": -2, "byday": "MO"}]}, "count"),
        ({"schedules": [{"freq": "MONTHLY", "bymonthday": "32"}]}, "bymonthday"),
        ({"schedules": [{"freq": "HOURLY"}]}, "freq"),
        ({"schedules": [{"freq": "WEEKLY", "byday": "MO", "dtstart": "2026-02-30"}]}, "dtstart"),
        ({"schedules": [{"freq": "WEEKLY", "byday": "MO", "until": "soon"}]}, "until"),
        ({"email": "no"}, "email"),
        ({"minimum_age": "eighteen"}, "minimum_age"),
        ({"assured_date": "yesterday"}, "assured_date|checked_on"),
        ({"status": "perhaps"}, "status"),
    ],
)
def test_values_of_hsds_that_are_none_are_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    _, wrong, _ = read(document(tmp_path, [{"id": "1", "name": "Koor", "status": "active", **change}]))
    assert re.search(said, wrong), wrong or "no fault"


@pytest.mark.parametrize(
    "doc",
    [
        {"id": 5, "name": "Koor", "status": "active", "description": ["a"], "languages": "nl"},
        {"id": "1", "name": "Koor", "status": None, "organization": "A", "schedules": {"freq": "WEEKLY"}},
        {"id": "1", "name": "Koor", "status": "active", "service_at_locations": [{"location": None}, 4]},
        {"id": "1", "name": "Koor", "fees": 5, "attributes": [None, "a"], "phones": [{"number": 301234567}]},
        {"id": "1", "name": "Koor", "service_at_locations": [{"location": {"latitude": "NaN"}}]},
    ],
)  # fmt: skip
def test_other_kinds_of_values_are_no_traceback(tmp_path: Path, doc: dict[str, Any]) -> None:
    records, _, _ = read(document(tmp_path, [doc]))
    assert records[0].name == "Koor"


def test_a_time_of_another_zone_is_looked_at(tmp_path: Path) -> None:
    hours = {"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00-05:00", "closes_at": "12:00-05:00"}
    _, wrong, remarked = read(
        document(tmp_path, [{"id": "1", "name": "Koor", "status": "active", "schedules": [hours]}])
    )
    assert not wrong
    assert ("opens_at", "time zone") in remarked


def test_a_table_that_a_package_lacks_is_named(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("services.csv", "id,name,organization_id,status\n1,Koor,9,active\n")
        archive.writestr("service_at_location.csv", "id,service_id,location_id\n5,1,7\n")
        archive.writestr("phones.csv", "id,service_id,number\n3,2,030 1234567\n")
    records, wrong, _ = read(path)
    assert records[0].name == "Koor"
    for lacking in ("organization", "location", "7", "9"):
        assert lacking in wrong
    assert "phones" in wrong


def test_two_records_with_one_id_are_both_named(tmp_path: Path) -> None:
    from thuis.directory.load import load
    from thuis.errors import ThuisError

    path = written(tmp_path, [{"id": "a", "name": "Koor"}, {"id": " a ", "name": "Band"}])
    with pytest.raises(ThuisError, match=r"(?s):3.*:2"):
        load(path, TODAY)
