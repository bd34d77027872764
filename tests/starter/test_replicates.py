"""Replicate weights in a file are told, and never taken for questions or weights in silence."""

import random
from pathlib import Path

import polars as pl
import pytest

from thuis.project import load_project
from thuis.starter import start
from thuis.starter.write import Started

N = 300


def begun(
    folder: Path, first: str, mark: str = "", count: int = 20, low: float = 0.5, **more: list[float]
) -> Started:
    dice = random.Random(2)
    weights = [dice.uniform(500, 3000) for _ in range(N)]
    series = {
        f"{first}{mark}{i:02}": [each * dice.uniform(low, 2 - low) for each in weights]
        for i in range(1, count + 1)
    }
    rows = {"sex": [1 + i % 2 for i in range(N)], "happy": [1 + i % 3 for i in range(N)], "finalwgt": weights}
    file = folder / "buurt_2021.csv"
    pl.DataFrame({**rows, **series, **more}).write_csv(file)
    return start(folder / "m", file)


@pytest.mark.parametrize(
    ("first", "mark", "method"),
    [
        ("BRRWT", "", "BRR"),
        ("W_FSTURWT", "", "Fay"),
        ("jkw", "_", "JK1"),
        ("bsw", "", "bootstrap"),
        ("zz", ".", "other"),
    ],
)
def test_columns_like_the_weight_are_told_by_their_means(
    tmp_path: Path, first: str, mark: str, method: str
) -> None:
    started = begun(tmp_path, first, mark)
    assert any(
        each.startswith(f"replicates: 20 columns, {first}{mark}01 to {first}{mark}20")
        for each in started.remarks
    )
    text = (tmp_path / "m" / "waves" / "2021.yaml").read_text("utf-8")
    assert f"method: {method}}}" in text
    used = (
        text.replace("  # replicates:", "  replicates:").replace("  strata:", "  #").replace("  psu:", "  #")
    )
    (tmp_path / "m" / "waves" / "2021.yaml").write_text(
        used.replace("method: Fay", "method: Fay, rho: 0.5"), "utf-8"
    )
    assert load_project(tmp_path / "m").waves[0].design.replicates


def test_questions_with_numbers_are_no_replicates(tmp_path: Path) -> None:
    assert not any(each.startswith("replicates") for each in begun(tmp_path, "item", low=-40).remarks)


def test_few_columns_are_no_replicates(tmp_path: Path) -> None:
    assert not any(each.startswith("replicates") for each in begun(tmp_path, "wt", count=5).remarks)
