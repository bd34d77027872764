"""What websites print around a text: the table above a publication, addresses, the laws beside a ruling.

zoek.officielebekendmakingen.nl puts chamber, session year and number in one row, whose cells run into each
other when the page is copied: "Tweede Kamer der Staten-Generaal2016-201734700 nr. 19". rechtspraak.nl names
articles as "Faillissementswet 53", one on a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thuis.dossier.cite import existence, laws
from thuis.dossier.cite.model import Citation
from thuis.dossier.cite.parliament import parse_kamerstuk
from thuis.dossier.cite.resolve import kamerstuk, kamerstukken, of_session
from thuis.dossier.cite.session import chamber_parts, session_parts

_ROW = re.compile(
    r"(?P<chamber>Tweede|Eerste) Kamer der Staten-Generaal[ \t|]*"
    r"(?P<session>(?:19|20)\d\d-(?:19|20)\d\d)[ \t|]*"
    r"(?:(?P<dossier>\d{5}|[CLXVI]{2,8})(?:[ -](?P<suffix>\(R\d+\)|[IVX]{1,6}[A-Z]?|[A-M]|\d\d))?"
    r" nr\. (?P<number>\d{1,4}[a-z]?|[A-Z]{1,3})"
    r"|nr\. (?P<sitting>\d{1,3})(?:, item (?P<item>\d{1,3})|, pagina (?P<page>\d+(?:-\d+)?)))(?!\d)"
)


def parse_row(text: str, at: int) -> Iterator[Citation]:
    """The row of the table above a publication: its chamber, session, and number or sitting.

    >>> [each.id for each in parse_row("Tweede Kamer der Staten-Generaal2016-201734700 nr. 19", 0)]
    ['kst-34700-19']
    >>> [each.id for each in parse_row("Tweede Kamer der Staten-Generaal | 2016-2017 | nr. 69, item 22 |", 0)]
    ['h-tk-20162017-69-22']
    """
    found = _ROW.match(text, at)
    facts = chamber_parts(found["chamber"]) | session_parts(found["session"]) if found else {}
    if not found or "session" not in facts:
        yield from parse_kamerstuk(text, at)
        return
    if found["dossier"]:
        start = found.start("dossier")
        suffix = found["suffix"] or ""
        # "23908 (R1519)": the number of a bill of the Kingdom is no part of the id.
        dossier = found["dossier"] + (f"-{suffix}" if suffix and not suffix.startswith("(") else "")
        yield kamerstuk(text, start, found.end("number"), {**facts, "dossier": dossier}, found["number"])
        return
    start = found.start("session")
    each = of_session("h", facts, found["sitting"])
    facts["sitting"] = found["sitting"]
    if found["item"]:
        each, facts["item"] = f"{each}-{found['item']}", found["item"]
        known = existence.exists(each)
    else:
        facts["pin"], known = found["page"], existence.known_series(each)
    sure = 1.0 if known else 0.8
    yield Citation(
        "handelingen", start, found.end(), text[start : found.end()], facts, (each,), sure, (), known or None
    )


_ADDRESS = re.compile(
    r"officielebekendmakingen\.nl/(?:behandeld)?dossier/(?P<dossier>\d{5}(?:-(?:[IVX]{1,6}[A-Z]?|[A-M]|\d\d))?)(?![\w-])"
    r"|qry=wetsvoorstel(?::|%3A)(?P<bill>\d{5}(?:-(?:[IVX]{1,6}[A-Z]?|[A-M]))?)(?![\w-])"
)


def parse_address(text: str, at: int) -> Iterator[Citation]:
    """A dossier by its web address, at the official publications or at the Tweede Kamer.

    >>> [each.id for each in parse_address("qry=wetsvoorstel%3A35483", 0)]
    ['dossier-35483']
    """
    if found := _ADDRESS.match(text, at):
        name = "dossier" if found["dossier"] else "bill"
        yield kamerstukken(text, *found.span(name), {"dossier": found[name]})


_LINE = re.compile(
    r"[ \t]*(?P<name>[A-Z][^\n\d]{2,80}?(?: (?:19|20)\d\d)?) (?P<article>\d+[a-z]{0,3}(?::\d+[a-z]?)?)"
    r"(?=[ \t]*(?:,[^\n]*)?(?:\n|\Z))"
)


def parse_references(text: str, at: int) -> Iterator[Citation]:
    """The laws that a ruling applies, as its page lists them below "Wetsverwijzingen", an article a line.

    >>> [each.id for each in parse_references("Wetsverwijzingen\\nFaillissementswet 53\\nVindplaatsen", 0)]
    ['jci1.3:c:BWBR0001860&artikel=53']
    """
    end = text.find("\n", at)
    while end >= 0 and (line := _LINE.match(text, end + 1)):
        article = laws.named_article(text, *line.span("name"), line["article"], line.end("article"))
        if not article:
            return
        yield article
        end = text.find("\n", line.end())
