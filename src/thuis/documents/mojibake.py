"""Text that was encoded twice (``geÃ¯ntegreerd``, ``â€“``), put right."""

from __future__ import annotations

import re
import unicodedata

from thuis.documents.clean import LOOSE
from thuis.documents.mapped import Mapped

_TRAILS = "\u0080-\u00bf\u0152-\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122"
_DOUBLED = re.compile(f"[\u00c2-\u00f4][{_TRAILS}]{{1,3}}")
_EXPECTED = re.compile("[\u00a0-\u024f\u2010-\u2122]")  # what Dutch texts hold beyond ASCII


def mended(text: Mapped) -> tuple[Mapped, int]:
    """The text with UTF-8 that was read as Windows-1252 put right, and how many characters that were.

    A letter and its loose accent become one character.

    >>> fixed, count = mended(Mapped.of("coÃ¶rdinatie â€“ geÃ«rfd"))
    >>> fixed.text, count
    ('coördinatie – geërfd', 3)
    """
    count = 0
    if not unicodedata.is_normalized("NFC", text.text):
        text = text.sub(LOOSE, lambda found: unicodedata.normalize("NFC", found[0]))

    def mend(found: re.Match[str]) -> str:
        nonlocal count
        put = _meant(found[0])
        count += put != found[0]
        return put

    return text.sub(_DOUBLED, mend), count


def _meant(doubled: str) -> str:
    raw = b"".join(
        each.encode("cp1252") if each.encode("cp1252", "ignore") else each.encode("latin-1", "ignore")
        for each in doubled
    )
    for end in range(len(raw), 1, -1):
        try:
            meant = raw[:end].decode("utf-8")
        except UnicodeDecodeError:
            continue
        if meant.startswith("\ufeff"):
            return doubled[end:]  # the mark at the beginning of a file, encoded twice
        if _EXPECTED.match(meant):
            return meant + doubled[end:]
    return doubled
