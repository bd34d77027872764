"""Questions after worked examples of SAS, Stata and makers of surveys: worked.R.

Run ``python -m peers.outside FOLDER`` in ``tests`` to write the sets that R reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from peers.asking import Answer, Question, both, model, ordered, written
from peers.outside import ends, frame, one
from thuis.survey import Estimates, Mean, Replicates, Sample

LOGIT = {"family": "binomial"}
NEAR = 1e-6
"""How far R's own iterations stop from their end."""


def ask(case: str, how: Callable[[], Answer], why: str = "", tolerance: float = 1e-8) -> Question:
    return Question("worked examples", case, how, why, tolerance, written("worked")[case])


def questions() -> Iterator[Question]:
    yield from tables()
    yield from means()
    yield from models()
    yield from stata()
    yield from makers()


@cache
def health() -> Sample:
    return Sample.from_frame(frame("nhanes2"), weight="finalwgt", strata="stratid", psu="psuid", nest=True)


@cache
def votes() -> Sample:
    return Sample.from_frame(frame("anes"), weight="Weight", strata="Stratum", psu="VarUnit", nest=True)


@cache
def social() -> Sample:
    return Sample.from_frame(frame("gss"), weight="wtssall", strata="vstrat", psu="vpsu", nest=True)


@cache
def schools() -> Sample:
    return Sample.from_frame(frame("apisrs"), fpc="fpc")


@cache
def energy() -> Sample:
    weights = Replicates("BRRWT*", "Fay", rho=0.5, mse=True)
    return Sample.from_frame(frame("recs"), weight="NWEIGHT", replicates=weights)


def column(found: Estimates, name: str) -> list[float]:
    return found.frame[name].to_list()


def tables() -> Iterator[Question]:
    d, k = health(), health().subset("diabetes IS NOT NULL")

    yield ask("freq.row", lambda: both(d.proportion("race", by="highbp")))

    def columns() -> Answer:
        found = d.proportion("highbp", by="race").frame
        share, se = found["estimate"].to_list(), found["se"].to_list()
        return {"est": [*(1 - each for each in share), *share], "se": [*se, *se]}

    yield ask("freq.col", columns)

    def exact() -> Answer:
        found = d.proportion("highbp", by="race", interval="beta", df="domain")
        return {"lo": column(found, "lower"), "hi": column(found, "upper")}

    yield ask("freq.exact", exact)
    test = d.independence("highbp", "race")
    yield ask("freq.lr", lambda: {"f": [test.likelihood], "p": [test.likelihood_p]})
    yield ask("freq.chisq1", lambda: {"f": [test.pearson / 2], "p": [test.chi2[2]]})

    def odds() -> Answer:
        cells = k.total(by=["highbp", "diabetes"])
        found = cells.contrast(lambda e: np.log(e[0] * e[3] / (e[1] * e[2])))
        return {"est": [np.exp(found.estimate)], "ci": [np.exp(found.lower), np.exp(found.upper)]}

    yield ask("freq.or", odds)
    risks = k.proportion("diabetes", by="highbp")
    yield ask("freq.riskdiff", lambda: one(risks.difference("0", "1")))

    def risk() -> Answer:
        found = risks.ratio("0", "1")
        return {"est": [found.estimate], "ci": [found.lower, found.upper]}

    yield ask("freq.rr", risk)

    def kappa() -> Answer:
        g = social().subset("padeg IS NOT NULL AND madeg IS NOT NULL")
        cells = g.total(by=["padeg", "madeg"])
        keys = cells.frame.select("padeg", "madeg").rows()

        def agreement(e: np.ndarray) -> float:
            p = e / e.sum()
            level = range(5)
            same = sum(p[i] for i, (a, b) in enumerate(keys) if a == b)
            left = [sum(p[i] for i, (a, _) in enumerate(keys) if a == x) for x in level]
            right = [sum(p[i] for i, (_, b) in enumerate(keys) if b == x) for x in level]
            chance = sum(a * b for a, b in zip(left, right, strict=True))
            return (same - chance) / (1 - chance)

        return one(cells.contrast(agreement))

    yield ask("freq.kappa", kappa)

    def given() -> Answer:
        found = d.goodness("region", {1: 0.2, 2: 0.25, 3: 0.25, 4: 0.3})
        return {"x2": [found.x2], "p": [found.p]}

    yield ask("freq.testp", given)
    ages = votes().proportion("AgeGroup")
    yield ask(
        "freq.logit",
        lambda: {"ci": ages.frame.select(pl.concat_list("lower", "upper")).to_series().explode().to_list()},
        tolerance=NEAR,
    )
    yield ask("freq.deff", lambda: {"deff": column(d.total(by="race"), "deff")})
    v = votes().subset("VotedPres2020 IS NOT NULL AND Gender IS NOT NULL").mutate(yes="VotedPres2020 = 'Yes'")
    both_keys = ["Gender", "InterviewMode"]
    yield ask("freq.three", lambda: ordered(v.mean("yes", by=both_keys), both_keys))


