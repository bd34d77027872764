"""Personal data in a text: what a person should look at before it is published.

Every rule asks a question; none decides. A number, an address or a name is pointed out where nothing beside
it says that it is an organisation's: a register number, a reference, a venue, a role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MOBILE = re.compile(
    r"(?<![\d/])(?:(?:\+|00)\s?31[\s.-]{0,2}(?:\(0\)[\s.-]?)?6|\(?[0oO]\s?6\)?|\bnul\s?zes\b)"
    r"(?:[\s./–-]{0,3}\d){8}(?!\d)",
    re.I,
)
_MAIL = re.compile(r"[\w.+-]+\s?(?:@|[\[(]\s?(?:at|apenstaartje)\s?[\])])\s?[\w-]+(?:\.[\w-]+)+")
FREE_MAIL = re.compile(
    r"(?:@|[\])])\s?(?:gmail|hotmail|outlook|live|yahoo|icloud|ziggo|kpnmail|planet|home|xs4all|hetnet|telfort)\.",
    re.I,
)
_ROLE = re.compile(
    r"(?:info|contact|welkom|welcome|hallo|hello|post|mail|office|kantoor|balie|receptie|secretariaat|"
    r"bestuur|redactie|aanmelden|aanmelding|inschrijven|vrijwilligers?|administratie|coordinatie|team|loket|"
    r"activiteiten|communicatie|pr|agenda|vragen|hulp|help|support|leden\w*)(?:[.+_-][\w.+-]+)?$",
    re.I,
)
_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}\s?(?:[A-Z0-9]{4}\s?){2,7}[A-Z0-9]{0,4}\b")
_BSN = re.compile(r"(?<!\d)\d{9}(?!\d)")
_REGISTER = re.compile(
    r"\b(?:rsin|kvk|btw|fiscaal|anbi|lrk|agb|artikel|order|factuur)[\w-]*\W+(?:\w+\W+)?$", re.I
)
_STREET = (
    "straat|laan|weg|plein|kade|gracht|hof|dijk|steeg|pad|singel|dreef|plantsoen|park|wal|markt|ring|baan|"
    "oord|veld|kamp"
)
_LOWER = "straat|laan|weg|plein|kade|gracht|dijk|steeg|singel|dreef|plantsoen"
_UNITS = r"m|km|meter|kilometer|minute\w*|minuten|min|met(?:re|er)s?|hours?|uur|euro|jaar|keer|bij|x"
_HOUSE = rf"\d{{1,4}}(?!\s?(?:{_UNITS})\b)\s?[a-zA-Z]{{0,2}}\b"
_HOME = re.compile(
    rf"\b[A-Z][\w'’.-]*(?:\s[A-Z]?[\w'’.-]+){{0,3}}?(?:{_STREET})\s{_HOUSE}"
    rf"|\b[a-z]{{3,}}(?:{_LOWER})\s{_HOUSE}"
    r"|\b[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}\b"
)
_VENUE = re.compile(
    r"(?:(?<!\bt)huis|centrum|centra|kamer|hub|gebouw|zaal|hal|bibliotheek|bieb|kerk|moskee|synagoge|tempel|school|"
    r"college|mfa|theater|museum|caf[eé]|restaurant|stichting|vereniging|club|kantine|loods|kas|tuin|boerderij|"
    r"winkel|kringloop|hotel|locatie|adres|ingang|parkeerplaats|halte|library|church|mosque|centre|center|hall|"
    r"venue)\b",
    re.I,
)
_AT_HOME = re.compile(
    r"\b(?i:bij (?:mij|ons|haar|hem|mensen) thuis|mijn (?:huis|woning|adres)|ik woon|at my home)\b|"
    r"\b(?:bij|van) [A-ZÀ-Þ]\w+ thuis\b|\b[Hh]uiskamer van [A-ZÀ-Þ]"
)
_NUMBERED = re.compile(
    rf"\bnummer \d{{1,4}}\w? (?:van|in|aan) (?:de |het )?\w+(?:{_LOWER})\b|"
    rf"\bwoon\w*\b[^.]{{0,40}}\b(?:nummer|nr\.?)\s\d{{1,4}}\b[^.]{{0,40}}(?:{_LOWER})\b",
    re.I,
)
_LINK = r"(?:van|de|den|der|het|ter|ten|te|el|al|ben|bin|op|aan|in|'t)"
_CAP = r"[A-ZÀ-Þ][\w'’À-ÿ-]*[\wÀ-ÿ]"
_WHO = rf"(?:(?:[A-Z]\.\s?)*(?:(?i:{_LINK})\s){{0,3}}{_CAP}(?:\s(?:{_LINK}\s){{0,3}}{_CAP}){{0,2}})"
_TITLE = re.compile(
    rf"\b(?i:mevrouw|meneer|mevr\.?|mw\.?|dhr\.?|de heer|familie|fam\.?|mrs?\.?|ms\.?|juf|meester)\s({_WHO})"
)
_ASK = re.compile(
    r"\b(?i:(?:bel|app|mail)(?:len|pen|en)?(?: (?:met|naar))?|vraag(?: \w+){0,3} naar|"
    r"(?:info|informatie|vragen|opgave|aanmelden|contact(?:persoon)?)\s?:|"
    r"contact (?:op )?met|(?:aan)?melden (?:kan )?bij|opgeven (?:kan )?bij|meld je (?:aan )?bij|"
    r"ik heet|ik ben|mijn naam is|my name is|huiskamer van|t\.?n\.?v\.?|"
    r"onder leiding van|o\.?l\.?v\.?|dirigent|docente?|begeleid door|gegeven door|geleid door|call|ask for|"
    rf"get in touch with|led by)\s+({_WHO})"
)
_WITH = re.compile(
    rf"\bbij ({_CAP})(?=,\s{_CAP}| thuis\b| via\b| en {_CAP}\b)|"
    rf"\bdoor ({_WHO})(?= (?:georganiseerd|begeleid|gegeven|geleid|opgezet)\b)"
)
_NOBODY = re.compile(
    rf"(?:\w*{_VENUE.pattern}|\w*(?:team|werk|welzijn|zorg|kruis)\b|humanitas|dock|leger|gemeente|sociaal|stadsdeel|politie|zaal|whatsapp|facebook|nederland|het|de\s|maandag|"
    r"dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ons|onze)",
    re.I,
)
_NEAR = 45


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of a text that may be personal data, and of which kind."""

    kind: str
    what: str
    text: str


