"""A build from nothing and after one change, beside the same of another checkout in one run.

    python benchmarks/builds.py [PROJECT] [--before CHECKOUT] [--large]

Each build is a process of its own, as somebody who types ``thuis build`` waits for it: processor seconds of
it and all it started, wall seconds, and peak memory. ``--before`` names the source tree of an earlier state
(a worktree of git) and prints the ratio; ``--large`` builds 200 indicators x 4 waves x 128 cells on 50,000
respondents.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyreadstat

sys.path.insert(0, str(Path(__file__).parent))
from monitor import write_project

HERE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Spent:
    """What one build took: seconds of all processors, of the clock, and the most memory of one process."""

    processor: float
    wall: float
    memory: float


def run(source: Path, command: str, folder: Path) -> Spent:
    """``thuis COMMAND FOLDER`` with the code of a source tree."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    env = {**os.environ, "PYTHONPATH": str(source / "src")}
    subprocess.run(
        [sys.executable, "-m", "thuis", command, str(folder)],
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(spent, time.perf_counter() - started, after.ru_maxrss / 1e6)


def title(folder: Path) -> None:
    """One letter more in the first title."""
    path = sorted((folder / "indicators").glob("*.yaml"))[0]
    text = path.read_text("utf-8")
    path.write_text(re.sub(r'(title:\s*\{?\s*"?nl"?: "?)', r"\1X", text, count=1), "utf-8")


def row(folder: Path) -> None:
    """One respondent less in the first survey file."""
    path = next(p for p in sorted((folder / "data").iterdir()) if p.suffix in (".sav", ".parquet"))
    if path.suffix == ".parquet":
        frame = pl.read_parquet(path)
        frame.head(frame.height - 1).write_parquet(path)
        return
    rows, told = pyreadstat.read_sav(path, user_missing=True)
    pyreadstat.write_sav(
        rows.iloc[:-1],
        path,
        column_labels=told.column_names_to_labels,
        variable_value_labels=told.variable_value_labels,
        missing_ranges=told.missing_ranges,
    )


STEPS: tuple[tuple[str, str, Callable[[Path], object]], ...] = (
    ("build from nothing", "build", lambda _: None),
    ("build again, nothing changed", "build", lambda _: None),
    ("build, one title changed", "build", title),
    ("build, one survey file changed", "build", row),
    ("check", "check", lambda _: None),
)


def measured(source: Path, project: Callable[[Path], object]) -> list[Spent]:
    """Each step on a copy of the project of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "monitor"
        project(folder)
        found = []
        for _, command, change in STEPS:
            change(folder)
            found.append(run(source, command, folder))
        return found


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("project", nargs="?", type=Path, default=HERE / "examples" / "nederland")
    options.add_argument("--before", type=Path)
    options.add_argument("--large", action="store_true")
    options.add_argument("--indicators", type=int, default=200)
    options.add_argument("--rows", type=int, default=50_000)
    chosen = options.parse_args()

    def copied(folder: Path) -> None:
        shutil.copytree(chosen.project, folder, ignore=shutil.ignore_patterns("public", ".thuis"))

    def large(folder: Path) -> None:
        write_project(folder, chosen.indicators, chosen.rows)

    make = large if chosen.large else copied
    now = measured(HERE, make)
    then = measured(chosen.before, make) if chosen.before else [None] * len(now)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for (what, *_), ours, theirs in zip(STEPS, now, then, strict=True):
        line = f"{what:<32} {ours.processor:7.1f} s processor {ours.wall:7.1f} s wall {ours.memory:5.2f} GB"
        if theirs:
            ratio = theirs.processor / ours.processor
            line += f"   before {theirs.processor:7.1f} {theirs.wall:7.1f}   {ratio:5.1f} x"
        print(line, flush=True)


if __name__ == "__main__":
    main()
