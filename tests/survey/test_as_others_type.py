"""What users of R, Stata, pandas and svy type at first: it answers, or says what to type instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Replicates, Sample, combined
from thuis.survey.core.engine.sources import categories

COLUMNS: dict[str, list[Any]] = {
    "y": [1.0, 2, 4, 8, 3, 5],
    "x": [1, 2, 3, 4, 5, 7],
    "g": ["a", "b", "a", "c", "b", "c"],
    "sex": ["m", "f", "f", "m", "f", "m"],
    "w": [1.0, 2, 1, 1, 2, 1],
    "b": [0, 1, 1, 0, 1, 1],
    "age": [70, 20, 30, 66, 50, 65],
}
P, D = pl.DataFrame(COLUMNS, strict=False), pd.DataFrame(COLUMNS)
MEAN, OLD, WOMEN, MEN = 28 / 8, 14 / 3, 14 / 5, 14 / 3
LEVELS = ["c", "b", "a", "nobody"]


def of(rows: Any = P, **design: Any) -> Any:
    return Sample.from_frame(rows, **({"weight": "w"} | design))


SHAPES: dict[str, Any] = {
    "dict of lists": COLUMNS,
    "dict of arrays": {name: np.array(each) for name, each in COLUMNS.items()},
    "list of dicts": P.to_dicts(),
    "records of numpy": D.to_records(index=False),
    "nullable": D.convert_dtypes(),
    "arrow in pandas": D.convert_dtypes(dtype_backend="pyarrow"),
    "index": D.set_index("g"),
    "float32": P.with_columns(pl.col("y").cast(pl.Float32)),
    "int8": P.with_columns(pl.col("y").cast(pl.Int8)),
    "decimal": P.with_columns(pl.col("y").cast(pl.Decimal(10, 2))),
}


@pytest.mark.parametrize("kind", SHAPES)
def test_rows_come_in_any_shape(kind: str) -> None:
    assert of(SHAPES[kind]).mean("y").frame["estimate"].item() == pytest.approx(MEAN)


def test_a_name_that_is_a_number_is_its_text() -> None:
    renamed = D.rename(columns={"y": 2020})  # type: ignore[dict-item]
    assert of(renamed).mean("2020").frame["estimate"].item() == pytest.approx(MEAN)


@pytest.mark.parametrize(
    "condition",
    [
        D.age > 64,
        P["age"] > 64,
        np.array(COLUMNS["age"]) > 64,
        [each > 64 for each in COLUMNS["age"]],
        lambda rows: rows["age"] > 64,
        "age > 64",
        "sex == 'm' and age > 64",
    ],
    ids=["pandas", "polars", "array", "list", "function", "text", "texts"],
)
def test_conditions(condition: Any) -> None:
    for rows in (P, D):
        assert of(rows).subset(condition).mean("y").frame["estimate"].item() == pytest.approx(OLD)


@pytest.mark.parametrize("new", [np.arange(6), list(range(6)), pd.Series(range(6)), pl.Series(range(6))])
def test_new_columns(new: Any) -> None:
    right = np.average(np.arange(6), weights=COLUMNS["w"])
    assert of().mutate(k=new).mean("k").frame["estimate"].item() == pytest.approx(right)


ORDERED: dict[str, Callable[[Path], Any]] = {
    "enum": lambda _: P.with_columns(pl.col("g").cast(pl.Enum(LEVELS))),
    "lazy": lambda _: P.lazy().with_columns(pl.col("g").cast(pl.Enum(LEVELS))),
    "arrow": lambda _: P.with_columns(pl.col("g").cast(pl.Enum(LEVELS))).to_arrow(),
    "parquet": lambda folder: _written(folder / "rows.parquet"),
    "categories": lambda _: D.assign(g=pd.Categorical(D.g, LEVELS)),
    "ordered": lambda _: D.assign(g=pd.Categorical(D.g, LEVELS, ordered=True)),
}


def _written(path: Path) -> Path:
    P.with_columns(pl.col("g").cast(pl.Enum(LEVELS))).write_parquet(path)
    return path


@pytest.mark.parametrize("kind", ORDERED)
def test_categories_keep_their_order(kind: str, tmp_path: Path) -> None:
    source = ORDERED[kind](tmp_path)
    assert categories(source) == {"g": LEVELS}
    sample = of(source)
    for part in (sample, sample.subset("x > 0"), sample.mutate(k=1)):
        assert part.mean("y", by="g").frame["g"].to_list() == ["c", "b", "a"]
        assert [each[-2] for each in part.proportion("g").frame["measure"]] == ["c", "b", "a"]
        assert part.glm("y ~ g").coefficients.frame["measure"].to_list() == ["intercept", "g_b", "g_a"]
    again = sample.mutate(g=pl.col("sex"))
    assert again.mean("y", by="g").frame["g"].to_list() == ["f", "m"]
    told = of(source, order={"g": ["b", "a", "c"]})
    assert told.mean("y", by="g").frame["g"].to_list() == ["b", "a", "c"]


def test_an_order_of_a_column_that_is_not_asked() -> None:
    rows = P.with_columns(pl.col("g").cast(pl.Enum(LEVELS)), h=pl.Series([1, 1, 1, 2, 2, 3]))
    for design in ({"lonely": "average"}, {"lonely": "adjust"}):
        sample = of(rows, strata="h", **design)
        plain = of(P.with_columns(rows["h"]), strata="h", **design)
        assert sample.glm("y ~ x").coefficients.frame.equals(plain.glm("y ~ x").coefficients.frame)
        assert sample.test("y", group="b", kind="wilcoxon") == plain.test("y", group="b", kind="wilcoxon")
    whole = of(rows).replicated("JK1").poststratify("sex", {"m": 3, "f": 5})
    assert whole.glm("y ~ x").coefficients.frame.height == 2


def test_contrasts_by_key_and_as_a_list() -> None:
    found = of().mean("y", by="sex")
    gap = found.difference("f", "m")
    assert gap.estimate == pytest.approx(MEN - WOMEN)
    assert found.contrast({"m": 1, "f": -1}) == gap
    assert found.contrast([-1, 1]) == gap
    assert found.contrast(np.array([-1.0, 1.0])) == gap


def test_names_with_signs_in_formulas() -> None:
    rows = P.rename({"x": "my x", "g": "a + b"})
    plain = of().glm("y ~ x + g").coefficients.frame["estimate"].to_list()
    assert of(rows).glm("y ~ `my x` + `a + b`").coefficients.frame["estimate"].to_list() == plain
    assert of().glm("y ~ x + factor(g)").coefficients.frame["estimate"].to_list() == plain


def test_predictions_of_a_dict() -> None:
    found = of().glm("y ~ sex").predict({"sex": ["f", "m"]}).frame["estimate"].to_list()
    assert found == pytest.approx([WOMEN, MEN])


@pytest.mark.parametrize(
    "totals",
    [
        {"m": 3.0, "f": 5.0},
        pd.Series({"m": 3.0, "f": 5.0}),
        pl.DataFrame({"sex": ["m", "f"], "n": [3, 5]}),
        pd.DataFrame({"Freq": [5, 3], "sex": ["f", "m"]}),
    ],
    ids=lambda each: type(each).__module__,
)
def test_totals_of_weights(totals: Any) -> None:
    for made in (
        of().rake({"sex": totals}),
        of().poststratify("sex", totals),
        of().calibrate({"sex": totals}),
    ):
        assert made.total(by="sex").frame["estimate"].to_list() == pytest.approx([5, 3])


REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "columns of one name": (lambda: of(pd.concat([D, D[["y"]]], axis=1)), "two columns of the frame"),
    "levels of names": (lambda: of(pd.DataFrame({("a", "y"): [1.0], ("a", "w"): [1.0]})), "2 levels"),
    "mixed answers": (lambda: of(D.assign(y=[1, "x", 3, 4, 5, 6])).mean("y"), "expected: numbers"),
    "columns of other lengths": (lambda: of({"y": [1.0, 2], "w": [1.0] * 3}), "is no rows"),
    "no rows": (lambda: of(None), "a NoneType is no rows"),
    "numbers": (lambda: of([1, 2, 3]), "a list is no rows"),
    "matrix": (lambda: of(np.ones((3, 2))), "a ndarray is no rows"),
    "one column": (lambda: of(P["y"]), "a Series is no rows"),
    "no file": (lambda: of("nonsense"), "no file 'nonsense'"),
    "weight as a column": (lambda: of(weight=P["w"]), "weight is a Series"),
    "weight as an array": (lambda: of(weight=np.ones(6)), "weight is a ndarray"),
    "weight as a number": (lambda: of(weight=1), "weight is a int"),
    "endless weight": (lambda: of(P.with_columns(w=pl.lit(np.inf))), "infinite"),
    "replicates as a list": (lambda: of(replicates=["r1", "r2"]), "replicates is a list"),
    "no replicates": (lambda: of(replicates=Replicates("rep*", "JK1")), "0 replicate weights"),
    "column as a number": (lambda: of().mean(0), "is no name of a column"),
    "column as an expression": (lambda: of().mean(pl.col("y")), "is no name of a column"),
    "column as a series": (lambda: of().mean(P["y"]), "is no name of a column"),
    "groups as a number": (lambda: of().mean("y", by=3), "is no name of a column"),
    "strata as a series": (lambda: of(strata=P["x"]), "is no name of a column"),
    "R's formula": (lambda: of().mean("~y"), "unknown column '~y'"),
    "a sum": (lambda: of().mean("y + nothing"), "cannot be worked out"),
    "an option": (lambda: of().mean("y", levle=0.9), "did you mean 'level'"),
    "an option of moments": (lambda: of().variance("y", vartype="ci"), "unknown option"),
    "an option of quantiles": (lambda: of().quantile("y", ci=True), "unknown option"),
    "wrong length": (lambda: of().mutate(k=[1, 2]), "2 values of 'k' for 6 rows"),
    "one answer": (lambda: of().subset(sex="f").glm("y ~ sex"), "'sex' has one answer"),
    "a list": (lambda: of(P.with_columns(l=pl.concat_list("x", "y"))).mean("l"), "holds DOUBLE[]"),
    "groups of lists": (
        lambda: of(P.with_columns(l=pl.concat_list("x"))).mean("y", by="l"),
        "expected: one value in every row",
    ),
    "a record": (lambda: of(P.with_columns(l=pl.struct("x"))).mean("l"), "expected: numbers"),
    "a stretch of time": (
        lambda: of(P.with_columns(l=pl.lit(timedelta(1)))).mean("l"),
        "holds INTERVAL",
    ),
    "objects": (
        lambda: of(P.with_columns(l=pl.Series([object()] * P.height, dtype=pl.Object))),
        "holds objects of Python",
    ),
    "wide numbers": (
        lambda: of(P.with_columns(l=pl.lit(2**100, pl.Int128))),
        "hold numbers beyond 64 bits",
    ),
    "percent": (lambda: of().mean("y", level=95), "say level=0.95"),
    "no bandwidth": (lambda: of().smooth("y ~ x", bandwidth="2"), "bandwidth '2'"),
    "no model": (lambda: of().glm("y ~ x").bic(3), "a int is no model"),
    "no start": (lambda: of().likelihood(lambda rows, at: 0, [1], "y"), "a number for every parameter"),
    "link": (lambda: of().glm("b ~ x", family="binomial", link="sqrt"), "unknown link"),
    "link of a family that has one": (
        lambda: of().glm("b ~ x", family="probit", link="logit"),
        "unknown link",
    ),
    "Stata's factor": (lambda: of().glm("y ~ i.g"), "unknown column 'i.g'"),
    "R's dot": (lambda: of().glm("y ~ ."), "unknown column '.'"),
    "words as outcome": (lambda: of().glm("sex ~ y"), "make a column of 1 and 0"),
    "weights of rows": (lambda: of().mean("y", by="sex").contrast([1, 2, 3]), "3 weights for 2 rows"),
    "shares of a text": (lambda: of().poststratify("sex", {"m": "50%", "f": "50%"}), "a number of 0 or more"),
    "totals of no answers": (lambda: of().rake({"sex": [3, 5]}), "are a list"),
    "totals of no columns": (lambda: of().rake([3, 5]), "totals are a list"),
    "a frame of totals": (lambda: of().rake({"sex": P.select("sex", "x", "y")}), "and one more"),
    "frames to pool": (lambda: combined([P, P]), "a DataFrame among the results"),  # type: ignore[list-item]
    "folder": (lambda: of().mean("y").to_excel("/nowhere/x.xlsx"), "no folder"),
    "date": (lambda: of(P.with_columns(d=pl.lit(date(2020, 1, 1)))).mean("d"), "expected: numbers"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_is_said(kind: str) -> None:
    ask, text = REFUSED[kind]
    with pytest.raises(ThuisError) as raised:
        ask()
    assert text in str(raised.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("median", 'ask quantile("income")'),
        ("svyttest", 'ask test("income", group="sex")'),
        ("survey_mean", "ask mean"),
        ("filter", "ask subset"),
        ("svyloglin", 'ask loglinear("a * b")'),
        ("svyfactanal", 'ask factors(["a", "b", "c"], 1)'),
        ("marginpred", 'ask balanced("sex", "age")'),
        ("isotonic", "no isotonic regression here"),
        ("proporton", "did you mean 'proportion'?"),
        ("nonsense", "available: "),
    ],
)
def test_questions_of_other_packages(name: str, text: str) -> None:
    assert not hasattr(of(), name)
    with pytest.raises(ThuisError) as raised:
        getattr(of(), name)
    assert text in str(raised.value)


def test_names_of_results_in_other_packages() -> None:
    found, model = of().mean("y", by="sex"), of().glm("y ~ x")
    for owner, name, text in (
        (found, "se", 'frame["se"]'),
        (found, "confint", 'frame.select("lower", "upper")'),
        (model, "params", 'coefficients.frame["estimate"]'),
        (model, "summary", "print(model)"),
    ):
        with pytest.raises(ThuisError) as raised:
            getattr(owner, name)
        assert text in str(raised.value)


def test_how_much_a_model_tells() -> None:
    """Of a linear model the squared correlation; by hand from the weighted sums of squares."""
    model, w, y = of().glm("y ~ x"), np.array(COLUMNS["w"]), np.array(COLUMNS["y"])
    beta = model.coefficients.frame["estimate"].to_numpy()
    away = y - beta[0] - beta[1] * np.array(COLUMNS["x"])
    whole = y - np.average(y, weights=w)
    assert model.r_squared() == pytest.approx(1 - (w @ away**2) / (w @ whole**2))
    with pytest.raises(ThuisError, match="unknown R²"):
        model.r_squared("adjusted")


def test_people_in_cells_have_a_design_effect() -> None:
    """As R of ``svytotal(~g, deff=TRUE)``: a simple sample of all people, of whom some are in the cell."""
    found = of(P.with_columns(pl.col("w") * 10)).total(by="sex").frame
    n, whole, cell = 6, 80.0, found["estimate"].to_numpy()
    simple = whole**2 * (cell / whole) * (1 - cell / whole) / (n - 1)
    assert found["deff_replace"].to_list() == pytest.approx(found["se"].to_numpy() ** 2 / simple)
    assert found["deff"].to_list() == pytest.approx(found["se"].to_numpy() ** 2 / simple / (1 - n / whole))
    assert of().total().frame["deff"].to_list() == [None]


def test_units_without_an_answer_are_a_choice() -> None:
    rows = pl.DataFrame(
        {
            "y": [1.0, 2, None, 4, 6, 7, None, None],
            "h": [1, 1, 1, 1, 2, 2, 2, 2],
            "psu": [1, 1, 2, 2, 3, 4, 5, 5],
            "sex": ["m", "f"] * 4,
            "w": [1.0, 2, 1, 1, 3, 1, 2, 2],
        }
    )
    design = {"strata": "h", "psu": "psu"}
    sample = of(rows, **design)
    alone = of(rows.drop_nulls("y"), **design)
    found = sample.answering("y")
    assert (sample.df, found.df, found.size) == (3.0, 2.0, 5)
    assert found.mean("y", by="sex").frame.equals(alone.mean("y", by="sex").frame)
    part = sample.subset(sex="m").answering("y").mean("y").frame
    assert part.equals(alone.subset(sex="m").mean("y").frame)
    few = rows.with_columns(y=pl.when(pl.col("psu") != 2).then("y"))
    with pytest.raises(ThuisError, match="one PSU"):
        of(few, **design).answering("y")
    assert of(few, **design).answering("y", lonely="certainty").df == 1.0
    made = sample.replicated("JKn").answering("y").mean("y").frame
    assert made["estimate"].item() == pytest.approx(found.mean("y").frame["estimate"].item())
    for wrong, text in ((("yy",), "did you mean 'y'"), ((), "no column of which")):
        with pytest.raises(ThuisError, match=text):
            sample.answering(*wrong)
    with pytest.raises(ThuisError, match="a calibrated sample"):
        sample.poststratify("sex", {"m": 1, "f": 1}).answering("y")


def test_estimates_are_called_by_what_tells_them_apart() -> None:
    frame = pl.DataFrame(
        {"y": [1.0, 2, 3, 5, 4, 8], "x": [2.0, 1, 1, 3, 5, 4], "g": list("aabbab"), "k": [1, 2] * 3}
    )
    sample = Sample.from_frame(frame.with_columns(w=1.0), weight="w")
    model = sample.glm("y ~ x + g").coefficients
    slope = model.frame["estimate"]
    assert model.contrast({"x": 1, "g_b": -1}).estimate == pytest.approx(slope[1] - slope[2])
    means = sample.mean(["y", "x"], by=["g", "k"])
    assert means.contrast({("mean(y)", "a", 1): 1, ("mean(x)", "b", 2): -1}).estimate == pytest.approx(
        2.5 - 3.5
    )
    alone = sample.mean("y", by=["g", "k"])
    assert alone.contrast({("a", 1): 1, ("b", 2): -1}).estimate == pytest.approx(2.5 - 6.5)
    with pytest.raises(ThuisError, match=r"2 rows have the key \('a', 1\)[\s\S]*measure before them"):
        means.contrast({("a", 1): 1})


def test_words_of_tests() -> None:
    frame = pl.DataFrame(
        {"y": [1.0, 2, 3, 5, 4, 8], "g": list("aabbab"), "k": list("xyxyyx"), "w": [1.0] * 6}
    )
    sample = Sample.from_frame(frame, weight="w")
    for name in ("t", "pvalue", "confint"):
        with pytest.raises(AttributeError, match=f"no '{name}'[\\s\\S]*ask"):
            getattr(sample.test("y", group="g"), name)
    with pytest.raises(AttributeError, match=r"no 'chisq'[\s\S]*ask f, or likelihood"):
        _ = sample.independence("g", "k").chisq


def test_one_total_of_a_number() -> None:
    frame = pl.DataFrame({"y": [1.0, 2, 3], "w": [1.0] * 3})
    with pytest.raises(ThuisError, match="numbers="):
        Sample.from_frame(frame, weight="w").calibrate({"y": 7})
