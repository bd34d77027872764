"""Where a number of a finding comes from: formula, what went in, how many people, weight and model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial

from thuis.findings.words import say, spoken
from thuis.language import LANGUAGES, catalogue
from thuis.yaml import shipped

_FORMULAS = cache(partial(shipped, "thuis.findings", "formulas.yaml"))


def formula(key: str) -> dict[str, str]:
    """A formula with its source, for a page.

    >>> formula("diversity")["nl"].partition(" — ")[0]
    'D = 1 - sum(p_i^2)'
    """
    own = _FORMULAS()[key]
    said = {each: catalogue("formulas", each).get(key, own["expression"]) for each in LANGUAGES}
    return {each: f"{text} — {own['source']}" for each, text in said.items()}


def modelled(outcome: Mapping[str, str], terms: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """A model as a reader sees it: what is modelled, and all that it is modelled by.

    >>> modelled({"nl": "Stemt", "en": "Votes"}, [{"nl": "leeftijd", "en": "age"}])["en"]
    'Votes ~ age'
    """
    return {
        each: f"{spoken(outcome, each)} ~ {' + '.join(spoken(term, each) for term in terms)}"
        for each in LANGUAGES
    }


def weight_said(column: str | None) -> dict[str, str] | None:
    """That the survey's weight was used; which column of the file that is stays inside."""
    return say("survey-weight") if column else None
