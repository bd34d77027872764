"""Spellings at a date: labelled by others (grant annexes), labelled beforehand by us, and drawn at random."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from thuis.errors import ThuisError
from thuis.places import at, current, gaps, joined, municipalities, resolve
from thuis.places.resolve import must
from thuis.places.table import steps

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data" / "municipalities" / "gold-spellings-dev.csv"
DAY = date(2010, 1, 1)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "row",
    [
        row
        for name in ("outside", "public", "hostile", "documents", "annexes")
        for row in rows(HERE / f"spellings-{name}.csv")
    ],
    ids=lambda row: f"{row['spelling']}@{row['date']}",
)
def test_a_spelling_labelled_beforehand(row: dict[str, str]) -> None:
    found = resolve(row["spelling"], date.fromisoformat(row["date"]))
    assert (found.code or "") == row["code"]
    assert not row.get("among") or row["among"] in {each.code for each in found.candidates}
    assert all(each.reason for each in found.candidates)


@pytest.mark.parametrize(
    ("name", "year", "among"),
    [
        ("Leidschendam-Voorburg", 2000, {"GM0548", "GM0624"}),
        ("Hollands Kroon", 2011, {"GM0366", "GM0412", "GM0462", "GM0463"}),
        ("Land van Cuijk", 2021, {"GM1684", "GM0756", "GM0786", "GM0815", "GM1702"}),
    ],
)
def test_one_that_is_not_there_yet_has_those_that_were_to_go_into_it(
    name: str, year: int, among: set[str]
) -> None:
    found = resolve(name, date(year, 1, 1))
    assert (found.code, found.how) == (None, "not-yet")
    assert among <= {each.code for each in found.candidates}


@pytest.mark.parametrize("slip", ["Andimjk", "Nimjmegen", "Eiajsden"])
def test_a_slip_that_parts_a_long_ij_has_its_name_among_the_candidates(slip: str) -> None:
    found = resolve(slip, DAY)
    assert found.code is None
    assert {"GM0364", "GM0268", "GM0905"} & {each.code for each in found.candidates}


def test_an_article_behind_another_name() -> None:
    found = {resolve(each, DAY).code for each in ("Haag, Den", "Hearrenfean, It", "Bosch, Den")}
    assert found == {"GM0518", "GM0074", "GM0796"}


@pytest.mark.skipif(not SHARED.is_file(), reason="the labelled annexes are not here")
def test_every_spelling_of_the_grant_annexes() -> None:
    for row in rows(SHARED):
        start, end = row["valid_from"], row["valid_to"]
        day = DAY
        if start and date.fromisoformat(start) > day:
            day = date.fromisoformat(start)
        if end and date.fromisoformat(end) <= day:
            day = date(int(end[:4]) - 1, 6, 1)
        assert resolve(row["spelling"], day).code == row["code_at_date"], row["spelling"]
        now = resolve(row["spelling"], date(2025, 1, 1))
        assert now.code == (None if row["also_2025"] else row["code_2025"]), row["spelling"]


def test_every_name_of_every_year_is_itself_unless_two_bear_it() -> None:
    for year in range(1990, 2026):
        day = date(year, 1, 1)
        for each in current(day):
            found = resolve(each.name, day)
            if each.name in ("Bergen", "Hengelo") and found.code is None:
                assert found.how == "ambiguous"
                assert each.code in {c.code for c in found.candidates}
            else:
                assert found.code == each.code


@given(
    st.sampled_from([each for each in current(DAY) if len(each.name) > 5]),
    st.integers(1, 40),
    st.sampled_from("abdefgklmnoprtuvw"),
    st.sampled_from(["drop", "other", "more"]),
)
@settings(deadline=None, max_examples=300)
def test_a_slip_is_never_an_answer_but_its_name_is_among_the_candidates(where, place, letter, kind) -> None:
    name = where.name
    at_ = 1 + place % (len(name) - 2)
    assume(name[at_].isalpha() and name[at_ - 1].isalpha())
    rest = {"drop": name[at_ + 1 :], "other": letter + name[at_ + 1 :], "more": letter + name[at_:]}[kind]
    slip = name[:at_] + rest
    others = {each.name.casefold() for each in municipalities().values()}
    assume(slip.casefold() not in others | {"bilt"} and slip.casefold().replace("y", "ij") != name.casefold())
    found = resolve(slip, DAY)
    same = found.code == where.code and "".join(filter(str.isalpha, slip.casefold())) == "".join(
        filter(str.isalpha, name.casefold())
    )
    if found.code is not None and not same:
        assert found.how.startswith(("spelling", "other-name", "short", "article")), (slip, found)
        assert not found.how.startswith("abbreviation")
    if found.code is None:
        assert where.code in {each.code for each in found.candidates}, (slip, found)


@pytest.mark.parametrize(
    ("name", "how", "among"),
    [
        ("Bergen", "ambiguous", {"GM0373", "GM0893"}),
        ("Bergen (Gld)", "elsewhere", {"GM0373", "GM0893"}),
        ("Roterdam", "unknown", {"GM0599"}),
        ("Leiden/Katwijk", "several", {"GM0546", "GM0537"}),
        ("provincie Utrecht", "no-municipality", {"GM0344"}),
        ("Bonaire", "no-municipality", set()),
        ("Gelderland", "no-municipality", set()),
        ("Waddenzee", "no-municipality", set()),
        ("Arbeidsmarktregio Zaanstreek", "no-municipality", set()),
        ("Overige gemeenten", "no-municipality", set()),
        ("Twente", "no-municipality", {"GM1735"}),
    ],
)
def test_what_is_not_decided_says_why_and_names_the_candidates(name: str, how: str, among: set[str]) -> None:
    found = resolve(name, DAY)
    assert (found.code, found.how) == (None, how)
    assert among <= {each.code for each in found.candidates}
    assert all(each.reason for each in found.candidates)


def test_a_divided_municipality_has_heirs_and_no_answer() -> None:
    found = resolve("Boarnsterhim", date(2014, 1, 1))
    assert (found.code, found.how) == (None, "divided")
    assert found.candidates[0].code == "GM0080"
    assert len(found.candidates) == 4


def test_a_spelling_that_has_to_be_decided_fails_with_candidates() -> None:
    assert must("gem. Leiden", DAY) == "GM0546"
    with pytest.raises(ThuisError, match=r"(?s)Bergen.*GM0373.*GM0893"):
        must("Bergen", DAY)


def test_days_outside_the_table_say_so() -> None:
    assert resolve("Amsterdam", date(1989, 12, 31)).how == "outside-table"
    late = resolve("Wijdemeren", date(2026, 6, 1))
    assert late.code == "GM1696"
    assert late.note
    assert any("Wijdemeren" in each.what for each in gaps())


def test_the_table_holds_together() -> None:
    every = municipalities()
    assert len(every) == 788
    for code, each in every.items():
        assert (each.end is not None) == (code in steps())
        for step in steps().get(code, ()):
            assert step.day == each.end
            heir = every[step.code]
            assert heir.start is None or heir.start <= step.day
            assert heir.end is None or heir.end > step.day
        assert at(code, date(2025, 1, 1)) or each.start


@pytest.mark.parametrize(
    ("year", "number"), [(1990, 672), (1997, 572), (2010, 431), (2019, 355), (2025, 342)]
)
def test_the_number_of_municipalities_is_that_of_cbs(year: int, number: int) -> None:
    assert len(current(date(year, 1, 1))) == number


def test_mergers_between_two_days() -> None:
    found = joined(date(2021, 1, 1), date(2022, 1, 1))
    assert {new: len(old) for each in found.values() for new, old in each.items()} == {
        "GM0439": 1, "GM1980": 2, "GM1982": 5, "GM1991": 2,
    }  # fmt: skip
