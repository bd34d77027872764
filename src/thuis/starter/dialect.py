"""How a CSV file of one's own is written: its encoding, the mark between fields and the decimal mark."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from thuis.project.model import Csv
from thuis.read.files import UTF8, readable

_ROWS = 200
_DECIMAL = {",": re.compile(r"-?\d+,\d+"), ".": re.compile(r"-?\d+\.\d+")}


def dialect(path: Path) -> Csv:
    """What ``csv:`` in the wave must say for this file; the usual for a file of another kind.

    :raises ThuisError: when there is no such file or it cannot be read.
    """
    readable(path)
    if path.suffix.lower() != ".csv":
        return UTF8
    data = path.read_bytes()
    encoding = _encoding(data)
    lines = io.StringIO(data.decode(encoding, errors="replace").lstrip("\ufeff"), newline="")
    text = "".join(line for line, _ in zip(lines, range(_ROWS), strict=False))
    delimiter = max(",;\t|", key=lambda mark: _fit(text, mark))
    fields = [field.strip() for row in _rows(text, delimiter)[1:] for field in row]
    commas, points = (sum(bool(_DECIMAL[mark].fullmatch(field)) for field in fields) for mark in ",.")
    return Csv(encoding=encoding, delimiter=delimiter, decimal="," if commas > points else ".")


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    except csv.Error:
        return []


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """How well a mark divides the lines: the part with as many fields as the header, then their number."""
    rows = _rows(text, delimiter)
    if not rows or len(rows[0]) < 2:
        return (0.0, 0)
    return (sum(len(row) == len(rows[0]) for row in rows) / len(rows), len(rows[0]))
