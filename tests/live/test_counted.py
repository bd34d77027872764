"""Visitors are counted by all processes together, and nobody who dies keeps the others waiting."""

from __future__ import annotations

from typing import Any

import pytest

from support.copies import seen_by
from support.counters import EACH, KILLS, LIMIT, PROCESSES
from support.live import served


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    """What the script saw: where no other test left a thread behind, as forking asks."""
    return seen_by("counters.py", str(served()))


def test_processes_and_threads_count_each_once(seen: dict[str, Any]) -> None:
    assert seen["together"] == {"same": PROCESSES * EACH + 1, "stretch": 1, "other": 1}


def test_who_is_killed_while_counting_keeps_nobody_waiting(seen: dict[str, Any]) -> None:
    assert seen["killed"]["kills"] == KILLS
    assert seen["killed"]["longest"] < 5


def test_two_processes_let_no_more_pass_than_one(seen: dict[str, Any]) -> None:
    # One or two were asked in this minute before they part.
    assert seen["limited"]["passed"] in (LIMIT - 1, LIMIT - 2)
