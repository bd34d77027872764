"""The data folder, read back: the only thing the site knows.

Whatever is missing or malformed in it is reported together, with the file it stands in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from thuis.errors import Place, Problem, ThuisError, raise_all
from thuis.site.extra.read import Extra, read_extra
from thuis.site.figure import Figure, Text, figure_from

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wave:
    """One measurement: when, among whom, how."""

    id: str
    title: Text
    start: date | None
    end: date | None
    mode: Text | None
    population: Text | None
    source: Text | None


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of indicators within a dimension."""

    id: str
    title: Text
    description: Text | None
    dimension: str | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator with its figures, in the order its author gave them; ``raw`` is the file as published."""

    id: str
    theme: str
    title: Text
    measures: Text
    kind: str
    keywords: Mapping[str, tuple[str, ...]]
    figures: tuple[Figure, ...]
    raw: Json

    def figure(self, breakdown: str) -> Figure | None:
        """The figure for a breakdown, or None when the indicator has none."""
        return next((each for each in self.figures if each.breakdown == breakdown), None)


@dataclass(frozen=True, slots=True)
class Data:
    """Everything in the data folder. ``raw`` is ``monitor.json``; ``extras`` optional files as they are."""

    folder: Path
    raw: Json
    waves: Mapping[str, Wave]
    themes: tuple[Theme, ...]
    indicators: tuple[Indicator, ...]
    versions: tuple[Json, ...]
    corrections: tuple[Json, ...]
    pages: tuple[Json, ...]
    extras: Mapping[str, Any]
    extra: Extra

    @property
    def languages(self) -> tuple[str, ...]:
        """Language codes; the first is the default."""
        return tuple(self.raw.get("languages") or ("nl", "en"))

    @property
    def synthetic(self) -> Text | None:
        """The warning that stands everywhere when the figures are invented."""
        return self.raw.get("synthetic") or None

    def of_theme(self, theme: str) -> tuple[Indicator, ...]:
        """The indicators of one theme, in the monitor's order."""
        return tuple(each for each in self.indicators if each.theme == theme)


EXTRAS = ("population", "vocabulary")


def read_data(folder: Path) -> Data:
    """Read a data folder.

    :raises ThuisError: listing every file that is missing, is no JSON or lacks a key.
    """
    reader = _Reader(folder)
    monitor = reader.json("monitor.json") or {}
    indicators = tuple(
        each for each in (reader.indicator(_id(entry)) for entry in monitor.get("indicators", ())) if each
    )
    waves = {wave.id: wave for wave in (_wave(each) for each in monitor.get("waves", ()))}
    versions = _list(reader.json("versions.json", optional=True), "versions")
    corrections = _list(reader.json("corrections.json", optional=True), "corrections")
    pages = _list(reader.json("pages.json", optional=True), "pages")
    extras = {name: reader.json(f"{name}.json", optional=True) for name in EXTRAS}
    extra = read_extra(lambda name, optional: reader.json(name, optional=optional), reader.problems)
    reader.need(monitor, "monitor.json", ("title", "description", "publisher", "themes", "version"))
    raise_all(reader.problems)
    return Data(
        folder,
        monitor,
        waves,
        tuple(
            Theme(each["id"], each["title"], each.get("description"), each.get("dimension"))
            for each in monitor["themes"]
        ),
        indicators,
        versions,
        corrections,
        pages,
        {name: value for name, value in extras.items() if value},
        extra,
    )


class _Reader:
    """Reads files of one folder and collects what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def json(self, name: str, *, optional: bool = False) -> Any:
        path = self.folder / name
        if not path.is_file():
            if not optional:
                self.problems.append(
                    Problem("the data folder lacks a file", Place(name), step="build the data folder again")
                )
            return None
        try:
            return json.loads(path.read_text("utf-8"))
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            line = error.lineno if isinstance(error, json.JSONDecodeError) else None
            self.problems.append(
                Problem(f"not readable as JSON: {error}", Place(name, line), step="build it again")
            )
            return None

    def need(self, record: Json, name: str, keys: tuple[str, ...]) -> bool:
        missing = [key for key in keys if key not in record]
        for key in missing:
            self.problems.append(Problem(f"key {key!r} is missing", Place(name, key=key)))
        return not missing

    def indicator(self, id_: str) -> Indicator | None:
        name = f"indicators/{id_}.json"
        raw = self.json(name)
        if raw is None or not self.need(raw, name, ("id", "theme", "title", "measures", "kind", "figures")):
            return None
        figures = tuple(f for f in (self._figure(id_, each) for each in raw["figures"]) if f)
        keywords = {lang: tuple(words) for lang, words in (raw.get("keywords") or {}).items()}
        return Indicator(
            raw["id"], raw["theme"], raw["title"], raw["measures"], raw["kind"], keywords, figures, raw
        )

    def _figure(self, indicator: str, entry: Any) -> Figure | None:
        breakdown = entry if isinstance(entry, str) else entry.get("breakdown", entry.get("id", ""))
        breakdown = breakdown.removeprefix(f"{indicator}/")
        name = f"figures/{indicator}/{breakdown}.json"
        raw = self.json(name)
        if raw is None:
            return None
        try:
            return figure_from(raw)
        except (KeyError, TypeError) as error:
            self.problems.append(Problem(f"a figure lacks {error}", Place(name)))
            return None


def _id(entry: Any) -> str:
    return str(entry if isinstance(entry, str) else entry["id"])


def _list(value: Any, key: str) -> tuple[Json, ...]:
    if isinstance(value, Mapping):
        value = value.get(key, ())
    return tuple(value or ())


def _wave(raw: Json) -> Wave:
    field = raw.get("field") or {}
    return Wave(
        str(raw["id"]),
        raw.get("title") or {},
        _date(field.get("start")),
        _date(field.get("end")),
        raw.get("mode"),
        raw.get("population"),
        raw.get("source"),
    )


def _date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise ThuisError(Problem(f"{value!r} is not a date", Place("monitor.json"), "YYYY-MM-DD")) from error
