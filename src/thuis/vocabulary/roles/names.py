"""Names of laws, offices, programmes and titles: their head words, and what may stand after those."""

from __future__ import annotations

import re

from thuis.vocabulary.roles.window import Window
from thuis.vocabulary.roles.words import any_of, words

_ANY_HEAD = any_of("name-heads", "name-bodies", "name-offices", "name-small")
_SMALL = (
    words("name-small")
    - {each.lower() for each in words("name-heads") | words("name-bodies")}
    - {each.lower() for each in words("name-offices")}
)
# "Artikel 40" opens a provision wherever a line of law begins.
_OPENING = "|".join(sorted(f"{each[0].upper()}{each[1:]}" for each in _SMALL - {"artikel"}))
_HEAD = re.compile(rf"\b(?:{_ANY_HEAD}|{any_of('papers')}|{_OPENING}|[A-Z][a-zë]*{any_of('name-endings')})\b")
# A name printed in capitals: "BELEIDSNOTA INTEGRATIE", no "DE WET GELDT".
_CAPITALS = re.compile(rf"\b(?:[A-Z]*{any_of('name-endings').upper()}|MINISTERS?|STAATSSECRETARIS)\b")
# What ends the stretch a name stands in; a new article or item begins on a line of its own.
_BOUND = re.compile(
    r"[.;:!?|]\s|\n\s|\n(?=(?:Artikel|Hoofdstuk|Paragraaf|Afdeling|Bijlage|§|\d+[.°]|[a-z]{1,2}\.)\s)"
    r"|[(){}\[\]*]|\s[–-]\s"
)
# "De Wet inburgering en het aanbieden van …": an article after "en" opens what is no part of the name.
_BEGINS_ANEW = re.compile(r"\b(?:en|of|alsmede)\s+(?:de|het|een|hun|zijn|haar)\s")
# Here headings and lists of subjects also write common nouns with a capital.
_TITLE_CASE = ("manifesto", "text")
# ``32 824 Integratiebeleid Nr. 115``: the number of a dossier, then its title.
_DOSSIER = re.compile(
    r"(?:^|[\s(\[])\d{2}[ .]?\d{3}(?:[- ][IVXLC]+)?,?\s+(?:[–-]\s+)?((?:[\w(),’'-]+\s+){0,10})$"
)
# Over a paper: the number, the title in as many words as it takes, then the next number.
_HEADING = re.compile(r"(?:^|\s)\d{2}[ .]?\d{3}(?:[- ][IVXLC]+)?\s+[A-Z](?:(?!\n\n|\d{2} \d{3})[^.;])*$")
_ENDS_HEADING = re.compile(
    r"(?:(?!\n\n\w{0,12}[a-z])[^.;]){0,200}?(?:\b[Nn][Rr]\.?\s?\d|\b\d{2} \d{3}\s+[A-Z])"
)
_OPENS_NAME = frozenset(["voor", "van", "inzake", "tot", "ter", "for", "of", "on"])
_RELATES = frozenset(["betreffende", "tussen", "over", "aangaande", "nopens", "tegen"])
_LINKS = frozenset(
    ["voor", "van", "de", "het", "der", "en", "in", "op", "inzake", "met", "tot", "bij", "tussen"]
)
_SUBJECTS = any_of("subjects")
_ADJECTIVE = re.compile(r"(?:niet-)?westerse?", re.IGNORECASE)
_CAPITAL = re.compile(r"[A-ZÀ-Ý][\w'’-]*")


