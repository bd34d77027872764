"""The files of the waves of a project, each read once, the next one while a wave is worked out."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from thuis.errors import Place, Problem, ThuisError, unknown
from thuis.expression.weights import weight_columns
from thuis.formats import Column, Raw, columns_of, read
from thuis.formats.interviews import person_of, saying
from thuis.formats.raw import standing_twice
from thuis.plausible.rows import imputation_column
from thuis.project.derived import in_order, trees
from thuis.project.model import Design, Project, Source, Wave
from thuis.read.base import in_bases
from thuis.read.design import replicate_columns


@dataclass(frozen=True, slots=True)
class Opened:
    """The columns that a wave needs, all rows of its file; or what is wrong.

    ``person`` numbers people and ``imputation`` imputations, ``saying`` tells of rows whether they are
    interviews; ``columns`` are all.
    """

    raw: Raw | None = None
    person: str | None = None
    saying: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    imputation: str | None = None
    problems: tuple[Problem, ...] = ()


def in_turn(project: Project, waves: Sequence[Wave]) -> Iterator[tuple[Wave, Opened]]:
    """Every wave with its file; of waves in one file it is read once, with the columns of all."""
    files: dict[object, list[Wave]] = {}
    for wave in waves:
        files.setdefault((wave.file, wave.written), []).append(wave)
    groups = iter(files.values())
    opened: dict[str, Opened] = {}
    with ThreadPoolExecutor(1) as beside:

        def following() -> Future[dict[str, Opened]] | None:
            group = next(groups, None)
            return beside.submit(_file, project, group) if group else None

        coming = following()
        for wave in waves:
            if wave.id not in opened and coming:
                opened |= coming.result()
                coming = following()
            yield wave, opened.pop(wave.id)


def _file(project: Project, waves: Sequence[Wave]) -> dict[str, Opened]:
    path, written = project.folder / waves[0].file, waves[0].written
    found: dict[str, Opened] = {}
    wanted: dict[str, list[str]] = {}
    try:
        columns = columns_of(path, written)
        once = [name for name, each in columns.items() if each.times == 1]
        imputation = imputation_column(once)
        for wave in waves:
            twice = [
                standing_twice(each, Place(wave.file, line=1, key=each))
                for each in _wanted(project, wave, columns)
                if each in columns and columns[each].times > 1
            ]
            missing = twice or _missing(project, wave, tuple(columns))
            person = person_of(once, (*wave.design.stages, wave.design.strata))
            status = tuple(each for each in saying(once) if each not in wave.where)
            found[wave.id] = Opened(None, person, status, tuple(columns), imputation, tuple(missing))
            if not missing:
                also = [each for each in (person, imputation) if each]
                own = [*_wanted(project, wave, columns), *also, *status]
                wanted[wave.id] = list(dict.fromkeys(own))
        every = list(dict.fromkeys(name for own in wanted.values() for name in own))
        raw = read(path, every, written) if wanted else None
    except ThuisError as error:
        return {wave.id: Opened(problems=_placed(error.problems, project, wave)) for wave in waves}
    return {
        id_: replace(each, raw=_own(raw, wanted[id_])) if raw and id_ in wanted else each
        for id_, each in found.items()
    }


def _own(raw: Raw, names: Sequence[str]) -> Raw:
    return replace(raw, frame=raw.frame.select(names), height=raw.frame.height if names else raw.height)


def _placed(problems: Sequence[Problem], project: Project, wave: Wave) -> tuple[Problem, ...]:
    """Faults of a file, where it is named when they stand nowhere."""
    at = project.place("waves", wave.id, ("file",))
    return tuple(
        replace(each, where=replace(each.where, file=wave.file) if each.where else at) for each in problems
    )


def sources_of(wave: Wave) -> dict[str, Source]:
    """Variables that come straight from a column."""
    return {name: each for name, each in wave.variables.items() if each is not None and not each.derived}


def _of_design(design: Design, columns: Container[str]) -> list[tuple[str, tuple[str | int, ...]]]:
    """Every column that a design names, and where it does."""
    named: list[tuple[str | None, tuple[str | int, ...]]] = [(design.strata, ("strata",))]
    for name, each in design.weightings.items():
        path = ("weights", name, "weight") if name else ("weight",)
        named += [(one, path) for one in (weight_columns(each.weight, columns) if each.weight else ())]
    named += [(each, ("psu",)) for each in design.stages]
    named += [(each, ("later_strata", at)) for at, each in enumerate(design.later_strata)]
    named += [(each, ("fpc",)) for each in design.sizes]
    if design.response:
        named.append((design.response.column, ("response", "column")))
    return [(column, path) for column, path in named if column]


def _wanted(project: Project, wave: Wave, columns: Mapping[str, Column]) -> list[str]:
    named = [column for column, _ in _of_design(wave.design, columns)]
    for each in wave.design.weightings.values():
        named += replicate_columns(each.replicates, columns) if each.replicates else []
    sources = [source.from_ for source in sources_of(wave).values()]
    named += [*wave.where, *sources, *_in_rules(wave), *in_bases(project, wave)]
    return list(dict.fromkeys(named))


def _in_rules(wave: Wave) -> dict[str, str]:
    """Columns of the file that rules and formulas name, and the variable that does."""
    return {
        column: name
        for name in in_order(wave)
        for tree in trees(wave, name)
        for column in tree.named("column")
    }


def _missing(project: Project, wave: Wave, columns: tuple[str, ...]) -> list[Problem]:
    named = [(column, ("design", *path)) for column, path in _of_design(wave.design, columns)]
    named += [
        (column, ("design", *(("weights", name) if name else ()), "replicates", "columns"))
        for name, each in wave.design.weightings.items()
        if each.replicates
        for column in replicate_columns(each.replicates, columns) or [str(each.replicates.columns)]
    ]
    named += [(column, ("where", column)) for column in wave.where]
    named += [(source.from_, ("variables", name, "from")) for name, source in sources_of(wave).items()]
    named += [(column, ("variables", name)) for column, name in _in_rules(wave).items()]
    bases = in_bases(project, wave).items()
    return [
        unknown("column", column, columns, project.place("indicators", name, ("base", "when")))
        for column, name in bases
        if column not in columns
    ] + [
        unknown("column", column, columns, project.place("waves", wave.id, path), f"look in {wave.file}")
        for column, path in named
        if column not in columns
    ]
