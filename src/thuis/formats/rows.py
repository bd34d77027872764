"""Blocks of CSV text as columns: the quick way where a block is plain, row by row where it is not."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from thuis.errors import Place, Problem, ThuisError
from thuis.formats.header import note_below

csv.field_size_limit(2**31 - 1)
_NOTHING = ("", r"\N")
_WIDE = 1000
"""Columns from which picking a few by hand is quicker than parsing all."""
_LONG_FIELD = 10
"""Lines of one field from which it is remarked upon."""


class Rows:
    """The rows of one file, block after block; what was noticed, and every row of another length."""

    def __init__(self, file: str, delimiter: str, names: Sequence[str]) -> None:
        self.file, self.delimiter, self.length = file, delimiter, len(names)
        self._names = [each.strip() for each in names]
        length = len(names)
        self.count = 0
        self._schema = {f"column_{i + 1}": pl.String() for i in range(length)}
        self.escape: str | None = None
        self._blank: list[int] = []
        self._wrong: list[tuple[int, int, int]] = []
        self._long: list[tuple[int, int, bool]] = []
        self._again: list[tuple[int, int]] = []
        self._last: tuple[int, str] = (1, "")
        start = names[:2]
        self._heads = [f"\n{delimiter.join(start)}", "\n" + delimiter.join(f'"{each}"' for each in start)]
        d = re.escape(delimiter)
        self._quoted = re.compile(rf'(?<![^{d}\n])"(?:[^"]|"")*"(?![^{d}\n])')

    def frame(self, text: str, line: int, at: Sequence[int]) -> pl.DataFrame:
        """Columns ``c<i>`` of a block that begins with ``line``."""
        narrow = self.length <= _WIDE or '"' not in text
        if narrow and self.escape is None and self._plain(text):
            frame = self._quick(text, at)
        else:
            frame = self._slow(text, line, at)
        self.count += frame.height
        self._last = (line, text)
        if '="' in text:
            frame = frame.with_columns(pl.all().str.replace('^="(.*)"$', "$1"))
        return frame

    def done(self) -> None:
        """:raises ThuisError: when a row has more or fewer fields than the header, or is no respondent."""
        if self._wrong:
            line, row, fields = self._wrong[0]
            raise ThuisError(self._ragged(line, row, fields))
        if self._again:
            line, row = self._again[0]
            step = "remove the line; and look whether two files were put behind one another"
            raise ThuisError("the row is the header again", Place(self.file, line=line, row=row), step=step)
        if note := note_below(*self._last, self.delimiter):
            step = "remove the line: it would count as a respondent"
            raise ThuisError(note[1], Place(self.file, line=note[0]), step=step)

    def notes(self) -> Iterator[str]:
        """What is right but seldom meant."""
        if self._blank:
            first = self._blank[0]
            many = f"{len(self._blank)} empty rows were left out, the first"
            yield f"{many if len(self._blank) > 1 else '1 empty row was left out,'} in line {first}"
        if self._long:
            start, end, rows = max(self._long, key=lambda each: (each[2], each[1] - each[0]))
            yield (
                f"one field runs from line {start} to line {end}"
                + (" and holds what looks like rows" if rows else "")
                + (f" ({len(self._long)} such fields)" if len(self._long) > 1 else "")
                + "; is a quote missing?"
            )
        if self.escape:
            yield "quotes within fields are escaped by a backslash"

    def _plain(self, text: str) -> bool:
        """Whether every row has its fields and every quote encloses a whole one."""
        if len(self._names) > 1 and any(each in text for each in self._heads):
            return False
        body = text
        if '"' in text:
            body = self._quoted.sub("x", text)
            if '"' in body:
                return False
            if body.count("\n") != text.count("\n"):
                return False
        lines = body.split("\n")
        if not lines[-1]:
            lines.pop()
        mark, wanted, nothing = self.delimiter, self.length - 1, f"{self.delimiter} \t"
        return all(
            each.count(mark) == wanted and (each[:1] not in nothing or each.strip(nothing)) for each in lines
        )

    def _quick(self, text: str, at: Sequence[int]) -> pl.DataFrame:
        if self.length > _WIDE and '"' not in text:
            split = [line.split(self.delimiter) for line in text.removesuffix("\n").split("\n")]
            return _texts({i: [None if r[i] in _NOTHING else r[i] for r in split] for i in at})
        if not text or not at:
            height = text.count("\n") + (bool(text) and not text.endswith("\n"))
            return _texts({i: [None] * height for i in at})
        return pl.read_csv(
            io.BytesIO(text.encode()),
            has_header=False,
            schema=self._schema,
            separator=self.delimiter,
            quote_char='"' if '"' in text else None,
            columns=[f"column_{i + 1}" for i in sorted(set(at))],
            null_values=list(_NOTHING),
        ).rename(lambda name: f"c{int(name.removeprefix('column_')) - 1}")

    def _slow(self, text: str, line: int, at: Sequence[int]) -> pl.DataFrame:
        try:
            values = self._values(text, line, at)
        except csv.Error as error:
            if r"\"" not in text or self.escape:
                raise ThuisError(self._unclosed(text, line, error)) from error
            self.escape = "\\"
            try:
                values = self._values(text, line, at)
            except csv.Error:
                self.escape = None
                raise ThuisError(self._unclosed(text, line, error)) from error
        return _texts(values)

    def _reader(self, text: str) -> Iterator[tuple[int, int, list[str]]]:
        """First and last line of a row within the block, counted from 0, and its fields."""
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True, escapechar=self.escape
        )
        before = 0
        for row in reader:
            yield before, reader.line_num - 1, row
            before = reader.line_num

    def _values(self, text: str, line: int, at: Sequence[int]) -> dict[int, list[str | None]]:
        values: dict[int, list[str | None]] = {i: [] for i in at}
        blank, wrong, long, height = [], [], [], 0
        for start, end, row in self._reader(text):
            if not any(each.strip() for each in row):
                blank.append(line + start)
                continue
            height += 1
            if [each.strip() for each in row] == self._names and self.length > 1:
                self._again.append((line + start, self.count + height))
            if len(row) != self.length:
                wrong.append((line + start, self.count + height, len(row)))
                continue
            swallowed = end > start and self._swallowed(row)
            if swallowed or end - start >= _LONG_FIELD:
                long.append((line + start, line + end, swallowed))
            for i, column in values.items():
                column.append(None if row[i] in _NOTHING else row[i])
        self._blank += blank
        self._wrong += wrong
        self._long += long
        return values

    def _swallowed(self, row: Sequence[str]) -> bool:
        """Whether a field holds a line that looks like a row."""
        return self.length > 1 and any(
            line.count(self.delimiter) >= self.length - 1
            for each in row
            if "\n" in each
            for line in each.split("\n")
        )

    def _unclosed(self, text: str, line: int, error: csv.Error) -> Problem:
        """Where the row with the fault begins, and what is wrong with its quote."""
        start, row = line, self.count
        try:
            for _, end, fields in self._reader(text):
                start, row = line + end + 1, row + any(each.strip() for each in fields)
        except csv.Error:
            pass
        if "end of data" in str(error):
            what, step = "has a quote that never closes", "close the quote, or remove it"
        else:
            what = "has a quote that closes within a field"
            step = "double the quotes that belong to the text, or close the quote of an earlier field"
        return Problem(f"row {row + 1} {what}", Place(self.file, line=start, row=row + 1), step=step)

    def _ragged(self, line: int, row: int, fields: int) -> Problem:
        many = len(self._wrong)
        step = "quote fields that hold the delimiter, and export the data again"
        if fields > self.length and row == 1:
            step = f"if the header is not in the first line, remove what stands above it; else {step}"
        return Problem(
            f"the row has {fields} field{'s' if fields > 1 else ''}, the header {self.length} "
            f"({many} such row{'s' if many > 1 else ''})",
            Place(self.file, line=line, row=row),
            expected=f"{self.length} fields in every row",
            step=step,
        )


def _texts(values: Mapping[int, list[str | None]]) -> pl.DataFrame:
    schema = {f"c{i}": pl.String for i in values}
    return pl.DataFrame({f"c{i}": column for i, column in values.items()}, schema=schema)
