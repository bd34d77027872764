"""Changes of a panel: with the standard error of a change a reader knows how many changed their answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from thuis.protect.bounds import Measure, Target
from thuis.protect.levels import LOOSE
from thuis.protect.reliability import FLAT
from thuis.protect.rules import ProtectionRules
from thuis.protect.secondary import complement
from thuis.protect.structure import IndicatorShape
from thuis.protect.system import Key, System, system
from thuis.protect.table import Places, Row, Table
from thuis.protect.ties import loose
from thuis.values import breakdown_parts

INDEPENDENT = 1e-6
"""Part by which the variance of a change may differ from the sum of two before it has a covariance."""
WHOLE = 0.05
"""Turnovers this near whole numbers in every cell are counts, which add up; weights make them none."""
ENDS = 0.02
"""Part by which the variance of a mean may be under the most there is when only the ends were given."""


@dataclass(frozen=True, slots=True)
class Turnover:
    """How many gave an answer twice, first only, then only, and never; of ``n`` people in all.

    Of a mean ``first`` is how far people moved (:func:`_moves`).
    """

    n: float
    both: float
    first: float
    then: float
    never: float

    def tells(self, rules: ProtectionRules) -> bool:
        """Whether one of the four is nobody or a handful, in a large group too: where nobody alone would
        withhold the change, its silence would say so."""
        return min(self.both, self.first, self.then, self.never) < rules.minimum_hits - 0.5

    def targets(self, cell: int, rules: ProtectionRules) -> tuple[Target, ...]:
        """The interval that must stay for each of the four: what is withheld for a handful may be nobody."""
        enough = float(min(rules.minimum_hits, self.n / 2))
        return tuple(
            Target(cell, 0.0, enough) if each < enough else Target(cell, each - LOOSE, each + LOOSE)
            for each in (max(getattr(self, name), 0.0) for name in FOUR)
        )


FOUR = ("both", "first", "then", "never")


def telling_changes(
    comparisons: pl.DataFrame,
    at: tuple[Places, Places],
    published: pl.DataFrame,
    table: Table,
    rows: Sequence[Row],
    rules: ProtectionRules,
) -> pl.DataFrame:
    """The published comparisons without changes that tell how few people changed, or did not.

    The variance of the change of a share is that of the two shares less twice their covariance, and with the
    shares the covariance gives the four counts of a turnover table: yes-yes, yes-no, no-yes, no-no. None may
    be of a handful of people, or of nobody. Counts are of people as weights make them equal: ``n`` over the
    design effect. They add up as shares do, so further changes go where such a table, or that of a withheld
    cell, is a total less its parts.

    :param comparisons: all, also those beside withheld cells.
    :param at: where their cells stand among ``rows``, all cells.
    :param published: those of which both cells are.
    """
    shapes = {each.id: each for each in table.structure.indicators}
    found: dict[tuple[str, str, str], dict[str, dict[Key, Turnover]]] = {}
    names = ("indicator", "breakdown", "wave", "cell", "other_wave", "se")
    changes = _dependent(comparisons, at, rows)
    for indicator, breakdown, wave, cell, other_wave, se in changes.select(*names).iter_rows():
        shape = shapes[indicator]
        key = table.structure.key(breakdown_parts(breakdown), cell or ())
        now, then = table.rows(indicator, wave).get(key), table.rows(indicator, other_wave).get(key)
        turnover = _turnover(now, then, float(se), shape) if now and then else None
        if turnover:
            of = found.setdefault((shape.family, wave, other_wave), {})
            of.setdefault(indicator, {})[key] = turnover
    gone = set[tuple[str, str, str, Key]]()
    for (family, wave, other_wave), of in found.items():
        keys = _gone([(shapes[name], cells) for name, cells in of.items()], wave, other_wave, table, rules)
        gone |= {
            (each.id, wave, other_wave, key)
            for each in shapes.values()
            if each.family == family
            for key in keys
        }
    if not gone:
        return published
    keep = [
        type_ != "wave"
        or (indicator, wave, other, table.structure.key(breakdown_parts(breakdown), cell or ())) not in gone
        for indicator, breakdown, type_, wave, cell, other in published.select(
            "indicator", "breakdown", "type", "wave", "cell", "other_wave"
        ).iter_rows()
    ]
    return published.filter(pl.Series(keep, dtype=pl.Boolean))


def _dependent(comparisons: pl.DataFrame, at: tuple[Places, Places], rows: Sequence[Row]) -> pl.DataFrame:
    """Changes of which the variance may not be the sum of two: of independent samples it always is."""
    se = np.array([*(np.nan if row.se is None else row.se for row in rows), np.nan])
    own = comparisons["se"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    both = se[at[0]] ** 2 + se[at[1]] ** 2
    may = np.abs(both - own**2) > INDEPENDENT * both
    return comparisons.filter(pl.col("type") == "wave", pl.Series(may))


def _gone(
    family: Sequence[tuple[IndicatorShape, Mapping[Key, Turnover]]],
    wave: str,
    other_wave: str,
    table: Table,
    rules: ProtectionRules,
) -> set[Key]:
    """The cells whose change is withheld in a family, until none asks for more."""
    gone = {key for _, cells in family for key, each in cells.items() if each.tells(rules)}
    whole = {
        one.id: all(abs(each.both - round(each.both)) <= WHOLE for each in cells.values())
        for one, cells in family
    }
    for each, _ in family:
        for of in (wave, other_wave):
            gone |= {key for key, row in table.rows(each.id, of).items() if not row.open and row.n}
    if not any(key in cells for _, cells in family for key in gone):
        return gone
    before = -1
    while len(gone) != before:
        before = len(gone)
        for each, cells in family:
            rows = (table.rows(each.id, wave), table.rows(each.id, other_wave))
            gone |= _beside(each, cells, rows, gone, table, rules, whole=whole[each.id])
    return gone


def _beside(
    shape: IndicatorShape,
    cells: Mapping[Key, Turnover],
    rows: Sequence[Mapping[Key, Row]],
    gone: Iterable[Key],
    table: Table,
    rules: ProtectionRules,
    *,
    whole: bool,
) -> set[Key]:
    """Cells whose change would give that of another away.

    Turnovers that are no whole numbers do not add up as published; respondents do, in the same way.
    """
    n = {key: min(each[key].n for each in rows) for key in rows[0]}
    absent = frozenset(key for key, count in n.items() if not count)
    structure, anybody = table.structure.with_rests(loose(shape.breakdowns, n))
    found = system(structure, shape.breakdowns, absent, anybody)
    none = Turnover(0.0, 0.0, 0.0, 0.0, 0.0)
    hidden = [found.index[key] for key in gone if key in found.index and key not in absent]
    asked = {i: cells[found.keys[i]].targets(i, rules) for i in hidden if found.keys[i] in cells}
    if not asked:
        return set()
    measures = [] if whole else [_of_people(found, n, asked)]
    for k, name in enumerate(FOUR if whole else ()):
        values = found.extended([max(getattr(cells.get(key, none), name), 0.0) for key in found.keys])
        targets = tuple(each[k] for each in asked.values())
        measures.append(
            Measure(f"changes {name}", values, np.zeros(found.size), np.full(found.size, np.inf), targets)
        )
    cost = [float(n[key] + rules.minimum_n) for key in found.keys]
    return {found.keys[step.cell] for step in complement(found, measures, hidden, cost)}


def _of_people(found: System, n: Mapping[Key, int], asked: Iterable[int]) -> Measure:
    """The respondents of cells whose change is withheld, a few more or fewer."""
    values = found.extended([float(n[key]) for key in found.keys])
    targets = tuple(Target(i, max(values[i] - LOOSE, 0.0), values[i] + LOOSE) for i in asked)
    return Measure("changes", values, np.zeros(found.size), np.full(found.size, np.inf), targets)


def _turnover(now: Row, then: Row, se: float, shape: IndicatorShape) -> Turnover | None:
    """The table of two waves; None where nothing tells it: other people, or a mean of further answers."""
    width = 100.0
    if now.se is None or then.se is None or now.estimate is None or then.estimate is None:
        return None
    p, q = now.estimate, then.estimate
    if shape.kind != "proportion":
        if shape.scale is None:
            return None
        low, width = shape.scale[0], shape.scale[1] - shape.scale[0]
        p, q = p - low, q - low
    a, b = now.se / width, then.se / width
    p, q = p / width, q / width
    covariance = (a**2 + b**2 - (se / width) ** 2) / 2
    if abs(covariance) <= INDEPENDENT * (a**2 + b**2):
        return None
    if shape.kind != "proportion" and not (_two(p, a, now) and _two(q, b, then)):
        return _moves(now, then, se, shape)
    n = float(min(now.n, then.n))
    spread = [s**2 / (x * (1 - x)) for s, x in ((a, p), (b, q)) if 0 < x < 1]
    if not spread:
        return Turnover(n, 0.0, 0.0, 0.0, 0.0)
    both = covariance * 2 / (spread[0] + spread[-1]) + p * q
    return Turnover(n, n * both, n * (q - both), n * (p - both), n * (1 - p - q + both))


def _moves(now: Row, then: Row, se: float, shape: IndicatorShape) -> Turnover | None:
    """How far people moved on a scale of whole numbers: the sum of the squares of all moves.

    It adds up as people do, and is no less than the number who moved. The other counts of the table are not
    known; they stand for numbers that tell nothing.
    """
    assert now.estimate is not None
    assert then.estimate is not None
    if shape.kind != "mean" or not all(float(end).is_integer() for end in shape.scale or (0.5,)):
        return None
    n = float(min(now.n, then.n))
    units = (now.df or n) + 1
    uneven = (now.deff or 1.0) * n / max(n - 1, 1.0)
    squares = n**2 * se**2 * (units - 1) / units / (1.0 if abs(uneven - 1) <= FLAT else uneven)
    squares += n * (now.estimate - then.estimate) ** 2
    return Turnover(n, n + squares, squares, n, n)


def _two(mean: float, se: float, row: Row) -> bool:
    """Whether only the two ends of a scale were given: no other answers vary as much."""
    most = mean * (1 - mean)
    return most <= 0 or se**2 * row.n / (row.deff or 1.0) >= (1 - ENDS) * most
