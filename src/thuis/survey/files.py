"""A survey file as rows to estimate from; what is wrong with it is said by ``thuis.formats``."""

from __future__ import annotations

from pathlib import Path

import polars as pl


def survey_file(path: Path) -> Path | pl.DataFrame:
    """The rows of a file, or the path itself where the engine reads it without loading it whole.

    :raises ThuisError: a file that is not there, damaged, or of a kind that thuis does not read.
    """
    from thuis.formats import columns_of, read

    columns = columns_of(path)
    if path.suffix.lower() == ".parquet":
        return path
    frame = read(path, list(columns)).frame
    return frame.select(_numbers(frame[name]) for name in frame.columns)


def _numbers(values: pl.Series) -> pl.Series:
    """Text that is numbers throughout as numbers, whole ones as integers: a CSV file has no types.

    >>> _numbers(pl.Series(["1", None, "2"])).to_list(), _numbers(pl.Series(["01", "2"])).to_list()
    ([1, None, 2], ['01', '2'])
    """
    if values.dtype != pl.String or not values.drop_nulls().len():
        return values
    text = values.drop_nulls().str.strip_chars()
    # A leading zero is a code, such as that of a municipality.
    if text.str.contains(r"^[+-]?0\d").any():
        return values
    for kind in (pl.Int64, pl.Float64):
        found = values.str.strip_chars().cast(kind, strict=False)
        if found.null_count() == values.null_count():
            return found
    return values
