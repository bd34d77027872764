"""Which numbers count parts of the same answers, as the respondents themselves show.

Indicators on one question, on a question and the one that was asked of some of its answers, on two columns of
which one is a recode of the other, or on a variable made from another, form a *cluster*. Its people fall
apart into *kinds*, as far as the published numbers tell them apart; every number of respondents and every
share counts some kinds, and so the differences of numbers count others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Key = tuple[tuple[str, ...], tuple[str, ...]]

MANY = 24
"""Different answers above which a question is a measurement: no number counts one of them."""
OFTEN = 5
"""Respondents for each answer below which one column may follow from another by chance."""
ASKED = 0.9
"""Part of those with an answer who were asked a further question: some skip it."""
PASSED = 10
"""Respondents who were not, below which that may be by chance."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator as far as its cluster needs it: the column of its answers, what counts, and its figures."""

    id: str
    column: str
    family: str
    parts: frozenset[str]
    share: frozenset[str] | None
    among: frozenset[str] | None
    figures: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a published cell of an indicator tells, as weights of kinds of people: ``n`` and further sums.

    ``sums`` are the counted answers of a share; of a mean with equal weights the sum of the answers, and of
    their squares.
    """

    n: Floats
    sums: tuple[Floats, ...]
    share: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """Indicators of one wave that count the same answers, and how many people of each kind a cell has."""

    told: Mapping[str, Told]
    counts: Mapping[Key, Floats]


def clusters(asked: Sequence[Asked], respondents: pl.DataFrame) -> tuple[Cluster, ...]:
    """The clusters of one wave.

    :param respondents: of that wave: the columns of answers, ``by_`` columns and ``_weight``.
    """
    codes = {each: _codes(respondents[each]) for each in dict.fromkeys(a.column for a in asked)}
    there = [each for each in asked if (codes[each.column] >= 0).any()]
    flat = respondents["_weight"].drop_nulls().n_unique() <= 1 if "_weight" in respondents.columns else False
    group = _joined(there, codes, respondents)
    found = []
    for members in group:
        discrete = [each for each in members if codes[each.column].max() < MANY or each.share is not None]
        if len(discrete) > 1 or any(each.share is None and flat for each in discrete):
            found.append(_cluster(discrete, respondents, flat=flat))
    return tuple(found)


def _codes(answers: pl.Series) -> Codes:
    """Every answer as a number from 0; -1 for none."""
    ranks = answers.rank("dense").cast(pl.Int64).fill_null(0).to_numpy()
    return np.asarray(ranks - 1, dtype=np.int64)


def _joined(asked: Sequence[Asked], codes: Mapping[str, Codes], people: pl.DataFrame) -> list[list[Asked]]:
    """The indicators that count the same answers, together."""
    group = {each.column: {each.column} for each in asked}

    def join(one: str, other: str) -> None:
        both = group[one] | group[other]
        for name in both:
            group[name] = both

    for a, b in combinations(asked, 2):
        if a.family == b.family or a.parts & b.parts:
            join(a.column, b.column)
    widest = max(group, key=lambda each: int((codes[each] >= 0).sum()), default="")
    for one, before in _routes(list(group), codes, people):
        join(one, widest)
        if before in group:
            join(one, before)
    sets = {id(each): each for each in group.values()}
    return [[one for one in asked if one.column in names] for names in sets.values()]


def _routes(
    columns: Sequence[str], codes: Mapping[str, Codes], people: pl.DataFrame
) -> Iterator[tuple[str, str]]:
    """Questions that were asked of those who gave some answers to another."""
    others = [
        name
        for name, kind in people.schema.items()
        if not name.startswith(("_", "by_")) and name != "wave" and (kind == pl.String or name in codes)
    ]
    known = {name: codes[name] if name in codes else _codes(people[name]) for name in others}
    for before, answers in known.items():
        size = int(answers.max(initial=-1)) + 1
        if not 1 < size <= MANY:
            continue
        given = answers >= 0
        of_each = np.bincount(answers[given], minlength=size)
        for one in columns:
            if one == before or (codes[one] >= 0).sum() >= given.sum():
                continue
            after = np.bincount(answers[given & (codes[one] >= 0)], minlength=size)
            reached = after[of_each > 0] / of_each[of_each > 0]
            passed = of_each[of_each > 0][reached == 0].sum()
            if ((reached == 0) | (reached >= ASKED)).all() and (reached > 0).any() and passed >= PASSED:
                yield one, before


def recoded(columns: Sequence[str], people: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """Columns of which one follows from the other in all respondents, and not by chance."""
    codes = {each: _codes(people[each]) for each in columns}
    sizes = {each: int(found.max(initial=-1)) + 1 for each, found in codes.items()}
    for one, other in combinations(columns, 2):
        a, b = codes[one], codes[other]
        small, large = sorted((sizes[one], sizes[other]))
        both = (a >= 0) & (b >= 0)
        if small < 2 or large > MANY * MANY or both.sum() < OFTEN * large or (both != (a >= 0)).any():
            continue
        pairs = np.count_nonzero(np.bincount(a[both] * sizes[other] + b[both]))
        if pairs == large and (both == (b >= 0)).all():
            yield one, other


def _cluster(members: Sequence[Asked], people: pl.DataFrame, *, flat: bool) -> Cluster:
    lines: list[Floats] = []
    for each in members:
        answers = people[each.column]
        counted = answers.is_in(list(each.among)) if each.among else answers.is_not_null()
        inside = counted.fill_null(value=False).to_numpy().astype(float)
        lines.append(inside)
        if each.share is not None:
            hit = answers.is_in(list(each.share)).fill_null(value=False).to_numpy().astype(float)
            lines.append(inside * hit)
        elif flat:
            value = answers.cast(pl.Float64, strict=False).fill_null(0.0).to_numpy() * inside
            lines += [value, value**2]
    kinds, of = np.unique(np.column_stack(lines), axis=0, return_inverse=True)
    told, at = dict[str, Told](), 0
    for each in members:
        more = 1 if each.share is not None else (2 if flat else 0)
        sums = tuple(kinds[:, at + 1 + k] for k in range(more))
        told[each.id] = Told(kinds[:, at], sums, each.share is not None)
        at += 1 + more
    figures = dict.fromkeys(parts for each in members for parts in each.figures)
    return Cluster(told, _counts(people, np.asarray(of).ravel(), len(kinds), figures))


def _counts(
    people: pl.DataFrame, kind: NDArray[np.int64], size: int, figures: Iterable[tuple[str, ...]]
) -> dict[Key, Floats]:
    found: dict[Key, Floats] = {}
    names = list(dict.fromkeys(f"by_{part}" for parts in figures for part in parts))
    frame = people.select(names).with_columns(pl.Series("_kind", kind))
    for parts in figures:
        by = [f"by_{part}" for part in parts]
        rows = frame.drop_nulls(by) if by else frame
        for *cell, k, count in rows.group_by(*by, "_kind").len().iter_rows():
            found.setdefault((parts, tuple(cell)), np.zeros(size))[k] += count
    return found
