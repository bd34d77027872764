"""What ``import thuis`` gives: the names that the reference names, each at its first use."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import thuis


def test_the_public_names_are_those_of_the_reference(root: Path) -> None:
    text = (root / "docs/reference/api.md").read_text("utf-8")
    paragraph = text[text.index("`import thuis` gives") :].partition("\n\n")[0]
    named = set(re.findall(r"`(\w+)`", paragraph))
    assert named == set(thuis.__all__)
    assert set(dir(thuis)) == named


@pytest.mark.parametrize("name", thuis.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(thuis, name) is getattr(thuis, name) is not None


def test_a_name_that_is_not_there_says_so() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Sampel'"):
        thuis.Sampel  # noqa: B018


def test_opening_the_door_loads_no_room() -> None:
    code = "import sys, thuis; print([each for each in sys.modules if each.startswith('thuis.')])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
