"""The vocabulary for readers: ``vocabulary.json`` of the data folder, a page per term on the site."""

from __future__ import annotations

from typing import cast

from thuis.contract import terms as contract
from thuis.language.partial import first_day, last_day
from thuis.vocabulary.forms import forms
from thuis.vocabulary.model import DISCOURAGED, Stage, Term, Vocabulary


def vocabulary_record(vocabulary: Vocabulary, date: str | None = None) -> contract.Terms:
    """The vocabulary as the site reads it: ``vocabulary.json``.

    ``date`` is the day of publication, an ISO date.

    >>> from thuis.vocabulary import load_vocabulary
    >>> first = vocabulary_record(load_vocabulary(), date="2026-11-25").terms[0]
    >>> first.id, first.valid_to, [each.status for each in first.history]
    ('allochtoon', '2016', ['preferred', 'deprecated'])
    """
    spelled: dict[str, list[str]] = {}
    for form in forms(vocabulary):
        text = form.text + ("…" if form.open else "")
        if text not in (vocabulary.by_id[form.term].term, *spelled.get(form.term, ())):
            spelled.setdefault(form.term, []).append(text)
    return contract.Terms(
        splits=_splits(vocabulary),
        version=vocabulary.version,
        terms=tuple(_term(vocabulary, term, spelled.get(term.id, [])) for term in vocabulary.terms),
        date=date,
    )


def _term(vocabulary: Vocabulary, term: Term, spelled: list[str]) -> contract.Term:
    names = [
        each.name
        for each in vocabulary.names
        if each.language == term.language and term.term.lower() in each.name.lower()
    ]
    rules = [each for each in vocabulary.rules if term.id in each.terms and each.role == "other-sense"]
    return contract.Term(
        id=term.id,
        term=term.term,
        language=term.language,
        status=cast(contract.Status, term.status),
        definition=_said(term.definition),
        reason=_said(term.reason),
        context=_said(term.context),
        replacements=tuple(
            contract.Replacement(term=each.text, id=each.id, when=_said(each.when))
            for each in term.replacements
        ),
        valid_from=term.valid_from,
        valid_to=term.valid_to,
        certainty=cast(contract.Certainty, term.certainty),
        forms=tuple(spelled),
        senses=tuple(each.note or "; ".join(each.words) for each in rules),
        names=tuple(names),
        related=tuple(term.related),
        history=tuple(_stage(vocabulary, each) for each in history(vocabulary, term)),
        sources=tuple(_source(vocabulary, each) for each in term.sources),
    )


def history(vocabulary: Vocabulary, term: Term) -> tuple[Stage, ...]:
    """The periods of a term's life, the present one last.

    Where nobody wrote down the earlier ones, the period in which it was the right word is told as *allowed*.
    """
    earlier = vocabulary.stages_of(term.id)
    if not earlier and term.valid_to and term.status in DISCOURAGED:
        earlier = (Stage(term.id, "allowed", term.valid_from, term.valid_to),)
    start = term.since or (term.valid_to if term.status in DISCOURAGED else term.valid_from)
    source = term.sources[0] if term.sources else None
    return (*earlier, Stage(term.id, term.status, start, None, term.reason or "", source))


def status_on(vocabulary: Vocabulary, term: Term, day: str) -> str:
    """The status of a term on a (partial) day; before its first dated period, that of the first period.

    >>> from thuis.vocabulary import load_vocabulary
    >>> vocabulary = load_vocabulary()
    >>> [status_on(vocabulary, vocabulary.by_id["allochtoon"], day) for day in ("2005", "2020")]
    ['preferred', 'deprecated']
    >>> status_on(vocabulary, vocabulary.by_id["vreemdeling"], "2010")
    'allowed'
    """
    for stage in history(vocabulary, term):
        if stage.end is None or first_day(day) <= last_day(stage.end):
            return stage.status
    return term.status


def _stage(vocabulary: Vocabulary, stage: Stage) -> contract.Stage:
    return contract.Stage.given(
        start=stage.start,
        end=stage.end,
        status=stage.status,
        text=_said(stage.text),
        source=_source(vocabulary, stage.source) if stage.source else None,
    )


def _source(vocabulary: Vocabulary, name: str) -> contract.Source:
    source = vocabulary.sources[name]
    return contract.Source(title=source.title, url=source.url or None, date=source.date or None)


def _said(text: str | None) -> str | None:
    """A term is told in its own language only: a plain text, as ``vocabulary.json`` may have it."""
    return text or None


def _splits(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Compounds in the vocabulary whose first part is a term: what a search for the part must find too."""
    words = {word.lower() for term in vocabulary.terms for word in (term.term, *term.plural, *term.inflected)}
    stems = sorted({stem.lower() for t in vocabulary.terms for stem in t.compounds} | words, key=len)
    splits: dict[str, tuple[str, ...]] = {}
    for word in sorted(words):
        for stem in reversed(stems):
            rest = word.removeprefix(stem)
            if rest != word and len(rest) > 4 and " " not in word and " " not in stem and len(stem) > 3:
                splits[word] = (stem, rest)
                break
    return splits
