"""Everything with the keyboard: skip link, menu, language switch, search, and no trap on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Measure = Callable[[Page, str], Any]


def spelled(title: str) -> re.Pattern[str]:
    """A title with or without soft hyphens."""
    return re.compile("^" + "\u00ad?".join(title))


def test_skip_link(site: Any, wide: Page) -> None:
    wide.goto(site.url("nl", "theme/trust"))
    wide.keyboard.press("Tab")
    skip = wide.locator(":focus")
    assert skip.inner_text() == "Naar de inhoud"
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0, "the skip link shows when it has focus"
    wide.keyboard.press("Enter")
    assert wide.evaluate("document.activeElement.id") == "main"
    wide.keyboard.press("Tab")
    assert wide.evaluate("!!document.activeElement.closest('main')"), "the next stop is inside the content"


def test_menu(site: Any, wide: Page) -> None:
    wide.goto(site.url("en"))
    for _ in range(20):
        wide.keyboard.press("Tab")
        if wide.evaluate("document.activeElement.textContent") == "Figures":
            break
    wide.keyboard.press("Enter")
    wide.wait_for_url("**/en/indicators/")
    current = wide.locator(".main-nav [aria-current=page]")
    assert current.inner_text() == "Figures"


def test_menu_on_a_narrow_screen(site: Any, narrow: Page, scriptless: Page) -> None:
    """Folded behind one button, with and without script."""
    for page, width in ((narrow, 320), (scriptless, 320)):
        page.set_viewport_size({"width": width, "height": 640})
        page.goto(site.url("nl"))
        link = page.get_by_role("link", name="Cijfers", exact=True)
        assert not link.is_visible()
        page.locator(".menu summary").focus()
        page.keyboard.press("Enter")
        assert link.is_visible()
    scriptless.set_viewport_size({"width": 1280, "height": 900})


def test_language_switch_keeps_the_page(site: Any, wide: Page) -> None:
    for key in ("", "theme/trust", "indicator/voted", "search"):
        wide.goto(site.url("nl", key))
        link = wide.get_by_role("link", name="English", exact=True)
        assert link.get_attribute("lang") == "en"
        link.focus()
        wide.keyboard.press("Enter")
        wide.wait_for_url(site.url("en", key))
        assert wide.evaluate("document.documentElement.lang") == "en"
    wide.get_by_role("link", name="Nederlands", exact=True).click()
    wide.wait_for_url(site.url("nl", key))


def test_walk_through_a_whole_page(site: Any, wide: Page, measure: Measure) -> None:
    """Every stop can be seen, carries an outline, and comes later in the page than the one before."""
    for key in (
        "",
        "theme/trust",
        "indicator/discrimination-at-work",
        "search",
        "ledger",
        "letter/kst-99999-1",
    ):
        wide.goto(site.url("nl", key))
        stops = wide.evaluate(
            "[...document.querySelectorAll('a[href], button, input, summary, [tabindex=\"0\"]')]"
            ".filter((each) => each.tabIndex >= 0 && each.checkVisibility()"
            " && (each.type !== 'radio' || each.checked)).length"
        )
        before = -1
        for _ in range(stops):
            wide.keyboard.press("Tab")
            at = measure(wide, "focused")
            assert not at["body"], f"{key}: the path ends early"
            assert at["outlined"], f"{key}: no outline on {at['name']}"
            assert at["visible"], f"{key}: {at['name']} has focus out of sight"
            assert at["order"] > before, f"{key}: {at['name']} jumps back"
            before = at["order"]


def test_values_open_with_the_keyboard(site: Any, wide: Page) -> None:
    wide.goto(site.url("nl", "indicator/discrimination-at-work"))
    summary = wide.locator("#origin .more summary").first
    table = wide.locator("#origin details table").first
    assert not table.is_visible()
    summary.focus()
    wide.keyboard.press("Enter")
    assert table.is_visible()


@pytest.mark.parametrize(
    ("language", "words", "title"),
    [
        ("nl", "discriminatie", "Arbeidsmarktdiscriminatie"),
        ("en", "discrimination", "Labour market discrimination"),
    ],
)
def test_search(site: Any, wide: Page, language: str, words: str, title: str) -> None:
    """A part of a Dutch compound finds it; no page of the other language is among the results."""
    wide.goto(site.url(language, "search"))
    box = wide.locator("#search-words")
    box.wait_for(state="visible")
    box.focus()
    wide.keyboard.type(words)
    wide.keyboard.press("Enter")
    results = wide.locator("#search-results a")
    expect(results.filter(has_text=spelled(title))).to_have_count(1)
    assert all(f"/{language}/" in (each.get_attribute("href") or "") for each in results.all())
    said = wide.locator("#search-status")
    assert said.get_attribute("role") == "status"
    assert words in said.inner_text()
    wide.keyboard.press("Tab")
    wide.keyboard.press("Tab")
    assert wide.evaluate("document.activeElement.closest('#search-results') !== null")
    wide.keyboard.press("Enter")
    wide.wait_for_url(lambda url: "/search/" not in url)


def test_search_says_that_nothing_was_found(site: Any, wide: Page) -> None:
    wide.goto(f"{site.url('nl', 'search')}?q=zzzzqqq")
    expect(wide.locator("#search-status")).to_have_text(re.compile("zzzzqqq"))
    assert wide.locator("#search-results a").count() == 0


def test_filter_of_the_ledger(site: Any, scriptless: Page) -> None:
    """A choice of radio buttons that works with arrows and without script."""
    scriptless.goto(site.url("nl", "ledger"))
    shown = scriptless.locator(".ledger > li")
    assert shown.count() == 4
    scriptless.locator("#show-all").focus()
    scriptless.keyboard.press("ArrowRight")
    assert [each.get_attribute("id") for each in shown.all() if each.is_visible()] == ["t-open"]
    scriptless.get_by_label("Termijn verstreken").check()
    assert [each.get_attribute("id") for each in shown.all() if each.is_visible()] == ["t-open"]
    scriptless.get_by_label("Alles").check()
    assert all(each.is_visible() for each in shown.all())


def test_notes_lead_to_the_margin_and_back(site: Any, wide: Page) -> None:
    wide.goto(site.url("nl", "letter/kst-99999-1"))
    wide.locator(".note-marker").focus()
    wide.keyboard.press("Enter")
    assert wide.evaluate("location.hash") == "#n1"
    wide.locator("#n1 a").first.focus()
    wide.keyboard.press("Enter")
    assert wide.evaluate("document.querySelector(location.hash).textContent") == "1"
