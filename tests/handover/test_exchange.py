"""Every form for other systems, read back by a library that is not ours and held against the CSV."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from pyjstat import pyjstat
from pysdmx.io import get_datasets, read_sdmx
from rdflib import DCAT, DCTERMS, RDF, Graph

from thuis.contract.folder import DataFolder
from thuis.contract.index import FileOf, Index
from thuis.contract.monitor import Version
from thuis.errors import ThuisError
from thuis.handover.exchange.cube import ALL, code
from thuis.handover.exchange.dcat import dcat
from thuis.handover.exchange.jsonstat import dataset, jsonstat
from thuis.handover.exchange.sdmx import sdmx_csv, sdmx_data, sdmx_structure
from thuis.handover.exchange.sqlite import datasette, sqlite
from thuis.handover.index import index
from thuis.handover.speech import Speech
from thuis.handover.workbook import whole, workbook
from thuis.handover.xlsx import xlsx

Rows = dict[tuple[str, str, str, tuple[str, ...]], tuple[str, str, str, str]]


def cells(folder: DataFolder) -> Rows:
    """Indicator, breakdown, wave, key -> status, estimate, n, reason, as the figures say."""
    return {
        (i.id, f.breakdown, w, k): (
            (c := f.cell(w, k)).status,
            "" if c.estimate is None else repr(c.estimate),
            "" if c.n is None else str(c.n),
            c.reason or "",
        )
        for i in folder.indicators
        for f in i.figures
        for w in f.waves
        for k in f.keys
    }


def cubed(folder: DataFolder) -> dict[tuple[str, ...], tuple[str, str, str]]:
    """The same by place in the cube."""
    names = ["ORIGIN", "SEX", "GENERATION"]
    found = {}
    for (indicator, breakdown, wave, key), (_, estimate, n, reason) in cells(folder).items():
        parts = [] if breakdown == "total" else breakdown.split("-by-")
        at = dict(zip(map(code, parts), key, strict=True))
        found[indicator, *(at.get(name, ALL) for name in names), wave] = (estimate, n, reason)
    return found


def placed(rows: Iterator[dict[str, str]]) -> dict[tuple[str, ...], tuple[str, str, str]]:
    keys = ("INDICATOR", "ORIGIN", "SEX", "GENERATION", "WAVE")
    return {tuple(r[k] for k in keys): (r["OBS_VALUE"], r["N"], r["REASON"]) for r in rows}


def test_sdmx_csv_is_read_back(folder: DataFolder) -> None:
    read = read_sdmx(sdmx_csv(folder).decode(), validate=True).data[0].data.fillna("").astype(str)
    assert placed(iter(read.to_dict("records"))) == cubed(folder)


def test_sdmx_ml_is_valid_and_read_back_by_its_structure(folder: DataFolder, tmp_path: Path) -> None:
    data, structure = tmp_path / "data.xml", tmp_path / "dsd.xml"
    data.write_bytes(sdmx_data(folder))
    structure.write_bytes(sdmx_structure(folder))
    found = get_datasets(str(data), str(structure), validate=True)[0]
    read = found.data.fillna("").astype(str)
    assert placed(iter(read.to_dict("records"))) == cubed(folder)
    lists = {each.id: each for each in read_sdmx(str(structure), validate=True).structures}
    assert {each.id for each in lists["CL_ORIGIN"].items} == {
        ALL,
        *(c.id for c in folder.indicators[0].figures[1].dimensions[0].categories),
    }
    assert 'xml:lang="nl">Turks' in structure.read_text("utf-8")
    assert 'xml:lang="en">Turkish' in structure.read_text("utf-8")


@pytest.mark.filterwarnings("ignore:Shouldn't use this function:DeprecationWarning")  # it calls itself so
def test_json_stat_is_read_back(folder: DataFolder, say: Speech) -> None:
    items = json.loads(jsonstat(say))["link"]["item"]
    figures = [(f, i) for i in folder.indicators for f in i.figures]
    assert len(items) == len(figures)
    figure, indicator = next(each for each in figures if len(each[0].dimensions) == 2)
    read = pyjstat.Dataset.read(json.dumps(dataset(figure, indicator, say))).write("dataframe", naming="id")
    found = {
        (r["wave"], r["origin"], r["generation"], r["number"]): r["value"] for r in read.to_dict("records")
    }
    for wave in figure.waves:
        for key in figure.keys:
            for name in ("estimate", "n"):
                value, wanted = found[wave, *key, name], getattr(figure.cell(wave, key), name)
                assert value == wanted or (wanted is None and math.isnan(value))


def test_sqlite_holds_the_figures_with_titles_and_licence(folder: DataFolder, tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    sqlite(folder, path)
    base = sqlite3.connect(path)
    rows = base.execute(
        "SELECT indicator, breakdown, wave, cell, status, estimate, n, reason FROM figures"
    ).fetchall()
    found = {
        (i, b, w, tuple(c.split("|")) if c else ()): (
            s,
            "" if e is None else repr(e),
            "" if n is None else str(n),
            r or "",
        )
        for i, b, w, c, s, e, n, r in rows
    }
    assert found == cells(folder)
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    tested = sum(len(f.comparisons) for i in folder.indicators for f in i.figures)
    assert base.execute("SELECT count(*) FROM differences").fetchone() == (tested,)
    base.close()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    sqlite(folder, path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    told = json.loads(datasette(folder, "monitor", "en"))
    assert told["license_url"] == folder.monitor.licence.url  # type: ignore[union-attr]
    assert told["databases"]["monitor"]["tables"]["figures"]["title"] == "All figures"


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)  # in the reader of JSON-LD
def test_a_portal_reads_what_it_needs(folder: DataFolder) -> None:
    at = replace(folder, monitor=folder.monitor.but(address="https://example.org/m"))
    listed = FileOf(path="figures.csv", kind="whole", type="text/csv", bytes=1, sha256="0")
    files = index(folder).but(files=(listed,))
    graph = Graph().parse(data=dcat(at, files), format="turtle")
    node = next(graph.subjects(RDF.type, DCAT.Dataset))
    needed = (DCTERMS.title, DCTERMS.description, DCTERMS.identifier, DCTERMS.publisher, DCAT.contactPoint)
    for each in (
        *needed,
        DCAT.theme,
        DCTERMS.license,
        DCTERMS.accessRights,
        DCTERMS.language,
        DCAT.distribution,
    ):
        assert (node, each, None) in graph, each
    assert {each.language for each in graph.objects(node, DCTERMS.title)} == {"nl", "en"}
    assert len(Graph().parse(data=dcat(at, files, "json-ld"), format="json-ld")) == len(graph)
    with pytest.raises(ThuisError, match="needs the address"):
        dcat(replace(folder, monitor=folder.monitor.but(address=None)), index(folder))


def test_the_index_names_every_file_with_its_digest(folder: DataFolder) -> None:
    found = index(folder)
    there = {p.relative_to(folder.folder).as_posix() for p in folder.folder.rglob("*") if p.is_file()}
    assert {each.path for each in found.files} == there - {"index.json"}
    for each in found.files:
        content = (folder.folder / each.path).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (each.bytes, each.sha256)


def test_the_index_says_what_changed_since_a_version(folder: DataFolder, tmp_path: Path) -> None:
    new = tmp_path / "data"
    (new / "figures" / "a").mkdir(parents=True)
    (new / "releases").mkdir()
    for name, text in (("figures/a/sex.csv", "1"), ("figures/a/age.csv", "2"), ("same.txt", "x")):
        (new / name).write_text(text)
    with zipfile.ZipFile(new / "releases" / "0.9.zip", "w") as archive:
        for name, text in (("figures/a/sex.csv", "0"), ("same.txt", "x"), ("old.txt", "y")):
            archive.writestr(name, text)
    version = Version.given({"version": "0.9", "released": "2025-01-01", "file": "releases/0.9.zip"})
    found = index(replace(folder, folder=new, versions=(version,))).since[0]
    assert found.changed == ("figures/a/sex.csv",)
    assert found.added == ("figures/a/age.csv", "releases/0.9.zip")
    assert found.removed == ("old.txt",)
    assert found.figures == ("a/age", "a/sex")
    assert Index.model_validate_json(json.dumps(index(folder).plain()))


def test_workbooks_hold_the_figures_as_numbers(folder: DataFolder, say: Speech) -> None:
    indicator = folder.indicators[0]
    made = xlsx(workbook(indicator, say))
    assert made == xlsx(workbook(indicator, say))
    opened = openpyxl.load_workbook(io.BytesIO(made))
    assert opened.sheetnames[0] == "Read me"
    assert len(opened.sheetnames) == len(indicator.figures) + 2
    figure = indicator.figure("origin")
    assert figure
    sheet = opened[say.breakdown(figure)]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = {
        name: rows[0].index(name)
        for name in ("Wave", "Origin", "Estimate", "Respondents", "Why there is no number")
    }
    titles = {c.title["en"]: c.id for c in figure.dimensions[0].categories}
    for row in rows[1:]:
        cell = figure.cell(str(row[at["Wave"]]), (titles[str(row[at["Origin"]])],))
        assert row[at["Estimate"]] == cell.estimate
        assert row[at["Respondents"]] == cell.n
        assert bool(row[at["Why there is no number"]]) == (cell.status == "withheld")


def test_the_workbook_of_the_whole_has_a_row_for_every_cell_and_test(folder: DataFolder, say: Speech) -> None:
    opened = openpyxl.load_workbook(io.BytesIO(xlsx(whole(say))))
    sizes = [sheet.max_row - 1 for sheet in opened.worksheets[1:]]
    assert sizes == [
        len(cells(folder)),
        sum(len(f.comparisons) for i in folder.indicators for f in i.figures),
    ]


def test_the_csv_of_sdmx_has_no_quotes_to_fall_over(folder: DataFolder) -> None:
    rows = list(csv.reader(io.StringIO(sdmx_csv(folder).decode())))
    assert len({len(row) for row in rows}) == 1
