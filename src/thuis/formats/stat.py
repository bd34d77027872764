"""SPSS, Stata and SAS files: values as stored, labels, and the answers the file itself calls missing."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from thuis.errors import Place, Problem, ThuisError
from thuis.formats.encoding import best, codec, doubly, score
from thuis.formats.por import OPEN, parted
from thuis.formats.raw import AnswerSet, Column, Raw, code, codes, number_or_text
from thuis.formats.said import design_of

_ALSO = ("cp1252", "cp850", "mac_roman", "cp1250", "cp1251", "cp932", "latin-1")
"""Encodings to try when a file's letters do not fit the one it claims."""

_UNLETTERED = ("sav/zsav", "por")
"""Files of SPSS have no missing values with letters."""


@dataclass(frozen=True)
class _Found:
    data: Mapping[str, Any]
    about: Any
    note: str = ""

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Every column with what is said about it."""
        return _columns(self.about)


def columns_of(path: Path, encoding: str | None = None) -> dict[str, Column]:
    """Every column of an SPSS, Stata or SAS file with its label, value labels and user-missing codes."""
    head = _head(path, encoding)
    kinds = head.about.readstat_variable_types
    roles = design_of(path, list(head.columns), [each for each in head.columns if kinds[each] != "string"])
    return head.columns | {name: replace(head.columns[name], role=role) for name, role in roles.items()}


def sets_of(path: Path, encoding: str | None = None) -> tuple[AnswerSet, ...]:
    """The multiple-response sets that a file declares, of which every column is there."""
    about = _head(path, encoding).about
    found = []
    for name, each in (getattr(about, "mr_sets", None) or {}).items():
        columns = tuple(each["variable_list"])
        counted = code(each["counted_value"]) if each["is_dichotomy"] else None
        if len(columns) > 1 and set(columns) <= set(about.column_names):
            found.append(AnswerSet(name.lstrip("$"), each["label"] or "", columns, counted))
    return tuple(found)


def headed(path: Path, encoding: str | None = None) -> tuple[str, int | None]:
    """What an SPSS or Stata file is called within, with its notes, and the year in which it was saved."""
    about = _head(path, encoding).about
    texts = [getattr(about, "file_label", None), *(getattr(about, "notes", None) or ())]
    saved = getattr(about, "creation_time", None)
    return " ".join(str(each) for each in texts if each), saved.year if saved else None


def rows(path: Path, wanted: Sequence[str], encoding: str | None = None, most: int | None = None) -> Raw:
    """The wanted columns, which must be there; a user-missing answer becomes null and is set aside.

    :raises ThuisError: when the file is cut off or not what its name says.
    """
    first = _head(path, encoding)
    limit = {"row_limit": most} if most else {}
    found = _read(path, encoding, usecols=list(wanted), user_missing=True, **limit)
    series, aside = {}, {}
    for name in wanted:
        values, gone = _parted(found.data[name], found.about, name)
        series[name] = values.alias(name)
        if gone.null_count() < len(gone):
            aside[name] = gone
    frame = pl.DataFrame(series)
    expected = first.about.number_rows
    if not most and expected is not None and expected >= 0 and wanted and frame.height != expected:
        raise ThuisError(_damaged(path, f"it holds {frame.height} rows of the {expected} it announces"))
    return Raw(frame, {}, aside, tuple(filter(None, (found.note,))), frame.height)


def _head(path: Path, encoding: str | None) -> _Found:
    """All but the rows; who asks for columns and then for rows reads them once."""
    stamp = path.stat()
    return _headed(path, (stamp.st_mtime_ns, stamp.st_size), encoding)


@lru_cache(maxsize=4)
def _headed(path: Path, _stamp: tuple[int, int], encoding: str | None) -> _Found:
    return _read(path, encoding, metadataonly=True)


def _read(path: Path, encoding: str | None, **options: Any) -> _Found:
    """What ReadStat gives, in the encoding that was named, or the file claims, or its bytes show."""
    try:
        data, about = _called(path, encoding, options)
    except _UnconvertibleError as error:
        if encoding or path.suffix.lower() == ".por":
            raise ThuisError(_misread(path, encoding)) from error
        fits = _fitting(path)
        data, about = _called(path, fits, options)
        return _Found(data, about, f"its letters do not fit the encoding it claims; it was read as {fits}")
    texts = [each for each in _texts(about) if not each.isascii()]
    if not encoding and texts and path.suffix.lower() != ".por" and all(map(doubly, texts)):
        data, about = _called(path, "utf-8", options)
        return _Found(data, about, "its labels are UTF-8, which it does not claim; it was read as utf-8")
    return _Found(data, about)


class _UnconvertibleError(Exception):
    """A byte does not fit the encoding."""


def _called(path: Path, encoding: str | None, options: Mapping[str, Any]) -> tuple[Any, Any]:
    import pyreadstat

    kind = path.suffix.lower()
    readers: dict[str, Any] = {
        ".dta": pyreadstat.read_dta,
        ".por": pyreadstat.read_por,
        ".xpt": pyreadstat.read_xport,
        ".sas7bdat": pyreadstat.read_sas7bdat,
    }
    options = dict(options)
    if kind in (".por", ".xpt"):
        options.pop("user_missing", None)
    if kind != ".por" and encoding:
        options["encoding"] = _iconv(path, encoding)
    file: Any = str(path)
    missing = {}
    if kind == ".por":
        portable = parted(path.read_bytes())
        file, missing = io.BytesIO(portable.data), portable.missing
    try:
        # As plain lists: a data frame would bring pandas in, which takes longer than the file.
        data, about = readers.get(kind, pyreadstat.read_sav)(file, output_format="dict", **options)
        if not all(about.column_names):
            raise ThuisError(_damaged(path, "a column has no name"))
        about.missing_ranges.update(missing)
        return data, about  # noqa: TRY300 - what follows turns its errors into ours
    except UnicodeDecodeError as error:
        raise _UnconvertibleError from error
    except OverflowError:
        # A date beyond the year 9999 is left as the number it is stored as.
        return _called(path, encoding, {**options, "disable_datetime_conversion": True})
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError) as error:
        if "requested encoding" in str(error):
            raise _UnconvertibleError from error
        raise ThuisError(_damaged(path, _cause(str(error)))) from error


def _iconv(path: Path, encoding: str) -> str:
    name = codec(encoding, path.name, "cp850")
    return {"mac-roman": "MACINTOSH"}.get(name, name.upper().replace("CP125", "WINDOWS-125"))


def _texts(about: Any) -> list[str]:
    titles = [each for each in about.column_names_to_labels.values() if each]
    labels = (str(text) for each in about.value_labels.values() for text in each.values())
    return [*about.column_names, *titles, *labels]


def _fitting(path: Path) -> str:
    """The encoding under which the labels of a file look most like words; without labels, its bytes."""
    scores: dict[str, int] = {}
    for name in _ALSO:
        try:
            texts = "\n".join(_texts(_called(path, name, {"metadataonly": True})[1]))
        except (_UnconvertibleError, ThuisError):
            continue
        if not texts.isascii():
            scores[name] = score(texts)
    if scores:
        return max(scores, key=lambda name: scores[name])
    with path.open("rb") as file:
        return best(file.read(4 << 20), _ALSO)


def _misread(path: Path, encoding: str | None) -> Problem:
    return Problem(
        f"its letters do not fit {encoding or 'the encoding of the file'}",
        Place(path.name),
        expected="text in the encoding that is named",
        step="say encoding: cp1252 in the wave, or leave it out to have it found",
    )


def _cause(said: str) -> str:
    """ReadStat's words in ours."""
    if "Unable to read" in said or "Unable to seek" in said or "row count" in said.lower():
        return "it ends before what its header announces"
    if "version" in said or "unsupported" in said.lower():
        return "it is damaged, or not of the kind its name says"
    return "a part of it is damaged"


