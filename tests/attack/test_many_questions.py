"""Attacks with the weights in hand and many questions of one group: what each leaves, all together.

Two digits of a standard error leave several ways to fill a group with people of each weight, and of a dozen
questions that the same people answered only one agrees with all. Labelled before the first run: of no group
may the people of each weight follow to within three from its published shares, errors and design effects
together. At first sight they followed exactly in 5 of 8. Of more questions a larger group is told as much.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from .support import Person, Public, World, by, error, near

W = {"x": 0.7314, "y": 1.4426}
NARROW, QUESTIONS = 3, 24


def monitor(seed: int, questions: int = QUESTIONS, b: int = 60) -> World:
    """Three groups, of which two have few of the heavier."""
    rng = np.random.default_rng(seed)
    sizes = {("a", "x"): 70, ("a", "y"): 6, ("b", "x"): b, ("b", "y"): 9, ("c", "x"): 80, ("c", "y"): 75}
    asked = [f"q{k:02d}" for k in range(questions)]
    rows: list[Person] = []
    for (g, h), n in sizes.items():
        chances = rng.uniform(0.15, 0.85, questions)
        for _ in range(n + int(rng.integers(0, 3))):
            answers = rng.random(questions) < chances
            rows.append(
                {"g": g, "h": h, "wt": W[h], **{q: "ny"[int(a)] for q, a in zip(asked, answers, strict=True)}}
            )
    told = {q: {"variable": q, "share": ["y"], "breakdowns": ["total", "g"]} for q in asked}
    told[asked[0]]["breakdowns"] = ["total", "g", "h", ["g", "h"]]
    return World({"2026": rows}, {"g": by("g", *"abc"), "h": by("h", *"xy")}, told, 50, weight="wt")


def left(public: Public, g: str, size: int) -> set[int]:
    """How many of a group may have the lighter weight, as far as all its shares allow.

    The error is that of a domain, with replacement (Lumley 2010, section 2.2).
    """
    cells = [cell for (_, by_, _, at), cell in public.cells.items() if by_ == "g" and at == (g,)]
    shown = [each for each in cells if each["status"] == "published"]
    found = set(range(shown[0]["n"] + 1)) if shown else set()
    for light in tuple(found):
        heavy = shown[0]["n"] - light
        whole = W["x"] * light + W["y"] * heavy
        yes, also = np.meshgrid(np.arange(light + 1), np.arange(heavy + 1), indexing="ij")
        p = (W["x"] * yes + W["y"] * also) / whole
        squares = sum(
            w**2 * (hit * (1 - p) ** 2 + (n - hit) * p**2)
            for w, n, hit in ((W["x"], light, yes), (W["y"], heavy, also))
        )
        se = 100 * (squares * size / (size - 1)) ** 0.5 / whole
        for cell in shown:
            least, most = error(cell["se"])
            fits = (
                (np.abs(100 * p - cell["estimate"]) <= near(cell["se"], cell["n"]))
                & (least <= se)
                & (se <= most)
            )
            if cell.get("deff"):
                own = 1e4 * p * (1 - p) / (shown[0]["n"] - 1)
                with np.errstate(all="ignore"):
                    fits &= np.abs(se**2 / own - cell["deff"]) <= 0.06
            if not fits.any():
                found.discard(light)
                break
    return found


@pytest.mark.parametrize(
    ("seed", "questions", "b", "shown"),
    [(0, QUESTIONS, 60, "abc"), (1, QUESTIONS, 60, "abc"), (10, 120, 43, "c")],
)
def test_many_questions_of_one_group(tmp_path: Path, seed: int, questions: int, b: int, shown: str) -> None:
    world = monitor(seed, questions, b)
    public, rows = world.publish(tmp_path), world.waves["2026"]
    assert public.get("q00", "a", "y", by="g-by-h") is None
    assert "".join(g for g in "abc" if public.get("q00", g, by="g")) == shown
    for g in shown:
        ways = left(public, g, len(rows))
        true = sum(row["g"] == g and row["h"] == "x" for row in rows)
        assert true in ways, "an attacker that is wrong has found nothing"
        assert max(ways) - min(ways) > NARROW, (g, sorted(ways))
