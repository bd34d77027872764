"""A wave with a codebook: wordings and missing codes need not be typed again, and what is typed wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuis.errors import ThuisError
from thuis.project import Project, load_project
from thuis.read import read_waves
from thuis.starter import start

DDI = """<codeBook version="2.5" xmlns="ddi:codebook:2_5" xml:lang="en"><dataDscr>
<var name="PPLTRST"><labl>Most people can be trusted</labl>
  <qstn><preQTxt>CARD 3.</preQTxt><qstnLit>Can most people be trusted?</qstnLit></qstn>
  <invalrng><item VALUE="77"/><range min="88" max="89"/></invalrng>
  <catgry><catValu>99</catValu><labl>No answer</labl></catgry></var>
<var name="sex"><labl>Gender of respondent</labl>
  <catgry><catValu>01</catValu><labl>Male</labl></catgry>
  <catgry><catValu>02</catValu><labl>Female</labl></catgry></var>
<var name="vote"><labl>Voted last election</labl><qstn><qstnLit>Did you vote?</qstnLit></qstn>
  <catgry><catValu>1</catValu><labl>Voted</labl></catgry>
  <catgry><catValu>2</catValu><labl>Stayed home</labl></catgry>
  <catgry missing="Y"><catValu>07</catValu><labl>R</labl></catgry></var>
