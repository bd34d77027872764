"""A large monitor, stage by stage: 200 indicators x 4 waves x 128 cells on 50,000 respondents.

    python benchmarks/monitor.py [--indicators 200] [--rows 50000] [--peer 4]

Writes such a project to a temporary folder, builds it, and prints seconds per stage and pages per second. The
peer, svy, makes the same table for a few indicators in the same run; the ratio is per indicator and wave.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from thuis.monitor.estimate import estimate
from thuis.monitor.pipeline import build
from thuis.project import load_project
from thuis.read import read_waves

WAVES = ("2006", "2011", "2015", "2020")
GROUPS = {"origin": 8, "generation": 2, "age": 8}
"""Crossed they make 128 cells."""


def text(words: str) -> str:
    """A text in both languages, as YAML."""
    return json.dumps({"nl": words, "en": words})


def write_project(folder: Path, indicators: int, rows: int) -> None:
    """A project with ``indicators`` questions answered by ``rows`` invented people over four waves."""
    for name in ("waves", "breakdowns", "indicators", "data"):
        (folder / name).mkdir(parents=True)
    head = [f"title: {text('Large')}", f"description: {text('Large')}", "address: https://example.org/large"]
    head += [f"publisher: {{name: {text('X')}, url: https://example.org, email: a@example.org}}"]
    head += [
        "languages: [nl, en]",
        f"licence: {{id: CC0-1.0, title: {text('CC0')}, url: https://example.org}}",
    ]
    head += [
        f"citation: {text('X')}",
        'version: "1.0"',
        "released: 2026-01-01",
        f"synthetic: {text('Invented')}",
    ]
    head += [f"waves: {json.dumps(WAVES)}"]
    head += [f"themes: [{{id: one, dimension: political, title: {text('One')}, description: {text('One')}}}]"]
    (folder / "thuis.yaml").write_text("\n".join(head), "utf-8")
    questions = [f"q{i}" for i in range(indicators)]
    for number, wave in enumerate(WAVES):
        _people(rows // len(WAVES), questions, number).write_parquet(folder / "data" / f"{wave}.parquet")
        (folder / "waves" / f"{wave}.yaml").write_text(_wave(wave, questions), "utf-8")
    for name, count in GROUPS.items():
        categories = "".join(
            f"\n  - {{id: {name}{i}, title: {text(f'{name} {i}')}, when: {{{name}: [{name}{i}]}}}}"
            for i in range(count)
        )
        (folder / "breakdowns" / f"{name}.yaml").write_text(
            f"id: {name}\ntitle: {text(name)}\ndescription: {text(name)}\nsource: {text('X')}\n"
            f"reference: {name}0\ncategories:{categories}\n",
            "utf-8",
        )
    asked = ", ".join(f'"{wave}": {text("?")}' for wave in WAVES)
    for name in questions:
        (folder / "indicators" / f"{name}.yaml").write_text(
            f"id: {name}\ntheme: one\ntitle: {text(name)}\nmeasures: {text(name)}\nkind: proportion\n"
            f"variable: {name}\nshare: ['yes']\npolarity: neutral\nquestion: {{{asked}}}\n"
            f"breakdowns: [total, [{', '.join(GROUPS)}]]\n",
            "utf-8",
        )


def _people(rows: int, questions: list[str], seed: int) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    columns: dict[str, object] = {name: random.integers(0, count, rows) for name, count in GROUPS.items()}
    columns |= {"weight": random.uniform(0.5, 2, rows), "stratum": random.integers(0, 20, rows)}
    columns |= {name: (random.random(rows) < 0.4).astype(np.int8) for name in questions}
    return pl.DataFrame(columns)


def _wave(wave: str, questions: list[str]) -> str:
    groups = "".join(
        f"  {name}: {{from: {name}, codes: {{{', '.join(f'{i}: {name}{i}' for i in range(count))}}}}}\n"
        for name, count in GROUPS.items()
    )
    answers = "".join(f"  {name}: {{from: {name}, codes: {{0: 'no', 1: 'yes'}}}}\n" for name in questions)
    return (
        f'id: "{wave}"\ntitle: {text(wave)}\nfield: {{start: {wave}-01-01, end: {wave}-06-30}}\n'
        f"mode: {text('web')}\npopulation: {text('all')}\nsource: {text('X')}\nfile: data/{wave}.parquet\n"
        f"design: {{weight: weight, strata: stratum}}\nvariables:\n{groups}{answers}"
    )


def peer(folder: Path, questions: int) -> float:
    """Seconds per indicator and wave for the 128 cells with svy; NaN where it is not installed."""
    try:
        import svy
    except ImportError:
        return float("nan")
    frame = pl.read_parquet(folder / "data" / "2020.parquet").with_columns(
        pl.concat_str(list(GROUPS), separator="-").alias("cell")
    )
    frame = frame.with_columns(pl.col(f"q{i}").cast(pl.Float64) for i in range(questions))
    design = svy.Design(stratum="stratum", wgt="weight")
    sample = svy.Sample(frame, design)
    started = time.perf_counter()
    for i in range(questions):
        sample.estimation.mean(f"q{i}", by="cell")
    return (time.perf_counter() - started) / questions


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--indicators", type=int, default=200)
    options.add_argument("--rows", type=int, default=50_000)
    options.add_argument("--peer", type=int, default=4)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "large"
        write_project(folder, chosen.indicators, chosen.rows)
        started = time.perf_counter()
        project = load_project(folder)
        loaded = time.perf_counter()
        microdata = read_waves(project)
        read = time.perf_counter()
        found = estimate(project, microdata)
        done = time.perf_counter()
        print(f"load {loaded - started:6.2f} s   read {read - loaded:6.2f} s   estimate {done - read:6.2f} s")
        print(f"{found.cells.height:,} cells and {found.comparisons.height:,} tested differences")
        ours = (done - read) / chosen.indicators / len(WAVES)
        theirs = peer(folder, chosen.peer)
        print(
            f"per indicator and wave: thuis {ours * 1000:.1f} ms, tests included; svy {theirs * 1000:.1f} ms;"
        )
        print(f"ratio {theirs / ours:.1f}")
        stages: list[tuple[float, str]] = []
        report = build(folder, say=lambda line: stages.append((time.perf_counter(), line)))
        for (before, _), (after, line) in pairwise(stages):
            print(f"{after - before:6.2f} s  {line}")
        site = stages[-1][0] - stages[-2][0]
        print(f"{report.pages / site:.1f} pages per second, search index included")


if __name__ == "__main__":
    main()
