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
from thuis.directory.load import reread

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


def test_pages_of_an_answer_hold_all_of_it_and_have_an_address(site: Any, wide: Page) -> None:
    small = (site.folder / "theme" / "directory.js").read_text("utf-8").replace("SIZE = 25", "SIZE = 2")
    wide.route("**/directory.js*", lambda r: r.fulfill(body=small, content_type="text/javascript"))
    index = build(reread(site.folder / "data" / "directory.json").records)
    wanted = [each.id for each in find(index, Query(""), DAY).records]
    wide.goto(site.url("nl", "directory"))
    wide.locator("#offer-pages").wait_for()
    seen = list(wide.evaluate(VISIBLE))
    while wide.locator("#offer-pages button").last.is_enabled():
        wide.locator("#offer-pages button").last.click()
        seen += wide.evaluate(VISIBLE)
    assert seen == wanted
    last = len(wanted) // 2 + len(wanted) % 2
    assert wide.url.endswith(f"?page={last}")
    assert f"{last}" in wide.locator("#offer-pages span").inner_text()
    wide.goto(site.url("nl", "directory") + "?page=2")
    wide.locator("#offer-pages").wait_for()
    assert wide.evaluate(VISIBLE) == wanted[2:4]
    assert set(wide.evaluate(SPOTS)) <= set(wanted)
    wide.fill("#offer-words", "koffie")
    found = [each.id for each in find(index, Query("koffie"), DAY).records]
    assert wide.evaluate(VISIBLE) == found[:2]
    assert "page=" not in wide.url
    assert set(wide.evaluate(SPOTS)) <= set(found)
