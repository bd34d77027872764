"""The directory's files in the data folder, and the command."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from thuis.cli import thuis
from thuis.directory.feeds import path as feed_path
from thuis.directory.folder import FILES, files, write
from thuis.directory.load import Directory, load, reread

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "examples" / "nederland"
TODAY = date(2026, 6, 1)


def test_the_files_are_what_their_models_say_and_the_same_bytes_again() -> None:
    found = load(DEMO, TODAY)
    made = files(found, TODAY)
    assert made == files(load(DEMO, TODAY), TODAY)
    for name, model in FILES.items():
        model.model_validate_json(made[name])
        assert model.model_json_schema()["properties"]
    towns = json.loads(made["municipalities.json"])
    assert len(towns["municipalities"]) == 342
    hague = next(each for each in towns["municipalities"] if each["code"] == "GM0518")
    assert hague["per_10000"] == round(10_000 * len(hague["initiatives"]) / hague["inhabitants"], 4)
    total = sum(each["granted"] for each in (*towns["municipalities"], *towns["divided"]))
    assert total == sum(float(each.amount) for each in found.grants)
    assert b"adults' ethnic prejudice" in made["knowledge.json"]


def test_invented_initiatives_are_marked_and_do_not_count_as_offer() -> None:
    made = files(load(DEMO, TODAY), TODAY)
    directory = json.loads(made["directory.json"])
    marked = {each["id"] for each in directory["initiatives"] if each["invented"]}
    assert len(marked) == 3
    towns = json.loads(made["municipalities.json"])["municipalities"]
    assert not marked & {i for each in towns for i in each["initiatives"]}


def test_a_published_folder_reads_back(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert (
        run(
            thuis, ["directory", "publish", str(tmp_path), "-C", str(DEMO), "--today", "2026-06-01"]
        ).exit_code
        == 0
    )
    again = reread(tmp_path / "directory.json")
    assert {each.id for each in again.records} == {each.id for each in load(DEMO, TODAY).records}
    ask = ["search", "koffie", "--json", "--today", "2026-06-01", "-C"]
    one, other = run(thuis, ["directory", *ask, str(DEMO)]), run(thuis, ["directory", *ask, str(tmp_path)])
    assert json.loads(one.output)["ids"] == json.loads(other.output)["ids"] != []


def test_the_feed_of_an_empty_list_goes(tmp_path: Path) -> None:
    found = load(DEMO, TODAY)
    write(found, tmp_path, TODAY)
    assert (tmp_path / feed_path("form:sport")).is_file()
    write(Directory(tuple(each for each in found.records if "sport" not in each.form)), tmp_path, TODAY)
    assert not (tmp_path / feed_path("form:sport")).exists()
    assert (tmp_path / feed_path("municipality:GM0518")).is_file()


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(thuis, ["directory", "search", "x", "-C", str(tmp_path)]).exit_code == 2
    assert run(thuis, ["directory", "search", "x", "-C", str(tmp_path / "weg")]).exit_code == 2
    assert run(thuis, ["directory", "search", "x", "-C", str(DEMO), "--near", "hier"]).exit_code == 2
    assert run(thuis, ["directory", "search", "x", "-C", str(DEMO), "--audience", "senioorn"]).exit_code == 2
    assert run(thuis, ["directory", "search", "zzzzqqq", "-C", str(DEMO)]).exit_code == 1
    assert run(thuis, ["directory", "export", str(tmp_path / "x.doc"), "-C", str(DEMO)]).exit_code == 2
    for name in ("x.csv", "x.xlsx", "x.json", "x.jsonld", "x.geojson", "x.ics", "x.xml"):
        assert run(thuis, ["directory", "export", str(tmp_path / name), "-C", str(DEMO)]).exit_code == 0
    back = run(thuis, ["directory", "import", str(tmp_path / "x.json"), str(tmp_path / "y.csv")])
    assert back.exit_code == 0, back.output
    assert "20 initiatives" in back.output
    assert run(thuis, ["directory", "template", str(tmp_path / "t.xlsx")]).exit_code == 0
    assert run(thuis, ["directory", "template", str(tmp_path / "t.xlsx")]).exit_code == 2
    assert run(thuis, ["directory", "check", "-C", str(DEMO)]).exit_code == 0
    assert run(thuis, ["directory", "duplicates", "-C", str(DEMO)]).exit_code == 0
    assert "euros" in run(thuis, ["directory", "grants", "Den Haag", "-C", str(DEMO)]).output
