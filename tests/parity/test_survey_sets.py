"""Every kind of result on every known set against R survey 4.1: survey_sets.R wrote survey_sets.csv."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import stats

from thuis.survey import Estimates, Mean, Measure, Proportion, Ratio, Replicates, Sample, Total

HERE = Path(__file__).parent
NUMBERS = ("estimate", "se", "deff", "deff_replace", "lower", "upper")
EXPECTED = pl.read_csv(HERE / "data" / "survey_sets.csv", infer_schema_length=0).with_columns(
    pl.col(NUMBERS).cast(pl.Float64)
)
CASES = EXPECTED["case"].unique(maintain_order=True).to_list()
METHODS = ("mean", "logit", "beta", "asin")
MEASURES: list[Measure] = [
    Mean("y", "mean"),
    Total("y", "total"),
    Total(name="count"),
    Ratio("y", "x", "ratio"),
    Proportion("b", name="share"),
]
BY: list[tuple[str, ...]] = [(), ("g",), ("k",), ("g", "k")]
REPLICATES: dict[str, dict[str, Any]] = {
    "recs": {"method": "Fay", "rho": 0.5},
    "nhanes2brr": {"method": "BRR"},
    "nhanes2jk": {"method": "JKn", "factors": (0.5,) * 62},
    "nmihs": {"method": "bootstrap"},
    "scd BRR": {"method": "BRR"},
    "scd JKn": {"method": "JKn", "factors": (0.5,) * 6},
    "apiclus1 JK1": {"method": "JK1", "scale": 14 / 15 * (1 - 15 / 757)},
}
HALVES = np.array([[1, 0, 1, 0, 1, 0], [1, 0, 0, 1, 0, 1], [0, 1, 1, 0, 0, 1], [0, 1, 0, 1, 1, 0]])


def jackknife(rows: pl.DataFrame, *units: str) -> pl.DataFrame:
    """Replicates that each leave one unit out, and give its weight to the others of its stratum."""
    made = {}
    strata = list(units[:-1])
    size = pl.col(units[-1]).n_unique()
    many = size.over(strata) if strata else size
    for i, unit in enumerate(rows.select(units).unique(maintain_order=True).iter_rows(named=True)):
        same = pl.all_horizontal(pl.lit(value=True), *(pl.col(name) == unit[name] for name in strata))
        out = same & (pl.col(units[-1]) == unit[units[-1]])
        made[f"r{i}"] = pl.when(out).then(0.0).when(same).then(pl.col("w") * many / (many - 1)).otherwise("w")
    return rows.with_columns(**made)


def sample(rows: pl.DataFrame, case: str) -> Sample:
    name = case.removesuffix(" mse")
    options = REPLICATES.get(name)
    if name == "apistrat JKn":
        rows = jackknife(rows.with_row_index("p"), "h", "p")
        size = rows.with_columns(n=pl.len().over("h"))
        n, whole = size["n"].to_numpy(), size["N1"].to_numpy()
        options = {"method": "JKn", "factors": tuple((n - 1) / n * (1 - n / whole))}
    elif name == "apiclus1 JK1":
        rows = jackknife(rows, "p")
    elif name == "scd JKn":
        rows = jackknife(rows, "h", "p")
    elif name == "scd BRR":
        rows = rows.with_columns(pl.Series(f"r{i}", 2.0 * half) for i, half in enumerate(HALVES))
    if options is not None:
        weights = Replicates("r[0-9]*", mse=case.endswith(" mse"), **options)
        return Sample.from_frame(rows, weight="w", replicates=weights)
    design: dict[str, Any] = {
        key: [name for name in names if name in rows.columns] or None
        for key, names in (("strata", ("h",)), ("psu", ("p", "s")), ("fpc", ("N1", "N2")))
    }
    nest = bool(design["strata"] and design["psu"])
    return Sample.from_frame(rows, weight="w", nest=nest, lonely="adjust", **design)


def key(row: dict[str, Any], by: str, g: str = "g", k: str = "k") -> tuple[str, ...]:
    names = by.split() if by else []
    return tuple(str(row[{"g": g, "k": k}[name]]) for name in names)


Found = dict[tuple[str, str, tuple[str, ...]], tuple[int, dict[str, Any]]]


def found(result: Estimates) -> Found:
    """Rows of a frame by measure, grouping and cell."""
    return {
        (row["measure"], " ".join(row["by"]), key(row, " ".join(row["by"]))): (i, row)
        for i, row in enumerate(result.frame.iter_rows(named=True))
    }


def tables(design: Sample) -> dict[str, Found]:
    """By the words a row of the script begins with: measures, shares and quantiles per interval."""
    made = {"": found(design.tabulate(MEASURES, BY))}
    for method in METHODS:
        # R's beta counts the degrees of freedom of the domain, of replicates too: there one table knows none.
        df = "domain" if method == "beta" and design.replicates is None else "design"
        made[f"share {method}"] = found(
            design.tabulate([Proportion("b", name="share")], BY, interval=method, df=df)
        )
    for method in ("mean", "logit", "beta"):
        rows: Found = {}
        for grouping in BY if method == "mean" else BY[:2]:
            rows |= found(design.quantile("y", grouping, probabilities=(0.25, 0.5), interval=method))
        made[f"quantile {method}"] = {
            (f"quantile {name.split()[-1][:-1]}", by, cell): row for (name, by, cell), row in rows.items()
        }
    return made


def differences(result: Estimates, expected: pl.DataFrame) -> list[dict[str, Any]]:
    """Every difference of the script, in its order, in one question."""
    names, rows = {"y": "mean", "b": "share"}, found(result)
    pairs = []
    for row in expected.iter_rows(named=True):
        left, right = row["what"].split()[1:]
        sides = ((left, row["by"], "g", "k"), (right, row["other"], "g2", "k2"))
        pairs.append([rows[names[m], by or "", key(row, by or "", g, k)][0] for m, by, g, k in sides])
    made = result.differences(pairs).rename({"difference": "estimate"})
    return list(made.iter_rows(named=True))


def folded(name: str, p: float, se: float, df: float) -> float:
    """R's bound of "asin" where the angle passes 0 or a quarter turn: its sine comes back; ours stops."""
    sign = {"lower": -1, "upper": 1}[name]
    angle = np.arcsin(np.sqrt(p)) + sign * stats.t.ppf(0.975, df) * se / (2 * np.sqrt(p * (1 - p)))
    assert not 0 < angle < np.pi / 2
    return float(np.sin(angle) ** 2)


