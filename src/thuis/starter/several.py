"""Questions with several answers that a file declares, as one indicator with a row per answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from thuis.formats import AnswerSet, Raw
from thuis.formats.answers import unanswered
from thuis.starter.category import in_order, slug
from thuis.starter.records import Given, Several, Variable

MOST = 3
"""Sets proposed when none is named."""
GIVEN, OTHER = "given", "not"


def chosen(sets: Iterable[AnswerSet], named: Sequence[str]) -> list[AnswerSet]:
    """The sets to propose: those named, with or without SPSS's $, or the first few."""
    if named:
        wanted = {each.lstrip("$").lower() for each in named}
        return [each for each in sets if each.name.lower() in wanted]
    return list(sets)[:MOST]


def several(one: AnswerSet, raw: Raw, taken: Iterable[str]) -> Several | None:
    """A set as an indicator; None when nobody gave one of its answers."""
    ids = list(taken)
    id_ = slug(one.name, ids)
    ids.append(id_)
    variables = []
    for name in one.columns:
        about = raw.about(name)
        codes = raw.codes(name).drop_nulls().unique().to_list()
        codes = [each for each in codes if each not in about.missing]
        aside = raw.aside.get(name)
        gone = set() if aside is None else set(aside.drop_nulls().to_list())
        none = unanswered(about.labels)
        silent = tuple(each for each in codes if each in gone or each in none)
        answered = sorted((each for each in codes if each not in silent), key=in_order)
        own = slug(name, ids)
        ids.append(own)
        mapping = {each: GIVEN if each == one.counted else OTHER for each in answered}
        variables.append(Variable(own, name, about.title or name, mapping, about.labels, silent))
    if one.counted is None:
        variables = _shared(variables)
        answers = _held(variables)
    else:
        answers = _one_each(variables, one.counted)
    if len(answers) < 2 or any(not each.codes for each in variables):
        return None
    return Several(id_, one.title or one.name, tuple(variables), answers, one.counted is not None)


def _shared(variables: Sequence[Variable]) -> list[Variable]:
    """Columns that each hold an answer: what a code means in one it means in all."""
    labels: dict[str, str] = {}
    for each in variables:
        labels |= {code: each.labels.get(code, code) for code in each.codes if code not in labels}
    meaning: dict[str, str] = {}
    for code in sorted(labels, key=in_order):
        said = labels[code] if any(letter.isalpha() for letter in labels[code]) else f"code {code}"
        meaning[code] = slug(said, list(meaning.values()))
    return [Variable(each.id, each.column, each.title, meaning, labels, each.missing) for each in variables]


def _held(variables: Sequence[Variable]) -> tuple[Given, ...]:
    first = variables[0]
    return tuple(Given(to, first.labels[code]) for code, to in first.codes.items())


def _one_each(variables: Sequence[Variable], counted: str) -> tuple[Given, ...]:
    """An answer per column, called by the title of the column, or by the label of what is counted."""
    titles = [each.title for each in variables]
    if len(set(titles)) < len(titles):
        titles = [each.labels.get(counted, each.column) for each in variables]
    shared = "".join(one[0] for one in takewhile(lambda one: len(set(one)) == 1, zip(*titles, strict=False)))
    start = max((shared.rfind(mark) + len(mark) for mark in (": ", " - ", "? ") if mark in shared), default=0)
    found: list[Given] = []
    for title, each in zip(titles, variables, strict=True):
        said = title[start:] or each.column
        found.append(Given(slug(said, [one.id for one in found]), said, each.id))
    return tuple(found)
