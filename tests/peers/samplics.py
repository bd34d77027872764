"""What samplics' own pytest files expect, asked of thuis.

Rows without an answer are dropped first, as its ``remove_nan=True``; an answer is near as its files say.
The sets ``auto`` and ``birth`` stand in samplics' source distribution, whose
unpacked folder ``THUIS_SAMPLICS`` names; without it the questions on them are not asked.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from peers.asking import FOLDER, Answer, Question, rows
from thuis.survey import Sample

SETS = FOLDER.parent
ISCLOSE, DECIMALS = 1e-5, 1e-4


def ask(case: str, how: Callable[[], Answer], why: str = "", **expected: Sequence[float]) -> Question:
    return Question("samplics", case, how, why, ISCLOSE, expected, 1e-8)


def decimals(case: str, how: Callable[[], Answer], why: str = "", **expected: Sequence[float]) -> Question:
    return Question("samplics", case, how, why, ISCLOSE, expected, DECIMALS)


def questions() -> Iterator[Question]:
    yield from expansion()
    yield from single()
    yield from nhanes()
    yield from regression()
    if folder() is not None:
        yield from auto()
        yield from births()


def folder() -> Path | None:
    """Where the sets of the source distribution stand."""
    named = os.environ.get("THUIS_SAMPLICS")
    found = None if named is None else Path(named) / "samplics" / "datasets" / "data"
    return found if found is not None and found.is_dir() else None


@cache
def yrbs() -> pl.DataFrame:
    """R's yrbs with the domains that samplics' tests draw."""
    frame = pl.read_parquet(SETS / "r_yrbs.parquet")
    draw = np.random.RandomState(12345)
    domain = draw.choice(["d1", "d2", "d3"], size=frame.height, p=[0.1, 0.3, 0.6])
    y = pl.when(pl.col("qn8") == 2).then(0.0).otherwise(pl.col("qn8"))
    return frame.with_columns(y=y, domain=domain).with_columns(x=0.8 * pl.col("y") + 0.5)


def _taylor(what: str, design: dict[str, Any], by: str | None) -> Answer:
    known = yrbs().drop_nulls(["y"])
    sample = Sample.from_frame(known, weight="weight", **design)
    found = sample.ratio("y", "x", by=by) if what == "ratio" else getattr(sample, what)("y", by=by)
    frame = found.frame
    return {
        "est": frame["estimate"].to_list(),
        "se": frame["se"].to_list(),
        "lo": frame["lower"].to_list(),
        "hi": frame["upper"].to_list(),
    }


DESIGNS: dict[str, dict[str, Any]] = {
    "units": {"psu": "psu"},
    "plain": {},
    "strata and units": {"strata": "stratum", "psu": "psu"},
    "strata": {"strata": "stratum"},
}
TAYLOR: dict[tuple[str, str], tuple[list[float], ...]] = {
    ("total", "units"): ([7938.333], [560.0856], [6813.915], [9062.752]),
    ("total", "plain"): ([7938.333], [105.3852], [7731.754], [8144.913]),
    ("total", "strata and units"): ([7938.333], [555.5157], [6814.697], [9061.970]),
    ("total", "strata"): ([7938.333], [97.75523], [7746.71], [8129.957]),
    ("mean", "units"): ([0.8136225], [0.0202856], [0.7728975], [0.8543475]),
    ("mean", "plain"): ([0.8136225], [0.0066567], [0.8005738], [0.8266712]),
    ("mean", "strata and units"): ([0.8136225], [0.0198621], [0.7734476], [0.8537974]),
    ("mean", "strata"): ([0.8136225], [0.0066091], [0.8006671], [0.8265779]),
    ("ratio", "units"): ([0.7069458], [0.0076575], [0.6915728], [0.7223188]),
    ("ratio", "plain"): ([0.7069458], [0.0025128], [0.7020202], [0.7118715]),
}
TOTALS, MEANS = [759.8535, 2335.8145, 4842.6655], [0.8311598, 0.797226, 0.8190359]
DOMAINS: dict[tuple[str, str], tuple[list[float], ...]] = {
    ("total", "units"): (
        TOTALS,
        [61.76503, 158.7393, 363.6745],
        [635.855, 2017.132, 4112.558],
        [883.852, 2654.497, 5572.773],
    ),
    ("total", "plain"): (
        TOTALS,
        [40.45371, 67.67121, 93.37974],
        [680.5547, 2203.163, 4659.619],
        [839.1523, 2468.466, 5025.712],
    ),
    ("total", "strata and units"): (
        TOTALS,
        [60.89981, 159.748, 360.2601],
        [636.672, 2012.694, 4113.971],
        [883.035, 2658.935, 5571.36],
    ),
    ("total", "strata"): (
        TOTALS,
        [40.31828, 66.78249, 90.01087],
        [680.8202, 2204.905, 4666.223],
        [838.8868, 2466.724, 5019.108],
    ),
    ("mean", "units"): (
        MEANS,
        [0.0203778, 0.0260659, 0.0190814],
        [0.7902497, 0.7448965, 0.7807285],
        [0.8720699, 0.8495555, 0.8573434],
    ),
    ("mean", "plain"): (
        MEANS,
        [0.0200196, 0.0125303, 0.0085047],
        [0.7919167, 0.7726636, 0.8023648],
        [0.8704028, 0.8217885, 0.8357071],
    ),
    ("mean", "strata and units"): (
        MEANS,
        [0.0200457, 0.0263015, 0.0182081],
        [0.7906136, 0.7440263, 0.7822066],
        [0.871706, 0.8504258, 0.8558653],
    ),
    ("mean", "strata"): (
        MEANS,
        [0.0200198, 0.0125144, 0.0084659],
        [0.7919163, 0.7726948, 0.8024407],
        [0.8704033, 0.8217573, 0.8356312],
    ),
}


def expansion() -> Iterator[Question]:
    for cases, by in ((TAYLOR, None), (DOMAINS, "domain")):
        for (what, design), values in cases.items():

            def found(what: str = what, design: str = design, by: str | None = by) -> Answer:
                return _taylor(what, DESIGNS[design], by)

            keys = ("est", "se", "lo", "hi")
            name = f"{what}, {design}{', domains' if by else ''}"
            yield ask(name, found, **dict(zip(keys, values, strict=True)))


def single() -> Iterator[Question]:
    """Strata of one unit: skipped, certain by a rule each, or part of another."""
    frame = pl.DataFrame(
        {
            "h": [1, 1, 1, 2, 2, 3, 3, 4],
            "p": [1, 2, 2, 1, 2, 1, 2, 1],
            "domain": [1, 1, 1, 1, 1, 2, 2, 2],
            "w": [1.5, 1.5, 1.5, 2.5, 2.5, 3.5, 3.5, 4.5],
            "y": [12, 34, 24, 12, 33, 46, 78, 98],
        }
    )

    def made(**design: Any) -> Sample:
        return Sample.from_frame(frame, weight="w", strata="h", psu="p", nest=True, **design)

    def mean(*keys: str, by: str | None = None, **design: Any) -> Answer:
        found = made(**design).mean("y", by=by).frame
        return {key: found[COLUMNS[key]].to_list() for key in keys}

    skipped = {"est": [52.0238095], "se": [5.905893542], "lo": [33.22862044], "hi": [70.8189986066]}
    every = tuple(skipped)
    yield ask("one unit, skip", lambda: mean(*every, lonely="remove"), **skipped)
    yield ask("one unit, a rule of its stratum", lambda: mean(*every, lonely={4: "remove"}), **skipped)
    domains = {"est": [22.8947368, 76.0869565], "se": [6.62189741710, 9.7391304347]}
    yield ask("one unit, skip, domains", lambda: mean("est", "se", by="domain", lonely="remove"), **domains)
    # Of the other rules its files ask only that they answer.
    yield ask("one unit, certainty", lambda: mean("est", lonely={4: "certainty"}), est=skipped["est"])
    yield ask("one unit, combined", lambda: mean("est", combine={4: 3}), est=skipped["est"])
    yield ask("two units, combined", lambda: mean("est", combine={4: 2, 3: 2}), est=skipped["est"])


COLUMNS = {"est": "estimate", "se": "se", "lo": "lower", "hi": "upper"}


@cache
def people() -> Sample:
    """R's nhanes, those who know their cholesterol."""
    frame = pl.read_parquet(SETS / "r_nhanes.parquet").drop_nulls(["HI_CHOL"])
    return Sample.from_frame(frame, weight="WTMEC2YR", strata="SDMVSTRA", psu="SDMVPSU", nest=True)


