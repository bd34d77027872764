"""What strangers wrote stands in Markdown as they wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from thuis.site.markdown import literal, render

HOSTILE = (
    "# Kop",
    "Kop ===",
    "===",
    "---",
    "- punt",
    "+ punt",
    "* punt",
    "1. eerst",
    "12) eerst",
    "1.",
    "> aanhaling",
    "[klik](javascript:alert(1))",
    "[klik][x]",
    "[x]: https://evil.example",
    "![beeld](https://evil.example/x.png)",
    "<https://evil.example>",
    "<script>alert(1)</script>",
    "`code` en ~~~",
    "~~~",
    "***",
    "_dit_ en **dat**",
    "|a|b|",
    "|-|-|",
    "&lt;b&gt; &amp; &#35;",
    "slot\\",
    "    vier blanco",
    "\tinspringen",
    "twee blanco  ",
    "a_b_c d*e*f 3 < 4 > 2",
    "Prijs: 12. Meer niet.",
)


def shown(line: str) -> tuple[set[str], str]:
    tree = html.fromstring(f"<div>{render(f'> {literal(line)}')}</div>")
    text = "".join(tree.itertext())
    return {str(each.tag) for each in tree.iterdescendants()}, " ".join(text.split())


@pytest.mark.parametrize("line", HOSTILE)
def test_a_line_that_means_something_is_shown_as_it_stands(line: str) -> None:
    tags, text = shown(line)
    assert tags <= {"blockquote", "p"}
    assert text == " ".join(line.split())


@given(st.text(alphabet=st.sampled_from(list("\\`*_{}[]()<>#+-=.!|~&:;/\"'1a é\t")), max_size=30))
@settings(max_examples=300, deadline=None)
def test_whatever_the_signs(line: str) -> None:
    tags, text = shown(line)
    assert tags <= {"blockquote", "p"}
    assert text == " ".join(line.split())


def test_lines_below_one_another_stay_lines() -> None:
    lines = ["a | b", "--- | ---", "c | d", "Kop", "===", "- x", "[x]: y"]
    text = "\n".join(f"> {literal(each)}" for each in lines)
    tree = html.fromstring(f"<div>{render(text)}</div>")
    assert {str(each.tag) for each in tree.iterdescendants()} <= {"blockquote", "p"}
