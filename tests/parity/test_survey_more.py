"""Questions that fewer ask, against R survey 4.1 and AER: survey_more.R wrote survey_more.csv."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Estimates, Replicates, Sample

DATA = Path(__file__).parent / "data"
EXPECTED = pl.read_csv(DATA / "survey_more.csv", null_values="NA", infer_schema_length=None)
LINKS = [
    "binomial log",
    "binomial identity",
    "poisson sqrt",
    "poisson identity",
    "gamma identity",
    "gaussian inverse",
    "inverse.gaussian log",
    "inverse.gaussian 1/mu^2",
]
DISTRIBUTIONS = ["weibull", "exponential", "lognormal", "loglogistic", "gaussian", "logistic"]


@cache
def rows(name: str) -> pl.DataFrame:
    found = pl.read_csv(DATA / f"{name}.csv", null_values="NA", infer_schema_length=None)
    n = pl.int_range(1, pl.len() + 1)
    found = found.with_columns(z=n % 3, u=(n * (7 % 11)) % 5, b=((n * 13) % 17 < 5).cast(pl.Int64))
    found = found.with_columns(
        time=1 + (n * 29) % 37 + pl.col("z"),
        died=((n * 31) % 10 < 7).cast(pl.Int64),
        x=(n * 5) % 7 / 10 + pl.col("u") / 4,
        y=pl.col("y").fill_null(80).clip(1),
        one=pl.lit(2),
    )
    return found.with_columns(v=50 + 40 * (-pl.col("time") / 10).exp() + (pl.col("y") - 80) / 10)


@cache
def sample(case: str) -> Sample:
    if case == "JKn":
        own = Replicates("r[0-9]*", "JKn", factors=(0.5,) * 62)
        return Sample.from_frame(rows("jkn"), weight="w", replicates=own)
    design: dict[str, Any] = {} if case == "even" else {"strata": "stratum", "psu": "psu", "nest": True}
    return Sample.from_frame(rows("nhanes2"), weight="w" if case == "taylor" else "one", **design)


def r(case: str, what: str) -> tuple[list[float], list[float]]:
    found = EXPECTED.filter(pl.col("case") == case, pl.col("what") == what)
    assert found.height, (case, what)
    return found["estimate"].to_list(), found["se"].to_list()


def same(found: Estimates, case: str, what: str, tolerance: float = 1e-8) -> None:
    estimate, se = r(case, what)
    assert found.frame["estimate"].to_list() == pytest.approx(estimate, rel=tolerance, abs=1e-10), what
    assert found.frame["se"].to_list() == pytest.approx(se, rel=tolerance), what


@pytest.mark.parametrize("case", ["taylor", "JKn"])
@pytest.mark.parametrize("name", LINKS)
def test_links(name: str, case: str) -> None:
    family, _, link = name.partition(" ")
    outcome = "b" if family == "binomial" else "y"
    model = sample(case).glm(f"{outcome} ~ x + C(z)", family=family, link=link)
    same(model.coefficients, case, name)
    if case == "taylor":
        found = model.joint("C(z)", method="working", null=(0.01, 0.02))
        assert [found.chi2, found.p] == pytest.approx(r(case, f"{name} working")[0][:2], rel=1e-7)
        weights = sorted(r(case, f"{name} working")[0][2:])
        assert sorted(found.weights) == pytest.approx(weights, rel=1e-8)


def test_a_link_that_leaves_what_there_can_be() -> None:
    some = pl.DataFrame({"y": [0] * 9 + [1] * 9, "x": [*range(9)] * 2, "w": [1.0] * 18})
    edge = some.with_columns(y=(pl.col("x") > 3).cast(pl.Int64))
    with pytest.raises(ThuisError, match="no answer inside"):
        Sample.from_frame(edge, weight="w").glm("y ~ x", family="binomial", link="log")
    flat = Sample.from_frame(some, weight="w").glm("y ~ x", family="binomial", link="log")
    assert flat.coefficients.frame["estimate"].to_list() == pytest.approx([np.log(0.5), 0.0], abs=1e-12)


def test_criteria() -> None:
    d = sample("taylor")
    model, large = (d.glm(f"b ~ x + C(z){more}", family="binomial") for more in ("", " + u"))
    found = model.aic(penalty=3)
    assert [found.value, found.parameters, found.effect] == pytest.approx(r("taylor", "aic")[0], rel=1e-8)
    found = model.bic(large)
    assert [found.value, found.parameters] == pytest.approx(r("taylor", "bic")[0], rel=1e-8)
    found = large.bic(large)
    assert [found.value, found.parameters] == pytest.approx(r("taylor", "bic largest")[0], rel=1e-8)
    assert found.effect is None
    found = d.glm("y ~ x + C(z)").aic()
    expected = r("taylor", "aic linear")[0]
    assert [found.value, found.parameters, found.effect] == pytest.approx(expected, rel=1e-8)
    with pytest.raises(ThuisError, match="coefficient of the largest model 'u'"):
        large.bic(model)
    with pytest.raises(ThuisError, match="rows"):
        model.bic(d.subset("z < 3 AND u < 4").glm("b ~ x + C(z) + u", family="binomial"))


def test_joint_tests_of_other_values_and_with_offsets() -> None:
    model = sample("taylor").glm("b ~ x + C(z)", family="binomial")
    found = model.joint("C(z)", null=[0.1, -0.2])
    assert [found.f, *found.df, found.p] == pytest.approx(r("taylor", "null")[0], rel=1e-7)
    with pytest.raises(ThuisError, match="null has 3 numbers"):
        model.joint("C(z)", null=[0.1, 0.2, 0.3])
    with pytest.raises(ThuisError, match="null other than 0"):
        model.joint("C(z)", method="lrt", null=1)
    tenth = sample("taylor").mutate(tenth="u / 10.0")
    found = tenth.glm("b ~ x + C(z) + offset(tenth)", family="binomial").joint("C(z)", method="lrt")
    chi2, p, *weights = r("taylor", "lrt offset")[0]
    assert [found.chi2, found.p] == pytest.approx([chi2, p], rel=1e-7)
    assert sorted(found.weights) == pytest.approx(sorted(weights), rel=1e-8)


def test_instruments() -> None:
    same(sample("taylor").instrumental("y ~ x + C(z) | u + C(z)"), "taylor", "iv")
    same(sample("taylor").instrumental("y ~ x | u + C(z)"), "taylor", "iv over")
    same(sample("JKn").instrumental("y ~ x | u"), "JKn", "iv")
    plain, own = (
        sample("taylor").glm("y ~ x + C(z)"),
        sample("taylor").instrumental("y ~ x + C(z) | x + C(z)"),
    )
    assert own.frame["se"].to_list() == pytest.approx(plain.coefficients.frame["se"].to_list())
    for formula, said in (
        ("y ~ x", "has no instruments"),
        ("y ~ x + u | z", "2 columns of instruments for 3"),
        ("y ~ x | q", "unknown column 'q'"),
        ("y ~ x + u | one + z + died", "do not tell them apart"),
    ):
        with pytest.raises(ThuisError, match=said):
            sample("taylor").subset("z = 1").instrumental(formula) if "one" in formula else sample(
                "taylor"
            ).instrumental(formula)


def test_log_linear_models() -> None:
    d = sample("taylor")
    one, two, every = (d.loglinear(f) for f in ("b + z + race", "~ b * z + race", "b * z * race"))
    for model, what in ((one, "loglin"), (two, "loglin two"), (every, "loglin all")):
        estimate, se = r("taylor", what)
        own = model.coefficients.frame
        # R and we run through the terms of a crossing in another order.
        for name, expected in (("estimate", estimate), ("se", se)):
            found = own[name].to_list()
            assert sorted(found) == pytest.approx(sorted(expected), rel=1e-7, abs=1e-9), (what, name)
    for small, large, what in ((one, two, "one two"), (two, every, "two all")):
        found = large.versus(small)
        assert found == small.versus(large)
        own = [found.deviance, found.p, found.saddlepoint, found.pearson, found.p_pearson]
        assert own == pytest.approx(r("taylor", f"anova {what}")[0], rel=1e-6, abs=1e-12)
    with pytest.raises(ThuisError, match="neither"):
        d.loglinear("b * z + race").versus(d.loglinear("b + z * race"))
    with pytest.raises(ThuisError, match="other cells"):
        d.loglinear("b + z").versus(d.loglinear("b * race"))


def test_tables_and_curves_that_cannot_be() -> None:
    d = sample("taylor").mutate(e="CASE WHEN z = 1 AND b = 1 THEN 2 ELSE z END")
    for asked, said in (
        (lambda: d.loglinear("log(time) + b"), "is no table"),
        (lambda: d.loglinear("b + z - 1"), "is no table"),
        (lambda: d.loglinear("e * b"), "given together by nobody"),
        (lambda: d.smooth("y ~ one", bandwidth=3), "'one' has one answer"),
        (
            lambda: d.nonlinear("y", lambda rows, at: at["a"] + at["b"], {"a": 1, "b": 2}),
            "do not tell them apart",
        ),
    ):
        with pytest.raises(ThuisError, match=said):
            asked()


def test_two_columns_by_chance_alone_are_the_test_of_independence() -> None:
    for case in ("taylor", "JKn"):
        d = sample(case)
        found = d.loglinear("b + z").versus(d.loglinear("b * z"))
        other = d.independence("b", "z")
        # The deviance in place of Pearson's distance, and the simple covariance at the cells as they are.
        assert found.pearson / sum(found.effects) == pytest.approx(other.f, rel=0.02)


@pytest.mark.parametrize("scale", [True, False])
def test_components(scale: bool) -> None:
    found = sample("even").components(["y", "x", "time"], scale=scale)
    assert list(found.sd) == pytest.approx(r("even", f"components {str(scale).upper()}")[0], rel=1e-8)
    loadings = found.loadings.drop("column").to_numpy()
    expected = r("even", f"loadings {str(scale).upper()}")[0]
    assert np.abs(loadings.T).ravel().tolist() == pytest.approx(expected, rel=1e-7, abs=1e-10)
    assert found.scores.to_numpy().std(axis=0, ddof=1).tolist() == pytest.approx(list(found.sd))


def test_components_of_weighted_rows() -> None:
    found = sample("taylor").components(["y", "x", "time"])
    assert list(found.sd) == pytest.approx(r("taylor", "components")[0], rel=1e-8)
    assert sum(found.share) == pytest.approx(1.0)
    with pytest.raises(ThuisError, match="two or more"):
        sample("taylor").components("y")
    with pytest.raises(ThuisError, match="'one' has one answer"):
        sample("taylor").components(["y", "one"])


def test_curves() -> None:
    found = sample("taylor").smooth("y ~ time", bandwidth=3)
    assert found["y"].to_list() == pytest.approx(r("taylor", "smooth")[0], rel=1e-8)
    found = sample("taylor").smooth("time", bandwidth=2)
    assert found["density"].to_list() == pytest.approx(r("taylor", "density")[0], rel=1e-8)
    with pytest.raises(ThuisError, match="less than a quarter of the step"):
        sample("taylor").smooth("y ~ time", bandwidth=0.001)
    with pytest.raises(ThuisError, match="is no curve"):
        sample("taylor").smooth("y ~ time + x", bandwidth=3)


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_lifetimes(distribution: str) -> None:
    found = sample("taylor").lifetimes("time", "died", "x + C(z)", distribution=distribution)
    same(found, "taylor", f"lifetimes {distribution}")


def test_times_at_which_a_share_is_left() -> None:
    d = sample("taylor")
    found = d.survival_times("time", "died", left=(0.9, 0.75, 0.5, 0.25, 0.01))
    expected = r("taylor", "times left")[0]
    assert found["estimate"].to_list() == expected
    curve = d.survival("time", "died").frame
    lower = curve.filter(pl.col("lower") <= 0.5)["time"].min()
    assert found.filter(pl.col("left") == 0.5)["lower"].item() == lower
    assert (found["lower"] <= found["estimate"]).all()
    by_race = d.survival_times("time", "died", by="race", left=(0.75, 0.5))
    assert by_race["estimate"].to_list() == r("taylor", "times left by")[0]
    with pytest.raises(ThuisError, match="a share left of 2"):
        d.survival_times("time", "died", left=2)


def test_curves_and_likelihoods_of_ones_own() -> None:
    def curve(rows: Any, at: Any) -> Any:
        return at["a"] + at["b"] * np.exp(-at["c"] * rows["time"])

    start = {"a": 40, "b": 30, "c": 0.2}
    same(sample("even clusters").nonlinear("v", curve, start, "time"), "even clusters", "nls", 1e-7)
    weighted = sample("taylor").nonlinear(
        "y", lambda rows, at: at["a"] + at["b"] * rows["x"], {"a": 1, "b": 0}, "x"
    )
    plain = sample("taylor").glm("y ~ x").coefficients.frame
    assert weighted.frame["se"].to_list() == pytest.approx(plain["se"].to_list(), rel=1e-9)
    again = sample("JKn").nonlinear(
        "y", lambda rows, at: at["a"] + at["b"] * rows["x"], {"a": 1, "b": 0}, "x"
    )
    assert again.frame["se"].to_list() == pytest.approx(
        sample("JKn").glm("y ~ x").coefficients.frame["se"].to_list(), rel=1e-9
    )

    def normal(rows: Any, at: Any) -> Any:
        away = rows["y"] - at["mean"] - at["slope"] * rows["x"]
        return -(away**2) / (2 * np.exp(2 * at["log sd"])) - at["log sd"]

    found = sample("taylor").likelihood(normal, {"mean": 80, "slope": 0, "log sd": 3}, ["y", "x"])
    same(found, "taylor", "mle", 1e-6)
    assert found.frame["se"].to_list()[:2] == pytest.approx(plain["se"].to_list(), rel=1e-8)


def test_a_likelihood_of_ones_own_is_that_of_the_house() -> None:
    own = sample("taylor").likelihood(
        lambda rows, at: rows["died"] * (at["rate"]) - np.exp(at["rate"]) * rows["time"],
        {"rate": -3},
        ["time", "died"],
    )
    house = sample("taylor").lifetimes("time", "died", "1", distribution="exponential").frame
    assert own.frame["estimate"].item() == pytest.approx(-house["estimate"].item(), rel=1e-9)
    assert own.frame["se"].item() == pytest.approx(house["se"].item(), rel=1e-8)


def test_functions_that_cannot_be() -> None:
    for function, said in (
        (lambda rows, at: -np.abs(at["a"] - rows["y"]), "has no derivative"),
        (lambda rows, at: rows["nothing"], "the function fails"),
        (lambda rows, at: at["a"].real * rows["y"], "has no derivative"),
        (lambda rows, at: at["a"] * np.ones(3), "the function fails"),
    ):
        with pytest.raises(ThuisError, match=said):
            sample("taylor").likelihood(function, {"a": 1.5}, "y")
    with pytest.raises(ThuisError, match="no start"):
        sample("taylor").likelihood(lambda rows, at: 1, {}, "y")


def test_statistics_of_ones_own() -> None:
    def statistic(weight: Any, rows: pl.DataFrame) -> dict[str, float]:
        y, x = rows["y"].to_numpy(), rows["x"].to_numpy()
        return {"mean": weight @ y / weight.sum(), "ratio": weight @ (x * y) / (weight @ x)}

    found = sample("JKn").statistic(statistic, ["y", "x"])
    same(found, "JKn", "statistic")
    assert found.frame["measure"].to_list() == ["mean", "ratio"]
    some = sample("JKn").subset("z = 1")
    same_mean = some.mean("y").frame["se"].item()
    assert some.statistic(statistic, ["y", "x"]).frame["se"][0] == pytest.approx(same_mean, rel=1e-10)
    for function, said in (
        (lambda w, rows: "text", "the statistic is text"),
        (lambda w, rows: rows["q"], "fails"),
    ):
        with pytest.raises(ThuisError, match=said):
            sample("JKn").statistic(function, "y")
    with pytest.raises(ThuisError, match="only replicate weights"):
        sample("taylor").statistic(statistic, ["y", "x"])


def six(case: str) -> Sample:
    n = np.arange(1, sample(case).size + 1)
    e, late = (n * 29) % 37 / 10, (n * 31) % 23 / 8
    columns = {
        "f1": e + (n * 7) % 5 / 2,
        "f2": 0.8 * e + (n * 11) % 7 / 3,
        "f3": 0.6 * e + (n * 13) % 9 / 4,
        "f4": late + (n * 17) % 13 / 5,
        "f5": 0.9 * late + (n * 19) % 16 / 6,
        "f6": 0.7 * late + 0.3 * e + (n * 23) % 11 / 6,
    }
    return sample(case).mutate(**{name: pl.Series(name, each) for name, each in columns.items()})


@pytest.mark.parametrize("case", ["taylor", "JKn"])
@pytest.mark.parametrize("many", [1, 2])
def test_factors(case: str, many: int) -> None:
    d, names = six(case), [f"f{k}" for k in range(1, 7)]
    found = d.factors(names, many)
    assert found.own["own"].to_list() == pytest.approx(r(case, f"own {many}")[0], rel=1e-8)
    loadings = found.loadings.drop("column").to_numpy().T.ravel()
    assert loadings.tolist() == pytest.approx(r(case, f"factors {many}")[0], rel=1e-7, abs=1e-8)
    df, chi2, p, *sizes = r(case, f"enough {many}")[0]
    assert [found.df, found.chi2, found.p] == pytest.approx([df, chi2, p], rel=1e-7)
    counted = [d.factors(names, many, size=each).size for each in ("rows", "design", "effective", "least")]
    assert counted == pytest.approx(sizes, rel=1e-8)
    assert d.factors(names, many, size="none").p is None


@pytest.mark.parametrize(
    ("columns", "many", "problem"),
    [
        (["f1", "f2"], 1, "2 columns for factors"),
        (["f1", "f2", "f3"], 2, "2 factors of 3 columns"),
        (["f1", "f2", "one"], 1, "'one' has one answer"),
        (["f1", "f2", "nothing"], 1, "unknown column 'nothing'"),
    ],
)
def test_no_factors(columns: list[str], many: int, problem: str) -> None:
    with pytest.raises(ThuisError, match=problem):
        six("taylor").factors(columns, many)


def test_words_of_factors_that_are_none() -> None:
    for words in ({"rotation": "promax"}, {"size": "sample"}):
        with pytest.raises(ThuisError, match=next(iter(words))):
            six("taylor").factors(["f1", "f2", "f3"], 1, **words)


@pytest.mark.parametrize(
    ("case", "what", "formula", "family"),
    [
        ("taylor", "profile", "b ~ x + C(z)", "binomial"),
        ("taylor", "profile poisson", "b ~ x + C(z)", "poisson"),
        ("taylor", "profile gaussian", "y ~ x + C(z)", "gaussian"),
        ("JKn", "profile", "b ~ x + C(z)", "binomial"),
    ],
)
def test_profiles(case: str, what: str, formula: str, family: str) -> None:
    model = sample(case).glm(formula, family=family)
    found = np.concatenate([model.profile()[each].to_numpy() for each in ("lower", "upper")])
    assert found.tolist() == pytest.approx(r(case, what)[0], rel=1e-7)
    if family == "gaussian":
        own = model.coefficients.frame
        plain = np.concatenate([own["lower"].to_numpy(), own["upper"].to_numpy()])
        assert found.tolist() == pytest.approx(plain.tolist(), rel=1e-7)
    if what == "profile" and case == "taylor":  # of replicate weights R finds no end
        assert found.tolist() == pytest.approx(r(case, f"{what} spline")[0], rel=0.02, abs=0.01)


def test_profiles_without_an_end_or_a_level() -> None:
    some = pl.DataFrame({"y": [0, 1, 0, 1, 1, 1, 0, 0], "x": [0, 1, 2, 3, 4, 5, 3, 4], "w": [1.0] * 8})
    model = Sample.from_frame(some, weight="w").glm("y ~ x", family="binomial")
    with pytest.raises(ThuisError, match="level 95"):
        model.profile(95)
    flat = Sample.from_frame(some, weight="w").glm("y ~ 1", family="binomial").profile()
    assert flat.row(0)[2:] == pytest.approx([-flat["upper"].item(), flat["upper"].item()], rel=1e-9)
