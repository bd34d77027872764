"""The preview's web application: the built pages as they are, plus one line that reloads them.

The files on disk stay what a public web server would get; the reload line is added on the way out. When a
build fails, every page shows the problems instead of yesterday's figures, because an author who sees an old
page believes the change went through.
"""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from thuis.site.headers import headers

LATE = re.compile(r"pagefind/|data/(?:workbooks/|handover/|index\.json$|figures\.[^/]+\.xlsx$)")
"""What a preview makes after its pages: who asks meanwhile gets it when it is there, never yesterday's."""
RELOAD_PATH = "/-/reload"
SCRIPT_PATH = "/-/reload.js"
_RELOAD_CODE = f"new EventSource('{RELOAD_PATH}').onmessage=()=>location.reload()"
_RELOAD_SCRIPT = f'<script src="{SCRIPT_PATH}"></script>'


class Preview:
    """The state that the watcher changes and the pages show: how often we built, and what went wrong."""

    def __init__(self) -> None:
        self.builds = 0
        self.problems: str | None = None
        self.late = False
        self._changed = asyncio.Condition()

    async def settle(self, *, late: bool) -> None:
        """Say whether what follows after the pages is still of the build before."""
        async with self._changed:
            self.late = late
            self._changed.notify_all()

    async def settled(self) -> None:
        """Wait until it is of this build."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self.late)

    async def built(self, problems: str | None) -> None:
        """Record a finished build and wake every waiting page."""
        async with self._changed:
            self.builds += 1
            self.problems = problems
            self._changed.notify_all()

    async def events(self) -> AsyncIterator[str]:
        """Server-sent events: one message for each build after the page connected."""
        seen = self.builds
        yield "retry: 1000\n\n"
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda seen=seen: self.builds != seen)  # type: ignore[misc]
                seen = self.builds
            yield f"data: {seen}\n\n"


class PreviewFiles(StaticFiles):
    """Static files whose HTML carries the reload line; nothing is cached: an author never sees old work."""

    def __init__(self, *, directory: Path, preview: Preview, reload: bool) -> None:
        super().__init__(directory=directory, html=True, check_dir=False)
        self._preview = preview
        self._reload = reload

    async def get_response(self, path: str, scope: Scope) -> Response:
        if self._preview.problems is not None and (path.endswith((".html", "/", ".")) or "." not in path):
            return HTMLResponse(_problem_page(self._preview.problems), status_code=500)
        if LATE.match(path):
            await self._preview.settled()
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "no-store"
        found, _ = self.lookup_path(path if path.endswith(".html") else f"{path.rstrip('/')}/index.html")
        if self._reload and response.status_code == 200 and found.endswith(".html"):
            return _with_reload(Path(found))
        return response


def _with_reload(file: Path) -> HTMLResponse:
    page = file.read_text("utf-8")
    return HTMLResponse(
        page.replace("</body>", f"{_RELOAD_SCRIPT}</body>", 1), headers={"cache-control": "no-store"}
    )


def _problem_page(problems: str) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>The build failed</title>'
        "<body style='font:1rem/1.5 system-ui;margin:2rem;max-width:60rem'><h1>The build failed</h1>"
        "<p>The pages on disk are the last good ones. Repair this and save; the page reloads by itself.</p>"
        f"<pre style='white-space:pre-wrap'>{html.escape(problems)}</pre>{_RELOAD_SCRIPT}</body></html>"
    )


LOCAL = ("localhost", "127.0.0.1", "[::1]", "[")
"""Names of this machine. Older Starlettes compare what stands before the first colon: ``[`` is an IPv6
literal, which no rebound name can be."""


def application(
    public: Path, preview: Preview, *, reload: bool = True, hosts: Sequence[str] = ()
) -> Starlette:
    """The Starlette application over one ``public`` folder.

    :param public: the folder that ``thuis build`` wrote.
    :param preview: the state shared with the watcher.
    :param reload: whether pages reload after a build.
    :param hosts: names it answers to beside those of this machine; another name is refused, since a page of
        somebody else could have pointed it here.
    """

    async def events(_: Request) -> StreamingResponse:
        return StreamingResponse(preview.events(), media_type="text/event-stream")

    return Starlette(
        routes=[
            Route(RELOAD_PATH, events),
            Route(SCRIPT_PATH, lambda _: Response(_RELOAD_CODE, media_type="text/javascript")),
            Mount("/", PreviewFiles(directory=public, preview=preview, reload=reload)),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=[*LOCAL, *hosts], www_redirect=False),
            Middleware(Headers),
        ],
    )


class Headers:
    """Put the headers that a monitor is published with on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in headers(scope["path"]).items():
                    found.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
