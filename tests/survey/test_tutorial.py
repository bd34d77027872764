"""The tutorial shows what the library does."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "page",
    [
        "tutorial/estimation.md",
        "reference/survey.md",
        "explanation/survey-conventions.md",
        "how-to/survey-producers.md",
    ],
)
def test_every_block_runs(root: Path, page: str) -> None:
    failed, tried = doctest.testfile(str(root / "docs" / page), module_relative=False)
    assert tried > 3
    assert failed == 0
