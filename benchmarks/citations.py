"""Find Dutch citations: megabytes a second; recall and precision by type and genre; gains and losses.

python benchmarks/citations.py [TEXTS...] [--labelled FILE...] [--save NAME]

``--save`` keeps what was read wrongly under a name; each run says what it gains and loses beside those kept.

TEXTS are text files, or Parquet tables with a column "text"; without any, the labelled openings are repeated
to ten megabytes. Recall is told per type of citation; precision of the papers, since labels of other types do
not name everything that a text cites.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.labels import plain, read_labels, score_citations
from thuis.dossier import cite

TESTS = Path(__file__).resolve().parent.parent / "tests" / "dossier"
OPENINGS = TESTS / "openings.jsonl"
GOLD = TESTS / "gold"
KEPT = Path(__file__).resolve().parent / "results" / "citations.csv"
RUNS = 3
GENRES = {
    "kst": "papers", "h": "sittings", "ah": "questions", "ek": "upper house", "eu": "European Union",
    "law": "law", "stb": "gazettes",
}  # fmt: skip
"""What a label's document begins with -> its genre, where the label does not say it."""


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
            "genre": row.get("genre") or genre_of(row.get("doc", row.get("id"))),
            "text": row.get("text", row.get("tekst")),
            "citations": [
                {"type": "kamerstuk", "text": each.get("tekst", ""), **each}
                for each in row.get("citations", row.get("citaties"))
            ],
        }
        for row in read_labels(path)
    ]


def genre_of(doc: str) -> str:
    """The genre of a labelled text by the name of its document."""
    return GENRES.get(re.split(r"[-\d]", doc, maxsplit=1)[0], "other")


def outcomes(name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, bool]]:
    """For every label, and every paper given that is none: its genre, and whether it was read right."""
    out: dict[str, tuple[str, bool]] = {}
    for row in rows:
        found = list(cite.find(row["text"]))
        ids = {plain(each) for citation in found for each in citation.ids}
        wanted = {plain(each) for label in row["citations"] for each in label["ids"]}
        for place, label in enumerate(row["citations"]):
            hit = bool(ids & {plain(each) for each in label["ids"]})
            out[f"{name}/{row['doc']}/{place}"] = (row["genre"], hit)
        for each in (c.ids[0] for c in found if c.kind == "kamerstuk" and c.ids):
            if plain(each) not in wanted:
                out[f"{name}/{row['doc']}/{each}"] = (row["genre"], False)
    return out


def by_genre(now: Mapping[str, tuple[str, bool]]) -> None:
    """Labels found, by genre."""
    for genre in sorted({genre for genre, _ in now.values()}):
        hits = [hit for each, (of, hit) in now.items() if of == genre and each.rpartition("/")[2].isdigit()]
        print(f"  {genre}: {sum(hits)} of {len(hits)}")


def compare(now: Mapping[str, tuple[str, bool]], save: str | None) -> None:
    """Which labels are read right now and were not in a run that was kept, and the other way round."""
    rows = list(csv.DictReader(KEPT.open(encoding="utf-8"))) if KEPT.exists() else []
    for run in dict.fromkeys(row["run"] for row in rows):
        wrong = {row["label"] for row in rows if row["run"] == run}
        gained = [each for each in wrong if each not in now or now[each][1]]
        lost = [each for each, (_, hit) in now.items() if not hit and each not in wrong]
        print(f"beside {run!r}: {len(gained)} gained, {len(lost)} lost")
        for each in sorted(lost):
            print(f"  lost: {each}")
    if save:
        rows = [row for row in rows if row["run"] != save]
        rows += [{"run": save, "label": each} for each, (_, hit) in now.items() if not hit]
        with KEPT.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, ("run", "label"), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument(
        "--labelled", type=Path, nargs="*", default=[*sorted(GOLD.glob("citations-*")), OPENINGS]
    )
    parser.add_argument("--save", help="keep what was read wrongly under this name")
    told = parser.parse_args()
    corpus = list(texts(told.texts))
    if not corpus:
        whole = "\n\n".join(row["text"] for row in labels(OPENINGS))
        corpus = [whole] * (10_000_000 // len(whole.encode()) + 1)
    cite.find(corpus[0][:10_000])  # the tables are read on first use
    fast = speed(corpus)
    print(f"{fast['MB']:.1f} MB in {fast['seconds']:.2f} s: {fast['MB/s']:.1f} MB/s")
    print(f"{fast['citations']:,} citations found")
    now: dict[str, tuple[str, bool]] = {}
    for path in told.labelled:
        now |= outcomes(path.stem, labels(path))
        print(f"{path.name}:")
        for name, score in score_citations(labels(path), cite.find).items():
            print(f"  {name}: {score}")
            for each in (*score.missed, *score.wrong) if name in {"everything", "papers"} else ():
                print(f"    {each}")
    print("by genre:")
    by_genre(now)
    compare(now, told.save)


if __name__ == "__main__":
    main()
