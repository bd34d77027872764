"""What was cited just before, said again: "Idem, nr. 17", "Ibid., p. 14", "t.a.p., nr. 6".

Such words name nothing themselves. With a number of its own it is a paper of the dossier that the citation
right before it names, when that is a paper and the number exists; else it has that citation as its candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from thuis.dossier.cite import existence
from thuis.dossier.cite.model import Candidate, Citation
from thuis.dossier.cite.parliament import GAP, NUMBER, NUMBER_WORD, pinned

_AGAIN = re.compile(
    rf"(?:[Ii]dem|[Ii]d\.|[Ii]bid(?:em)?\b\.?|[Tt]\.a\.p\.|[Aa]\.w\.|(?:[Hh]et)?[Zz]elfde dossier)"
    rf"(?:{GAP}?,?{GAP}*{NUMBER_WORD}{GAP}*(?P<number>{NUMBER}))?"
)
_REACH = 400
"""How many characters may lie between: a footnote's length; beyond it another source may be meant."""
SURE = 0.7
"""How sure a paper is whose dossier is read from the citation before it."""


def parse_again(text: str, at: int) -> Iterator[Citation]:
    """A word that repeats a source, with the number or the page it adds; what it means is seen later.

    >>> [dict(each.parts) for each in parse_again("Idem, nr. 17, p. 3", 0)]
    [{'to': 'same', 'number': '17', 'pin': '3'}]
    """
    found = _AGAIN.match(text, at)
    if not found:
        return
    pin, end = pinned(text, found.end())
    if not found["number"] and not pin:
        return
    parts = {"to": "same", **({"number": found["number"]} if found["number"] else {}), **pin}
    yield Citation("reference", at, end, text[at:end], parts, (), 0.4)


def resolved(citations: Sequence[Citation]) -> list[Citation]:
    """The citations in order, those that repeat a source filled in from the one right before them.

    >>> from thuis.dossier.cite import find
    >>> [each.id for each in find("Kamerstuk 32 824, nr. 323. 2 Idem, nr. 343. 3 Idem, nr. 9999.")]
    ['kst-32824-323', 'kst-32824-343', None]
    """
    done: list[Citation] = []
    source: Citation | None = None
    end = 0
    for each in citations:
        again = each.parts.get("to") == "same"
        near = each.start - end <= _REACH
        if not again and not each.ids:
            # "de motie-Peters (idem, nr. 4)": a name that says no number is no source.
            done.append(each)
            continue
        done.append(_filled(each, source) if again and source and near else each)
        # "Ibid., p. 14" names the same source: what is said after it is said of that one too.
        source = source if again and near and done[-1].kind == "reference" else done[-1]
        end = each.end
    return done


def _filled(each: Citation, before: Citation) -> Citation:
    dossier = before.parts.get("dossier")
    if not dossier or before.kind not in {"kamerstuk", "dossier"}:
        return each
    number = each.parts.get("number")
    if not number:
        same = Candidate(str(before.id), "cited right before", "before")
        return replace(each, candidates=(same,)) if before.id else each
    paper = f"kst-{dossier}-{number}"
    parts = {**each.parts, "dossier": dossier}
    if existence.exists(paper):
        return replace(each, kind="kamerstuk", parts=parts, ids=(paper,), confidence=SURE, exists=True)
    guess = Candidate(paper, "the dossier cited right before", "before")
    return replace(each, candidates=(guess,))
