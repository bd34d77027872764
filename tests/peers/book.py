"""Questions of "Exploring Complex Survey Data Analysis Using R" (Zimmer, Powell and Velásquez 2024)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import polars as pl

from peers.asking import Question, both, model, ordered, rows, table, tested
from thuis.survey import Replicates, Sample


@cache
def anes() -> Sample:
    frame = rows("anes").with_columns(
        tg=pl.col("TrustGovernment").is_in(["Always", "Most of the time"]).cast(pl.Int8),
        biden=(pl.col("VotedPres2020_selection") == "Biden").cast(pl.Int8),
    )
    return Sample.from_frame(frame, weight="Weight", strata="Stratum", psu="VarUnit", nest=True)


@cache
def recs() -> Sample:
    used = pl.col("ACUsed").cast(pl.String).str.to_lowercase().is_in(["true", "1"])
    frame = rows("recs").with_columns(ac=used.cast(pl.Int8))
    return Sample.from_frame(
        frame, weight="NWEIGHT", replicates=Replicates("BRRWT[0-9]*", "Fay", rho=0.5, mse=True)
    )


def questions() -> Iterator[Question]:
    def ask(case: str, how: Any, why: str = "", **more: Any) -> Question:
        return Question("tidy-survey book", case, how, why, **more)

    yield ask("anes.age", lambda: both(anes().mean("Age")))
    yield ask("anes.age_by", lambda: ordered(anes().mean("Age", by="Gender"), ["Gender"], "deff"))
    yield ask("anes.tg_party", lambda: ordered(anes().mean("tg", by="PartyID"), ["PartyID"]))

    def shares() -> Any:
        found = anes().proportion("tg", by=["Gender", "Education"], df="domain")
        frame = found.frame.sort("Education", "Gender")
        return {
            "est": frame["estimate"].to_list(),
            "lo": frame["lower"].to_list(),
            "hi": frame["upper"].to_list(),
        }

    yield ask("anes.tg_ge", shares)
    yield ask("anes.q", lambda: both(anes().quantile("Age", probabilities=(0.25, 0.5, 0.75)), "lo", "hi"))
    yield ask("anes.chi", lambda: table(anes(), "TrustGovernment", "TrustPeople"))
    yield ask("anes.chi2", lambda: table(anes(), "VotedPres2020_selection", "AgeGroup"))

    def wald() -> Any:
        found = anes().independence("TrustGovernment", "TrustPeople").unadjusted_wald
        return {"stat": [found[0]], "p": [found[2]]}

    yield ask("anes.chiW", wald)
    yield ask("anes.tt", lambda: tested(anes().subset(Gender=["Female", "Male"]), "Age", group="Gender"))
    yield ask("anes.glm", lambda: model("Age ~ Gender + PartyID", anes()))
    logit = {"family": "binomial"}
    yield ask("anes.logit", lambda: model("biden ~ VotedPres2016_selection + Age", anes(), **logit))
    yield ask("anes.logitint", lambda: model("tg ~ Gender*Age", anes(), **logit))
    yield ask("recs.tot", lambda: both(recs().total("DOLLAREL")))
    yield ask("recs.reg", lambda: ordered(recs().mean("DOLLAREL", by="Region"), ["Region"]))
    yield ask("recs.ratio", lambda: ordered(recs().ratio("DOLLAREL", "BTUEL", by="Region"), ["Region"]))
    yield ask("recs.ac", lambda: ordered(recs().mean("ac", by="Region"), ["Region"]))
    yield ask("recs.q", lambda: both(recs().quantile("DOLLAREL", probabilities=(0.25, 0.5, 0.75))))
    yield ask("recs.tt", lambda: tested(recs(), "DOLLAREL", group="ac"))
    yield ask("recs.tt1", lambda: tested(recs(), "DOLLAREL", value=1300))
    yield ask("recs.chi", lambda: table(recs(), "Region", "ac"))
    yield ask("recs.glm", lambda: model("DOLLAREL ~ Region*ac", recs()))
    yield ask("recs.logit", lambda: model("ac ~ Urbanicity + TOTSQFT_EN", recs(), family="binomial"))

    def ranks() -> Any:
        found = recs().test("DOLLAREL", group="ac", kind="wilcoxon", ties="rows")
        return {"stat": [found.statistic], "p": [found.p]}

    yield ask("recs.rank", ranks)
