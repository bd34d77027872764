"""How well an intruder may know a withheld number: the protection levels, and the numbers they hold for.

The count of a group with too few respondents may be anything from one (or nobody, where it has nobody) to the
minimum. Of a group that nearly agrees, the number on the smaller side may be anything from nobody to the
number that would have been enough. Of every other withheld share at least a few answers stay unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from thuis.protect.bounds import Measure, Target
from thuis.protect.implied import implied
from thuis.protect.primary import telling
from thuis.protect.rules import ProtectionRules
from thuis.protect.structure import BreakdownShape, IndicatorShape, Structure
from thuis.protect.system import Floats, Key, System, system
from thuis.protect.table import Row

OF_N = "n"
"""The measure of respondents."""
LOOSE = 2.0
"""Answers that stay unknown on each side of a withheld share: more than three in all."""


def counts(
    system: System,
    n: Mapping[Key, int],
    few: Iterable[Key],
    enough: Iterable[Key],
    rules: ProtectionRules,
    guarded: Mapping[Key, tuple[float, float]] | None = None,
    between: Mapping[Key, tuple[float, float]] | None = None,
) -> Measure:
    """The numbers of respondents.

    :param few: cells with too few respondents.
    :param enough: withheld cells of which the public reason says that they have the minimum.
    :param guarded: withheld cells whose respondents count an answer, with the interval that must stay.
    :param between: the fewest and the most that a reader knows withheld cells to have.
    """
    values = system.extended([n.get(key, 0) for key in system.keys])
    cells = len(system.keys)
    low = np.where(values > 0, 1.0, 0.0)
    low[cells:] = 0.0
    high = np.full(system.size, np.inf)
    for key, (fewest, most) in (between or {}).items():
        at = system.index[key]
        low[at], high[at] = min(fewest, values[at]), max(most, float(values[at]))
    at_least = [system.index[key] for key in enough if key in system.index]
    low[at_least] = np.maximum(low[at_least], rules.minimum_n)
    least = float(rules.minimum_n)
    wanted = sorted(system.index[key] for key in few if key in system.index)
    rests = [i for i in range(cells, system.size) if 0 < values[i] < least]
    targets = [
        Target(i, float(low[i]), min(least, float(high[i])))
        for i in [*wanted, *rests]
        if i not in system.absent
    ]
    for key, (least_n, most_n) in (guarded or {}).items():
        at = system.index[key]
        if at not in system.absent and at not in wanted:
            targets.append(Target(at, max(least_n, float(low[at])), min(most_n, float(high[at]))))
    return Measure(OF_N, values, np.minimum(low, values), high, tuple(targets))


@dataclass(frozen=True, slots=True)
class Answers:
    """The shares of one kin as a table of people by answer: its system, its measure, and whose cell is whose.

    ``unit`` is the cell of the monitor that each cell of ``system`` belongs to: withholding it withholds all
    shares in it. ``nowhere`` are cells that no figure has: of shares that follow from others.
    """

    system: System
    measure: Measure
    unit: tuple[Key, ...]
    nowhere: tuple[int, ...] = ()


def answers(
    structure: Structure,
    kin: Sequence[IndicatorShape],
    rows: Sequence[Mapping[Key, Row]],
    known: Knowledge,
    rules: ProtectionRules,
    beside: Sequence[tuple[IndicatorShape, Mapping[Key, Row]]] = (),
) -> Answers:
    """How many people gave which answers, as far as shares tell: every share is a category of the answer.

    :param beside: other shares on the same answers, which a reader knows where they are published.

    Respondents are taken as known, also those of withheld cells: a population register may hold about as much
    as weights make of them.

    With the respondents themselves beside the shares, what two shares say about a third follows, and that
    fewer cannot have given an answer than have answered.
    """
    every_one = [*kin, *(each for each, _ in beside)]
    classes = _classes(every_one)
    follow = _following([*zip(kin, rows, strict=True), *beside])
    named = _parts_of_answer(every_one) | {name: codes for name, codes, _ in follow}
    shapes = {
        name: BreakdownShape(name, ANSWER, {"yes": frozenset(k for k, c in enumerate(classes) if c & codes)})
        for name, codes in named.items()
    }
    wide = replace(structure, breakdowns={**structure.breakdowns, **shapes})
    values, asked = _asked(kin, rows)
    others = _others(beside)
    values |= {key: float(row.n_hit or 0) for key, row in others.items()}
    nowhere = {key: n for name, _, hits in follow for key, n in _by_answer(name, hits) if key not in values}
    values |= nowhere
    for key, count in known.n.items():
        values.setdefault(key, count)
    figures = tuple(dict.fromkeys(parts for parts, _ in values))
    told = {*asked, *others, *nowhere}
    absent = frozenset(
        key for key in values if _plain(key) in known.absent and (_plain(key) == key or key not in told)
    )
    used = {parts[-1] for parts in figures if parts}
    counted = frozenset().union(*(codes for name, codes in named.items() if name in used))
    spare = ANSWER if any(not each & counted for each in classes) else None
    cells = system(wide, figures, absent, known.loose, spare=spare)
    targets = [
        level(cells.index[key], values[key], row.n, rules)
        for key, row in asked.items()
        if _plain(key) in known.own and row.secret and row.n and cells.index[key] not in cells.absent
    ]
    every = cells.extended([values.get(key, 0.0) for key in cells.keys])
    own = {share_name(each.share) for each in kin} | {name for name, *_ in follow}
    targets += _remaining(cells, every, rules, own)
    low, high = np.zeros(cells.size), np.full(cells.size, np.inf)
    low[[i for i, key in enumerate(cells.keys) if key not in told and every[i] > 0]] = 1.0
    for key, row in (asked | others).items():
        if row.reason == "too-uncertain" and row.between:
            low[cells.index[key]], high[cells.index[key]] = row.between
    measure = Measure("answers", every, low, high, tuple(_within(each, low, high) for each in targets))
    return Answers(
        cells,
        measure,
        tuple(_plain(key) for key in cells.keys),
        tuple(i for i, key in enumerate(cells.keys) if key in nowhere),
    )


def _asked(
    kin: Sequence[IndicatorShape], rows: Sequence[Mapping[Key, Row]]
) -> tuple[dict[Key, float], dict[Key, Row]]:
    """The numbers of a kin by answer, with those in each denominator, and whose they are."""
    values: dict[Key, float] = {}
    asked: dict[Key, Row] = {}
    for each, found in zip(kin, rows, strict=True):
        whole = among_name(each) if each.among else None
        for (parts, cell), row in found.items():
            n_key: Key = ((*parts, whole), (*cell, "yes")) if whole else (parts, cell)
            values[n_key] = max(values.get(n_key, 0), row.n)
            key: Key = ((*parts, share_name(each.share)), (*cell, "yes"))
            values[key] = row.n_hit or 0
            asked[key] = row
    return values, asked


def _others(beside: Sequence[tuple[IndicatorShape, Mapping[Key, Row]]]) -> dict[Key, Row]:
    """The cells of other shares of all who answered, by answer."""
    return {
        ((*parts, share_name(each.share)), (*cell, "yes")): row
        for each, cells in beside
        for (parts, cell), row in cells.items()
        if each.among is None and row.n_hit is not None
    }


def _by_answer(name: str, hits: Mapping[Key, float]) -> Iterator[tuple[Key, float]]:
    for (parts, cell), count in hits.items():
        yield ((*parts, name), (*cell, "yes")), count


def _within(target: Target, low: Floats, high: Floats) -> Target:
    """A target that asks for nothing beyond what the public reason of its cell says."""
    return replace(
        target, low=max(target.low, float(low[target.cell])), high=min(target.high, float(high[target.cell]))
    )


def _following(
    members: Sequence[tuple[IndicatorShape, Mapping[Key, Row]]],
) -> list[tuple[str, frozenset[str], dict[Key, float]]]:
    """Shares of all who answered that follow from others: a name, the answers, and who gave them per cell.

    In a cell they are judged as such; here they count for people whom no category holds.
    """
    cells = {each.id: found for each, found in members if each.adds and each.among is None}
    found = []
    for one in implied([each for each, _ in members if each.id in cells]):
        rows = [cells[name] for name in one.members]
        hits: dict[Key, float] = {}
        for key, row in rows[0].items():
            if all(key in each and (each[key].n_hit is not None or not each[key].n) for each in rows):
                parts = zip(one.weights, rows, strict=True)
                hits[key] = one.of_n * row.n + sum(w * (each[key].n_hit or 0) for w, each in parts)
        found.append((share_name(one.codes), one.codes, {key: round(n, 6) for key, n in hits.items()}))
    return found


def _remaining(cells: System, values: Floats, rules: ProtectionRules, own: Collection[str]) -> list[Target]:
    """Remainders of a share within remainders of respondents that are no small group, but tell too much."""
    people = {
        (cells.keys[each.whole], tuple(cells.keys[i] for i in each.parts)): values[len(cells.keys) + at]
        for at, each in enumerate(cells.remainders)
    }
    found = []
    for at, each in enumerate(cells.remainders, len(cells.keys)):
        whole, parts = cells.keys[each.whole], [cells.keys[i] for i in each.parts]
        n = people.get((_plain(whole), tuple(_plain(key) for key in parts)))
        if (
            n is None
            or _plain(whole) == whole
            or whole[0][-1] not in own
            or not 0 <= values[at] <= n
            or n < rules.minimum_n
        ):
            continue
        if telling(int(n), int(values[at]), rules):
            found.append(level(at, values[at], n, rules))
    return found


ANSWER = "@answer"
"""The block of the answers themselves."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of the cells of a kin: nothing in ``absent``, more than the parts in ``loose``
    breakdowns; ``own`` are those withheld for what they tell, ``n`` are the respondents of all cells of
    indicators on the same answers."""

    n: Mapping[Key, int]
    absent: frozenset[Key]
    loose: frozenset[str]
    own: frozenset[Key]


def _name(kind: str, codes: Iterable[str]) -> str:
    return f"@{kind}:{','.join(sorted(codes))}"


def share_name(codes: Iterable[str]) -> str:
    """The name of a share in a table of people by answer."""
    return _name("share", codes)


def among_name(of: IndicatorShape) -> str:
    """The name of those among the answers of a share, in a table of people by answer."""
    return _name("n", of.among or ())


def _plain(key: Key) -> Key:
    """The cell of the monitor of a cell by answer."""
    parts, cell = key
    return (parts[:-1], cell[:-1]) if parts and parts[-1].startswith("@") else key


def _parts_of_answer(kin: Sequence[IndicatorShape]) -> dict[str, frozenset[str]]:
    shares = {share_name(each.share): each.share for each in kin}
    return shares | {among_name(each): each.among for each in kin if each.among}


def _classes(kin: Sequence[IndicatorShape]) -> list[frozenset[str]]:
    """The codes that no share tells apart, together; one more than is named where they are not known."""
    sets = list(_parts_of_answer(kin).values())
    named = frozenset().union(*sets)
    valid = frozenset().union(*(each.valid for each in kin))
    classes: dict[tuple[bool, ...], set[str]] = {}
    for code in sorted(named | (valid or {"another answer"})):
        classes.setdefault(tuple(code in each for each in sets), set()).add(code)
    return [frozenset(each) for each in classes.values()]


def level(cell: int, hits: float, n: float, rules: ProtectionRules) -> Target:
    """The interval for the counted answers of a cell that is not too small.

    >>> level(0, 0, 240, ProtectionRules()), level(0, 60, 100, ProtectionRules())
    (Target(cell=0, low=0.0, high=5.0), Target(cell=0, low=58.0, high=62.0))
    """
    enough = float(min(rules.minimum_hits, n / 2))
    if hits < enough:
        return Target(cell, 0.0, enough)
    if n - hits < enough:
        return Target(cell, n - enough, float(n))
    return Target(cell, max(hits - LOOSE, 0.0), min(hits + LOOSE, float(n)))


def halves(system: System, n: Mapping[Key, int], withheld: Iterable[Key]) -> Measure:
    """Any sum over answers, for means and for shares that are tied together: half of every cell counts.

    What is determined does not depend on the numbers themselves, so these may stand for all.
    """
    whole = system.extended([n.get(key, 0) for key in system.keys])
    wanted: Sequence[int] = sorted({system.index[k] for k in withheld if k in system.index} - system.absent)
    targets = tuple(
        Target(i, whole[i] / 2 - min(LOOSE, whole[i] / 2), whole[i] / 2 + min(LOOSE, whole[i] / 2))
        for i in wanted
    )
    return Measure("answers", whole / 2, np.zeros(system.size), np.maximum(whole, 0.0), targets, narrow=0.0)
