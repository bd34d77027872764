"""Room: no sideways scroll at 320 pixels or with text at 200 %, no small text, nothing cut off."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SIDEWAYS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"

SMALL = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), at = walker.currentNode.parentElement;
    if (!text || at.closest('script, style, .visually-hidden, noscript') || !at.checkVisibility()) continue;
    const scale = at.getScreenCTM ? at.getScreenCTM().d : 1;
    const size = parseFloat(getComputedStyle(at).fontSize) * scale;
    if (size < 12) found.push(`${text.slice(0, 40)}: ${size}`);
  }
  return found;
}"""

CUT = """() => [...document.querySelectorAll('main *')].filter((each) => {
  const style = getComputedStyle(each);
  if (!each.checkVisibility() || each.closest('svg, .visually-hidden, .scroll, thead')) return false;
  return /hidden|clip/.test(style.overflow)
    && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1);
}).map((each) => each.outerHTML.slice(0, 120))"""

OUTSIDE = """() => [...document.querySelectorAll('svg text')].filter((each) => {
  if (!each.checkVisibility()) return false;
  const box = each.getBoundingClientRect();
  return box.width && (box.left < -1 || box.right > document.documentElement.clientWidth + 1);
}).map((each) => each.textContent)"""


def test_320_pixels(site: Any, narrow: Page) -> None:
    for language, key in site:
        narrow.goto(site.url(language, key))
        narrow.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
        content, window = narrow.evaluate(SIDEWAYS)
        assert content <= window, f"{language}/{key} is {content} wide"
        assert narrow.evaluate(SMALL) == [], f"{language}/{key}"
        assert narrow.evaluate(CUT) == [], f"{language}/{key}"
        assert narrow.evaluate(OUTSIDE) == [], f"{language}/{key}"


def test_pages_without_a_language_at_320_pixels(site: Any, narrow: Page) -> None:
    for name in ("index.html", "404.html"):
        narrow.goto(f"{site.address}/{name}")
        content, window = narrow.evaluate(SIDEWAYS)
        assert content <= window, name


def test_text_at_200_per_cent(site: Any, wide: Page) -> None:
    """Only the text is enlarged, as with the browser's own font size; the window keeps its width."""
    for key in site.keys:
        wide.goto(site.url("nl", key))
        before = wide.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
        wide.add_style_tag(content="html { font-size: 200% !important }")
        after = wide.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
        assert after == pytest.approx(2 * before, rel=0.25), f"{key}: text does not grow"
        content, window = wide.evaluate(SIDEWAYS)
        assert content <= window, f"{key} is {content} wide at 200 %"
        assert wide.evaluate(CUT) == [], key


def test_no_small_text_on_a_desktop(site: Any, wide: Page) -> None:
    for language, key in site:
        wide.goto(site.url(language, key))
        assert wide.evaluate(SMALL) == [], f"{language}/{key}"


def test_readers_own_spacing(site: Any, narrow: Page) -> None:
    """WCAG 1.4.12: line height 1.5, paragraphs 2 em, letters .12 em, words .16 em."""
    css = (
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    )
    for key in site.keys:
        narrow.goto(site.url("nl", key))
        narrow.add_style_tag(content=f"{css} p {{ margin-bottom: 2em !important }}")
        content, window = narrow.evaluate(SIDEWAYS)
        assert content <= window, f"{key} is {content} wide"
        assert narrow.evaluate(CUT) == [], key


def test_the_measurements_would_find_a_fault(site: Any, narrow: Page) -> None:
    narrow.goto(site.url("nl"))
    narrow.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend',"
        " '<p style=\"font-size:9px;width:400px\">klein</p>'"
        " + '<p style=\"height:1em;overflow:hidden\">twee<br>regels</p>')"
    )
    content, window = narrow.evaluate(SIDEWAYS)
    assert content > window
    assert narrow.evaluate(SMALL) == ["klein: 9"]
    assert len(narrow.evaluate(CUT)) == 1
