"""What a promising sentence says: to whom, in which debate and when, what, and by when."""

from __future__ import annotations

import re
from datetime import date

from thuis.dossier.cite.dates import DATE, dates
from thuis.dossier.commitments.model import Term
from thuis.dossier.commitments.terms import term_in

_PARTICLES = r"(?:van (?:der |den |de |het |'t )?|de |den |der |ter |ten |el |al-|'t |in 't )"
_NAME = rf"(?:{_PARTICLES})?[A-ZÀ-Þ][\w'’-]+(?:[ -](?:{_PARTICLES})?[A-ZÀ-Þ][\w'’-]+){{0,2}}"
_PERSON = re.compile(
    rf"\b(?:de heer|mevrouw|mevr\.|dhr\.|het lid|de leden|het Kamerlid|Kamerlid)\s+"
    rf"(?P<names>(?:(?-i:[Vv]an |[Dd]e |[Dd]er |[Tt]er |[Ee]l )(?:der |den |de )?)?{_NAME}"
    rf"(?:(?:, | en )(?:de heer |mevrouw |het lid )?{_NAME})*)"
)
_ADDRESSED = re.compile(
    r"\b(?:aan|richting(?: van)?|jegens|tegenover|zeg(?:gen|t)?(?: ik)?|(?:kan|wil|zal|hoewel) ik"
    r"|(?:vraa?g(?:en)?|verzoek(?:en)?|opmerking(?:en)?|oproep|suggesties?|inbreng) van)\s+$"
)
_PARLIAMENT = re.compile(
    r"\b(uw Kamer)\b|\b(?:aan|ik|wij|we|heb|hebben|zal|zullen|informeren)\s+(de Kamer)\b"
    r"|^(de Kamer)(?= (?:ontvangt|krijgt|wordt)\b)",
    re.I,
)
_PRONOUN = re.compile(r"\b(?:ik|wij|we)\s+(?:hem|haar|hen)\b|\b(?:hem|haar|hen)\s+(?:wel |graag )?toe", re.I)
_MEETING = (
    r"(?:[Pp]lenaire?\s+|[Mm]ondelinge?\s+|[Ss]chriftelijke?\s+)?(?:[Cc]ommissiedebat|[Aa]lgemeen [Oo]verleg"
    r"|V?AO|[Tt]weeminutendebat|[Nn]otaoverleg|[Ww]etgevingsoverleg|WGO|[Rr]ondetafelgesprek|[Dd]ebat"
    r"|[Vv]ragenuur(?:tje)?|[Bb]egrotingsbehandeling|[Ww]etsbehandeling|[Oo]verleg)"
)
_DEBATE = re.compile(
    rf"\b(?:tijdens|in|bij|na)\s+(?:het|de|een)\s+(?P<debate>{_MEETING}"
    r"(?:\s+(?!van\s+\d|d\.d\.|op\s+\d|(?:aan|heb|heeft|is|dat|om|ook|eveneens|al"
    r"|reeds)\b)[\w’'&,-]+){0,14}?)"
    r"(?=\s+(?:van|op|d\.d\.)\s+\d|\s+(?:aan|heb|heeft|is|dat|om|ook|eveneens|al|reeds|toegezegd)\b"
    r"|\s*[.,;(]|$)"
)
_CONTENT = re.compile(
    r"\b(?:om|dat|omtrent|inzake|over|betreffende|met betrekking tot|aangaande|waarin)\b\s*(?P<what>.+)$",
    re.S,
)
_POINTS_BACK = re.compile(
    r"(?:dat|dit|die|daar)(?= (?:zeg|zal|zullen|ga|gaan|neem|nemen|doe|doen|kan|kunnen|wil|willen|is"
    r"|heb|hebben"
    r"|beloof|kom|komen|stuur|sturen|pak|pakken|zoek|bespreek|vraag|breng|onderzoek|wordt|betrek"
    r"|meld)\w{0,3}\b)",
    re.I,
)
_LEANS = re.compile(
    r"^\W*(?:ook |en |maar |ja,? )?(?:deze|die|dit|dat)(?= (?:kunt|kan|zal|zullen|wordt|worden|ontvangt"
    r"|krijgt"
    r"|komt|volgt|stuur|zend|bied|leg|brief|stukken|documenten|informatie|antwoorden|rapport\w*|onderzoek\w*"
    r"|voorstel\w*|reactie|notitie|analyse)\b)"
    r"|\b(?:hier|daar)(?:over|op|van|aan|mee|naar|bij|in|toe)\b(?!.*\b(?:over|omtrent|inzake|betreffende) )",
    re.I,
)
"""What a promise leans on: "Deze kunt u in mei tegemoet zien", "Ik zal u hierover berichten"."""
_UNDER = re.compile(r"\b(?:nadat|zodra|wanneer|omdat|als|indien|voordat|waarin|die)\b[^,]*$", re.I)
_DONE_THEN = re.compile(r"^\s*(?P<what>\S.*\bte \w+(?:en|an|aan|oen)\b.*)$", re.S)
_SHORT = 8
"""A sentence of fewer words that only points back says nothing of its own."""
_TAIL = re.compile(r"[\s.;:!?⁰¹²³⁴-⁹]+$")
_HEAD = re.compile(r"^[\s–—-]+")


