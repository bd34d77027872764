"""What stands around every answer to a machine: ETag and 304, problem+json, any origin, only reading, so many
a minute."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from thuis.live.visitors import within

ROOT = "/hsds/3.1/"
PROBLEM = "application/problem+json"


def problem(status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """A fault as RFC 9457 has it."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    body = json.dumps(
        {key: value for key, value in told.items() if value not in ("", None)}, ensure_ascii=False
    )
    return HttpResponse(body + "\n", status=status, content_type=PROBLEM)


def sent(body: bytes | str, kind: str = "application/json") -> HttpResponse:
    """An answer that may be kept, if it is asked for again whether it still holds."""
    answer = HttpResponse(body, content_type=kind)
    answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["Cache-Control"] = "public, max-age=0, must-revalidate"
    return answer


class Machine:
    """For addresses below ``/hsds/``: only GET and HEAD, 304 for what one has, and no fault as a page."""

    def __init__(self, handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self._handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/hsds/"):
            return self._handler(request)
        answer = self._answer(request)
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = "ETag, Retry-After, Link"
        return answer

    def _answer(self, request: HttpRequest) -> HttpResponse:
        asked = request.method
        if asked not in ("GET", "HEAD"):
            answer = problem(405, "Method Not Allowed", "this can be read only", available=["GET", "HEAD"])
            answer["Allow"] = "GET, HEAD"
            return answer
        if wait := within("api", request, settings.LIVE.limits.api, 60):
            answer = problem(429, "Too Many Requests", f"again in {wait} s")
            answer["Retry-After"] = str(wait)
            return answer
        request.method = "GET"
        answer = self._handler(request)
        if answer.status_code >= 400 and answer["Content-Type"].partition(";")[0] != PROBLEM:
            answer = problem(answer.status_code, answer.reason_phrase)
        tag = answer.headers.get("ETag")
        if tag and has(request, tag):
            fresh = HttpResponseNotModified()
            for name in ("ETag", "Cache-Control"):
                fresh[name] = answer[name]
            return fresh
        if asked == "HEAD":
            answer["Content-Length"] = str(len(answer.content))
            answer.content = b""
        return answer


def has(request: HttpRequest, tag: str) -> bool:
    """Whether who asks has what a tag is of. A proxy that compresses makes the tag a weak one."""
    known = [each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))]
    return tag in known or "*" in known
