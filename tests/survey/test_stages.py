"""Wrong designs in several stages: one clear error each."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Replicates, Sample

ROWS = pl.DataFrame(
    {
        "w": [1.0] * 8,
        "h": [1] * 8,
        "p": [1, 1, 1, 1, 2, 2, 2, 2],
        "t": ["a", "a", "b", "b", "a", "a", "b", "b"],
        "s": [1, 2, 3, 4, 1, 2, 3, 4],
        "again": [1, 2, 2, 3, 1, 2, 3, 4],
        "gap": ["a", "a", "b", None, "a", "a", "b", "b"],
        "single": [1, 1, 2, 3, 1, 2, 3, 4],
        "N": [9] * 8,
        "M": [4, 4, 1, 1, 4, 4, 4, 4],
        "y": [1.0, 2.0, 4.0, 3.0, 7.0, 6.0, 5.0, 9.0],
    }
)
TWO: dict[str, Any] = {"strata": "h", "psu": ["p", "s"], "fpc": ["N", "N"], "later_strata": "t"}


@pytest.mark.parametrize(
    ("design", "message"),
    [
        ({"later_strata": ["t", "h"]}, "strata of 2 later stages for 2 stages"),
        ({"psu": None, "fpc": "N"}, "strata of 1 later stages for 1 stages"),
        ({"later_strata": "tt"}, "unknown column 'tt'"),
        ({"later_strata": "gap"}, "the stratum 'gap' is missing in 1 rows"),
        ({"psu": ["p", "again"]}, "unit '1, 1, 2' stands in more than one stratum of stage 2"),
        ({"psu": ["p", "single"]}, "stratum '1, 1, a' has one PSU"),
        ({"fpc": ["N", "M"]}, "fpc 'M' of stratum '1, 1, b' is below its 2 PSUs"),
    ],
)
def test_one_clear_error(design: dict[str, Any], message: str) -> None:
    with pytest.raises(ThuisError, match=message):
        Sample.from_frame(ROWS, weight="w", **{**TWO, **design})


def test_replicates_take_no_later_strata() -> None:
    with pytest.raises(ThuisError, match="one of the two"):
        Sample.from_frame(ROWS, weight="w", later_strata="t", replicates=Replicates(("y", "N")))


def test_nest_tells_units_of_later_strata_apart() -> None:
    nested = {**TWO, "psu": ["p", "again"], "nest": True}
    one, two = (Sample.from_frame(ROWS, weight="w", **each).mean("y") for each in (nested, TWO))
    assert one.frame["se"].item() == pytest.approx(two.frame["se"].item(), rel=1e-12)
