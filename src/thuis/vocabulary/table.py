"""Read one CSV table of the vocabulary into rows that know their place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from thuis.errors import Place, Problem, nearest, unknown

if TYPE_CHECKING:
    from _csv import Reader as CsvReader


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its cells (stripped) and the line it starts at."""

    cells: dict[str, str]
    file: str
    line: int

    def place(self, key: str | None = None) -> Place:
        """Where a cell stands."""
        return Place(self.file, line=self.line, key=key)

    def get(self, key: str) -> str | None:
        """A cell, or None when it is empty."""
        return self.cells.get(key) or None

    def many(self, key: str) -> tuple[str, ...]:
        """The parts of a cell that holds a list, divided by semicolons."""
        return tuple(part.strip() for part in self.cells.get(key, "").split(";") if part.strip())

    def one_of(self, key: str, allowed: Iterable[str], problems: list[Problem]) -> str | None:
        """A cell that must be one of a list; anything else is a problem."""
        value = self.get(key)
        if value is not None and value not in allowed:
            problems.append(unknown(key, value, allowed, self.place(key)))
        return value

    def need(self, key: str, problems: list[Problem]) -> str:
        """A cell that may not be empty."""
        value = self.get(key)
        if value is None:
            problems.append(Problem(f"{key} is empty", self.place(key), step=f"fill in the {key}"))
        return value or ""


def read(
    path: Path, columns: tuple[str, ...], required: tuple[str, ...], problems: list[Problem]
) -> list[Row]:
    """The rows of a CSV file in UTF-8. Unknown or missing columns and broken rows become problems.

    Comma or semicolon as separator, by the header; a byte order mark is taken off.
    """
    text = _text(path, problems)
    if text is None:
        return []
    lines = list(io.StringIO(text, newline=""))
    header_line = lines[0] if lines else ""
    separator = ";" if header_line.count(";") > header_line.count(",") else ","
    reader = csv.reader(lines, delimiter=separator)
    header = [cell.strip() for cell in next(reader, [])]
    for name in header:
        if name not in columns:
            near = nearest(name, columns)
            problems.append(
                Problem(
                    f"unknown column {name!r}",
                    Place(str(path), line=1),
                    available=columns,
                    step=f"rename it to {near!r}" if near else "remove it",
                )
            )
    for name in required:
        if name not in header:
            problems.append(
                Problem(f"no column {name!r}", Place(str(path), line=1), expected=", ".join(required))
            )
    if any(name not in header for name in required):
        return []
    return list(_rows(reader, header, str(path), problems))


def _rows(reader: CsvReader, header: list[str], file: str, problems: list[Problem]) -> Iterable[Row]:
    start = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if len(cells) > len(header):
                problems.append(
                    Problem(
                        f"{len(cells)} cells under {len(header)} columns",
                        Place(file, line=start),
                        step="put a text that holds the separator between double quotes",
                    )
                )
            yield Row({k: v.strip() for k, v in zip(header, cells, strict=False)}, file, start)
        start = reader.line_num + 1


def _text(path: Path, problems: list[Problem]) -> str | None:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(
            Problem(f"not UTF-8 (byte {error.start})", Place(str(path)), step="save the file as CSV UTF-8")
        )
    except OSError as error:
        problems.append(Problem(f"cannot be read: {error.strerror}", Place(str(path))))
    return None
