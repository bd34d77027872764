"""What stands on every kind of page, in both languages: axe, contrast, size, errors, the same without script.

One file, since every page is opened once for all of it: a process that runs a file opens them.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from support.looked import faint, listed

pytestmark = pytest.mark.browser

TEXT = "document.querySelector('main').innerText.replace(/\\s+/g, ' ')"


def test_every_kind_of_page(seen: dict[Any, Any]) -> None:
    wrong = {where: page["axe"] for where, page in seen.items()}
    assert len(wrong) >= 40
    assert not any(wrong.values()), listed(wrong)


def test_contrast(seen: dict[Any, Any]) -> None:
    assert sum(len(page["colours"]) for page in seen.values()) > 200
    wrong = {where: found for where, page in seen.items() if (found := faint(page["colours"]))}
    assert wrong == {}


def test_without_script(site: Any, seen: dict[Any, Any], scriptless: Page) -> None:
    for (language, key), page in seen.items():
        if language == "en" and key:
            continue
        scriptless.goto(site.url(language, key))
        without = scriptless.evaluate(TEXT)
        if site.keys[key] == "search":
            assert len(without) > 400, "the page lists everything instead"
        else:
            assert without == page["text"], f"{language}/{key}"


def test_no_page_logs_an_error_or_loads_from_elsewhere(site: Any, seen: dict[Any, Any]) -> None:
    assert {where: page["errors"] for where, page in seen.items() if page["errors"]} == {}
    asked = [url for page in seen.values() for url in page["asked"]]
    assert len(asked) > 100
    assert [url for url in asked if not url.startswith(site.address)] == []


def test_no_part_is_bare(seen: dict[Any, Any]) -> None:
    assert {where: page["bare"] for where, page in seen.items() if page["bare"]} == {}


def test_no_small_text_on_a_desktop(seen: dict[Any, Any]) -> None:
    assert {where: page["small"] for where, page in seen.items() if page["small"]} == {}


def test_synthetic_is_said_where_a_reader_sees_it_first(seen: dict[Any, Any]) -> None:
    assert all(page["notice"] and page["notice"]["y"] < 10 for page in seen.values())
