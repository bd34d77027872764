"""Records in and out: nothing lost through HSDS, every fault by row, formats, quality, duplicates."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from thuis.contract.directory import Contact, Provenance, Schedule, Where
from thuis.directory import formats
from thuis.directory.calendar import calendar
from thuis.directory.hsds import from_service
from thuis.directory.hsds_out import as_json, to_service
from thuis.directory.intake import read_hsds, read_json
from thuis.directory.load import load
from thuis.directory.merges import alike, blocks, merged, proposals, read_merges
from thuis.directory.model import Initiative
from thuis.directory.quality import quality
from thuis.directory.table import as_csv, as_xlsx, read_initiatives
from thuis.directory.validate import faults, remarks
from thuis.directory.views import json_ld
from thuis.errors import ThuisError

TODAY = date(2026, 6, 1)
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "initiatives"
EXAMPLES = sorted((SHARED / "hsds-3.1-dev").glob("*.json")) + sorted((SHARED / "oruk-mocks").rglob("*.json"))
NOT_HSDS = {"openapi.json", "tabular.schema.json", "dashboard_service_details_response.json"}
there = pytest.mark.skipif(not SHARED.is_dir(), reason="the example documents are not here")

FULL = Initiative(
    id="taal",
    name="Taalcafé",
    alternate_name="Praathuis",
    description={"nl": "Oefen Nederlands.", "en": "Practise Dutch."},
    organization="Stichting De Linde",
    municipality="GM0344",
    areas=("GM0310",),
    scope="region",
    scope_reason="de enige in de streek",
    where=(
        Where(
            name="Buurthuis",
            address="Lindelaan 1",
            postcode="3512 AB",
            city="Utrecht",
            country="NL",
            latitude=52.1,
            longitude=5.1,
            accessibility="helling",
        ),
    ),
    themes=("contact",),
    audience=("newcomers",),
    form=("language", "meeting-place"),
    languages=("nl", "ar"),
    price="free",
    price_text="gratis",
    minimum_age=18,
    contact=Contact(role="coördinator", phone="030 123 45 67", email="info@delinde.example"),
    url="https://delinde.example",
    schedules=(
        Schedule(freq="WEEKLY", byday="TU", dtstart="2026-01-06", opens_at="10:00", closes_at="12:00"),
    ),
    identifiers=("KVK 12345678",),
    provenance=Provenance(
        source="https://delinde.example/over",
        checked_on=date(2026, 5, 1),
        checked_by="gemeente",
        check_due=date(2027, 5, 1),
    ),
    invented=True,
)


@there
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: "/".join(getattr(path, "parts", ())[-2:]))
def test_an_example_document_comes_back_as_it_went(path: Path) -> None:
    if path.name in NOT_HSDS:
        with pytest.raises(ThuisError, match="nothing in it"):
            read_hsds(path, TODAY)
        return
    original = json.loads(path.read_text("utf-8"))
    package = read_hsds(path, TODAY)
    for record, _ in package.records:
        again = from_service(json.loads(json.dumps(to_service(record))))
        assert to_service(again) == dict(record.kept)
    if (
        "contents" in original
        and "list" in path.name
        and package.shape == "hsds-3"
        and path.name.startswith("service_list")
    ):
        assert json.loads(as_json([r for r, _ in package.records]))["contents"] == original["contents"]


@there
def test_the_tables_and_the_document_tell_the_same_service() -> None:
    tables, _ = read_hsds(SHARED / "hsds-3.1-dev" / "csv", TODAY).records[0]
    document, _ = read_hsds(SHARED / "hsds-3.1-dev" / "service_full.json", TODAY).records[0]
    for field in (
        "name",
        "alternate_name",
        "description",
        "organization",
        "url",
        "minimum_age",
        "price_text",
        "languages",
        "contact",
    ):
        assert getattr(tables, field) == getattr(document, field), field
    assert tables.where[0].address == document.where[0].address


@there
def test_what_goes_out_is_valid_hsds() -> None:
    from jsonschema import Draft202012Validator, FormatChecker

    path = SHARED / "hsds-3.1-schema" / "schema" / "compiled" / "service_with_definitions.json"
    validator = Draft202012Validator(json.loads(path.read_text("utf-8")), format_checker=FormatChecker())
    records = [
        FULL,
        Initiative(id="bare", name="Kaal"),
        FULL.model_copy(update={"url": None, "where": (Where(city="Ede"),)}),
    ]
    problems = [
        (list(e.path), e.message) for each in records for e in validator.iter_errors(to_service(each))
    ]
    assert not problems


def test_a_record_of_our_own_loses_nothing_through_hsds() -> None:
    back = from_service(json.loads(json.dumps(to_service(FULL))))
    same = {"id", "kept", "organization_id", "provenance"}
    assert back.model_dump(exclude=same) == FULL.model_dump(exclude=same)
    assert back.provenance == FULL.provenance


texts = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)


@given(
    name=texts,
    role=texts,
    price=st.sampled_from(["free", "paid", "unknown"]),
    form=st.lists(st.sampled_from(["sport", "eating", "helping"]), unique=True),
)
@settings(deadline=None, max_examples=40)
def test_a_change_reaches_hsds_and_leaves_the_rest(name, role, price, form) -> None:
    doc = {
        "id": "1",
        "name": "x",
        "status": "active",
        "unknown_key": {"a": [1]},
        "contacts": [{"id": "2", "name": "Ann", "department": "Y"}],
    }
    record = from_service(doc)
    new = record.model_copy(
        update={"name": name, "price": price, "form": tuple(form), "contact": Contact(name="Ann", role=role)}
    )
    out = to_service(new)
    assert out["unknown_key"] == {"a": [1]}
    assert out["contacts"][0]["department"] == "Y"
    back = from_service(out)
    assert (back.name, back.price, back.form) == (name, price, tuple(form))
    assert back.contact
    assert back.contact.role == role


def test_older_shapes_are_read() -> None:
    ohana = [
        {
            "id": 1,
            "name": "Huis",
            "coordinates": [5.1, 52.1],
            "address": {"street_1": "Laan 1", "city": "Utrecht", "postal_code": "3512 AB", "country": "NL"},
            "accessibility": ["ramp"],
            "organization": {"id": 9, "name": "Stichting"},
            "services": [
                {
                    "id": 5,
                    "name": "Taalles",
                    "fees": "gratis",
                    "how_to_apply": "bel",
                    "regular_schedules": [{"weekday": 2, "opens_at": "10:00", "closes_at": "12:00"}],
                }
            ],
        }
    ]
    package = read_json(json.dumps(ohana).encode(), "ohana.json", TODAY)
    record = package.records[0][0]
    assert (package.shape, record.name, record.price, record.organization) == (
        "ohana",
        "Taalles",
        "free",
        "Stichting",
    )
    assert (record.where[0].address, record.municipality, record.schedules[0].byday) == (
        "Laan 1",
        "GM0344",
        "TU",
    )
    first = {
        "id": "s1",
        "name": "Koor",
        "eligibilitys": [{"minimum_age": 55}],
        "regular_schedules": [{"weekday": "Monday", "opens_at": "19:00"}],
        "service_taxonomys": [{"id": "t", "taxonomy": {"id": "x", "name": "Ouderen"}}],
        "service_at_locations": [
            {"location": {"id": "l", "physical_addresses": [{"address_1": "Plein 2", "city": "Ede"}]}}
        ],
    }
    record = read_json(json.dumps([first]).encode(), "first.json", TODAY).records[0][0]
    assert (record.minimum_age, record.schedules[0].byday, record.audience) == (55, "MO", ("older-people",))
    assert record.where[0].city == "Ede"


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'"x"', b"[1,2]", b"\xff\xfe", b'{"a": 1}', b"[" * 100000]
)
def test_what_is_no_hsds_is_refused(data: bytes) -> None:
    with pytest.raises(ThuisError):
        read_json(data, "x.json", TODAY)


def test_two_services_with_one_id_and_one_without_a_name() -> None:
    docs = [
        {"id": "1", "name": "A", "status": "active"},
        {"id": "1", "name": "B", "status": "active"},
        {"id": "2", "status": "active", "organization_id": "3"},
    ]
    problems = read_json(json.dumps(docs).encode(), "x.json", TODAY).problems
    assert {"two services have the id '1'", "a service has no name"} <= {each.what for each in problems}


def test_a_table_names_every_fault_by_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        "naam;gemeente;website;e-mail;gecontroleerd op;doelgroep;breedtegraad;bereik\n"
        "Koor;Abcoude;javascript:alert(1);no;2026-02-30;senioorn;abc;region\n"
        ";Bergen;https://a.example;a@b.nl;1-5-2026;ouderen;52,1;municipality\n",
        "utf-8",
    )
    found, problems = read_initiatives(path, TODAY)
    at = {(each.where.line, each.where.key) for each in problems if each.where}
    expected = {"gemeente", "website", "e-mail", "gecontroleerd op", "doelgroep", "breedtegraad"}
    assert {key for line, key in at if line == 2} == expected | {"scope_reason"}
    assert {(3, "naam"), (3, "gemeente")} <= at
    assert len(found) == 1


def test_unknown_and_missing_columns(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("nam,gemeente,zomaar\nA,Ede,x\n", "utf-8")
    _, problems = read_initiatives(path, TODAY)
    assert {each.what for each in problems} >= {"unknown column 'zomaar'", "no column 'name'"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_goes_out_and_comes_back(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"t.{kind}"
    path.write_bytes(as_csv([FULL]).encode() if kind == "csv" else as_xlsx([FULL]))
    found, problems = read_initiatives(path, TODAY)
    assert not problems
    back = found[0][0]
    lost = {"kept", "where"}
    assert back.model_dump(exclude=lost) == FULL.model_dump(exclude=lost)


def test_the_template_is_a_table_without_faults(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(as_xlsx([], template=True))
    found, problems = read_initiatives(path, TODAY)
    assert not problems
    assert found[0][0].name == "Taalcafé De Linde"


def test_the_template_offers_what_may_be_chosen_and_is_the_same_every_time() -> None:
    made = as_xlsx([], template=True)
    assert made == as_xlsx([], template=True)
    book = load_workbook(io.BytesIO(made))
    page = book["initiatives"]
    assert page.freeze_panes == "A2"
    assert page["A1"].font.b
    rules = {str(each.sqref): each.formula1 for each in page.data_validations.dataValidation}
    head = {cell.value: cell.column_letter for cell in page[1]}
    assert rules[f"{head['freq']}2:{head['freq']}2000"] == '"DAILY,WEEKLY,MONTHLY,YEARLY"'
    assert len(rules) == 5
    assert [book["values"].cell(1, at).value for at in (1, 2, 3)] == ["column", "id", "nl"]


def test_a_cell_is_never_a_formula(tmp_path: Path) -> None:
    bad = Initiative(id="a", name='=HYPERLINK("x")', description={"nl": "@cmd"})
    row = next(csv.DictReader(io.StringIO(as_csv([bad]))))
    assert row["name"].startswith("'=")
    path = tmp_path / "t.csv"
    path.write_text(as_csv([bad]), "utf-8")
    assert read_initiatives(path, TODAY)[0][0][0].name == bad.name
    path = tmp_path / "t.xlsx"
    path.write_bytes(as_xlsx([bad]))
    assert load_workbook(path).active.cell(row=2, column=2).data_type == "s"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "http://",
        "https://u:p@a.nl",
        "www.a.nl",
        "//a.nl",
        "https://[x",
    ],
)
def test_links_that_may_not_be_shown(url: str) -> None:
    assert formats.link(url)


def test_personal_data_in_a_text_is_pointed_out() -> None:
    text = "Bel Ans op 06 12345678 of mail ans@gmail.com; zij woont Dorpsstraat 12 en heeft nummer 111222333."
    kinds = {each.kind for each in remarks(Initiative(id="a", name="A", description={"nl": text}))}
    assert kinds == {"mobile number", "address for mail", "address", "number like a BSN", "name"}
    assert not remarks(
        Initiative(id="a", name="A", description={"nl": "Elke dinsdag om 10.00 uur, bel 030 1234567."})
    )


def test_a_wide_claim_needs_a_reason() -> None:
    assert "scope_reason" in {
        each.field for each in faults(Initiative(id="a", name="A", scope="region"), TODAY)
    }


def test_quality_counts_no_value_that_is_none() -> None:
    good = quality(FULL, TODAY)
    bad = quality(FULL.model_copy(update={"contact": Contact(email="no")}), TODAY)
    assert bad.score < good.score
    assert "contact" in bad.as_dict()["lacks"]
    assert all(each["nl"] and each["en"] for each in bad.add)
    late = quality(FULL, date(2030, 1, 1))
    assert "checked" in late.as_dict()["lacks"]


def test_one_beside_many_is_as_one_among_them(invented: Sequence[Initiative]) -> None:
    by_key, found = blocks(invented), 0
    for each in invented[::25]:
        new = each.model_copy(update={"id": "new"})
        among = [pair for pair in proposals([*invented, new]) if pair.other == "new"]
        assert list(alike(new, invented, by_key)) == among
        found += len(among)
    assert found >= 20


def test_duplicates_are_proposed_with_evidence_merged_and_undone(tmp_path: Path) -> None:
    changes = {"id": "anders", "name": "Taalcafe", "description": {}, "audience": ("women",)}
    other = FULL.model_copy(update=changes)
    third = Initiative(id="ver", name="Taalcafé", municipality="GM0363")
    pairs = proposals([FULL, other, third])
    assert [{each.one, each.other} for each in pairs] == [{"taal", "anders"}]
    assert {"name", "mail", "phone", "link"} <= {each.kind for each in pairs[0].evidence}
    path = tmp_path / "merges.csv"
    path.write_text("keep,other,by,on,reason\ntaal,anders,redactie,2026-05-02,zelfde adres\n", "utf-8")
    decided = read_merges(path, ["taal", "anders", "ver"])
    joined = merged([FULL, other, third], decided)
    assert [each.id for each in joined] == ["taal", "ver"]
    assert joined[0].audience == ("newcomers", "women")
    assert proposals([FULL, other], decided) == ()
    assert merged([FULL, other, third], []) == [FULL, other, third]


def test_merges_with_faults_name_all(tmp_path: Path) -> None:
    path = tmp_path / "merges.csv"
    path.write_text("keep,other,by,on\na,a,,nooit\nb,weg,x,2026-01-01\n", "utf-8")
    with pytest.raises(ThuisError) as caught:
        read_merges(path, ["a", "b"])
    assert len(caught.value.problems) >= 4


def test_a_calendar_of_schedules() -> None:
    from icalendar import Calendar

    book = Calendar.from_ical(calendar([FULL, Initiative(id="b", name="Kaal")], TODAY))
    events = list(book.walk("VEVENT"))
    assert len(events) == 1
    assert events[0]["dtstart"].dt.weekday() == 1
    assert events[0]["rrule"]["freq"] == ["WEEKLY"]
    assert events[0]["dtstart"].dt.hour == 10
    assert events[0]["dtend"].dt.hour == 12


@given(name=texts, text=st.text(max_size=200))
@settings(deadline=None, max_examples=60)
def test_any_text_goes_through_a_calendar(name: str, text: str) -> None:
    from icalendar import Calendar

    text = "".join(
        each for each in text if each == "\n" or (each.isprintable() and each not in "\u2028\u2029")
    )
    record = Initiative(id="a", name=name, description={"nl": text}, schedules=(Schedule(freq="DAILY"),))
    data = calendar([record], TODAY)
    assert all(len(line) <= 76 for line in data.split(b"\r\n"))
    event = Calendar.from_ical(data).walk("VEVENT")[0]
    assert str(event["summary"]) == name
    assert str(event.get("description", "")) == text


def test_json_ld_names_what_search_engines_read() -> None:
    node = json.loads(json_ld([FULL]))["@graph"][0]
    assert (node["@type"], node["isAccessibleForFree"], node["location"]["geo"]["latitude"]) == (
        "Service",
        True,
        52.1,
    )


def test_two_files_with_one_id_are_a_fault_with_both_places(tmp_path: Path) -> None:
    folder = tmp_path / "initiatives"
    folder.mkdir()
    (folder / "a.csv").write_text("id,name\nx,A\n", "utf-8")
    (folder / "b.csv").write_text("id,name\nx,B\n", "utf-8")
    with pytest.raises(ThuisError, match=r"(?s)b.csv:2.*two records have the id 'x'.*a.csv:2"):
        load(tmp_path, TODAY)


def test_lines_of_json_are_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"naam": "Koor", "gemeente": "Den Haag", "gm_code": null, "doelgroep": ["buren"]}\n', "utf-8"
    )
    record = load(path, TODAY).records[0]
    assert (record.municipality, record.audience) == ("GM0518", ("neighbours",))
    path.write_text("[1]\n{\n", "utf-8")
    with pytest.raises(ThuisError) as caught:
        load(path, TODAY)
    assert [each.where.line for each in caught.value.problems if each.where] == [1, 2]
