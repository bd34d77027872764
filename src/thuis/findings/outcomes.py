"""The answers of an indicator as a column of numbers: 1 and 0 for a share, the value itself for a mean."""

from __future__ import annotations

import polars as pl

from thuis.project.model import Indicator


def outcome(indicator: Indicator) -> pl.Expr:
    """1 where the answer counts, 0 where it does not, null where there is none or it is not in ``among``.

    >>> from types import SimpleNamespace
    >>> trust = SimpleNamespace(kind="proportion", column="q", counted=("yes",), among=("yes", "no"))
    >>> pl.DataFrame({"q": ["yes", "no", "not-eligible", None]}).select(outcome(trust))["q"].to_list()
    [1.0, 0.0, None, None]
    """
    column = pl.col(indicator.column)
    if indicator.kind not in ("proportion", "total"):
        return column.cast(pl.Float64)
    valid = column.is_in(list(indicator.among)) if indicator.among else column.is_not_null()
    share = column.is_in(list(indicator.counted)).cast(pl.Float64)
    return pl.when(valid).then(share).otherwise(None).alias(indicator.column)
