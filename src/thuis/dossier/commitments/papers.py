"""What is promised without "ik": Parliament is told, a paper is on its way, a point is dealt with in another.

Letters, answers and the lists of a budget promise so: "De Tweede Kamer wordt na de zomer geïnformeerd", "De
kabinetsreactie volgt in het najaar", "Dit wordt betrokken bij de evaluatie".
"""

from __future__ import annotations

import re

from thuis.dossier.commitments.expressions import COMMON, PAPERS, has
from thuis.dossier.commitments.model import Judged

Forms = tuple["re.Match[str] | None", "re.Match[str] | None", "re.Match[str] | None", "re.Match[str] | None"]
"""Where a sentence tells Parliament, has a paper come, deals with a point, has something done."""


def concerns_papers(lowered: str) -> bool:
    """Whether a sentence in small letters has a word that the forms here need."""
    return any(has(lowered, each) for each in PAPERS.words.values())


def forms_of(sentence: str) -> Forms:
    """Where the forms stand in a sentence; words looked for first, which is far cheaper."""
    low = sentence.lower()
    dealt = has(low, PAPERS.words["dealt"]) and PAPERS["in-review"].search(sentence)
    return (
        PAPERS["told"].search(sentence) if has(low, PAPERS.words["told"]) else None,
        PAPERS["comes"].search(sentence) if has(low, PAPERS.words["comes"]) else None,
        PAPERS["dealt-with"].search(sentence) if dealt else None,
        PAPERS["done"].search(sentence) if has(low, PAPERS.words["done"]) else None,
    )


def told(sentence: str, forms: Forms, when: bool) -> Judged | None:
    """Parliament "wordt geïnformeerd", "ontvangt", "krijgt".

    >>> sentence = "De Tweede Kamer wordt na de zomer geïnformeerd."
    >>> told(sentence, forms_of(sentence), when=True).rule
    'will-be-told'
    """
    found = forms[0]
    if not found or PAPERS["gladly"].match(sentence, found.end()) or PAPERS["of-itself"].search(sentence):
        return None
    if not (COMMON["tell"].search(sentence) or PAPERS["is-sent"].search(found[0])):
        return None
    sure = when or PAPERS["through"].search(sentence) or re.search(r"\bzult?\b|\bzal\b|\bzullen\b", found[0])
    return Judged("new", *found.span(), "will-be-told") if sure else None


def on_its_way(sentence: str, forms: Forms, when: bool, term: bool) -> Judged | None:
    """A paper that is on its way, or a point that will be dealt with in one.

    >>> sentence = "De kabinetsreactie volgt in het najaar."
    >>> on_its_way(sentence, forms_of(sentence), when=True, term=True).rule
    'will-come'
    """
    _, comes, dealt, done = forms
    if comes and (when or COMMON["house"].search(sentence)) and not PAPERS["lacks"].search(comes[0]):
        return Judged("new", *comes.span(), "will-come")
    found = dealt if dealt and (when or dealt[0].lower().startswith("z")) else done if term else None
    return (
        Judged("new", *found.span(), "will-be-dealt-with")
        if found and not PAPERS["lacks"].search(found[0])
        else None
    )
