"""Contrast as the browser computed it, text and drawings, light and dark; and a reader's own colours.

axe leaves text inside SVG undecided, so every text and every drawn mark is measured here.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from thuis.site.colour import GRAPHIC, TEXT, contrast

pytestmark = pytest.mark.browser

COLOURS = """() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const behind = (at) => {
    for (let each = at; each; each = each.parentElement) {
      const [r, g, b, a = 1] = rgb(getComputedStyle(each).backgroundColor);
      if (a === 1 && r !== undefined) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const found = new Map();
  const add = (kind, what, front, back) => {
    if (front.length >= 3 && (front[3] ?? 1) > 0)
      found.set([kind, front, back].join(), {kind, what, front: front.slice(0, 3), back});
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement, text = walker.currentNode.textContent.trim();
    if (!text || at.closest('script, style') || !at.checkVisibility() || at.closest('.empty-mark')) continue;
    const style = getComputedStyle(at);
    add('text', text.slice(0, 40), rgb(at.closest('svg') ? style.fill : style.color), behind(at));
  }
  const drawn = ".fill, .whisker, .mark, .line, .zero, .break, .area, .flow-band";
  for (const at of document.querySelectorAll(drawn)) {
    if (!at.checkVisibility()) continue;
    const style = getComputedStyle(at), stroke = rgb(style.stroke);
    const front = stroke.length && style.stroke !== 'none' ? stroke : rgb(style.fill);
    add('mark', at.outerHTML.slice(0, 60), front, behind(at));
  }
  return [...found.values()];
}"""


def hexed(rgb: list[float]) -> str:
    return "#" + "".join(f"{round(each):02x}" for each in rgb)


def faint(page: Page) -> list[str]:
    return [
        f"{each['kind']} {each['what']!r}: {ratio:.2f}"
        for each in page.evaluate(COLOURS)
        if (ratio := contrast(hexed(each["front"]), hexed(each["back"])))
        < (TEXT if each["kind"] == "text" else GRAPHIC)
    ]


@pytest.mark.parametrize("scheme", ["wide", "dark"])
def test_contrast(site: Any, scheme: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(scheme)
    measured = 0
    for key in site.keys:
        page.goto(site.url("nl", key))
        measured += len(page.evaluate(COLOURS))
        assert faint(page) == [], key
    assert measured > 100


def test_the_measurement_would_find_a_fault(site: Any, wide: Page) -> None:
    wide.goto(site.url("nl", "indicator/trust-in-people"))
    wide.add_style_tag(content=".axis text { fill: #bbb !important } .fill { fill: #eee !important }")
    assert {each.partition(" ")[0] for each in faint(wide)} == {"text", "mark"}


def test_dark_is_dark(site: Any, wide: Page, dark: Page) -> None:
    light, night = (
        (
            page.goto(site.url("nl")),
            page.evaluate("getComputedStyle(document.documentElement).backgroundColor"),
        )[1]
        for page in (wide, dark)
    )
    assert light != night


def test_readers_own_colours(site: Any, forced: Page) -> None:
    """With forced colours every bar, line, mark and text still differs from the ground it stands on."""
    for key in site.keys:
        forced.goto(site.url("nl", key))
        assert forced.evaluate("matchMedia('(forced-colors: active)').matches")
        seen = forced.evaluate(COLOURS)
        assert seen
        assert faint(forced) == [], key


def test_readers_own_colours_keep_hollow_marks_hollow(site: Any, forced: Page) -> None:
    forced.goto(site.url("nl", "indicator/discrimination-at-work"))
    fills = forced.evaluate(
        "Object.fromEntries(['.plot .mark:not(.hollow)', '.plot .mark.hollow'].map((name) =>"
        " [name, getComputedStyle(document.querySelector(name)).fill]))"
    )
    assert len(set(fills.values())) == 2
