"""Classification beyond the table: groups, countries without a stated class, other definitions, bad input."""

from __future__ import annotations

import importlib

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuis.errors import ThuisError
from thuis.origin import classify, countries, scheme, schemes
from thuis.origin.schemes import ABROAD, COMBINATIONS, HERE, UNKNOWN, read_schemes

PLACE = st.sampled_from([*countries()["iso3"], None])


def born(own: str | None, mother: str | None = "NLD", father: str | None = "NLD") -> pl.DataFrame:
    return pl.DataFrame(
        {"self": [own], "mother": [mother], "father": [father]},
        schema=dict.fromkeys(("self", "mother", "father"), pl.String),
    )


@pytest.mark.parametrize(
    ("code", "group"),
    [
        *(("TUR", "3.1"), ("MAR", "3.2"), ("SUR", "3.3"), ("CUW", "3.4"), ("ANT", "3.4"), ("IDN", "3.5")),
        *(("SOM", "3.6.1"), ("IRN", "3.6.2"), ("USA", "3.6.3"), ("POL", "2"), ("SUN", "not-stated")),
    ],
)
def test_country_of_origin_in_its_levels(code: str, group: str) -> None:
    assert classify(born(code), "2022")["group"].item() == group


def test_western_or_not_follows_the_rule_and_is_silent_where_it_does_not_settle() -> None:
    western = {
        "JPN": "western",
        "IDN": "western",
        "TUR": "non-western",
        "USA": "western",
        "GRL": "not-stated",
    }
    for code, group in western.items():
        assert classify(born(code, code, code), "1999")["group"].item() == group
    unsure = countries().filter(pl.col("basis") == "uncertain").height
    assert unsure == 21


def test_the_father_decides_when_the_mother_is_unknown() -> None:
    found = classify(born("NLD", None, "SUR"), "2022")
    assert found.select("class", "country", "parents_abroad").row(0) == ("child", "SUR", None)


def test_puerto_rico_in_or_out() -> None:
    family = born("USA", "PRI", "USA")
    assert classify(family, "us-census")["class"].item() == "third"
    assert classify(family, "us-mainland")["class"].item() == "second"
    assert classify(born("PRI", "PRI", "PRI"), "us-mainland")["class"].item() == "first"


def test_a_definition_of_ones_own() -> None:
    data = {
        "schemes": {
            "both": {
                "title": {"nl": "beide ouders", "en": "both parents"},
                "from": scheme("1999").valid_from,
                "source": {"nl": "eigen", "en": "own"},
                "country": ["BEL"],
                "classes": {"child": {"nl": "kind", "en": "child"}, "other": {"nl": "anders", "en": "other"}},
                "rules": [
                    ["h", "a", "a", "child", "mother", "second"],
                    ["hau", "hau", "hau", "other", "none", "none"],
                ],
            }
        }
    }
    own = read_schemes(data)["both"]
    assert classify(born("BEL", "ITA", "ITA"), own)["class"].item() == "child"
    assert classify(born("BEL", "ITA", "BEL"), own)["class"].item() == "other"


def test_a_scheme_with_gaps_names_every_gap() -> None:
    data = {
        "schemes": {
            "gap": {
                "title": {},
                "from": None,
                "source": {},
                "country": ["NLD"],
                "classes": {"x": {}},
                "rules": [["h", "hau", "hau", "y", "nobody", "none"]],
            }
        }
    }
    with pytest.raises(ThuisError) as caught:
        read_schemes(data)
    text = str(caught.value)
    assert text.count("no rule for person, mother, father") == 18
    assert "unknown class in scheme gap 'y'" in text
    assert "unknown deciding person" in text


def test_writings_that_are_no_country_are_listed_with_their_number() -> None:
    frame = pl.DataFrame(
        {"self": ["NLD", "Holland", "Holland", ""], "mother": ["NLD"] * 4, "father": ["NLD"] * 4}
    )
    with pytest.raises(ThuisError, match=r"'Holland' \(2 times\)"):
        classify(frame, "2022")
    assert classify(frame, "2022", unknown_codes=["Holland"])["class"].to_list()[1] == "not-stated"


def test_every_column_and_every_chunk_is_checked_before_anything_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.import_module("thuis.origin.classify"), "CHUNK", 2)
    frame = pl.DataFrame(
        {"self": ["NLD", "x", "NLD", "y"], "mother": ["NLD"] * 4, "father": ["NLD", "NLD", "NLD", "z"]}
    )
    with pytest.raises(ThuisError) as caught:
        classify(frame, "2022")
    assert len(caught.value.problems) == 2
    assert all(repr(word) in str(caught.value) for word in "xyz")


def test_missing_columns_are_named_together() -> None:
    with pytest.raises(ThuisError) as caught:
        classify(pl.DataFrame({"self": ["NLD"]}), "2022", mother="moeder")
    assert len(caught.value.problems) == 2
    with pytest.raises(ThuisError, match="did you mean '2022'"):
        scheme("2202")


@pytest.mark.parametrize("codes", ["cbs", "nl", "en"])
def test_other_writings_of_a_country_give_the_same_class(codes: str) -> None:
    column = {"cbs": "cbs", "nl": "name_nl", "en": "name_en"}[codes]
    table = countries().filter(pl.col(column).is_not_null())
    iso, other = (
        pl.DataFrame(dict.fromkeys(("self", "mother", "father"), table[c])) for c in ("iso3", column)
    )
    assert classify(iso, "2022").equals(classify(other, "2022", codes=codes))


@given(st.lists(st.tuples(PLACE, PLACE, PLACE), min_size=1, max_size=30), st.sampled_from(sorted(schemes())))
def test_many_rows_are_classified_as_one_by_one(rows: list[tuple[str | None, ...]], name: str) -> None:
    columns = dict.fromkeys(("self", "mother", "father"), pl.String)
    how = scheme(name)
    found = classify(pl.DataFrame(rows, schema=columns, orient="row"), name)

    def status(place: str | None) -> str:
        return UNKNOWN if place is None else HERE if place in how.country else ABROAD

    for row, (cls, decides, country) in zip(
        rows, found.select("class", "decides", "country").iter_rows(), strict=True
    ):
        outcome = how.outcomes[COMBINATIONS.index(tuple(map(status, row)))]
        assert (cls, decides) == (outcome.cls, outcome.decides)
        assert country == {"self": row[0], "mother": row[1], "father": row[2], "none": None}[decides]
