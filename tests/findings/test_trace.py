"""Every number on a page of findings leads back to its files, and a number that was changed is found out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from thuis.cli import thuis
from thuis.errors import ThuisError
from thuis.findings.tables import table_of
from thuis.monitor.explain import explain
from thuis.monitor.explain.finding import _groups, differences
from thuis.monitor.pipeline import build

TEXT = {"nl": "tekst", "en": "text"}
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}
QUESTIONS = {
    "splits": [
        {
            "id": "parts",
            "title": TEXT,
            "wave": "2020",
            "indicator": "trust",
            "breakdown": "born",
            "first": "abroad",
            "second": "here",
            "by": [{"breakdown": "sex", "title": TEXT}],
        }
    ],
    "maps": [
        {
            "id": "diversity",
            "title": TEXT,
            "description": TEXT,
            "counts": "findings/counts.csv",
            "groups": {"a": TEXT, "b": TEXT},
            "counted": "2021-01-01",
            "boundaries": "findings/shapes.geojson",
            "boundaries_of": "2022-01-01",
            "source": TEXT,
        },
        {
            "id": "change",
            "measure": "composition-change",
            "title": TEXT,
            "description": TEXT,
            "counts": "findings/counts.csv",
            "before": "findings/before.csv",
            "groups": {"a": TEXT, "b": TEXT},
            "counted": "2021-01-01",
            "counted_before": "2016-01-01",
            "boundaries": "findings/shapes.geojson",
            "boundaries_of": "2022-01-01",
            "source": TEXT,
        },
        {
            "id": "turnover",
            "measure": "turnover",
            "title": TEXT,
            "description": TEXT,
            "counts": "findings/moves.csv",
            "counted": "2021-01-01",
            "boundaries": "findings/shapes.geojson",
            "boundaries_of": "2022-01-01",
            "source": TEXT,
        },
    ],
    "flows": [
        {
            "id": "classes",
            "title": TEXT,
            "description": TEXT,
            "counts": "findings/classes.csv",
            "from": "2022",
            "to": "1999",
            "counted": "2022-01-01",
            "source": TEXT,
        }
    ],
}


@pytest.fixture
def built(project: Path) -> Path:
    folder = project / "findings"
    folder.mkdir()
    (folder / "counts.csv").write_text("code,name,a,b\nGM0363,Amsterdam,600,400\nGM0184,Urk,20,10\n", "utf-8")
    (folder / "before.csv").write_text("code,name,a,b\nGM0363,Amsterdam,800,800\nGM0184,Urk,20,10\n", "utf-8")
    moves = "code,name,population,arrivals,departures,within\nGM0363,Amsterdam,900,80,60,50\n"
    (folder / "moves.csv").write_text(moves + "GM0184,Urk,900,1,60,50\n", "utf-8")
    (folder / "classes.csv").write_text("class,group,persons\ndutch,,70\nmigrant,3.1,60\n", "utf-8")
    features = [
        {"type": "Feature", "id": each, "properties": {}, "geometry": SQUARE} for each in ("GM0363", "GM0184")
    ]
    shapes = {"type": "FeatureCollection", "features": features}
    (folder / "shapes.geojson").write_text(json.dumps(shapes), "utf-8")
    (project / "findings.yaml").write_text(json.dumps(QUESTIONS), "utf-8")
    build(project, pages=False)
    return project


def test_every_kind_of_page_leads_back_and_is_computed_anew(built: Path) -> None:
    for name in ("findings/parts", "map/diversity", "map/change", "map/turnover", "flow/classes"):
        found = explain(built, name)
        assert "are equal to what is published" in found.head[-1], name
        assert found.cells, name
    assert "zijn gelijk aan wat is gepubliceerd" in explain(built, "findings/parts", language="nl").head[-1]
    areas = explain(built, "map/diversity").as_dict()["cells"]
    assert {each["id"]: each["value"] for each in areas} == {"GM0363": 0.48, "GM0184": None}
    turnover = explain(built, "map/turnover", language="nl")
    assert "verhuizingen" in turnover.text().lower()
    assert "(vestiging + vertrek) / 2" in turnover.text()
    assert {each["id"]: each["value"] for each in turnover.as_dict()["cells"]} == {
        "GM0363": pytest.approx(133.333333),
        "GM0184": None,
    }
    assert "Duncan" in explain(built, "map/change").text()
    assert "too few inhabitants" in explain(built, "map/diversity", cell=["GM0184"]).text()


def test_every_finding_has_a_table_to_download(built: Path) -> None:
    data = built / "public" / "data"
    entry = json.loads((data / "findings.json").read_text("utf-8"))["findings"][0]
    assert entry["downloads"] == ["findings/parts.csv"]
    with (data / "findings" / "parts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["size"]) for row in rows] == [row[1] for row in entry["table"]["rows"]]
    assert all(row["synthetic"] for row in rows)
    package = json.loads((data / "datapackage.json").read_text("utf-8"))
    assert {"findings/parts.csv", "map/diversity.csv"} <= {each["path"] for each in package["resources"]}


def test_a_figure_in_a_table_keeps_withheld_cells_empty() -> None:
    hidden = {"status": "withheld", "reason": "confidential"}
    shown = {"status": "published", "estimate": 4.5, "se": 1.0, "lower": 2.5, "upper": 6.5, "n": 90}
    numbers = {"difference": 2.0, "se": 1.0, "lower": 0.1, "upper": 3.9, "p": 0.04, "p_adjusted": 0.08}
    group = {
        "id": "g",
        "cells": {"position": {"low": hidden, "high": shown}},
        "differences": {"exclusion": {"raw": numbers}},
    }
    rows = list(csv.reader(table_of({"groups": [group]}, "invented").decode().splitlines()))
    assert rows[1] == ["g", "position", "cell", "low", "withheld", "confidential", *[""] * 7, "invented"]
    assert rows[2][6:10] == ["4.5", "1.0", "2.5", "6.5"]
    assert rows[2][-2:] == ["90", "invented"]
    assert rows[3][:4] == ["g", "exclusion", "raw", ""]
    assert rows[3][6:12] == ["2.0", "1.0", "0.1", "3.9", "0.04", "0.08"]


def test_a_number_that_was_changed_is_found_out(built: Path) -> None:
    file = built / "public" / "data" / "findings.json"
    content = json.loads(file.read_text("utf-8"))
    content["findings"][0]["table"]["rows"][0][1] += 0.001
    file.write_text(json.dumps(content), "utf-8")
    head = explain(built, "findings/parts").head
    assert "NOT what is published at table.rows[0][1]" in head[-1]


def test_unknown_names_are_told_with_those_there_are(built: Path) -> None:
    with pytest.raises(ThuisError, match="unknown entry of map 'diversiti'"):
        explain(built, "map/diversiti")
    with pytest.raises(ThuisError, match="available: GM0184, GM0363"):
        explain(built, "map/diversity", cell=["GM9999"])
    said = CliRunner().invoke(thuis, ["explain", "flow/classes", "--project", str(built), "--json"])
    assert said.exit_code == 0
    assert json.loads(said.output)["cells"][0]["persons"] == 70


def test_before_a_build_there_is_nothing_to_explain(project: Path) -> None:
    with pytest.raises(ThuisError, match="nothing was built yet"):
        explain(project, "findings/paradox")


def test_numbers_in_one_of_two_only_differ() -> None:
    assert list(differences({"a": 1, "b": None}, {"a": 1, "b": 2})) == ["b"]


def test_groups_of_a_paradox_are_told_and_no_p_is_nought() -> None:
    tested = {"difference": 24.6, "se": 3.7, "lower": 17.2, "upper": 31.9, "p_adjusted": 3e-9}
    entry = {
        "panels": [{"id": "position", "indicator": "paid-work"}],
        "groups": [
            {
                "id": "turkish",
                "title": {"en": "Turkish origin"},
                "cells": {"position": {"migrant": {"estimate": 42.533}, "child": {"reason": "confidential"}}},
                "differences": {"position": {"raw": tested}},
            }
        ],
    }
    told = list(_groups(entry, lambda key, **numbers: f"{key} {numbers.get('p_adjusted', '')}".strip(), "en"))
    assert [(id_, lines) for id_, lines, _ in told] == [
        (
            "turkish",
            (
                "Turkish origin (turkish)",
                "  paid-work, migrant: 42.5330",
                "  paid-work, child: reason.confidential",
                "  difference-line < 0.0001",
            ),
        )
    ]
