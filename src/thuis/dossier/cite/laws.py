"""Phase two for legislation: articles of Dutch laws and treaties, and acts of the European Union."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from thuis.dossier.cite.model import Candidate, Citation

_S = r"[\s\u00a0]"
_ART = r"\d+[a-z]{0,3}(?::\d+[a-z]{0,2})?(?:\.\d+[a-z]?)*"
_ORDINAL = r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde)"
_LID = (
    rf"(?:,?{_S}*(?:(?:en{_S}+|of{_S}+|tot{_S}+en{_S}+met{_S}+)?{_ORDINAL}{_S}*(?:,{_S}*)"
    rf"?)+(?:lid|leden)|,?{_S}*(?:lid|leden){_S}+\d+[a-z]?(?:{_S}+en{_S}+\d+)"
    rf"?)"
)
_DETAIL = (
    rf"(?:{_LID}|,?{_S}*(?:aanhef|onder(?:deel|delen)?|(?:eerste|tweede|derde)"
    rf"{_S}+(?:volzin|zin)|sub){_S}*(?:en{_S}+)?(?:onder{_S}+)?[a-z0-9°]{{0,3}}\b(?:{_S}+en{_S}"
    rf"+[a-z0-9]\b)?)"
)
_ARTICLE = re.compile(
    rf"(?:artikel(?:en)?|artt?\.){_S}+(?P<first>{_ART})\b(?P<detail>{_DETAIL}*)"
    rf"(?P<more>(?:(?:,|{_S}+en|{_S}+of|{_S}+tot{_S}+en{_S}+met|{_S}+t/m|,{_S}*en){_S}+(?:artikel{_S}+)?{_ART}\b{_DETAIL}*)*)"
    rf",?{_S}+(?P<link>(?:van|uit){_S}+(?:de|het|die|dat)?{_S}*)?",
    re.I,
)
_BOOK = re.compile(
    rf"(?:Boek{_S}+(?P<before>\d{{1,2}}){_S}+van{_S}+het{_S}+)?(?:Burgerlijk{_S}+Wetboek|BW\b)(?:{_S}*,?{_S}*Boek{_S}+(?P<after>\d{{1,2}}))?"
)
_ONE_WORD = re.compile(
    r"(?:[A-Z][\w-]*?(?:wet|besluit|wetboek|regeling|reglement|statuut|verordening)"
    r"|Wet|Grondwet)(?:[ \u00a0](?:19|20)\d{2})?(?![\w-])"
)
_TITLE = re.compile(
    rf"(?:Wet|Rijkswet|Besluit|Regeling|Wetboek|Reglement|Statuut|Tijdelijke[ ]"
    rf"wet|Algemene[ ]wet|Algemeen[ ]besluit|Uitvoeringswet|Verdrag|Beleidsregels?)"
    rf"(?:{_S}+(?!is\b|zijn\b|wordt\b|worden\b|en\b(?!{_S}+[a-z]+{_S}+van)|die\b|dat\b|dit\b|deze\b|zoals\b|heeft\b|kan\b|bedoeld\b|geldt\b|juncto\b|(?:bedoeld|gesteld|genoemd|bepaald|opgenomen|vermeld|voorgeschreven)e?n?\b|door\b|bij\b|waar\w+\b|alsmede\b|als\b|gelden\b|blijft\b|biedt\b|regelt\b|stelt\b|geeft\b|verplicht\b|verstaan\b|zij\b|hij\b|worden\b|hebben\b|mag\b|jo\b|artikel\b|bepaalt\b|niet\b|of\b|wel\b|moet\b|luidt\b|vervalt\b|komt\b|voor{_S}+zover)[\w’'-]+){{1,9}}"
)
_DIRECTIVE = re.compile(
    rf"(?P<act>richtlijn|verordening|kaderbesluit|besluit|beschikking|aanbeveling),?{_S}+(?:van{_S}de{_S}Raad{_S}+)?(?:\((?P<body>EU|EG|EEG|Euratom|EGKS)(?:,{_S}*Euratom)?\){_S}*)?(?P<nr>nr\.?{_S}*)?"
    rf"(?P<a>\d{{1,4}})/(?P<b>\d{{1,4}})(?:/(?P<tail>EU|EG|EEG|JBZ|GBVB|Euratom|EGKS))?(?!\d)",
    re.I,
)
_ACTS = {
    "richtlijn": "L",
    "verordening": "R",
    "kaderbesluit": "F",
    "besluit": "D",
    "beschikking": "D",
    "aanbeveling": "H",
}
_CELEX = re.compile(r"3\d{4}[LRDFH]\d{4}")


@cache
def laws() -> tuple[tuple[str, str, str], ...]:
    """Every law known by its BWB number: (number, citation title, abbreviation)."""
    text = resources.files("thuis.dossier.cite").joinpath("data/laws.csv").read_text("utf-8")
    return tuple((row["id"], row["name"], row["short"]) for row in csv.DictReader(text.splitlines()))


@cache
def _names() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    table: dict[str, tuple[str, str]] = {}
    for number, name, short in laws():
        table[name.casefold()] = (number, name)
        if short and " " not in short.replace(" 2000", "").replace(" 2015", ""):
            table[short.casefold()] = (number, name)
    words = sorted(table, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?![\w-]|{_S}(?:19|20)\d\d)", re.I), table


def parse_article(text: str, at: int) -> Iterator[Citation]:
    """Articles of a law that is named: "artikel 1 van de Grondwet", "art. 8:1 Awb", "artikel 6:162 BW"."""
    found = _ARTICLE.match(text, at)
    if not found:
        return
    law = _law_at(text, found.end(), found["first"], linked=bool(found["link"]))
    if not law:
        return
    number, name, end, sure = law
    pieces = [(found.start("first"), found["first"], found["detail"])]
    for more in re.finditer(rf"(?P<art>{_ART})\b(?P<detail>{_DETAIL}*)", found["more"] or "", re.I):
        before = (found["more"] or "")[: more.start()]
        if re.search(r"(?:lid|leden|onder(?:deel)?|sub)\s+$", before, re.I):
            continue
        pieces.append((found.start("more") + more.start(), more["art"], more["detail"]))
    for index, (start, article, detail) in enumerate(pieces):
        parts = {"article": article, "law": name}
        if paragraph := _paragraph(detail or ""):
            parts["paragraph"] = paragraph
        only = len(pieces) == 1
        first = at if index == 0 else start
        stop = end if only or index == len(pieces) - 1 else start + len(article) + len(detail or "")
        each = _jci(number, name, parts)
        yield Citation(
            "treaty" if number.startswith("BWBV") else "law",
            first,
            stop,
            text[first:stop],
            parts,
            (each,),
            sure,
        )


def _jci(number: str, name: str, parts: dict[str, str]) -> str:
    article = parts["article"]
    if number.startswith("BWB"):
        register = "v" if number.startswith("BWBV") else "c"
        book = re.search(r"Boek \d+$", name)
        if book and ":" in article:
            article = article.split(":")[1]
        each = f"jci1.3:{register}:{number}&artikel={article}"
    else:
        each = f"{number}&artikel={article}"
    return each + (f"&lid={parts['paragraph']}" if "paragraph" in parts else "")


def _paragraph(detail: str) -> str | None:
    words = [
        "eerste",
        "tweede",
        "derde",
        "vierde",
        "vijfde",
        "zesde",
        "zevende",
        "achtste",
        "negende",
        "tiende",
        "elfde",
        "twaalfde",
    ]
    if found := re.search(rf"({_ORDINAL})\s*,?\s*(?:lid|en|tot|of)", detail, re.I):
        return str(words.index(found[1].lower()) + 1)
    if found := re.search(r"lid\s+(\d+[a-z]?)", detail, re.I):
        return found[1]
    return None


def _law_at(text: str, at: int, article: str, *, linked: bool) -> tuple[str, str, int, float] | None:
    """Number or slug, name, end and confidence of the law named at an offset."""
    if book := _BOOK.match(text, at):
        which = (
            book["before"] or book["after"] or (article.split(":", maxsplit=1)[0] if ":" in article else None)
        )
        name = f"Burgerlijk Wetboek Boek {which}"
        known = {full: number for number, full, _ in laws()}
        if which and name in known:
            return known[name], name, book.end(), 1.0
        return "wet:burgerlijk-wetboek", "Burgerlijk Wetboek", book.end(), 0.6
    pattern, table = _names()
    found = pattern.match(text, at)
    if found and (found[0][0].isupper() or found[0].casefold() == "grondwet"):
        number, name = table[found[0].casefold()]
        return number, name, found.end(), 1.0
    if not linked:
        return None
    other = _TITLE.match(text, at) or _ONE_WORD.match(text, at)
    if not other or other[0] in {"Wet", "Besluit", "Regeling"}:
        return None
    slug = re.sub(r"[^a-z0-9]+", "-", other[0].casefold()).strip("-")
    return f"wet:{slug}", other[0], other.end(), 0.7


def parse_eu(text: str, at: int) -> Iterator[Citation]:
    """Directives, regulations and decisions of the European Union, as CELEX numbers."""
    found = _DIRECTIVE.match(text, at)
    if not found:
        return
    first, second = found["a"], found["b"]
    act = found["act"].lower()
    if not (
        found["body"] or found["tail"] or (act in {"richtlijn", "kaderbesluit"} and len(first) in (2, 4))
    ):
        return
    # "nr. 1408/71" and "nr. 883/2004" put the number first; "2016/679" and every directive the year.
    regulation = act == "verordening"
    number_first = act != "richtlijn" and (
        bool(found["nr"])
        or (regulation and len(second) == 2)
        or (regulation and len(second) == 4 and not 1950 < int(first) < 2100)
    )
    if number_first and len(first) == 4 and 2015 <= int(first) <= 2100:
        number_first = False
    year, number = (second, first) if number_first else (first, second)
    if len(year) == 2:
        year = str(1900 + int(year)) if int(year) > 50 else str(2000 + int(year))
    if not 1952 <= int(year) <= 2100:
        return
    each = f"3{year}{_ACTS[act]}{int(number):04d}"
    other = f"3{year}{'D' if _ACTS[act] != 'D' else 'R'}{int(number):04d}"
    candidates = (
        () if found["body"] or found["tail"] else (Candidate(other, "the kind of act is not marked"),)
    )
    parts = {"act": act, "year": year, "number": number}
    yield Citation(
        "eu",
        at,
        found.end(),
        found[0],
        parts,
        (each,),
        1.0 if found["body"] or found["tail"] else 0.8,
        candidates,
    )


def parse_celex(text: str, at: int) -> Iterator[Citation]:
    """A CELEX number written out."""
    if found := _CELEX.match(text, at):
        yield Citation("eu", at, found.end(), found[0], {"celex": found[0]}, (found[0],))
