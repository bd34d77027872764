"""Does a sentence promise? A few rules in order; who speaks decides most.

The rules were written on the development half of the labelled sentences of one plenary day, and on letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thuis.dossier.commitments import hedged, local
from thuis.dossier.commitments.expressions import ASKED, COMMON, CUES, TOLD, has
from thuis.dossier.commitments.forms import further, on_a_condition
from thuis.dossier.commitments.grammar import said
from thuis.dossier.commitments.model import Judged, Kind, Role
from thuis.dossier.commitments.spoken import clauses, spoken

_FIRST_RULES: tuple[tuple[Kind, str, re.Pattern[str]], ...] = (
    ("new", "promises", CUES["now"]),
    ("repeated", "kept", CUES["kept"]),
    ("by-reference", "speaks-of-another's", CUES["about-them"]),
)


def role_of(speaker: str) -> Role:
    """Who speaks.

    :param speaker: the words before the colon in a report of a debate.

    >>> [role_of(s) for s in ("Minister De Jonge :", "De voorzitter :", "Mevrouw Dijksma ( PvdA ):", "")]
    ['government', 'chair', 'member', 'unknown']
    """
    words = speaker.strip().lower()
    if re.match(r"(?:de )?(?:minister|staatssecretaris|minister-president|vice-minister)", words):
        return "government"
    if re.match(r"(?:de )?(?:fungerend )?voorzitter", words):
        return "chair"
    return "member" if words else "unknown"


def classify(sentence: str, role: Role = "government") -> Judged | None:
    """What a sentence does with a promise, or None when it has none.

    :param sentence: one sentence.
    :param role: who says it; a letter is the government's.

    >>> found = classify("Ik zeg de heer Koerhuis toe om informatie te verschaffen.")
    >>> found.kind, found.rule
    ('new', 'promises')
    >>> classify("Kan de minister dit toezeggen?", "member").kind
    'request'
    >>> classify("Ik wil niet nu al toezeggen dat dit zal leiden tot afspraken.").kind
    'refused'
    >>> classify("Zij dreigen een groot deel van hun pensioentoezegging te verliezen.") is None
    True
    """
    sentence = _ABBREVIATED.sub(lambda found: found[0].replace(".", " "), sentence)
    text, edges = local.as_national(_ASIDE.sub(lambda found: " " * len(found[0]), sentence))
    judged = _judged(text, role)
    if role == "government":
        judged = _without_a_hedge(text, judged)
    if judged is None or not edges:
        return judged
    start, end = local.where(judged.start, edges), local.where(judged.end, edges, end=True)
    return Judged(judged.kind, start, end, judged.rule)


def _without_a_hedge(sentence: str, judged: Judged | None) -> Judged | None:
    """What the rest of a sentence does of which one clause says that nothing is promised."""
    rest = hedged.without(sentence)
    if rest == sentence or (judged and judged.kind in {"repeated", "by-reference"}):
        return judged
    found = _judged(rest, "government")
    effort = hedged.EFFORT.search(rest)
    if effort and (found is None or found.kind == "new"):
        return Judged("intention", *effort.span(), "tries")
    return found if found and found.kind == "new" else judged


def _judged(sentence: str, role: Role) -> Judged | None:
    if role != "member" and (found := CUES["register"].search(sentence)):
        return Judged("new", *found.span(), "register")
    cue = next(_cues(sentence), None)
    if cue is None:
        return _without_cue(sentence, role)
    if (role in {"member", "chair"} and _between_members(sentence, cue)) or CUES["was-none"].search(sentence):
        return None
    if role != "government" and ASKED["general"].search(sentence):
        return None
    if role == "chair" and (own := CUES["own"].search(sentence)):
        return Judged("repeated", *own.span(), "speaks-of-own")
    kind, rule = _of_government(sentence, cue) if role == "government" else _of_others(sentence)
    return Judged(kind, *cue.span(), rule)


_ABBREVIATED = re.compile(
    r"\b(?:jl|nrs?|d\.d|c\.s|a\.s|o\.a|art|blz|mr|mw|dhr|drs?|ir|ing|prof|resp|vgl|par|t\.a\.v)\.(?=\s)", re.I
)
"""A point that ends no clause."""
_ASIDE = re.compile(r"(?<=\w )\((?!hoofdstuk|paragraaf|onderdeel|bijlage)[^()]{0,200}\)")
"""What stands between brackets says nothing of what the sentence does."""


def _cues(sentence: str) -> Iterator[re.Match[str]]:
    """Promising words; "zeg … toe" only where "toe" belongs to the verb."""
    if not has(sentence.lower(), ("toe", "belo")):
        return
    for found in CUES["cue"].finditer(sentence):
        between = found["between"]
        if between is None or not CUES["not-a-verb"].search(between):
            yield found


def _between_members(sentence: str, cue: re.Match[str]) -> bool:
    """ "Meneer X heeft beloofd": what members promise one another is no commitment to Parliament."""
    return cue[0].lower().startswith("belo") and not CUES["government"].search(sentence)


def _without_cue(sentence: str, role: Role) -> Judged | None:
    """A promise in the plain future tense, or a request for one."""
    if role == "government" and TOLD["denies"].search(sentence):
        return None
    if role in {"government", "chair"}:
        found = said(sentence, first=role == "government")
        if role == "government" and (found is None or found.kind in _GIVES_WAY):
            found = _clause(sentence, found)
        if role == "government" and found is None:
            found = further(sentence)
        if found and found.kind == "new":
            found = None if _told_here(sentence, found) else on_a_condition(sentence, found)
        if found and found.kind == "new" and (aim := CUES["aimed"].search(sentence)):
            return Judged("intention", *aim.span(), "intends")
        if found and (role == "government" or found.kind == "new"):
            return found
    if role == "government" or CUES["motion"].search(sentence):
        return None
    return _of_a_member(sentence) or (_in_the_news(sentence) if role == "unknown" else None)


def _in_the_news(sentence: str) -> Judged | None:
    """What somebody writes that a minister will do is another's promise."""
    found = said(sentence, first=False)
    if found is None or found.kind != "new":
        return None
    return Judged("by-reference", found.start, found.end, "speaks-of-another's")


