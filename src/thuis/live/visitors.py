"""Who asks, as far as it must be known to ask no more than is fair: never written anywhere."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
HOUR = 3600


def address(request: HttpRequest) -> str:
    """A visitor's address: behind ``proxies`` of our own, the one that the first of them saw."""
    given = request.META.get("HTTP_X_FORWARDED_FOR", "")
    chain = [each.strip() for each in given.split(",") if each.strip()]
    count: int = settings.LIVE.proxies
    seen: str = chain[-count] if count and len(chain) >= count else request.META.get("REMOTE_ADDR", "")
    return seen


class Forms:
    """So many forms an hour from one address, in each process of the server; who is signed in is not counted.

    What is counted is kept under a keyed digest of the address and the hour, and forgotten with it.
    """

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.user.is_authenticated or self._within(request):
            return self._handler(request)
        from thuis.live.pages import page, show

        answer = show(request, page(request, "", "live/notice.html", "fault.often"), 429)
        answer["Retry-After"] = str(HOUR - int(time.time()) % HOUR)
        return answer

    def _within(self, request: HttpRequest) -> bool:
        told = f"{address(request)} {int(time.time()) // HOUR}".encode()
        key = "forms-" + hmac.new(settings.SECRET_KEY.encode(), told, "sha256").hexdigest()
        cache.add(key, 0, HOUR)
        try:
            count: int = cache.incr(key)
        except ValueError:
            return True
        return count <= settings.LIVE.limits.forms
