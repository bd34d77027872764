"""Promises as they are spoken, read clause by clause: "Dat neem ik mee", "maar ik zal de commissie dat vragen".

A clause promises when the speaker is its subject, its verb is at the second place, and what it says happens
after the debate. What orders the debate ("daar kom ik zo op terug", "ik ga de moties langs"), takes a stand
("die motie ga ik ontraden") or goes on already promises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thuis.dossier.commitments.grammar import HERE, IF, ORDERS
from thuis.dossier.commitments.model import Kind
from thuis.dossier.commitments.terms import term_in


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_I = r"(?:ik|wij|we)"
_PAPER = (
    r"(?:\w*brief|brieven|(?:kabinets|beleids)?reactie|\w*wetsvoorstel|voorstel(?:len)?|nota van wijziging"
    r"|\w*rapportage|\w*evaluatie|overzicht|notitie|\w*plan|plan van aanpak|\w*aanpak|appreciatie|verkenning"
    r"|inventarisatie|analyse|terugkoppeling)"
)
_BREAKS = _rx(
    r";\s*|\s+[—–]\s+|,?\s+maar\s+|,\s+want\s+|,\s+dus\s+|,\s+en\s+(?=dan\b)"
    r"|,?\s+en\s+(?=(?:ik|wij|we|daar\w*|hier\w*|laat ik)\b)"
)
_QUOTED = re.compile(r"[\"“„«][^\"”“»]{12,}[\"”»]")
_OPENING = r"(?:(?:ja|nee|nou|dus|en|maar|kortom|natuurlijk|prima|goed|voorzitter|nogmaals)[,.:]?\s+)*"


def clauses(sentence: str) -> Iterator[tuple[int, str]]:
    """The parts between "maar", "want", "en ik", a semicolon or dashes, each with its place; quotes are blank.

    >>> [part for _, part in clauses("Ik weet dat niet, maar ik zal het vragen en daar kom ik op terug.")]
    ['Ik weet dat niet', 'ik zal het vragen', 'daar kom ik op terug.']
    """
    plain = _QUOTED.sub(lambda quote: " " * len(quote[0]), sentence)
    start = 0
    for found in _BREAKS.finditer(plain):
        yield start, plain[start : found.start()]
        start = found.end()
    yield start, plain[start:]


def _main(verbs: str) -> re.Pattern[str]:
    """The verb of a main clause whose subject is the speaker."""
    return _rx(
        rf"\b(?P<inverted>{verbs})\s+(?:er\s+)?{_I}\b"
        rf"|^\W*{_OPENING}{_I}\s+(?P<straight>{verbs})\b|[,:]\s+{_I}\s+(?P<later>{verbs})\b(?!.*\?)"
    )


_WILL = _main("zal|zullen|ga|gaan")
_CAN = _main("kan|kunnen")
_WANT = _main("wil|willen")
_NOT = _rx(r"\b(?:niet(?! alleen\b)|geen|nooit|evenmin|noch)\b")
_IN_THE_DEBATE = _rx(
    r"\b(?:straks|zo ?meteen|zo (?:nog|even|direct|dadelijk|op)|(?:zo )?dadelijk|(?:eerste|tweede|derde) termijn"
    r"|volgend\w* blok\w*|verderop|in dit debat|vandaag|nu|meteen|eventjes|hierna|vanavond|alle \w+ moties"
    r"|nog even (?:op|bij|iets)|rest van (?:het|dit) debat|(?:mijn|de) (?:beantwoording|betoog|inleiding)"
    r"|eerst (?:de|even|een|iets|wat)|kort (?:op|iets|door))\b"
)
_TALK = _rx(
    r"\b(?:ontraden|zeggen|noemen|herhalen|beginnen|spreken|praten|debatteren|langs|langslopen|toelichten"
    r"|uitleggen|reageren|eindigen|afronden|afsluiten|beëindigen|moeten|citeren|voorlezen|vinden|zitten"
    r"|geloven|wachten|krijgen|worden|merken|zien|vooruitlopen|oordeel\w*|beoordelen|adviseren|verdedigen"
    r"|bestrijden|concluderen|constateren|bekennen|missen|winnen|wisselen|van uit|mee in|door met|door elkaar"
    r"|naar de (?:motie|moties|vragen|volgende)|(?:op|met|bij) de (?:motie|moties|vragen)|verder met|sluiten|stemmen|begrijpen"
    r"|stilstaan|toekomen aan|samenvatten|antwoorden|beantwoorden|voortgaan|voort|veranderen|leven"
    r"|proberen(?!.{0,60}\bte \w+en\b))\b|^\W*(?:er )?(?:\w+ )?vanuit\b"
    r"|\b(?:motie|moties|amendement\w*)\b.{0,30}\b(?:doen|nemen|geven|pakken)\b|\bwelke vragen\b"
)
_INTO = _rx(r"\b(?:ingaan|in te gaan|in op)\b")
_IN_A_PAPER = _rx(
    rf"\b(?:in|met|via|bij|per|middels) (?:(?:de|het|een|die|deze|dat|dezelfde|mijn|onze|zo'n)\s+)?"
    rf"(?:\w+e?\s+){{0,3}}?{_PAPER}\b|\bschriftelijk\b"
)
_HOUSE = _rx(r"\b(?:u|uw Kamer|de Kamer|Kamer|jullie|(?:de heer|mevrouw|meneer|het lid) [A-Z]\w+|hem|haar)\b")
_FOR_SURE = _rx(
    r"\b(?:graag|zeker|dan|nog|later|natuurlijk|uiteraard|dus|ook|wel|in ieder geval|sowieso|best)\b"
)
_REFUSES = _rx(
    r"\b(?:evaluatie|evalueren|toezeg\w+|brief|onderzoek\w*|informeren|doen|maken|sturen|aanpassen|wijzigen"
    r"|invoeren|terugdraaien|voorstel\w*|inzetten|waarmaken|garanderen|beloven|vooruitlopen|freestylen"
    r"|herzien|uitrollen)\b"
)
_UNABLE = _rx(
    r"\b(?:gaat|zal) (?:ons|mij|me)\b[^.;]*\bniet lukken\b|\bniet (?:kan|kunnen) (?:waarmaken|toezeggen|beloven)\b"
    r"|\bspan(?:nen)? (?:ik|wij|we) (?:mij|me|ons)\b[^.;]*\bniet\b"
    r"|\b(?:daar|dit|dat) (?:ga|gaan) (?:ik|wij|we) (?:dus |ook |nu )*niet (?:doen|aan)\b"
)
_DOES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (_main(verbs), _rx(rest))
    for verbs, rest in (
        ("kom|komen", rf"\bterug\b|\bmet (?:(?:een|de|het|mijn|onze|die)\s+)?(?:\w+\s+){{0,2}}?{_PAPER}\b"),
        ("neem|nemen", r"\bmee\b|\bop in\b|\bcontact\b"),
        ("betrek|betrekken", ""),
        (
            "maak|maken",
            rf"(?!.*\bmogelijk\b).*(?:\b{_PAPER}\b|\b(?:lijst(?:je)?|vergelijking|afspraken|werk van)\b)",
        ),
        ("geef|geven|bied|bieden", r"\b(?:informatie|inzicht|beeld|overzicht|uitsluitsel|terugkoppeling)\b"),
        (
            "vraag|vragen",
            r"\b(?:in huis|na|uit|op|aandacht)\b"
            r"|\baan (?:de|het|mijn) (?!heer|mevrouw|leden|lid|Kamer|motie|indiener)",
        ),
        ("zet|zetten", r"\b(?:op een rij\w*|op de agenda|op papier|in gang)\b"),
        ("pak|pakken", r"\bop\b"),
        (
            "bekijk|bekijken|onderzoek|onderzoeken|inventariseer|check|regel",
            r"\b(?:graag|nog|dan|zeker|wel|dat|dit)\b",
        ),
        (
            "zoek|zoeken|ga|gaan|reken|rekenen",
            r"(?<!\bvan )\b(?:uit|na)\b|\bhet gesprek\b[^.]*\baan\b|\bgesprek aan\b",
        ),
        ("schets|schetsen|beschrijf|verwerk|verwerken|benoem|licht|lichten", rf"\b{_PAPER}\b"),
        (
            "leg|leggen|breng|brengen",
            r"\b(?:voor|over|in kaart|onder de aandacht|neer bij|in bij|op tafel)\b",
        ),
        ("bespreek|bespreken|deel|delen", r"\b(?:met|in)\b"),
        ("stuur|sturen|zend|zenden|lever|leveren|mail|schrijf", rf"\b{_PAPER}\b|\b(?:u|Kamer|toe)\b"),
        ("doe|doen", r"\b(?:toekomen|navraag|mijn (?:uiterste )?best|onderzoek|verslag)\b"),
        ("zorg|zorgen", r"\bdat\b"),
        ("kijk|kijken", r"\b(?:naar|of|hoe)\b"),
        ("houd|houden|hou", r"\b(?:op de hoogte|in de gaten|geïnformeerd)\b"),
        ("informeer|informeren|bericht|meld", ""),
        ("laat|laten", r"\b(?:weten|uitzoeken|nakijken|onderzoeken|nagaan|horen)\b"),
    )
)
_TELLS = _rx(r"\b(?:informe\w+|bericht|meld|stuur|sturen|zend|zenden)\b")
_LATER = _rx(
    r"\b(?:daarover|hierover|nader|later|zeker|dan|zodra|nog|separaat|apart|aparte|waarna)\b"
    r"|^\W*(?:daar|hier|die|dat)\b"
)
"""Without these a letter may tell it at this very moment: "Tevens informeer ik u over de stand van zaken"."""
_LET_ME = _rx(
    r"\blaat ik\b[^?]*\b(?:meenemen|stellen|inventariseren|verrichten|uitzoeken|nagaan|toezeggen|terugkom\w*"
    r"|bekijken|onderzoeken|vragen|toesturen|opschrijven|uitwerken|informeren|navragen|sturen)\b"
)
_PROPOSED = _rx(
    rf"\b{_I} stel(?:len)? voor\b[^.;]*\bdat {_I}\b[^.;]*\b(?:terugkom\w*|stuur|sturen|informe\w+|uitzoek\w*|meene\w+)\b"
)
_COUNT_ON = _rx(
    rf"\b(?:erop|er op|ervan op aan)\b.{{0,20}}\b(?:rekenen|vertrouwen|aankunnen|dat)\b.{{0,6}}\bdat {_I}\b"
)
_CAN_DO = _rx(
    r"\b(?:informeren|sturen|toesturen|vertellen|ingaan|terugkomen|terugkom|meenemen|hebben|opleveren|leveren"
    r"|melden|delen|geven|betrekken|laten weten|opnemen|zorgen)\b"
)
_COMING = _rx(
    rf"\b(?:die|deze|de|dat|het|een)\s+(?:\w+\s+)?{_PAPER}\b[^.;,]{{0,25}}\bkomt er\b[^.;,]{{0,20}}\baan\b"
    rf"|\b(?:er komt|komt er|krijgt u|u krijgt)\b[^.;,]{{0,40}}?\b{_PAPER}\b|^\W*(?:dan )?heb ik een {_PAPER}\b"
    rf"|\bwordt de Kamer\b[^.;]*\bgeïnformeerd\b"
)
_LOOKS_ON = _rx(
    r"\b(?:hebben|heb) .{0,40}\b(?:al|reeds)\b|\b(?:op dit moment|momenteel|al(?! (?:die|deze|het|de|uw|mijn)\b)|reeds|alle dagen"
    r"|altijd)\b"
)
_STAND = _rx(r"\boordeel\b|\b(?:deze|die|de) motie\b(?!.{0,60}\b(?:mee|gesprek|uitvoer\w*)\b)")


@dataclass(frozen=True, slots=True)
class Clause:
    """What a clause does, by which rule, and where its words stand in the sentence."""

    kind: Kind
    rule: str
    start: int
    end: int


def spoken(sentence: str) -> Clause | None:
    """The first promise or refusal that a clause of a sentence of the government makes, or None.

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
        return None
    other = None
    for start, part in clauses(sentence):
        found = _clause(part)
        if found is None:
            continue
        placed = Clause(found.kind, found.rule, start + found.start, start + found.end)
        if placed.kind == "new":
            return placed
        other = other or placed
    return other