def _of_a_member(sentence: str) -> Judged | None:
    """What is asked of the government, or said that it announced."""
    if wish := CUES["asked"].search(sentence) or ASKED["wished"].search(sentence):
        return Judged("request", *wish.span(), "asks-for-it")
    if not CUES["government"].search(sentence) or sentence.rstrip().endswith("?"):
        return None
    reported = CUES["reported"].search(sentence) or ASKED["announced-by"].search(sentence)
    return Judged("by-reference", *reported.span(), "speaks-of-another's") if reported else None


_OF_THINGS = frozenset({"will-be-done", "will-be-dealt-with", "will-come"})
"""Rules of what happens to a paper or measure, without anybody who does it."""


def _told_here(sentence: str, found: Judged) -> bool:
    """What the text explains is no promise: "Ik licht toe waarover ik met de sector in gesprek ga"."""
    told = CUES["explains"].search(sentence)
    follows = found.rule in _OF_THINGS and COMMON["follows"].search(sentence, 0, found.start)
    return bool(follows or (told and told.start() <= found.start))


_GIVES_WAY = frozenset({"intention", "refused", "conditional"})
"""What a sentence as a whole seems to do, which a clause of it that promises outweighs."""


def _clause(sentence: str, whole: Judged | None) -> Judged | None:
    """What a clause says, where it promises or the sentence as a whole says nothing."""
    clause = spoken(sentence)
    if clause is None or whole is None:
        return clause or whole
    apart = whole.rule != "intends" or not _in_one_clause(sentence, clause.start, whole.start)
    return clause if clause.kind == "new" and apart else whole


def _in_one_clause(sentence: str, one: int, other: int) -> bool:
    """An aim is no promise for the paper that it aims at: "Het streven is het voorstel in mei te sturen"."""
    first, last = sorted((one, other))
    parts = clauses(sentence)
    return not _UNDER.search(sentence[:other]) and any(
        start <= first and last < start + len(part) for start, part in parts
    )


