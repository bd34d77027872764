"""A hyphen at the end of a line: of the word, or of the line."""

from __future__ import annotations

import re
from collections.abc import Set

# First parts that are written with a hyphen of their own, or that stand beside the second as its equal.
_OWN = re.compile(
    r"(?:niet|non|oud|ex|pro|semi|quasi|pseudo|vice|adjunct|aspirant|kandidaat|chef|noord|zuid|oost|west|midden"
    r"|sociaal|cultureel|politiek|economisch|juridisch|financieel|bestuurlijk|maatschappelijk|christen|links"
    r"|rechts|groot|klein|inter|zwart|wit|joods|islamitisch|turks|marokkaans|nederlands|self|well|co|cross|long"
    r"|short|high|low|third|second|first|post"
    r"|\w+(?:isch|eel|ief|aal))"
)
_CLASH = re.compile(r"a[aeiu]|e[eiu]|i[eij]|o[eiou]|u[iu]|ij[ij]")


def keeps_hyphen(before: str, after: str, words: Set[str] = frozenset()) -> bool:
    """Whether the hyphen between two parts of a word, at the end of a line, belongs to the word.

    The text itself tells first (``words``, in lower case); then the parts: capitals, digits and clashing
    vowels have a hyphen in Dutch, and so have first parts as "niet" and "sociaal".

    >>> [keeps_hyphen(*each.split()) for each in ("allochto nen", "migratie achtergrond", "arbeids markt")]
    [False, False, False]
    >>> [keeps_hyphen(*each.split()) for each in ("niet westerse", "sociaal culturele", "EU landen")]
    [True, True, True]
    >>> keeps_hyphen("motie", "Van"), keeps_hyphen("beleids", "plan", {"beleids-plan"})
    (True, True)
    """
    hard, whole = f"{before}-{after}".lower(), f"{before.rpartition('-')[2]}{after}".lower()
    if hard in words or whole in words:
        return hard in words and whole not in words
    last = before.rpartition("-")[2]
    if not after[:1].islower() or not last.isalpha() or (last.isupper() and len(last) > 1):
        return True
    return bool(_OWN.fullmatch(last.lower()) or _CLASH.fullmatch(f"{last[-1:]}{after[:1]}".lower()))