</dataDscr></codeBook>"""
MEAN = """
id: trust
theme: first-theme
title: {nl: Vertrouwen, en: Trust}
measures: {nl: Gemiddeld vertrouwen., en: Mean trust.}
kind: mean
variable: trust
scale: [0, 10]
unit: {nl: punten, en: points}
polarity: neutral
breakdowns: [total]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project started from a CSV without labels and its codebook, with a mean added by hand."""
    rows = [
        (each % 11 if each % 4 else (77, 88, 99)[each // 4 % 3], each % 2 + 1, (1, 2, 7)[each % 3])
        for each in range(600)
    ]
    data = tmp_path / "survey.csv"
    data.write_text("ppltrst,sex,vote\n" + "".join(f"{a},{b},{c}\n" for a, b, c in rows), "utf-8")
    (tmp_path / "survey.xml").write_text(DDI, "utf-8")
    start(tmp_path / "m", data, wave="2026", design={"codebook": str(tmp_path / "survey.xml")}, by=["sex"])
    wave = tmp_path / "m" / "waves" / "2026.yaml"
    wave.write_text(
        wave.read_text("utf-8") + '  trust: {from: "ppltrst", type: number, range: [0, 10]}\n', "utf-8"
    )
    (tmp_path / "m" / "indicators" / "trust.yaml").write_text(MEAN, "utf-8")
    return tmp_path / "m"


def source(project: Project, name: str) -> tuple[str, ...]:
    found = project.waves[0].variables[name]
    assert found is not None
    return found.missing


def test_a_first_project_takes_titles_labels_and_missing_codes(folder: Path) -> None:
    project = load_project(folder)
    vote = project.indicator("vote")
    assert vote.title["en"] == "Voted last election"
    assert vote.question["2026"].model_dump() == {"nl": "Did you vote?", "en": "Did you vote?", "asked": "en"}
    assert "question:" not in (folder / "indicators" / "vote.yaml").read_text("utf-8").replace(
        "# question:", ""
    )
    assert [each.title["en"] for each in project.breakdowns["sex"].categories] == ["Male", "Female"]
    assert "7" in source(project, "vote")


def test_codes_that_the_file_does_not_flag_are_no_part_of_a_mean(folder: Path) -> None:
    project = load_project(folder)
    assert {"77", "88", "89", "99"} <= set(source(project, "trust"))
    values = read_waves(project).frame["trust"].drop_nulls()
    assert values.len() == 450
    assert values.max() == 10
    assert project.indicator("trust").question["2026"].en == "CARD 3. Can most people be trusted?"


def test_what_is_typed_wins(folder: Path) -> None:
    wave = folder / "waves" / "2026.yaml"
    text = wave.read_text("utf-8")
    text = text.replace('missing: ["7"]   # taken for no answer: check', "").replace(
        '"2": stayed-home', '"2": stayed-home, "7": refused'
    )
    wave.write_text(text.replace("range: [0, 10]}", "range: [0, 99], answers: [77]}"), "utf-8")
    indicator = folder / "indicators" / "vote.yaml"
    indicator.write_text(
        indicator.read_text("utf-8") + 'question: {"2026": {nl: Hebt u gestemd?, en: Did you?, asked: nl}}\n',
        "utf-8",
    )
    mean = folder / "indicators" / "trust.yaml"
    mean.write_text(mean.read_text("utf-8").replace("[0, 10]", "[0, 99]"), "utf-8")
    project = load_project(folder)
    assert "7" not in source(project, "vote")
    assert "07" not in source(project, "vote")
    assert "77" not in source(project, "trust")
    assert project.indicator("vote").question["2026"].nl == "Hebt u gestemd?"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('"data/none.xml"', "there is no file 'data/none.xml'"),
        ('"../survey.xml"', "stands outside the project folder"),
        ('"data/survey.csv"', "this is not XML"),
    ],
)
def test_a_codebook_that_cannot_be_read_is_the_only_thing_said(folder: Path, change: str, said: str) -> None:
    wave = folder / "waves" / "2026.yaml"
    wave.write_text(wave.read_text("utf-8").replace('"data/survey.xml"', change), "utf-8")
    with pytest.raises(ThuisError) as caught:
        load_project(folder)
    (problem,) = caught.value.problems
    assert said in problem.what
    assert problem.where is not None


def test_without_a_wording_anywhere_the_wave_is_named(folder: Path) -> None:
    book = folder / "data" / "survey.xml"
    book.write_text(DDI.replace("<qstn><qstnLit>Did you vote?</qstnLit></qstn>", ""), "utf-8")
    with pytest.raises(ThuisError, match="the question of wave '2026' is missing"):
        load_project(folder)


def test_a_codebook_without_a_survey_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ThuisError, match="is about no file"):
        start(tmp_path / "m", design={"codebook": "survey.xml"})
    assert not (tmp_path / "m").exists()


UNIVERSE = "<universe>Respondents of 18 and over</universe>"


def with_universe(folder: Path, name: str, universe: str) -> None:
    """The codebook beside the data, saying to whom ``vote`` was put."""
    text = DDI.replace(
        "<qstn><qstnLit>Did you vote?", f"<qstn><qstnLit>Did you vote?</qstnLit></qstn>{universe}"
    )
    text = text.replace(f"{universe}</qstnLit></qstn>", universe)
    (folder / "data" / name).write_text(text, "utf-8")


def later(folder: Path, universe: str, more: str = "") -> None:
    """A wave after the first, whose codebook is another."""
    settings, first = folder / "thuis.yaml", folder / "waves" / "2026.yaml"
    told = settings.read_text("utf-8").replace('waves: ["2026"]', 'waves: ["2026", "2027"]')
    settings.write_text(told.replace("released: 20", "released: 21"), "utf-8")
    text = first.read_text("utf-8").replace('"2026"', '"2027"').replace("survey.xml", "later.xml")
    text = text.replace("start: 2026", "start: 2027").replace("end: 2026", "end: 2027")
    (folder / "waves" / "2027.yaml").write_text(text + more, "utf-8")
    with_universe(folder, "later.xml", universe)


def test_the_universe_of_a_question_is_the_base_that_is_stated(folder: Path) -> None:
    with_universe(folder, "survey.xml", UNIVERSE)
    project = load_project(folder)
    base = project.indicator("vote").base
    assert base
    assert (base.when, base.text["en"]) == ("", "Respondents of 18 and over")
    assert project.indicator("trust").base is None
    assert not project.indicator("vote").narrowed
    assert read_waves(project).frame["vote"].null_count() == 200


def test_a_base_that_is_typed_wins(folder: Path) -> None:
    with_universe(folder, "survey.xml", UNIVERSE)
    indicator = folder / "indicators" / "vote.yaml"
    typed = "base: {text: {nl: volwassenen, en: adults}}\n"
    indicator.write_text(indicator.read_text("utf-8") + typed, "utf-8")
    base = load_project(folder).indicator("vote").base
    assert base
    assert base.text["nl"] == "volwassenen"


def test_a_question_put_to_others_is_no_change_of_answers(folder: Path) -> None:
    with_universe(folder, "survey.xml", UNIVERSE)
    later(folder, "<universe>respondents of 18, and over!</universe>")
    assert load_project(folder).indicator("vote").base
    with_universe(folder, "later.xml", "<universe>Voters</universe>")
    with pytest.raises(
        ThuisError, match="'vote' was put to 'Voters' here and to 'Respondents of 18 and over'"
    ):
        load_project(folder)
    said = "breaks: [{kind: population, text: {nl: Kiezers, en: Voters}}]\n"
    later(folder, "<universe>Voters</universe>", said)
    assert load_project(folder).indicator("vote").base
