"""No withheld number in any file, whatever the numbers; and a release that has one is refused."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thuis.columns import CELL_COLUMNS, COMPARISON_COLUMNS
from thuis.errors import ThuisError
from thuis.project import Project, load_project
from thuis.protect import ProtectionRules, Structure, protect, structure_of
from thuis.publish import publish
from thuis.publish.columns import NUMBERS
from thuis.values import Estimates, Release, breakdown_id

HIDDEN = (*NUMBERS, "n_hit", "weighted_n")


@cache
def two_indicators() -> Project:
    """A share and a mean, with every breakdown and crossing that the example has for them."""
    project = load_project(Path(__file__).resolve().parents[2] / "examples" / "gss")
    chosen = ("trust-in-people", "years-of-school")
    return replace(project, indicators=tuple(project.indicator(each) for each in chosen))


def possible(structure: Structure, parts: tuple[str, ...], cell: tuple[str, ...]) -> bool:
    """Whether the definitions of the breakdowns leave anybody for a cell."""
    blocks: dict[str, list[frozenset[int]]] = {}
    for part, category in zip(parts, cell, strict=True):
        shape = structure.breakdowns[part]
        blocks.setdefault(shape.block, []).append(shape.members[category])
    return all(frozenset.intersection(*members) for members in blocks.values())


def estimates(project: Project, seed: int) -> Estimates:
    """Numbers of nine random digits, so that any of them found in a file was leaked there.

    Cells of over 200 respondents have a count of eight digits for the same reason.
    """
    rng = random.Random(seed)
    structure = structure_of(project)
    cells, tests = [], []
    for each in structure.indicators:
        for parts in each.breakdowns:
            figure = breakdown_id(parts)
            for wave in structure.waves:
                if wave not in each.waves:
                    continue
                keys = [key for key in structure.cells(parts) if possible(structure, parts, key)]
                for key in keys:
                    n = rng.choice((1, 3, 30, 90, *[rng.randint(10_000_000, 99_999_999)] * 6))
                    value, half = rng.uniform(4, 8), rng.choice((0.1, 0.1, 0.1, 9)) * rng.uniform(0.5, 1)
                    hit = n // 2 if each.kind == "proportion" else None
                    numbers = (value, half / 2, value - half, value + half, n, hit, n * rng.uniform(1, 2))
                    cells.append((each.id, figure, wave, list(key), *numbers, 99.0, rng.uniform(1, 2)))
                    if key != keys[0]:
                        test = (
                            rng.uniform(-5, 5),
                            rng.uniform(0.1, 1),
                            99.0,
                            *(rng.random() for _ in "1234"),
                        )
                        where = (each.id, figure, "category", wave, list(key), None, list(keys[0]))
                        tests.append((*where, *test, "none", False))
    return Estimates(
        pl.DataFrame(cells, schema=CELL_COLUMNS, orient="row"),
        pl.DataFrame(tests, schema=COMPARISON_COLUMNS, orient="row"),
    )


def signs(row: dict[str, object], names: tuple[str, ...]) -> set[str]:
    """The digits by which a number is known wherever it stands."""
    found = set()
    for name in names:
        value = row[name]
        if isinstance(value, float) and not value.is_integer():
            found.add(f"{abs(value):.12f}".replace(".", "").lstrip("0")[:8])
        elif isinstance(value, int) and value > 10_000_000:
            found.add(str(value))
    return found


def contents(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Every file as text, those in zips and the rows of Parquet too."""
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for each in archive.namelist():
                yield from contents(f"{name}/{each}", archive.read(each))
    elif name.endswith(".parquet"):
        yield name, pl.read_parquet(io.BytesIO(content)).write_csv()
    else:
        yield name, content.decode()


def numbers_in(text: str) -> set[str]:
    found = re.findall(r"\d+\.\d{4,}|\d{8,}", text)
    return {each.replace(".", "").lstrip("0")[:8] for each in found}


