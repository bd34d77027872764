"""The book of tables: what stands in it, what may not, and what a spreadsheet can take."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import odfdo
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from thuis.contract.figure import Category, Dimension, Figure, PublishedCell
from thuis.contract.folder import DataFolder
from thuis.contract.indicator import Indicator
from thuis.errors import ThuisError
from thuis.handover.book import tables
from thuis.handover.layout import Layout, read_layout
from thuis.handover.lines import deviation, letters, row_share
from thuis.handover.ods import ods
from thuis.handover.sheet import LONGEST_NAME, Book, Cell, Sheet, sheet_names
from thuis.handover.speech import Speech
from thuis.handover.xlsx import xlsx

SYMBOLS = {"confidential": "[c]", "too-uncertain": "[u]", "not-asked": "[x]", "not-applicable": "[z]"}


@pytest.fixture(scope="module")
def book(folder: DataFolder) -> Book:
    return tables(folder, "en")


@pytest.fixture(scope="module")
def opened(book: Book) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx(book)))


def sheet_of(opened: openpyxl.Workbook, indicator: Indicator) -> Worksheet:
    title = indicator.title["en"]
    return next(
        each
        for each in opened.worksheets[2:]
        if each["A1"].value == title and each["A2"].value == "What it measures"
    )


def body(sheet: Worksheet) -> tuple[list[str], dict[tuple[str, str], list[object]]]:
    """The header row, and the lines of the table by wave and name."""
    ref = next(iter(sheet.tables.values())).ref
    rows = [[cell.value for cell in row] for row in sheet[ref]]
    return [str(each) for each in rows[0]], {(str(row[0]), str(row[1])): row[2:] for row in rows[1:]}


def columns(indicator: Indicator) -> list[tuple[Figure, tuple[str, ...]]]:
    return [(f, k) for f in indicator.figures for k in f.keys if len(f.dimensions) < 2 or not f.impossible(k)]


def test_every_published_number_stands_in_its_place_and_no_other(
    opened: openpyxl.Workbook, folder: DataFolder
) -> None:
    for indicator in folder.indicators:
        _, lines = body(sheet_of(opened, indicator))
        first = "%" if indicator.kind == "proportion" else "Mean, points"
        for at, (figure, key) in enumerate(columns(indicator)):
            for wave in figure.waves:
                cell = figure.cell(wave, key)
                found = lines[wave, first][at]
                assert found == (cell.estimate if cell.status == "published" else SYMBOLS[cell.reason]), (
                    figure.id,
                    key,
                )
                if cell.status == "published":
                    assert lines[wave, "Respondents (n)"][at] == cell.n
                    assert lines[wave, "95% interval, from"][at] == cell.lower
                    assert lines[wave, "95% interval, to"][at] == cell.upper


def test_a_withheld_cell_has_no_number_in_any_line(opened: openpyxl.Workbook, folder: DataFolder) -> None:
    """An attacker reads every line under a withheld cell, and the shares beside it."""
    seen = 0
    for indicator in folder.indicators:
        _, lines = body(sheet_of(opened, indicator))
        for at, (figure, key) in enumerate(columns(indicator)):
            for (wave, name), row in lines.items():
                if figure.cell(wave, key).status == "withheld":
                    assert row[at] == SYMBOLS[figure.cell(wave, key).reason], (figure.id, key, name)
                    seen += 1
                elif name.startswith("Share of respondents") and key:
                    holes = [
                        k for k in figure.keys if figure.cell(wave, k).reason not in (None, "not-applicable")
                    ]
                    assert not holes or row[at] == "–", "a rest of 100 gives the withheld group away"
    assert seen > 100


def test_two_runs_give_the_same_bytes(folder: DataFolder) -> None:
    assert xlsx(tables(folder, "nl")) == xlsx(tables(folder, "nl"))
    assert ods(tables(folder, "nl")) == ods(tables(folder, "nl"))


def test_row_shares_are_those_of_a_whole_row() -> None:
    def figure(*cells: dict[str, object]) -> Figure:
        told = {
            "id": "a/sex", "indicator": "a", "breakdown": "sex", "kind": "mean", "unit": {}, "waves": ["1"],
            "dimensions": [{"id": "sex", "title": {}, "categories": [{"id": c, "title": {}} for c in "mv"]}],
            "cells": cells,
        }  # fmt: skip
        return Figure.model_validate(told)

    def cell(id_: str, n: int) -> dict[str, object]:
        return {
            "wave": "1",
            "cell": [id_],
            "status": "published",
            "estimate": 5,
            "lower": 4,
            "upper": 6,
            "n": n,
        }

    assert row_share(figure(cell("m", 30), cell("v", 90)), "1", ("v",)) == 75
    hidden = {"wave": "1", "cell": ["m"], "status": "withheld", "reason": "confidential"}
    assert row_share(figure(hidden, cell("v", 90)), "1", ("v",)) is None


def test_the_deviation_is_that_of_the_answers() -> None:
    """Answers 1, 2, 3, 4, 5 in a simple random sample: s² = 2.5, se² = s² / n, deff = 1."""
    found = PublishedCell(
        wave="1", cell=(), status="published", estimate=3, lower=2, upper=4, se=0.5**0.5, n=5, deff=1
    )
    assert deviation(found) == pytest.approx(2.5**0.5, abs=1e-12)


def test_letters_are_the_published_verdicts(folder: DataFolder) -> None:
    for indicator in folder.indicators:
        for figure in indicator.figures:
            found = letters(figure)
            told = {(w, k, other) for (w, k), said in found.over.items() for other in said.split()}
            wanted = set()
            for each in figure.contrasts:
                if each.verdict != "none":
                    top, low = (each.key, each.other) if each.verdict == "higher" else (each.other, each.key)
                    wanted.add((each.wave, top, found.of[low]))
            assert told == wanted


def test_headers_are_marked_frozen_and_repeated(opened: openpyxl.Workbook, folder: DataFolder) -> None:
    for sheet in opened.worksheets:
        assert not sheet.merged_cells.ranges
        assert len(sheet.tables) == 1
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        assert sheet.print_area
    contents = opened.worksheets[1]
    links = [c.hyperlink.location for row in contents.iter_rows() for c in row if c.hyperlink]
    assert len(links) == len(opened.worksheets) - 2
    assert {each.split("'")[1] for each in links} == {each.title for each in opened.worksheets[2:]}


def test_both_forms_say_the_same(book: Book) -> None:
    read = odfdo.Document(io.BytesIO(ods(book)))
    sheets = openpyxl.load_workbook(io.BytesIO(xlsx(book))).worksheets
    found = list(read.body.tables)
    assert [each.name for each in found] == [each.title for each in sheets]
    for one, other in zip(found[2:5], sheets[2:5], strict=True):
        values = [[None if v == "" else v for v in row] for row in one.get_values()]
        wanted = [[cell.value for cell in row] for row in other.iter_rows()]
        for row, want in zip(values, wanted, strict=True):
            for a, b in zip(row, want, strict=False):
                linked = isinstance(a, str) and a.startswith("[") and "](" in a
                assert a == b or linked or float(a) == pytest.approx(b)  # type: ignore[arg-type]


@given(st.lists(st.text(max_size=45), max_size=12))
@settings(max_examples=50)
def test_every_title_makes_a_name_that_excel_takes(titles: list[str]) -> None:
    names = sheet_names(titles)
    assert len({each.lower() for each in names}) == len(titles)
    for each in names:
        assert 1 <= len(each.encode("utf-16-le")) // 2 <= LONGEST_NAME
        assert not set(each) & set("[]:*?/\\")
        assert not each.startswith("'")
        assert not each.endswith("'")
        assert each.lower() != "history"


@pytest.mark.parametrize(
    "said", ["=1+1", "+31 6", "-18 jaar", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "<a&b>"]
)
def test_no_text_becomes_a_formula(said: str) -> None:
    book = Book(
        "t", said, said, "nl", (2026, 1, 1), (Sheet("s", ((Cell(said), Cell(said, "head")),), (9, 9)),)
    )
    cell = openpyxl.load_workbook(io.BytesIO(xlsx(book)))["s"]["A1"]
    assert (cell.data_type, cell.value) == ("s", said)
    read = odfdo.Document(io.BytesIO(ods(book))).body.get_table(0).get_cell("A1")
    assert read.formula is None
    assert read.type == "string"


def wide(folder: DataFolder, many: int) -> DataFolder:
    """The folder with one indicator by one breakdown of many categories."""
    indicator = folder.indicators[0]
    names = tuple(Category(id=f"c{i}", title={"nl": f"=Groep {i}", "en": f"=Group {i}"}) for i in range(many))
    dimension = Dimension(id="place", title={"nl": "Plaats/deel", "en": "Place/part"}, categories=names)
    empty = {"dimensions": (dimension,), "cells": (), "comparisons": (), "waves": ("2020",)}
    figure = indicator.figures[0].but(id="x/place", breakdown="place", **empty)
    one = replace(indicator, figures=(figure,))
    return replace(folder, indicators=(one,))


def test_17_000_columns_go_on_on_another_sheet(folder: DataFolder) -> None:
    book = tables(wide(folder, 17_000), "en", Layout(overview=False))
    widths = [max(map(len, sheet.rows)) for sheet in book.sheets[2:]]
    assert widths == [16_384, 17_000 - 16_382 + 2]
    assert len({sheet.name for sheet in book.sheets}) == 4


def test_a_sheet_too_large_is_one_error() -> None:
    row = tuple(Cell(1) for _ in range(16_385))
    with pytest.raises(ThuisError, match="16,385 columns"):
        xlsx(Book("t", "", "", "en", (2026, 1, 1), (Sheet("s", (row,), ()),)))


def test_a_layout_chooses_and_orders(folder: DataFolder, tmp_path: Path) -> None:
    ids = [each.id for each in folder.indicators][:2]
    file = tmp_path / "tables.yaml"
    file.write_text(
        f"indicators: [{ids[1]}, {ids[0]}]\nbanner: [sex, total]\nwaves: last\n"
        "lines: [estimate, rest]\noverview: false\n",
        "utf-8",
    )
    book = tables(folder, "en", read_layout(file, folder))
    titles = {each.id: each.title["en"] for each in folder.indicators}
    assert [sheet.rows[0][0].value for sheet in book.sheets[2:]] == [titles[ids[1]], titles[ids[0]]]  # type: ignore[union-attr]
    heads = [cell.value for cell in book.sheets[-1].rows[book.sheets[-1].grid.head] if cell]  # type: ignore[union-attr]
    assert heads == ["Wave", "Line", "Men (A)", "Women (B)", "Everyone"]


def test_a_faulty_layout_says_where(folder: DataFolder, tmp_path: Path) -> None:
    file = tmp_path / "tables.yaml"
    file.write_text("banner: [origin, sexe]\nlines: [estimat]\ncolour: red\nwaves: [1999]\n", "utf-8")
    with pytest.raises(ThuisError) as caught:
        read_layout(file, folder)
    said = str(caught.value)
    assert "tables.yaml:2:9" in said
    assert "tables.yaml:3:1" in said
    file.write_text("banner: [origin, sexe]\nwaves: ['1999']\n", "utf-8")
    with pytest.raises(ThuisError, match="did you mean 'sex'") as caught:
        read_layout(file, folder)
    assert len(caught.value.problems) == 2


def test_a_language_that_is_not_there_is_one_error(folder: DataFolder) -> None:
    with pytest.raises(ThuisError, match="unknown language of the monitor 'tr'"):
        tables(folder, "tr")


def test_a_number_in_italics_is_told_in_words(opened: openpyxl.Workbook, folder: DataFolder) -> None:
    told = 0
    for indicator in folder.indicators:
        _, lines = body(sheet_of(opened, indicator))
        for at, (figure, key) in enumerate(columns(indicator)):
            for wave in figure.waves:
                if figure.cell(wave, key).reliability == "moderate":
                    assert lines[wave, "Reliability"][at] == "moderate"
                    told += 1
    assert told


def test_speech_knows_every_reason(say: Speech) -> None:
    assert all(symbol in say.legend() for symbol in SYMBOLS.values())