def personal(text: str, venues: frozenset[str] = frozenset()) -> Iterator[Found]:
    """What in a text may be personal data.

    :param venues: addresses that the record has as its place.

    >>> [(each.kind, each.text) for each in personal("Bel Samira, 06.12.34.56.78, KvK 06123456")]
    [('mobile number', '06.12.34.56.78'), ('name', 'Samira')]
    >>> list(personal("Buurthuis De Linde, Lindelaan 12; mail info@delinde.nl"))
    []
    """
    tests: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
        ("mobile number", MOBILE, lambda _: True),
        ("address for mail", _MAIL, _private),
        ("number like a BSN", _BSN, _citizen),
        ("bank account", _ACCOUNT, lambda each: _checked(each.group())),
    )
    for kind, pattern, meant in tests:
        for found in pattern.finditer(text):
            if meant(found):
                what = f"a {kind} in a text: move it to the contact, or leave it out"
                yield Found(kind, what, found.group())
    for found in (*_HOME.finditer(text), *_NUMBERED.finditer(text)):
        known = any(found.group() in each for each in venues)
        before = text[max(0, found.start() - _NEAR) : found.end()]
        if not known and (_AT_HOME.search(text) or not _VENUE.search(before)):
            yield Found("address", "an address in a text: is it somebody's home?", found.group())
    for name in _names(text):
        yield Found("name", "a person's name in a text: is there consent, or would a role do?", name)


def _private(found: re.Match[str]) -> bool:
    """An address of mail that is not a role's at an organisation."""
    local = re.split(r"\s?[@\[(]", found.group())[0]
    return bool(FREE_MAIL.search(found.group())) or not _ROLE.match(local)


def _citizen(found: re.Match[str]) -> bool:
    """Nine digits that pass the test of a citizen service number, and are not said to be something else."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    digits = found.group()
    passes = sum(int(digit) * w for digit, w in zip(digits, weights, strict=True)) % 11 == 0
    return digits != "0" * 9 and passes and not _REGISTER.search(found.string[: found.start()])


def _checked(text: str) -> bool:
    """Whether it is written as a Dutch account, or has the check digits of one elsewhere (ISO 13616)."""
    plain = re.sub(r"\s", "", text)
    turned = "".join(str(int(each, 36)) for each in plain[4:] + plain[:4])
    dutch = re.fullmatch(r"NL\d\d[A-Z]{4}\d{10}", plain)
    return bool(dutch) or (not plain.startswith("NL") and int(turned) % 97 == 1)


def _names(text: str) -> Iterator[str]:
    seen: set[str] = set()
    for pattern in (_TITLE, _ASK, _WITH):
        for found in pattern.finditer(text):
            name = next(filter(None, found.groups()))
            if name not in seen and not (pattern is not _TITLE and _NOBODY.match(name)):
                seen.add(name)
                yield name
