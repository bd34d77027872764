"""Phase two for legislation: articles of a law, a treaty or an act of the European Union that is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from thuis.dossier.cite import eu
from thuis.dossier.cite.articles import ARTICLES, MORE_ARTICLES, Article, articles
from thuis.dossier.cite.model import Citation, Kind
from thuis.tables import shipped

_S = r"[\s\u00a0]"
_LINK = re.compile(
    rf"{_S}*,?{_S}+(?P<link>(?:(?:van|uit|bij|in|der|of){_S}+)(?:(?:de|het|die|dat|the){_S}+)?(?!de{_S}|het{_S}))?"
    rf"(?:(?:herziene|gewijzigde|huidige|nieuwe|Dutch){_S}+)?"
)
_CODE = rf"(?:BW\b|(?:Nieuw{_S}+)?Burgerlijk{_S}+Wetboek|DCC\b|Civil{_S}+Code\b)"
_PARTS = rf"(?:(?:titel|afdeling|paragraaf){_S}+[\d.]+[A-Za-z]?{_S}*,?{_S}*(?:van{_S}+)?(?:het{_S}+)?)*"
_BOOK = re.compile(
    rf"{_PARTS}(?:Boek{_S}+(?P<before>\d{{1,2}}A?){_S}*,?{_S}*{_PARTS}(?:van{_S}+)?(?:het{_S}+)?{_CODE}"
    rf"|{_CODE}(?:{_S}*,?{_S}*\(?Boek{_S}+(?P<after>\d{{1,2}}A?)\b\)?)?)",
    re.I,
)
_BOOK_FIRST = re.compile(
    rf"\b(?:Boek{_S}+(?P<before>\d{{1,2}}A?)\b(?:{_S}*,?{_S}*(?:van{_S}+)?(?:het{_S}+)?{_CODE})?"
    rf"|{_CODE}{_S}*,?{_S}*\(?Boek{_S}+(?P<after>\d{{1,2}}A?)\b\)?|{_CODE}){_S}*,?{_S}*{_PARTS}$",
    re.I,
)
_ONE_WORD = re.compile(
    r"(?:[A-Z][\w-]*?(?:wet|besluit|wetboek|regeling|reglement|statuut|verordening)"
    r"|Wet|Grondwet)(?:[ \u00a0](?:19|20)\d{2})?(?![\w-])"
)
_TITLE = re.compile(
    rf"(?:Wet|Rijkswet|Besluit|Regeling|Wetboek|Reglement|Statuut|Tijdelijke[ ]"
    rf"wet|Algemene[ ]wet|Algemeen[ ]besluit|Uitvoeringswet|Verdrag|Beleidsregels?)"
    rf"(?:{_S}+(?!is\b|(?:zend|stuur|bied|heb|ben|ga|kan|wil|zal|zullen|kunnen|willen|dient|dienen|ontvangt|informeer|verzoek|ik|u|wij|we)\b|zijn\b|wordt\b|worden\b|en\b(?!{_S}+[a-z]+{_S}+van)|die\b|dat\b|dit\b|deze\b|zoals\b|heeft\b|kan\b|bedoeld\b|geldt\b|juncto\b|artt?\b|(?:bedoeld|gesteld|genoemd|bepaald|opgenomen|vermeld|voorgeschreven)e?n?\b|door\b|bij\b|waar\w+\b|alsmede\b|als\b|gelden\b|blijft\b|biedt\b|regelt\b|stelt\b|geeft\b|verplicht\b|verstaan\b|zij\b|hij\b|worden\b|hebben\b|mag\b|jo\b|artikel\b|bepaalt\b|niet\b|of\b|wel\b|moet\b|luidt\b|vervalt\b|komt\b|voor{_S}+zover)[\w’'-]+){{1,9}}"
)
_UNITS = {
    "hoofd": "hoofdstuk",
    "afdel": "afdeling",
    "titel": "titeldeel",
    "parag": "paragraaf",
    "§": "paragraaf",
}
"""A part of a law -> what it is called in the ids of the register."""
_UNIT = re.compile(
    rf"(?P<unit>hoofdstuk|afdeling|titel|paragraaf|§){_S}*(?P<number>(?:\d+[a-z]?|[IVX]+[A-Z]?)(?:\.\d+[a-z]?)*)\b",
    re.I,
)
_MARKS = " \u00a0\n,:;("
_SHORTENED = re.compile(r"\s*\((?:hierna:? )?[A-Z][\w. ]{1,14}\),?\s*$")
"""Its abbreviation in brackets after a law: "Wet op het primair onderwijs (WPO), artikel 8"."""
_LOWER = frozenset("bntapgrvku")
"""Letters with which a law begins that is not written with a capital: boek, titel, grondwet, richtlijn …"""
_CODE_ALONE = "wet:burgerlijk-wetboek"


@dataclass(frozen=True, slots=True)
class Law:
    """A law as named: number or slug, name, where its name begins and ends, and how sure that is."""

    number: str
    name: str
    start: int
    end: int
    sure: float


@cache
def laws() -> tuple[tuple[str, str, str], ...]:
    """Every law known by its BWB number: (number, citation title, its abbreviations with ``;`` between)."""
    return tuple(
        (row["id"], row["name"], row["short"]) for row in shipped("thuis.dossier.cite", "data/laws.csv")
    )


@cache
def _names() -> tuple[re.Pattern[str], dict[str, tuple[str, str]], frozenset[str]]:
    """An expression for every name, what each stands for, and the last words of them."""
    table: dict[str, tuple[str, str]] = {}
    for number, name, short in laws():
        table[name.casefold()] = (number, name)
        for each in short.split(";"):
            if each and not each.startswith("BW "):
                table[each.casefold()] = (number, name)
    for number, names in eu.acts():
        table |= {each.casefold(): (number, names[0]) for each in names}
    words = sorted(table, key=len, reverse=True)
    pattern = rf"(?:{'|'.join(map(re.escape, words))})(?![\w-]|{_S}(?:19|20)\d\d)"
    return re.compile(pattern, re.I), table, frozenset(each.split()[-1] for each in words)


def _named(written: str) -> bool:
    """A name begins with a capital, and an abbreviation is written as one: "Sr" is a code, "sr" is not."""
    return written.casefold() == "grondwet" or (
        written[0].isupper()
        and (len(written) > 5 or any(c.isupper() for c in written[1:]) or written in _shorts())
    )


@cache
def _shorts() -> frozenset[str]:
    return frozenset(each for _, _, short in laws() for each in short.split(";") if each)


def parse_article(text: str, at: int) -> Iterator[Citation]:
    """Articles of a law that is named: "art. 8:1 Awb", "artikel 1 van de Grondwet", "Boek 7 BW, art. 658"."""
    found = ARTICLES.match(text, at)
    if not found:
        return
    article = found["first"]
    law = _law_after(text, found.end(), article, at)
    if not law or law.number == _CODE_ALONE:
        # "boek 7, titel 10, artikel 658 BW": the book stands before.
        before = _law_before(text, at, article, code_follows=bool(law))
        law = replace(before, end=law.end) if before and law else before or law
    if not law:
        return
    pieces = list(articles(found))
    begin, stop = min(at, law.start), max(found.end(), law.end)
    for index, piece in enumerate(pieces):
        start = begin if index == 0 else piece.start
        end = stop if index == len(pieces) - 1 else piece.end
        yield _citation(text, start, end, piece, _own_book(law, piece.names[0]))
    yield from _of_another(text, stop)


def _of_another(text: str, at: int) -> Iterator[Citation]:
    """The articles of further laws of one list: "en 6, eerste lid, van de Participatiewet"."""
    while found := MORE_ARTICLES.match(text, at):
        law = _law_after(text, found.end(), found["first"])
        link = _LINK.match(text, found.end())
        if not law or not link or not link["link"]:
            return
        for piece in articles(found):
            at = law.end if piece.end == found.end() else piece.end
            yield _citation(text, piece.start, at, piece, _own_book(law, piece.names[0]))
        at = law.end


def named_article(text: str, start: int, end: int, article: str, stop: int) -> Citation | None:
    """An article of the law whose whole name stands between two places, None when no such law is known.

    :param start: where the name begins; ``end`` where it ends.
    :param article: the article; ``stop`` where it ends.
    """
    known = _names()[1].get(" ".join(text[start:end].split()).casefold())
    if not known:
        return None
    law = Law(*known, start, end, 0.95)
    return _citation(text, start, stop, Article(end, stop, (article,), None), law)


_REGISTERED = re.compile(
    r"jci1\.\d:[cv]:(?P<named>BWB[RVW]\d{7})(?P<detail>(?:&(?:amp;)?[a-z]+=[\w.:-]*[\w])*)|(?P<bare>BWB[RVW]\d{7})\b"
)
_KEPT = re.compile(r"&(?:amp;)?((?!(?:[zgas]|p)=)[a-z]+=[\w.:-]*\w)")
"""What a juridical link says of the place; its dates and its reading are left out."""


def parse_register(text: str, at: int) -> Iterator[Citation]:
    """A law by its id in the register, alone or as a juridical link: "jci1.3:c:BWBR0044770&artikel=3"."""
    if found := _REGISTERED.match(text, at):
        number = found["named"] or found["bare"]
        treaty = number.startswith("BWBV")
        name = next((name for each, name, _ in laws() if each == number), "")
        place = "".join(f"&{each}" for each in _KEPT.findall(found["detail"] or ""))
        each = f"jci1.3:{'v' if treaty else 'c'}:{number}{place}"
        parts = {"number": number, **({"law": name} if name else {})}
        yield Citation("treaty" if treaty else "law", at, found.end(), found[0], parts, (each,))


def parse_unit(text: str, at: int) -> Iterator[Citation]:
    """A part of a law that is known: "hoofdstuk 4 van de Awb", "afdeling 10.2.1 van de Awb"."""
    found = _UNIT.match(text, at)
    law = _law_after(text, found.end(), "") if found else None
    if not found or not law or not law.number.startswith("BWB"):
        return
    unit = _UNITS[found["unit"].casefold()[:5]]
    register = "v" if law.number.startswith("BWBV") else "c"
    parts = {unit: found["number"], "law": law.name}
    each = f"jci1.3:{register}:{law.number}&{unit}={found['number']}"
    yield Citation("law", at, law.end, text[at : law.end], parts, (each,), law.sure)


def _own_book(law: Law, article: str) -> Law:
    """ "3:40 en 6:162 BW": each article names its own book of the Civil Code."""
    which, colon, _ = article.partition(":")
    name = f"Burgerlijk Wetboek Boek {which.upper()}"
    if not colon or not law.name.startswith("Burgerlijk Wetboek Boek ") or law.name == name:
        return law
    number = next((each for each, full, _ in laws() if full == name), None)
    return replace(law, number=number, name=name) if number else law


def _citation(text: str, start: int, end: int, piece: Article, law: Law) -> Citation:
    parts = {"article": "-".join({piece.names[0]: 0, piece.names[-1]: 0}), "law": law.name}
    if piece.paragraph:
        parts["paragraph"] = piece.paragraph
    number = law.number
    kind: Kind = "eu" if eu.is_celex(number) else "treaty" if number.startswith("BWBV") else "law"
    ids = tuple(dict.fromkeys(_article_id(law, each, piece.paragraph) for each in piece.names))
    return Citation(kind, start, end, text[start:end], parts, ids, law.sure)


def _article_id(law: Law, article: str, paragraph: str | None) -> str:
    if eu.is_celex(law.number):
        return eu.article_id(law.number, article)
    if not law.number.startswith("BWB"):
        each = f"{law.number}&artikel={article}"
    else:
        register = "v" if law.number.startswith("BWBV") else "c"
        if re.search(r"Boek \d+A?$", law.name) and ":" in article:
            article = article.split(":")[1]
        each = f"jci1.3:{register}:{law.number}&artikel={article}"
    return each + (f"&lid={paragraph}" if paragraph else "")


_LAW_BEFORE = re.compile(r"(?:[Ww]et|[Bb]esluit|[Rr]eglement|[Rr]egeling)\b[^.;()\n]*\Z|\),?\s\Z")


def _law_after(text: str, at: int, article: str, begin: int = 0) -> Law | None:
    link = _LINK.match(text, at)
    first = text[link.end() : link.end() + 1] if link else ""
    if not link or not (first.isupper() or first in _LOWER):
        return None
    if book := _BOOK.match(text, link.end()):
        return _code(book, article)
    # Without "van de" a law stands on the line of its article: on the next one a heading begins.
    beside = bool(link["link"]) or (
        link[0] in {" ", "\u00a0"} and not _LAW_BEFORE.search(text, max(0, begin - 60), begin)
    )
    return _known(text, link.end()) or (_unknown(text, link.end(), bool(link["link"])) if beside else None)


def _known(text: str, at: int) -> Law | None:
    """A law or treaty of the tables, or an act of the Union by its number."""
    pattern, table, _ = _names()
    found = pattern.match(text, at)
    if found and _named(found[0]):
        return Law(*table[found[0].casefold()], found.start(), found.end(), 1.0)
    act = eu.act_at(text, at)
    return Law(act.id or "", act.text, act.start, act.end, act.confidence) if act else None


def _unknown(text: str, at: int, linked: bool) -> Law | None:
    """A law that reads like one and has no number here; without "van de" its name begins with "Wet"."""
    other = _TITLE.match(text, at) or _ONE_WORD.match(text, at)
    if other and not linked and not re.match(r"(?:Rijksw|Uitvoeringsw|W)et [^\n]+\Z", other[0]):
        return None
    if not other or other[0] in {"Wet", "Besluit", "Regeling", "Verdrag", "Reglement", "Statuut"}:
        return None
    slug = re.sub(r"[^a-z0-9]+", "-", other[0].casefold()).strip("-")
    return Law(f"wet:{slug}", other[0], other.start(), other.end(), 0.7)


def _code(book: re.Match[str], article: str) -> Law:
    """The book of the Civil Code that is named, or that the article's number names ("7:658")."""
    which = book["before"] or book["after"] or (article.partition(":")[0] if ":" in article else None)
    name = f"Burgerlijk Wetboek Boek {which.upper()}" if which else ""
    number = next((each for each, full, _ in laws() if full == name), None)
    if number:
        return Law(number, name, book.start(), book.end(), 1.0)
    return Law(_CODE_ALONE, "Burgerlijk Wetboek", book.start(), book.end(), 0.6)


