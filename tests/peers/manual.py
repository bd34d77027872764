"""Questions of R's help pages, of Lumley's "Complex Surveys" and UCLA's seminar: manual.R's answers."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from peers.asking import Answer, Question, both, model, ordered, rows
from peers.designs import STYPE, WIDE, clus1, strat
from peers.models import nhanes
from thuis.survey import Sample

HERE = Path(__file__).parent


@cache
def answers() -> dict[str, dict[str, list[float]]]:
    """R's answers by case and key."""
    found: dict[str, dict[str, list[float]]] = {}
    table = pl.read_csv(HERE / "manual.csv", null_values=["NA", "NaN"])
    for (case, key), part in table.group_by("case", "key", maintain_order=True):
        found.setdefault(str(case), {})[str(key)] = part["value"].to_list()
    return found


@cache
def sets() -> dict[str, pl.DataFrame]:
    """Two sets of R ``survival``, which only R has; none without it."""
    if shutil.which("Rscript") is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        script = ["Rscript", "manual.R", "sets", folder]
        made = subprocess.run(script, cwd=HERE, capture_output=True, timeout=30, check=False)
        if made.returncode:
            return {}
        read = {"infer_schema_length": None, "null_values": ["NA"]}
        return {name: pl.read_csv(Path(folder) / f"{name}.csv", **read) for name in ("pbc", "nwtco")}


def ask(case: str, how: Callable[[], Answer], why: str = "", tolerance: float = 1e-8) -> Question:
    return Question("manuals and books", case, how, why, tolerance, answers()[case])


@cache
def clus2() -> Sample:
    return Sample.from_frame(rows("apiclus2"), psu=["dnum", "snum"], fpc=["fpc1", "fpc2"])


@cache
def srs() -> Sample:
    return Sample.from_frame(rows("apisrs"), fpc="fpc")


@cache
def jkn() -> Sample:
    return strat().replicated("JKn")


@cache
def jk1() -> Sample:
    return clus1().replicated("JK1")


def est(found: Any) -> Answer:
    return {"est": found.frame["estimate"].to_list()}


def one(found: Any) -> Answer:
    return {"est": [found.estimate], "se": [found.se]}


def questions() -> Iterator[Question]:
    yield from tables()
    yield from weights()
    yield from models()
    yield from seminar()
    if sets():
        yield from survival()


def tables() -> Iterator[Question]:
    yield ask("srs.total", lambda: both(srs().total("enroll")))
    yield ask("srs.mean", lambda: both(srs().mean("enroll")))
    yield ask("srs.stype", lambda: both(srs().total(by="stype")))
    yield ask("strat.total", lambda: both(strat().total("enroll")))
    yield ask("strat.means", lambda: both(strat().mean(["api99", "api00"])))
    yield ask("clus2.awards", lambda: both(clus2().proportion("awards")))
    yield ask("strat.contrast", lambda: one(strat().mean(["api99", "api00"]).contrast({0: -1, 1: 1})))
    yield ask("clus1.cov", lambda: est(clus1().covariance("api00", "api99")))
    yield ask("strat.var", lambda: both(strat().variance("api00")))

    def quartiles() -> Answer:
        found = srs().quantile("enroll", probabilities=(0.25, 0.5, 0.75)).frame
        return {"est": found["estimate"], "lo": found["lower"], "hi": found["upper"]}

    yield ask("srs.quartiles", quartiles)
    yield ask("clus2.median", lambda: both(clus2().quantile("api00")))
    yield ask("strat.medians", lambda: est(strat().quantile("api99", by="stype")))
    by = ["sch.wide", "stype"]
    yield ask("clus1.by2", lambda: ordered(clus1().mean("api00", by=by), by))

    def shares() -> Answer:
        return both(clus1().proportion("awards", by="stype"))

    yield ask("clus1.byprop", shares)
    yield ask("strat.ratio", lambda: both(strat().ratio("api.stu", "enroll")))
    yield ask("strat.deff", lambda: {"deff": strat().mean("api00").frame["deff"]})
    yield ask("clus1.deff", lambda: {"deff": clus1().total("enroll").frame["deff"]})
    yield ask("strat.cv", lambda: {"cv": strat().total("enroll").frame["cv"]})
    yield ask("clus1.table", lambda: {"est": _table()})

    def ninety() -> Answer:
        found = clus1().mean("api00", level=0.9).frame
        return {"ci": [found["lower"].item(), found["upper"].item()]}

    yield ask("clus1.confint", ninety)
    for kind in ("logit", "likelihood", "beta", "xlogit", "mean", "asin"):

        def interval(kind: str = kind) -> Answer:
            found = strat().mutate(high=pl.col("api00") > 700)
            frame = found.proportion("high", values=(True,), interval=kind.removeprefix("x")).frame
            return {"ci": [frame["lower"].item(), frame["upper"].item()]}

        why = "R reads the profile of the likelihood off a spline" if kind == "likelihood" else ""
        yield ask(f"ciprop.{kind}", interval, why)


def _table() -> list[float]:
    found = clus1().total(by=["stype", "sch.wide"]).frame
    cells = {(a, b): n for a, b, n in found.select("stype", "sch.wide", "estimate").rows()}
    return [cells.get((a, b), 0.0) for b in ("No", "Yes") for a in "EHM"]


