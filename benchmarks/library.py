"""Every number of the survey library in one run: questions of peers, and speed beside svy, R survey, a scan.

Run: python benchmarks/library.py [--quick] [--only TASK ...] [--write]. --quick takes a tenth of the rows.
Seconds are of the processor, which other work on the machine leaves alone, or, where so said and beside R, of
the clock. "file" reads its Parquet, checks the design and estimates; "held" estimates from rows in memory
with a design declared before, as the peers do. --write keeps the table in benchmarks/results/library.csv.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import estimation
import polars as pl
import survey_questions

RESULTS = Path(__file__).parent / "results" / "library.csv"
SHARED = Path(__file__).resolve().parents[2] / "shared"
FEW, MANY, MOST = 10_000, 1_000_000, 10_000_000
WEIGHTED = 200_000
CLOCK, PROCESSOR = "clock", "processor"


@dataclass(frozen=True, slots=True)
class Number:
    """One line: what was measured, ours, what another takes, how many times that is, and the aim."""

    what: str
    of: str
    ours: float
    beside: str = ""
    theirs: float | None = None
    times: float | None = None
    aim: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        theirs = "" if self.theirs is None else f"{self.theirs:.4g}"
        times = "" if self.times is None else f"{self.times:.1f}x"
        met = "" if self.met is None else "yes" if self.met else "no"
        cells = (self.what, self.of, f"{self.ours:.4g}", self.beside, theirs, times, self.aim, met)
        return f"| {' | '.join(cells)} |"


def questions() -> Iterator[Number]:
    """How many answers of every suite are equal."""
    if not SHARED.is_dir():
        return
    counts, _, _ = survey_questions.counted()
    suites = list(dict.fromkeys(suite for suite, _ in counts))
    for suite in (*suites, "all"):
        inside = suites if suite == "all" else [suite]
        own = [sum(counts[each, kind] for each in inside) for kind in survey_questions.KINDS]
        rest = f"asked; {own[1]} differ, {own[2]} refused, {own[3]} crash"
        aim, met = ("95 % of those answered", own[0] >= 0.95 * sum(own[:2])) if suite == "all" else ("", None)
        yield Number(f"questions: {suite}", "equal", own[0], rest, float(sum(own)), None, aim, met)


@dataclass(frozen=True, slots=True)
class Task:
    """A function of ``estimation`` on some rows, and beside whom.

    :param times: how many times the other is to take, or, of a scan, ours at most; ``seconds`` ours at most.
    """

    name: str
    what: str
    ours: str
    rows: int
    beside: str = ""
    times: float | None = None
    seconds: float | None = None
    replicates: int = 0
    runs: int = 5


MEANS, HALF = "8 means x 128 cells", "80 replicate weights, 8 means x 128 cells"
TASKS = (
    Task("few", f"{MEANS}, file", "thuis_means", FEW, "R", seconds=0.015, runs=15),
    Task("few", f"{MEANS}, held", "held_means", FEW, "svy_means", runs=15),
    Task("many", f"{MEANS}, file", "thuis_means", MANY, "svy_means", times=3),
    Task("most", f"{MEANS}, file", "thuis_means", MOST, "scan_means", times=3, runs=3),
    Task("medians", "medians of 4 groups, file", "thuis_medians", MANY, "svy_medians", times=2),
    Task("replicates", f"{HALF}, file", "thuis_replicates", WEIGHTED, "svy_replicates", 3, None, 80, 3),
    Task("replicates", f"{HALF}, held", "held_replicates", WEIGHTED, "svy_replicates", None, None, 80, 3),
    Task("model", "a linear model, held", "thuis_model", MANY, "svy_model", times=2),
    Task("model", "a linear model, held", "thuis_model", FEW, "R", runs=9),
    Task("raked", "raked to 4 + 8 totals, and a mean, held", "thuis_raked", MANY, "svy_raked", times=2),
    Task("test", "a table of 4 x 4 tested, held", "thuis_test", MANY, "svy_test", times=2),
    Task("test", "a table of 4 x 4 tested, held", "thuis_test", FEW, "R", runs=9),
)


def measured(task: Task, folder: Path, *, quick: bool) -> Iterator[Number]:
    """The lines of a task."""
    many = task.rows // 10 if quick and task.rows > FEW else task.rows
    what, file = f"{task.what}, {many:,} rows", folder / "rows.parquet"
    estimation.rows(many, task.replicates).write_parquet(file)
    own = estimation.measured(task.ours, file, task.runs)
    if own is None:
        return
    clock, _, processor = own
    if task.seconds is not None:
        yield Number(what, CLOCK, clock, aim=f"{task.seconds} s", met=clock <= task.seconds)
        yield Number(what, PROCESSOR, processor)
    if task.beside == "R":
        found = estimation.r_seconds(task.ours.partition("_")[2], file) if shutil.which("Rscript") else None
        if found:
            yield Number(what, CLOCK, clock, "R survey", found[0], found[0] / clock)
        return
    scan = task.beside.startswith("scan")
    there = scan or importlib.util.find_spec("svy")
    other = estimation.measured(task.beside, file, task.runs if scan else 1) if there else None
    if other:
        times = processor / other[2] if scan else other[2] / processor
        aim = "" if task.times is None else f"{'at most' if scan else 'at least'} {task.times:g}x"
        met = None if task.times is None else (times <= task.times) == scan or times == task.times
        yield Number(what, PROCESSOR, processor, "a scan" if scan else "svy", other[2], times, aim, met)


def main() -> None:
    """Print the table; with --write keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", nargs="*", default=[], choices=["questions", *(t.name for t in TASKS)])
    asked = parser.parse_args()
    found: list[Number] = []
    head = ("what", "of", "thuis", "beside", "theirs", "times", "aim", "met")
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    with tempfile.TemporaryDirectory() as name:
        wanted = [task for task in TASKS if not asked.only or task.name in asked.only]
        lines = [measured(task, Path(name), quick=asked.quick) for task in wanted]
        first = [questions()] if not asked.only or "questions" in asked.only else []
        for each in (*first, *lines):
            for number in each:
                found.append(number)
                print(number, flush=True)
    if asked.write:
        pl.DataFrame([asdict(each) for each in found], infer_schema_length=None).write_csv(
            RESULTS, float_precision=4
        )
    unmet = [each.what for each in found if each.met is False]
    met = sum(each.met is True for each in found)
    print(f"\n{met} aims met, {len(unmet)} not: {'; '.join(unmet) or '-'}")


if __name__ == "__main__":
    main()
