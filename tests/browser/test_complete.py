"""A page is complete without script, and on paper."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_every_value_can_be_opened_without_script(site: Any, scriptless: Page) -> None:
    scriptless.goto(site.url("nl", "indicator/discrimination-at-work"))
    table = scriptless.locator("#origin details table").first
    scriptless.locator("#origin .more summary").first.click()
    assert table.is_visible()


def test_search_without_script_is_a_list(site: Any, scriptless: Page) -> None:
    scriptless.goto(site.url("nl", "search"))
    assert not scriptless.locator("#search-form").is_visible()
    assert scriptless.get_by_role("link", name="Arbeidsmarktdiscriminatie").is_visible()


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "Alle cijfers zijn verzonnen"), ("en", "All figures are invented")]
)
def test_on_paper(site: Any, wide: Page, language: str, said: str) -> None:
    """The warning stands on every sheet, the menu on none, and folded tables are open."""
    wide.goto(site.url(language, "indicator/trust-in-people"))
    paper = wide.pdf(format="A4")
    with pypdfium2.PdfDocument(BytesIO(paper)) as document:
        sheets = [page.get_textpage().get_text_range() for page in document]
    assert len(sheets) > 2
    assert [number for number, text in enumerate(sheets, 1) if said not in text] == []
    whole = " ".join(sheets)
    assert wide.locator(".main-nav a").first.inner_text() not in sheets[0].splitlines()
    caption = wide.evaluate("document.querySelector('#origin details caption').textContent").strip()
    assert " ".join(caption.split())[:40] in " ".join(whole.split())


def test_a_map_on_paper(site: Any, wide: Page) -> None:
    """Its areas stand beside each other in columns, without a form that paper cannot send."""
    wide.goto(site.url("nl", "map/diversity"))
    wide.emulate_media(media="print")
    assert not wide.locator(".quick, .place, .beside-form, .to-why").locator("visible=true").count()
    rows = wide.locator(".more .areas tbody tr")
    places = {round(each.bounding_box()["x"]) for each in rows.all()}
    wide.emulate_media(media="screen")
    assert rows.count() >= 3
    assert len(places) > 1
