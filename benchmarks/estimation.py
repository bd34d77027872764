"""Tables of a monitor: thuis beside R survey and svy, each in its own process, with peak memory.

Run: python benchmarks/estimation.py [--full]. Peers that are not installed are left out. Seconds are those of
the call; starting Python or R, reading the file and declaring the design are not counted for the peers. thuis
is timed twice: "file" reads its Parquet, checks the design and estimates; "held" estimates from rows in
memory with a design declared before, as the peers do. Ratios are to "file" and, in brackets, to "held"; "cpu"
is the ratio of processor seconds, which other work on the machine leaves alone.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

ITEMS = [f"y{i}" for i in range(8)]
CELLS = ["sex", "age", "wave"]
REPLICATES = 80
ONLY = ""
"""The task that is asked for, when not all are."""


def rows(n: int, replicates: int = 0) -> pl.DataFrame:
    """A stratified two-stage sample: 100 strata of 20 PSUs, 8 outcomes with gaps, 4 x 8 x 4 cells."""
    rng = np.random.default_rng(n)
    columns: dict[str, Any] = {
        "h": rng.integers(0, 100, n),
        "p": rng.integers(0, 20, n),
        "w": rng.uniform(0.5, 4, n),
        "sex": rng.integers(0, 4, n),
        "age": rng.integers(0, 8, n),
        "wave": rng.integers(0, 4, n),
        "v": np.round(rng.lognormal(3, 1, n), 1),
    }
    for name in ITEMS:
        columns[name] = np.where(rng.random(n) < 0.05, np.nan, rng.normal(size=n))
    for r in range(replicates):
        columns[f"r{r + 1}"] = columns["w"] * rng.integers(0, 2, n) * 2
    return pl.DataFrame(columns).with_columns(pl.col(*ITEMS).fill_nan(None))


def words(n: int) -> pl.DataFrame:
    """Rows in 26 x 26 x 26 groups (srvyr issue 164)."""
    rng = np.random.default_rng(1)
    return pl.DataFrame(
        {c: rng.choice(list("abcdefghijklmnopqrstuvwxyz"), n) for c in "abc"} | {"w": np.ones(n)}
    )


def monitor(n: int) -> pl.DataFrame:
    """200 indicators, four waves, rows as the units: persons drawn from a register."""
    rng = np.random.default_rng(2)
    frame = {f"i{k}": rng.integers(0, 2, n).astype(np.int8) for k in range(200)}
    sizes = {"wave": 4, "origin": 10, "sex": 2, "age": 5, "region": 12}
    frame |= {name: rng.integers(0, size, n).astype(np.int8) for name, size in sizes.items()}
    return pl.DataFrame(frame | {"h": rng.integers(0, 40, n), "w": rng.uniform(1, 3, n)})


def thuis_means(file: str) -> Callable[[], Any]:
    """Means with standard errors in 128 cells."""
    from thuis.survey import Sample

    return lambda: Sample.from_frame(Path(file), weight="w", strata="h", psu="p", nest=True).mean(
        ITEMS, CELLS
    )


def held_means(file: str) -> Callable[[], Any]:
    """The same from a sample that was made before."""
    from thuis.survey import Sample

    sample = Sample.from_frame(pl.read_parquet(file), weight="w", strata="h", psu="p", nest=True)
    return lambda: sample.mean(ITEMS, CELLS)


def held_replicates(file: str) -> Callable[[], Any]:
    """The same from a sample with replicate weights that was made before."""
    from thuis.survey import Replicates, Sample

    design = Replicates("r[0-9]*", "SDR", mse=True, df=79)
    sample = Sample.from_frame(pl.read_parquet(file), weight="w", replicates=design)
    return lambda: sample.mean(ITEMS, CELLS)


def scan_means(file: str) -> Callable[[], Any]:
    """Only the sums of the same columns, as DuckDB scans them."""
    import duckdb

    columns = ", ".join(f"sum({name})" for name in ["h", "p", "w", *CELLS, *ITEMS])
    connection = duckdb.connect()
    return lambda: connection.sql(f"SELECT {columns} FROM read_parquet('{file}')").fetchall()


def thuis_replicates(file: str) -> Callable[[], Any]:
    """The same from 80 replicate weights."""
    from thuis.survey import Replicates, Sample

    design = Replicates("r[0-9]*", "SDR", mse=True, df=79)
    return lambda: Sample.from_frame(Path(file), weight="w", replicates=design).mean(ITEMS, CELLS)


def thuis_groups(file: str) -> Callable[[], Any]:
    """Totals of 17,576 groups."""
    from thuis.survey import Sample

    return lambda: Sample.from_frame(Path(file), weight="w").total(by=["a", "b", "c"])


def thuis_medians(file: str) -> Callable[[], Any]:
    """A median per cell with Woodruff's interval."""
    from thuis.survey import Sample

    design = {"weight": "w", "strata": "h", "psu": "p", "nest": True}
    return lambda: Sample.from_frame(Path(file), **design).quantile("v", ["sex"])


