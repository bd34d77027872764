"""Names by which readers tell things apart: no two of one kind look the same in a language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import category, normalize

from thuis.errors import Place, Problem
from thuis.project.base import HIDDEN
from thuis.project.folder import Project

STEP = "give each a name of its own: it is by this that readers tell them apart"


@dataclass(frozen=True, slots=True)
class Named:
    """One of several things of a kind: its texts by language, and where they stand."""

    texts: Mapping[str, str]
    where: Mapping[str, Place]


def look(text: str) -> str:
    """A text as it looks: without what nobody sees, and one form of what is written in several.

    >>> look("Cafe\\u0301  au\\u00a0lait ") == look("caf\\u00e9 au lait")
    True
    >>> look("Stra\\u00dfe") == look("STRASSE"), look("Ver\\u00adtrouwen") == look("Vertrouwen")
    (True, True)
    >>> look("Trust in people") == look("Trust in politics")
    False
    """
    seen = "".join(each for each in normalize("NFKC", text) if category(each) not in HIDDEN)
    return " ".join(normalize("NFKC", seen.casefold()).split())


def alike(what: str, these: Iterable[Named]) -> Iterator[Problem]:
    """One problem for each set of things that look the same, however many languages they share.

    :param what: how a message calls their name: ``the title``.

    >>> one, other = Place("a.yaml", 2, 1), Place("b.yaml", 2, 1)
    >>> these = [Named({"en": "Trust"}, {"en": one}), Named({"en": "trust"}, {"en": other})]
    >>> print(*alike("the title", these))
    b.yaml:2:1: the title 'trust' is also that of a.yaml:2:1
      next: give each a name of its own: it is by this that readers tell them apart
    """
    found: dict[tuple[str, str], list[Named]] = {}
    for each in these:
        for language, text in each.texts.items():
            found.setdefault((language, look(text)), []).append(each)
    told: set[tuple[int, ...]] = set()
    for (language, _), same in found.items():
        ids = tuple(map(id, same))
        if len(same) > 1 and ids not in told:
            told.add(ids)
            *before, last = same
            others = ", ".join(each.where[language].spot for each in before)
            said = f"{what} {last.texts[language]!r} is also that of {others}"
            yield Problem(said, last.where[language], step=STEP)


def check_names(project: Project, failed: frozenset[str]) -> Iterator[Problem]:
    """Themes, waves, breakdowns, their categories, indicators, their answers and free pages that look alike.

    :param failed: kinds of files of which one could not be read.
    """

    def named(kind: str, id_: str, text: Mapping[str, str], *path: str | int) -> Named:
        return Named(text, {each: project.place(kind, id_, (*path, each)) for each in text})

    if "thuis" not in failed:
        yield from alike(
            "the title of a theme",
            [
                named("thuis", "", e.title, "themes", at, "title")
                for at, e in enumerate(project.settings.themes)
            ],
        )
    yield from alike("the title of a wave", [named("waves", e.id, e.title, "title") for e in project.waves])
    breakdowns = project.breakdowns.values()
    yield from alike(
        "the title of a breakdown", [named("breakdowns", e.id, e.title, "title") for e in breakdowns]
    )
    yield from alike(
        "the title of an indicator", [named("indicators", e.id, e.title, "title") for e in project.indicators]
    )
    parts = [
        *(("breakdowns", each.id, "categories", each.categories) for each in breakdowns),
        *(("indicators", each.id, "answers", each.answers) for each in project.indicators),
    ]
    for kind, id_, key, items in parts:
        for name in ("title", "short", "people"):
            texts = [(at, text) for at, one in enumerate(items) if (text := getattr(one, name, None))]
            these = [named(kind, id_, text, key, at, name) for at, text in texts]
            yield from alike(f"'{name}'", these)
    yield from alike("the title of a page", _pages(project))


def _pages(project: Project) -> Iterator[Named]:
    for page in project.pages:
        first = {each: body.strip().partition("\n")[0] for each, body in page.body.items()}
        texts = {each: line[2:] for each, line in first.items() if line.startswith("# ")}
        yield Named(texts, {each: Place(f"pages/{page.slug}.{each}.md", 1) for each in texts})
