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

from thuis.protect.coded import FIRST, MANY, Cells, Codes, Floats, Key, Mask, dense

OFTEN = 5
"""Respondents for each answer below which one column may follow from another by chance."""
ASKED = 0.9
"""Part of those with an answer who were asked a further question: some skip it."""
PASSED = 10
"""Respondents who were not, below which that may be by chance."""
WIDE = 2000
"""Answers to all questions of which one product tells what goes together."""
WEIGHT = "_weight"
HEADS = 4
"""Other numbers of respondents that a question asked of some is held against."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator as far as its cluster needs it: where its answers are, what counts, and its figures.

    ``below`` is the column below the line of a ratio; ``based`` says that an expression chooses
    whom it counts; ``weight`` is the name of a weight beside that of the wave.
    """

    id: str
    column: str
    family: str
    parts: frozenset[str]
    share: frozenset[str] | None
    among: frozenset[str] | None
    figures: tuple[tuple[str, ...], ...]
    below: str = ""
    based: bool = False
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a published cell of an indicator tells, as weights of kinds of people: ``n`` and further sums.

    ``sums`` are the counted answers of a share; of a mean with equal weights the sum of the answers, and of
    their squares; of a ratio the sums above and below the line, which follow where either is known.
    """

    n: Floats
    sums: tuple[Floats, ...]
    share: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """Indicators of one wave that count the same answers, and how many people of each kind a cell has.

    ``partial`` ones know only the cells in which all weights happen to be equal.
    """

    told: Mapping[str, Told]
    counts: Mapping[Key, Floats]
    partial: bool = False


def clusters(asked: Sequence[Asked], cells: Cells) -> tuple[Cluster, ...]:
    """The clusters of one wave.

    That a question was asked of some says nothing in a figure that sorts people by exactly that: a question
    to women, by sex. There it is no part of the cluster.

    :param cells: of the respondents of that wave: the columns of answers, ``by_`` columns and ``_weight``.
    """
    respondents = cells.people
    columns = dict.fromkeys(name for a in asked for name in (a.column, a.below) if name)
    codes = cells.codes(columns)
    there = [each for each in asked if (codes[each.column] >= 0).any()]
    weights = dict.fromkeys(each.weight for each in there)
    flat = frozenset(name for name in weights if _equal(respondents, name))
    within = {name: _equal_cells(cells, name, there) for name in weights if name not in flat}
    routes = list(_routes(list(dict.fromkeys(a.column for a in there)), codes, cells))
    masks = {each.id: cells.answered(each.column, each.among, each.below) for each in there}
    routes += _outside(there, masks)
    figures: dict[tuple[int, ...], list[tuple[str, ...]]] = {}
    for parts in dict.fromkeys(parts for each in there for parts in each.figures):
        mixed = tuple(k for k, each in enumerate(routes) if not _sorted(each.passed, cells, parts))
        figures.setdefault(mixed, []).append(parts)
    found = []
    for mixed, of in figures.items():
        for members in _joined(there, [routes[k] for k in mixed]):
            discrete = [
                m
                for m in members
                if m.share is not None
                or (codes[m.column].max() < MANY and (not m.below or codes[m.below].max() < MANY))
            ]
            some = {routes[k].after for k in mixed}
            heads = _heads([m for m in discrete if m.column in some], members, there, masks)
            means = {each.weight for each in discrete if each.share is None}
            if len(discrete) + len(heads) > 1 or means & flat:
                found.append(_cluster(discrete, heads, cells, of, flat, masks))
            for name in sorted(means - flat):
                of_flat = [parts for parts in of if parts in within[name]]
                if of_flat:
                    whole = _cluster(discrete, heads, cells, of_flat, flat | {name}, masks)
                    here = {k: n for k, n in whole.counts.items() if k[1] in within[name][k[0]]}
                    found.append(Cluster(whole.told, here, partial=True))
    return tuple(found)


def _weights(people: pl.DataFrame, name: str) -> pl.Series | None:
    column = f"{WEIGHT}:{name}" if name else WEIGHT
    return people[column] if column in people.columns else None


def _equal(people: pl.DataFrame, name: str) -> bool:
    """Whether a weight is the same for everybody."""
    weights = _weights(people, name)
    return weights is not None and weights.drop_nulls().n_unique() <= 1


def _equal_cells(
    cells: Cells, name: str, asked: Sequence[Asked]
) -> dict[tuple[str, ...], frozenset[tuple[str, ...]]]:
    """The cells in which a weight is the same for everybody, though it is not in the wave, by figure."""
    weights = _weights(cells.people, name)
    if weights is None:
        return {}
    numbers = weights.cast(pl.Float64).fill_null(np.nan).to_numpy()
    figures = dict.fromkeys(parts for each in asked for parts in each.figures if parts)
    return {parts: frozenset(equal) for parts in figures if (equal := cells.equal(parts, numbers))}


@dataclass(frozen=True, slots=True)
class _Route:
    """A question that those who gave some answers to another were not asked: ``passed`` is 1 for them, 0 for
    others, -1 where it is not known."""

    after: str
    before: str
    passed: Codes


def _sorted(passed: Codes, cells: Cells, parts: tuple[str, ...]) -> bool:
    """Whether every cell of a figure has only people who were asked, or only those who were not."""
    of, names = cells.of(parts)
    there = (of >= 0) & (passed >= 0)
    kinds = np.bincount(of[there] * 2 + passed[there], minlength=len(names) * 2).reshape(-1, 2)
    return bool(parts) and not kinds.all(axis=1).any()


def _joined(asked: Sequence[Asked], routes: Sequence[_Route]) -> list[list[Asked]]:
    """The indicators that count the same answers, together."""
    group = {each.column: {each.column} for each in asked}

    def join(one: str, other: str) -> None:
        both = group[one] | group[other]
        for name in both:
            group[name] = both

    for a, b in combinations(asked, 2):
        if a.family == b.family or a.parts & b.parts:
            join(a.column, b.column)
    for each in routes:
        if each.before in group:
            join(each.after, each.before)
    sets = {id(each): each for each in group.values()}
    return [[one for one in asked if one.column in names] for names in sets.values()]


def _routes(columns: Sequence[str], codes: Mapping[str, Codes], cells: Cells) -> Iterator[_Route]:
    """Questions that were asked of those who gave some answers to another."""
    others = [
        name
        for name, kind in cells.people.schema.items()
        if not name.startswith(("_", "by_")) and name != "wave" and (kind == pl.String or name in codes)
    ]
    known = cells.codes(others)
    # Many questions were asked of the same people.
    alike, of = dict[bytes, Mask](), dict[str, bytes]()
    for one in columns:
        asked = codes[one] >= 0
        of[one] = asked.tobytes()
        alike.setdefault(of[one], asked)
    reach = {each: int(asked.sum()) for each, asked in alike.items()}
    for before, answers in known.items():
        size = int(answers.max(initial=-1)) + 1
        if not 1 < size <= MANY:
            continue
        given = answers >= 0
        of_each = np.bincount(answers[given], minlength=size)
        passed = {
            each: _passed(answers, of_each, asked)
            for each, asked in alike.items()
            if reach[each] < int(of_each.sum())
        }
        for one in columns:
            kept = passed.get(of[one])
            if one != before and kept is not None:
                yield _Route(one, before, kept)


def _passed(answers: Codes, of_each: Codes, asked: Mask) -> Codes | None:
    """Who gave an answer after which nobody was asked, where after every other nearly everybody was."""
    reached = np.bincount(answers[(answers >= 0) & asked], minlength=len(of_each)) / of_each
    out = reached == 0
    if not (out | (reached >= ASKED)).all() or out.all() or of_each[out].sum() < PASSED:
        return None
    return np.where(answers >= 0, np.append(out, False)[answers], -1)


def _outside(asked: Sequence[Asked], masks: Mapping[str, Mask]) -> Iterator[_Route]:
    """Those whom a base or a choice of answers leaves out of the question that most people answered."""
    widest = max(masks.values(), key=lambda each: int(each.sum()), default=np.zeros(0, dtype=np.bool_))
    for one in asked:
        if one.based or one.among:
            yield _Route(one.column, "", np.where(widest, ~masks[one.id], -1))


def _heads(
    some: Sequence[Asked], members: Sequence[Asked], asked: Sequence[Asked], masks: Mapping[str, Mask]
) -> list[Asked]:
    """Indicators on other answers whose respondents hold all of those whom some questions count, and more."""
    own, found = {each.id for each in members}, dict[bytes, list[Asked]]()
    for one in some:
        for each in asked:
            inside = masks[one.id] <= masks[each.id]
            if each.id not in own and inside.all() and (masks[one.id] < masks[each.id]).any():
                found.setdefault(masks[each.id].tobytes(), []).append(each)
    return list({each.id: each for group in list(found.values())[:HEADS] for each in group}.values())


def recoded(columns: Sequence[str], cells: Cells) -> Iterator[tuple[str, str]]:
    """Columns of which one follows from the other in all respondents, and not by chance."""
    codes, place = cells.codes(columns), {name: at for at, name in enumerate(columns)}
    alike: dict[bytes, list[str]] = {}
    for each in columns:
        alike.setdefault((codes[each] >= 0).tobytes(), []).append(each)
    found = []
    for names in alike.values():
        given = codes[names[0]] >= 0
        sizes = {each: int(codes[each].max(initial=-1)) + 1 for each in names}
        most = min(MANY * MANY, int(given.sum()) // OFTEN)
        answers = {each: codes[each][given] for each in names if 2 <= sizes[each] <= most}
        # Two answers or more beside one of the other column: the first respondents tell most columns apart.
        for one, other in _followed({each: of[:FIRST] for each, of in answers.items()}, sizes):
            if _pairs(answers[one], answers[other], sizes[other]) == max(sizes[one], sizes[other]):
                found.append((one, other))
    yield from sorted(found, key=lambda pair: (place[pair[0]], place[pair[1]]))


def _followed(answers: Mapping[str, Codes], sizes: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Columns with no more pairs of answers than the finer of them has answers."""
    narrow = list[str]()
    for each in sorted(answers, key=sizes.__getitem__):
        if sizes[each] <= MANY and sum(sizes[name] for name in narrow) < WIDE:
            narrow.append(each)
    pairs = _together([answers[each] for each in narrow], [sizes[each] for each in narrow])
    at = {each: k for k, each in enumerate(narrow)}
    for one, other in combinations(answers, 2):
        most = max(sizes[one], sizes[other])
        if one in at and other in at:
            few = pairs[at[one], at[other]]
        else:
            few = _pairs(answers[one], answers[other], sizes[other])
        if few <= most:
            yield one, other


