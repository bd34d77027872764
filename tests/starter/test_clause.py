"""The first headlines of a project are sentences, whatever its labels hold."""

from pathlib import Path

import polars as pl
import pytest

from thuis.project import load_project
from thuis.starter import start

N = 400


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("Yes", "{who} answered “Yes” {often}"),
        ('He said "no": never', '{who} answered “He said "no": never” {often}'),
        ("{x}", None),
    ],
)
def test_an_indicator_says_what_those_it_counts_answered(
    tmp_path: Path, label: str, says: str | None
) -> None:
    answers = [label if i % 3 else "{z} other" for i in range(N)]
    file = tmp_path / "buurt_2021.csv"
    pl.DataFrame({"sex": [1 + i % 2 for i in range(N)], "view": answers}).write_csv(file)
    start(tmp_path / "m", file, indicators=["view"])
    (indicator,) = load_project(tmp_path / "m").indicators
    assert (indicator.says or {}).get("en") == says
