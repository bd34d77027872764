"""Phase two for reports of the planning bureaus: "SCP – Denkend aan Nederland, 2018"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from thuis.dossier.cite.model import Citation
from thuis.language.letters import slug
from thuis.tables import shipped

_PUBLISHERS = {
    "SCP": "SCP", "WRR": "WRR", "CBS": "CBS", "Sociaal en Cultureel Planbureau": "SCP",
    "Sociaal Cultureel Planbureau": "SCP", "Wetenschappelijke Raad voor het Regeringsbeleid": "WRR",
    "Wetenschappelijke Raad voor Regeringsbeleid": "WRR", "Centraal Bureau voor de Statistiek": "CBS",
}  # fmt: skip
_WHO = "|".join(sorted(map(re.escape, _PUBLISHERS), key=len, reverse=True))
_PUBLISHER = re.compile(_WHO)
_TITLE_YEAR = re.compile(
    rf"(?P<who>{_WHO})(?: ?\(SCP\)| ?\(WRR\))?\s*(?:[–—:-]|,|\((?P<first>(?:19|"
    rf"20)\d\d)\)[.,:]?)\s*[‘'«“\"]?(?P<title>[A-Z][^\n;(]{{4,110}}?)[’'»”\"]?"
    rf"(?:,\s*(?P<year>(?:19|20)\d\d)(?!\d)|(?=\.\s)|(?=\s*$))"
)
_QUOTED = re.compile(
    rf"(?P<who>{_WHO})(?:-|\s+)[^.;\n«‘“]{{0,60}}?(?:rapport|publicatie|advies|"
    rf"studie)\s+(?:[–-] ?)?[«‘“](?P<title>[^»’”\n]{{4,120}})[»’”](?:\s*\((?P<year>(?:19|"
    rf"20)\d\d)\))?"
)


_BEFORE = re.compile(
    r"(?:rapport|publicatie|advies|studie)\s+(?:[–-]\s?)?[«‘“](?P<title>[^»’”]{4,160})[»’”]"
    r"(?:\s*\((?:[A-Z]{2,5} )?(?P<year>(?:19|20)\d\d)?\))?[^.;«‘“]{0,30}\b(?:van|door)\s+(?:het\s+|de\s+)?$"
)


@cache
def reports() -> tuple[tuple[str, str, str, str], ...]:
    """The reports known by title: (id, publisher, title, year)."""
    rows = shipped("thuis.dossier.cite", "data/reports.csv")
    return tuple((row["id"], row["publisher"], row["title"], row["year"]) for row in rows)


@cache
def _titles() -> tuple[re.Pattern[str], ...]:
    """An expression for the title of each known report, with its year and page."""
    return tuple(
        re.compile(
            r"\s+".join(map(re.escape, title.split()))
            + rf"(?:[.:]?\s+[Bb]eleid\s+voor\s+een\s+migratiesamenleving)?(?:,?\s+{year})?(?:,\s*p\.\s?\d+)?",
            re.I,
        )
        for _, _, title, year in reports()
    )


def parse_report(text: str, at: int) -> Iterator[Citation]:
    """A report cited by publisher and title; the id ends in the year when it is given."""
    found = _TITLE_YEAR.match(text, at) or _QUOTED.match(text, at)
    if found:
        title = " ".join(found["title"].split()).strip(" ,.")
        groups = found.groupdict()
        year = groups.get("year") or groups.get("first")
        if year or found.re is _QUOTED:
            who = _PUBLISHERS[found["who"]]
            each = _known(title, who, year) or f"{who.lower()}:{slug(title)}" + (f"-{year}" if year else "")
            parts = {"publisher": who, "title": title, **({"year": year} if year else {})}
            yield Citation("report", at, found.end(), found[0], parts, (each,), 0.95 if year else 0.8)
            return
    named = _PUBLISHERS.get(_who(text, at))
    if named and (before := _BEFORE.search(text, max(0, at - 280), at)):
        yield _before(before, named)
        return
    # "Volgens de WRR … (Samenleven in Verscheidenheid … 2020, p.6)": the title of a known report follows.
    for (each, publisher, title, year), pattern in zip(reports(), _titles(), strict=True):
        near = pattern.search(text, at, at + 400) if named == publisher else None
        if near:
            yield Citation(
                "report", near.start(), near.end(), near[0],
                {"publisher": publisher, "title": title, "year": year}, (each,), 0.85,
            )  # fmt: skip
            return


def _before(found: re.Match[str], who: str) -> Citation:
    """ "de publicatie «…» van het SCP": the title stands before its publisher."""
    title = " ".join(found["title"].split()).strip(" ,.")
    each = _known(title, who, None) or f"{who.lower()}:{slug(title)}"
    start, end = found.span("title")
    return Citation("report", start, end, found["title"], {"publisher": who, "title": title}, (each,), 0.8)


def _who(text: str, at: int) -> str:
    found = _PUBLISHER.match(text, at)
    return found[0] if found else ""


def _known(title: str, who: str, year: str | None) -> str | None:
    for each, publisher, known, known_year in reports():
        if publisher == who and slug(title).startswith(slug(known)) and year in (None, known_year):
            return each
    return None
