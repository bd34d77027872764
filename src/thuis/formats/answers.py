"""Labels that say that somebody did not answer, in the languages surveys come in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

_ABBREVIATED = frozenset({"NS", "NC", "NR", "RF", "KA", "WN", "GA", "DK", "NSNC", "NSNR", "BO", "EOS"})
"""Only in capitals; they may be codes of something else among others like them: NS is Nova Scotia too."""
_NUMBERED = re.compile(r"^[\s(\[-]*-?\d{0,4}[\s.:)\]=-]*")


@cache
def _said() -> re.Pattern[str]:
    """Compiled when the first label is read: many files have none."""
    text = (files("thuis.formats") / "no-answer.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)


def no_answer(label: str) -> bool:
    """Whether a label says that there is no answer.

    >>> [no_answer(each) for each in ("Don't know", "88. Refusal", "weet niet", "Not applicable", "Never")]
    [True, True, True, True, False]
    """
    text = " ".join(_NUMBERED.sub("", label.strip()).strip(" \t.!?()[]'\"").split())
    return text in _ABBREVIATED or bool(_said().fullmatch(text.replace("\u2019", "'")))


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
