"""The first commands of a newcomer: ``thuis check`` on ten waves, ``thuis init`` on a wide and long file and
on a workbook.

    python benchmarks/first_steps.py [--rows 1000000] [--columns 300] [--waves 10]

Prints processor seconds and the largest memory of each command, children too, and the ratio to a peer in a
process of its own: Polars reading the same files whole, and of the workbook openpyxl reading its values.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl


def measured(*command: str) -> tuple[float, float, float]:
    """Processor seconds, seconds on the clock, and the largest memory in MB of a command and its children."""
    watch = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "use = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(use.ru_utime + use.ru_stime, use.ru_maxrss / 1024, done.returncode)"
    )
    started = time.perf_counter()
    said = subprocess.run(
        [sys.executable, "-c", watch, *command], capture_output=True, text=True, check=True
    ).stdout.split()
    if said[-1] != "0":
        raise SystemExit(f"{' '.join(command)} ended with {said[-1]}")
    return float(said[0]), time.perf_counter() - started, float(said[1])


def text(words: str) -> str:
    """A text in both languages, as YAML."""
    return json.dumps({"nl": words, "en": words})


def ten_waves(folder: Path, waves: int, rows: int = 5000, questions: int = 20) -> None:
    """A project of so many waves, each a file of its own."""
    for name in ("waves", "breakdowns", "indicators", "data"):
        (folder / name).mkdir(parents=True)
    ids = [str(2000 + at) for at in range(waves)]
    both = text("x")
    (folder / "thuis.yaml").write_text(
        f"title: {both}\ndescription: {both}\naddress: https://example.org/m\nlanguages: [nl, en]\n"
        f"publisher: {{name: {both}, url: https://example.org, email: a@example.org}}\n"
        f"licence: {{id: CC0-1.0, title: {both}, url: https://example.org}}\ncitation: {both}\n"
        f'version: "1.0"\nreleased: 2026-01-01\nwaves: {json.dumps(ids)}\n'
        f"themes: [{{id: t, dimension: political, title: {both}, description: {both}}}]\n"
    )
    rng = np.random.default_rng(1)
    codes = '{"1": a, "2": b, "3": c, "4": d}'
    for at, id_ in enumerate(ids):
        columns = {f"q{k}": rng.integers(1, 5, rows) for k in range(questions)}
        frame = pl.DataFrame({"sex": rng.integers(1, 3, rows), "w": rng.uniform(0.5, 2, rows), **columns})
        frame.write_parquet(folder / "data" / f"{id_}.parquet")
        variables = [f"  q{k}: {{from: q{k}, codes: {codes}}}" for k in range(questions)]
        (folder / "waves" / f"{id_}.yaml").write_text(
            f'id: "{id_}"\ntitle: {both}\nfield: {{start: {2000 + at}-01-01, end: {2000 + at}-12-31}}\n'
            f"mode: {both}\npopulation: {both}\nsource: {both}\nfile: data/{id_}.parquet\n"
            'design: {weight: w}\nvariables:\n  sex: {from: sex, codes: {"1": man, "2": woman}}\n'
            + "\n".join(variables)
            + "\n"
        )
    asked = "{" + ", ".join(f'"{id_}": {both}' for id_ in ids) + "}"
    for k in range(questions):
        (folder / "indicators" / f"q{k}.yaml").write_text(
            f"id: q{k}\ntheme: t\ntitle: {both}\nmeasures: {both}\nkind: proportion\nvariable: q{k}\n"
            f"share: [a]\npolarity: neutral\nquestion: {asked}\nbreakdowns: [total, sex]\n"
        )
    (folder / "breakdowns" / "sex.yaml").write_text(
        f"id: sex\ntitle: {both}\ndescription: {both}\nsource: {both}\ncategories:\n"
        f"  - {{id: man, title: {both}, when: {{sex: [man]}}}}\n"
        f"  - {{id: woman, title: {both}, when: {{sex: [woman]}}}}\n"
    )


def large(path: Path, rows: int, columns: int) -> None:
    """A file of answers, a weight and strata."""
    rng = np.random.default_rng(2)
    frame = {
        "id": np.arange(rows),
        "weight": rng.uniform(0.4, 2.5, rows).round(4),
        "stratum": rng.integers(1, 60, rows).astype(np.int16),
        "sex": rng.integers(1, 3, rows).astype(np.int8),
        "age": rng.integers(15, 95, rows).astype(np.int8),
    }
    frame |= {f"v{k:03d}": rng.integers(1, 6, rows).astype(np.int8) for k in range(columns - len(frame))}
    pl.DataFrame(frame).write_parquet(path)


def book(path: Path, rows: int = 20_000, columns: int = 100) -> None:
    """A workbook of answers, in numbers and words."""
    rng = np.random.default_rng(3)
    words = np.array(["not at all", "not very much", "somewhat", "a great deal"])
    frame = {"id": np.arange(rows), "weight": rng.uniform(0.4, 2.5, rows), "sex": rng.integers(1, 3, rows)}
    for k in range(columns - len(frame)):
        codes = rng.integers(0, 4, rows)
        frame[f"v{k:03d}"] = words[codes] if k % 3 else codes
    pl.DataFrame(frame).write_excel(path)


def report(
    what: str, own: tuple[float, float, float], peer: tuple[float, float, float], name: str = "Polars"
) -> None:
    print(
        f"{what}: {own[0]:.1f} s of processor, {own[1]:.1f} s on the clock, {own[2]:,.0f} MB; "
        f"{name} alone {peer[0]:.1f} s: ratio {own[0] / peer[0]:.1f}"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--columns", type=int, default=300)
    arguments.add_argument("--waves", type=int, default=10)
    given = arguments.parse_args()
    thuis = (sys.executable, "-m", "thuis")
    whole = "import polars, sys; [polars.read_parquet(each) for each in sys.argv[1:]]"
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        ten_waves(folder / "ten", given.waves)
        files = sorted(map(str, (folder / "ten" / "data").iterdir()))
        report(
            f"check on {given.waves} waves",
            measured(*thuis, "check", str(folder / "ten")),
            measured(sys.executable, "-c", whole, *files),
        )
        large(folder / "large.parquet", given.rows, given.columns)
        own = measured(*thuis, "init", str(folder / "new"), "--from", str(folder / "large.parquet"))
        peer = measured(sys.executable, "-c", whole, str(folder / "large.parquet"))
        report(f"init on {given.rows:,} x {given.columns}", own, peer)
        book(folder / "book.xlsx")
        own = measured(*thuis, "init", str(folder / "from book"), "--from", str(folder / "book.xlsx"))
        values = (
            "import openpyxl, sys;"
            "book = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True);"
            "print(sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True)))"
        )
        peer = measured(sys.executable, "-c", values, str(folder / "book.xlsx"))
        report("init on a workbook of 20,000 x 100", own, peer, "openpyxl")


if __name__ == "__main__":
    main()
