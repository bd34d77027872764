"""Fewer digits on request: no more than the standard error bears, and respondents in tens."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from support.small import project, rows, table
from thuis import build
from thuis.monitor.explain import explain


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same monitor as it is and rounded."""
    found = {}
    for name, settings in {"full": "", "coarse": "digits: standard-error, respondents: rounded"}.items():
        folder = project(
            tmp_path_factory.mktemp(name) / "monitor",
            {"a.csv": table(rows(1237))},
            settings=f"protection: {{minimum_n: 50, {settings}}}" if settings else "",
        )
        build(folder, pages=name == "coarse")
        found[name] = folder
    return found


def cells(folder: Path) -> list[dict[str, str]]:
    [path] = (folder / "public" / "data").rglob("trust/sex.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_estimates_have_the_digits_that_their_error_bears(built: dict[str, Path]) -> None:
    for exact, coarse in zip(cells(built["full"]), cells(built["coarse"]), strict=True):
        se = float(exact["se"])
        assert 0.95 < se < 9.5, "so that one decimal is two digits of the error"
        assert coarse["se"] == f"{se:.1f}"
        for name in ("estimate", "lower", "upper"):
            assert float(coarse[name]) == pytest.approx(round(float(exact[name]), 1), abs=1e-9)
            assert len(coarse[name].partition(".")[2]) <= 1


def test_respondents_are_tens_and_nothing_gives_the_last_one_back(built: dict[str, Path]) -> None:
    for exact, coarse in zip(cells(built["full"]), cells(built["coarse"]), strict=True):
        assert int(coarse["n"]) == (int(exact["n"]) + 5) // 10 * 10
        p, se, deff = (float(coarse[name] or 1) for name in ("estimate", "se", "deff"))
        inverted = p * (100 - p) * deff / se**2
        assert round(inverted) != int(exact["n"])


def test_the_pages_and_the_data_say_so_and_explain_agrees(built: dict[str, Path]) -> None:
    public = built["coarse"] / "public"
    limits = json.loads((public / "data" / "monitor.json").read_text("utf-8"))["protection"]
    assert (limits["digits"], limits["respondents"]) == ("standard-error", "rounded")
    method = (public / "en" / "method" / "index.html").read_text("utf-8")
    assert "rounded to tens" in method
    assert "no more digits" in method
    told = explain(built["coarse"], "trust/sex", cell=["man"])
    assert "equal to what is published" in told.text()
