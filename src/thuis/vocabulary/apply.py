"""Suggestions that can be carried out, with the words around them set right where that is safe.

Safe means: one replacement for every meaning, a spelling that answers to the one found (singular for
singular, inflected for inflected), and at most one word before it to adapt (``het`` for ``de``, ``an`` for
``a``).
Everything else stays a suggestion; a writer knows the meaning, this module does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from thuis.documents import Document
from thuis.documents.marked_down import standing
from thuis.errors import Problem, ThuisError
from thuis.files import put
from thuis.vocabulary.forms import NONE
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
# A hyphen makes one word of two, and an apostrophe with its s a form that no rule here makes.
_JOINED_BEFORE = re.compile(rf"(?:!(?=\[))?[(\[\"'“”„‘’«»‹›*_¿¡–—…>]*(?:{_WORDS}[/–—])?[\"'“”„‘’«»(]*")
_JOINED_AFTER = re.compile(
    rf"(?!['’]s\b)[\"'“”‘’«»)]*(?:[/–—]{_WORDS})?(?:\]\([^)\s]*\)?)?"
    r"[)\]\"'“”‘’«»‹›*_,;:.!?–—…<\u200b]*(?:</?\w.*)?"
    r"(?:\[[^\]\s]*\])?[.,;:]*"
)
_SUFFIXES = frozenset(["", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"])
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
_MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


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
    if span is None or document.cleaned.source[slice(*span)] != hit.text or not _may_change(document, *span):
        return None
    answer = _written(hit.text, answer) if answer else None
    if answer is None:
        return None
    plural = hit.form in term.plural
    before = _word_before(document.text, hit.start)
    if not plural and (term.article, target.article) in (("de", "het"), ("het", "de")):
        return _with_determiner(hit, document, answer, before, target.article == "het")
    if before and before.lower() in ("a", "an") and term.language == "en":
        return _with_article(document, span, answer, before)
    return Change(*span, answer)


def _may_change(document: Document, start: int, end: int) -> bool:
    """A last look at the file itself: what is joined to a sign there, is code or the name of a link is no
    word to change, whatever its role.
    """
    text, first, last = _around(document, start, end)
    if address(text, first, last) or not _among_words(text, first, last):
        return False
    return not _stands(document, start, end)


_MARKUP = re.compile(r"&(?:#?\w+);|<[^<>]*>?")


def _around(document: Document, start: int, end: int) -> tuple[str, int, int]:
    """The text around a stretch of the source, and its place there; in HTML no further than the element's own
    text or the attribute's value it stands in, with references as spaces.
    """
    source = document.cleaned.source
    if document.format != "html":
        return source, start, end
    before, after = source[max(0, start - 400) : start], source[end : end + 400]
    inside = before.rfind("<") > before.rfind(">")
    sign = re.search(r"=\s*([\"'])[^\"'<>]*\Z", before) if inside else None
    if sign:
        before = before[sign.end(1) :]
        after = after.split(sign[1], 1)[0]
    elif inside:
        before, after = re.split(r"[=\s]", before)[-1], re.split(r"[\s>]", after)[0]
    else:
        before, after = before[before.rfind(">") + 1 :], after.split("<", 1)[0]
    before, after = (_MARKUP.sub(lambda found: " " * len(found[0]), each) for each in (before, after))
    return before + source[start:end] + after, len(before), len(before) + end - start


def _stands(document: Document, start: int, end: int) -> bool:
    """Whether a stretch of the source is of what stays as it is: code, where a link leads, a template."""
    source = document.cleaned.source
    if document.format == "markdown":
        spans = _standing(source)
        index = bisect_right(spans, (start, len(source))) - 1
        if index >= 0 and spans[index][1] > start:
            return True
        return index + 1 < len(spans) and spans[index + 1][0] < end
    line = source[source.rfind("\n", 0, start) + 1 : start]
    return document.format == "text" and bool(re.match(r"\s*\.\. (?:_|[\w-]+::|\|)", line))


@lru_cache(maxsize=4)
def _standing(source: str) -> tuple[tuple[int, int], ...]:
    return tuple(standing(source))


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
            return theirs[place] if place < len(theirs) and theirs[place] != NONE else None
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
    """The text with a capital, or in capitals, where the words it replaces are.

    >>> _cased("ISLAMIETEN", "moslims"), _cased("Islamieten", "moslims"), _cased("islamieten", "moslims")
    ('MOSLIMS', 'Moslims', 'moslims')
    """
    if len(like) > 1 and like.isupper():
        return text.upper()
    return text[:1].upper() + text[1:] if like[:1].isupper() else text


def _written(like: str, text: str) -> str | None:
    """The text as the words it replaces are written: their capitals, and the white space between them.

    >>> _written("NEDERLANDSE  ACHTERGROND", "Nederlandse herkomst")
    'NEDERLANDSE  HERKOMST'
    """
    gaps, words = re.findall(r"\s+", like), text.split(" ")
    if len(gaps) + 1 != len(words):
        return None if "\n" in like or "\r" in like else _cased(like, text)
    return _cased(like, "".join(word + gap for word, gap in zip(words, [*gaps, ""], strict=True)))


def apply_file(path: Path, result: Screened, vocabulary: Vocabulary) -> Applied:
    """Carry out what is safe in one file of text, Markdown or HTML; the file is moved into place whole.

    Only hits to be replaced that no reviewer rejected are changed.

    :raises ThuisError: when the file is no longer what was screened.
    """
    todo = list(result.at("replace"))
    kept = path.suffix.lower() not in _SUFFIXES
    changes = [] if kept else [c for hit in todo if (c := change_for(hit, result.document, vocabulary))]
    if not changes:
        return Applied(result.name, 0, len(todo))
    source = result.document.cleaned.source
    data = path.read_bytes()
    encoding = next((each for each in _ENCODINGS if _encoded(source, each) == data), None)
    if encoding is None:
        raise ThuisError(Problem(f"{path} has changed since it was screened, or is in no known encoding"))
    new = _encoded(applied(source, changes), encoding)
    if new is None:
        return Applied(result.name, 0, len(todo))
    put(path, new)
    return Applied(result.name, len(changes), len(todo) - len(changes))


def _encoded(text: str, encoding: str) -> bytes | None:
    """The bytes of a text, with the mark that its encoding wants; None for what it cannot write."""
    plain = text.removeprefix("\ufeff")
    try:
        return _MARKS.get(encoding, b"") + plain.encode(encoding)
    except UnicodeEncodeError:
        return None


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