def _law_before(text: str, at: int, article: str, *, code_follows: bool = False) -> Law | None:
    """A law named before its article: "Wet inburgering, art. 19, lid 5".

    On a new line a heading begins ("Artikel 5"), unless a comma carries the sentence on.

    :param code_follows: whether "BW" comes after the article, so that "boek 7" alone names a law.
    """
    behind = text[max(0, at - 110) : at]
    begin = at - len(behind)
    bare = _SHORTENED.sub("", behind)
    word = bare[-40:].rstrip(_MARKS)
    word = word[word.rfind(" ") + 1 :].casefold()
    _, table, last = _names()
    likely = word in last or word in {"bw", "wetboek"} or (word.isalnum() and word[:1].isdigit())
    if not likely:
        return None
    stem = bare.rstrip(_MARKS)
    gap = bare[len(stem) :]
    if "\n" in gap and not gap.startswith(","):
        return None
    if book := _BOOK_FIRST.search(bare):
        if not (code_follows or re.search(_CODE, book[0], re.I)):
            return None
        law = _code(book, article)
        return Law(law.number, law.name, begin + book.start(), begin + book.end(), law.sure)
    for start in (0, *(found.end() for found in re.finditer(r"\s+|(?<=[(«])", stem))):
        written = stem[start:]
        if known := table.get(" ".join(written.split()).casefold()):
            return Law(*known, begin + start, begin + len(stem), 0.95) if _named(written) else None
    return None
