"""Maps: a value per area, with the boundaries to draw it on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from thuis.contract.base import Number, Record, Said, Text, Unique
from thuis.contract.figure import Reliability
from thuis.contract.finding import Closing, Finding, Opening
from thuis.contract.flow import Flow
from thuis.values import Reason

Ring = tuple[tuple[float, float], ...]


class _Named(Record):
    id: str
    """id of the area, as in the boundaries"""
    title: Said
    """its name"""


class PublishedArea(_Named):
    """An area with its value."""

    status: Literal["published"]
    reason: None = None
    value: Number
    lower: Number | None = None
    upper: Number | None = None
    n: int | None = None
    reliability: Reliability | None = None


class WithheldArea(_Named):
    """An area without."""

    status: Literal["withheld"]
    reason: Reason
    value: None = None
    lower: None = None
    upper: None = None
    n: None = None
    reliability: None = None


Area = PublishedArea | WithheldArea


class _Drawn(Record):
    """What stands between the words."""

    kind: Literal["proportion", "mean", "count", "index"]
    """`proportion`, `mean`, `count` or `index`"""
    unit: Text
    """the unit"""
    decimals: int = 1
    """how many decimals a reader is shown"""
    date: str | None = None
    """the day of the values"""
    synthetic: bool = True
    """`false` when these figures are real although those of the monitor are invented"""
    boundaries: str
    """path of a GeoJSON FeatureCollection of Polygons and MultiPolygons in the data folder, in degrees
    (WGS 84) or in metres; the `id` of a feature, or `id` in its properties, is that of the area"""
    classes: tuple[Number, ...] = Field((), max_length=4)
    """the inner limits of the colour classes; left out, the values are cut at round numbers"""
    areas: tuple[Annotated[Area, Field(discriminator="status")], ...]
    """`id`, `title`, `status`, `reason`, `value`, `lower`, `upper`, `n`, `reliability` of each area"""
    changes: tuple[Text, ...] = ()
    """sentences on boundaries that changed"""


class Map(Closing, _Drawn, Opening, Unique):
    """A whole map."""

    unique = ("areas",)

    @model_validator(mode="after")
    def _drawable(self) -> Self:
        if list(self.classes) != sorted(set(self.classes)):
            raise ValueError(f"classes are {list(self.classes)}, expected limits that rise")
        return self


Story = Finding | Flow | Map
"""What has a page of its own, told in words."""


class Maps(Unique):
    """``map.json``."""

    unique = ("maps",)
    maps: tuple[Map, ...] = ()
    """the maps, in the order of their pages"""


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
        found[str(id_)] = tuple(_rings(feature.get("geometry") or {}, str(id_)))
    return found


def _rings(geometry: Any, id_: str) -> Iterable[Ring]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates") or ()
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"feature {id_!r} is a {kind}, expected Polygon or MultiPolygon")
    for polygon in coordinates if kind == "MultiPolygon" else [coordinates]:
        for ring in polygon:
            yield tuple((float(point[0]), float(point[1])) for point in ring)
