"""The map of local diversity and the flow between schemes: counts, boundaries, and what the words claim."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.findings.classes import classes, flow_entry
from thuis.findings.diversity import diversity
from thuis.findings.local import local_diversity, map_files
from thuis.project.places import AreaMap, ClassFlow

BOTH = {"nl": "tekst", "en": "text"}
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}


def the_map(folder: Path, rows: str, shapes: tuple[str, ...] = ("GM0439", "GM0363", "GM0184")) -> AreaMap:
    (folder / "counts.csv").write_text("code,name,a,b\n" + rows, "utf-8")
    features = [{"type": "Feature", "id": each, "properties": {}, "geometry": SQUARE} for each in shapes]
    (folder / "shapes.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return AreaMap.model_validate(
        {
            "id": "diversity",
            "title": BOTH,
            "description": BOTH,
            "counts": "counts.csv",
            "groups": {"a": {"nl": "groep a", "en": "group a"}, "b": {"nl": "groep b", "en": "group b"}},
            "counted": "2021-01-01",
            "boundaries": "shapes.geojson",
            "boundaries_of": "2022-01-01",
            "source": BOTH,
        }
    )


ROWS = "GM0439,Purmerend,700,100\nGM0370,Beemster,100,100\nGM0363,Amsterdam,500,500\nGM0184,Urk,990,10\n"


def test_merged_municipalities_are_added_up_before_the_index(tmp_path: Path) -> None:
    found = local_diversity(tmp_path, the_map(tmp_path, ROWS), minimum=10)
    areas = {row["code"]: row for row in found.areas.iter_rows(named=True)}
    assert set(areas) == {"GM0439", "GM0363", "GM0184"}
    assert areas["GM0439"]["persons"] == 1000
    assert areas["GM0439"]["value"] == pytest.approx(1 - 0.8**2 - 0.2**2)
    assert found.parts.total == pytest.approx(diversity([2290, 710]))
    assert [each.code for each in found.merged] == ["GM0439"]


def test_the_words_of_a_map_hold_its_numbers_in_both_languages(tmp_path: Path) -> None:
    entry, files = map_files(tmp_path, the_map(tmp_path, ROWS), minimum=10)
    assert entry["sentence"]["en"] == "The population is most diverse in Amsterdam, least in Urk"
    said = entry["facts"][0]
    assert "In Amsterdam they most often belong to different groups: in 50 of 100 cases" in said["en"]
    assert "In Urk least often: in 2 of 100" in said["en"]
    assert "In Amsterdam behoren zij het vaakst" in said["nl"]
    assert "in 50 van de 100 gevallen. In Urk het minst vaak: in 2 van de 100" in said["nl"]
    within = (0.32 + 0.5 + (1 - 0.99**2 - 0.01**2)) / 3
    total = diversity([2290, 710])
    share = round(100 * (1 - within / total))
    assert f"{share}% lies in differences between" in entry["facts"][1]["en"]
    assert f"{100 - share}% zit binnen" in entry["facts"][1]["nl"]
    assert entry["changes"][0]["nl"].startswith("Beemster is in 2022 opgegaan in Purmerend")
    assert set(files) == {"map/shapes.geojson", "map/diversity.csv"}


def test_an_area_with_few_inhabitants_tells_nothing(tmp_path: Path) -> None:
    few = ROWS.replace("990,10", "39,10")
    entry, files = map_files(tmp_path, the_map(tmp_path, few), minimum=50)
    urk = next(each for each in entry["areas"] if each["id"] == "GM0184")
    assert (urk["status"], urk["reason"], urk["value"]) == ("withheld", "confidential", None)
    assert "GM0184,Urk,,,," in files["map/diversity.csv"].decode()
    assert "Urk" not in entry["sentence"]["en"]


def test_faulty_counts_and_absent_boundaries_are_all_told(tmp_path: Path) -> None:
    with pytest.raises(ThuisError) as faults:
        local_diversity(tmp_path, the_map(tmp_path, "GM0363,A,1.5,-2\nGM0184,B,,3\n"), minimum=50)
    assert [str(each.where) for each in faults.value.problems] == [
        "counts.csv:3, a",
        "counts.csv:2, a",
        "counts.csv:2, b",
    ]
    with pytest.raises(ThuisError, match="'GM0184' has no boundaries"):
        local_diversity(tmp_path, the_map(tmp_path, ROWS, ("GM0439", "GM0363")), minimum=50)


def test_a_small_group_of_an_area_follows_from_nothing(tmp_path: Path) -> None:
    """With 1,000 persons, 990 of them in one group, the index is not needed to know the ten."""
    entry, files = map_files(tmp_path, the_map(tmp_path, ROWS), minimum=11)
    urk = next(each for each in entry["areas"] if each["id"] == "GM0184")
    assert (urk["status"], urk["value"]) == ("withheld", None)
    row = next(each for each in files["map/diversity.csv"].decode().splitlines() if "Urk" in each)
    assert row == "GM0184,Urk,,,,"
    assert "11" in entry["limits"]["en"]


def test_a_flow_shows_no_class_of_a_few(tmp_path: Path) -> None:
    asked = the_flow(tmp_path, "dutch,,1000\nchild,3.1,49\nchild,3.2,0\nmigrant,3.1,60\n")
    with pytest.raises(ThuisError, match=r"classes.csv, row 3: class 'child', group '3.1' has fewer than 50"):
        classes(tmp_path, asked, 50)


def the_flow(folder: Path, rows: str) -> ClassFlow:
    (folder / "classes.csv").write_text("class,group,persons\n" + rows, "utf-8")
    return ClassFlow.model_validate(
        {
            "id": "flow",
            "title": BOTH,
            "description": BOTH,
            "counts": "classes.csv",
            "from": "2022",
            "to": "1999",
            "counted": "2022-01-01",
            "source": BOTH,
        }
    )


def test_a_flow_divides_nobody_by_guess(tmp_path: Path) -> None:
    asked = the_flow(tmp_path, "dutch,,1000\nchild,3.1,30\nchild,3.2,20\nchild,3.6.3,40\nmigrant,3.1,60\n")
    found = classes(tmp_path, asked)
    links = {
        (row["class"], row["target_class"], row["target_group"]): row["persons"]
        for row in found.links.iter_rows(named=True)
    }
    assert links == {
        ("dutch", "home", None): 1000,
        ("child", "elsewhere", "non-western"): 50,
        ("child", "elsewhere", "not-determined"): 40,
        ("migrant", "not-determined", "not-determined"): 60,
    }
    assert (found.persons, found.undetermined, found.no_class) == (1150, 100, 60)


def test_the_words_of_a_flow(tmp_path: Path) -> None:
    asked = the_flow(tmp_path, "dutch,,9000\nchild,3.1,300\nmigrant,3.1,700\n")
    entry = flow_entry(tmp_path, asked)
    assert "For 700 of 10,000 inhabitants (7.0%)" in entry["facts"][0]["en"]
    assert "do not tell" in entry["facts"][0]["en"]
    assert "Bij 700 van de 10.000 inwoners (7,0%)" in entry["facts"][0]["nl"]
    assert "niet af te leiden" in entry["facts"][0]["nl"]
    assert "no continuous series" in entry["facts"][2]["en"]
    assert "geen doorlopende reeks" in entry["facts"][2]["nl"]
    open_ = [each for each in entry["links"] if each["moves"]]
    assert [each["persons"] for each in open_] == [700]
    assert "autochtoon" in open_[0]["text"]["nl"]
    for side, key in (("from", "from"), ("to", "to")):
        sums = {each["id"]: each["persons"] for each in entry[side]["classes"]}
        for each, persons in sums.items():
            assert persons == sum(link["persons"] for link in entry["links"] if link[key] == each)


def test_a_class_that_the_scheme_has_not_is_told_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(ThuisError, match=r"classes.csv, row 3: class 'child', group '9'"):
        classes(tmp_path, the_flow(tmp_path, "dutch,,1\nchild,9,2\n"))


def test_the_example_keeps_every_inhabitant_across_the_mergers(root: Path) -> None:
    from thuis.project import load_project

    project = load_project(root / "examples/nederland")
    assert project.questions is not None
    asked = project.questions.maps[0]
    found = local_diversity(project.folder, asked, minimum=50)
    before = pl.read_csv(project.folder / asked.counts)
    assert before.height - found.areas.height == 10 - 3
    assert (
        found.areas["persons"].sum()
        == before.select(pl.sum_horizontal("dutch", "western", "non-western")).sum().item()
    )
    assert found.areas.height == 345


@pytest.mark.parametrize("content", ["no json", "[]", '{"features": [1]}'])
def test_boundaries_that_are_no_boundaries_are_told_by_name(tmp_path: Path, content: str) -> None:
    asked = the_map(tmp_path, ROWS)
    (tmp_path / "shapes.geojson").write_text(content, "utf-8")
    with pytest.raises(ThuisError, match=r"shapes.geojson: the boundaries cannot be read"):
        local_diversity(tmp_path, asked, minimum=50)


def test_a_counts_file_of_bytes_is_told_by_name(tmp_path: Path) -> None:
    asked = the_map(tmp_path, ROWS)
    (tmp_path / "counts.csv").write_bytes(b"code,name,a,b\n\xff\xfe,x,1,2\n")
    with pytest.raises(ThuisError, match=r"counts.csv"):
        local_diversity(tmp_path, asked, minimum=50)


def test_files_outside_the_project_and_absent_ones_are_told_by_the_check(project: Path) -> None:
    from thuis.project import load_project

    declared = {
        "flows": [
            {
                **the_flow(project, "dutch,,1\n").model_dump(by_alias=True, mode="json"),
                "id": id_,
                "counts": name,
            }
            for id_, name in (("one", "../elsewhere.csv"), ("two", "absent.csv"))
        ]
    }
    (project / "findings.yaml").write_text(json.dumps(declared), "utf-8")
    with pytest.raises(ThuisError) as faults:
        load_project(project)
    said = str(faults.value)
    assert "'../elsewhere.csv' lies outside the project" in said
    assert "there is no file 'absent.csv'" in said


def test_a_monitor_in_one_language_has_findings_in_that_language(tmp_path: Path) -> None:
    dutch = {"languages": ("nl",)}

    def only(value: object) -> object:
        if isinstance(value, dict):
            spoken = {"nl": value["nl"]} if set(value) == {"nl", "en"} else value
            return {key: only(each) for key, each in spoken.items()}
        return value

    declared = only(the_map(tmp_path, ROWS).model_dump(mode="json", exclude_none=True))
    entry, _ = map_files(tmp_path, AreaMap.model_validate(declared, context=dutch), minimum=50)
    assert entry["title"] == {"nl": "tekst"}
    assert "groep a en groep b" in entry["method"]["nl"]
    flow = only(
        the_flow(tmp_path, "dutch,,70\nmigrant,3.1,30\n").model_dump(
            by_alias=True, mode="json", exclude_none=True
        )
    )
    said = flow_entry(tmp_path, ClassFlow.model_validate(flow, context=dutch))
    assert "Bij 30 van de 100 inwoners" in said["facts"][0]["nl"]
