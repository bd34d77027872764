"""Search: judged queries, names that are left alone, and one answer for every view."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from thuis.contract.directory import Provenance, Where
from thuis.directory.analysis import meanings, terms
from thuis.directory.asking import question
from thuis.directory.feeds import feed
from thuis.directory.find import Answer, Near, Query, checked, find
from thuis.directory.hsds import uid
from thuis.directory.hsds_out import as_json
from thuis.directory.index import build
from thuis.directory.lexicon import lexicon
from thuis.directory.model import Initiative
from thuis.directory.reading import nearest
from thuis.directory.table import as_csv
from thuis.directory.views import geojson, listed
from thuis.errors import ThuisError

HERE = Path(__file__).parent
TODAY = date(2026, 6, 1)
WORDS = ("taalcafe", "senioren", "voetbal", "utrecht", "gratis", "maatje", "koffi", "garden", "xqz", "de")


def scores(index, name: str) -> float:
    """Mean precision at 10 of the judged queries in a file."""
    is_a = sys.modules["synthetic_initiatives"].is_a
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    total = 0.0
    for row in rows:
        audiences = row["audience"].split() or [""]
        wanted = {r.id for r in index.records if any(is_a(r, row["activities"], a) for a in audiences)}
        got = [each.id for each in find(index, Query(row["query"]), TODAY).records[:10]]
        total += sum(each in wanted for each in got) / min(10, max(1, len(wanted)))
    return total / len(rows)


@pytest.mark.parametrize(
    ("name", "least"), [("queries.csv", 0.75), ("queries-outside.csv", 0.68), ("queries-fourth.csv", 0.7)]
)
def test_judged_queries(index, name: str, least: float) -> None:
    assert scores(index, name) >= least


def test_a_word_with_the_same_meaning_never_finds_a_name() -> None:
    records = [
        Initiative(id="a", name="Koor", organization="Stichting Jong", municipality="GM0437"),
        Initiative(id="b", name="Koor voor ouderen", municipality="GM0344"),
    ]
    index = build(records)
    assert [each.id for each in find(index, Query("senior"), TODAY).records] == ["b"]
    assert [each.id for each in find(index, Query("ouder"), TODAY).records] != ["a"]
    assert [each.id for each in find(index, Query("ouder-amstel"), TODAY).records] == ["a"]
    assert [each.id for each in find(index, Query("jongeren"), TODAY).records] == []
    assert [each.id for each in find(index, Query("jong"), TODAY).records] == ["a"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("seniorencafé", "Café voor ouderen"),
        ("buurtmaaltijden", "Buurtmaaltijd"),
        ("taalmaatjes", "Maatje om de taal te oefenen"),
        ("learn dutch", "Taalles"),
        ("LHBTI-jongeren", "Jongeren die lhbt zijn"),
        ("55+", "Voor 55-plussers"),
        ("55plus", "Voor 55+ers"),
        ("older people", "Ouderen"),
        ("fietsles", "Leren fietsen: een cursus"),
        ("huizen", "Open huis"),
        ("vluchtelingekoor", "Vluchtelingenkoor"),
    ],
)
def test_other_words_find_the_same(query: str, text: str) -> None:
    index = build([Initiative(id="a", name=text), Initiative(id="b", name="Zandbak")])
    assert [each.id for each in find(index, Query(query), TODAY).records][:1] == ["a"]


def test_places_in_a_query_are_places() -> None:
    assert question("koor den haag").places == ("GM0518",)
    assert question("Koor in 's-Gravenhage").places == ("GM0518",)
    assert question("best koor").places == ()
    assert question("koor in Best").places == ("GM0753",)
    assert set(question("koor Bergen").places) == {"GM0373", "GM0893"}
    index = build([Initiative(id="a", name="Koor", municipality="GM0736"), Initiative(id="b", name="Koor")])
    assert [each.id for each in find(index, Query("koor Abcoude"), TODAY).records] != []
    elsewhere = find(index, Query("koor Maastricht"), TODAY)
    assert elsewhere.partial


def test_a_slip_is_read_as_the_nearest_word_and_said(index) -> None:
    answer = find(index, Query("taalcaffe"), TODAY)
    assert answer.corrected
    assert answer.hits
    assert nearest(index, "qwrtzx") is None


def test_overdue_checks_sink() -> None:
    fresh = Initiative(id="z", name="Koor", provenance=Provenance(checked_on=TODAY, check_due=TODAY))
    late = Initiative(
        id="a", name="Koor", provenance=Provenance(checked_on=TODAY, check_due=TODAY - timedelta(days=400))
    )
    assert [each.id for each in find(build([late, fresh]), Query("koor"), TODAY).records] == ["z", "a"]


def test_defunct_records_are_not_found_and_inactive_ones_on_request() -> None:
    index = build([Initiative(id=s, name="Koor", status=s) for s in ("active", "inactive", "defunct")])
    assert {each.id for each in find(index, Query("koor"), TODAY).records} == {"active"}
    assert {each.id for each in find(index, Query("koor", inactive=True), TODAY).records} == {
        "active",
        "inactive",
    }


def test_distance_is_a_filter(index) -> None:
    near = Near(52.09, 5.12, 20)
    found = find(index, Query(near=near), TODAY).records
    assert 0 < len(found) < len(index.records)
    with_point = [each for each in index.records if each in found]
    assert all(each.point for each in with_point)


def test_filters_that_no_record_can_have_are_all_named(index) -> None:
    wrong = Query(audience=("senioorn",), municipality=("Bergen",), form=("nix",), near=Near(99, 5, -1))
    with pytest.raises(ThuisError) as caught:
        checked(wrong, index, TODAY)
    assert len(caught.value.problems) == 5
    right = checked(Query(audience=("senioren",), municipality=("Den Haag",)), index, TODAY)
    assert (right.audience, right.municipality) == (("older-people",), ("GM0518",))


@cache
def _small():
    return build(sys.modules["synthetic_initiatives"].initiatives(40))


queries = st.builds(
    Query,
    text=st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join) | st.text(max_size=12),
    audience=st.lists(st.sampled_from(["older-people", "youth"]), max_size=1).map(tuple),
    form=st.lists(st.sampled_from(["sport", "language"]), max_size=1).map(tuple),
    price=st.lists(st.sampled_from(["free", "paid"]), max_size=2).map(tuple),
    languages=st.lists(st.sampled_from(["nl", "en"]), max_size=1).map(tuple),
    near=st.none() | st.builds(Near, st.floats(51, 53), st.floats(4, 6), st.floats(1, 50)),
)


@given(queries)
@settings(deadline=None, max_examples=40)
def test_list_map_table_api_and_feed_show_the_same_records(query) -> None:
    small = _small()
    answer = find(small, query, TODAY)
    views = _ids(answer)
    assert len(views) == 5
    assert all(ids == [each.id for each in answer.records] for ids in views.values())
    assert len(set(views["list"])) == len(views["list"])


@given(queries, queries)
@settings(deadline=None, max_examples=40)
def test_a_filter_never_adds_records(one, other) -> None:
    small = _small()
    everything = {each.id for each in find(small, Query(), TODAY).records}
    filtered = {each.id for each in find(small, Query(form=one.form, price=one.price), TODAY).records}
    both = Query(form=one.form, price=one.price, audience=other.audience)
    assert {each.id for each in find(small, both, TODAY).records} <= filtered <= everything


def _ids(answer: Answer) -> dict[str, list[str]]:
    """The ids that each view shows."""
    known = {uid("service", each.id): each.id for each in answer.records}
    atom = etree.fromstring(feed(answer, "t", "https://thuis.example/feed", datetime(2026, 1, 1, tzinfo=UTC)))
    return {
        "list": [each["id"] for each in listed(answer, TODAY)],
        "map": [each["id"] for each in geojson(answer)["features"]],
        "csv": [row["id"] for row in csv.DictReader(io.StringIO(as_csv(answer.records)))],
        "api": [
            known.get(each["id"], each["id"]) for each in json.loads(as_json(answer.records))["contents"]
        ],
        "feed": [
            known[(each.text or "").removeprefix("urn:uuid:")] for each in atom.iterfind("{*}entry/{*}id")
        ],
    }


def test_a_name_of_a_place_means_nothing_else() -> None:
    assert {"older", "music"} <= set(meanings("Seniorenkoor"))
    assert "older" not in meanings("Ouder-Amstel")


def test_the_lexicon_holds_together() -> None:
    known = lexicon()
    assert all(up in known.surface for ups in known.broader.values() for up in ups)
    assert all(words for words in known.surface.values())
    assert known.split("amsterdammer") == ()
    assert known.split("vrijwilligersmaaltijd") == ("vrijwilligers", "maaltijd")


@given(st.text(max_size=80))
@settings(deadline=None, max_examples=40)
def test_any_text_has_terms_and_any_query_an_answer(text: str) -> None:
    assert isinstance(terms(text), frozenset)
    index = build([Initiative(id="a", name="Koor", where=(Where(city="Ede"),))])
    find(index, Query(text), TODAY)
