"""Places that are no municipality in the search: what is there first, then the rest of the municipality."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from thuis.contract.directory import Where
from thuis.directory.find import Query, checked, find
from thuis.directory.index import build
from thuis.directory.load import load
from thuis.directory.model import Initiative
from thuis.errors import ThuisError

DAY = date(2025, 6, 1)
RECORDS = [
    Initiative(id="bergen", name="Koor De Duinen", municipality="GM0373"),
    Initiative(id="egmond", name="Koor", municipality="GM0373", where=(Where(city="Egmond aan Zee"),)),
    Initiative(id="alkmaar", name="Koor Alkmaar", municipality="GM0361"),
    Initiative(id="rheden", name="Wandelen", municipality="GM0275"),
    Initiative(id="dieren", name="Dieren verzorgen", municipality="GM0361"),
    Initiative(id="wijk", name="Wandelen in de wijk", municipality="GM0361"),
]


def ids(query: str) -> list[str]:
    return [each.id for each in find(build(RECORDS), Query(query), DAY).records]


def test_what_is_in_the_village_comes_before_its_municipality() -> None:
    for query in ("koor Egmond aan Zee", "koor egmond aan zee", "Egmond aan zee"):
        answer = find(build(RECORDS), Query(query), DAY)
        assert [each.id for each in answer.records] == ["egmond", "bergen"], query
        assert answer.places == ("GM0373",)
        assert list(answer.corrected.values()) == ["Bergen"]
        assert not answer.partial


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("dieren", ["dieren"]),  # a word before it is a town
        ("Dieren verzorgen", ["dieren"]),
        ("wandelen in Dieren", ["rheden"]),
        ("wandelen in dieren", ["rheden"]),
    ],
)
def test_a_name_that_is_a_word_too(query: str, wanted: list[str]) -> None:
    assert ids(query)[:1] == wanted


def test_an_article_and_a_word_are_no_village() -> None:
    """De Wijk lies in De Wolden."""
    assert find(build(RECORDS), Query("wandelen in de wijk"), DAY).places == ()
    assert "GM1690" in find(build(RECORDS), Query("wandelen De Wijk"), DAY).places


def test_a_filter_takes_a_place_that_lies_in_one_municipality() -> None:
    index = build(RECORDS)
    assert checked(Query(municipality=("Egmond aan Zee",)), index, DAY).municipality == ("GM0373",)
    with pytest.raises(ThuisError, match="Ameland"):
        checked(Query(municipality=("Nes",)), index, DAY)


def project(folder: Path, places: str) -> Path:
    (folder / "initiatives").mkdir()
    (folder / "initiatives" / "a.csv").write_text(
        "id,name,municipality\na,Koor,Utrecht\nb,Koor,Ede\n", "utf-8"
    )
    (folder / "places.csv").write_text(places, "utf-8")
    return folder


def test_a_project_brings_its_own_places(tmp_path: Path) -> None:
    found = load(project(tmp_path, "place,municipality\nHet Nieuwe Plein,Utrecht\nOns Dorp,GM0228\n"), DAY)
    index = build(found.records, found.villages)
    assert [each.id for each in find(index, Query("koor het nieuwe plein"), DAY).records] == ["a"]
    assert [each.id for each in find(index, Query("koor ons dorp"), DAY).records] == ["b"]


def test_its_faults_are_told_by_row(tmp_path: Path) -> None:
    with pytest.raises(ThuisError) as caught:
        load(project(tmp_path, "place,municipality\nPlein,Nergenshuizen\n,Utrecht\n"), DAY)
    text = str(caught.value)
    assert "places.csv" in text
    assert "'Nergenshuizen'" in text
    assert "the place has no name" in text
    (tmp_path / "places.csv").write_text("naam,municipality\n", "utf-8")
    with pytest.raises(ThuisError, match="'place' is missing"):
        load(tmp_path, DAY)
