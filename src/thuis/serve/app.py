"""The preview's web application: the built pages as they are, plus one line that reloads them.

The files on disk stay what a public web server would get; the reload line is added on the way out. When a
build fails, every page shows the problems instead of yesterday's figures, because an author who sees an old
page believes the change went through.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from thuis.serve.preview import Preview
from thuis.site.headers import headers

RELOAD_PATH = "/-/reload"
SCRIPT_PATH = "/-/reload.js"
_RELOAD_CODE = (
    "const told = new URL(document.currentScript.src).search, page = encodeURIComponent(location.pathname);"
    f"new EventSource(`{RELOAD_PATH}${{told}}&page=${{page}}`).onmessage = () => location.reload()"
)


def _file(address: str) -> str:
    """The file of an address, below the root.

    >>> _file("/nl/theme/trust/"), _file("/"), _file("/data/cells.csv")
    ('nl/theme/trust/index.html', 'index.html', 'data/cells.csv')
    """
    return normpath(f"{address}index.html" if address.endswith("/") else address).lstrip("/")


class PreviewFiles(StaticFiles):
    """Static files whose HTML carries the reload line; nothing is cached: an author never sees old work."""

    def __init__(self, *, directory: Path, preview: Preview, reload: bool) -> None:
        super().__init__(directory=directory, html=True, check_dir=False)
        self._preview = preview
        self._reload = reload

    async def get_response(self, path: str, scope: Scope) -> Response:
        file = _file(f"/{path}/" if scope["path"].endswith("/") else f"/{path}")
        text, number = await self._preview.settled(file), self._preview.number(file)
        problems = self._preview.problems
        if text is None and problems is not None and (file.endswith(".html") or "." not in file):
            return HTMLResponse(_problem_page(problems) + _reload_line(number), status_code=500)
        response: Response = HTMLResponse(text) if text else await super().get_response(path, scope)
        found, _ = self.lookup_path(file)
        if self._reload and response.status_code == 200 and file.endswith(".html") and (text or found):
            line = f"{_reload_line(number)}</body>"
            response = HTMLResponse((text or Path(found).read_text("utf-8")).replace("</body>", line, 1))
        response.headers["cache-control"] = "no-store"
        return response


def _reload_line(number: int) -> str:
    return f'<script src="{SCRIPT_PATH}?seen={number}"></script>'


def _problem_page(problems: str) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>The build failed</title>'
        "<body style='font:1rem/1.5 system-ui;margin:2rem;max-width:60rem'><h1>The build failed</h1>"
        "<p>The pages on disk are the last good ones. Repair this and save; the page reloads by itself.</p>"
        f"<pre style='white-space:pre-wrap'>{html.escape(problems)}</pre>"
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

    async def events(request: Request) -> StreamingResponse:
        seen, page = (request.query_params.get(each, "") for each in ("seen", "page"))
        told = preview.events(_file(unquote(page)), int(seen) if seen.isdecimal() else preview.builds)
        return StreamingResponse(told, media_type="text/event-stream")

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
