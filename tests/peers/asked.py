"""Questions as analysts type them in tutorials, forums and trackers, on R's own example sets: asked.R."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from peers.asking import Answer, Question, both, model, ordered, rows, written
from thuis.survey import Estimates, Sample

LOGIT = {"family": "binomial"}
NEAR = 1e-6
"""How far R's own iterations stop from their end."""
OTHER = "another matrix of half-samples, as balanced as R's; hadamard= takes one"
TYPES = {"E": 4421, "H": 755, "M": 1018}


def ask(case: str, how: Callable[[], Answer], why: str = "", tolerance: float = 1e-8) -> Question:
    return Question("asked in public", case, how, why, tolerance, written("asked")[case])


def questions() -> Iterator[Question]:
    yield from tables()
    yield from contrasts()
    yield from tests()
    yield from models()
    yield from designs()
    yield from weights()


@cache
def strat() -> Sample:
    return Sample.from_frame(rows("apistrat"), weight="pw", strata="stype", fpc="fpc")


@cache
def one() -> Sample:
    return Sample.from_frame(rows("apiclus1"), weight="pw", psu="dnum", fpc="fpc")


@cache
def two() -> Sample:
    return Sample.from_frame(rows("apiclus2"), psu=["dnum", "snum"], fpc=["fpc1", "fpc2"])


@cache
def nh() -> Sample:
    design: dict[str, Any] = {"weight": "WTMEC2YR", "strata": "SDMVSTRA", "psu": "SDMVPSU"}
    return Sample.from_frame(rows("nhanes"), nest=True, **design)


@cache
def jk() -> Sample:
    return one().replicated()


def ends(found: Estimates) -> list[float]:
    return [each for row in found.frame.select("lower", "upper").iter_rows() for each in row]


def column(found: Estimates, name: str) -> list[float]:
    return found.frame[name].to_list()


def tables() -> Iterator[Question]:
    d = strat()
    yield ask("a.prop", lambda: both(d.proportion("sch.wide")))
    yield ask("a.ci", lambda: {"ci": ends(d.mean("api00", level=0.9))})
    yield ask("a.two", lambda: ordered(d.mean("api00", by=["stype", "sch.wide"]), ["stype", "sch.wide"]))
    yield ask("a.total", lambda: both(d.total("enroll"), "deff"))
    yield ask("a.cv", lambda: {"cv": column(two().total("enroll"), "cv")})
    yield ask("a.growth", lambda: both(d.mutate(more="api00 - api99").mean("more")))
    yield ask("a.inter", lambda: ordered(d.total(by=["stype", "awards"]), ["stype", "awards"]))
    yield ask("a.ratio", lambda: both(d.ratio("api.stu", "enroll", by="stype")))
    yield ask("a.count", lambda: {"n": column(d.mean("api00", by="stype"), "n")})

    def quartiles() -> Answer:
        found = d.quantile("api00", probabilities=(0.25, 0.5, 0.75))
        return {"est": column(found, "estimate"), "se": column(found, "se"), "ci": ends(found)}

    yield ask("a.quart", quartiles)

    def by_both() -> Answer:
        found = d.quantile("api00", by="both", probabilities=[0.25, 0.5, 0.75])
        return {"est": column(found, "estimate")}

    yield ask("a.quartby", by_both)

    def beta() -> Answer:
        found = one().quantile("api00", interval="beta")
        return {"est": column(found, "estimate"), "ci": ends(found)}

    yield ask("a.beta", beta)
    yield ask(
        "a.hf8", lambda: {"est": column(two().quantile("enroll", probabilities=0.9, rule="hf8"), "estimate")}
    )

    def variances() -> Answer:
        found, cross = d.variance(["api00", "enroll"]).frame, d.covariance("api00", "enroll").frame
        return {
            name: [found[key][0], cross[key][0], found[key][1]]
            for name, key in (("est", "estimate"), ("se", "se"))
        }

    yield ask("a.var", variances)
    yield ask("a.corr", lambda: {"r": column(d.correlation("api00", "enroll"), "estimate")})

    def high() -> Answer:
        found = both(d.mutate(high=pl.col("api00") > 700).proportion("high"))
        return {"est": [1 - found["est"][0], *found["est"]], "se": found["se"] * 2}

    yield ask("a.share", high)
    yield ask("a.xlogit", lambda: {"ci": ends(one().mutate(no="ell = 0").proportion("no"))})

    def korn() -> Answer:
        found = one().mutate(no="ell = 0").proportion("no", interval="beta")
        return {"est": column(found, "estimate"), "ci": ends(found)}

    yield ask("a.cpbeta", korn)
    many = two().mutate(many=pl.col("ell") > 50)
    yield ask("a.asin", lambda: {"ci": ends(many.proportion("many", interval="asin"))})
    yield ask("a.mean99", lambda: {"ci": ends(many.proportion("many", interval="mean", level=0.99))})
    yield ask("a.sub", lambda: both(two().subset(stype="E").mean("api00")))
    yield ask("a.subtotal", lambda: both(d.subset("awards = 'Yes'", pl.col("stype") != "H").total("enroll")))
    yield ask("a.degf", lambda: {"df": [d.df, one().df, two().df, nh().df, nh().subset(race=2).freedom]})
    yield ask("a.race", lambda: ordered(nh().mean("HI_CHOL", by=["race", "RIAGENDR"]), ["race", "RIAGENDR"]))
    yield ask("a.age", lambda: both(nh().mean("HI_CHOL", by="agecat")))

    def standard() -> Answer:
        ages = ["(0,19]", "(19,39]", "(39,59]", "(59,Inf]"]
        shares = dict(zip(ages, (55901, 77670, 72816, 45364), strict=True))
        return both(
            nh().subset("HI_CHOL IS NOT NULL").standardize("agecat", shares).mean("HI_CHOL", by="race")
        )

    yield ask("a.std", standard)
    yield ask("a.na", lambda: both(nh().subset("HI_CHOL IS NOT NULL").proportion("race")))