def name_of(window: Window, genre: str, proper: bool = False) -> str | None:
    """The ground on which a hit is part of a name, or None.

    >>> name_of(Window.at("de Stuurgroep Allochtonen adviseerde", 14, 25), "law")
    'Stuurgroep'
    >>> name_of(Window.at("In de wet staat dat allochtonen meedoen", 20, 31), "law") is None
    True
    """
    if re.match(r",?\s+levende\s+tale?n?", window.after, re.IGNORECASE):
        return "onderwijs in allochtone levende talen"
    if "aangehaald" in window.before and (cited := _CITED_AS.search(window.before[-160:])):
        return " ".join(cited[1].split())
    budget = window.hit.lower() == "integratie" and _SUBJECT_OF_BUDGET.match(window.after)
    if budget and "artikel" in window.sentence:
        return "artikel"
    if proper:
        titled = "wijziging" in window.before and _TITLED.search(window.before[-400:])
        return "wijziging" if titled else _proper(window)
    return (
        _by_body(window)
        or _by_dossier(window)
        or _by_portfolio(window)
        or _by_instrument(window)
        or _by_amendment(window)
        or _by_head(window, plain=genre != "law")
        or _by_head_after(window)
        or _by_reference(window)
        or _by_capital(window, genre)
        or _by_coupling(window, genre)
    )


def _proper(window: Window) -> str | None:
    """The ground for a term with a capital of its own, which needs a word of the title before it."""
    titled = re.search(r"\d\s+[A-Z]\w+\s+(?:\w+\s+)*$", window.before[-160:])
    return (
        (_by_dossier(window) if titled else None) or _by_instrument(window) or _by_head(window, proper=True)
    )


# The article of the budget, also without capitals: "integratie en maatschappelijke samenhang".
_SUBJECT_OF_BUDGET = re.compile(r"\s+en\s+maatschappelijke\s+samenhang\b", re.IGNORECASE)
# "Minister Verdonk (Integratiebeleid, VVD)", "wethouder Kaya (Integratie en Cultuur)".
_PORTFOLIO = re.compile(
    r"\b(?:[Mm]inister|[Ss]taatssecretaris|[Ww]ethouder|[Gg]edeputeerde|[Ss]chepen)\s+"
    r"(?:[\w.'’-]+\s+){1,4}\((?:[A-Z][\w-]*(?:\s+en\s+|,\s+|\s+))*$"
)


# "Zijn collega Vogelaar (Wonen, Wijken, Integratie; PvdA)": a name, what she is charged with, her party.
_IN_BRACKETS = re.compile(r"\b[A-Z][\w'’-]+\s\((?:[A-Z][\w-]*(?:\s+en\s+|,\s+|\s+))*$")
_OF_PARTY = re.compile(r"(?:(?:\s+en|,)\s+[\w-]+){0,3}[,;]\s*[A-Z][A-Za-z0-9]{1,12}\)")


def _by_portfolio(window: Window) -> str | None:
    """What a minister is charged with, between brackets after the name."""
    found = window.hit[:1].isupper() and _PORTFOLIO.search(window.before[-120:])
    if found and re.match(r"[^()]{0,40}\)", window.after):
        return "portfolio"
    of_party = _OF_PARTY.match(window.after) and _IN_BRACKETS.search(window.before[-120:])
    return "portfolio" if of_party else None


# "Dit besluit wordt aangehaald als: Besluit … Antilliaanse jongeren": up to the end of its sentence a title.
_CITED_AS = re.compile(r"\b(aangehaald\s+als):?\s+[^.;:\n]*$")
_BODY = re.compile(r"\w+en(?:dienst|politie|kamer|legioen)(?:en|s)?")
_INSTRUMENT = re.compile(r".*\w(?:wet|decreet|besluit|verdrag|verordening)")
_TITLED = re.compile(
    r"\b(?:(?:[Rr]ijksw|[Ww])et(?:svoorstel)?\s+(?:van\s+\d{1,2}\s+\w+\s+\d{4}\s+)?tot\s+wijziging\s+van"
    r"|(?:Rijkswet|Wet)\s+wijziging)\s[^.;\n]{0,300}"
    r"(?:\b(?:in\s+verband\s+met|ter)\s[^.;\n]*|\([^().;\n]*)$"
)


def _by_body(window: Window) -> str | None:
    """ "De vreemdelingendienst", "de vreemdelingenkamer": the body itself, also in lower case."""
    word = window.hit.lower() + re.sub(r"\W.*", "", window.attached_after)
    if window.hit[:1].isupper() and _INSTRUMENT.fullmatch(word):
        return "instrument"
    return "body" if _BODY.fullmatch(word) else None


