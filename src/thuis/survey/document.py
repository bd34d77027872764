"""Estimates as a table of a Word file."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from thuis.errors import ThuisError
from thuis.files import zipped
from thuis.survey.show import compact, into

NO_DAY = date(1980, 1, 1)
"""The same bytes whenever it is made."""


def word(
    frame: pl.DataFrame,
    path: str | Path,
    note: str,
    digits: int,
    title: str | None,
    template: str | Path | None,
) -> Path:
    """Write a .docx with a table: a row of headers that repeats on every page, numbers to the right.

    :param note: stands under the table.
    :param template: a Word file after whose text the table comes, in its styles.
    :raises ThuisError: python-docx is not installed, a folder or template that is not there or no Word file.
    """
    path = into(path)
    document = _document(template)
    if title:
        document.add_paragraph(title, style=_style(document, "Caption"))
    shown = compact(frame)
    table = document.add_table(rows=1 + shown.height, cols=shown.width)
    table.style = _style(document, "Table Grid")
    numbers = [kind.is_numeric() for kind in shown.dtypes]
    for row, values in zip(table.rows, [shown.columns, *shown.rows()], strict=True):
        for cell, value, number in zip(row.cells, values, numbers, strict=True):
            _write(cell, _text(value, digits), right=number)
    _headed(table)
    document.add_paragraph(note)
    path.write_bytes(_bytes(document))
    return path


def _document(template: str | Path | None) -> Any:
    try:
        import docx
    except ImportError as error:
        raise ThuisError(
            "a Word file needs the extra 'report'", step="pip install 'thuis[report]'"
        ) from error
    if template is None:
        return docx.Document()
    try:
        return docx.Document(str(template))
    except Exception as error:
        raise ThuisError(
            f"the template {str(template)!r} cannot be read", expected="a Word file (.docx)"
        ) from error


def _style(document: Any, name: str) -> str | None:
    """A style when the template has it; its own plain one otherwise."""
    return name if any(each.name == name for each in document.styles) else None


def _write(cell: Any, text: str, *, right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    paragraph.add_run(text)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _headed(table: Any) -> None:
    from docx.oxml import OxmlElement

    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _text(value: object, digits: int) -> str:
    if value is None:
        return "\u2013"
    return f"{value:.{digits}f}" if isinstance(value, float) else str(value)


def _bytes(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as written:
        return zipped({name: written.read(name) for name in written.namelist()}, NO_DAY)
