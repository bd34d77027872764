"""Every kind of page as it looked when somebody last looked at it, small and in grey, with a tolerance.

A change that a reader would see has to be seen: ``THUIS_GOLDEN=write pytest -m browser
tests/browser/test_pictures.py``, then look at ``tests/browser/pictures`` and at the difference.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).parent / "pictures"
WIDTHS = {1280: 1800, 320: 1800}
"""Width of the window, and how far down a page is looked at, in pixels."""
SCALE = 8
"""Pixels of a page to one of its picture: a line of text is a grey bar, a picture a few kilobytes."""
BLOCK = 6
FAINT, CLEAR = 2.0, 24.0
"""Mean difference of a page, and that of its most different block, of 255: letters drawn by another
version of a browser stay below, a line of text that moved or went does not."""
Grey = NDArray[np.float64]


def fonts() -> str:
    """The fonts that stand for the site's two kinds of letters on this machine."""
    if not shutil.which("fc-match"):
        return "unknown"
    asked = ("Liberation Sans", "P052", "serif", "sans-serif")
    return "\n".join(
        subprocess.run(["fc-match", each], check=True, capture_output=True, text=True).stdout.strip()
        for each in asked
    )


def small(picture: bytes) -> Image.Image:
    with Image.open(io.BytesIO(picture)) as opened:
        grey = opened.convert("L")
    return grey.resize((max(grey.width // SCALE, 1), max(grey.height // SCALE, 1)), Image.Resampling.BOX)


def apart(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """How far two pictures differ: on the whole, and in the block that differs most."""
    if one.size != other.size:
        return 255.0, 255.0
    difference = np.abs(np.asarray(one, float) - np.asarray(other, float))
    rows, columns = (each // BLOCK * BLOCK for each in difference.shape)
    blocks = difference[:rows, :columns].reshape(rows // BLOCK, BLOCK, columns // BLOCK, BLOCK)
    return float(difference.mean()), float(blocks.mean(axis=(1, 3)).max(initial=0.0))


@pytest.fixture(scope="module")
def taken(site: Any, chromium: Browser) -> dict[str, Image.Image]:
    """Each kind of page in the first language, at both widths."""
    return {name: picture for width in WIDTHS for name, picture in _of(site, chromium, width)}


def _of(site: Any, chromium: Browser, width: int) -> Iterator[tuple[str, Image.Image]]:
    context = chromium.new_context(viewport={"width": width, "height": WIDTHS[width]}, color_scheme="light")
    page = context.new_page()
    for key in site.keys:
        page.goto(site.url("nl", key))
        # The form to search with is shown by a script that comes after the page.
        page.wait_for_function("!document.querySelector('form[data-index][hidden]')")
        name = f"{key.replace('/', '.') or 'start'}-{width}.png"
        yield name, small(page.screenshot(animations="disabled"))
    context.close()


def test_every_kind_of_page_looks_as_it_did(taken: dict[str, Image.Image]) -> None:
    if os.environ.get("THUIS_GOLDEN") == "write":
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir()
        (FOLDER / "fonts.txt").write_text(fonts() + "\n", "utf-8")
        for name, picture in taken.items():
            picture.save(FOLDER / name, optimize=True)
    if (FOLDER / "fonts.txt").read_text("utf-8").strip() != fonts():
        pytest.skip("pages are set in other fonts here than in the reference pictures: lines break elsewhere")
    known = {path.name for path in FOLDER.glob("*.png")}
    assert known == set(taken)
    measured = {name: apart(Image.open(FOLDER / name), picture) for name, picture in taken.items()}
    assert {name: at for name, at in measured.items() if at[0] > FAINT or at[1] > CLEAR} == {}


def test_a_change_that_a_reader_sees_is_seen(site: Any, chromium: Browser) -> None:
    """A headline or a table that is gone, and text that moved a line, are each over the limit."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1800}, color_scheme="light")
    page = context.new_page()
    for spoil in (
        "document.querySelector('h1').style.visibility = 'hidden'",
        "document.querySelector('main').style.paddingTop = '28px'",
        "document.querySelector('main table').style.display = 'none'",
    ):
        page.goto(site.url("nl", "indicator/trust-in-people"))
        before = small(page.screenshot(animations="disabled"))
        page.evaluate(spoil)
        mean, most = apart(before, small(page.screenshot(animations="disabled")))
        assert mean > FAINT or most > CLEAR, spoil
    context.close()
