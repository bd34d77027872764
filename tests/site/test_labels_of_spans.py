"""Labels that are spans of numbers stand apart in a headline, in every form a headline has."""

from __future__ import annotations

import re

import pytest

from thuis.language.compared import groups
from thuis.language.headlines import Named, Scale, Shown

SPANS = [
    "35 to 54",
    "55 and over",
    "18 tot 35 jaar",
    "65 jaar en ouder",
    "2 or more children",
    "25 - 44 jaar",
]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("verdict", ["higher", "lower", "none"])
@pytest.mark.parametrize("label", SPANS)
def test_a_span_is_set_apart(label: str, verdict: str, language: str) -> None:
    value = {"higher": 60.0, "lower": 5.0, "none": 30.0}[verdict]
    shown = Shown(Named(label), value, value - 1, value + 1, verdict)  # type: ignore[arg-type]
    said = groups([shown], Shown(Named(SPANS[0]), 30, 29, 31), Scale(percentage=True), language)
    outside = re.sub(r"“[^”]*”", "", said)
    assert label in said or said.endswith(("two groups", "twee groepen"))
    assert not re.search(r"\d\D*\b(to|tot|en|and|or|of)\b\D*\d", outside.partition(":")[0])


@pytest.mark.parametrize("label", ["Turkish origin", "65-plus", "2nd generation", "Under 35"])
def test_other_labels_stand_as_they_are(label: str) -> None:
    said = groups(
        [Shown(Named(label), 30, 29, 31)], Shown(Named("Men"), 30, 29, 31), Scale(percentage=True), "en"
    )
    assert "“" not in said


@pytest.mark.parametrize("code", ["3", "18-34", "Q4", "€ 1.000", "99"])
def test_a_code_without_a_word_is_set_apart(code: str) -> None:
    """A file without value labels: *3 more often: 74 in 100, 2 54* can be read by nobody."""
    shown = [Shown(Named(code), 74, 70, 78, "higher"), Shown(Named("7"), 60, 55, 66, "higher")]
    said = groups(shown, Shown(Named("2"), 54, 50, 58), Scale(percentage=True), "en")
    assert f"“{code}”" in said or "groups" in said
    assert "“2” 54" in said
