"""Promises, refusals and conditions that no single word gives away, read where nothing else was found.

A form holds for the main clause. What stands under a condition is conditional, what is denied refused; what
happens with the text itself, in the debate, or has happened, is nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from thuis.dossier.commitments.expressions import COMMON, SPOKEN, has, here
from thuis.dossier.commitments.model import Judged, Kind
from thuis.dossier.commitments.terms import term_in
from thuis.dossier.commitments.verbs import INFINITIVES, PARTED, PARTICIPLES, Present, alone
from thuis.language.phrases import Phrases

_WE = COMMON.parts["WE"]
_FORMS = Phrases(
    __package__,
    "phrases/forms.yaml",
    COMMON,
    {"PARTICIPLES": PARTICIPLES, "INFINITIVES": INFINITIVES, "PARTED": PARTED, "ALONE": alone(_WE)},
)

_DOING = frozenset({"does-it", "will-do", "is-willing"})


class _Form(NamedTuple):
    kind: Kind
    rule: str
    words: tuple[str, ...]
    form: re.Pattern[str] | Present
    by_a_term: bool


@cache
def _forms() -> tuple[_Form, ...]:
    return tuple(
        _Form(
            row["kind"],
            row["rule"],
            tuple(row["words"]),
            _FORMS.any_of(row["any"]) if "any" in row else Present(_WE),
            bool(row.get("by-a-term")),
        )
        for row in _FORMS.document["forms"]
    )


def further(sentence: str) -> Judged | None:
    """What the main clause of a sentence of the government does, when nothing else in it says so.

    >>> further("De toelichting zal op dit punt worden aangepast.").kind
    'new'
    >>> further("Als de rechter anders beslist, zal het kabinet de regeling aanpassen.").kind
    'conditional'
    >>> further("Nee, een brief daarover komt er niet.").kind
    'refused'
    >>> further("De toelichting is op dit punt aangepast.") is None
    True
    """
    if sentence.rstrip().endswith("?"):
        return None
    condition = _FORMS["fronted"].match(sentence) or _behind(sentence)
    main = sentence
    if condition:
        main = sentence[: condition.start()] + " " * len(condition[0]) + sentence[condition.end() :]
    found = _form(main)
    if found is None and condition and condition.end() < len(sentence):
        offer = _FORMS["offer"].match(sentence, condition.end())
        if offer and not (
            SPOKEN["stand"].search(main) or SPOKEN["in-the-debate"].search(main) or COMMON["not"].search(main)
        ):
            found = Judged("new", *offer.span(), "on-a-condition")
    if found is None or here(sentence) or COMMON["orders"].search(sentence):
        return None
    if found.kind == "new" and condition:
        return Judged("conditional", found.start, found.end, "on-a-condition")
    return found


def _behind(sentence: str) -> re.Match[str] | None:
    """A condition behind the main clause; its words looked for first."""
    words = ("indien", "mits", "tenzij", "voorwaarde", "alleen", "als ", "zover")
    return _FORMS["behind"].search(sentence) if has(sentence.lower(), words) else None


def on_a_condition(sentence: str, found: Judged) -> Judged:
    """A promise that stands under a condition before or behind it, as conditional; else as it was.

    >>> on_a_condition("In dat geval zal ik u informeren.", Judged("new", 13, 16, "will-tell")).kind
    'conditional'
    """
    before, behind = _FORMS["strict"].match(sentence), _behind(sentence)
    under = (before and found.start >= before.end() - 1) or (behind and found.start < behind.start())
    return Judged("conditional", found.start, found.end, "on-a-condition") if under else found


def _form(main: str) -> Judged | None:
    low = main.lower()
    if has(low, ("niet", "geen", "niets", "afzien")):
        if asked := _FORMS["not-as-asked"].search(main):
            return Judged("refused", *asked.span(), "refuses")
        found = _FORMS["refuses"].search(main)
        said = found and not (_FORMS["said-else"].search(main) or SPOKEN["in-the-debate"].search(main))
        return Judged("refused", *found.span(), "refuses") if found and said else None
    for each in _forms():
        found = each.form.search(main) if has(low, each.words) else None
        if found is None or (each.kind == "new" and _is_none(main, each.rule, found.start())):
            continue
        if not each.by_a_term or term_in(main, None) or _FORMS["soon"].search(main):
            return Judged(each.kind, *found.span(), each.rule)
    return None


def _is_none(main: str, rule: str, start: int) -> bool:
    """A form that says what happened, what others do, what comes in the debate, or a stand on a motion."""
    stand = SPOKEN["stand"].search(main) if rule in _DOING else "oordeel aan" in main.lower()
    past = rule != "binds-itself" and _FORMS["past"].search(main)
    return bool(
        stand or past or SPOKEN["in-the-debate"].search(main) or _FORMS["others"].search(main[: start + 8])
    )
