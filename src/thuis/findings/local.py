"""Local diversity on a map, from counts of a register: an index per area, and how much lies between areas."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from thuis.errors import Place, Problem, ThuisError, raise_all
from thuis.findings.diversity import Parts, between_areas, diversity
from thuis.findings.explain import formula
from thuis.findings.words import Num, listed, say, sentence
from thuis.places import joined, municipalities
from thuis.places.areas import combine
from thuis.project.places import AreaMap
from thuis.tables import read_table

CODE, NAME = "code", "name"


@dataclass(frozen=True, slots=True)
class Merger:
    """Codes that became, or joined, one municipality on a day."""

    day: date
    code: str
    former: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the municipality they went into."""
        return municipalities()[self.code].name


@dataclass(frozen=True, slots=True)
class Local:
    """Diversity per area.

    ``areas``: ``code, name, persons, value`` and the persons per group; ``value`` is null where fewer than
    the least number of persons live. ``parts``: the diversity of all areas together, within and between.
    """

    areas: pl.DataFrame
    parts: Parts
    merged: tuple[Merger, ...]


def local_diversity(folder: Path, asked: AreaMap, *, minimum: int) -> Local:
    """Read the counts, bring them to the boundaries of the map, and give each area its index.

    :param folder: the project folder that the file names start from.
    :param minimum: persons an area must have; with fewer its index would tell of individuals.
    :raises ThuisError: for a missing file or column, counts that are no whole numbers, and areas without
        boundaries; all at once.
    """
    counts = read_counts(folder, asked.counts, (CODE, NAME), tuple(asked.groups))
    merged = tuple(
        Merger(day, new, old)
        for day, mergers in joined(asked.counted, asked.boundaries_of).items()
        for new, old in mergers.items()
        if set(old) & set(counts[CODE])
    )
    groups = list(asked.groups)
    areas = combine(counts, CODE, groups, asked.boundaries_of)
    given = dict(counts.select(CODE, NAME).iter_rows())
    names = given | {code: municipalities()[code].name for code in areas[CODE] if code not in given}
    absent = sorted(set(areas[CODE]) - _features(folder, asked))
    raise_all(
        [
            Problem(
                f"area {code!r} has no boundaries",
                Place(asked.boundaries),
                expected=f"a feature with this id on {asked.boundaries_of}",
            )
            for code in absent
        ]
    )
    persons = areas.select(pl.sum_horizontal(groups).alias("persons"))["persons"]
    values = [
        diversity(row) if total >= minimum else None
        for row, total in zip(areas.select(groups).iter_rows(), persons, strict=True)
    ]
    table = areas.select(
        CODE,
        pl.col(CODE).replace_strict(names, return_dtype=pl.String).alias(NAME),
        persons.alias("persons"),
        pl.Series("value", values, dtype=pl.Float64),
        *groups,
    ).sort(CODE)
    inhabited = table.filter(pl.col("persons") > 0)
    return Local(table, between_areas(inhabited.select(groups).to_numpy()), merged)


def read_counts(folder: Path, name: str, texts: tuple[str, ...], numbers: tuple[str, ...]) -> pl.DataFrame:
    """A CSV file of counts: texts as they stand, whole numbers of 0 or more.

    :raises ThuisError: with every missing column and every cell that is no count.
    """
    problems: list[Problem] = []
    rows = read_table(folder / name, problems, required=(*texts, *numbers), name=name)
    columns: dict[str, list[str | None] | list[int | None]] = {
        each: [row.get(each) for row in rows] for each in texts
    }
    for each in numbers:
        for row in rows:
            row.need(each, problems)
        columns[each] = [row.whole(each, problems) for row in rows]
    raise_all(problems)
    schema = dict.fromkeys(texts, pl.String) | dict.fromkeys(numbers, pl.Int64)
    return pl.DataFrame(columns, schema=schema)