def _by_head_after(window: Window) -> str | None:
    """ "De Vlaamse Migratie- en Integratie Monitor 2013": a head with a capital right after the hit."""
    found = window.hit[:1].isupper() and _HEAD.match(window.after.lstrip(" ")) and window.after[:1] == " "
    return "head after" if found else None


_KIND = r"(?:regeling|besluit|verordening|beleidsregels?|protocol|wet)"
# "De Tijdelijke bijdrageregeling extra bestuurskosten minderhedenbeleid": its first word has the capital.
_CALLED = re.compile(
    rf"\b(?:Experimentele|Tijdelijke|Algemene|Nadere|Bijzondere|Subsidie|Uitvoerings|Stimulerings|Bijdrage)\s?-?"
    rf"\w*{_KIND}\s+(?P<title>[^.;:()\n]{{0,90}})$"
)
# The first line of an act is its title; what it is about, after a comma or "houdende", is said in words.
_FIRST_LINE = re.compile(
    rf"^\s*(?:[#*]+\s*)?(?:[A-Z]\w*{_KIND}|Besluit|Regeling|Wet)\s+"
    r"(?:(?!houdende|betreffende|tot\b)[^.,;:\n]){0,160}$"
)


def _by_instrument(window: Window) -> str | None:
    """What an act is called: in its first line, or after the head that carries the capital of the name."""
    if _FIRST_LINE.match(window.before):
        return "title"
    found = _CALLED.search(window.before[-160:])
    if not found:
        return None
    title = re.findall(r"[\w'’-]+", found["title"])
    verbal = any(each.lower() in words("name-breaks") for each in title) or _names_verb(title)
    return None if verbal else "instrument"


def _names_verb(title: list[str]) -> bool:
    """Whether the first word after a head acts: ``de Tijdelijke regeling geldt``."""
    acts = re.search(r"(?:[^aeiou]t|den|te|ten)$", title[0]) if title else None
    return acts is not None and title[0][0].islower()


_AMENDING = re.compile(r"\b\w*wet\b[^()]{0,80}\([^()]*$", re.IGNORECASE)
_WITH_PAPER = re.compile(r"[^()]*\)\s*\((?:kamerstuk\w*|kst)\b", re.IGNORECASE)


def _by_amendment(window: Window) -> str | None:
    """What an amending act is called by, between brackets before its paper: "(…)(kamerstuk 30877)"."""
    if "wijziging" in window.before and _TITLED.search(window.before[-400:]):
        return "tot wijziging van"
    found = _AMENDING.search(window.before[-200:]) and _WITH_PAPER.match(window.after)
    return "kamerstuk" if found else None


_YEAR = r"\((?:(?:19|20)\d\d[a-z]?|in druk|z\.?j\.?|n\.?d\.?)(?:, [^()]{2,20})?\)"
# "Gowricharn, R. (1992). Tegen beter weten in.", "SCP (2009). Jaarrapport": an entry of a list of sources.
_ENTRY = re.compile(
    rf"(?:^|\n|[.;•*–-]\s|\]\s)[A-ZÀ-Ý][\w'’-]+(?: [a-z]{{2,4}}){{0,2}}, (?:[A-Z]\.[ -]?)+"
    rf"[^()\n]{{0,140}}{_YEAR}[^\n]{{1,200}}$"
    rf"|(?:^|\n)[\s•*-]*[A-Z][\w&/,. -]{{1,60}} {_YEAR}\.\s[A-Z][^\n]{{0,200}}$"
)
# The other order: "Entzinger, H., Het minderhedenbeleid, Meppel: Boom 1984".
_PRINTED = re.compile(
    r"[^.;\n]{0,90}[,.(]\s*[A-Z][\w' -]{2,25}:\s[A-Z][\w& ./-]{2,40}[,.(]?\s?(?:19|20)?\d{0,2}"
)
_AUTHOR = re.compile(r"(?:^|\n|[.;•*–-]\s)[A-ZÀ-Ý][\w'’-]+, (?:[A-Z]\.[ -]?)+[^\n]{0,160}$")


