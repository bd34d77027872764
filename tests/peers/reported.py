"""Questions after what users of other packages reported, on odd rows: reported.R.

Run ``python -m peers.outside FOLDER`` in ``tests`` to write the sets that R reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from peers.asking import Answer, Question, both, model, ordered, tested, written
from peers.odd import SETS
from thuis.survey import Estimates, Sample


def ask(case: str, how: Callable[[], Answer], why: str = "", tolerance: float = 1e-8) -> Question:
    return Question("reported elsewhere", case, how, why, tolerance, written("reported")[case])


def questions() -> Iterator[Question]:
    yield from gaps()
    yield from weights()
    yield from lonely()
    yield from cells()


ORDER = {"g": ["\u00c5rhus", "it's", "north side", "south"]}


def sample(name: str, weight: str = "w", **how: Any) -> Sample:
    return Sample.from_frame(SETS[f"odd_{name}"](), weight=weight, psu="psu", strata="h", **how)


def column(found: Estimates, name: str) -> list[float]:
    return found.frame[name].to_list()


def table(of: Sample, a: str, b: str) -> Answer:
    found = of.independence(a, b)
    return {"f": [found.f], "p": [found.p]}


def gaps() -> Iterator[Question]:
    # R where no locale is set puts what it writes as <U+00C5> first.
    d = sample("gaps", order=ORDER)
    yield ask("gaps.prop", lambda: both(d.proportion("g")))
    yield ask("gaps.count", lambda: both(d.total(by="g")))
    yield ask("gaps.mean", lambda: both(d.mean("y")))
    yield ask("gaps.by", lambda: both(d.mean("y", by="g")))
    yield ask("gaps.total", lambda: both(d.total("y")))
    yield ask("gaps.domain", lambda: both(d.mean("out")))
    yield ask("gaps.domain.total", lambda: both(d.total("out")))
    yield ask("gaps.ratio", lambda: both(d.ratio("y", "x")))
    yield ask("gaps.lm", lambda: model("y ~ x + g", d))
    yield ask(
        "gaps.median",
        lambda: {"est": column(d.subset("part is not null").quantile("part", by="g"), "estimate")},
    )
    yield ask("gaps.part", lambda: both(d.subset("part is not null").mean("part", by="g")))
    yield ask("gaps.n", lambda: {"n": column(d.mean("y", by="g"), "n")})
    yield ask("gaps.chi", lambda: table(d, "b", "g"))
    yield ask("gaps.t", lambda: tested(d, "y", group="b"))
    yield ask(
        "gaps.wald", lambda: {"f": [d.independence("b", "g").wald], "p": [d.independence("b", "g").wald_p]}
    )
    yield ask("gaps.var", lambda: both(d.variance("y")))


def weights() -> Iterator[Question]:
    z = sample("weights", "zero")
    yield ask("zero.mean", lambda: both(z.mean("y")))
    yield ask("zero.by", lambda: both(z.mean("y", by="b")))
    yield ask("zero.median", lambda: {"est": column(z.quantile("y"), "estimate")})
    yield ask("zero.glm", lambda: model("b ~ x", z, family="binomial"))
    yield ask("zero.total", lambda: both(z.total("y")))
    yield ask("nobody.mean", lambda: both(sample("weights", "nobody").mean("y")))
    yield ask("nobody.total", lambda: both(sample("weights", "nobody").total("y")))
    h, t, d = sample("weights", "huge"), sample("weights", "tiny"), sample("weights")
    yield ask("huge.mean", lambda: both(h.mean("y")))
    yield ask("huge.total", lambda: both(h.total("y")))
    yield ask("huge.deff", lambda: {"deff": column(h.mean("y"), "deff")})
    yield ask("huge.glm", lambda: model("y ~ x", h))
    yield ask("tiny.mean", lambda: both(t.mean("y")))
    yield ask("tiny.glm", lambda: model("y ~ x", t))
    yield ask("tiny.chi", lambda: table(t, "b", "g"))

    def far(found: Answer) -> Answer:
        return {"est": [found["est"][0] - 1e9, *found["est"][1:]], "se": found["se"]}

    # Numbers near 1e9 have seven digits behind the point.
    yield ask("far.mean", lambda: far(both(d.mean("far"))), tolerance=1e-6)
    yield ask("far.glm", lambda: far(model("far ~ x", d)), tolerance=1e-6)
    yield ask("same.mean", lambda: both(d.mean("same")))
    rows = Sample.from_frame(SETS["odd_weights"](), weight="equal")
    yield ask("equal.ratio", lambda: both(rows.ratio("y", "x")))
    yield ask("equal.var", lambda: {"est": column(rows.variance("y"), "estimate")})


def lonely() -> Iterator[Question]:
    for rule in ("remove", "adjust", "average", "certainty"):
        d = sample("lonely", lonely=rule)
        yield ask(f"lonely.{rule}", lambda d=d: both(d.mean("y")))  # type: ignore[misc]
        yield ask(f"lonely.by.{rule}", lambda d=d: both(d.mean("y", by="b")))  # type: ignore[misc]
    adjusted, removed = sample("lonely", lonely="adjust"), sample("lonely", lonely="remove")
    yield ask("lonely.glm", lambda: model("y ~ x", adjusted))
    yield ask("lonely.ratio", lambda: both(adjusted.ratio("y", "x")))
    yield ask("lonely.sub", lambda: both(removed.subset("h = 99 or low").mean("y")))
    yield ask("lonely.only", lambda: both(removed.mean("y", by="only")))
    each = Sample.from_frame(SETS["odd_lonely"](), weight="w", psu="psu", strata="own", lonely="remove")
    yield ask("lonely.all", lambda: both(each.mean("y")))
    yield ask("lonely.degf", lambda: {"df": [removed.df], "part": [removed.subset(low=True).freedom]})


def cells() -> Iterator[Question]:
    d = sample("cells")

    def chi() -> Answer:
        return {**table(d, "a", "c"), "df": list(d.independence("a", "c").df)}

    yield ask("cells.chi", chi)

    def shares() -> Answer:
        found = d.proportion("c", by="a")
        return both(found)

    yield ask("cells.shares", shares)
    yield ask("cells.totals", lambda: ordered(d.total(by=["a", "c"]), ["a", "c"]))
    yield ask("cells.one", lambda: both(d.mean("y", by="one")))

    def alone() -> Answer:
        found = d.test("y", group="one")
        return {"t": [found.statistic], "p": [found.p]}

    yield ask("cells.one.t", alone)
    yield ask("cells.nothing", lambda: both(d.mean("nothing")))
    yield ask(
        "cells.ties",
        lambda: {"est": column(d.quantile("count", probabilities=(0, 0.1, 0.5, 1)), "estimate")},
        "the least and the greatest answer are refused: a sample does not estimate them",
    )
    yield ask("cells.count", lambda: both(d.proportion("count")))
    yield ask("cells.poisson", lambda: model("count ~ x", d, family="poisson"))
    yield ask("cells.strata", lambda: both(d.proportion("b", by="h")))
    yield ask("cells.none", lambda: {"est": column(d.proportion("a", values="nobody"), "estimate")})
    knife = d.replicated("JKn")
    yield ask("cells.jk", lambda: both(knife.mean("y", by="a")))
    yield ask("cells.jk.total", lambda: ordered(knife.total(by=["a", "c"]), ["a", "c"]))
    sizes = {"x": 100, "y": 200, "z": 300}
    yield ask("cells.post", lambda: both(d.poststratify("a", sizes).mean("b", by="c")))
    yield ask("cells.rake", lambda: both(d.rake({"a": sizes, "c": {"p": 400, "q": 200}}).mean("y")))
