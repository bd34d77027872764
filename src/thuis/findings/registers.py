"""Counts of a register per municipality: read, and brought to the boundaries of a map."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from thuis.errors import Place, Problem, ThuisError, raise_all
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


def aligned(
    folder: Path, asked: AreaMap, file: str, counted: date, numbers: tuple[str, ...]
) -> tuple[pl.DataFrame, tuple[Merger, ...]]:
    """Counts of one day in the boundaries of the map: ``code, name`` and the numbers, in order of code.

    :param folder: the project folder that the file names start from.
    :raises ThuisError: for a missing file or column, counts that are no whole numbers, and areas without
        boundaries; all at once.
    """
    counts = read_counts(folder, file, (CODE, NAME), numbers)
    merged = tuple(
        Merger(day, new, old)
        for day, mergers in joined(counted, asked.boundaries_of).items()
        for new, old in mergers.items()
        if set(old) & set(counts[CODE])
    )
    areas = combine(counts, CODE, list(numbers), asked.boundaries_of)
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
    name = pl.col(CODE).replace_strict(names, return_dtype=pl.String).alias(NAME)
    return areas.select(CODE, name, *numbers).sort(CODE), merged


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


def _features(folder: Path, asked: AreaMap) -> frozenset[str]:
    path = folder / asked.boundaries
    raise_all([] if path.is_file() else [Problem("there is no such file", Place(asked.boundaries))])
    try:
        return _ids(path.read_bytes())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ThuisError(
            f"the boundaries cannot be read: {error}",
            Place(asked.boundaries),
            expected="a GeoJSON FeatureCollection in UTF-8, every feature with an id",
        ) from error


@lru_cache(maxsize=4)
def _ids(boundaries: bytes) -> frozenset[str]:
    """The ids of a file of boundaries: several maps are drawn on the same."""
    features = json.loads(boundaries.decode())["features"]
    return frozenset(str(each.get("id", (each.get("properties") or {}).get("id"))) for each in features)
