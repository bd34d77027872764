"""Official publications in a text for readers: called as one cites them, never by the id of the data."""

from __future__ import annotations

import re

from thuis.language import texts
from thuis.language.letters import opened

_SESSION = r"(?P<from>\d{4})(?P<to>\d{4})"
_FORMS = (
    ("paper", rf"kst-(?:{_SESSION}-)?(?P<dossier>\d{{5}}(?:-[A-Z]+|-\d\d)?)-(?P<number>[0-9A-Z]\w*)"),
    ("answer", rf"ah-(?:tk|ek)-{_SESSION}-(?P<number>\d+)"),
    ("debate", rf"h-(?:tk|ek)-{_SESSION}-(?P<number>\d+)(?:-(?P<item>\d+))?"),
    ("dossier", r"dossier-(?P<dossier>\d{5}(?:-[A-Z]+|-\d\d)?)"),
    ("gazette", r"(?P<gazette>stb|stcrt|trb)-(?P<from>\d{4})-(?P<number>\d+)"),
)
_ANY = re.compile("|".join(rf"(?<![\w/.-])(?:{form})(?![\w/-])" for form in (
    re.sub(r"\(\?P<\w+>", "(?:", each) for _, each in _FORMS
)))  # fmt: skip


def spaced(dossier: str) -> str:
    """A dossier number as it is printed.

    >>> spaced("32824"), spaced("35925-XV"), spaced("21501-02")
    ('32 824', '35 925-XV', '21 501-02')
    """
    return re.sub(r"^(\d\d)(\d{3})", r"\1 \2", dossier)


def with_names(text: str, language: str) -> str:
    """A text in which ids of official publications are called as one cites them.

    >>> from thuis.language import LANGUAGES
    >>> with_names("Voldaan met kst-32824-437: gesproken", LANGUAGES[0])
    'Voldaan met Kamerstuk 32 824, nr. 437: gesproken'
    >>> with_names("ah-tk-20212022-2475 en h-tk-20212022-12-3", LANGUAGES[0])
    'Aanhangsel van de Handelingen 2021-2022, nr. 2475 en Handelingen 2021-2022, nr. 12, item 3'
    """
    return _ANY.sub(lambda found: _cited(found[0], language) or found[0], text)


def published_name(id_: str, language: str) -> str:
    """An official publication as one cites it; another id loses what only machines read in it.

    >>> from thuis.language import LANGUAGES
    >>> published_name("wrr:samenleven-in-verscheidenheid", LANGUAGES[0])
    'Samenleven in verscheidenheid'
    """
    words = id_.rpartition(":")[2].replace("-", " ").replace("_", " ")
    return _cited(id_, language) or opened(words, language)


def _cited(id_: str, language: str) -> str:
    t = texts("edges", language)
    for form, pattern in _FORMS:
        if found := re.fullmatch(pattern, id_):
            told = {name: value or "" for name, value in found.groupdict().items()}
            told["dossier"] = spaced(told.get("dossier", ""))
            told["session"] = f"{told.get('from', '')}-{told.get('to', '')}"
            if form == "gazette":
                return t(f"gazette.{told['gazette']}", year=told["from"], number=told["number"])
            return t(f"{form}-item" if told.get("item") else form, **told)
    return ""
