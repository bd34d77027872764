"""The maps of turnover and of change of composition: numbers by hand, and what stays withheld."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from pydantic import ValidationError

from thuis.errors import ThuisError
from thuis.findings.local import map_files
from thuis.project.places import AreaMap

BOTH = {"nl": "tekst", "en": "text"}
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}
MOVES = (
    "code,name,population,arrivals,departures,within\n"
    "GM0439,Purmerend,80000,4000,3000,5000\nGM0370,Beemster,10000,600,500,100\n"
    "GM0363,Amsterdam,800000,80000,70000,60000\nGM0184,Urk,20000,400,500,900\n"
)
BEFORE = (
    "code,name,a,b\nGM0439,Purmerend,700,100\nGM0370,Beemster,100,100\n"
    "GM0363,Amsterdam,500,500\nGM0184,Urk,900,100\n"
)
AFTER = "code,name,a,b\nGM0439,Purmerend,900,300\nGM0363,Amsterdam,400,600\nGM0184,Urk,910,90\n"


def the_map(folder: Path, measure: str, counts: str, **more: Any) -> AreaMap:
    (folder / "counts.csv").write_text(counts, "utf-8")
    features = [
        {"type": "Feature", "id": each, "properties": {}, "geometry": SQUARE}
        for each in ("GM0439", "GM0363", "GM0184")
    ]
    (folder / "shapes.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    declared = {
        "id": "moving",
        "measure": measure,
        "title": BOTH,
        "description": BOTH,
        "counts": "counts.csv",
        "counted": "2021-01-01",
        "boundaries": "shapes.geojson",
        "boundaries_of": "2022-01-01",
        "source": BOTH,
        **more,
    }
    return AreaMap.model_validate(declared)


def change(folder: Path, before: str = BEFORE, after: str = AFTER) -> AreaMap:
    (folder / "before.csv").write_text(before, "utf-8")
    more = {"groups": {"a": BOTH, "b": BOTH}, "before": "before.csv", "counted_before": "2020-01-01"}
    return the_map(folder, "composition-change", after, counted="2022-01-01", **more)


def values(entry: dict[str, Any]) -> dict[str, float | None]:
    return {each["id"]: each["value"] for each in entry["areas"]}


def test_the_turnover_of_a_merger_counts_moves_between_its_parts_once(tmp_path: Path) -> None:
    entry, files = map_files(tmp_path, the_map(tmp_path, "turnover", MOVES), minimum=50)
    assert values(entry) == {
        "GM0439": pytest.approx(1000 * (5100 + 8100 / 2) / 90000, abs=1e-6),
        "GM0363": pytest.approx(1000 * 135000 / 800000),
        "GM0184": pytest.approx(1000 * 1350 / 20000),
    }
    assert entry["sentence"]["en"] == "In 2021 people moved most in Amsterdam, least in Urk"
    assert "In Amsterdam there were 169 moves per 1,000" in entry["facts"][0]["en"]
    assert "in Urk 68" in entry["facts"][0]["nl"]
    assert "160 moves" in entry["facts"][1]["en"]
    assert entry["changes"]
    table = pl.read_csv(files["map/moving.csv"]).filter(pl.col("code") == "GM0439")
    assert table["net"].item() == pytest.approx(1000 * 1100 / 90000, abs=1e-6)


def test_a_change_of_composition_is_that_of_the_merged_counts(tmp_path: Path) -> None:
    entry, files = map_files(tmp_path, change(tmp_path), minimum=50)
    assert values(entry) == {"GM0439": 5.0, "GM0363": 10.0, "GM0184": 1.0}
    assert entry["sentence"]["en"] == "The composition changed most in Amsterdam, least in Urk"
    assert "shifted by 10.0 of 100 inhabitants" in entry["facts"][0]["en"]
    assert "met 10,0 van de 100" in entry["facts"][0]["nl"]
    whole = 100 * abs(2210 / 3200 - 2200 / 3000)
    assert f"{whole:.1f} of 100" in entry["facts"][1]["en"]
    assert entry["explain"]["inputs"] == ["before.csv", "counts.csv"]
    assert "persons_before" in files["map/moving.csv"].decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [(BEFORE.replace("900,100", "999,1"), AFTER), (BEFORE, AFTER.replace("910,90", "951,49"))],
)
def test_a_small_group_on_either_day_withholds_its_area_and_the_whole(
    tmp_path: Path, before: str, after: str
) -> None:
    entry, files = map_files(tmp_path, change(tmp_path, before, after), minimum=50)
    urk = next(each for each in entry["areas"] if each["id"] == "GM0184")
    assert (urk["status"], urk["reason"], urk["value"]) == ("withheld", "confidential", None)
    assert "GM0184,Urk,,,\n" in files["map/moving.csv"].decode()
    assert "Urk" not in entry["sentence"]["en"]
    [ends] = entry["facts"]
    assert "together" not in ends["en"]
    assert "Urk" not in ends["en"]


@pytest.mark.parametrize("few", ["20000,49,500,900", "20000,400,1,900", "20000,400,500,20", "49,60,60,60"])
def test_a_small_count_of_moves_withholds_its_area(tmp_path: Path, few: str) -> None:
    counts = MOVES.replace("20000,400,500,900", few)
    entry, files = map_files(tmp_path, the_map(tmp_path, "turnover", counts), minimum=50)
    assert values(entry)["GM0184"] is None
    assert "GM0184,Urk,,,\n" in files["map/moving.csv"].decode()
    [ends] = entry["facts"]
    assert "together" not in ends["en"]
    assert "Urk" not in ends["en"]


def test_two_withheld_areas_that_cover_each_other_leave_the_whole(tmp_path: Path) -> None:
    counts = MOVES.replace("20000,400,500,900", "20000,40,500,900").replace("70000,60000", "70000,45")
    entry, _ = map_files(tmp_path, the_map(tmp_path, "turnover", counts), minimum=50)
    assert [values(entry)[each] for each in ("GM0184", "GM0363")] == [None, None]
    assert "together" in entry["facts"][1]["en"]


def test_no_area_with_a_figure_is_said(tmp_path: Path) -> None:
    entry, _ = map_files(tmp_path, change(tmp_path), minimum=5000)
    assert "too few" in entry["sentence"]["en"]


def test_an_area_in_one_count_only_is_told(tmp_path: Path) -> None:
    with pytest.raises(ThuisError, match="'GM0184' is in one of two counts"):
        map_files(tmp_path, change(tmp_path, after=AFTER.replace("GM0184,Urk,910,90\n", "")), minimum=50)


def test_moves_without_inhabitants_are_told(tmp_path: Path) -> None:
    counts = MOVES.replace("20000,400,500,900", "0,400,500,900")
    with pytest.raises(ThuisError, match="moves and no inhabitants"):
        map_files(tmp_path, the_map(tmp_path, "turnover", counts), minimum=50)


@pytest.mark.parametrize(
    ("measure", "more", "said"),
    [
        ("turnover", {"groups": {"a": BOTH, "b": BOTH}}, "no groups"),
        ("diversity", {}, "two groups"),
        ("diversity", {"groups": {"a": BOTH, "b": BOTH}, "before": "x.csv"}, "belong to"),
        ("composition-change", {"groups": {"a": BOTH, "b": BOTH}}, "needs before"),
        (
            "composition-change",
            {"groups": {"a": BOTH, "b": BOTH}, "before": "x.csv", "counted_before": "2021-01-01"},
            "expected a day before",
        ),
        ("speed", {}, "diversity"),
    ],
)
def test_a_map_that_is_declared_wrongly_is_refused(
    tmp_path: Path, measure: str, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        the_map(tmp_path, measure, MOVES, **more)


def test_the_invented_counts_of_the_example_say_so(root: Path) -> None:
    from thuis.project import load_project

    project = load_project(root / "examples/nederland")
    assert project.questions is not None
    maps = {each.id: each for each in project.questions.maps}
    for name in ("turnover", "composition-change"):
        entry, files = map_files(project.folder, maps[name], minimum=project.protection.minimum_n)
        assert entry["synthetic"]
        assert pl.read_csv(files[f"map/{name}.csv"])["synthetic"].all()
        assert len(entry["areas"]) == 345
        assert sum(each["value"] is not None for each in entry["areas"]) > 300