def _clause(part: str) -> Clause | None:
    if _CONSEQUENCE.match(part) or _conditional(part):
        return None
    head = re.split(r",\s+(?:waar\w*|zoals)\b|\s+waar(?:in|over|mee|bij)\b", part, maxsplit=1)[0]
    if _IN_THE_DEBATE.search(head) or HERE.search(head) or ORDERS.search(head):
        return None
    found = _will(head) or _lets(head) or _can(head) or _present(head) or _unable(head)
    if found and found.kind == "new" and IF.search(head):
        return Clause("conditional", "on-a-condition", found.start, found.end)
    return found


_CONSEQUENCE = _rx(r"\W*(?:en )?dan (?:gaan|zullen|krijgen|komen|moeten|kunnen) (?:we|wij)\b")


def _conditional(part: str) -> bool:
    return bool(re.match(r"\W*(?:als|indien|mocht|tenzij|mits|stel dat|zodra)\b", part, re.I))


def _new(rule: str, found: re.Match[str]) -> Clause:
    return Clause("new", rule, *found.span())


def _reach(part: str, found: re.Match[str]) -> str:
    """What follows the verb in its own clause."""
    return re.split(
        r",\s+(?:dat|die|of|omdat|zodat|waar\w*|zoals|hoewel|namelijk)\b", part[found.end() :], maxsplit=1
    )[0]