def weights() -> Iterator[Question]:
    yield ask("jkn.mean", lambda: both(jkn().mean("api00")))
    yield ask("jkn.by", lambda: both(jkn().mean("api00", by="stype")))
    yield ask("jkn.ratio", lambda: both(jkn().ratio("api.stu", "enroll")))
    yield ask("jk1.total", lambda: both(jk1().total("enroll")))
    yield ask("jk1.glm", lambda: model("api00 ~ ell + meals", jk1()))

    def greg() -> Sample:
        return clus1().calibrate({"stype": STYPE}, {"api99": 3914069})

    yield ask("greg", lambda: both(greg().mean("api00")))
    yield ask("greg.tot", lambda: both(greg().total("enroll")))
    yield ask(
        "greg.raking", lambda: both(clus1().calibrate({"stype": STYPE}, method="raking").total("enroll"))
    )
    yield ask(
        "greg.logit",
        lambda: both(clus1().calibrate({"stype": STYPE}, method="logit", bounds=(0.3, 3)).total("enroll")),
    )
    yield ask("ps", lambda: both(clus1().poststratify("stype", STYPE).total("enroll")))
    yield ask("ps.jk", lambda: both(jk1().poststratify("stype", STYPE).total("enroll")))
    yield ask(
        "rake.by", lambda: both(clus1().rake({"stype": STYPE, "sch.wide": WIDE}).mean("api00", by="comp.imp"))
    )
    yield ask(
        "trim",
        lambda: both(clus1().calibrate({"stype": STYPE}).trim(lower=20, upper=45, strict=True).mean("api00")),
        "R keeps the calibration of the weights before they were trimmed; ours count as given",
    )


def models() -> Iterator[Question]:
    def t() -> Answer:
        found = strat().test("api00", group="comp.imp")
        return {"t": [found.statistic], "df": found.df, "p": [found.p]}

    yield ask("ttest", t)

    def rank() -> Answer:
        found = strat().test("api00", group="awards", kind="wilcoxon", ties="rows")
        return {"t": [found.statistic], "p": [found.p]}

    yield ask("rank", rank)

    def chi() -> Answer:
        found = strat().independence("comp.imp", "sch.wide")
        return {"f": [found.f], "p": [found.p]}

    def wald() -> Answer:
        found = clus2().independence("awards", "stype")
        return {"f": [found.wald], "p": [found.wald_p]}

    yield ask("chisq", chi)
    yield ask("chisq.wald", wald)
    yield ask("lm", lambda: model("api00 ~ ell + meals + mobility + emer", clus2()))
    yield ask("lm.cross", lambda: model("api00 ~ ell * meals", strat()))
    logit = "ell + meals + mobility"
    yield ask(
        "logit",
        lambda: model(
            f"wide ~ {logit}",
            strat().mutate(wide=(pl.col("sch.wide") == "Yes").cast(pl.Int8)),
            family="binomial",
        ),
    )
    yield ask("poisson", lambda: model("api.stu ~ ell + meals", clus1(), family="poisson"))
    yield ask("offset", lambda: model("api.stu ~ ell + offset(log(enroll))", clus1(), family="poisson"))

    def term() -> Answer:
        found = strat().glm("api00 ~ ell + meals + stype").joint("stype")
        return {"f": [found.f], "p": [found.p]}

    yield ask("term", term)
    new = pl.DataFrame({"ell": [5, 20], "meals": [10, 50], "stype": ["E", "H"]})
    yield ask("predict", lambda: both(strat().glm("api00 ~ ell + meals + stype").predict(new)))
    yield ask("square", lambda: model("api00 ~ meals + I(meals ** 2)", strat()))
    yield ask("subset", lambda: model("api00 ~ ell", clus1().subset(**{"comp.imp": "Yes"})))

    def ends() -> Answer:
        found = strat().glm("api00 ~ ell + meals").coefficients.frame
        return {"ci": [*found["lower"], *found["upper"]]}

    yield ask("glm.ci", ends)


def seminar() -> Iterator[Question]:
    yield ask("nh.mean", lambda: both(nhanes().mean("HI_CHOL")))
    by = ["race", "RIAGENDR"]
    yield ask("nh.by", lambda: ordered(nhanes().mean("HI_CHOL", by=by), by))
    yield ask("nh.tot", lambda: both(nhanes().total(by="agecat")))

    def chi() -> Answer:
        found = nhanes().independence("HI_CHOL", "race")
        return {"f": [found.f], "p": [found.p]}

    yield ask("nh.chisq", chi)
    yield ask("nh.logit", lambda: model("HI_CHOL ~ C(race) + RIAGENDR", nhanes(), family="binomial"))
    yield ask("nh.sub", lambda: both(nhanes().subset(race=2, RIAGENDR=2).mean("HI_CHOL")))
    yield ask("nh.gap", lambda: one(nhanes().mean("HI_CHOL", by="RIAGENDR").difference("1", "2")))


def survival() -> Iterator[Question]:
    trial = Sample.from_frame(sets()["pbc"], prob="randprob", strata="edema")

    def cox() -> Answer:
        return both(trial.hazards("time", "dead", "log(bili) + protime + albumin").coefficients)

    yield ask("cox", cox)
    yield ask(
        "km",
        lambda: est(trial.subset(sex="m").survival("time", "dead", at=(1000, 2000, 3000))),
    )

    def logrank() -> Answer:
        found = trial.logrank("time", "dead", "trt")
        return {"p": [found.p]}

    yield ask("logrank", logrank)
    frame = sets()["nwtco"].with_columns(pl.col("incc2").cast(pl.Int8))
    phases = Sample.of_two_phases(frame, inside="incc2", second={"strata": "s"})
    yield ask("nw.mean", lambda: both(phases.mean("age")))
    yield ask("nw.logit", lambda: model("rel ~ C(stage) + C(histol)", phases, family="binomial"))
    yield ask("nw.cox", lambda: both(phases.hazards("edrel", "rel", "C(stage) + C(histol)").coefficients))
