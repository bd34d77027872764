"""axe-core on every kind of page, in both languages, narrow and wide, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from support.looked import listed

pytestmark = pytest.mark.browser

Faults = Callable[..., list[str]]


def test_pages_without_a_language(site: Any, wide: Page, faults: Faults) -> None:
    for name in ("index.html", "404.html"):
        wide.goto(f"{site.address}/{name}")
        assert faults(wide) == [], name


@pytest.mark.parametrize("window", ["wide", "narrow", "dark"])
def test_colours_and_other_windows(
    site: Any, window: str, faults: Faults, request: pytest.FixtureRequest
) -> None:
    """With axe's colour rule, where the layout changes, and in the dark."""
    page: Page = request.getfixturevalue(window)
    wrong = {}
    for key in ("", "theme/trust", "indicator/voted", "search", "findings/paradox", "letter/kst-99999-1"):
        page.goto(site.url("en", key))
        wrong[key] = faults(page)
    assert not any(wrong.values()), listed(wrong)


def test_axe_would_find_a_fault(site: Any, wide: Page, faults: Faults) -> None:
    wide.goto(site.url("nl"))
    faulty = "<img src=x><p style=color:#bbb>faint"
    wide.evaluate(f"document.querySelector('main').insertAdjacentHTML('beforeend', '{faulty}')")
    assert {each.partition(":")[0] for each in faults(wide)} >= {"image-alt", "color-contrast"}
