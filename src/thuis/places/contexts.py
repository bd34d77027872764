"""What stands around a name and says what it is: an address, a province, a person, an institution."""

from __future__ import annotations

import re
from typing import Literal

from thuis.language.months import DUTCH

Role = Literal["municipality", "province", "address", "institution", "person", "word", "treaty"]

WORDS = frozenset(
    """
    asten beek beers bergen best boekel born buren dalen deurne doorn duiven echt ede elst epe erp esch goes
    goor grave haren heel heer helden hoeven hoorn horn horst houten hulst kampen kapelle laren leek lith
    losser loenen made marken mill monster neer oss peel putte putten roden rossum rozendaal ruinen rhenen son
    stein strijen thorn tiel urk vries weert wierden wisch wouw zeeland zeist zijpe
    """.replace("ij", "y").split()
)
"""Names that are a Dutch or English word, or a common surname, folded."""

_PLACE = re.compile(
    r"\b(?:gemeenten?|gem\.|stad|steden|te|in|uit|naar|rond|om|bij|rondom|vanuit|"
    r"burgemeester(?: en wethouders)? van|wethouders? van|raad van|college van|"
    r"municipality of|municipalities(?: of)?|city of|from|near)\s*:?\s+$",
    re.I,
)
_PERSON = re.compile(
    r"\b(?:de heer|mevrouw|mw\.|dhr\.|mr\.|mrs\.|ms\.|dr\.|drs\.|prof\.|minister|staatssecretaris|lid|leden|"
    r"[A-Z]\.)\s*(?:van(?: de[nr]?)?|de|ter|ten|op)?\s*$"
)
_BEFORE: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "treaty",
        re.compile(
            r"\b(?:verdrag|treaty|akkoord|protocol|verklaring|conventie|vrede|unie)\s+(?:van|of)\s+$", re.I
        ),
    ),
    ("address", re.compile(r"\b\d{4}\s?[A-Z]{2}\s+$")),
    (
        "province",
        re.compile(
            r"\b(?:provincies?|prov\.|provinces?(?:\s+of)?|(?:gedeputeerde|provinciale) staten van)\s+"
            r"(?:[A-Z][\w-]+(?:,\s*|\s+en\s+))*$",
            re.I,
        ),
    ),
    (
        "institution",
        re.compile(
            r"\b(?:universiteit|university(?: of)?|hogeschool|tu|th|rechtbank|gerechtshof|hof|ziekenhuis|"
            r"luchthaven|airport|radboud|stichting|vereniging|fc|sc|ggd|politie|veiligheidsregio|regio|"
            r"omgevingsdienst|bisdom|theater|museum|vu|roc|waterschap|arrondissement|metropoolregio|stadsregio|"
            r"station|kamer van koophandel)\s+(?:van\s+)?$",
            re.I,
        ),
    ),
)
_AFTER: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("institution", re.compile(r"\s(?:University|Universiteit|School of|Airport)\b")),
    (
        "province",
        re.compile(r"(?:(?:,\s*|\s+en\s+|\s+and\s+)[A-Z][\w-]+)*\s*\((?:de\s+)?provin(?:cies?|ces?)\)"),
    ),
)
_HYPHEN = re.compile(r"-([A-Za-z]+)")
_QUARTERS = frozenset(
    {"centrum", "binnenstad"}
    | {f"{a}{b}" for a in ("noord", "zuid", "") for b in ("oost", "west", "") if a or b}
)
_DATED = re.compile(rf"\s*,?\s*\d{{1,2}}\s+(?:{'|'.join(DUTCH)})\b")


def role_of(text: str, start: int, stop: int, since: int) -> Role:
    """What the words around a name make of it; ``since`` is the end of the name before."""
    before, after = text[max(0, start - 70) : start], text[stop : stop + 40]
    if _PERSON.search(text[max(since, start - 70) : start]):
        return "person"
    if _DATED.match(after) and text[:start].rstrip(" \t")[-1:] in ("", "\n"):
        return "address"
    told = [role for role, pattern in _BEFORE if pattern.search(before)]
    told += [role for role, pattern in _AFTER if pattern.match(after)]
    return told[0] if told else "municipality"


def compound(after: str) -> str | None:
    """The word that a hyphen joins to a name, unless it is a quarter of that town.

    >>> compound("-gerelateerd werk"), compound("-Noord")
    ('gerelateerd', None)
    """
    found = _HYPHEN.match(after)
    return None if not found or found.group(1).casefold() in _QUARTERS else found.group(1)


def as_place(before: str) -> bool:
    """Whether the words before a name speak of a place.

    >>> as_place("de gemeenten "), as_place("Dat is ")
    (True, False)
    """
    return bool(_PLACE.search(before[-70:]))


def as_municipality(before: str) -> bool:
    """Whether the word before a name is ``gemeente``."""
    return bool(re.search(r"\bgemeenten?\s+$", before))
