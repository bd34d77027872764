"""Random made-up surveys for attackers: small groups, people without a group, answers that nearly all agree.

Every world follows from its seed. ``Asked`` says of every indicator whom it counts, so that an attacker who
has our source and the questionnaire, but not the answers, can lay everybody out.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from .support import World, by

Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """An indicator: its variable, the codes it counts, and those in its denominator (None: every answer)."""

    variable: str
    share: frozenset[str] = frozenset()
    among: frozenset[str] | None = None

    def counts(self, answer: str | None) -> bool:
        return answer is not None and (self.among is None or answer in self.among)


@dataclass
class Made:
    """A world, its people and its questions, for who attacks and who checks what was found."""

    world: World
    asked: dict[str, Asked]
    codes: dict[str, list[str]]
    figures: list[tuple[str, ...]]
    minimum: int
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def count(self, wave: str, inside: Callable[[Row], bool]) -> int:
        return sum(inside(row) for row in self.rows[wave])


SIZES = (4, 3)
"""The most categories of the first and second breakdown."""


def groups(rng: np.random.Generator, minimum: int, sizes: Sequence[int], typical: float) -> Iterable[int]:
    """People of every crossing: many a handful, some large."""
    for _ in itertools.product(*(range(size) for size in sizes)):
        yield int(rng.lognormal(np.log(minimum * typical), 1.1))


def draw(rng: np.random.Generator, codes: Sequence[str], near: np.ndarray) -> list[str]:
    return [str(each) for each in rng.choice(codes, size=1, p=near)]


def made(
    seed: int,
    *,
    minimum: int | None = None,
    waves: Sequence[str] = ("2026",),
    lacking: float = 0.02,
    routed: bool = False,
    crossed: bool = True,
    typical: float = 1.2,
    scale: bool = False,
    coarse: int | None = None,
) -> Made:
    """One question with several shares on it, and more where asked.

    :param lacking: the part that has no category of a breakdown, of each; and no answer.
    :param routed: with a follow-up question.
    :param scale: with a mean, shares and an upper end of a scale of five.
    :param coarse: with a second, coarser column of the first breakdown, in which so many are misplaced.
    """
    rng = np.random.default_rng(seed)
    least = minimum or int(rng.choice([10, 20, 50]))
    sizes = [int(rng.integers(2, most + 1)) for most in SIZES]
    names = [[f"{name}{k}" for k in range(size)] for name, size in zip("gh", sizes, strict=True)]
    codes = ["y", "n", "s"][: int(rng.integers(2, 4))]
    found: dict[str, list[Row]] = {}
    for wave in waves:
        found[wave] = rows = []
        cells = list(itertools.product(*names))
        for cell, number in zip(cells, groups(rng, least, sizes, typical), strict=True):
            near = rng.dirichlet(np.full(len(codes), 0.4))
            near_m = rng.dirichlet(np.full(5, 0.5))
            for _ in range(number):
                row: Row = dict(zip("gh", cell, strict=True))
                row["q"] = draw(rng, codes, near)[0] if rng.random() > lacking else None
                row["m"] = int(rng.choice(5, p=near_m)) + 1
                row["r"] = draw(rng, ["c", "d"], np.array([0.7, 0.3]))[0] if row["q"] == "y" else None
                if coarse is not None:
                    row["k"] = "k0" if cell[0] in ("g0", "g2") else "k1"
                for name in "gh":
                    if rng.random() < lacking:
                        row[name] = None
                rows.append(row)
        for row in rng.choice(np.array(rows, dtype=object), size=coarse or 0, replace=False):
            row["k"] = "k1" if row["k"] == "k0" else "k0"
    figures: list[tuple[str, ...]] = [(), ("g",), ("h",)] + ([("g", "h")] if crossed else [])
    asked = {"a": Asked("q", frozenset({"y"}))}
    if len(codes) > 2:
        asked["b"] = Asked("q", frozenset({"n"}))
        if rng.random() < 0.5:
            asked["c"] = Asked("q", frozenset({"y"}), frozenset({"y", "n"}))
    if routed:
        asked["r"] = Asked("r", frozenset({"c"}))
    if coarse is not None:
        figures += [("k",), ("k", "h")]
        sizes.append(2)
        names.append(["k0", "k1"])
    if scale:
        asked |= {
            "m": Asked("m"),
            "hi": Asked("m", frozenset("45")),
            "top": Asked("m", frozenset("5")),
        }
    told = {name: asking(one, figures) for name, one in asked.items()}
    breakdowns = {name: by(name, *categories) for name, categories in zip("ghk", names, strict=False)}
    world = World(found, breakdowns, told, minimum=least, numbers=["m"])
    answers = {
        name: sorted({str(row[name]) for rows in found.values() for row in rows if row[name] is not None})
        for name in "qrm"
    }
    return Made(world, asked, answers, figures, least, found)


def asking(one: Asked, figures: Iterable[tuple[str, ...]]) -> dict[str, Any]:
    """The indicator as its file has it; of a number the codes that count are a stretch."""
    found: dict[str, Any] = {"variable": one.variable, "breakdowns": written(figures)}
    if one.variable == "m" and one.share:
        return found | {"share": {"from": int(min(one.share)), "below": int(max(one.share)) + 1}}
    if not one.share:
        return found | {"scale": [1, 5]}
    return found | {"share": sorted(one.share)} | ({"among": sorted(one.among)} if one.among else {})


def written(figures: Iterable[tuple[str, ...]]) -> list[str | list[str]]:
    return ["total" if not each else each[0] if len(each) == 1 else list(each) for each in figures]


def also(one: Made, name: str, told: Mapping[str, Any]) -> Made:
    """The world with one more indicator."""
    return replace(one, world=replace(one.world, indicators={**one.world.indicators, name: told}))
