"""Answers to requests that cannot be answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from thuis.live.pages import page, show


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was not made here, or too long ago."""
    return show(request, page(request, "", "live/notice.html", "fault.csrf"), 403)


def stale(request: HttpRequest) -> HttpResponse:
    """A signed link that is none, or no longer valid."""
    return show(request, page(request, "", "live/notice.html", "fault.link"), 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something of our own failed; no template that could fail too."""
    return HttpResponse("500: thuis", status=500, content_type="text/plain")


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address that is not there."""
    from thuis.live.published import missing

    return missing()
