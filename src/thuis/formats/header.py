"""What stands around the rows of a CSV file and is no answer: the header, titles under it, notes below."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from thuis.errors import Place, Problem, ThuisError
from thuis.formats.answers import no_answer
from thuis.formats.lines import blocks
from thuis.formats.raw import Column

HEAD = 1 << 18
_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_LOOKED_AT = 100
"""Rows that are compared with the header."""
_LISTED = 10
"""So many rows show that answers come back, where all of them are words."""
_FEWEST = 5
"""Rows that show what a column holds."""
_TITLES = 6
"""Rows among which the names may stand below a title."""
_GROUPED = 4
"""A first line in which so large a part is empty names groups of columns, or nothing."""
_TAIL = 4000
"""Characters at the end in which a note is looked for."""
_SUM = re.compile(
    r"(?i)((grand|sub)[ -]?)?tota(l|al|le|les)|som|summe|suma|sum|gesamt|gemiddelde|mean"
    r"|average|mittelwert|moyenne"
)
"""The word in front of a row that adds others up."""
_IMPORT = re.compile(r'\{"ImportId":')
"""Qualtrics ends the names with a row of these."""
_NUMBER = re.compile(r"[+-]?[\d.,\s]+(?:[eE][+-]?\d+)?%?")


@dataclass(frozen=True, slots=True)
class Header:
    """The names in order, the line the rows begin with, what was noticed, and the titles under the names."""

    names: tuple[str, ...]
    line: int
    notes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, Column]:
        """The columns by name, with their titles and how often each stands there."""
        titles = dict(zip(self.names, self.titles, strict=False))
        times = Counter(self.names)
        return {name: Column(name, titles.get(name, ""), times=n) for name, n in times.items()}


def header(path: Path, encoding: str, delimiter: str) -> Header:
    """The header of a file, after ``sep=`` and empty lines.

    :raises ThuisError: when there is none, or another delimiter stands between its fields.
    """
    return header_in(next(blocks(path, encoding, HEAD), (1, ""))[1], path, delimiter)


def header_in(start: str, path: Path, delimiter: str) -> Header:
    """The header of the rows that a text begins with; as :func:`header`."""
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
    for row in reader:
        if reader.line_num == 1 and (said := _SEPARATOR.fullmatch(start.split("\n", 1)[0].strip(" \n"))):
            _check_separator(path, said[1], delimiter)
        elif any(each.strip() for each in row):
            break
    else:
        raise ThuisError("the file is empty", Place(path.name), step="export the data again")
    line, names = reader.line_num, [each.strip() for each in row]
    found = [(each, reader.line_num) for each in islice(reader, _LOOKED_AT) if any(each)]
    rows = [each for each, _ in found]
    above: tuple[str, ...] = ()
    if (at := _names_below(names, rows)) is not None:
        above = (_left_out(line, found[at][1] - 1, "what stands above the names"),)
        line, names = found[at][1], [each.strip() for each in rows[at]]
        found, rows = found[at + 1 :], rows[at + 1 :]
    if len(names) == 1:
        _check_delimiter(path, names[0], delimiter, line)
        _check_width(path, names[0], rows, line)
    names, notes = _shaped(names, rows)
    notes = (*above, *notes)
    lengths = {len(each) for each in rows}
    if len(lengths) == 1 and min(lengths) > len(names):
        raise ThuisError(_higher(path, line, len(names), min(lengths)))
    more = more_than_names(rows) if lengths == {len(names)} else 0
    if not more:
        return Header(tuple(names), line + 1, notes)
    titles = tuple(" ".join(each.split()) for each in rows[0])
    last = found[more - 1][1]
    under = _left_out(line + 1, last, "titles under the names and no answers")
    return Header(tuple(names), last + 1, (*notes, under), titles)


def _left_out(first: int, last: int, what: str) -> str:
    lines = f"line {first} holds" if first == last else f"lines {first} to {last} hold"
    return f"{lines} {what}: left out"


def _names_below(names: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """The row that holds the names, when the first line is a title or has names for groups of columns.

    Every field of it is a word of its own, and below it stand numbers.

    >>> _names_below(["Person", "", ""], [["id", "sex", "age"], *[[str(i), "m", "40"] for i in range(6)]])
    0
    """
    for at, row in enumerate(rows[:_TITLES]):
        below = [each for each in rows[at + 1 :] if len(each) == len(row)]
        held = [each.strip() for each in row]
        words = all(held) and len({each.casefold() for each in held}) == len(held) > 1
        if (
            not words
            or any(map(_NUMBER.fullmatch, held))
            or len(below) < max(_FEWEST, len(rows[at + 1 :]) / 2)
        ):
            continue
        if len(names) >= len(row) and sum(not each for each in names) < len(names) / _GROUPED:
            return None
        columns = zip(*below, strict=True)
        if any(all(_NUMBER.fullmatch(each.strip() or "0") for each in column) for column in columns):
            return at
    return None


def more_than_names(rows: Sequence[Sequence[str]]) -> int:
    """How many rows under the names are no answers.

    Those up to Qualtrics' row of ``ImportId``; or one with words in a column of numbers, or nothing in one
    that numbers the rows as SurveyMonkey's, or several words in each column whose answers come back. No
    number stands in any such column, and nothing that its column holds below.
    """
    for at, row in enumerate(rows[:3]):
        if sum(bool(_IMPORT.match(each)) for each in row) > len(row) / 2:
            return at + 1
    if len(rows) <= _FEWEST:
        return 0
    words = nameless = strange = said = plain = 0
    for first, *below in zip(*rows, strict=True):
        title, held = first.strip(), {each.strip() for each in below} - {""}
        numbers = {each for each in held if _NUMBER.fullmatch(each)}
        if held == {title}:
            # A column per answer: its title is what is ticked in it.
            continue
        if title and (title in held or (numbers == held and _NUMBER.fullmatch(title))):
            return 0
        strange += bool(title and any(map(str.isalpha, title)))
        if 2 * len(held) < len(below) >= _LISTED and not numbers:
            said, plain = said + (" " in title), plain + (" " not in title)
        nameless += not title and len(numbers) == len(below)
        if numbers and all(no_answer(each) for each in held - numbers):
            words += any(map(str.isalpha, title)) and not no_answer(title)
    return int(words > 0 or (nameless > 0 and strange > 0) or (said > 1 and not plain))


def _shaped(names: list[str], rows: list[list[str]]) -> tuple[list[str], tuple[str, ...]]:
    """Names for a field more than the header has: row names in front, or nothing behind."""
    if not rows or len(names) == 1 or any(len(each) != len(names) + 1 for each in rows):
        return names, ()
    if not any(each[-1].strip() for each in rows):
        return [*names, ""], ()
    if len({each[0] for each in rows}) == len(rows):
        return ["", *names], (
            "the first field of every row has no name; it is taken for the name of the row",
        )
    return names, ()


def _higher(path: Path, line: int, names: int, fields: int) -> Problem:
    return Problem(
        f"the header has {names} field{'s' if names > 1 else ''}, every row {fields}",
        Place(path.name, line=line),
        expected="the names of the columns in the first line",
        step="remove what stands above the names, or add the names that are left out",
    )


def _check_separator(path: Path, said: str, delimiter: str) -> None:
    if said != delimiter:
        raise ThuisError(
            f"the first line says that fields are separated by {said!r}, the wave says {delimiter!r}",
            Place(path.name, line=1),
            step=f"say csv: {{delimiter: {said!r}}} in the wave",
        )


def _check_delimiter(path: Path, name: str, delimiter: str, line: int) -> None:
    other = max(";,\t|", key=name.count)
    if other != delimiter and name.count(other):
        raise ThuisError(
            f"the header has one column with {delimiter!r} between fields",
            Place(path.name, line=line),
            step=f"say csv: {{delimiter: {other!r}}} in the wave",
        )


def _check_width(path: Path, name: str, rows: Sequence[Sequence[str]], line: int) -> None:
    """Rows without a mark between fields: of fixed width, as programs of old and Fortran write them."""
    texts = [each[0] for each in rows if each]
    fields = len(name.split())
    split = fields > 1 and all(len(each.split()) == fields for each in texts)
    digits = name.isdecimal() and len({len(each) for each in texts}) == 1
    if texts and (split or (digits and len(texts[0]) == len(name) and texts[0].isdecimal())):
        what = (
            "fields stand apart by spaces" if split else "rows are digits without names or marks between them"
        )
        raise ThuisError(
            f"the file is of fixed width: its {what}",
            Place(path.name, line=line),
            expected="a comma, semicolon or tab between the fields, and their names in the first line",
            step="save it as CSV, or use the .sav or .dta of the same survey",
        )


def note_below(line: int, text: str, delimiter: str) -> tuple[int, str] | None:
    """The first line of a note or a total below the rows of a block, and what it is.

    A note fills the first field alone, with words, where the rows above it have one word there.

    >>> note_below(1, "7,1,2\\n8,2,1\\nSource: made up,,\\n", ",")
    (3, "the row holds a note and no answers: 'Source: made up'")
    """
    cut = max(0, len(text) - _TAIL)
    lines = text[cut:].rstrip("\n").split("\n")
    first = line + text.count("\n", 0, cut)
    d = re.escape(delimiter)
    alone = re.compile(rf'\s*("(?:[^"]|"")*"|[^{d}"]*)(?:{d}[ "]*){{2,}}')
    found, at = None, len(lines)
    while at > 1:
        at -= 1
        held = alone.fullmatch(lines[at])
        said = held[1].strip(' "') if held else ""
        if not held and _SUM.fullmatch(lines[at].split(delimiter, 1)[0].strip(' "')):
            said = f"the row looks like a total: {lines[at].replace(delimiter, ' ').strip()[:60]!r}"
        elif not held or (said and not (" " in said and any(map(str.isalpha, said)))):
            break
        elif said:
            said = f"the row holds a note and no answers: {said[:60]!r}"
        found = (first + at, said) if said else found
    above = [each.split(delimiter, 1)[0].strip(' "') for each in lines[max(0, at - 20) : at + 1]]
    return None if sum(" " in each for each in above) > len(above) / 2 else found
