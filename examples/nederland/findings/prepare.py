"""Make the counts and boundaries of this folder from open data of CBS.

    python prepare.py KEY_FIGURES.parquet BOUNDARIES.parquet POPULATION.csv

KEY_FIGURES: ``statcode, naam, bevolking`` and the percentages with a Western and a non-Western background
(CBS, Kerncijfers wijken en buurten 2021). BOUNDARIES: ``statcode, statnaam, geometry_geojson`` (CBS and
Kadaster, municipalities 2022, WGS 84). POPULATION: ``../population.csv``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl

HERE = Path(__file__).parent
STEP = 0.004
"""Degrees: positions are rounded to this grid, the same for both sides of a border."""
GROUPS = {
    "Nederland": "dutch",
    "Europa (exclusief Nederland)": "2",
    "Turkije": "3.1",
    "Marokko": "3.2",
    "Suriname": "3.3",
    "Nederlandse Cariben": "3.4",
    "Indonesië": "3.5",
    "Afrika (exclusief Marokko)": "3.6.1",
    "Azië (overig)": "3.6.2",
    "Amerika en Oceanië (overig)": "3.6.3",
}


def counts(source: Path) -> pl.DataFrame:
    """Persons per municipality: percentages are published with two decimals, so persons are rounded."""

    def persons(kind: str) -> pl.Expr:
        share = pl.col(f"Demographics: {kind} background (%)")
        return (pl.col("bevolking") * share / 100).round().cast(pl.Int64)

    table = pl.read_parquet(source).select(
        pl.col("statcode").alias("code"),
        pl.col("naam").alias("name"),
        pl.col("bevolking"),
        persons("Western").alias("western"),
        persons("Non-Western").alias("non-western"),
    )
    dutch = (pl.col("bevolking") - pl.col("western") - pl.col("non-western")).alias("dutch")
    return table.select("code", "name", dutch, "western", "non-western").sort("code")


def boundaries(source: Path) -> str:
    """GeoJSON with one feature a line, positions on a grid, points that fell together left out."""
    features = []
    for code, name, text in pl.read_parquet(source).sort("statcode").iter_rows():
        shape = json.loads(text)
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        kept = [rings for polygon in polygons if (rings := [r for r in map(_ring, polygon) if len(r) > 3])]
        geometry = {"type": "MultiPolygon", "coordinates": kept}
        feature = {"type": "Feature", "id": code, "properties": {"name": name}, "geometry": geometry}
        features.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"


def _ring(points: list[list[float]]) -> list[list[float]]:
    found: list[list[float]] = []
    for x, y in points:
        point = [round(round(x / STEP) * STEP, 3), round(round(y / STEP) * STEP, 3)]
        if not found or found[-1] != point:
            found.append(point)
    return found


def classes(source: Path) -> pl.DataFrame:
    """Persons per class and group of the scheme of 2022."""
    rows: list[dict[str, Any]] = []
    for row in pl.read_csv(source).iter_rows(named=True):
        if row["origin_nl"] == "Totaal":
            continue
        group = GROUPS[row["origin_nl"]]
        born_here = row["born_nl"] == "geboren in Nederland"
        kind = "dutch" if group == "dutch" else "child" if born_here else "migrant"
        rows.append(
            {
                "class": kind,
                "group": None if group == "dutch" else group,
                "persons": row["population"],
                "precision": row["precision"],
            }
        )
    return pl.DataFrame(rows).sort("class", "group")


if __name__ == "__main__":
    key_figures, shapes, population = map(Path, sys.argv[1:])
    counts(key_figures).write_csv(HERE / "municipalities-2021.csv")
    (HERE / "municipalities-2022.geojson").write_text(boundaries(shapes), "utf-8")
    classes(population).write_csv(HERE / "origin-2022.csv")
