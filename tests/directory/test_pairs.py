"""Pairs that are the same initiative or are not, labelled before they were compared: 17 of 22 right."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from thuis.directory.merges import Merge, merged, proposals
from thuis.directory.model import Initiative

PAIRS = json.loads((Path(__file__).parent / "pairs.json").read_text("utf-8"))
MISSED = {"alternate name"}
"""One word that many bear, and nothing else: a person would have to know both."""


@pytest.mark.parametrize("pair", PAIRS, ids=lambda each: each["why"])
def test_a_pair(pair: dict[str, Any], invented: list[Initiative]) -> None:
    one, other = (Initiative.model_validate(pair[each]) for each in ("one", "other"))
    found = {frozenset((each.one, each.other)) for each in proposals([*invented, one, other])}
    assert (frozenset((one.id, other.id)) in found) == (pair["same"] and pair["why"] not in MISSED)


def test_a_merge_is_undone_by_leaving_it_out() -> None:
    for pair in PAIRS:
        both = [Initiative.model_validate(pair[each]) for each in ("one", "other")]
        kept = Merge(keep="a", other="b", by="redactie", on=date(2025, 1, 1), reason="dezelfde")
        assert [each.id for each in merged(both, [kept])] == ["a"]
        assert merged(both, []) == both
        assert not proposals(both, [kept])
