"""A book of tables of 200 indicators by 10 breakdowns, and its cells written by openpyxl in the same run.

python benchmarks/handover.py [INDICATORS]

Times are processor seconds of this process.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.monitor import data_folder
from thuis.contract.folder import DataFolder, read_folder
from thuis.handover.book import tables
from thuis.handover.ods import ods
from thuis.handover.sheet import Book
from thuis.handover.xlsx import xlsx

BREAKDOWNS = 10


def large(folder: DataFolder, indicators: int) -> DataFolder:
    """The made-up folder with so many indicators, each by the whole population and nine breakdowns."""
    model = next(each for each in folder.indicators if each.figure("origin") and each.figure("total"))
    origin, total = model.figure("origin"), model.figure("total")
    assert origin and total
    figures = (total, *(origin.but(breakdown=f"origin{number}") for number in range(BREAKDOWNS - 1)))
    made = []
    for number in range(indicators):
        title = {language: f"{text} {number}" for language, text in model.title.items()}
        record = model.record.but(id=f"{model.id}-{number}", title=title)
        made.append(replace(model, record=record, figures=figures))
    return replace(folder, indicators=tuple(made))


def peer(book: Book) -> bytes:
    """The same cells without any style, table, link or page, by openpyxl's fast way."""
    file = openpyxl.Workbook(write_only=True)
    for sheet in book.sheets:
        page = file.create_sheet(sheet.name)
        for row in sheet.rows:
            page.append([cell.value if cell else None for cell in row])
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def main(indicators: int) -> None:
    """Print seconds and megabytes."""
    with tempfile.TemporaryDirectory() as name:
        folder = large(read_folder(data_folder(Path(name) / "data")), indicators)
    started = time.process_time()
    book = tables(folder, "en")
    made = time.process_time() - started
    cells = sum(len(row) for sheet in book.sheets for row in sheet.rows)
    print(f"{indicators} indicators x {BREAKDOWNS} breakdowns: {len(book.sheets)} sheets, {cells:,} cells")
    print(f"laid out            {made:6.1f} s")
    spent = {}
    for label, write in (("XLSX", xlsx), ("ODS", ods), ("openpyxl, bare", peer)):
        started = time.process_time()
        size = len(write(book))
        spent[label] = time.process_time() - started
        print(f"{label:18s}  {spent[label]:6.1f} s  {size / 1e6:6.1f} MB")
    ratio = spent["openpyxl, bare"] / spent["XLSX"]
    print(f"bare cells by openpyxl / XLSX with styles, tables and links: {ratio:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
