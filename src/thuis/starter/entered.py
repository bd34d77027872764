"""The texts that one more wave adds to a project: its own file, and lines in those that are there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from thuis.project import Project
from thuis.project.model import Breakdown, Indicator, Wave
from thuis.starter.again import Changed
from thuis.starter.known import Carried
from thuis.starter.split import Source
from thuis.starter.texts import SAME, change, csv_lines, flow, quoted, remarked, rows_held, today
from thuis.yaml.edit import listed_in, paired_in, valued_in

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entered:
    """A new wave: its id, days of fieldwork, file, rows, design and variables."""

    id: str
    field: tuple[date, date]
    file: Source
    where: tuple[tuple[str, tuple[str, ...]], ...]
    design: Mapping[str, Any]
    variables: tuple[Carried, ...]


def entered(project: Project, near: Wave, new: Entered) -> dict[Path, str]:
    """Every text that is new or changed, by its path in the project; ``thuis.yaml`` last.

    :param near: the wave that it is laid beside.
    :raises ThuisError: when a file is written in a way in which no line can be put.
    """
    ids = list(project.settings.waves)
    at = sum(project.wave(each).field.start <= new.field[0] for each in project.singles)
    at = min(at, len(ids))
    later = next((each for each in project.singles if project.wave(each).field.start > new.field[0]), None)
    earlier = new.field[0] < near.field.start
    told = [
        (each.id, near.id if earlier else new.id, change_)
        for each in new.variables
        for change_ in each.changes(earlier=earlier)
    ]
    texts = {Path("waves") / f"{new.id}.yaml": wave_text(project, near, new)}
    for breakdown in project.breakdowns.values():
        texts |= _breakdown(project, breakdown, new)
    for indicator in project.indicators:
        texts |= _indicator(project, indicator, near, new, told, later)
    path, text = _file(project, "thuis")
    if moved := released(project, new.field):
        text = valued_in(text, path.name, "released", moved.isoformat())
    return {**texts, path: listed_in(text, path.name, "waves", quoted(new.id), at)}


def released(project: Project, field: tuple[date, date]) -> date | None:
    """The day of the release that first tells of a wave: today; None when the last one came after it."""
    day = today()
    return day if project.settings.released < field[0] <= day else None


def _file(project: Project, key: str) -> tuple[Path, str]:
    name = project.documents[key].file
    return Path(name), (project.folder / name).read_text("utf-8")


def _indicator(
    project: Project,
    indicator: Indicator,
    near: Wave,
    new: Entered,
    told: list[tuple[str, str, Changed]],
    later: str | None,
) -> dict[Path, str]:
    """The wording of a question that was put, and what keeps its figures from being compared."""
    asked = {each.id: each for each in new.variables if each.written is not None}
    own = asked.get(indicator.variable)
    if own is None:
        return {}
    path, text = before = _file(project, f"indicators/{indicator.id}")
    if near.id in indicator.question and "question" in project.documents[f"indicators/{indicator.id}"].value:
        text = paired_in(
            text, str(path), "question", quoted(new.id), _question(project, indicator, near, own)
        )
    there: set[tuple[str, str]] = {(each.wave, each.kind) for each in indicator.breaks}
    for variable, wave, each in told:
        if variable in indicator.variables and (wave, each.kind) not in there:
            there.add((wave, each.kind))
            text = listed_in(text, str(path), "breaks", change(wave, each, project.languages))
    for breakdown in {name for group in indicator.groups for name in group}:
        for item in _of_groups(project, project.breakdowns[breakdown], told):
            text = listed_in(text, str(path), "breaks", item)
    if own.marks_alone and later != near.id:
        text = listed_in(text, str(path), "comparable", change(new.id, SAME, project.languages))
    return {} if (path, text) == before else {path: text}


def _question(project: Project, indicator: Indicator, near: Wave, own: Carried) -> str:
    """The wording as it was in the wave beside it, or as the file has it where that is another."""
    worded = any(each.kind == "wording" for each in own.changes(earlier=False))
    if own.own and worded:
        return flow(dict.fromkeys(project.languages, own.own.title))
    return json.dumps(
        project.documents[f"indicators/{indicator.id}"].value["question"][near.id], ensure_ascii=False
    )


def _of_groups(project: Project, breakdown: Breakdown, told: list[tuple[str, str, Changed]]) -> Iterator[str]:
    """Other answers to the question of a breakdown touch its groups alone."""
    used = {name for each in breakdown.categories for name in each.conditions}
    groups = [each.id for each in breakdown.categories]
    for variable, wave, each in told:
        if variable in used and each.kind == "class":
            yield change(wave, each, project.languages, breakdown.title, breakdown.id, groups)


def _breakdown(project: Project, breakdown: Breakdown, new: Entered) -> dict[Path, str]:
    """A category for every answer that no wave had, where the breakdown shows answers one by one."""
    single = [each for each in breakdown.categories if len(each.conditions) == 1 and each.rule is None]
    variables = {name for each in single for name in each.conditions}
    own = next((each for each in new.variables if each.id in variables and each.own), None)
    if len(single) != len(breakdown.categories) or len(variables) != 1 or own is None or own.own is None:
        return {}
    shown = {
        str(code)
        for each in single
        for wanted in each.conditions.values()
        if isinstance(wanted, tuple)
        for code in wanted
    }
    if not shown or not own.before or not set(own.before.codes.values()) <= shown:
        return {}
    path, text = before = _file(project, f"breakdowns/{breakdown.id}")
    for code, to in own.own.codes.items():
        if to not in shown:
            shown.add(to)
            title = flow(dict.fromkeys(project.languages, own.own.labels[code]))
            item = f"{{id: {to}, title: {title}, when: {{{own.id}: [{to}]}}}}"
            text = listed_in(text, str(path), "categories", item)
    return {} if (path, text) == before else {path: text}


def wave_text(project: Project, near: Wave, new: Entered) -> str:
    """``waves/<wave>.yaml``: what the wave beside it says of itself, with file and columns of its own."""
    document = project.documents[f"waves/{near.id}"].value
    titles = {each: _title(text, near.id, new.id) for each, text in document["title"].items()}
    carried = {key: document[key] for key in ("mode", "population", "source") if key in document}
    lines = [
        f"id: {quoted(new.id)}",
        f"title: {flow(titles)}",
        f"field: {{start: {new.field[0]}, end: {new.field[1]}}}   # first and last day of fieldwork: check",
        *(f"{key}: {flow(text)}   # as in wave {near.id}: check" for key, text in carried.items()),
        f"file: {quoted(f'data/{new.file.name}')}",
        *rows_held(new.where),
        *([f"sheet: {quoted(new.file.sheet)}"] if new.file.sheet else []),
        *csv_lines(new.file.written),
        "design:",
        *(f"  {key}: {_json(value)}" for key, value in new.design.items()),
        "variables:",
    ]
    for each in new.variables:
        head = f"   # {remarked(each.own.title)}" if each.own and each.own.title else ""
        if each.written is None:
            lines.append(f"  {each.id}: null   # not asked")
        else:
            lines += [
                f"  {each.id}:{head}",
                *(f"    {key}: {_json(value)}" for key, value in each.written.items()),
            ]
    return "\n".join(lines) + "\n"


def _json(value: Any) -> str:
    """A value as YAML and JSON both write it."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _title(text: str, near: str, new: str) -> str:
    """The title of the wave beside it with its own year, or the id."""
    return text.replace(near, new) if near in text else new