def _features(folder: Path, asked: AreaMap) -> set[str]:
    path = folder / asked.boundaries
    raise_all([] if path.is_file() else [Problem("there is no such file", Place(asked.boundaries))])
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
        return {str(each.get("id", (each.get("properties") or {}).get("id"))) for each in features}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ThuisError(
            Problem(
                f"the boundaries cannot be read: {error}",
                Place(asked.boundaries),
                expected="a GeoJSON FeatureCollection in UTF-8, every feature with an id",
            )
        ) from error


def map_files(folder: Path, asked: AreaMap, *, minimum: int) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The entry of ``map.json``, and the files that go with it: the boundaries and a CSV file."""
    found = local_diversity(folder, asked, minimum=minimum)
    boundaries, table = f"map/{Path(asked.boundaries).name}", f"map/{asked.id}.csv"
    stream = io.BytesIO()
    hidden = pl.col("value").is_null()
    found.areas.with_columns(
        pl.when(hidden).then(None).otherwise(pl.col(each)).alias(each) for each in ("persons", *asked.groups)
    ).write_csv(stream)
    entry = {
        "id": asked.id,
        "title": dict(asked.title),
        "sentence": _headline(found),
        "facts": [_sentence(found), _between(found.parts)],
        "description": dict(asked.description),
        "kind": "index",
        "unit": say("local.unit"),
        "decimals": 2,
        "date": asked.counted.isoformat(),
        "modelled": False,
        "synthetic": asked.synthetic,
        "boundaries": boundaries,
        "classes": list(asked.classes),
        "areas": [_area(row) for row in found.areas.iter_rows(named=True)],
        "changes": [_change(each) for each in found.merged],
        "about": list(asked.about),
        "source": dict(asked.source),
        "method": say("local.method", groups=listed(list(asked.groups.values())), n=len(asked.groups)),
        "limits": sentence(say("local.limits"), asked.limits or {"nl": "", "en": ""}),
        "explain": {
            "formula": formula("diversity"),
            "inputs": [asked.counts],
        },
        "downloads": [table],
    }
    return entry, {boundaries: (folder / asked.boundaries).read_bytes(), table: stream.getvalue()}


def _area(row: Mapping[str, Any]) -> dict[str, Any]:
    few = row["value"] is None
    return {
        "id": row[CODE],
        "title": row[NAME],
        "status": "withheld" if few else "published",
        "reason": "confidential" if few else None,
        "value": None if few else round(row["value"], 6),
    }


def _sentence(found: Local) -> dict[str, str]:
    """The ends of the map. Register counts have no sampling error, so these may be said as they are."""
    low, high = _ends(found)
    return say(
        "local.sentence",
        highest=str(high[NAME]),
        high=Num(100 * high["value"], 0),
        lowest=str(low[NAME]),
        low=Num(100 * low["value"], 0),
    )


def _ends(found: Local) -> tuple[dict[str, Any], dict[str, Any]]:
    """The areas with the lowest and the highest value."""
    ordered = found.areas.filter(pl.col("value").is_not_null()).sort("value", CODE)
    return ordered.row(0, named=True), ordered.row(-1, named=True)


def _headline(found: Local) -> dict[str, str]:
    low, high = _ends(found)
    return say("local.head", highest=str(high[NAME]), lowest=str(low[NAME]))


def _between(parts: Parts) -> dict[str, str]:
    return say(
        "local.between",
        total=Num(100 * parts.total, 0),
        share=Num(100 * parts.between_share, 0, "percent"),
        rest=Num(100 - round(100 * parts.between_share), 0, "percent"),
    )


def _change(merger: Merger) -> dict[str, str]:
    former = [municipalities()[code].name for code in merger.former]
    names = [{"nl": name, "en": name} for name in former]
    kind = "one" if len(names) == 1 else "many"
    return say(f"local.merged-{kind}", names=listed(names), name=merger.name, year=str(merger.day.year))
