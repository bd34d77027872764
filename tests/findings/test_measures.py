"""Diversity, turnover, small areas, scales and decompositions against printed or hand-derived numbers."""

from __future__ import annotations

import csv
import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.findings.decomposition import decompose
from thuis.findings.diversity import between_areas, diversity, turnover
from thuis.findings.margins import margin
from thuis.findings.scales import scale
from thuis.survey import Sample
from thuis.survey.small_area import fay_herriot


def weighted(rows: pl.DataFrame) -> Sample:
    return Sample.from_frame(rows, weight="w")


PRINTED = (
    (("1",), 0.0),
    (("1/2", "1/2"), 0.5),
    (("2/3", "1/6", "1/6"), 0.5),
    (("1/3", "1/3", "1/3"), 0.67),
    (("4/5", "1/10", "1/10"), 0.34),
    (("15/16", "1/48", "1/48", "1/48"), 0.12),
)
"""WRR, De nieuwe verscheidenheid (2018), box 3.1."""


@pytest.mark.parametrize(("shares", "printed"), PRINTED)
def test_diversity_as_printed(shares: tuple[str, ...], printed: float) -> None:
    assert round(diversity([float(Fraction(each)) for each in shares]), 2) == printed


def test_the_vector_as_it_stands_in_the_text_does_not_give_its_number() -> None:
    """One printed vector reads 7/8 and three times 1/24; its 0.12 belongs to 15/16 and three times 1/48."""
    assert round(diversity([7 / 8, 1 / 24, 1 / 24, 1 / 24]), 2) == 0.23


def test_parts_of_diversity_add_up() -> None:
    random = np.random.default_rng(1)
    counts = random.integers(1, 100, (7, 4))
    parts = between_areas(counts)
    assert parts.total == pytest.approx(diversity(counts.sum(axis=0)), abs=1e-12)
    assert parts.within + parts.between == pytest.approx(parts.total, abs=1e-12)


def test_turnover_counts_a_move_between_two_areas_once() -> None:
    here, there = turnover(1000, arrivals=0, departures=50), turnover(1000, arrivals=50, departures=0)
    assert here.rate + there.rate == 50.0
    assert here.net == -there.net


