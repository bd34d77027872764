"""Sentences and numbers: right in both languages, and never more than was tested."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from support.headlines import broken_rules
from thuis.contract.figure import Figure, Verdict, WithheldCell
from thuis.contract.folder import DataFolder
from thuis.errors import ThuisError
from thuis.language import compared, headlines
from thuis.language.headlines import Named, Shown
from thuis.language.numbers import number
from thuis.site.views.indicator import asked
from thuis.site.voice import Voice
from thuis.site.words import facts, finding

NL, EN = Voice("nl"), Voice("en")


def the(data: DataFolder, indicator: str, breakdown: str) -> Figure:
    found = next(each for each in data.indicators if each.id == indicator).figure(breakdown)
    assert found
    return found


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (31.24, 1, "31,2", "31.2"),
        (-0.04, 1, "0,0", "0.0"),
        (-3.06, 1, "−3,1", "−3.1"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (0, 0, "0", "0"),
    ],
)
def test_numbers(value: float, decimals: int, dutch: str, english: str) -> None:
    assert (NL.number(value, decimals), EN.number(value, decimals)) == (dutch, english)


def test_percentages_and_dates() -> None:
    assert (NL.percent(95), EN.percent(95)) == ("95%", "95%")
    assert (NL.day("2026-11-25"), EN.day("2026-11-25")) == ("25 november 2026", "25 November 2026")
    assert NL.day("voorjaar 2015") == "voorjaar 2015"


def test_differences_carry_their_sign(data: DataFolder) -> None:
    figure = the(data, "trust-in-people", "total")
    assert [EN.signed(v, figure) for v in (1.24, -1.24, 0.0)] == ["+1.2", "−1.2", "0.0"]


def test_a_text_without_translation_is_an_error() -> None:
    with pytest.raises(ThuisError, match="no 'en'"):
        EN.say({"nl": "alleen Nederlands"})


def test_nothing_shown_is_said_and_no_story_told(data: DataFolder) -> None:
    figure = the(data, "discrimination-at-work", "origin")
    tested = [c for c in figure.comparisons if c.type == "category" and c.wave == "2020"]
    none = figure.but(comparisons=tuple(c.but(verdict="none") for c in tested))
    said = finding(none, EN)
    assert said.startswith("No difference shown")
    assert not re.search(r"\d|often|higher|lower", said)


def test_without_tests_the_heading_claims_nothing(data: DataFolder) -> None:
    said = finding(the(data, "discrimination-at-work", "origin").but(comparisons=()), NL)
    assert said == "Cijfers van 2020; verschillen zijn niet getoetst"


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("higher", "“65 and over” more often: 69 in 100, “18-34” 49"),
        ("none", "Groups differ in 2 of 3 comparisons"),
    ],
)
def test_groups_without_a_reference_are_told_by_the_ends_that_differ(
    data: DataFolder, verdict: Verdict, said: str
) -> None:
    figure = the(data, "discrimination-at-work", "origin")
    wave = figure.latest()
    cells = sorted((each for each in figure.published() if each.wave == wave), key=lambda each: each.estimate)
    low, middle, *_, top = cells
    values = {low.key: (49.0, "18-34"), middle.key: (55.0, "35 to 64"), top.key: (69.0, "65 and over")}
    kept = [each for each in figure.dimensions[0].categories if (each.id,) in values]
    categories = tuple(
        each.but(title={"nl": (name := values[each.id,][1]), "en": name}, people=None, short=None)
        for each in kept
    )
    test = next(each for each in figure.contrasts if each.wave == wave)
    pairs = [(top, low, verdict), (top, middle, "higher"), (middle, low, "higher")]
    told = figure.but(
        dimensions=(figure.dimensions[0].but(categories=categories, reference=None),),
        cells=tuple(each.model_copy(update={"estimate": values[each.key][0]}) for each in (low, middle, top)),
        comparisons=tuple(
            test.model_copy(update={"key": one.key, "other": other.key, "verdict": found})
            for one, other, found in pairs
        ),
    )
    assert finding(told, EN) == said


def test_a_change_across_a_break_is_not_called_a_change(data: DataFolder) -> None:
    figure = the(data, "discrimination-at-work", "total")
    change = next(c for c in figure.comparisons if c.wave == "2020")
    broken = figure.but(comparisons=(change.but(across_break=True, verdict="higher"),))
    assert "not comparable with 2015" in finding(broken, EN)
    assert "higher" not in finding(broken, EN)


def test_every_headline_of_a_site_keeps_to_the_rules(data: DataFolder) -> None:
    assert not broken_rules(data)


def test_an_empty_figure_says_why(data: DataFolder) -> None:
    assert finding(the(data, "voted", "origin"), EN).startswith("No figures to show: confidential")


def test_facts_are_those_published_else_the_findings(data: DataFolder) -> None:
    indicator = data.indicators[0]
    assert facts(indicator, NL) == ["In 2020 ervoer 31,2 % dit."]
    own = facts(replace(indicator, record=indicator.record.but(facts=())), NL)
    assert own == [finding(each, NL) for each in indicator.figures[:3]]


def test_waves_with_the_same_wording_stand_together() -> None:
    question = {
        "2006": {"nl": "Oud?", "en": "Old?", "asked": "nl"},
        "2011": {"nl": "Oud?", "en": "Old?", "asked": "nl"},
        "2015": {"nl": "Nieuw?", "en": "New?", "asked": "nl"},
    }
    assert [(q.waves, q.text, q.original) for q in asked(question, EN)] == [
        ("2006, 2011", "Old?", "Oud?"),
        ("2015", "New?", "Nieuw?"),
    ]
    assert [q.original for q in asked(question, NL)] == ["", ""]


@settings(deadline=None, max_examples=150)
@given(
    st.floats(-1e9, 1e9),
    st.integers(0, 4),
    st.sampled_from(["nl", "en", "fy", "tr", "de", "fr", "pap", "ar"]),
)
def test_a_number_is_written_as_babel_writes_it(value: float, decimals: int, language: str) -> None:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    said = str(format_decimal(round(value, decimals) + 0.0, pattern, locale=language))
    assert number(value, decimals, language).removeprefix("\u200e") == said.replace("-", "\u2212")


NAMES = st.text("abcdefgh ,<>-", min_size=1, max_size=120).map(str.strip).filter(bool)
VERDICTS: st.SearchStrategy[Verdict] = st.sampled_from(["higher", "lower", "none"])


SAYS = {"nl": "{who} stemmen {often}", "en": "{who} vote {often}"}
DUTCH = Shown(Named("Dutch origin", "people of Dutch origin"), 50, 48, 52)


def of(*values: tuple[float, Verdict], half: float = 2) -> list[Shown]:
    return [
        Shown(Named(f"{name} origin", f"people of {name} origin"), value, value - half, value + half, verdict)
        for name, (value, verdict) in zip(("Turkish", "Polish", "Somali", "Iranian"), values, strict=False)
    ]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (
            of((70, "higher"), (72, "higher"), (71, "higher")),
            "All 3 groups vote more often: up to 72%, Dutch origin 50%",
        ),
        (
            of((70, "higher"), (30, "lower"), (31, "lower"), (32, "lower")),
            "3 of 4 groups vote less often: down to 30 in 100",
        ),
        (
            of((70, "higher"), (71, "higher"), (30, "lower")),
            "2 of 3 groups vote more often: up to 71 in 100",
        ),
        (
            of((70, "higher"), (71, "higher"), (50, "none")),
            "2 of 3 groups vote more often: up to 71 in 100",
        ),
        (
            of((20, "lower"), (40, "lower"), (51, "none")),
            "People of Turkish origin vote least often: 20%, Dutch origin 50%",
        ),
        (of((60, "higher")), "People of Turkish origin vote more often: 60%, Dutch origin 50%"),
        (
            of((51, "none"), (49, "none")),
            "No difference shown between people of Dutch origin and the other groups",
        ),
    ],
)
def test_a_headline_speaks_of_the_groups_that_differ_in_its_direction(shown: list[Shown], said: str) -> None:
    found = compared.groups(shown, DUTCH, headlines.Scale(True), "en", SAYS["en"])
    assert found == said
    bare = compared.groups(shown, DUTCH, headlines.Scale(True), "en")
    verdicts = {each.verdict for each in shown}
    assert not bare.startswith("All") or len(verdicts) == 1, "all, only when all do"


def test_two_groups_that_differ_are_named() -> None:
    names = (("Poles", "higher", 70.0), ("Turks", "higher", 71.0), ("Danes", "none", 50.0))
    shown = [Shown(Named(n, n), x, x - 2, x + 2, verdict) for n, verdict, x in names]  # type: ignore[arg-type]
    said = compared.groups(shown, DUTCH, headlines.Scale(True), "en", SAYS["en"])
    assert said == "Turks and Poles vote more often: up to 71%, Dutch origin 50%"


def test_numbers_of_people_are_more_or_fewer() -> None:
    north = Shown(Named("North", "people in the North"), 670_000, 6e5, 7e5)
    west = Shown(Named("West", "people in the West"), 2_620_000, 2.5e6, 2.7e6)
    said = compared.apart(west, north, {"higher": 1}, headlines.Scale(False, -4, True), "en")
    assert said == "West more: 2,620,000, North 670,000"


def test_people_with_a_span_in_their_name_are_named_by_their_label() -> None:
    aged = Named("55 tot 65 jaar", "mensen van 55 tot 65 jaar")
    old = Shown(Named("65 jaar en ouder", "65-plussers"), 69, 65, 73, "higher")
    said = compared.groups([old], Shown(aged, 49, 47, 51), headlines.Scale(True), "nl", SAYS["nl"])
    assert said == "65-plussers stemmen vaker: 69 op de 100, “55 tot 65 jaar” 49"


def test_where_a_group_is_withheld_there_is_nothing_to_compare(data: DataFolder) -> None:
    figure = the(data, "discrimination-at-work", "origin")
    bare = figure.but(comparisons=())
    wave = bare.latest()
    hidden = tuple(
        WithheldCell(wave=each.wave, cell=each.key, status="withheld", reason="confidential")
        if each.wave == wave and each.key == ("turkish",)
        else each
        for each in bare.cells
    )
    assert finding(bare.but(cells=hidden), EN) == "No comparison can be shown for 2020"


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(NAMES, st.floats(0, 100), VERDICTS), min_size=1, max_size=40),
    NAMES,
    st.booleans(),
    st.sampled_from(["nl", "en"]),
    st.booleans(),
)
def test_no_name_however_long_makes_a_headline_long(
    groups: list[tuple[str, float, Verdict]], reference: str, share: bool, language: str, clause: bool
) -> None:
    shown = [
        Shown(Named(name, name), value, value - 2, value + 2, verdict) for name, value, verdict in groups
    ]
    says = SAYS[language] if clause and share else ""
    said = compared.groups(shown, Shown(Named(reference), 5, 4, 6), headlines.Scale(share), language, says)
    assert headlines.length(said) <= headlines.WORDS
    if all(verdict == "none" for _, _, verdict in groups):
        assert not any(character.isdigit() for character in said)