def _will(part: str) -> Clause | None:
    found = _WILL.search(part)
    if not found:
        return None
    rest = _reach(part, found)
    if _NOT.search(rest):
        return Clause("refused", "refuses", *found.span()) if _REFUSES.search(rest) else None
    if _TALK.search(rest) or _STAND.search(rest) or _LOOKS_ON.search(rest):
        return None
    if _INTO.search(rest) and not (_IN_A_PAPER.search(part) or term_in(part, None)):
        return None
    acts = re.search(r"\b\w{3,}en\b|\b(?:doen|gaan|slaan|staan|na|aan de slag|aan)\b", rest)
    return _new("says-will-do", found) if acts else None


def _lets(part: str) -> Clause | None:
    if (found := _LET_ME.search(part)) and not (_NOT.search(part) or "mezelf" in part):
        return _new("takes-it-on", found)
    if (found := _PROPOSED.search(part) or _COUNT_ON.search(part)) and not _NOT.search(part):
        return _new("takes-it-on", found)
    if (found := _COMING.search(part)) and not _NOT.search(part):
        return _new("will-come", found)
    return None


def _unable(part: str) -> Clause | None:
    found = _UNABLE.search(part)
    return Clause("refused", "refuses", *found.span()) if found else None


def _can(part: str) -> Clause | None:
    if (found := _WANT.search(part)) and _INTO.search(part) and _IN_A_PAPER.search(part):
        return None if _NOT.search(part) else _new("says-will-do", found)
    found = _CAN.search(part)
    if not found:
        return None
    rest = _reach(part, found)
    if _NOT.search(rest):
        return Clause("refused", "refuses", *found.span()) if re.search("waarmaken|beloven", rest) else None
    when = _IN_A_PAPER.search(part) or term_in(part, None) or re.search(r"\bzorgen dat\b", rest)
    return _new("says-will-do", found) if when and _CAN_DO.search(rest) and not _STAND.search(part) else None


def _present(part: str) -> Clause | None:
    for verb, goes_with in _DOES:
        for found in verb.finditer(part):
            rest = _reach(part, found)
            if (
                not goes_with.search(rest)
                or _NOT.search(rest)
                or _STAND.search(part)
                or _LOOKS_ON.search(part)
            ):
                continue
            if _TELLS.search(found[0]) and not (_LATER.search(part) or term_in(part, None)):
                continue
            plural = re.search(r"\b(?:wij|we)\b", found[0], re.I)
            later = _IN_A_PAPER.search(part) or term_in(part, None) or _FOR_SURE.search(part)
            if plural and not later:
                continue
            return _new("says-does", found)
    return None
