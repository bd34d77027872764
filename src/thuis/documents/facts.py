"""What a text tells of itself: its date, its genre, its language. Each guess shows its ground."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from thuis.documents.quality import EN_WORDS, NL_WORDS, counted, words_of
from thuis.language.months import DUTCH, ENGLISH

_MONTHS = [*DUTCH, *ENGLISH]
_LONG = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"\b({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:18|19|20)\d\d)(?!\d)")
_SITTING = re.compile(r"\bh-(?:tk|ek|vv)-(\d{4})(\d{4})-(\d+)")
_HEADED = re.compile(
    rf"\b(?:maan|dins|woens|donder|vrij|zater|zon)dag\s+(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_OPENING = 2_500
_ENGLISH, _DUTCH = (frozenset(word.encode() for word in each) for each in (EN_WORDS, NL_WORDS))

_NAMED = (("bwbr", "law"), ("kst-", "letter"), ("h-tk", "debate"), ("h-ek", "debate"), ("ah-", "letter"))
_GENRES: tuple[tuple[str, str, int], ...] = (
    ("law", (
        r"^#{0,6}[ \t]*artikel[ \t]+\d+|gelet op (?:de )?artikel|bij de gratie Gods"
        r"|hebben goedgevonden en verstaan|wordt verstaan onder:|Onze Minister|\bwet van \d+ \w+ \d{4}"
        r"|treedt in werking|^(?:Besluit|Regeling|Beschikking|Wet|Rijkswet|Vaststellings\w+|Beleidsregel)\b"
        r"|Staatscourant|wordt aangehaald als|zoals gewijzigd|Waardering:"), 2),
    ("letter", (
        r"(?:aan )?de voorzitter\s+van\s+de\s+(?:tweede|eerste)\s+kamer"
        r"|brief van de (?:minister|staatssecretaris)|\bgeachte (?:heer|mevrouw|voorzitter|leden)"
        r"|hoogachtend|to the president of the house"), 1),
    ("debate", (
        r"voorzitter\.|de beraadslaging|aan de orde is|de heer \w+ \([A-Z]\w+\)|mevrouw \w+ \([A-Z]\w+\)"
        r"|handelingen"), 2),
    ("manifesto", (r"verkiezingsprogramma|verkiezingsmanifest|\bwij willen\b"), 1),
    ("questionnaire", (
        r"vragenlijst|questionnaire|helemaal mee eens|strongly agree"), 2),
    ("statistics", (r"statline|bron: cbs|source: statistics netherlands|\btabel \d"), 2),
    ("report", (r"samenvatting|onderzoeksrapport|methodologi|inhoudsopgave|conclusies"), 2),
)  # fmt: skip


def date_of(text: str, name: str) -> tuple[str | None, str | None]:
    """The date of a document and where it stood: the opening of the text, else the file's name.

    >>> date_of("Den Haag, 14 november 2022", "brief.txt")
    ('2022-11-14', 'opening')
    >>> date_of("Programma zonder datum", "PvdA_2012.txt")
    ('2012', 'file-name')
    >>> date_of("Stemmingen over moties bij de Milieuraad van 10 april 2019", "h-tk-20172018-70-6.xml")
    ('2018', 'file-name')
    """
    opening = text[:_OPENING]
    if sitting := _SITTING.search(name):
        return _sitting_day(opening, sitting), "file-name"
    if found := _own_day(opening, name):
        return found, "opening"
    if dated := _ISO.search(name):
        return dated.group(), "file-name"
    if years := _YEAR.findall(name.rsplit("/", 1)[-1]):
        return str(max(years)), "file-name"
    month = _MONTH_ONLY.search(opening[:400])
    if month and _heads(opening, month.start()):
        return f"{month[2]}-{_MONTHS.index(month[1].lower()) % 12 + 1:02}", "opening"
    return None, None


def told_by_name(name: str) -> str:
    """What a file's name tells of its date and genre, as one line: with the same bytes, the same outcome.

    >>> told_by_name("brieven/A_2002.txt") == told_by_name("elders/B_2002.txt") != told_by_name("A_2003.txt")
    True
    """
    sitting, dated = _SITTING.search(name), _ISO.search(name)
    years = _YEAR.findall(name.rsplit("/", 1)[-1])
    mark = next((mark for mark, _ in _NAMED if mark in name.lower()), "")
    return "|".join((sitting[0] if sitting else "", dated[0] if dated else "", max(years, default=""), mark))


def _own_day(opening: str, name: str) -> str | None:
    """The day a text bears: one that heads a line; in letters and laws also the first that is named."""
    days = [
        (found.start(), f"{found[3]}-{_MONTHS.index(found[2].lower()) % 12 + 1:02}-{int(found[1]):02}")
        for found in _LONG.finditer(opening)
        if 1 <= int(found[1]) <= 31
    ]
    days += [(found.start(), found.group()) for found in _ISO.finditer(opening)]
    days.sort()
    headed = [day for place, day in days if _heads(opening, place)]
    if headed:
        return headed[0]
    return days[0][1] if days and genre_of(opening, name) in ("law", "letter") else None


def _heads(text: str, place: int) -> bool:
    """Whether what stands there begins its line, but for a place, a label or a weekday."""
    line = text[:place].rpartition("\n")[2]
    return len(line.strip()) <= 25 and not set(line) & set('`"=(|«') and not line.rstrip().endswith("de")


def _sitting_day(opening: str, sitting: re.Match[str]) -> str:
    """The day of a sitting when it heads the text, else the year: days named in a debate are mostly others.

    A parliamentary year begins in September; about 36 of its sittings are held before the new year.
    """
    headed = _HEADED.search(opening)
    if headed:
        return f"{headed[3]}-{_MONTHS.index(headed[2].lower()) % 12 + 1:02}-{int(headed[1]):02}"
    return sitting[1] if int(sitting[3]) <= 36 else sitting[2]


@lru_cache(maxsize=4)
def genre_of(text: str, name: str) -> str | None:
    """The genre of a text by its set phrases, or None when nothing tells.

    >>> genre_of("Geachte voorzitter, hierbij bied ik u aan …", "brief.docx")
    'letter'
    """
    lower = name.lower()
    for mark, genre in _NAMED:
        if mark in lower:
            return genre
    sample = text[:20_000].encode("utf-8", "replace")
    for genre, pattern, needed in _genres():
        if len(list(islice(pattern.finditer(sample), needed))) == needed:
            return genre
    return None


@cache
def _genres() -> tuple[tuple[str, Any, int], ...]:
    """The set phrases compiled once, by an engine that tries all of them in one sweep."""
    import re2

    options = re2.Options()
    options.case_sensitive = False
    return tuple(
        (genre, re2.compile("(?m)" + phrases.replace(r"\w", r"[\pL\pN_]"), options), needed)
        for genre, phrases, needed in _GENRES
    )


def language_of(text: str) -> str:
    """``nl`` or ``en``, by which language's short words are more frequent.

    >>> language_of("The people of the town and their houses"), language_of("De mensen van de stad")
    ('en', 'nl')
    """
    tokens = words_of(text[:20_000])
    return "en" if counted(tokens, _ENGLISH) > counted(tokens, _DUTCH) else "nl"
