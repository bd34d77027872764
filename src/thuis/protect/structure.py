"""What there is to protect: indicators, breakdowns, and how their cells add up."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

import polars as pl

from thuis.errors import Problem, raise_all
from thuis.project.derived import made_from, named_in
from thuis.project.model import Breakdown, Condition, Indicator, Project, Span, Wave
from thuis.project.sets import parts
from thuis.protect import nesting, observed, profiles
from thuis.protect.coded import Cells, Key
from thuis.protect.crowds import Crowd
from thuis.protect.seen import seen
from thuis.protect.sorting import Sort
from thuis.values import breakdown_id

NOBODYS = ""
"""Stands where a category would for people who have none."""


@dataclass(frozen=True, slots=True)
class IndicatorShape:
    """One indicator, as far as protection needs it: its ``id``, ``kind``, and ``breakdowns`` with their
    parts.

    ``scale`` are the ends of the answers of a mean, where the project tells them.
    ``family`` names the answers it rests on: indicators with the same family count the same respondents, so
    one can give the other away. ``share`` and ``among`` are the codes counted and those in the denominator
    (None: every one of the ``valid`` codes of ``variable``). ``waves`` are those in which the question was
    asked; ``weight`` is the name of a weight that is not the wave's. ``written`` are the breakdowns as the
    project has them, where it crosses the same ones in another order; ``breakdowns`` know one order of each.
    """

    id: str
    kind: str
    family: str
    breakdowns: tuple[tuple[str, ...], ...]
    waves: frozenset[str]
    share: frozenset[str] = frozenset()
    among: frozenset[str] | None = None
    valid: frozenset[str] = frozenset()
    scale: tuple[float, float] | None = None
    variable: str = ""
    weight: str = ""
    written: tuple[tuple[str, ...], ...] = ()

    @property
    def figures(self) -> tuple[tuple[str, ...], ...]:
        """The breakdowns in the order of the project."""
        return self.written or self.breakdowns

    @property
    def counts(self) -> bool:
        """Whether some of its respondents are counted and the others not."""
        return self.kind in ("proportion", "total", "answer")

    @property
    def adds(self) -> bool:
        """Whether it says what share, or how many, gave some of the answers to one question."""
        return self.kind in ("proportion", "total")


@dataclass(frozen=True, slots=True)
class BreakdownShape:
    """The categories of the breakdown ``id``: ``members`` has for each the atoms of its block that it holds.

    Breakdowns of one block divide the same people (:mod:`thuis.protect.nesting`).

    Atoms under :data:`NOBODYS` are people of the block whom no category of this breakdown holds.
    """

    id: str
    block: str
    members: Mapping[str, frozenset[int]]

    @property
    def categories(self) -> tuple[str, ...]:
        """Category ids in the order of their author."""
        return tuple(each for each in self.members if each != NOBODYS)


@dataclass(frozen=True, slots=True)
class Structure:
    """Every cell there may be, and how cells are made of the same people.

    ``people`` are, for every wave, the cells with respondents, whatever they were asked; without it, those in
    which some indicator has answers. ``clusters`` are, for every wave, the indicators that count the same
    answers; ``pools`` are the waves that take others together. ``rests`` are the breakdowns with those of its
    block whom it does not hold, as respondents show: who has no class of education in five has none in two.
    ``known`` are indicators and waves of which the weights are as good as known, ``shared`` those in which
    most people have theirs in common with others. ``crowds`` are, for every wave, the indicators that nearly
    the same respondents answered; ``crossings`` have the one order of each. ``sorts`` are, for every wave,
    the breakdowns that sort people by an answer.
    """

    waves: tuple[str, ...]
    indicators: tuple[IndicatorShape, ...]
    breakdowns: Mapping[str, BreakdownShape] = field(default_factory=dict)
    people: Mapping[str, frozenset[tuple[tuple[str, ...], tuple[str, ...]]]] | None = None
    clusters: Mapping[str, tuple[profiles.Cluster, ...]] = field(default_factory=dict)
    pools: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rests: Mapping[str, BreakdownShape] = field(default_factory=dict)
    known: frozenset[tuple[str, str]] = frozenset()
    crowds: Mapping[str, tuple[Crowd, ...]] = field(default_factory=dict)
    crossings: Mapping[frozenset[str], tuple[str, ...]] = field(default_factory=dict)
    sorts: Mapping[str, tuple[Sort, ...]] = field(default_factory=dict)
    shared: frozenset[tuple[str, str]] = frozenset()

    def impossible(self, key: Key) -> bool:
        """Whether the definitions leave nobody in the cell ``key``: two of its categories exclude each other.

        >>> nested = {"town": {"a": "north", "b": "south"}}
        >>> made = Structure.simple([], [], {"part": ["north", "south"], "town": ["a", "b"]}, nested)
        >>> made.impossible((("part", "town"), ("north", "b"))), made.impossible((("part",), ("north",)))
        (True, False)
        """
        shapes = [(self.breakdowns[part], category) for part, category in zip(*key, strict=True)]
        return any(
            one.block == other.block and one.members[a].isdisjoint(other.members[b])
            for (one, a), (other, b) in combinations(shapes, 2)
        )

    def with_rests(self, loose: frozenset[str]) -> tuple[Structure, frozenset[str]]:
        """The structure with the people whom some breakdowns do not hold, as far as it is known who they are.

        :param loose: breakdowns that do not hold everybody; those that remain are returned: of them anybody
            may be in none of the categories.
        """
        blocks = {self.breakdowns[each].block for each in loose}
        known = {id_: shape for id_, shape in self.rests.items() if self.breakdowns[id_].block in blocks}
        if not known:
            return self, loose
        return replace(self, breakdowns={**self.breakdowns, **known}), loose - set(known)

    def cells(self, parts: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Every combination of categories of a crossing of these ``parts``; ``[()]`` for the total."""
        cells: list[tuple[str, ...]] = [()]
        for part in parts:
            cells = [(*cell, category) for cell in cells for category in self.breakdowns[part].categories]
        return cells

    def parts(self, indicator: IndicatorShape) -> dict[str, tuple[str, ...]]:
        """Breakdown id (``origin-by-generation``) to its parts, for the figures of an indicator."""
        return {breakdown_id(parts): parts for parts in indicator.figures}

    def key(self, parts: tuple[str, ...], cell: Sequence[str]) -> Key:
        """A ``cell`` of the breakdowns ``parts`` under the one order of their crossing.

        >>> crossings = {frozenset("gh"): ("g", "h")}
        >>> Structure((), (), crossings=crossings).key(("h", "g"), ("x", "a"))
        (('g', 'h'), ('a', 'x'))
        """
        known = self.crossings.get(frozenset(parts), parts)
        if known == parts:
            return parts, tuple(cell)
        of = dict(zip(parts, cell, strict=True))
        return known, tuple(of[part] for part in known)

    @classmethod
    def simple(
        cls,
        waves: Sequence[str],
        indicators: Sequence[IndicatorShape],
        breakdowns: Mapping[str, Sequence[str]],
        nested: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Structure:
        """A structure from lists of categories; ``nested`` maps fine categories to coarse ones.

        >>> Structure.simple(["2020"], [], {"sex": ["men", "women"]}).cells(("sex",))
        [('men',), ('women',)]
        """
        nested = nested or {}
        shapes: dict[str, BreakdownShape] = {}
        for id_, categories in breakdowns.items():
            own = {c: frozenset({i}) for i, c in enumerate(categories)}
            shapes.setdefault(id_, BreakdownShape(id_, id_, own))
            if id_ in nested:
                mapping = nested[id_]
                coarse = next(
                    b for b, cs in breakdowns.items() if set(mapping.values()) <= set(cs) and b != id_
                )
                members = {
                    c: frozenset(i for i, fine in enumerate(categories) if mapping[fine] == c)
                    for c in breakdowns[coarse]
                }
                shapes[coarse] = BreakdownShape(coarse, id_, members)
        return cls(tuple(waves), tuple(indicators), {b: shapes[b] for b in breakdowns})


def structure_of(project: Project, respondents: pl.DataFrame | None = None) -> Structure:
    """The structure of a checked project.

    :param project: as :func:`thuis.load_project` gives it.
    :param respondents: one row each with ``wave``, a column ``by_<breakdown>`` for every breakdown, and the
        answers. With them breakdowns and questions are found that hold the same people though their
        definitions name other variables, questions that only some were asked, and groups of which a wave's
        sample has nobody.
    :raises ThuisError: when a ``nested_in`` does not follow from the definitions.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from thuis.project import load_project
    >>> from thuis.starter import start
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = start(Path(folder) / "monitor", wave="2020")
    ...     made = structure_of(load_project(Path(folder) / "monitor"))
    >>> made.waves, made.cells(("sex",))
    (('2020',), [('man',), ('woman',)])
    """
    families = _families(project)
    of: dict[str, Cells] = {}
    if respondents is not None:
        of = {each.id: Cells(respondents.filter(pl.col("wave") == each.id)) for each in project.waves}
        families = _recoded(project, families, of)
    crossings = crossed(project)
    indicators = tuple(_in_order(each, crossings) for each in shapes_of(project, families))
    raise_all(_other_bases(project, families))
    waves = tuple(wave.id for wave in project.waves)
    pools = {wave.id: wave.pools for wave in project.waves if wave.pools}
    shapes = _breakdowns(tuple(project.breakdowns.values()))
    if respondents is None:
        return Structure(waves, indicators, shapes, pools=pools, crossings=crossings)
    figures = tuple(dict.fromkeys(parts for each in indicators for parts in each.breakdowns))
    shapes = _observed(shapes, respondents, project.protection.minimum_n)
    asked = {wave.id: _asked(project, wave, families, of[wave.id].people) for wave in project.waves}
    least = project.protection.minimum_n
    shown = {wave: seen(asked[wave], of[wave], figures, tuple(shapes), least) for wave in waves}
    same = {wave: each.clusters for wave, each in shown.items()}
    people = {wave: each.people for wave, each in shown.items()}
    alike = {wave: each.crowds for wave, each in shown.items()}
    told, held = observed.weighed({each.id: each.weight for each in indicators}, respondents, pools)
    rests = _rests(shapes, respondents)
    by = {wave: each.sorts for wave, each in shown.items()}
    return Structure(waves, indicators, shapes, people, same, pools, rests, told, alike, crossings, by, held)


def crossed(project: Project) -> dict[frozenset[str], tuple[str, ...]]:
    """For breakdowns that are crossed somewhere, the order in which they are first."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for whole in project.indicators:
        for names in (*whole.groupings, *(each for one in parts(whole) for each in one.groupings)):
            found.setdefault(frozenset(names), names)
    return found


def _in_order(shape: IndicatorShape, crossings: Mapping[frozenset[str], tuple[str, ...]]) -> IndicatorShape:
    one = tuple(dict.fromkeys(crossings[frozenset(names)] for names in shape.breakdowns))
    return shape if one == shape.breakdowns else replace(shape, breakdowns=one, written=shape.breakdowns)


def _rests(shapes: Mapping[str, BreakdownShape], respondents: pl.DataFrame) -> dict[str, BreakdownShape]:
    """Every breakdown with the combinations that lack a category, of blocks of more than one."""
    blocks: dict[str, list[str]] = {}
    for id_, shape in shapes.items():
        blocks.setdefault(shape.block, []).append(id_)
    found = {}
    for block, ids in blocks.items():
        if len(ids) < 2:
            continue
        start = 1 + max(
            (atom for id_ in ids for own in shapes[id_].members.values() for atom in own), default=-1
        )
        lacking = observed.lacking(ids, respondents)
        for at, id_ in enumerate(ids):
            more: dict[str, set[int]] = {}
            for number, kind in enumerate(lacking, start):
                more.setdefault(kind[at] or NOBODYS, set()).add(number)
            own = shapes[id_].members
            names = [*own, *([NOBODYS] if NOBODYS in more else [])]
            members = {name: own.get(name, frozenset()) | more.get(name, set()) for name in names}
            found[id_] = BreakdownShape(id_, block, members)
    return found


def shapes_of(project: Project, families: Mapping[str, str]) -> Iterator[IndicatorShape]:
    """Every indicator as protection sees it: a set of answers as one for each."""
    cuts = _cuts(project)
    for whole in project.indicators:
        for each in parts(whole):
            shape = IndicatorShape(
                id=each.id,
                kind=each.kind,
                family=families.get(each.variable, each.variable),
                breakdowns=each.groupings,
                waves=frozenset(project.asked(each.variable)),
                share=frozenset(each.counted),
                among=frozenset(each.among) if each.among else None,
                valid=_valid(project, each.variable),
                scale=each.scale,
                variable=each.variable,
                weight=each.weight or "",
            )
            if isinstance(each.share, Span):
                codes = cuts[each.variable]
                inside = frozenset(name for name, middle in codes.items() if _holds(each.share, middle))
                shape = replace(shape, share=inside, valid=frozenset(codes))
            elif whole.kind == "multiple":
                # Any number of answers may go together, so no share follows from the others; how they overlap
                # bounds them all the same, and what cannot be argued is withheld in all of them.
                codes_ = frozenset(part.id for part in parts(whole)) | {"none", "all"}
                shape = replace(
                    shape,
                    kind="answer",
                    share=frozenset({each.id, "all"}),
                    valid=codes_,
                    variable=f"{whole.id}@",
                )
            yield shape


def _cuts(project: Project) -> dict[str, dict[str, float]]:
    """Per number of which a stretch counts somewhere: what the ends of the stretches keep apart, by name and
    with a number in it."""
    ends: dict[str, set[float]] = {}
    for each in project.indicators:
        if isinstance(each.share, Span):
            found = {end for end in (each.share.from_, each.share.below) if end is not None}
            ends.setdefault(each.variable, set()).update(found)
    return {
        variable: {
            f"from {low:g}": max(low, high - 1) if math.isinf(low) else low
            for low, high in pairwise([-math.inf, *sorted(found), math.inf])
        }
        for variable, found in ends.items()
    }


def _holds(span: Span, value: float) -> bool:
    above = span.from_ is None or value >= span.from_
    return above and (span.below is None or value < span.below)


def _recoded(project: Project, families: dict[str, str], of: Mapping[str, Cells]) -> dict[str, str]:
    """The families, with those made one of which a column is a recode of another's."""
    found = dict(families)
    names = dict.fromkeys(name for each in project.indicators for name in each.variables)
    for cells in of.values():
        columns = [each for each in names if each in cells.people.columns and cells.people[each].count()]
        for one, other in profiles.recoded(columns, cells):
            old, new = found.get(other, other), found.get(one, one)
            found |= {name: new for name in (*found, other) if found.get(name, name) == old}
    return found


def _asked(
    project: Project, wave: Wave, families: Mapping[str, str], respondents: pl.DataFrame
) -> list[profiles.Asked]:
    """Every indicator that was asked in a wave, a set of answers as one for each."""
    crossings = crossed(project)
    return [
        profiles.Asked(
            each.id,
            each.column,
            families.get(each.variable, each.variable),
            frozenset().union(*(_made(wave, name) for name in (*whole.variables, *_base(wave, whole)))),
            frozenset(each.counted) if each.kind in ("proportion", "total") else None,
            frozenset(each.among) if each.among else None,
            tuple(dict.fromkeys(crossings[frozenset(names)] for names in each.groupings)),
            each.below if each.kind == "ratio" else "",
            bool(_within(whole)),
            each.weight or "",
        )
        for whole in project.indicators
        for each in parts(whole)
        if wave.variables.get(each.variable) is not None and each.column in respondents.columns
    ]


def _base(wave: Wave, whole: Indicator) -> list[str]:
    """The variables that say who is counted: the respondents of the indicator are an answer to these."""
    return named_in(wave, _within(whole))


def _made(wave: Wave, name: str) -> frozenset[str]:
    """The variables that one is made from in the end: itself, unless it is derived."""
    source = wave.variables.get(name)
    parts = made_from(wave, name) if source is not None and source.derived else []
    return (
        frozenset().union(*(_made(wave, each) for each in parts if each != name))
        if parts
        else frozenset({name})
    )


def _other_bases(project: Project, families: Mapping[str, str]) -> list[Problem]:
    """Two bases, or weights, on the same answers: what is in the one and not in the other could be
    subtracted."""
    first: dict[str, Indicator] = {}
    problems = []
    for each in project.indicators:
        other = first.setdefault(families.get(each.variable, each.variable), each)
        if each.weight != other.weight:
            problems.append(
                Problem(
                    f"{each.id!r} and {other.id!r} weight the same answers in two ways",
                    project.place("indicators", each.id, ("weight",) if each.weight else ("variable",)),
                    expected="one weight for all indicators on a question: not everybody has the other",
                    step="give both the same weight",
                )
            )
        elif _within(each) != _within(other):
            problems.append(
                Problem(
                    f"{each.id!r} and {other.id!r} count the same answers among different people",
                    project.place("indicators", each.id, ("base",) if each.base else ("variable",)),
                    expected="one base for all indicators on the same question: the difference of two tells "
                    "of the people in between",
                    step="give both the same base, or make the base a breakdown",
                )
            )
    return problems


def _observed(
    shapes: dict[str, BreakdownShape], respondents: pl.DataFrame, few: int
) -> dict[str, BreakdownShape]:
    """The shapes, with blocks that turn out to hold the same people, or all but a few, made one."""
    found = dict(shapes)
    for together in observed.tied({id_: shape.block for id_, shape in shapes.items()}, respondents, few):
        categories = {id_: shapes[id_].categories for id_ in together}
        for id_, members in observed.atoms(categories, respondents).items():
            found[id_] = BreakdownShape(id_, together[0], members)
    return found


def _valid(project: Project, variable: str) -> frozenset[str]:
    sources = (wave.variables.get(variable) for wave in project.waves)
    return frozenset(code for source in sources if source for code in source.results)


def _breakdowns(declared: Sequence[Breakdown]) -> dict[str, BreakdownShape]:
    definitions = {each.id: [(c.id, _when(c.conditions)) for c in each.categories] for each in declared}
    found: dict[str, BreakdownShape] = {}
    for block in nesting.blocks(definitions):
        for id_, members in nesting.atoms({id_: definitions[id_] for id_ in block}).items():
            found[id_] = BreakdownShape(id_, block[0], members)
    raise_all(
        [p for each in declared if each.nested_in for p in _unproven(found[each.id], found[each.nested_in])]
    )
    return {id_: found[id_] for id_ in definitions}


def _unproven(fine: BreakdownShape, coarse: BreakdownShape) -> list[Problem]:
    """A promise of nesting that the definitions do not keep would leave a hole in the protection."""
    if fine.block == coarse.block:
        loose = [
            c for c, own in fine.members.items() if not any(own <= other for other in coarse.members.values())
        ]
    else:
        loose = list(fine.categories)
    return [
        Problem(
            f"breakdown {fine.id!r} is nested_in {coarse.id!r}, but {category!r} is not within one category",
            expected="'when' conditions on the same variables, within one category of the coarser breakdown",
            available=coarse.categories,
            step="correct the conditions, or leave nested_in out",
        )
        for category in loose
    ]


def _when(when: Mapping[str, Condition]) -> dict[str, nesting.Condition]:
    return {
        variable: {"from": condition.from_, "below": condition.below}
        if isinstance(condition, Span)
        else condition
        for variable, condition in when.items()
    }


def _families(project: Project) -> dict[str, str]:
    """Harmonised variables made from the same column in some wave, under one name."""
    family: dict[str, str] = {}
    for wave in project.waves:
        column: dict[str, str] = {}
        for name, source in wave.variables.items():
            if source is None:
                continue
            # What is made from one other variable tells of it as a second variable of its column would.
            key = source.from_ or (parts[0] if len(parts := made_from(wave, name)) == 1 else f"made: {name}")
            first = key if key in wave.variables else column.setdefault(key, name)
            old, new = family.get(name, name), family.get(first, first)
            family = {k: new if v == old else v for k, v in family.items()} | {name: new}
    # Several variables in one figure: what one of them tells, the figure may.
    for each in project.indicators:
        for name in each.variables[1:]:
            old, new = family.get(name, name), family.get(each.variable, each.variable)
            family = {k: new if v == old else v for k, v in family.items()} | {name: new}
    return family


def _within(each: Indicator) -> str:
    """The expression of its base; those who were asked are all who answered."""
    return each.base.when if each.base else ""