def means() -> Iterator[Question]:
    d, z = health(), health().subset("zinc IS NOT NULL")
    k = health().subset("diabetes IS NOT NULL")
    logs = d.mutate(log_zinc=pl.col("zinc").log())
    yield ask("means.geo", lambda: one(logs.mean("log_zinc").contrast(lambda e: np.exp(e[0]))))

    def domains() -> Answer:
        found = z.mean("zinc", by=["highbp", "race"])
        return {**both(found), "ci": ends(found)}

    yield ask("means.domains", domains)
    yield ask("means.ratio", lambda: both(k.ratio("diabetes", "highbp", by="region")))

    def quartiles() -> Answer:
        found = z.quantile("zinc", by="race", probabilities=(0.25, 0.5, 0.75), df="domain")
        return {"est": column(found, "estimate"), "lo": column(found, "lower"), "hi": column(found, "upper")}

    yield ask("means.quartiles", quartiles)
    ps = d.poststratify("race", {1: 1e8, 2: 1.2e7, 3: 3e6})
    yield ask("means.poststrata", lambda: both(ps.mean("zinc")))
    yield ask("means.poststrata.total", lambda: both(ps.total("highbp")))
    knife = d.replicated("JKn")
    yield ask("means.jk", lambda: both(knife.mean("zinc")))
    yield ask(
        "means.jk.ratio", lambda: both(knife.subset("diabetes IS NOT NULL").ratio("highbp", "diabetes"))
    )
    half = d.replicated("BRR")
    yield ask("means.brr", lambda: {**both(half.total("highbp")), "df": [half.df]})
    yield ask("means.fay", lambda: both(d.replicated("Fay", rho=0.3).total("highbp", by="race")))
    of = z.mean("zinc", by="region")

    def pairs() -> Answer:
        found = of.pairs(adjust="bonferroni")
        return {
            "est": found["difference"].to_list(),
            "se": found["se"].to_list(),
            "p": found["p_adjusted"].to_list(),
        }

    yield ask("means.diff", pairs)
    yield ask("means.vcov", lambda: {"v": of.covariance().ravel().tolist()})
    yield ask("means.cv", lambda: {"cv": column(of, "cv")})
    yield ask("means.n", lambda: {"n": column(z.mean("zinc", by=["race", "region"]), "n")})


