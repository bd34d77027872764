"""A first project in waves: one for a whole file, or one for each year or round that a column tells apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from thuis.formats import Column, Raw, Reader
from thuis.project.model import Csv
from thuis.starter.beside import beside, days_of, year_of_days
from thuis.starter.guess import LOOKED_AT, design_by, keys_of, roles_of
from thuis.starter.looked import Looked
from thuis.starter.records import Design, Guess, Series, Variable
from thuis.starter.roles import NONE, ROLES, Role, candidates
from thuis.starter.waves import (
    Called,
    WaveRows,
    Waves,
    countries_of,
    other_countries,
    size_column,
    sizes_of,
    year_in,
)

UNSURE = ("the year in which the file was saved", "this year")
"""Years that nothing tells but the lack of another."""


@dataclass(frozen=True, slots=True)
class Source:
    """A survey file of a project: its name in ``data/``, how it is written and the sheet of a workbook."""

    name: str
    written: Csv
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One wave of a first project: its rows, its design and the variables that were asked in it."""

    id: str
    title: str
    year: int | None
    where: tuple[tuple[str, tuple[str, ...]], ...]
    design: Design
    variables: tuple[Variable, ...]
    source: Source | None = None
    """Its own file, when each wave has one."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The waves of a first project, what was guessed, and what a person should know."""

    waves: tuple[Part, ...]
    evidence: tuple[Role, ...]
    remarks: tuple[str, ...] = ()
    panel: bool = False

    def replicated(self, series: Series | None) -> Parts:
        """The same with a remark, and lines in every wave, about columns that look like replicate weights."""
        if series is None:
            return self
        waves = tuple(replace(each, design=replace(each.design, series=series)) for each in self.waves)
        return replace(self, waves=waves, remarks=(series.line(), *self.remarks))

    def weighted(self, weight: str | None) -> Parts:
        """The same with a weight that the user made of several columns."""
        if weight is None:
            return self
        waves = (replace(each, design=replace(each.design, weight=weight)) for each in self.waves)
        return replace(self, waves=tuple(waves))


def called(
    said: str,
    source: Path | None,
    looked: Looked,
    year: int,
    waves: Waves | None,
    ask: Callable[[Role], str | None] | None = None,
) -> Called:
    """The wave that a whole file is: as the user named it, else the year that its rows or its name tell.

    :param said: the name that the user gave, or nothing.
    :param source: the user's file; nothing for made-up respondents.
    :param year: this year, which is taken, and said, where nothing tells another.
    :param waves: how the file tells its waves apart; unless the user named one, no day is then read.
    :param ask: called with a wave for whose year nothing speaks; what it gives is the name of the wave.
    """
    if source is None:
        return Called(said or str(year), year_in(said, year) or year, named=bool(said))
    named = year_in(said, year)
    days = None if waves and not said else year_of_days(looked)
    known: list[tuple[int | None, str]] = [(days[0], f"the year of all days in {days[1]!r}")] if days else []
    known += [(year_in(source.stem, year), "guessed from the name of the file")]
    if not any(each for each, _ in known):
        known += _within(looked, year)
    told, why = next((each, why) for each, why in known if each)
    if ask and not said and why.startswith(UNSURE):
        said = ask(Role("wave", str(told), why)) or str(told)
        return Called(said, year_in(said, year) or told, named=True)
    name = said or str(told)
    if named and (not days or days[0] == named):
        return Called(name, named, named=True)
    line = f"wave: {name}, asked in {told}, {why}; other days: 'field' in waves/{name}.yaml"
    return Called(name, told, line, named=bool(said))


def _within(looked: Looked, year: int) -> list[tuple[int | None, str]]:
    """The year that a file tells of itself, weaker and weaker evidence; at last this year."""
    title, saved = looked.headed
    kept = saved if saved and saved < year else None
    return [
        (year_in(title, year), f"guessed from what the file is called within, {title[:60]!r}"),
        (kept, f"{UNSURE[0]}: the interviews may be older; --wave names another"),
        (year, f"{UNSURE[1]}: nothing in the file tells another; --wave names it"),
    ]


