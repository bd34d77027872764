"""The built pages and data as they are, with one addition on pages: where to take part.

The files on disk stay what a public web server would get: without the service, nothing on them is dead.
"""

from __future__ import annotations

import mimetypes
import posixpath
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
)
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from thuis.live.api.http import has
from thuis.live.pages import said, templates
from thuis.live.served import languages
from thuis.site.headers import EMBED
from thuis.site.page import Addresses

TYPES = {
    ".geojson": "application/geo+json",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv; charset=utf-8",
}


@require_safe
def published(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    """A file of the public folder; a folder gives its ``index.html``."""
    found = within(settings.PUBLIC, path)
    if found is None:
        return missing()
    # Without what would make of its beginning the name of another host.
    own = posixpath.normpath(path).lstrip("/")
    if path and not path.endswith("/") and (found.is_dir() or _answered(f"/{own}/")):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"/{own}/{'?' if query else ''}{query}")
    if found.is_dir():
        found = found / "index.html"
    if not found.is_file():
        return missing()
    state = found.stat()
    tag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
    if has(request, tag):
        answer: HttpResponse | FileResponse = HttpResponseNotModified()
    elif found.name == "index.html":
        name = found.relative_to(settings.PUBLIC.resolve()).as_posix()
        answer = HttpResponse(_with_aside(found, name, state.st_mtime_ns))
    else:
        kind = TYPES.get(found.suffix) or mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        answer = FileResponse(found.open("rb"), content_type=kind)
    if f"/{path}".endswith(EMBED):
        vars(answer)["_csp_replace"] = {"frame-ancestors": ("*",)}
    answer["ETag"] = tag
    answer["Cache-Control"] = "public, max-age=0, must-revalidate"
    return answer


def _answered(path: str) -> bool:
    """Whether the service itself has a page at an address."""
    try:
        return resolve(path).func is not published
    except Resolver404:
        return False


def within(root: Path, path: str) -> Path | None:
    """A path below a folder, or nothing when it leads out of it or to something hidden."""
    clean = posixpath.normpath(path).lstrip("/")
    parts = clean.split("/")
    if "\0" in path or "\\" in path or any(each.startswith(".") and each != "." for each in parts):
        return None
    base = root.resolve()
    found = (base / clean).resolve()
    return found if found.is_relative_to(base) else None


def missing() -> HttpResponse:
    """The monitor's own page for an address that is not there."""
    path = settings.PUBLIC / "404.html"
    body = path.read_bytes() if path.is_file() else b"404"
    return HttpResponse(body, status=404)


@lru_cache(maxsize=512)
def _with_aside(file: Path, name: str, stamp: int) -> bytes:
    """A page with, at the end of what it says, where to take part."""
    html = file.read_text("utf-8")
    language, _, rest = name.partition("/")
    if language not in languages() or "</main>" not in html:
        return html.encode()
    key = posixpath.dirname(rest)
    at = Addresses(name)
    aside = (
        templates()
        .get_template("live/aside.html")
        .render(
            l=said(language),
            key=key,
            url=lambda to="", anchor="": at.page(language, to, anchor),
            act=key.partition("/")[0] in ("directory", "initiative", "municipality", "organisation", "works"),
            initiative=key.startswith("initiative/"),
        )
    )
    head, _, tail = html.rpartition("</main>")
    return f"{head}{aside}</main>{tail}".encode()


@require_safe
def stylesheet(request: HttpRequest) -> HttpResponse:
    """What the service's own pages add to the site's style."""
    answer = HttpResponse((Path(__file__).parent / "live.css").read_bytes(), content_type="text/css")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer
