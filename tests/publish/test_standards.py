"""The data folder against the standards it claims, by their own libraries, without a network."""

from __future__ import annotations

import json
import shutil
import socket
import warnings
from pathlib import Path

import pytest

from thuis.project import Project
from thuis.publish import publish
from thuis.values import Release


@pytest.fixture(scope="module")
def folder(demo: tuple[Project, Release], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("standards") / "data"
    publish(*demo, out, extras={"municipalities.csv": b"code,n\nGM0363,1\n"})
    return out


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a standard was looked up on the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def package_errors(folder: Path) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Package

        report = Package(str(folder / "datapackage.json")).validate()
    return [error.message for task in report.tasks for error in task.errors] + [
        error.message for error in report.errors
    ]


def csvw_errors(path: Path) -> list[str]:
    from csvw.metadata import CSVW

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        found = CSVW(str(path), validate=True)
        return [] if found.is_valid else [str(each.message) for each in found.warnings]


def test_the_data_package_is_valid_and_lists_every_table(folder: Path) -> None:
    listed = {each["path"] for each in json.loads((folder / "datapackage.json").read_text())["resources"]}
    assert listed == {path.relative_to(folder).as_posix() for path in folder.rglob("*.csv")}
    assert package_errors(folder) == []


def test_a_number_changed_after_publication_breaks_the_data_package(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "data")
    table = copy / "population.csv"
    table.write_text(table.read_text().replace("15039835", "15039836"))
    assert any("hash" in message for message in package_errors(copy))


def test_every_table_obeys_its_csvw_metadata(folder: Path) -> None:
    metadata = sorted(folder.rglob("*-metadata.json"))
    assert len(metadata) == len(list(folder.rglob("*.csv"))) - 1, "all but the extra table"
    assert {path.name: errors for path in metadata if (errors := csvw_errors(path))} == {}


@pytest.mark.parametrize(("old", "new"), [(",published,", ",perhaps,"), (",men,", ",martians,")])
def test_a_code_that_is_not_declared_breaks_the_csvw(
    folder: Path, tmp_path: Path, old: str, new: str
) -> None:
    copy = shutil.copytree(folder / "figures" / "trust-in-people", tmp_path / "trust-in-people")
    table = copy / "sex.csv"
    assert old in table.read_text()
    table.write_text(table.read_text().replace(old, new))
    assert csvw_errors(copy / "sex.csv-metadata.json") != []


def test_invented_figures_say_so_in_every_download(folder: Path, demo: tuple[Project, Release]) -> None:
    import zipfile

    import polars as pl

    project = demo[0]
    said = project.synthetic
    assert said
    for path in (folder / "figures").rglob("*"):
        if path.suffix == ".csv":
            found = pl.read_csv(path)["synthetic"].to_list()
            assert all(said["nl"] in each and said["en"] in each for each in found)
        elif path.suffix == ".parquet":
            assert pl.read_parquet(path)["synthetic"].null_count() == 0
        elif path.suffix == ".json":
            assert said["nl"] in path.read_text() and said["en"] in path.read_text()
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for language in ("nl", "en"):
                    assert said[language] in archive.read(f"README.{language}.md").decode()


def test_the_citation_is_citation_file_format(folder: Path) -> None:
    from ruamel.yaml import YAML

    found = YAML(typ="safe").load((folder / "CITATION.cff").read_text())
    assert found["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(found)
    assert (found["type"], found["version"]) == ("dataset", "1.0")
