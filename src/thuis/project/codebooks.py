"""``codebook:`` of a wave: wordings and missing codes that its DDI file has need not be typed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from thuis.codebook import Codebook, Texts, Variable, read_codebook, said
from thuis.codebook.model import same
from thuis.errors import Place, Problem, ThuisError, raise_all
from thuis.formats.answers import unanswered
from thuis.language import LANGUAGES
from thuis.project.base import astray
from thuis.project.comparable import between, plain, with_wave_breaks
from thuis.project.indicator import Base, Indicator, Question
from thuis.project.wave import Source, Wave

_WIDEST = 1000
"""A stretch of missing codes with more whole numbers is not written out."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Waves and indicators with what the codebooks add, and everything wrong with the codebooks."""

    waves: tuple[Wave, ...]
    indicators: list[Indicator]
    problems: tuple[Problem, ...]


def with_codebooks(
    folder: Path,
    waves: Sequence[Wave],
    indicators: Sequence[Indicator],
    places: Mapping[str, Place],
    *,
    outside: bool,
    languages: Sequence[str] = LANGUAGES,
) -> Filled:
    """Add to what was typed, never in place of it.

    A code that the codebook marks as missing is added to ``missing`` unless it is mapped or among
    ``answers``; of a number so is a code whose label says that there is no answer. A wave without a
    ``question`` gets that of its column.

    :param places: where ``codebook:`` stands in each wave.
    :param outside: whether files may stand outside the project folder.
    """
    books: dict[str, Codebook] = {}
    problems: list[Problem] = []
    for wave in waves:
        if wave.codebook:
            try:
                books[wave.id] = _book(folder, wave, places[wave.id], outside=outside)
            except ThuisError as error:
                problems += error.problems
    if problems:
        return Filled(tuple(waves), list(indicators), tuple(problems))
    try:
        filled = tuple(_wave(wave, books[wave.id]) if wave.id in books else wave for wave in waves)
        asked = [_asked_of(_indicator(each, filled, books, languages), filled, books) for each in indicators]
    except ThuisError as error:
        return Filled(tuple(waves), list(indicators), error.problems)
    others = [
        each
        for indicator in asked
        for each in _other_people(with_wave_breaks(indicator, filled), filled, books, places)
    ]
    return Filled(filled, asked, tuple({str(each): each for each in others}.values()))


def _book(folder: Path, wave: Wave, at: Place, *, outside: bool) -> Codebook:
    path = folder / str(wave.codebook)
    if not outside:
        raise_all(astray(folder, str(wave.codebook), at, "data/survey.xml"))
    if not path.is_file():
        raise ThuisError(f"there is no file {wave.codebook!r}", at, step="correct the path")
    return read_codebook(path, str(wave.codebook))


def _wave(wave: Wave, book: Codebook) -> Wave:
    variables = {
        name: _source(source, book) if source is not None and source.from_ else source
        for name, source in wave.variables.items()
    }
    return wave.model_copy(update={"variables": variables})


def _source(source: Source, book: Codebook) -> Source:
    told = book.variable(source.from_)
    if told is None:
        return source
    kept = [*(source.codes or ()), *source.missing, *source.answers]
    added = [
        each for each in dict.fromkeys(_missing(told, source.type)) if not any(same(each, k) for k in kept)
    ]
    return source.model_copy(update={"missing": (*source.missing, *added)}) if added else source


def _missing(told: Variable, kind: str) -> Iterator[str]:
    """The codes to set aside, as the data may hold them: ``08`` also as ``8``."""
    for code in told.missing:
        yield from _written(code)
    for low, high in told.ranges:
        if high - low <= _WIDEST:
            yield from (str(each) for each in range(int(low), int(high) + 1) if low <= each <= high)
    if kind == "number":
        languages = {language for each in told.categories for language in each.label}
        labels = [{e.code: e.label.get(language, "") for e in told.categories} for language in languages]
        for code in dict.fromkeys(each.code for each in told.categories):
            if any(code in unanswered(each) for each in labels):
                yield from _written(code)


