"""What a first figure is of, on scales as surveys print them; labelled before they were read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from thuis.project import load_project
from thuis.starter import start
from thuis.starter.counted import counted

N = 300
ROWS = list(csv.DictReader((Path(__file__).parent / "scales.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[each["source"] for each in ROWS])
def test_the_answers_on_one_side_are_counted_together(row: dict[str, str]) -> None:
    labels = {str(n): each for n, each in enumerate(row["answers"].split("|"), 1)}
    found = counted({code: f"id-{code}" for code in labels}, labels)
    assert "|".join(labels[each] for each in found.codes) == row["counted"]


WITHOUT_ORDER = 33
"""Of the 52 scales, those read the same when their answers are words of which no code tells the order."""


def test_answers_in_words_are_counted_together_too() -> None:
    right = 0
    for row in ROWS:
        words = {each: each for each in sorted(row["answers"].split("|"))}
        right += set(counted(words, words, next(iter(words))).codes) == set(row["counted"].split("|"))
    assert right >= WITHOUT_ORDER


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (
            "helemaal mee eens|helemaal mee oneens|mee eens|mee oneens|neutraal",
            {"helemaal mee eens", "mee eens"},
        ),
        ("ontevreden|tevreden|zeer ontevreden|zeer tevreden", {"tevreden", "zeer tevreden"}),
        ("goed|heel goed|heel slecht|matig|slecht", {"goed", "heel goed"}),
        ("Noord|Oost|West", {"Oost"}),
    ],
)
def test_in_an_order_that_says_nothing(answers: str, told: set[str]) -> None:
    words = {each: each for each in answers.split("|")}
    assert set(counted(words, words, "Oost" if "Oost" in words else "neutraal").codes) == told


def test_what_one_person_wrote_is_not_the_answer_that_is_shown(tmp_path: Path) -> None:
    work = ["astronaut", "baker", *["teacher" if i % 3 else "cook" for i in range(N)]]
    rows = [f"{1 + i % 2},{each}" for i, each in enumerate(work)]
    (tmp_path / "jobs_2024.csv").write_text("\n".join(["sex,job", *rows]), "utf-8")
    start(tmp_path / "m", tmp_path / "jobs_2024.csv", indicators=["job"])
    assert load_project(tmp_path / "m").indicator("job").share == ("teacher",)
