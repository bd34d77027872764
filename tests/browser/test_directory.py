"""The directory's search in a browser gives what the command line gives, and fast."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from playwright.sync_api import Page

from support import elsewhere
from support.act import DAY
from thuis.directory.find import Query, find
from thuis.directory.folder import files
from thuis.directory.hsds import uid
from thuis.directory.hsds_out import as_json
from thuis.directory.index import build
from thuis.directory.load import Directory, reread
from thuis.directory.table import as_csv
from thuis.directory.views import geojson

pytestmark = pytest.mark.browser

QUERIES = Path(__file__).parents[1] / "directory"
OWN = (
    "",
    "den haag",
    "koffie Den Haag",
    "buurtfesst",
    "bergen",
    "55+",
    "samen eten",
    "senior",
    "café's",
    "sport maar geen voetbal",
    "koffie roterdam",
    "taalutrecht",
    "geen taal",
    "koffie egmond aan zee",
    "iets in Hoogvliet",
    "wandelen in de wijk",
    "Dieren verzorgen",
    "koken in dieren",
    "schoorl",
    "Nes",
    "naaldwijk zzqxj",
    "dansen maar geen salsa",
)
CHOSEN = "[...new FormData(document.getElementById('offer-form'))]"
VISIBLE = "[...document.querySelectorAll('#offer > li')].map((each) => each.dataset.id)"
SPOTS = """new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(() => done(
    [...document.querySelectorAll('#offer-map .spot:not(.aside)')].map((each) => each.dataset.id))))))"""
"""What the map shows, once it has followed the list."""


def queries() -> list[str]:
    found = list(OWN)
    for name in (
        "queries.csv",
        "queries-outside.csv",
        "queries-unseen.csv",
        "queries-fourth.csv",
        "queries-elsewhere.csv",
        "queries-elsewhere-2.csv",
        "queries-imitated.csv",
        "queries-imitated-2.csv",
    ):
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
        assert found["without"] == list(expected.without), query


def test_the_page_answers_as_the_command_line_on_another_directory(site: Any, wide: Page) -> None:
    """A directory of other people, on which more rules of the search come to bear."""
    records = elsewhere.index().records
    made = files(Directory(records=tuple(records)), elsewhere.DAY)
    wide.route(
        "**/another.json",
        lambda r: r.fulfill(body=made["directory-search.json"], content_type="application/json"),
    )
    wide.goto(site.url("nl", "directory"))
    wide.locator("#offer-form").wait_for()
    found = wide.evaluate(
        """async ([module, all]) => {
        const { searcher } = await import(module);
        const file = await (await fetch('/another.json')).json();
        const find = searcher(file, new DutchStemmer(), new EnglishStemmer());
        return all.map((text) => {
            const answer = find(text, undefined, () => file.records.map(() => ''));
            return [answer.numbers.map((number) => file.records[number]), answer.corrected, answer.without];
        }) }""",
        [
            wide.locator("script[type=module]")
            .first.evaluate("(each) => each.src")
            .replace("directory.js", "directory-search.js"),
            (
                asked := [
                    each
                    for each in queries()
                    if not find(elsewhere.index(), Query(each), elsewhere.DAY).places
                ]
            ),
        ],
    )
    for query, (ids, corrected, without) in zip(asked, found, strict=True):
        expected = find(elsewhere.index(), Query(query), elsewhere.DAY)
        assert ids == [each.id for each in expected.records], query
        assert (corrected, without) == (expected.corrected, list(expected.without)), query


def test_a_village_leads_to_its_municipality(site: Any, wide: Page) -> None:
    for name, page in (("Utrecht", "utrecht"), ("vleuten", "utrecht"), ("Den Haag", "s-gravenhage")):
        wide.goto(site.url("nl", ""))
        wide.fill("#place-name", name)
        wide.locator("form.place button").click()
        wide.wait_for_url(f"**/municipality/{page}/")
    wide.goto(site.url("nl", ""))
    wide.fill("#place-name", "Nergenshuizen")
    wide.locator("form.place button").click()
    wide.wait_for_url("**/municipality/")


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


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.sampled_from(("koffie", "taal", "senior", "utrecht", "xqz", "buurtfesst")), max_size=2),
    choice=st.sampled_from([{}, {"form": "sport"}, {"audience": "newcomers"}, {"municipality": "GM0518"}]),
)
def test_list_map_and_downloads_hold_one_answer(
    site: Any, wide: Page, words: list[str], choice: dict[str, str]
) -> None:
    """Whatever is asked, the records of the list are those of the map, the CSV, HSDS and GeoJSON."""
    query = "&".join((f"q={'+'.join(words)}", *map("=".join, choice.items())))
    wide.goto(f"{site.url('nl', 'directory')}?{query}")
    wide.locator("#offer-form").wait_for()
    index = build(reread(site.folder / "data" / "directory.json").records)
    wanted = find(index, Query(" ".join(words), **{key: (value,) for key, value in choice.items()}), DAY)
    ids = [each.id for each in wanted.records]
    assert choice.items() <= dict(wide.evaluate(CHOSEN)).items()
    listed = list(wide.evaluate(VISIBLE))
    forward = wide.locator("#offer-pages button").last
    while forward.is_visible() and forward.is_enabled():
        forward.click()
        listed += wide.evaluate(VISIBLE)
    assert listed == ids
    assert set(wide.evaluate(SPOTS)) <= set(ids)
    made = {
        form: wide.evaluate("(form) => thuisMade(form)", form) for form in ("csv", "hsds", "geojson", "atom")
    }
    assert [row["id"] for row in csv.DictReader(io.StringIO(made["csv"]))] == ids
    assert made["csv"].strip() == as_csv(wanted.records).strip()
    assert json.loads(made["hsds"]) == json.loads(as_json(wanted.records))
    assert json.loads(made["geojson"]) == geojson(wanted)
    entries = etree.fromstring(made["atom"].encode()).iterfind("{*}entry/{*}id")
    assert [each.text for each in entries] == [f"urn:uuid:{uid('service', each)}" for each in ids]


def test_a_download_is_a_file(site: Any, wide: Page) -> None:
    wide.goto(f"{site.url('nl', 'directory')}?q=koffie")
    with wide.expect_download() as given_:
        wide.locator("#offer-taken button").first.click()
    assert given_.value.suggested_filename == "initiatives.csv"
    assert "koffie" in Path(given_.value.path()).read_text("utf-8").casefold()


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
