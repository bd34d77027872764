"""Answers to requests that cannot be answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from thuis.errors import ThuisError
from thuis.live.pages import said, show, tongue
from thuis.live.published import missing
from thuis.live.refused import RefusedError
from thuis.live.served import languages


def attempted(request: HttpRequest, do: Callable[[], object], done: str) -> bool:
    """Do what somebody asked, and tell them that it is ``done`` (a key), or why it cannot be."""
    l = said(tongue(request))
    try:
        do()
    except RefusedError as error:
        wrong = ", ".join(l(f"promise-field.{each}") for each in error.fields)
        messages.error(request, f"{l(error.key)} {wrong}".strip())
    except ThuisError as error:
        messages.error(request, f"{l('decided.not')} {error}")
    else:
        messages.success(request, l(done))
        return True
    return False


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was not made here, or too long ago."""
    return show(request, "", "live/notice.html", "fault.csrf", status=403)


def stale(request: HttpRequest) -> HttpResponse:
    """A signed link that is none, or no longer valid."""
    return show(request, "", "live/notice.html", "fault.link", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What somebody of the staff has no role for."""
    return show(request, "", "live/notice.html", "fault.role", status=403)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that cannot be read; no template, as who asks may not be known yet."""
    return HttpResponse("400: thuis", status=400, content_type="text/plain")


def closed(request: HttpRequest, title: str) -> HttpResponse:
    """What an administrator does."""
    return show(request, "", "live/notice.html", title, status=403)


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address that is not there."""
    return missing()


def security(request: HttpRequest) -> HttpResponse:
    """``security.txt`` (RFC 9116): whom to tell of a weakness; none without an address to tell."""
    contact = settings.LIVE.security_contact
    if not contact:
        return absent(request)
    until = (datetime.now(UTC) + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    named = contact if ":" in contact else f"mailto:{contact}"
    lines = [f"Contact: {named}", f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}"]
    lines += [f"Preferred-Languages: {', '.join(languages())}"]
    lines += [f"Canonical: {settings.LIVE.address.rstrip('/')}/.well-known/security.txt"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
