"""A second look at a wave that can be read, and at one beside the next: what is possible and not meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import polars as pl

from thuis.errors import Place, Problem
from thuis.formats import Raw
from thuis.plausible.parts import turned_round
from thuis.plausible.rows import copies, imputations, imputed
from thuis.plausible.units import unit_doubts
from thuis.plausible.weights import weight_doubts
from thuis.project.model import Project, Wave
from thuis.read.microdata import PSU, STRATUM, WEIGHT, Entry
from thuis.read.turned import compared

_MOST_ANSWERS = 12
"""With more answers a number is no scale that is turned round."""
_TIMES = 5.0
"""How many times the mean weight of one part of a pooled wave may be that of another."""
_FEWEST = 100
"""Waves of fewer rows may be the same by chance."""


def weighed(wave: Wave, found: Mapping[str, pl.Series]) -> list[str]:
    """Remarks on the weight, the strata and the units of a wave."""
    said = weight_doubts(found[WEIGHT], wave.design.weight) if wave.design.weight else []
    keys = {
        what: (found[name], column)
        for name, what, column in (
            (STRATUM, "stratum", wave.design.strata),
            (PSU, "PSU", next(iter(wave.design.stages), None)),
        )
        if column and name in found
    }
    return said + unit_doubts(keys)


def stacked(wave: Wave, raw: Raw, numbers: str | None, person: str | None) -> tuple[list[Problem], list[str]]:
    """Rows that stand there several times: once for each imputation, or as copies of one another.

    :param numbers: the column that numbers imputations, when the file has one.
    :param person: the column that numbers people, by which copies are known elsewhere.
    """
    times = imputations(raw.codes(numbers)) if numbers else 0
    if numbers and times:
        step = f"choose one imputation:  where: {{{numbers}: [...]}}  in the wave"
        where = Place(wave.file, key=numbers)
        return [Problem(imputed(times, numbers), where, expected="one row per respondent", step=step)], []
    again = 0 if person else copies(raw.frame)
    what = f"{again:,} rows are the same as a row before, in all that is read of them"
    return [], [f"{what}; are respondents in the file twice?"] if again else []


def between(
    project: Project, people: pl.DataFrame, names: list[str], codebook: Sequence[Entry] = ()
) -> list[str]:
    """Remarks on waves beside one another: answers the other way round, one wave copied, parts not alike.

    :param names: the harmonised variables.
    :param codebook: where the answers to some were counted.
    """
    waves = [each for each in project.waves if not each.pools]
    rows = {wave.id: people.filter(pl.col("wave") == wave.id) for wave in waves}
    said = [
        f"wave {later.id} has the same answers as wave {earlier.id}, row for row: is it one file?"
        for earlier, later in pairwise(waves)
        if _same(rows[earlier.id], rows[later.id], names)
    ]
    counted = {(each.variable, each.wave): each.counts for each in codebook if each.counts}
    return [*said, *_turned(project, rows, names, counted), *_pooled(project, rows)]


def _same(one: pl.DataFrame, other: pl.DataFrame, names: list[str]) -> bool:
    """Whether two waves hold the same rows, more of them than could be so by chance."""
    own = [each for each in names if one[each].count() or other[each].count()]
    columns = [*own, WEIGHT]
    if one.height != other.height or one.height < _FEWEST or not own:
        return False
    distinct = one.select(columns).unique().height
    return distinct > one.height / 2 and one.select(columns).equals(other.select(columns))


def _turned(
    project: Project,
    rows: Mapping[str, pl.DataFrame],
    names: list[str],
    counted: Mapping[tuple[str, str], Mapping[str, int]],
) -> Iterator[str]:
    for name in names:
        counts = {wave: _counts(own[name], counted.get((name, wave))) for wave, own in rows.items()}
        asked = [wave for wave in counts if counts[wave]]
        for earlier, later in pairwise(asked):
            scale = _scale(project, later, name, counts[earlier], counts[later])
            if turned_round(counts[earlier], counts[later], scale) and compared(
                project, name, earlier, later
            ):
                then, now = (_part(counts[wave], scale[0]) for wave in (earlier, later))
                yield (
                    f"{name}: the answers of wave {later} look like those of wave {earlier} turned round "
                    f"({then} % {scale[0]} then, {now} % now): do the codes mean the same in both?"
                )


def _counts(values: pl.Series, counted: Mapping[str, int] | None) -> dict[str, int]:
    if counted is not None:
        return dict(counted) if len(counted) <= _MOST_ANSWERS else {}
    found = values.drop_nulls().value_counts()
    if len(found) > _MOST_ANSWERS:
        return {}
    return {f"{each:g}" if isinstance(each, float) else str(each): int(n) for each, n in found.iter_rows()}


def _scale(
    project: Project, wave: str, name: str, one: Mapping[str, int], other: Mapping[str, int]
) -> list[str]:
    """The answers from one end to the other: as numbers, or in the order in which the wave maps its codes."""
    source = project.wave(wave).variables.get(name)
    there = {*one, *other}
    if source is not None and source.type != "number":
        listed = list(dict.fromkeys([*(source.codes or {}).values(), *source.results]))
        return [each for each in listed if each in there] if there <= set(listed) else []
    return sorted(there, key=float)


def _part(counts: Mapping[str, int], answer: str) -> str:
    return f"{100 * counts.get(answer, 0) / sum(counts.values()):.0f}"


def _pooled(project: Project, rows: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    """Pooled waves whose weights are on scales of their own, so that one drowns the others."""
    for wave in project.waves:
        if not wave.pools or wave.equal:
            continue
        means = {
            each: float(rows[each][WEIGHT].sum()) / rows[each].height for each in wave.pools if each in rows
        }
        if len(means) < 2 or min(means.values()) <= 0 or max(means.values()) < _TIMES * min(means.values()):
            continue
        low, high = min(means, key=means.__getitem__), max(means, key=means.__getitem__)
        yield (
            f"wave {wave.id}: a row of {high} weighs {means[high] / means[low]:,.0f} times one of {low} on "
            "average; with 'equal: true' its parts count the same"
        )
