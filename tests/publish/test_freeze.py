"""Numbered versions: what is kept, what is refused, what has to be explained."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from thuis.cli import thuis
from thuis.errors import ThuisError
from thuis.project import Project, load_project
from thuis.project.model import Correction
from thuis.publish import freeze, publish, read_history
from thuis.starter import start
from thuis.values import Release


@pytest.fixture
def built(demo: tuple[Project, Release], tmp_path: Path) -> tuple[Project, Release]:
    """A project in its own folder with a built monitor."""
    project = replace(demo[0], folder=tmp_path)
    publish(project, demo[1], tmp_path / "public" / "data")
    return project, demo[1]


def rebuild(project: Project, release: Release) -> Project:
    shutil.rmtree(project.folder / "public")
    publish(project, release, project.folder / "public" / "data")
    return project


def versioned(project: Project, version: str) -> Project:
    return replace(project, settings=project.settings.model_copy(update={"version": version}))


def moved(release: Release, by: float) -> Release:
    """One published cell with another estimate."""
    cells = release.cells.with_row_index("row")
    row = cells.filter(pl.col("status") == "published", pl.col("indicator") == "trust-in-people")["row"][0]
    change = pl.when(pl.col("row") == row).then(by).otherwise(0.0)
    cells = cells.with_columns(pl.col("estimate") + change).drop("row")
    return replace(release, cells=cells)


def withdrawn(release: Release) -> Release:
    """The total of one indicator withheld after all."""
    hidden = (pl.col("indicator") == "trust-in-people") & (pl.col("breakdown") == "total")
    numbers = ("estimate", "se", "lower", "upper", "n", "n_hit", "weighted_n", "df", "deff", "reliability")
    cells = release.cells.with_columns(
        *(pl.when(~hidden).then(pl.col(name)).alias(name) for name in numbers),
        pl.when(hidden).then(pl.lit("withheld")).otherwise("status").alias("status"),
        pl.when(hidden & pl.col("reason").is_null())
        .then(pl.lit("confidential"))
        .otherwise("reason")
        .alias("reason"),
    )
    gone = (pl.col("indicator") == "trust-in-people") & (pl.col("breakdown") == "total")
    return replace(release, cells=cells, comparisons=release.comparisons.filter(~gone))


def test_a_release_keeps_a_copy_a_zip_and_a_line(built: tuple[Project, Release]) -> None:
    project, _ = built
    report = freeze(project, note={"nl": "Eerste.", "en": "First."})
    assert (report.version, report.new, report.since) == ("1.0", True, None)
    kept = project.folder / "releases" / "1.0"
    built_files = sorted(
        p.relative_to(project.folder / "public/data") for p in (project.folder / "public/data").rglob("*")
    )
    assert sorted(p.relative_to(kept) for p in kept.rglob("*")) == built_files
    with zipfile.ZipFile(project.folder / "releases" / "1.0.zip") as archive:
        assert json.loads(archive.read("monitor.json"))["version"] == "1.0"
    [version] = read_history(project.folder)
    assert (version.version, version.note) == ("1.0", {"nl": "Eerste.", "en": "First."})


def test_the_next_build_publishes_the_versions_with_their_zips(built: tuple[Project, Release]) -> None:
    project, release = built
    freeze(project)
    project = rebuild(versioned(project, "1.1"), release)
    data = project.folder / "public" / "data"
    versions = json.loads((data / "versions.json").read_text())
    assert [each["version"] for each in versions] == ["1.1", "1.0"]
    assert (data / versions[1]["file"]).is_file()
    freeze(project)
    assert not (project.folder / "releases" / "1.1" / "releases").exists()


def test_the_same_numbers_twice_are_no_new_release(built: tuple[Project, Release]) -> None:
    project, release = built
    freeze(project)
    assert freeze(rebuild(project, moved(release, 1e-12))).new is False


def test_a_released_version_with_other_numbers_is_refused(built: tuple[Project, Release]) -> None:
    project, release = built
    freeze(project)
    before = (project.folder / "releases" / "1.0.zip").read_bytes()
    rebuild(project, moved(release, 2.0))
    with pytest.raises(ThuisError) as caught:
        freeze(project)
    message = str(caught.value)
    assert "1 cells differ" in message
    assert "trust-in-people/total, wave" in message
    assert "became" in message
    assert (project.folder / "releases" / "1.0.zip").read_bytes() == before


def test_a_build_with_other_numbers_than_released_says_so(built: tuple[Project, Release]) -> None:
    project, release = built
    freeze(project)
    target = project.folder / "again"
    assert publish(project, release, target / "same").notes == ()
    [note] = publish(project, moved(release, 2.0), target / "other").notes
    assert "version 1.0 was released with other numbers: 1 cells differ" in note
    assert publish(versioned(project, "1.1"), moved(release, 2.0), target / "next").notes == ()


def test_without_the_kept_copy_nothing_is_compared_in_silence(built: tuple[Project, Release]) -> None:
    project, release = built
    freeze(project)
    shutil.rmtree(project.folder / "releases" / "1.0")
    with pytest.raises(ThuisError, match=r"kept copy of version 1\.0 is gone"):
        freeze(project)
    with pytest.raises(ThuisError, match=r"kept copy of version 1\.0 is gone"):
        freeze(rebuild(versioned(project, "1.1"), release))


def test_a_monitor_built_elsewhere_can_be_released(built: tuple[Project, Release], tmp_path: Path) -> None:
    project, _ = built
    (project.folder / "public").rename(tmp_path / "elsewhere")
    assert freeze(project, data=tmp_path / "elsewhere" / "data").new


def test_a_changed_number_asks_for_a_correction(built: tuple[Project, Release]) -> None:
    project, release = built
    freeze(project)
    project = rebuild(versioned(project, "1.1"), moved(release, 2.0))
    with pytest.raises(ThuisError, match=r"corrections\.csv: 1 published cells of 'trust-in-people'"):
        freeze(project)
    assert [each.version for each in read_history(project.folder)] == ["1.0"]
    told = Correction(dt.date(2026, 12, 1), "1.0", "trust-in-people", {"nl": "Fout.", "en": "Error."})
    report = freeze(replace(project, corrections=(told,)))
    assert [each.kind for each in report.changes] == ["changed"]


def test_a_withdrawn_number_asks_for_a_correction_too(built: tuple[Project, Release]) -> None:
    project, release = built
    freeze(project)
    project = rebuild(versioned(project, "1.1"), withdrawn(release))
    with pytest.raises(ThuisError, match=r"tells about a few people.*\n.*withheld now"):
        freeze(project)
    with pytest.raises(ThuisError, match="no longer published"):
        freeze(project, withdrawn=["1.0"])
    with pytest.raises(ThuisError, match=r"'0\.9'"):
        freeze(project, withdrawn=["0.9"])


def test_what_was_built_must_be_what_is_released(built: tuple[Project, Release]) -> None:
    project, _ = built
    with pytest.raises(ThuisError, match=r"was built as version 1\.0"):
        freeze(versioned(project, "1.1"))
    shutil.rmtree(project.folder / "public")
    with pytest.raises(ThuisError, match="no built monitor"):
        freeze(project)


def test_versions_do_not_go_back(built: tuple[Project, Release]) -> None:
    project, release = built
    freeze(rebuild(versioned(project, "1.10"), release))
    with pytest.raises(ThuisError, match=r"1\.10 was released already"):
        freeze(rebuild(versioned(project, "1.9"), release))


def test_a_broken_list_of_versions_is_named(built: tuple[Project, Release]) -> None:
    project, _ = built
    freeze(project)
    (project.folder / "releases" / "versions.json").write_text("{")
    with pytest.raises(ThuisError, match=r"releases/versions\.json"):
        read_history(project.folder)


def test_the_command(tmp_path: Path, make: Callable[[Project], Release]) -> None:
    folder = tmp_path / "monitor"
    start(folder, wave="2020")
    run = CliRunner().invoke
    assert run(thuis, ["release", str(folder)]).exit_code == 2
    loaded = load_project(folder)
    publish(loaded, make(loaded), folder / "public" / "data")
    first = run(thuis, ["release", str(folder), "--note-nl", "Eerste versie.", "--note-en", "First version."])
    assert first.exit_code == 0, first.output
    assert "version 1.0 is kept in" in first.output
    second = run(thuis, ["release", str(folder)])
    assert "nothing to do" in second.output
    as_json = json.loads(run(thuis, ["release", str(folder), "--json"]).output)
    assert as_json["new"] is False
    half = run(thuis, ["release", str(folder), "--note-nl", "Alleen Nederlands.", "--json"])
    assert half.exit_code == 2
    assert "--note-en" in half.output
