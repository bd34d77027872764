"""A project folder in, a monitor out: what is there, what stays in, what an error leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from thuis.errors import ThuisError
from thuis.monitor.explain import explain
from thuis.monitor.pipeline import build
from thuis.starter import start


def test_a_new_project_becomes_a_monitor(project: Path) -> None:
    report = build(project)
    public = project / "public"
    assert report.figures == 4
    assert report.published > 0
    assert (public / "index.html").exists()
    assert (public / "nl" / "indicator" / "trust" / "index.html").exists()
    figure = json.loads((public / "data" / "figures" / "trust" / "sex.json").read_text("utf-8"))
    page = (public / "en" / "indicator" / "trust" / "index.html").read_text("utf-8")
    for cell in figure["cells"]:
        assert f"{cell['estimate']:.1f}%" in page
        assert f"{cell['n']:,}" in page
    assert "All figures are invented" in page


def test_microdata_and_the_audit_stay_inside(project: Path) -> None:
    build(project)
    assert (project / ".thuis" / "audit" / "audit.csv").exists()
    public = [path for path in (project / "public").rglob("*") if path.is_file()]
    assert not [path for path in public if "audit" in path.name or path.name == "example.csv"]
    row = (project / "data" / "example.csv").read_text("utf-8").splitlines()[1].encode()
    assert not [path for path in public if row in path.read_bytes()]


def test_a_fault_leaves_the_monitor_as_it_was(project: Path) -> None:
    build(project)
    before = {p: p.read_bytes() for p in (project / "public").rglob("*") if p.is_file()}
    data = project / "data" / "example.csv"
    whole = data.read_text("utf-8")
    data.write_text(whole.replace(",yes,", ",perhaps,", 3), "utf-8")
    with pytest.raises(ThuisError):
        build(project)
    assert {p: p.read_bytes() for p in (project / "public").rglob("*") if p.is_file()} == before
    assert not list((project / ".thuis").glob("build-*"))


def test_two_builds_write_the_same_bytes(project: Path, tmp_path: Path) -> None:
    build(project, out=tmp_path / "one", pages=False)
    build(project, out=tmp_path / "two", pages=False)
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()]
    assert files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


def test_a_folder_with_something_else_is_not_overwritten(project: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(ThuisError, match="not a monitor"):
        build(project, out=tmp_path / "home")


def test_a_small_group_is_withheld_everywhere_with_its_reason(project: Path) -> None:
    """Forty respondents in one region: their cell has a reason, so has the one that gives it away."""
    path = project / "data" / "example.csv"
    lines = path.read_text("utf-8").splitlines()
    south = [i for i, line in enumerate(lines) if line.startswith("south")]
    for i in south[40:]:
        lines[i] = lines[i].replace("south", "north")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    build(project, pages=False)
    figure = project / "public" / "data" / "figures" / "trust" / "region"
    cells = {tuple(c["cell"]): c for c in json.loads(figure.with_suffix(".json").read_text("utf-8"))["cells"]}
    assert cells["south",]["reason"] == "confidential"
    hidden = [cell for cell in cells.values() if cell["status"] == "withheld"]
    assert {cell["reason"] for cell in hidden} == {"confidential"}
    assert all(cell[k] is None for cell in hidden for k in ("estimate", "se", "lower", "upper", "n", "df"))
    table = pl.read_csv(figure.with_suffix(".csv"), infer_schema_length=None)
    assert table.filter(pl.col("status") == "withheld")["estimate"].null_count() == len(hidden)
    told = explain(project, "trust/region", cell=["south"])
    assert "too few respondents" in told.text()
    assert "Computed again" not in told.text()


def test_explain_reaches_the_published_number(project: Path) -> None:
    build(project, pages=False)
    figure = json.loads((project / "public" / "data" / "figures" / "trust" / "sex.json").read_text("utf-8"))
    for language, same in (("en", "equal to what is published"), ("nl", "gelijk aan wat is gepubliceerd")):
        told = explain(project, "trust/sex", language=language)
        assert told.text().count(same) == len(figure["cells"]) == 2
    for cell, ours in zip(figure["cells"], told.as_dict()["cells"], strict=True):
        assert 100 * ours["part"] / ours["whole"] == pytest.approx(cell["estimate"], abs=1e-8)


def test_explain_notices_that_the_file_has_changed(project: Path) -> None:
    build(project, pages=False)
    path = project / "data" / "example.csv"
    path.write_text(path.read_text("utf-8").replace(",yes,", ",no,", 50), "utf-8")
    assert "NOT what is published" in explain(project, "trust/total").text()


@pytest.mark.parametrize(
    ("figure", "options", "what"),
    [
        ("trsut/sex", {}, "did you mean 'trust/sex'"),
        ("trust/sex", {"wave": "2019"}, "available: 2020"),
        ("trust/sex", {"cell": ["mna"]}, "did you mean 'man'"),
    ],
)
def test_explain_names_what_there_is(
    project: Path, figure: str, options: dict[str, object], what: str
) -> None:
    build(project, pages=False)
    with pytest.raises(ThuisError, match=what):
        explain(project, figure, **options)  # type: ignore[arg-type]


def test_explain_before_a_build(project: Path) -> None:
    with pytest.raises(ThuisError, match="thuis build"):
        explain(project, "trust/sex")


@pytest.mark.parametrize("kind", ["sav", "dta", "parquet", "csv"])
def test_a_file_of_ones_own_becomes_a_page(tmp_path: Path, kind: str) -> None:
    frame = pl.DataFrame(
        {
            "geslacht": [1.0, 2.0] * 200,
            "opleiding": [1.0, 2.0, 3.0, 2.0] * 100,
            "tevreden": [1.0, 1.0, 2.0, 1.0, 2.0] * 80,
            "weegfactor": [0.5, 1.5, 1.0, 1.0] * 100,
        }
    )
    path = tmp_path / f"own.{kind}"
    match kind:
        case "sav":
            labels = {"geslacht": {1.0: "Man", 2.0: "Vrouw"}, "tevreden": {1.0: "Ja", 2.0: "Nee"}}
            pyreadstat.write_sav(frame.to_pandas(), str(path), variable_value_labels=labels)
        case "dta":
            pyreadstat.write_dta(frame.to_pandas(), str(path))
        case "parquet":
            frame.write_parquet(path)
        case _:
            frame.write_csv(path)
    start(tmp_path / "own", path, indicators=["tevreden"])
    report = build(tmp_path / "own")
    assert report.published > 0
    page = (tmp_path / "own" / "public" / "nl" / "indicator" / "tevreden" / "index.html").read_text("utf-8")
    expected = frame.select(
        (pl.col("weegfactor") * (pl.col("tevreden") == 1)).sum() / pl.col("weegfactor").sum() * 100
    ).item()
    assert f"{expected:.1f}".replace(".", ",") in page
