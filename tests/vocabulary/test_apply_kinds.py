"""What ``--apply`` changes is text and nothing but text, whatever kind of file it stands in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from thuis.cli import thuis

# Labelled before they were tried; where several outcomes are right all are given.
CASES = [json.loads(line) for line in (Path(__file__).parent / "apply.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[each["name"] for each in CASES])
def test_only_text_is_changed(tmp_path: Path, case: dict[str, Any]) -> None:
    file = tmp_path / case["file"]
    file.write_bytes(case["text"].encode(case["encoding"]))
    arguments = ["--apply", "--date", "2024", "--genre", "text", "--text-language", "nl"]
    result = CliRunner().invoke(thuis, ["screen", str(file), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert file.read_bytes() in [each.encode(case["encoding"]) for each in case["right"]]


def test_a_file_that_changed_meanwhile_is_left(tmp_path: Path) -> None:
    from thuis.documents import Document, extract
    from thuis.errors import ThuisError
    from thuis.vocabulary import load_vocabulary
    from thuis.vocabulary.apply import apply_file
    from thuis.vocabulary.screen import Options, Screener

    file = tmp_path / "a.txt"
    file.write_text("De islamieten in de wijk werken hier.\n")
    [document] = extract(file)
    assert isinstance(document, Document)
    result = Screener(load_vocabulary(), Options(date="2024", genre="text", language="nl")).screen(document)
    file.write_text("Nu staat hier iets anders over islamieten.\n")
    with pytest.raises(ThuisError, match="changed since"):
        apply_file(file, result, load_vocabulary())
    assert file.read_text() == "Nu staat hier iets anders over islamieten.\n"