def to_whom(sentence: str, near: int = 0, before: str = "") -> str | None:
    """The member to whom a promise is made, else Parliament when it is addressed.

    :param near: where the promising word stands: of two members the nearer one is meant.
    :param before: the sentence before, for "dat zeg ik hem toe".

    >>> to_whom("Daarom heb ik op 20 april jl. aan de heer Van Baarle toegezegd om dit te herzien.")
    'Van Baarle'
    >>> to_whom("Ik heb uw Kamer een brief toegezegd.")
    'uw Kamer'
    >>> to_whom("Dat kan ik hem wel toezeggen.", before="Ik snap de opmerking van de heer Koerhuis.")
    'Koerhuis'
    """
    people = list(_PERSON.finditer(sentence))
    addressed = [m for m in people if _ADDRESSED.search(sentence[: m.start()])]
    if addressed:
        return min(addressed, key=lambda m: abs(m.start() - near))["names"]
    if _PRONOUN.search(sentence) and (earlier := list(_PERSON.finditer(before))):
        return earlier[-1]["names"]
    found = _PARLIAMENT.search(sentence)
    return next(each for each in found.groups() if each) if found else None


def debate_in(sentence: str) -> str | None:
    """The debate that a sentence names.

    >>> debate_in("tijdens het Commissiedebat Inburgering en Integratie van 20 april aan de heer Van Baarle")
    'Commissiedebat Inburgering en Integratie'
    """
    found = _DEBATE.search(sentence)
    name = found["debate"].strip() if found else ""
    return name if name.lower() not in {"", "debat", "overleg"} else None


def made_on(sentence: str, near: date | None) -> date | None:
    """The day of the promise: the date after "van", "op" or "d.d."; without a year the last before ``near``.

    >>> made_on("mijn toezegging van 19 april, 2022 inzake een verkenning", date(2022, 11, 14))
    datetime.date(2022, 4, 19)
    """
    for start, _, day in dates(sentence, near):
        before = sentence[:start]
        told = re.search(r"\b(?:van|op|d\.d\.)\s+(?:[a-z]+dag\s+)?$|^\W*(?:[A-Z][a-z]+dag\s+)?$", before)
        if told and (near is None or day <= near):
            return day
    return None


def what_in(sentence: str, end: int, before: str = "") -> str:
    """What is promised: what follows "om", "dat", "omtrent" … behind the promising word, else the sentence.

    A sentence that only points back ("Dat zeg ik graag toe.") promises what the sentence before says; one
    that leans on it ("Deze ontvangt u in mei.") is told with it.

    >>> what_in("Ik zeg toe dat ik in mei terugkom op het wetsvoorstel.", 10)
    'ik in mei terugkom op het wetsvoorstel'
    >>> what_in("Dat zeg ik graag toe.", 20, before="Ik stuur u een brief.")
    'Ik stuur u een brief'
    >>> what_in("Deze ontvangt u in mei.", 16, before="Er komt een evaluatie.")
    'Er komt een evaluatie. Deze ontvangt u in mei'
    """
    rest = sentence[end:]
    while found := _CONTENT.search(rest):
        what = _HEAD.sub("", _TAIL.sub("", found["what"])).strip()
        if not DATE.match(what) and len(what.split()) > 1:
            return what
        rest = rest[found.start() + 2 :]
    if "toegezegd" in sentence[:end].lower() and (done := _DONE_THEN.match(sentence[end:])):
        return _TAIL.sub("", done["what"]).strip()
    told = _TAIL.sub("", sentence).strip()
    if not before:
        return told
    if _POINTS_BACK.match(sentence) and len(sentence.split()) < _SHORT and "toe" in sentence.lower():
        return _TAIL.sub("", before).strip()
    leans = _LEANS.search(sentence)
    return f"{before.strip()} {told}" if leans and not _UNDER.search(sentence[: leans.start()]) else told


def points_back(sentence: str) -> bool:
    """Whether a sentence only points to the one before it: "Dat zeg ik graag toe."

    >>> points_back("Dat zeg ik graag toe."), points_back("Dat de brief komt, zeg ik graag toe.")
    (True, False)
    """
    return bool(_POINTS_BACK.match(sentence))


def term_of(sentence: str, near: date | None, made: date | None) -> Term | None:
    """By when, leaving the date of the promise itself aside."""
    return term_in(sentence, near, apart=made)
