"""What a process remembers: by the content of everything, for as long as it is asked for."""

from __future__ import annotations

from functools import partial
from itertools import combinations

import polars as pl
import pytest

from thuis.errors import Place
from thuis.project.model import Protection
from thuis.protect import ProtectionRules
from thuis.remembered import content, remembered, remembering

FRAME = pl.DataFrame({"a": [1, 2], "b": ["x", None]})
VALUES = {
    "nothing": None,
    "no text": "",
    "no list": [],
    "one": 1,
    "true": True,
    "a text": "1",
    "a number": 1.0,
    "a tuple": (1,),
    "a list": [1],
    "nested": [[1]],
    "two": [1, 1],
    "a set": frozenset({1}),
    "a mapping": {"a": 1},
    "another order": {"b": 2, "a": 1},
    "one order": {"a": 1, "b": 2},
    "a table": FRAME,
    "another number": FRAME.with_columns(pl.Series("a", [1, 3])),
    "another kind": FRAME.with_columns(pl.col("a").cast(pl.Int32)),
    "another name": FRAME.rename({"a": "c"}),
    "a row less": FRAME.head(1),
    "rules": Protection(),
    "other rules": Protection(minimum_n=60),
    "a place": Place("a", 1),
    "another place": Place("a", 2),
    "a function": content,
    "another function": remembered,
    "a function of something": partial(content, 1),
    "a function of something else": partial(content, 2),
    "limits": ProtectionRules(),
    "other limits": ProtectionRules(minimum_n=60),
}


def test_whatever_differs_has_another_content() -> None:
    told = {name: content(value) for name, value in VALUES.items()}
    assert [(a, b) for a, b in combinations(told, 2) if told[a] == told[b]] == []
    assert told == {name: content(value) for name, value in VALUES.items()}
    assert content("a", "b") != content("ab") != content("b", "a")


@pytest.mark.parametrize("value", [lambda: 1, partial(lambda: 1), object(), [object()], {"a": object()}, int])
def test_what_cannot_be_told_is_never_remembered(value: object) -> None:
    with pytest.raises(TypeError, match="cannot be told"), remembering():
        remembered(lambda: 1, "a number", value)


def test_the_same_is_made_once_and_what_is_not_asked_again_is_forgotten() -> None:
    made: list[int] = []

    def asked(*numbers: int) -> list[int]:
        made.clear()
        with remembering():
            for number in numbers:
                assert remembered(lambda n=number: made.append(n) or n, "a number", number) == number
        return list(made)

    assert asked(1, 2, 1) == [1, 2]
    assert asked(1, 3) == [3]
    assert asked() == []  # a build that kept its numbers elsewhere asks nothing, and forgets nothing
    assert asked(1, 3, 2) == [2]
    assert remembered(lambda: 5, "a number", 1) == 5, "outside nothing is remembered"


def test_results_of_two_functions_are_told_apart() -> None:
    with remembering():
        assert remembered(lambda: 1, "one", FRAME) == 1
        assert remembered(lambda: 2, "two", FRAME) == 2
