"""Unequal probabilities, two phases, lonely units of a domain: survey_unequal.R wrote survey_unequal.csv."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import PPS, Replicates, Sample

HERE = Path(__file__).parent / "data"
ROWS = pl.read_csv(HERE / "unequal.csv").with_columns(w=3 + pl.col("u") % 4)
UNITS = ROWS.unique("u", keep="first", maintain_order=True)
JOINT = pl.read_csv(HERE / "unequal_joint.csv")
MATRIX = JOINT.select(pl.col("^j.$")).to_numpy()
PHASES = pl.read_csv(HERE / "two_phase.csv").with_columns(x="z", N=2000)


@cache
def expected() -> dict[tuple[str, str], list[float]]:
    table = pl.read_csv(HERE / "survey_unequal.csv", null_values=["NA", "NaN"])
    found = table.group_by("case", "key", maintain_order=True).agg("value")
    return {(case, key): value for case, key, value in found.iter_rows()}


def of(name: str) -> Sample:
    if name.startswith("phases."):
        return phases(name.removeprefix("phases."))
    if name in ("HT", "YG"):
        rows = JOINT.with_columns(p=MATRIX.diagonal())
        return Sample.from_frame(rows, fpc="p", pps=PPS("joint", joint=MATRIX, variance=name))
    if name == "two":
        return Sample.from_frame(
            ROWS, strata="h", psu=["u", "k"], fpc=["p", "f"], pps="brewer", lonely="remove"
        )
    if name == "clusters":
        return Sample.from_frame(ROWS, strata="h", psu="u", fpc="p", pps="brewer")
    method, _, variance = name.partition(".")
    squares = {"a": 0.31, "b": 0.52} if method == "HRgiven" else None
    pps = PPS(method.removesuffix("given"), squares=squares, variance=variance or "HT")
    return Sample.from_frame(UNITS, strata="h", fpc="p", pps=pps)


def phases(name: str) -> Sample:
    first: dict[str, Any] = {"finite": {"fpc": "N"}, "clusters": {"psu": "c", "fpc": "M"}}.get(name, {})
    second = {} if name == "plain" else {"strata": "s", **({"prob": "q"} if name == "given" else {})}
    return Sample.of_two_phases(PHASES, inside="again", first=first, second=second)


def near(found: Any, case: str, key: str) -> None:
    wanted = [float("nan") if each is None else each for each in expected()[case, key]]
    mine = np.ravel([float("nan") if each is None else each for each in np.atleast_1d(found).tolist()])
    np.testing.assert_allclose(mine, wanted, rtol=1e-8, atol=1e-12, err_msg=f"{case} {key}")


pytestmark = pytest.mark.filterwarnings("ignore:.*below 0:thuis.errors.Remark")

NAMES = [
    "brewer",
    "overton",
    "HR",
    "HRgiven",
    "poisson",
    "overton.YG",
    "HR.YG",
    "two",
    "clusters",
    "HT",
    "YG",
]
NAMES += [f"phases.{each}" for each in ("plain", "strata", "finite", "clusters", "given")]


@pytest.mark.parametrize("name", NAMES)
def test_tables_equal_r(name: str) -> None:
    sample = of(name)
    mean, total = sample.mean(["y", "x"]), sample.total(["y", "x"])
    near(mean.frame["estimate"], name, "mean")
    near(mean.frame["se"], name, "mean.se")
    near(mean.covariance().ravel(), name, "mean.v")
    near(total.frame["estimate"], name, "total")
    near(total.frame["se"], name, "total.se")
    ratio = sample.ratio("y", "x").frame
    near(ratio["estimate"], name, "ratio")
    near(ratio["se"], name, "ratio.se")


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("HT", "YG")])
def test_parts_and_models_equal_r(name: str) -> None:
    sample, key = of(name), expected()
    if (name, "glm") in key:
        model = sample.glm("y ~ x").coefficients.frame
        near(model["estimate"], name, "glm")
        near(model["se"], name, "glm.se")
        assert sample.df == key[name, "df"][0]
    if (name, "part") in key:
        part = sample.subset(b=1) if name == "two" or "phases" in name else sample.subset("g <> 'x'")
        found = (part.mean("y") if "phases" in name else part.total("y")).frame
        near(found["estimate"], name, "part")
        near(found["se"], name, "part.se")
    if (name, "by") in key:
        found = sample.mean("y", by="g").frame
        near(found["estimate"], name, "by")
        near(found["se"], name, "by.se")


def test_calibrated_weights_of_unequal_probabilities_equal_r() -> None:
    rows = UNITS.with_columns(one=pl.lit(1.0))
    made = Sample.from_frame(rows, strata="h", fpc="p", pps="brewer").calibrate(
        numbers={"one": 130, "x": 1650}
    )
    near(made.total("y").frame["estimate"], "calibrated", "total")
    near(made.total("y").frame["se"], "calibrated", "total.se")


@pytest.mark.parametrize("rule", ["remove", "certainty", "adjust", "average"])
@pytest.mark.parametrize("kind", ["units", "rows"])
def test_lonely_units_of_a_domain_equal_r(kind: str, rule: str) -> None:
    design: dict[str, Any] = {"strata": "h", "psu": "u"} if kind == "units" else {"strata": "u"}
    sample = Sample.from_frame(ROWS, weight="w", lonely=rule, lonely_domain=True, **design)
    where = "u = 15 OR h = 'a' AND u < 9"
    where = where if kind == "units" else "g = 'x' AND b = 1 OR h = 'a' AND u < 9 AND g <> 'x'"
    part, name = sample.subset(where), f"alone.{kind}.{rule}"
    near(part.mean("y").frame["estimate"], name, "mean")
    near(part.mean("y").frame["se"], name, "mean.se")
    near(part.total("y").frame["estimate"], name, "total")
    if (name, "total.se") in expected():
        near(part.total("y").frame["se"], name, "total.se")
    near(part.glm("y ~ x").coefficients.frame["se"], name, "glm.se")
    near(np.sqrt(np.diag(part.mean("y").covariance())), name, "mean.se")


def test_variances_of_all_samples_are_right_on_average() -> None:
    """Horvitz-Thompson's and Yates-Grundy's are unbiased: their mean over all samples is the true one."""
    y, odds = np.array([3.0, 8, 1, 12, 7, 5]), np.array([1.0, 2, 1, 4, 3, 2])
    drawn = list(combinations(range(6), 3))
    chance = np.array([odds[list(each)].prod() for each in drawn])
    chance /= chance.sum()
    joint = np.zeros((6, 6))
    for each, p in zip(drawn, chance, strict=True):
        joint[np.ix_(each, each)] += p
    for variance in ("HT", "YG"):
        totals, squares = [], []
        for each in drawn:
            pairs = joint[np.ix_(each, each)]
            rows = pl.DataFrame({"y": y[list(each)], "p": pairs.diagonal()})
            z = rows["y"].to_numpy() / rows["p"].to_numpy()
            pps = PPS("joint", joint=pairs, variance=variance)
            sample = Sample.from_frame(rows, fpc="p", pps=pps)
            totals.append(sample.total("y").frame["estimate"].item())
            form = sample.stages[0].form
            assert form is not None
            squares.append(float(z @ form.times(z[:, None])[:, 0]))
        truth = chance @ (np.array(totals) - y.sum()) ** 2
        assert abs(chance @ totals - y.sum()) < 1e-9
        assert abs(chance @ squares - truth) < 1e-9 * truth


def test_differences_follow_from_the_covariances() -> None:
    for name in ("two", "overton", "phases.strata"):
        found = of(name).mean(["y", "x"])
        v = found.covariance()
        pair = found.contrast({0: -1, 1: 1})
        assert abs(pair.se**2 - (v[0, 0] + v[1, 1] - 2 * v[0, 1])) < 1e-9
        groups = of(name).mean("y", by="b")
        both = groups.covariance()
        expected_se = np.sqrt(both[0, 0] + both[1, 1] - 2 * both[0, 1])
        assert abs(groups.pairs()["se"].item() - expected_se) < 1e-9


REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "method": (lambda: PPS("sampford"), "sampford"),
    "squares": (lambda: PPS("brewer", squares=0.3), "HR"),
    "no matrix": (lambda: PPS("joint"), "joint"),
    "shape": (lambda: PPS("joint", joint=np.ones((2, 3))), "as many rows"),
    "zero pairs": (lambda: PPS("joint", joint=np.eye(3)), "never drawn"),
    "lopsided": (lambda: PPS("joint", joint=np.array([[0.5, 0.2], [0.1, 0.5]])), "symmetric"),
    "likelier": (lambda: PPS("joint", joint=np.array([[0.5, 0.4], [0.4, 0.3]])), "likelier"),
    "too few": (lambda: Sample.from_frame(UNITS, fpc="p", pps=PPS("joint", joint=MATRIX)), "each row"),
    "no fpc": (lambda: Sample.from_frame(UNITS, weight="w", pps="brewer"), "fpc="),
    "populations": (lambda: Sample.from_frame(UNITS, fpc="w", pps="brewer"), "at most 1"),
    "varies": (lambda: Sample.from_frame(ROWS, weight="w", psu="h", fpc="p", pps="brewer"), "varies"),
    "stages": (
        lambda: Sample.from_frame(ROWS, psu=["u", "k"], fpc=["p", "f"], pps="overton"),
        "brewer",
    ),
    "rule": (lambda: Sample.from_frame(UNITS, fpc="p", pps="brewer", lonely="adjust"), "certainty"),
    "replicates": (
        lambda: Sample.from_frame(
            UNITS, weight="w", fpc="p", pps="brewer", replicates=Replicates("p", "JK1")
        ),
        "one of the two",
    ),
    "jackknife": (lambda: of("brewer").replicated("JK1"), "put back"),
    "calibrated phases": (lambda: of("phases.strata").poststratify("s", {"lo": 1}), "first phase"),
    "two stages": (
        lambda: Sample.from_frame(
            ROWS, weight="w", psu=["u", "k"], fpc=["p", "f"], lonely="remove", lonely_domain=True
        ),
        "several stages",
    ),
    "nobody": (
        lambda: Sample.of_two_phases(PHASES.with_columns(o=pl.lit(0)), inside="o"),
        "in no row",
    ),
    "stratum": (
        lambda: Sample.of_two_phases(
            PHASES.with_columns(o=(pl.col("s") == "lo").cast(pl.Int8)), inside="o", second={"strata": "s"}
        ),
        "was drawn again",
    ),
    "word": (lambda: Sample.of_two_phases(PHASES, inside="again", second={"weights": "q"}), "weights"),
    "gaps": (lambda: Sample.of_two_phases(PHASES, inside="again", second={"strata": "y"}), "missing"),
    "twophase": (lambda: Sample.from_frame(PHASES, weight="q", subset="again"), "of_two_phases"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_go_together_is_said(name: str) -> None:
    ask, words = REFUSED[name]
    with pytest.raises(ThuisError, match=words):
        ask()
