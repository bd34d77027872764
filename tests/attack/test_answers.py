"""Attacks on answers from public files: questions to some, parts of a denominator, recodes, short scales."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from .support import World, by, crossed, people

G = {"g": by("g", "a", "b", "c")}
BY_G = ["total", "g"]
FEW, MANY = 10, 50
"""The minimum at its floor, and as it is unless told."""


def asked(groups: dict[str, tuple[int, ...]], *answers: dict[str, object]) -> list[dict[str, object]]:
    """So many people of each group with each set of answers."""
    return people(
        *(
            (number, {"g": g, **answer})
            for g, numbers in groups.items()
            for number, answer in zip(numbers, answers, strict=True)
        )
    )


USED = {"a": (60, 57, 3), "b": (50, 50, 100), "c": (50, 50, 90)}
CONTENT = ({"q": "y", "r": "c"}, {"q": "y", "r": "d"}, {"q": "n"})


def share(variable: str, *codes: str, figures: object = BY_G, **more: object) -> dict[str, object]:
    return {"variable": variable, "share": list(codes), "breakdowns": figures, **more}


def test_a_follow_up_counts_an_answer_though_it_is_broken_down_further(tmp_path: Path) -> None:
    """117 of 120 used it: published n of the follow-up by g and h add up to that."""
    rows = [{**each, "h": "xy"[at % 2]} for at, each in enumerate(asked(USED, *CONTENT))]
    world = World(
        {"2026": rows},
        {**G, "h": by("h", "x", "y")},
        {"q": share("q", "y"), "r": share("r", "c", figures=["total", "g", ["g", "h"]])},
        minimum=MANY,
    )
    public = world.publish(tmp_path)
    parts = [public.n("r", "a", h, by="g-by-h") for h in "xy"]
    assert public.n("q", "a", by="g") is None
    assert public.derived("n", "r", "a") is None
    assert None in parts


def test_a_follow_up_of_a_question_that_is_in_no_figure(tmp_path: Path) -> None:
    rows = [{**each, "s": "yn"[at % 2]} for at, each in enumerate(asked(USED, *CONTENT))]
    world = World({"2026": rows}, G, {"s": share("s", "y"), "r": share("r", "c")}, minimum=MANY)
    public = world.publish(tmp_path)
    everybody, some = public.derived("n", "s", "a"), public.derived("n", "r", "a")
    assert everybody is None or some is None, "the difference are the three who were passed by"


def test_a_follow_up_of_two_answers(tmp_path: Path) -> None:
    groups = {"a": (3, 60, 30, 27), "b": (90, 50, 30, 30), "c": (80, 70, 20, 20)}
    never, some = {"q": "never"}, {"q": "some", "r": "c"}
    rows = asked(groups, never, some, {"q": "often", "r": "c"}, {"q": "often", "r": "d"})
    told = {"some": share("q", "some"), "often": share("q", "often"), "r": share("r", "c")}
    public = World({"2026": rows}, G, told, minimum=MANY).publish(tmp_path)
    whole = [n for name in ("some", "often") if (n := public.derived("n", name, "a"))]
    assert not whole or public.derived("n", "r", "a") is None


def test_a_follow_up_of_few_has_not_as_many_as_gave_the_answer(tmp_path: Path) -> None:
    """The other way about: the follow-up is withheld, and the share before it counts its respondents."""
    groups = {"a": (4, 4, 232), "b": (50, 50, 100), "c": (50, 50, 90)}
    told = {"q": share("q", "y"), "r": share("r", "c")}
    public = World({"2026": asked(groups, *CONTENT)}, G, told, minimum=FEW).publish(tmp_path)
    assert public.n("r", "a", by="g") is None
    assert public.derived("hits", "q", "a") is None


@pytest.mark.parametrize("few", [0, 3])
def test_a_share_among_some_of_the_answers(tmp_path: Path, few: int) -> None:
    """n of all less n among the others is those who said never."""
    groups = {"a": (few, 60, 57), "b": (90, 50, 60), "c": (80, 70, 40)}
    rows = asked(groups, {"q": "never"}, {"q": "some"}, {"q": "often"})
    told = {"all": share("q", "some"), "among": share("q", "often", among=["some", "often"])}
    public = World({"2026": rows}, G, told, minimum=MANY).publish(tmp_path)
    assert public.derived("n", "all", "a") is None or public.derived("n", "among", "a") is None


SHORT = {"a": (1, 59, 60), "b": (30, 60, 70), "c": (40, 60, 70)}
"""Answers 1, 2 and 3."""


def counts_of(public: object, indicator: str, cell: str) -> list[tuple[int, ...]]:
    """All counts of the answers 1, 2 and 3 that agree with a published mean and its standard error."""
    found = public.get(indicator, cell, by="g")  # type: ignore[attr-defined]
    if found is None:
        return []
    n, mean, se, size = found["n"], found["estimate"], found["se"], found["df"] + 1
    fits = []
    for one in range(n + 1):
        three = mean * n - 2 * n + one
        two = n - one - three
        if abs(three - round(three)) > 1e-5 or min(round(three), round(two)) < 0:
            continue
        spread = sum(k * (x - mean) ** 2 for k, x in ((one, 1), (two, 2), (three, 3)))
        if abs((size / (size - 1) * spread) ** 0.5 / n - se) < 1e-7 * se:
            fits.append((one, round(two), round(three)))
    return fits


def test_a_mean_of_three_answers_and_its_standard_error(tmp_path: Path) -> None:
    rows = asked(SHORT, {"q": 1}, {"q": 2}, {"q": 3})
    told = {"m": {"variable": "q", "scale": [1, 3], "breakdowns": BY_G}}
    public = World({"2026": rows}, G, told, numbers=["q"], minimum=MANY).publish(tmp_path)
    assert counts_of(public, "m", "a") == []
    others = [cell for cell in "bc" if counts_of(public, "m", cell)]
    assert all(counts_of(public, "m", cell) == [SHORT[cell]] for cell in others), (
        "the attack works where it may"
    )


def test_a_mean_of_four_answers_near_the_end(tmp_path: Path) -> None:
    """Two or four people below the middle of 120, whatever the counts are that agree."""
    groups = {"a": (1, 1, 58, 60), "b": (30, 30, 60, 70), "c": (40, 30, 60, 70)}
    rows = asked(groups, {"q": 1}, {"q": 2}, {"q": 3}, {"q": 4})
    told = {"m": {"variable": "q", "scale": [1, 4], "breakdowns": BY_G}}
    public = World({"2026": rows}, G, told, numbers=["q"], minimum=MANY).publish(tmp_path)
    assert public.get("m", "a", by="g") is None


def test_a_mean_beside_a_share_of_one_answer(tmp_path: Path) -> None:
    groups = {"a": (2, 58, 60), "b": (30, 60, 70), "c": (40, 60, 70)}
    rows = asked(groups, {"q": 1, "k": "low"}, {"q": 2, "k": "mid"}, {"q": 3, "k": "top"})
    told = {"m": {"variable": "q", "scale": [1, 3], "breakdowns": BY_G}, "k": share("k", "top")}
    public = World({"2026": rows}, G, told, numbers=["q"], minimum=MANY).publish(tmp_path)
    mean, top = public.get("m", "a", by="g"), public.hits("k", "a", by="g")
    assert mean is None or top is None, "n, the sum and the third give the first"


def test_a_variable_made_from_two(tmp_path: Path) -> None:
    """Any of two, less the first, is one person who said yes to the second only."""
    groups = {"a": (60, 2, 1, 57), "b": (40, 30, 20, 50), "c": (40, 30, 20, 50)}
    rows = asked(groups, *({"d1": x, "d2": y} for x, y in itertools.product("yn", repeat=2)))
    made = {"any": {"rules": [{"when": "d1 == 'y' or d2 == 'y'", "then": "y"}, {"then": "n"}]}}
    told = {"d1": share("d1", "y"), "any": share("any", "y")}
    public = World({"2026": rows}, G, told, made=made, minimum=MANY).publish(tmp_path)
    one, either = public.derived("hits", "d1", "a"), public.derived("hits", "any", "a")
    assert one is None or either is None


@pytest.mark.parametrize("minimum", [FEW, MANY])
def test_one_column_under_two_names(tmp_path: Path, minimum: int) -> None:
    """What protects a cell of the one is not published of the other, and a recode tells no more."""
    sizes = {"ax": 4, "ay": 60, "az": 70, "bx": 70, "by": 80, "bz": 60, "cx": 60, "cy": 66, "cz": 90}
    rows = [
        {"g": g, "h": h, "q": code, "again": code * 2, "two": "hi" if code > "k" else "lo"}
        for (g, h) in crossed("abc", "xyz")
        for at in range(sizes[g + h])
        for code in ["jkl"[at % 3]]
    ]
    full = ["total", "g", "h", ["g", "h"]]
    told = {
        "q": share("q", "k", figures=full),
        "again": share("again", "kk", figures=["total", ["g", "h"]]),
        "two": share("two", "hi", figures=["total", "g", "h"]),
    }
    public = World({"2026": rows}, {**G, "h": by("h", "x", "y", "z")}, told, minimum=minimum).publish(
        tmp_path
    )
    for name, breakdown, _, cell in public.withheld():
        for other in told:
            if other != name:
                assert public.get(other, *cell, by=breakdown) is None


def test_no_file_names_a_column_of_the_survey(tmp_path: Path) -> None:
    rows = [{**each, "wgt_secret": 1 + at % 2} for at, each in enumerate(asked(USED, *CONTENT))]
    world = World({"2026": rows}, G, {"q": share("q", "y")}, weight="wgt_secret", minimum=MANY)
    world.publish(tmp_path, workbooks=True)
    for path in (tmp_path / "public").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert b"wgt_secret" not in content
        assert b"n-below-minimum" not in content
        assert b"2026.csv" not in content
