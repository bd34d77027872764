"""One SQLite file, and beside it the metadata that Datasette shows: titles, source and licence."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from thuis.contract.folder import DataFolder
from thuis.files import aside
from thuis.handover.exchange.cube import code
from thuis.handover.speech import speech

NUMBERS = ("estimate", "se", "lower", "upper", "n", "df", "deff")
TESTED = ("difference", "se", "lower", "upper", "p", "p_adjusted", "verdict")
BETWEEN = "|"
"""Between the categories of a crossing."""


def sqlite(data: DataFolder, path: Path) -> None:
    """Write the monitor as one SQLite file: ``figures``, ``differences`` and the lists they point to.

    The file is written beside ``path`` and moved into its place.
    """
    with aside(path) as part, contextlib.closing(sqlite3.connect(part)) as base:
        for name, (columns, rows, keys) in _tables(data).items():
            told = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
            base.execute(f'CREATE TABLE "{name}" ({told}{keys})')
            marks = ", ".join("?" for _ in columns)
            base.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
        base.execute('CREATE INDEX "figures of" ON figures (indicator, breakdown, wave)')
        base.commit()
        base.execute("VACUUM")


Table = tuple[dict[str, str], Iterable[tuple[Any, ...]], str]


def _tables(data: DataFolder) -> dict[str, Table]:
    named = {f"title_{language}": "TEXT" for language in data.languages}
    plain = dict.fromkeys
    figures = {
        **plain(("indicator", "breakdown", "wave", "cell"), "TEXT"),
        **{f"cell_{language}": "TEXT" for language in data.languages},
        **plain(("unit", "status", "reason", "reliability"), "TEXT"),
        **plain(NUMBERS, "REAL"),
        "n": "INTEGER",
    }
    differences = {
        **plain(("indicator", "breakdown", "type", "wave", "cell", "other_wave", "other"), "TEXT"),
        **plain(TESTED[:-1], "REAL"),
        "verdict": "TEXT",
        "across_break": "INTEGER",
    }
    of = ", FOREIGN KEY (indicator) REFERENCES indicators (id), FOREIGN KEY (wave) REFERENCES waves (id)"
    about = {"key": "TEXT PRIMARY KEY", "value": "TEXT"}
    dims = {"breakdown": "TEXT", "id": "TEXT", **named, "column": "TEXT"}
    return {
        "about": (about, list(_about(data).items()), ""),
        "themes": ({"id": "TEXT PRIMARY KEY", **named}, _titled(data, data.themes), ""),
        "indicators": (
            {"id": "TEXT PRIMARY KEY", **named, "theme": "TEXT", "kind": "TEXT", "decimals": "INTEGER"},
            [
                (i.id, *(i.title.get(x) for x in data.languages), i.theme, i.kind, i.record.decimals)
                for i in data.indicators
            ],
            ", FOREIGN KEY (theme) REFERENCES themes (id)",
        ),
        "waves": ({"id": "TEXT PRIMARY KEY", **named}, _titled(data, data.waves.values()), ""),
        "categories": (dims, _categories(data), ", PRIMARY KEY (breakdown, id)"),
        "figures": (figures, _figures(data), of),
        "differences": (differences, _differences(data), of),
    }


def _titled(data: DataFolder, things: Iterable[Any]) -> list[tuple[Any, ...]]:
    return [(each.id, *(each.title.get(language) for language in data.languages)) for each in things]


def _categories(data: DataFolder) -> list[tuple[Any, ...]]:
    found: dict[tuple[str, str], tuple[Any, ...]] = {}
    for indicator in data.indicators:
        for figure in indicator.figures:
            for d in figure.dimensions:
                for each in d.categories:
                    titles = (each.title.get(language) for language in data.languages)
                    found.setdefault((d.id, each.id), (d.id, each.id, *titles, code(d.id)))
    return list(found.values())


def _figures(data: DataFolder) -> Iterator[tuple[Any, ...]]:
    for indicator in data.indicators:
        for figure in indicator.figures:
            unit = "%" if figure.kind == "proportion" else " / ".join(dict.fromkeys(figure.unit.values()))
            for wave in figure.waves:
                for key in figure.keys:
                    cell = figure.cell(wave, key)
                    titles = [d.category(id_).title for d, id_ in zip(figure.dimensions, key, strict=True)]
                    said = (" · ".join(t.get(language, "") for t in titles) for language in data.languages)
                    at = (indicator.id, figure.breakdown, wave, BETWEEN.join(key), *said, unit)
                    told = (cell.status, cell.reason, cell.reliability)
                    yield (*at, *told, *(getattr(cell, name) for name in NUMBERS))


def _differences(data: DataFolder) -> Iterator[tuple[Any, ...]]:
    for indicator in data.indicators:
        for figure in indicator.figures:
            for each in figure.comparisons:
                other = each.other_wave if each.type == "wave" else None
                cell = BETWEEN.join(each.other) if each.type == "category" else None
                across = int(each.across_break) if each.type == "wave" else None
                at = (
                    indicator.id,
                    figure.breakdown,
                    each.type,
                    each.wave,
                    BETWEEN.join(each.key),
                    other,
                    cell,
                )
                yield (*at, *(getattr(each, name) for name in TESTED), across)


def _about(data: DataFolder) -> dict[str, str]:
    monitor = data.monitor
    found = {"version": monitor.version, "released": monitor.released.isoformat()}
    for language in data.languages:
        found[f"title_{language}"] = monitor.title[language]
        found[f"publisher_{language}"] = monitor.publisher.name[language]
        if monitor.synthetic:
            found[f"synthetic_{language}"] = monitor.synthetic[language]
    if monitor.licence:
        found |= {"licence": monitor.licence.id, "licence_url": monitor.licence.url}
    return found


def datasette(data: DataFolder, name: str, language: str | None = None) -> bytes:
    """``metadata.json`` for Datasette: title, source and licence of the whole and of each table.

    :param name: the name of the SQLite file without ``.db``.
    """
    say = speech(data, language)
    monitor, voice = data.monitor, say.voice
    whole = {
        "title": voice.say(monitor.title),
        "description": " ".join([voice.say(data.synthetic), voice.say(monitor.description)]).strip(),
        "source": say.source(),
        **({"source_url": monitor.address} if monitor.address else {}),
        **(
            {"license": voice.say(monitor.licence.title), "license_url": monitor.licence.url}
            if monitor.licence
            else {}
        ),
    }
    columns = {
        key: say.t(f"column.{key}") for key in ("indicator", "breakdown", "wave", "unit", "reason", *NUMBERS)
    }
    tables = {
        "figures": {
            "title": say.t("sheet.all"),
            "description": say.t("readme.percent-text"),
            "columns": columns,
        },
        "differences": {"title": say.t("sheet.differences")},
    }
    return (
        json.dumps({**whole, "databases": {name: {**whole, "tables": tables}}}, ensure_ascii=False, indent=1)
        + "\n"
    ).encode()
