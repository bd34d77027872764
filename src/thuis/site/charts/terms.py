"""The promises on a time line: each from the day it was made to the day it was met, its term, or today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from thuis.contract.dossier import Commitment
from thuis.site.voice import Voice

MOST = 40
"""More lines than this are no picture; the earliest terms are drawn."""


@dataclass(frozen=True, slots=True)
class Span:
    """One promise: where its line begins and ends in per cent, its state, and its words.

    ``open`` when it has no end: it is neither met nor has it a term that can be drawn.
    """

    x: float
    end: float
    y: float
    state: str
    late: bool
    open: bool
    text: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The whole time line, with its years."""

    spans: tuple[Span, ...]
    years: tuple[tuple[float, str], ...]
    height: float
    description: str


def terms(commitments: Sequence[Commitment], today: dt.date, voice: Voice) -> Terms | None:
    """The time line of promises that have a day, or None when there are none; one without an end runs on.

    :param today: until when those without an end are drawn.

    A term that is only a month ends with that month's first day: dates are ISO, cut where less is known.
    """
    dated = [(c, start, _end(c)) for c in commitments if (start := _day(c.date))]
    found = [(c, start, end or max(start, today)) for c, start, end in dated if end is None or end >= start]
    found = sorted(found, key=lambda each: (each[2], each[1]))[:MOST]
    if not found:
        return None
    first = min(start for _, start, _ in found).year
    last = max(end for *_, end in found).year + 1
    low, high = (dt.date(year, 1, 1).toordinal() for year in (first, last))

    def at(day: dt.date) -> float:
        return round(100 * (day.toordinal() - low) / (high - low), 2)

    step = max(1, (last - first) // 6)
    spans = tuple(
        Span(
            at(start),
            at(end),
            round(100 * (index + 0.5) / len(found), 2),
            c.status,
            c.overdue,
            _end(c) is None,
            c.text[:90],
        )
        for index, (c, start, end) in enumerate(found)
    )
    years = tuple((at(dt.date(year, 1, 1)), str(year)) for year in range(first, last + 1, step))
    without = sum(each.open for each in spans)
    told = voice.t("promises.drawn", n=len(spans), first=first, last=last - 1, without=without)
    return Terms(spans, years, round(1.1 * len(found) + 0.6, 1), told)


def _end(c: Commitment) -> dt.date | None:
    return _day(c.fulfilled_by.date if c.fulfilled_by else None) or _day(c.due)


def _day(text: str | None) -> dt.date | None:
    """A day of an ISO date, its month or its year; None for a text that is no date."""
    if not text:
        return None
    parts = [*text.split("-"), "01", "01"][:3]
    try:
        return dt.date(*(int(each) for each in parts))
    except ValueError:
        return None