@settings(max_examples=6)
@example(seed=861425548)  # so large that a solver's rounding kept the search for protecting cells going
@given(seed=st.integers(0, 10**9))
def test_no_withheld_number_is_in_any_file(seed: int) -> None:
    project = two_indicators()
    made = estimates(project, seed)
    release = protect(made, ProtectionRules.of(project.protection), structure_of(project))
    withheld = made.cells.join(
        release.cells.filter(pl.col("status") == "withheld"),
        on=["indicator", "breakdown", "wave", "cell"],
        how="semi",
    )
    assert withheld.height
    secrets = {sign for row in withheld.iter_rows(named=True) for sign in signs(row, HIDDEN)}
    gone = made.comparisons.join(release.comparisons, on=["indicator", "difference"], how="anti")
    secrets |= {
        sign for row in gone.iter_rows(named=True) for sign in signs(row, ("difference", "se", "p_adjusted"))
    }
    published = release.cells.filter(pl.col("status") == "published")
    shown = {sign for row in published.iter_rows(named=True) for sign in signs(row, NUMBERS)}
    shown |= {
        sign for row in release.comparisons.iter_rows(named=True) for sign in signs(row, ("p", "difference"))
    }
    with tempfile.TemporaryDirectory() as name:
        publish(project, release, Path(name), history=())
        told: set[str] = set()
        for path in Path(name).rglob("*"):
            if not path.is_file():
                continue
            for file, text in contents(path.relative_to(name).as_posix(), path.read_bytes()):
                found = numbers_in(re.sub(r"sha256:[0-9a-f]{64}", "", text))
                assert not found & (secrets - shown), file
                told |= found
                check_rows(file, text)
    assert len(told & shown) > len(shown) / 2, "the test must be able to see published numbers"


def test_a_leak_would_be_seen() -> None:
    row = {"estimate": 45.381274912345, "se": 0.0123456789, "n": 12345678}
    for written in ("45.38127491,", '"se": 0.0123456789}', "n,12345678,"):
        assert numbers_in(written) & signs(row, ("estimate", "se", "n"))
    assert not numbers_in("estimate 45.4, n 50") & signs(row, ("estimate", "se", "n"))


def check_rows(file: str, text: str) -> None:
    """A withheld cell has its row, its reason, and nothing where numbers stand."""
    if file.endswith((".csv", ".parquet")):
        rows = [row for row in csv.DictReader(io.StringIO(text)) if row.get("status")]
    elif "figures/" in file and file.endswith(".json") and "metadata" not in file:
        rows = json.loads(text)["cells"]
    else:
        return
    for row in rows:
        if row["status"] == "withheld":
            assert row["reason"], file
            assert not any(row[name] for name in (*NUMBERS, "reliability")), file


LEAKS = {
    "a number": ({"estimate": 31.2}, "is withheld, but has a number"),
    "a count": ({"n": 7}, "is withheld, but has a number"),
    "a hidden count": ({"n_hit": 3}, "is withheld, but has a number"),
    "no reason": ({"reason": None}, "is withheld without a reason"),
    "a reason that is none": ({"reason": "because"}, "is withheld without a reason"),
    "a status that is none": ({"status": "secret"}, "is neither published nor withheld"),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_release_that_breaks_its_promise_is_refused(
    project: Project, release: Release, tmp_path: Path, leak: str
) -> None:
    change, message = LEAKS[leak]
    cells = release.cells.with_row_index("row")
    row = cells.filter(pl.col("reason") == "confidential")["row"][0]
    cells = cells.with_columns(
        pl.when(pl.col("row") == row).then(pl.lit(value)).otherwise(pl.col(name)).alias(name)
        for name, value in change.items()
    ).drop("row")
    with pytest.raises(ThuisError, match=message):
        publish(project, replace(release, cells=cells), tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_a_difference_with_a_withheld_cell_is_refused(
    project: Project, release: Release, tmp_path: Path
) -> None:
    hidden = release.cells.filter(pl.col("reason") == "confidential").row(0, named=True)
    one = release.comparisons.head(1).with_columns(
        indicator=pl.lit(hidden["indicator"]),
        breakdown=pl.lit(hidden["breakdown"]),
        wave=pl.lit(hidden["wave"]),
        cell=pl.lit(pl.Series([hidden["cell"]])).first(),
    )
    with pytest.raises(ThuisError, match="which is not published"):
        publish(
            project,
            replace(release, comparisons=pl.concat([release.comparisons, one])),
            tmp_path / "data",
        )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (pl.int_range(pl.len()) > 0, "the release has no cell"),
        (pl.col("indicator") != "trust-in-people", "the release has no cell trust-in-people/total"),
    ],
)
def test_a_cell_that_is_not_there_is_named(
    project: Project, release: Release, tmp_path: Path, rows: pl.Expr, message: str
) -> None:
    with pytest.raises(ThuisError, match=message):
        publish(project, replace(release, cells=release.cells.filter(rows)), tmp_path / "data")


def test_a_release_of_another_project_is_refused(
    project: Project, release: Release, demo: tuple[Project, Release], tmp_path: Path
) -> None:
    with pytest.raises(ThuisError, match="unknown figure 'trust-in-people/college'"):
        publish(demo[0], release, tmp_path / "data")
