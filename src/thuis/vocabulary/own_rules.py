"""Signs of a role that a project writes down itself (``rules.csv``), asked before the general rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from thuis.vocabulary.match import word_around
from thuis.vocabulary.model import Rule


def role_by_rules(
    rules: Iterable[Rule], sentence: str, within: tuple[int, int], term: str, genre: str
) -> tuple[str, str] | None:
    """The role of the first rule that holds for a hit in its sentence, and its ground; None without one.

    ``within`` is where the hit stands in the sentence.

    >>> rule = Rule(("blank",), "other-sense", "after", ("hout", "lak"))
    >>> role_by_rules([rule], "De tafel van blank hout.", (13, 18), "blank", "text")
    ('other-sense', 'after: hout')
    """
    for rule in rules:
        if (rule.terms and term not in rule.terms) or (rule.genres and genre not in rule.genres):
            continue
        found = _sign(rule, sentence, *within)
        if found:
            return rule.role, f"{rule.where}: {rule.note or found}"
    return None


def _sign(rule: Rule, sentence: str, start: int, end: int) -> str | None:
    before, after = sentence[:start], sentence[end:]
    if rule.where == "unless":
        absent = not any(_whole(word).search(f"{before}\n{after}") for word in rule.words)
        return ", ".join(rule.words) if absent else None
    for word in rule.words:
        if rule.where == "word":
            rest = word_around(sentence, start, end).lower()
            here = word.lower() in rest and rest != sentence[start:end].lower()
        elif rule.where == "before":
            here = bool(re.search(_whole(word).pattern + r"[\s\-]*$", before, re.IGNORECASE))
        elif rule.where == "after":
            here = bool(re.match(r"[\s\-]*" + _whole(word).pattern, after, re.IGNORECASE))
        else:
            here = bool(_whole(word).search(f"{before}\n{after}"))
        if here:
            return word
    return None


@lru_cache(maxsize=4096)
def _whole(word: str) -> re.Pattern[str]:
    """A word or phrase; one that ends in an asterisk stands for every word that begins with it."""
    stem = r"\s+".join(map(re.escape, word.rstrip("*").split()))
    close = "" if word.endswith("*") else r"(?!\w)"
    return re.compile(rf"(?<!\w){stem}{close}", re.IGNORECASE)
