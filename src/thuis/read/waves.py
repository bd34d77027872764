"""Every wave of a project, read, checked and harmonised; all that is wrong is said at once."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from thuis.errors import Place, Problem, ThuisError, raise_all, unknown
from thuis.project.model import Project, Source, Wave
from thuis.read import files
from thuis.read.breakdowns import category, nobody
from thuis.read.design import design_columns
from thuis.read.microdata import FPC, PSU, STRATUM, WEIGHT, Entry, Microdata, WaveDesign
from thuis.read.raw import Raw, codes
from thuis.read.variables import At, harmonise


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
    for wave in project.waves:
        frame, entries, faults = _wave(project, wave)
        problems += faults
        codebook += entries
        if frame is not None:
            frames.append(frame)
    raise_all(problems)
    kinds = _kinds(project, names)
    order = ["wave", WEIGHT, STRATUM, PSU, FPC, *names]
    stacked = pl.concat([_filled(frame, order, kinds) for frame in frames])
    schema = dict(stacked.schema)
    stacked = stacked.with_columns(category(each, schema) for each in project.breakdowns.values())
    raise_all(nobody(project, stacked))
    designs = {
        wave.id: WaveDesign(
            bool(wave.design.strata), bool(wave.design.psu), bool(wave.design.fpc), wave.design.lonely
        )
        for wave in project.waves
    }
    return Microdata(stacked, tuple(codebook), designs)


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


def _wave(project: Project, wave: Wave) -> tuple[pl.DataFrame | None, list[Entry], list[Problem]]:
    path = project.folder / wave.file
    try:
        columns = files.columns_of(path, wave.csv)
        missing = _missing(project, wave, tuple(columns))
        if missing:
            return None, [], missing
        raw = files.read(path, _wanted(wave), wave.csv)
    except ThuisError as error:
        at = project.place("waves", wave.id, ("file",))
        return None, [], [_placed(each, at, wave.file) for each in error.problems]
    raw, rows = _chosen(raw, wave)
    if raw.frame.is_empty():
        where = project.place("waves", wave.id, ("where",) if wave.where else ("file",))
        step = "correct 'where'" if wave.where else "put the data in the file"
        return None, [], [Problem(f"wave {wave.id!r} has no respondents", where, step=step)]
    return _harmonised(project, wave, raw, rows)


def _placed(problem: Problem, at: Place, file: str) -> Problem:
    if problem.where is None:
        return Problem(problem.what, at, problem.expected, problem.available, problem.step)
    where = problem.where
    place = Place(file, where.line, where.column, where.row, where.key)
    return Problem(problem.what, place, problem.expected, problem.available, problem.step)


def _sources(wave: Wave) -> dict[str, Source]:
    return {name: source for name, source in wave.variables.items() if source is not None}


def _wanted(wave: Wave) -> list[str]:
    design = wave.design
    named = [design.weight, design.strata, design.psu, design.fpc]
    sources = [source.from_ for source in _sources(wave).values()]
    return list(dict.fromkeys([*(each for each in named if each), *wave.where, *sources]))


def _missing(project: Project, wave: Wave, columns: tuple[str, ...]) -> list[Problem]:
    named: list[tuple[str, tuple[str | int, ...]]] = [
        (column, ("design", key))
        for key in ("weight", "strata", "psu", "fpc")
        if (column := getattr(wave.design, key))
    ]
    named += [(column, ("where", column)) for column in wave.where]
    named += [(source.from_, ("variables", name, "from")) for name, source in _sources(wave).items()]
    return [
        unknown("column", column, columns, project.place("waves", wave.id, path), f"look in {wave.file}")
        for column, path in named
        if column not in columns
    ]


def _chosen(raw: Raw, wave: Wave) -> tuple[Raw, pl.Series]:
    rows = pl.Series("row", range(1, raw.frame.height + 1), dtype=pl.Int64)
    keep = pl.Series([True] * raw.frame.height, dtype=pl.Boolean)
    for column, wanted in wave.where.items():
        keep &= codes(raw.frame[column]).is_in(list(wanted)).fill_null(value=False)
    return Raw(raw.frame.filter(keep), raw.columns, raw.set_aside), rows.filter(keep)


def _harmonised(
    project: Project, wave: Wave, raw: Raw, rows: pl.Series
) -> tuple[pl.DataFrame, list[Entry], list[Problem]]:
    design_at = project.place("waves", wave.id, ("design",))
    found, problems = design_columns(raw, wave.design, wave.file, design_at, rows, wave.csv.decimal)
    series: dict[str, pl.Series] = {
        "wave": pl.Series([wave.id] * raw.frame.height, dtype=pl.String),
        **{name: _unique(project, wave, name, column) for name, column in found.items()},
    }
    entries = []
    for name, source in _sources(wave).items():
        at = At(project.place("waves", wave.id, ("variables", name)), wave.file, source.from_)
        values, faults = harmonise(raw, source, at, rows, wave.csv.decimal)
        problems += faults
        series[name] = values
        column = raw.columns[source.from_]
        entries.append(
            Entry(
                wave.id,
                name,
                source.from_,
                column.title,
                len(values) - values.null_count(),
                values.null_count(),
                raw.set_aside.get(source.from_, 0),
                column.labels,
            )
        )
    return pl.DataFrame(series), entries, problems


def _unique(project: Project, wave: Wave, name: str, values: pl.Series) -> pl.Series:
    """Stratum 3 of one year is another stratum than that of the next, unless the sample is a panel."""
    if project.samples == "panel" or name not in (STRATUM, PSU):
        return values
    return (f"{wave.id}/" + values).alias(name)