def _damaged(path: Path, why: str) -> Problem:
    kind = {".dta": "Stata", ".xpt": "SAS", ".sas7bdat": "SAS"}.get(path.suffix.lower(), "SPSS")
    return Problem(
        f"the file cannot be read to its end: {why}",
        Place(path.name),
        expected=f"a whole {kind} file",
        step="copy the file again from its source, and compare its size",
    )


def _columns(about: Any) -> dict[str, Column]:
    titles: Mapping[str, str | None] = about.column_names_to_labels
    return {
        name: Column(
            name,
            titles.get(name) or "",
            {_coded(k, about, name): str(v) for k, v in about.variable_value_labels.get(name, {}).items()},
            tuple(_written(each) for each in about.missing_ranges.get(name, ()))
            + tuple(_coded(each, about, name) for each in about.missing_user_values.get(name, ())),
        )
        for name in about.column_names
    }


def _coded(value: Any, about: Any, name: str) -> str:
    """A code; Stata's missing letters of a number as ``.a`` to ``.z``."""
    letter = isinstance(value, str) and about.readstat_variable_types.get(name) != "string"
    return f".{value}" if letter else code(value)


def _written(span: Mapping[str, Any]) -> str:
    low, high = span["lo"], span["hi"]
    if low == high:
        return code(low)
    lowest, highest = low == -OPEN, high == OPEN
    return f"{'lowest' if lowest else code(low)} to {'highest' if highest else code(high)}"


def _parted(data: Any, about: Any, name: str) -> tuple[pl.Series, pl.Series]:
    """The answers of a column, and the codes that the file calls missing."""
    nothing = pl.Series([None] * len(data), dtype=pl.String)
    if about.readstat_variable_types.get(name) != "string" and about.file_format not in _UNLETTERED:
        letters = [f".{each}" if isinstance(each, str) else None for each in data]
        if any(letters):
            numbers = [None if isinstance(each, str) else each for each in data]
            return _sized(numbers, about, name), pl.Series(letters, dtype=pl.String)
    values = _sized(data, about, name)
    gone = _is_missing(values, about, name)
    if not gone.any():
        return values, nothing
    return values.set(gone, None), codes(values).zip_with(gone, nothing)


def _sized(data: Any, about: Any, name: str) -> pl.Series:
    """Numbers in the size they are stored in: Stata's usual four bytes hold seven digits."""
    values = number_or_text(data)
    short = about.readstat_variable_types.get(name) == "float" and values.dtype == pl.Float64
    return values.cast(pl.Float32) if short else values


def _is_missing(values: pl.Series, about: Any, name: str) -> pl.Series:
    gone = pl.Series([False] * len(values), dtype=pl.Boolean)
    for span in about.missing_ranges.get(name, ()):
        low, high = span["lo"], span["hi"]
        if values.dtype == pl.String:
            gone |= (values.str.strip_chars() == code(low)).fill_null(value=False)
        elif not isinstance(low, str):
            gone |= values.is_between(low, high).fill_null(value=False)
    return gone
