"""Questions of R ``survey``'s tests: models, tables, proportions, tests, imputations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import polars as pl

from peers.asking import Answer, Question, both, model, ordered, rows, table, tested
from peers.designs import STYPE, WIDE, clus1, replicated, strat
from thuis.survey import Replicates, Sample, combined

LINCOM = "ours is the exact distribution; these answers are R's without CompQuadForm, a saddlepoint"


def ask(case: str, how: Callable[[], Answer], why: str = "", **more: Any) -> Question:
    return Question("R survey", case, how, why, **more)


@cache
def nhanes() -> Sample:
    frame = rows("nhanes").with_columns(r1=(pl.col("race") == 1).cast(pl.Int8))
    return Sample.from_frame(frame, weight="WTMEC2YR", strata="SDMVSTRA", psu="SDMVPSU", nest=True)


def questions() -> Iterator[Question]:
    yield from regressions()
    yield from tables()
    yield from shares()
    yield from tests()
    yield from the_rest()


def regressions() -> Iterator[Question]:
    clus2 = Sample.from_frame(rows("apiclus2"), weight="w", psu=["dnum", "snum"], fpc=["fpc1", "fpc2"])
    wide = clus1().mutate(sw=(pl.col("sch.wide") == "Yes").cast(pl.Int8))
    logit = {"family": "binomial"}
    yield ask("glm.gauss", lambda: model("api00 ~ ell + meals + mobility", strat()))
    yield ask("glm.int", lambda: model("api00 ~ ell*meals + mobility", strat(), [0, 1, 2, 4, 3]))
    yield ask("glm.fac", lambda: model("api00 ~ ell + stype + sch.wide", clus1()))
    yield ask("glm.facint", lambda: model("api00 ~ stype*sch.wide", strat()))
    yield ask("glm.logit", lambda: model("sw ~ ell + meals + mobility", wide, **logit))
    yield ask("glm.clus2", lambda: model("api00 ~ ell + meals + mobility", clus2))
    yield ask("glm.rep", lambda: model("api00 ~ ell + meals + mobility", replicated()))
    yield ask("glm.pois", lambda: model("api.stu ~ ell + meals + mobility", strat(), family="poisson"))
    yield ask("glm.regpredict", lambda: model("api.stu ~ enroll", strat()))
    yield ask("glm.int_only", lambda: model("api99 ~ 1", clus1().subset(stype="H")))
    yield ask("glm.subset", lambda: model("api00 ~ ell", clus1().subset(stype="E")))
    yield ask("glm.probit", lambda: model("HI_CHOL ~ RIAGENDR", nhanes(), family="probit"))
    yield ask("glm.nhanes", lambda: model("r1 ~ HI_CHOL + agecat + RIAGENDR", nhanes(), **logit))
    race = "HI_CHOL ~ C(race) + agecat + RIAGENDR"
    yield ask("glm.nhanes2", lambda: model(race, nhanes(), **logit))

    def contrast() -> Answer:
        found = clus1().glm("api00 ~ ell + meals").coefficients.contrast({1: 1, 2: -1})
        return {"est": [found.estimate], "se": [found.se]}

    yield ask("glm.contrast", contrast)

    def wald() -> Answer:
        found = nhanes().glm(race, **logit).joint("agecat")
        return {"f": [found.f], "df": [found.df[0]], "ddf": [found.df[1]], "p": [found.p]}

    def ratio() -> Answer:
        found = nhanes().glm(race, **logit).joint("agecat", method="lrt")
        return {"chisq": [found.chi2], "p": [found.p]}

    yield ask("regterm.wald", wald)
    yield ask("regterm.lrt", ratio, tolerance=5e-8)
    yield ask("myco", _myco)

    def adjusted() -> Answer:
        found = strat().glm("api00 ~ ell + stype").means("stype", people="apart")
        frame = found.frame[[0, 2, 1]]
        return {"est": frame["estimate"].to_list(), "se": frame["se"].to_list()}

    yield ask("predmeans", adjusted)
    order = ("(0,25]", "(25,50]", "(50,75]", "(75,100]")
    of = Sample.from_frame(rows("olr"), weight="pw", psu="dnum", fpc="fpc")
    # R's optim stops with four digits, and takes its Hessian from differences.
    what, optim = "mealcat ~ avg.ed + mobility + stype", 5e-4
    yield ask("olr", lambda: both(of.ordinal(what, order)), tolerance=optim)
    yield ask("olr.na", lambda: both(of.ordinal(what, order)), tolerance=optim)
    raked = of.rake({"stype": STYPE, "sch.wide": WIDE})
    yield ask("olr.rake", lambda: both(raked.ordinal(what, order)), tolerance=optim)


def _myco() -> Answer:
    frame = rows("myco").with_columns(pl.concat_str("Age", "leprosy", separator=".").alias("h"))
    return model("leprosy ~ x + Scar", Sample.from_frame(frame, weight="wt", strata="h"), family="binomial")


def tables() -> Iterator[Question]:
    asked = (
        ("chisq", nhanes, "agecat", "RIAGENDR"),
        ("chisq1", clus1, "sch.wide", "comp.imp"),
        ("chisqr", replicated, "sch.wide", "stype"),
    )
    for name, of, a, b in asked:
        yield ask(f"{name}.F", lambda of=of, a=a, b=b: table(of(), a, b))

        def found(of: Any = of, a: str = a, b: str = b) -> Any:
            return of().independence(a, b)

        yield ask(
            f"{name}.adjWald",
            lambda f=found: {"stat": [f().wald], "p": [f().wald_p], "par": list(f().wald_df)},
        )

        def wald(f: Any = found) -> Answer:
            stat, df, p = f().unadjusted_wald
            return {"stat": [stat], "p": [p], "par": list(df)}

        yield ask(f"{name}.Wald", wald)
        yield ask(f"{name}.Chisq", lambda f=found: {"p": [f().chi2[2]], "par": [f().chi2[1]]})
        yield ask(f"{name}.saddlepoint", lambda f=found: {"p": [f().saddlepoint]}, tolerance=1e-7)
        yield ask(
            f"{name}.lincom",
            lambda f=found: {"p": [f().lincom]},
            LINCOM,
        )
    yield ask("chisq.sub.F", lambda: table(nhanes().subset(RIAGENDR=1), "HI_CHOL", "agecat"))
    yield ask("chisq.na.F", lambda: table(nhanes(), "HI_CHOL", "agecat"))
    yield ask("chisq.strat.F", lambda: table(strat(), "sch.wide", "stype"))


def shares() -> Iterator[Question]:
    ell = clus1().mutate(e0=(pl.col("ell") == 0).cast(pl.Int8))
    cars = Sample.from_frame(rows("mtcars"), weight="w")
    wide = replicated().mutate(sw=(pl.col("sch.wide") == "Yes").cast(pl.Int8))
    asked = (
        ("ciprop", nhanes(), "HI_CHOL"),
        ("ciprop1", ell, "e0"),
        ("ciprop2", cars, "am"),
        ("cipropr", wide, "sw"),
    )
    whys = {
        **{
            f"{each}.likelihood": "R reads the profile of the likelihood off a spline"
            for each in ("ciprop", "ciprop1", "ciprop2", "cipropr")
        },
        "ciprop1.asin": "R lets the angle go below 0 and squares it",
        "cipropr.logit": "R fits a model with replicate weights; ours is its xlogit",
    }
    for name, of, column in asked:
        for kind in ("logit", "xlogit", "asin", "beta", "mean", "wilson", "likelihood"):
            interval = kind.removeprefix("x")

            def found(of: Sample = of, column: str = column, interval: str = interval) -> Answer:
                frame = of.proportion(column, interval=interval).frame
                return {
                    "est": frame["estimate"].to_list(),
                    "lo": frame["lower"].to_list(),
                    "hi": frame["upper"].to_list(),
                }

            yield ask(f"{name}.{kind}", found, whys.get(f"{name}.{kind}", ""))
    for case, by, level in (("ciprop.by", ["agecat"], 0.95), ("ciprop.by90", ["agecat", "RIAGENDR"], 0.9)):

        def cells(by: list[str] = by, level: float = level) -> Answer:
            found = nhanes().proportion("HI_CHOL", by=by, df="domain", level=level)
            frame = found.frame.sort(by[::-1])
            return {
                "est": frame["estimate"].to_list(),
                "lo": frame["lower"].to_list(),
                "hi": frame["upper"].to_list(),
            }

        yield ask(case, cells)


def tests() -> Iterator[Question]:
    def whole(of: Sample, column: str, **how: Any) -> Answer:
        found = of.test(column, **how)
        more = {"est": [found.estimate], "lo": [found.lower], "hi": [found.upper]}
        return {**tested(of, column, **how), **more}

    yield ask("tt.two", lambda: whole(clus1(), "enroll", group="comp.imp"))
    yield ask("tt.strat", lambda: whole(strat(), "api00", group="sch.wide"))
    yield ask("tt.one", lambda: whole(clus1(), "api00", value=650))
    yield ask("tt.paired", lambda: whole(strat(), "api00", pair="api99"))
    yield ask("tt.rep", lambda: whole(replicated(), "enroll", group="comp.imp"))
    yield ask("tt.sub", lambda: whole(clus1().subset(stype="E"), "api00", group="comp.imp"))
    yield ask("tt.na", lambda: whole(nhanes(), "HI_CHOL", group="RIAGENDR"))
    kinds = (
        ("wilcoxon", "wilcoxon"),
        ("vanderWaerden", "van der waerden"),
        ("median", "median"),
        ("KruskalWallis", "kruskal-wallis"),
    )
    for name, kind in kinds:

        def rank(column: str, kind: str = kind) -> Answer:
            found = clus1().test(column, group="comp.imp", kind=kind)
            return {"stat": [found.statistic], "p": [found.p]}

        yield ask(f"rank.{name}", lambda rank=rank: rank("api00"))
        yield ask(f"rankties.{name}", lambda rank=rank: rank("ell"))

    def three() -> Answer:
        found = clus1().test("api00", group="stype", kind="kruskal-wallis")
        # R calls the df the statistic and the chi-square, F times that, the parameter.
        return {"stat": [found.df[0]], "p": [found.p], "par": [found.statistic * found.df[0]]}

    yield ask("rank.kw3", three)


def the_rest() -> Iterator[Question]:
    missing = Sample.from_frame(rows("apina"), weight="pw", psu="dnum", fpc="fpc")

    def by(found: Any) -> Answer:
        return both(found)

    yield ask("by.na", lambda: by(missing.mean("api99", by="stype")))
    yield ask("by.na_tot", lambda: by(missing.total("api99", by="stype")))
    yield ask("by.na_ratio", lambda: by(missing.ratio("api99", "api00", by="stype")))
    frame = rows("scdr").with_columns(pl.col("^r[1-4]$").cast(pl.Float64))
    scd = Sample.from_frame(frame, weight="w", replicates=Replicates("r[1-4]", "BRR"))
    yield ask("scd", lambda: {"df": [scd.df]})
    yield ask("scd.mean", lambda: both(scd.mean("arrests")))
    yield ask("scd.ratio", lambda: both(scd.ratio("alive", "arrests")))
    yield ask("scd.sub", lambda: {"df": [scd.subset(big=True).freedom]})
    yield ask("scd.sub.mean", lambda: both(scd.subset(big=True).mean("arrests")))
    imputed = [Sample.from_frame(rows(f"imp{i}"), weight="pw", psu="dnum", fpc="fpc") for i in (1, 2, 3)]

    def pooled(*more: str) -> Answer:
        return both(combined([each.mean("api99") for each in imputed]), *more)

    def rubin(*more: str) -> Answer:
        """With the df of Rubin (1987), which take no account of the design."""
        return both(combined([each.mean("api99", df=float("inf")) for each in imputed]), *more)

    yield ask("mi.mean", pooled)
    yield ask("mi.mean", lambda: rubin("df"))
    yield ask("mi.glm", lambda: both(combined([each.glm("api00 ~ api99").coefficients for each in imputed])))
    yield ask("nh.race", lambda: ordered(nhanes().mean("HI_CHOL", by="race"), ["race"]))
    yield ask("kappa", _kappa)
    yield ask("sd", lambda: {"sd": strat().sd("api00").frame["estimate"].to_list()})
    cells = clus1().mean("api99", by="stype")
    yield ask("by.deff", lambda: {**both(cells), "cv": cells.frame["cv"].to_list()})
    pairs = clus1().mutate(pair=pl.col("comp.imp") + pl.col("stype"))
    yield ask("interaction", lambda: both(pairs.proportion("pair")))
    kinds = [
        (
            "nh.std",
            lambda: ordered(_standard().mean("HI_CHOL", by=["race", "RIAGENDR"]), ["race", "RIAGENDR"]),
        )
    ]
    yield from (ask(case, how) for case, how in kinds)


def _kappa() -> Answer:
    """Agreement beyond chance, as a function of the shares of cells (R ``svykappa``)."""
    of = clus1().mutate(cell=pl.col("comp.imp") + pl.col("sch.wide"))
    cells = of.proportion("cell")
    at = {name.split(" = ")[1][:-1]: k for k, name in enumerate(cells.frame["measure"])}

    def kappa(e: Any) -> Any:
        p = {name: e[at[name]] if name in at else 0.0 for name in ("NoNo", "NoYes", "YesNo", "YesYes")}
        row, column = p["NoNo"] + p["NoYes"], p["NoNo"] + p["YesNo"]
        chance = row * column + (1 - row) * (1 - column)
        return (p["NoNo"] + p["YesYes"] - chance) / (1 - chance)

    found = cells.contrast(kappa)
    return {"est": [found.estimate], "se": [found.se]}


def _standard() -> Sample:
    shares = {"(0,19]": 55901, "(19,39]": 77670, "(39,59]": 72816, "(59,Inf]": 45364}
    return nhanes().standardize("agecat", shares, over=["race", "RIAGENDR"], known="HI_CHOL")
