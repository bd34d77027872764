"""Pages whose text belongs to thuis: how to read the figures, the method, the accessibility statement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from thuis.site.charts.bars import Row, ticks
from thuis.site.charts.scale import Scale
from thuis.site.data import Data
from thuis.site.page import Page
from thuis.site.views.free import free_text
from thuis.site.voice import Voice

KEYS = ("reading", "method", "accessibility")


def pages(data: Data, voice: Voice) -> Iterator[Page]:
    """One page per text; a free page with the same id is put before it."""
    values = _values(data, voice)
    for key in KEYS:
        yield Page(
            key,
            "text",
            "text.html",
            voice.t(f"{key}.title"),
            voice.t(f"{key}.description"),
            section=key,
            context={
                "body": voice.t(f"{key}.body", **values),
                "own": free_text(data, key, voice),
                "waves": list(data.waves.values()) if key == "method" else [],
                "examples": _example(voice) if key == "reading" else None,
            },
        )


def _example(voice: Voice) -> dict[str, Any]:
    """Three invented rows that show a precise, a less precise and a withheld figure."""
    scale = Scale(0, 60, (0, 20, 40, 60))

    def made(key: str, low: float, value: float, high: float, n: int, moderate: bool) -> Row:
        span = voice.t("figure.span", low=voice.number(low, 1), high=voice.number(high, 1))
        return Row(
            voice.t(f"example.{key}"),
            scale.at(value),
            scale.at(low),
            scale.at(high),
            voice.percent(value, 1),
            span,
            voice.count(n),
            moderate,
        )

    return {
        "ticks": ticks(scale, voice),
        "rows": (
            made("precise", 32.1, 35.0, 38.0, 1040, False),
            made("moderate", 28.4, 38.0, 48.6, 96, True),
            Row(voice.t("example.withheld"), reason=voice.t("reason.confidential")),
        ),
    }


def _values(data: Data, voice: Voice) -> dict[str, str]:
    rules: dict[str, Any] = data.raw.get("protection") or {}
    publisher = data.raw["publisher"]
    return {
        "minimum_n": voice.number(rules.get("minimum_n", 50)),
        "half_width": voice.number(rules.get("maximum_half_width", 15)),
        "moderate": voice.number(rules.get("moderate_half_width", 8)),
        "cv": voice.percent(100 * rules.get("maximum_cv", 0.3)),
        "level": voice.percent(100 * rules.get("level", 0.95)),
        "publisher": voice.say(publisher.get("name")),
        "email": publisher.get("email") or "",
        "url": publisher.get("url") or "",
        "date": voice.day(data.raw.get("released")),
    }
