"""Rows that say of themselves that they are no interviews, or none that was finished."""

from __future__ import annotations

import polars as pl
import pytest

from thuis.formats import Column, Raw
from thuis.formats.interviews import Marked, marked, passed_over, saying


def told(
    columns: dict[str, list[str | None]], labels: dict[str, dict[str, str]] | None = None
) -> list[Marked]:
    raw = Raw(
        pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)),
        {each: Column(each, labels=(labels or {}).get(each, {})) for each in columns},
    )
    return marked(columns, raw, saying(columns))


@pytest.mark.parametrize(
    ("name", "trial", "kept"),
    [
        ("Status", "Survey Preview", "IP Address"),
        ("Status", "Survey Test", "Imported"),
        ("Status", "Complete (Test Data)", "Complete"),
        ("Response Type", "Survey Preview", "IP Address"),
        ("DistributionChannel", "preview", "anonymous"),
        ("ReviewState", "rejected", "approved"),
        ("_validation_status", "Not approved", "Approved"),
        ("_validation_status", "_validation_status_not_approved", "_validation_status_approved"),
        ("is_test", "true", "false"),
        ("test", "1", "0"),
    ],
)
def test_trials_are_no_respondents(name: str, trial: str, kept: str) -> None:
    (found,) = told({name: [kept, trial, kept, kept]})
    assert (dict(found.trials), found.kept) == ({trial: 1}, (kept,))


@pytest.mark.parametrize(
    ("name", "broken", "kept"),
    [
        ("Finished", "False", "True"),
        ("Finished", "0", "1"),
        ("Status", "Partial", "Complete"),
        ("Status", "Disqualified", "Complete"),
        ("interview_status", "ScreenedOut", "Completed"),
        ("InterviewStatus", "Quota Full", "Completed"),
        ("survey_complete", "0", "2"),
        ("Complete?", "Incomplete", "Complete"),
        ("afgerond", "nee", "ja"),
    ],
)
def test_who_stopped_counts_and_is_told(name: str, broken: str, kept: str) -> None:
    (found,) = told({name: [kept, broken, kept, kept]})
    assert (dict(found.trials), dict(found.broken)) == ({}, {broken: 1})
    assert f'where: {{{name}: ["{kept}"]}}' in found.lines()[0]


def test_numbers_of_a_status_are_those_of_qualtrics_where_it_is() -> None:
    status: list[str | None] = ["0", "1", "8", "16", "17"]
    rest: dict[str, list[str | None]] = {"ResponseId": list("abcde"), "Finished": ["1"] * 5}
    (found,) = told({"Status": status, **rest})
    assert (set(found.trials), set(found.broken), found.kept) == ({"1", "17"}, {"8"}, ("0", "16"))
    assert told({"Status": status}) == []


def test_labels_of_a_status_speak() -> None:
    (found,) = told({"status": ["1", "2", "1"]}, {"status": {"1": "Completed", "2": "Test interview"}})
    assert dict(found.trials) == {"2": 1}


@pytest.mark.parametrize(
    "columns",
    [
        {"status": ["married", "single", "test"]},
        {"marital_status": ["test", "married", "single"]},
        {"completed": ["primary", "secondary", "tertiary"]},
        {"type": ["A", "B", "C"]},
        {"test": ["positive", "negative", "positive"]},
        {"submitdate": ["2024-03-01", "2024-03-02", "2024-03-03"]},
        {"state": ["NY", "CA", "TX"]},
    ],
)
def test_other_columns_say_nothing_of_rows(columns: dict[str, list[str | None]]) -> None:
    assert [each for each in told(columns) if each.broken or each.trials] == (
        told(columns) if "status" in columns else []
    )


def test_when_every_row_is_one_nothing_is_left_out() -> None:
    assert told({"Status": ["Survey Preview", "Survey Preview"]}) == []


def test_an_empty_day_of_sending_is_an_interview_that_was_not_sent() -> None:
    (found,) = told({"submitdate": ["2024-03-01", None, "2024-03-02"]})
    assert "export finished interviews alone" in found.lines()[0]


def test_the_nought_of_unipark() -> None:
    columns = ["lfdn", "dispcode", "v_1"]
    assert passed_over(columns, ["0", "1", "2"]) == ("0",)
    assert passed_over(columns, ["0", "1"]) == ()
    assert passed_over(["v_1"], ["0", "1", "2"]) == ()
