"""The whole monitor as one cube, as SDMX asks for it: a dimension for each breakdown, codes in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thuis.contract.base import Text
from thuis.contract.figure import Cell, Dimension, Figure
from thuis.contract.folder import DataFolder

ALL = "_T"
"""The code of SDMX for a dimension that is not broken down by."""
MEASURE = "OBS_VALUE"
NUMBERS = {"lower": "LOWER", "upper": "UPPER", "se": "STD_ERR", "n": "N", "df": "DF", "deff": "DEFF"}
ATTRIBUTES = (*NUMBERS.values(), "OBS_STATUS", "CONF_STATUS", "REASON", "UNIT_MEASURE", "DECIMALS")
STATUS = {
    "confidential": ("Q", "C"),
    "too-uncertain": ("Q", "F"),
    "not-asked": ("L", "F"),
    "not-applicable": ("M", "F"),
}
"""Reason -> OBS_STATUS and CONF_STATUS of the SDMX cross-domain code lists."""
STATUS_NAMES = {
    "A": "Normal value",
    "U": "Low reliability",
    "Q": "Missing value; suppressed",
    "L": "Missing value; data exist but were not collected",
    "M": "Missing value; data cannot exist",
}
CONFIDENTIAL_NAMES = {"F": "Free", "C": "Confidential statistical information"}
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Observation:
    """One cell: its place in the cube, its value (None when withheld), and what is said with it."""

    place: dict[str, str]
    value: float | None
    told: dict[str, str]


def code(id_: str) -> str:
    """An id as SDMX and SQL name a dimension.

    >>> code("municipality-size")
    'MUNICIPALITY_SIZE'
    """
    found = re.sub(r"[^A-Z0-9_]", "_", id_.upper())
    return found if found[:1].isalpha() else f"D_{found}"


def breakdowns(data: DataFolder) -> dict[str, Dimension]:
    """Name in the cube -> breakdown, in the order of the figures."""
    found = [d for i in data.indicators for f in i.figures for d in f.dimensions]
    return {code(each.id): each for each in {d.id: d for d in found}.values()}


def categories(data: DataFolder) -> dict[str, dict[str, Text]]:
    """Name in the cube -> category -> title, over all figures."""
    found: dict[str, dict[str, Text]] = {}
    for indicator in data.indicators:
        for figure in indicator.figures:
            for dimension in figure.dimensions:
                for each in dimension.categories:
                    found.setdefault(code(dimension.id), {}).setdefault(each.id, each.title)
    return found


def period(data: DataFolder, wave: str) -> str:
    """The time of a wave: its year when that is its name, else the first day of its fieldwork."""
    if _YEAR.fullmatch(wave) or wave not in data.waves:
        return wave
    return data.waves[wave].field.start.isoformat()


def observations(data: DataFolder) -> Iterator[Observation]:
    """Every cell of every figure, published or not."""
    names = list(breakdowns(data))
    for indicator in data.indicators:
        for figure in indicator.figures:
            for wave in figure.waves:
                for key in figure.keys:
                    at = {code(d.id): id_ for d, id_ in zip(figure.dimensions, key, strict=True)}
                    place = {"INDICATOR": indicator.id, **{name: at.get(name, ALL) for name in names}}
                    place |= {"WAVE": wave, "TIME_PERIOD": period(data, wave)}
                    cell = figure.cell(wave, key)
                    yield Observation(place, cell.estimate, _told(figure, cell))


def _told(figure: Figure, cell: Cell) -> dict[str, str]:
    unit = "PT" if figure.kind == "proportion" else "MEAN"
    fixed = {"UNIT_MEASURE": unit, "DECIMALS": str(max(figure.decimals, 0))}
    if cell.status == "withheld":
        status, secret = STATUS[cell.reason]
        return {"OBS_STATUS": status, "CONF_STATUS": secret, "REASON": cell.reason, **fixed}
    numbers = {
        name: repr(value) for key, name in NUMBERS.items() if (value := getattr(cell, key)) is not None
    }
    return {
        **numbers,
        "OBS_STATUS": "U" if cell.reliability == "moderate" else "A",
        "CONF_STATUS": "F",
        **fixed,
    }
