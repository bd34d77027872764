"""Suggestions that can be carried out, with the words around them set right where that is safe.

Safe means: one replacement for every meaning, a spelling that answers to the one found (singular for
singular, inflected for inflected), and at most one word before it to adapt (``het`` for ``de``, ``an`` for
``a``).
Everything else stays a suggestion; a writer knows the meaning, this module does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from thuis.documents import Document
from thuis.errors import Problem, ThuisError
from thuis.files import put
from thuis.vocabulary.model import Term, Vocabulary
from thuis.vocabulary.roles.address import address, attached
from thuis.vocabulary.screen import Hit, Result, Screened

_TO_HET = {"de": "het", "deze": "dit", "die": "dat", "elke": "elk", "iedere": "ieder", "onze": "ons"}
_TO_DE = {after: before for before, after in _TO_HET.items()}
_NEUTRAL = frozenset(
    re.findall(
        "[a-z]+",
        """een geen zijn haar hun mijn jouw uw van in op voor met aan over bij door naar uit als en of om
        onder tegen the this that these those my your their our his her no some any on for with by from to and
        or as""",
    )
)
_VOWELS = "aeiou"
# What may be joined to a word of running text: brackets, quotation marks, stops, and other words.
_WORDS = r"[^\W\d_]+(?:[-/][^\W\d_]+)*"
_JOINED_BEFORE = re.compile(rf"[(\[\"'“”„‘’«»‹›*_¿¡–—…>]*(?:{_WORDS}[-/–—])?[\"'“”„‘’«»(]*")
_JOINED_AFTER = re.compile(
    rf"[\"'“”‘’«»)]*(?:[-/–—]?{_WORDS}|-)?(?:\]\([^)\s]*\))?[)\]\"'“”‘’«»‹›*_,;:.!?–—…<]*(?:</?\w.*)?"
    r"(?:\[\d+\])?[.,;:]*"
)


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the decoded source and what to put there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done to a document: the number of changes and of hits that stay a suggestion."""

    name: str
    changes: int
    left: int


def change_for(hit: Hit, document: Document, vocabulary: Vocabulary) -> Change | None:
    """The change that carries out the advice on a hit, or None when a person has to choose."""
    term = vocabulary.by_id[hit.term]
    if len(hit.replacements) != 1 or hit.replacements[0].when or not hit.replacements[0].id:
        return None
    target = vocabulary.by_id[hit.replacements[0].id]
    answer = answering(hit.form, term, target)
    span = document.source_span(hit.start, hit.end)
    if answer is None or span is None or document.cleaned.source[slice(*span)] != hit.text:
        return None
    # A last look at the file itself: what is joined to a sign there is no word to change, whatever its role.
    if address(document.cleaned.source, *span) or not _among_words(document.cleaned.source, *span):
        return None
    plural = hit.form in term.plural
    before = _word_before(document.text, hit.start)
    if not plural and (term.article, target.article) in (("de", "het"), ("het", "de")):
        return _with_determiner(hit, document, answer, before, target.article == "het")
    if before and before.lower() in ("a", "an") and term.language == "en":
        return _with_article(document, span, answer, before)
    return Change(*span, _cased(hit.text, answer))


def _among_words(text: str, start: int, end: int) -> bool:
    """Whether only what running text joins to a word is joined to a stretch of it.

    >>> _among_words("(islamieten),", 1, 11), _among_words("nl-islamieten-2020", 3, 13)
    (True, False)
    """
    before, after = attached(text, start, end)
    before = re.sub(r"^.*>", "", before)
    return bool(_JOINED_BEFORE.fullmatch(before) and _JOINED_AFTER.fullmatch(after))


def answering(form: str, term: Term, target: Term) -> str | None:
    """The target's spelling that answers to a spelling of the term: same number, same ending.

    >>> from thuis.vocabulary import load_vocabulary
    >>> terms = load_vocabulary().by_id
    >>> answering("islamieten", terms["islamiet"], terms["moslim"])
    'moslims'
    >>> answering("laagopgeleide", terms["laagopgeleid"], terms["praktisch-opgeleid"])
    'praktisch opgeleide'
    """
    if form == term.term:
        return target.term
    for mine, theirs in ((term.plural, target.plural), (term.inflected, target.inflected)):
        if form in mine:
            place = mine.index(form)
            return theirs[place] if place < len(theirs) else None
    return None


def _with_determiner(hit: Hit, document: Document, answer: str, before: str, het: bool) -> Change | None:
    """A change from a de-word to a het-word or back, with its determiner; an adjective is too much."""
    span = document.source_span(hit.start, hit.end)
    table = _TO_HET if het else _TO_DE
    if span is None:
        return None
    if before.lower() in table:
        start = span[0] - len(before) - 1
        if document.cleaned.source[start : span[0]] != before + " ":
            return None
        return Change(start, span[1], f"{_cased(before, table[before.lower()])} {_cased(hit.text, answer)}")
    if not before or before.lower() in _NEUTRAL:
        return Change(*span, _cased(hit.text, answer))
    return None


def _with_article(document: Document, span: tuple[int, int], answer: str, before: str) -> Change | None:
    start = span[0] - len(before) - 1
    if document.cleaned.source[start : span[0]] != before + " ":
        return None
    article = "an" if answer[0].lower() in _VOWELS else "a"
    found = document.cleaned.source[slice(*span)]
    return Change(start, span[1], f"{_cased(before, article)} {_cased(found, answer)}")


def _word_before(text: str, start: int) -> str:
    line = text[max(0, start - 60) : start]
    if not line.endswith(" "):
        return ""
    word = line.rstrip(" ").rpartition(" ")[2].rpartition("\n")[2]
    return word if word.isalpha() else ""


def _cased(like: str, text: str) -> str:
    """The text with a capital where the words it replaces have one."""
    return text[:1].upper() + text[1:] if like[:1].isupper() else text


def apply_file(path: Path, result: Screened, vocabulary: Vocabulary) -> Applied:
    """Carry out what is safe in one file of text, Markdown or HTML; the file is moved into place whole.

    Only hits to be replaced that no reviewer rejected are changed.

    :raises ThuisError: when the file is no longer what was screened.
    """
    todo = list(result.at("replace"))
    changes = [change for hit in todo if (change := change_for(hit, result.document, vocabulary))]
    if not changes:
        return Applied(result.name, 0, len(todo))
    source = result.document.cleaned.source
    data = path.read_bytes()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    if data.removeprefix(mark) != source.removeprefix("\ufeff").encode("utf-8"):
        problem = Problem(f"{path} is not plain UTF-8 or has changed since it was screened")
        raise ThuisError(problem)
    put(path, mark + applied(source, changes).removeprefix("\ufeff").encode("utf-8"))
    return Applied(result.name, len(changes), len(todo) - len(changes))


def applied(source: str, changes: Sequence[Change]) -> str:
    """The source with every change made.

    >>> applied("de islamiet", [Change(3, 11, "moslim")])
    'de moslim'
    """
    for change in sorted(changes, key=lambda each: -each.start):
        source = source[: change.start] + change.text + source[change.end :]
    return source


def apply_all(results: Sequence[Result], vocabulary: Vocabulary) -> list[Applied]:
    """Carry out what is safe in every screened document that is a file of its own."""
    return [
        apply_file(Path(each.name), each, vocabulary)
        for each in results
        if isinstance(each, Screened) and Path(each.name).is_file()
    ]
