"""The data folder as a whole: what it holds, that the site takes it, that it is the same twice."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import polars as pl
import pytest

from thuis.contract.reference import shipped
from thuis.errors import ThuisError
from thuis.project import Project
from thuis.publish import publish
from thuis.site.build import build_site
from thuis.values import Release


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_figure_has_its_five_files_at_a_stable_address(project: Project, data: Path) -> None:
    endings = (".csv", ".csv-metadata.json", ".json", ".parquet", ".zip")
    expected = sorted(f"figures/{figure}{ending}" for figure in project.figures for ending in endings)
    assert [name for name in digests(data) if name.startswith("figures/")] == expected


def test_the_files_beside_the_figures(project: Project, data: Path) -> None:
    others = {name for name in digests(data) if not name.startswith("figures/")}
    assert others == {
        *(f"indicators/{each.id}.json" for each in project.indicators),
        *(f"{name}.json" for name in ("monitor", "datapackage", "versions", "corrections", "pages")),
        *(
            f"{table}.{ending}"
            for table in ("figures", "differences")
            for ending in ("csv", "parquet", "csv-metadata.json")
        ),
        *(f"schema/{name}" for name, _ in shipped()),
        "LICENCE.txt",
        "CITATION.cff",
    }


def test_the_site_is_built_from_it(data: Path, tmp_path: Path) -> None:
    report = build_site(data, tmp_path / "public", base="", search=False)
    assert report.kinds["indicator"] == 2 * len(json.loads((data / "monitor.json").read_text())["indicators"])


def test_the_same_release_gives_the_same_bytes(
    project: Project, release: Release, data: Path, tmp_path: Path
) -> None:
    publish(project, release, tmp_path / "data", history=())
    assert digests(tmp_path / "data") == digests(data)


def test_csv_parquet_and_json_hold_the_same_cells(project: Project, data: Path) -> None:
    for figure in project.figures:
        csv = pl.read_csv(data / f"figures/{figure}.csv", infer_schema_length=None)
        parquet = pl.read_parquet(data / f"figures/{figure}.parquet")
        cells = json.loads((data / f"figures/{figure}.json").read_text())["cells"]
        for name in (
            "status",
            "reason",
            "reliability",
            "estimate",
            "se",
            "lower",
            "upper",
            "n",
            "df",
            "deff",
        ):
            wanted = [cell[name] for cell in cells]
            assert parquet[name].to_list() == wanted
            assert csv[name].to_list() == wanted


def test_a_table_names_its_categories_in_both_languages(project: Project, data: Path) -> None:
    table = pl.read_csv(data / "figures/trust-in-people/generation.csv")
    titles = {each.id: each.title for each in project.breakdowns["generation"].categories}
    for code, nl, en in table.select("generation", "generation_nl", "generation_en").iter_rows():
        assert {"nl": nl, "en": en} == dict(titles[code])


def test_the_zip_is_complete_in_both_languages(project: Project, data: Path) -> None:
    with zipfile.ZipFile(data / "figures/trust-in-people/generation.zip") as archive:
        assert sorted(archive.namelist()) == [
            "CITATION.cff",
            "LICENCE.txt",
            "README.en.md",
            "README.nl.md",
            "generation.csv",
            "generation.csv-metadata.json",
            "generation.json",
        ]
        for name in ("generation.csv", "generation.json", "generation.csv-metadata.json"):
            assert archive.read(name) == (data / "figures/trust-in-people" / name).read_bytes()
        indicator = project.indicator("trust-in-people")
        for language in ("nl", "en"):
            text = archive.read(f"README.{language}.md").decode()
            for said in (indicator.title, indicator.measures, project.citation, project.licence.title):
                assert said[language] in text
        assert project.licence.url in archive.read("LICENCE.txt").decode()


def test_facts_are_said_in_both_languages(project: Project, data: Path) -> None:
    facts = json.loads((data / "indicators/trust-in-people.json").read_text())["facts"]
    assert facts
    assert all(set(fact) == {"nl", "en"} and fact["nl"] != fact["en"] for fact in facts)


def test_nothing_is_written_over(project: Project, release: Release, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("keep me")
    with pytest.raises(ThuisError, match="is not empty"):
        publish(project, release, tmp_path)
    assert digests(tmp_path).keys() == {"own.txt"}


def test_the_report_counts_what_was_written(project: Project, release: Release, tmp_path: Path) -> None:
    report = publish(project, release, tmp_path / "data")
    written = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert (report.files, report.size) == (len(written), sum(path.stat().st_size for path in written))
    assert report.figures == project.figures
    assert report.published + sum(report.withheld.values()) == release.cells.height


def test_a_zip_can_be_read_without_the_site(data: Path) -> None:
    archive = zipfile.ZipFile(io.BytesIO((data / "figures/trust-in-people/total.zip").read_bytes()))
    assert archive.testzip() is None
