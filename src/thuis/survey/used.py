"""The rows of a sample that a test or a model uses, while the design stays whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from thuis.survey.measures import Total

if TYPE_CHECKING:
    from thuis.survey.sample import Sample


def in_use(sample: Sample, columns: Sequence[str]) -> Sample:
    """The rows that know all these columns; the design stays whole."""
    value, types = sample.table.dialect.value, sample.table.types
    known = [f"({value(name, types)}) IS NOT NULL" for name in columns]
    return replace(sample, domain=" AND ".join([*known, *([sample.domain] if sample.domain else [])]))


def freedom(part: Sample) -> float:
    """Degrees of freedom of the rows in use, as R of a design without the others."""
    if part.replicates is not None:
        return part.df
    frame = part.tabulate([Total()], [()], df="domain").frame
    return float(frame["df"][0]) if frame.height else 0.0


def rows_of(sample: Sample, columns: Sequence[str]) -> tuple[pl.DataFrame, pl.Series]:
    """Every row with its design and these columns, and which rows are in the subset."""
    dialect, types = sample.table.dialect, sample.table.types
    names = [
        f"{dialect.value(each, types)} AS {dialect.quote(each)}"
        for each in dict.fromkeys([*columns, *sample.design_columns])
    ]
    names.append(f"coalesce({sample.domain or 'TRUE'}, FALSE) AS __inside")
    rows = sample.table.query(f"SELECT {', '.join(names)} FROM {dialect.source}")
    return rows.drop("__inside"), rows["__inside"]
