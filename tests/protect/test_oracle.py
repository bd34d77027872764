"""What is withheld, audited by the engine of tau-argus: another bureau's solver, in a process of its own.

The engine reads a table as cells and equations (its JJ format) and gives the interval of every withheld cell.
It does not survive many tables in one process, so it is given a handful.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from thuis.audit import attack
from thuis.audit.read import Figure, Published
from thuis.columns import CELL_COLUMNS, COMPARISON_COLUMNS
from thuis.protect import IndicatorShape, ProtectionRules, Structure, protect
from thuis.values import Estimates, breakdown_id

pytestmark = pytest.mark.skipif(find_spec("pytauargus") is None, reason="pytauargus is not installed here")

MINIMUM = 10
MOST = 1e6
NEAR = 1e-3
"""How near the engine's solver comes to a bound."""
Key = tuple[int | None, ...]
AUDIT = """
import json, os, sys
from pytauargus._tauargus import audit_jj
out, found = os.dup(1), []
os.dup2(2, 1)
for path in sys.argv[1:]:
    found.append([[row["cell"], row["min"], row["max"]] for row in audit_jj(path)])
os.write(out, json.dumps(found).encode())
os._exit(0)
"""


def cells(counts: np.ndarray) -> dict[Key, int]:
    """Every cell with the margins: None is all of an axis."""
    return {
        key: int(counts[tuple(slice(None) if k is None else k for k in key)].sum())
        for key in itertools.product(*([None, *range(size)] for size in counts.shape))
    }


def named(key: Key) -> tuple[tuple[str, ...], tuple[str, ...]]:
    used = [(f"d{axis}", f"c{k}") for axis, k in enumerate(key) if k is not None]
    return tuple(name for name, _ in used), tuple(category for _, category in used)


def withheld(counts: np.ndarray) -> set[Key]:
    """The cells that protection withholds of means with these respondents."""
    names = {named(key): key for key in cells(counts)}
    figures = tuple(dict.fromkeys(parts for parts, _ in names))
    rows: list[tuple[Any, ...]] = [
        ("x", breakdown_id(p), "1", list(c), 50.0, 1.0, 48.0, 52.0, n, None, float(n), 50.0, 1.0)
        for (p, c), n in ((names_, cells(counts)[key]) for names_, key in names.items())
    ]
    release = protect(
        Estimates(
            pl.DataFrame(rows, schema=CELL_COLUMNS, orient="row"), pl.DataFrame(schema=COMPARISON_COLUMNS)
        ),
        ProtectionRules(minimum_n=MINIMUM, maximum_cv=1e9),
        Structure.simple(
            ["1"],
            [IndicatorShape("x", "mean", "x", figures, frozenset({"1"}))],
            {f"d{axis}": [f"c{k}" for k in range(size)] for axis, size in enumerate(counts.shape)},
        ),
    )
    of = {breakdown_id(parts): parts for parts in figures}
    hidden = release.cells.filter(pl.col("reason") == "confidential").select("breakdown", "cell")
    return {names[of[breakdown], tuple(cell)] for breakdown, cell in hidden.iter_rows()}


def written(counts: np.ndarray, hidden: set[Key], path: Path) -> list[Key]:
    """The table in JJ format; its cells in order. Withheld cells are not empty."""
    values = cells(counts)
    keys = list(values)
    number = {key: at for at, key in enumerate(keys)}
    lines = ["0", str(len(keys))]
    for at, key in enumerate(keys):
        n = values[key]
        status, low, high = ("u", 1.0, MOST) if key in hidden else ("z", n, n)
        lines.append(f"{at} {n} {max(n, 1)} {status} {low} {high} 0 0 0")
    equations = []
    for key in keys:
        for axis in (axis for axis, k in enumerate(key) if k is None):
            parts = [(*key[:axis], k, *key[axis + 1 :]) for k in range(counts.shape[axis])]
            terms = [f"{number[key]} (-1)", *(f"{number[part]} (1)" for part in parts)]
            equations.append(f"0 {len(terms)} : {' '.join(terms)}")
    path.write_text("\n".join([*lines, str(len(equations)), *equations]) + "\n", "ascii")
    return keys


def audited(paths: list[Path], folder: Path) -> list[list[tuple[int, float, float]]]:
    done = subprocess.run(
        [sys.executable, "-c", AUDIT, *map(str, paths)],
        capture_output=True,
        timeout=60,
        check=False,
        cwd=folder,  # the engine leaves its logs where it runs
    )
    assert done.returncode == 0, done.stderr[-500:]
    found: list[list[tuple[int, float, float]]] = json.loads(done.stdout)
    return found


def ours(counts: np.ndarray, hidden: set[Key]) -> set[Key]:
    """Cells that ``thuis audit`` calls known too well."""
    figures: dict[tuple[str, ...], Figure] = {}
    back = {}
    for key, n in cells(counts).items():
        parts, cell = named(key)
        sizes = tuple(tuple(f"c{k}" for k in range(counts.shape[int(p[1:])])) for p in parts)
        figure = figures.setdefault(parts, Figure("-".join(parts) or "total", "x", parts, sizes))
        closed = {"status": "withheld", "reason": "confidential" if n else "not-applicable"}
        figure.cells["1", cell] = closed if key in hidden or not n else {"status": "published", "n": n}
        back[figure.id, cell] = key
    found = attack(Published("", 0, tuple(figures.values())))
    return {back[each.figure, each.cell] for each in found if each.kind in ("exact", "narrow")}


def tables() -> list[np.ndarray]:
    rng = np.random.default_rng(20261128)
    sizes = [(4, 5), (6, 4), (3, 7), (3, 3, 3)]
    return [rng.lognormal(3.0, 1.1, size).astype(int) for size in sizes]


def test_the_engine_of_tau_argus_finds_every_small_cell_wide_enough(tmp_path: Path) -> None:
    """A count below the minimum may be anything from one to the minimum, by another's linear programmes."""
    asked = tables()
    hidden = [withheld(each) for each in asked]
    paths = [tmp_path / f"{at}.jj" for at in range(len(asked))]
    order = [written(*each) for each in zip(asked, hidden, paths, strict=True)]
    for counts, closed, keys, rows in zip(asked, hidden, order, audited(paths, tmp_path), strict=True):
        values = cells(counts)
        spans = {keys[cell]: (low, high) for cell, low, high in rows}
        assert set(spans) == closed
        assert not ours(counts, closed)
        for key in (key for key, n in values.items() if 0 < n < MINIMUM):
            low, high = spans[key]
            assert low <= 1 + NEAR, key
            assert high >= MINIMUM - NEAR, key
        assert all(high - low > 3 - NEAR for low, high in spans.values())


def test_both_auditors_find_the_same_cells_where_too_little_is_withheld(tmp_path: Path) -> None:
    """Only the small cells, and one of those that protect them: the two name the same cells."""
    asked = [each for each in tables() if each.ndim == 2]
    bare = []
    for counts in asked:
        few = {key for key, n in cells(counts).items() if 0 < n < MINIMUM}
        bare.append(few | set(sorted(withheld(counts) - few, key=str)[:1]))
    paths = [tmp_path / f"{at}.jj" for at in range(len(asked))]
    order = [written(*each) for each in zip(asked, bare, paths, strict=True)]
    known = 0
    for counts, closed, keys, rows in zip(asked, bare, order, audited(paths, tmp_path), strict=True):
        narrow = {keys[cell] for cell, low, high in rows if high - low <= 3 + NEAR}
        assert narrow == ours(counts, closed)
        known += len(narrow)
    assert known
