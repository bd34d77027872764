"""CSV files: every field as text, in the encoding the project declares, with the row of every fault."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl

from thuis.errors import Place, Problem, ThuisError
from thuis.read.raw import Column, Raw


def decoded(path: Path, encoding: str) -> str:
    """The text of a file.

    :raises ThuisError: naming the row and byte that do not fit the encoding, and the one that would.
    """
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and "16" not in encoding:
        raise ThuisError(_misread(path, encoding, 1, "it starts with the mark of UTF-16", "utf-16"))
    try:
        text = data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except LookupError as error:
        where = Place(path.name)
        raise ThuisError(
            Problem(f"no encoding is called {encoding!r}", where, expected="utf-8, cp1252, latin-1, utf-16")
        ) from error
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        why = f"byte 0x{data[error.start]:02x} does not fit"
        raise ThuisError(_misread(path, encoding, row, why, "cp1252")) from error
    if encoding.lower() not in ("utf-8", "utf8") and not data.isascii() and "16" not in encoding:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return text
        row = next(i for i, line in enumerate(data.split(b"\n"), 1) if not line.isascii())
        raise ThuisError(_misread(path, encoding, row, "its letters with accents are UTF-8", "utf-8"))
    return text


def _misread(path: Path, encoding: str, line: int, why: str, likely: str) -> Problem:
    return Problem(
        f"the file is not in {encoding}: {why}",
        Place(path.name, line=line),
        expected=f"text in {encoding}",
        step=f"if the file is in {likely}, say csv: {{encoding: {likely}}} in the wave",
    )


def columns_of(path: Path, encoding: str, delimiter: str) -> dict[str, Column]:
    """The columns named in the first line."""
    header = _header(path, decoded(path, encoding), delimiter)
    return {name: Column(name) for name in header}


def read(path: Path, wanted: list[str], encoding: str, delimiter: str) -> Raw:
    """The wanted columns as text, empty fields null.

    :raises ThuisError: on a wrong encoding, a header with one name twice, a row of another length.
    """
    text = decoded(path, encoding)
    header = _header(path, text, delimiter)
    try:
        frame = pl.read_csv(
            io.BytesIO(text.encode("utf-8")),
            separator=delimiter,
            infer_schema=False,
            columns=wanted or None,
            null_values=[""],
        )
    except pl.exceptions.PolarsError as error:
        raise ThuisError(_ragged(path, text, delimiter, len(header), str(error))) from error
    short = _short_rows(text, delimiter, len(header))
    if short:
        raise ThuisError(_ragged(path, text, delimiter, len(header), ""))
    return Raw(frame, {name: Column(name) for name in header})


def _header(path: Path, text: str, delimiter: str) -> list[str]:
    if not text.strip():
        raise ThuisError(Problem("the file is empty", Place(path.name), step="export the data again"))
    header = next(csv.reader(io.StringIO(text), delimiter=delimiter))
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise ThuisError(Problem(f"column {twice[0]!r} stands twice in the header", Place(path.name, line=1)))
    if len(header) == 1:
        other = max(";,\t|", key=header[0].count)
        if other != delimiter and header[0].count(other):
            raise ThuisError(
                Problem(
                    f"the header has one column with {delimiter!r} between fields",
                    Place(path.name, line=1),
                    step=f"say csv: {{delimiter: {other!r}}} in the wave",
                )
            )
    return header


def _short_rows(text: str, delimiter: str, length: int) -> list[tuple[int, int]]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    return [(reader.line_num, len(row)) for row in reader if row and len(row) != length]


def _ragged(path: Path, text: str, delimiter: str, length: int, why: str) -> Problem:
    wrong = _short_rows(text, delimiter, length)
    if not wrong:
        return Problem(f"the file is no CSV: {why}", Place(path.name))
    return Problem(
        f"the row has {wrong[0][1]} fields, the header {length} ({len(wrong)} such rows)",
        Place(path.name, line=wrong[0][0]),
        expected=f"{length} fields in every row",
        step="quote fields that hold the delimiter, and export the data again",
    )
