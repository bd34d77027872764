"""Search over initiatives that others described, and the rules behind it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from support import elsewhere
from thuis.contract.directory import Where
from thuis.directory.find import Query, find
from thuis.directory.index import build
from thuis.directory.model import Initiative

HERE = Path(__file__).parent


def ids(query: str, *names: str, **places: str) -> list[str]:
    """What a query finds among initiatives with these names."""
    records = [Initiative(id=each, name=each, municipality=places.get(each)) for each in (*names, *places)]
    return [each.id for each in find(build(records), Query(query), elsewhere.DAY).records]


@pytest.mark.parametrize("name", (*elsewhere.FIRST, *elsewhere.WIDER))
def test_queries_judged_before_they_ran(name: str) -> None:
    precision, recall, top, _ = elsewhere.means(name)
    assert precision >= 0.88, [each for each in elsewhere.scores(name) if each.precision < 1]
    assert recall >= 0.85
    assert top >= 0.9


def test_the_judgements_name_initiatives_that_are_there() -> None:
    known = {each.id for each in elsewhere.index("imitated.csv").records}
    for name in (*elsewhere.FIRST, *elsewhere.WIDER):
        with (HERE / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert {*row["ids"].split(), *row["also"].split()} <= known, row["query"]
    assert all(each.provenance.source for each in elsewhere.index().records)


@pytest.mark.parametrize(
    ("query", "wanted", "other"),
    [
        ("yogales", "Yoga", "Les in schaken"),  # what a lesson is in counts, not that it is one
        ("waar kan ik schaken leren", "Schaken", "Leren zwemmen"),
        ("weggeef winkel", "Weggeefwinkel", "Winkelbus"),  # split where mostly written as one
        ("jeudeboules", "Jeu de boules", "Bowlen"),  # joined where written apart
        ("taalbingo", "Taal en bingo", "Biljart"),
        ("kurban bayrami", "Offerfeest", "Zomerfeest"),
        ("pingpongtafel", "Tafeltennis", "Eettafel"),
        ("muziekinstrument onbekendwoord", "Muziek", "Zwemmen"),
    ],
)
def test_what_people_type(query: str, wanted: str, other: str) -> None:
    assert ids(query, wanted, other)[:1] == [wanted]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("sport maar geen voetbal", {"Tennis", "Zwemmen"}),
        ("sport behalve zwemmen of voetbal", {"Tennis"}),
        ("sport zonder voetbal", {"Tennis", "Zwemmen"}),
        ("sport but not swimming", {"Tennis", "Voetbal"}),
        ("sport maar niet voor zwemmers", {"Tennis", "Voetbal"}),
    ],
)
def test_what_is_not_wanted_stays_out(query: str, left: set[str]) -> None:
    assert set(ids(query, "Tennis", "Zwemmen", "Voetbal")) == left


def test_what_is_refused_keeps_the_meaning_that_is_asked_for() -> None:
    found = ids("dansen maar geen salsa", "Volksdansen", "Salsa", "Tennis")
    assert found[0] == "Volksdansen"
    assert "Salsa" not in found


def test_a_place_that_is_named_is_shown_where_the_words_are_unknown() -> None:
    answer = find(elsewhere.index("imitated.csv"), Query("naaldwijk polski"), elsewhere.DAY)
    assert [each.id for each in answer.records] == ["poolse-school"]
    assert answer.partial


def test_having_none_of_something_is_no_refusal() -> None:
    assert ids("ik spreek geen nederlands", "Taalcafé", "Tennis")[:1] == ["Taalcafé"]
    assert ids("vrouwen zonder werk", "Vrouwen op weg naar werk", "Vrouwengroep")[0].endswith("werk")
    assert find(elsewhere.index(), Query("geen"), elsewhere.DAY).hits


def test_a_slip_in_a_place_is_mended_and_said() -> None:
    records = [
        Initiative(id="a", name="Koor", municipality="GM0599"),
        Initiative(id="b", name="Koor", municipality="GM0344", where=(Where(city="Utrecht"),)),
    ]
    index = build(records)
    for query, code in (("koor roterdam", "GM0599"), ("koorutrecht", "GM0344"), ("koor Utrechd", "GM0344")):
        answer = find(index, Query(query), elsewhere.DAY)
        assert answer.places == (code,), query
        assert answer.corrected, query
        assert len(answer.records) == 1, query


def test_a_rare_word_says_more_than_a_common_one() -> None:
    common = [f"Gratis eten {i}" for i in range(8)]
    assert (
        ids("gratis eten met een koelkastmonteur", *common, "De koelkastmonteur")[0] == "De koelkastmonteur"
    )


def test_a_broader_meaning_stands_behind_the_word_itself() -> None:
    assert ids("eten", "Iftar", "Samen eten") == ["Samen eten", "Iftar"]
