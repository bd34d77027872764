"""Weights made, calibrated, trimmed, standardised, against R: survey_weights.R wrote survey_weights.csv."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.linalg import hadamard

from thuis.errors import Remark, ThuisError
from thuis.survey import Estimates, Sample

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(DATA / "survey_weights.csv", null_values="NA", infer_schema_length=None)
RACE = {1: 23e6, 2: 2.5e6, 3: 7e5}
Z = {0: 9e6, 1: 8.6e6, 2: 8.6e6}
CELLS = [7.6e6, 8e5, 3e5, 7.9e6, 8e5, 2e5, 7.4e6, 9e5, 2e5]
BOTH = {(race, z): CELLS[3 * z + race - 1] for z in range(3) for race in (1, 2, 3)}
NUMBERS = {"x": 1.265e9}


@cache
def rows() -> pl.DataFrame:
    frame = pl.read_csv(DATA / "nhanes2.csv", null_values="NA", infer_schema_length=None)
    frame = frame.with_columns(z=pl.int_range(1, pl.len() + 1) % 3).drop_nulls(["x", "y"])
    return frame.with_columns(
        unit=pl.col("stratum") * 10 + pl.col("psu"), N=300, hit=(pl.col("y").round() % 2 == 0).cast(pl.Int8)
    )


@cache
def base(kind: str = "linear") -> Sample:
    made = Sample.from_frame(rows(), weight="w", strata="stratum", psu="psu", nest=True)
    return made.replicated("JKn") if kind == "JKn" else made


def staged() -> Sample:
    frame = pl.read_csv(DATA / "stages.csv", null_values="NA", infer_schema_length=None).drop_nulls("y")
    frame = frame.with_columns(x=(pl.int_range(1, pl.len() + 1) % 7) / 10)
    return Sample.from_frame(frame, weight="w", strata="h", psu="p", fpc="N1", nest=True)


def r(case: str, what: str) -> tuple[list[float], list[float]]:
    found = EXPECTED.filter(pl.col("case") == case, pl.col("what") == what)
    assert found.height, (case, what)
    return found["estimate"].to_list(), found["se"].to_list()


def same(found: Estimates, case: str, what: str) -> None:
    estimate, se = r(case, what)
    assert found.frame["estimate"].to_list() == pytest.approx(estimate, rel=1e-8), (case, what)
    assert found.frame["se"].to_list() == pytest.approx(se, rel=1e-8), (case, what)


def asked(made: Sample, case: str, group: str = "race") -> None:
    same(made.total("y"), case, "total")
    same(made.ratio("y", "x"), case, "ratio")
    same(made.mean("y", by=group), case, "by")
    same(made.glm("y ~ x").coefficients, case, "glm")


MADE = {
    "JKn FALSE": lambda: base("JKn"),
    "JKn TRUE": lambda: base().replicated("JKn", mse=True),
    "BRR": lambda: base().replicated("BRR", hadamard=hadamard(32), mse=True),
    "Fay": lambda: base().replicated("Fay", rho=0.3, hadamard=hadamard(32)),
    "JK1": lambda: Sample.from_frame(rows(), weight="w", psu="unit", fpc="N").replicated(),
    "JKn fpc": lambda: staged().replicated(),
}


@pytest.mark.parametrize("case", MADE)
def test_replicate_weights_of_a_design(case: str) -> None:
    made = MADE[case]()
    asked(made, case, "g" if case == "JKn fpc" else "race")
    assert made.df == r(case, "df")[0][0]


@pytest.mark.parametrize("rule", ["adjust", "remove", "average"])
def test_lonely_units_of_a_jackknife(rule: str) -> None:
    frame = rows().filter(~((pl.col("stratum") == 3) & (pl.col("psu") == 2)))
    made = Sample.from_frame(frame, weight="w", strata="stratum", psu="psu", nest=True, lonely=rule)
    made = made.replicated("JKn")
    same(made.total("y"), f"lonely {rule}", "total")
    same(made.ratio("y", "x"), f"lonely {rule}", "ratio")


@pytest.mark.parametrize("kind", ["linear", "JKn"])
def test_weights_that_agree(kind: str) -> None:
    made = base(kind)
    asked(made.rake({"race": RACE, "z": Z}), f"raked {kind}")
    asked(made.poststratify(("race", "z"), BOTH), f"post {kind}")
    asked(made.calibrate({"race": RACE}, NUMBERS), f"greg {kind}")
    wide = (0.1, 8) if kind == "JKn" else (0.9, 1.1)
    for method, bounds in (("linear", wide), ("raking", None), ("logit", wide)):
        found = made.calibrate({"race": RACE}, NUMBERS, method=method, bounds=bounds)
        asked(found, f"calibrated {method} {kind}")


def test_one_factor_for_all_rows_of_a_unit() -> None:
    frame = rows().with_columns(cw=pl.col("w").mean().over("unit"), one=pl.lit(1.0))
    made = Sample.from_frame(frame, weight="cw", strata="stratum", psu="unit")
    found = made.calibrate(numbers={"one": 26e6, "x": 1.26e9}, together="unit")
    asked(found, "together")
    with pytest.raises(ThuisError, match="weights differ within unit"):
        base().calibrate(numbers={"x": 1.26e9}, together="unit")


def test_the_ratio_estimator_is_a_calibration() -> None:
    asked(base().calibrate(numbers={"x": 1.3e9}, variance="x"), "ratio")


@pytest.mark.parametrize("strict", [False, True])
def test_trimmed_weights(strict: bool) -> None:
    low, high = r("trimmed", "bounds")[0]
    asked(base().trim(low, high, strict=strict), "strict" if strict else "trimmed")


def test_trimmed_weights_keep_their_sum_in_every_replicate() -> None:
    made = base("JKn").trim(upper=30_000)
    names = made.replicates.columns if made.replicates else ()
    there = made.table.query(f"SELECT * FROM {made.table.dialect.source}")
    before = base("JKn").table.query(f"SELECT * FROM {base('JKn').table.dialect.source}")
    for name, old in zip(names, [f"__replicate_{i + 1}" for i in range(len(names))], strict=True):
        assert there[name].sum() == pytest.approx(before[old].sum())
        assert not (there[name] == before[old]).all()


@pytest.mark.parametrize("kind", ["linear", "JKn"])
def test_standardised(kind: str) -> None:
    made = base(kind).standardize("z", {0: 0.5, 1: 0.3, 2: 0.2}, over="race")
    asked(made, f"standard {kind}")
    same(base(kind).standardize("z", {0: 5, 1: 3, 2: 2}).mean("y"), f"standard {kind}", "all")


def test_standardised_without_those_who_do_not_answer() -> None:
    made = base().standardize("z", {0: 0.5, 1: 0.3, 2: 0.2}, over="race", known="b")
    same(made.mean("b", by="race"), "standard missing", "by")


def test_gini() -> None:
    found = base().gini("y", by="race").frame
    for k in range(3):
        estimate, se = r("gini", f"race {k + 1}")
        assert [found["estimate"][k], found["se"][k]] == pytest.approx([*estimate, *se], rel=1e-8)
    few = rows().filter(pl.col("stratum") < 8)
    made = Sample.from_frame(few, weight="w", strata="stratum", psu="psu", nest=True).replicated("JKn")
    same(made.gini("y"), "gini", "JKn")
    assert base("JKn").gini("y").frame["se"].item() == pytest.approx(
        base().gini("y").frame["se"].item(), rel=0.01
    )


@pytest.mark.parametrize("family", ["gaussian", "poisson", "Gamma", "binomial"])
@pytest.mark.parametrize("kind", ["linear", "JKn"])
def test_likelihood_ratio_tests(kind: str, family: str) -> None:
    y = "hit" if family == "binomial" else "y"
    model = base(kind).glm(f"{y} ~ x + C(race) + C(z)", family=family.lower())
    for term in ("race", "z", "x"):
        name = term if term == "x" else f"factor({term})"
        chi2, p, df, *weights = r(f"lrt {kind}", f"{family} {name}")[0]
        found = model.joint(term if term == "x" else f"C({term})", method="lrt")
        # R's deviances are sums of 2,285 terms of which ten digits are left; its saddlepoint ends at 1e-8.
        assert [found.chi2, found.df[1]] == pytest.approx([chi2, df], rel=1e-7)
        assert sorted(found.weights) == pytest.approx(weights, rel=1e-7)
        assert found.p == pytest.approx(p, rel=1e-5)


@pytest.mark.parametrize("kind", ["linear", "JKn"])
def test_sums_of_chi_squares(kind: str) -> None:
    found = base(kind).independence("race", "z")
    assert found.saddlepoint == pytest.approx(r(f"chisq {kind}", "saddlepoint")[0][0], rel=1e-7)
    assert found.lincom == pytest.approx(found.saddlepoint, rel=0.05)


def test_any_hadamard_matrix_gives_the_variance_of_a_total() -> None:
    """With two units per stratum it is the sum of squared differences, whichever matrix is taken."""
    of = base().total("y").frame["se"].item()
    for made in (base().replicated("BRR"), base().replicated("Fay", rho=0.5, mse=True)):
        assert made.total("y").frame["se"].item() == pytest.approx(of, rel=1e-10)


def test_successive_differences() -> None:
    """Half the squared differences of neighbours in a circle (Ash 2014): every unit has rows of its own."""
    y = np.array([3.0, 5.0, 4.0, 9.0, 2.0, 7.0, 7.0])
    frame = pl.DataFrame({"y": y, "w": np.ones(7)})
    made = Sample.from_frame(frame, weight="w").replicated("SDR", replicates=8, mse=True)
    expected = ((y - np.roll(y, 1)) ** 2).sum() / 2
    assert made.total("y").frame["se"].item() ** 2 == pytest.approx(expected, rel=1e-12)
    large = Sample.from_frame(pl.DataFrame({"y": np.arange(50.0), "w": np.ones(50)}), weight="w")
    assert large.replicated("SDR", replicates=16).total("y").frame["se"].item() > 0


def test_bootstrap_is_near_and_the_same_each_time() -> None:
    one, two, other = (base().replicated("bootstrap", replicates=100, seed=s) for s in (1, 1, 2))
    se = [each.mean("y").frame["se"].item() for each in (one, two, other, base())]
    assert se[0] == se[1] != se[2]
    assert se[0] == pytest.approx(se[3], rel=0.3)
    weights = one.table.query(f"SELECT * FROM {one.table.dialect.source}")
    names = one.replicates.columns if one.replicates else ()
    drawn = weights.select(pl.col(*names) / pl.col("w")).unique().to_numpy()
    assert set(np.unique(drawn)) == {0.0, 2.0}  # one unit of two, weighted up


def test_what_cannot_be_made_is_told() -> None:
    made, odd = base(), Sample.from_frame(rows(), weight="w", strata="race", psu="unit", nest=True)
    told: list[tuple[Any, str]] = [
        (lambda: made.replicated("jack"), "unknown replicate method"),
        (lambda: made.replicated("JK1"), "JK1 for a sample with strata"),
        (lambda: made.replicated("Fay"), "Fay's rho is None"),
        (lambda: made.replicated("BRR", rho=0.3), "has no rho"),
        (lambda: made.replicated("BRR", hadamard=np.ones((40, 40))), "no Hadamard matrix"),
        (lambda: odd.replicated("BRR"), "odd number"),
        (lambda: staged().replicated("bootstrap"), "no finite population"),
        (lambda: made.rake({"race": RACE}).replicated("JKn"), "make the replicates first"),
        (lambda: base("JKn").replicated("JKn"), "has replicate weights"),
        (lambda: made.calibrate({"race": RACE}, method="near"), "unknown calibration method"),
        (lambda: made.calibrate({"race": RACE}, method="logit"), "logit calibration without bounds"),
        (lambda: made.calibrate({"race": RACE}, bounds=(1.2, 3)), "one below 1"),
        (lambda: made.calibrate({"race": RACE}, NUMBERS, bounds=(0.999, 1.001)), "cannot be made to agree"),
        (lambda: made.poststratify(("race", "z"), {1: 3}), "2 answers"),
        (lambda: made.poststratify(("race", "z"), {(1, 0): 3}), "has no total"),
        (lambda: made.poststratify("b", {0: 3, 1: 4}), "'b' is missing in .* rows: 1, "),
        (lambda: made.trim(5, 3), "lower below upper"),
        (lambda: made.trim(1, 2), "cannot all lie"),
        (lambda: made.standardize("z", {0: 1, 1: 1}), "unknown category with a share"),
        (lambda: made.standardize("what", {0: 1}), "unknown column"),
    ]
    for call, said in told:
        with pytest.raises(ThuisError, match=said):
            call()


def test_later_stages_are_left_out_with_a_remark() -> None:
    frame = pl.read_csv(DATA / "stages.csv", null_values="NA", infer_schema_length=None)
    made = Sample.from_frame(
        frame, weight="w", strata="h", psu=["p", "s"], fpc=["N1", "N2"], nest=True, lonely="adjust"
    )
    with pytest.warns(Remark, match="first stage"):
        made.replicated("JKn")
