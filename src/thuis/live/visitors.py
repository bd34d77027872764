"""Who asks, as far as it must be known to ask no more than is fair: never written anywhere."""

from __future__ import annotations

import hmac
import mmap
import os
import struct
import tempfile
import threading
import time
from fcntl import LOCK_EX, LOCK_UN, lockf
from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin


def address(request: HttpRequest) -> str:
    """A visitor's address: behind ``proxies`` of our own, the one that the first of them saw.

    Of IPv6 it is the network of 64 bits: whoever has one address of that has all of them.
    """
    given = request.META.get("HTTP_X_FORWARDED_FOR", "")
    chain = [each.strip() for each in given.split(",") if each.strip()]
    count: int = settings.LIVE.proxies
    return whose(chain[-count] if count and len(chain) >= count else request.META.get("REMOTE_ADDR", ""))


def whose(seen: str) -> str:
    """Whom an address is of, as a proxy writes it; those that are none are one visitor together.

    >>> whose("192.0.2.1:4711"), whose("::ffff:192.0.2.1"), whose("[2001:db8:1:2:3::4]:80"), whose("unix:")
    ('192.0.2.1', '192.0.2.1', '2001:db8:1:2::', '0.0.0.0')
    """
    bare = seen.strip('" ').partition("%")[0]
    bare = bare[1:].partition("]")[0] if bare.startswith("[") else bare
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare
    try:
        found = ip_address(bare)
    except ValueError:
        return "0.0.0.0"
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False).network_address)


def hidden(key: str, *_: object) -> str:
    """What counts are kept under: a keyed digest, so that nobody reads an address from them."""
    return hmac.new(settings.SECRET_KEY.encode(), key.encode(), "sha256").hexdigest()


def within(what: str, request: HttpRequest, most: int, seconds: int) -> int:
    """Count a request of a visitor: 0 while there were no more than so many in this stretch of seconds, else
    the seconds until the next one begins.

    All processes of the server count together. What is counted stands in memory under a keyed digest of the
    address, and goes with the server.
    """
    now = int(time.time())
    count = COUNTS.next(f"{what} {address(request)}", now // seconds)
    return 0 if count <= most else seconds - now % seconds


class Counts:
    """Counts in memory that processes share which part after it was made.

    A count has its place by its key. Two keys seldom have the same one of so many; they then count together.
    What a process holds when it is killed is given free by the machine.
    """

    PLACES = 1 << 18
    _ONE = struct.Struct("<QQ")

    def __init__(self) -> None:
        with tempfile.TemporaryFile() as file:
            file.truncate(self.PLACES * self._ONE.size)
            self._file = os.dup(file.fileno())
        self._memory = mmap.mmap(self._file, 0)
        self._here = threading.Lock()

    def next(self, key: str, stretch: int) -> int:
        """The how-manyth this is of a key in a stretch of time."""
        at = int(hidden(key)[:12], 16) % self.PLACES * self._ONE.size
        # The one keeps out threads of this process, the other those of others.
        with self._here:
            lockf(self._file, LOCK_EX)
            try:
                when, count = self._ONE.unpack_from(self._memory, at)
                count = count + 1 if when == stretch else 1
                self._ONE.pack_into(self._memory, at, stretch, count)
            finally:
                lockf(self._file, LOCK_UN)
        return int(count)

    def clear(self) -> None:
        """Begin anew."""
        self._memory[:] = bytes(len(self._memory))


COUNTS = Counts()


class Forms(MiddlewareMixin):
    """So many forms an hour from one address; who is signed in is not counted."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Refuse one more than that."""
        if request.method != "POST" or request.user.is_authenticated:
            return None
        wait = within("forms", request, settings.LIVE.limits.forms, 3600)
        if not wait:
            return None
        from thuis.live.pages import show

        answer = show(request, "", "live/notice.html", "fault.often", status=429)
        answer["Retry-After"] = str(wait)
        return answer
