"""``codebook:`` of a wave: wordings and missing codes that its DDI file has need not be typed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from thuis.codebook import Codebook, Texts, Variable, read_codebook, said
from thuis.codebook.model import same
from thuis.errors import Place, Problem, ThuisError
from thuis.formats.answers import no_answer
from thuis.language import LANGUAGES
from thuis.project.indicator import Indicator, Question
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
        asked = [_indicator(each, filled, books, languages) for each in indicators]
    except ThuisError as error:
        return Filled(tuple(waves), list(indicators), error.problems)
    return Filled(filled, asked, ())


def _book(folder: Path, wave: Wave, at: Place, *, outside: bool) -> Codebook:
    path = folder / str(wave.codebook)
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        inside = False
    if not inside and not outside:
        raise ThuisError(
            Problem(
                f"{wave.codebook!r} stands outside the project folder",
                at,
                expected="a path inside the project, like data/survey.xml",
                step="put the file in data/, or say outside: true in thuis.yaml",
            )
        )
    if not path.is_file():
        raise ThuisError(Problem(f"there is no file {wave.codebook!r}", at, step="correct the path"))
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
        for each in told.categories:
            if any(map(no_answer, each.label.values())):
                yield from _written(each.code)


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
