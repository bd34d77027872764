"""What solutions showed to be possible: it is as long as no cell that they move is published."""

from __future__ import annotations

import numpy as np

from thuis.protect.near import Bools, Floats, Ints

KEPT, ROOM = 400, 4_000_000
"""Movements that are kept, and their numbers in all."""
CLOSE = 1e-5
"""People by which a target may fall short of its goal."""
NEAR = 1e-6


class Shown:
    """Movements of people, each of which may go some times as far, and some times the other way.

    :param values: what cells and remainders are; the first ``size`` are cells.
    """

    def __init__(self, values: Floats, size: int) -> None:
        self.values, self.size, self.count = values, size, 0
        self.room = max(16, min(KEPT, ROOM // len(values)))
        self.change = np.zeros((16, len(values)))
        self.far = np.zeros((16, 2))
        self.moved = np.zeros((16, -(-size // 8)), dtype=np.uint8)
        self.aim(np.zeros(0, dtype=np.int64), np.zeros(0))

    def aim(self, cells: Ints, goals: Floats) -> None:
        """The sides of targets, of which is noted whether a movement reaches them."""
        need = goals - self.values[cells]
        self.cells, self.sign, self.need = cells, np.sign(need), np.abs(need) - CLOSE
        self.met = self._met(self.change, self.far)
        self.latest: tuple[Bools, int, Bools] | None = None

    def _met(self, change: Floats, far: Floats) -> Bools:
        along = change[..., self.cells] * self.sign
        found: Bools = (along * far[..., :1] >= self.need) | (along * -far[..., 1:] >= self.need)
        return found

    def keep(self, change: Floats, far: Floats) -> None:
        """A movement, and how far it may go and the other way."""
        if self.count == len(self.change) < self.room:
            more = {name: getattr(self, name) for name in ("change", "far", "moved", "met")}
            for name, old in more.items():
                setattr(self, name, np.concatenate([old, np.zeros_like(old)]))
        # The oldest goes when there is no room.
        at = self.count % len(self.change)
        self.count += 1
        self.change[at], self.far[at] = change, far
        self.moved[at] = np.packbits(np.abs(change[: self.size]) > NEAR)
        self.met[at] = self._met(change, far)

    def movements(self) -> Floats:
        """What cells were seen to do."""
        found: Floats = self.change[: min(self.count, len(self.change)), : self.size]
        return found

    def safe(self, hidden: Bools) -> Bools:
        """Which sides a movement reaches that moves no published cell."""
        since, before = 0, np.zeros(len(self.need), dtype=bool)
        if self.latest is not None and np.array_equal(self.latest[0], hidden):
            _, since, before = self.latest
            if since == self.count:
                return before
        rows = np.arange(max(since, self.count - len(self.change)), self.count) % len(self.change)
        found: Bools = before.copy()
        found[self.met[rows[self._possible(rows, hidden)]].any(axis=0)] = True
        self.latest = hidden.copy(), self.count, found
        return found

    def _possible(self, rows: Ints, hidden: Bools) -> Bools:
        return np.asarray(~(self.moved[rows] & np.packbits(~hidden)).any(axis=1))

    def ends(self, hidden: Bools) -> tuple[Floats, Floats]:
        """The least and the most that movements gave each cell, of those that are still possible."""
        rows = np.arange(min(self.count, len(self.change)))
        rows = rows[self._possible(rows, hidden)]
        change, far = self.change[rows], self.far[rows]
        on, back = change * far[:, :1], -change * far[:, 1:]
        low, high = np.minimum(on, back), np.maximum(on, back)
        least: Floats = low.min(axis=0, initial=np.inf)
        most: Floats = high.max(axis=0, initial=-np.inf)
        return self.values + least, self.values + most
