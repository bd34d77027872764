"""Headlines of figures by groups: who differs from whom, in which direction, and by how much.

One group stands in front only when its interval lies clear of all others; else all of them, or so many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from thuis.language import clauses, texts
from thuis.language.clauses import Form, Verdict
from thuis.language.headlines import Named, Scale, Shown, fitting, within
from thuis.language.letters import opened
from thuis.language.sentences import AREA, listed


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
    ends = (way.top, reference)
    yield from _clauses(says, way.form, way.verdict, _who(way, language), ends, language)
    if way.form in ("all", "some"):
        yield from _many(way, reference, scale, language)
    if way.form != "all":
        form = "most" if way.form == "most" else "more"
        yield from _apart(way.top, reference, f"{scale.kind}.{form}.{way.verdict}", scale, language)
    yield _mixed(way.shown, language)


def _apart(top: Shown, other: Shown, key: str, scale: Scale, language: str) -> Iterator[str]:
    """One group beside another, with both values."""
    t = texts(AREA, language)
    for values in scale.ends(top.value, other.value, language):
        for group, reference in _pairs(top.name, other.name, language, labels=scale.counted):
            yield opened(t(f"heading.{key}", group=group, reference=reference, **values), language)


def _who(way: _Way, language: str) -> list[str]:
    """Whom a clause puts in front, the fullest first: two groups by name, more by their number."""
    if way.form in ("more", "most"):
        return [way.top.name.plural]
    differing = [each.name.plural for each in way.shown if each.verdict == way.verdict]
    both = [listed(differing, language)] if len(differing) == 2 and all(differing) else []
    return [*both, *clauses.several(way.form, way.count, len(way.shown), language)]


def _clauses(
    says: str, form: Form, verdict: Verdict, who: Sequence[str], ends: tuple[Shown, Shown], language: str
) -> list[str]:
    """Headlines with the clause of the indicator; none where it has no clause."""
    top, reference = ends
    label = within(reference.name.label, language)
    whole = "" if "," in label and (reference.name.plural or reference.name.short) else label
    names = [name for name in dict.fromkeys((reference.name.plural, whole, reference.name.short)) if name]
    values = (top.value, reference.value)
    return clauses.headlines(says, form, verdict, who, values, names, language)


def _clear(top: Shown, others: Sequence[Shown], verdict: str) -> bool:
    """Whether the interval of a group lies beyond those of all others."""
    if verdict == "higher":
        return all(top.lower > each.upper for each in others)
    return all(top.upper < each.lower for each in others)


def _many(way: _Way, reference: Shown, scale: Scale, language: str) -> list[str]:
    """All groups differ in one direction, or so many of them, and none stands out among them."""
    t = texts(AREA, language)
    who, *_ = clauses.several(way.form, way.count, len(way.shown), language)
    key = f"heading.{scale.kind}.many.{way.verdict}"
    ends = scale.ends(way.top.value, reference.value, language)
    names = [name for name in reference.name.alike(language) if name]
    said = [t(key, who=who, reference=name, **values) for values in ends for name in names]
    if way.form != "all":
        return said
    x = ends[0]["x"]
    return [*said, f"{t(key, who=who, x=x, reference='', y='').rpartition(x)[0]}{x}"]


def alike(shown: Sequence[Shown], reference: Shown, language: str) -> str:
    """No difference was shown: between two groups by name, between more by their number."""
    t = texts(AREA, language)
    if len(shown) == 1:
        pairs = zip(reference.name.alike(language), shown[0].name.alike(language), strict=True)
        said = [t("heading.alike", first=one, second=two) for one, two in pairs if one and two]
    else:
        said = [t("heading.alike-many", reference=n) for n in reference.name.alike(language) if n]
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
    found += [(people[0][1], people[1][1]), (inside[0], other.plural), (inside[0], inside[1])]
    return [(first, second) for first, second in found if first and second]


def apart(
    top: Shown, low: Shown, verdicts: Mapping[str, int], scale: Scale, language: str, says: str = ""
) -> str:
    """The headline of groups that were all tested against each other, when the ends were shown to differ.

    >>> old, young = Shown(Named("65 and over"), 68.9, 65, 73), Shown(Named("18-34"), 48.7, 44, 53)
    >>> apart(old, young, {"higher": 4, "none": 2}, Scale(True), "en")
    '“65 and over” more often: 69 in 100, “18-34” 49'
    """
    told = _clauses(says, "more", "higher", [top.name.plural], (top, low), language)
    said = _apart(top, low, f"{scale.kind}.more.higher", scale, language)
    return fitting([*told, *said, several(verdicts, language)])


def several(verdicts: Mapping[str, int], language: str) -> str:
    """The headline of a figure whose groups were all tested against each other, none of them a reference.

    >>> several({"higher": 1, "none": 5}, "en"), several({"none": 6}, "nl")
    ('Groups differ in 1 of 6 comparisons', 'Geen verschil aangetoond tussen de groepen')
    """
    t = texts(AREA, language)
    shown = sum(count for verdict, count in verdicts.items() if verdict != "none")
    if not shown:
        return t("heading.none")
    return t("heading.pairs", count=shown, all=sum(verdicts.values()))


def inside(one: Named, verdicts: Mapping[str, int], scale: Scale, language: str, says: str = "") -> str:
    """The headline of a crossing: in how many of its groups the same people differ from the same others.

    Nothing where none does: of the groups beside each other there may still be something to say.

    >>> children = Named("Children of migrants", "children of migrants")
    >>> inside(children, {"higher": 4, "none": 2}, Scale(True), "en", "{who} vote {often}")
    'Children of migrants vote more often in 4 of 6 groups'
    >>> inside(Named("Women"), {"lower": 3}, Scale(False), "nl")
    'Women lager in alle 3 groepen'
    """
    t = texts(AREA, language)
    count, verdict = max((verdicts.get(each, 0), each) for each in ("higher", "lower"))
    if not count:
        return ""
    of = sum(verdicts.values())
    where = t(f"heading.inside.{'every' if count == of else 'some'}", count=count, all=of)
    told = clauses.told(says, "more", verdict, [one.plural], language)
    said = [t("heading.inside.clause", clause=each, where=where) for each in told]
    key = f"heading.inside.{scale.kind}.{verdict}"
    said += [opened(t(key, group=name, where=where), language) for name in one.forms(language)]
    return fitting([*said, several(verdicts, language)])
