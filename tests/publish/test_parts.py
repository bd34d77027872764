"""The parts of publication one by one: facts, population, versions, languages, names of columns."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from thuis.contract.figure import Cell, Change, Contrast, PublishedCell, WithheldCell
from thuis.contract.finding import Findings
from thuis.errors import ThuisError
from thuis.project import Project
from thuis.project.model import Break, Correction, Page
from thuis.publish import Version, publish
from thuis.publish.columns import figure_columns
from thuis.publish.figure import Figure, breaks, figures
from thuis.publish.history import versions
from thuis.publish.main_facts import facts
from thuis.publish.population import population
from thuis.values import Release


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def trust(project: Project, release: Release) -> dict[str, Figure]:
    found = figures(project, release)
    return {each.breakdown: each for each in found if each.indicator.id == "trust-in-people"}


def with_tests(figure: Figure, *tests: dict[str, Any]) -> Figure:
    numbers = {"difference": -3.1, "se": 1.0, "lower": -5.0, "upper": -1.1, "p": 0.01, "p_adjusted": 0.02}
    models = {"wave": Change, "category": Contrast}
    found = tuple(models[each["type"]].model_validate(numbers | each) for each in tests)
    return told(figure, comparisons=found)


def told(figure: Figure, **records: object) -> Figure:
    """The figure with other records than its rows give."""
    other = replace(figure)
    other.__dict__.update({"cells": figure.cells, "comparisons": figure.comparisons, **records})
    return other


def with_total(figure: Figure, wave: str) -> Figure:
    numbers = {"status": "published", "estimate": 31.2, "lower": 29.0, "upper": 33.4, "n": 900}
    withheld = {"status": "withheld", "reason": "confidential"}
    cells: list[Cell] = []
    for cell in figure.cells:
        place = {"wave": cell.wave, "cell": cell.key}
        if cell.wave == wave:
            cells.append(PublishedCell.model_validate(place | numbers))
        else:
            cells.append(WithheldCell.model_validate(place | withheld))
    return told(figure, cells=tuple(cells))


def test_a_fact_compares_with_the_nearest_wave_as_tested(project: Project, trust: dict[str, Figure]) -> None:
    test = {"type": "wave", "cell": [], "wave": "2020"}
    figure = with_tests(
        with_total(trust["total"], "2020"),
        test | {"other_wave": "2016", "verdict": "none", "across_break": False},
        test | {"other_wave": "2018", "verdict": "lower", "across_break": True},
    )
    [fact] = facts([figure], project)
    assert fact["en"] == ("31.2% in 2020 (± 2.2). Not comparable with 2018: people were asked differently.")
    assert "31,2%" in fact["nl"]
    assert "lager" not in fact["nl"], "a difference over a break is no change"
    assert "met die van 2018" not in fact["en"]
    assert "2018" in fact["nl"]


def test_a_fact_without_a_test_claims_no_difference(project: Project, trust: dict[str, Figure]) -> None:
    [fact] = facts([with_tests(with_total(trust["total"], "2020"))], project)
    assert fact["en"] == "31.2% in 2020 (± 2.2)."


def test_nothing_published_gives_no_fact(project: Project, trust: dict[str, Figure]) -> None:
    assert facts([with_tests(with_total(trust["total"], "never"))], project) == []


def test_groups_are_told_by_verdict(project: Project, trust: dict[str, Figure]) -> None:
    figure = with_total(trust["generation"], "2020")
    test = {"type": "category", "wave": "2020", "other": ["third"]}
    figure = with_tests(
        figure,
        test | {"cell": ["first"], "verdict": "lower"},
        test | {"cell": ["second"], "verdict": "none"},
    )
    [fact] = facts([figure], project)
    people = {each.id: each.people for each in project.breakdowns["generation"].categories}
    first, second, third = (people[each]["en"] for each in ("first", "second", "third"))
    assert fact["en"] == (
        f"{first.capitalize()} in 2020: less often than {third}. "
        f"No difference shown between {third} and {second} in 2020."
    )


def test_a_difference_without_a_test_is_not_published(project: Project, release: Release) -> None:
    untested = release.comparisons.with_columns(p=pl.lit(None, pl.Float64))
    assert all(not each.comparisons for each in figures(project, replace(release, comparisons=untested)))


def test_a_breakdown_cannot_take_the_name_of_a_column(project: Project) -> None:
    sex = project.breakdowns["sex"].model_copy(update={"id": "status"})
    with pytest.raises(ThuisError, match="already have a column 'status'"):
        figure_columns(replace(project, breakdowns={"status": sex}), ["status"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_monitor_in_one_language(
    project: Project, make: Callable[[Project], Release], tmp_path: Path, language: str
) -> None:
    settings = project.settings.model_copy(update={"languages": (language,)})
    one = replace(project, settings=settings, indicators=(project.indicator("trust-in-people"),))
    publish(one, make(one), tmp_path / "data")
    table = pl.read_csv(tmp_path / "data" / "figures" / "trust-in-people" / "sex.csv")
    assert [name for name in table.columns if name.startswith("sex")] == ["sex", f"sex_{language}"]
    assert set(read(tmp_path / "data", "indicators/trust-in-people.json")["facts"][0]) == {language}


def test_population_counts_are_published_beside_the_figures(
    demo: tuple[Project, Release], tmp_path: Path
) -> None:
    publish(*demo, tmp_path / "data")
    records = read(tmp_path / "data", "population.json")
    assert records == json.loads((demo[0].folder / "population.json").read_text("utf-8"))
    table = pl.read_csv(tmp_path / "data" / "population.csv")
    assert table["population"].to_list() == [each["population"] for each in records]


HEADER = "origin_nl,origin_en,born_nl,born_en,population,precision,source\n"


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        (
            b"origin_nl,born_nl\nTotaal,hier\n",
            ["column 'origin_en' is missing", "column 'source' is missing"],
        ),
        (
            (HEADER + "a,b,c,d,1.000,exact,CBS\n").encode(),
            ["csv:2, population: '1.000' is not a count"],
        ),
        ((HEADER + ",b,c,d,,exact,CBS\n").encode(), ["csv:2, origin_nl: the cell", "csv:2, population: the"]),
        ((HEADER + "Indonesi\u00eb,b,c,d,1,exact,CBS\n").encode("latin-1"), ["is not UTF-8"]),
        (b"", ["column 'origin_nl' is missing"]),
        ((HEADER + "a,b\n").encode(), ["csv:2: the row has 2 cells, the header 7"]),
    ],
)
def test_faulty_population_counts_are_named(
    project: Project, tmp_path: Path, content: bytes, messages: list[str]
) -> None:
    (tmp_path / "population.csv").write_bytes(content)
    with pytest.raises(ThuisError) as caught:
        population(replace(project, folder=tmp_path))
    for message in messages:
        assert message in str(caught.value)


def test_pages_and_corrections(project: Project, release: Release, tmp_path: Path) -> None:
    text = {"nl": "Fout hersteld.", "en": "Error repaired."}
    told = [Correction(dt.date(2026, 12, day), "1.0", "trust-in-people", text) for day in (1, 3)]
    page = Page("about", {"nl": "# Over ons\n\nWij.", "en": "Without a heading."})
    publish(replace(project, corrections=tuple(told), pages=(page,)), release, tmp_path / "data")
    dates = [each["date"] for each in read(tmp_path / "data", "corrections.json")]
    assert dates == ["2026-12-03", "2026-12-01"]
    [found] = read(tmp_path / "data", "pages.json")
    assert found["title"] == {"nl": "Over ons", "en": "about"}


def test_a_new_version_stands_before_the_old(project: Project) -> None:
    old = [Version("0.9", "2025-01-01"), Version("0.10", "2025-06-01")]
    assert [each.version for each in versions(project, old)] == ["1.0", "0.10", "0.9"]
    assert versions(project, old)[0].note is None
    assert versions(project, [])[0].note == {"nl": "Eerste versie.", "en": "First version."}


def test_where_the_microdata_are_is_nobodys_business(data: Path, project: Project) -> None:
    text = (data / "monitor.json").read_text("utf-8")
    for wave in project.waves:
        assert wave.file not in text
        assert f'"{wave.design.weight}"' not in text


def test_files_from_elsewhere_are_published_beside_it(demo: tuple[Project, Release], tmp_path: Path) -> None:
    extras = {"findings.json": Findings(findings=()), "boundaries/areas.geojson": b"{}"}
    report = publish(*demo, tmp_path / "data", extras=extras)
    assert read(tmp_path / "data", "findings.json") == {"findings": []}
    assert (tmp_path / "data" / "boundaries" / "areas.geojson").read_bytes() == b"{}"
    assert report.files == len([path for path in (tmp_path / "data").rglob("*") if path.is_file()])


@pytest.mark.parametrize("name", ["../out.json", "/out.json", "a\\b.json"])
def test_a_file_from_elsewhere_stays_inside(demo: tuple[Project, Release], tmp_path: Path, name: str) -> None:
    with pytest.raises(ThuisError, match="not a path inside"):
        publish(*demo, tmp_path / "data", extras={name: b"{}"})


@pytest.mark.parametrize("name", ["monitor.json", "figures/x.csv", "population.json", "figures.csv"])
def test_a_file_from_elsewhere_replaces_none(
    demo: tuple[Project, Release], tmp_path: Path, name: str
) -> None:
    with pytest.raises(ThuisError, match="a file of the data folder itself"):
        publish(*demo, tmp_path / "data", extras={name: b"{}"})


def test_a_break_tells_whom_it_touches_and_where_it_ends(project: Project) -> None:
    indicator = project.indicators[0]
    text = {"nl": "x", "en": "x"}
    waves = [each.id for each in project.waves]
    once = Break(wave=waves[0], kind="mode", text=text, until=waves[1], only={"sex": ("men",)})
    told = breaks(indicator.model_copy(update={"breaks": (once,)}))
    assert [each.wave for each in told] == waves[:2]
    assert told[0].plain() == {"wave": waves[0], "kind": "mode", "text": text, "only": {"sex": ["men"]}}
    plain = breaks(indicator.model_copy(update={"breaks": (Break(wave=waves[1], kind="mode", text=text),)}))
    assert "only" not in plain[0].plain()
