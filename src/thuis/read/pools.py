"""The respondents of pooled waves: those of their parts, each part a stratum of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from thuis.project.model import Project, Wave
from thuis.read.microdata import (
    BEFORE,
    FPC,
    MARGIN,
    PSU,
    REPLICATE,
    STRATUM,
    Calibration,
    Entry,
    Microdata,
    WaveDesign,
    Weighted,
    weight_column,
)


def with_pools(project: Project, microdata: Microdata) -> Microdata:
    """The respondents, and once more those whom a wave pools, under its name.

    Samples are independent, so a part is a stratum, or its strata are. Sampling units of parts without any
    are the respondents themselves; a part without population sizes is sampled with replacement. Replicate
    weights of the parts stand beside one another.
    """
    pooled = [each for each in project.waves if each.pools]
    if not pooled:
        return microdata
    frames, designs, entries = [microdata.frame], dict(microdata.designs), list(microdata.codebook)
    for wave in pooled:
        frame, design = _pool(wave, microdata)
        frames.append(frame)
        designs[wave.id] = design
        entries += _entries(wave, microdata.codebook)
    return replace(
        microdata,
        frame=pl.concat(frames, how="diagonal_relaxed"),
        designs=designs,
        codebook=tuple(entries),
    )


def _pool(wave: Wave, microdata: Microdata) -> tuple[pl.DataFrame, WaveDesign]:
    designs = [microdata.designs[id_] for id_ in wave.pools]
    clustered, finite = any(each.psu for each in designs), all(each.fpc for each in designs)
    names = [name for name in designs[-1].weights if all(name in each.weights for each in designs)]
    totals = {name: float(microdata.of(wave.pools[0])[weight_column(name)].sum()) for name in names}
    frames, weights = [], {name: each for name, each in designs[-1].weights.items() if name in names}
    replicated = any(each.replicates for each in weights.values())
    margins: dict[str, dict[str, dict[str, float]]] = {name: {} for name in names}
    for id_, design in zip(wave.pools, designs, strict=True):
        people = microdata.of(id_)
        row = pl.lit(f"{id_}/") + pl.int_range(pl.len()).cast(pl.String)
        stratum = pl.col(STRATUM) if design.strata else pl.lit(f"{id_}/")
        if not replicated:
            people = people.with_columns(stratum.alias(STRATUM))
        if clustered:
            people = people.with_columns((pl.col(PSU) if design.psu else row).alias(PSU))
        for name in names:
            scale = totals[name] / float(people[weight_column(name)].sum()) if wave.equal else 1.0
            scaled = [each for each in (weight_column(name), f"{BEFORE}:{name}") if each in people.columns]
            people = people.with_columns(pl.col([*scaled, *_replicates(people, name)]) * scale)
            people = _with_margins(people, name, design.weights[name], margins[name], scale)
        frames.append(people.with_columns(pl.lit(wave.id).alias("wave")))
    for name in names:
        if weights[name].replicates:
            frames, many = _beside(frames, name)
            of_parts = (
                (each.weights[name].replicates[0][0], n) for each, n in zip(designs, many, strict=True)
            )
            weights[name] = replace(weights[name], replicates=tuple(of_parts))
        calibration = weights[name].calibration
        if calibration:
            kept = Calibration(calibration.method, margins[name])
            weights[name] = replace(weights[name], calibration=kept)
    lonely = next((each.lonely for each in designs if each.lonely != "error"), "error")
    psu, fpc = ((PSU,) if clustered else ()), ((FPC,) if finite else ())
    design = WaveDesign(None if replicated else STRATUM, psu, fpc, (), lonely, weights)
    return pl.concat(frames, how="diagonal_relaxed"), design


def _replicates(people: pl.DataFrame, name: str) -> list[str]:
    """The replicate weights that some of these people have, in order."""
    found = [each for each in people.columns if each.startswith(f"{REPLICATE}:{name}:")]
    return sorted(each for each in found if people[each].null_count() < people.height)


def _beside(frames: list[pl.DataFrame], name: str) -> tuple[list[pl.DataFrame], list[int]]:
    """The parts with the replicates of all, and how many each has: samples are independent, so in a replicate
    of one part the people of the others have their full weight."""
    own = [_replicates(each, name) for each in frames]
    whole, made = sum(map(len, own)), []
    for at, people in enumerate(frames):
        first = sum(map(len, own[:at]))
        columns = [pl.col(weight_column(name))] * whole
        columns[first : first + len(own[at])] = [pl.col(each) for each in own[at]]
        named = [each.alias(f"{REPLICATE}:{name}:{i:05d}") for i, each in enumerate(columns)]
        made.append(people.with_columns(named))
    return made, [len(each) for each in own]


def _with_margins(
    people: pl.DataFrame,
    name: str,
    weighted: Weighted,
    margins: dict[str, dict[str, float]],
    scale: float,
) -> pl.DataFrame:
    """The margins of a part by their number, so that those of all parts stand in the same columns."""
    if weighted.calibration is None:
        return people
    for at, (column, wanted) in enumerate(weighted.calibration.totals.items()):
        shared = f"{MARGIN}:{name}:{at}"
        people = people.with_columns(pl.col(column).alias(shared))
        margins.setdefault(shared, {}).update({key: n * scale for key, n in wanted.items()})
    return people


def _entries(wave: Wave, codebook: tuple[Entry, ...]) -> Iterator[Entry]:
    """Where every variable comes from: the last part says, and all are counted."""
    for name in wave.variables:
        own = [each for each in codebook if each.variable == name and each.wave in wave.pools]
        if own:
            yield replace(
                own[-1],
                wave=wave.id,
                answered=sum(each.answered for each in own),
                missing=sum(each.missing for each in own),
                set_aside=sum(each.set_aside for each in own),
            )
