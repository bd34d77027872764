"""Whether a value is what it says it is: a link, an address for mail, a number to call, a postcode, a time.

HSDS's schemas do not look: ``email: "no"`` is valid there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

_EMAIL = re.compile(
    r"[^@\s\"'<>(),;:]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+", re.I
)
_POSTCODE = re.compile(r"[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}", re.I)
_TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d{2}:?\d{2})?|24:00(?::00)?")
_DAYS = re.compile(
    r"(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)(?:\s*,\s*(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU))*"
)
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


def link(text: str) -> str | None:
    """What is wrong with a link; None when it may be shown.

    >>> link("https://delinde.example/over"), link("javascript:alert(1)")
    (None, "a link may not be 'javascript:'")
    >>> link("www.delinde.example")
    'a link starts with https:// or http://'
    """
    stripped = re.sub(r"[\x00-\x20\u200b-\u200f\ufeff]", "", text)
    try:
        parts = urlsplit(stripped)
        host = parts.hostname
    except ValueError:
        return "this is no link"
    if parts.scheme and parts.scheme not in ("http", "https") and not re.match(r"[\w.-]+:\d", stripped):
        return f"a link may not be '{parts.scheme}:'"
    if parts.scheme not in ("http", "https"):
        return "a link starts with https:// or http://"
    if stripped != text.strip() or not host or ("." not in host and host != "localhost"):
        return "this is no link"
    if parts.username or parts.password:
        return "a link may not hold a name or password"
    return None


_RUNS = re.compile(r"(?:javascript|vbscript|livescript|data|file|blob|view-source|about):", re.I)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")


def runs(text: str) -> bool:
    """Whether a browser that follows this would run it or open what is not on the web, however it is spaced.

    >>> runs("java\\nscript:alert(1)"), runs("https://delinde.example"), runs("data: see the report")
    (True, False, False)
    """
    bare = _UNSEEN.sub("", text)
    found = _RUNS.match(bare)
    return found is not None and (
        found[0].lower() not in ("data:", "file:", "about:") or " " not in text.strip()
    )


def running(value: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Where in a document of HSDS such a text stands, and the text.

    >>> list(running({"organization": {"logo": "javascript:x", "name": "A"}}))
    [('organization.logo', 'javascript:x')]
    """
    if isinstance(value, str) and runs(value):
        yield ".".join(at), value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from running(each, (*at, str(key)))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from running(each, at)


def without_running(value: Any) -> Any:
    """A document of HSDS without such texts.

    >>> without_running({"url": "vbscript:x", "name": "A"})
    {'name': 'A'}
    """
    if isinstance(value, Mapping):
        return {
            key: without_running(each)
            for key, each in value.items()
            if not (isinstance(each, str) and runs(each))
        }
    if isinstance(value, list | tuple):
        return [without_running(each) for each in value if not (isinstance(each, str) and runs(each))]
    return value


def day(text: str) -> date | None:
    """The day of a text in the words of ISO 8601 or iCalendar; None when it is none.

    >>> day("2026-05-31"), day("20260531T190000Z"), day("2026-02-30")
    (datetime.date(2026, 5, 31), datetime.date(2026, 5, 31), None)
    """
    found = re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$", text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def email(text: str) -> str | None:
    """What is wrong with an address for mail.

    >>> email("info@delinde.example"), email("no")
    (None, 'this is no address for mail')
    """
    return None if _EMAIL.fullmatch(text.strip()) and len(text) < 255 else "this is no address for mail"


def phone(text: str) -> str | None:
    """What is wrong with a telephone number: it has 3 to 15 digits, and no letters.

    >>> phone("030 - 123 45 67"), phone("14 030"), phone("bel ons")
    (None, None, 'this is no telephone number')
    """
    digits = re.sub(r"\D", "", text)
    plain = re.fullmatch(r"\"?[+(\d][\d\s().+/–-]*\"?", text.strip())
    if plain and len(digits) == 9 and digits[0] != "0" and "+" not in text:
        return "this telephone number lacks its first 0, as spreadsheets do"
    return None if plain and 3 <= len(digits) <= 15 else "this is no telephone number"


def postcode(text: str) -> str | None:
    """What is wrong with a Dutch postcode.

    >>> postcode("3512 AB"), postcode("0512 AB")
    (None, 'this is no Dutch postcode')
    """
    return None if _POSTCODE.fullmatch(text.strip()) else "this is no Dutch postcode"


def clock(text: str) -> str | None:
    """What is wrong with a time of day.

    >>> clock("10:00"), clock("25:00")
    (None, 'this is no time of day')
    """
    return None if _TIME.fullmatch(text.strip()) else "this is no time of day"


def minutes(text: str) -> int | None:
    """Minutes after midnight of a time of day.

    >>> minutes("9:30"), minutes("09:30:00Z"), minutes("soon")
    (570, 570, None)
    """
    found = re.match(r"\s*(\d{1,2}):(\d\d)", text)
    return 60 * int(found.group(1)) + int(found.group(2)) if found else None


def weekdays(text: str) -> str | None:
    """What is wrong with days of the week in iCalendar's letters.

    >>> weekdays("MO,1TH"), weekdays("maandag")
    (None, 'days are written as MO,TU,WE,TH,FR,SA,SU')
    """
    return None if _DAYS.fullmatch(text.strip().upper()) else "days are written as MO,TU,WE,TH,FR,SA,SU"


def language(text: str) -> str | None:
    """What is wrong with a code of a language (ISO 639).

    >>> language("nl"), language("Nederlands")
    (None, 'a language is written as two or three letters')
    """
    right = re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text.strip())
    return None if right else "a language is written as two or three letters"
