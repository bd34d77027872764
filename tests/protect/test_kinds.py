"""Each kind of hole that a hostile reader used, named after its rule."""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl
import pytest

from thuis.columns import CELL_COLUMNS, COMPARISON_COLUMNS
from thuis.multiplicity import judged
from thuis.protect import IndicatorShape, ProtectionRules, Structure, protect
from thuis.protect.observed import tied
from thuis.values import Estimates

from .support import PLAIN, bounds, estimates, hidden, released, share

FEW = ("never", "sometimes", "often")


def mean_of(
    rows: list[tuple], scale: tuple[float, float] | None = (0, 10), **columns: list
) -> set[tuple[str, ...]]:
    """Which cells of a mean by ``g`` are withheld; rows are (category, estimate, se, n)."""
    shape = IndicatorShape("m", "mean", "m", ((), ("g",)), frozenset({"1"}), scale=scale)
    structure = Structure.simple(["1"], [shape], {"g": tuple(r[0] for r in rows if r[0])})
    data = [
        (
            "m",
            "g" if c else "total",
            "1",
            [c] if c else [],
            m,
            s,
            m - 2 * s,
            m + 2 * s,
            n,
            None,
            float(n),
            90.0,
            1.0,
        )
        for c, m, s, n in rows
    ]
    cells = pl.DataFrame(data, schema=CELL_COLUMNS, orient="row")
    return hidden(released(cells.with_columns(**{k: pl.Series(v) for k, v in columns.items()}), structure))


@pytest.mark.parametrize("se", [0.0, 7e-9, 3e-7])
@pytest.mark.parametrize("scale", [(0, 10), None])
def test_1_a_mean_where_everybody_gave_the_same_answer(se: float, scale: tuple[float, float] | None) -> None:
    rows = [("", 6.0, 0.1, 500), ("a", 7.0, se, 100), ("b", 5.7, 0.1, 200), ("c", 5.8, 0.1, 200)]
    assert ("a",) in mean_of(rows, scale)


def test_2_holm_counts_only_what_is_published() -> None:
    """From the published p of one test nothing follows about tests beside withheld cells."""
    shape = IndicatorShape("m", "mean", "m", (("g",),), frozenset({"1"}), scale=(0, 10))
    structure = Structure.simple(["1"], [shape], {"g": ("a", "b", "c")})
    cells = pl.DataFrame(
        [
            ("m", "g", "1", [c], 5.0, 0.2, 4.6, 5.4, n, None, float(n), 90.0, 1.0)
            for c, n in (("a", 200), ("b", 200), ("c", 8))
        ],
        schema=CELL_COLUMNS,
        orient="row",
    )
    tests = [("a", "b", 0.03), ("a", "c", 0.001), ("b", "c", 0.002)]
    rows = [
        ("m", "g", "category", "1", [x], None, [y], 1.0, 0.3, 90.0, 0.4, 1.6, p, 0.9, "none", False)
        for x, y, p in tests
    ]
    comparisons = pl.DataFrame(rows, schema=COMPARISON_COLUMNS, orient="row")
    release = protect(Estimates(cells, comparisons), PLAIN, structure)
    assert release.comparisons["p_adjusted"].to_list() == [0.03]
    assert release.comparisons["verdict"].to_list() == ["higher"]
    assert judged(release.comparisons, 0.95, ["indicator", "breakdown"]).equals(release.comparisons)


@pytest.mark.parametrize("rest", [1, 12, 49])
def test_3_people_in_no_category_are_a_cell(rest: int) -> None:
    figures = [(), ("g",), ("h",), ("g", "h")]
    structure = Structure.simple(
        ["1"], [share("yes", "y", figures=figures, valid=["y", "n"])], {"g": "abc", "h": "xy"}
    )
    people = {kind: {"y": 90, "n": 110} for kind in itertools.product("abc", "xy")}
    people["", "x"] = {"y": rest, "n": 0}
    release = released(estimates(people, structure, "gh"), structure)
    shown = release.cells.filter(pl.col("status") == "published")
    whole = shown.filter(pl.col("breakdown") == "total")["n"].to_list()
    parts = shown.filter(pl.col("breakdown") == "g")["n"].to_list()
    assert not (whole and len(parts) == 3), "the rest of g would follow"
    x = shown.filter(pl.col("breakdown") == "h", pl.col("cell").list.first() == "x").height
    crossing = shown.filter(pl.col("breakdown") == "g-by-h", pl.col("cell").list.last() == "x").height
    assert not (x and crossing == 3), "the rest among x would follow"


def test_3_a_rest_that_is_large_costs_nothing() -> None:
    structure = Structure.simple(
        ["1"], [share("yes", "y", figures=[(), ("g",)], valid=["y", "n"])], {"g": "ab"}
    )
    people = {("a",): {"y": 90, "n": 110}, ("b",): {"y": 90, "n": 110}, ("",): {"y": 40, "n": 60}}
    assert not hidden(released(estimates(people, structure, "g"), structure))


