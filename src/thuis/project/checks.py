"""Names that refer to each other across the files of a project: every one must lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from thuis.errors import Place, Problem, unknown
from thuis.project.alike import check_names
from thuis.project.ask_checks import check_questions
from thuis.project.base import astray
from thuis.project.comparable import undeclared
from thuis.project.corrections import NAME as CORRECTIONS
from thuis.project.corrections import released
from thuis.project.derived import check_bases, check_derived
from thuis.project.model import (
    RESERVED,
    Break,
    Breakdown,
    Comparable,
    Condition,
    Indicator,
    Project,
    Span,
    Wave,
)
from thuis.project.pools import Pooled

Locate = Callable[..., Place]


def check_references(
    project: Project, waves: tuple[Wave | Pooled, ...], *, failed: frozenset[str]
) -> list[Problem]:
    """Everything that refers to something that is not there.

    :param waves: all waves found, also those that ``thuis.yaml`` does not name.
    :param failed: kinds of files of which one could not be read (``waves``, ``breakdowns``, ``indicators``,
        ``thuis``, ``findings``, ``codebooks``); what may stand in that file is not missed.
    """
    problems = [] if failed & {"thuis", "waves"} else list(_waves(project, waves))
    problems += [] if "waves" in failed else [*_types(project), *check_derived(project)]
    problems += [] if failed & {"thuis", "waves"} else list(_inside(project))
    for breakdown in project.breakdowns.values():
        problems += _breakdown(project, breakdown, failed)
    for indicator in project.indicators:
        problems += _indicator(project, indicator, failed)
    if not failed & {"thuis", "waves", "indicators"}:
        problems += [*undeclared(project), *check_bases(project)]
    problems += [] if failed else [*_themes(project), *check_questions(project), *_lead(project)]
    return [*problems, *check_names(project, failed), *_corrections(project, failed)]


def _corrections(project: Project, failed: frozenset[str]) -> Iterator[Problem]:
    ids = {each.id for each in project.indicators}
    versions = released(project.folder) | {project.version}
    for each in project.corrections:
        if each.indicator not in ids and "indicators" not in failed:
            yield unknown("indicator", each.indicator, ids, Place(CORRECTIONS, each.line, key="indicator"))
        if each.version not in versions and "thuis" not in failed:
            where = Place(CORRECTIONS, each.line, key="version")
            yield unknown("version", each.version, versions, where, "name the version that was wrong")


def _lead(project: Project) -> Iterator[Problem]:
    """The figure that leads the start page is one of the figures."""
    lead = project.settings.lead
    if lead is not None and lead not in project.figures:
        yield unknown("figure", lead, project.figures, project.place("thuis", path=("lead",)))


def codes_of(project: Project, variable: str, wave: str | None = None) -> set[str]:
    """The harmonised codes a variable can have, in one wave or in any."""
    found: set[str] = set()
    for each in project.waves:
        source = each.variables.get(variable)
        if source is not None and (wave is None or each.id == wave):
            found |= set(source.results)
    return found


def _kind(project: Project, variable: str) -> str | None:
    kinds = {source.type for wave in project.waves if (source := wave.variables.get(variable))}
    return kinds.pop() if len(kinds) == 1 else None


def _variables(project: Project) -> set[str]:
    return {name for wave in project.waves for name, source in wave.variables.items() if source is not None}


def _waves(project: Project, waves: tuple[Wave | Pooled, ...]) -> Iterator[Problem]:
    declared = {wave.id: wave for wave in waves}
    named = project.settings.waves
    for position, id_ in enumerate(named):
        where = project.place("thuis", path=("waves", position))
        if id_ not in declared:
            yield unknown("wave", id_, declared, where, f"add waves/{id_}.yaml")
        if id_ in named[:position]:
            yield Problem(f"wave {id_!r} is named twice", where, step="remove one of the two")
    for wave in waves:
        if wave.id not in named:
            yield Problem(
                f"wave {wave.id!r} is not among the waves of thuis.yaml",
                project.place("waves", wave.id, ("id",)),
                available=named,
                step=f"add {wave.id!r} to 'waves' in thuis.yaml, or remove this file",
            )
    singles = [wave for wave in project.waves if not wave.pools]
    released = project.settings.released
    for wave in singles:
        if wave.field.start > released:
            yield Problem(
                f"wave {wave.id!r} started on {wave.field.start}, after the release of {released}",
                project.place("waves", wave.id, ("field", "start")),
                expected="fieldwork that began before 'released' in thuis.yaml",
                step="correct the year here, or 'released' in thuis.yaml",
            )
    for earlier, later in pairwise(singles):
        if later.field.start < earlier.field.start:
            yield Problem(
                f"wave {later.id!r} started on {later.field.start}, before wave {earlier.id!r}",
                project.place("waves", later.id, ("field", "start")),
                expected="waves in order of time in thuis.yaml",
            )


def _inside(project: Project) -> Iterator[Problem]:
    """A survey file stands in the project, so that a folder from elsewhere cannot read what it likes."""
    for wave in project.waves if not project.settings.outside else ():
        for file, path in _files(wave) if not wave.pools else ():
            yield from astray(project.folder, file, project.place("waves", wave.id, path), "data/survey.sav")


def _files(wave: Wave) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every file that a wave names, and where it does."""
    yield wave.file, ("file",)
    for name, each in wave.design.weightings.items():
        if each.calibrate:
            path = ("design", *(("weights", name) if name else ()), "calibrate", "margins")
            yield each.calibrate.margins, path


