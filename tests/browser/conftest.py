"""A built site behind a real server, and a real browser to read it with."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from thuis.site.build import build_site
from thuis.testing import data_folder

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LANGUAGES = ("nl", "en")
BESIDES = ("indicator/discrimination-at-work", "indicator/voted", "reading", "method", "theme/trust")
"""Pages to read beside the first of each kind: crossed breakdowns, an empty figure, example and tables."""


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: a test run is no access log."""


@dataclass(frozen=True)
class Site:
    """A served site: its folder, its address, and one page (or more) of every kind."""

    folder: Path
    address: str
    keys: dict[str, str]

    def url(self, language: str, key: str = "") -> str:
        return f"{self.address}/{language}/{key}/" if key else f"{self.address}/{language}/"

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Every kind of page in both languages, the others in Dutch: language and key."""
        return iter(
            [(lang, key) for key in self.keys for lang in LANGUAGES if lang == "nl" or key not in BESIDES]
        )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The made-up data folder as a site with a search index, served on a free port."""
    public = tmp_path_factory.mktemp("browser")
    build_site(data_folder(public / "data"), public)
    handler = functools.partial(_Silent, directory=str(public))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Site(public, f"http://127.0.0.1:{server.server_port}", _keys(public))
        server.shutdown()
        thread.join()


def _keys(public: Path) -> dict[str, str]:
    """The address below the language -> kind: the first page of each kind, and those that differ most."""
    found: dict[str, str] = {}
    for path in sorted((public / "nl").rglob("index.html")):
        kind = re.search(r'<body class="([\w-]+)"', path.read_text("utf-8"))
        assert kind, path
        key = path.parent.relative_to(public / "nl").as_posix().removeprefix(".")
        if kind[1] not in found.values() or key in BESIDES:
            found[key] = kind[1]
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or another that stands on the path."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(
            f"no Chromium on the path (looked for {', '.join(CHROMIUM)}); see scripts/install-optional"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def _page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_default_timeout(10_000)
    return page


@pytest.fixture(scope="module")
def wide(chromium: Browser) -> Iterator[Page]:
    """A desktop window, light; without motion, so that a test need not wait for it."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme="light", reduced_motion="reduce"
    )
    yield _page(context)
    context.close()


@pytest.fixture(scope="module")
def dark(chromium: Browser) -> Iterator[Page]:
    """A desktop window, dark."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme="dark", reduced_motion="reduce"
    )
    yield _page(context)
    context.close()


@pytest.fixture(scope="module")
def narrow(chromium: Browser) -> Iterator[Page]:
    """The narrowest screen that WCAG asks for; the same as 1280 pixels at 400 %."""
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    yield _page(context)
    context.close()


@pytest.fixture(scope="module")
def scriptless(chromium: Browser) -> Iterator[Page]:
    """A browser that runs no script of the page."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    yield _page(context)
    context.close()


@pytest.fixture(scope="module")
def forced(chromium: Browser) -> Iterator[Page]:
    """A reader's own few colours instead of the site's (Windows high contrast)."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, forced_colors="active")
    yield _page(context)
    context.close()
