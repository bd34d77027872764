"""The examples in the pages on the dossier run as they stand."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest


@pytest.mark.parametrize("page", ["how-to/read-letters.md", "reference/dossier.md"])
def test_examples(root: Path, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    failed, _ = doctest.testfile(str(root / "docs" / page), module_relative=False)
    assert failed == 0