_UNDER = re.compile(r"\b(?:wanneer|hoe|of|dat|die|wat|waar\w*|welke)\s+$")


def _of_others(sentence: str) -> tuple[Kind, str]:
    """A member or the chair asks for a promise or speaks of one; they make none."""
    if CUES["money"].search(sentence) or CUES["money-sum"].search(sentence):
        return "money", "pledged-money"
    if CUES["gladly"].search(sentence):
        return "request", "asks-for-it"
    hears = CUES["hears"].search(sentence) and not sentence.rstrip().endswith("?")
    known = CUES["known"].search(sentence) and not CUES["gives"].search(sentence)
    if hears or known or CUES["questioned"].search(sentence):
        return "by-reference", "speaks-of-another's"
    asks = CUES["asks"].search(sentence) and not (
        CUES["thanks"].search(sentence) or CUES["whether"].search(sentence)
    )
    if asks or (sentence.rstrip().endswith("?") and not CUES["promised"].search(sentence)):
        return "request", "asks"
    return "by-reference", "speaks-of-another's"


def _of_government(sentence: str, cue: re.Match[str]) -> tuple[Kind, str]:
    money = CUES["money"].search(sentence) and not CUES["i-promised"].search(sentence)
    if money or CUES["money-sum"].search(sentence):
        return "money", "pledged-money"
    if CUES["by-others"].search(sentence) or _anothers(sentence):
        return "by-reference", "speaks-of-another's"
    for kind, rule, pattern in _FIRST_RULES:
        if pattern.search(sentence):
            return kind, rule
    if _refuses(sentence, cue):
        done, but, rest = sentence.partition(" maar ")
        instead = said(rest if sentence.find(" maar ") > cue.start() else done + ".") if but else None
        promised = instead and instead.kind == "new" and instead.rule != "assents"
        return ("new", instead.rule) if instead and promised else ("refused", "refuses")
    return _made(sentence, cue) or _present(sentence, cue)


def _made(sentence: str, cue: re.Match[str]) -> tuple[Kind, str] | None:
    """A promise made before, or a new one: to tell how those stand ("informeer ik u over toezeggingen")."""
    if cue[0].lower().startswith("toezegging") and CUES["of-promises"].search(sentence, 0, cue.end()):
        found = said(sentence)
        if found and found.rule in {"will-tell", "will-be-told"} and found.start < cue.start():
            return "new", found.rule
    return ("repeated", "was-promised") if CUES["done"].search(sentence) else None


def _anothers(sentence: str) -> bool:
    """Who promised is named, and is neither the speaker nor the government: "De bonden hebben toegezegd"."""
    return bool(CUES["named"].search(sentence)) and not (
        CUES["i-promised"].search(sentence) or CUES["own-government"].search(sentence)
    )


def _present(sentence: str, cue: re.Match[str]) -> tuple[Kind, str]:
    if not CUES["first"].search(sentence) and CUES["theirs"].search(sentence):
        return "by-reference", "speaks-of-another's"
    if sentence.rstrip().endswith("?"):
        return "request", "asks"
    around = sentence[max(0, cue.start() - 60) : cue.end() + 25]
    if CUES["would-but"].search(sentence) or CUES["if"].search(around):
        return "conditional", "on-a-condition"
    if "toezegging" in cue[0].lower() and not CUES["does"].search(sentence):
        return (
            ("repeated", "speaks-of-own")
            if CUES["first"].search(sentence)
            else ("by-reference", "speaks-of-one")
        )
    return "new", "promises"


def _refuses(sentence: str, cue: re.Match[str]) -> bool:
    """A negation in the clause of the promising word."""
    begin = max(sentence.rfind(mark, 0, cue.start()) for mark in ",;:–—") + 1
    within = cue[0] if "belofte" in cue[0].lower() else cue["between"] or ""
    clause = re.split(r"\ben dat\b", sentence[begin : cue.start()])[-1] + " " + within
    return bool(CUES["no"].search(clause) or CUES["not-after"].match(sentence, cue.end()))
