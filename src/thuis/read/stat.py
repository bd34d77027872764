"""SPSS and Stata files: values as stored, labels, and the answers the file itself calls missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from thuis.errors import Place, Problem, ThuisError
from thuis.read.raw import Column, Raw, code, number_or_text

SPSS = (".sav", ".zsav", ".por")


def columns_of(path: Path) -> dict[str, Column]:
    """Every column of an SPSS or Stata file with its label, value labels and user-missing codes."""
    return _columns(_read(path, metadataonly=True)[1])


def read(path: Path, wanted: Sequence[str]) -> Raw:
    """The wanted columns, which must be there; a user-missing answer becomes null and is counted.

    :raises ThuisError: when the file is cut off or not what its name says.
    """
    _, about = _read(path, metadataonly=True)
    data, meta = _read(path, usecols=list(wanted), output_format="dict", user_missing=True)
    series, set_aside = {}, {}
    for name in wanted:
        values = number_or_text(data[name])
        gone = _is_missing(values, meta, name)
        set_aside[name] = int(gone.sum() or 0)
        series[name] = values.set(gone, None).alias(name)
    frame = pl.DataFrame(series)
    expected = about.number_rows
    if expected is not None and expected >= 0 and wanted and frame.height != expected:
        raise ThuisError(_damaged(path, f"{frame.height} rows of the {expected} its header announces"))
    return Raw(frame, _columns(about), set_aside)


def _read(path: Path, **options: Any) -> tuple[Any, Any]:
    import pyreadstat

    readers: dict[str, Any] = {".dta": pyreadstat.read_dta, ".por": pyreadstat.read_por}
    reader = readers.get(path.suffix.lower(), pyreadstat.read_sav)
    if path.suffix.lower() == ".por":
        options.pop("user_missing", None)
    try:
        data, meta = reader(str(path), **options)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError, ValueError) as error:
        raise ThuisError(_damaged(path, str(error).rstrip("."))) from error
    return data, meta


def _damaged(path: Path, why: str) -> Problem:
    kind = "Stata" if path.suffix.lower() == ".dta" else "SPSS"
    return Problem(
        f"the file cannot be read to its end: {why[:1].lower()}{why[1:]}",
        Place(path.name),
        expected=f"a whole {kind} file",
        step="copy the file again from its source, and compare its size",
    )


def _columns(meta: Any) -> dict[str, Column]:
    titles: Mapping[str, str | None] = meta.column_names_to_labels
    return {
        name: Column(
            name,
            titles.get(name) or "",
            {code(k): str(v) for k, v in meta.variable_value_labels.get(name, {}).items()},
            tuple(_written(each) for each in meta.missing_ranges.get(name, ()))
            + tuple(code(each) for each in meta.missing_user_values.get(name, ())),
        )
        for name in meta.column_names
    }


def _written(span: Mapping[str, Any]) -> str:
    return code(span["lo"]) if span["lo"] == span["hi"] else f"{code(span['lo'])} to {code(span['hi'])}"


def _is_missing(values: pl.Series, meta: Any, name: str) -> pl.Series:
    gone = pl.Series([False] * len(values), dtype=pl.Boolean)
    for span in meta.missing_ranges.get(name, ()):
        low, high = span["lo"], span["hi"]
        if values.dtype == pl.String:
            gone |= (values.str.strip_chars() == code(low)).fill_null(value=False)
        elif not isinstance(low, str):
            gone |= values.is_between(low, high).fill_null(value=False)
    for each in meta.missing_user_values.get(name, ()):
        if values.dtype == pl.String:
            gone |= (values.str.strip_chars() == code(each)).fill_null(value=False)
    return gone
