"""Headlines: what a newspaper would print above a figure, and never more than was tested.

At most :data:`WORDS` words, no brackets, no interval, every group once and in lower case inside the sentence.
Where no difference was shown that is what is said; across a break there is no direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel import Locale

from thuis.language import clauses, texts
from thuis.language.clauses import Form, Verdict
from thuis.language.letters import opened, small
from thuis.language.numbers import number, percent
from thuis.language.sentences import AREA, listed

WORDS = 12
"""Most words of a headline."""


def length(text: str) -> int:
    """How many words a text has; a number with its sign is one.

    >>> length("31% in 2020; not comparable with 2018: the question changed")
    10
    """
    return len([word for word in text.replace("\u00a0", "").split() if re.search(r"\w", word)])


@cache
def _proper(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names of languages, and of countries, in lower case: words that begin so keep their capital."""
    locale = Locale.parse(language)
    tongues = {name.lower() for name in locale.languages.values() if len(name) >= 4 and " " not in name}
    lands = {name.lower().split()[0].split("-")[0] for name in locale.territories.values()}
    return frozenset(tongues), frozenset(name for name in lands if len(name) >= 4)


_SPAN = re.compile(r"\d[\d.,]*\s+\D+\d|^\W*\d[\d.,]*(?:\s*[-–]\s*\d[\d.,]*)?\s+\w|\d[\d.,]*\s+\w+\s+\w+$")
"""Labels with a number and words after it: *35 to 54*, *55 and over*, *jonger dan 18 of ouder*."""


@cache
def within(name: str, language: str) -> str:
    """A name inside a sentence: in lower case, unless its first word is a proper name or an abbreviation.

    A span of numbers is set between quotation marks, since its words run on in those of the sentence.

    >>> [within(each, "nl") for each in ("Migrant", "Turkse herkomst", "CDA-stemmers", "Hbo, universiteit")]
    ['migrant', 'Turkse herkomst', 'CDA-stemmers', 'hbo, universiteit']
    >>> [within(each, "en") for each in ("35 to 54", "55 and over", "18-34", "2nd generation", "Under 35")]
    ['“35 to 54”', '“55 and over”', '18-34', '2nd generation', 'under 35']
    """
    if _SPAN.search(name):
        return texts(AREA, language)("heading.label", name=name)
    return _lowered(name, language)


def _lowered(name: str, language: str) -> str:
    first = re.match(r"[^\W\d_]+", name)
    if first is None or any(letter.isupper() for letter in first[0][1:]):
        return name
    word = first[0].lower()
    tongues, lands = _proper(language)
    shared = {word[:size] for size in range(5, len(word) + 1)}
    if any(word[:size] in tongues for size in range(4, len(word) + 1)) or word in lands:
        return name
    if any(land[: max(5, len(land) - 2)] in shared for land in lands if len(land) >= 5):
        return name
    return small(name, language)


@dataclass(frozen=True, slots=True)
class Named:
    """A group in words: as a label, as people, and in short; the last two only when the author gave them."""

    label: str
    people: str = ""
    short: str = ""

    @property
    def plural(self) -> str:
        """The people, unless a span of numbers in their name would run on in the sentence."""
        return "" if re.search(r"\d\D+\d", self.people) else self.people

    def forms(self, language: str) -> tuple[str, ...]:
        """What it may be called inside a sentence, the fullest first."""
        short = within(self.short, language) if _SPAN.search(self.short) else self.short
        names = (self.plural, within(self.label, language), short)
        return tuple(dict.fromkeys(name for name in names if name))

    def inside(self, language: str) -> str:
        """What it is called inside a sentence."""
        return self.forms(language)[0]


@dataclass(frozen=True, slots=True)
class Shown:
    """A group with its value; ``verdict`` is the test against the reference."""

    name: Named
    value: float
    lower: float
    upper: float
    verdict: Verdict | Literal["none"] = "none"


@dataclass(frozen=True, slots=True)
class Scale:
    """How values stand in a headline: so many in 100, or a mean with the decimals of its figure."""

    percentage: bool
    decimals: int = 1
    counted: bool = False
    """A number of people."""

    @property
    def kind(self) -> str:
        return "share" if self.percentage else "count" if self.counted else "mean"

    def bare(self, value: float, language: str) -> str:
        """The value without a unit: whole for shares.

        >>> Scale(True).bare(31.6, "en"), Scale(False).bare(6.24, "nl")
        ('32', '6,2')
        """
        return number(value, 0 if self.percentage else self.decimals, language)

    def value(self, value: float, language: str) -> str:
        """The value with its sign."""
        return percent(value, 0, language) if self.percentage else self.bare(value, language)


def fitting(candidates: Iterable[str]) -> str:
    """The first text of at most :data:`WORDS` words, else the shortest."""
    texts_ = list(candidates)
    return next((each for each in texts_ if length(each) <= WORDS), min(texts_, key=length))