def test_small_areas_equal_the_published_example(root: Path) -> None:
    """Milk expenditure in 43 areas (Arora and Lahiri 1997) as R ``sae`` prints it, seven decimals."""
    with (root / "tests/parity/data/findings_milk.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    direct = [float(row["y"]) for row in rows]
    variance = [float(row["sd"]) ** 2 for row in rows]
    major = {
        f"major{i}": [float(row["major"] == str(i)) for row in rows]
        for i in sorted({int(row["major"]) for row in rows})[1:]
    }
    names = [row["area"] for row in rows]
    for method in ("REML", "ML"):
        fit = fay_herriot(direct, variance, major, names, method=method)  # type: ignore[arg-type]
        for area, row in zip(fit.areas, rows, strict=True):
            assert area.estimate == pytest.approx(float(row[f"sae_{method.lower()}"]), abs=2e-6)
            assert area.mse == pytest.approx(float(row[f"sae_{method.lower()}_mse"]), abs=2e-6)


def test_an_area_without_respondents_is_the_model_alone() -> None:
    seen = [float(each) for each in range(20)]
    fit = fay_herriot([*seen, None], [1.0] * 20 + [None], {}, [str(i) for i in range(21)])
    last = fit.areas[-1]
    assert last.weight == 0.0
    assert last.estimate == pytest.approx(9.5)
    assert last.mse > max(each.mse for each in fit.areas[:-1])
    with pytest.raises(ThuisError, match="sampling variance"):
        fay_herriot([1, 2, 4, 3], [1, 0, 1, 1], {}, list("abcd"))


def test_alpha_by_hand() -> None:
    """Item variances 1.25, 1 and 2 in a total of 11.25: 3/2 (1 - 4.25/11.25)."""
    rows = pl.DataFrame({"a": [1, 2, 3, 4], "b": [2, 2, 4, 4], "c": [1, 3, 3, 5], "w": [1.0] * 4})
    found = scale(rows, ["a", "b", "c"], weighted)
    assert found.alpha == pytest.approx(1.5 * (1 - 4.25 / 11.25), abs=1e-12)
    assert found.lower < found.alpha < found.upper


def people(size: int = 400) -> pl.DataFrame:
    random = np.random.default_rng(7)
    group = random.choice(["a", "b"], size)
    school = random.normal(np.where(group == "a", 10.0, 12.0), 2.0)
    y = 1.0 + 0.5 * school + np.where(group == "a", -1.0, 0.0) + random.normal(0, 1, size)
    return pl.DataFrame({"y": y, "g": group, "school": school, "w": random.uniform(0.5, 2.0, size)})


def test_a_gap_splits_into_composition_and_rest() -> None:
    """Points by weighted least squares written out here; standard errors by the jackknife."""
    rows = people()
    found = decompose(rows, "y", "g", ("a", "b"), ["school"], weighted)
    gap, composition = _split(rows)
    assert found.gap.estimate == pytest.approx(gap, abs=1e-10)
    assert found.composition.estimate == pytest.approx(composition, abs=1e-10)
    assert found.composition.estimate + found.rest.estimate == pytest.approx(found.gap.estimate, abs=1e-10)
    n = rows.height
    left = np.array([_split(rows.filter(pl.int_range(n) != i)) for i in range(n)])
    jackknife = np.sqrt((n - 1) / n * ((left - left.mean(axis=0)) ** 2).sum(axis=0))
    assert found.gap.se == pytest.approx(jackknife[0], rel=0.03)
    assert found.composition.se == pytest.approx(jackknife[1], rel=0.03)


def _split(rows: pl.DataFrame) -> tuple[float, float]:
    sides = {name: rows.filter(pl.col("g") == name) for name in ("a", "b")}

    def mean(side: str, column: str) -> float:
        w = sides[side]["w"].to_numpy()
        return float(w @ sides[side][column].to_numpy() / w.sum())

    b = sides["b"]
    x, y, w = (b[name].to_numpy() for name in ("school", "y", "w"))
    centred = x - w @ x / w.sum()
    slope = float((w * centred) @ y / ((w * centred) @ x))
    return mean("a", "y") - mean("b", "y"), slope * (mean("a", "school") - mean("b", "school"))


def test_the_sentence_of_a_split_claims_what_was_tested() -> None:
    names = ({"nl": "groep A", "en": "group A"}, {"nl": "groep B", "en": "group B"})
    found = decompose(people(), "y", "g", ("a", "b"), ["school"], weighted)
    words = found.sentence(names, "2020", scale=1)
    number = f"{abs(found.gap.estimate):.1f}"
    assert found.gap.p < 0.05
    assert f"−{number} points" in words["en"]
    assert f"−{number.replace('.', ',')} punten" in words["nl"]
    assert "does not say what causes it" in words["en"]
    shuffled = people().with_columns(pl.Series("g", np.random.default_rng(3).permutation(["a", "b"] * 200)))
    none = decompose(shuffled, "y", "g", ("a", "b"), ["school"], weighted)
    assert none.gap.p > 0.05
    assert "no difference was shown" in none.sentence(names, "2020", scale=1)["en"]
    assert "geen verschil aangetoond" in none.sentence(names, "2020", scale=1)["nl"]
    assert math.isfinite(none.rest.se)


def test_a_model_that_repeats_itself_is_refused_not_solved() -> None:
    rows = people().with_columns(
        pl.col("school").alias("again"), (pl.col("g") == "a").cast(pl.Float64).alias("is_a")
    )
    with pytest.raises(ThuisError, match="no variation"):
        decompose(rows, "y", "g", ("a", "b"), ["school", "again"], weighted)
    with pytest.raises(ThuisError, match="together cannot bear"):
        decompose(rows, "y", "g", ("a", "b"), ["school", "is_a"], weighted, reference="pooled")


def test_a_category_that_only_the_first_group_lacks_is_no_obstacle() -> None:
    """The coefficients come from the second group; the first needs composition only."""
    level = (
        pl.when((pl.col("g") == "b") & (pl.col("school") > 14))
        .then(pl.lit("high"))
        .otherwise(pl.lit("other"))
    )
    found = decompose(people().with_columns(level.alias("level")), "y", "g", ("a", "b"), ["level"], weighted)
    assert found.composition.estimate + found.rest.estimate == pytest.approx(found.gap.estimate)
    assert found.composition.estimate < 0


@pytest.mark.parametrize("reference", ["first", "second", "pooled"])
def test_parts_add_up_under_every_reference(reference: Any) -> None:
    found = decompose(people(), "y", "g", ("a", "b"), ["school"], weighted, reference=reference)
    assert found.composition.estimate + found.rest.estimate == pytest.approx(found.gap.estimate, abs=1e-12)
    assert sum(each.estimate for each in found.by_variable) == pytest.approx(found.composition.estimate)


def test_the_published_vectors_of_the_shared_file(shared: Path) -> None:
    stored = json.loads((shared / "initiatives" / "hhi-wrr.json").read_text("utf-8"))
    for vector in stored["testvectoren"]:
        shares = [float(Fraction(each)) for each in vector["aandelen"]]
        assert round(diversity(shares), 2) == vector["hhi"]
    warned = [each for each in stored["testvectoren"] if "let_op" in each]
    assert [each["aandelen"][0] for each in warned] == ["15/16"]


@pytest.mark.parametrize("binary", [True, False])
def test_the_error_of_a_margin_is_that_of_leaving_people_out(binary: bool) -> None:
    """Position, control and effect hang together, so a wrong covariance of model and people would show."""
    random = np.random.default_rng(11)
    n = 140
    school = random.normal(0, 1, n)
    high = (random.random(n) < 1 / (1 + np.exp(-1.5 * school))).astype(float)
    score = 0.8 * high + 0.9 * school + random.logistic(0, 1, n)
    rows = pl.DataFrame(
        {
            "y": (score > 0).astype(float) if binary else score,
            "high": high,
            "school": school,
            "w": random.uniform(0.5, 2.0, n),
        }
    )

    def estimate(w: np.ndarray) -> float:
        left = rows.with_columns(pl.Series("w", w)).filter(pl.col("w") > 0)
        return margin(left, "y", "high", weighted, controls=["school"], binary=binary).estimate

    weight = rows["w"].to_numpy()
    found = margin(rows, "y", "high", weighted, controls=["school"], binary=binary)
    assert found.estimate == pytest.approx(estimate(weight), abs=1e-9)
    left = np.array([estimate(np.where(np.arange(n) == i, 0.0, weight)) for i in range(n)])
    jackknife = math.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum())
    assert found.se == pytest.approx(jackknife, rel=0.04)
