"""More waves of a first project, each from a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from thuis.errors import Place, Problem, ThuisError, raise_all, unknowns
from thuis.starter.again import carried
from thuis.starter.opened import opened, roles_said
from thuis.starter.records import Guess
from thuis.starter.repeated import several_rows
from thuis.starter.replicates import replicates
from thuis.starter.roles import Role, columns_said
from thuis.starter.split import Part, Parts, called, design_of
from thuis.starter.waves import waves_of, year_in


def newest(sources: Sequence[Path], year: int) -> tuple[Path | None, tuple[Path, ...]]:
    """The file of the last year by its name, or the last that was named, and the others.

    >>> newest([Path("b_2024.sav"), Path("b_2021.sav")], 2026)
    (PosixPath('b_2024.sav'), (PosixPath('b_2021.sav'),))

    :raises ThuisError: when two files have one name.
    """
    if not sources:
        return None, ()
    names = [each.name for each in sources]
    raise_all(
        [
            Problem(f"two survey files are called {each!r}", step="give each its own name, with its year")
            for each in dict.fromkeys(names)
            if names.count(each) > 1
        ]
    )
    base = max(range(len(sources)), key=lambda n: (year_in(sources[n].stem, year) or 0, n))
    return sources[base], tuple(each for n, each in enumerate(sources) if n != base)


def further(
    stage: Path,
    source: Path,
    said: Mapping[str, str | None],
    found: Guess,
    year: int,
    ask: Callable[[Role], str | None] | None,
) -> tuple[Part, tuple[str, ...]]:
    """One more wave from its own file, with the variables of the project, and what a person should know.

    :param found: what the columns of the file are for from which the project was made.
    :raises ThuisError: when a column that was named is not there, or the file has waves within it.
    """
    looked, own = opened(stage, source, said, None)
    named, made = roles_said(said, looked.columns)
    raise_all(unknowns("column", columns_said(named), looked.columns, Place(source.name)))
    looked.respondents(named, [], [])
    looked.twice()
    looked.leave_out((said.get("without") or "").split(";"))
    waves = waves_of(looked)
    if waves and len(waves.rows) > 1:
        raise ThuisError(waves_within(source.name, len(waves.rows), waves.column))
    one = called("", source, looked, year, waves, None if waves else ask)
    year, id_ = (waves.rows[0].year or one.year, waves.rows[0].id) if waves else (one.year, one.id)
    variables, told = carried(found.variables, looked)
    design = design_of(looked.whole, looked.columns, looked, named)
    raise_all(several_rows(looked, [], None, (design.psu, design.strata)))
    part = Part(id_, id_, year, looked.where, design, variables, own)
    series = replicates(looked, design.weight)
    alone = Parts((part,), ()).weighted(made).replicated(series)
    line = f"weight: {design.weight!r} in {source.name}" if design.weight else f"no weight in {source.name}"
    weight = [line] if design.weight != found.design.weight else []
    dated = [one.told] if one.told else []
    of_file = (f"{source.name}: {each}" for each in (*looked.remarks, *alone.remarks, *looked.notes))
    return alone.waves[0], (*dated, *told, *weight, *of_file)


def waves_within(file: str, number: int, column: str) -> Problem:
    """The fault of a file that holds several waves where each has its own file."""
    return Problem(
        f"{column!r} tells {number} waves apart within the file",
        Place(file, key=column),
        expected="one wave in each of several files",
        step="start from this file alone, or split it",
    )


def in_time(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Waves in the order of their years.

    :raises ThuisError: when two files are of one wave.
    """
    ids = [each.id for each in parts]
    twice = [each for each in dict.fromkeys(ids) if ids.count(each) > 1]
    raise_all(
        [
            Problem(
                f"{' and '.join(one.source.name for one in parts if one.source and one.id == each)} "
                f"are both of wave {each!r}",
                expected="a wave of its own for each file",
                step="put the year of each in its name: survey_2021.sav",
            )
            for each in twice
        ]
    )
    return tuple(sorted(parts, key=lambda each: (each.year or 0, each.id)))