def total(value: float, wave: str, found: tuple[str, str, str] | None, scale: Scale, language: str) -> str:
    """The headline of a figure of one value.

    :param found: earlier wave, verdict, and the kind of break between the two (empty when there is none).

    >>> total(31.2, "2020", ("2018", "lower", ""), Scale(True), "en")
    '31% in 2020, lower than in 2018'
    >>> total(31.2, "2020", ("2015", "higher", "wording"), Scale(True), "nl")
    '31% in 2020; niet te vergelijken met 2015: de vraag is veranderd'
    """
    t = texts(AREA, language)
    said = t("heading.total", value=scale.value(value, language), wave=wave)
    if found is None:
        return said
    other, verdict, kind = found
    if kind:
        return said + t("heading.broken", wave=other, reason=t(f"break.{kind}"))
    return said + t(f"heading.since.{verdict}", wave=other)


def groups(shown: Sequence[Shown], reference: Shown, scale: Scale, language: str, says: str = "") -> str:
    """The headline of a figure by groups that were tested against a reference.

    A group stands alone in front only when its interval lies clear of those of all others.

    :param says: the clause of the indicator (:mod:`thuis.language.clauses`), for shares.

    >>> ref = Shown(Named("Dutch origin"), 5.2, 4, 6)
    >>> turks = Shown(Named("Turkish origin"), 41.0, 38, 44, "higher")
    >>> poles = Shown(Named("Polish origin"), 20.0, 17, 23, "higher")
    >>> groups([turks, poles], ref, Scale(True), "en")
    'Turkish origin most often: 41 in 100, Dutch origin 5'
    >>> groups([Shown(Named("Women"), 5.0, 4, 6)], Shown(Named("Men"), 5.1, 4, 6), Scale(True), "en")
    'No difference shown between men and women'
    >>> poles = Shown(Named("Polish origin", "people of Polish origin"), 20.0, 17, 23, "higher")
    >>> groups([poles], ref, Scale(True), "en", "{who} experience discrimination {often}")
    'People of Polish origin experience discrimination more often: 20%, Dutch origin 5%'
    """
    for way in _ways(shown):
        if way.top.verdict == way.verdict:
            return fitting(_said(way, reference, scale, language, says))
    return (
        _mixed(shown, language)
        if any(each.verdict != "none" for each in shown)
        else alike(shown, reference, language)
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """The groups from the utmost in one direction on; ``top`` is that one."""

    verdict: Verdict
    shown: tuple[Shown, ...]

    @property
    def top(self) -> Shown:
        return self.shown[0]

    @property
    def count(self) -> int:
        """How many were shown to differ in this direction."""
        return sum(each.verdict == self.verdict for each in self.shown)

    @property
    def form(self) -> Form:
        """One group in front when it lies clear of all others; else all, or so many of them."""
        if len(self.shown) == 1:
            return "more"
        if _clear(self.top, self.shown[1:], self.verdict):
            return "most"
        if self.count == len(self.shown) > 2:
            return "all"
        return "some" if self.count > 1 and len(self.shown) > 2 else "more"


def _ways(shown: Sequence[Shown]) -> list[_Way]:
    """Both directions, that of most of the groups that differ first."""
    ranked = sorted(shown, key=lambda each: each.value)
    ways = [_Way("higher", tuple(reversed(ranked))), _Way("lower", tuple(ranked))]
    return sorted(ways, key=lambda way: -way.count)


def _mixed(shown: Sequence[Shown], language: str) -> str:
    t = texts(AREA, language)
    differing = sum(each.verdict != "none" for each in shown)
    return (
        t("heading.two")
        if len(shown) == 1
        else opened(t("heading.mixed", count=differing, all=len(shown)), language)
    )


def _said(way: _Way, reference: Shown, scale: Scale, language: str, says: str) -> Iterator[str]:
    """What can be said of the groups that differ in one direction, the fullest first."""
    t = texts(AREA, language)
    yield from _clauses(
        says, way.form, way.verdict, (way.top, reference), language, (way.count, len(way.shown))
    )
    values = {"x": scale.bare(way.top.value, language), "y": scale.bare(reference.value, language)}
    if way.form == "all":
        yield from _all(way.count, reference, f"{scale.kind}.all.{way.verdict}", values, language)
    else:
        form = "most" if way.form == "most" else "more"
        for group, other in _pairs(way.top.name, reference.name, language, labels=scale.counted):
            said = t(f"heading.{scale.kind}.{form}.{way.verdict}", group=group, reference=other, **values)
            yield opened(said, language)
    yield _mixed(way.shown, language)


def _clauses(
    says: str,
    form: Form,
    verdict: Verdict,
    ends: tuple[Shown, Shown],
    language: str,
    counts: tuple[int, int] = (1, 1),
) -> list[str]:
    """Headlines with the clause of the indicator: of all groups, of some, or of one whose people have a name.

    :param counts: of the groups, how many differ, and how many there are.
    """
    top, reference = ends
    who = clauses.several(form, *counts, language) or tuple(each for each in [top.name.plural] if each)
    label = within(reference.name.label, language)
    names = [name for name in dict.fromkeys((reference.name.plural, label, reference.name.short)) if name]
    values = (top.value, reference.value)
    return clauses.headlines(says, form, verdict, who, values, names, language) if says else []


def _clear(top: Shown, others: Sequence[Shown], verdict: str) -> bool:
    """Whether the interval of a group lies beyond those of all others."""
    if verdict == "higher":
        return all(top.lower > each.upper for each in others)
    return all(top.upper < each.lower for each in others)


def _all(count: int, reference: Shown, key: str, values: Mapping[str, str], language: str) -> list[str]:
    """All groups differ in one direction, and none stands out among them."""
    t = texts(AREA, language)
    label = within(reference.name.label, language)
    names = [name for name in (label, reference.name.short) if name]
    said = [t(f"heading.{key}", count=count, reference=name, **values) for name in names]
    return [*said, said[0].rpartition(",")[0]]


def alike(shown: Sequence[Shown], reference: Shown, language: str) -> str:
    """No difference was shown: between two groups by name, between more by their number."""
    t = texts(AREA, language)
    if len(shown) == 1:
        pairs = _pairs(reference.name, shown[0].name, language)
        said = [t("heading.alike", first=first, second=second) for first, second in pairs]
    else:
        said = [t("heading.alike-many", reference=name) for name in reference.name.forms(language)]
    return fitting([*said, t("heading.none")])


def _pairs(one: Named, other: Named, language: str, *, labels: bool = False) -> list[tuple[str, str]]:
    """Two names that read well together, the fullest first; a label with a comma comes last.

    :param labels: not as people, of whom a number cannot be *more*.
    """
    if labels:
        one, other = (Named(each.label, "", each.short) for each in (one, other))
    people = [(each.plural, each.short or within(each.label, language)) for each in (one, other)]
    inside = [within(each.label, language) for each in (one, other)]
    found = [(one.plural, other.plural), (one.plural, people[1][1])]
    found += [(inside[0], inside[1])] if not any("," in each for each in inside) else []
    found += [(people[0][1], people[1][1]), (inside[0], inside[1])]
    return [(first, second) for first, second in found if first and second]


def apart(
    top: Shown, low: Shown, verdicts: Mapping[str, int], scale: Scale, language: str, says: str = ""
) -> str:
    """The headline of groups that were all tested against each other, when the ends were shown to differ.

    >>> old, young = Shown(Named("65 and over"), 68.9, 65, 73), Shown(Named("18-34"), 48.7, 44, 53)
    >>> apart(old, young, {"higher": 4, "none": 2}, Scale(True), "en")
    '“65 and over” more often: 69 in 100, 18-34 49'
    """
    t = texts(AREA, language)
    values = {"x": scale.bare(top.value, language), "y": scale.bare(low.value, language)}
    key = f"heading.{scale.kind}.more.higher"
    pairs = _pairs(top.name, low.name, language, labels=scale.counted)
    told = _clauses(says, "more", "higher", (top, low), language)
    said = [opened(t(key, group=group, reference=other, **values), language) for group, other in pairs]
    return fitting([*told, *said, several(verdicts, language)])


def several(verdicts: Mapping[str, int], language: str) -> str:
    """The headline of a figure whose groups were all tested against each other, none of them a reference.

    >>> several({"higher": 1, "none": 5}, "en"), several({"none": 6}, "nl")
    ('A difference shown in 1 of 6 comparisons', 'Geen verschil aangetoond tussen de groepen')
    """
    t = texts(AREA, language)
    shown = sum(count for verdict, count in verdicts.items() if verdict != "none")
    if not shown:
        return t("heading.none")
    return t("heading.pairs", count=shown, all=sum(verdicts.values()))


def answers(pairs: Sequence[tuple[str, str]], wave: str, language: str) -> str:
    """The headline of a figure of answers: the largest, as many as there is room for, and no claim on them.

    >>> answers([("often", "40%"), ("never", "35%"), ("sometimes", "25%")], "2020", "en")
    'In 2020: often 40%, never 35%, sometimes 25%'
    """
    t = texts(AREA, language)
    listed_ = [f"{within(name, language)} {value}" for name, value in pairs]
    shorter = [", ".join(listed_[:many]) for many in range(min(len(listed_), 4), 0, -1)]
    return fitting(t("heading.answers", wave=wave, answers=each) for each in shorter)


def untested(wave: str, language: str, *, withheld: bool = False) -> str:
    """The headline of a figure without tested differences: no claim at all.

    :param withheld: a group of that wave is, so that there is nothing to compare with.
    """
    return texts(AREA, language)("heading.incomplete" if withheld else "heading.untested", wave=wave)


def nothing(reasons: Sequence[str], language: str) -> str:
    """The headline of a figure without a single number: why."""
    t = texts(AREA, language)
    return fitting((t("heading.empty", reason=listed(reasons, language)), t("heading.empty-several")))
