"""A reader picks the groups they came for: with the keyboard, kept on other pages, shared by address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

PAGE = "indicator/trust-in-people/origin"
ROWS = "#origin > table tr[data-about]:not([hidden])"
SHOWN = f"[...document.querySelectorAll('{ROWS}')].map((each) => each.dataset.about)"


@pytest.fixture
def fresh(chromium: Browser) -> Any:
    """A reader who was not here before."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def boxes(page: Page) -> list[str]:
    marks: list[str] = page.eval_on_selector_all(".chooser input", "all => all.map((each) => each.value)")
    return marks


def stays(page: Page) -> str:
    mark: str = page.eval_on_selector(".chooser fieldset", "each => each.dataset.stays")
    return mark


def test_chosen_with_the_keyboard_and_kept(site: Any, fresh: Page) -> None:
    fresh.goto(site.url("en", PAGE))
    every = fresh.evaluate(SHOWN)
    first = boxes(fresh)[0]
    assert len(every) > 3
    fresh.locator(".chooser summary").focus()
    fresh.keyboard.press("Enter")
    fresh.keyboard.press("Tab")
    fresh.keyboard.press("Space")
    assert set(fresh.evaluate(SHOWN)) == {first, stays(fresh)}
    assert fresh.url.endswith(f"?group={first}")
    assert fresh.get_attribute("a.permalink", "href") is not None
    assert fresh.eval_on_selector("a.permalink", "each => each.search") == f"?group={first}"
    expect(fresh.locator("#embed code")).to_contain_text(f"/embed/?group={first}")
    expect(fresh.locator(".chooser [role=status]")).to_contain_text("You chose 1 of ")
    fresh.goto(site.url("nl", "indicator/trust-in-people"))
    assert set(fresh.evaluate(SHOWN)) == {first, stays(fresh)}
    fresh.get_by_role("button", name="Toon alle groepen").press("Enter")
    assert sorted(fresh.evaluate(SHOWN)) == sorted(every)
    assert "group" not in fresh.url
    fresh.goto(site.url("en", PAGE))
    assert sorted(fresh.evaluate(SHOWN)) == sorted(every)


def test_a_shared_address_shows_its_groups(site: Any, fresh: Page) -> None:
    fresh.goto(site.url("en", PAGE))
    one, other = boxes(fresh)[:2]
    fresh.goto(site.url("en", PAGE) + f"?group={other}&group={one}&group=origin.nobody&group=%3Cb%3E")
    assert set(fresh.evaluate(SHOWN)) == {one, other, stays(fresh)}
    assert set(fresh.evaluate(SHOWN.replace("#origin > table", ".changed"))) <= {one, other, stays(fresh)}
    told = fresh.get_attribute(".trend .plot", "aria-label") or ""
    names = fresh.eval_on_selector_all(
        ".chooser input:checked", "all => all.map((each) => each.parentNode.textContent.trim())"
    )
    assert all(f"{name}: " in told for name in names)
    styles = fresh.eval_on_selector_all(
        ".trend .plot > g:not(.l):not(.lref)", "all => all.map((each) => each.dataset.about)"
    )
    assert set(styles) == {one, other}


def test_through_time_is_as_built_when_all_are_shown_again(site: Any, fresh: Page) -> None:
    drawn = "document.querySelector('.trend').outerHTML + document.querySelector('.chart-notes').outerHTML"
    fresh.goto(site.url("en", PAGE))
    before = fresh.evaluate(drawn)
    fresh.locator(".chooser summary").click()
    fresh.locator(".chooser input").last.check()
    assert fresh.evaluate(drawn) != before
    fresh.get_by_role("button", name="Show all groups").click()
    assert fresh.evaluate(drawn) == before


def test_columns_of_a_theme(site: Any, fresh: Page) -> None:
    fresh.goto(site.url("en", "theme/trust"))
    mark = boxes(fresh)[0]
    fresh.goto(site.url("en", "theme/trust") + f"?group={mark}")
    for row in ("thead tr", "tbody tr"):
        cells = fresh.eval_on_selector(
            f".matrix {row}",
            "row => [...row.querySelectorAll('[data-about]:not([hidden])')].map((e) => e.dataset.about)",
        )
        assert cells == [mark, stays(fresh)]
    fresh.set_viewport_size({"width": 320, "height": 640})
    assert fresh.locator(".matrix").first.is_visible(), "dots without names are no answer for the chosen"
    assert fresh.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("window", ["wide", "narrow", "dark", "forced"])
