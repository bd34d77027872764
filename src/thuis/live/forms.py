"""Questions of the form with their labels, choices and given answers, ready for a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from thuis.directory.terms import terms
from thuis.live.intake import Field, fields, in_each
from thuis.live.pages import has, label, said
from thuis.live.served import languages
from thuis.live.where import ASKED, called, meant

Say = Callable[..., str]
MOST = 5
"""Municipalities that are named to choose from."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question as a page asks it."""

    field: Field
    label: str
    help: str
    value: str
    choices: tuple[tuple[str, str, bool], ...]

    @property
    def must(self) -> bool:
        """Whether it has to be answered: what happens, in the first language unless in another."""
        return self.field.must or self.field.name == in_each("description")[0]

    @property
    def told(self) -> str:
        """The answer in words."""
        if self.choices:
            return ", ".join(title for _, title, chosen in self.choices if chosen)
        return self.value


def question_groups(cells: Mapping[str, str], language: str) -> list[tuple[str, str, list[Question]]]:
    """Key, heading and questions of each part of the form."""
    l = said(language)
    return [
        (key, l(f"form.{key}"), [_question(each, cells, language) for each in group])
        for key, group in fields()
    ]


def _question(each: Field, cells: Mapping[str, str], language: str) -> Question:
    value = cells.get(each.name, "")
    mark = "," if each.name == "byday" else ";"
    given = set(value.split(mark)) if each.control == "choices" else {value}
    choices = tuple((key, _choice(each.name, key, language), key in given) for key in each.options)
    return Question(each, label(each.name, language), hint(each.name, language), value, choices)


def hint(name: str, language: str) -> str:
    """What helps to answer a question, or nothing."""
    base, _, within = name.rpartition("_")
    first = within == languages()[0]
    keys = (f"field.{name}.help", f"field.{base}.help" if first else f"field.{base}.also")
    return next((said(language)(each) for each in keys if has(each)), "")


def in_each_language(given: Mapping[str, str], name: str, most: int) -> dict[str, str]:
    """The answers to such a question, by language."""
    return {each: given.get(f"{name}_{each}", "").strip()[:most] for each in languages()}


def _choice(name: str, key: str, language: str) -> str:
    if name in ("form", "audience", "price"):
        title = terms(name)[key].title[language]
        return title[:1].upper() + title[1:]
    return said(language)(f"choice.{name}.{key or 'none'}")


def wrong_text(name: str, what: str, l: Say, cells: Mapping[str, str]) -> str:
    """What is wrong with an answer, in the reader's language; the reader's own words are of the directory."""
    if what == "empty":
        return l("wrong.empty")
    if what.startswith("longer"):
        return l("wrong.long")
    if what.startswith("a hidden sign"):
        return l("wrong.hidden")
    if name == ASKED and (codes := meant(cells.get(ASKED, ""))):
        return l("wrong.meant", names="; ".join(called(each) for each in codes[:MOST]))
    return l(f"wrong.{name}") if has(f"wrong.{name}") else l("wrong.other")
