"""What stands around every answer: the language of its address, headers, a log without what people ask."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from thuis.live.served import languages

Handler = Callable[[HttpRequest], HttpResponse]


class Language:
    """Speak the language that the address begins with."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first, known = request.path_info.lstrip("/").partition("/")[0], languages()
        language = first if first in known else known[0]
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return self._handler(request)


class Headers(MiddlewareMixin):
    """What is made for one visitor is kept by no cache."""

    def process_response(self, _request: HttpRequest, answer: HttpResponse) -> HttpResponse:
        """Its headers, where the page has none of its own."""
        answer.setdefault("Cache-Control", "no-store")
        answer.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return answer


class Methods(MiddlewareMixin):
    """Nothing but reading and sending a form; what machines ask says so in its own way."""

    ALLOWED = ("GET", "HEAD", "POST")

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Refuse any other."""
        if request.method in self.ALLOWED or request.path_info.startswith("/hsds/"):
            return None
        return HttpResponseNotAllowed(self.ALLOWED)


class Text(MiddlewareMixin):
    """Take out of what somebody typed the signs that are no text: PostgreSQL keeps no NUL, and no feed the
    others, which come along when one copies from a word processor."""

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """After the check of the form's origin, which reads it first."""
        if not request.path_info.startswith("/hsds/"):
            request.GET = _text(request.GET)
        if request.method == "POST":
            request.POST = _text(request.POST)


_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")


def _text(given: QueryDict) -> Any:
    if not any(_NO_TEXT.search(each) for _, texts in given.lists() for each in texts):
        return given
    clean = given.copy()
    for key, texts in given.lists():
        # A word processor's new line and new page.
        spaced = (each.replace("\v", " ").replace("\f", " ") for each in texts)
        clean.setlist(key, [_NO_TEXT.sub("", each) for each in spaced])
    return clean


_QUERY = re.compile(r"\?\S*")
_SIGNED = re.compile(r"(/live/mine/)[^/\s]+")


_ADDRESS = re.compile(r"[^\s()<>'\"=]+@[^\s()<>'\"]+")
_FORMAT = logging.Formatter()


class WithoutQuery(logging.Filter):
    """Take out of the log what somebody searched for, addresses, and the signed links by which people return.

    A request that cannot be read is a line, and no trace: anybody can send as many as they like.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        told = clean(record.getMessage())
        record.msg = "".join(each if each.isprintable() else repr(each)[1:-1] for each in told)
        record.args = ()
        if record.exc_info:
            ours = record.levelno >= logging.ERROR and not record.name.startswith("django.security")
            record.exc_text = clean(_FORMAT.formatException(record.exc_info)) if ours else None
            record.exc_info = record.exc_info if ours else None
        return True


def clean(text: str) -> str:
    """A text of the log without queries, signed parts and addresses.

    >>> clean("GET /nl/live/mine/aB3:x_9/?q=moskee Utrecht 404"), clean("(email)=(jo@linde.example)")
    ('GET /nl/live/mine/-/ Utrecht 404', '(email)=(-)')
    """
    return _ADDRESS.sub("-", _QUERY.sub("", _SIGNED.sub(r"\1-", text)))
