"""A whole folder read without knowing what is in it: no withheld number stands in any file of a build.

The groups have sizes that nothing else has, so a number of respondents is found wherever it stands: in a
zip within a zip, a workbook, a PDF, a search index, an alternative text. Labelled before the first run: of a
withheld cell neither its respondents, nor those among them who gave the answer, nor its weighted estimate to
two decimals or more may be in any file; published ones must be found in every kind of file that has figures.
"""

from __future__ import annotations

import gzip
import io
import itertools
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pypdfium2
import pytest

from thuis.monitor.pipeline import build

from .support import SAY, Person, Public, World, by, called
from .test_findings import side

MINIMUM, LONG = 5000, 2100
SIZES = {
    ("a", "x"): 1613, ("a", "y"): 2907, ("b", "x"): 2123, ("b", "y"): 2599,
    ("c", "x"): 7217, ("c", "y"): 6903, ("d", "x"): 8133, ("d", "y"): 7571,
}  # fmt: skip
"""Numbers from ``LONG`` on stand nowhere by chance."""
BY = ["total", "g", "h", ["g", "h"]]
Cell = tuple[str, ...]


def everybody(wave: int) -> list[Person]:
    rng = np.random.default_rng(wave)
    found: list[Person] = []
    for (g, h), size in SIZES.items():
        near, scale = rng.dirichlet([3, 3, 2]), rng.dirichlet(np.full(5, 3.0))
        more = 37 * wave * (1 + "abcd".index(g))
        q = rng.choice(["y", "n", "s"], size + more, p=near)
        m, k, e = rng.choice(5, (3, size + more), p=scale) + 1
        weight = np.round(rng.uniform(0.4, 2.2, size + more), 5)
        found += [
            {"g": g, "h": h, "q": str(a), "m": int(b), "k": int(c), "e": "yn"[int(d) % 2], "wt": float(w)}
            for a, b, c, d, w in zip(q, m, k, e, weight, strict=True)
        ]
    return found


class Whole(World):
    """With kinds of figures that have no share or scale."""

    def _indicator(self, name: str, told: object) -> dict[str, object]:
        found = super()._indicator(name, told)  # type: ignore[arg-type]
        kind = dict(told).get("kind")  # type: ignore[call-overload]
        if not kind:
            return found
        left = {"scale", "unit"} if kind == "categories" else {"scale"}
        return {key: each for key, each in found.items() if key not in left}


def world(**protection: str) -> World:
    answers = [{"id": each, "title": called(each), "codes": [each]} for each in "yns"]
    told = {
        "q": {"variable": "q", "share": ["y"], "breakdowns": BY},
        "e": {"variable": "e", "share": ["y"], "breakdowns": BY},
        "m": {"variable": "m", "scale": [1, 5], "breakdowns": BY},
        "k": {"variable": "k", "scale": [1, 5], "breakdowns": BY},
        "stack": {"kind": "categories", "variable": "q", "answers": answers, "breakdowns": ["total", "g"]},
        "middle": {
            "kind": "median",
            "variable": "m",
            "unit": SAY,
            "rounding": 1,
            "breakdowns": ["total", "g"],
        },
        "many": {"kind": "total", "variable": "q", "share": ["y"], "unit": SAY, "breakdowns": ["total", "g"]},
    }
    said = {"title": SAY, "description": SAY}
    findings = {
        "paradox": {
            **said,
            "wave": "2024",
            "figure": {"group": "g", "line": "h", "position": "e", "exclusion": "q"},
            "positions": [side("h", "x", "y", breakdown="h"), side("g", "a", "c", breakdown="g")],
            "outcomes": [{"indicator": "q"}, {"indicator": "m", "margin": 0.5}],
            "controls": [{"variable": "e", "title": SAY}],
        },
        "splits": [
            {"id": "s", "title": SAY, "wave": "2024", "indicator": "m", "breakdown": "g"}
            | {"first": "c", "second": "d", "by": [{"variable": "e", "title": SAY}]}
        ],
        "scales": [{**said, "id": "sc", "wave": "2024", "items": ["m", "k"]}],
    }
    return Whole(
        {"2020": everybody(0), "2024": everybody(1)},
        {"g": by("g", *"abcd"), "h": by("h", "x", "y")},
        told,
        MINIMUM,
        numbers=["m", "k"],
        weight="wt",
        findings=findings,
        protection=protection,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Path]:
    folder, one = tmp_path_factory.mktemp("whole"), world()
    build(one.write(folder), out=folder / "public", handover=True)
    return one, folder / "public"


def texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Everything in a file as text, whatever it is packed in."""
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield (
                name,
                " ".join(
                    [
                        archive.comment.decode("latin-1"),
                        *(f"{i.filename} {i.comment!r}" for i in archive.infolist()),
                    ]
                ),
            )
            for each in archive.namelist():
                yield from texts(f"{name}!{each}", archive.read(each))
    elif content[:2] == b"\x1f\x8b":
        yield from texts(f"{name}!", gzip.decompress(content))
    elif content[:4] == b"PAR1":
        yield name, pl.read_parquet(content).write_json()
        yield name, str(pl.read_parquet_metadata(io.BytesIO(content)))
    elif content[:5] == b"%PDF-":
        document = pypdfium2.PdfDocument(content)
        yield name, str(document.get_metadata_dict())
        for page in document:
            yield name, page.get_textpage().get_text_range()
    elif content[:6] == b"SQLite":
        with tempfile.NamedTemporaryFile(suffix=".db") as file:
            file.write(content)
            file.flush()
            database = sqlite3.connect(file.name)
            yield name, "\n".join(database.iterdump())
            database.close()
    else:
        yield name, content.decode("utf-8", "replace")


SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007", " "))


@cache
def numbers(text: str) -> frozenset[tuple[float, int]]:
    """Every number of a text: many files stand in a zip, and on their own."""
    return frozenset(_numbers(text))


def _numbers(text: str) -> Iterator[tuple[float, int]]:
    """Every number of a text in either way of writing it, with its decimals."""
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text.translate(SPACES))
    for plain in re.findall(r"(?<![\w.#-])-?\d+(?:\.\d+)?(?![\w])", text):
        yield float(plain), len(plain.partition(".")[2])
    for token in re.findall(r"(?<![\w.,#-])-?\d+(?:[.,]\d+)*(?![\w])", text):
        parts = re.split(r"[.,]", token)
        if len(parts) > 1 and all(len(each) == 3 for each in parts[1:]):
            yield float("".join(parts)), 0
        if len(parts) == 2:
            yield float(".".join(parts)), len(parts[1])


def seen_in(public: Path) -> dict[str, set[tuple[float, int]]]:
    found: dict[str, set[tuple[float, int]]] = {}
    for path in sorted(public.rglob("*")):
        for part, text in texts(path.name, path.read_bytes()) if path.is_file() else ():
            found.setdefault(f"{path.relative_to(public)}|{part}", set()).update(numbers(text))
    return found


@pytest.fixture(scope="module")
def seen(built: tuple[World, Path]) -> dict[str, set[tuple[float, int]]]:
    return seen_in(built[1])


def truths(one: World, indicator: str, cell: dict[str, str], wave: str) -> tuple[set[float], set[float]]:
    """Counts and weighted estimates of a group."""
    told = one.indicators[indicator]
    inside = [row for row in one.waves[wave] if all(row[name] == each for name, each in cell.items())]
    weight = np.array([float(str(row["wt"])) for row in inside])
    if "share" in told:
        hit = np.array([row[told["variable"]] in told["share"] for row in inside])
        value = 100 * float(weight @ hit / weight.sum())
        return {float(len(inside)), float(hit.sum())}, {value, float(weight @ hit), float(weight.sum())}
    answers = np.array([float(str(row[told["variable"]])) for row in inside])
    return {float(len(inside)), float(answers.sum())}, {float(weight @ answers / weight.sum())}


def hidden(
    one: World, public: Path, *, status: str = "withheld"
) -> Iterator[tuple[str, set[float], set[float]]]:
    for (indicator, breakdown, wave, cell), found in Public(public / "data").cells.items():
        parts = () if breakdown == "total" else tuple(breakdown.split("-by-"))
        if found["status"] == status and set(parts) <= {"g", "h"} and indicator in "qemk":
            named = dict(zip(parts, cell, strict=True))
            yield f"{indicator} {wave} {cell}", *truths(one, indicator, named, wave)


def is_there(value: float, found: set[tuple[float, int]], least: int) -> bool:
    return any((round(value, places), places) in found for places in range(least, 11))


def test_no_withheld_number_is_in_any_file(
    built: tuple[World, Path], seen: dict[str, set[tuple[float, int]]]
) -> None:
    one, public = built
    open_ = list(hidden(one, public, status="published"))
    counts = set(itertools.chain.from_iterable(n for _, n, _ in open_))
    # The size of a file, told in an index, tells of nobody and may be any number.
    sizes = {float(path.stat().st_size) for path in public.rglob("*") if path.is_file()}
    cells = list(hidden(one, public))
    assert len(cells) > 20
    found = [
        (what, name, value)
        for what, people, estimates in cells
        for name, there in seen.items()
        for value in [
            *(n for n in people - counts - sizes if n >= LONG and (n, 0) in there),
            *(each for each in estimates if is_there(each, there, 3) or is_there(each / 100, there, 5)),
        ]
    ]
    assert found[:20] == []


def test_the_reader_finds_published_numbers_in_every_kind_of_file(
    built: tuple[World, Path], seen: dict[str, set[tuple[float, int]]]
) -> None:
    one, public = built
    _, people, estimates = next(
        each for each in hidden(one, public, status="published") if each[0] == "q 2024 ('c',)"
    )
    n = max(people)
    of_n = {Path(name.rpartition("!")[2] or name).suffix for name, there in seen.items() if (n, 0) in there}
    value = max(each for each in estimates if each <= 100)
    shown = {
        Path(name.partition("|")[0]).suffix
        for name, there in seen.items()
        if any((round(value, places), places) in there for places in range(1, 10))
    }
    assert {".html", ".json", ".csv"} <= of_n
    assert {".html", ".json", ".csv", ".parquet", ".zip", ".xlsx", ".pdf", ".docx", ".svg"} <= shown


def test_rounded_numbers_of_respondents_are_exact_nowhere(tmp_path: Path) -> None:
    """Where n is in tens, no other file has the last digit: findings, tables and reports neither."""
    one = world(respondents="rounded", digits="standard-error")
    build(one.write(tmp_path), out=tmp_path / "public", handover=True)
    found = seen_in(tmp_path / "public")
    counts = {max(n) for _, n, _ in hidden(one, tmp_path / "public", status="published")}
    every = {n for n in counts | {float(len(rows)) for rows in one.waves.values()} if n % 10 and n >= LONG}
    assert len(every) > 5
    assert [(name, n) for name, there in found.items() for n in every if (n, 0) in there][:20] == []
