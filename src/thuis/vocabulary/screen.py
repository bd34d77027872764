"""Screen a document: find the terms, tell their role, judge them for this day and genre.

The steps are pure; reading files is :mod:`thuis.documents`, telling roles
:mod:`thuis.vocabulary.roles`. A document that cannot be read never has "no hits": it is not screened.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from thuis.documents import Document, Unscreenable
from thuis.language.partial import first_day, last_day
from thuis.language.split import sentence_around
from thuis.vocabulary.forms import forms
from thuis.vocabulary.match import Found, Matcher
from thuis.vocabulary.model import Form, Replacement, Term, Vocabulary
from thuis.vocabulary.own_rules import role_by_rules
from thuis.vocabulary.roles import role_of
from thuis.vocabulary.verdict import judge


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says of the documents; what is None is found in each document itself."""

    date: str | None = None
    genre: str | None = None
    language: str | None = None
    today: str | None = None
    roles: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found in a document.

    ``start`` and ``end`` count characters of the clean text; ``page``, ``line`` and ``column`` (from 1) are
    the place in the file. ``key`` names the hit by its sentence, so that a decision on it survives changes
    elsewhere in the document. ``level`` is ``fine``, ``consider`` or ``replace`` and ``why`` its ground.
    """

    term: str
    form: str
    text: str
    start: int
    end: int
    page: int | None
    line: int
    column: int
    sentence: str
    within: int
    block: str
    role: str
    role_why: str
    level: str
    why: str
    replacements: tuple[Replacement, ...]
    sources: tuple[str, ...]
    speaker: tuple[str, str] | None = None
    key: str = ""
    decision: str | None = None
    decision_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Screened:
    """A document that was screened, with every hit, those that are fine included."""

    document: Document
    date: str | None
    date_source: str | None
    genre: str
    language: str
    hits: tuple[Hit, ...]

    @property
    def name(self) -> str:
        """The document's name."""
        return self.document.name

    def at(self, level: str) -> tuple[Hit, ...]:
        """The hits of a level that no reviewer has rejected."""
        return tuple(hit for hit in self.hits if hit.level == level and hit.decision != "reject")


Result = Screened | Unscreenable


class Screener:
    """A vocabulary compiled for searching.

    >>> from thuis.vocabulary import load_vocabulary
    >>> from thuis.documents import from_text
    >>> screener = Screener(load_vocabulary())
    >>> document = from_text("Den Haag, 14 november 2022. De allochtonen in de wijk doen mee.", "brief.txt")
    >>> [(hit.text, hit.role, hit.level) for hit in screener.screen(document).hits]
    [('allochtonen', 'use', 'replace')]
    """

    def __init__(self, vocabulary: Vocabulary, options: Options | None = None) -> None:
        self.vocabulary = vocabulary
        self.options = options or Options()

    def with_options(self, options: Options) -> Screener:
        """A screener of the same vocabulary with other ``options``; the compiled patterns are shared."""
        other = Screener(self.vocabulary, options)
        other.__dict__["_matchers"] = self._matchers
        other.__dict__["_names"] = self._names
        return other

    @cached_property
    def _matchers(self) -> dict[str, Matcher]:
        parts: dict[str, list[Form]] = {"nl": [], "en": []}
        for form in forms(self.vocabulary):
            parts[self.vocabulary.by_id[form.term].language].append(form)
        return {language: Matcher(tuple(group)) for language, group in parts.items()}

    @cached_property
    def _names(self) -> dict[str, Matcher]:
        return {
            language: Matcher(
                tuple(Form(n.name, n.name, "name") for n in self.vocabulary.names if n.language == language)
            )
            for language in ("nl", "en")
        }

    @cached_property
    def _today(self) -> str:
        return self.options.today or datetime.datetime.now(tz=datetime.UTC).date().isoformat()

    def screen(self, document: Document) -> Screened:
        """Every hit in one document, in order of place."""
        options = self.options
        language = options.language or document.language
        genre = options.genre or document.genre or "text"
        date = options.date or document.date
        found = self._matchers[language].find(document.text)
        names = self._names[language].find(document.text) if found else []
        hits: list[Hit] = []
        seen: Counter[str] = Counter()
        day = date or self._today
        for each in found:
            hits.append(self._hit(document, each, names, (genre, day), seen))
        source = "given" if options.date else document.date_source
        return Screened(document, date, source, genre, language, tuple(hits))

    def _hit(
        self,
        document: Document,
        found: Found,
        names: Sequence[Found],
        context: tuple[str, str],
        seen: Counter[str],
    ) -> Hit:
        term = self.vocabulary.by_id[found.form.term]
        genre, day = context
        role, why = self._role(document, found, names, genre)
        verdict = judge(term, role, day, genre, self.vocabulary.sources)
        place = document.place(found.start)
        block = document.block_at(found.start)
        start, end = sentence_around(document.text, found.start, found.end)
        return Hit(
            term=term.id,
            form=found.form.text,
            text=document.text[found.start : found.end],
            start=found.start,
            end=found.end,
            page=place.page,
            line=place.line,
            column=place.column,
            sentence=document.text[start:end],
            within=found.start - start,
            block=block.kind if block else "body",
            role=role,
            role_why=why,
            level=verdict.level,
            why=verdict.why,
            replacements=advice(self.vocabulary, term, day) if verdict.level != "fine" else (),
            sources=term.sources,
            speaker=document.speaker_at(found.start),
            key=_key(term.id, document.text[found.start : found.end], document.text[start:end], seen),
        )

    def _role(self, document: Document, found: Found, names: Sequence[Found], genre: str) -> tuple[str, str]:
        if not self.options.roles:
            return "use", "not asked"
        if self.vocabulary.by_id[found.form.term].kind == "name":
            return "name", "term"
        for name in names:
            inside = name.start <= found.start and found.end <= name.end
            if inside and written_as(name.form.text, document.text[name.start : name.end]):
                return "name", name.form.text
        own = self._own_role(document, found, genre)
        if own:
            return own
        role = role_of(document, found.start, found.end, found.form.term, genre, document.blocks)
        return role.role, role.why

    def _own_role(self, document: Document, found: Found, genre: str) -> tuple[str, str] | None:
        if not self.vocabulary.rules:
            return None
        first, last = sentence_around(document.text, found.start, found.end)
        within = (found.start - first, found.end - first)
        sentence = document.text[first:last]
        return role_by_rules(self.vocabulary.rules, sentence, within, found.form.term, genre)