def nhanes() -> Iterator[Question]:
    def shares(*keys: str) -> Answer:
        found = people().mutate(cell=pl.concat_str("race", "HI_CHOL", separator=" ")).proportion("cell").frame
        return {key: found[COLUMNS[key]].to_list() for key in keys}

    def counts(*keys: str, by: Sequence[str]) -> Answer:
        found = people().total(by=list(by)).frame
        return {key: found[COLUMNS[key]].to_list() for key in keys}

    one = {"est": [226710664.8857, 28635245.2551], "se": [12606884.9914, 2020710.7438]}
    yield decimals("cholesterol, count", lambda: counts("est", "se", by=["HI_CHOL"]), **one)

    def share() -> Answer:
        found = people().proportion("HI_CHOL", values=(0,)).frame
        return {"est": found["estimate"].to_list(), "se": found["se"].to_list()}

    yield decimals("cholesterol, share", share, est=[0.8879], se=[0.0054])
    cells = {
        "est": [0.1368, 0.0155, 0.5825, 0.0807, 0.1043, 0.0089, 0.0642, 0.0071],
        "se": [0.0270, 0.0036, 0.0309, 0.0059, 0.0079, 0.0015, 0.0098, 0.0018],
        "lo": [0.0889, 0.0094, 0.5159, 0.0691, 0.0887, 0.0062, 0.0462, 0.0041],
        "hi": [0.2048, 0.0252, 0.6462, 0.0940, 0.1223, 0.0128, 0.0884, 0.0122],
    }
    for key, values in cells.items():
        yield decimals(f"race by cholesterol, {key}", lambda key=key: shares(key), **{key: values})
    both = ["race", "HI_CHOL"]
    totals = {
        "est": [
            34942048.84,
            3946904.66,
            148741789.84,
            20600334.92,
            26641367.60,
            2273898.25,
            16385458.62,
            1814107.45,
        ],
        "se": [5549735.33, 759981.59, 15184776.72, 2289581.92, 2299009.21, 384484.38, 2497859.99, 454779.26],
    }
    for key, values in totals.items():
        yield ask(
            f"race by cholesterol, {key} of counts", lambda key=key: counts(key, by=both), **{key: values}
        )

    def pearson() -> Answer:
        found = people().independence(*both)
        return {"f": [found.f], "df": list(found.df), "p": [found.p]}

    yield decimals("race by cholesterol, F", pearson, f=[3.1513], df=[1.9230, 30.7676], p=[0.0587])

    def ratio() -> Answer:
        found = people().independence(*both)
        return {"f": [found.likelihood], "p": [found.likelihood_p]}

    yield decimals("race by cholesterol, likelihood ratio", ratio, f=[3.3354], p=[0.0506])
    yield ask(
        "race by cholesterol, design",
        lambda: {"df": [people().df], "n": [float(people().size)]},
        df=[16.0],
        n=[7846.0],
    )


