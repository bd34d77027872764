"""List, map, CSV, workbook, API, feed and JSON-LD of one query give the same records in the same order.

Whatever is asked (words, villages, marks, a distance), before and after an update of the published folder.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from support import elsewhere
from thuis.contract.directory import DirectoryFile, SearchFile, Where
from thuis.directory.feeds import feed
from thuis.directory.find import Near, Query, find
from thuis.directory.folder import write
from thuis.directory.hsds import uid
from thuis.directory.hsds_out import as_json
from thuis.directory.index import Index, build
from thuis.directory.load import Directory, reread
from thuis.directory.model import Initiative
from thuis.directory.table import as_csv, as_xlsx
from thuis.directory.views import geojson, json_ld, listed

DAY = elsewhere.DAY
WORDS = (
    "koffie", "samen eten", "taal leren", "dansen maar geen salsa", "wandelen", "Egmond aan Zee", "bijlmer",
    "in Dieren", "dieren", "hoogvliet", "Nes", "den haag", "roterdam", "voetbal", "coffee", "refugees", "",
    "buurtfesst", "zzqxj", "in de wijk", "naaldwijk polski", "mijnplein",
)  # fmt: skip
ATOM = "{http://www.w3.org/2005/Atom}"
OWN = {"Mijnplein": ("GM0599",)}
SITES = {"GM0599": (51.92, 4.48), "GM0363": (52.37, 4.89), "GM0344": (52.09, 5.12), "GM0373": (52.67, 4.70)}


@cache
def records() -> tuple[Initiative, ...]:
    """The initiatives of others; those of some municipalities lie on a point of their own near its middle."""
    found = []
    for number, each in enumerate(elsewhere.index("imitated.csv").records):
        middle = SITES.get(each.municipality or "")
        if middle:
            city = each.where[0].city if each.where else None
            point = Where(city=city, latitude=middle[0] + number / 4000, longitude=middle[1])
            found.append(each.model_copy(update={"where": (point,)}))
        else:
            found.append(each)
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))


def published(index: Index, query: Query) -> None:
    answer = find(index, query, DAY)
    ids = [each.id for each in answer.records]
    assert len(set(ids)) == len(ids)
    assert [each["id"] for each in listed(answer, DAY)] == ids
    assert [each["id"] for each in geojson(answer)["features"]] == ids
    assert [row["id"] for row in csv.DictReader(io.StringIO(as_csv(answer.records)))] == ids
    sheet = load_workbook(io.BytesIO(as_xlsx(answer.records)), read_only=True).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    assert [row[head.index("id")] for row in rows] == ids
    assert [each["id"] for each in json.loads(as_json(answer.records))["contents"]] == [
        uid("service", each) for each in ids
    ]
    assert len(json.loads(json_ld(answer.records))["@graph"]) == len(ids)
    made = feed(answer, "Lijst", "urn:x", datetime.combine(DAY, time(), UTC))
    titles = [each.findtext(f"{ATOM}title") for each in ElementTree.fromstring(made).findall(f"{ATOM}entry")]
    assert titles == [each.name for each in answer.records]
    for filtered, get in ((query.municipality, "places"), (query.audience, "audience"), (query.form, "form")):
        assert all(not filtered or set(filtered) & set(getattr(each, get)) for each in answer.records)
    if query.near:
        assert all(each.point for each in answer.records)


ASKED = st.builds(
    Query,
    text=st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
    municipality=st.sampled_from([(), ("GM0599",), ("GM0373", "GM0363"), ("GM0999",)]),
    audience=st.sampled_from([(), ("newcomers",), ("older-people", "women")]),
    form=st.sampled_from([(), ("language",), ("sport", "eating")]),
    near=st.none() | st.builds(Near, st.just(52.37), st.just(4.89), st.sampled_from([0.5, 5.0, 60.0])),
    inactive=st.booleans(),
)


@settings(max_examples=40)
@given(query=ASKED)
def test_every_form_of_an_answer_has_its_records(query: Query) -> None:
    published(build(records(), OWN), query)


def changed(found: tuple[Initiative, ...]) -> tuple[Initiative, ...]:
    """The records after an update: one renamed, one moved to a village, one stopped, one gone, one new."""
    first, second, third, _, *others = found
    moved = {"municipality": "GM0373", "where": (Where(city="Egmond aan Zee"),)}
    return (
        first.model_copy(update={"name": "Een nieuwe naam voor koffie"}),
        second.model_copy(update=moved),
        third.model_copy(update={"status": "inactive"}),
        Initiative(id="nieuw", name="Nieuw: samen eten in Hoogvliet", municipality="GM0599"),
        *others,
    )


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Directory, Directory]:
    """A published folder that was updated, with what was in it before and after."""
    folder = tmp_path_factory.mktemp("data")
    before = Directory(records=records(), villages=OWN)
    after = replace(before, records=changed(records()))
    write(before, folder, DAY)
    write(after, folder, DAY)
    return folder, before, after


@settings(max_examples=15)
@given(query=ASKED)
def test_after_an_update_all_of_it_is_of_the_new_records(
    folders: tuple[Path, Directory, Directory], query: Query
) -> None:
    folder, _, after = folders
    again = reread(folder / "directory.json")
    index = build(again.records, again.villages)
    published(index, query)
    fresh = build(tuple(sorted(after.records, key=lambda each: (each.name.casefold(), each.id))), OWN)
    assert [each.id for each in find(index, query, DAY).records] == [
        each.id for each in find(fresh, query, DAY).records
    ]


def test_the_files_of_an_updated_folder_hold_the_same_records(
    folders: tuple[Path, Directory, Directory],
) -> None:
    folder, before, after = folders
    told = DirectoryFile.model_validate_json((folder / "directory.json").read_bytes())
    ids = [each.id for each in told.initiatives]
    assert set(ids) == {each.id for each in after.records} != {each.id for each in before.records}
    searched = SearchFile.model_validate_json((folder / "directory-search.json").read_bytes())
    assert list(searched.records) == ids
    assert "mynplein" in searched.villages["GM0599"].split()
    services = json.loads((folder / "directory" / "hsds-services.json").read_text("utf-8"))["contents"]
    assert [each["id"] for each in services] == [uid("service", each) for each in ids]
    with (folder / "directory" / "initiatives.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ids