def split(
    found: Guess,
    waves: Waves | None,
    looked: Looked,
    said: Mapping[str, str | None],
    wave: Called,
    *,
    asked: bool,
) -> Parts:
    """The waves of a first project.

    :param found: what the columns of the whole file are for.
    :param waves: how the file tells its waves apart, when it does.
    :param said: roles that the user named.
    :param wave: the wave, when there is one.
    :param asked: the user was asked for the roles, so ``found`` holds for every wave.
    """
    variables = found.variables
    whole = found.design
    countries = countries_of(looked)
    if countries and waves and len(waves.rows) > 1:
        countries = other_countries(looked, waves) or countries
    size = size_column(looked, whole.weight) if countries else None
    size = None if asked or said.get("weight") else size
    alone = whole.by_size(size)
    sizes = sizes_of(looked, whole.weight) if countries and not size else None
    if size:
        sizes = (
            f"weights: {size!r} is one number for each country, its size: multiplied by it, so that all "
            f"countries together count as their people do; --weight {whole.weight} leaves it out"
        )
    remarks = tuple(filter(None, [*looked.remarks, countries, sizes]))
    one = Part(wave.id, wave.id, wave.year, looked.where, alone, variables)
    if waves is None:
        remarks = tuple(filter(None, [*remarks, beside(looked.columns), days_of(looked)]))
        remarks = (*([wave.told] if wave.told else []), *remarks)
        return Parts((one,), alone.evidence, remarks)
    rows = tuple(each for each in waves.rows if not wave.named or wave.id in (each.code, each.id))
    told = waves.line()
    if wave.named and (not rows or len(waves.rows) == 1):
        more = [] if len(waves.rows) == 1 else [_together(waves, wave.id)]
        return Parts((one,), alone.evidence, (*more, *remarks))
    if wave.named:
        told = f"wave {wave.id}: its {rows[0].rows:,} rows alone, by column {waves.column!r}"
    if len(waves.rows) == 1:
        only = rows[0]
        part = Part(only.id, only.title, only.year, looked.where, alone, variables)
        return Parts((part,), alone.evidence, (told, *remarks))
    reader = _reader(looked, waves, variables, whole, said)
    design = whole if asked else None
    parts = tuple(_part(each, waves, reader, variables, looked, said, design) for each in rows)
    parts = tuple(replace(each, design=each.design.by_size(size)) for each in parts)
    panel = waves.person is not None and len(parts) > 1
    if panel:
        remarks = (f"panel: the same people come back, by {waves.person!r} and their sex", *remarks)
    return Parts(parts, () if asked else _said_once(parts), (told, *remarks), panel)


def _together(waves: Waves, wave: str) -> str:
    listed = ", ".join(each.code for each in waves.rows[:6])
    return (
        f"waves: column {waves.column!r} has {len(waves.rows)} values ({listed}); all rows are taken as wave"
        f" {wave}, so that figures are of all of them together; without --wave each gets its own"
    )


Rows = Callable[[str], Raw]


def _reader(
    looked: Looked,
    waves: Waves,
    variables: Sequence[Variable],
    whole: Design,
    said: Mapping[str, str | None],
) -> Rows:
    """Reads once all columns that matter, and gives the rows of one wave."""
    near = [name for role in ROLES for name in candidates(looked.columns, role)[:LOOKED_AT]]
    chosen = [
        each
        for each in (*said.values(), whole.weight, whole.strata, whole.psu, waves.person)
        if each and each != NONE
    ]
    raw = looked.whole(
        list(dict.fromkeys([waves.column, *(each.column for each in variables), *chosen, *near]))
    )
    keys = raw.codes(waves.column)
    return lambda code: raw.filter(keys == code)


def _part(
    one: WaveRows,
    waves: Waves,
    rows: Rows,
    variables: Sequence[Variable],
    looked: Looked,
    said: Mapping[str, str | None],
    design: Design | None,
) -> Part:
    raw = rows(one.code)
    own = tuple(each for each in variables if raw.codes(each.column).count())
    found = design or design_of(raw, looked.columns, lambda _: raw, said)
    if waves.person and found.psu is None and not found.strata:
        told = Role("psu", waves.person, "the same people in every wave")
        evidence = (*(each for each in found.evidence if each.role != "psu"), told)
        found = replace(found, psu=waves.person, evidence=evidence)
    return Part(one.id, one.title, one.year, ((waves.column, (one.code,)), *looked.where), found, own)


def design_of(
    whole: Raw | Reader,
    columns: Mapping[str, Column],
    look: Reader,
    said: Mapping[str, str | None],
) -> Design:
    """The design of one wave by its own rows.

    :param whole: all its rows, or what reads them.
    """
    roles = roles_of(columns, look, said)
    raw = whole if isinstance(whole, Raw) else whole(keys_of(roles))
    return design_by(roles, raw, said)


def _said_once(parts: Sequence[Part]) -> tuple[Role, ...]:
    """The roles of the first wave; with its wave each one for which a later wave has another column."""
    told: list[Role] = []
    for number, first in enumerate(parts[0].design.evidence):
        each = [(part.id, part.design.evidence[number]) for part in parts]
        if len({role.column for _, role in each}) == 1:
            told.append(first)
            continue
        before: str | None = ""
        for wave, role in each:
            if role.column != before:
                told.append(replace(role, role=f"{role.role} of {wave}"))
            before = role.column
    return tuple(told)
