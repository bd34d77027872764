"""axe-core on every kind of page, in both languages; its colour rules again in the dark."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    found = Axe().run(page, options={**options, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for each in found
        for node in each["nodes"][:3]
    ]


def test_every_kind_of_page(site: Any, wide: Page) -> None:
    wrong = {}
    for language, key in site:
        wide.goto(site.url(language, key))
        wide.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
        wrong[language, key] = violations(wide, {"runOnly": {"type": "tag", "values": TAGS}})
    assert len(wrong) >= 20
    assert not any(wrong.values()), "\n".join(f"{k}: {v}" for k, vs in wrong.items() for v in vs)


def test_pages_without_a_language(site: Any, wide: Page) -> None:
    for name in ("index.html", "404.html"):
        wide.goto(f"{site.address}/{name}")
        assert violations(wide, {"runOnly": {"type": "tag", "values": TAGS}}) == [], name


def test_narrow(site: Any, narrow: Page) -> None:
    """Where the layout changes: tables become lists, drawings stand below one another."""
    wrong = {}
    for key in ("", "theme/trust", "indicator/voted", "search"):
        narrow.goto(site.url("nl", key))
        wrong[key] = violations(narrow, {"runOnly": {"type": "tag", "values": TAGS}})
    assert not any(wrong.values()), "\n".join(f"{k}: {v}" for k, vs in wrong.items() for v in vs)


def test_dark(site: Any, dark: Page) -> None:
    """The colour rules of axe; test_colours measures every text and mark of every page."""
    wrong = {}
    for key in ("", "theme/trust", "indicator/voted", "method", "search"):
        dark.goto(site.url("en", key))
        wrong[key] = violations(dark, {"runOnly": {"type": "rule", "values": ["color-contrast"]}})
    assert not any(wrong.values()), "\n".join(f"{k}: {v}" for k, vs in wrong.items() for v in vs)


def test_axe_would_find_a_fault(site: Any, wide: Page) -> None:
    wide.goto(site.url("nl"))
    faulty = "<img src=x><p style=color:#bbb>faint"
    wide.evaluate(f"document.querySelector('main').insertAdjacentHTML('beforeend', '{faulty}')")
    found = violations(wide, {"runOnly": {"type": "tag", "values": TAGS}})
    assert {each.partition(":")[0] for each in found} >= {"image-alt", "color-contrast"}
