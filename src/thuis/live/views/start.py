"""Where people begin: what they can do here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from thuis.live.pages import show


def start(request: HttpRequest) -> HttpResponse:
    """The page that lists what people can do."""
    return show(request, "", "live/start.html", "start")
