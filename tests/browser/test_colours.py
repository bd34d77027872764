"""Contrast as the browser computed it, text and drawings, light and dark; and a reader's own colours.

axe leaves text inside SVG undecided, so every text and every drawn mark is measured here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from support.looked import faint

pytestmark = pytest.mark.browser

Measure = Callable[[Page, str], Any]


def test_contrast_in_the_dark(site: Any, dark: Page, measure: Measure) -> None:
    wrong = {}
    for key in site.keys:
        dark.goto(site.url("nl", key))
        wrong[key] = faint(measure(dark, "colours"))
    assert not any(wrong.values()), wrong


def test_the_measurement_would_find_a_fault(site: Any, wide: Page, measure: Measure) -> None:
    wide.goto(site.url("nl", "indicator/trust-in-people"))
    wide.add_style_tag(
        content=".axis text { fill: #bbb !important }"
        " .mark { fill: #eee !important; stroke: #eee !important }"
    )
    assert {each.partition(" ")[0] for each in faint(measure(wide, "colours"))} == {"text", "mark"}


def test_dark_is_dark(site: Any, wide: Page, dark: Page) -> None:
    light, night = (
        (
            page.goto(site.url("nl")),
            page.evaluate("getComputedStyle(document.documentElement).backgroundColor"),
        )[1]
        for page in (wide, dark)
    )
    assert light != night


def test_readers_own_colours(site: Any, forced: Page, measure: Measure) -> None:
    """With forced colours every bar, line, mark and text still differs from the ground it stands on."""
    drawn = {"start", "theme", "indicator", "finding", "flow", "map", "ledger", "letter", "text"}
    for key in [key for key, kind in site.keys.items() if kind in drawn]:
        forced.goto(site.url("nl", key))
        assert forced.evaluate("matchMedia('(forced-colors: active)').matches")
        colours = measure(forced, "colours")
        assert colours
        assert faint(colours) == [], key


def test_readers_own_colours_keep_hollow_marks_hollow(site: Any, forced: Page) -> None:
    forced.goto(site.url("nl", "indicator/discrimination-at-work/origin-by-generation"))
    fills = forced.evaluate(
        "Object.fromEntries(['.plot .mark:not(.hollow)', '.plot .mark.hollow'].map((name) =>"
        " [name, getComputedStyle(document.querySelector(name)).fill]))"
    )
    assert len(set(fills.values())) == 2


@pytest.mark.parametrize("window", ["wide", "dark", "forced"])
def test_colour_classes_of_the_map_differ(site: Any, window: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(window)
    page.goto(site.url("nl", "map/diversity"))
    fills = page.evaluate(
        "[...document.querySelectorAll('.map-key .area')].map((each) => getComputedStyle(each).fill)"
    )
    assert len(fills) == 5
    assert len(set(fills)) == 5
