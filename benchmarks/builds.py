"""A build from nothing and after one change, beside the same of another checkout in one run.

    python benchmarks/builds.py [PROJECT] [--before COMMIT] [--large] [--save NAME]

Each build is a process of its own, as somebody who types ``thuis build`` waits for it: processor seconds of
it and all it started, wall seconds, and the most memory of one process; a preview builds in one that stays.
Modules are compiled before, as an installation does.
``--before`` names an earlier commit, or a folder with its source, and prints the ratio; ``--large`` is 200
indicators x 4 waves x 128 cells on 50,000 respondents. The peer has the least to do that a site can: Jinja
fills one template with the title and the main part of each page of the same site, made before, and writes it.
``--save`` keeps what was printed in ``results/builds.csv`` under a name.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from compileall import compile_dir
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyreadstat
from jinja2 import Environment
from markupsafe import Markup

sys.path.insert(0, str(Path(__file__).parent))
from monitor import write_project

HERE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Spent:
    """What one build took: seconds of all processors, of the clock, and the most memory of one process."""

    processor: float
    wall: float
    memory: float


def run(source: Path, folder: Path, command: str) -> Spent:
    """``thuis COMMAND FOLDER`` with the code of a source tree."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "thuis", command, str(folder)],
        env=surroundings(source),
        stdout=subprocess.DEVNULL,
    )
    # Of this one alone: what all children used most would be told of each that follows the largest.
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"thuis {command} ended with {process.returncode}")
    return Spent(used.ru_utime + used.ru_stime, time.perf_counter() - started, used.ru_maxrss / 1e6)


def surroundings(source: Path) -> dict[str, str]:
    """The environment of a process that runs a source tree as if it were installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(source / "src")}


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


WATCHED = """
import gc, json, resource, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import builds
from thuis.monitor.pipeline import Turn, build
from thuis.crew import helpers

def spent():
    own = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own + sum(builds.of_process(each.pid) for each in helpers())

gc.set_threshold(100_000, 20, 20)
folder = Path(sys.argv[1])
for _ in range(2):
    getattr(builds, sys.argv[3])(folder)
    before, started = spent(), time.perf_counter()
    build(folder, turn=Turn.PAGES)
    told = spent() - before, time.perf_counter() - started
    build(folder, turn=Turn.REST)
print(json.dumps([*told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6]))
"""
"""What ``thuis serve`` does after a change, until pages are there: the second time in one process."""


def of_process(number: int) -> float:
    """Processor seconds of a process that still runs, where the system tells them."""
    try:
        told = Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def watched(source: Path, folder: Path, change: str) -> Spent:
    """A change under a preview, until its pages can be read."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(folder), str(HERE / "benchmarks"), change],
        env=surroundings(source),
        check=True,
        capture_output=True,
        text=True,
    )
    return Spent(*json.loads(done.stdout.splitlines()[-1]))


STEPS: tuple[tuple[str, str, Callable[[Path], object]], ...] = (
    ("build from nothing", "build", lambda _: None),
    ("build again, nothing changed", "build", lambda _: None),
    ("build, one title changed", "build", title),
    ("build, one survey file changed", "build", row),
    ("check", "check", lambda _: None),
    ("preview, one title changed", "title", lambda _: None),
    ("preview, one survey file changed", "row", lambda _: None),
)


def from_templates(public: Path, out: Path) -> tuple[int, float]:
    """The peer: pages whose content is known, filled in and written; how many, and processor seconds."""
    found = [(path, path.read_text("utf-8")) for path in sorted(public.rglob("*.html"))]
    parts = [(path, text.partition("<main")[2].partition("</main>")[0]) for path, text in found]
    page = Environment(autoescape=True).from_string(PLAIN)
    started = time.process_time()
    for path, main in parts:
        target = out / path.relative_to(public)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.render(title=path.parent.name, main=Markup(main)), "utf-8")
    return len(parts), time.process_time() - started


PLAIN = (
    "<!doctype html><html lang=nl><head><title>{{ title }}</title></head><body><main{{ main }}</main></body>"
)


@contextmanager
def source_of(named: str) -> Iterator[Path]:
    """The source tree of a folder, or of a commit that is checked out for as long as it is needed."""
    if Path(named).is_dir():
        yield Path(named).resolve()
        return
    with tempfile.TemporaryDirectory() as name:
        tree = Path(name) / "before"
        git = ["git", "-C", str(HERE), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(tree), named], check=True)
        try:
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def measured(source: Path, project: Callable[[Path], object]) -> list[Spent]:
    """Each step on a copy of the project of its own."""
    compile_dir(source / "src", quiet=2)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "monitor"
        project(folder)
        found = []
        for what, command, change in STEPS:
            change(folder)
            measure = watched if command in ("title", "row") else run
            found.append(measure(source, folder, command))
            if source == HERE and what == STEPS[0][0]:
                pages, spent = from_templates(folder / "public", Path(name) / "peer")
                print(f"{f'peer: {pages} pages from one template':<32} {spent:7.1f} s processor", flush=True)
        return found


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("project", nargs="?", type=Path, default=HERE / "examples" / "nederland")
    options.add_argument("--before")
    options.add_argument("--save")
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
    then: list[Spent] | list[None] = [None] * len(now)
    if chosen.before:
        with source_of(chosen.before) as source:
            then = measured(source, make)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for (what, *_), ours, theirs in zip(STEPS, now, then, strict=True):
        line = f"{what:<32} {ours.processor:7.1f} s processor {ours.wall:7.1f} s wall {ours.memory:5.2f} GB"
        if theirs:
            ratio = theirs.processor / ours.processor
            line += f"   before {theirs.processor:7.1f} {theirs.wall:7.1f}   {ratio:5.1f} x"
        print(line, flush=True)
        if chosen.save:
            save(chosen.save, what, ours, theirs)


def save(name: str, what: str, ours: Spent, theirs: Spent | None) -> None:
    """One line more in the results: name, step, processor, wall, gigabytes, processor before."""
    before = f"{theirs.processor:.1f}" if theirs else ""
    line = f"{name},{what.replace(',', ';')},{ours.processor:.1f},{ours.wall:.1f},{ours.memory:.2f},{before}"
    path = HERE / "benchmarks" / "results" / "builds.csv"
    head = "" if path.exists() else "name,step,processor,wall,gigabytes,processor_before\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{head}{line}\n")


if __name__ == "__main__":
    main()
