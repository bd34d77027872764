"""The questions of a project in the file of another wave, with answers and words of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from thuis.formats import Column
from thuis.starter.category import slug, variable
from thuis.starter.looked import Looked
from thuis.starter.records import Variable

_LONG = 12
"""A shorter title is that of several questions."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What makes the answers of a wave other than those before it, as a reader of the project is told it."""

    kind: str
    nl: str
    en: str

    def words(self, languages: Sequence[str]) -> dict[str, str]:
        """What changed in each of the languages, in English where it is in none of them."""
        return {each: getattr(self, each, self.en) for each in languages}


def carried(known: Sequence[Variable], looked: Looked) -> tuple[tuple[Variable, ...], tuple[str, ...]]:
    """The variables as a file has them, with the ids that their answers had, and what a person should know.

    Answers are told by their labels, so that a code may mean another thing than before; where a file has no
    labels its codes are taken to mean the same, which is said.

    :param known: the variables of the file from which the project was made.
    """
    found: list[Variable] = []
    told: list[str] = []
    file = looked.file.name
    for one in known:
        name = column_of(one, looked.columns)
        if name is None:
            told.append(f"{one.column!r} is not in {file}: no figure of it there")
            continue
        if name != one.column:
            told.append(f"{one.column!r} is taken to be {name!r} in {file}: check")
        own = variable(looked.whole([name]), name, (), one.id)
        fits = own and (own.scale == one.scale or _on(own, one))
        if own is None or not fits:
            told.append(f"{name!r} of {file} has no answers like those before: no figure of it there")
            continue
        own = replace(_joined(own, one), scale=one.scale)
        told += _told(own, one, file)
        found.append(own)
    return tuple(found), tuple(told)


def column_of(one: Variable, columns: Mapping[str, Column]) -> str | None:
    """The column with the same name, or the only one with the same title."""
    if one.column in columns:
        return one.column
    alike = [each for each in columns if each.casefold() == one.column.casefold()]
    if not alike and len(one.title) >= _LONG:
        alike = [name for name, each in columns.items() if plain(each.title) == plain(one.title)]
    return alike[0] if len(alike) == 1 else None


def _on(own: Variable, one: Variable) -> bool:
    """Whether answers without names lie on the scale that they had, or on none as they had none."""
    if one.scale is None:
        return own.scale is None
    low, high = one.scale.low, one.scale.high
    return own.scale is None and own.bare and all(low <= int(each) <= high for each in own.codes)


def _joined(own: Variable, one: Variable) -> Variable:
    """The variable with the ids that its answers had before, by label, or by code where it has no labels."""
    ids = {plain(one.labels[code]): to for code, to in one.codes.items()}
    codes: dict[str, str] = {}
    for code in own.codes:
        known = (one.codes.get(code) if own.bare else None) or ids.get(plain(own.labels[code]))
        codes[code] = known or slug(own.labels[code], [*one.codes.values(), *codes.values()])
    labels = {code: one.labels.get(code, code) if own.bare else own.labels[code] for code in codes}
    return replace(own, codes=codes, labels=labels, title=own.title if own.title != own.column else one.title)


def _told(own: Variable, one: Variable, file: str) -> list[str]:
    """What a person should know of a question that is put again."""
    said = [f"{own.column!r} in {file}: {each.en}" for each in changed(own, one)]
    if own.scale is None and one.declared and not own.declared and {*own.codes} & {*one.codes}:
        said.append(
            f"{own.column!r} has no labels in {file}: its codes are taken to mean what they did: check"
        )
    return said + (moved(own, one, file) if own.scale is None else [])


def moved(own: Variable, one: Variable, file: str) -> list[str]:
    """A line on codes that stand for other answers than before."""
    meant = {code: to for code, to in own.codes.items() if one.codes.get(code, to) != to}
    listed = ", ".join(f"{code} is {own.labels[code]!r}, was {one.labels[code]!r}" for code in meant)
    return [f"codes: of {own.column!r} in {file} {listed}: read by their labels"] if meant else []


def changed(own: Variable, one: Variable) -> list[Changed]:
    """Why figures of a question in a wave are not to be compared with those of the wave before it.

    >>> old = Variable("v", "v", "Voelt u zich hier thuis?", {"1": "ja", "2": "nee"}, {"1": "Ja", "2": "Nee"})
    >>> [each.kind for each in changed(replace(old, title="Voelt u zich ergens thuis?"), old)]
    ['wording']
    >>> changed(replace(old, title="v10 - voelt u zich hier thuis"), old)
    []
    """
    found = []
    if plain(own.title) != plain(one.title):
        found.append(
            Changed("wording", "De vraag was anders gesteld.", "The question was put in other words.")
        )
    if own.scale is None:
        found += [Changed("class", *each) for each in _others(own, one)]
    return found


def _others(own: Variable, one: Variable) -> list[tuple[str, str]]:
    """Answers that only one of two waves has; one that nobody gave is there when the file has its label."""
    now, before = _new(own, one), _new(one, own) if own.declared else []
    nl, en = "De antwoorden waren anders", "The answers were others"
    parts = [("nieuw", "new", now)] if now else [("niet meer", "no longer", before)] if before else []
    return [
        (f"{nl} ({only}: {', '.join(labels[:4])}).", f"{en} ({alone}: {', '.join(labels[:4])}).")
        for only, alone, labels in parts
    ]


def _new(own: Variable, one: Variable) -> list[str]:
    there = {*one.codes.values()}
    known = {*map(plain, one.declared)}
    return [
        own.labels[code]
        for code, to in own.codes.items()
        if to not in there and plain(own.labels[code]) not in known
    ]


def plain(text: str) -> str:
    """A text by its words alone: without marks, capitals and the number of its question.

    >>> plain("V12a. Voelt u zich THUIS?") == plain("voelt u zich thuis")
    True
    """
    text = re.sub(r"^\s*[A-Za-z]{0,3}\d+[a-z]?(_\d+)?\s*[-.:)]\s*", "", text)
    return " ".join(re.findall(r"\w+", text.casefold()))
