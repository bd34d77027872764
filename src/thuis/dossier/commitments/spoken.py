"""Promises as they are spoken, read clause by clause: "maar ik zal de commissie dat vragen".

A clause promises when the speaker is its subject, its verb is at the second place, and what it says happens
after the debate. What orders the debate ("daar kom ik zo op terug", "ik ga de moties langs"), takes a stand
("die motie ga ik ontraden") or goes on already promises nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from thuis.dossier.commitments.expressions import COMMON, SPOKEN, has, here
from thuis.dossier.commitments.model import Judged, Kind
from thuis.dossier.commitments.terms import term_in

_QUOTED = re.compile(r"[\"“„«][^\"”“»]{12,}[\"”»]")
_WORD = re.compile(r"[\w’'-]+")
_FIRST_WORD = re.compile(r"\s+([\w’'-]+)")


def clauses(sentence: str) -> Iterator[tuple[int, str]]:
    """The parts between "maar", "want", "en ik", a semicolon or dashes, each with its place; quotes blank.

    >>> [part for _, part in clauses("Ik weet dat niet, maar ik zal het vragen en daar kom ik op terug.")]
    ['Ik weet dat niet', 'ik zal het vragen', 'daar kom ik op terug.']
    """
    plain = _QUOTED.sub(lambda quote: " " * len(quote[0]), sentence)
    start = 0
    for found in SPOKEN["breaks"].finditer(plain):
        yield start, plain[start : found.start()]
        start = found.end()
    yield start, plain[start:]


def _verbs_of(part: str) -> list[tuple[str, int, int]]:
    """The words beside "ik" or "wij" that may be the verb of a main clause, each with its place.

    >>> _verbs_of("Dat neem ik mee, ik kom erop terug")
    [('neem', 4, 11), ('kom', 17, 23)]
    """
    found = []
    for pronoun in SPOKEN["pronoun"].finditer(part):
        before = part[: pronoun.start()]
        words = before[-50:].split()
        if words and words[-1] == "er" and len(words) > 1:
            words.pop()
        last = words[-1] if words and before[-1:].isspace() and _WORD.fullmatch(words[-1]) else None
        if last and (words[-2] if len(words) > 1 else "").lower() not in SPOKEN.words["aside"]:
            found.append((last.lower(), before.rindex(last), pronoun.end()))
        straight = before.rstrip().endswith((",", ":")) or SPOKEN["begins"].fullmatch(before)
        following = _FIRST_WORD.match(part, pronoun.end()) if straight else None
        if following:
            found.append((following[1].lower(), pronoun.start(), following.end()))
    return found


def spoken(sentence: str) -> Judged | None:
    """The first promise that a clause of a sentence of the government makes, else its refusal, or None.

    >>> spoken("Ik weet niet of dat kan, maar ik zal de commissie daarnaar vragen.").rule
    'says-will-do'
    >>> spoken("Op die twee elementen kom ik dus terug.").kind
    'new'
    >>> spoken("Daar kom ik zo nog op terug.") is None, spoken("Die motie ga ik ontraden.") is None
    (True, True)
    >>> spoken("Daar ga ik geen evaluatie voor doen.").kind
    'refused'
    """
    if sentence.rstrip().endswith("?"):
        offer = SPOKEN["leave-to-write"].search(sentence)
        return _new("offers-to-write", *offer.span()) if offer else None
    other = None
    for start, part in clauses(sentence):
        found = _clause(part)
        if found is None:
            continue
        placed = Judged(found.kind, start + found.start, start + found.end, found.rule)
        if placed.kind == "new":
            return placed
        other = other or placed
    return other


def _clause(part: str, *, later: bool = False) -> Judged | None:
    """What one clause does; ``later`` when what stands before it makes plain that it comes later."""
    if SPOKEN["consequence"].match(part) or (":" in part and SPOKEN["told-then"].search(part)):
        return None
    if SPOKEN["courtesy"].match(part):
        part = " " * (part.find(",") + 2) + part[part.find(",") + 2 :] if "," in part else part
    elif SPOKEN["condition"].match(part):
        return _conditional(part)
    head = _HEAD.split(part, maxsplit=1)[0]
    verbs = _verbs_of(head)
    found = (
        _will(head, verbs)
        or _lets(head)
        or _can(head, verbs)
        or _present(head, verbs, later)
        or _unable(head)
    )
    if found is None:
        return None
    at_hand = here(head.replace("hiermee aan", "daarmee aan"))
    if at_hand or SPOKEN["in-the-debate"].search(head) or COMMON["orders"].search(head):
        return None
    if found.kind == "new" and COMMON["if"].search(head.replace("Indien nodig", "")):
        return Judged("conditional", found.start, found.end, "on-a-condition")
    return found


_HEAD = re.compile(r",\s+(?:waar\w*|zoals)\b|\s+waar(?:in|over|mee|bij)\b")
"""What stands after these is said of a noun, and is no clause of its own."""


def _conditional(part: str) -> Judged | None:
    """ "Als u dat wilt, stuur ik een brief": what follows the condition, unless it only says "zodra"."""
    _, comma, rest = part.partition(", ")
    if SPOKEN["consequence"].search(rest):
        return None
    found = _clause(re.sub(r"^dan ", "", rest), later=True) if comma else None
    if found is None or found.kind != "new":
        return None
    kind: Kind = "new" if re.match(r"\W*zodra\b", part, re.I) else "conditional"
    return Judged(kind, 0, len(part), found.rule if kind == "new" else "on-a-condition")


Verbs = Sequence[tuple[str, int, int]]


def _new(rule: str, start: int, end: int) -> Judged:
    return Judged("new", start, end, rule)


def _reach(part: str, end: int) -> str:
    """What follows the verb in its own clause."""
    return re.split(
        r",\s+(?:dat|die|of|omdat|zodat|waar\w*|zoals|hoewel|namelijk)\b", part[end:], maxsplit=1
    )[0]


def _will(part: str, verbs: Verbs) -> Judged | None:
    """ "zal ik … vragen", "gaan we daarmee aan de slag"."""
    for verb, start, end in verbs:
        if verb not in SPOKEN.words["will"]:
            continue
        rest = _reach(part, end)
        own = _SUBORDINATE.split(rest, maxsplit=1)[0]
        if SPOKEN["not"].search(own):
            return Judged("refused", start, end, "refuses") if SPOKEN["refused"].search(own) else None
        told = SPOKEN["in-a-paper"].search(part) or SPOKEN["forum"].search(part)
        if (
            (SPOKEN["talk"].search(_TO_DO.sub("", own)) and not told)
            or SPOKEN["stand"].search(rest)
            or SPOKEN["going-on"].search(rest)
        ):
            return None
        if SPOKEN["must"].search(rest):
            return None
        if SPOKEN["into"].search(rest) and not (SPOKEN["in-a-paper"].search(part) or term_in(part, None)):
            return None
        return _new("says-will-do", start, end) if _ACTS.search(rest) else None
    return None


_TO_DO = re.compile(r"(?<!proberen )\bte (?!gaan\b)\w+en\b")
"""What others are to do is not what the speaker says: "de inspectie vragen daar scherp op toe te zien"."""
_SUBORDINATE = re.compile(
    r"(?<!proberen) om (?=.* te \w+en)|(?<=\w) dat (?=(?:ik|wij|we|er|de|het|die|dit|in|bij|u|deze)\b)"
    r"| (?:of|hoe|wat) (?=(?:ik|wij|we|er|de|het|die|dit|dat|u|deze)\b)"
)
_ACTS = re.compile(
    r"\b\w{3,}en\b|\b(?:\w*doen|\w*gaan|\w*slaan|\w*staan|na|aan de slag|aan|in gesprek|achteraan"
    r"|(?:daar|hier|er)op in|naar Brussel|langs bij|op (?:werk)?bezoek|(?:alert|scherp) op zijn)\b"
)
_FORMS: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    ("takes-it-on", SPOKEN["let-me"], ("laat ik",)),
    ("takes-it-on", SPOKEN["proposed"], ("stel",)),
    ("takes-it-on", SPOKEN["count-on"], ("erop", "er op", "ervan", "verwacht", "verzeker", "beloof")),
    ("takes-it-on", SPOKEN["tries"], ("poging", "moet ik")),
    ("takes-it-on", SPOKEN["what-i-do"], ("wat ik", "wat we", "wat wij")),
    ("takes-it-on", SPOKEN["is-what-i-do"], ("iets wat",)),
    ("takes-it-on", SPOKEN["good-to-tell"], ("goed", "verstandig", "handig", "prima", "netjes")),
    (
        "will-come",
        SPOKEN["coming"],
        ("kom", "krijg", "ontvang", "houdt", "hoort", "verneemt", "onderweg", "heb ik"),
    ),
    ("will-come", SPOKEN["coming"], ("wordt", "worden")),
    (
        "they-will",
        SPOKEN["they-will"],
        ("collega", "ambtgenoot", "kabinet", "minister", "staatssecretaris", "bewinds"),
    ),
)
"""Forms of a clause, each with words of which it has one."""


def _lets(part: str) -> Judged | None:
    """ "Laat ik dat meenemen", "Die brief komt er aan", "U kunt erop rekenen dat wij"."""
    if SPOKEN["not"].search(part) or has(part, ("mezelf", "van hun kant")):
        return None
    low = part.lower()
    for rule, form, words in _FORMS:
        if has(low, words) and (found := form.search(part)):
            return _new(rule, *found.span())
    by_then = SPOKEN["there-by"].search(part) or SPOKEN["tells-that"].search(part)
    if by_then and _WAS_SENT.search(part):
        return None
    return _new("will-come", *by_then.span()) if by_then and term_in(part, None) else None


_WAS_SENT = re.compile(
    r"\bis\b.*\b(?:ingediend|\w*gezonden|\w*gestuurd|aangeboden|gepubliceerd|verschenen)\W*$"
)


def _can(part: str, verbs: Verbs) -> Judged | None:
    """ "Dat kan ik voor de zomer laten weten", "Daar wil ik in mijn brief op ingaan"."""
    for verb, start, end in verbs:
        into = SPOKEN["into"].search(part) and SPOKEN["in-a-paper"].search(part)
        if verb in SPOKEN.words["want"] and (into or SPOKEN["come-back"].search(part)):
            return None if SPOKEN["not"].search(part) else _new("says-will-do", start, end)
        if verb in SPOKEN.words["can"]:
            rest = _reach(part, end)
            if SPOKEN["not"].search(rest):
                never = re.search("waarmaken|beloven|schetsen|toezeggen", rest)
                return Judged("refused", start, end, "refuses") if never else None
            if not SPOKEN["can-do"].search(rest) or SPOKEN["stand"].search(part):
                return None
            when = SPOKEN["in-a-paper"].search(part) or term_in(part, None) or "zorgen dat" in rest
            return _new("says-will-do", start, end) if when else None
    return None


@cache
def _does() -> dict[str, list[re.Pattern[str]]]:
    """By verb, what it promises with in the present."""
    found: defaultdict[str, list[re.Pattern[str]]] = defaultdict(list)
    for row in SPOKEN.document["does"]:
        for verb in row["verbs"]:
            found[verb].append(SPOKEN.any_of(row.get("with", "")))
    return found


def _present(part: str, verbs: Verbs, later: bool) -> Judged | None:
    """ "Dat neem ik mee", "Daar kom ik bij u op terug"."""
    known = [each for each in verbs if each[0] in _does()]
    if not known or SPOKEN["going-on"].search(part) or SPOKEN["stand"].search(part):
        return None
    term = term_in(part, None)
    for verb, start, end in known:
        rest = _reach(part, end)
        if verb in SPOKEN.words["tells"] and SPOKEN["no-paper"].search(rest):
            return Judged("refused", start, end, "refuses")
        if SPOKEN["not"].search(rest) or not any(each.search(rest) for each in _does()[verb]):
            continue
        if verb in SPOKEN.words["tells"] and not (
            later or term or SPOKEN["later"].search(part) or SPOKEN["a-paper"].search(rest)
        ):
            continue
        plural = not re.search(r"\bik\b", part[start:end], re.I)
        asked = verb in SPOKEN.words["outright"] and SPOKEN["what-was-asked"].search(part)
        if plural and not (
            asked or term or SPOKEN["in-a-paper"].search(part) or SPOKEN["for-sure"].search(part)
        ):
            continue
        return _new("says-does", start, end)
    return None


def _unable(part: str) -> Judged | None:
    found = SPOKEN["unable"].search(part)
    return Judged("refused", *found.span(), "refuses") if found else None
