"""Promises that never say "toezegging": the future and the present tense of a government.

A promise is built of a subject (the government), a verb of telling or doing, whom it is told, and by when.
What merely orders the text, happens with the letter itself, or comes later in the same debate, promises
nothing.
"""

from __future__ import annotations

import re

from thuis.dossier.commitments import papers
from thuis.dossier.commitments.expressions import AIMS, COMMON, GRAMMAR, SPOKEN, TOLD, has, here
from thuis.dossier.commitments.model import Judged, Kind
from thuis.dossier.commitments.terms import term_in
from thuis.dossier.commitments.told import asked_then, said_then


def _said(kind: Kind, rule: str, found: re.Match[str]) -> Judged:
    return Judged(kind, *found.span(), rule)


def said(sentence: str, *, first: bool = True) -> Judged | None:
    """The kind of a sentence that has no word of promising; None when it promises nothing.

    :param first: whether "ik" is the government; for a chair who sums up it is not.

    >>> said("In het eerste kwartaal van 2026 stuur ik uw Kamer de evaluatie.").kind
    'new'
    >>> said("Ik streef ernaar uw Kamer voor de zomer te informeren.").kind
    'intention'
    >>> said("Met deze brief informeer ik uw Kamer over de voortgang.") is None
    True
    """
    if sentence.rstrip().endswith("?"):
        return None
    low = sentence.lower()
    if has(low, TOLD.words["of-saying"]) and (found := said_then(sentence)):
        return _said("repeated", "announced-before", found)
    if first and has(low, TOLD.words["of-asking"]) and (found := asked_then(sentence)):
        return _said("request", "was-asked", found)
    concerned = GRAMMAR["concerned"].search(sentence)
    aimed = has(low, GRAMMAR.words["of-tends"])
    if not (concerned or aimed or papers.concerns_papers(low)):
        return None
    if first and " dat " in sentence and (matrix := GRAMMAR["matrix"].match(sentence)):
        sentence = " " * matrix.end() + sentence[matrix.end() :]
        low = sentence.lower()
    if (
        aimed
        and (found := AIMS["tends" if concerned else "nobody"].search(sentence))
        and (concerned or COMMON["paper"].search(sentence) or COMMON["tell"].search(sentence))
        and (first or not COMMON["we"].search(found[0]))
    ):
        return _tends(sentence, found)
    promise = _promise(sentence, first)
    return _weighed(sentence, promise) if promise else _wants(sentence, first)


def _tends(sentence: str, found: re.Match[str]) -> Judged:
    """An intention; the negation may stand in it ("ben niet van plan") or after ("overweeg ik niet")."""
    if sent := GRAMMAR["sent-then"].search(sentence, found.start()):
        return _said("new", "will-tell", sent)
    denied = COMMON["not"].search(sentence[max(0, found.start() - 12) : found.end() + 12])
    return _said("refused", "refuses", found) if denied else _said("intention", "intends", found)


def _wants(sentence: str, first: bool) -> Judged | None:
    low = sentence.lower()
    if (
        first
        and has(low, ("kan", "kun", "zou"))
        and (found := GRAMMAR["offers"].search(sentence))
        and not COMMON["not"].search(found[0])
    ):
        return _said("intention", "offers", found)
    if first and "geen" in low and (found := GRAMMAR["no-reason"].search(sentence)):
        return _said("refused", "refuses", found)
    if first and "wil" in low and (found := GRAMMAR["wants-to-tell"].search(sentence)):
        return None if COMMON["not"].search(found[0]) or here(sentence) else _said("new", "will-tell", found)
    found = AIMS["wants"].search(sentence) if first and "wil" in low else None
    if found and (sent := GRAMMAR["sent-then"].search(sentence, found.start())):
        return _said("new", "will-tell", sent)
    if (
        found
        and AIMS["goal"].search(sentence, found.start())
        and not (COMMON["not"].search(found[0]) or AIMS["says"].search(sentence) or here(sentence))
    ):
        return _said("intention", "wants", found)
    return None


def _weighed(sentence: str, promise: Judged) -> Judged | None:
    """A promise, or its refusal, or one on a condition."""
    condition = COMMON["if"].search(sentence)
    main = sentence[: condition.start()] if condition and condition.start() > promise.start else sentence
    clause = main[promise.start : promise.end + 90]
    clause = re.split(r"[,;–]\s*(?:dat|die|om|maar|want|waar\w*|omdat|zodat)?\b", clause, maxsplit=1)[0]
    own = GRAMMAR["within"].split(clause, maxsplit=1)[0]
    if COMMON["not"].search(own):
        refusing = promise.rule != "will-do" or SPOKEN["refused"].search(own)
        return Judged("refused", promise.start, promise.end, "refuses") if refusing else None
    if condition and not (GRAMMAR["at-the-time"].match(sentence, condition.start()) and term_in(main, None)):
        return Judged("conditional", promise.start, promise.end, "on-a-condition")
    return promise