def models() -> Iterator[Question]:
    z = health().subset("zinc IS NOT NULL")
    yield ask("reg.noint", lambda: model("zinc ~ C(race) - 1", z))

    def lsmeans() -> Answer:
        found = both(z.glm("zinc ~ highbp + C(race)").means("race", people="apart"))
        return {
            key: [each[0], each[2], each[1]] for key, each in found.items()
        }  # R's order is that of the rows

    yield ask("reg.lsmeans", lsmeans)
    m = z.glm("zinc ~ highbp + C(race)").coefficients
    yield ask("reg.estimate", lambda: one(m.contrast({0: 1, 1: 0.5, 3: 1})))
    yield ask("reg.ci90", lambda: {"ci": ends(z.glm("zinc ~ highbp + C(race)", level=0.9).coefficients)})

    def greg() -> Answer:
        pop = {"stype": {"E": 4421, "H": 755, "M": 1018}}
        return both(schools().calibrate(pop, {"api99": 3914069}).total("enroll"))

    yield ask("reg.greg", greg)
    yield ask("reg.gamma", lambda: model("enroll ~ stype", schools(), family="gamma"))
    fit: Any = schools().glm("api00 ~ ell + meals")
    yield ask(
        "reg.aic",
        lambda: {"aic": [fit.aic().value], "eff": [fit.aic().parameters]},
        "R's own criterion of linear models before 4.2",
    )
    yield ask("log.cloglog", lambda: model("highbp ~ zinc + C(race)", z, family="binomial", link="cloglog"))

    def rates() -> Answer:
        found = z.glm("highbp ~ zinc", family="poisson").coefficients.exponents()
        return {"est": column(found, "estimate"), "ci": ends(found)}

    yield ask("log.rr", rates)
    full = z.glm("highbp ~ zinc + C(race) + C(region)", **LOGIT)

    def joint() -> Answer:
        found = full.joint("C(race)", "C(region)")
        return {"f": [found.f], "p": [found.p]}

    yield ask("log.joint", joint)
    new = {"zinc": [80, 100], "race": [1, 3], "region": [2, 4]}
    yield ask("log.predict", lambda: both(full.predict(new)))
    yield ask(
        "log.psrsq", lambda: {"nagel": [full.r_squared("nagelkerke")], "cox": [full.r_squared("cox-snell")]}
    )

    def cross() -> Answer:
        found = z.glm("highbp ~ C(race) * C(region)", **LOGIT).joint("C(race):C(region)")
        return {"f": [found.f], "p": [found.p]}

    yield ask("log.cross", cross)

    def ordinal() -> Answer:
        found = social().ordinal("degree ~ age + C(sex)", order=[0, 1, 2, 3, 4])
        return {"est": column(found, "estimate")}

    yield ask("log.ordinal", ordinal, tolerance=1e-5)
    yield ask("log.log", lambda: model("highbp ~ zinc", z, family="binomial", link="log"), tolerance=NEAR)


def stata() -> Iterator[Question]:
    z, k = health().subset("zinc IS NOT NULL"), health().subset("diabetes IS NOT NULL")

    def standard() -> Answer:
        found = z.standardize("region", {1: 0.2, 2: 0.25, 3: 0.25, 4: 0.3}, over="race")
        return both(found.mean("zinc", by="race"))

    yield ask("st.stdize", standard)
    yield ask("st.corr", lambda: both(schools().correlation("api00", "api99")))
    yield ask("st.subpop", lambda: both(k.subset("race = 2 and highbp = 1").total("diabetes")))
    yield ask("st.subpop.by", lambda: both(z.subset("race = 1 and highbp = 0").mean("zinc", by="region")))
    crossed = Sample.from_frame(frame("apistrat"), weight="pw", strata=["stype", "sch.wide"])
    yield ask("st.strata", lambda: {**both(crossed.mean("api00")), "df": [crossed.df]})
    high = pl.col("stype") == "H"
    rows = frame("apistrat").with_columns(all=pl.when(high).then(high.sum()).otherwise("fpc"))
    yield ask("st.certain", lambda: both(Sample.from_frame(rows, strata="stype", fpc="all").total("enroll")))

    def paired() -> Answer:
        found = schools().test("api00", pair="api99")
        return {"t": [found.statistic], "p": [found.p]}

    yield ask("st.paired", paired)
    yield ask(
        "st.kruskal",
        lambda: {"p": [z.test("zinc", group="race", kind="kruskal-wallis", ties="rows").p]},
    )

    def trend() -> Answer:
        found = z.mean("zinc", by="region").trend("region")
        return {"est": found["slope"].to_list(), "se": found["se"].to_list()}

    yield ask("st.trend", trend)


