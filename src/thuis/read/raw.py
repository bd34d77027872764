"""What a reader hands over: columns as their file holds them, with labels, user-missing answers set aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True, slots=True)
class Column:
    """What a file says about one of its columns."""

    name: str
    title: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Raw:
    """The chosen columns of a file: ``String`` codes or ``Float64`` numbers, null where nobody answered.

    ``set_aside`` counts, per column, the answers the file itself calls missing.
    """

    frame: pl.DataFrame
    columns: Mapping[str, Column]
    set_aside: Mapping[str, int] = field(default_factory=dict)


def code(value: object) -> str:
    """A value as the code a codebook writes: ``1.0`` is ``1``, text keeps its letters.

    >>> code(1.0), code(2.5), code(" A ")
    ('1', '2.5', 'A')
    """
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).strip()


def codes(series: pl.Series) -> pl.Series:
    """A column as codes; every distinct value is written once, so long columns stay fast.

    >>> codes(pl.Series([1.0, None, 2.0])).to_list()
    ['1', None, '2']
    """
    if series.dtype == pl.String:
        stripped = series.str.strip_chars()
        return stripped.set(stripped == "", None)
    distinct = series.drop_nulls().unique().to_list()
    if not distinct:
        return pl.Series(series.name, [None] * len(series), dtype=pl.String)
    return series.replace_strict(
        distinct, [code(each) for each in distinct], default=None, return_dtype=pl.String
    )


def number_or_text(values: Iterable[object]) -> pl.Series:
    """Values of one column as ``Float64`` where all are numbers, else as text; NaN is no answer."""
    series = values if isinstance(values, pl.Series) else pl.Series(list(values), strict=False)
    if series.dtype in (pl.String, pl.Categorical) or isinstance(series.dtype, pl.Enum):
        return series.cast(pl.String)
    if series.dtype.is_numeric() or series.dtype == pl.Boolean:
        return series.cast(pl.Float64).fill_nan(None)
    if series.dtype == pl.Null:
        return series.cast(pl.Float64)
    return series.cast(pl.String, strict=False)
