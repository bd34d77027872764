"""What the pages of initiatives, of what works and of municipalities share: words, marks, distances."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from thuis.contract.act import ActivityOf, EntryOf, KnowledgeFile, MunicipalityOf
from thuis.contract.directory import PublicInitiative
from thuis.contract.folder import DataFolder
from thuis.language import letters, texts
from thuis.language.direction import of_code
from thuis.language.letters import in_order, opened
from thuis.site.page import Page
from thuis.site.voice import Voice
from thuis.sphere import kilometres

FACETS = ("themes", "form", "audience", "price", "language")
FEW = 2
"""With so few initiatives or fewer a page says that the list is thin."""
NEAR_KM, NEAR = 50, 6
LONGEST = 120


def slug(text: str) -> str:
    """A text as part of an address, no longer than the name of a file may be.

    >>> slug("Stichting Lief & Leed, 's-Gravenhage")
    'stichting-lief-leed-s-gravenhage'
    """
    return letters.slug(text)[:LONGEST].strip("-") or "x"


@dataclass(frozen=True)
class Act:
    """The directory, the municipalities and what works, as one language shows them."""

    data: DataFolder
    voice: Voice

    @cached_property
    def a(self) -> Callable[..., str]:
        """The texts of these pages."""
        return texts("act", self.voice.language)

    @cached_property
    def initiatives(self) -> tuple[PublicInitiative, ...]:
        """Those that run, in the order of the directory."""
        found = self.data.directory.initiatives if self.data.directory else ()
        return tuple(each for each in found if each.status == "active")

    @cached_property
    def by_id(self) -> dict[str, PublicInitiative]:
        """All of them by id."""
        return {each.id: each for each in (self.data.directory.initiatives if self.data.directory else ())}

    @cached_property
    def towns(self) -> dict[str, MunicipalityOf]:
        """Municipalities by code."""
        found = self.data.municipalities
        return {each.code: each for each in found.municipalities} if found else {}

    @cached_property
    def knowledge(self) -> KnowledgeFile:
        """What works; empty when the monitor has none."""
        return self.data.knowledge or KnowledgeFile()

    @cached_property
    def entries(self) -> dict[str, EntryOf]:
        """Statements by id."""
        return {each.id: each for each in self.knowledge.entries}

    def about(self, form: str) -> list[EntryOf]:
        """The statements about a form of contact: its own, and those its activities lean on."""
        leant = {i for each in self.activities(form) for i in each.entries}
        return [each for each in self.knowledge.entries if form in each.form or each.id in leant]

    def activities(self, form: str) -> list[ActivityOf]:
        """The activities of a form of contact."""
        return [each for each in self.knowledge.activities if each.form == form]

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Forms of contact with an activity or a statement, in the order of the marks."""
        used = {each.form for each in self.knowledge.activities}
        used |= {form for each in self.knowledge.entries for form in each.form}
        order = [*self._titles("form")]
        return tuple(sorted(used, key=lambda each: (order.index(each) if each in order else 99, each)))

    @cached_property
    def _facets(self) -> dict[str, dict[str, str]]:
        found = self.data.directory.facets if self.data.directory else {}
        return {f: {each.id: self.voice.say(each.title) for each in row} for f, row in found.items()}

    def _titles(self, facet: str) -> dict[str, str]:
        return self._facets.get(facet, {})

    def mark(self, facet: str, id_: str) -> str:
        """The title of a mark; themes of the monitor have their own."""
        if facet == "language":
            return of_code(id_, self.voice.language)
        if facet == "themes":
            own = {each.id: each.title for each in self.data.themes}
            if id_ in own:
                return self.voice.say(own[id_])
        return self._titles(facet).get(id_, id_)

    def capital(self, facet: str, id_: str) -> str:
        """The title of a mark as a heading."""
        return opened(self.mark(facet, id_), self.voice.language)

    def ids(self, facet: str) -> list[str]:
        """The marks of a facet that an initiative has, in order."""
        used = {value for each in self.initiatives for value in each.marks(facet)}
        if facet == "language":
            return in_order(used, self.voice.language, lambda each: self.mark(facet, each))
        return [*(each for each in self._titles(facet) if each in used - {"unknown"})]

    def feed(self, facet: str, id_: str) -> str | None:
        """The path of the feed of a list: of a mark, or of a municipality by its code."""
        return self.data.directory.feeds.get(f"{facet}:{id_}") if self.data.directory else None

    def place(self, each: PublicInitiative) -> str:
        """Where it is, in a word or two."""
        if each.municipality_name:
            return each.municipality_name
        names = [self.towns[code].name for code in each.areas if code in self.towns]
        return ", ".join(names) or self.a(f"initiative.scope.{each.scope}")

    def count(self, number: int) -> str:
        """So many initiatives, in words."""
        if number < 2:
            return self.a("directory.count-one" if number else "directory.count-none")
        return self.a("directory.count", count=self.voice.number(number))

    def position(self, each: PublicInitiative) -> tuple[float, float] | None:
        """Where it is, or the middle of its municipality; None when neither is known."""
        town = self.towns.get(each.places[0]) if each.places else None
        return each.point or (middle(town) if town else None)

    @cached_property
    def address(self) -> dict[str, str]:
        """Id of an initiative -> its address."""
        return addresses(self.by_id)

    @cached_property
    def own(self) -> dict[str, str]:
        """Code of a municipality -> its address; two of one name get their province behind it."""
        names = Counter(each.name for each in self.towns.values())
        told = {
            code: f"{each.name} {each.province}" if names[each.name] > 1 else each.name
            for code, each in self.towns.items()
        }
        found = addresses(told.values())
        return {code: found[name] for code, name in told.items()}

    @cached_property
    def template(self) -> str:
        """The path of the table to fill in, in the data folder."""
        return self.data.directory.downloads.get("template", "") if self.data.directory else ""

    slug = staticmethod(slug)

    def of_theme(self, theme: str) -> list[PublicInitiative]:
        """The initiatives of a theme."""
        return [each for each in self.initiatives if theme in each.themes]

    def theme_forms(self, theme: str) -> list[str]:
        """The forms of contact of a theme's initiatives of which something is known."""
        used = {form for each in self.of_theme(theme) for form in each.form}
        return [form for form in self.forms if form in used]

    def former(self, town: MunicipalityOf) -> str:
        """The names of the former municipalities whose grants count here."""
        grants = self.data.grants.grants if self.data.grants else ()
        names = {each.code: each.name for each in grants}
        return ", ".join(names.get(code, code) for code in town.former)

    @cached_property
    def offer(self) -> dict[str, list[PublicInitiative]]:
        """Code of a municipality -> what goes on there, made-up examples left out."""
        found: dict[str, list[PublicInitiative]] = defaultdict(list)
        for each in self.initiatives:
            if not each.invented:
                for code in each.places:
                    found[code].append(each)
        return found

    def near(self, town: MunicipalityOf) -> list[tuple[PublicInitiative, float]]:
        """What goes on around a municipality but not in it, the nearest first, with kilometres."""
        here = middle(town)
        if here is None:
            return []
        found: dict[str, tuple[PublicInitiative, float]] = {}
        for code, others in self.offer.items():
            other = middle(self.towns[code]) if code in self.towns else None
            if code == town.code or other is None or kilometres(here, other) > 2 * NEAR_KM:
                continue
            for each in others:
                far = kilometres(here, each.point or other)
                if far <= NEAR_KM and town.code not in each.places:
                    found[each.id] = min(found.get(each.id, (each, far)), (each, far), key=lambda x: x[1])
        return sorted(found.values(), key=lambda pair: (pair[1], pair[0].name))


def middle(town: MunicipalityOf) -> tuple[float, float] | None:
    """Latitude and longitude of a municipality's middle."""
    return None if town.latitude is None or town.longitude is None else (town.latitude, town.longitude)


def addresses(names: Iterable[str]) -> dict[str, str]:
    """Name -> address, each its own: names that would share one get a number.

    >>> addresses(["A b", "A-b", "C"])
    {'A b': 'a-b', 'A-b': 'a-b-2', 'C': 'c'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(names):
        number, base = 1, slug(name)
        address = base
        while address in taken:
            number += 1
            address = f"{base}-{number}"
        taken.add(address)
        found[name] = address
    return found


def page(
    act: Act, key: str, kind: str, title: str, description: str, section: str, **context: object
) -> Page:
    """A page of this part, with its template (named as its kind) and its words."""
    return Page(
        key,
        kind,
        title,
        description,
        section=section,
        context={"act": act, "a": act.a, **context},
    )