def makers() -> Iterator[Question]:
    eu = Sample.from_frame(frame("eusilc"), weight="rb050", strata="db040", psu="db030").mutate(
        poor=pl.col("eqIncome") < 10859,
        gap="(10859 - eqIncome) / 10859",
        low=pl.when(pl.col("eqIncome") <= 13000).then("eqIncome").otherwise(0),
        ages="CASE WHEN age < 0 THEN NULL WHEN age < 18 THEN 'a' WHEN age < 65 THEN 'b' ELSE 'c' END",
    )
    yield ask("eu.gap", lambda: both(eu.subset(poor=True).mean("gap")))
    yield ask("eu.low", lambda: both(eu.ratio("low", "eqIncome")))

    def regions() -> Answer:
        found = eu.mean("poor", by="db040", level=0.9)
        return {**both(found), "ci": ends(found)}

    yield ask("eu.region", regions)
    yield ask("eu.age", lambda: both(eu.mean("poor", by="ages")))
    yield ask("recs.median", lambda: both(energy().quantile("DOLLAREL")))
    dear = energy().mutate(dear=pl.col("DOLLAREL") > 1500)
    yield ask("recs.logit", lambda: model("dear ~ TOTSQFT_EN", dear, **LOGIT))
    youth = Sample.from_frame(frame("yrbs"), weight="weight", strata="stratum", psu="psu", nest=True)

    def helmet() -> Answer:
        found = youth.subset("qn8 IS NOT NULL").proportion("qn8", values=2, df="domain")
        return {"est": column(found, "estimate"), "ci": ends(found)}

    yield ask("yrbs.helmet", helmet)
    people = health().subset("zinc IS NOT NULL")
    share = people.mutate(low=pl.col("zinc") <= 90)

    def two() -> Answer:
        found = share.proportion("low").frame
        return {
            "est": [1 - found["estimate"].item(), found["estimate"].item()],
            "se": [found["se"].item()] * 2,
        }

    yield ask("cdf", two)

    def steps() -> Answer:
        made = people.mutate(**{f"to{x}": f"zinc <= {x}" for x in (70, 90, 110)})
        return {"est": column(made.tabulate([Mean(f"to{x}") for x in (70, 90, 110)]), "estimate")}

    yield ask("cdf.step", steps)
    clusters = Sample.from_frame(frame("apiclus1"), weight="pw", psu="dnum", fpc="fpc")

    def alpha() -> Answer:
        parts = ["api00", "api99", "avg.ed"]
        whole = clusters.subset('"avg.ed" IS NOT NULL').mutate(whole='api00 + api99 + "avg.ed"')
        spread = whole.variance([*parts, "whole"])
        return {"est": [spread.contrast(lambda e: 1.5 * (1 - (e[0] + e[1] + e[2]) / e[3])).estimate]}

    yield ask("alpha", alpha)
    two, z = health().subset("highbp IS NOT NULL"), schools()
    yield ask(
        "loglin",
        lambda: {"dev": [two.loglinear("highbp + race").versus(two.loglinear("highbp * race")).deviance]},
    )
    yield ask("prcomp", lambda: {"sd": list(z.components(["api00", "api99", "ell"]).sd)})

    yield ask("iv", lambda: both(z.instrumental("api00 ~ ell | meals")))

    def smooth() -> Answer:
        return {"y": z.smooth("api00 ~ api99", bandwidth=30)["api00"].gather([9, 99, 199]).to_list()}

    yield ask("smooth", smooth)
