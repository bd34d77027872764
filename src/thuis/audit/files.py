"""Attacks on the files of a built folder: what does not belong there, and tables with withheld numbers."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from thuis.audit.forms import TABLES, Found, look, texts_of
from thuis.audit.model import Weak
from thuis.audit.read import Published, root, secret
from thuis.audit.told import Known, explained, numbers_of, suspected, values
from thuis.errors import Place, ThuisError
from thuis.language import LANGUAGES, texts

SURVEYS = (".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt", ".rds", ".rdata", ".feather", ".arrow")
"""Files of respondents."""
APART = (
    *(".csv", ".tsv", ".xls", ".xlsx", ".ods", ".parquet", ".db", ".sqlite", ".duckdb", ".zip", ".gz"),
    *(".yaml", ".yml", ".log", ".bak", ".old", ".orig", ".tmp", ".py", ".r", ".do", ".sps", ".md"),
)
"""Tables and papers of a project: outside the data folder no page needs one."""
HIDDEN = (".made-by-thuis", ".well-known", ".nojekyll", ".htaccess", ".domains")
"""Names with a dot that belong to a site."""
TELL = frozenset({"estimate", "se", "lower", "upper", "n", "df", "deff", "obs_value", "std_err"})
CONCEALED = ("confidential", "too-uncertain")
ROW = re.compile(r'<tr[^>]* data-about="([^"]+)"[^>]*>(.*?)</tr>', re.DOTALL)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
FULL = re.compile(r'<table class="full"[^>]*>(.*?)</table>', re.DOTALL)
HEAD = re.compile(r'<th[^>]* scope="col">(.*?)</th>')
TAG = re.compile(r"<[^>]*>")
UNREADABLE = (
    zipfile.BadZipFile, pl.exceptions.PolarsError, CalamineError, sqlite3.DatabaseError, csv.Error, OSError
)  # fmt: skip
Key = tuple[str, str, str, tuple[str, ...]]
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in the files of a folder, and which of them could not be read: path and why."""

    weak: list[Weak]
    unread: list[tuple[str, str]]


def attack_files(source: Path, published: Published) -> Looked:
    """What lies in a built folder, or a released zip, beside what is published, and what tables of it hold.

    - ``left``: a survey file, a log, a hidden folder, a file that the list of files does not have or has with
      another digest;
    - ``held``: a number in a row, of whatever form, that the figure withholds; or a published cell with fewer
      respondents than the minimum;
    - ``said``: a number in a picture of a figure, or in a sentence with a withheld group, that no figure has.

    A file that is not read is never taken to be safe: it is told.

    :param source: as that of :func:`thuis.audit.read`; ``published`` was read from it.
    :raises ThuisError: when the list of files or a figure cannot be read.

    >>> attack_files(Path("no/such/folder"), Published("1.0", 50, ()))
    Looked(weak=[], unread=[])
    """
    folder, data = root(source)
    files = dict(_files(folder))
    found = [*_left(files, data)]
    hidden = set[Key]()
    figures = dict(_figures(files, data))
    for name, figure in figures.items():
        for cell in figure["cells"]:
            at = str(cell["wave"]), tuple(cell["cell"])
            if cell["status"] == "published" and (cell.get("n") or 0) < published.minimum:
                found.append(Weak("held", name, *at, cell["n"] or 0, cell["n"] or 0, "published"))
            if secret(cell):
                hidden.add((figure["indicator"], figure.get("breakdown", ""), *at))
                if told := next((key for key in sorted(TELL & set(cell)) if cell[key] is not None), ""):
                    found.append(Weak("held", name, *at, 0, 0, f"{told} of a withheld cell"))
    waves = {float(each) for of in figures.values() for each in of.get("waves", ()) if str(each).isdecimal()}
    own = _json(f"{data}monitor.json", files[f"{data}monitor.json"]) if f"{data}monitor.json" in files else {}
    said = {value for text in texts_of(own) for each in suspected(text) for value in values(each)}
    known = Known(figures.values(), {*waves, *said, 90.0, 95.0, 99.0, 100.0, float(published.minimum)})
    unread: list[tuple[str, str]] = []
    towns = f"{data}municipalities.json"
    known.towns = tuple(sorted(numbers_of(_json(towns, files[towns])))) if towns in files else ()
    for name, path in files.items():
        if f"{data}releases/" not in name:
            found += _held(name, path, hidden)
            found += _read_whole(name, path, hidden, known, unread)
    return Looked(found, unread)