def test_the_choice_bears_every_window(
    site: Any, window: str, faults: Callable[..., list[str]], request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(window)
    for key in (PAGE, "theme/trust", f"{PAGE}/embed"):
        page.goto(site.url("nl", key))
        page.locator(".chooser summary").click()
        page.locator(".chooser input").first.check()
        assert faults(page, colour=window != "forced") == [], key
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), key
        height = page.locator(".chooser label").first.bounding_box()
        assert height and height["height"] >= 24
        page.evaluate("sessionStorage.clear()")


def test_without_script_there_is_no_choice(site: Any, scriptless: Page) -> None:
    scriptless.goto(site.url("nl", PAGE) + "?group=origin.nobody")
    assert not scriptless.locator(".chooser").is_visible()
    assert scriptless.locator(ROWS).count() > 3


def test_what_is_saved_holds_the_chosen_groups_and_says_so(site: Any, fresh: Page, tmp_path: Path) -> None:
    fresh.goto(site.url("en", "indicator/trust-in-people"))
    first, kept = boxes(fresh)[0], stays(fresh)
    part = first.partition(".")[0]
    rows = "#origin .formats"
    ids = [each.partition(".")[2] for each in (*boxes(fresh), kept)]
    names = [f'Group "{n}", with a comma' for n in range(len(ids))]
    whole = pl.DataFrame({part: ids, "name": names, "estimate": [f"{n}.5" for n in range(len(ids))]})
    fresh.route("**/trust-in-people/origin.csv", lambda route: route.fulfill(body=whole.write_csv()))

    def saved(kind: str) -> Path:
        with fresh.expect_download() as told:
            fresh.locator(f"{rows} a[download]").filter(has_text=kind).first.click()
        path = tmp_path / told.value.suggested_filename
        told.value.save_as(path)
        return path

    fresh.locator(".chooser summary").click()
    fresh.locator(f".chooser input[value='{first}']").check()
    expect(fresh.locator(f"{rows} a[download]").filter(has_text="CSV").first).to_contain_text("chosen groups")
    expect(fresh.locator(f"{rows} + p.chosen-files")).to_contain_text("now hold the chosen groups only")
    path = saved("CSV")
    assert path.name == "trust-in-people-origin-chosen-groups.csv"
    frame = pl.read_csv(path, infer_schema=False)
    wanted = [each.partition(".")[2] for each in (first, kept)]
    assert frame.equals(whole.filter(pl.col(part).is_in(wanted)))
    assert frame.height == 2
    drawn = saved("SVG").read_text("utf-8")
    names_of = "all => all.map((e) => e.querySelector('th').firstChild.textContent.trim())"
    table = "#origin > table.bars:not(.gaps) tr[data-about]"
    every = fresh.eval_on_selector_all(table, names_of)
    shown = fresh.eval_on_selector_all(f"{table}:not([hidden])", names_of)
    assert len(shown) == 2
    assert all(f">{each}<" in drawn for each in shown)
    assert not any(f">{each}<" in drawn for each in set(every) - set(shown))
    assert "You chose 1 of" in drawn
    if fresh.locator(f"{rows} a[download]").filter(has_text="PNG").count():
        with Image.open(saved("PNG")) as picture:
            assert picture.size == (1200, 675)
    if fresh.locator(f"{rows} a[download]").filter(has_text="XLSX").count():
        sheet = openpyxl.load_workbook(saved("XLSX")).active
        assert sheet is not None
        assert sheet.max_row == frame.height + 1
    fresh.get_by_role("button", name="Show all groups").press("Enter")
    assert fresh.locator(".chosen-files").count() == 0
    with fresh.expect_download() as told:
        fresh.locator(f"{rows} a[download]").filter(has_text="CSV").first.click()
    assert told.value.suggested_filename == "origin.csv"
