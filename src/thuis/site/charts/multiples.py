"""Small multiples: which lines share a drawing, so that no reader needs colour to tell them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thuis.contract.figure import Figure, Key
from thuis.site.charts.lines import MOST_LINES, Axes, Panel, Points, panel, stretches, wave_positions
from thuis.site.charts.scale import line_scale
from thuis.site.charts.table import category_titles
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class Multiples:
    """The drawings of one figure, the names of their lines, and the breaks in words."""

    panels: tuple[Panel, ...]
    legend: tuple[tuple[int, str], ...]
    breaks: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    has_context: bool
    from_zero: bool
    start: str
    moderate: bool


def multiples(figure: Figure, years: Mapping[str, float], voice: Voice) -> Multiples | None:
    """Drawings over waves, or None when there is one wave or nothing published."""
    if len(figure.waves) < 2 or not figure.published():
        return None
    scale = line_scale(figure)
    letters = dict(zip((w for w in figure.waves[1:] if figure.breaks_at(w)), "ABCDEFGHIJ", strict=False))
    axes = Axes(wave_positions(figure.waves, years), scale, letters)
    panels, legend = _panels(figure, axes, voice)
    return Multiples(
        panels,
        legend,
        tuple((letters[wave], voice.wave(wave), _break_texts(figure, wave, voice)) for wave in letters),
        any(each.context for each in panels),
        scale.low == 0,
        voice.number(scale.low, 0 if scale.low == int(scale.low) else 1),
        any(mark.moderate for p in panels for s in p.series for mark in s.marks),
    )


def _break_texts(figure: Figure, wave: str, voice: Voice) -> tuple[tuple[str, str], ...]:
    return tuple((voice.t(f"break.{b.kind}"), voice.say(b.text)) for b in figure.breaks_at(wave))


def _panels(
    figure: Figure, axes: Axes, voice: Voice
) -> tuple[tuple[Panel, ...], tuple[tuple[int, str], ...]]:
    if not figure.dimensions:
        everyone = voice.t("figure.everyone")
        return (panel(everyone, figure, [()], [everyone], axes, voice),), ()
    last = figure.dimensions[-1]
    names = [voice.say(each.title) for each in last.categories]
    if len(last.categories) <= MOST_LINES:
        heads = dict.fromkeys(key[:-1] for key in figure.keys)
        built = tuple(_shared(figure, head, names, axes, voice) for head in heads)
        return tuple(each for each in built if each.series), tuple(enumerate(names))
    # A line stands behind every other of its kind: in a crossing of many groups, dozens of times.
    lines: dict[Key, dict[Key, tuple[Points, ...]]] = {}
    for key in figure.keys:
        lines.setdefault(key[:-1], {})[key] = stretches(figure, key, axes)
    alone = tuple(
        panel(
            title := " · ".join(category_titles(figure, key, voice)),
            figure,
            [key],
            [title],
            axes,
            voice,
            context=[path for other, paths in lines[key[:-1]].items() if other != key for path in paths],
        )
        for key in figure.keys
        if not figure.impossible(key)
    )
    return alone, ()


def _shared(figure: Figure, head: tuple[str, ...], names: Sequence[str], axes: Axes, voice: Voice) -> Panel:
    """One drawing for the categories of the last breakdown that exist with this head."""
    keys = [(*head, each.id) for each in figure.dimensions[-1].categories]
    exist = [index for index, key in enumerate(keys) if not figure.impossible(key)]
    return panel(
        " · ".join(category_titles(figure, head, voice)),
        figure,
        [keys[index] for index in exist],
        [names[index] for index in exist],
        axes,
        voice,
    )
