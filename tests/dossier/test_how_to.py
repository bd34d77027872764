"""The examples in the pages on the dossier run as they stand."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import click
import pytest

from thuis.cli import thuis


@pytest.mark.parametrize("page", ["how-to/read-letters.md", "reference/dossier.md"])
def test_examples(root: Path, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    failed, _ = doctest.testfile(str(root / "docs" / page), module_relative=False)
    assert failed == 0


@pytest.mark.parametrize("page", ["how-to/read-letters.md", "reference/dossier.md"])
def test_every_command_is_there_with_its_options(root: Path, page: str) -> None:
    text = (root / "docs" / page).read_text("utf-8")
    lines = re.findall(r"^thuis (.+?)(?:\s+#.*)?$", text, re.M)
    if page.startswith("how-to"):
        assert len(lines) >= 8
    for line in lines:
        words = shlex.split(line)
        command: click.Command = thuis
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            name = words.pop(0)
            found = command.get_command(click.Context(command), name)
            assert found, line
            command = found
        options = {option for each in command.params for option in each.opts}
        assert {word for word in words if word.startswith("--")} <= options, line
