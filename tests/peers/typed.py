"""Questions as people type them, taken from trackers and books, on R's own example sets: typed.R."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from peers.asked import jk, nh, one, strat, two
from peers.asking import Answer, Question, both, model, ordered, rows, tested, written
from thuis.survey import Estimates, Sample
from thuis.survey.imputation import combined

LOGIT = {"family": "binomial"}
YES = {"values": "Yes"}
WORDS = "words have no mean: the error says proportion()"
APART = "R leaves out rows that miss one of the numerators"
EXACT = "ours is the exact distribution; these answers are R's without CompQuadForm, a saddlepoint"


def ask(case: str, how: Callable[[], Answer], why: str = "", tolerance: float = 1e-8) -> Question:
    return Question("typed", case, how, why, tolerance, written("typed")[case])


def questions() -> Iterator[Question]:
    yield from shares()
    yield from expressions()
    yield from quantiles()
    yield from contrasts()
    yield from tests()
    yield from models()
    yield from designs()


def ci(found: Estimates, row: Sequence[int] | None = None) -> list[float]:
    """Lower and upper bounds, row by row as R writes a transposed ``confint``."""
    frame = found.frame if row is None else found.frame[list(row)]
    return [*frame["lower"], *frame["upper"]]


def pairs(found: Estimates) -> list[float]:
    """The same, two and two."""
    return [each for row in found.frame.select("lower", "upper").rows() for each in row]


def est(found: Estimates) -> Answer:
    return {"est": found.frame["estimate"].to_list()}


def contrast(found: Any) -> Answer:
    return {"est": [found.estimate], "se": [found.se]}


def shares() -> Iterator[Question]:
    def level() -> Answer:
        found = strat().proportion("sch.wide", by="stype", level=0.9, df="domain", **YES)
        return est(found) | {"ci": ci(found)}

    yield ask("share.level", level)
    yield ask("share.df", lambda: {"ci": pairs(strat().proportion("awards", df=100, **YES))})
    yield ask("share.joint", lambda: both(one().proportion(["awards", "stype"], together=True)))

    def row() -> Answer:
        found = strat().proportion("sch.wide", by="stype", interval="mean")
        return both(found) | {"ci": pairs(found)}

    yield ask("share.row", row)
    yield ask("share.column", lambda: both(strat().proportion("stype", by="sch.wide")))
    yield ask("share.factor", lambda: both(strat().mean("stype")), WORDS)
    yield ask("share.condition", lambda: both(strat().proportion("api00 > 600")))
    yield ask("share.all", lambda: both(strat().proportion(["stype", "awards"])))
    yield ask("share.total", lambda: both(one().total(by="stype")))
    yield ask("share.likelihood", lambda: est(two().proportion("ell == 0", interval="likelihood")))
    no = {"interval": "beta", "level": 0.9}
    yield ask("share.beta", lambda: {"ci": pairs(one().proportion("sch.wide", values="No", **no))})

    def percent() -> Answer:
        frame = strat().proportion("awards").frame
        return {"est": (frame["estimate"] * 100).to_list(), "se": (frame["se"] * 100).to_list()}

    yield ask("share.percent", percent)


def expressions() -> Iterator[Question]:
    yield ask("mean.minus", lambda: both(strat().mean("api00 - api99")))
    yield ask("mean.log", lambda: both(strat().mean("log(enroll)")))
    yield ask("mean.square", lambda: both(strat().mean("api00 ** 2")))
    yield ask("total.condition", lambda: both(strat().total("enroll > 500")))
    yield ask("mean.mixed", lambda: both(strat().mean(["api00", "stype"])), WORDS)
    yield ask("by.condition", lambda: both(strat().mean("api00", by="enroll > 500")))
    cut = "cut(meals, [0, 25, 50, 100], include.lowest=True)"
    yield ask("by.cut", lambda: both(strat().mean("api00", by=cut)))
    yield ask("by.two", lambda: ordered(strat().mean("api00", by=["awards", "stype"]), ["awards", "stype"]))

    def by_ci() -> Answer:
        found = strat().total("enroll", by="stype", level=0.99)
        return {"ci": pairs(found), "cv": found.frame["cv"].to_list()}

    yield ask("by.ci", by_ci)
    yield ask("by.deff", lambda: {"deff": strat().mean("api00", by="stype").frame["deff"].to_list()})
    yield ask("subset.polars", lambda: both(strat().subset(pl.col("stype") == "E").mean("api00")))
    some = "stype == 'E' and api00 > 500"
    yield ask("subset.two", lambda: both(strat().subset(some).total("enroll")))
    yield ask("subset.in", lambda: both(strat().subset("stype in ('E', 'H')").mean("api00")))
    yield ask("subset.not", lambda: both(strat().subset("not awards == 'Yes'").mean("api00")))
    old = "race == 4 and agecat == '(59,Inf]'"
    yield ask("subset.small", lambda: both(nh().subset(old).mean("HI_CHOL")))
    yield ask("subset.df", lambda: {"df": [nh().subset(old).freedom]})
    yield ask("by.n", lambda: {"n": nh().mean("HI_CHOL", by="race").frame["n"].to_list()})
    three = ["race", "agecat", "RIAGENDR"]
    yield ask("by.three", lambda: ordered(nh().mean("HI_CHOL", by=three), three))


def quantiles() -> Iterator[Question]:
    yield ask("quantile.two", lambda: both(strat().quantile(["api00", "enroll"], probabilities=[0.1, 0.9])))

    def by() -> Answer:
        found = strat().quantile("api00", by="stype", probabilities=0.25, df="domain")
        return est(found) | {"ci": ci(found)}

    yield ask("quantile.by", by)
    yield ask("quantile.level", lambda: {"ci": pairs(strat().quantile("api00", level=0.9))})
    many = np.arange(0.2, 0.9, 0.2)
    yield ask(
        "quantile.many",
        lambda: both(strat().subset("awards == 'Yes'").quantile("api00", probabilities=many, df="domain")),
    )
    by_two = ["stype", "awards"]
    yield ask("ratio.two", lambda: ordered(strat().ratio("api.stu", "enroll", by=by_two), by_two))
    yield ask("ratio.expression", lambda: both(strat().ratio("api00 - api99", "api99")))
    yield ask("ratio.ci", lambda: {"ci": pairs(strat().ratio("api00 - api99", "api99"))})
    yield ask("ratio.many", lambda: both(two().ratio(["api.stu", "enroll"], "meals")), APART)


def contrasts() -> Iterator[Question]:
    def means() -> Estimates:
        return strat().mean("api00", by="stype")

    yield ask("contrast.named", lambda: contrast(means().contrast({"E": 1, "H": -1})))

    def several() -> Answer:
        found = means().contrast({"a": {"E": 1, "H": -1}, "b": {"E": 1, "M": -1}})
        return both(found)

    yield ask("contrast.several", several)

    def ratio() -> Answer:
        return contrast(means().ratio("E", "H"))

    yield ask("contrast.ratio", ratio)
    yield ask(
        "contrast.columns",
        lambda: contrast(strat().mean(["api00", "api99"]).contrast({"api00": 1, "api99": -1})),
    )
    cells = {("Yes", "E"): -1, ("No", "E"): 1, ("Yes", "H"): 1, ("No", "H"): -1}
    yield ask("contrast.did", lambda: contrast(strat().mean("api00", by=["awards", "stype"]).contrast(cells)))

    def percent() -> Answer:
        found = strat().mean(["api00", "api99"])
        return contrast(found.contrast(lambda e: 100 * (e[0] - e[1]) / e[1]))

    yield ask("contrast.percent", percent)
    yield ask(
        "contrast.rr", lambda: contrast(strat().proportion("sch.wide", by="awards", **YES).ratio("No", "Yes"))
    )

    def odds() -> Answer:
        found = strat().total(by=["yr.rnd", "comp.imp"])
        return contrast(found.contrast(lambda e: np.log(e[0] * e[3] / e[1] / e[2])))

    yield ask("contrast.or", odds)
    yield ask("contrast.trend", lambda: contrast(nh().mean("HI_CHOL", by="agecat").contrast([-3, -1, 1, 3])))


def tests() -> Iterator[Question]:
    yield ask("test.one", lambda: tested(strat(), "api00 - 600"))
    yield ask("test.paired", lambda: tested(two(), "api00 - api99"))
    yield ask("test.two", lambda: tested(one(), "api00", group="comp.imp"))

    def test_ci() -> Answer:
        found = one().test("api00", group="comp.imp", level=0.9)
        return {"ci": [found.lower, found.upper]}

    yield ask("test.ci", test_ci)
    yield ask("test.subset", lambda: tested(strat().subset("stype == 'E'"), "api00", group="comp.imp"))
    yield ask("test.share", lambda: tested(strat(), "sch.wide == 'Yes'", group="awards"))

    def scores() -> Answer:
        found = strat().test("api00", group="comp.imp", kind="vanderwaerden")
        return {"t": [found.statistic], "p": [found.p]}

    yield ask("test.scores", scores, 'R ranks answers that tie in the order of the rows, as ties="rows"')

    def kruskal() -> Answer:
        found = strat().test("enroll", group="stype", kind="kruskal", ties="rows")
        return {"p": [found.p]}

    yield ask("test.kruskal", kruskal)
    yield ask("test.lincom", lambda: {"p": [strat().independence("awards", "stype").lincom]}, EXACT)

    def chi(of: Sample, a: str, b: str) -> Answer:
        found = of.independence(a, b)
        return {"f": [found.f], "p": [found.p]}

    yield ask("test.jk", lambda: chi(jk(), "awards", "sch.wide"))
    yield ask(
        "test.empty",
        lambda: chi(strat().subset("stype != 'H'"), "awards", "stype"),
        "R has no answer where a level is empty",
    )

    def kappa() -> Answer:
        return contrast(one().kappa("comp.imp", "sch.wide"))

    yield ask("kappa", kappa)
    yield ask("alpha", lambda: {"est": [strat().alpha(["api00", "api99", "growth"]).estimate]})


def models() -> Iterator[Question]:
    yield ask("model.ns", lambda: model("api00 ~ ns(meals, 3)", strat()))
    yield ask("model.bs", lambda: model("api00 ~ bs(meals, df = 4)", strat()))
    yield ask("model.poly", lambda: model("api00 ~ poly(meals, 2)", strat()))
    yield ask("model.knots", lambda: model("api00 ~ ns(meals, knots = c(20, 60)) + stype", strat()))
    yield ask("model.square", lambda: model("api00 ~ meals + I(meals^2)", strat()))
    yield ask("model.cross", lambda: model("api00 ~ meals * stype", strat()))

    def joint() -> Answer:
        found = strat().glm("api00 ~ meals * stype").joint("meals:stype")
        return {"f": [found.f], "p": [found.p]}

    yield ask("model.joint", joint)
    offset = "api.stu ~ stype + offset(log(enroll))"
    yield ask("model.offset", lambda: model(offset, strat(), family="poisson"))
    at = pl.DataFrame({"meals": [10, 50, 90], "stype": ["E", "H", "M"]})
    yield ask("model.predict", lambda: both(strat().glm("api00 ~ ns(meals, 3) + stype").predict(at)))
    plain = "api00 ~ meals + factor(stype)"
    yield ask("model.ci", lambda: {"ci": pairs(two().glm(plain, level=0.9).coefficients)})
    yield ask("model.df", lambda: {"p": two().glm(plain, df="design").coefficients.frame["p"].to_list()})
    yield ask("model.dfci", lambda: {"ci": pairs(two().glm(plain, df="design").coefficients)})
    yield ask("model.words", lambda: model("sch.wide ~ meals", strat(), **LOGIT))
    yield ask("model.condition", lambda: model("I(api00 > 700) ~ meals", strat(), **LOGIT))
    yield ask("model.scale", lambda: model("api00 ~ scale(meals)", strat()))
    yield ask("model.relevel", lambda: model("api00 ~ relevel(stype, ref = 'M')", strat()))
    yield ask("model.log", lambda: model("log(enroll) ~ sqrt(meals) + log1p(ell)", strat()))
    yield ask(
        "model.cut", lambda: model("api00 ~ cut(meals, [0, 25, 50, 100], include.lowest=True)", strat())
    )
    yield ask("model.missing", lambda: model("api00 ~ `acs.k3` + meals", two()))

    def ordinal() -> Answer:
        found = one().ordinal("cut(meals, [0, 25, 50, 75, 100]) ~ `avg.ed` + mobility + stype")
        return {"est": found.frame["estimate"].to_list()}

    yield ask("model.ordinal", ordinal, tolerance=1e-5)

    def odds() -> Answer:
        found = strat().glm("sch.wide == 'Yes' ~ meals + awards", **LOGIT).coefficients.exponents()
        return est(found) | {"ci": pairs(found)}

    yield ask("model.or", odds, "R stops on its way to infinity: all with awards met the target")
    yield ask(
        "model.means",
        lambda: both(strat().glm("api00 ~ meals + ell + stype").means("stype", people="apart")),
    )


def designs() -> Iterator[Question]:
    api, of = rows("apistrat"), {"weight": "pw", "strata": "stype"}

    @cache
    def calibrated() -> Sample:
        shares = {"stype": {"E": 4421, "H": 755, "M": 1018}}
        return strat().calibrate(shares, {"api99": 3914069})

    def plain(frame: pl.DataFrame, ask: Callable[[Sample], Estimates], **design: Any) -> Answer:
        return both(ask(Sample.from_frame(frame, **design)))

    scaled = api.with_columns(pl.col("pw") / pl.col("pw").mean())
    yield ask("design.scaled", lambda: plain(scaled, lambda s: s.mean("api00"), **of))
    fraction = api.with_columns(fr=1 / pl.col("pw"))
    yield ask(
        "design.fraction", lambda: plain(fraction, lambda s: s.total("enroll"), strata="stype", fpc="fr")
    )
    zero = api.with_columns(pw=pl.when(pl.col("stype") == "H").then(0.0).otherwise("pw"))
    yield ask("design.zero", lambda: plain(zero, lambda s: s.mean("api00"), **of))
    alone = api.with_columns(one=pl.lit(1))
    yield ask("design.single", lambda: plain(alone, lambda s: s.mean("api00"), weight="pw", strata="one"))
    yield ask("design.prob", lambda: plain(fraction, lambda s: s.total("enroll"), prob="fr"))
    few = pl.concat([api.filter(pl.col("stype") != "H"), api.filter(pl.col("stype") == "H").head(1)])
    yield ask("design.lonely", lambda: plain(few, lambda s: s.mean("api00"), lonely="adjust", **of))
    yield ask("calibrated.by", lambda: both(calibrated().mean("api00", by="awards")))
    yield ask("calibrated.sub", lambda: both(calibrated().subset("awards == 'Yes'").total("enroll")))
    yield ask("calibrated.glm", lambda: model("api00 ~ meals", calibrated()))

    @cache
    def raked() -> Sample:
        return one().rake({"stype": {"E": 4421, "H": 755, "M": 1018}, "sch.wide": {"No": 1072, "Yes": 5122}})

    yield ask("raked.share", lambda: both(raked().proportion("awards")))

    def chi() -> Answer:
        found = raked().independence("awards", "comp.imp")
        return {"f": [found.f], "p": [found.p]}

    yield ask("raked.chi", chi)
    ages = {"(0,19]": 55901, "(19,39]": 77670, "(39,59]": 72816, "(59,Inf]": 45364}

    def standard() -> Answer:
        made = nh().standardize("agecat", ages, over="RIAGENDR", known="HI_CHOL")
        return both(made.mean("HI_CHOL", by="RIAGENDR"))

    yield ask("standard.by", standard)
    yield ask("jk.by", lambda: both(jk().mean("api00", by="stype")))
    yield ask("jk.diff", lambda: contrast(jk().mean("api00", by="stype").difference("H", "E")))
    yield ask("jk.ns", lambda: model("api00 ~ ns(meals, 3)", jk()))
    yield ask("jk.median", lambda: est(jk().quantile("api00")))

    def imputed(ask: Callable[[Sample], Estimates]) -> Estimates:
        design = {"weight": "pw", "psu": "dnum", "fpc": "fpc"}
        return combined([ask(Sample.from_frame(rows(f"imp{k}"), **design)) for k in (1, 2, 3)])

    def mean() -> Answer:
        found = imputed(lambda s: s.mean("api00"))
        return both(found) | {"df": found.frame["df"].to_list()}

    yield ask("imputed.mean", mean)
    yield ask("imputed.glm", lambda: both(imputed(lambda s: s.glm("api00 ~ meals").coefficients)))
