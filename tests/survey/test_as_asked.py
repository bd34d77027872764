"""Conditions, new columns, labels, levels, probabilities and pairs, as a person types them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyreadstat
import pytest

from thuis.errors import Remark, ThuisError
from thuis.survey import Sample
from thuis.survey.pairs import letters

RNG = np.random.default_rng(6)
ROWS = pl.DataFrame(
    {
        "h": np.repeat([1, 2, 3], 20),
        "psu": np.repeat(np.arange(12), 5),
        "w": RNG.uniform(1, 3, 60),
        "y": RNG.normal(10, 2, 60),
        "comp.imp": RNG.choice(["Yes", "No"], 60),
        "edu": RNG.integers(1, 4, 60),
    }
)
SAMPLE = Sample.from_frame(ROWS, weight="w", strata="h", psu="psu")


@pytest.mark.parametrize(
    "condition",
    ["y > 10 AND \"comp.imp\" = 'Yes'", (pl.col("y") > 10) & (pl.col("comp.imp") == "Yes")],
)
def test_conditions_are_one_another(condition: Any) -> None:
    expected = SAMPLE.mutate(inside=(pl.col("y") > 10) & (pl.col("comp.imp") == "Yes")).subset(inside=True)
    found = SAMPLE.subset(condition)
    for column in ("estimate", "se", "n"):
        assert found.mean("y").frame[column].item() == expected.mean("y").frame[column].item()
    assert found.df == SAMPLE.df


def test_narwhals_and_functions() -> None:
    nw = pytest.importorskip("narwhals")
    stable = pytest.importorskip("narwhals.stable.v1")
    assert SAMPLE.subset(stable.col("y") > 10).mean("y").frame["n"].item() == (ROWS["y"] > 10).sum()
    one = SAMPLE.subset(nw.col("y") > 10).mean("y").frame
    two = SAMPLE.subset(lambda frame: frame["y"] > 10).mean("y").frame
    assert one.equals(two) and one.equals(SAMPLE.subset("y > 10").mean("y").frame)


def test_a_condition_twice_is_both() -> None:
    found = SAMPLE.subset(pl.col("y") > 8).subset(pl.col("y") < 12).mean("y").frame
    assert found["n"].item() == ROWS.filter(pl.col("y") > 8, pl.col("y") < 12).height


def test_who_is_inside_does_not_change_with_the_column() -> None:
    before = SAMPLE.subset("y > 10")
    after = before.mutate(y=pl.col("y") * -1)
    assert after.mean("y").frame["n"].item() == before.mean("y").frame["n"].item()
    assert after.mean("y").frame["estimate"].item() == -before.mean("y").frame["estimate"].item()


def test_a_missing_condition_is_out() -> None:
    rows = ROWS.with_columns(age=pl.when(pl.col("y") > 10).then(pl.col("y")))
    made = Sample.from_frame(rows, weight="w")
    assert made.subset("age > 0").mean("y").frame["n"].item() == (ROWS["y"] > 10).sum()
    assert made.subset(pl.col("age") > 0).mean("y").frame["n"].item() == (ROWS["y"] > 10).sum()


def test_conditions_and_columns_that_are_none_are_told() -> None:
    told: list[tuple[Any, str]] = [
        (lambda: SAMPLE.subset("what > 3"), "cannot be read"),
        (lambda: SAMPLE.subset("y + 1"), "expected: true or false"),
        (lambda: SAMPLE.subset(pl.col("y") + 1), "expected: true or false"),
        (lambda: SAMPLE.subset(pl.col("what") > 1), "cannot be worked out"),
        (lambda: SAMPLE.mutate(w=pl.lit(1)), "a column of the design"),
        (lambda: SAMPLE.mutate(z="what + 1"), "cannot be worked out"),
        (lambda: SAMPLE.mutate(z=lambda frame: frame["what"]), "cannot be worked out"),
    ]
    for call, said in told:
        with pytest.raises(ThuisError, match=said):
            call()


def test_all_answers_of_a_column_are_shares() -> None:
    for column in ("edu", "comp.imp"):
        found = SAMPLE.proportion(column).frame
        assert found["estimate"].sum() == pytest.approx(1)
        assert found.height == ROWS[column].n_unique()
    one = SAMPLE.mutate(high=pl.col("edu") == 3).proportion("high").frame
    assert one["se"].item() == pytest.approx(SAMPLE.proportion("edu").frame["se"][2])
    with pytest.raises(ThuisError, match="more than 100 answers"):
        Sample.from_frame(pl.DataFrame({"y": np.arange(300.0), "w": np.ones(300)}), weight="w").proportion(
            "y"
        )


def test_weights_from_probabilities_and_populations() -> None:
    rows = ROWS.with_columns(p=1 / pl.col("w") / 2, q=pl.lit(0.5), N=pl.lit(40))
    plain = Sample.from_frame(rows.with_columns(w=pl.col("w") * 4), weight="w", strata="h", psu="psu")
    made = Sample.from_frame(rows, prob=["p", "q"], strata="h", psu="psu")
    assert made.total("y").frame["se"].item() == pytest.approx(plain.total("y").frame["se"].item())
    grown = Sample.from_frame(rows, strata="h", psu="psu", fpc="N")
    assert grown.total().frame["estimate"].item() == pytest.approx(60 * 40 / 4)
    assert Sample.from_frame(rows, strata="h", fpc="N").total().frame["estimate"].item() == pytest.approx(120)
    with pytest.warns(Remark, match="every row counts for one"):
        assert Sample.from_frame(rows).total().frame["estimate"].item() == 60
    with pytest.raises(ThuisError, match="is none in 60 rows"):
        Sample.from_frame(rows, prob="N")
    with pytest.raises(ThuisError, match="a weight and probabilities"):
        Sample.from_frame(rows, weight="w", prob="p")
    with pytest.raises(ThuisError, match="name their column in fpc="):
        Sample.from_frame(rows, prob="p", pps="brewer")


def test_labels_of_a_file(tmp_path: Path) -> None:
    rows = ROWS.select("w", "y", "edu").with_columns(trust=pl.int_range(pl.len()) % 4, part=pl.lit(7.0))
    names = {
        "edu": {1: "low", 2: "middle", 3: "high"},
        "trust": {0: "no", 1: "some", 2: "much", 3: "don't know"},
        "part": {1: "one"},
    }
    pyreadstat.write_sav(rows.to_pandas(), str(tmp_path / "file.sav"), variable_value_labels=names)
    made = Sample.from_file(tmp_path / "file.sav", labels=True, missing="labels", weight="w")
    assert made.mean("y", by="edu").frame["edu"].to_list() == ["low", "middle", "high"]
    shares = made.proportion("trust").frame["measure"].to_list()
    assert shares == [f"proportion(trust = {each})" for each in ("no", "some", "much")]
    assert made.mean("part").frame["estimate"].item() == pytest.approx(7)
    plain = Sample.from_file(tmp_path / "file.sav", missing="labels", weight="w").mean("y", by="edu").frame
    assert made.mean("y", by="edu").frame["se"].to_list() == plain["se"].to_list()


def test_answers_stand_in_their_own_order() -> None:
    rows = ROWS.with_columns(edu=pl.col("edu").replace_strict({1: "low", 2: "mid", 3: "high"}))
    order = ["low", "mid", "high"]
    design: dict[str, Any] = {"weight": "w", "strata": "h", "psu": "psu"}
    made = Sample.from_frame(rows, **design, order={"edu": order})
    plain = Sample.from_frame(rows, **design)
    for of in (made, made.mutate(z="y * 2"), made.replicated("JKn")):
        assert of.mean("y", by="edu").frame["edu"].to_list() == order
        assert of.quantile("y", by="edu").frame["edu"].to_list() == order
        assert of.variance("y", by="edu").frame["edu"].to_list() == order
    assert plain.mean("y", by="edu").frame["edu"].to_list() == sorted(order)
    one, two = (each.mean("y", by=["edu", "h"]).frame.sort("edu", "h") for each in (made, plain))
    assert one["se"].to_list() == two["se"].to_list()
    assert made.glm("y ~ edu").coefficients.frame["measure"].to_list() == ["intercept", "edu_mid", "edu_high"]
    assert len(made.proportion("edu").frame) == 3
    with pytest.raises(ThuisError, match="unknown answer of 'edu'"):
        Sample.from_frame(rows, **design, order={"edu": ["low", "high"]})


def test_pairs_are_within_a_measure_and_have_names() -> None:
    found = SAMPLE.mean(["y", "edu"], by=["comp.imp"])
    pairs = found.pairs("bonferroni")
    assert pairs.select("measure", "first", "second").rows() == [
        ("mean(y)", "No", "Yes"),
        ("mean(edu)", "No", "Yes"),
    ]
    assert pairs["p_adjusted"].to_list() == pairs["p"].to_list()
    three = SAMPLE.mean("y", by="edu").pairs("bonferroni")
    assert three["p_adjusted"].to_list() == pytest.approx([min(3 * p, 1) for p in three["p"]])
    with pytest.raises(ThuisError, match="unknown adjustment"):
        found.pairs("tukey")


@pytest.mark.parametrize("seed", range(6))
def test_letters_say_what_the_tests_say(seed: int) -> None:
    """Two cells share a letter if and only if their test does not tell them apart."""
    rng = np.random.default_rng(seed)
    g = np.repeat(np.arange(7), 30)
    rows = pl.DataFrame({"g": g, "y": rng.normal(g * 0.35, 1), "w": np.ones(210)})
    found = Sample.from_frame(rows, weight="w").mean("y", by="g")
    signs = letters(found, "holm")["letters"].to_list()
    for a, b, p in found.pairs().select("left", "right", "p_adjusted").iter_rows():
        assert bool(set(signs[a]) & set(signs[b])) == (p >= 0.05)


def test_models_print_their_tests() -> None:
    text = repr(SAMPLE.glm("y ~ edu"))
    assert " t " in text and " p " in text


def test_an_offset_counts_with_a_coefficient_of_one() -> None:
    rows = ROWS.with_columns(deaths=pl.int_range(pl.len()) % 5 + 1, years=pl.col("y") + 40)
    sample = Sample.from_frame(rows, weight="w", strata="h", psu="psu")
    model = sample.glm("deaths ~ edu + offset(log(years))", family="poisson")
    # The score of the intercept: as many deaths expected as seen.
    expected = model.predict(rows).frame["estimate"].to_numpy()
    assert (rows["w"].to_numpy() @ (expected - rows["deaths"].to_numpy())) == pytest.approx(0, abs=1e-8)
    linear = sample.glm("y ~ edu + offset(years)").coefficients.frame
    moved = sample.mutate(rest="y - years").glm("rest ~ edu").coefficients.frame
    assert linear["estimate"].to_list() == pytest.approx(moved["estimate"].to_list())
    assert linear["se"].to_list() == pytest.approx(moved["se"].to_list())
    with pytest.raises(ThuisError, match="with an offset"):
        model.margins("edu")
    with pytest.raises(ThuisError, match="an offset in"):
        sample.hazards("years", "deaths", "edu + offset(y)")


def test_a_row_that_is_not_there_is_said() -> None:
    found = Sample.from_frame(ROWS, weight="w").mean("y", by="edu")
    with pytest.raises(ThuisError, match="no row 90"):
        found.difference(90, 0)
    with pytest.raises(ThuisError, match="no row 90"):
        found.ratio(0, 90)
    with pytest.raises(ThuisError, match="no row -1"):
        found.contrast({-1: 1.0})


def test_a_covariance_is_that_of_the_correlation() -> None:
    sample = Sample.from_frame(ROWS.with_columns(z=pl.col("y") ** 2), weight="w", strata="h", psu="psu")
    both = sample.covariance("y", "z").frame["estimate"].item()
    spread = sample.sd(["y", "z"]).frame["estimate"]
    assert both / spread[0] / spread[1] == pytest.approx(
        sample.correlation("y", "z").frame["estimate"].item()
    )
