"""When the database is away, full or busy: that is said; what is published is served all the same."""

from __future__ import annotations

import html
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from thuis.language import texts
from thuis.live.served import languages

AREA = "live-operations"


def broken(request: HttpRequest) -> HttpResponse:
    """The answer where something failed; it asks no template and no database, which could fail too."""
    error = sys.exc_info()[1]
    if not isinstance(error, OperationalError | InterfaceError):
        return HttpResponse("500: thuis", status=500, content_type="text/plain")
    first = request.path_info.strip("/").partition("/")[0]
    known = languages()
    language = first if first in known else known[0]
    say = texts(AREA, language)
    title, told = (html.escape(say(key)) for key in ("away.title", "away.text"))
    body = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"></head>'
        f"<body><main><h1>{title}</h1><p>{told}</p></main></body></html>"
    )
    answer = HttpResponse(body, status=503)
    answer["Retry-After"] = "30"
    answer["Cache-Control"] = "no-store"
    return answer
