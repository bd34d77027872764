"""Areas on a map, from counts of registers: diversity, moves, change of composition."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from thuis.findings.diversity import Parts, between_areas, diversity
from thuis.findings.explain import formula
from thuis.findings.movement import Answer, ends, local_change, local_turnover, told, untelling
from thuis.findings.registers import CODE, NAME, Merger, aligned
from thuis.findings.words import Num, listed, say, sentence
from thuis.language import LANGUAGES
from thuis.places import municipalities
from thuis.project.places import AreaMap


@dataclass(frozen=True, slots=True)
class Local:
    """Diversity per area.

    ``areas``: ``code, name, persons, value`` and the persons per group; ``value`` is null where a group has
    fewer than the least number of persons, and not none. ``parts``: the diversity of all areas together,
    within and between.
    """

    areas: pl.DataFrame
    parts: Parts
    merged: tuple[Merger, ...]


def local_diversity(folder: Path, asked: AreaMap, *, minimum: int) -> Local:
    """Read the counts, bring them to the boundaries of the map, and give each area its index.

    :param folder: the project folder that the file names start from.
    :param minimum: an area with a group from 1 to below it tells nothing: with the index, the other
        groups and the persons in all that group would be known.
    :raises ThuisError: for a missing file or column, counts that are no whole numbers, and areas without
        boundaries; all at once.
    """
    groups = list(asked.groups)
    areas, merged = aligned(folder, asked, asked.counts, asked.counted, tuple(groups))
    persons = areas.select(pl.sum_horizontal(groups).alias("persons"))["persons"]
    values = [
        diversity(row) if open_ else None
        for row, open_ in zip(
            areas.select(groups).iter_rows(), untelling(areas, tuple(groups), minimum), strict=True
        )
    ]
    value = pl.Series("value", values, dtype=pl.Float64)
    table = areas.select(CODE, NAME, persons.alias("persons"), value, *groups)
    inhabited = table.filter(pl.col("persons") > 0)
    return Local(table, between_areas(inhabited.select(groups).to_numpy()), merged)


def _diversity(folder: Path, asked: AreaMap, minimum: int) -> Answer:
    found = local_diversity(folder, asked, minimum=minimum)
    return Answer(
        found.areas,
        found.merged,
        ends(found.areas, "local.head", 0),
        (*told(found.areas, "local.sentence", 0, 100), _between(found.parts)),
        say("local.unit"),
        2,
        say("local.method", groups=listed(list(asked.groups.values())), n=len(asked.groups)),
        say("local.limits", minimum=minimum),
        "diversity",
        (asked.counts,),
    )


MEASURES = {"diversity": _diversity, "turnover": local_turnover, "composition-change": local_change}


def map_files(folder: Path, asked: AreaMap, *, minimum: int) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The entry of ``map.json``, and the files that go with it: the boundaries and a CSV file."""
    found = MEASURES[asked.measure](folder, asked, minimum)
    boundaries, table = f"map/{Path(asked.boundaries).name}", f"map/{asked.id}.csv"
    stream = io.BytesIO()
    hidden = pl.col("value").is_null()
    shown = [each for each in found.areas.columns if each not in (CODE, NAME, "value")]
    found.areas.with_columns(
        pl.when(hidden).then(None).otherwise(pl.col(each)).alias(each) for each in shown
    ).with_columns([pl.lit(True).alias("synthetic")] if asked.synthetic else []).write_csv(stream)
    entry = {
        "id": asked.id,
        "title": dict(asked.title),
        "sentence": found.sentence,
        "facts": list(found.facts),
        "description": dict(asked.description),
        "kind": "index",
        "unit": found.unit,
        "decimals": found.decimals,
        "date": asked.counted.isoformat(),
        "synthetic": asked.synthetic,
        "boundaries": boundaries,
        "classes": list(asked.classes),
        "areas": [_area(row) for row in found.areas.iter_rows(named=True)],
        "changes": [_change(each) for each in found.merged],
        "about": list(asked.about),
        "source": dict(asked.source),
        "method": found.method,
        "limits": sentence(found.limits, asked.limits or dict.fromkeys(LANGUAGES, "")),
        "explain": {
            "formula": formula(found.formula),
            "inputs": list(found.inputs),
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


def _between(parts: Parts) -> dict[str, str]:
    return say(
        "local.between",
        total=Num(100 * parts.total, 0),
        share=Num(100 * parts.between_share, 0, "percent"),
        rest=Num(100 - round(100 * parts.between_share), 0, "percent"),
    )


def _change(merger: Merger) -> dict[str, str]:
    former = [municipalities()[code].name for code in merger.former]
    names = [dict.fromkeys(LANGUAGES, name) for name in former]
    kind = "one" if len(names) == 1 else "many"
    return say(f"local.merged-{kind}", names=listed(names), name=merger.name, year=str(merger.day.year))