def test_5_two_columns_that_hold_the_same_people() -> None:
    rng = np.random.default_rng(1)
    fine = rng.integers(0, 5, 400)
    rows = pl.DataFrame(
        {
            "by_fine": [f"f{k}" for k in fine],
            "by_coarse": [f"c{k // 3}" for k in fine],
            "by_again": [f"a{k}" for k in fine],
            "by_sex": rng.choice(["men", "women"], 400),
        }
    )
    blocks = {"fine": "fine", "coarse": "coarse", "again": "again", "sex": "sex"}
    assert tied(blocks, rows) == [["fine", "coarse", "again"]]


def test_6_a_wave_that_pools_two_others() -> None:
    figures = [(), ("g",)]
    shape = share("yes", "y", figures=figures, valid=["y", "n"], waves=frozenset({"1", "2", "both"}))
    structure = Structure.simple(["1", "2", "both"], [shape], {"g": "abc"})
    one = {("a",): {"y": 4, "n": 8}, ("b",): {"y": 100, "n": 90}, ("c",): {"y": 100, "n": 90}}
    two = {("a",): {"y": 80, "n": 80}, ("b",): {"y": 100, "n": 90}, ("c",): {"y": 100, "n": 90}}
    both = {k: {c: one[k][c] + two[k][c] for c in "yn"} for k in one}
    cells = pl.concat(estimates(p, structure, "g", w) for p, w in ((one, "1"), (two, "2"), (both, "both")))
    found = released(cells, structure).cells.filter(
        pl.col("status") == "published", pl.col("breakdown") == "g"
    )
    shown = {(w, c[0]) for w, c in found.select("wave", "cell").iter_rows()}
    assert not {("2", "a"), ("both", "a")} <= shown, "both less the second is the first"


def test_6_the_standard_error_of_a_change_in_a_panel() -> None:
    """31 said yes twice, none changed to no, one to yes, 28 said no twice: the variance tells all four."""
    n, turnover = 60, {"yy": 31, "yn": 0, "ny": 1, "nn": 28}
    p, q = (turnover["yy"] + turnover["yn"]) / n, (turnover["yy"] + turnover["ny"]) / n
    se = [(x * (1 - x) / n) ** 0.5 for x in (p, q)]
    change = ((turnover["yn"] + turnover["ny"]) / n - (q - p) ** 2) ** 0.5 / n**0.5
    shape = share("yes", "y", figures=[()], valid=["y", "n"], waves=frozenset({"1", "2"}))
    structure = Structure.simple(["1", "2"], [shape], {})
    cells = pl.DataFrame(
        [
            (
                "yes",
                "total",
                w,
                [],
                100 * x,
                100 * s,
                100 * x - 12,
                100 * x + 12,
                n,
                round(n * x),
                float(n),
                59.0,
                1.0,
            )
            for w, x, s in (("1", p, se[0]), ("2", q, se[1]))
        ],
        schema=CELL_COLUMNS,
        orient="row",
    )

    def kept(error: float) -> int:
        row = (
            "yes",
            "total",
            "wave",
            "2",
            [],
            "1",
            None,
            100 * (q - p),
            100 * error,
            59.0,
            0.0,
            3.0,
            0.3,
            0.3,
            "none",
            False,
        )
        comparisons = pl.DataFrame([row], schema=COMPARISON_COLUMNS, orient="row")
        return protect(Estimates(cells, comparisons), PLAIN, structure).comparisons.height

    assert kept(change) == 0
    assert kept((se[0] ** 2 + se[1] ** 2) ** 0.5) == 1, "two samples have no covariance to tell"


