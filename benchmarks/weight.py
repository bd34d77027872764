"""What a page weighs, and how soon it can be read on a slow machine.

    python benchmarks/weight.py [SITE]

Weight is that of a page as a server sends it (gzip), alone and with the styles and scripts it asks for,
without pictures. Time is from asking for a page to its DOM being ready (``DOMContentLoaded``, deferred
scripts included), in Chromium with its processor four times slower and nothing in its cache, in the middle
of three times.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("start", "theme", "indicator", "breakdown", "municipality", "letter")
_ASKED = re.compile(r'<(?:link rel="stylesheet"[^>]*href|script[^>]*src)="([^"]+)"')
TIMES = 3
READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def packed(path: Path) -> float:
    """Kilobytes of a file as a server sends it."""
    return len(gzip.compress(path.read_bytes(), 6)) / 1000


def whole(page: Path) -> float:
    """A page with the styles and scripts it asks for."""
    asked = dict.fromkeys(_ASKED.findall(page.read_text("utf-8")))
    return packed(page) + sum(packed((page.parent / each.partition("?")[0]).resolve()) for each in asked)


def by_kind(site: Path) -> dict[str, list[Path]]:
    """The pages of each kind, the heaviest first."""
    found: dict[str, list[Path]] = {kind: [] for kind in KINDS}
    for path in site.rglob("index.html"):
        kind = re.search(r'<body class="page-([a-z]+)"', path.read_text("utf-8"))
        if kind and kind[1] in found:
            found[kind[1]].append(path)
    return {kind: sorted(pages, key=lambda each: -packed(each)) for kind, pages in found.items() if pages}


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a server of the site on this machine."""
    handler = functools.partial(_Silent, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium, or None where it or what drives it is not installed."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        yield None
        return
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def ready(chromium: Any, address: str) -> float:
    """Seconds until the DOM of a page is ready."""
    found = []
    for _ in range(TIMES):
        context = chromium.new_context()
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(address, wait_until="load")
        found.append(page.evaluate(READY) / 1000)
        context.close()
    return median(found)


def tell(site: Path) -> None:
    """A line for each kind: how many, the middle and the heaviest, and how soon the heaviest is ready."""
    with served(site) as address, browser() as chromium:
        if chromium is None:
            print("no Chromium with Playwright: how soon pages are ready is not measured")
        for kind, pages in by_kind(site).items():
            alone = [packed(each) for each in pages]
            line = (
                f"{kind:<13} {len(pages):5} pages: {median(alone):5.1f} kB compressed, "
                f"heaviest {alone[0]:5.1f}, with styles and scripts {whole(pages[0]):5.1f}"
            )
            if chromium is not None:
                at = pages[0].relative_to(site).as_posix().removesuffix("index.html")
                line += f"; ready at 4x {ready(chromium, address + at):4.2f} s"
            print(line, flush=True)


if __name__ == "__main__":
    tell(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples" / "nederland" / "public")
