"""The letter and what it cites as bibliography: BibTeX and CSL JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from thuis.dossier.cite import Citation
from thuis.dossier.export.names import letter_name, title_of
from thuis.dossier.letter.read import address
from thuis.dossier.reading import Reading

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_CSL = {
    "ecli": "legal_case", "ljn": "legal_case", "law": "legislation", "stb": "legislation",
    "eu": "legislation", "treaty": "treaty", "report": "report", "handelingen": "hearing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a bibliography; ``issued`` is a year, or a full date."""

    key: str
    kind: str
    title: str
    author: str | None = None
    issued: str | None = None
    url: str | None = None
    number: str | None = None


def references(reading: Reading) -> tuple[Reference, ...]:
    """The letter first, then every document that it cites in full, once each."""
    meta = reading.letter.meta
    own = Reference(
        meta.id,
        "letter",
        letter_name(reading.letter),
        meta.sender,
        meta.date.isoformat() if meta.date else None,
        address(reading.letter),
        meta.reference,
    )
    cited = {each.key: each for found in reading.citations for each in _cited(found.citation)}
    return (own, *(each for key, each in cited.items() if key != own.key))


def _cited(citation: Citation) -> Iterator[Reference]:
    if citation.id:
        told = citation.parts
        yield Reference(
            citation.id,
            citation.kind,
            title_of(citation),
            told.get("publisher"),
            told.get("year"),
            citation.url,
            told.get("number"),
        )


def bibtex(reading: Reading) -> str:
    """The references as BibTeX; titles keep their capitals."""
    return "\n".join(_entry(each) for each in references(reading))


def _entry(each: Reference) -> str:
    fields = {
        "title": f"{{{_latex(each.title)}}}",
        "author": f"{{{_latex(each.author)}}}" if each.author else None,
        "year": each.issued[:4] if each.issued else None,
        "date": each.issued,
        "number": _latex(each.number) if each.number else None,
        "url": each.url,
        "langid": "dutch",
    }
    kind = {"report": "techreport", "letter": "misc"}.get(each.kind, "misc")
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{re.sub(r'[^A-Za-z0-9:.-]', '-', each.key)},", *lines, "}\n"])


def _latex(text: str) -> str:
    return "".join(_LATEX.get(char, char) for char in text)


def csl(reading: Reading) -> str:
    """The references as CSL JSON."""
    items = []
    for each in references(reading):
        issued = [int(part) for part in each.issued.split("-")] if each.issued else None
        item = {
            "id": each.key,
            "type": _CSL.get(each.kind, "document"),
            "title": each.title,
            "author": [{"literal": each.author}] if each.author else None,
            "issued": {"date-parts": [issued]} if issued else None,
            "URL": each.url,
            "number": each.number,
            "language": "nl-NL",
        }
        items.append({name: value for name, value in item.items() if value})
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"
