"""The directory's search in a browser gives what the command line gives, and fast."""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Page

from support.act import DAY
from thuis.directory.find import Query, find
from thuis.directory.index import build
from thuis.directory.reread import reread

pytestmark = pytest.mark.browser

QUERIES = Path(__file__).parents[1] / "directory"
OWN = ("", "den haag", "koffie Den Haag", "buurtfesst", "bergen", "55+", "samen eten", "senior", "café's")
VISIBLE = "[...document.querySelectorAll('#offer > li')].map((each) => each.dataset.id)"
SPOTS = "[...document.querySelectorAll('#offer-map .spot:not(.aside)')].map((each) => each.dataset.id)"


def queries() -> list[str]:
    found = list(OWN)
    for name in ("queries.csv", "queries-outside.csv", "queries-unseen.csv", "queries-fourth.csv"):
        with (QUERIES / name).open(encoding="utf-8", newline="") as file:
            found += [row["query"] for row in csv.DictReader(file)]
    return found


def test_the_page_answers_as_the_command_line(site: Any, wide: Page) -> None:
    wide.goto(site.url("nl", "directory"))
    wide.locator("#offer-form").wait_for()
    index = build(reread(site.folder / "data" / "directory.json").records)
    for query in queries():
        expected = find(index, Query(query), DAY)
        found = wide.evaluate("(text) => thuisFind(text)", query)
        assert found["ids"] == [each.id for each in expected.records], query
        assert found["corrected"] == expected.corrected, query
        assert found["partial"] == expected.partial, query


def test_words_and_choices_narrow_list_and_map_alike(site: Any, wide: Page) -> None:
    wide.goto(site.url("nl", "directory"))
    wide.fill("#offer-words", "koffie")
    index = build(reread(site.folder / "data" / "directory.json").records)
    wanted = [each.id for each in find(index, Query("koffie"), DAY).records]
    assert wide.evaluate(VISIBLE) == wanted
    assert set(wide.evaluate(SPOTS)) <= set(wanted)
    assert wide.locator("#offer-status").inner_text()
    wide.fill("#offer-words", "")
    wide.select_option("#choose-form", "sport")
    sport = [each.id for each in find(index, Query(form=("sport",)), DAY).records]
    assert wide.evaluate(VISIBLE) == sport
    wide.goto(f"{site.url('nl', 'directory')}?form=sport")
    wide.wait_for_function("document.querySelectorAll('#offer > li').length < 5")
    assert wide.evaluate(VISIBLE) == sport


def test_a_query_is_quick_on_a_slow_processor(site: Any, wide: Page) -> None:
    """Four times slowed; the claim itself is made in benchmarks, here only that nothing is out of hand."""
    wide.goto(site.url("nl", "directory"))
    wide.locator("#offer-form").wait_for()
    session = wide.context.new_cdp_session(wide)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    taken = wide.evaluate(
        "(all) => all.map((text) => { const t = performance.now(); thuisFind(text);"
        " return performance.now() - t })",
        queries(),
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    assert median(taken) < 200
