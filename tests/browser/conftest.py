"""A built site behind a real server, a real browser to read it with, and what it saw on every page."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from support.shared import once
from support.versions import now_and_then
from thuis.site.build import build_site

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LANGUAGES = ("nl", "en")
BESIDES = ("indicator/discrimination-at-work", "indicator/voted", "reading")
"""Pages to read beside the first of each kind: crossed breakdowns, an empty figure, example and tables."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TEXT = (
    "document.querySelectorAll('.chooser, .beside-form').forEach((each) => { each.style.display = 'none' });"
    " document.querySelector('main').innerText.replace(/\\s+/g, ' ')"
)
"""What a page says, without what only a script can offer: a choice of groups, another municipality."""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN = "document.querySelectorAll('details').forEach((each) => { each.open = true })"
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    " p { margin-bottom: 2em !important }"
)
"""A reader's own spacing, as WCAG 1.4.12 asks a page to bear."""

HERE = Path(__file__).parent
Measure = Callable[[Page, str], Any]
Where = tuple[str, str]


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: a test run is no access log."""


@dataclass(frozen=True)
class Site:
    """A served site: its folder, its address, and one page (or more) of every kind: key -> kind."""

    folder: Path
    address: str
    keys: dict[str, str]

    def url(self, language: str, key: str = "") -> str:
        return f"{self.address}/{language}/{key}/" if key else f"{self.address}/{language}/"

    def __iter__(self) -> Iterator[Where]:
        """Every kind of page in both languages, the others in Dutch: language and key."""
        return iter(
            [(lang, key) for key in self.keys for lang in LANGUAGES if lang == "nl" or key not in BESIDES]
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The stories of the live service first: they take longest; one process walks those of one database.

    Another file is run by one process, which opens its pages once.
    """
    items.sort(key=lambda item: item.path != HERE / "test_live.py")
    for item in items:
        of = getattr(item, "callspec", None)
        service = of.params.get("service", "") if of and item.path == HERE / "test_live.py" else ""
        item.add_marker(pytest.mark.xdist_group(f"{item.path.name} {service}".strip()))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The made-up data folder as a site with a search index, served on a free port."""
    made = once(
        tmp_path_factory,
        "browser",
        lambda folder: build_site(now_and_then(folder / "data", optional=True), folder / "public"),
    )
    public = made / "public"
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
        kind = re.search(r'<body class="page-([\w-]+)"', path.read_text("utf-8"))
        assert kind, path
        key = path.parent.relative_to(public / "nl").as_posix().removeprefix(".")
        if kind[1] not in found.values() or key in BESIDES:
            found[key] = kind[1]
    return found


@pytest.fixture(scope="session")
def measure() -> Measure:
    """What one of the scripts in ``measure/`` returns on a page."""
    scripts = {p.stem: p.read_text("utf-8") for p in (Path(__file__).parent / "measure").glob("*.js")}
    return lambda page, name: page.evaluate(scripts[name])


@pytest.fixture(scope="session")
def faults() -> Callable[..., list[str]]:
    """What axe-core finds wrong on a page.

    Its colour rule takes most of the time; where it is left out, test_colours still measures every text.
    """

    def run(page: Page, *, colour: bool = True) -> list[str]:
        options = {
            "runOnly": {"type": "tag", "values": TAGS},
            "resultTypes": ["violations"],
            "rules": {"color-contrast": {"enabled": colour}},
        }
        return [
            f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for each in Axe().run(page, options=options).response["violations"]
            for node in each["nodes"][:3]
        ]

    return run


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


def _window(browser: Browser, width: int, height: int, **settings: Any) -> Iterator[Page]:
    """A window without motion, so that a test need not wait for it."""
    size: Any = {"width": width, "height": height}
    context = browser.new_context(viewport=size, reduced_motion="reduce", **settings)
    yield _page(context)
    context.close()


@pytest.fixture(scope="session")
def wide(chromium: Browser) -> Iterator[Page]:
    """A desktop window, light."""
    yield from _window(chromium, 1280, 900, color_scheme="light")


@pytest.fixture(scope="session")
def dark(chromium: Browser) -> Iterator[Page]:
    """A desktop window, dark."""
    yield from _window(chromium, 1280, 900, color_scheme="dark")


@pytest.fixture(scope="session")
def narrow(chromium: Browser) -> Iterator[Page]:
    """The narrowest screen that WCAG asks for; the same as 1280 pixels at 400 %."""
    yield from _window(chromium, 320, 640)


@pytest.fixture(scope="session")
def scriptless(chromium: Browser) -> Iterator[Page]:
    """A browser that runs no script of the page."""
    yield from _window(chromium, 1280, 900, java_script_enabled=False)


@pytest.fixture(scope="session")
def forced(chromium: Browser) -> Iterator[Page]:
    """A reader's own few colours instead of the site's (Windows high contrast)."""
    yield from _window(chromium, 1280, 900, forced_colors="active")


@pytest.fixture(scope="session")
def seen(
    site: Site, chromium: Browser, measure: Measure, faults: Callable[..., list[str]]
) -> dict[Where, Any]:
    """What stands on every page at 1280 pixels: each is opened once, for all the tests that only look."""
    found: dict[Where, Any] = {}
    said: list[str] = []
    asked: list[str] = []
    window = _window(chromium, 1280, 900, color_scheme="light")
    page = next(window)
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for language, key in site:
        page.goto(site.url(language, key))
        text, notice = (
            page.evaluate(TEXT),
            page.locator("aside.synthetic, .page-embed .synthetic").first.bounding_box(),
        )
        page.evaluate(OPEN)
        found[language, key] = {
            "text": text,
            "notice": notice,
            "small": measure(page, "small"),
            "colours": measure(page, "colours"),
            "axe": faults(page, colour=False),
            "bare": measure(page, "bare"),
            "errors": said.copy(),
            "asked": asked.copy(),
        }
        said.clear()
        asked.clear()
    window.close()
    return found


@pytest.fixture(scope="session")
def squeezed(site: Site, chromium: Browser, measure: Measure) -> dict[Where, Any]:
    """The same at 320 pixels, and once more with a reader's own spacing."""
    found: dict[Where, Any] = {}
    window = _window(chromium, 320, 640)
    page = next(window)
    for language, key in site:
        page.goto(site.url(language, key))
        notice = page.locator("aside.synthetic, .page-embed .synthetic").first.bounding_box()
        page.evaluate(OPEN)
        here = {name: measure(page, name) for name in ("small", "cut", "outside", "bare", "half")}
        here |= {"notice": notice, "sideways": page.evaluate(SIDEWAYS)}
        page.add_style_tag(content=SPACING)
        here |= {"spaced sideways": page.evaluate(SIDEWAYS), "spaced cut": measure(page, "cut")}
        found[language, key] = here
    window.close()
    return found
