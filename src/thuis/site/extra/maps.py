"""Maps: a value per area, with the boundaries to draw it on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from thuis.site.extra.entry import Head, Json, Said, head_from, one_of
from thuis.site.figure import Text

Ring = tuple[tuple[float, float], ...]
KINDS = ("proportion", "mean", "count", "index")


@dataclass(frozen=True, slots=True)
class Area:
    """One area with its value, or the reason why there is none."""

    id: str
    title: Said
    reason: str | None
    value: float | None
    lower: float | None
    upper: float | None
    n: int | None
    reliability: str | None


@dataclass(frozen=True, slots=True)
class Map:
    """A whole map; ``shapes`` holds the rings of each area in degrees or metres."""

    head: Head
    kind: str
    unit: Text
    decimals: int
    date: str | None
    modelled: bool
    boundaries: str
    classes: tuple[float, ...]
    areas: tuple[Area, ...]
    changes: tuple[Text, ...]


def map_from(raw: Json) -> Map:
    """A map from its JSON, without its boundaries.

    :raises KeyError: when a key is missing that the page cannot do without.
    :raises ValueError: for a kind outside its list, limits that do not rise, or two areas with one id.
    """
    classes = tuple(float(each) for each in raw.get("classes") or ())
    if list(classes) != sorted(set(classes)) or len(classes) > 4:
        raise ValueError(f"classes are {list(classes)}, expected at most four limits that rise")
    areas = tuple(_area(each) for each in raw["areas"])
    ids = [each.id for each in areas]
    twice = sorted({each for each in ids if ids.count(each) > 1}) if len(set(ids)) < len(ids) else []
    if twice:
        raise ValueError(f"areas stand in the list twice: {', '.join(twice)}")
    return Map(
        head_from(raw),
        one_of(raw["kind"], KINDS, "kind"),
        raw["unit"],
        int(raw.get("decimals", 1)),
        raw.get("date"),
        bool(raw.get("modelled", False)),
        str(raw["boundaries"]),
        classes,
        areas,
        tuple(raw.get("changes") or ()),
    )


def _area(raw: Json) -> Area:
    published = raw.get("status", "published") == "published"
    return Area(
        str(raw["id"]),
        raw["title"],
        None if published else str(raw["reason"]),
        float(raw["value"]) if published else None,
        raw.get("lower") if published else None,
        raw.get("upper") if published else None,
        raw.get("n") if published else None,
        raw.get("reliability"),
    )


def shapes(geojson: Any) -> dict[str, tuple[Ring, ...]]:
    """Area id -> its rings (outer ones and holes alike: drawn with the even-odd rule).

    :raises ValueError: when it is no FeatureCollection of polygons, or a feature has no id.

    >>> square = [[0, 0], [0, 1], [1, 1], [0, 0]]
    >>> shapes({"type": "FeatureCollection", "features": [{"id": "a", "geometry":
    ...     {"type": "Polygon", "coordinates": [square]}}]})["a"][0][1]
    (0.0, 1.0)
    """
    if not isinstance(geojson, dict) or geojson.get("type") != "FeatureCollection":
        raise ValueError("the boundaries are no GeoJSON FeatureCollection")
    found: dict[str, tuple[Ring, ...]] = {}
    for position, feature in enumerate(geojson["features"], 1):
        id_ = feature.get("id", (feature.get("properties") or {}).get("id"))
        if id_ is None:
            raise ValueError(f"feature {position} has no id")
        geometry = feature.get("geometry") or {}
        found[str(id_)] = tuple(_rings(geometry, str(id_)))
    return found


def _rings(geometry: Json, id_: str) -> Iterable[Ring]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates") or ()
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"feature {id_!r} is a {kind}, expected Polygon or MultiPolygon")
    for polygon in coordinates if kind == "MultiPolygon" else [coordinates]:
        for ring in polygon:
            yield tuple((float(point[0]), float(point[1])) for point in ring)
