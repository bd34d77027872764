"""Questions after examples of SAS, Stata, SPSS, UCLA and a book, on sets that are here: outside.R.

Run ``python -m peers.outside FOLDER`` in ``tests`` to write the sets that R reads.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from peers.asking import FOLDER, Answer, Question, both, model, ordered, written
from peers.odd import SETS as SETS_OF_ODD
from thuis.survey import Estimates, Replicates, Sample

SETS = FOLDER.parent
ICE = """7 7 7 7 8 12 9 10 7 1 7 10 7 3 8 20 8 19 7 2 7 2 9 15 8 16 7 6 7 6 7 6 9 15 8 17 8 14 9 8 9 8 9 7 7 3
7 12 7 4 9 14 8 18 9 9 7 2 7 1 7 4 7 11 9 8 8 10 8 13 7 2 9 6 9 11 7 2 7 9"""
STORED = {
    "nhanes2": "samplics_nhanes2",
    "nhanes2jk": "samplics_nhanes2jk_subset",
    "nhanes2brr": "samplics_nhanes2brr_subset",
    "nmihs": "samplics_nmihs_subset",
    "recs": "recs_2015_brr96",
    "anes": "anes_2020",
    "eusilc": "r_eusilc",
    "apisrs": "r_apisrs",
    "apistrat": "r_apistrat",
    "apiclus1": "r_apiclus1",
    "yrbs": "r_yrbs",
}


@cache
def frame(name: str) -> pl.DataFrame:
    """One of the sets: SAS's students and their ice cream, Lehtonen's municipalities, or a stored one."""
    if name == "ice":
        numbers = list(map(int, ICE.split()))
        found = pl.DataFrame({"Grade": numbers[::2], "Spending": numbers[1::2]})
        size = pl.col("Grade").replace_strict({7: 1824, 8: 1025, 9: 1151}, return_dtype=pl.Int64)
        drawn = pl.len().over("Grade")
        group = pl.when(pl.col("Spending") < 10).then(pl.lit("less")).otherwise(pl.lit("more"))
        return found.with_columns(N=size, w=size / drawn, Group=group, all=4000)
    if name == "page44":
        return pl.DataFrame(
            {
                "str": [1, 1, 2, 2, 2, 2, 2, 2],
                "clu": [1, 5, 9, 13, 17, 21, 25, 29],
                "wt": [4] * 8,
                "N": [8, 8, 24, 24, 24, 24, 24, 24],
                "ue91": [4123, 721, 194, 129, 239, 61, 262, 166],
                "lab91": [33786, 4930, 2069, 927, 2144, 573, 1737, 1615],
            }
        )
    if name == "gss":
        return pl.read_parquet(SETS / "gss_1972_2024_design.parquet").filter(pl.col("year") == 2018)
    return pl.read_parquet(SETS / f"{STORED[name]}.parquet")


def ask(case: str, how: Callable[[], Answer], why: str = "", tolerance: float = 1e-8) -> Question:
    return Question("outside", case, how, why, tolerance, written("outside")[case])


def ends(found: Estimates) -> list[float]:
    return [*found.frame["lower"], *found.frame["upper"]]


def one(found: Any) -> Answer:
    return {"est": [found.estimate], "se": [found.se]}


def questions() -> Iterator[Question]:
    yield from sas()
    yield from stata()
    yield from replicates()
    yield from makers()


def sas() -> Iterator[Question]:
    srs = Sample.from_frame(frame("ice"), fpc="all")
    strata = Sample.from_frame(frame("ice"), weight="w", strata="Grade", fpc="N")

    def mean(of: Sample) -> Answer:
        found = of.mean("Spending")
        return {**both(found), "ci": ends(found)}

    yield ask("sas.srs", lambda: mean(srs))
    yield ask("sas.srs.group", lambda: both(srs.proportion("Group")))
    yield ask("sas.srs.total", lambda: both(srs.total("Spending")))
    yield ask("sas.st", lambda: {**mean(strata), "df": [strata.df]})
    yield ask("sas.st.total", lambda: both(strata.total("Spending")))
    yield ask("sas.st.group", lambda: both(strata.proportion("Group")))
    yield ask("sas.st.domain", lambda: both(strata.mean("Spending", by="Grade")))
    yield ask("sas.st.by", lambda: both(strata.total("Spending", by="Group")))
    yield ask("sas.ratio", lambda: both(strata.ratio("Spending", "Grade")))
    yield ask("sas.cv", lambda: {"cv": strata.total("Spending").frame["cv"].to_list()})
    towns = Sample.from_frame(frame("page44"), weight="wt", strata="str", psu="clu", fpc="N")
    yield ask("ucla.total", lambda: both(towns.total("ue91")))
    yield ask("ucla.ratio", lambda: both(towns.ratio("ue91", "lab91")))
    yield ask("ucla.mean", lambda: both(towns.mean("lab91")))


def stata() -> Iterator[Question]:
    d = Sample.from_frame(frame("nhanes2"), weight="finalwgt", strata="stratid", psu="psuid", nest=True)
    logit = {"family": "binomial"}

    def tab() -> Answer:
        found = d.independence("highbp", "race")
        return {"f": [found.f], "df": list(found.df), "p": [found.p]}

    def wald() -> Answer:
        f, _, p = d.independence("diabetes", "region").unadjusted_wald
        return {"f": [f], "p": [p]}

    def tested(formula: str, term: str, **how: Any) -> Answer:
        found = d.glm(formula, **how).joint(term)
        return {"f": [found.f], "p": [found.p]}

    def odds() -> Answer:
        found = d.glm("highbp ~ zinc + C(race)", **logit).coefficients.exponents()
        return {"est": found.frame["estimate"].to_list(), "ci": ends(found)}

    def effects() -> Answer:
        found = d.mean("zinc").frame
        return {"deff": found["deff"].to_list(), "deffr": found["deff_replace"].to_list()}

    def median() -> Answer:
        found = d.quantile("zinc")
        return {"est": found.frame["estimate"].to_list(), "ci": ends(found)}

    def t() -> Answer:
        found = d.test("zinc", group="highbp")
        return {"t": [found.statistic], "p": [found.p]}

    yield ask("stata.zinc", lambda: both(d.mean("zinc")))
    yield ask("stata.over", lambda: both(d.mean("zinc", by="region")))
    yield ask("stata.prop", lambda: both(d.proportion("highbp")))
    yield ask("stata.subpop", lambda: both(d.subset("race = 1").mean("zinc")))
    yield ask("stata.tab", tab)
    yield ask("stata.wald", wald)
    yield ask("stata.regress", lambda: model("zinc ~ C(region)", d))
    yield ask("stata.testparm", lambda: tested("zinc ~ C(region)", "C(region)"))
    yield ask("stata.logit", lambda: model("highbp ~ zinc + C(race)", d, **logit))
    yield ask("stata.or", odds)
    yield ask("stata.testlogit", lambda: tested("highbp ~ zinc + C(race)", "C(race)", **logit))
    yield ask("stata.lincom", lambda: one(d.mean("zinc", by="region").difference("1", "4")))
    yield ask("stata.nlcom", lambda: one(d.mean("zinc", by="region").contrast(lambda e: e[3] / e[0])))
    yield ask("stata.deff", effects)
    yield ask("stata.total", lambda: both(d.total("diabetes")))
    yield ask("stata.sd", lambda: {"sd": d.sd("zinc").frame["estimate"].to_list()})
    yield ask("stata.poisson", lambda: model("diabetes ~ zinc", d, family="poisson"))
    yield ask("stata.probit", lambda: model("highbp ~ zinc", d, family="probit"))
    yield ask("stata.two", lambda: ordered(d.mean("zinc", by=["region", "race"]), ["region", "race"]))
    yield ask("stata.median", median)
    yield ask("stata.medians", lambda: {"est": d.quantile("zinc", by="region").frame["estimate"].to_list()})
    yield ask("stata.ttest", t)
    yield ask("stata.cross", lambda: model("zinc ~ highbp * C(race)", d))
    yield ask("stata.quad", lambda: model("zinc ~ highbp + I(region ** 2)", d))
    yield ask("spss.pop", lambda: both(d.total(by="region")))
    yield ask("spss.row", lambda: both(d.proportion("highbp", by="race")))
    yield ask("spss.table", lambda: ordered(d.total(by=["race", "region"]), ["race", "region"]))
    yield ask("spss.ratio", lambda: both(d.ratio("highbp", "diabetes")))


def replicates() -> Iterator[Question]:
    jk = Sample.from_frame(frame("nhanes2jk"), weight="finalwgt", replicates=Replicates("jkw_*", "JK1"))
    yield ask("jk.mean", lambda: both(jk.mean("weight")))
    yield ask("jk.glm", lambda: model("weight ~ height", jk))
    yield ask("jk.ratio", lambda: both(jk.ratio("weight", "height")))
    half = Sample.from_frame(frame("nhanes2brr"), weight="finalwgt", replicates=Replicates("brr_*", "BRR"))
    yield ask("brr.mean", lambda: both(half.mean("weight")))
    yield ask("brr.df", lambda: {"df": [half.df]})
    yield ask("brr.var", lambda: both(half.variance("weight")))

    def t() -> Answer:
        found = half.mutate(gap=pl.col("weight") - pl.col("height") + 95).test("gap")
        return {"t": [found.statistic], "p": [found.p]}

    yield ask("brr.ttest", t)
    boot = Sample.from_frame(frame("nmihs"), weight="finalwgt", replicates=Replicates("bsrw*", "bootstrap"))
    yield ask("boot.mean", lambda: both(boot.mean("birth_weight")))
    energy = Sample.from_frame(
        frame("recs"), weight="NWEIGHT", replicates=Replicates("BRRWT*", "Fay", rho=0.5, mse=True)
    )
    yield ask("recs.mean", lambda: both(energy.mean("TOTCSQFT")))
    yield ask("recs.by", lambda: both(energy.mean("DOLLAREL", by="Region")))
    yield ask("recs.total", lambda: both(energy.total("BTUEL")))
    yield ask("recs.prop", lambda: both(energy.proportion("HousingUnitType")))
    yield ask("recs.glm", lambda: model("DOLLAREL ~ TOTSQFT_EN + Region", energy))
    yield ask("recs.ratio", lambda: both(energy.ratio("DOLLAREL", "BTUEL", by="Urbanicity")))


def makers() -> Iterator[Question]:
    anes = Sample.from_frame(frame("anes"), weight="Weight", strata="Stratum", psu="VarUnit", nest=True)

    def chi() -> Answer:
        found = anes.independence("TrustGovernment", "TrustPeople")
        return {"f": [found.f], "df": list(found.df), "p": [found.p]}

    def t() -> Answer:
        found = anes.test("Age", group="VotedPres2016")
        return {"t": [found.statistic], "p": [found.p]}

    yield ask("anes.trust", lambda: both(anes.proportion("TrustGovernment")))
    yield ask("anes.age", lambda: both(anes.mean("Age", by="Education")))
    yield ask("anes.chi", chi)
    yield ask("anes.ttest", t)
    yield ask("anes.gof", lambda: {"p": [anes.goodness("Gender", {"Male": 0.5, "Female": 0.5}).p]})
    voted = anes.mutate(voted="VotedPres2020 = 'Yes'")
    yield ask("anes.logit", lambda: model("voted ~ AgeGroup + Gender", voted, family="binomial"))
    yield ask("anes.gap", lambda: one(anes.mean("Age", by="Gender").difference("Male", "Female")))
    gss = Sample.from_frame(frame("gss"), weight="wtssall", strata="vstrat", psu="vpsu", nest=True)
    yield ask("gss.degree", lambda: both(gss.proportion("degree")))
    yield ask("gss.age", lambda: both(gss.mean("age")))
    yield ask("gss.age.sex", lambda: both(gss.mean("age", by="sex")))
    yield ask("gss.lm", lambda: model("polviews ~ age + C(degree)", gss))
    yield ask("gss.rank", lambda: {"p": [gss.test("age", group="sex", kind="wilcoxon", ties="rows").p]})
    silc = Sample.from_frame(frame("eusilc"), weight="rb050", strata="db040", psu="db030")
    yield ask("eu.mean", lambda: both(silc.mean("eqIncome")))

    def quantiles() -> Answer:
        found = silc.quantile("eqIncome", probabilities=(0.1, 0.5, 0.9)).frame
        return {"est": found["estimate"], "lo": found["lower"], "hi": found["upper"]}

    yield ask("eu.q", quantiles)
    yield ask("eu.by", lambda: both(silc.mean("eqIncome", by="rb090")))
    yield ask("eu.poor", lambda: both(silc.mutate(poor="eqIncome < 10859.24").proportion("poor")))
    yield ask("eu.cor", lambda: {"est": silc.covariance("age", "hsize").frame["estimate"].to_list()})


def write(folder: Path) -> None:
    """The sets as R reads them."""
    for name in ("ice", "page44", "gss", *STORED):
        frame(name).write_csv(folder / f"{name}.csv")
    for name, made in SETS_OF_ODD.items():
        made().write_csv(folder / f"{name}.csv")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