def contrasts() -> Iterator[Question]:
    means = strat().mean("api00", by="stype")

    def of(found: Any) -> Answer:
        return {"est": [found.estimate], "se": [found.se]}

    yield ask("a.diff", lambda: of(means.difference("E", "H")))
    yield ask("a.nl", lambda: of(means.contrast(lambda e: e[1] / e[0])))
    yield ask("a.vcov", lambda: {"v": means.covariance().ravel().tolist()})
    yield ask("a.nlratio", lambda: both(strat().ratio("api.stu", "enroll")))


def tests() -> Iterator[Question]:
    def t(found: Any) -> Answer:
        return {"t": [found.statistic], "df": list(found.df), "p": [found.p], "est": [found.estimate]}

    yield ask("t.t", lambda: t(strat().test("api00", group="comp.imp")))
    pair = strat().test("api99", pair="api00")
    yield ask("t.pair", lambda: {"t": [abs(pair.statistic)], "p": [pair.p]})

    def rank(found: Any) -> Answer:
        return {"t": [found.statistic], "p": [found.p]}

    yield ask("t.rank", lambda: rank(strat().test("api00", group="both", kind="wilcoxon", ties="rows")))

    def kruskal() -> Answer:
        found = one().test("api99", group="stype", kind="kruskal-wallis", ties="rows")
        return {"p": [found.p]}

    yield ask("t.kw", kruskal)
    yield ask(
        "t.median",
        lambda: {"p": [two().test("api00", group="comp.imp", kind="median", ties="rows").p]},
    )
    table = one().independence("sch.wide", "stype")
    yield ask("t.F", lambda: {"p": [table.p]})
    yield ask("t.Chisq", lambda: {"p": [table.chi2[2]]})
    yield ask("t.Wald", lambda: {"p": [table.unadjusted_wald[2]]})
    yield ask("t.adjWald", lambda: {"p": [table.wald_p]})
    yield ask("t.saddlepoint", lambda: {"p": [table.saddlepoint]})

    def cholesterol() -> Answer:
        found = nh().independence("RIAGENDR", "HI_CHOL")
        return {"f": [found.f], "df": list(found.df), "p": [found.p]}

    yield ask("t.nh", cholesterol)

    def fit() -> Answer:
        found = nh().goodness("race", {1: 0.2, 2: 0.2, 3: 0.5, 4: 0.1})
        return {"x2": [found.x2], "p": [found.p]}

    yield ask("t.gof", fit)


