"""Dutch parliamentary and legal citations: find, normalise, resolve, check, annotate.

Usable on its own::

    from thuis.dossier import cite
    for citation in cite.find(text):
        print(citation.text, citation.id, citation.url)

``find`` scans once for anchors and parses locally; ids, alternatives and existence come from an offline list
(:mod:`thuis.dossier.cite.existence`); ``lint`` reports what is wrong; ``annotate`` marks a text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from unicodedata import digit

from thuis.dossier.cite import abroad, bare, eu, gazettes, laws, listing, parliament, repeated, reports, short
from thuis.dossier.cite.annotate import annotate
from thuis.dossier.cite.lint import Finding, lint
from thuis.dossier.cite.model import Candidate, Citation
from thuis.dossier.cite.scan import anchors

__all__ = [
    "Candidate",
    "Citation",
    "Finding",
    "annotate",
    "find",
    "lint",
]

_PARSERS: dict[str, Callable[[str, int], Iterator[Citation]]] = {
    "ecli": gazettes.parse_ecli,
    "court": gazettes.parse_ecli,
    "ljn": gazettes.parse_ljn,
    "gazette": gazettes.parse_gazette,
    "debates": gazettes.parse_debates,
    "kst": parliament.parse_kamerstuk,
    "literal": bare.parse_literal,
    "tkid": bare.parse_tkid,
    "bare": bare.parse_bare,
    "chair": bare.parse_chair,
    "bracket": bare.parse_bracket,
    "dossier": bare.parse_dossier,
    "roman": bare.parse_roman,
    "local": gazettes.parse_local,
    "register": laws.parse_register,
    "article": laws.parse_article,
    "unit": laws.parse_unit,
    "eu": eu.parse_eu,
    "celex": eu.parse_celex,
    "commission": eu.parse_commission,
    "journal": abroad.parse_journal,
    "application": abroad.parse_application,
    "curia": abroad.parse_curia,
    "file": abroad.parse_file,
    "motion": short.parse_motion,
    "short": short.parse_short,
    "debate": short.parse_debate,
    "report": reports.parse_report,
    "row": listing.parse_row,
    "address": listing.parse_address,
    "references": listing.parse_references,
    "again": repeated.parse_again,
}


_NEAR = 40  # a report's title may stand far after its publisher: what lies between is still read


def find(text: str, near: date | None = None) -> list[Citation]:
    """Every citation in a text, in order, without overlap.

    A list ("nrs. 520 en 548") gives one citation per number, a range ("nrs. 1-3") one citation with several
    ids. Short forms come without an id and with candidates.

    :param text: any text; offsets in the result are character offsets in it.
    :param near: the date of the document, which completes dates without a year.

    >>> [c.id for c in find("Kamerstukken 32 824 en 29 279, nr. 148; Stb. 2006, 625")]
    ['kst-32824-148', 'stb-2006-625']
    >>> find("Kamerstukken II 2019/20, 29 754, nrs. 520 en 548")[1].id
    'kst-29754-548'
    """
    if ("\u00ad" in text or _LINE_END.search(text)) and _BROKEN.search(text):
        return _find_mended(text, near)
    found: list[Citation] = []
    end = 0
    for name, at in anchors(text):
        if at < end:
            continue
        for citation in _PARSERS[name](text, at):
            found.append(citation)
            if citation.start - at < _NEAR:
                end = max(end, citation.end)
    kept = [
        each if all(map(str.isascii, each.ids)) else _in_other_digits(each)
        for each in _apart(found)
        if each.kind in _LONG or not any(map(_NO_NUMBER.search, each.ids))
    ]
    return short.with_candidates(repeated.resolved(kept), text, near)


_NO_NUMBER = re.compile(r"\d{10}")
"""No article, no paper has such a number: a session in an id has eight digits, an act of the EU nine."""
_LONG = frozenset({"ecli", "report"})


def _in_other_digits(each: Citation) -> Citation:
    """A citation in digits of another script ("٣٦١"): no id is written so; its meaning is a candidate."""
    meant = "".join(str(digit(c)) if not c.isascii() and c.isdigit() else c for c in each.ids[0])
    guess = (Candidate(meant, "its digits are of another script", "misread"),) if meant.isascii() else ()
    return replace(each, ids=(), confidence=0.3, exists=None, candidates=guess)


_LINE_END = re.compile(r"-[ \t]*\r?\n")
_BROKEN = re.compile(
    r"(?<=[a-z\u00e0-\u00ff])(?:-[ \t]*\r?\n[ \t]*|\u00ad\s*)(?=[a-z\u00e0-\u00ff])(?!(?:en|of)\b)"
)
"""A word broken at the end of a line, or a soft hyphen; "in- en uitvoer" is two words."""


def _find_mended(text: str, near: date | None) -> list[Citation]:
    """The same on the text with its broken words joined; the offsets are those of the text as it stands."""
    pieces: list[str] = []
    starts, sources = [0], [0]
    at = length = 0
    for broken in _BROKEN.finditer(text):
        pieces.append(text[at : broken.start()])
        length += broken.start() - at
        at = broken.end()
        starts.append(length)
        sources.append(at)
    mended = "".join([*pieces, text[at:]])

    def source(offset: int) -> int:
        which = bisect_right(starts, offset) - 1
        return sources[which] + offset - starts[which]

    found = []
    for each in find(mended, near):
        start, end = source(each.start), source(each.end - 1) + 1
        found.append(replace(each, start=start, end=end, text=text[start:end]))
    return found


def _apart(found: list[Citation]) -> list[Citation]:
    """In order and without overlap; of two that overlap the surer one stays."""
    kept: list[Citation] = []
    for each in sorted(found, key=lambda c: (c.start, -c.end)):
        if kept and each.start < kept[-1].end:
            if each.confidence > kept[-1].confidence:
                kept[-1] = each
        else:
            kept.append(each)
    return kept