def test_7_a_follow_up_counts_the_answers_of_another_question() -> None:
    figures = [(), ("g",)]
    first = share("used", "y", figures=figures, valid=["y", "n"])
    after = share("content", "c", figures=figures, valid=["c", "d"], family="r", variable="r")
    structure = Structure.simple(["1"], [first, after], {"g": "abc"})
    asked = {("a",): {"y": 117, "n": 3}, ("b",): {"y": 100, "n": 100}, ("c",): {"y": 100, "n": 90}}
    then = {k: {"c": v["y"] // 2, "d": v["y"] - v["y"] // 2} for k, v in asked.items()}
    cells = pl.concat(
        [
            estimates(asked, structure, "g").filter(pl.col("indicator") == "used"),
            estimates(then, structure, "g").filter(pl.col("indicator") == "content"),
        ]
    )
    release = released(cells, structure)
    assert ("a",) in hidden(release, "used")
    assert hidden(release, "used") <= hidden(release, "content")


def test_8_two_published_shares_give_the_third() -> None:
    figures = [(), ("g",)]
    shapes = [share(code, code, figures=figures, valid=FEW) for code in ("sometimes", "often")]
    structure = Structure.simple(["1"], shapes, {"g": "abcd"})
    people = {(c,): {"never": 50, "sometimes": 60, "often": 70} for c in "bcd"}
    people["a",] = {"never": 2, "sometimes": 58, "often": 60}
    release = released(estimates(people, structure, "g"), structure)
    assert ("a",) in hidden(release)


def test_9_a_mean_on_a_short_scale_in_which_nearly_all_agree() -> None:
    n, others = 120, 2
    m = (3 * (n - others) + 1 * others) / n
    se = (((n - others) * (3 - m) ** 2 + others * (1 - m) ** 2) / n) ** 0.5 / n**0.5
    rows = [("", 2.5, 0.02, 720), ("a", m, se, n), ("b", 2.4, 0.04, 300), ("c", 2.4, 0.04, 300)]
    assert ("a",) in mean_of(rows, (1, 3), alike=[300, n - others, 150, 150])
    rows[1] = ("a", 3 - others / n, (others / n * (1 - others / n) / n) ** 0.5, n)
    assert ("a",) in mean_of(rows, (1, 3)), "from the standard error alone"


def test_13_weights_that_dominate_and_weights_of_nothing() -> None:
    rows = [("", 5.0, 0.1, 460), ("a", 9.8, 0.2, 60), ("b", 5.0, 0.1, 200), ("c", 5.0, 0.1, 200)]
    even = {"largest": [0.01] * 4, "two_largest": [0.02] * 4, "n_effective": [400.0, 55.0, 180.0, 180.0]}
    assert not mean_of(rows, **even, positive=[460, 60, 200, 200])
    assert ("a",) in mean_of(rows, **even, positive=[410, 10, 200, 200])
    assert ("a",) in mean_of(
        rows, **{**even, "largest": [0.01, 0.98, 0.01, 0.01], "two_largest": [0.02, 0.981, 0.02, 0.02]}
    )
    assert ("a",) in mean_of(rows, **{**even, "n_effective": [400.0, 4.0, 180.0, 180.0]})


def test_15_a_sister_shows_n_and_the_reason_does_not_tell_the_rest() -> None:
    figures = [(), ("g",)]
    shapes = [share(code, code, figures=figures, valid=FEW) for code in ("often", "sometimes")]
    structure = Structure.simple(["1"], shapes, {"g": "abcd"})
    often, sometimes = (0, 60, 70, 80), (90, 80, 70, 60)
    people = {
        (c,): {"often": o, "sometimes": s, "never": 240 - o - s}
        for c, o, s in zip("abcd", often, sometimes, strict=True)
    }
    release = released(estimates(people, structure, "g"), structure)
    assert set(release.cells["reason"].drop_nulls()) == {"confidential"}
    for (name, _, cell), (_, _, low, high) in bounds(release, structure, "g", {"g": "abcd"}, FEW).items():
        assert high - low > 3, (name, cell, low, high)


def test_17_a_group_that_was_not_sampled_is_said_to_be_and_costs_nothing() -> None:
    figures = [(), ("g",), ("h",), ("g", "h")]
    shape = share("yes", "y", figures=figures, valid=["y", "n"], waves=frozenset({"1", "2"}))
    structure = Structure.simple(["1", "2"], [shape], {"g": "ab", "h": "xy"})
    full = {kind: {"y": 90, "n": 110} for kind in itertools.product("ab", "xy")}
    without = {kind: a for kind, a in full.items() if kind != ("b", "y")}
    cells = pl.concat([estimates(without, structure, "gh", "1"), estimates(full, structure, "gh", "2")])
    release = released(cells, structure)
    assert not hidden(release)
    empty = release.cells.filter(pl.col("reason").is_not_null())
    assert empty.select("wave", "cell", "reason").rows() == [("1", ["b", "y"], "not-asked")]


def test_every_rule_at_a_lower_minimum() -> None:
    """No share of a random table is known within three people, nor a small group at all."""
    rng = np.random.default_rng(11)
    figures = [(), ("g",), ("h",), ("g", "h")]
    shapes = [share(code, code, figures=figures, valid=FEW) for code in ("sometimes", "often")]
    structure = Structure.simple(["1"], shapes, {"g": "abc", "h": "xyz"})
    rules = ProtectionRules(minimum_n=10, maximum_half_width=50)
    for _ in range(6):
        people = {
            kind: dict(zip(FEW, (int(v) for v in rng.choice([0, 1, 3, 9, 15, 40], 3)), strict=True))
            for kind in itertools.product("abc", "xyz")
        }
        release = released(estimates(people, structure, "gh"), structure, rules)
        few = set(
            release.audit.filter(pl.col("rule") == "n-below-minimum").select("breakdown", "cell").iter_rows()
        )
        found = bounds(release, structure, "gh", {"g": "abc", "h": "xyz"}, FEW)
        for (_, breakdown, cell), (low, high, _, _) in found.items():
            if (breakdown, ", ".join(cell)) in few:
                assert high >= 10 - 1e-6
                assert low <= 1 + 1e-6
