"""Protection of random tables beside tau-argus: cells and respondents withheld, what an attacker finds, cost.

    python benchmarks/protection.py [--tables 10] [--large]

Each table is protected in a process of its own, by thuis and by the tau-argus engine (``pytauargus``, optimal
suppression, HiGHS) at a minimum of ten respondents with an interval of 100 % of the cell. The attacker is
``thuis.audit``, which shares no code with either: withheld cells hold at least one respondent, all others are
known; a table of 5,041 cells is not attacked. tau-argus is not told that, nor of the interval up to the
minimum, so it has the easier task. Seconds are of the processor, after a first small table.
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
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

MINIMUM = 10
LIMIT = 300
"""Seconds for one table."""


def main() -> None:
    """Print a line for every kind of table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--tables", type=int, default=10)
    parser.add_argument("--large", action="store_true", help="one table of 5,041 cells for each")
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        who, counts = (
            asked.work[0],
            np.array(json.loads(asked.work[1] if asked.work[1] != "-" else sys.stdin.read())),
        )
        print(json.dumps(_work(who, counts)))
        return
    print("kind tables program failed primary secondary respondents exact within_3 seconds MB")
    for kind, tables in _tables(asked.tables, large=asked.large).items():
        for who in ("thuis", "tau-argus"):
            found = [each for each in (_process(who, table) for table in tables) if each]
            told = {name: sum(each[name] for each in found) for name in found[0]} if found else {}
            told["mb"] = max((each["mb"] for each in found), default=0)
            failed = len(tables) - len(found)
            names = ("primary", "secondary", "respondents", "exact", "narrow", "seconds", "mb")
            print(
                kind, len(tables), who, failed, *(round(told.get(name, 0), 2) for name in names), flush=True
            )


def _tables(number: int, *, large: bool) -> dict[str, list[np.ndarray]]:
    rng = np.random.default_rng(20261128)
    if large:
        return {"two-way-5041": [rng.lognormal(3.2, 1.2, (70, 70)).astype(int)]}
    two = [rng.lognormal(3.0, 1.1, rng.integers(4, 14, 2)).astype(int) for _ in range(number)]
    three = [rng.lognormal(3.0, 1.1, rng.integers(2, 6, 3)).astype(int) for _ in range(number)]
    return {"two-way": two, "three-way": three}


def _process(who: str, counts: np.ndarray) -> dict[str, float] | None:
    """A process each: the engine of tau-argus does not survive a hundred tables in one."""
    command = [sys.executable, str(Path(__file__).resolve()), "--work", who, "-"]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(counts.tolist()),
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
            cwd=tempfile.gettempdir(),  # the engine leaves its logs where it runs
        )
        return json.loads(done.stdout.strip().splitlines()[-1]) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError, IndexError):
        return None


def _work(who: str, counts: np.ndarray) -> dict[str, float]:
    cells = _cells(counts)
    _thuis(SMALL, _cells(SMALL)) if who == "thuis" else _tau(SMALL)
    before = time.process_time()
    withheld = _thuis(counts, cells) if who == "thuis" else _tau(counts)
    seconds = time.process_time() - before
    mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    primary = {key for key, n in cells.items() if 0 < n < MINIMUM}
    exact, narrow = _attacked(counts, cells, withheld) if counts.size < 2_000 else (0, 0)
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


Key = tuple[int | None, ...]
SMALL = np.array([[20, 3], [14, 30]])
"""A table to start with, so that what either loads is not in its seconds."""


def _cells(counts: np.ndarray) -> dict[Key, int]:
    return {key: _sum(counts, key) for key in _keys(counts.shape)}


def _keys(shape: tuple[int, ...]) -> list[Key]:
    return list(itertools.product(*([None, *range(size)] for size in shape)))


def _sum(counts: np.ndarray, key: Key) -> int:
    return int(counts[tuple(slice(None) if k is None else k for k in key)].sum())


def _names(key: Key) -> tuple[tuple[str, ...], tuple[str, ...]]:
    used = [(f"d{axis}", f"c{k}") for axis, k in enumerate(key) if k is not None]
    return tuple(name for name, _ in used), tuple(category for _, category in used)


def _thuis(counts: np.ndarray, cells: dict[Key, int]) -> set[Key]:
    from thuis.columns import CELL_COLUMNS, COMPARISON_COLUMNS
    from thuis.protect import IndicatorShape, ProtectionRules, Structure, protect
    from thuis.values import Estimates, breakdown_id

    names = {_names(key): key for key in cells}
    figures = tuple(dict.fromkeys(parts for parts, _ in names))
    shape = IndicatorShape("x", "mean", "x", figures, frozenset({"1"}))
    breakdowns = {f"d{axis}": [f"c{k}" for k in range(size)] for axis, size in enumerate(counts.shape)}
    rows: list[tuple[Any, ...]] = [
        (
            "x",
            breakdown_id(parts),
            "1",
            list(cell),
            50.0,
            1.0,
            48.0,
            52.0,
            cells[key],
            None,
            float(cells[key]),
            50.0,
            1.0,
        )
        for (parts, cell), key in names.items()
    ]
    release = protect(
        Estimates(
            pl.DataFrame(rows, schema=CELL_COLUMNS, orient="row"), pl.DataFrame(schema=COMPARISON_COLUMNS)
        ),
        ProtectionRules(minimum_n=MINIMUM, maximum_cv=1e9),
        Structure.simple(["1"], [shape], breakdowns),
    )
    hidden = release.cells.filter(pl.col("reason") == "confidential").select("breakdown", "cell")
    parts_of = {breakdown_id(parts): parts for parts in figures}
    return {names[parts_of[breakdown], tuple(cell)] for breakdown, cell in hidden.iter_rows()}


def _tau(counts: np.ndarray) -> set[Key]:
    import pytauargus

    people = np.repeat(np.arange(counts.size), counts.ravel())
    codes = np.unravel_index(people, counts.shape)
    columns: dict[str, list[Any]] = {f"d{a}": [f"c{k:03d}" for k in found] for a, found in enumerate(codes)}
    columns["one"] = [1] * len(people)
    with contextlib.redirect_stdout(io.StringIO()):
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        names = [f"d{a}" for a in range(counts.ndim)]
        result = pytauargus.protect(columns, names, "one", f"FREQ({MINIMUM},100)", "OPT(1)")
    found = set()
    for row in result.tables[0].rows:
        if row["status"] in ("U", "M"):
            found.add(tuple(int(str(row[n])[1:]) if str(row[n]).startswith("c") else None for n in names))
    return found


def _attacked(counts: np.ndarray, cells: dict[Key, int], withheld: set[Key]) -> tuple[int, int]:
    from thuis.audit import attack
    from thuis.audit.read import Figure, Published

    figures: dict[tuple[str, ...], Figure] = {}
    for key, n in cells.items():
        parts, cell = _names(key)
        sizes = tuple(tuple(f"c{k}" for k in range(counts.shape[int(p[1:])])) for p in parts)
        figure = figures.setdefault(parts, Figure("-".join(parts) or "total", "x", parts, sizes))
        closed = {"status": "withheld", "reason": "confidential" if n else "not-applicable"}
        figure.cells["1", cell] = closed if key in withheld or not n else {"status": "published", "n": n}
    found = [
        each for each in attack(Published("", 0, tuple(figures.values()))) if each.kind in ("exact", "narrow")
    ]
    return sum(each.kind == "exact" for each in found), sum(each.kind == "narrow" for each in found)


if __name__ == "__main__":
    main()
