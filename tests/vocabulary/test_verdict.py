"""Verdicts: right in its time, right in its place, and never by a source younger than the text."""

from __future__ import annotations

import pytest

from thuis.vocabulary import load_vocabulary
from thuis.vocabulary.verdict import Verdict, judge

VOCABULARY = load_vocabulary()


@pytest.mark.parametrize(
    ("term", "role", "day", "genre", "expected"),
    [
        ("allochtoon", "use", "2005", "letter", ("fine", "in-its-time")),
        ("allochtoon", "use", "2016-12-31", "letter", ("fine", "in-its-time")),
        ("allochtoon", "use", "2017-01-01", "letter", ("replace", "advised-against")),
        ("allochtoon", "name", "2022", "letter", ("fine", "name")),
        ("allochtoon", "quotation", "2022", "letter", ("fine", "quotation")),
        ("allochtoon", "definition", "2022", "law", ("fine", "definition")),
        ("allochtoon", "statistical-series", "2022", "report", ("fine", "statistical-series")),
        ("migratieachtergrond", "use", "2021-05", "letter", ("fine", "in-its-time")),
        ("migratieachtergrond", "use", "2022-03-01", "letter", ("replace", "advised-against")),
        ("vreemdeling", "use", "2023", "law", ("fine", "genre")),
        ("vreemdeling", "use", "2023", "letter", ("replace", "advised-against")),
        ("vreemdeling", "use", "2005", "letter", ("fine", "in-its-time")),
        ("integratie", "use", "2022-11-14", "letter", ("consider", "under-review")),
        ("integratie", "use", "2019", "letter", ("fine", "in-its-time")),
        ("zigeuner", "use", "1998", "letter", ("consider", "younger-advice")),
        ("gelukszoeker", "use", "2022", "debate", ("consider", "disputed")),
        ("via-oud", "name", "2022-11-16", "letter", ("fine", "in-its-time")),
        ("via-oud", "name", "2024", "letter", ("replace", "advised-against")),
        ("migrant", "use", "1990", "letter", ("fine", "status")),
    ],
)
def test_a_verdict_depends_on_role_day_and_genre(
    term: str, role: str, day: str, genre: str, expected: tuple[str, str]
) -> None:
    found = judge(VOCABULARY.by_id[term], role, day, genre, VOCABULARY.sources)
    assert found == Verdict(*expected)


def test_a_year_that_straddles_the_change_is_judged_kindly() -> None:
    word = VOCABULARY.by_id["migratieachtergrond"]
    assert judge(word, "use", "2022", "letter").level == "fine"
    assert judge(word, "use", "2023", "letter").level == "replace"
