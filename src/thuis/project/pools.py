"""Pooled waves: two or more waves together as a wave of their own, for groups that are small in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pydantic import field_validator

from thuis.errors import Problem, unknown
from thuis.project.base import Code, Id, Model, Text
from thuis.project.comparable import between
from thuis.project.design import Design
from thuis.project.folder import Project
from thuis.project.indicator import Indicator
from thuis.project.wave import FieldPeriod, Source, Wave


class Pooled(Model):
    """``waves/*.yaml`` of a wave that pools others.

    ``variables`` are those it is about, all that every part asked unless told. Every part counts by its own
    weights; with ``equal`` the weights of each are first made to add up to the same.
    """

    id: Code
    title: Text
    pools: tuple[Code, ...]
    variables: tuple[Id, ...] = ()
    equal: bool = False
    despite: Text | None = None
    """Why the parts may be added although something changed between them."""

    @field_validator("pools")
    @classmethod
    def _two(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if len(value) < 2:
            raise ValueError("a pooled wave takes two waves or more together")
        return value


class PooledWave(Wave):
    """A pooled wave as the rest of a project sees it."""

    parts: tuple[str, ...]
    balanced: bool = False

    @property
    def pools(self) -> tuple[str, ...]:
        return self.parts

    @property
    def equal(self) -> bool:
        return self.balanced


def with_pools(waves: Sequence[Wave], pooled: Sequence[Pooled]) -> tuple[Wave, ...]:
    """The waves with those that pool others before them: the last of a series stays a wave of its own."""
    known = {each.id: each for each in waves}
    made = [
        _wave(each, [known[id_] for id_ in each.pools]) for each in pooled if set(each.pools) <= set(known)
    ]
    return (*made, *waves)


def _wave(pooled: Pooled, parts: Sequence[Wave]) -> Wave:
    common: dict[str, Source | None] = {
        name: source
        for name, source in parts[-1].variables.items()
        if source is not None and all(each.variables.get(name) is not None for each in parts)
    }
    if pooled.variables:
        common = {name: each for name, each in common.items() if name in pooled.variables}
    population = _joined(each.population for each in parts)
    if pooled.despite:
        population = {key: f"{said}. {pooled.despite[key]}" for key, said in population.items()}
    return PooledWave.model_construct(
        id=pooled.id,
        title=pooled.title,
        field=FieldPeriod(
            start=min(each.field.start for each in parts), end=max(each.field.end for each in parts)
        ),
        mode=_joined(each.mode for each in parts),
        population=population,
        source=_joined(each.source for each in parts),
        breaks=(),
        comparable=(),
        file=parts[-1].file,
        encoding=None,
        codebook=None,
        csv=parts[-1].csv,
        where={},
        design=_design(parts),
        variables=common,
        parts=pooled.pools,
        balanced=pooled.equal,
    )


def _design(parts: Sequence[Wave]) -> Design:
    """What is said of the design: that of the last part, with the weights that all have."""
    names = set.intersection(*(set(each.design.weights) for each in parts))
    own = parts[-1].design
    return own.model_copy(update={"weights": {k: v for k, v in own.weights.items() if k in names}})


def _joined(texts: Iterator[Mapping[str, str]]) -> dict[str, str]:
    """Texts that differ one after the other, the same text once."""
    found = list(texts)
    return {key: " / ".join(dict.fromkeys(each[key] for each in found if key in each)) for key in found[0]}


def with_questions(indicator: Indicator, waves: Sequence[Wave]) -> Indicator:
    """The indicator with the question of the last part in every pooled wave that asks it."""
    asked = {
        each.id: next(
            (indicator.question[id_] for id_ in reversed(each.pools) if id_ in indicator.question), None
        )
        for each in waves
        if each.pools and each.variables.get(indicator.variable) is not None
    }
    more = {id_: question for id_, question in asked.items() if question is not None}
    return indicator.model_copy(update={"question": {**indicator.question, **more}}) if more else indicator


def check_pools(project: Project, pooled: Sequence[Pooled]) -> Iterator[Problem]:
    """Parts that are no waves, variables that a part lacks, and breaks between parts."""
    singles = {each.id: each for each in project.waves if not each.pools}
    for each in pooled:
        for at, id_ in enumerate(each.pools):
            where = project.place("waves", each.id, ("pools", at))
            if id_ not in singles:
                yield unknown("wave", id_, singles, where)
            elif id_ in each.pools[:at]:
                yield Problem(f"wave {id_!r} is pooled twice", where, step="remove one of the two")
        parts = [singles[id_] for id_ in each.pools if id_ in singles]
        if len(parts) < len(each.pools):
            continue
        for at, name in enumerate(each.variables):
            without = [part.id for part in parts if part.variables.get(name) is None]
            if without:
                where = project.place("waves", each.id, ("variables", at))
                yield Problem(f"wave {without[0]!r} did not ask {name!r}", where, step="leave it out")
        yield from _designs(project, each, parts)
        if not each.despite:
            yield from _broken(project, each)


def _designs(project: Project, pooled: Pooled, parts: Sequence[Wave]) -> Iterator[Problem]:
    where = project.place("waves", pooled.id, ("pools",))
    if project.samples == "panel":
        step = "compare the waves of a panel instead"
        yield Problem("a panel asks the same people again: pooled they count twice", where, step=step)
    for name in set.intersection(*(set(each.design.weightings) for each in parts)):
        own = [each.design.weightings[name] for each in parts]
        drawn = next((part.id for part, each in zip(parts, own, strict=True) if not each.replicates), None)
        if drawn and any(each.replicates for each in own):
            yield Problem(
                f"wave {drawn!r} has no replicate weights, and another part has",
                where,
                expected="parts that all have replicate weights, or none",
                step="give every part replicate weights, or strata and PSUs",
            )
        if len({each.calibrate and each.calibrate.method for each in own}) > 1:
            yield Problem("the weights of some parts are calibrated, of others not or otherwise", where)


def _broken(project: Project, pooled: Pooled) -> Iterator[Problem]:
    order = [each.id for each in project.waves if not each.pools]
    for indicator in project.indicators:
        if pooled.id not in project.asked(indicator.variable):
            continue
        for id_ in pooled.pools[1:]:
            found = between(indicator.breaks, order, pooled.pools[0], id_, _anybody(indicator))
            if found:
                yield Problem(
                    f"{indicator.id!r} breaks in wave {found[0].wave!r} ({found[0].kind}), within the pool",
                    project.place("waves", pooled.id, ("pools",)),
                    expected="parts that measure the same",
                    step="name the other variables under 'variables', or say under 'despite' why they may be "
                    "added",
                )
                break


def _anybody(indicator: Indicator) -> dict[str, str]:
    """A cell that every break touches, those for some categories too."""
    return {name: ids[0] for each in indicator.breaks for name, ids in each.only.items() if ids}