def thuis_monitor(file: str) -> Callable[[], Any]:
    """200 shares in ten groupings by wave, with 100,000 differences."""
    from thuis.survey import Proportion, Sample

    parts = ["origin", "sex", "age", "region"]
    by = [
        ("wave",),
        *(("wave", each) for each in parts),
        ("wave", "origin", "sex"),
        ("wave", "origin", "age"),
    ]

    def run() -> Any:
        sample = Sample.from_frame(Path(file), weight="w", strata="h")
        found = sample.tabulate([Proportion(f"i{k}") for k in range(200)], by)
        left = np.arange(100_000) % found.frame.height
        return found.differences(np.column_stack([left, (left + 1) % found.frame.height]))

    return run


def svy_sample(file: str, *, replicates: bool = False) -> Any:
    """The sample as svy holds it."""
    import svy

    frame = pl.read_parquet(file)
    if replicates:
        weights = svy.SdrWgts(prefix="r", n_reps=REPLICATES)
        return svy.Sample(frame, svy.Design(wgt="w", rep_wgts=weights))
    return svy.Sample(frame, svy.Design(stratum="h", psu="p", wgt="w"))


def svy_means(file: str) -> Callable[[], Any]:
    """The means, one call each."""
    sample = svy_sample(file)
    return lambda: [sample.estimation.mean(y=item, by=CELLS, drop_nulls=True) for item in ITEMS]


def svy_replicates(file: str) -> Callable[[], Any]:
    """The means from replicate weights, one call each."""
    sample = svy_sample(file, replicates=True)
    return lambda: [
        sample.estimation.mean(y=i, by=CELLS, drop_nulls=True, method="replication") for i in ITEMS
    ]


def svy_medians(file: str) -> Callable[[], Any]:
    """A median per group."""
    sample = svy_sample(file)
    return lambda: sample.estimation.median(y="v", by="sex")


MARGINS = {"sex": dict.fromkeys(range(4), 1e6), "age": dict.fromkeys(range(8), 5e5)}


def held(file: str) -> Any:
    """A sample of rows in memory."""
    from thuis.survey import Sample

    return Sample.from_frame(pl.read_parquet(file), weight="w", strata="h", psu="p", nest=True)


def thuis_model(file: str) -> Callable[[], Any]:
    """A linear model with a category."""
    sample = held(file)
    return lambda: sample.glm("y0 ~ y1 + v + C(sex)")


def svy_model(file: str) -> Callable[[], Any]:
    """The same model."""
    import svy

    sample = svy_sample(file)
    return lambda: sample.glm.fit("y0", x=["y1", "v", svy.Cat("sex")])


def thuis_raked(file: str) -> Callable[[], Any]:
    """Weights raked to two margins, and a mean of the result."""
    sample = held(file)
    return lambda: sample.rake(MARGINS).mean("v")


def svy_raked(file: str) -> Callable[[], Any]:
    """The same weights and mean."""
    sample = svy_sample(file)
    return lambda: sample.weighting.rake(controls=MARGINS, tol=1e-12, max_iter=1000).estimation.mean("v")


def thuis_test(file: str) -> Callable[[], Any]:
    """A table tested."""
    sample = held(file)
    return lambda: sample.independence("sex", "wave")


def svy_test(file: str) -> Callable[[], Any]:
    """The same table."""
    sample = svy_sample(file)
    return lambda: sample.categorical.tabulate("sex", "wave")


R_MEANS = "for (y in ys) svyby(as.formula(paste0('~', y)), ~sex + age + wave, d, svymean, na.rm = TRUE)"
R = {
    "means": R_MEANS,
    "replicates": R_MEANS,
    "medians": "svyby(~v, ~sex, d, svyquantile, quantiles = 0.5, ci = TRUE)",
    "groups": "svyby(~w, ~a + b + c, d, svytotal)",
    "model": "svyglm(y0 ~ y1 + v + factor(sex), d)",
    "test": "svychisq(~sex + wave, d)",
}
R_DESIGN = {
    "replicates": "svrepdesign(data = a, weights = ~w, repweights = '^r[0-9]+$', type = 'ACS', mse = TRUE)",
    "groups": "svydesign(~1, weights = ~w, data = a)",
}


