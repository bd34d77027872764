"""The multistage rescaled bootstrap, against R's ``mrbweights``: survey_mrb.R wrote survey_mrb.csv.

In both a rule draws the units in place of chance.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.survey import Sample
from thuis.survey.weights import rescaled

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(DATA / "survey_mrb.csv", null_values="NA", infer_schema_length=None)
KEYS = ("p1", "s1", "e1")
DESIGNS: dict[str, dict[str, Any]] = {
    "three": {"strata": "h", "psu": KEYS, "later_strata": ["t", "v"], "fpc": ("N1", "N2", "N3")},
    "two": {"strata": "h", "psu": KEYS[:2], "later_strata": ["t"], "fpc": ("N1", "N2")},
    "one": {"weight": "w", "strata": "h", "psu": "p1", "fpc": "N1"},
    "rows": {"weight": "w", "strata": "h", "fpc": "all"},
    "back": {"weight": "w", "strata": "h", "psu": "p1"},
    "lone": {"strata": "h", "psu": KEYS[:2], "later_strata": ["t"], "fpc": ("N1", "N2"), "lonely": "adjust"},
}


def rows(case: str) -> pl.DataFrame:
    found = pl.read_csv(DATA / "stages_strata.csv", null_values="NA", infer_schema_length=None)
    found = found.with_columns(pl.col("y").fill_null(20), all=900 + 100 * pl.col("h"))
    found = found.with_columns(row=pl.int_range(1, pl.len() + 1))
    return found.filter("lone") if case == "lone" else found


@pytest.mark.parametrize("case", DESIGNS)
def test_equals_r(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = Sample.from_frame(rows(case), **DESIGNS[case])
    keys = ["h", *{"three": ["p1", "t", "s1", "v", "e1"], "rows": ["row"]}.get(case, ["p1"])]
    keys = ["h", "p1", "t", "s1"] if case in ("two", "lone") else keys
    ends = [2, 4, 6] if case == "three" else [2, 4] if case in ("two", "lone") else [2]
    labels = [rows(case).select(keys[:end]).unique().sort(keys[:end])[keys[end - 1]] for end in ends]
    if len(ends) == 1:  # in the order of the file
        labels = [rows(case).select(keys).unique(maintain_order=True).sort("h", maintain_order=True)[keys[1]]]
    stages = iter(labels)

    def by_rule(stratum: Any, many: Any, replicates: int, _: Any) -> Any:
        u = next(stages).to_numpy()
        assert len(u) == len(stratum)
        kept = np.zeros((len(u), replicates), dtype=bool)
        for r in range(replicates):
            comes = (7 * u + 13 * (r + 1) ** 2) % 101
            for h in np.unique(stratum):
                own = np.flatnonzero(stratum == h)
                order = own[np.lexsort((u[own], comes[own]))]
                kept[order[: int(many[own[0]])], r] = True
        return kept

    monkeypatch.setattr(rescaled, "drawn", by_rule)
    made = sample.replicated("mrbbootstrap", replicates=9)
    frame = made.table.query(f"SELECT * FROM {made.table.dialect.source}")
    weight = frame[sample.weight].to_numpy()
    factors = np.array([frame[name].to_numpy() / weight for name in made.replicates.columns]).T
    expected = EXPECTED.filter(pl.col("case") == case)
    chosen = factors[[0, 39, len(factors) - 1]].T.ravel()
    assert np.allclose(
        chosen, expected.filter(pl.col("what") == "factors")["estimate"], rtol=1e-8, atol=1e-12
    )
    wanted = expected.filter(pl.col("what") == "estimates")
    found = pl.concat([each(["y", "x", "b"]).frame for each in (made.mean, made.total)])
    assert np.allclose(found["estimate"], wanted["estimate"], rtol=1e-8, atol=0)
    assert np.allclose(found["se"], wanted["se"], rtol=1e-8, atol=0)


def test_chance_agrees_with_linearisation() -> None:
    sample = Sample.from_frame(rows("three"), **DESIGNS["three"])
    one = sample.total("x").frame["se"].item()
    two = sample.replicated("mrbbootstrap", replicates=2000, seed=3).total("x").frame["se"].item()
    assert abs(two / one - 1) < 0.05


def test_half_of_every_stratum() -> None:
    stratum = np.repeat(np.arange(4), (2, 3, 5, 1))
    half = np.bincount(stratum)[stratum] // 2
    kept = rescaled.drawn(stratum, half, 50, np.random.default_rng(1))
    sums = np.add.reduceat(kept.astype(int), [0, 2, 5, 10], axis=0)
    assert (sums == np.array([1, 1, 2, 0])[:, None]).all()
    assert 0 < kept[0].mean() < 1
