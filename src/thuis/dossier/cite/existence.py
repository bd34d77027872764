"""Does this official publication exist? An offline list of ids, kept as number ranges.

``data/ids.txt.xz`` has one line per series: its prefix, a tab, and the numbers that exist as ranges in base
36 (the distance from the previous range, a dash, the length). Ids that do not end in a number stand after a
``!``. ``scripts/pack-ids`` writes it. The list ends within 2025; a paper after that is unknown, not absent.
"""

from __future__ import annotations

import lzma
import re
from functools import cache, lru_cache
from importlib import resources


@cache
def _series() -> dict[str, str]:
    packed = resources.files("thuis.dossier.cite").joinpath("data/ids.txt.xz").read_bytes()
    lines = lzma.decompress(packed).decode("ascii").splitlines()
    return dict(line.split("\t", 1) for line in lines)


YEARS_AHEAD = 6
"""How long after the list a dossier's number is believed; about 350 dossiers begin in a year."""


@cache
def _words() -> frozenset[str]:
    return frozenset(_series()["!"].split())


@cache
def _dated() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for each in _words():
        start, _, rest = each.removeprefix("kst-").partition("-")
        if each.startswith("kst-") and len(start) == 8 and start.isdigit():
            found.setdefault(rest, []).append(each)
    return {rest: tuple(sorted(ids)) for rest, ids in found.items()}


def dated(dossier: str, number: str) -> tuple[str, ...]:
    """The ids with a session year that a paper of the Eerste Kamer may have: until about 2010 they carry one.

    >>> dated("22112", "CK")
    ('kst-20082009-22112-CK',)
    """
    return _dated().get(f"{dossier}-{number}", ())


@cache
def ranges(prefix: str) -> tuple[tuple[int, int], ...]:
    """The numbers that exist in a series, as (first, last) pairs; empty for an unknown series.

    >>> ranges("kst-30950")[0][0]
    2
    """
    found: list[tuple[int, int]] = []
    at = 0
    for item in _series().get(prefix, "").split():
        step, _, length = item.partition("-")
        first = at + int(step, 36)
        at = first + (int(length, 36) if length else 0)
        found.append((first, at))
    return tuple(found)


def split(each: str) -> tuple[str, int | None]:
    """An id as its series and its number, or whole and None where it does not end in one."""
    if each.startswith("kv-tk-") and each[6:10].isdigit() and each[10:11] == "Z" and each[11:].isdigit():
        return each[:11], int(each[11:]) if len(each) == 16 else None
    prefix, dash, last = each.rpartition("-")
    if not dash or not (last.isascii() and last.isdigit()) or (last[0] == "0" and last != "0"):
        return each, None
    return prefix, int(last)


@lru_cache(maxsize=1 << 16)
def exists(each: str) -> bool:
    """Whether an id is in the list.

    :param each: the canonical id of an official publication.

    >>> exists("kst-32824-378"), exists("ah-tk-20212022-2475"), exists("kst-32824-9999")
    (True, True, False)
    """
    prefix, number = split(each)
    if number is None:
        return each in _words()
    return any(first <= number <= last for first, last in ranges(prefix))


def known_series(prefix: str) -> bool:
    """Whether the list holds anything in a series, such as a dossier.

    >>> known_series("kst-32824"), known_series("kst-99999")
    (True, False)
    """
    return prefix in _series()


@cache
def _newest() -> int:
    return max(int(each[4:]) for each in _series() if re.fullmatch(r"kst-\d{5}", each))


def newer(dossier: str) -> bool:
    """Whether a dossier can have begun after the list was made: its number follows the highest of the list.

    >>> newer("32824"), newer("36836"), newer("99999")
    (False, True, False)
    """
    digits = dossier.partition("-")[0]
    return digits.isdigit() and 0 < int(digits) - _newest() <= YEARS_AHEAD * 350


_WHOLE_FROM = 24000
"""From here on the list holds the dossiers of Parliament; of older ones, of before 1995, it has only some."""


def older(dossier: str) -> bool:
    """Whether a dossier may be one of before the list of publications: a bill of the seventies or eighties.

    >>> older("19256"), older("32824"), older("999")
    (True, False, False)
    """
    return len(dossier) == 5 and dossier.isdigit() and 10000 <= int(dossier) < _WHOLE_FROM


def last_number(prefix: str) -> int:
    """The highest number in a series, 0 when there is none."""
    found = ranges(prefix)
    return found[-1][1] if found else 0
