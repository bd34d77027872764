"""Room: no sideways scroll at 320 pixels or with text at 200 %, no small text, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Measure = Callable[[Page, str], Any]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SIZE = "parseFloat(getComputedStyle(document.querySelector('main p, main li, main td')).fontSize)"


@pytest.mark.parametrize(
    "what", ["sideways", "small", "cut", "outside", "bare", "half", "spaced sideways", "spaced cut"]
)
def test_320_pixels(squeezed: dict[Any, Any], what: str) -> None:
    assert len(squeezed) >= 40
    assert {where: page[what] for where, page in squeezed.items() if page[what]} == {}


def test_pages_without_a_language_at_320_pixels(site: Any, narrow: Page) -> None:
    for name in ("index.html", "404.html"):
        narrow.goto(f"{site.address}/{name}")
        assert narrow.evaluate(SIDEWAYS) == 0, name


def test_text_at_200_per_cent(site: Any, wide: Page, measure: Measure) -> None:
    """Only the text is enlarged, as with the browser's own font size; the window keeps its width."""
    for key in site.keys:
        wide.goto(site.url("nl", key))
        before = wide.evaluate(SIZE)
        wide.add_style_tag(content="html { font-size: 200% !important }")
        assert wide.evaluate(SIZE) == pytest.approx(2 * before, rel=0.25), f"{key}: text does not grow"
        assert wide.evaluate(SIDEWAYS) == 0, f"{key} scrolls sideways at 200 %"
        assert measure(wide, "cut") == [], key


def test_the_measurements_would_find_a_fault(site: Any, narrow: Page, measure: Measure) -> None:
    narrow.goto(site.url("nl"))
    narrow.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend',"
        " '<p style=\"font-size:9px;width:400px\">klein</p>'"
        " + '<p style=\"height:1em;overflow:hidden\">twee<br>regels</p>'"
        " + '<section><h2>Cijfers</h2><ul hidden><li>31</li></ul><p class=\"source\">Bron</p></section>')"
    )
    assert narrow.evaluate(SIDEWAYS) > 0
    assert measure(narrow, "small") == ["klein: 9"]
    assert len(measure(narrow, "cut")) == 1
    assert measure(narrow, "bare") == ["Cijfers"]


def test_synthetic_is_said_where_a_reader_sees_it_first(squeezed: dict[Any, Any]) -> None:
    assert all(page["notice"] and page["notice"]["y"] < 10 for page in squeezed.values())