def _key(term: str, text: str, sentence: str, seen: Counter[str]) -> str:
    """The name of a hit by its sentence, and by how often the same was met before in the document."""
    base = f"{term}|{text.lower()}|{' '.join(sentence.split())}"
    seen[base] += 1
    return hashlib.sha256(f"{base}|{seen[base]}".encode()).hexdigest()[:12]


def written_as(name: str, text: str) -> bool:
    """Whether a text has the capitals of a name: the daily words of a ministry are no directorate.

    >>> written_as("Integratie en Samenleving", "integratie en samenleving")
    False
    >>> written_as("Integratie en Samenleving", "INTEGRATIE EN SAMENLEVING")
    True
    """
    pairs = zip(name.split(), text.split(), strict=False)
    return all(found[:1].isupper() for said, found in pairs if said[:1].isupper())


def advice(vocabulary: Vocabulary, term: Term, day: str) -> tuple[Replacement, ...]:
    """The replacements of a term that are themselves right on that day; all of them when none is.

    >>> from thuis.vocabulary import load_vocabulary
    >>> vocabulary = load_vocabulary()
    >>> [each.text for each in advice(vocabulary, vocabulary.by_id["allochtoon"], "2018")]
    ['persoon met een migratieachtergrond']
    """
    fitting = tuple(each for each in term.replacements if not _untimely(vocabulary, each, day))
    return fitting or term.replacements


_PERIOD = re.compile(r"(\d{4})-(\d{4})")


def _untimely(vocabulary: Vocabulary, replacement: Replacement, day: str) -> bool:
    """Whether a replacement is for texts of another period, or was not yet (or no longer) the right word."""
    period = _PERIOD.search(replacement.when or "")
    if period and not period[1] <= day[:4] <= period[2]:
        return True
    target = vocabulary.by_id.get(replacement.id or "")
    if target is None:
        return False
    early = target.valid_from is not None and last_day(day) < first_day(target.valid_from)
    return early or (target.valid_to is not None and first_day(day) > last_day(target.valid_to))


def screen_all(
    documents: Iterable[Document | Unscreenable], vocabulary: Vocabulary, options: Options | None = None
) -> Iterator[Result]:
    """Screen document after document; what cannot be screened is passed on as such."""
    screener = Screener(vocabulary, options)
    for each in documents:
        yield each if isinstance(each, Unscreenable) else screener.screen(each)