def regression() -> Iterator[Question]:
    beta = [820.8873, -0.4805866, -3.141535, 0.2257132]
    errors = {
        None: [10.97091, 0.3971755, 0.2917333, 0.4012498],
        "stype": [10.25649, 0.3977075, 0.2883001, 0.4026908],
    }
    for strata, se in errors.items():

        def fit(strata: str | None = strata) -> Answer:
            of = Sample.from_frame(rows("apistrat"), weight="pw", strata=strata)
            frame = of.glm("api00 ~ ell + meals + mobility").coefficients.frame
            return {"est": frame["estimate"].to_list(), "se": frame["se"].to_list()}

        yield ask(f"a linear model, strata {strata}", fit, est=beta, se=se)


def auto() -> Iterator[Question]:
    folder_ = folder()
    assert folder_ is not None
    cars = Sample.from_frame(pl.read_csv(folder_ / "auto.csv").with_columns(w=1.0), weight="w")

    def one(**how: Any) -> Answer:
        found = cars.test("mpg", **how)
        return {"t": [found.statistic], "df": list(found.df), "p": [found.p]}

    def groups() -> Answer:
        found = cars.mean("mpg", by="foreign").frame
        return {key: found[COLUMNS[key]].to_list() for key in ("est", "se")}

    yield decimals(
        "one sample, mean", lambda: _mean(cars), est=[21.2973], se=[0.67255], lo=[19.9569], hi=[22.63769]
    )
    # A t of one mean has a degree of freedom more in samplics and Stata than R's svyttest gives it.
    yield decimals("one sample, t", lambda: {"t": one(value=20)["t"]}, t=[1.92889])
    known = {"est": [19.82692, 24.77273], "se": [0.6558681, 1.3865031]}
    yield decimals("two groups, means", groups, **known)
    yield decimals("two groups, t", lambda: {"t": one(group="foreign")["t"]}, t=[3.22454])
    welch = "Welch's degrees of freedom, of two samples apart; ours are those of one design"
    yield decimals(
        "two groups, unequal variances",
        lambda: one(group="foreign"),
        welch,
        t=[3.22454],
        df=[30.81429],
        p=[0.0029818],
    )
    pooled = "a variance pooled over groups, of two samples apart; ours is that of one design"
    yield decimals(
        "two groups, equal variances",
        lambda: one(group="foreign"),
        pooled,
        t=[3.66326],
        df=[72.0],
        p=[0.0004725],
    )

    def pair() -> Answer:
        found = cars.test("y1", pair="y2")
        return {"est": [found.estimate], "se": [found.se], "t": [found.statistic]}

    yield decimals("pairs", pair, est=[0.000000405405], se=[0.00000046419], t=[0.873349])


