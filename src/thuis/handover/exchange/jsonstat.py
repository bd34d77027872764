"""JSON-stat 2.0: a collection with a dataset for each figure, in one language."""

from __future__ import annotations

import json
from typing import Any

from thuis.contract.figure import Figure
from thuis.contract.indicator import Indicator
from thuis.handover.speech import Speech

NUMBERS = ("estimate", "lower", "upper", "se", "n", "df", "deff")


def jsonstat(say: Speech) -> bytes:
    """Every figure as JSON-stat; a withheld cell has no value and its reason as status."""
    found = {
        "version": "2.0",
        "class": "collection",
        "label": say.voice.say(say.data.monitor.title),
        "updated": say.data.monitor.released.isoformat(),
        "link": {"item": [dataset(f, i, say) for i in say.data.indicators for f in i.figures]},
    }
    return (json.dumps(found, ensure_ascii=False, allow_nan=False) + "\n").encode()


def dataset(figure: Figure, indicator: Indicator, say: Speech) -> dict[str, Any]:
    """One figure: waves, the parts of its breakdown, and the numbers of a cell as the last dimension."""
    voice, t = say.voice, say.t
    waves = {
        wave: voice.say(say.data.waves[wave].title) if wave in say.data.waves else wave
        for wave in figure.waves
    }
    dimensions = {
        "wave": _dimension(t("column.wave"), waves),
        **{
            each.id: _dimension(voice.say(each.title), {c.id: voice.say(c.title) for c in each.categories})
            for each in figure.dimensions
        },
        "number": _dimension(t("readme.what"), {name: t(f"column.{name}") for name in NUMBERS}),
    }
    unit = voice.unit(figure)
    dimensions["number"]["category"]["unit"] = {
        name: {"label": unit, "decimals": max(figure.decimals, 0)} for name in ("estimate", "lower", "upper")
    }
    values: list[float | None] = []
    status: dict[str, str] = {}
    for wave in figure.waves:
        for key in figure.keys:
            cell = figure.cell(wave, key)
            if cell.status == "withheld":
                status |= {str(len(values) + at): cell.reason for at in range(len(NUMBERS))}
            elif cell.reliability == "moderate":
                status[str(len(values))] = "moderate"
            values += [getattr(cell, name) for name in NUMBERS]
    title = f"{voice.say(indicator.title)} – {say.breakdown(figure)}"
    return {
        "version": "2.0",
        "class": "dataset",
        "label": title,
        "source": say.source(),
        "updated": say.data.monitor.released.isoformat(),
        "note": [
            voice.say(indicator.measures),
            *([voice.say(say.data.synthetic)] if say.data.synthetic else []),
        ],
        "id": list(dimensions),
        "size": [len(each["category"]["index"]) for each in dimensions.values()],
        "role": {"time": ["wave"], "metric": ["number"]},
        "dimension": dimensions,
        "value": values,
        **({"status": status} if status else {}),
        "extension": {"figure": figure.id, "level": figure.level},
    }


def _dimension(label: str, categories: dict[str, str]) -> dict[str, Any]:
    index = {id_: at for at, id_ in enumerate(categories)}
    return {"label": label, "category": {"index": index, "label": categories}}
