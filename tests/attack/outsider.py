"""An outsider with our source: everybody laid out by group and answers, and what is published as equations.

Nothing of :mod:`thuis.protect` or :mod:`thuis.audit` is used. What an outsider is after was written down
before the first run (``labels`` of each attack):

- ``count``: of a withheld cell, how many respondents, to within three;
- ``answer``: of a group smaller than the minimum that anybody can name (a crossing, people without a
  category), that all or none of those who answered gave some answer;
- ``alike``: the same of a group of any size;
- ``few``: of a group under four times the minimum, that from one to four are on one side of an answer.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from .support import Public
from .worlds import Asked, Made, Row

NOBODY = None
NARROW, FEW = 3.0, 5


@dataclass(frozen=True)
class Found:
    label: str
    group: tuple[tuple[str, str | None], ...]
    what: str
    low: float
    high: float


class Quiet(highspy.Highs):
    """Without its callbacks, which print a banner."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


class Laid:
    """One wave, as unknown numbers of people of every kind: a category or none of each, an answer or none."""

    def __init__(self, one: Made, public: Public, wave: str, variable: str) -> None:
        self.one, self.wave, self.variable = one, wave, variable
        self.names = list(one.world.breakdowns)
        sides = [[*one.world.breakdowns[name], NOBODY] for name in self.names]
        self.kinds = list(itertools.product(*sides, one.codes[variable]))
        self.rows: list[np.ndarray] = []
        self.ends: list[tuple[float, float]] = []
        self.asked = {name: each for name, each in one.asked.items() if each.variable == variable}
        for (indicator, breakdown, of, cell), numbers in public.cells.items():
            if of == wave and indicator in self.asked:
                parts = () if breakdown == "total" else tuple(breakdown.split("-by-"))
                self._tell(self.asked[indicator], dict(zip(parts, cell, strict=True)), numbers)

    def _tell(self, asked: Asked, cell: Mapping[str, str], numbers: Mapping[str, object]) -> None:
        inside = self.inside(cell) * np.array([float(asked.counts(kind[-1])) for kind in self.kinds])
        if numbers["status"] == "published":
            n, value = float(str(numbers["n"])), float(str(numbers["estimate"]))
            self._row(inside, n, n)
            if not asked.share:
                self._moments(inside, n, value, numbers)
                return
            hits = np.array([float(kind[-1] in asked.share) for kind in self.kinds])
            people = round(value * n / 100)
            self._row(inside * hits, people, people)
        elif numbers["reason"] in ("not-asked", "not-applicable"):
            self._row(inside, 0.0, 0.0)

    def _moments(self, inside: np.ndarray, n: float, mean: float, numbers: Mapping[str, object]) -> None:
        """The sum of the answers, and of their squares by the standard error and the design effect."""
        answers = np.array([float(kind[-1]) for kind in self.kinds])
        total = round(mean * n)
        self._row(inside * answers, total, total)
        se, deff = float(str(numbers["se"])), numbers.get("deff")
        if deff:
            squares = round(se**2 * n / float(str(deff)) * (n - 1) + n * mean**2)
            self._row(inside * answers**2, squares, squares)

    def _row(self, row: np.ndarray, low: float, high: float) -> None:
        self.rows.append(row)
        self.ends.append((low, high))

    def inside(self, cell: Mapping[str, str | None]) -> np.ndarray:
        return np.array(
            [
                float(all(kind[self.names.index(name)] == category for name, category in cell.items()))
                for kind in self.kinds
            ]
        )

    def answering(self, *codes: str) -> np.ndarray:
        return np.array([float(kind[-1] in codes) for kind in self.kinds])

    def solver(self) -> highspy.Highs:
        model = Quiet()
        model.setOptionValue("output_flag", False)
        model.setOptionValue("threads", 1)
        inf = highspy.kHighsInf
        for _ in self.kinds:
            model.addVar(0.0, inf)
        for row, (low, high) in zip(self.rows, self.ends, strict=True):
            at = np.flatnonzero(row).astype(np.int32)
            model.addRow(low, high, len(at), at, row[at])
        return model


def span(model: highspy.Highs, goal: np.ndarray) -> tuple[float, float]:
    """The least and most; nothing is known of what does not add up."""
    at = np.arange(len(goal), dtype=np.int32)
    ends = []
    for sign in (1.0, -1.0):
        model.changeColsCost(len(goal), at, sign * goal)
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            ends.append(-np.inf)
            continue
        ends.append(model.getInfo().objective_function_value)
    return ends[0], -ends[1]


def nameable(one: Made) -> Iterator[dict[str, str | None]]:
    """Everybody, every category or none of a breakdown, and every crossing of two of these."""
    sides = [[*one.world.breakdowns[name], NOBODY] for name in one.world.breakdowns]
    names = list(one.world.breakdowns)
    for size in range(len(names) + 1):
        for chosen in itertools.combinations(range(len(names)), size):
            for cell in itertools.product(*(sides[k] for k in chosen)):
                yield {names[k]: category for k, category in zip(chosen, cell, strict=True)}


def of(row: Row, cell: Mapping[str, str | None]) -> bool:
    return all(row.get(name) == category for name, category in cell.items())


def attack(one: Made, public: Public, wave: str, variable: str) -> Iterator[Found]:
    """What is labelled and follows."""
    laid = Laid(one, public, wave, variable)
    model, codes = laid.solver(), one.codes[variable]
    for cell in nameable(one):
        people = [str(row[variable]) for row in one.rows[wave] if of(row, cell) and row[variable] is not None]
        if not people:
            continue
        group = tuple(cell.items())
        inside = laid.inside(cell)
        least, most = span(model, inside)
        parts = tuple(cell)
        hidden = all(
            (found := public.cells.get((name, "-by-".join(parts) or "total", wave, tuple(cell.values()))))
            and found["status"] != "published"
            for name, each in laid.asked.items()
            if each.among is None
        )
        withheld = None not in cell.values() and parts in one.figures and hidden
        if withheld and len(people) < one.minimum and most - least <= NARROW + 1e-6:
            yield Found("count", group, "n", least, most)
        for code in codes:
            low, high = span(model, inside * laid.answering(code))
            _check(people, code, (low, high), (least, most))
            if least > 0.5 and (high < 0.5 or low > most - 0.5):
                yield Found("answer" if len(people) < one.minimum else "alike", group, code, low, high)
            elif _handful(low, high, least, most) and len(people) < 4 * one.minimum:
                yield Found("few", group, code, low, high)


def _handful(low: float, high: float, least: float, most: float) -> bool:
    """Whether both numbers are known, and few are on one side."""
    known = high - low < 0.5 and most - least < 0.5
    return known and min(low, most - low) < FEW - 0.5


def _check(people: Sequence[str], code: str, found: tuple[float, float], size: tuple[float, float]) -> None:
    """An attacker that is wrong has found nothing."""
    hits = sum(each == code for each in people)
    assert found[0] - 1e-4 <= hits <= found[1] + 1e-4
    assert size[0] - 1e-4 <= len(people) <= size[1] + 1e-4