def _written(code: str) -> Iterator[str]:
    yield code
    try:
        value = float(code)
    except ValueError:
        return
    if value.is_integer():
        yield str(int(value))


def _indicator(
    indicator: Indicator, waves: Sequence[Wave], books: Mapping[str, Codebook], languages: Sequence[str]
) -> Indicator:
    found = dict(indicator.question)
    for wave in waves:
        source = wave.variables.get(indicator.variable)
        if wave.id in found or wave.id not in books or source is None or not source.from_:
            continue
        told = books[wave.id].variable(source.from_)
        if told is not None and told.question:
            found[wave.id] = question(told.question, languages)
    return (
        indicator.model_copy(update={"question": found})
        if len(found) > len(indicator.question)
        else indicator
    )


def _universes(
    indicator: Indicator, waves: Sequence[Wave], books: Mapping[str, Codebook]
) -> dict[str, Texts]:
    """To whom the question was put in each wave, as far as its codebook says it of this question alone."""
    found: dict[str, Texts] = {}
    for wave in waves:
        source, book = wave.variables.get(indicator.variable), books.get(wave.id)
        told = book.variable(source.from_) if book and source is not None and source.from_ else None
        if book and told and told.universe and _plain(told.universe) != _plain(book.universe):
            found[wave.id] = told.universe
    return found


def _plain(universe: Texts) -> str:
    return plain(said(universe, "en"))


def _asked_of(indicator: Indicator, waves: Sequence[Wave], books: Mapping[str, Codebook]) -> Indicator:
    """The indicator with the universe of its question as its base, unless it has one."""
    found = _universes(indicator, waves, books)
    if indicator.base is not None or not found:
        return indicator
    last = list(found.values())[-1]
    text = {each: said(last, each) for each in indicator.title}
    return indicator.model_copy(update={"base": Base(text=text)})


def _other_people(
    indicator: Indicator, waves: Sequence[Wave], books: Mapping[str, Codebook], places: Mapping[str, Place]
) -> Iterator[Problem]:
    """Waves that are compared though the question was put to others, and nothing is said of it."""
    if indicator.base is not None and indicator.base.when:
        return
    found = _universes(indicator, waves, books)
    order = [wave.id for wave in waves if not wave.pools]
    for earlier, later in pairwise(each for each in order if each in found):
        passed = order[order.index(earlier) + 1 : order.index(later) + 1]
        told = any(each.kind == "population" and each.wave in passed for each in indicator.comparable)
        if _plain(found[earlier]) == _plain(found[later]) or told:
            continue
        if not between(indicator.breaks, order, earlier, later):
            yield Problem(
                f"{indicator.id!r} was put to {said(found[later], 'en')!r} here and to "
                f"{said(found[earlier], 'en')!r} in wave {earlier!r}, says its codebook",
                places[later],
                expected="a break, a base, or a statement that no figure is touched",
                step=f"add 'breaks: [{{wave: \"{later}\", kind: population, text: …}}]' to "
                f"{indicator.id!r}, or the same under 'comparable'",
            )


def question(wording: Texts, languages: Sequence[str] = LANGUAGES) -> Question:
    """A wording of a codebook as that of an indicator; with the language it was put in where one is told.

    >>> question({"en": "Can people be trusted?"}, ("nl", "en"))
    Question(asked='en', nl='Can people be trusted?', en='Can people be trusted?')
    >>> question({"nl": "Zijn mensen te vertrouwen?", "en": "Can people be trusted?"}, ("nl", "en")).asked
    """
    named = [each for each in wording if each]
    asked = None
    if not set(languages) <= set(named):
        asked = next((each for each in (*languages, *named) if each in named), None)
    text = {each: said(wording, asked if asked and each not in named else each) for each in languages}
    return Question.model_validate({"asked": asked, **text}, context={"languages": languages})
