"""Find Dutch citations: megabytes a second, and recall and precision on labelled openings of real papers.

python benchmarks/citations.py [TEXTS...] [--labelled FILE] [--json]

TEXTS are text files, or Parquet tables with a column "text"; without any, the labelled openings are repeated
to ten megabytes. Reports are left out of the precision: the labels have none.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from thuis.dossier import cite

OPENINGS = Path(__file__).resolve().parent.parent / "tests" / "dossier" / "openings.jsonl"
RUNS = 3


def texts(paths: Sequence[Path]) -> Iterator[str]:
    """The texts to search."""
    for path in paths:
        if path.suffix == ".parquet":
            yield from pl.read_parquet(path, columns=["text"])["text"].drop_nulls()
        else:
            yield path.read_text("utf-8", "replace")


def speed(found_in: Sequence[str]) -> dict[str, float]:
    """Megabytes (10^6 bytes of UTF-8) a second of processor time, the best of three runs, and what was found.

    Processor time, since the search is one thread and other work on the machine is no part of it.
    """
    size = sum(len(each.encode()) for each in found_in) / 1e6
    best, count = float("inf"), 0
    for _ in range(RUNS):
        begun = time.process_time()
        count = sum(len(cite.find(each)) for each in found_in)
        best = min(best, time.process_time() - begun)
    return {"MB": size, "seconds": best, "MB/s": size / best, "citations": count}


def accuracy(labelled: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Ids found against ids labelled, counted per paper."""
    right = given = wanted = 0
    missed: list[str] = []
    wrong: list[str] = []
    for row in labelled:
        gold = {each for citation in row["citations"] for each in citation["ids"]}
        found = {each for c in cite.find(row["text"]) if c.kind != "report" for each in c.ids}
        right, given, wanted = right + len(gold & found), given + len(found), wanted + len(gold)
        missed += [f"{row['id']}: {each}" for each in sorted(gold - found)]
        wrong += [f"{row['id']}: {each}" for each in sorted(found - gold)]
    return {
        "labelled": wanted,
        "found": given,
        "recall": right / wanted if wanted else None,
        "precision": right / given if given else None,
        "missed": missed,
        "wrong": wrong,
    }


def labels(path: Path) -> list[dict[str, Any]]:
    """Labelled papers, a JSON object a line: ``id``, ``text``, ``citations`` with ``ids`` (or in Dutch)."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return [
        {
            "id": row["id"],
            "text": row.get("text", row.get("tekst")),
            "citations": row.get("citations", row.get("citaties")),
        }
        for row in rows
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument("--labelled", type=Path, default=OPENINGS)
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args()
    rows = labels(told.labelled)
    corpus = list(texts(told.texts))
    if not corpus:
        whole = "\n\n".join(row["text"] for row in rows)
        corpus = [whole] * (10_000_000 // len(whole.encode()) + 1)
    cite.find(corpus[0][:10_000])  # the tables are read on first use
    result = {"speed": speed(corpus), "accuracy": accuracy(rows)}
    if told.json:
        print(json.dumps(result, indent=2, ensure_ascii=False))
        return
    fast, good = result["speed"], result["accuracy"]
    print(f"{fast['MB']:.1f} MB in {fast['seconds']:.2f} s: {fast['MB/s']:.1f} MB/s")
    print(f"{fast['citations']:,} citations found")
    print(f"{good['labelled']} labelled ids: recall {good['recall']:.1%}, precision {good['precision']:.1%}")
    for name in ("missed", "wrong"):
        for each in good[name]:
            print(f"{name}: {each}")


if __name__ == "__main__":
    main()
