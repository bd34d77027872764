"""CSV files: every field as text, read in blocks, with the line of every fault.

Fields are those of RFC 4180; a quote inside an unquoted field is a letter like any other. What exports put
around the rows is understood: ``sep=;``, empty rows, rows of delimiters only, ``="0012"``, a delimiter at the
end of every row, row names without a heading, quotes escaped by a backslash, ``\\N`` for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from thuis.errors import Place, raise_all
from thuis.formats.header import HEAD, header
from thuis.formats.lines import BLOCK, blocks
from thuis.formats.raw import Column, Raw, standing_twice
from thuis.formats.rows import Rows


def columns_of(path: Path, encoding: str, delimiter: str) -> dict[str, Column]:
    """The columns named in the header."""
    return header(path, encoding, delimiter).columns


def read(path: Path, wanted: Sequence[str], encoding: str, delimiter: str, most: int | None = None) -> Raw:
    """The wanted columns as text, empty fields null; no more than about ``most`` rows.

    :raises ThuisError: on a wrong encoding, a wanted name that stands twice, a quote that does not close, a
        row of another length.
    """
    head = header(path, encoding, delimiter)
    at_header = Place(path.name, line=head.line - 1)
    raise_all([standing_twice(each, at_header) for each in wanted if head.names.count(each) > 1])
    at = [head.names.index(each) for each in wanted]
    rows = Rows(path.name, delimiter, head.names)
    frames = [pl.DataFrame(schema={f"c{i}": pl.String for i in at})]
    size = BLOCK if most is None else HEAD
    for line, text in _body(blocks(path, encoding, size), head.line):
        frames.append(rows.frame(text, line, at).select(frames[0].columns))
        if most is not None and rows.count >= most:
            break
    rows.done()
    frame = pl.concat(frames).rename({f"c{i}": name for i, name in zip(at, wanted, strict=True)})
    return Raw(frame.select(wanted), head.columns, notes=(*head.notes, *rows.notes()), height=rows.count)


def _body(found: Iterator[tuple[int, str]], first: int) -> Iterator[tuple[int, str]]:
    """Blocks from line ``first`` on."""
    for line, text in found:
        skip, at = first - line, 0
        while skip > 0 and at < len(text):
            at = text.find("\n", at) + 1 or len(text)
            skip -= 1
        if at < len(text):
            yield max(line, first), text[at:]
