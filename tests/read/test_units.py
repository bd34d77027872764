"""Which key of units is told as one that names nobody."""

from __future__ import annotations

import polars as pl
import pytest

from thuis.plausible.units import unit_doubts

_KNOWN = [str(100 + i // 5) for i in range(100)]


@pytest.mark.parametrize(
    ("silent", "told"),
    [
        ({"Refused": 31, "?": 40}, "40 rows have '?'"),
        ({"?": 31, "Refused": 40}, "40 rows have 'Refused'"),
        ({"9999": 2, "9999.0": 36}, "36 rows have '9999.0'"),
        ({"unknown": 30, "9999": 30}, "30 rows have '9999'"),
        ({"unknown": 14}, ""),
        ({"Utrecht": 60}, ""),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_the_key_of_most_rows_is_told_in_any_order(silent: dict[str, int], told: str, seed: int) -> None:
    keys = pl.Series(_KNOWN + [key for key, n in silent.items() for _ in range(n)]).shuffle(seed=seed)
    found = unit_doubts({"PSU": (keys, "psu")})
    assert (told in found[0]) if told else not found
