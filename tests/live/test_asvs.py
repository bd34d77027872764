"""The table of security names tests that are there, and says plainly where there is none."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "reference" / "live-security.md"


def test_every_test_in_the_table_is_there_and_every_line_has_one_or_says_open() -> None:
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if re.match(r"\| V\d", line)]
    assert len(lines) > 35
    for line in lines:
        named = re.findall(r"`([\w/]+\.py)::(\w+)`", line)
        assert named or "*Open*" in line or "not used" in line, line
        for file, name in named:
            tree = ast.parse((TESTS / file).read_text("utf-8"))
            assert name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}, line


def test_every_chapter_has_a_line() -> None:
    text = PAGE.read_text("utf-8")
    assert {int(each) for each in re.findall(r"^\| V(\d+)", text, re.M)} == set(range(1, 18))
