"""How well the roles are told: precision and recall of ``use`` for each genre, on labelled hits.

Labels: those beside the project (law text, manifestos; half of them, the other half is kept apart), and own
ones in ``tests/vocabulary/roles/labels.csv``: real law text, drawn at random and labelled by one reader, and
sentences made up for the other genres, which show that the rules do what they mean to and say little of real
texts. The rules were written with sight of most of these. The manifestos themselves may not be copied: their
hits are only counted when a folder with the texts is given as the first argument.

    python benchmarks/screening.py [MANIFESTO_FOLDER]
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from thuis.vocabulary.roles import role_of

ROOT = Path(__file__).resolve().parents[1]
TERMS = ROOT.parent / "shared" / "data" / "terms"
STEMS = {
    "integratie": "integratie",
    "allochto": "allochtoon",
    "autochto": "autochtoon",
    "niet-westers": "niet-westers",
    "niet westers": "niet-westers",
    "tweede generatie": "tweede-generatie",
    "etnische": "etnische-minderheid",
}
USE = {"use", "migrant_integration"}
Case = tuple[str, str, str, str, str]  # genre, label, role, ground, what stands there


def term_of(match: str) -> str:
    """The term a form of the labelled sample belongs to."""
    return next(term for stem, term in STEMS.items() if match.lower().startswith(stem))


def laws() -> Iterator[Case]:
    """Labelled hits in law text: in the document when the sample holds it, else in the snippet."""
    texts = dict(pl.read_parquet(TERMS / "laws-sample.parquet").select("doc_id", "text").iter_rows())
    for row in read(TERMS / "context-laws-dev.csv"):
        snippet, match = row["snippet"], row["match"]
        start = middle(snippet, match)
        source = snippet
        whole = texts.get(row["doc_id"], "")
        key = snippet[max(0, start - 25) : start + len(match) + 10]
        if (at := whole.find(key)) >= 0:
            source, start = whole, at + min(25, start)
        role = role_of(source, start, start + len(match), term_of(match), "law")
        yield "law", row["label"], role.role, role.why, snippet


def middle(snippet: str, match: str) -> int:
    """Where the match stands in a snippet: the occurrence nearest to its middle."""
    places, at = [], snippet.find(match)
    while at >= 0:
        places.append(at)
        at = snippet.find(match, at + 1)
    return min(places, key=lambda each: abs(each + len(match) / 2 - len(snippet) / 2))


def manifestos(folder: Path) -> Iterator[Case]:
    """Labelled hits in the manifestos of a folder."""
    for row in read(TERMS / "context-manifestos-dev.csv"):
        path = folder / row["file"]
        if path.exists():
            text, start = path.read_text("utf-8"), int(row["char_offset"])
            role = role_of(text, start, start + len(row["match"]), term_of(row["match"]), "manifesto")
            yield "manifesto", row["label"], role.role, role.why, text[start - 90 : start + 90]


def own() -> Iterator[Case]:
    """Own labels: [[ ]] marks the hit in its context."""
    for row in read(ROOT / "tests" / "vocabulary" / "roles" / "labels.csv"):
        before, rest = row["text"].split("[[")
        hit, after = rest.split("]]")
        text = (before + hit + after).replace("¶", "\n")
        role = role_of(text, len(before), len(before) + len(hit), row["term"], row["genre"])
        origin = "own" if row["genre"] == "law" else "made"
        yield f"{origin} {row['genre']}", row["label"], role.role, role.why, row["text"]


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scores(cases: list[Case]) -> dict[str, tuple[int, float, float]]:
    """For each genre: hits, precision and recall of ``use``."""
    out = {}
    for genre in dict.fromkeys(case[0] for case in cases):
        part = [case for case in cases if case[0] == genre]
        both = sum(case[1] in USE and case[2] == "use" for case in part)
        said, true = sum(case[2] == "use" for case in part), sum(case[1] in USE for case in part)
        out[genre] = (len(part), both / said if said else 0.0, both / true if true else 0.0)
    return out


def main() -> None:
    """Print the numbers, and with ``-v`` every wrong answer."""
    arguments = [each for each in sys.argv[1:] if each != "-v"]
    cases = list(own())
    if TERMS.is_dir():
        cases += laws()
    else:
        print("the labelled law text is not beside this checkout: own labels only")
    if arguments:
        cases += manifestos(Path(arguments[0]))
    for genre, (count, precision, recall) in scores(cases).items():
        print(f"{genre:16} {count:4} hits   use: precision {precision:.0%}  recall {recall:.0%}")
    print(Counter((label, role) for genre, label, role, _, _ in cases if genre == "law"))
    if "-v" in sys.argv:
        for genre, label, role, why, text in cases:
            if (label in USE) != (role == "use"):
                print(f"{genre} | {label} -> {role} ({why}) | {text}")


if __name__ == "__main__":
    main()
