"""Answers that add up to 100, as one bar per group; the table below it has every number."""

from __future__ import annotations

from dataclasses import dataclass

from thuis.contract.figure import Figure
from thuis.site.charts.choice import marks
from thuis.site.charts.table import category_titles
from thuis.site.voice import Voice

NARROW = 7.0
"""Per cent of the width below which a number does not stand under its part."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One answer: where it begins and how wide it is, in per cent of the bar, and its number."""

    x: float
    width: float
    shade: int
    value: str

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class Stack:
    """One group: its parts, or why it has none."""

    label: str
    segments: tuple[Segment, ...]
    reason: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Stacked:
    """The bars of one wave, and what every shade stands for."""

    stacks: tuple[Stack, ...]
    legend: tuple[str, ...]


def stacked(figure: Figure, wave: str, voice: Voice) -> Stacked | None:
    """The bars of a figure of all answers to a question; None for any other figure.

    A group of which one answer is withheld has no bar: the rest would show its length.
    """
    if figure.answers != "whole" or not figure.published():
        return None
    answers = figure.dimensions[-1].categories
    found: list[Stack] = []
    for key in dict.fromkeys(key[:-1] for key in figure.keys):
        label = " · ".join(category_titles(figure, key, voice)) or voice.t("figure.everyone")
        cells = [figure.cell(wave, (*key, each.id)) for each in answers]
        empty = next((each for each in cells if each.status == "withheld"), None)
        if empty is not None and all(figure.impossible((*key, each.id)) for each in answers):
            continue
        if empty is not None:
            found.append(Stack(label, (), voice.reason(empty), marks(figure, key)))
            continue
        at, segments = 0.0, []
        for shade, cell in enumerate(cells):
            share = cell.estimate or 0.0
            value = voice.number(share, 0) if share >= NARROW else ""
            segments.append(Segment(round(at, 2), round(share, 2), shade, value))
            at += share
        found.append(Stack(label, tuple(segments), about=marks(figure, key)))
    return Stacked(tuple(found), tuple(voice.say(each.title) for each in answers))
