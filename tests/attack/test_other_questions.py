"""Attacks by subtraction over questions: what one figure withholds, from the figures of another question.

Labelled before the first run: of a group of three nobody may learn that it is three, or a number near it, by
a total, a pooled wave, a base or an order of crossing of a question that the same people answered.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path

import pytest

from thuis.audit import attack, read
from thuis.protect import seen

from .support import SAY, Person, Public, World, by, people
from .test_digits_elsewhere import Pooling
from .test_release_chain import released

Sizes = Mapping[tuple[str, str], int]
FIRST = {("a", "x"): 3, ("a", "y"): 147, ("b", "x"): 80, ("b", "y"): 90, ("c", "x"): 100, ("c", "y"): 75}
THEN = FIRST | {("a", "x"): 60, ("a", "y"): 140}
TOLD = {"g": by("g", "a", "b", "c"), "h": by("h", "x", "y")}
CROSSED = {"variable": "q", "share": ["y"], "breakdowns": [["g", "h"]]}
MARGINS = {"variable": "r", "share": ["y"], "breakdowns": ["total", "g", "h"]}
NARROW = 3


def asked(sizes: Sizes, lacking: int = 0) -> list[Person]:
    """Everybody answers r; the last so many in all leave out q."""
    rows: list[Person] = [
        {"g": g, "h": h, "q": "yn"[k % 2], "r": "ynn"[k % 3]} for (g, h), n in sizes.items() for k in range(n)
    ]
    return [*rows[: len(rows) - lacking], *({**row, "q": None} for row in rows[len(rows) - lacking :])]


def left(public: Public, whole: str, *cell: str, wave: str = "2026", by_: str = "g") -> int | None:
    """The n of a margin of r less the crossings of q in it that are published."""
    margin = public.n("r", whole, by=by_, wave=wave)
    rest = [public.n("q", *each, by="g-by-h", wave=wave) for each in itertools.product("abc", "xy")]
    at = dict(zip(itertools.product("abc", "xy"), rest, strict=True))
    others = [n for key, n in at.items() if whole in key and key != cell]
    return None if margin is None or None in others else margin - sum(n or 0 for n in others)


@pytest.mark.parametrize("lacking", [0, 1, 2])
def test_a_margin_of_another_question(tmp_path: Path, lacking: int) -> None:
    world = World({"2026": asked(FIRST, lacking)}, TOLD, {"q": CROSSED, "r": MARGINS})
    public = world.publish(tmp_path)
    assert left(public, "a", "a", "x") is None
    assert left(public, "x", "a", "x", by_="h") is None


def test_a_pooled_wave_less_the_other_question(tmp_path: Path) -> None:
    """Of the second wave q withholds what r tells; the pooled wave less that is the first."""
    then = [{**row, "q": "y"} if (row["g"], row["h"]) == ("a", "x") else row for row in asked(THEN)]
    told = {"q": CROSSED, "r": {**MARGINS, "breakdowns": ["total", "g", "h", ["g", "h"]]}}
    world = Pooling(
        {"2020": asked(FIRST), "2024": then}, TOLD, told, minimum=50, pools={"both": ["2020", "2024"]}
    )
    public = world.publish(tmp_path)

    def n(h: str, wave: str) -> int | None:
        found = (public.n(name, "a", h, by="g-by-h", wave=wave) for name in "qr")
        return next((each for each in found if each is not None), None)

    def first(h: str) -> int | None:
        both, second = n(h, "both"), n(h, "2024")
        return n(h, "2020") or (None if both is None or second is None else both - second)

    margin = public.n("r", "a", by="g", wave="2020")
    assert first("x") is None
    assert first("y") is None or margin is None


@pytest.mark.parametrize("outside", [1, 2, 4])
@pytest.mark.parametrize("how", ["base", "among"])
def test_those_outside_a_base_of_two_questions(tmp_path: Path, outside: int, how: str) -> None:
    """All who answered another question less those in the base are the few who said neither."""
    kinds = {"a": (70, 60, 50, outside), "b": (90, 60, 50, 40)}
    rows = people(
        *(
            (n // 2, {"g": g, "r": r, "s": s, "q": r + s, "z": z})
            for g, numbers in kinds.items()
            for n, (r, s) in zip(numbers, itertools.product("yn", "yn"), strict=True)
            for z in "yn"
        ),
        *([(1, {"g": "a", "r": "n", "s": "n", "q": "nn", "z": "y"})] if outside % 2 else []),
    )
    based = {"variable": "z", "share": ["y"], "breakdowns": ["total", "g"]}
    if how == "base":
        told = {"z": {**based, "base": {"when": "r == 'y' or s == 'y'", "text": SAY}}}
        told["w"] = {**based, "variable": "w"}
    else:
        told = {"z": {**based, "variable": "q", "share": ["yy"], "among": ["yy", "yn", "ny"]}}
        told["w"] = {**based, "variable": "w"}
    world = World(
        {"2026": [{**row, "w": "yn"[k % 2]} for k, row in enumerate(rows)]}, TOLD_G, told, minimum=50
    )
    public = world.publish(tmp_path)
    every, some = public.derived("n", "w", "a"), public.derived("n", "z", "a")
    assert every is None or some is None or every - some > NARROW + 1


TOLD_G = {"g": by("g", "a", "b")}


def test_a_release_that_adds_a_question(tmp_path: Path) -> None:
    """The margins of a new question beside crossings that were published before."""
    rows = asked(FIRST)
    assert released(tmp_path, World({"2026": rows}, TOLD, {"q": CROSSED}, 50, version="1.0"))
    assert (
        released(tmp_path, World({"2026": rows}, TOLD, {"q": CROSSED, "r": MARGINS}, 50, version="1.1"))
        is None
    )


def test_a_crossing_in_the_other_order(tmp_path: Path) -> None:
    """What one order withholds is not in the other, though it stands in another indicator."""
    rows = asked(FIRST)
    turned = {"variable": "q", "share": ["n"], "breakdowns": ["total", "g", "h", ["h", "g"]]}
    public = World({"2026": rows}, TOLD, {"q": CROSSED, "o": turned}).publish(tmp_path)
    for g, h in itertools.product("abc", "xy"):
        one, other = public.n("q", g, h, by="g-by-h"), public.n("o", h, g, by="h-by-g")
        assert (one is None) == (other is None)


def test_the_audit_finds_a_margin_of_another_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the same monitor without that part of the protection."""
    monkeypatch.setattr(seen, "crowds", lambda *_: ())
    public = World({"2026": asked(FIRST)}, TOLD, {"q": CROSSED, "r": MARGINS}).publish(tmp_path)
    found = [(weak.kind, weak.cell, weak.low) for weak in attack(read(public.folder))]
    assert ("exact", ("a", "x"), 3) in found
