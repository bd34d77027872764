"""A rule for every stratum of one unit, and strata that count together."""

from __future__ import annotations

import math
from typing import Any

import polars as pl
import pytest

from thuis.errors import ThuisError
from thuis.survey import Sample


def rows() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "h": [1, 1, 1, 2, 2, 3, 3, 4, 5],
            "p": [1, 2, 2, 1, 2, 1, 2, 1, 1],
            "w": [1.5, 1.5, 1.5, 2.5, 2.5, 3.5, 3.5, 4.5, 2.0],
            "y": [12.0, 34, 24, 12, 33, 46, 78, 98, 7],
            "old": [0, 0, 0, 0, 1, 1, 1, 1, 0],
        }
    )


def made(lonely: Any = "error", frame: pl.DataFrame | None = None, **more: Any) -> Sample:
    own = {"strata": "h", "psu": "p", "nest": True} | more
    return Sample.from_frame(rows() if frame is None else frame, weight="w", lonely=lonely, **own)


def variance(sample: Sample, what: str = "total") -> float:
    return float(getattr(sample, what)("y").frame["se"].item()) ** 2


@pytest.mark.parametrize("rule", ["adjust", "average", "certainty", "remove"])
@pytest.mark.parametrize("what", ["mean", "total"])
def test_one_rule_for_each_is_the_rule_of_all(rule: str, what: str) -> None:
    assert variance(made({4: rule, 5: rule}), what) == pytest.approx(variance(made(rule), what), rel=1e-12)


def test_each_stratum_has_its_own_rule() -> None:
    """By hand: squares within strata of two units, and of stratum 4 from the mean of all eight."""
    total = {(1, 1): 18.0, (1, 2): 87.0, (2, 1): 30.0, (2, 2): 82.5, (3, 1): 161.0, (3, 2): 273.0}
    within = sum((total[h, 1] - total[h, 2]) ** 2 for h in (1, 2, 3))
    mean = (sum(total.values()) + 4.5 * 98 + 2.0 * 7) / 8
    found = made({4: "adjust", 5: "certainty"})
    assert variance(found) == pytest.approx(within + (441 - mean) ** 2, rel=1e-12)
    assert variance(made({4: "remove", 5: "certainty"})) == pytest.approx(within, rel=1e-12)


def test_rows_as_units_and_strata_of_two_columns_have_rules_too() -> None:
    one = made({4: "adjust", 5: "remove"}, psu=None, nest=False)
    part = made("remove", psu=None, nest=False)
    assert variance(one) > variance(part)
    two = rows().with_columns(g=pl.lit("a"))
    of = made({(4, "a"): "adjust", (5, "a"): "remove"}, two, strata=["h", "g"])
    assert variance(of) == pytest.approx(variance(made({4: "adjust", 5: "remove"})), rel=1e-12)


def test_a_stratum_without_a_rule_is_still_an_error() -> None:
    with pytest.raises(ThuisError, match=r"stratum '5' has one PSU \(1 such strata\)"):
        made({4: "adjust"})


def test_strata_that_are_combined_are_one_for_the_variance_alone() -> None:
    found = made(combine={4: 3, 5: 2})
    frame = rows().with_columns(
        p=pl.format("{} {}", "h", "p"), g=pl.col("h").replace({4: 3, 5: 2}), own=pl.col("h")
    )
    by_hand = Sample.from_frame(frame, weight="w", strata="g", psu="p")
    assert variance(found) == pytest.approx(variance(by_hand), rel=1e-12)
    assert found.df == by_hand.df == 5
    assert found.mean("y", by="h").frame["h"].to_list() == [1, 2, 3, 4, 5]
    assert variance(found.subset(old=1), "mean") == pytest.approx(
        variance(by_hand.subset(old=1), "mean"), rel=1e-12
    )
    raked, theirs = (each.rake({"old": {0: 10.0, 1: 12.0}}) for each in (found, by_hand))
    assert variance(raked) == pytest.approx(variance(theirs), rel=1e-12)
    model, other = (each.glm("y ~ old").coefficients.frame["se"] for each in (found, by_hand))
    assert model.to_list() == pytest.approx(other.to_list(), rel=1e-12)


def test_words_are_strata_too() -> None:
    frame = rows().with_columns(h=pl.format("s{}", "h"))
    found = made(combine={"s4": "s3", "s5": "s3"}, frame=frame)
    assert math.isfinite(variance(found))
    assert variance(made({"s4": "adjust", "s5": "adjust"}, frame)) == pytest.approx(variance(made("adjust")))


@pytest.mark.parametrize(
    ("design", "said"),
    [
        ({"lonely": {4: "skip"}}, "unknown lonely-PSU rule 'skip'"),
        ({"lonely": {9: "adjust"}}, "unknown stratum '9'"),
        (
            {"lonely": {4: "adjust"}, "strata": None, "nest": False, "psu": None},
            "rules for strata without strata",
        ),
        ({"combine": {9: 3}}, "unknown stratum '9'"),
        ({"combine": {4: 5, 5: 3}}, "stratum 5 takes in 4, and becomes part of 3 itself"),
        ({"combine": {4: 3}, "strata": ["h", "old"]}, "combine with strata of several columns"),
        ({"lonely": {4: "adjust", 5: "adjust"}, "lonely_domain": True}, "one rule for all strata"),
    ],
)
def test_what_does_not_fit_is_told(design: dict[str, Any], said: str) -> None:
    with pytest.raises(ThuisError, match=said.replace("(", r"\(")):
        made(**({"lonely": "error"} | design))


def test_replicates_take_one_rule() -> None:
    with pytest.raises(ThuisError, match="replicates of strata with a rule each"):
        made({4: "adjust", 5: "remove"}).replicated("JKn")