def _read_whole(
    name: str,
    path: Path | zipfile.Path,
    hidden: set[Key],
    known: Known,
    unread: list[tuple[str, str]],
) -> Iterator[Weak]:
    """Rows and words of a file of any form; what cannot be read is added to ``unread``."""
    indicator, breakdown = _of_figure(name)
    told = set[str]()
    content = path.read_bytes()
    for what, part, value in (*_cells_as_words(name, content), *look(name, content)):
        weak = None
        if what == "unread":
            unread.append((part, value))
        elif what == "line":
            if part not in told and (column := _tells(value, hidden)):
                weak = Weak("held", part, *_named(value), 0, 0, f"{column} of a withheld cell")
        else:
            inner = _of_figure(part.rpartition("!")[2])
            town = "/municipality/" in f"/{part}"
            own = inner if inner[0] else (indicator, breakdown)
            drawn = known.of_figure(value, *own) if what == "drawn" and own[1] else ()
            for number, group in (*drawn, *known.of_groups(value, own[0])):
                # What is known of a municipality is of its inhabitants, whoever answered.
                if town and explained(number, known.towns):
                    continue
                wave, cell = (group.wave, group.cell) if group else ("", ())
                weak = Weak("said", part, wave, cell, 0, 0, f"{number} is of no figure")
                break
        if weak and part not in told:
            told.add(part)
            yield weak


def _cells_as_words(name: str, content: bytes) -> Iterator[Found]:
    """The rows of a workbook, a database or a Parquet file as somebody reads them out."""
    if PurePosixPath(name).suffix.lower() in TABLES:
        try:
            for part, lines in _tables(name, content):
                for line in lines:
                    told = (each for each in line.values() if each not in (None, ""))
                    yield "words", part, "  ".join(str(each) for each in told)
        except UNREADABLE:
            # Told by who looks at the rows (:func:`_held`).
            return


_FIGURE = re.compile(r"(?:^|/)(?:indicator|figures|embed)/([^/]+)/([^/.]+)|(?:^|/)([^/]+)--([^/.]+)[.]")


def _of_figure(name: str) -> tuple[str, str]:
    """The indicator and breakdown of which a file is, by its path; nothing where it is of none.

    >>> _of_figure("nl/indicator/q/g/figure.svg"), _of_figure("q--g.png"), _of_figure("about.md")
    (('q', 'g'), ('q', 'g'), ('', ''))
    """
    found = _FIGURE.search(name)
    one, two = (found[1] or found[3], found[2] or found[4]) if found else ("", "")
    return (one, two) if two not in ("index", "figure") else (one, "")


def _files(folder: Path) -> Iterator[tuple[str, Path | zipfile.Path]]:
    if folder.is_file():
        archive = zipfile.ZipFile(folder)
        for name in archive.namelist():
            if not name.endswith("/"):
                yield name, zipfile.Path(archive, name)
        return
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _figures(files: Mapping[str, Path | zipfile.Path], data: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, path in files.items():
        if name.startswith(f"{data}figures/") and name.endswith(".json") and "-metadata" not in name:
            yield name, _json(name, path)


def _json(name: str, path: Path | zipfile.Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_bytes()))
    except (ValueError, TypeError) as error:
        raise ThuisError(f"not readable as JSON: {error}", Place(name)) from error


def _left(files: Mapping[str, Path | zipfile.Path], data: str) -> Iterator[Weak]:
    index = files.get(f"{data}index.json")
    listed = _json(f"{data}index.json", index)["files"] if index else []
    digests = {f"{data}{each['path']}": each["sha256"] for each in listed}
    for name, path in files.items():
        parts, suffix = PurePosixPath(name).parts, PurePosixPath(name).suffix.lower()
        how = ""
        if any(part.startswith(".") and part not in HIDDEN for part in parts):
            how = "hidden"
        elif suffix in SURVEYS:
            how = "respondents"
        elif data and not name.startswith(data):
            how = "not a file of a site" if suffix in APART else ""
        elif digests and name != f"{data}index.json":
            if name not in digests:
                how = "not in the list of files"
            elif hashlib.sha256(path.read_bytes()).hexdigest() != digests[name]:
                how = "another digest than in the list of files"
        if how:
            yield Weak("left", name, "", (), 0, 0, how)


