"""Attacks over waves: pools of several, a wave with a few people more, and changes of a panel."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from .support import Public, World, by, people

G = {"g": by("g", "a", "b", "c")}
TOLD = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g"]}}
BASE = people(
    (40, {"g": "a", "q": "y"}),
    (45, {"g": "a", "q": "n"}),
    (90, {"g": "b", "q": "y"}),
    (80, {"g": "b", "q": "n"}),
    (70, {"g": "c", "q": "y"}),
    (80, {"g": "c", "q": "n"}),
)


def quarter(number: int) -> list[dict[str, object]]:
    """A sample in which group a is small the first time."""
    a = 4 if number == 0 else 40
    return people(
        (a, {"g": "a", "q": "y"}),
        (a, {"g": "a", "q": "n"}),
        (90 + number, {"g": "b", "q": "y"}),
        (80, {"g": "b", "q": "n"}),
        (70, {"g": "c", "q": "y"}),
        (80 + 2 * number, {"g": "c", "q": "n"}),
    )


@pytest.mark.parametrize(("parts", "more"), [(2, 0), (4, 0), (2, 1)])
def test_a_year_is_its_quarters(tmp_path: Path, parts: int, more: int) -> None:
    waves = {str(2020 + k): quarter(k) for k in range(parts)}
    waves["2029"] = [each for rows in waves.values() for each in rows] + BASE[-more:] * bool(more)
    public = World(waves, G, TOLD).publish(tmp_path)
    whole = public.derived("n", "q", "a", "2029")
    rest = [public.derived("n", "q", "a", str(2020 + k)) for k in range(1, parts)]
    assert whole is None or None in rest, "the small group of the first is what the others leave"


@pytest.mark.parametrize("minimum", [10, 50])
def test_a_wave_of_the_same_people_and_one_more(tmp_path: Path, minimum: int) -> None:
    waves = {"2020": BASE, "2021": [*BASE, {"g": "a", "q": "y"}]}
    public = World(waves, G, TOLD, minimum=minimum).publish(tmp_path)
    both = [public.derived("hits", "q", "a", wave) for wave in waves]
    assert None in both, "the difference is the answer of one person"


def test_samples_that_happen_to_be_near_each_other_are_left_alone(tmp_path: Path) -> None:
    other = [*BASE, *people((9, {"g": "a", "q": "n"}), (12, {"g": "b", "q": "y"}), (7, {"g": "c", "q": "n"}))]
    public = World({"2020": BASE, "2021": other}, G, TOLD, minimum=50).publish(tmp_path)
    assert not list(public.withheld())


Turnovers = dict[str, tuple[int, int, int, int]]


def panel(turnovers: Turnovers, yes: object = "y", no: object = "n") -> dict[str, list[dict[str, object]]]:
    """Two waves in which so many answer yes-yes, yes-no, no-yes and no-no."""
    waves: dict[str, list[dict[str, object]]] = {"2020": [], "2021": []}
    number = 0
    for g, counts in turnovers.items():
        for answers, count in zip(itertools.product((yes, no), repeat=2), counts, strict=True):
            for _ in range(count):
                number += 1
                for wave, answer in zip(waves, answers, strict=True):
                    waves[wave].append({"g": g, "q": answer, "pid": number})
    return waves


def twice(public: Public, *cell: str) -> float | None:
    """Those who said yes in both waves, of a published change."""
    figure = "g" if cell else "total"
    change = next(
        (
            t
            for t in public.tests
            if t["type"] == "wave" and t["breakdown"] == figure and t["cell"] == [*cell]
        ),
        None,
    )
    now, then = (public.get("q", *cell, by="g" if cell else "", wave=w) for w in ("2021", "2020"))
    if change is None or now is None or then is None:
        return None
    n, size = now["n"], now["df"] + 1
    covariance = (now["se"] ** 2 + then["se"] ** 2 - change["se"] ** 2) / 2 / 1e4 * n * (size - 1) / size
    return float(n * (covariance + now["estimate"] * then["estimate"] / 1e4))


SETTLED: Turnovers = {"a": (31, 2, 1, 28), "b": (50, 30, 25, 60), "c": (40, 20, 20, 40)}


def test_the_changes_of_a_panel_add_up(tmp_path: Path) -> None:
    world = World(panel(SETTLED), G, TOLD, minimum=50, samples="panel", keys=["pid"])
    public = world.publish(tmp_path)
    found = {cell: twice(public, cell) for cell in "abc"}
    assert found["a"] is None, "one and two people changed their answer"
    total = twice(public)
    assert total is None or None in (found["b"], found["c"]), "the total less the others is a"
    for cell in "bc":
        if (both := found[cell]) is not None:
            assert both == pytest.approx(SETTLED[cell][0], abs=0.01), "the attack works where it may"


def test_changes_add_up_nearly_where_weights_differ(tmp_path: Path) -> None:
    """Weights of 0.9 to 1.1 spoil the whole numbers, not the difference."""
    waves = panel(SETTLED)
    for rows in waves.values():
        for at, each in enumerate(rows):
            each["w"] = (0.9, 1.0, 1.1)[at % 3]
    world = World(waves, G, TOLD, minimum=50, samples="panel", keys=["pid"], weight="w")
    changes = {tuple(t["cell"]) for t in world.publish(tmp_path).tests if t["type"] == "wave"}
    assert ("a",) not in changes
    assert not {(), ("b",), ("c",)} <= changes


def test_a_mean_of_two_answers_changes_as_a_share_does(tmp_path: Path) -> None:
    told = {"q": {"variable": "q", "scale": [0, 1], "breakdowns": ["total", "g"]}}
    waves = panel(SETTLED, 1, 0)
    world = World(waves, G, told, minimum=50, samples="panel", keys=["pid"], numbers=["q"])
    public = world.publish(tmp_path)
    changes = {tuple(t["cell"]) for t in public.tests if t["type"] == "wave"}
    assert ("a",) not in changes
    assert not {(), ("b",), ("c",)} <= changes
