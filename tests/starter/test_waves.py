"""`thuis init` on a file of several years or rounds: each a wave of its own, and said so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from thuis.project import load_project
from thuis.starter import start
from thuis.starter.write import Started

N = 600


def people(**columns: Sequence[object]) -> pl.DataFrame:
    base = {
        "geslacht": [1 + (i * 7 // 3) % 2 for i in range(N)],
        "trust": [1 + i % 3 for i in range(N)],
    }
    return pl.DataFrame({**base, **columns})


def begun(folder: Path, frame: pl.DataFrame, wave: str = "") -> Started:
    frame.write_csv(folder / "a.csv")
    return start(folder / "m", folder / "a.csv", wave=wave)


def waves(folder: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    return {each.id: dict(each.where) for each in load_project(folder / "m").waves}


YEARS = [2015 if i < 250 else 2020 for i in range(N)]


@pytest.mark.parametrize("name", ["jaar", "year", "YEAR", "survey_year", "peiljaar", "annee", "jahr", "ano"])
def test_every_year_is_a_wave(tmp_path: Path, name: str) -> None:
    started = begun(tmp_path, people(**{name: YEARS}))
    assert waves(tmp_path) == {"2015": {name: ("2015",)}, "2020": {name: ("2020",)}}
    assert f"waves: {name!r}, guessed from its name; 2015 (250 rows), 2020 (350 rows)" in started.remarks


@pytest.mark.parametrize("name", ["geboortejaar", "yrbrn", "birthyear", "jaar_aankomst", "inwyys"])
def test_other_years_are_no_waves(tmp_path: Path, name: str) -> None:
    started = begun(tmp_path, people(**{name: YEARS}), wave="2024")
    assert waves(tmp_path) == {"2024": {}}
    asked = (
        "days: 'inwyys' has more than one year: 2015 (250 rows), 2020 (350 rows); all are taken as one wave"
    )
    assert started.remarks == ((asked,) if name == "inwyys" else ())


def test_a_label_tells_years_and_a_label_takes_them_away(tmp_path: Path) -> None:
    def saved(labels: Mapping[str, str]) -> list[str]:
        frame = people(yr=YEARS, year=[1990 + i % 20 for i in range(N)])
        path = tmp_path / f"{len(labels)}.sav"
        titles = [labels.get(each, "") for each in frame.columns]
        pyreadstat.write_sav(frame.to_pandas(), str(path), column_labels=titles)
        folder = tmp_path / f"m{len(labels)}"
        start(folder, path)
        return [each.id for each in load_project(folder).waves]

    born = {"year": "Year of birth of the respondent", "yr": "GSS year for this respondent"}
    assert saved(born) == ["2015", "2020"]


def test_rounds_have_the_year_of_their_label(tmp_path: Path) -> None:
    frame = people(essround=[8 + i % 2 for i in range(N)])
    path = tmp_path / "ess.sav"
    labels = {"essround": {8: "ESS 8 (2016)", 9: "ESS 9 (2018)"}}
    pyreadstat.write_sav(frame.to_pandas(), str(path), variable_value_labels=labels)
    start(tmp_path / "m", path)
    found = load_project(tmp_path / "m").waves
    assert [(each.id, each.field.start.year) for each in found] == [
        ("essround-8", 2016),
        ("essround-9", 2018),
    ]


def test_one_year_names_the_wave(tmp_path: Path) -> None:
    begun(tmp_path, people(jaar=[2019] * N))
    assert waves(tmp_path) == {"2019": {}}


def test_a_wave_that_was_named_is_its_own_rows_or_says_that_it_is_all(tmp_path: Path) -> None:
    own = begun(tmp_path, people(jaar=YEARS), wave="2020")
    assert waves(tmp_path) == {"2020": {"jaar": ("2020",)}}
    assert own.remarks == ("wave 2020: its 350 rows alone, by column 'jaar'",)
    (tmp_path / "b").mkdir()
    every = begun(tmp_path / "b", people(jaar=YEARS), wave="both")
    assert waves(tmp_path / "b") == {"both": {}}
    assert "all rows are taken as wave both" in every.remarks[0]


def test_each_wave_has_the_weight_and_the_questions_it_had(tmp_path: Path) -> None:
    early = [i < 250 for i in range(N)]
    frame = people(
        jaar=YEARS,
        weight=[0.5 + i % 5 / 4 if old else None for i, old in enumerate(early)],
        wtssps=[None if old else 0.5 + i % 7 / 6 for i, old in enumerate(early)],
        new=[None if old else 1 + i % 2 for i, old in enumerate(early)],
    )
    started = begun(tmp_path, frame)
    found = load_project(tmp_path / "m").waves
    assert [each.design.weight for each in found] == ["weight", "wtssps"]
    assert [sorted(each.variables) for each in found] == [["geslacht", "trust"], ["geslacht", "new", "trust"]]
    assert [f"{each.role}={each.column}" for each in started.evidence][:2] == [
        "weight of 2015=weight",
        "weight of 2020=wtssps",
    ]


def test_people_who_come_back_are_a_panel_and_numbers_that_begin_anew_are_not(tmp_path: Path) -> None:
    half = N // 2
    sex = [1 + i % 2 for i in range(half)]
    again = people(jaar=[2015] * half + [2020] * half, id=[*range(half)] * 2, geslacht=sex * 2)
    begun(tmp_path, again)
    project = load_project(tmp_path / "m")
    assert (project.samples, [each.design.psu for each in project.waves]) == ("panel", ["id", "id"])
    (tmp_path / "b").mkdir()
    anew = again.with_columns(pl.Series("geslacht", [*sex, *(1 + i // 2 % 2 for i in range(half))]))
    begun(tmp_path / "b", anew)
    project = load_project(tmp_path / "b" / "m")
    assert (project.samples, [each.design.psu for each in project.waves]) == ("independent", [None, None])


def test_several_countries_are_said(tmp_path: Path) -> None:
    started = begun(tmp_path, people(cntry=["NL" if i % 3 else "BE" for i in range(N)]), wave="2020")
    assert started.remarks[0].startswith("countries: 'cntry' has 2 values (BE, NL, ...)")


def test_signs_that_are_no_numbers_tell_no_waves(tmp_path: Path) -> None:
    begun(tmp_path, people(wave=["²" if i % 2 else "¹" for i in range(N)]), wave="2020")
    assert waves(tmp_path) == {"2020": {}}
