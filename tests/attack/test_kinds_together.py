"""Attacks on every kind of figure at once: shares, means, medians, totals and ratios of the same answers.

Everybody of a random survey with equal weights is laid out by group, sex, a number from 0 to 3 and a number
from 1 to 2 below the line of a ratio; each published number is an equation, or for a median two bounds.
Labelled before the first run, of every group that anybody can name:

- ``count``: of a withheld cell with fewer respondents than the minimum, how many, to within three;
- ``answer``: of a group smaller than the minimum, that all or none gave some answer;
- ``few``: of a group under four times the minimum, that from one to four are on one side of an answer.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from thuis.protect import judge, primary

from .support import SAY, Person, Public, World, by
from .test_audit_finds import unprotected
from .test_questionnaires import FEW, NARROW, Everybody, silent

G, H, M, K = "abc", "xy", range(4), (1, 2)
Says = Callable[[Mapping[str, Any]], float]


class Laid(Everybody):
    """Everybody by all that can be asked, with what every kind of figure says of them."""

    def __init__(self, of: World, public: Public) -> None:
        sides = ([*G, None], [*H, None], M, K)
        self.kinds = [dict(zip("ghmk", each, strict=True)) for each in itertools.product(*sides)]
        lines: list[np.ndarray] = []
        ends: list[tuple[float, float]] = []

        def told(says: Says, low: float, high: float) -> None:
            lines.append(self.line(says))
            ends.append((low, high))

        for (name, breakdown, _, cell), number in public.cells.items():
            parts = () if breakdown == "total" else tuple(breakdown.split("-by-"))
            inside = dict(zip(parts, cell, strict=True))
            if number["status"] == "published":
                self._cell(of.indicators[name], inside, number, told)
            elif number["reason"] in ("not-asked", "not-applicable"):
                told(lambda p, c=inside: here(p, c), 0.0, 0.0)  # type: ignore[misc]
        self.model = silent(np.array(lines), ends)

    def _cell(
        self,
        asked: Mapping[str, Any],
        inside: Mapping[str, str],
        number: Mapping[str, Any],
        told: Callable[[Says, float, float], None],
    ) -> None:
        n, value, kind = number["n"], number["estimate"], asked["kind"]
        told(lambda p: here(p, inside), n, n)
        if kind in ("proportion", "total"):
            low, below = asked["share"]["from"], asked["share"]["below"]
            hits = round(value * n / 100) if kind == "proportion" else round(value)
            told(lambda p: here(p, inside) * (low <= p["m"] < below), hits, hits)
        elif kind == "mean":
            total = round(value * n)
            told(lambda p: here(p, inside) * p["m"], total, total)
            if number["deff"]:
                squares = round(number["se"] ** 2 * n / number["deff"] * (n - 1) + n * value**2)
                told(lambda p: here(p, inside) * p["m"] ** 2, squares, squares)
        elif kind == "ratio":
            told(lambda p: here(p, inside) * (p["m"] - value * p["k"]), -1e-5, 1e-5)
        else:
            told(lambda p: here(p, inside) * (p["m"] <= value), np.ceil(n / 2 - 1e-9), np.inf)
            told(lambda p: here(p, inside) * (p["m"] < value), 0.0, np.ceil(n / 2 - 1e-9) - 1)


def here(person: Mapping[str, Any], cell: Mapping[str, str | None]) -> float:
    return float(all(person[name] == each for name, each in cell.items()))


class Kinds(World):
    """With kinds that have no scale."""

    def _indicator(self, name: str, told: Mapping[str, Any]) -> dict[str, Any]:
        found = super()._indicator(name, told)
        if told["kind"] not in ("mean", "median"):
            found.pop("scale", None)
        return found


FIGURES = (["total", "g"], ["total", "g", "h"], ["total", "g", "h", ["g", "h"]], ["g"], ["h", ["g", "h"]])


def world(seed: int, minimum: int, lacking: float) -> World:
    rng = np.random.default_rng(seed)
    rows: list[Person] = []
    for g, h in itertools.product(G, H):
        near = rng.dirichlet(np.full(4, 0.5))
        for _ in range(int(rng.lognormal(np.log(1.5 * minimum), 1.0))):
            row: dict[str, Any] = {
                "g": g,
                "h": h,
                "m": int(rng.choice(4, p=near)),
                "k": int(rng.integers(1, 3)),
            }
            for name in "gh":
                row[name] = None if rng.random() < lacking else row[name]
            rows.append(row)
    share = {"from": int(rng.integers(1, 4)), "below": 4}
    kinds: dict[str, dict[str, Any]] = {
        "share": {"kind": "proportion", "share": share},
        "zero": {"kind": "proportion", "share": {"from": 0, "below": 1}},
        "mean": {"kind": "mean", "scale": [0, 3], "unit": SAY},
        "middle": {"kind": "median", "scale": [0, 3], "unit": SAY, "rounding": 1},
        "many": {"kind": "total", "share": share, "unit": SAY},
        "per": {"kind": "ratio", "per": "k", "unit": SAY},
    }
    chosen = rng.choice(list(kinds), int(rng.integers(2, 6)), replace=False)
    told = {
        str(name): {"variable": "m", **kinds[name], "breakdowns": FIGURES[int(rng.integers(len(FIGURES)))]}
        for name in chosen
    }
    cuts = {"g": by("g", *G), "h": by("h", *H)}
    return Kinds({"2026": rows}, cuts, told, minimum, numbers=["m", "k"])


def nameable() -> Iterator[dict[str, str | None]]:
    yield {}
    yield from ({"g": g} for g in (*G, None))
    yield from ({"h": h} for h in (*H, None))
    yield from ({"g": g, "h": h} for g, h in itertools.product((*G, None), (*H, None)))


def found(of: World, public: Public) -> Iterator[tuple[str, object, object]]:
    every, rows = Laid(of, public), of.waves["2026"]
    hidden = {(key[1], key[3]) for key in public.withheld()}
    open_ = {(key[1], key[3]) for key, cell in public.cells.items() if cell["status"] == "published"}
    for where in nameable():
        people = [row for row in rows if here(row, where)]
        if not 0 < len(people) < 4 * of.minimum:
            continue
        line = every.line(lambda p, c=where: here(p, c))
        least, most = every.span(line)
        at = ("-by-".join(where) or "total", tuple(where.values()))
        assert least - 1e-3 <= len(people) <= most + 1e-3, "an attacker that is wrong has found nothing"
        if at in hidden - open_ and len(people) < of.minimum and most - least <= NARROW + 1e-6:
            yield "count", where, (least, most)
        for low_end, below in ((0, 1), (1, 4), (2, 4), (3, 4), (1, 2), (2, 3)):
            side = every.line(lambda p, a=low_end, b=below: float(a <= p["m"] < b))
            low, high = every.span(line * side)
            true = sum(low_end <= int(str(row["m"])) < below for row in people)
            assert low - 1e-3 <= true <= high + 1e-3, "an attacker that is wrong has found nothing"
            if least > 0.5 and (high < 0.5 or low > most - 0.5):
                if len(people) < of.minimum:
                    yield "answer", where, (low_end, below, low, high)
            elif high - low < 0.5 and most - least < 0.5 and min(low, most - low) < FEW - 0.5:
                yield "few", where, (low_end, below, low, most)


@pytest.mark.parametrize(("minimum", "lacking"), [(10, 0.0), (50, 0.0), (10, 0.03)])
@pytest.mark.parametrize("seed", range(4))
def test_nothing_follows_from_every_kind(tmp_path: Path, seed: int, minimum: int, lacking: float) -> None:
    of = world(seed, minimum, lacking)
    assert list(found(of, of.publish(tmp_path))) == []


def test_the_attack_finds_what_is_not_withheld(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of = next(one for one in (world(seed, 50, 0.0) for seed in range(20)) if "middle" not in one.indicators)
    with monkeypatch.context() as patched:
        patched.setattr(judge, "protect", unprotected)
        patched.setattr(primary, "telling", lambda *_: None)
        public = of.publish(tmp_path)
    assert {kind for kind, _, _ in found(of, public)} & {"answer", "few"}