def _types(project: Project) -> Iterator[Problem]:
    first: dict[str, tuple[str, str]] = {}
    for wave in project.waves:
        for name, source in wave.variables.items():
            if name in RESERVED and not wave.pools:
                where = project.place("waves", wave.id, ("variables", name))
                yield Problem(
                    f"a variable cannot be called {name!r}", where, step=f"call it '{name}-of-file'"
                )
            if source is None:
                continue
            kind, earlier = first.setdefault(name, (source.type, wave.id))
            if source.type != kind:
                yield Problem(
                    f"variable {name!r} is a {source.type} here and a {kind} in wave {earlier!r}",
                    project.place("waves", wave.id, ("variables", name)),
                    expected="the same type in every wave",
                )


def _breakdown(project: Project, breakdown: Breakdown, failed: frozenset[str]) -> Iterator[Problem]:
    def place(*path: str | int) -> Place:
        return project.place("breakdowns", breakdown.id, path)

    ids = [category.id for category in breakdown.categories]
    for position, id_ in enumerate(ids):
        if id_ in ids[:position]:
            where = place("categories", position, "id")
            yield Problem(f"category {id_!r} is given twice", where, step="give one of the two another id")
    if breakdown.reference is not None and breakdown.reference not in ids:
        yield unknown("category", breakdown.reference, ids, place("reference"))
    coarser = breakdown.nested_in
    if coarser is not None and coarser not in project.breakdowns and "breakdowns" not in failed:
        yield unknown("breakdown", coarser, project.breakdowns, place("nested_in"))
    if "waves" in failed:
        return
    for position, category in enumerate(breakdown.categories):
        for name, condition in category.conditions.items():
            yield from _condition(project, name, condition, place("categories", position, "when", name))


def _condition(project: Project, name: str, condition: Condition, where: Place) -> Iterator[Problem]:
    if name not in _variables(project):
        yield unknown("variable", name, _variables(project), where)
    elif isinstance(condition, Span) != (_kind(project, name) == "number"):
        yield Problem(
            f"variable {name!r} is a {_kind(project, name)}",
            where,
            expected="{from: …, below: …} for a number, a list of codes for a category",
        )
    elif not isinstance(condition, Span):
        known = codes_of(project, name)
        yield from (unknown("code", code, known, where) for code in condition if code not in known)


def _themes(project: Project) -> Iterator[Problem]:
    for number, theme in enumerate(project.settings.themes):
        own = [each.id for each in project.indicators if each.theme == theme.id]
        for at, name in enumerate(theme.indicators):
            if name not in own:
                where = project.place("thuis", path=("themes", number, "indicators", at))
                yield unknown(f"indicator of theme {theme.id!r}", name, own, where)


