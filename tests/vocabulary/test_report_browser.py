"""The HTML report in a real browser: axe finds nothing, nothing runs off a narrow screen, no script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from thuis.documents import Document, Unscreenable, from_text
from thuis.vocabulary import load_vocabulary
from thuis.vocabulary.report.html import as_html
from thuis.vocabulary.screen import Result, Screener

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TEXT = """Den Haag, 14 november 2022

Geachte voorzitter,

De allochtonen en de islamiet werken. Het integratiebeleid helpt. Zij zei: "allochtonen horen erbij".
"""


def report(folder: Path, language: str) -> str:
    document = from_text(TEXT, "een-tamelijk-lange-naam-van-een-brief-die-niet-past.txt")
    assert not isinstance(document, Unscreenable)
    results: list[Result] = [
        Screener(load_vocabulary()).screen(document),
        Unscreenable("scan.pdf", "scanned"),
    ]
    file = folder / f"report-{language}.html"
    file.write_text(as_html(results, load_vocabulary(), language, "2026-11-25"), "utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        own = next(filter(None, map(shutil.which, CHROMIUM)), None)
        browser = playwright.chromium.launch(executable_path=own)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=True, viewport={"width": 320, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_report_is_accessible_on_a_narrow_screen(page: Page, tmp_path: Path, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(report(tmp_path, language))
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_fine_is_folded_and_opens_without_a_script(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report(tmp_path, "nl"))
    hits = page.locator(".hits li:visible")
    assert hits.count() == 2
    assert hits.first.locator("q").inner_text() == "De allochtonen en de islamiet werken."
    page.get_by_text("In orde (2)").click()
    assert hits.count() == 4
    context.close()


def many(folder: Path) -> str:
    """A report on several documents, one of them long."""
    screener = Screener(load_vocabulary())
    quiet = "De gemeente overlegt met bewoners over de toekomst van de wijk.\n\n" * 200
    results: list[Result] = [screener.screen(document_of("rustig.txt", quiet))]
    results.append(screener.screen(document_of("lang.txt", TEXT + "\n" + quiet)))
    results.append(Unscreenable("scan.pdf", "scanned"))
    file = folder / "many.html"
    file.write_text(as_html(results, load_vocabulary(), "nl", "2026-11-25"), "utf-8")
    return file.as_uri()


def document_of(name: str, text: str) -> Document:
    document = from_text(text, name)
    assert isinstance(document, Document)
    return document


def test_several_documents_begin_with_an_overview_and_what_comes_first(page: Page, tmp_path: Path) -> None:
    page.goto(many(tmp_path))
    assert page.locator(".lead").inner_text() == "2 woorden moeten worden vervangen, in 1 van 2 documenten."
    assert page.locator("#summary tbody th").all_inner_texts()[:2] == ["lang.txt", "rustig.txt"]
    assert page.locator("#first li").count() == 2
    # Parts without a word to weigh are left out, and the page says so.
    assert page.locator("#d2 .text details").count() == 1 and page.locator("#d1 .text details").count() == 0
    assert page.get_by_text("delen zonder woorden").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    broken = """[...document.querySelectorAll("thead th")].filter(
        e => e.getClientRects().length && e.scrollHeight > 2 * parseFloat(getComputedStyle(e).lineHeight))"""
    assert page.evaluate(f"{broken}.length") == 0


def test_the_printed_page_is_the_overview_and_the_place_to_sign(page: Page, tmp_path: Path) -> None:
    page.goto(many(tmp_path))
    page.emulate_media(media="print")
    assert page.locator("#sign").is_visible() and page.locator("#first").is_visible()
    assert page.locator("article").first.is_hidden()


def test_the_word_found_is_as_large_as_its_sentence_and_a_date_stays_whole(
    page: Page, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(report(tmp_path, "nl"))
    size = "each => parseFloat(getComputedStyle(each).fontSize)"
    word, sentence = page.locator(".hits mark a").first, page.locator(".hits q").first
    assert word.evaluate(size) == sentence.evaluate(size)
    lines = """each => {
        const all = document.createRange(); all.selectNodeContents(each);
        return all.getClientRects().length }"""
    assert page.locator("td.day").first.evaluate(lines) == 1
    assert "25 november 2026" in page.locator("header").inner_text()


def test_on_paper_stands_what_is_left_out_and_where(page: Page, tmp_path: Path) -> None:
    many = from_text("Den Haag, 14 november 2022\n\n" + "De islamieten werken hier.\n\n" * 14, "brief.txt")
    assert not isinstance(many, Unscreenable)
    file = tmp_path / "many.html"
    file.write_text(as_html([Screener(load_vocabulary()).screen(many)], load_vocabulary(), "nl"), "utf-8")
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    printed = page.locator("#first li")
    assert "4" in printed.last.inner_text()
    assert "regel 3" in printed.first.inner_text()
