"""Promises, refusals and conditions that no single word gives away, read where nothing else was found.

A form holds for the main clause. What stands under a condition is conditional, what is denied refused; what
happens with the text itself, in the debate, or has happened, is nothing.
"""

from __future__ import annotations

import re

from thuis.dossier.commitments import form_cues as cues
from thuis.dossier.commitments.expressions import has
from thuis.dossier.commitments.model import Judged
from thuis.dossier.commitments.spoken_cues import IN_THE_DEBATE, STAND
from thuis.dossier.commitments.terms import term_in
from thuis.dossier.commitments.words import NOT, ORDERS, here

_DOING = frozenset({"does-it", "will-do", "is-willing"})


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
    condition = cues.FRONTED.match(sentence) or _behind(sentence)
    main = sentence
    if condition:
        main = sentence[: condition.start()] + " " * len(condition[0]) + sentence[condition.end() :]
    found = _form(main)
    if found is None and condition and condition.end() < len(sentence):
        offer = cues.OFFER.match(sentence, condition.end())
        if offer and not (STAND.search(main) or IN_THE_DEBATE.search(main) or NOT.search(main)):
            found = Judged("new", *offer.span(), "on-a-condition")
    if found is None or here(sentence) or ORDERS.search(sentence):
        return None
    if found.kind == "new" and condition:
        return Judged("conditional", found.start, found.end, "on-a-condition")
    return found


def _behind(sentence: str) -> re.Match[str] | None:
    """A condition behind the main clause; its words looked for first."""
    words = ("indien", "mits", "tenzij", "voorwaarde", "alleen", "als ", "zover")
    return cues.BEHIND.search(sentence) if has(sentence.lower(), words) else None


def on_a_condition(sentence: str, found: Judged) -> Judged:
    """A promise that stands under a condition before or behind it, as conditional; else as it was.

    >>> on_a_condition("In dat geval zal ik u informeren.", Judged("new", 13, 16, "will-tell")).kind
    'conditional'
    """
    before, behind = cues.STRICT.match(sentence), _behind(sentence)
    under = (before and found.start >= before.end() - 1) or (behind and found.start < behind.start())
    return Judged("conditional", found.start, found.end, "on-a-condition") if under else found


def _form(main: str) -> Judged | None:
    low = main.lower()
    if has(low, ("niet", "geen", "niets", "afzien")):
        if asked := cues.NOT_AS_ASKED.search(main):
            return Judged("refused", *asked.span(), "refuses")
        found = cues.REFUSES.search(main)
        said = found and not (cues.SAID_ELSE.search(main) or IN_THE_DEBATE.search(main))
        return Judged("refused", *found.span(), "refuses") if found and said else None
    for each in cues.FORMS:
        found = each.form.search(main) if has(low, each.words) else None
        if found is None or (each.kind == "new" and _is_none(main, each.rule, found.start())):
            continue
        if not each.by_a_term or term_in(main, None) or cues.SOON.search(main):
            return Judged(each.kind, *found.span(), each.rule)
    return None


def _is_none(main: str, rule: str, start: int) -> bool:
    """A form that says what happened, what others do, what comes in the debate, or a stand on a motion."""
    stand = STAND.search(main) if rule in _DOING else "oordeel aan" in main.lower()
    past = rule != "binds-itself" and cues.PAST.search(main)
    return bool(stand or past or IN_THE_DEBATE.search(main) or cues.OTHERS.search(main[: start + 8]))