def _indicator(project: Project, indicator: Indicator, failed: frozenset[str]) -> Iterator[Problem]:
    def place(*path: str | int) -> Place:
        return project.place("indicators", indicator.id, path)

    themes = [theme.id for theme in project.settings.themes]
    if indicator.theme not in themes and "thuis" not in failed:
        step = "name one of these, or add the theme to thuis.yaml"
        yield unknown("theme", indicator.theme, themes, place("theme"), step)
    if "waves" not in failed:
        yield from _variable(project, indicator, place, failed)
    if "thuis" not in failed:
        yield from _breaks(project, indicator, place)
    if "breakdowns" not in failed:
        yield from _groupings(project, indicator, place)
    for language in indicator.keywords:
        if language not in project.languages:
            yield unknown("language", language, project.languages, place("keywords", language))


def _variable(
    project: Project, indicator: Indicator, place: Locate, failed: frozenset[str]
) -> Iterator[Problem]:
    there = _variables(project)
    if all(each in there for each in indicator.variables):
        yield from _codes(project, indicator, place)
        yield from _weight(project, indicator, place)
        if "codebooks" not in failed:
            yield from _questions(project, indicator, place)
    else:
        step = "name one of these, or add the variable to a wave"
        for name, path in _named(indicator):
            if name not in there:
                yield unknown("variable", name, there, place(*path), step)


def _weight(project: Project, indicator: Indicator, place: Locate) -> Iterator[Problem]:
    """A weight beside that of the wave stands in every wave that asked."""
    for wave in map(project.wave, project.asked(indicator.variable)) if indicator.weight else ():
        if indicator.weight not in wave.design.weights:
            step = f"add it under 'design: weights:' in waves/{wave.id}.yaml"
            known = tuple(wave.design.weights)
            yield unknown(f"weight of wave {wave.id!r}", str(indicator.weight), known, place("weight"), step)


def _codes(project: Project, indicator: Indicator, place: Locate) -> Iterator[Problem]:
    variable = indicator.variable
    numbers = indicator.kind in ("mean", "median", "ratio") or isinstance(indicator.share, Span)
    wanted, wrong = "number" if numbers else "category", False
    for name in indicator.variables:
        kind = _kind(project, name)
        if kind not in (wanted, None):
            wrong = True
            yield Problem(
                f"{_a(indicator)} needs a {wanted}, and {name!r} is a {kind}",
                place("variable"),
                step="change 'kind', or the 'type' of the variable in the waves",
            )
    if wrong or numbers:
        return
    if indicator.set_of_answers:
        yield from _answers(project, indicator, place)
        return
    known = codes_of(project, variable)
    share = indicator.counted
    for key, codes in (("share", share), ("among", indicator.among)):
        for position, code in enumerate(codes or ()):
            if code not in known:
                yield unknown("code", code, known, place(key, position), "name one of these")
    if not set(share) <= known:
        return
    for wave in project.asked(variable):
        possible = codes_of(project, variable, wave)
        if not set(share) & possible:
            yield Problem(
                f"no code of 'share' can occur in wave {wave!r}",
                place("share"),
                available=tuple(sorted(possible)),
                step=f"map a code to it in waves/{wave}.yaml, or leave the variable out of that wave",
            )