def _promise(sentence: str, first: bool) -> Judged | None:
    """The first form of a promise that fits."""
    if first and (found := GRAMMAR["assent"].search(sentence)):
        return _said("new", "assents", found)
    if first and (found := GRAMMAR["do-soon"].search(sentence)):
        return _said("new", "does-it-soon", found)
    low = sentence.lower()
    if (
        first
        and "bereid" in low
        and (found := GRAMMAR["willing"].search(sentence))
        and not GRAMMAR["asked-whether"].search(sentence)
    ):
        return _said("new", "is-willing", found)
    forms = (
        *((GRAMMAR["we-will"], GRAMMAR["we-tell"], GRAMMAR["does"]) if first else ()),
        *(
            (GRAMMAR["cabinet-will"], GRAMMAR["cabinet-tells"])
            if has(low, GRAMMAR.words["of-cabinet"])
            else ()
        ),
    )
    own = any(form.search(sentence) for form in forms)
    of_papers = papers.forms_of(sentence)
    if not (own or any(of_papers)):
        return None
    term = term_in(sentence, None) is not None
    when = term or bool(COMMON["later"].search(sentence))
    promise = papers.told(sentence, of_papers, when)
    if not promise and own:
        promise = _will_do(sentence, first, when, term) or _does(sentence, first, when, term)
    if not promise and first:
        promise = papers.on_its_way(sentence, of_papers, when, term)
    return promise if promise and not (here(sentence) or COMMON["orders"].search(sentence)) else None


def _will_do(sentence: str, first: bool, when: bool, term: bool) -> Judged | None:
    """The future tense: "zal ik uw Kamer informeren", "gaan we onderzoeken"."""
    we_will = GRAMMAR["we-will"].search(sentence) if first else None
    will = we_will or GRAMMAR["cabinet-will"].search(sentence)
    if (
        not will
        or (first and GRAMMAR["own-speech"].search(sentence))
        or GRAMMAR["must"].match(sentence, will.end())
    ):
        return None
    if GRAMMAR["have-to"].search(sentence[: will.end()]):
        return None
    if SPOKEN["consequence"].match(sentence) and not (term or COMMON["house"].search(sentence)):
        return None
    rule = _rule(sentence, will, when, term)
    return _said("new", rule, will) if rule else None


def _rule(sentence: str, will: re.Match[str], when: bool, term: bool) -> str | None:
    house, paper, tells = (
        COMMON["house"].search(sentence),
        COMMON["paper"].search(sentence),
        COMMON["tell"].search(sentence),
    )
    if GRAMMAR["ingaan"].search(sentence):
        rule = "will-tell" if paper and (when or GRAMMAR["in-another"].search(sentence)) else None
    elif tells and (house or (paper and when) or (when and re.search(r"\bterug", sentence))):
        rule = "will-tell"
    elif GRAMMAR["act"].search(sentence, will.start()) and (COMMON["we"].search(will[0]) or when):
        rule = "will-do"
    elif GRAMMAR["drafts"].search(sentence, will.start()) and paper:
        rule = "will-draft"
    else:
        rule = "will-do-by-a-term" if term and (tells or GRAMMAR["do-it"].search(sentence)) else None
    return rule


def _does(sentence: str, first: bool, when: bool, term: bool) -> Judged | None:
    """The present tense: "Dat neem ik mee", "In mei stuur ik u een brief"."""
    if first and (found := GRAMMAR["does"].search(sentence)) and not GRAMMAR["going-on"].search(sentence):
        return _said("new", "does-it", found)
    we_tell = GRAMMAR["we-tell"].search(sentence) if first else None
    tells = we_tell or GRAMMAR["cabinet-tells"].search(sentence)
    later = tells and _tells(sentence, tells, when, term)
    return _said("new", "tells-later", tells) if tells and later else None


def _tells(sentence: str, tells: re.Match[str], when: bool, term: bool) -> bool:
    """Whether a verb of the present tense tells Parliament, at a later moment."""
    verb = tells[0].lower()
    house, paper = bool(COMMON["house"].search(sentence)), bool(COMMON["paper"].search(sentence))
    sure = term or bool(GRAMMAR["sure-later"].search(sentence))
    if "kom" in verb:
        back = bool(re.search(r"\bterug\b", sentence[tells.end() :]))
        return (back and (paper or house or sure)) or (
            when and paper and bool(re.search(r"\bmet\b", sentence))
        )
    if "hou" in verb:
        return bool(re.search(r"op de hoogte|geïnformeerd|aangesloten", sentence))
    if re.search(r"\b(?:doe|doen|laat|laten|leg|leggen|breng|brengen|stel|stellen|geef|geven)", verb):
        return when and house and bool(GRAMMAR["linked"].search(sentence))
    return sure and (house or paper)
