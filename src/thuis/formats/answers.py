"""Labels that say that somebody did not answer, in the languages surveys come in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

_TWO_SIDED = 10
"""No scale from below 0 to above has more answers on a side."""
_ABBREVIATED = frozenset({"NS", "NC", "NR", "RF", "KA", "WN", "GA", "DK", "NSNC", "NSNR", "BO", "EOS"})
"""Only in capitals; they may be codes of something else among others like them: NS is Nova Scotia too."""
_CODE = re.compile(
    r"(?:66|77|88|96|97|98|99|9*9[6-9]|8*88|7*77)(?:\.0)?|-(?:1?[0-9]|[6-9]\d|9{2,}[0-9]?|8{3,}|7{3,})"
)
"""Numbers that surveys use for don't know, refused and not asked."""
_LETTERED = re.compile(r"\.[A-Za-z]")
"""Missing values of Stata and SAS, as a CSV has them."""
_NUMBERED = re.compile(r"^[\s(\[-]*-?\d{0,4}[\s.:)\]=-]*")


@cache
def _said() -> re.Pattern[str]:
    """Compiled when the first label is read: many files have none."""
    text = (files("thuis.formats") / "no-answer.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)


def no_answer(label: str) -> bool:
    """Whether a label says that there is no answer.

    >>> [no_answer(each) for each in ("Don't know", "88. Refusal", "weet niet", "N/A", "?", "Never")]
    [True, True, True, True, True, False]
    """
    if label.strip() and (not any(map(str.isalnum, label)) or _LETTERED.fullmatch(label.strip())):
        return True
    text = " ".join(_NUMBERED.sub("", label.strip()).strip(" \t.!?()[]'\"").split())
    return text.replace(".", "") in _ABBREVIATED or bool(_said().fullmatch(text.replace("\u2019", "'")))


def among(codes: Iterable[str]) -> bool:
    """Whether codes are abbreviations themselves, so that two letters may be one of them.

    >>> among(["AB", "BC", "MB", "NS"]), among(["yes", "no", "NS"])
    (True, False)
    """
    short = [each.strip() for each in codes]
    return sum(len(each) in (2, 3) and each.isupper() for each in short) > max(2, len(short) / 2)


def unanswered(labels: Mapping[str, str]) -> tuple[str, ...]:
    """The codes whose label says that there is no answer."""
    return tuple(code for code, label in labels.items() if no_answer(label))


def far(values: Iterable[float]) -> list[float]:
    """Numbers that look like codes for no answer: -9, 99, 998, far from all others; no end of a scale.

    >>> far([0, 3, 5, 7, 10, 88, 99]), far(range(18, 100)), far([-9, -2, -1, 0, 1, 2]), far([-8, -1, 1, 4])
    ([88, 99], [], [-9], [-8, -1])
    """
    there = sorted(set(values))
    codes = [each for each in there if _CODE.fullmatch(f"{each:.10g}")]
    rest = [each for each in there if each not in codes]
    if len(rest) < 2:
        return []
    low, high = rest[0], rest[-1]
    if low == 0 and high == int(high) < _TWO_SIDED and set(range(-int(high), 0)) <= set(codes):
        low = -high
    apart = max(2.0, 0.5 * (high - low))
    return [each for each in codes if each > high + apart or each < min(low, 0) or (each < 0 <= low)]
