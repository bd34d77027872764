"""Names of laws, offices, programmes and titles: their head words, and what may stand after those."""

from __future__ import annotations

import re

from thuis.vocabulary.roles.window import Window

# Heads that open a name when they are written with a capital letter.
_HEADS = """
    Rijkswet Wet Besluit Regeling Commissie Pilot Platform Programma Project Fonds Directie Dienst Afdeling
    Directoraat Nota Notitie Rapport Monitor Plan Akkoord Verdrag Richtlijn Agenda Survey Raad Instituut
    Centrum
    Stichting Vereniging Handreiking Atlas Jaarrapport Kadernota Minister Ministers Ministerie
    Staatssecretaris
    Directeur-Generaal Directeur Adviescommissie Act Agency Committee Department Programme Ministry Council
    Institute Foundation Fund
"""
_ENDINGS = """
    wet besluit regeling beschikking commissie platform groep fonds programma project nota notitie rapport
    rapportage monitor brief plan akkoord verdrag richtlijn agenda survey congres raad instituut centrum
    stichting
    vereniging directie dienst afdeling ministerie
"""
_SMALL_HEADS = """
    stuurgroep werkgroep projectgroep commissie directie ministerie minister ministers staatssecretaris
    wet fonds
    beleidsterrein doeluitkering stimuleringsregeling uitkering begrotingsartikel programma regeling pilot
    portefeuille project indexering afdeling
"""
_HEAD = re.compile(
    rf"\b(?:{'|'.join(_HEADS.split())}|[A-Z][a-zë]*(?:{'|'.join(_ENDINGS.split())})"
    rf"|{'|'.join(_SMALL_HEADS.split())})\b"
)
# Here headings and lists of subjects also write common nouns with a capital.
_TITLE_CASE = ("manifesto", "text")
_TITLED = frozenset({"doeluitkering", "stimuleringsregeling", "beleidsterrein", "indexering", "pilot"})
# Words that end a name: verbs, clauses, relations between things.
_NO_NAME_WORDS = """
    is wordt worden zijn was waren heeft hebben had dat die dit deze om te door als niet geen ook maar
    want waarin
    waarbij waarop waarmee kan kunnen moet moeten zal zullen mag mogen wil willen gaat gaan tussen onder ten
    aanzien naar over bij aan uit meer veel alle hun zij hij wij ik er nog al zo dan bepaalt regelt vanaf
    staat
    stelt richt gericht betreft betreffende voorkomen voorkomt groepen which that are were has have must
    should
    will to by not
"""
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
_CAPITAL = re.compile(r"[A-ZÀ-Ý][\w'’-]*")
_OFFICE = re.compile(r"(?:minister|staatssecretaris|directeur)", re.IGNORECASE)


def name_of(window: Window, genre: str, proper: bool = False) -> str | None:
    """The ground on which a hit is part of a name, or None.

    >>> name_of(Window.at("de Stuurgroep Allochtonen adviseerde", 14, 25), "law")
    'Stuurgroep'
    >>> name_of(Window.at("In de wet staat dat allochtonen meedoen", 20, 31), "law") is None
    True
    """
    if window.attached_before.endswith("/") and window.attached_after.startswith(("/", "-")):
        return "address"
    if "/" in window.attached_before and re.search(r"\([^\s)]*$", window.before[-150:]):
        return "address"
    if re.match(r"\s+levende\s+tale?n?", window.after, re.IGNORECASE):
        return "onderwijs in allochtone levende talen"
    return _by_head(window) or (None if proper else _by_capital(window, genre))


def _by_head(window: Window) -> str | None:
    stretch = re.split(r"[.;:!?|\n]\s|[(){}\[\]*]|\s[–-]\s", window.before[-160:])[-1]
    for head in reversed(list(_HEAD.finditer(stretch))):
        tokens = re.findall(r"[\w'’-]+|[,/]", stretch[head.end() :])
        if len(tokens) <= 9 and not any(each.lower() in _NO_NAME for each in tokens):
            capital = window.hit[:1].isupper()
            rule = _after_capital if head.group()[0].isupper() else _after_small
            if rule(head.group(), tokens, capital):
                return head.group()
    return None


def _after_capital(head: str, tokens: list[str], capital: bool) -> bool:
    """``Wet … allochtonen``; with an article right before it the hit belongs to the running text."""
    if capital:
        return True
    return not _OFFICE.match(head) and not (tokens and tokens[-1].lower() in ("de", "het", "een", "the", "a"))


def _after_small(head: str, tokens: list[str], capital: bool) -> bool:
    """``de stuurgroep Allochtonen``, ``de doeluitkering sociaal, integratie en veiligheid``."""
    if capital or head in _TITLED:
        return True
    return (
        head in ("fonds", "wet", "regeling")
        and 0 < len(tokens) <= 6
        and tokens[0] != "van"
        and tokens[-1].lower() not in ("de", "het", "een")
    )


def _by_capital(window: Window, genre: str) -> str | None:
    """A capital inside a sentence, in a text that does not write common nouns so."""
    if not window.hit[:1].isupper() or window.hit.isupper() or window.begins or genre in _TITLE_CASE:
        return None
    previous = re.findall(r"[\w'’-]+|[^\w\s]", window.sentence_before)[-2:]
    if not previous:
        return None
    capital_near = any(_CAPITAL.fullmatch(each) for each in previous) or re.match(
        r"\s+(?:(?:en|&|van|and|of)\s+)?[A-ZÀ-Ý][a-z]", window.after
    )
    listed = genre == "law" and previous[-1] in (",", "en", "&", "and")
    return "capitals" if capital_near or listed or window.words_after(1) != ["is"] else None
