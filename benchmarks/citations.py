"""Find Dutch citations: megabytes a second, and recall and precision on labelled openings of real papers.

python benchmarks/citations.py [TEXTS...] [--labelled FILE...]

TEXTS are text files, or Parquet tables with a column "text"; without any, the labelled openings are repeated
to ten megabytes. Recall is told per type of citation; precision of the papers, since labels of other types do
not name everything that a text cites.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.labels import read_labels, score_citations
from thuis.dossier import cite

TESTS = Path(__file__).resolve().parent.parent / "tests" / "dossier"
OPENINGS = TESTS / "openings.jsonl"
GOLD = TESTS / "gold"
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


def labels(path: Path) -> list[dict[str, Any]]:
    """Labelled papers, a JSON object a line: ``doc``, ``text``, ``citations`` with ``ids`` (or in Dutch)."""
    return [
        {
            "doc": row.get("doc", row.get("id")),
            "text": row.get("text", row.get("tekst")),
            "citations": [
                {"type": "kamerstuk", "text": each.get("tekst", ""), **each}
                for each in row.get("citations", row.get("citaties"))
            ],
        }
        for row in read_labels(path)
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument(
        "--labelled", type=Path, nargs="*", default=[*sorted(GOLD.glob("citations-*")), OPENINGS]
    )
    told = parser.parse_args()
    corpus = list(texts(told.texts))
    if not corpus:
        whole = "\n\n".join(row["text"] for row in labels(OPENINGS))
        corpus = [whole] * (10_000_000 // len(whole.encode()) + 1)
    cite.find(corpus[0][:10_000])  # the tables are read on first use
    fast = speed(corpus)
    print(f"{fast['MB']:.1f} MB in {fast['seconds']:.2f} s: {fast['MB/s']:.1f} MB/s")
    print(f"{fast['citations']:,} citations found")
    for path in told.labelled:
        print(f"{path.name}:")
        for name, score in score_citations(labels(path), cite.find).items():
            print(f"  {name}: {score}")
            for each in (*score.missed, *score.wrong) if name in {"everything", "papers"} else ():
                print(f"    {each}")


if __name__ == "__main__":
    main()
