"""Local diversity on a map, from counts of a register: an index per area, and how much lies between areas."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from thuis.errors import Place, Problem, ThuisError, raise_all
from thuis.findings.diversity import Parts, between_areas, diversity
from thuis.findings.explain import formula
from thuis.findings.words import Num, listed, say, sentence
from thuis.project.places import AreaMap
from thuis.values_geo import MERGERS, Merger, combine

CODE, NAME = "code", "name"


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
        each
        for each in MERGERS
        if asked.counted < each.day <= asked.boundaries_of
        and {code for code, _ in each.former} & set(counts[CODE])
    )
    names = dict(counts.select(CODE, NAME).iter_rows()) | {each.code: each.name for each in merged}
    groups = list(asked.groups)
    areas = combine(counts, CODE, groups, asked.boundaries_of)
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
    path = folder / name
    raise_all([] if path.is_file() else [Problem("there is no such file", Place(name))])
    try:
        frame = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        fault = Problem(
            f"the counts cannot be read: {error}", Place(name), expected="CSV in UTF-8 with commas"
        )
        raise ThuisError(fault) from error
    raise_all(
        [
            Problem(f"column {each!r} is missing", Place(name, 1), available=tuple(frame.columns))
            for each in (*texts, *numbers)
            if each not in frame.columns
        ]
    )
    found = frame.select(*texts, *(pl.col(each).cast(pl.Int64, strict=False) for each in numbers))
    raise_all(
        [
            Problem(
                f"{frame[each][row]!r} is no count",
                Place(name, row=row + 2, key=each),
                expected="a whole number of 0 or more",
            )
            for each in numbers
            for row in found.select(wrong=(pl.col(each).is_null() | (pl.col(each) < 0)).arg_true())["wrong"]
        ]
    )
    return found


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
        "sentence": _sentence(found),
        "facts": [_between(found.parts)],
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
    ordered = found.areas.filter(pl.col("value").is_not_null()).sort("value", CODE)
    low, high = ordered.row(0, named=True), ordered.row(-1, named=True)
    return say(
        "local.sentence",
        highest=str(high[NAME]),
        high=Num(100 * high["value"], 0),
        lowest=str(low[NAME]),
        low=Num(100 * low["value"], 0),
    )


def _between(parts: Parts) -> dict[str, str]:
    return say(
        "local.between",
        total=Num(100 * parts.total, 0),
        share=Num(100 * parts.between_share, 0, "percent"),
        rest=Num(100 - round(100 * parts.between_share), 0, "percent"),
    )


def _change(merger: Merger) -> dict[str, str]:
    names = [{"nl": name, "en": name} for _, name in merger.former]
    kind = "one" if len(names) == 1 else "many"
    return say(f"local.merged-{kind}", names=listed(names), name=merger.name, year=str(merger.day.year))
