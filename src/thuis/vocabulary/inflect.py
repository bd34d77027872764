"""Regular inflection, for terms whose plural or inflected form nobody filled in.

Written for a list that a person reviews, so a form too many is better than one too few: a spelling that
does not exist is never found. Dutch spelling rules for -en and -e (open and closed syllables, f/v and s/z),
-s, -'s and -heid; English -s, -es and -ies.
"""

from __future__ import annotations

import re

_LONG = re.compile(r"(?:^|[^aeiou])([aeou])\1([bcdfgklmnprstvz])$")
_SHORT = re.compile(r"(?:^|[^aeiouy])[aeiou][bdfgklmnprst]$")
_DIPHTHONG = re.compile(r"(?:ie|oe|eu|ui|ij|ei|ou|au|aa|ee|oo|uu|[lmnr])([fs])$")
_UNSTRESSED = re.compile(r"(?:[^aeiou]e[lmnr]|aar|erd|ier|eur)$")
_S = re.compile(r"(?:[^aeiou]e[lmnr]|aar|ie|[^aeiou]e)$")


def plural(term: str, language: str) -> tuple[str, ...]:
    """The regular plural of the last word of a term.

    >>> [plural(each, "nl")[0] for each in ("vreemdeling", "asielzoeker", "minderheid", "generatie", "groep")]
    ['vreemdelingen', 'asielzoekers', 'minderheden', 'generaties', 'groepen']
    >>> plural("labour migrant", "en"), plural("ethnic minority", "en")
    (('labour migrants',), ('ethnic minorities',))
    """
    first, space, word = term.rpartition(" ")
    forms = _english(word) if language == "en" else _dutch(word)
    return tuple(f"{first}{space}{each}" for each in forms)


def _english(word: str) -> tuple[str, ...]:
    if re.search(r"[^aeiou]y$", word):
        return (word[:-1] + "ies",)
    return (word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s"),)


def _dutch(word: str) -> tuple[str, ...]:
    if word.endswith("heid"):
        return (word[:-4] + "heden",)
    if word[-1:] in "aiouy":
        return (word + "'s",)
    if _S.search(word):
        return (word + "s", *((word + "n",) if word.endswith("e") and not word.endswith("ie") else ()))
    return tuple(each + "n" for each in with_e(word))


def with_e(word: str) -> tuple[str, ...]:
    """A Dutch word with -e: the inflected adjective, and the plural but for its n.

    >>> [with_e(each)[0] for each in ("allochtoon", "wit", "laagopgeleid", "niet-westers", "doof")]
    ['allochtone', 'witte', 'laagopgeleide', 'niet-westerse', 'dove']
    """
    if found := _LONG.search(word):
        stem = word[:-2] + {"f": "v", "s": "z"}.get(found[2], found[2])
        return (stem + "e",)
    if found := _DIPHTHONG.search(word):
        voiced = word[:-1] + {"f": "v", "s": "z"}[found[1]] + "e"
        return (word + "e", voiced) if word.endswith("s") else (voiced, word + "e")
    if _SHORT.search(word) and not _UNSTRESSED.search(word):
        return (word + word[-1] + "e",) if _syllables(word) == 1 else (word + word[-1] + "e", word + "e")
    return (word + "e",)


def _syllables(word: str) -> int:
    return len(re.findall(r"[aeiouy]+", word.rpartition("-")[2]))
