"""Attacks on one data folder: ranges of withheld cells, remainders, spreads of nothing, adjusted p values."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from thuis.audit.answers import attack_answers, counted
from thuis.audit.model import Kind, Weak
from thuis.audit.read import At, Figure, Published, secret

NARROW = 3.0
"""A range of people no wider than this is as good as known."""
FLAT = 1e-6
"""Spread of answers, as part of the mean, that is none."""

Numbers = Mapping[At, dict[str, Any]]


Table = dict[At, tuple[str, dict[str, Any]]]


def attack_counts(published: Published, tables: Mapping[tuple[str, str], Table]) -> list[Weak]:
    """What is known too well of respondents and answers, in the order of the figures."""
    found: list[Weak] = []
    kinds = {figure.indicator: figure.kind for figure in published.figures}
    whole = whole_of(tables)
    for (indicator, wave), figures in tables.items():
        known = {at: cell for at, (_, cell) in figures.items()}
        names = {at: name for at, (name, _) in figures.items()}
        found += ranges(known, names, wave, published, whole[indicator, wave])
        found += _remainders(known, names, wave, published)
        found += _alike(known, names, wave)
        if kinds[indicator] == "proportion" and (hits := counted(figures)) is not None:
            found += _answers(known, names, wave, hits, whole[indicator, wave])
    found += attack_answers(published, tables)
    return [*found, *(weak for figure in published.figures for weak in _adjusted(figure))]


def tables_of(published: Published) -> dict[tuple[str, str], Table]:
    """All cells of an indicator in a wave, whatever figure they are in."""
    tables: dict[tuple[str, str], Table] = {}
    for figure in published.figures:
        for (wave, cell), numbers in figure.cells.items():
            at = (figure.dimensions, cell)
            tables.setdefault((figure.indicator, wave), {})[at] = (figure.id, numbers)
    return tables


def whole_of(tables: Mapping[tuple[str, str], Table]) -> dict[tuple[str, str], frozenset[str]]:
    """For every indicator in a wave the dimensions that hold everybody.

    The parts of one add up to the total, of this indicator or one with the same respondents, and no sum that
    can be made in the wave falls short.
    """
    full: dict[str, list[tuple[float, frozenset[str]]]] = {}
    short: dict[str, set[str]] = {}
    for (_, wave), cells in tables.items():
        known = {at: cell for at, (_, cell) in cells.items()}
        for outer, inner, _, _, rest in _rests(known):
            if abs(rest) > 0.5:
                short.setdefault(wave, set()).update(set(inner) - set(outer))
            elif not outer:
                full.setdefault(wave, []).append((float(known[(), ()]["n"]), frozenset(inner)))
    found = {}
    for (indicator, wave), cells in tables.items():
        n = float(cells[(), ()][1].get("n") or math.inf) if ((), ()) in cells else math.inf
        sure = [names for size, names in full.get(wave, ()) if size == n]
        found[indicator, wave] = frozenset().union(*sure) - short.get(wave, set())
    return found


Rest = tuple[tuple[str, ...], tuple[str, ...], At, list[At], float]


def _rests(known: Numbers) -> Iterator[Rest]:
    """Every published whole of which all parts are known: both sets of dimensions, it, they, what is left."""
    for inner, outer, whole, parts in groups(known):
        if (
            whole in known
            and known[whole]["status"] == "published"
            and not any(secret(known[p]) for p in parts)
        ):
            rest = float(known[whole]["n"]) - sum(float(known[p].get("n") or 0) for p in parts)
            yield outer, inner, whole, parts, rest


def ranges(
    known: Numbers, names: Mapping[At, str], wave: str, published: Published, whole: frozenset[str]
) -> Iterator[Weak]:
    """The least and most respondents of withheld cells, given all others of each largest crossing."""
    for at, (low, high) in _seen(known, 1.0, whole).items():
        if high - low <= NARROW:
            kind: Kind = "exact" if high - low < 0.5 else "narrow"
            yield Weak(
                kind, names[at], wave, at[1], round(low, 6), round(high, 6), "totals, margins and crossings"
            )
        elif high < published.minimum - 1e-6:
            yield Weak(
                "narrow", names[at], wave, at[1], round(low, 6), round(high, 6), "below the minimum at most"
            )


def _answers(
    known: Numbers, names: Mapping[At, str], wave: str, hits: Mapping[At, int], whole: frozenset[str]
) -> Iterator[Weak]:
    """Those who gave the answer in withheld cells, given those of all others."""
    people = {at: {**cell, "n": hits.get(at, 0)} for at, cell in known.items()}
    for at, (low, high) in _seen(people, 0.0, whole).items():
        if high - low <= NARROW:
            yield Weak(
                "answers", names[at], wave, at[1], round(low, 6), round(high, 6), "shares times their n"
            )


def _seen(known: Numbers, least: float, whole: frozenset[str]) -> dict[At, tuple[float, float]]:
    """The range of every withheld cell, each of which holds at ``least`` so many."""
    seen: dict[At, tuple[float, float]] = {}
    figures = {dimensions for dimensions, _ in known}
    largest = [one for one in figures if not any(set(one) < set(other) for other in figures)]
    for crossing in largest:
        inside = {at: cell for at, cell in known.items() if set(at[0]) <= set(crossing)}
        if any(secret(cell) for cell in inside.values()):
            for at, (low, high) in _programmes(crossing, inside, least, whole).items():
                before = seen.get(at, (0.0, math.inf))
                seen[at] = (max(low, before[0]), min(high, before[1]))
    return seen


def _programmes(
    crossing: Sequence[str], cells: Numbers, least: float, whole: frozenset[str]
) -> dict[At, tuple[float, float]]:
    """Linear programmes over the people of a crossing; ``whole`` dimensions have nobody in no category."""
    categories = [
        [
            *dict.fromkeys(cell[at.index(name)] for at, cell in cells if name in at),
            *([""] if name not in whole else []),
        ]
        for name in crossing
    ]
    people = list(itertools.product(*categories))
    number = {kind: k for k, kind in enumerate(people)}

    def members(at: At) -> list[int]:
        fixed = dict(zip(*at, strict=True))
        sides = [[fixed[n]] if n in fixed else categories[k] for k, n in enumerate(crossing)]
        return [number[kind] for kind in itertools.product(*sides)]

    equal, values, hidden, upper = list[list[int]](), list[float](), list[list[int]](), list[At]()
    for at, cell in cells.items():
        if secret(cell):
            hidden.append(members(at))
            upper.append(at)
        else:
            equal.append(members(at))
            values.append(float(cell.get("n") or 0))
    constraints = [LinearConstraint(_matrix(hidden, len(people)), least, np.inf)]
    if equal:
        constraints.append(LinearConstraint(_matrix(equal, len(people)), values, values))
    found = {}
    for at, row in zip(upper, hidden, strict=True):
        goal = np.zeros(len(people))
        goal[row] = 1.0
        ends = []
        for sign in (1.0, -1.0):
            solved = milp(sign * goal, constraints=constraints)
            ends.append(sign * solved.fun if solved.status == 0 else (0.0 if sign > 0 else math.inf))
        found[at] = (ends[0], ends[1])
    return found


def _matrix(rows: Sequence[Sequence[int]], width: int) -> csr_array:
    ends = np.cumsum([0, *(len(row) for row in rows)])
    columns: NDArray[np.int64] = np.array([k for row in rows for k in row], dtype=np.int64)
    return csr_array((np.ones(len(columns)), columns, ends), shape=(len(rows), width))


def groups(
    known: Numbers,
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], At, list[At]]]:
    """Every whole with the cells of one finer figure within it."""
    figures: dict[tuple[str, ...], list[At]] = {}
    for at in known:
        figures.setdefault(at[0], []).append(at)
    for inner, cells in figures.items():
        for outer in figures:
            if set(outer) < set(inner):
                groups: dict[tuple[str, ...], list[At]] = {}
                for at in cells:
                    groups.setdefault(tuple(at[1][inner.index(name)] for name in outer), []).append(at)
                for cell, parts in groups.items():
                    yield inner, outer, (outer, cell), parts


def _remainders(known: Numbers, names: Mapping[At, str], wave: str, published: Published) -> Iterator[Weak]:
    """People in no category: a whole less all its parts, when all are published."""
    for _, _, whole, parts, rest in _rests(known):
        if 0.5 < rest < published.minimum:
            how = f"{names[whole]} less its parts"
            yield Weak("remainder", names[parts[0]], wave, whole[1], rest, rest, how)


def _alike(known: Numbers, names: Mapping[At, str], wave: str) -> Iterator[Weak]:
    """Published cells in which everybody gave one answer."""
    for at, cell in known.items():
        se, value, n = cell.get("se"), cell.get("estimate"), cell.get("n")
        if cell["status"] != "published" or se is None or value is None or n is None:
            continue
        if se * n**0.5 <= FLAT * max(abs(value), 1e-6):
            yield Weak("alike", names[at], wave, at[1], n, n, "no spread")


def _adjusted(figure: Figure) -> Iterator[Weak]:
    """Adjusted p values that no Holm adjustment of the published ones gives: withheld tests were counted."""
    tests = [each for each in figure.comparisons if each.get("p") is not None]
    ordered = sorted(tests, key=lambda each: float(each["p"]))
    worst = 0.0
    for rank, each in enumerate(ordered):
        worst = max(worst, min(1.0, float(each["p"]) * (len(tests) - rank)))
        given = each.get("p_adjusted")
        if given is not None and not math.isclose(worst, float(given), rel_tol=1e-6, abs_tol=1e-9):
            cell = tuple(each.get("cell") or ())
            how = f"p {each['p']:.3g} is adjusted to {given:.3g}, by the published tests to {worst:.3g}"
            yield Weak("adjusted", figure.id, str(each["wave"]), cell, 0, 0, how)
