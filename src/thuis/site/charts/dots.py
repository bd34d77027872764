"""The gaps between groups: the tested differences of a wave with their intervals, in blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thuis.contract.figure import Contrast, Figure, Key
from thuis.language.headlines import within
from thuis.language.letters import opened
from thuis.site.charts.choice import marks
from thuis.site.charts.drawn import Drawn, Ticks, compared, ticks
from thuis.site.charts.scale import around_zero
from thuis.site.voice import Voice

OPEN = 8
"""A block of at most this many rows stands open, when it is the first."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The dot plot of one block of one wave; ``zero`` is where there is no difference."""

    wave: str
    title: str
    rows: tuple[Drawn, ...]
    zero: float
    ticks: Ticks

    @property
    def open(self) -> bool:
        """Whether it is short enough to be read at once."""
        return len(self.rows) <= OPEN


def gaps(figure: Figure, wave: str, voice: Voice, *, ranked: bool = False) -> tuple[Gaps, ...]:
    """The tested differences of one wave: a block for each part of the breakdown, that of the last first.

    :param ranked: the largest first, as the rows of the figure above it, where all are compared with one.
    """
    place = {key: at for at, key in enumerate(figure.keys)}
    tests = sorted(
        (each for each in figure.contrasts if each.wave == wave),
        key=lambda each: (place[each.key], place[each.other]),
    )
    blocks = [
        (i, [each for each in tests if each.key[i] != each.other[i]])
        for i in reversed(range(len(figure.dimensions)))
    ]
    return tuple(_block(figure, wave, i, own, voice, ranked=ranked) for i, own in blocks if own)


def _block(
    figure: Figure, wave: str, i: int, tests: Sequence[Contrast], voice: Voice, *, ranked: bool
) -> Gaps:
    ones = list(dict.fromkeys(each.key[i] for each in tests))
    others = list(dict.fromkeys(each.other[i] for each in tests))
    crossed = len(figure.dimensions) > 1
    order = list(tests)
    if len(others) > 1:
        title = voice.t("figure.gaps-between")
        labels = [_pair(figure, i, each, voice, rest=crossed) for each in order]
    elif crossed and len(ones) == 1:
        title = opened(_pair(figure, i, tests[0], voice), voice.language)
        labels = [_names(figure, each.key, voice, without=i) for each in order]
    else:
        title = voice.t("figure.gaps", reference=_name(figure, i, others[0], voice))
        if ranked:
            order.sort(key=lambda each: -each.difference)
        labels = [_names(figure, each.key, voice) for each in order]
    scale = around_zero(edge for each in tests for edge in (each.lower, each.upper))
    rows = tuple(
        compared(label, each, scale, figure, voice, about=marks(figure, each.key, each.other))
        for label, each in zip(labels, order, strict=True)
    )
    return Gaps(wave, title, rows, scale.at(0), ticks(scale, voice))


def _name(figure: Figure, i: int, id_: str, voice: Voice) -> str:
    return voice.say(figure.dimensions[i].category(id_).title)


def _names(figure: Figure, key: Key, voice: Voice, without: int | None = None) -> str:
    """The categories of a cell, one after another; ``without`` leaves one out."""
    said = [_name(figure, i, id_, voice) for i, id_ in enumerate(key) if i != without]
    return ", ".join([said[0], *(within(each, voice.language) for each in said[1:])])


def _pair(figure: Figure, i: int, test: Contrast, voice: Voice, *, rest: bool = False) -> str:
    """One category beside another, after the rest of the cell."""
    one, other = (_name(figure, i, id_, voice) for id_ in (test.key[i], test.other[i]))
    said = voice.t("figure.gaps-pair", one=one, other=within(other, voice.language))
    return f"{_names(figure, test.key, voice, without=i)}: {within(said, voice.language)}" if rest else said
