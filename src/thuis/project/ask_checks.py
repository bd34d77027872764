"""Names in ``findings.yaml``: every indicator, breakdown, category, variable and wave must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from thuis.errors import Problem, unknown
from thuis.project.battery import EACH, Battery, Position, Questions, Side, Split
from thuis.project.bridges import Bridge
from thuis.project.model import Indicator, Project
from thuis.project.places import AreaMap, ClassFlow
from thuis.values import breakdown_id

Path = tuple[str | int, ...]


def check_questions(project: Project) -> list[Problem]:
    """Everything in ``findings.yaml`` that refers to something that is not there."""
    questions = project.questions
    if questions is None:
        return []
    problems: list[Problem] = []
    for path, battery in questions.every_battery:
        problems += _battery(project, battery, path)
    problems += _same_id(project, questions)
    for number, split in enumerate(questions.splits):
        problems += _split(project, split, ("splits", number))
    for number, bridge in enumerate(questions.bridges):
        problems += _bridge(project, bridge, ("bridges", number))
    for number, scale in enumerate(questions.scales):
        at: Path = ("scales", number)
        problems += _unknown(project, "wave", scale.wave, (w.id for w in project.waves), (*at, "wave"))
        for position, item in enumerate(scale.items):
            problems += _indicator(project, item, scale.wave, (*at, "items", position))
        weights = {each.weight for each in project.indicators if each.id in scale.items}
        if len(weights) > 1:
            own = " and ".join(sorted(repr(each) for each in weights if each))
            problems.append(
                Problem(
                    f"the items of scale {scale.id!r} have different weights: {own}"
                    + (" and that of the wave" if None in weights else ""),
                    project.place("findings", path=(*at, "items")),
                    expected="one weight: a scale is of the same people",
                )
            )
    for number, area_map in enumerate(questions.maps):
        problems += _counts(project, area_map, ("maps", number))
    for number, class_flow in enumerate(questions.flows):
        problems += _counts(project, class_flow, ("flows", number))
    return problems


def _unknown(project: Project, kind: str, name: str, there: Iterable[str], path: Path) -> Iterator[Problem]:
    there = list(there)
    if name not in there:
        yield unknown(kind, name, there, project.place("findings", path=path))


def _same_id(project: Project, questions: Questions) -> Iterator[Problem]:
    there: set[str] = set()
    for path, battery in questions.every_battery:
        if battery.id in there:
            yield Problem(
                f"two batteries have the id {battery.id!r}",
                project.place("findings", path=path),
                step="give each an id of its own: it is the address of its page",
            )
        there.add(battery.id)


def _battery(project: Project, battery: Battery, at: Path) -> Iterator[Problem]:
    figure = battery.figure
    if battery.wave == EACH:
        asked = [battery.figure.position, battery.figure.exclusion, *(o.indicator for o in battery.outcomes)]
        known = {each.id for each in project.indicators}
        if known.issuperset(asked) and not battery.waves(project):
            yield Problem(
                f"no wave asked all of {', '.join(dict.fromkeys(asked))}",
                project.place("findings", path=(*at, "wave")),
                step="name the wave of each battery",
            )
    else:
        yield from _unknown(project, "wave", battery.wave, (w.id for w in project.waves), (*at, "wave"))
    for key in ("group", "line"):
        name = getattr(figure, key)
        yield from _unknown(project, "breakdown", name, project.breakdowns, (*at, "figure", key))
    for key in ("position", "exclusion"):
        yield from _indicator(project, getattr(figure, key), battery.wave, (*at, "figure", key))
    yield from _one_thing_twice(project, battery, at)
    for number, outcome in enumerate(battery.outcomes):
        yield from _indicator(
            project, outcome.indicator, battery.wave, (*at, "outcomes", number, "indicator"), outcome.answers
        )
        means = {each.id for each in project.indicators if each.kind == "mean"}
        if outcome.indicator in means and outcome.margin is None:
            yield Problem(
                f"the mean {outcome.indicator!r} has no margin of its own",
                project.place("findings", path=(*at, "outcomes", number)),
                expected="margin: the smallest difference that would matter, in its own unit",
            )
    for number, position in enumerate(battery.positions):
        yield from _position(project, position, (*at, "positions", number))
    for number, control in enumerate(battery.controls):
        yield from _side(project, control, (*at, "controls", number))
    yield from _crossed(project, battery, at)
    if figure.group in project.breakdowns:
        there = [each.id for each in project.breakdowns[figure.group].categories]
        for number, name in enumerate(battery.leave_out):
            yield from _unknown(project, "category", name, there, (*at, "leave_out", number))


def _crossed(project: Project, battery: Battery, at: Path) -> Iterator[Problem]:
    """The figure shows cells, so its two indicators must be broken down by both parts together."""
    figure = battery.figure
    if not any(each.breakdown == figure.line for each in battery.positions):
        yield Problem(
            f"no position is about the lines of the figure, {figure.line!r}",
            project.place("findings", path=(*at, "positions")),
            step=f"add a position with breakdown: {figure.line}",
        )
    wanted = {frozenset((figure.group, figure.line))}
    for key in ("position", "exclusion"):
        name = getattr(figure, key)
        found = [each for each in project.indicators if each.id == name]
        if found and not wanted & {frozenset(each) for each in found[0].groupings}:
            yield Problem(
                f"indicator {name!r} has no figure by {figure.group} and {figure.line}",
                project.place("findings", path=(*at, "figure", key)),
                step=f"add [{figure.group}, {figure.line}] to its breakdowns",
            )


def _one_thing_twice(project: Project, battery: Battery, at: Path) -> Iterator[Problem]:
    """A position set against itself would be a paradox of words."""
    if battery.figure.position == battery.figure.exclusion:
        yield Problem(
            f"position and exclusion are both {battery.figure.position!r}",
            project.place("findings", path=(*at, "figure", "exclusion")),
            expected="two indicators: one of a position in society, one of exclusion",
        )
    asked = {each.id: each.variable for each in project.indicators}
    for number, position in enumerate(battery.positions):
        for outcome in battery.outcomes:
            variable = asked.get(outcome.indicator)
            if variable is not None and variable == position.variable:
                yield Problem(
                    f"position {position.id!r} and outcome {outcome.indicator!r} are both {variable!r}",
                    project.place("findings", path=(*at, "positions", number)),
                    step="set it against an outcome from another question",
                )


def _indicator(
    project: Project, name: str, wave: str, path: Path, answers: tuple[str, ...] | None = None
) -> Iterator[Problem]:
    yield from _unknown(project, "indicator", name, (each.id for each in project.indicators), path)
    found = [each for each in project.indicators if each.id == name]
    if found and wave != EACH and wave not in project.asked(found[0].variable):
        yield Problem(
            f"indicator {name!r} was not asked in wave {wave!r}",
            project.place("findings", path=path),
            available=project.asked(found[0].variable),
        )
    if found:
        yield from _counts_answers(project, found[0], answers, path)


def _counts_answers(
    project: Project, indicator: Indicator, answers: tuple[str, ...] | None, path: Path
) -> Iterator[Problem]:
    """Whether it can be asked about; ``answers`` is None where none can be named."""
    place = project.place("findings", path=path)
    what = f"indicator {indicator.id!r} is a {indicator.kind}"
    if indicator.set_of_answers and answers is not None:
        there = [each.id for each in indicator.answers]
        for each in answers:
            yield from _unknown(project, "answer", each, there, path)
        if not answers or (indicator.kind == "multiple" and len(answers) > 1):
            yield Problem(
                f"{what}: a row per answer",
                place,
                expected="one answer" if indicator.kind == "multiple" else "the answers that count",
                available=tuple(there),
                step=f"say answers: [{there[0]}]",
            )
    elif answers:
        yield Problem(f"{what}, and has no answers to name", place, step="leave 'answers' out")
    elif indicator.set_of_answers:
        step = "ask it of a proportion of the same variable"
        yield Problem(f"{what}: a row per answer", place, expected="a proportion or a mean", step=step)
    elif indicator.kind not in ("proportion", "mean"):
        yield Problem(
            what,
            place,
            expected="proportions and means, which can be held against each other with the same controls",
        )


def _side(project: Project, side: Side, path: Path) -> Iterator[Problem]:
    if side.breakdown is not None:
        yield from _unknown(project, "breakdown", side.breakdown, project.breakdowns, (*path, "breakdown"))
    if side.variable is not None:
        there = {name for wave in project.waves for name, source in wave.variables.items() if source}
        yield from _unknown(project, "variable", side.variable, there, (*path, "variable"))


def _position(project: Project, position: Position, path: Path) -> Iterator[Problem]:
    yield from _side(project, position, path)
    if position.breakdown is not None:
        found = project.breakdowns.get(position.breakdown)
        there = [each.id for each in found.categories] if found else None
    else:
        sources = [wave.variables.get(str(position.variable)) for wave in project.waves]
        there = sorted({code for each in sources if each for code in (each.codes or {}).values()})
    for key in ("high", "low"):
        for number, name in enumerate(getattr(position, key) if there else ()):
            yield from _unknown(project, "category", name, there or (), (*path, key, number))


def _split(project: Project, split: Split, path: Path) -> Iterator[Problem]:
    yield from _unknown(project, "wave", split.wave, (w.id for w in project.waves), (*path, "wave"))
    yield from _indicator(project, split.indicator, split.wave, (*path, "indicator"), split.answers)
    yield from _unknown(project, "breakdown", split.breakdown, project.breakdowns, (*path, "breakdown"))
    if split.breakdown in project.breakdowns:
        there = [each.id for each in project.breakdowns[split.breakdown].categories]
        for key in ("first", "second"):
            yield from _unknown(project, "category", getattr(split, key), there, (*path, key))
    for number, control in enumerate(split.by):
        yield from _side(project, control, (*path, "by", number))


def _bridge(project: Project, bridge: Bridge, path: Path) -> Iterator[Problem]:
    order = [wave.id for wave in project.waves]
    for key in ("earlier", "later"):
        yield from _unknown(project, "wave", getattr(bridge, key), order, (*path, key))
    yield from _unknown(
        project, "indicator", bridge.indicator, (each.id for each in project.indicators), (*path, "indicator")
    )
    found = next((each for each in project.indicators if each.id == bridge.indicator), None)
    if found is None or not {bridge.earlier, bridge.later} <= set(order):
        return
    there = [breakdown_id(each) for each in found.groupings if len(each) < 2]
    yield from _unknown(project, "breakdown", bridge.breakdown, there, (*path, "breakdown"))
    start, end = order.index(bridge.earlier), order.index(bridge.later)
    if not any(start < order.index(each.wave) <= end for each in found.breaks if each.wave in order):
        yield Problem(
            f"the series of {found.id!r} has no break between {bridge.earlier} and {bridge.later}",
            project.place("findings", path=(*path, "later")),
            expected="a break to correct for",
            available=tuple(each.wave for each in found.breaks),
            step="declare the break in the indicator, or leave the bridge out",
        )
    if bridge.kind == "ratio" and project.samples == "panel":
        yield Problem(
            "a ratio needs independent samples: the waves of a panel share respondents",
            project.place("findings", path=(*path, "kind")),
            step="declare an additive correction",
        )


def _counts(project: Project, asked: AreaMap | ClassFlow, path: Path) -> Iterator[Problem]:
    keys = ("counts", "before", "boundaries") if isinstance(asked, AreaMap) else ("counts",)
    for key in keys:
        name = getattr(asked, key)
        if name is None:
            continue
        path_in = PurePosixPath(name)
        if path_in.is_absolute() or ".." in path_in.parts:
            yield Problem(f"{name!r} lies outside the project", project.place("findings", path=(*path, key)))
        elif not (project.folder / name).is_file():
            yield Problem(f"there is no file {name!r}", project.place("findings", path=(*path, key)))
    for number, name in enumerate(asked.about):
        ids = (each.id for each in project.indicators)
        yield from _unknown(project, "indicator", name, ids, (*path, "about", number))
