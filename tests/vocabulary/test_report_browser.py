"""The HTML report in a real browser: axe finds nothing, nothing runs off a narrow screen, no script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from thuis.documents import Unscreenable, from_text
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


def test_filters_work_without_a_script(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report(tmp_path, "nl"))
    assert page.locator(".hits li:visible").count() == 4
    page.locator("#show-replace").check()
    assert page.locator(".hits li:visible").all_inner_texts()[0].startswith("allochtonen")
    assert page.locator(".hits li:visible").count() == 2
    page.locator("#show-all").check()
    assert page.locator(".hits li:visible").count() == 4
    context.close()
