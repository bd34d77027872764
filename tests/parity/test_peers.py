"""Questions from the test folders of R ``survey`` and srvyr and the tidy-survey book, with R 4.5's answers.

The sets and answers stand in the shared material, since R's example sets may not be shipped here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from thuis.survey import Ratio, Replicates, Sample
from thuis.survey.estimates import Estimates

Answer = dict[str, list[float]]
FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "survey" / "peers"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the questions of peers are not beside this checkout"
)


@cache
def rows(name: str) -> pl.DataFrame:
    return pl.read_csv(FOLDER / "data" / f"{name}.csv", infer_schema_length=None, null_values=["NA", ""])


@cache
def answers() -> dict[tuple[str, str], list[float]]:
    """R 4.5's answers, by case and key; what only 4.1 was asked is the same in both."""
    found: dict[tuple[str, str], list[float]] = {}
    for name in ("oracle1", "oracle1_45", "oracle2_45", "oracle3"):
        table = pl.read_csv(
            FOLDER / f"{name}.csv",
            infer_schema_length=None,
            null_values=["NA", "NaN"],
            has_header=False,
            skip_rows=1,
            new_columns=["case", "key", "at", "value"],
        )
        for key, part in table.group_by("case", "key", maintain_order=True):
            found[str(key[0]), str(key[1])] = part.sort("at")["value"].to_list()
    return found


def both(found: Estimates) -> Answer:
    return {"est": found.frame["estimate"].to_list(), "se": found.frame["se"].to_list()}


def strat() -> Sample:
    return Sample.from_frame(rows("apistrat"), weight="pw", strata="stype", fpc="fpc")


def clus1(frame: pl.DataFrame | None = None) -> Sample:
    return Sample.from_frame(rows("apiclus1") if frame is None else frame, weight="pw", psu="dnum", fpc="fpc")


def stratified(**design: Any) -> Sample:
    frame = rows("fpc").with_columns(pct=pl.col("nh") / pl.col("Nh"), n27=pl.lit(27))
    return Sample.from_frame(frame, weight="weight", psu="psuid", strata="stratid", nest=True, **design)


def alone(rule: str) -> Sample:
    return Sample.from_frame(rows("single"), weight="w", strata="Stratum", psu="PSU", lonely=rule)


def staged(rule: str) -> Sample:
    design: dict[str, Any] = {"strata": "stratum", "psu": ["id1", "id2"], "fpc": ["n1", "n2"], "nest": True}
    return Sample.from_frame(rows("m3"), weight="w", lonely=rule, **design)


def replicated() -> Sample:
    scale = answers()["bycov.scale", "scale"][0] * answers()["bycov.scale", "r1"][0]
    names = tuple(f"rw{i}" for i in range(1, 16))
    return Sample.from_frame(rows("rclus1"), weight="pw", replicates=Replicates(names, "JK1", scale=scale))


def nhanes() -> Sample:
    design: dict[str, Any] = {"strata": "SDMVSTRA", "psu": "SDMVPSU", "nest": True}
    return Sample.from_frame(rows("nhanes"), weight="WTMEC2YR", **design)


def tabled() -> Answer:
    found = replicated().independence("sch.wide", "stype")
    return {"stat": [found.f], "p": [found.p], "par": list(found.df)}


def model(formula: str, order: list[int] | None = None, of: Callable[[], Sample] = strat, **how: Any) -> Any:
    def asked() -> Answer:
        frame = of().glm(formula, **how).coefficients.frame
        return both(Estimates(frame[order] if order else frame, 0.95, 1.0, None))  # type: ignore[arg-type]

    return asked


QUESTIONS: dict[str, Callable[[], Answer]] = {
    "fpcex.without": lambda: both(stratified().mean("x")),
    "fpcex.with": lambda: both(stratified(fpc="Nh").mean("x")),
    "fpcex.with_tot": lambda: both(stratified(fpc="Nh").total("x")),
    "fpcex.pct": lambda: both(stratified(fpc="pct").mean("x")),
    **{
        f"lonely.s.{rule}": lambda rule=rule: both(alone(rule).total("Age"))  # type: ignore[misc]
        for rule in ("remove", "certainty", "adjust", "average")
    },
    **{
        f"lonely.sby.{rule}": lambda rule=rule: both(alone(rule).total("Age", by="Sex"))  # type: ignore[misc]
        for rule in ("remove", "certainty", "adjust")
    },
    **{
        f"ms.lonely.{rule}": lambda rule=rule: both(staged(rule).total(["y1", "y2"]))  # type: ignore[misc]
        for rule in ("remove", "certainty", "adjust")
    },
    "lonely.tot.1.adjust": lambda: both(
        Sample.from_frame(rows("apiclus1"), weight="pw", strata="dnum", lonely="adjust").total("enroll")
    ),
    "chisqr.F": tabled,
    "domain.strat": lambda: both(strat().subset(**{"comp.imp": "Yes"}).mean("enroll")),
    "domain.glm_noint": model("enroll ~ C(comp.imp) - 1"),
    "glm.gauss": model("api00 ~ ell + meals + mobility"),
    "glm.int": model("api00 ~ ell*meals + mobility", [0, 1, 2, 4, 3]),
    "glm.facint": model("api00 ~ stype*sch.wide"),
    "glm.pois": model("api.stu ~ ell + meals + mobility", family="poisson"),
    "glm.fac": model("api00 ~ ell + stype + sch.wide", of=clus1),
    "glm.logit": model(
        "sw ~ ell + meals + mobility",
        of=lambda: clus1(rows("apiclus1").with_columns(sw=(pl.col("sch.wide") == "Yes").cast(pl.Int8))),
        family="binomial",
    ),
    "glm.int_only": model("api99 ~ 1", of=lambda: clus1().subset(stype="H")),
    "glm.probit": model("HI_CHOL ~ RIAGENDR", of=nhanes, family="probit"),
    "bycov.ratios": lambda: both(
        clus1().tabulate([Ratio(a, b) for b in ("mobility", "meals") for a in ("ell", "mobility")], [()])
    ),
}


@pytest.mark.parametrize("case", QUESTIONS)
def test_answers_are_those_of_r_today(case: str) -> None:
    found = QUESTIONS[case]()
    for key, values in found.items():
        assert values == pytest.approx(answers()[case, key], rel=1e-8, abs=1e-10), key


def test_a_rule_for_lonely_units_gives_one_covariance() -> None:
    """The diagonal, the difference and the table say the same, whichever way they were added up."""
    for of in (alone("adjust").total("Age", by="Sex"), staged("adjust").total(["y1", "y2"])):
        matrix, se = of.covariance(), of.frame["se"].to_list()
        assert matrix.diagonal() ** 0.5 == pytest.approx(se, rel=1e-10)
        gap = of.differences([(0, 1)])["se"].item() ** 2
        assert gap == pytest.approx(matrix[0, 0] + matrix[1, 1] - 2 * matrix[0, 1], rel=1e-9)
