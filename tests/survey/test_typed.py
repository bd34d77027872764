"""Expressions where a column is asked, curves in formulas, contrasts by name: as people type them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Sample


def rows(n: int = 240) -> pl.DataFrame:
    rng = np.random.default_rng(3)
    age = np.round(rng.uniform(18, 90, n))
    return pl.DataFrame(
        {
            "age": age,
            "income": np.round(rng.lognormal(3, 0.5, n), 2) + age / 10,
            "a.b": rng.integers(1, 9, n),
            "two words": rng.integers(0, 3, n),
            "sex": rng.choice(["f", "m"], n),
            "edu": rng.choice(["low", "mid", "high"], n),
            "h": np.arange(n) % 6,
            "w": rng.uniform(1, 3, n),
        }
    ).with_columns(pl.when(pl.int_range(n) % 11 == 0).then(None).otherwise("income").alias("income"))


def sample(**more: Any) -> Sample:
    return Sample.from_frame(rows().with_columns(**more), weight="w", strata="h")


INCOME, AGE = pl.col("income"), pl.col("age")
MADE: dict[str, tuple[Callable[[Sample], Any], pl.Expr]] = {
    "minus": (lambda s: s.mean("income - age"), INCOME - AGE),
    "log is natural": (lambda s: s.mean("log(income)"), INCOME.log()),
    "log10": (lambda s: s.mean("log10(income)"), INCOME.log10()),
    "power": (lambda s: s.total("income ^ 2"), INCOME**2),
    "dots": (lambda s: s.mean("a.b / income"), pl.col("a.b") / INCOME),
    "backticks": (lambda s: s.mean("`two words` * 2"), pl.col("two words") * 2),
    "condition": (lambda s: s.proportion("income > 20"), (INCOME > 20).cast(pl.Int64)),
    "word": (lambda s: s.mean("sex == 'm'"), (pl.col("sex") == "m").cast(pl.Int64)),
    "and": (
        lambda s: s.proportion("age > 50 and sex == 'f'"),
        ((AGE > 50) & (pl.col("sex") == "f")).cast(int),
    ),
    "variance": (lambda s: s.variance("income - age"), INCOME - AGE),
    "quantile": (lambda s: s.quantile("income - age"), INCOME - AGE),
}


@pytest.mark.parametrize("kind", MADE)
def test_an_expression_is_the_column_it_makes(kind: str) -> None:
    ask, column = MADE[kind]
    found = ask(sample()).frame
    made = sample(made=column)
    wanted = {"power": made.total, "variance": made.variance, "quantile": made.quantile}.get(kind, made.mean)
    other = wanted("made").frame
    for name in ("estimate", "se", "n"):
        assert np.allclose(found[name], other[name], rtol=1e-12)


def test_groups_by_expression() -> None:
    found = sample().mean("income", by=["age > 50", "sex"]).frame
    assert found.columns[2:4] == ["age > 50", "sex"]
    assert found["age > 50"].to_list() == [False, False, True, True]
    cut = sample().mean("income", by="cut(age, [18, 40, 65, inf], include.lowest=True)").frame
    assert cut[cut.columns[2]].to_list() == ["[18,40]", "(40,65]", "(65,Inf]"]
    assert cut["n"].sum() == rows()["income"].count()


def test_missing_answers_stay_missing() -> None:
    assert sample().proportion("income > 20").frame["n"].item() == rows()["income"].count()


def test_a_test_of_an_expression() -> None:
    a = sample().test("income - age", group="sex")
    b = sample(d=INCOME - AGE).test("d", group="sex")
    assert (a.statistic, a.p) == (b.statistic, b.p)
    assert sample().independence("age > 50", "sex").p == sample(o=AGE > 50).independence("o", "sex").p


@pytest.mark.parametrize("name", ["wilcoxon", "Wilcoxon", "vanderWaerden", "van-der-waerden", "median"])
def test_kinds_of_tests_as_r_writes_them(name: str) -> None:
    assert sample().test("income", group="sex", kind=name).p > 0


REFUSED = {
    "unknown inside": (lambda s: s.mean("incme - 1"), "unknown column 'incme - 1'"),
    "half known": (lambda s: s.mean("income - incme"), "cannot be worked out"),
    "no end": (lambda s: s.mean("income - (age"), "cannot be worked out"),
    "cut": (lambda s: s.mean("income", by="cut(age, [50, 20])"), "has no bounds"),
    "cut of nothing": (lambda s: s.mean("income", by="cut(ages, [20, 50]) + age"), "cut"),
    "a word": (lambda s: s.mean("edu"), "proportion('edu')"),
    "ns of words": (lambda s: s.glm("income ~ ns(edu, 3)"), "edu"),
    "ns of nothing": (lambda s: s.glm("income ~ ns(years, 3)"), "unknown column 'years'"),
    "ns of too little": (lambda s: s.glm("income ~ bs(age, df=1)"), "too few degrees"),
    "knots outside": (lambda s: s.glm("income ~ ns(age, knots=c(5))"), "lie outside"),
    "ns with what it has not": (lambda s: s.glm("income ~ ns(age, 3, fuzzy=2)"), "cannot be made"),
    "poly": (lambda s: s.glm("income ~ poly(age, 0)"), "whole number"),
    "poly too far": (lambda s: s.glm("income ~ poly(`two words`, 3)"), "different answers"),
    "s()": (lambda s: s.glm("income ~ s(age)"), "is no term"),
    "three words": (lambda s: s.glm("edu ~ age", family="binomial"), "3 answers in words"),
    "df": (lambda s: s.glm("income ~ age", df="desgn"), "did you mean 'design'"),
    "order": (lambda s: s.ordinal("edu ~ age"), "order of the answers of 'edu'"),
    "together": (lambda s: s.proportion("edu", together=True), "two or more"),
    "hidden": (lambda s: s.glm("income ~ age + I(age * `two words`)").margins("age"), "also stands in"),
    "kappa": (lambda s: s.kappa("edu", "edu"), "with itself"),
    "alpha": (lambda s: s.alpha(["age"]), "two or more"),
    "alpha of words": (lambda s: s.alpha(["age", "edu"]), "expected: numbers"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_is_said(kind: str) -> None:
    ask, said = REFUSED[kind]
    with pytest.raises(ThuisError) as raised:
        ask(sample())
    assert said in str(raised.value)


CURVES = ["ns(age, 3)", "bs(age, df=5)", "bs(age, knots=c(40, 60), degree=2)", "poly(age, 3)", "scale(age)"]


@pytest.mark.parametrize("curve", CURVES)
def test_predictions_bend_where_the_model_does(curve: str) -> None:
    """A prediction for one new row is that of the same row among all: knots are those of the model."""
    model = sample().glm(f"income ~ {curve} + sex")
    at = pl.DataFrame({"age": [25.0, 50.0, 95.0], "sex": ["f", "m", "m"]})
    whole = model.predict(at).frame
    each = [model.predict(at[i]).frame["estimate"].item() for i in range(3)]
    assert np.allclose(whole["estimate"], each, rtol=1e-12)
    own = model.predict().frame
    known = rows().drop_nulls("income")
    assert np.allclose(own["estimate"][0], model.predict(known[:1]).frame["estimate"].item(), rtol=1e-10)


def test_curves_of_one_degree_are_lines() -> None:
    line = sample().glm("income ~ age").predict(pl.DataFrame({"age": [20, 80]})).frame
    for curve in ("ns(age, 1)", "poly(age, 1)", "scale(age)", "bs(age, df=1, degree=1)"):
        found = sample().glm(f"income ~ {curve}").predict(pl.DataFrame({"age": [20, 80]})).frame
        assert np.allclose(found["estimate"], line["estimate"], rtol=1e-9)
        assert np.allclose(found["se"], line["se"], rtol=1e-9)


def test_slopes_of_a_curve() -> None:
    square = sample().glm("income ~ age + I(age ** 2)").margins("age").frame
    found = sample().glm("income ~ poly(age, 2)").margins("age").frame
    assert np.allclose(found["estimate"], square["estimate"], rtol=1e-6)
    assert np.allclose(found["se"], square["se"], rtol=1e-6)


def test_curves_in_other_models() -> None:
    s = sample(t=AGE, died=(pl.int_range(240) % 3 > 0).cast(pl.Int64))
    assert s.hazards("t", "died", "ns(`a.b`, 2) + I(income > 20)").coefficients.frame.height == 3
    assert s.ordinal("`two words` ~ poly(age, 2)").frame.height == 4
    assert s.glm("income ~ ns(age, 3) * sex").joint("ns(age, 3):sex").df[0] == 3


def test_outcomes_in_words() -> None:
    model = sample().glm("sex ~ age", family="binomial")
    one = sample(m=(pl.col("sex") == "m").cast(pl.Int64)).glm("m ~ age", family="binomial")
    text = sample().glm("sex == 'm' ~ age", family="binomial")
    for other in (one, text):
        assert (
            model.coefficients.frame["estimate"].to_list() == other.coefficients.frame["estimate"].to_list()
        )


def test_freedom_of_a_model() -> None:
    plain = sample().glm("income ~ age")
    assert sample().glm("income ~ age", df="design").coefficients.frame["df"][0] == sample().df
    assert sample().glm("income ~ age", df=7).coefficients.frame["df"][0] == 7
    assert plain.coefficients.frame["df"][0] < sample().df


def test_contrasts_by_name() -> None:
    found = sample().mean(["income", "age"])
    assert found.contrast({"income": 1, "age": -1}) == found.contrast([1, -1])
    parts = sample().proportion("edu")
    assert parts.contrast({"low": 1, "high": -1}) == parts.contrast({1: 1, 0: -1})


def test_several_contrasts_with_their_covariances() -> None:
    found = sample().mean("income", by="edu")
    several = found.contrast({"a": {"low": 1, "high": -1}, "b": [0, 1, -1], "c": lambda e: e[0] / e[1]})
    one = found.contrast({"low": 1, "high": -1})
    assert several.frame["measure"].to_list() == ["a", "b", "c"]
    assert np.isclose(several.frame["se"][0], one.se) and np.isclose(several.frame["p"][0], one.p)
    # Rows are high, low, mid, so that b less a is high less mid.
    assert np.isclose(several.difference("a", "b").se, found.contrast({"high": 1, "mid": -1}).se)
    assert several.joint([0, 1]).df[0] == 2


def test_shares_of_combinations() -> None:
    found = sample().proportion(["sex", "edu"], together=True).frame
    assert found["measure"][0] == "proportion(sex:edu = f, high)"
    assert np.isclose(found["estimate"].sum(), 1)
    assert sample().proportion("edu", values="low").frame["estimate"].item() > 0


def test_kappa_of_answers_that_differ() -> None:
    """Answers that only one column has are in both."""
    s = sample(x=pl.col("a.b").clip(1, 3), y=pl.col("a.b").clip(2, 4))
    found = s.kappa("x", "y")
    w, x, y = rows()["w"].to_numpy(), rows()["a.b"].clip(1, 3).to_numpy(), rows()["a.b"].clip(2, 4).to_numpy()
    same = (w * (x == y)).sum() / w.sum()
    chance = sum((w * (x == k)).sum() * (w * (y == k)).sum() for k in range(1, 5)) / w.sum() ** 2
    assert np.isclose(found.estimate, (same - chance) / (1 - chance), rtol=1e-12)
    assert found.se > 0


def test_alike_in_every_stratum_is_no_spread() -> None:
    found = sample(same=pl.col("h") / 7, w=pl.col("h") + 1.3).mean("same").frame
    assert found["se"].item() == 0.0


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("log(income)", INCOME.log()),
        ("LOG (income + 1)", (INCOME + 1).log()),
        ("log(greatest(income, age))", pl.max_horizontal(INCOME, AGE).log()),
        ("log(2, age)", AGE.log(2)),
        ("log10(age)", AGE.log10()),
        ("length('log(x)') + age", AGE + 6),
    ],
)
def test_log_is_the_same_one_in_new_columns_and_conditions(text: str, meant: pl.Expr) -> None:
    """An engine's own ``log`` has base 10 in one and e in another."""
    made = sample().mutate(made=text).mean("made").frame
    asked = sample(made=meant).mean("made").frame
    assert made["estimate"].item() == pytest.approx(asked["estimate"].item(), rel=1e-12)
    bound = asked["estimate"].item()
    inside = sample().subset(f"{text} > {bound}").total("age").frame["estimate"].item()
    same = sample(made=meant).subset(pl.col("made") > bound).total("age").frame["estimate"].item()
    assert inside == pytest.approx(same, rel=1e-12)
