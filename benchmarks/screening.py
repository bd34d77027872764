"""How well roles are told: precision and recall of ``use`` by set and genre; what a change gains and loses.

Sets: *gold*, labels made before the product ran (half of them; the other half is kept apart), screened as
documents; *outside*, sentences of news, letters, reports, programmes and treaties found and labelled before
the rules saw them (``tests/vocabulary/roles/outside.tsv``), and *law drawn*, hits drawn from the law sample:
their scores at that first sight are kept in ``results/first-sight.csv``; *law* and *manifesto*, the samples
the rules were first written with; *own* real law text of one reader, and *made* sentences that show the rules
do what they mean to. Manifestos may not be copied: they count when their folder is the first argument.

    python benchmarks/screening.py [MANIFESTO_FOLDER] [-v] [--save NAME]

``--save`` keeps the outcome of every hit under a name; each run says what it gains and loses beside the last.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from functools import cache
from pathlib import Path

import polars as pl

from thuis.documents import Document, from_text
from thuis.vocabulary import load_vocabulary
from thuis.vocabulary.roles import role_of
from thuis.vocabulary.screen import Options, Screener

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "data" / "gold" / "terms-a.jsonl"
OUTSIDE = ROOT / "tests" / "vocabulary" / "roles" / "outside.tsv"
RESULTS = Path(__file__).parent / "results"
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


def gold() -> Iterator[Case]:
    """Labels made before the product ran, each in its snippet, screened as a document of that genre."""
    for line in GOLD.read_text("utf-8").splitlines():
        row = json.loads(line)
        text, match = row["snippet"], row["match"]
        # A snippet reaches 150 characters back, unless its text begins there.
        at = text.find(match, max(0, min(row["start"], 150) - 3))
        start = at if row["genre"] in ("text", "letter", "report") and at >= 0 else middle(text, match)
        role, why = screened(text, row["genre"], start, start + len(match))
        yield f"gold {row['genre']}", row["role"], role, why, text


def outside() -> Iterator[Case]:
    """Sentences labelled before the rules saw them: ``{ }`` around a use, ``< >`` around anything else."""
    for line in OUTSIDE.read_text("utf-8").splitlines()[1:]:
        turn, genre, _, marked = line.split("\t")
        text, places = "", []
        for plain, use, other in re.findall(r"([^{<]*)(?:\{([^}]*)\}|<([^>]*)>)?", marked):
            text += plain
            if hit := use or other:
                places.append((len(text), len(text) + len(hit), "use" if use else "other"))
                text += hit
        for start, end, label in places:
            role, why = screened(text, genre, start, end)
            yield (
                f"outside {turn} {genre}",
                label,
                role,
                why,
                f"{text[:start]}[[{text[start:end]}]]{text[end:]}",
            )


@cache
def screener() -> Screener:
    """The shipped vocabulary, compiled once."""
    return Screener(load_vocabulary())


def screened(text: str, genre: str, start: int, end: int) -> tuple[str, str]:
    """The role of the hit at a place of a text, and its ground; ``missed`` when nothing is found there."""
    document = from_text(text, "text.txt")
    if not isinstance(document, Document):
        return "missed", document.why
    result = screener().with_options(Options(genre=genre, language="nl", date="2024")).screen(document)
    hit = next((each for each in result.hits if each.start < end and start < each.end), None)
    return (hit.role, hit.role_why) if hit else ("missed", "")


def in_whole(text: str, start: int, end: int) -> tuple[str, str]:
    """The role of the hit at a place of the source of a whole law, screened as a document."""
    document = from_text(text, "text.txt")
    if not isinstance(document, Document):
        return "missed", document.why
    return screened(text, "law", document.cleaned.forward(start), document.cleaned.forward(end))


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


def drawn() -> Iterator[Case]:
    """Hits drawn at random from the law sample, labelled before the rules were mended, in their text."""
    texts = dict(pl.read_parquet(TERMS / "laws-sample.parquet").select("doc_id", "text").iter_rows())
    for name, file in (
        ("law drawn", "laws-drawn.csv"),
        ("law drawn 2", "laws-drawn-2.csv"),
        ("law drawn 3", "laws-drawn-3.csv"),
        ("law drawn 4", "laws-drawn-4.csv"),
        ("law drawn 5", "laws-drawn-5.csv"),
        ("law drawn 6", "laws-drawn-6.csv"),
        ("law drawn 7", "laws-drawn-7.csv"),
        ("law drawn 8", "laws-drawn-8.csv"),
        ("law drawn 9", "laws-drawn-9.csv"),
        ("law drawn 10", "laws-drawn-10.csv"),
        ("law drawn 11", "laws-drawn-11.csv"),
        ("law drawn 12", "laws-drawn-12.csv"),
        ("law drawn 13", "laws-drawn-13.csv"),
    ):
        for row in read(ROOT / "tests" / "vocabulary" / "roles" / file):
            text, start, end = texts[row["doc_id"]], int(row["start"]), int(row["end"])
            role, why = (
                in_whole(text, start, end)
                if name != "law drawn"
                else astuple(role_of(text, start, end, row["term"], "law"))
            )
            yield name, row["label"], role, why, text[max(0, start - 90) : end + 90]


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


def kept(cases: list[Case]) -> dict[str, str]:
    """The role of every hit, by its set, its place in that and its label."""
    seen: Counter[str] = Counter()
    out = {}
    for genre, label, role, _, _ in cases:
        seen[genre] += 1
        out[f"{genre}/{seen[genre]}/{'use' if label in USE else 'other'}"] = role
    return out


def compare(cases: list[Case], save: str | None) -> None:
    """Say which hits are right now and were wrong in the last saved run, and the other way round."""
    file = RESULTS / "screening.csv"
    now = kept(cases)
    rows = read(file) if file.exists() else []
    runs = list(dict.fromkeys(row["run"] for row in rows))
    for run in runs:
        before = {row["hit"]: row["role"] for row in rows if row["run"] == run}
        right = {hit for hit in now if hit in before and is_right(hit, now[hit])}
        was = {hit for hit in now if hit in before and is_right(hit, before[hit])}
        print(f"beside {run!r}: {len(right - was)} gained, {len(was - right)} lost of {len(before)}")
        if run == runs[-1]:
            for hit in sorted(was - right):
                print(f"  lost: {hit} {before[hit]} -> {now[hit]}")
    if save:
        RESULTS.mkdir(exist_ok=True)
        rows = [row for row in rows if row["run"] != save]
        rows += [{"run": save, "hit": hit, "role": role} for hit, role in now.items()]
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, ("run", "hit", "role"), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def is_right(hit: str, role: str) -> bool:
    """Whether a role is right for a hit of :func:`kept`: use for use, anything else for anything else."""
    return (role == "use") == hit.endswith("/use")


def main() -> None:
    """Print the numbers, and with ``-v`` every wrong answer."""
    arguments = sys.argv[1:]
    save = arguments.pop(arguments.index("--save") + 1) if "--save" in arguments else None
    folders = [each for each in arguments if not each.startswith("-")]
    cases = [*own(), *outside()]
    if TERMS.is_dir():
        cases += [*gold(), *laws(), *drawn()]
    else:
        print("the labelled texts are not beside this checkout: own labels only")
    if folders:
        cases += manifestos(Path(folders[0]))
    groups = {
        name: [case for case in cases if case[0].startswith(name)]
        for name in ("gold ", *(f"outside {each} " for each in (1, 2, 6, 7, 10, 11, 12, 13, 14)))
    }
    table = scores(cases) | {
        f"{name.strip()}, all": scores([("all", *case[1:]) for case in group])["all"]
        for name, group in groups.items()
        if group
    }
    for genre, (count, precision, recall) in sorted(table.items()):
        print(f"{genre:20} {count:4} hits   use: precision {precision:4.0%}  recall {recall:4.0%}")
    for row in read(RESULTS / "first-sight.csv"):
        told = f"use: precision {row['precision']:>3}%  recall {row['recall']:>3}%"
        print(f"{row['set']:20} {row['hits']:>4} hits   {told}  at first sight")
    compare(cases, save)
    if "-v" in sys.argv:
        for genre, label, role, why, text in cases:
            if (label in USE) != (role == "use"):
                print(f"{genre} | {label} -> {role} ({why}) | {text}")


if __name__ == "__main__":
    main()