def _by_reference(window: Window) -> str | None:
    """What stands in an entry of a list of sources: a title, not the writer's own words."""
    before = window.before[-420:]
    if "(" in before and _ENTRY.search(before):
        return "reference"
    return "reference" if _AUTHOR.search(before[-200:]) and _PRINTED.match(window.after[:160]) else None


def _by_dossier(window: Window) -> str | None:
    """The title of a dossier after its number; it opens with a capital, as no counted noun does."""
    if _HEADING.search(window.before[-240:]) and _ENDS_HEADING.match(window.after):
        return "dossier"
    found = _DOSSIER.search(window.before[-160:])
    if not found:
        return None
    title = (found[1] + window.hit).split()
    if not title[0][:1].isupper() or any(each.lower() in words("name-breaks") for each in title):
        return None
    return "dossier"


# "Plan voor opvang van vreemdelingen": the capital of such a noun is that of its sentence.
_COMMON = frozenset(
    ["plan", "plannen", "project", "programma", "rapport", "notitie", "nota", "pilot", "enquête"]
)
_OFFICES = frozenset(["minister", "ministers", "staatssecretaris", "wethouder", "portefeuillehouder"])
_ABOUT = frozenset(["voor", "tegen", "over", "met", "om", "rond", "onder"])


def _described(head: re.Match[str], stretch: str, tokens: list[str], capital: bool, plain: bool) -> bool:
    """Whether what follows a head tells what it is for: ``een pilot voor statushouders``."""
    if capital or not tokens or tokens[0] not in _ABOUT:
        return False
    led = stretch[: head.start()]
    if head.group()[0].isupper():
        return plain and not led.strip() and head.group().lower() in _COMMON
    apart = re.search(r"\b(?:een|geen|deze|die|elke|iedere)\s+(?:\w+e\s+)?$", led, re.IGNORECASE)
    return bool(apart) or tokens[0] in ("met", "onder") or (plain and len(tokens) == 1)


def _by_head(window: Window, *, proper: bool = False, plain: bool = False) -> str | None:
    stretch = _BOUND.split(window.before[-160:])[-1]
    heads = _CAPITALS if window.hit.isupper() else _HEAD
    for head in reversed(list(heads.finditer(stretch))):
        tokens = re.findall(r"[\w'’-]+|[,/]", stretch[head.end() :])
        if _BEGINS_ANEW.search(stretch[head.end() :]):
            continue
        # "Verdrag betreffende de status van": what relates a title to its subject follows the head.
        title = tokens[1:] if tokens and tokens[0] in _RELATES and head.group()[0].isupper() else tokens
        if len(tokens) <= 9 and not any(each.lower() in words("name-breaks") for each in title):
            capital = window.hit[:1].isupper()
            subject = window.hit.lower() in (
                "integratie",
                "inburgering",
                "integratiebeleid",
                "minderhedenbeleid",
            )
            if _described(head, stretch, tokens, capital, plain):
                continue
            # "Wat doet de minister voor Antilliaanse Nederlanders": no capital of a portfolio.
            if proper and head.group() in words("name-small") and head.group() in _OFFICES:
                continue
            # "het Verdrag buiten de Nederlandse Antillen": a place has its capital also outside a name.
            if proper and any(each[0].islower() and each not in _LINKS for each in tokens):
                continue
            if head.group().isupper():
                told = True
            elif (
                not stretch[: head.start()].strip()
                and head.group()[1:].islower()
                and head.group().lower() in _SMALL
            ):
                # "Wethouder Integratie": its capital is that of the sentence.
                told = _after_small(head.group().lower(), tokens, capital, subject)
            elif head.group()[0].isupper():
                article = bool(
                    re.search(r"\b(?:de|het|een|onze)\s+$", stretch[: head.start()], re.IGNORECASE)
                )
                told = _after_capital(head.group(), tokens, capital, article)
            else:
                act = head.group() == "wet" and not tokens and window.hit.lower() == "inburgering"
                act = act and not re.search(r"\b(?:deze|die|dezelfde|dit)\s+$", stretch[: head.start()])
                told = act or _after_small(head.group(), tokens, capital, subject)
            if told:
                return head.group()
    return None


