"""Protection of random tables beside tau-argus: cells and respondents withheld, what an attacker finds, cost.

    python benchmarks/protection.py [--tables 10] [--small]

Each task is protected in a process of its own, by thuis and by the tau-argus engine (``pytauargus``, optimal
suppression, HiGHS) at a minimum of ten respondents with an interval of 100 % of the cell. Tasks are tables of
two and three ways, tables whose rows are parts of coarser ones, and two tables of two ways that share one,
which the engine of tau-argus can only protect each alone. ``cases`` are two tables in which thuis once
withheld too much. Then come a table of two ways with 5,041 cells, a hierarchy with 5,213 and one by two more
ways with 1,554. ``ratio`` is the seconds of thuis to those of tau-argus.

The attacker is a linear programme over people that shares no code with either: withheld cells hold at least
one respondent, all others are known; the large tables are not attacked. tau-argus is not told that, nor
of the interval up to the minimum, so it has the easier task. Seconds are of the processor, on one thread,
after a first small table. GaussSuppression (R) is not in the run: it could not be installed here.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import polars as pl

MINIMUM = 10
LIMIT = 300
"""Seconds for one table."""


def main() -> None:
    """Print a line for every kind of table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--tables", type=int, default=10)
    parser.add_argument("--small", action="store_true", help="without the tables of 5,000 cells")
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        task = Task.read(asked.work[1] if asked.work[1] != "-" else sys.stdin.read())
        print(json.dumps(_work(asked.work[0], task)))
        return
    print("kind tables program failed primary secondary respondents exact within_3 seconds MB ratio")
    for kind, tables in _tables(asked.tables, large=not asked.small).items():
        seconds: dict[str, float] = {}
        for who in ("tau-argus", "thuis"):
            found = [each for each in (_process(who, table) for table in tables) if each]
            told = {name: sum(each[name] for each in found) for name in found[0]} if found else {}
            told["mb"] = max((each["mb"] for each in found), default=0)
            failed = len(tables) - len(found)
            names = ("primary", "secondary", "respondents", "exact", "narrow", "seconds", "mb")
            seconds[who] = told.get("seconds", 0.0)
            ratio = round(seconds["thuis"] / (seconds["tau-argus"] or 1), 2) if who == "thuis" else 1
            numbers = [round(told.get(name, 0), 2) for name in names]
            print(kind, len(tables), who, failed, *numbers, ratio, flush=True)


Key = tuple[int | str | None, ...]
"""Of a cell, for every way its category, a coarser one (``g0``), or None for all."""


@dataclass(frozen=True)
class Task:
    """People of every kind; ``coarse`` are the groups of the first way, ``tables`` the ways of each table."""

    counts: np.ndarray
    coarse: tuple[int, ...] = ()
    tables: tuple[tuple[int, ...], ...] = ()

    @classmethod
    def read(cls, text: str) -> Task:
        told = json.loads(text)
        return cls(np.array(told["counts"]), tuple(told["coarse"]), tuple(map(tuple, told["tables"])))

    def written(self) -> str:
        return json.dumps({"counts": self.counts.tolist(), "coarse": self.coarse, "tables": self.tables})

    def cells(self) -> dict[Key, int]:
        sides: list[list[int | str | None]] = [[None, *range(size)] for size in self.counts.shape]
        sides[0] += [f"g{k}" for k in sorted(set(self.coarse))]
        together = [set(each) for each in self.tables or [range(self.counts.ndim)]]
        return {
            key: int(self.counts[self.inside(key)].sum())
            for key in itertools.product(*sides)
            if any({axis for axis, k in enumerate(key) if k is not None} <= each for each in together)
        }

    def inside(self, key: Key) -> tuple[np.ndarray, ...]:
        places = []
        for axis, k in enumerate(key):
            size = self.counts.shape[axis]
            if isinstance(k, str):
                places.append(np.flatnonzero(np.array(self.coarse) == int(k[1:])))
            else:
                places.append(np.arange(size) if k is None else np.array([k]))
        return np.ix_(*places)


