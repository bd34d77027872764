"""The declared questions of a project, answered from its respondents and its release."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from thuis.errors import Problem, ThuisError
from thuis.findings.classes import flow_entry
from thuis.findings.decomposition import decompose
from thuis.findings.design import Design
from thuis.findings.local import map_files
from thuis.findings.paradox import paradox
from thuis.findings.story import paradox_entries, split_entry
from thuis.findings.trends import bridge_entry
from thuis.project.battery import Split
from thuis.project.model import Project
from thuis.read.microdata import PSU, STRATUM, WEIGHT, Microdata
from thuis.values import Release


def answers(project: Project, microdata: Microdata, release: Release) -> dict[str, Any]:
    """Every file of the data folder that answers ``findings.yaml``, by its path; nothing asked, no files.

    :raises ThuisError: with what is wrong in the counts and boundaries that the questions name.
    """
    files: dict[str, Any] = {}
    asked = findings(project, microdata, release)
    if asked:
        files["findings.json"] = asked
    return files | places(project)


def places(project: Project) -> dict[str, Any]:
    """``map.json`` and ``flow.json`` with their files, from counts of registers."""
    questions = project.questions
    files: dict[str, Any] = {}
    maps, flows = [], []
    for area_map in questions.maps if questions else ():
        entry, further = map_files(project.folder, area_map, minimum=project.protection.minimum_n)
        maps.append(entry)
        files |= further
    for class_flow in questions.flows if questions else ():
        flows.append(flow_entry(project.folder, class_flow))
    for name, entries in (("map", maps), ("flow", flows)):
        if entries:
            files[f"{name}.json"] = {f"{name}s": entries}
    return files


def findings(project: Project, microdata: Microdata, release: Release) -> dict[str, Any]:
    """``findings.json`` of a project; without ``findings.yaml`` an empty mapping.

    Cells of figures come from the release. Differences rest on at least ``minimum_n`` respondents a side.
    """
    questions = project.questions
    entries: list[dict[str, Any]] = []
    if questions and questions.paradox:
        battery = questions.paradox
        found = paradox(
            microdata.of(battery.wave),
            battery,
            {each.id: each for each in project.indicators},
            _design(microdata, battery.wave),
            minimum=project.protection.minimum_n,
        )
        entries += paradox_entries(project, battery, found, release.cells)
    for number, split in enumerate(questions.splits if questions else ()):
        try:
            entries.append(_split(project, microdata, split))
        except ThuisError as error:
            where = project.place("findings", path=("splits", number))
            raise ThuisError([replace(each, where=where) for each in error.problems]) from error
    for bridge in questions.bridges if questions else ():
        entry = bridge_entry(project, bridge, release.cells, release.comparisons)
        entries += [entry] if entry else []
    return {"findings": _finite(entries)} if entries else {}


def _design(microdata: Microdata, wave: str) -> Design:
    has = microdata.designs[wave]
    return Design(WEIGHT, STRATUM if has.strata else None, PSU if has.psu else None, has.lonely)


def _split(project: Project, microdata: Microdata, split: Split) -> dict[str, Any]:
    """A split with too few respondents on a side is refused: its numbers would rest on them alone."""
    indicator = project.indicator(split.indicator)
    column = pl.col(indicator.variable)
    outcome = column if indicator.kind == "mean" else column.is_in(list(indicator.share or ()))
    if indicator.among:
        outcome = pl.when(column.is_in(list(indicator.among))).then(outcome)
    rows = microdata.of(split.wave).with_columns(outcome.cast(pl.Float64).alias(indicator.id))
    found = decompose(
        rows,
        indicator.id,
        f"by_{split.breakdown}",
        (split.first, split.second),
        [each.column for each in split.by],
        _design(microdata, split.wave),
    )
    least = project.protection.minimum_n
    if min(found.n) < least:
        raise ThuisError(
            Problem(
                f"split {split.id!r} has too few respondents in one of its groups",
                expected=f"{least} in each",
                step="choose larger groups, or leave the split out",
            )
        )
    return split_entry(project, split, found)


def _finite(value: Any) -> Any:
    """Numbers that are none become null: JSON knows no NaN."""
    if isinstance(value, Mapping):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