def _after_capital(head: str, tokens: list[str], capital: bool, article: bool) -> bool:
    """``Wet … allochtonen``; with an article right before it the hit belongs to the running text, and so it
    does after a body that acts: ``De Raad adviseert allochtonen``.
    """
    if capital:
        return True
    if head in words("name-offices") or head.lower().startswith(
        ("minister", "staatssecretaris", "directeur")
    ):
        return False
    if head in words("name-bodies") and not _named(tokens, article):
        return False
    return not (tokens and tokens[-1].lower() in ("de", "het", "een", "the", "a"))


def _named(tokens: list[str], article: bool) -> bool:
    """Whether a body's name goes on: ``Commissie integratie``, ``de Raad voor``; no ``de Raad meent``."""
    if not tokens:
        return True
    if tokens[0][0].isupper() or tokens[0] in _OPENS_NAME:
        return True
    return not article and not re.search(r"(?:t|de|den|te|ten)$", tokens[0])


def _after_small(head: str, tokens: list[str], capital: bool, subject: bool) -> bool:
    """``de stuurgroep Allochtonen``, ``de doeluitkering sociaal, integratie en veiligheid``."""
    if head == "beleidsterrein" and not capital and "coördinatie" not in tokens:
        return False
    # "In de agenda integratie", "de nota minderhedenbeleid": a subject right after a paper is its title.
    if not tokens and subject and head in words("papers"):
        return True
    if capital or head in words("name-titled"):
        return True
    # "het algemeen overleg Inburgering en integratie": the name began with a capital.
    if tokens and tokens[0][0].isupper() and set(tokens[1:]) <= {"en", "&", ","}:
        return True
    return (
        head in ("fonds", "wet", "regeling")
        and 0 < len(tokens) <= 6
        and tokens[0] != "van"
        and tokens[-1].lower() not in ("de", "het", "een")
        and not _names_verb(tokens)
    )


# "Over Inburgering en integratie": what a name couples to a subject with a capital belongs to it.
_COUPLED = re.compile(
    rf"(?<![.!?:•–|*-])[ \t]{_SUBJECTS}(?:, {_SUBJECTS})* (?:en|&) (?:{_SUBJECTS.lower()} (?:en|&) )?$"
)


def _by_coupling(window: Window, genre: str) -> str | None:
    """A subject without a capital after "en", where the subject before it has one inside its sentence."""
    if genre in _TITLE_CASE or window.hit[:1].isupper() or window.begins:
        return None
    found = _COUPLED.search(window.sentence_before[-90:])
    return "coupled" if found and not re.match(r"\s+(?:van|voor|in|op|binnen)\b", window.after) else None


def _by_capital(window: Window, genre: str) -> str | None:
    """A capital inside a sentence, in a text that does not write common nouns so."""
    if not window.hit[:1].isupper() or window.hit.isupper() or window.begins or genre in _TITLE_CASE:
        return None
    previous = re.findall(r"[\w'’-]+|[^\w\s]", window.sentence_before)[-2:]
    if not previous:
        return None
    # "andere Westerse landen": a direction with a capital, before a common noun.
    if _ADJECTIVE.fullmatch(window.hit) and re.match(r"\s+[a-zà-ÿ]", window.after):
        return None
    # ``een Vreemdeling, bedoeld in``: a law writes the words it defined with a capital.
    if genre == "law" and previous[-1].lower() in ("een", "iedere", "elke"):
        return None
    capital_near = any(_CAPITAL.fullmatch(each) for each in previous) or re.match(
        r"\s+(?:(?:en|&|van|and|of)\s+)?[A-ZÀ-Ý][a-z]", window.after
    )
    listed = genre == "law" and previous[-1] in (",", "en", "&", "and")
    return "capitals" if capital_near or listed or window.words_after(1) != ["is"] else None
