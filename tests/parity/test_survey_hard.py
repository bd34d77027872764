"""Hard cases against R survey 4.1: survey_hard.R wrote survey_hard.csv from the rows of hard_cases.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import stats

from thuis.survey import Mean, Measure, Proportion, Ratio, Sample, Total

DATA = Path(__file__).parent / "data"
NUMBERS = ("estimate", "se", "deff", "deff_replace", "lower", "upper")
EXPECTED = pl.read_csv(DATA / "survey_hard.csv", infer_schema_length=0).with_columns(
    pl.col(NUMBERS).cast(pl.Float64)
)
DESIGNS: dict[str, dict[str, Any]] = {
    **{
        rule: {"psu": "p", "nest": True, "lonely": rule}
        for rule in ("adjust", "average", "certainty", "remove")
    },
    "far": {"weight": "far", "psu": "p", "nest": True, "lonely": "adjust"},
    "rows": {},
    "rows far": {"weight": "far"},
}
BY: list[tuple[str, ...]] = [(), ("g",), ("k",), ("g", "k")]
COMPARED = (*NUMBERS, "n", "n_hit", "weighted_n", "df")
OUTCOMES = ("y", "b", "same", "most", "none", "all", "never")
CONSTANT = ("same", "most", "none", "all")
NAMES = (
    {"g": "w0", "k": "mask", "y": "estimate", "x": "se", "w": "unit", "b": "sy"},
    {"g": "g1", "k": "g0", "y": "cell", "x": "w", "w": "w2yy", "h": "p", "p": "h"},
    {"g": "s0", "k": "unit", "y": "u0", "x": "u1", "b": "measure", "never": "by"},
    {"g": "SELECT", "k": 'a "b', "y": "it's; --", "x": "%(x)s", "w": "weight by row", "h": "h,h", "p": "É"},
    {"g": "rows", "k": "pos", "y": "y0", "x": "d0", "w": "s", "b": "count(*)"},
    {"g": "G", "k": "y_", "y": "Y", "x": "table", "b": "n_hit"},
    {"g": "_row", "k": "index", "y": "pair", "x": "r", "w": "t", "h": "group", "p": "order"},
)


def rows() -> pl.DataFrame:
    return pl.read_csv(
        DATA / "hard_cases.csv", schema_overrides={"never": pl.Float64}, infer_schema_length=None
    )


def measures(names: dict[str, str]) -> list[Measure]:
    made: list[Measure] = [Total(name="count")]
    for name in OUTCOMES:
        made += [Mean(names[name], f"mean {name}"), Total(names[name], f"total {name}")]
    return [*made, Ratio(names["y"], names["x"], "ratio y/x"), Proportion(names["b"], name="b")]


Made = dict[tuple[str, str, str], dict[str, Any]]


def tables(case: str, new: dict[str, str], methods: tuple[str, ...] = ("logit",)) -> Made:
    """Rows of result by measure, grouping and cell, of the same file under other names."""
    frame = rows()
    names = {name: new.get(name, name) for name in frame.columns}
    design: dict[str, Any] = {"weight": "w", "strata": "h", **DESIGNS[case]}
    design |= {key: names[design[key]] for key in ("weight", "strata", "psu") if key in design}
    sample = Sample.from_frame(frame.rename(names), **design)
    by = [tuple(names[each] for each in grouping) for grouping in BY]
    back = {names[each]: each for each in ("g", "k")}
    made: Made = {("df", "", ""): {"estimate": sample.df}}
    for method in methods:
        asked = measures(names) if method == "logit" else measures(names)[-1:]
        result = sample.tabulate(asked, by, interval=method, df="domain" if method == "beta" else "design")
        for row in result.frame.iter_rows(named=True):
            name = f"{method} b" if row["measure"] == "b" else row["measure"]
            cell = " | ".join(str(row[each]) for each in row["by"])
            made[name, " ".join(back[each] for each in row["by"]), cell] = row
    return made


def folded(name: str, p: float, se: float, df: float) -> float:
    """R's bound of "asin" where the angle passes 0 or a quarter turn: its sine comes back; ours stops."""
    sign = {"lower": -1, "upper": 1}[name]
    angle = np.arcsin(np.sqrt(p)) + sign * stats.t.ppf(0.975, df) * se / (2 * np.sqrt(p * (1 - p)))
    assert not 0 < angle < np.pi / 2
    return float(np.sin(angle) ** 2)


def same(name: str, ours: dict[str, Any], row: dict[str, Any]) -> bool:
    value, theirs, scale, se = ours[name], row[name], abs(row["estimate"]), row["se"] or 0.0
    if name in ("deff", "deff_replace"):
        # R divides rounding by rounding in a constant, by less than nothing in a population below the sample.
        return value is None or not 1e-9 < theirs < 1e12 or close(value, theirs)
    if row["what"] in ("xlogit b", "beta b", "asin b", "wilson b") and name in ("lower", "upper"):
        if se < 1e-12 * scale:
            return value is None
        if row["what"] == "asin b" and value == {"lower": 0.0, "upper": 1.0}[name]:
            return close(folded(name, row["estimate"], se, ours["df"]), theirs)
    # Beside answers of 1 and more, 1e-14 is rounding.
    room = max(1e-8 * scale if se <= 1e-7 * scale else 0.0, 1e-14)
    return value is not None and (close(value, theirs) or abs(value - theirs) <= room)


