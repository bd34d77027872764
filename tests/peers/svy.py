"""Questions of the libraries svy and srvyr."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import polars as pl

from peers.asking import FOLDER, Question, both, rows
from peers.designs import strat
from thuis.survey import Replicates, Sample


@cache
def file(name: str) -> pl.DataFrame:
    return pl.read_csv(FOLDER / "data" / "svy" / f"{name}.csv")


def questions() -> Iterator[Question]:
    def ask(case: str, how: Any, why: str = "", **more: Any) -> Question:
        return Question("svy", case, how, why, **more)

    sample = Sample.from_frame(
        file("quantile_ref_20260805"), weight="wgt", strata="stratum", psu="psu", nest=True
    )
    shares = (0.001, 0.01, 0.0345, 0.1, 0.25, 0.5, 0.679, 0.75, 0.9, 0.99, 0.999)
    yield ask("svy.q_new", lambda: both(sample.quantile("income", probabilities=shares), "lo", "hi"))
    old = "R's rule of before 4.1"
    yield ask("svy.q_higher", lambda: both(sample.quantile("income", probabilities=shares), "lo", "hi"), old)
    yield ask("svy.q_linear", lambda: both(sample.quantile("income", probabilities=shares, rule="hf4")), old)
    for region in ("North", "South"):
        part = sample.subset(region=region)
        yield ask(
            f"svy.q_{region}",
            lambda part=part: both(part.quantile("income", probabilities=(0.1, 0.5, 0.9), df="domain")),
        )
    nulls = Sample.from_frame(file("domain_nulls_20260722"), weight="wgt", strata="stratum", psu="cluster")
    part = nulls.subset(employed=1)
    yield ask("dom.mean", lambda: both(part.mean("income")))
    yield ask("dom.tot", lambda: both(part.total("income")))
    yield ask("dom.by", lambda: both(part.mean("income", by="stratum")))
    yield ask("dom.all", lambda: both(nulls.mean("income")))
    jack = Sample.from_frame(
        file("domain_nulls_jk1_20260722"), weight="wgt", replicates=Replicates("rep[0-9]", "JK1")
    )
    yield ask("dom.jk1", lambda: both(jack.subset(employed=1).mean("income")))
    frame = file("rep_domain_df_jkn_20260724")
    y = next(each for each in ("y", "income", "x") if each in frame.columns)
    jkn = Sample.from_frame(frame, weight="w", replicates=Replicates("rw[0-9]*", "JKn", factors=(0.75,) * 16))
    taylor = Sample.from_frame(frame, weight="w", strata="stratum", psu="psu_id", nest=True)
    yield ask("jkn.dom", lambda: both(jkn.subset(dom=1).mean(y)))
    yield ask("jkn.tot", lambda: both(jkn.total(y)))
    yield ask(
        "jkn.df",
        lambda: {"full": [jkn.df], "dom": [jkn.subset(dom=1).freedom]},
    )
    yield ask("jkn.taylor", lambda: both(taylor.subset(dom=1).mean(y, df="domain"), "lo", "hi"))
    large = Sample.from_frame(file("deff_large_fraction"), weight="w", strata="st")
    yield ask("deffl", lambda: both(large.mean("y"), "deff"))
    yield ask("defflr", lambda: {"deffr": large.mean("y").frame["deff_replace"].to_list()})
    yield ask("deffl.by", lambda: {"deff": large.mean("y", by="st").frame["deff"].to_list()})
    yield from srvyr()


def srvyr() -> Iterator[Question]:
    def ask(case: str, how: Any, **expected: list[float]) -> Question:
        return Question("srvyr", case, how, expected=expected)

    def database() -> Sample:
        import duckdb

        found = duckdb.connect().from_arrow(rows("apistrat").to_arrow())
        return Sample.from_frame(found, weight="pw", strata="stype", fpc="fpc")

    plain = strat().mean("api00", by="stype").frame
    plain_strata = Sample.from_frame(rows("apistrat"), weight="pw", strata="stype")
    yield ask(
        "survey_corr",
        lambda: both(plain_strata.correlation("api00", "api99")),
        est=[0.975904664064127],
        se=[0.00400650195314815],
    )
    yield ask(
        "a table of a database",
        lambda: {"est": database().mean("api00", by="stype").frame["estimate"].to_list()},
        est=plain["estimate"].to_list(),
    )
    yield ask(
        "filter(api00 > 600)",
        lambda: both(strat().subset("api00 > 600").mean("api00")),
        **_asked(strat().mutate(high=pl.col("api00") > 600).subset(high=True)),
    )
    yield ask("cascade", lambda: {"n": [strat().tabulate([_mean()], [(), ("stype",)]).frame.height]}, n=[4.0])
    yield ask(
        "level = c(.8, .9)",
        lambda: {
            "n": [sum(c.startswith("lower_") for c in strat().mean("api00", level=(0.8, 0.9)).frame.columns)]
        },
        n=[2.0],
    )


def _mean() -> Any:
    from thuis.survey import Mean

    return Mean("api00")


def _asked(of: Sample) -> dict[str, list[float]]:
    return {key: list(value) for key, value in both(of.mean("api00")).items()}
