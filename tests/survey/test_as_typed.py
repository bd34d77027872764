"""Questions as analysts type them: arrays and Series, names that differ in case, codes for no answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyreadstat
import pytest
from scipy import special

from thuis.errors import Remark, ThuisError
from thuis.survey import Proportion, Replicates, Sample

ROWS = pl.DataFrame(
    {
        "y": [1.0, 2.0, 4.0, 8.0, 3.0, 5.0],
        "g": ["a", "b", "a", "c", "b", "c"],
        "k": [1, 2, 1, 3, 2, 3],
        "b": [0, 1, 1, 0, 1, 1],
        "w": [1.0, 2.0, 1.0, 1.0, 2.0, 1.0],
    }
)


def sample() -> Sample:
    return Sample.from_frame(ROWS, weight="w")


@pytest.mark.parametrize(
    "values",
    [
        [1, 2],
        (1, 2),
        {1, 2},
        np.array([1, 2]),
        pl.Series([1, 2]),
        pd.Series([1, 2]),
        range(1, 3),
        [np.int64(1), np.float64(2)],
        {1: "x", 2: "y"}.keys(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_answers_come_in_any_shape(values: Any) -> None:
    right = sample().subset(k=[1, 2]).mean("y").frame["estimate"].item()
    assert right == 15 / 6
    assert sample().subset(k=values).mean("y").frame["estimate"].item() == right
    share = sample().proportion("k", values=values).frame["estimate"].item()
    assert share == pytest.approx(6 / 8)


@pytest.mark.parametrize("value", ["b", np.str_("b"), ["b"], np.array(["b"]), pl.Series(["b"])])
def test_one_word_is_one_answer_not_its_letters(value: Any) -> None:
    assert Proportion("g", values=value).values == ("b",)
    assert sample().proportion("g", values=value).frame["estimate"].item() == pytest.approx(0.5)
    assert sample().subset(g=value).total().frame["estimate"].item() == 4.0


@pytest.mark.parametrize("value", [np.float64("nan"), None, object()])
def test_what_is_no_answer_is_said(value: Any) -> None:
    with pytest.raises(ThuisError, match=r"cannot stand in column|NaN is no answer"):
        sample().subset(k=value)


def test_columns_that_differ_in_case_stay_apart(tmp_path: Path) -> None:
    rows = ROWS.with_columns(Y=pl.col("y") * 10, W=pl.lit(1.0), G=pl.lit("x"))
    path = tmp_path / "rows.parquet"
    rows.write_parquet(path)
    for source in (rows, rows.to_pandas(), rows.to_arrow(), rows.lazy(), path):
        found = Sample.from_frame(source, weight="w", strata="g")
        assert found.mean("Y").frame["estimate"].item() == 10 * found.mean("y").frame["estimate"].item()
        assert Sample.from_frame(source, weight="W").mean("y").frame["estimate"].item() == 23 / 6
        assert found.subset(g="a").mean("Y", by="G").frame["estimate"].item() == 25.0
        model = found.glm("Y ~ y").coefficients.frame
        assert model["estimate"].to_list() == pytest.approx([0.0, 10.0], abs=1e-9)
        made = Sample.from_frame(source, weight="w").poststratify("g", {"a": 1, "b": 1, "c": 2})
        assert made.mean("Y").frame["estimate"].item() == pytest.approx(10 * (2.5 + 2.5 + 2 * 6.5) / 4)


def test_several_levels_at_once() -> None:
    several = sample().mean("y", by="g", level=(0.9, 0.95)).frame
    for level in (0.9, 0.95):
        one = sample().mean("y", by="g", level=level).frame
        for side in ("lower", "upper"):
            assert several[f"{side}_{100 * level:g}"].to_list() == one[side].to_list()
    assert several["lower"].to_list() == several["lower_90"].to_list()
    with pytest.raises(ThuisError, match="is no probability"):
        sample().mean("y", level="95%")
    with pytest.raises(ThuisError, match="df"):
        sample().mean("y", df=(3, 4))


def test_formulas() -> None:
    mean = sample().mean("y").frame
    alone = sample().glm("y ~ 1").coefficients.frame
    assert alone["estimate"].item() == pytest.approx(mean["estimate"].item(), rel=1e-12)
    assert alone["se"].item() == pytest.approx(mean["se"].item(), rel=1e-12)
    groups = sample().mean("y", by="g").frame
    whole = sample().glm("y ~ g - 1").coefficients.frame
    assert whole["measure"].to_list() == ["g_a", "g_b", "g_c"]
    assert whole["estimate"].to_list() == pytest.approx(groups["estimate"].to_list(), rel=1e-12)
    assert sample().glm("y ~ 0 + g").coefficients.frame.equals(whole)
    other = sample().glm('y ~ C(g, ref="c")').coefficients.frame
    assert other["measure"].to_list() == ["intercept", "g_a", "g_b"]
    assert other["estimate"][1] == pytest.approx(groups["estimate"][0] - groups["estimate"][2], rel=1e-12)
    made = ROWS.with_columns(l=pl.col("y").log(), q=pl.col("k") ** 2)
    for formula, columns in (("log(y) ~ k", "l ~ k"), ("y ~ I(k ** 2)", "y ~ q"), ("y ~ I(k^2)", "y ~ q")):
        found = Sample.from_frame(made, weight="w").glm(formula).coefficients.frame
        same = Sample.from_frame(made, weight="w").glm(columns).coefficients.frame
        assert found["estimate"].to_list() == pytest.approx(same["estimate"].to_list(), rel=1e-9)


def test_the_slope_of_a_transformed_number_is_that_of_the_number() -> None:
    """By hand: d(a + b log k)/dk = b/k, averaged; d(k^2) = 2k."""
    share = ROWS["w"] / ROWS["w"].sum()
    for formula, slope in (("y ~ log(k)", 1 / ROWS["k"]), ("y ~ k + I(k ** 2)", None)):
        model = sample().glm(formula)
        beta = model.coefficients.frame["estimate"]
        each = beta[1] * slope if slope is not None else beta[1] + 2 * beta[2] * ROWS["k"]
        assert model.margins("k").frame["estimate"].item() == pytest.approx(
            float((share * each).sum()), rel=1e-8
        )


def test_a_probit_of_one_mean_is_its_quantile() -> None:
    share = sample().proportion("b").frame
    found = sample().glm("b ~ 1", family="probit").coefficients.frame
    slope = np.exp(-(special.ndtri(share["estimate"].item()) ** 2) / 2) / np.sqrt(2 * np.pi)
    assert found["estimate"].item() == pytest.approx(special.ndtri(share["estimate"].item()), rel=1e-10)
    assert found["se"].item() == pytest.approx(share["se"].item() / slope, rel=1e-10)
    logit = sample().glm("b ~ k", family="binomial").coefficients.frame
    assert sample().glm("b ~ k", family="quasibinomial").coefficients.frame.equals(logit)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("y ~ C(g, ref='z')", "unknown answer of 'g' 'z'"),
        ("y ~ lo(k, 2)", "make the column first"),
        ("y ~ 0", "has no term"),
        ("y ~ log(g)", "holds VARCHAR"),
        ("y ~ log(b)", r"log\(b\) is no number in 2 rows"),
        ("g ~ y", "make a column of 1 and 0"),
    ],
)
def test_formulas_that_cannot_be_say_why(formula: str, message: str) -> None:
    with pytest.raises(ThuisError, match=message):
        sample().glm(formula)


def test_a_flag_is_no_replicate_weight() -> None:
    rows = ROWS.with_columns(r1=pl.col("w") * 1.1, r2=pl.col("w") * pl.col("k"), r=pl.lit(1))
    right = Sample.from_frame(rows, weight="w", replicates=Replicates(("r1", "r2"), "SDR")).mean("y").frame
    with pytest.warns(Remark, match=r"r fits 'r\*' but has one value in every row"):
        found = Sample.from_frame(rows, weight="w", replicates=Replicates("r*", "SDR"))
    assert found.mean("y").frame.equals(right)


def test_negative_replicate_weights_are_taken_where_the_producer_makes_them(shared: Path) -> None:
    rows = pl.read_csv(shared / "cases/20-acs-negative-replicates/acs.csv", infer_schema_length=None)
    found = Sample.from_frame(rows, weight="PWGTP", replicates=Replicates.acs()).mean("AGEP").frame
    assert found["estimate"].item() == pytest.approx(46.034408, abs=5e-7)
    assert found["se"].item() == pytest.approx(4.216952, abs=5e-7)
    with pytest.raises(ThuisError, match="negative=True"):
        Sample.from_frame(rows, weight="PWGTP", replicates=Replicates("PWGTP[0-9]*", "SDR"))


def test_the_flag_of_a_real_file_is_told(shared: Path) -> None:
    rows = pl.read_csv(shared / "cases/22-replicate-flag-column/acs_pos.csv", infer_schema_length=None)
    names = {name: name.replace("PWGTP", "REPWTP") for name in rows.columns if name != "PWGTP"}
    rows = rows.rename({old: new for old, new in names.items() if old.startswith("PWGTP")})
    rows = rows.with_columns(REPWTP=pl.lit(1))
    with pytest.warns(Remark, match="80 replicates are left"):
        found = Sample.from_frame(rows, weight="PWGTP", replicates=Replicates("REPWTP*", "SDR", mse=True))
    assert found.mean("AGEP").frame["se"].item() == pytest.approx(4.0485, abs=5e-5)


def test_codes_for_no_answer_are_remarked_on_and_left_out(tmp_path: Path) -> None:
    path = tmp_path / "trust.sav"
    rows = pd.DataFrame({"trust": [5.0, 6.0, 77.0, 88.0, 4.0], "age": [30.0, 77.0, 40.0, 50.0, 88.0]})
    rows["w"] = 1.0
    labels = {"trust": {0.0: "No trust", 77.0: "Refusal", 88.0: "Don't know", 99.0: "No answer"}}
    pyreadstat.write_sav(rows, str(path), variable_value_labels=labels)
    with pytest.warns(Remark, match="trust: 77, 88"):
        counted = Sample.from_file(path, weight="w").mean("trust").frame["estimate"].item()
    assert counted == 36.0
    for missing in ("labels", {"trust": (77, 88)}, {"trust": np.array([77, 88, 99])}):
        found = Sample.from_file(path, weight="w", missing=missing).mean(["trust", "age"]).frame
        assert found["estimate"].to_list() == [5.0, 57.0]
        assert found["n"].to_list() == [3, 5]
    frame = Sample.from_frame(rows, weight="w", missing={"trust": [77, 88]})
    assert frame.mean("trust").frame["estimate"].item() == 5.0
    with pytest.raises(ThuisError, match="did you mean 'trust'"):
        Sample.from_frame(rows, weight="w", missing={"trsut": 77})
    with pytest.raises(ThuisError, match='"labels"'):
        Sample.from_file(path, weight="w", missing=(77, 88))
