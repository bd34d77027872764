"""Questions of R ``survey``'s tests: designs, lonely units, calibration, quantiles, unequal probabilities."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from peers.asking import Answer, Question, answers, both, model, rows
from thuis.survey import PPS, Estimates, Mean, Ratio, Replicates, Sample

SUITE = "R survey"
STYPE = {"E": 4421, "H": 755, "M": 1018}
WIDE = {"No": 1072, "Yes": 5122}
SQUARES = 0.10321027266234986
THREE = (0.25, 0.5, 0.75)


def ask(case: str, how: Callable[[], Answer], why: str = "", **more: Any) -> Question:
    return Question(SUITE, case, how, why, **more)


@cache
def strat() -> Sample:
    return Sample.from_frame(rows("apistrat"), weight="pw", strata="stype", fpc="fpc")


@cache
def clus1() -> Sample:
    frame = rows("apiclus1").with_columns(one=pl.lit(1.0))
    return Sample.from_frame(frame, weight="pw", psu="dnum", fpc="fpc")


def _clus2() -> Sample:
    return Sample.from_frame(rows("apiclus2"), weight="pw", psu="dnum", fpc="fpc1")


@cache
def replicated(mse: bool = False) -> Sample:
    scale = answers()["bycov.scale", "scale"][0] * answers()["bycov.scale", "r1"][0]
    names = tuple(f"rw{i}" for i in range(1, 16))
    return Sample.from_frame(
        rows("rclus1"), weight="pw", replicates=Replicates(names, "JK1", scale=scale, mse=mse)
    )


@cache
def fpc() -> pl.DataFrame:
    return rows("fpc").with_columns(
        one=pl.lit(1.0),
        n27=pl.lit(27),
        pct=pl.col("nh") / pl.col("Nh"),
        big=pl.col("x") > 4,
        a=pl.col("x") * (pl.col("x") > 4),
        b=(pl.col("x") > 4).cast(pl.Int8),
    )


def of_fpc(**design: Any) -> Sample:
    return Sample.from_frame(fpc(), **design)


NESTED: dict[str, Any] = {"psu": "psuid", "strata": "stratid", "nest": True}


def questions() -> Iterator[Question]:
    yield from domains()
    yield from checks()
    yield from lonely()
    yield from calibrated()
    yield from covariances()
    yield from quantiles()
    yield from unequal()


def domains() -> Iterator[Question]:
    whole = {"weight": "weight", "strata": "stratid", "psu": "psuid", "nest": True}
    yield ask("domain.subset_gt", lambda: both(of_fpc(**whole).subset("x > 4").mean("x")))
    yield ask("domain.by", lambda: both(of_fpc(**whole).mean("x", by="big")))
    yield ask("domain.ratio", lambda: both(of_fpc(**whole).ratio("a", "b")))
    yield ask("domain.strat", lambda: both(strat().subset(**{"comp.imp": "Yes"}).mean("enroll")))
    yield ask("domain.glm_noint", lambda: model("enroll ~ C(comp.imp) - 1", strat()))

    def greg() -> Sample:
        return clus1().calibrate({"stype": STYPE}, {"api99": 3914069})

    def raked() -> Sample:
        return clus1().rake({"stype": STYPE, "sch.wide": WIDE})

    yield ask("domain.cal", lambda: both(greg().subset(**{"comp.imp": "Yes"}).mean("api00")))
    yield ask("domain.cal_tot", lambda: both(greg().total("enroll")))
    yield ask("domain.cal_glm", lambda: model("api00 ~ comp.imp", greg()))
    yield ask("domain.rake", lambda: both(raked().subset(**{"comp.imp": "Yes"}).mean("api00")))
    yield ask("domain.rake_glm", lambda: model("api00 ~ comp.imp", raked()))
    yield ask("rakecheck.rake", lambda: both(raked().mean("api00")))
    yield ask("rakecheck.rake_tot", lambda: both(raked().total("enroll")))
    pairs = rows("apipop").group_by("stype", "sch.wide").len().rows()

    def partial() -> Sample:
        cells = {(a, b): n for a, b, n in pairs}
        return clus1().rake({("stype", "sch.wide"): cells, "comp.imp": {"No": 1712, "Yes": 4482}})

    yield ask("rakecheck.partial", lambda: both(partial().mean("api00")))
    yield ask("rakecheck.partial_tot", lambda: both(partial().total("enroll")))


def checks() -> Iterator[Question]:
    designs: dict[str, dict[str, Any]] = {
        "a": {"weight": "weight", **NESTED},
        "b": {"weight": "weight", "strata": "stratid"},
        "c": {"weight": "one", "strata": "stratid"},
        "d": {"weight": "one", **NESTED},
        "e": {"weight": "one", "psu": "psuid"},
        "f": {"weight": "weight", "psu": "psuid"},
        "g": {"weight": "weight", "psu": ["stratid", "psuid"]},
        "h": {"weight": "weight", "psu": "psuid", "fpc": "n27"},
        "i": {"weight": "weight", "fpc": "Nh", **NESTED},
    }
    for name, design in designs.items():
        yield ask(
            f"check.{name}",
            lambda design=design: {**both((of := of_fpc(**design)).mean("x")), "df": [of.df]},
        )
        yield ask(f"check.{name}.tot", lambda design=design: both(of_fpc(**design).total("x")))
    yield ask("fpcex.without", lambda: both(of_fpc(weight="weight", **NESTED).mean("x")))
    yield ask("fpcex.with", lambda: both(of_fpc(weight="weight", fpc="Nh", **NESTED).mean("x")))
    yield ask("fpcex.with_tot", lambda: both(of_fpc(weight="weight", fpc="Nh", **NESTED).total("x")))
    yield ask("fpcex.pct", lambda: both(of_fpc(weight="weight", fpc="pct", **NESTED).mean("x")))
    yield ask("fpcex.noweights", lambda: both(of_fpc(fpc="Nh", **NESTED).mean("x")))
    yield ask("fpcex.noweights_tot", lambda: both(of_fpc(fpc="Nh", **NESTED).total("x")))
    mu = rows("mu284")
    if "w" not in mu.columns:
        weights = rows("m3").filter(pl.col("stratum") == 1).select("id1", "id2", "y1", "w").unique()
        mu = mu.join(weights, on=["id1", "id2", "y1"], how="left")
    two: dict[str, Any] = {"weight": "w", "psu": ["id1", "id2"], "fpc": ["n1", "n2"]}
    yield ask("mu284.tot", lambda: both(Sample.from_frame(mu, **two).total("y1")))
    yield ask("mu284.mean", lambda: both(Sample.from_frame(mu, **two).mean("y1")))
    yield ask("mu284.one", lambda: both(Sample.from_frame(mu, weight="w", psu="id1", fpc="n1").total("y1")))
    for kind, column in (("srs", "deff"), ("pps", "deffr")):
        of = Sample.from_frame(rows("kigyo"), weight=f"{kind}.w")
        yield ask(f"deff.{kind}_mean", lambda of=of, column=column: both(of.mean("uriage"), column))
        yield ask(f"deff.{kind}_tot", lambda of=of, column=column: both(of.total("uriage"), column))
    hospital = Sample.from_frame(
        rows("hospital"), weight="weighta", strata="oblevel", psu="hospno", fpc="tothosp"
    )
    yield ask("hosp", lambda: both(hospital.mean("births")))
    yield ask("hosp.tot", lambda: both(hospital.total("births")))


def lonely() -> Iterator[Question]:
    rules = ("remove", "certainty", "adjust", "average")
    for kind, rule in ((kind, rule) for kind in (1, 2) for rule in rules):
        design = {"fpc": "fpcl"} if kind == 2 else {}
        of = Sample.from_frame(rows("apiclus1"), weight="pw", strata="dnum", lonely=rule, **design)  # type: ignore[arg-type]
        yield ask(f"lonely.{kind}.{rule}", lambda of=of: both(of.mean("api00")))
        yield ask(f"lonely.tot.{kind}.{rule}", lambda of=of: both(of.total("enroll")))
    for rule in rules:
        of = Sample.from_frame(rows("lonelydom"), weight="pw", strata="dnum", lonely=rule)
        part = of.subset(keep=1)
        yield ask(f"lonely.dom.FALSE.{rule}", lambda part=part: both(part.mean("api00")))
        true = Sample.from_frame(
            rows("lonelydom"), weight="pw", strata="dnum", lonely=rule, lonely_domain=True
        )
        yield ask(f"lonely.dom.TRUE.{rule}", lambda of=true: both(of.subset(keep=1).mean("api00")))
        one = Sample.from_frame(rows("single"), weight="w", strata="Stratum", psu="PSU", lonely=rule)
        yield ask(f"lonely.s.{rule}", lambda one=one: both(one.total("Age")))
        yield ask(f"lonely.sby.{rule}", lambda one=one: both(one.total("Age", by="Sex")))
    design: dict[str, Any] = {"strata": "stratum", "psu": ["id1", "id2"], "fpc": ["n1", "n2"], "nest": True}
    first: dict[str, Any] = {"strata": "stratum", "psu": "id1", "fpc": "n1", "nest": True}
    for rule in rules[:3]:
        whole = Sample.from_frame(rows("m3"), weight="w", lonely=rule, **design)
        less = rows("m3").filter(pl.col("stratum") != 3)
        part = Sample.from_frame(less, weight="w", lonely=rule, **design)
        yield ask(f"ms.lonely.{rule}", lambda of=whole: both(of.total(["y1", "y2"])))
        yield ask(f"ms.dp.{rule}", lambda of=part: both(of.subset(DP=True).total("y1")))
        yield ask(f"ms.ds.{rule}", lambda of=part: both(of.subset(DS=True).total("y1")))
        yield ask(f"ms.all.{rule}", lambda of=part: both(of.mean("y1")))
        one = Sample.from_frame(less, weight="w", lonely=rule, **first)
        yield ask(f"ms.ult.{rule}", lambda of=one: both(of.total("y1")))


def weights(of: Sample) -> Answer:
    """The weight of every cell, and the mean."""
    frame = of.table.query(f"SELECT * FROM {of.table.dialect.source}")
    found = frame.group_by("a", "b").agg(pl.col(of.weight).mean()).sort("a", "b")
    return {"w": found[of.weight].to_list(), **both(of.mean("y"))}


def calibrated() -> Iterator[Question]:
    sizes = [[80, 40, 55], [60, 150, 340], [170, 60, 200], [55, 165, 125]]
    cells = {(a + 1, b + 1): n for a, row in enumerate(sizes) for b, n in enumerate(row)}
    one = {a + 1: sum(row) for a, row in enumerate(sizes)}
    other = {b + 1: sum(row[b] for row in sizes) for b in range(3)}
    kalton = Sample.from_frame(rows("kalton").with_columns(one=pl.lit(1.0)), weight="w")
    margins = {"a": one, "b": other}
    narrow = (0.5, 2.2)
    yield ask("kalton.ps", lambda: weights(kalton.poststratify(["a", "b"], cells)))
    yield ask("kalton.rake", lambda: weights(kalton.rake(margins)))
    yield ask("kalton.linear", lambda: weights(kalton.calibrate(margins)))
    yield ask("kalton.calrake", lambda: weights(kalton.calibrate(margins, method="raking")))
    yield ask("kalton.trunc", lambda: weights(kalton.calibrate(margins, bounds=narrow)))
    yield ask("kalton.logit", lambda: weights(kalton.calibrate(margins, method="logit", bounds=narrow)))
    numbers = {"one": 1500, "an": 3945, "bn": 3355}
    unit = Sample.from_frame(rows("kalton").with_columns(one=pl.lit(1.0)), weight="one")
    yield ask("kalton.greg", lambda: weights(unit.calibrate(numbers=numbers)))
    bad = Sample.from_frame(rows("badcal"), weight="w")

    def made() -> Sample:
        return bad.calibrate({"x": {1: 5000, 2: 5000}})

    yield ask(
        "badcal",
        lambda: {
            "w": made().table.query(f"SELECT * FROM {made().table.dialect.source}")[made().weight].to_list()
        },
    )
    yield ask("badcal.mean", lambda: both(made().mean("y")))
    scales = {"bycov.scale": (clus1, 15), "rclus2.scale": (_clus2, 40)}
    for case, (design, many) in scales.items():

        def scale(design: Callable[[], Sample] = design, case: str = case, many: int = many) -> Answer:
            of = design().replicated("JK1").replicates
            assert of is not None
            found = of.scales()
            rest = {"r1": [1.0]} if case == "bycov.scale" else {"r": found / found[0]}
            return {"scale": found[:1], **rest} if len(found) == many else {}

        yield ask(case, scale)
    enroll, both_ = 3811472, {"one": 6194, "enroll": 3811472}
    yield ask("caleg.enroll", lambda: both(clus1().calibrate(numbers=both_).total("api.stu")))

    def weight() -> Answer:
        of = clus1().calibrate(numbers=both_)
        return {"w": of.table.query(f"SELECT * FROM {of.table.dialect.source}")[of.weight].to_list()}

    yield ask("caleg.enroll_w", weight)
    yield ask("caleg.noint", lambda: both(strat().calibrate(numbers={"enroll": enroll}).total("api.stu")))
    yield ask(
        "caleg.bounds", lambda: both(clus1().calibrate(numbers=both_, bounds=(0.6, 1.5)).total("api.stu"))
    )
    yield ask(
        "caleg.agg",
        lambda: both(clus1().calibrate(numbers=both_, together="dnum").total("api.stu")),
        "weights below 0, which linear calibration makes here, are refused",
    )
    yield ask(
        "caleg.ratio",
        lambda: both(strat().calibrate(numbers={"enroll": enroll}, variance="enroll").total("api.stu")),
    )
    yield ask("rep.rake", lambda: both(replicated().poststratify("stype", STYPE).mean("api00")))


def covariances() -> Iterator[Question]:
    for mse in (True, False):
        name = str(mse).upper()

        def cells(mse: bool = mse) -> Answer:
            found = replicated(mse).tabulate([Mean("api00"), Mean("api99")], [("comp.imp", "sch.wide")])
            order = found.frame.with_row_index("r").sort("measure", "sch.wide", "comp.imp")["r"].to_list()
            frame = found.frame[order]
            covariance = found.covariance(order).T.ravel().tolist()
            return {"est": frame["estimate"].to_list(), "se": frame["se"].to_list(), "v": covariance}

        yield ask(f"bycov.rep{name}", cells)
        yield ask(f"bycov.ratio{name}", lambda mse=mse: both(replicated(mse).ratio("ell", "meals")))

    def ratios() -> Answer:
        asked = [Ratio(a, b) for b in ("mobility", "meals") for a in ("ell", "mobility")]
        found = clus1().tabulate(asked, [()])
        return {**both(found), "v": found.covariance().T.ravel().tolist()}

    yield ask("bycov.ratios", ratios)

    def logs() -> Estimates:
        return clus1().mutate(le=pl.col("enroll").log()).mean("le", by="stype")

    def one(found: Any) -> Answer:
        return {"est": [found.estimate], "se": [found.se]}

    yield ask("bycov.lin", lambda: one(logs().contrast({0: 1, 1: -1})))
    yield ask("bycov.exp", lambda: one(logs().contrast(lambda e: np.exp(e[0] - e[1]))))


def quantiles() -> Iterator[Question]:
    for rule in ("math", "school", *(f"hf{i}" for i in range(1, 10))):
        yield ask(
            f"newquantile.{rule}",
            lambda rule=rule: both(clus1().quantile("ell", probabilities=(0.2, 0.5, 0.9), rule=rule)),
        )
    for kind, interval in (("mean", None), ("xlogit", "logit"), ("beta", "beta"), ("score", "score")):
        why = "Francisco and Fuller's score interval is not there" if kind == "score" else ""
        yield ask(
            f"quant.{kind}",
            lambda interval=interval: both(
                clus1().quantile("api00", probabilities=THREE, interval=interval), "lo", "hi"
            ),
            why,
        )
    yield ask("quant.rep", lambda: both(replicated().quantile("api00", probabilities=THREE)))
    yield ask(
        "quant.repq",
        lambda: both(replicated().quantile("api00", probabilities=THREE, interval="quantile")),
    )
    yield ask(
        "quant.old",
        lambda: both(clus1().quantile("api00", probabilities=THREE)),
        "R's rule of before 4.1, which interpolates the curve",
    )
    yield ask(
        "quant.by",
        lambda: both(clus1().quantile("api00", by="stype", df="domain")),
    )
    swiss = Sample.from_frame(rows("swiss"), weight="w", psu="id", fpc="fpc")
    shares = (0.01, 0.05, 0.1, 0.15, 0.21, 0.31, 0.41, 0.51, 0.61, 0.71, 0.81, 0.85, 0.9, 0.95, 0.99)
    yield ask("swiss", lambda: {"est": swiss.quantile("x", probabilities=shares).frame["estimate"].to_list()})
    chile = Sample.from_frame(
        rows("chile"), weight="f_pers", strata="estrato", psu="id_directorio", lonely="remove"
    )
    yield ask("chile", lambda: both(chile.quantile("ing_t_p", probabilities=(0.25, 0.5, 0.9))))
    yield ask("chile.mean", lambda: both(chile.mean("ing_t_p")))
    for rule in ("math", "school"):
        yield ask(
            f"chile.dom.{rule}",
            lambda rule=rule: {
                "est": chile.subset(CL_GRUPO_OCU_08="ISCO08_6")
                .quantile("ing_t_p", rule=rule)
                .frame["estimate"]
                .to_list()
            },
        )


@cache
def joint() -> Any:
    """The joint probabilities of R's set, which only R has; None without R."""
    if shutil.which("Rscript") is None:
        return None
    script = 'data(election, package = "survey"); write.csv(election_jointprob, row.names = FALSE)'
    made = subprocess.run(["Rscript", "-e", script], capture_output=True, timeout=20, check=False)
    return pl.read_csv(made.stdout).to_numpy() if made.returncode == 0 else None


