"""Attacks by one respondent on another: who knows their own part of a sum takes it off."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from .support import Public, World, by

BY_G = ["total", "g"]
MANY = 50
P = 0.1
"""An estimate within a tenth of the largest contribution tells it."""
TOP = 1_000_000
Rows = list[dict[str, object]]
Of = list[tuple[int, float, object]]


def group(name: str, of: Of) -> Rows:
    """So many people with a weight and an answer or amount."""
    return [{"g": name, "w": weight, "q": told} for number, weight, told in of for _ in range(number)]


def published(path: Path, rows: Rows, *, amounts: bool) -> Public:
    more = {"kind": "mean", "scale": [0, TOP]} if amounts else {"share": ["y"]}
    names = dict.fromkeys(str(each["g"]) for each in rows)
    return World(
        {"2026": rows},
        {"g": by("g", *names)},
        {"q": {"variable": "q", "breakdowns": BY_G, **more}},
        minimum=MANY,
        weight="w",
        numbers=("q",) if amounts else (),
    ).publish(path)


def tells_the_largest(rows: Rows, cell: str) -> bool:
    """Whether the second largest respondent of a published cell knows the largest within p %."""
    parts = sorted(float(str(each["w"])) * float(str(each["q"])) for each in rows if each["g"] == cell)
    return sum(parts[:-2]) < P * parts[-1] or parts[-1] > sum(parts) / 2


USUAL = {"many": [(60, 1.0, 500), (60, 1.2, 800)], "more": [(150, 0.8, 300), (90, 1.3, 700)]}
AMOUNTS: dict[str, Of] = {
    "one fortune": [(119, 1.0, 500), (1, 1.0, 900_000)],
    "two fortunes": [(118, 1.0, 500), (1, 1.0, 800_000), (1, 1.0, 700_000)],
    "an amount that its weight makes large": [(119, 1.0, 500), (1, 40.0, 60_000)],
    "two among three hundred who have nothing": [(298, 1.0, 0), (1, 1.0, 400), (1, 1.0, 300)],
    "a scale seen from its other end": [(299, 1.0, TOP), (1, 1.0, 20)],
}
SHARES: dict[str, Of] = {
    "one weight makes the share": [(1, 60.0, "y"), (20, 0.5, "y"), (300, 1.0, "n")],
    "one weight makes the rest": [(1, 60.0, "n"), (20, 0.5, "n"), (300, 1.0, "y")],
    "two weights make it": [(2, 30.0, "y"), (30, 0.4, "y"), (300, 1.0, "n")],
    "the heavy all said no": [(16, 1.0, "y"), (120, 1.0, "n"), (20, 20.0, "n")],
}


@pytest.mark.parametrize("amounts", [True, False])
def test_sums_that_are_nearly_those_of_one(tmp_path: Path, amounts: bool) -> None:
    """The last: 3 % by weight, and each of twenty has 4 %: who knows that weight knows their answer."""
    odd = AMOUNTS if amounts else SHARES
    usual = (
        USUAL
        if amounts
        else {name: [(n, w, a) for n, w, _ in of for a in "yn"] for name, of in USUAL.items()}
    )
    names = {name: f"g{at}" for at, name in enumerate({**odd, **usual})}
    rows = [each for name, of in {**odd, **usual}.items() for each in group(names[name], of)]
    public = published(tmp_path, rows, amounts=amounts)
    assert not [name for name in odd if public.get("q", names[name], by="g")]
    assert [name for name in usual if public.get("q", names[name], by="g")] == list(usual)


def test_one_that_is_withheld_does_not_follow_from_the_others(tmp_path: Path) -> None:
    rows = [each for name, of in {"a": SHARES["two weights make it"]}.items() for each in group(name, of)]
    rows += [each for g in "bc" for a in "yn" for each in group(g, [(80, 1.0, a), (60, 1.5, a)])]
    public = published(tmp_path, rows, amounts=False)
    assert None in (public.get("q"), public.get("q", "b", by="g"), public.get("q", "c", by="g"))


def test_a_few_among_many_of_equal_weight_stay(tmp_path: Path) -> None:
    """The rule by weights asks no more of equal weights than that by numbers."""
    rows = [each for g in "abc" for each in group(g, [(2, 1.0, "y"), (298, 1.0, "n")])]
    public = published(tmp_path, rows, amounts=False)
    assert all(public.get("q", g, by="g") for g in "abc")


def test_random_weights_and_amounts(tmp_path: Path) -> None:
    """No published mean tells its largest contribution to the second largest, however skewed both are."""
    draw = random.Random(7)
    rows: Rows = [
        {
            "g": f"g{at}",
            "w": round(draw.lognormvariate(0, 1.5), 4),
            "q": round(min(draw.lognormvariate(3, 3.0), TOP), 2),
        }
        for at in range(12)
        for _ in range(draw.choice((60, 250)))
    ]
    public = published(tmp_path, rows, amounts=True)
    shown = [f"g{at}" for at in range(12) if public.get("q", f"g{at}", by="g")]
    assert not [cell for cell in shown if tells_the_largest(rows, cell)]
