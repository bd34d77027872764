"""Pages whose text belongs to thuis: how to read the figures, the method, the accessibility statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from thuis.contract.folder import DataFolder
from thuis.language.numbers import interval
from thuis.site.charts.drawn import Drawn, ticks
from thuis.site.charts.scale import Scale
from thuis.site.page import Page
from thuis.site.views.common import page
from thuis.site.views.free import free_text
from thuis.site.voice import Voice

KEYS = ("reading", "method", "accessibility")


@dataclass(frozen=True, slots=True)
class Example:
    """Rows that show how to read a figure, with their axis."""

    ticks: tuple[tuple[float, str], ...]
    rows: tuple[Drawn, ...]


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """One page per text; a free page with the same id is put before it."""
    values = _values(data, voice)
    for key in KEYS:
        yield page(
            key,
            voice,
            {
                "body": voice.t(f"{key}.body", **values),
                "own": free_text(data, key, voice),
                "waves": list(data.waves.values()) if key == "method" else [],
                "examples": _example(voice) if key == "reading" else None,
            },
            kind="text",
        )


def _example(voice: Voice) -> Example:
    """Three invented rows that show a precise, a less precise and a withheld figure."""
    scale = Scale(0, 60, (0, 20, 40, 60))

    def made(key: str, low: float, value: float, high: float, n: int, moderate: bool) -> Drawn:
        span = interval(low, high, 1, voice.language)
        return Drawn(
            voice.t(f"example.{key}"),
            scale.at(value),
            scale.at(low),
            scale.at(high),
            voice.percent(value, 1),
            span,
            voice.count(n),
            moderate,
        )

    return Example(
        ticks(scale, voice),
        (
            made("precise", 32.1, 35.0, 38.0, 1040, False),
            made("moderate", 28.4, 38.0, 48.6, 96, True),
            Drawn(voice.t("example.withheld"), reason=voice.t("reason.confidential")),
        ),
    )


def _counting(data: DataFolder, voice: Voice) -> str:
    """Whether answers are weighted: in every wave, in none, or not in the waves that it names."""
    plain = [wave for wave in data.waves.values() if not wave.weighted]
    if not plain:
        return voice.t("counting.weighted")
    if len(plain) == len(data.waves):
        return voice.t("counting.unweighted")
    return voice.t("counting.mixed", waves=", ".join(voice.say(wave.title) for wave in plain))


def _coarse(data: DataFolder, voice: Voice) -> str:
    """What was rounded before it was published, if anything was."""
    rules = data.monitor.protection
    asked = {"digits": rules.digits == "standard-error", "respondents": rules.respondents == "rounded"}
    return " ".join(voice.t(f"coarse.{name}") for name, done in asked.items() if done)


def _values(data: DataFolder, voice: Voice) -> dict[str, str]:
    rules, publisher = data.monitor.protection, data.monitor.publisher
    return {
        "counting": _counting(data, voice),
        "coarse": _coarse(data, voice),
        "minimum_n": voice.number(rules.minimum_n),
        "half_width": voice.number(rules.maximum_half_width),
        "moderate": voice.number(rules.moderate_half_width),
        "cv": voice.percent(100 * rules.maximum_cv),
        "level": voice.percent(100 * rules.level),
        "publisher": voice.say(publisher.name),
        "email": publisher.email or "",
        "url": publisher.url or "",
        "date": voice.day(data.monitor.released),
    }
