"""Counts brought to the boundaries of another day."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.places import current
from thuis.places.areas import combine


def test_totals_stay_what_they_were_through_twenty_years() -> None:
    codes = [each.code for each in current(date(2004, 1, 1))]
    gone = {"GM0053", "GM0055", "GM0140", "GM0788", "GM0993", "GM1671"}
    frame = (
        pl.DataFrame({"code": [c for c in codes if c not in gone]})
        .with_row_index("n")
        .with_columns(pl.col("n").cast(pl.Int64))
    )
    found = combine(frame, "code", ["n"], date(2025, 1, 1))
    assert found["n"].sum() == frame["n"].sum()
    assert set(found["code"]) <= {each.code for each in current(date(2025, 1, 1))}


def test_a_divided_or_unborn_municipality_is_refused_with_all_others_at_once() -> None:
    frame = pl.DataFrame({"code": ["GM0053", "GM1992", "GM0363"], "n": [1, 2, 3]})
    with pytest.raises(ThuisError) as caught:
        combine(frame, "code", ["n"], date(2022, 1, 1))
    text = str(caught.value)
    assert "Winsum (GM0053) was divided" in text
    assert "Voorne aan Zee (GM1992) did not exist" in text