def unequal() -> Iterator[Question]:
    election, three = rows("election_pps"), ["Bush", "Kerry", "Nader"]
    of = Sample.from_frame(election, weight="wt")
    yield ask("pps.wr", lambda: both(of.total(three)))
    yield ask("pps.wr_sub", lambda: both(of.subset("Nader > 0").total("Bush")))
    # Squares of the probabilities of all counties, which the script of these answers takes from the
    # population.
    ways: dict[str, str | PPS] = {
        "brewer": "brewer",
        "overton": "overton",
        "HR": PPS("HR", squares=SQUARES),
    }
    if (pairs := joint()) is not None:
        ways["HT"] = PPS("joint", joint=pairs)
    for kind, pps in ways.items():
        yield ask(
            f"pps.{kind}",
            lambda pps=pps: both(Sample.from_frame(election, weight="wt", fpc="p", pps=pps).total(three)),
        )
    two: dict[str, Any] = {"weight": "w", "psu": ["dnum", "snum"]}
    clus2 = Sample.from_frame(rows("apiclus2"), fpc=["fpc1", "fpc2"], **two)
    yield ask("pps.clus2_tot", lambda: both(clus2.total("enroll")))
    yield ask("pps.clus2_mean", lambda: both(clus2.mean("api00")))
    yield ask(
        "pps.clus2frac",
        lambda: both(Sample.from_frame(rows("apiclus2"), fpc=["f1", "f2"], **two).total("enroll")),
    )