def _named(indicator: Indicator) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Every variable that an indicator names, and where it does."""
    listed = {each.variable for each in indicator.answers} | set(indicator.variables_of)
    if indicator.variable not in listed:
        yield indicator.variable, ("variable",)
    for at, name in enumerate(indicator.variables_of):
        yield name, ("variables", at)
    for at, answer in enumerate(indicator.answers):
        if answer.variable:
            yield answer.variable, ("answers", at, "variable")
    if indicator.per:
        yield indicator.per, ("per",)


def _a(indicator: Indicator) -> str:
    if isinstance(indicator.share, Span):
        return "a stretch of numbers"
    return f"a {indicator.kind}" if not indicator.set_of_answers else "a set of answers"


def _answers(project: Project, indicator: Indicator, place: Locate) -> Iterator[Problem]:
    """Every code of an answer can occur, and the answers to one question are all there are."""
    for at, answer in enumerate(indicator.answers):
        own = (answer.variable,) if answer.variable else indicator.variables_of or (indicator.variable,)
        known = {code for name in own for code in codes_of(project, name)}
        path = ("answers", at, "codes" if answer.codes else "id")
        step = "name a code under 'codes'" if not answer.codes else "name one of these"
        wrong = [code for code in answer.counted if code not in known]
        yield from (unknown("code", code, known, place(*path), step) for code in wrong)
    if indicator.kind == "categories":
        whole = set(indicator.among or codes_of(project, indicator.variable))
        counted = {code for each in indicator.answers for code in each.counted}
        if whole - counted:
            yield Problem(
                f"{', '.join(map(repr, sorted(whole - counted)))} of {indicator.variable!r} is in no answer",
                place("answers"),
                expected="answers that are all there are, so that they add up to 100 %",
                step="add the code to an answer, or say under 'among' which answers count",
            )
        elif counted - whole:
            yield unknown("code", min(counted - whole), whole, place("answers"), "name codes of 'among'")
    clash = {each for each in project.breakdowns if each == indicator.dimension}
    if clash:
        yield Problem(f"breakdown {indicator.dimension!r} has the name of these answers", place("id"))


def _questions(project: Project, indicator: Indicator, place: Locate) -> Iterator[Problem]:
    asked = project.asked(indicator.variable)
    for wave in asked:
        if wave not in indicator.question:
            yield Problem(
                f"the question of wave {wave!r} is missing",
                place("question"),
                expected=f"the wording for every wave that asked {indicator.variable!r}: {', '.join(asked)}",
                step=f"add \"{wave}\" under 'question', or to the wave a 'codebook' that has it",
            )
    for wave in indicator.question:
        if wave not in asked:
            yield unknown("wave", wave, asked, place("question", wave), "the variable was not asked then")


def _breaks(project: Project, indicator: Indicator, place: Locate) -> Iterator[Problem]:
    waves = project.settings.waves
    changes: tuple[tuple[str, Sequence[Break | Comparable]], ...] = (
        ("breaks", indicator.breaks),
        ("comparable", indicator.comparable),
    )
    for key, entries in changes:
        for position, each in enumerate(entries):
            if each.wave not in waves:
                yield unknown("wave", each.wave, waves, place(key, position, "wave"))
            elif each.wave == waves[0]:
                yield Problem(
                    "nothing can change before the first wave",
                    place(key, position, "wave"),
                    available=waves[1:],
                    step="name the first wave that was measured in the new way",
                )
    for position, one in enumerate(indicator.breaks):
        yield from _until(project, one, lambda *path, at=position: place("breaks", at, *path))


def _until(project: Project, one: Break, place: Locate) -> Iterator[Problem]:
    """Where a break ends, and for whom it holds."""
    waves = project.settings.waves
    if one.until is not None and one.until not in waves:
        yield unknown("wave", one.until, waves, place("until"))
    elif one.until is not None and one.wave in waves and waves.index(one.until) <= waves.index(one.wave):
        later = waves[waves.index(one.wave) + 1 :]
        yield Problem("a break ends after it began", place("until"), available=later)
    for name, ids in one.only.items():
        if name not in project.breakdowns:
            yield unknown("breakdown", name, project.breakdowns, place("only", name))
            continue
        known = [category.id for category in project.breakdowns[name].categories]
        yield from (
            unknown("category", each, known, place("only", name)) for each in ids if each not in known
        )


def _groupings(project: Project, indicator: Indicator, place: Locate) -> Iterator[Problem]:
    seen: set[tuple[str, ...]] = set()
    for position, grouping in enumerate(indicator.groups):
        for part in grouping:
            if part not in project.breakdowns:
                yield unknown(
                    "breakdown", part, ["total", *project.breakdowns], place("breakdowns", position)
                )
        if grouping in seen or len(set(grouping)) < len(grouping):
            yield Problem(
                "this breakdown is named twice", place("breakdowns", position), step="remove one of the two"
            )
        seen.add(grouping)
        most = 2 if indicator.set_of_answers else 3
        if len(grouping) > most:
            said = "two breakdowns beside its answers" if indicator.set_of_answers else "three breakdowns"
            yield Problem(
                f"a crossing has at most {said}", place("breakdowns", position), step="leave one out"
            )
