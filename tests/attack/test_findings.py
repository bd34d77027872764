"""Attacks on findings: people on no side of a position, and those a split leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from thuis.errors import ThuisError

from .support import SAY, World, by, crossed, people

BREAKDOWNS = {"g": by("g", "a", "b"), "l": by("l", "x", "y")}
FIGURES = ["total", "g", "l", ["g", "l"]]
TOLD = {name: {"variable": name, "share": ["y"], "breakdowns": FIGURES} for name in "qe"}


def side(name: str, high: str, low: str, **of: str) -> dict[str, object]:
    return {"id": name, "title": SAY, "high": [high], "low": [low], "high_title": SAY, "low_title": SAY, **of}


BATTERY = {
    "paradox": {
        "title": SAY,
        "description": SAY,
        "wave": "2026",
        "figure": {"group": "g", "line": "l", "position": "e", "exclusion": "q"},
        "positions": [side("l", "x", "y", breakdown="l"), side("w", "yes", "no", variable="w")],
        "outcomes": [{"indicator": "q"}],
    }
}


def workers(rest: int) -> list[dict[str, object]]:
    rows = []
    for g, line in crossed("ab", "xy"):
        for work, (yes, no) in {"yes": (60, 70), "no": (50, 40)}.items():
            same = {"g": g, "l": line, "w": work}
            rows += people((yes, {**same, "q": "y", "e": "y"}), (no, {**same, "q": "n", "e": "n"}))
    one = {"g": "a", "l": "x", "w": "other", "e": "y"}
    return rows + people((rest - rest // 2, {**one, "q": "y"}), (rest // 2, {**one, "q": "n"}))


def answers_of_the_rest(data: Path, n: int, hits: int) -> set[int] | None:
    """How many of those on no side said yes: all numbers that agree with the second test."""
    findings = json.loads((data / "findings.json").read_text())["findings"]
    row = next(each for each in findings if each.get("table"))["table"]["rows"][1]
    if row[2] is None:
        return None
    size, gap, half, fits = int(row[-1]), row[2] / 100, (row[5] - row[4]) / 200, set[int]()
    for high in range(50, size - 49):
        low = size - high
        for rest in range(n - size + 1):
            up = (gap + (hits - rest) / low) / (1 / high + 1 / low)
            p, q = up / high, (hits - rest - up) / low
            if abs(up - round(up)) < 1e-5 and 0 <= p <= 1 and 0 <= q <= 1:
                error = (p * (1 - p) / high + q * (1 - q) / low) ** 0.5
                if error and abs(half / error - 1.963) < 0.01:
                    fits.add(rest)
    return fits


@pytest.mark.parametrize(("rest", "shown"), [(2, False), (0, True), (120, True)])
def test_the_people_on_neither_side(tmp_path: Path, rest: int, shown: bool) -> None:
    world = World({"2026": workers(rest)}, BREAKDOWNS, TOLD, findings=BATTERY, minimum=50)
    public = world.publish(tmp_path)
    n, hits = public.n("q"), public.hits("q")
    assert n is not None
    assert hits is not None
    assert (answers_of_the_rest(public.folder, n, hits) is not None) == shown


@pytest.mark.parametrize(("rest", "shown"), [(2, False), (30, True)])
def test_the_people_on_neither_side_where_weights_differ(tmp_path: Path, rest: int, shown: bool) -> None:
    """That all say yes more often than both sides together is the answer of the two."""
    rows = [{**each, "wt": (0.8, 1.0, 1.3)[at % 3]} for at, each in enumerate(workers(rest))]
    world = World({"2026": rows}, BREAKDOWNS, TOLD, findings=BATTERY, minimum=50, weight="wt")
    data = world.publish(tmp_path).folder
    findings = json.loads((data / "findings.json").read_text())["findings"]
    row = next(each for each in findings if each.get("table"))["table"]["rows"][1]
    assert (row[2] is not None) == shown


def test_a_split_leaves_two_people_out(tmp_path: Path) -> None:
    """Two gaps of the same groups, one without those who lack an answer, give the answers of these."""
    rows = []
    for g in "ab":
        for e, (yes, no) in {"yes": (60, 71), "no": (50, 40)}.items():
            more = 3 * (g == "b")
            rows += people((yes + more, {"g": g, "e": e, "q": "y"}), (no, {"g": g, "e": e, "q": "n"}))
    rows += [{"g": "a", "q": "y"}, {"g": "b", "q": "n"}]
    split = {"id": "s", "title": SAY, "wave": "2026", "indicator": "q", "breakdown": "g"}
    asked = {"splits": [{**split, "first": "a", "second": "b", "by": [{"variable": "e", "title": SAY}]}]}
    told = {"q": {"variable": "q", "share": ["y"], "breakdowns": ["total", "g"]}}
    world = World({"2026": rows}, {"g": by("g", "a", "b")}, told, findings=asked, minimum=50)
    with pytest.raises(ThuisError, match="the few who have no answer"):
        world.publish(tmp_path)
