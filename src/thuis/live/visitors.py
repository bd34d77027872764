"""Who asks, as far as it must be known to ask no more than is fair: never written anywhere."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def address(request: HttpRequest) -> str:
    """A visitor's address: behind ``proxies`` of our own, the one that the first of them saw."""
    given = request.META.get("HTTP_X_FORWARDED_FOR", "")
    chain = [each.strip() for each in given.split(",") if each.strip()]
    count: int = settings.LIVE.proxies
    seen: str = chain[-count] if count and len(chain) >= count else request.META.get("REMOTE_ADDR", "")
    return seen


def hidden(key: str, *_: object) -> str:
    """What counts are kept under: a keyed digest, so that nobody reads an address from them."""
    return hmac.new(settings.SECRET_KEY.encode(), key.encode(), "sha256").hexdigest()


def within(what: str, request: HttpRequest, most: int, seconds: int) -> int:
    """Count a request of a visitor: 0 while there were no more than so many in this stretch of seconds, else
    the seconds until the next one begins.

    What is counted is kept in each process of the server under a keyed digest of the address and the stretch,
    and forgotten with it.
    """
    now, near = int(time.time()), caches["near"]
    key = f"{what} {address(request)} {now // seconds}"
    near.add(key, 0, seconds)
    try:
        count: int = near.incr(key)
    except ValueError:
        # The stretch ended between the two.
        return 0
    return 0 if count <= most else seconds - now % seconds


class Forms:
    """So many forms an hour from one address; who is signed in is not counted."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.user.is_authenticated:
            return self._handler(request)
        wait = within("forms", request, settings.LIVE.limits.forms, 3600)
        if not wait:
            return self._handler(request)
        from thuis.live.pages import page, show

        answer = show(request, page(request, "", "live/notice.html", "fault.often"), 429)
        answer["Retry-After"] = str(wait)
        return answer
