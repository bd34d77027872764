"""Every wave of a project, read, checked and harmonised; all that is wrong is said at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl

from thuis.errors import Problem, raise_all
from thuis.formats import Raw
from thuis.formats.interviews import marked
from thuis.plausible.rows import total_problem, total_row
from thuis.project.model import Project, Wave
from thuis.read.base import bases, columns_made
from thuis.read.breakdowns import category, nobody, within_base
from thuis.read.derive import derived
from thuis.read.design import design_columns, staged
from thuis.read.doubts import far_from_others, twice, two_ways
from thuis.read.margins import with_margins
from thuis.read.microdata import (
    FPC,
    PSU,
    STRATUM,
    WEIGHT,
    Entry,
    Microdata,
    Response,
    WaveDesign,
    Weighted,
    weight_column,
)
from thuis.read.opened import Opened, in_turn, sources_of
from thuis.read.pools import with_pools
from thuis.read.response import responded
from thuis.read.second import between, stacked, weighed
from thuis.read.turned import absent, turned
from thuis.read.variables import At, harmonise, outside

_ALWAYS = (WEIGHT, STRATUM, PSU, FPC)
"""Columns of the design that the frame has whether or not a wave does."""


@dataclass(frozen=True, slots=True)
class _Read:
    """One wave: its respondents unless they could not be read, and everything to be said."""

    frame: pl.DataFrame | None
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    response: tuple[Response, ...] = ()


def read_waves(project: Project) -> Microdata:
    """The respondents of all waves under one another.

    Strata and PSUs get the wave's name in front when the samples are independent; in a panel a stratum or
    PSU with the same number is the same in every wave.

    :raises ThuisError: naming every file, column, code, weight, stratum and value that is wrong.
    """
    frames: list[pl.DataFrame] = []
    codebook: list[Entry] = []
    problems: list[Problem] = []
    names = sorted({name for wave in project.waves for name in wave.variables})
    notes: list[str] = []
    response: list[Response] = []
    singles = [wave for wave in project.waves if not wave.pools]
    for wave, opened in in_turn(project, singles):
        one = _wave(project, wave, opened)
        problems += one.problems
        codebook += one.entries
        notes += one.notes
        response += one.response
        if one.frame is not None:
            frames.append(one.frame)
    raise_all(problems)
    problems, said = turned(project, codebook)
    raise_all(problems)
    notes += said
    kinds = _kinds(project, names)
    of_base = {
        name: pl.String() if coded else kinds[variable]
        for name, (variable, coded) in columns_made(project).items()
    }
    kinds |= of_base
    drawn = dict.fromkeys(
        name for frame in frames for name in frame.columns if name.startswith("_") and name not in _ALWAYS
    )
    kinds |= {name: frame[name].dtype for frame in frames for name in drawn if name in frame.columns}
    order = ["wave", *_ALWAYS, *drawn, *names, *of_base]
    people = pl.concat([_filled(frame, order, kinds) for frame in frames])
    notes += [*absent(project, codebook), *between(project, people, names, codebook)]
    schema = dict(people.schema)
    people = people.with_columns(category(each, schema) for each in project.breakdowns.values())
    raise_all(nobody(project, people))
    if any(each.base for each in project.breakdowns.values()):
        people = within_base(project, people, [*names, *of_base])
    people, designs = with_margins(project, people, {each.id: _design(each) for each in singles})
    found = Microdata(people, tuple(codebook), designs, tuple(notes), tuple(response))
    return with_pools(project, found)


def _design(wave: Wave) -> WaveDesign:
    design = wave.design
    return WaveDesign(
        STRATUM if design.strata else None,
        tuple(staged(PSU, at) for at in range(len(design.stages))),
        tuple(staged(FPC, at) for at in range(len(design.sizes))),
        tuple(staged(STRATUM, at) if each else None for at, each in enumerate(design.later_strata, 1)),
        design.lonely,
        {
            name: Weighted(weight_column(name), ((each.replicates, 0),) if each.replicates else ())
            for name, each in design.weightings.items()
        },
    )


def _kinds(project: Project, names: Iterable[str]) -> dict[str, pl.DataType]:
    numbers = {
        name
        for wave in project.waves
        for name, source in wave.variables.items()
        if source is not None and source.type == "number"
    }
    return {name: pl.Float64() if name in numbers else pl.String() for name in names}


def _filled(frame: pl.DataFrame, order: list[str], kinds: dict[str, pl.DataType]) -> pl.DataFrame:
    types: dict[str, pl.DataType] = {WEIGHT: pl.Float64(), FPC: pl.Float64(), **kinds}
    return frame.select(
        pl.col(name) if name in frame.columns else pl.lit(None, types.get(name, pl.String())).alias(name)
        for name in order
    )


def _wave(project: Project, wave: Wave, opened: Opened) -> _Read:
    if opened.raw is None:
        return _Read(None, problems=opened.problems)
    raw, rows = _chosen(opened.raw, wave)
    raw, rows, response = responded(raw, rows, wave)
    if raw.frame.is_empty():
        where = project.place("waves", wave.id, ("where",) if wave.where else ("file",))
        step = "correct 'where'" if wave.where else "put the data in the file"
        return _Read(None, problems=(Problem(f"wave {wave.id!r} has no respondents", where, step=step),))
    found = _harmonised(project, wave, raw, rows)
    copies, again = twice(raw, opened.person, wave.file, rows) if opened.person else ([], [])
    numbers = None if opened.imputation in wave.where else opened.imputation
    several, noted = stacked(wave, raw, numbers, opened.person)
    copies, again = [*several, *copies], [*again, *noted]
    for each in marked(opened.columns, raw, opened.saying):
        again += each.lines()
    return replace(
        found,
        problems=(*found.problems, *copies),
        notes=(*found.notes, *(f"{wave.file}: {each}" for each in again)),
        response=response,
    )


def _chosen(raw: Raw, wave: Wave) -> tuple[Raw, pl.Series]:
    rows = pl.Series("row", range(1, raw.frame.height + 1), dtype=pl.Int64)
    keep = pl.Series([True] * raw.frame.height, dtype=pl.Boolean)
    for column, wanted in wave.where.items():
        keep &= raw.codes(column).fill_null("").is_in(list(wanted))
    return raw.filter(keep), rows.filter(keep)


def _harmonised(project: Project, wave: Wave, raw: Raw, rows: pl.Series) -> _Read:
    design_at = project.place("waves", wave.id, ("design",))
    found, problems = design_columns(raw, wave.design, wave.file, design_at, rows, wave.csv)
    keys = {STRATUM: wave.design.strata or "", PSU: next(iter(wave.design.stages), "")}
    doubts, said = two_ways(found, keys, wave.file)
    problems += doubts or _total(wave, raw, found[WEIGHT], rows)
    series: dict[str, pl.Series] = {
        "wave": pl.Series([wave.id] * raw.frame.height, dtype=pl.String),
        **{name: _unique(project, wave, name, column) for name, column in found.items()},
    }
    entries = []
    said += [] if problems else weighed(wave, found)
    notes = [f"{wave.file}: {each}" for each in (*raw.notes, *said)]
    for name, source in sources_of(wave).items():
        at = At(project.place("waves", wave.id, ("variables", name)), wave.file, source.from_)
        one = harmonise(raw, source, at, rows, wave.csv)
        values = one.values
        problems += one.problems or _beyond_scale(project, name, values, at, rows)
        notes += one.notes
        series[name] = values
        column = raw.columns[source.from_]
        if source.type == "number" and not source.range and not one.problems:
            notes += far_from_others(values, source, at)
        entries.append(
            Entry(
                wave.id,
                name,
                source.from_,
                column.title,
                len(values) - values.null_count(),
                values.null_count(),
                one.set_aside,
                column.labels,
                one.counts,
            )
        )
    if not problems:
        for made in derived(wave, series, raw):
            series[made.name] = made.values
            at = At(project.place("waves", wave.id, ("variables", made.name)), wave.file, made.name)
            problems += made.faults(at, rows) or _beyond_scale(project, made.name, made.values, at, rows)
            entries.append(made.entry(wave.id))
    if not problems:
        for base in bases(project, wave, series, raw):
            series |= {each.name: each for each in base.columns}
            problems += base.problems
            notes += base.notes
    return _Read(pl.DataFrame(series), tuple(entries), tuple(problems), tuple(notes))


def _total(wave: Wave, raw: Raw, weight: pl.Series, rows: pl.Series) -> list[Problem]:
    column = wave.design.weight
    answers = [raw.frame[each.from_] for each in sources_of(wave).values()]
    at = None if column is None else total_row(weight, answers)
    return [] if column is None or at is None else [total_problem(wave.file, int(rows[at]), column)]


def _beyond_scale(project: Project, name: str, values: pl.Series, at: At, rows: pl.Series) -> list[Problem]:
    """Values that the declared scale of a mean does not have; without them no mean can leave it."""
    for each in project.indicators:
        scaled = each.kind in ("mean", "median") and each.variable == name
        if each.scale and scaled and values.dtype.is_numeric():
            low, high = each.scale
            step = f"correct the scale of {each.id!r}, the decimal mark, or add the code to 'missing'"
            found = outside(values, (low, high), at, rows, step)
            if found:
                return found
    return []


def _unique(project: Project, wave: Wave, name: str, values: pl.Series) -> pl.Series:
    """Stratum 3 of one year is another stratum than that of the next, unless the sample is a panel."""
    if project.samples == "panel" or not name.startswith((STRATUM, PSU)):
        return values
    return (f"{wave.id}/" + values).alias(name)
