"""A reader puts another municipality beside theirs; without script those nearby stand there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGE = "municipality/utrecht"
HEADS = "[...document.querySelectorAll('.beside thead th')].filter((e) => !e.hidden).map((e) => e.innerText)"


def column(page: Page, number: int) -> list[str]:
    rows: list[str] = page.eval_on_selector_all(
        ".beside tr[data-figure]",
        f"rows => rows.map((row) => [...row.cells].filter((e) => !e.hidden)[{number}].innerText.trim())",
    )
    return rows


@pytest.mark.parametrize("window", ["wide", "narrow"])
def test_put_beside_kept_in_the_address_and_taken_away(
    site: Any, window: str, faults: Callable[..., list[str]], request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(window)
    page.goto(site.url("nl", "municipality/s-gravenhage"))
    theirs = column(page, 1)
    page.goto(site.url("nl", PAGE))
    before = page.evaluate(HEADS)
    page.locator("#beside-name").fill("den haag")
    page.keyboard.press("Enter")
    expect(page.locator(".beside-form [role=status]")).to_have_text("'s-Gravenhage staat er nu naast.")
    assert [each.split("\n")[0].removesuffix(" ×").strip() for each in page.evaluate(HEADS)] == [
        "Cijfer",
        "Utrecht",
        "'s-Gravenhage",
        "Middelste gemeente",
    ]
    assert column(page, 2) == theirs
    assert page.url.endswith("?with=s-gravenhage")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.reload()
    away = page.get_by_role("button", name="Haal 's-Gravenhage weg")
    away.press("Enter")
    expect(page.locator(".beside .picked")).to_have_count(0)
    assert page.evaluate(HEADS) == before
    assert "with" not in page.url


def test_what_cannot_stand_beside(site: Any, wide: Page) -> None:
    """A name that is none, the same one again, and an address that names nothing: said, or left out."""
    wide.goto(site.url("nl", PAGE) + "?with=atlantis&with=..%2F..%2Fetc&with=%3Cb%3E")
    expect(wide.locator(".beside .near").first).to_be_visible()
    assert wide.locator(".beside .picked").count() == 0
    wide.locator("#beside-name").fill("Atlantis")
    wide.keyboard.press("Enter")
    expect(wide.locator(".beside-form [role=status]")).to_contain_text("niet in de lijst")
    wide.locator("#beside-name").fill("Utrecht")
    wide.keyboard.press("Enter")
    expect(wide.locator("#beside-name")).to_have_value("")
    assert wide.locator(".beside .picked").count() == 0


def test_without_script_those_nearby_stand_beside(site: Any, scriptless: Page) -> None:
    scriptless.goto(site.url("nl", PAGE))
    assert not scriptless.locator(".beside-form").is_visible()
    assert scriptless.locator(".beside thead .near").count() == 2