def models() -> Iterator[Question]:
    d = strat().mutate(wide=pl.col("sch.wide") == "Yes")
    lm = d.glm("api00 ~ ell + meals + mobility")
    yield ask("m.lm", lambda: both(lm.coefficients))
    yield ask("m.ci", lambda: {"ci": ends(lm.coefficients)})
    yield ask("m.r2", lambda: {"r2": [lm.r_squared()]})
    crossed = d.glm("api00 ~ ell * meals + stype")
    order = (0, 1, 2, 4, 5, 3)  # R has crossings after all terms
    yield ask("m.inter", lambda: model("api00 ~ ell * meals + stype", d, order))

    def term() -> Answer:
        found = crossed.joint("ell:meals")
        return {"f": [found.f], "p": [found.p]}

    yield ask("m.term", term)
    logit = d.glm("wide ~ ell + meals + mobility", **LOGIT)
    yield ask("m.logit", lambda: both(logit.coefficients))

    def odds() -> Answer:
        found = logit.coefficients.exponents()
        return {"or": column(found, "estimate"), "ci": ends(found)}

    yield ask("m.or", odds)
    yield ask("m.anova", lambda: {"p": [logit.joint("meals", "mobility", method="lrt").p]}, tolerance=NEAR)
    yield ask("m.pred", lambda: both(logit.predict({"ell": [20], "meals": [40], "mobility": [15]})))
    yield ask("m.psrsq", lambda: {"r": [logit.r_squared("cox-snell"), logit.r_squared("nagelkerke")]})
    yield ask("m.aic", lambda: {"aic": [logit.aic().value, logit.aic().parameters]})
    known = nh().glm("HI_CHOL ~ C(race, ref=2) + agecat + RIAGENDR", **LOGIT)
    yield ask("m.relevel", lambda: both(known.coefficients))

    def scott(method: str) -> Answer:
        found = known.joint("agecat", method=method)
        return {"chi": [found.chi2], "p": [found.p]}

    yield ask("m.lrt", lambda: scott("lrt"), tolerance=NEAR)
    yield ask("m.ww", lambda: scott("working"), tolerance=NEAR)
    risk = nh().glm("HI_CHOL ~ RIAGENDR", family="binomial", link="log").coefficients
    yield ask("m.rr", lambda: both(risk))

    def risks() -> Answer:
        found = risk.exponents().frame.row(1, named=True)
        return {"rr": [found["estimate"]], "ci": [found["lower"], found["upper"]]}

    yield ask("m.rrexp", risks)
    yield ask("m.rd", lambda: model("HI_CHOL ~ RIAGENDR", nh(), family="binomial", link="identity"))
    yield ask("m.pois", lambda: model("enroll ~ stype + offset(log(api.stu))", d, family="poisson"))
    hundred = d.mutate(hundred="enroll / 100")
    yield ask("m.trans", lambda: model("hundred ~ log(api00) + I(meals^2)", hundred))
    yield ask("m.noint", lambda: model("api00 ~ 0 + stype", two()))
    yield ask("m.subset", lambda: model("api00 ~ ell", d.subset(stype="E")))

    def ordinal() -> Answer:
        return {"est": column(d.ordinal("stype ~ api00 + ell", ["E", "H", "M"]), "estimate")}

    yield ask("m.olr", ordinal, tolerance=1e-4)
    yield ask("m.jk", lambda: model("api00 ~ ell + meals", jk()))
    yield ask("m.adj", lambda: both(d.glm("api00 ~ ell + stype").means("stype", people="apart")))


def designs() -> Iterator[Question]:
    scd = rows("scd").with_columns(one=1.0, two=2.0)
    yield ask("s.scd", lambda: both(Sample.from_frame(scd, weight="one").ratio("alive", "arrests")))
    halves = Sample.from_frame(scd, weight="two", strata="ESA", psu="ambulance", nest=True)
    yield ask("s.brr", lambda: both(halves.replicated("BRR").ratio("alive", "arrests")), OTHER)
    yield ask("s.fay", lambda: both(halves.replicated("Fay", rho=0.3).ratio("alive", "arrests")), OTHER)
    hospital = Sample.from_frame(rows("hospital"), weight="weighta", strata="oblevel", fpc="tothosp")
    yield ask("s.hosp", lambda: both(hospital.total("births")))
    yield ask("s.hospmean", lambda: both(hospital.mean("births")))

    def votes() -> Answer:
        counties = Sample.from_frame(rows("election_pps"), fpc="p", pps="brewer")
        return both(counties.total(["Bush", "Kerry", "Nader"]))

    yield ask("s.pps", votes)
    mu = Sample.from_frame(rows("mu284"), psu=["id1", "id2"], fpc=["n1", "n2"])
    yield ask("s.mu", lambda: both(mu.total("y1")))


def weights() -> Iterator[Question]:
    yield ask("w.post", lambda: both(one().poststratify("stype", TYPES).total("enroll")))
    yield ask("w.postjk", lambda: both(jk().poststratify("stype", TYPES).mean("api00")))
    raked = one().rake({"stype": TYPES, "sch.wide": {"No": 1072, "Yes": 5122}})
    yield ask("w.rake", lambda: both(raked.mean("api00")))
    yield ask("w.rakeby", lambda: both(raked.mean("api00", by="stype")))
    yield ask("w.greg", lambda: both(one().calibrate({"stype": TYPES}).total("enroll")))

    def raking() -> Answer:
        made = one().calibrate({"stype": TYPES}, {"api99": 3914069}, method="raking")
        return both(made.total("api00"))

    yield ask("w.grak", raking)

    def logit() -> Answer:
        made = one().mutate(every="'all'")
        bounds: Any = {"method": "logit", "bounds": (0.4, 2.5)}
        return both(made.calibrate({"every": {"all": 6194}}, {"api99": 3914069}, **bounds).mean("enroll"))

    yield ask("w.logit", logit)
    yield ask("w.trim", lambda: both(one().trim(upper=40).mean("api00")))

    def median(weight: Any, people: pl.DataFrame) -> float:
        values = people["api00"].to_numpy()
        place = np.argsort(values, kind="stable")
        upto = np.cumsum(weight[place])
        return float(values[place][np.argmax(upto >= weight.sum() / 2)])

    yield ask("w.repmed", lambda: both(jk().statistic(median, "api00")))