def close(ours: float, theirs: float) -> bool:
    return abs(ours - theirs) <= 1e-8 * abs(theirs)


@pytest.mark.parametrize("case", DESIGNS)
def test_equals_r(case: str) -> None:
    made = tables(case, {}, ("logit", "beta", "asin", "wilson"))
    compared = empty = 0
    wrong = []
    for row in EXPECTED.filter(pl.col("case") == case).iter_rows(named=True):
        by = row["by"] or ""
        what = row["what"].replace("xlogit", "logit")
        ours = made[what, by, " | ".join(row[each] for each in by.split())]
        if what == "df":
            assert ours["estimate"] == row["estimate"]
        elif ours["n"] == 0 or row["estimate"] is None:
            # A mean of no answers is 0 in R 4.1 where missing answers are left out; here it is none.
            assert row["estimate"] in (None, 0), row
            assert all(ours[name] is None for name in ("estimate", "se", "lower", "upper", "cv")), row
            empty += 1
        else:
            for name in NUMBERS:
                if row[name] is not None:
                    compared += 1
                    wrong += [] if same(name, ours, row) else [(name, ours[name], row)]
                elif name == "se":
                    assert ours[name] is None, row
    assert not wrong, (len(wrong), wrong[:4])
    assert compared > 800
    assert empty > 60


@pytest.mark.parametrize("case", ["adjust", "rows"])
def test_columns_of_any_name(case: str) -> None:
    plain = tables(case, {})
    for new in NAMES:
        other = tables(case, new)
        assert plain.keys() == other.keys()
        for key, row in plain.items():
            for name in [each for each in COMPARED if each in row]:
                if name.startswith("deff") and key[0].split()[-1] in CONSTANT:
                    continue  # rounding over rounding
                if row[name] is None:
                    assert other[key][name] is None, (new, key, name)
                else:
                    assert abs(other[key][name] - row[name]) <= 1e-12 * abs(row[name]) + 1e-15, (
                        new,
                        key,
                        name,
                    )


@pytest.mark.parametrize("case", DESIGNS)
def test_a_constant_has_no_spread_and_no_answers_no_estimate(case: str) -> None:
    seen = 0
    for (what, *_), row in tables(case, {}).items():
        if what.startswith("mean ") and what.split()[1] in CONSTANT and row["estimate"] is not None:
            assert (row["se"] or 0.0) <= 1e-8 * abs(row["estimate"]), (what, row)
            seen += 1
        if what.endswith("never"):
            assert row["estimate"] is None
            assert row["n"] == 0
            seen += 1
    assert seen > 100


KEYS: dict[str, Any] = {
    "float": pl.col("k").cast(pl.Float64),
    "boolean": pl.col("k") > 0,
    "small": pl.col("k").cast(pl.Int8),
    "date": pl.date(2020, 1, 10) + pl.duration(days=pl.col("k")),
    "category": pl.col("g").cast(pl.Categorical()),
    "enum": pl.col("g").cast(pl.Enum(["é", "silent", "it's", "b c", "absent", "a"])),
    "text": pl.col("k").cast(pl.String),
    "empty text": pl.when(pl.col("k") == 0).then(pl.lit("")).otherwise(pl.col("k").cast(pl.String)),
}


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("pandas", [False, True], ids=["polars", "pandas"])
def test_keys_of_any_type_with_gaps(kind: str, pandas: bool) -> None:
    frame = rows().with_columns(key=KEYS[kind])
    numbered = frame.with_columns(number=pl.col("key").rank("dense").cast(pl.Int64))
    source = frame.to_pandas(use_pyarrow_extension_array=True) if pandas else frame
    design: dict[str, Any] = {"weight": "w", "strata": "h", "psu": "p", "nest": True, "lonely": "adjust"}
    asked: list[Measure] = [Mean("y"), Total("y"), Total(), Proportion("b")]
    found = Sample.from_frame(source, **design).tabulate(asked, [("key",)]).frame
    plain = Sample.from_frame(numbered, **design).tabulate(asked, [("number",)]).frame
    keys = frame["key"].cast(pl.String).drop_nulls().unique().to_list()
    assert found.height == plain.height == len(asked) * len(keys)
    assert sorted(found["key"].cast(pl.String).unique()) == sorted(keys)
    names = numbered.select(pl.col("number"), pl.col("key").cast(pl.String)).drop_nulls().unique()
    other = {row[:2]: row[2:] for row in _numbers(plain.join(names, on="number"))}
    for measure, key, *values in _numbers(found):
        assert np.allclose(values, other[measure, key], rtol=1e-12, equal_nan=True), (measure, key)


def _numbers(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    wanted = [
        pl.col(name).cast(pl.Float64).fill_null(float("nan")) for name in ("estimate", "se", "n", "lower")
    ]
    return frame.select("measure", pl.col("key").cast(pl.String), *wanted).rows()