SMALL = Task(np.array([[20, 3], [14, 30]]))
"""A table to start with, so that what either loads is not in its seconds."""
CASES = [
    Task(np.array([[[267, 84], [219, 8]], [[56, 14], [62, 16]], [[67, 28], [8, 7]], [[50, 52], [22, 0]]])),
    Task(
        np.array([[147, 98, 170], [58, 54, 40], [106, 45, 12], [187, 32, 0], [40, 49, 10], [29, 3, 0]]),
        (0, 1, 0, 1, 0, 1),
    ),
]


def _tables(number: int, *, large: bool) -> dict[str, list[Task]]:
    rng = np.random.default_rng(20261128)

    def drawn(*sizes: int) -> np.ndarray:
        return rng.lognormal(3.0, 1.1, sizes).astype(int)

    two = [Task(drawn(*rng.integers(4, 14, 2))) for _ in range(number)]
    three = [Task(drawn(*rng.integers(2, 6, 3))) for _ in range(number)]
    sizes = [(int(rng.integers(6, 16)), int(rng.integers(3, 8))) for _ in range(number)]
    nested = [Task(drawn(a, b), tuple(k % max(a // 3, 2) for k in range(a))) for a, b in sizes]
    linked = [Task(drawn(*rng.integers(3, 7, 3)) // 6, (), ((0, 1), (1, 2))) for _ in range(number)]
    found = {"two-way": two, "three-way": three, "hierarchy": nested, "linked": linked, "cases": CASES}
    if large:
        rng = np.random.default_rng(20261128)
        found["two-way-5041"] = [Task(rng.lognormal(3.2, 1.2, (70, 70)).astype(int))]
        rows = tuple(k % 20 for k in range(380))
        found["hierarchy-5213"] = [Task(rng.lognormal(3.2, 1.2, (380, 12)).astype(int), rows)]
        rows = tuple(k % 6 for k in range(30))
        found["three-way-hierarchy-1554"] = [Task(rng.lognormal(4.0, 1.1, (30, 6, 5)).astype(int), rows)]
    return found


ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Threads of linear algebra that wait for work count as seconds of the processor, where another is idle."""


def _process(who: str, task: Task) -> dict[str, float] | None:
    """A process each: the engine of tau-argus does not survive a hundred tables in one."""
    command = [sys.executable, str(Path(__file__).resolve()), "--work", who, "-"]
    try:
        done = subprocess.run(
            command,
            input=task.written(),
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
            cwd=tempfile.gettempdir(),  # the engine leaves its logs where it runs
            env=os.environ | ONE_THREAD,
        )
        return json.loads(done.stdout.strip().splitlines()[-1]) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError, IndexError):
        return None


def _work(who: str, task: Task) -> dict[str, float]:
    cells = task.cells()
    protect = _thuis if who == "thuis" else _tau
    protect(SMALL, SMALL.cells())
    before = time.process_time()
    withheld = protect(task, cells)
    seconds = time.process_time() - before
    mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    primary = {key for key, n in cells.items() if 0 < n < MINIMUM}
    exact, narrow = _attacked(task, cells, withheld) if task.counts.size < 2_000 else (0, 0)
    second = withheld - primary
    return {
        "primary": len(primary),
        "secondary": len(second),
        "respondents": sum(cells[key] for key in second),
        "exact": exact,
        "narrow": narrow,
        "seconds": seconds,
        "mb": mb,
    }


def _names(key: Key) -> tuple[tuple[str, ...], tuple[str, ...]]:
    used = [
        ("coarse", k) if isinstance(k, str) else (f"d{axis}", f"c{k}")
        for axis, k in enumerate(key)
        if k is not None
    ]
    return tuple(name for name, _ in used), tuple(category for _, category in used)


def _thuis(task: Task, cells: dict[Key, int]) -> set[Key]:
    from thuis.columns import CELL_COLUMNS, COMPARISON_COLUMNS
    from thuis.protect import IndicatorShape, ProtectionRules, Structure, protect
    from thuis.values import Estimates, breakdown_id

    names = {_names(key): key for key in cells}
    figures = tuple(dict.fromkeys(parts for parts, _ in names))
    shape = IndicatorShape("x", "mean", "x", figures, frozenset({"1"}))
    breakdowns = {f"d{axis}": [f"c{k}" for k in range(size)] for axis, size in enumerate(task.counts.shape)}
    nested: dict[str, dict[str, str]] = {}
    if task.coarse:
        breakdowns["coarse"] = [f"g{k}" for k in sorted(set(task.coarse))]
        nested["d0"] = {f"c{k}": f"g{group}" for k, group in enumerate(task.coarse)}
    rows: list[tuple[Any, ...]] = []
    for (parts, cell), key in names.items():
        n = cells[key]
        numbers = (50.0, 1.0, 48.0, 52.0, n, None, float(n), 50.0, 1.0)
        rows.append(("x", breakdown_id(parts), "1", list(cell), *numbers))
    release = protect(
        Estimates(
            pl.DataFrame(rows, schema=CELL_COLUMNS, orient="row"), pl.DataFrame(schema=COMPARISON_COLUMNS)
        ),
        ProtectionRules(minimum_n=MINIMUM, maximum_cv=1e9),
        Structure.simple(["1"], [shape], breakdowns, nested),
    )
    hidden = release.cells.filter(pl.col("reason") == "confidential").select("breakdown", "cell")
    parts_of = {breakdown_id(parts): parts for parts in figures}
    return {names[parts_of[breakdown], tuple(cell)] for breakdown, cell in hidden.iter_rows()}


def _tau(task: Task, _: dict[Key, int]) -> set[Key]:
    import pytauargus

    counts = task.counts
    codes = np.unravel_index(np.repeat(np.arange(counts.size), counts.ravel()), counts.shape)
    columns: dict[str, list[Any]] = {f"d{a}": [f"c{k:03d}" for k in found] for a, found in enumerate(codes)}
    columns["one"] = [1] * int(counts.sum())
    tables = [[f"d{a}" for a in each] for each in task.tables or [range(counts.ndim)]]
    hrc = None
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        if task.coarse:
            path = Path(folder) / "rows.hrc"
            there = set(columns["d0"])
            groups = {f"g{k:03d}": [] for k in sorted(set(task.coarse))}
            for k, group in enumerate(task.coarse):
                groups[f"g{group:03d}"] += [f"@c{k:03d}"] if f"c{k:03d}" in there else []
            path.write_text("\n".join(line for g, fine in groups.items() for line in (g, *fine)) + "\n")
            hrc = {"d0": str(path)}
        asked = pytauargus.protect(
            columns, tables, "one", f"FREQ({MINIMUM},100)", "OPT(1)", hrc=hrc, workdir=folder
        )
        found = set()
        for names, result in zip(tables, asked.tables, strict=True):
            for row in result.rows:
                if row["status"] in ("U", "M"):
                    own = {name: _code(row[name]) for name in names}
                    found.add(tuple(own.get(f"d{axis}") for axis in range(counts.ndim)))
    return found


def _code(text: object) -> int | str | None:
    code = str(text or "")
    return int(code[1:]) if code.startswith("c") else f"g{int(code[1:])}" if code.startswith("g") else None


def _attacked(task: Task, cells: dict[Key, int], withheld: set[Key]) -> tuple[int, int]:
    """Withheld cells known exactly, and within three: the least and the most that people can make of each."""
    places = np.arange(task.counts.size).reshape(task.counts.shape)
    lines = {key: places[task.inside(key)].ravel() for key in cells}
    model = Quiet()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    for _ in range(task.counts.size):
        model.addVar(0.0, highspy.kHighsInf)
    for key, n in cells.items():
        low, high = (1.0, highspy.kHighsInf) if key in withheld else (float(n), float(n))
        model.addRow(low, high, len(lines[key]), lines[key].astype(np.int32), np.ones(len(lines[key])))
    exact = narrow = 0
    every = np.arange(task.counts.size, dtype=np.int32)
    for key in withheld:
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(task.counts.size)
            cost[lines[key]] = sign
            model.changeColsCost(len(cost), every, cost)
            model.run()
            bounded = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(sign * model.getInfo().objective_function_value if bounded else sign * -np.inf)
        width = ends[1] - ends[0]
        exact += width < 0.5
        narrow += 0.5 <= width <= 3 + 1e-6
    return int(exact), int(narrow)


class Quiet(highspy.Highs):
    """Without its callbacks, which print a banner."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


if __name__ == "__main__":
    main()