def _together(answers: Sequence[Codes], sizes: Sequence[int]) -> Codes:
    """How many pairs of answers there are to every two questions, as one product of who gave which answer."""
    if not answers:
        return np.zeros((0, 0), dtype=np.int64)
    starts = np.cumsum([0, *sizes])
    gave = np.zeros((len(answers[0]), int(starts[-1])), dtype=np.float32)
    for start, of in zip(starts[:-1], answers, strict=True):
        gave[np.arange(len(of)), start + of] = 1.0
    both = (gave.T @ gave) > 0
    return np.add.reduceat(
        np.add.reduceat(both, starts[:-1], axis=0, dtype=np.int64), starts[:-1], axis=1, dtype=np.int64
    )


def _pairs(one: Codes, other: Codes, size: int) -> int:
    """How many pairs of answers there are, of which the second is below ``size``."""
    return int(np.count_nonzero(np.bincount(one * size + other)))


def _cluster(
    members: Sequence[Asked],
    heads: Sequence[Asked],
    cells: Cells,
    figures: Sequence[tuple[str, ...]],
    flat: frozenset[str],
    masks: Mapping[str, Mask],
) -> Cluster:
    lines: list[Mask | Floats] = []
    for each in members:
        answers, inside = cells.people[each.column], masks[each.id]
        lines.append(inside)
        if each.share is not None:
            lines.append(inside & cells.gave(each.column, each.share))
        elif each.weight in flat:
            value = answers.cast(pl.Float64, strict=False).fill_null(0.0).to_numpy() * inside
            other = cells.people[each.below].cast(pl.Float64).fill_null(0.0) if each.below else None
            lines += [value, value**2 if other is None else other.to_numpy() * inside]
    lines += [masks[each.id] for each in heads]
    kinds, of = _kinds(lines)
    told, at = dict[str, Told](), 0
    for each in members:
        more = 1 if each.share is not None else 2 * (each.weight in flat)
        sums = tuple(kinds[:, at + 1 + k] for k in range(more))
        told[each.id] = Told(kinds[:, at], sums, each.share is not None)
        at += 1 + more
    told |= {each.id: Told(kinds[:, at + k], (), share=True) for k, each in enumerate(heads)}
    used = {parts for each in members for parts in each.figures}
    figures = [parts for parts in figures if parts in used]
    return Cluster(told, dict(_counts(cells, of, len(kinds), figures)))


def _kinds(lines: Sequence[Mask | Floats]) -> tuple[Floats, Codes]:
    """The different people, a row each with what every line says of them, in order, and the row of everyone.

    >>> kinds, of = _kinds([np.array([True, False, True]), np.array([2.0, 0.0, 2.0])])
    >>> kinds.tolist(), of.tolist()
    ([[0.0, 0.0], [1.0, 2.0]], [1, 0, 1])
    """
    of, size = np.zeros(len(lines[0]), dtype=np.int64), 1
    for line in lines:
        values = np.array([False, True]) if line.dtype == np.bool_ else np.unique(line)
        of, among = dense(of * len(values) + np.searchsorted(values, line), size * len(values))
        size = len(among)
    first = np.unique(of, return_index=True)[1]
    return np.column_stack([line[first].astype(float) for line in lines]), of


def _counts(
    cells: Cells, kind: Codes, size: int, figures: Iterable[tuple[str, ...]]
) -> Iterator[tuple[Key, Floats]]:
    for parts in figures:
        of, names = cells.of(parts)
        there = of >= 0
        many = np.bincount(of[there] * size + kind[there], minlength=len(names) * size)
        for cell, row in zip(names, many.reshape(-1, size).astype(float), strict=True):
            yield (parts, cell), row