def same(name: str, ours: dict[str, Any], row: dict[str, Any]) -> bool:
    value, theirs, se, scale = ours[name], row[name], row["se"] or 0.0, abs(row["estimate"])
    if name in ("deff", "deff_replace") and not 1e-12 < theirs < float("inf"):
        # R divides by a variance of nothing, or by less than nothing in a population below the sample.
        return value is None or value == 0.0
    if value is None and se < 1e-12 and row["what"].split()[1:2] == ["beta"]:
        # A share without spread: R's beta interval divides by nothing. A median has no other spread.
        return name in ("lower", "upper") or (name == "se" and row["what"].startswith("quantile"))
    if row["what"] == "share asin" and value == {"lower": 0.0, "upper": 1.0}.get(name):
        theirs = folded(name, row["estimate"], se, ours["df"])
        return bool(theirs == pytest.approx(row[name], rel=1e-10))
    return bool(value == pytest.approx(theirs, rel=1e-10, abs=1e-8 * scale if se < 1e-9 * scale else 0.0))


def compare(case: str, rows: pl.DataFrame) -> None:
    design = sample(rows, case)
    expected = EXPECTED.filter(pl.col("case") == case)
    made = tables(design)
    is_difference = pl.col("what").str.starts_with("difference")
    apart = iter(differences(design.tabulate(MEASURES, BY), expected.filter(is_difference)))
    compared: Counter[str] = Counter()
    wrong = []
    for row in expected.iter_rows(named=True):
        kind, *rest = row["what"].replace("xlogit", "logit").split()
        by = row["by"] or ""
        if kind == "df":
            ours: dict[str, Any] = {"estimate": design.df}
        elif kind == "difference":
            ours = next(apart)
        else:
            name = f"quantile {rest[1]}" if kind == "quantile" else kind
            ours = made[f"{kind} {rest[0]}" if rest else ""][name, by, key(row, by)][1]
        for name in NUMBERS:
            if row[name] is not None:
                compared[kind] += 1
                wrong += [] if same(name, ours, row) else [(name, ours[name], row)]
    assert not wrong, (len(wrong), Counter((n, r["what"]) for n, _, r in wrong), wrong[:4])
    assert set(compared) == set(expected["what"].str.split(" ").list.first())
    assert sum(compared.values()) > 2 * len(expected)


@pytest.mark.parametrize("case", CASES)
def test_equals_r(extract_set: Callable[[str, str], pl.DataFrame], case: str) -> None:
    compare(case, extract_set("extract_sets", case.split(maxsplit=1)[0]))
