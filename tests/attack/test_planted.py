"""Leaks planted in a built folder: ``thuis audit`` must find each, and nothing in the folder as built.

Labelled before the first run: all of these are found, for each is what a person with a folder, an editor or a
fault in a template brings about.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner

from thuis.audit import attack, attack_files, read
from thuis.cli import thuis
from thuis.monitor.pipeline import build

from .test_traces_of_every_kind import ENDS, world


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    build(world(ENDS).write(folder), out=folder / "public", handover=True)
    return folder / "public"


def listed(public: Path) -> None:
    """The list of files as it would be had the leak been there when it was made."""
    path = public / "data" / "index.json"
    index = json.loads(path.read_text())
    for each in index["files"]:
        each["sha256"] = hashlib.sha256((public / "data" / each["path"]).read_bytes()).hexdigest()
    path.write_text(json.dumps(index))


def figure(public: Path, name: str, change: Callable[[dict[str, Any]], object]) -> None:
    path = public / "data" / "figures" / f"{name}.json"
    raw = json.loads(path.read_text())
    change(raw)
    path.write_text(json.dumps(raw))


def small(raw: dict[str, Any]) -> dict[str, Any]:
    return next(each for each in raw["cells"] if each["cell"][:1] == ["a"])


def a_small_cell_is_published(public: Path) -> None:
    numbers = {"estimate": 44.1, "se": 9.0, "lower": 30.0, "upper": 60.0, "n": 18, "df": 700.0, "deff": 1.0}
    figure(public, "q/g", lambda raw: small(raw).update(numbers, status="published", reason=None))


def a_withheld_cell_keeps_its_n(public: Path) -> None:
    figure(public, "q/g", lambda raw: small(raw).update(n=18))


def a_row_of_a_table(public: Path) -> None:
    path = public / "data" / "figures.csv"
    lines = path.read_text().splitlines()
    at = next(k for k, line in enumerate(lines) if ",withheld," in line)
    fields = lines[at].split(",")
    fields[lines[0].split(",").index("n")] = "18"
    path.write_text("\n".join([*lines[:at], ",".join(fields), *lines[at + 1 :]]) + "\n")


def a_row_of_parquet(public: Path) -> None:
    path = public / "data" / "figures" / "q" / "g.parquet"
    rows = pl.read_parquet(path)
    rows.with_columns(n=pl.when(pl.col("status") == "withheld").then(18).otherwise("n")).write_parquet(path)


def a_row_of_a_workbook(public: Path) -> None:
    path = public / "data" / "workbooks" / "q.en.xlsx"
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=2):
            if row[-1].value:
                row[2].value = 44.1
    book.save(path)


def a_row_of_a_database(public: Path) -> None:
    base = sqlite3.connect(public / "data" / "handover" / "monitor.db")
    base.execute("UPDATE figures SET n = 18 WHERE status = 'withheld'")
    base.commit()
    base.close()


def a_row_of_sdmx(public: Path) -> None:
    path = public / "data" / "handover" / "monitor.sdmx.csv"
    rows = pl.read_csv(path, infer_schema=False)
    hidden = pl.col("REASON") == "confidential"
    rows.with_columns(N=pl.when(hidden).then(pl.lit("18")).otherwise("N")).write_csv(path)


def a_number_on_a_page(public: Path) -> None:
    path = public / "nl" / "indicator" / "q" / "g" / "index.html"
    text = path.read_text()
    start = text.index('<table class="full"')
    at = text.index("</span></td>", start)
    path.write_text(text[:at] + " 44,1%" + text[at:])


def a_cell_of_a_page(public: Path) -> None:
    path = public / "en" / "indicator" / "q" / "g" / "index.html"
    text = path.read_text()
    start = text.index('<span class="reason">', text.index('<table class="full"'))
    end = text.index("</td>", start)
    path.write_text(f"{text[:start]}<b>44.1%</b>{text[end:]}")


def the_account_of_protection(public: Path) -> None:
    shutil.copytree(public.parent / ".thuis" / "audit", public / "data" / "audit")


def the_folder_of_builds(public: Path) -> None:
    shutil.copytree(public.parent / ".thuis", public / ".thuis")


def the_survey_file(public: Path) -> None:
    shutil.copy(public.parent / "data" / "2020.csv", public / "2020.csv")


def the_survey_file_of_spss(public: Path) -> None:
    (public / "data" / "survey.sav").write_bytes(b"$FL2@(#) SPSS DATA FILE")


def a_log(public: Path) -> None:
    (public / "en" / "build.log").write_text("group a: 18 respondents")


def a_damaged_workbook(public: Path) -> None:
    (public / "data" / "workbooks" / "q.en.xlsx").write_bytes(b"PK\x03\x04 no more")


def a_damaged_table(public: Path) -> None:
    (public / "data" / "figures" / "q" / "g.parquet").write_bytes(b"PAR1 no more")


def a_sentence(public: Path) -> None:
    path = public / "data" / "indicators" / "q.json"
    raw = json.loads(path.read_text())
    raw["facts"] = [*raw["facts"], {"nl": "Van a is het 44,1%.", "en": "Of a it is 44.1%."}]
    path.write_text(json.dumps(raw))


AS_BUILT = (
    a_small_cell_is_published, a_withheld_cell_keeps_its_n, a_row_of_a_table, a_row_of_parquet,
    a_row_of_a_workbook, a_row_of_a_database, a_row_of_sdmx, a_number_on_a_page, a_cell_of_a_page, a_sentence,
    a_damaged_workbook, a_damaged_table,
)  # fmt: skip
LEFT = (
    the_account_of_protection, the_folder_of_builds, the_survey_file, the_survey_file_of_spss, a_log,
)  # fmt: skip


def found(public: Path) -> set[str]:
    published = read(public)
    return {each.kind for each in [*attack(published), *attack_files(public, published).weak]}


def test_nothing_is_found_where_nothing_is(built: Path) -> None:
    assert found(built) == set()


@pytest.mark.parametrize("plant", AS_BUILT)
def test_a_number_that_a_fault_brings_about(
    tmp_path: Path, built: Path, plant: Callable[[Path], None]
) -> None:
    """The list of files knows no better."""
    shutil.copytree(built.parent, tmp_path / "m")
    plant(tmp_path / "m" / "public")
    listed(tmp_path / "m" / "public")
    assert found(tmp_path / "m" / "public")


@pytest.mark.parametrize("plant", LEFT)
def test_a_file_that_was_left(tmp_path: Path, built: Path, plant: Callable[[Path], None]) -> None:
    shutil.copytree(built.parent, tmp_path / "m")
    plant(tmp_path / "m" / "public")
    assert "left" in found(tmp_path / "m" / "public")


def test_the_command_says_what_it_found(tmp_path: Path, built: Path) -> None:
    shutil.copytree(built.parent, tmp_path / "m")
    assert CliRunner().invoke(thuis, ["audit", str(tmp_path / "m")]).exit_code == 0
    a_row_of_a_table(tmp_path / "m" / "public")
    told = CliRunner().invoke(thuis, ["audit", str(tmp_path / "m"), "--language", "en"])
    assert told.exit_code == 1
    assert "data/figures.csv" in told.output