def _held(name: str, path: Path | zipfile.Path, hidden: set[Key]) -> Iterator[Weak]:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".html":
        yield from _on_page(name, path, hidden)
    elif suffix in (".csv", ".parquet", ".zip", ".xlsx", ".ods", ".db"):
        try:
            yield from _rows_held(name, path.read_bytes(), hidden)
        except UNREADABLE as error:
            yield Weak("left", name, "", (), 0, 0, f"cannot be read: {str(error)[:60]}")


def _rows_held(name: str, content: bytes, hidden: set[Key]) -> Iterator[Weak]:
    for part, lines in _tables(name, content):
        for line in lines:
            if told := _tells(line, hidden):
                yield Weak("held", part, *_named(line), 0, 0, f"{told} of a withheld cell")
                break


def _tables(name: str, content: bytes) -> Iterator[tuple[str, Iterable[Line]]]:
    """Every table within a file, as lines by the names of its columns."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for each in archive.namelist():
                if each.endswith((".csv", ".parquet", ".xlsx")):
                    yield from _tables(f"{name}!{each}", archive.read(each))
    elif suffix == ".csv":
        yield name, csv.DictReader(io.StringIO(content.decode("utf-8", "replace")))
    elif suffix == ".parquet":
        yield name, pl.read_parquet(content).iter_rows(named=True)
    elif suffix == ".db":
        yield from _of_database(name, content)
    else:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in book.sheet_names:
            rows = book.get_sheet_by_name(sheet).to_python()
            yield f"{name}!{sheet}", ({str(at): each for at, each in enumerate(row)} for row in rows)


def _of_database(name: str, content: bytes) -> Iterator[tuple[str, Iterable[Line]]]:
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        file.write(content)
        file.flush()
        base = sqlite3.connect(file.name)
        tables = [each for (each,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            found = base.execute("".join(('SELECT * FROM "', table.replace('"', '""'), '"')))
            heads = [each[0] for each in found.description]
            yield f"{name}!{table}", [dict(zip(heads, row, strict=True)) for row in found]
        base.close()


_SAID = (texts("publish", lang)(f"reason.{each}") for lang in LANGUAGES for each in CONCEALED)
_REASONS = frozenset([*CONCEALED, "withheld", *_SAID])
"""The words by which a row of any table says that it is withheld."""


def _tells(line: Line, hidden: set[Key]) -> str:
    """The column with a number of a withheld cell, or nothing."""
    named = {str(key).lower(): value for key, value in line.items()}
    withheld = not _REASONS.isdisjoint(str(each) for each in named.values()) or _key(named) in hidden
    if not withheld:
        return ""
    for key, value in named.items():
        number = isinstance(value, float | int) and not isinstance(value, bool)
        if (key in TELL and value not in (None, "")) or (key.isdigit() and number):
            return key if key in TELL else "a number"
    return ""


def _key(named: Line) -> Key | None:
    """The cell a line is about, where its columns say so."""
    breakdown = str(named.get("breakdown", ""))
    if not breakdown or "status" not in named:
        return None
    parts = [] if breakdown == "total" else breakdown.split("-by-")
    cell: list[Any] = [named.get(part.replace("-", "_")) for part in parts]
    if None in cell:
        whole = str(named.get("cell", ""))
        cell = [] if whole == "total" else whole.split("|")
    return (
        str(named.get("indicator")),
        breakdown,
        str(named.get("wave")),
        tuple(str(each) for each in cell),
    )


def _named(line: Line) -> tuple[str, tuple[str, ...]]:
    named = {str(key).lower(): value for key, value in line.items()}
    key = _key(named)
    return (key[2], key[3]) if key else ("", tuple(str(each) for each in list(named.values())[:3]))


def _on_page(name: str, path: Path | zipfile.Path, hidden: set[Key]) -> Iterator[Weak]:
    """Rows of the table of a figure's page: a withheld cell has its reason and no digit."""
    parts = PurePosixPath(name).parts
    if len(parts) < 4 or parts[-4] != "indicator":
        return
    indicator, breakdown = parts[-3], parts[-2]
    for table in FULL.findall(path.read_bytes().decode("utf-8", "replace")):
        waves = [html.unescape(each) for each in HEAD.findall(table)][1:]
        for about, row in ROW.findall(table):
            cell = tuple(each.partition(".")[2] for each in about.split())
            for at, content in enumerate(CELL.findall(row)):
                told = any(each.isdigit() for each in TAG.sub(" ", content))
                wave = waves[at] if at < len(waves) else ""
                reason = 'class="reason"' in content
                if told and (reason or (indicator, breakdown, wave, cell) in hidden):
                    yield Weak("held", name, wave, cell, 0, 0, "a number of a withheld cell")
