"""From a page of findings back to where its numbers come from, and the same numbers computed once more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from thuis.columns import CELL_COLUMNS, COMPARISON_COLUMNS, RELEASE_COLUMNS
from thuis.contract.base import Record
from thuis.errors import ThuisError, unknown
from thuis.findings.ask import findings, places
from thuis.findings.respondents import read_respondents
from thuis.findings.words import spoken
from thuis.language import texts
from thuis.language.numbers import number
from thuis.monitor.digits import digits_of
from thuis.monitor.explain.published import Explained, Traced, published
from thuis.project.model import Project
from thuis.values import Release

KINDS = {"findings": "findings", "flow": "flows", "map": "maps"}
"""Folder of the page -> the list in the file of that name."""
TOLERANCE = 1e-7
"""The data folder keeps eight decimals of what a finding is built on."""

_DIGITS = 4


def trace(project: Project, name: str, *, cell: Sequence[str] | None = None, language: str = "en") -> Traced:
    """The record behind a finding, and each part of it with its numbers.

    :param name: ``findings/paradox``, ``map/diversity``, ``flow/origin-classes``.
    :param cell: only the part with this id (an area, a group, a link's class).
    :returns: lines for the whole, and per part its lines and its values.
    :raises ThuisError: for a finding or part that is not there, and when nothing was built yet.
    """
    kind, _, id_ = name.partition("/")
    found = _entry(project.folder, kind, id_)
    anew = _anew(project, kind, id_)
    say = texts("explain", language)
    different = list(differences(found, anew)) if anew else ["."]
    count = sum(1 for _ in _numbers(found, ""))
    head = [
        f"{say('finding')}: {name} — {spoken(found['title'], language)}",
        f"{say('says')}: {spoken(found['sentence'], language)}",
        *_record(found, say, language),
        say("all-same", count=count) if not different else say("not-same", paths=", ".join(different[:10])),
    ]
    parts = [each for each in _parts(found, kind, say, language) if cell is None or each[0] in cell]
    if cell is not None and not parts:
        there = [each[0] for each in _parts(found, kind, say, language)]
        raise ThuisError(unknown("part", ",".join(cell), there))
    return tuple(head), tuple(Explained(lines, values) for _, lines, values in parts)


def _entry(folder: Path, kind: str, id_: str) -> dict[str, Any]:
    entries = published(folder, f"{kind}.json")[KINDS[kind]]
    for entry in entries:
        if entry["id"] == id_:
            return dict(entry)
    raise ThuisError(unknown(f"entry of {kind}", id_, [each["id"] for each in entries]))


def _anew(project: Project, kind: str, id_: str) -> dict[str, Any] | None:
    """The entry computed from the files just now; what it takes from figures is what they publish."""
    if kind == "findings":
        people = read_respondents(project)
        asked = findings(project, people, published_figures(project), digits=digits_of(project, people))
        entries = asked.get("findings", [])
    else:
        made = places(project).get(f"{kind}.json")
        entries = made.plain()[KINDS[kind]] if isinstance(made, Record) else []
    return next((each for each in entries if each["id"] == id_), None)


def published_figures(project: Project) -> Release:
    """The figures of the data folder as they are public."""
    cells: list[dict[str, Any]] = []
    comparisons: list[dict[str, Any]] = []
    for name in project.figures:
        record = published(project.folder, f"figures/{name}.json")
        own = dict(zip(("indicator", "breakdown"), name.split("/"), strict=True))
        cells += [{**own, **each} for each in record["cells"]]
        comparisons += [{**own, **each} for each in record["comparisons"]]
    return Release(
        _frame(cells, RELEASE_COLUMNS),
        _frame(comparisons, COMPARISON_COLUMNS),
        pl.DataFrame(schema=CELL_COLUMNS),
    )


def _frame(rows: list[dict[str, Any]], columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame([{name: row.get(name) for name in columns} for row in rows], schema=dict(columns))


def _numbers(value: Any, path: str) -> Iterator[tuple[str, float]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _numbers(each, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for position, each in enumerate(value):
            yield from _numbers(each, f"{path}[{position}]")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, float(value)


def differences(published: Mapping[str, Any], anew: Mapping[str, Any]) -> Iterator[str]:
    """The paths of numbers that are not what was published, or stand in one of the two only.

    >>> list(differences({"a": 1.0, "b": [2, 3]}, {"a": 1.0 + 1e-9, "b": [2, 4]}))
    ['b[1]']
    """
    before, after = dict(_numbers(published, "")), dict(_numbers(anew, ""))
    for path in {**before, **after}:
        a, b = before.get(path), after.get(path)
        if a is None or b is None or abs(a - b) > TOLERANCE * max(1.0, abs(a)):
            yield path


def _record(entry: Mapping[str, Any], say: Callable[..., str], language: str) -> list[str]:
    record = entry.get("explain") or {}
    lines = [
        f"{say(key)}: {', '.join(map(str, value)) if isinstance(value, list) else _word(value, language)}"
        for key, name in (
            ("wave", "wave"),
            ("formula", "formula"),
            ("model", "model"),
            ("inputs", "inputs"),
            ("weighted-by", "weight"),
            ("at-most-n", "n"),
        )
        if (value := entry.get("wave") if name == "wave" else record.get(name))
    ]
    return [
        *lines,
        *(f"{say(key)}: {spoken(entry[key], language)}" for key in ("source", "method") if entry.get(key)),
    ]


def _parts(
    entry: Mapping[str, Any], kind: str, say: Callable[..., str], language: str
) -> Iterator[tuple[str, tuple[str, ...], Mapping[str, Any]]]:
    if kind == "map":
        for area in entry["areas"]:
            value = say("withheld-area") if area["value"] is None else number(area["value"], 4, language)
            yield area["id"], (f"{area['id']} {area['title']}: {value}",), area
    elif kind == "flow":
        for link in entry["links"]:
            persons = "-" if link["persons"] is None else number(link["persons"], 0, language)
            yield link["from"], (f"{link['from']} → {link['to']}: {persons}",), link
    elif entry.get("table"):
        table = entry["table"]
        heads = [spoken(each, language) for each in table["columns"]]
        for position, row in enumerate(table["rows"], 1):
            cells = [_word(each, language) for each in row]
            yield (
                str(position),
                (cells[0], *(f"  {h}: {c}" for h, c in zip(heads[1:], cells[1:], strict=True))),
                {"row": row},
            )
    else:
        yield from _groups(entry, say, language)


def _word(value: Any, language: str) -> str:
    if isinstance(value, Mapping):
        return spoken(value, language)
    if isinstance(value, int):
        return number(value, 0, language)
    if isinstance(value, float):
        least = 10.0**-_DIGITS
        return (
            f"< {number(least, _DIGITS, language)}"
            if 0 < value < least / 2
            else number(value, _DIGITS, language)
        )
    return "-" if value is None else str(value)


def _groups(
    entry: Mapping[str, Any], say: Callable[..., str], language: str
) -> Iterator[tuple[str, tuple[str, ...], Mapping[str, Any]]]:
    indicators = {each["id"]: each["indicator"] for each in entry.get("panels", ())}
    for group in entry.get("groups", ()):
        lines = [f"{spoken(group['title'], language)} ({group['id']})"]
        for side, cells in group["cells"].items():
            for line, found in cells.items():
                value = (
                    say(f"reason.{found['reason']}")
                    if found.get("reason")
                    else _word(found["estimate"], language)
                )
                lines.append(f"  {indicators[side]}, {line}: {value}")
        for side, kinds in group["differences"].items():
            for how, found in kinds.items():
                numbers = {
                    key: _word(found[key], language)
                    for key in ("difference", "se", "lower", "upper", "p_adjusted")
                }
                how_said = say(f"how.{how}")
                said = say("difference-line", indicator=indicators[side], how=how_said, **numbers)
                lines.append(f"  {said}")
        yield group["id"], tuple(lines), group
