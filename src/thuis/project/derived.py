"""Derived variables: which waves make them, in what order, and everything wrong with their expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thuis.errors import Place, Problem
from thuis.expression.language import ExpressionError, Kind, Node, Type, names, parse
from thuis.project.folder import Project
from thuis.project.wave import Made, Source, Variables, Wave


def with_common(wave: Wave, common: Variables | None) -> Wave:
    """The wave with the variables of ``variables.yaml`` whose parts it has, unless it makes them itself."""
    if common is None:
        return wave
    made: dict[str, Source | None] = dict(wave.variables)
    waiting = {name: each for name, each in common.variables.items() if name not in made}
    while waiting:
        ready = [name for name, each in waiting.items() if _has_parts(each, made)]
        if not ready:
            break
        made.update({name: _source(waiting.pop(name)) for name in ready})
    return wave.model_copy(update={"variables": made})


def _source(one: Made) -> Source:
    return Source.model_validate(dict(one))


def _has_parts(source: Made, made: Mapping[str, Source | None]) -> bool:
    used = {name for _, text in source.expressions for name in names(text)}
    return all(made.get(each) is not None or made.get(each.replace("_", "-")) is not None for each in used)


def kinds_of(wave: Wave) -> dict[str, Kind]:
    """What is known of the variables of a wave, for the expressions that name them."""
    return {
        name: Kind("number") if source.type == "number" else Kind("text", frozenset(source.results))
        for name, source in wave.variables.items()
        if source is not None
    }


def trees(wave: Wave, name: str) -> list[Node]:
    """The checked expressions of a derived variable of a project that was checked."""
    source = wave.variables[name]
    assert source is not None
    return [parse(text, kinds_of(wave), _wanted(source)) for _, text in source.expressions]


def in_order(wave: Wave) -> list[str]:
    """Derived variables so that each comes after those it is made from; those in a circle are left out."""
    waiting = [name for name, each in wave.variables.items() if each is not None and each.derived]
    order: list[str] = []
    while waiting:
        ready = [name for name in waiting if not _used(wave, name) & set(waiting)]
        if not ready:
            break
        order += ready
        waiting = [name for name in waiting if name not in ready]
    return order


def made_from(wave: Wave, name: str) -> list[str]:
    """The variables a derived one is made from."""
    return sorted(_used(wave, name) & set(wave.variables))


def named_in(wave: Wave, text: str) -> list[str]:
    """The variables an expression names, as their wave writes them."""
    return sorted(_spelled(names(text)) & set(wave.variables))


def _used(wave: Wave, name: str) -> set[str]:
    source = wave.variables[name]
    return _spelled({each for _, text in source.expressions for each in names(text)} if source else set())


def _spelled(used: set[str]) -> set[str]:
    return used | {each.replace("_", "-") for each in used}


def _wanted(source: Source) -> Type:
    return "number" if source.formula else "truth"


def check_derived(project: Project) -> Iterator[Problem]:
    """Every fault in an expression with its line and column, and variables made from themselves."""
    told: set[str] = set()
    for wave in project.waves:
        kinds, order = kinds_of(wave), in_order(wave)
        for name, source in wave.variables.items():
            if source is None or not source.derived:
                continue
            if name not in order:
                where = _place(project, wave, name, ())
                yield Problem(f"variable {name!r} is made from itself", where, step="break the circle")
                continue
            for path, text in source.expressions:
                try:
                    parse(text, kinds, _wanted(source))
                except ExpressionError as error:
                    problem = _problem(error, _place(project, wave, name, path), text)
                    if str(problem) not in told:
                        told.add(str(problem))
                        yield problem


def base_tree(wave: Wave, base: str) -> Node:
    """The checked expression of a base in a wave of a project that was checked."""
    return parse(base, kinds_of(wave), "truth")


def check_bases(project: Project) -> Iterator[Problem]:
    """Every fault in a base, in each wave that asks the question."""
    for indicator in project.indicators:
        if indicator.base is None or not indicator.base.when:
            continue
        where = project.place("indicators", indicator.id, ("base", "when"))
        told: set[str] = set()
        for id_ in project.asked(indicator.variable):
            try:
                base_tree(project.wave(id_), indicator.base.when)
            except ExpressionError as error:
                if str(error) not in told:
                    told.add(str(error))
                    found = _problem(error, where, indicator.base.when)
                    what = f"in wave {id_!r}: {found.what}"
                    yield Problem(what, found.where, available=found.available, step=found.step)


def _place(project: Project, wave: Wave, name: str, path: tuple[str | int, ...]) -> Place:
    """In the wave, in ``variables.yaml`` or in a breakdown, where it stands."""
    own = project.documents.get(f"waves/{wave.id}")
    if own and ("variables", name) in own.marks:
        return own.place(("variables", name, *path))
    id_ = name.removeprefix("by-")
    if name.startswith("by-") and id_ in project.breakdowns and project.breakdowns[id_].categories[0].rule:
        return project.place("breakdowns", id_, ("categories", *path[1:]))
    return project.place("variables", path=("variables", name, *path))


def _problem(error: ExpressionError, where: Place, text: str) -> Problem:
    """The fault with the column at which it stands, when the expression is written on the line of its key."""
    first = text.strip().split("\n", 1)[0]
    start = where.source.find(first, max((where.column or 1) - 1, 0)) if where.source else -1
    if start >= 0 and error.at <= len(first):
        where = Place(where.file, where.line, start + error.at + 1, key=where.key, source=where.source)
    return Problem(str(error), where, available=error.available, step=f"correct {first[:60]!r}")
