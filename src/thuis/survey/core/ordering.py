"""Answers in an order of their own, as from low to high, in place of that of their letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

Orders = Mapping[str, Sequence[str]]


def enumerated(frame: pl.DataFrame, orders: Orders) -> pl.DataFrame:
    """The frame with an Enum for every column whose answers have an order."""
    own = {name: order for name, order in orders.items() if name in frame.columns}
    return frame.with_columns(pl.col(name).cast(pl.Enum(order)) for name, order in own.items())


def in_order(frame: pl.DataFrame, keys: Sequence[str], orders: Orders) -> pl.DataFrame:
    """The frame sorted by keys, each in its own order."""
    if not any(key in orders for key in keys):
        return frame.sort(keys)
    at = enumerated(frame.select(keys), orders).select(pl.struct(keys).rank("ordinal").alias("at"))["at"]
    return frame[at.arg_sort().to_list()]
