"""``thuis audit`` finds what a monitor without protection tells, and nothing in the same one with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuis.audit import attack, compare, read
from thuis.multiplicity import judged
from thuis.protect import ProtectionRules, Structure, judge, primary
from thuis.protect.audit import audit_frame
from thuis.protect.table import Table, release_frame
from thuis.values import Estimates, Release

from .support import World, people
from .test_answers import BY_G, SHORT, G, asked
from .test_findings import BATTERY, BREAKDOWNS, TOLD, workers
from .test_waves import BASE, SETTLED, panel
from .test_waves import TOLD as SHARE


def unprotected(estimates: Estimates, rules: ProtectionRules, structure: Structure) -> Release:
    """Everything that can be estimated is published."""
    rows = Table.of(estimates.cells, structure).ordered()
    for row in rows:
        if row.n and row.estimate is not None:
            row.publish("good", "none", value=None, limit=0)
        else:
            row.withhold("not-applicable", "none")
    comparisons = judged(estimates.comparisons, rules.level, ["indicator", "breakdown"])
    return Release(release_frame(rows), comparisons, audit_frame(rows), extras={"rules": rules})


def short() -> World:
    told = {"m": {"variable": "q", "scale": [1, 3], "breakdowns": BY_G}}
    return World({"2026": asked(SHORT, {"q": 1}, {"q": 2}, {"q": 3})}, G, told, numbers=["q"], minimum=50)


def settled() -> World:
    return World(panel(SETTLED), G, SHARE, minimum=50, samples="panel", keys=["pid"])


def sides() -> World:
    return World({"2026": workers(2)}, BREAKDOWNS, TOLD, findings=BATTERY, minimum=50)


@pytest.mark.parametrize(("kind", "world"), [("scale", short()), ("panel", settled()), ("finding", sides())])
def test_a_monitor_without_protection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, world: World
) -> None:
    safe = world.publish(tmp_path / "safe")
    assert attack(read(safe.folder)) == []
    with monkeypatch.context() as patched:
        patched.setattr(judge, "protect", unprotected)
        patched.setattr(primary, "telling", lambda *_: None)
        open_ = world.publish(tmp_path / "open")
    assert kind in {each.kind for each in attack(read(open_.folder))}


BEFORE = [*BASE, *people((60, {"g": "b", "q": "y"}), (5, {"g": "a", "q": "n"}))]


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        (BEFORE, set()),
        ([*BEFORE[:-1], {"g": "a", "q": "y"}], {"changed"}),
        (BASE, {"difference"}),
        (
            people((60, {"g": "a", "q": "y"}), (60, {"g": "b", "q": "n"}), (60, {"g": "c", "q": "y"}))
            + BEFORE,
            set(),
        ),
    ],
)
def test_two_releases(tmp_path: Path, after: list[dict[str, object]], kinds: set[str]) -> None:
    """The same people; one in the place of another; sixty and five fewer; sixty more everywhere."""
    first = World({"2026": BEFORE}, G, SHARE).publish(tmp_path / "1")
    second = World({"2026": after}, G, SHARE, version="1.1").publish(tmp_path / "2")
    assert {each.kind for each in compare(read(first.folder), read(second.folder))} == kinds


def test_a_change_that_is_left_to_a_withheld_cell(tmp_path: Path) -> None:
    """Twelve more in all, ten of them in b: the two are in a, which neither release shows."""
    few = people((3, {"g": "a", "q": "y"}), (3, {"g": "a", "q": "n"}))
    before = [each for each in BASE if each["g"] != "a"] + few
    more = people((60, {"g": "b", "q": "y"}), (1, {"g": "a", "q": "y"}), (1, {"g": "a", "q": "n"}))
    first = World({"2026": before}, G, SHARE).publish(tmp_path / "1")
    second = World({"2026": before + more}, G, SHARE, version="1.1").publish(tmp_path / "2")
    found = compare(read(first.folder), read(second.folder))
    closed = [second.n("q", cell, by="g") for cell in "bc"]
    assert None in closed or ("difference", 2.0) in {(each.kind, each.high) for each in found}