def r_seconds(task: str, file: Path) -> tuple[float, float] | None:
    """Seconds and megabytes of R survey; None when it is not there."""
    if task not in R or shutil.which("Rscript") is None:
        return None
    pl.read_parquet(file).write_csv(file.with_suffix(".csv"), null_value="NA")
    design = R_DESIGN.get(task, "svydesign(~p, strata = ~h, weights = ~w, data = a, nest = TRUE)")
    code = (
        f"suppressMessages(library(survey)); a <- read.csv('{file.with_suffix('.csv')}'); d <- {design}; "
        f"ys <- paste0('y', 0:7); t <- system.time({{ {R[task]} }})[3]; "
        "m <- grep('VmHWM', readLines('/proc/self/status'), value = TRUE); "
        "cat(t, as.numeric(gsub('[^0-9]', '', m)) / 1024)"
    )
    try:
        done = subprocess.run(
            ["Rscript", "-e", code], capture_output=True, text=True, timeout=900, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        print(f"  R survey: {type(error).__name__}")
        return None
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds), float(memory)


def measured(name: str, file: Path, runs: int) -> tuple[float, float, float] | None:
    """Median seconds, peak megabytes and processor seconds of a function here, in a process of its own."""
    command = [sys.executable, __file__, "--one", name, "--file", str(file), "--runs", str(runs)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"  {name} failed: {done.stderr.strip().splitlines()[-1]}")
        return None
    found = json.loads(done.stdout.splitlines()[-1])
    return found["seconds"], found["memory"], found["processor"]


def one(name: str, file: str, runs: int) -> None:
    """Measure in this process."""
    run = globals()[name](file)
    run()
    found, processor = [], []
    for _ in range(runs):
        start, used = time.perf_counter(), time.process_time()
        run()
        found.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    # Not getrusage: its peak is that of the parent before this process had memory of its own.
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    memory = int(peak.split()[1]) / 1024
    numbers = {"seconds": np.median(found), "memory": memory, "processor": np.median(processor)}
    print(json.dumps({name: float(each) for name, each in numbers.items()}))


def compare(task: str, title: str, file: Path, peers: bool) -> None:
    """One line: thuis, and how many times longer the others take."""
    if ONLY not in ("", task):
        return
    ours = measured(f"thuis_{task}", file, 5)
    if ours is None:
        return
    line = f"{title:<46} thuis {ours[0]:8.3f} s {ours[1]:6.0f} MB"
    held = measured(f"held_{task}", file, 5) if f"held_{task}" in globals() else None
    if held:
        line += f", held {held[0]:8.3f} s"
    if f"scan_{task}" in globals() and (scan := measured(f"scan_{task}", file, 5)):
        line += f", {ours[0] / scan[0]:5.1f}x a scan"
    if peers:
        theirs = {"R survey": r_seconds(task, file)}
        if f"svy_{task}" in globals() and importlib.util.find_spec("svy"):
            theirs["svy"] = measured(f"svy_{task}", file, 1)
        for name, found in theirs.items():
            if found:
                line += f" | {name} {found[0]:8.2f} s {found[1]:6.0f} MB, {found[0] / ours[0]:6.1f}x"
                line += f" ({found[0] / held[0]:.1f}x)" if held else ""
                line += f", cpu {found[2] / ours[2]:.1f}x" if len(found) > 2 else ""
    print(line, flush=True)


def main() -> None:
    """All comparisons; with --full those that take minutes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--full", action="store_true", help="a million rows for the peers, ten million for thuis"
    )
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--only", help="a task, such as model", default="")
    parser.add_argument("--one")
    parser.add_argument("--file")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    if asked.one:
        one(asked.one, asked.file, asked.runs)
        return
    globals()["ONLY"] = asked.only
    peers = not asked.no_peers
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n in (10_000, 100_000, 1_000_000, *((10_000_000,) if asked.full else ())):
            file = folder / "means.parquet"
            rows(n).write_parquet(file)
            compare(
                "means", f"8 means x 128 cells, {n:,} rows", file, peers and n <= (1e6 if asked.full else 1e4)
            )
        n = 1_000_000 if asked.full else 100_000
        compare("medians", f"median in 4 groups, {n:,} rows", _written(folder, rows(n)), peers)
        file = _written(folder, rows(n))
        compare("model", f"a linear model, {n:,} rows", file, peers)
        compare("raked", f"raked to 4 + 8 totals, and a mean, {n:,} rows", file, peers)
        compare("test", f"a table of 4 x 4 tested, {n:,} rows", file, peers)
        n = 200_000 if asked.full else 20_000
        compare(
            "replicates",
            f"the means, 80 replicates, {n:,} rows",
            _written(folder, rows(n, REPLICATES)),
            peers,
        )
        compare("groups", "17,576 groups, 50,000 rows", _written(folder, words(50_000)), peers and asked.full)
        compare(
            "monitor",
            "200 shares x 7 groupings, 100,000 pairs, 10,000 rows",
            _written(folder, monitor(10_000)),
            False,
        )


def _written(folder: Path, frame: pl.DataFrame) -> Path:
    file = folder / "rows.parquet"
    frame.write_parquet(file)
    return file


if __name__ == "__main__":
    main()