def _mean(of: Sample) -> Answer:
    found = of.mean("mpg").frame
    return {key: found[name].to_list() for key, name in COLUMNS.items()}


def births() -> Iterator[Question]:
    folder_ = folder()
    assert folder_ is not None
    frame = pl.read_csv(folder_ / "birth.csv", null_values=["NA", ""]).with_columns(w=1.0)

    def part(*columns: str) -> Sample:
        return Sample.from_frame(frame.drop_nulls(columns), weight="w")

    def table(column: str, what: str) -> Answer:
        of = part(column)
        found = (of.total(by=column) if what == "count" else of.proportion(column, values=None)).frame
        return {key: found[name].to_list() for key, name in COLUMNS.items()}

    counted = {
        "birthcat": (
            [240, 450, 233],
            [13.3337, 15.1940, 13.2050],
            [213.8321, 420.1812, 207.0847],
            [266.1679, 479.8188, 258.9153],
        ),
        "region": (
            [166, 284, 250, 256],
            [11.7183, 14.1365, 13.5947, 13.6983],
            [143.0033, 256.2578, 223.3210, 229.1177],
            [188.9967, 311.7422, 276.6790, 282.8823],
        ),
    }
    shares = {
        "birthcat": (
            [0.2600, 0.4875, 0.2524],
            [0.0144, 0.0165, 0.0143],
            [0.2327, 0.4553, 0.2254],
            [0.2894, 0.5199, 0.2815],
        ),
        "region": (
            [0.1736, 0.2971, 0.2615, 0.2678],
            [0.0123, 0.0148, 0.0142, 0.0143],
            [0.1509, 0.2689, 0.2346, 0.2406],
            [0.1990, 0.3269, 0.2904, 0.2968],
        ),
    }
    for what, cases in (("count", counted), ("share", shares)):
        for column, values in cases.items():
            for key, numbers in zip(COLUMNS, values, strict=True):

                def found(column: str = column, what: str = what, key: str = key) -> Answer:
                    return {key: table(column, what)[key]}

                yield decimals(f"{column}, {what}, {key}", found, **{key: [float(each) for each in numbers]})

    def cross(key: str) -> Answer:
        of = part("agecat", "birthcat").mutate(cell=pl.concat_str("agecat", "birthcat", separator=" "))
        if key in ("f", "df", "lr"):
            test = of.independence("agecat", "birthcat")
            return {key: {"f": [test.f], "df": list(test.df), "lr": [test.likelihood]}[key]}
        return {key: of.total(by="cell").frame[COLUMNS[key]].to_list()}

    crossed = {
        "est": [56, 239, 192, 79, 193, 37, 105, 18, 4],
        "se": [7.2567, 13.3156, 12.3380, 8.5039, 12.3616, 5.9628, 9.6517, 4.2033, 1.9967],
        "lo": [41.7585, 212.8676, 167.7862, 62.3107, 168.7399, 25.2977, 86.0581, 9.7508, 0.0813],
        "hi": [70.2415, 265.1324, 216.2138, 95.6893, 217.2601, 48.7023, 123.9419, 26.2492, 7.9187],
        "f": [80.9816],
        "lr": [75.5466],
        "df": [4, 3688],
    }
    for key, values in crossed.items():
        yield decimals(
            f"age by birth, {key}", lambda key=key: cross(key), **{key: [float(each) for each in values]}
        )
