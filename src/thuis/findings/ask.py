"""The declared questions of a project, answered from its respondents and its release."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import polars as pl

from thuis.contract.area import Maps
from thuis.contract.base import Record
from thuis.contract.finding import Findings
from thuis.contract.flow import Flows
from thuis.errors import Problem, ThuisError, raise_all
from thuis.findings.classes import flow_entry
from thuis.findings.counted import named, with_answers
from thuis.findings.decomposition import decompose
from thuis.findings.digits import Digits
from thuis.findings.linked_maps import told_together
from thuis.findings.local import map_files
from thuis.findings.paradox import Shown, anything, paradox
from thuis.findings.paradox_page import open_groups, paradox_entries
from thuis.findings.rarest import alone, rarest
from thuis.findings.remainders import Cell, People, equal_weights, groups_of, tell
from thuis.findings.respondents import outcome, sampled
from thuis.findings.scale_page import scale_entry
from thuis.findings.split_page import split_entry
from thuis.findings.tables import table_of
from thuis.findings.trends import bridge_entry
from thuis.project.battery import Battery, Split
from thuis.project.model import Indicator, Project
from thuis.read.microdata import Microdata
from thuis.remembered import remembered
from thuis.values import Release, breakdown_parts

ALL_DIGITS = Digits()
Telling = Callable[[int, int | None], bool]
"""Whether so many respondents, so many of them counted (None: not known), may not be told about."""


def answers(
    project: Project,
    microdata: Microdata,
    release: Release,
    telling: Telling = anything,
    digits: Digits = ALL_DIGITS,
) -> dict[str, bytes | Record]:
    """Every file of the data folder that answers ``findings.yaml``, by its path; nothing asked, no files.

    :param telling: the rule of protection for groups that are in no figure.
    :raises ThuisError: with what is wrong in the counts and boundaries that the questions name.
    """
    files: dict[str, bytes | Record] = {}
    asked = findings(project, microdata, release, telling, digits)
    if asked:
        files["findings.json"] = Findings.given(asked)
        notice = " ".join((project.synthetic or {}).values()) or None
        files |= {entry["downloads"][0]: table_of(entry, notice) for entry in asked["findings"]}
    return files | places(project)


def places(project: Project) -> dict[str, bytes | Record]:
    """``map.json`` and ``flow.json`` with their files, from counts of registers."""
    questions = project.questions
    files: dict[str, bytes | Record] = {}
    maps, flows = [], []
    asked = questions.maps if questions else ()
    raise_all(
        [
            Problem(
                f"area {code!r} less its parts on another map of the same counts is a handful of people",
                project.place("findings", path=("maps", number)),
                expected="the boundaries of one day for all maps of the same counts",
                step="give both maps the same boundaries_of",
            )
            for number, code in told_together(project.folder, asked, project.protection.minimum_n)
        ]
    )
    for area_map in asked:
        entry, further = map_files(project.folder, area_map, minimum=project.protection.minimum_n)
        maps.append(entry)
        raise_all(
            [
                Problem(
                    f"two maps bring another file named {name!r}",
                    project.place("findings", path=("maps", len(maps) - 1)),
                    step="give one of the files another name",
                )
                for name in further
                if name in files and files[name] != further[name]
            ]
        )
        files |= further
    for class_flow in questions.flows if questions else ():
        flows.append(flow_entry(project.folder, class_flow, project.protection.minimum_n))
    if maps:
        files["map.json"] = Maps.given(maps=maps)
    if flows:
        files["flow.json"] = Flows.given(flows=flows)
    return files


def findings(
    project: Project,
    microdata: Microdata,
    release: Release,
    telling: Telling = anything,
    digits: Digits = ALL_DIGITS,
) -> dict[str, Any]:
    """``findings.json`` of a project; without ``findings.yaml`` an empty mapping.

    Cells of figures come from the release. Differences rest on at least ``minimum_n`` respondents a side.
    """
    questions = project.questions
    entries: list[tuple[dict[str, Any], tuple[str, ...]]] = []
    for _, declared in questions.every_battery if questions else ():
        for wave in declared.waves(project):
            asked = _battery(project, microdata, release, declared.of(wave), telling)
            entries += [(each, (wave,)) for each in asked]
    for key, number, waves, entry in _others(project, microdata, release, telling):
        try:
            entries.append((entry(), waves))
        except ThuisError as error:
            where = project.place("findings", path=(key, number))
            raise ThuisError([replace(each, where=where) for each in error.problems]) from error
    told = [
        digits.kept({**each, "downloads": [f"findings/{each['id']}.csv"]}, waves) for each, waves in entries
    ]
    return {"findings": told} if told else {}


def _battery(
    project: Project, microdata: Microdata, release: Release, battery: Battery, telling: Telling
) -> list[dict[str, Any]]:
    project, release = with_answers(project, release, battery.outcomes)
    battery = battery.model_copy(update={"outcomes": tuple(map(named, battery.outcomes))})
    wave, indicators = battery.wave, {each.id: each for each in project.indicators}
    figure = (battery.figure.position, battery.figure.exclusion)
    asked = [indicators[each] for each in (*figure, *(each.indicator for each in battery.outcomes))]
    rules, people = project.protection, microdata.of(wave)
    shown = Shown(
        frozenset(_withheld(release, wave)),
        {each: open_groups(release.cells, each, battery) for each in figure},
        telling,
        _open(release, wave),
    )
    found = remembered(
        lambda: paradox(
            people,
            battery,
            indicators,
            {each.weight or "": sampled(microdata, wave, each.weight) for each in asked},
            minimum=rules.minimum_n,
            level=rules.level,
            shown=shown,
        ),
        "paradox",
        *(people, microdata.designs[wave], battery, list(indicators.values()), rules, shown),
    )
    return paradox_entries(project, battery, found, release.cells)


def _withheld(release: Release, wave: str) -> set[tuple[str, str, str]]:
    """The cells of single breakdowns that are not public in a wave."""
    rows = release.cells.filter(
        pl.col("wave") == wave, pl.col("status") != "published", pl.col("cell").list.len() == 1
    )
    return {(i, b, cell[0]) for i, b, cell in rows.select("indicator", "breakdown", "cell").iter_rows()}


def _open(release: Release, wave: str) -> dict[str, list[Cell]]:
    """The published cells of every indicator in a wave."""
    rows = release.cells.filter(pl.col("wave") == wave, pl.col("status") == "published")
    found: dict[str, list[Cell]] = {}
    for indicator, breakdown, cell in rows.select("indicator", "breakdown", "cell").iter_rows():
        found.setdefault(indicator, []).append((breakdown_parts(breakdown), tuple(cell)))
    return found


def _others(
    project: Project, microdata: Microdata, release: Release, telling: Telling
) -> Iterator[tuple[str, int, tuple[str, ...], Callable[[], dict[str, Any]]]]:
    """The questions beside the paradox, in the order of their pages: key, number, waves, what answers it."""
    questions = project.questions
    if questions is None:
        return
    for number, split in enumerate(questions.splits):
        yield "splits", number, (split.wave,), partial(_split, project, microdata, release, split, telling)
    for number, bridge in enumerate(questions.bridges):
        answer = partial(bridge_entry, project, bridge, release.cells, release.comparisons)
        yield "bridges", number, (bridge.earlier, bridge.later), answer
    for number, scale in enumerate(questions.scales):
        weight = project.indicator(scale.items[0]).weight
        people, of = microdata.of(scale.wave), sampled(microdata, scale.wave, weight)
        open_ = _open(release, scale.wave)
        yield (
            "scales",
            number,
            (scale.wave,),
            partial(scale_entry, project, scale, people, of, open_, telling),
        )


def _split(
    project: Project, microdata: Microdata, release: Release, split: Split, telling: Telling
) -> dict[str, Any]:
    """A split with too few respondents on a side, or too much alike, is refused: it would tell about them."""
    project, release = with_answers(project, release, [split])
    split = named(split)
    indicator = project.indicator(split.indicator)
    rows = microdata.of(split.wave).with_columns(outcome(indicator).alias(indicator.id))
    if split.unanswered == "category":
        rows = rows.with_columns(pl.col(each.column).fill_null("") for each in split.by)
    found = decompose(
        rows,
        indicator.id,
        f"by_{split.breakdown}",
        (split.first, split.second),
        [each.column for each in split.by],
        sampled(microdata, split.wave, indicator.weight),
        level=project.protection.level,
    )
    least = project.protection.minimum_n
    known = rows.filter(pl.all_horizontal(pl.col(each.column).is_not_null() for each in split.by))
    sides = [
        known.filter(pl.col(f"by_{split.breakdown}") == each)[indicator.id].drop_nulls()
        for each in (split.first, split.second)
    ]
    share = indicator.percentage
    counted = [
        int((each > 0).sum()) if share else int(each.value_counts()["count"].to_numpy().max(initial=0))
        for each in sides
    ]
    alike = any(telling(len(side), hits) for side, hits in zip(sides, counted, strict=True) if len(side))
    if not alike:
        complete = rows.select(pl.all_horizontal(pl.col(each.column).is_not_null() for each in split.by))
        both = groups_of(rows, [((split.breakdown,), (each,)) for each in (split.first, split.second)])
        new = [each & complete.to_series().to_numpy() for each in both]
        cells = groups_of(rows, _open(release, split.wave).get(indicator.id, ()))
        equal = equal_weights(rows, indicator.weight)
        alike = tell(rows[indicator.id], new, cells, telling, share=share, equal=equal)
        if not alike:
            _bears(project, split, indicator, rows, new, telling)
    if min(found.n) < least or alike:
        raise ThuisError(
            f"split {split.id!r} has too few respondents in one of its groups, or tells about the few "
            "who have no answer on what it is split by",
            expected=f"{least} in each, and as many left out or nobody",
            step="choose larger groups, or `unanswered: category`: who has no answer is then one",
        )
    hidden = _withheld(release, split.wave)
    if any((indicator.id, split.breakdown, each) in hidden for each in (split.first, split.second)):
        raise ThuisError(
            f"split {split.id!r} would give a withheld cell away",
            expected=f"both cells published in {indicator.id}/{split.breakdown}",
            step="choose other groups, or leave the split out",
        )
    return split_entry(project, split, found)


def _bears(
    project: Project,
    split: Split,
    indicator: Indicator,
    rows: pl.DataFrame,
    groups: Sequence[People],
    telling: Telling,
) -> None:
    """Refuse a split of which a coefficient is the answer of few."""
    questions = project.questions
    others = [each for each in questions.splits if each.id != split.id] if questions else []
    same = {
        control.column
        for each in others
        if (named(each).indicator, each.wave) == (split.indicator, split.wave)
        for control in each.by
    }
    crossed = [
        f"by_{part}"
        for parts in indicator.groupings
        if split.breakdown in parts
        for part in parts
        if part != split.breakdown
    ]
    both = rows.filter(pl.Series(groups[0] | groups[1]))
    of = {
        each.column: each.variable or each.breakdown
        for each in split.by
        if alone(both, each.column, crossed, again=each.column in same)
    }
    answers, share = rows[indicator.id], indicator.percentage
    rare = [name for one in groups for name in rarest(rows, one, list(of), answers, telling, share=share)]
    if rare:
        raise ThuisError(
            f"split {split.id!r} rests on few people, or on people too much alike, in a category of "
            f"{of[rare[0]]!r} in one of its groups",
            expected=f"{project.protection.minimum_n} who differ in each: a coefficient of few is theirs",
            step="join categories, or split by something else",
        )
