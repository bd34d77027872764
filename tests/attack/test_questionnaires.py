"""Attacks on whole questionnaires: every question at once, each with figures and denominators of its own.

Somebody who holds the questionnaire lays out everybody by group and by all their answers together, and puts
every published number beside that, whatever its indicator. Labelled before the first run:

- ``count``: of a withheld cell with fewer respondents than the minimum, how many, to within three;
- ``answer``: of a group smaller than the minimum, that all or none gave some answer to some question;
- ``few``: of a group under four times the minimum, that from one to four are on one side of an answer.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pytest
import scipy.sparse as sp

from .support import SAY, Public, World, by

Profile = Mapping[str, str | None]
Says = Callable[[Profile], bool]
NARROW, FEW = 3.0, 5
CODES = {"q": "abcd", "s": "yn", "t": "yn", "r": "uv"}
FIGURES: list[Any] = ["total", "g", "h", "k", ["g", "h"], ["h", "g"], ["k", "h"]]


@dataclass
class Asked:
    """An indicator: whom it counts, who among them gave its answer, and the file that says so."""

    counted: Says
    gave: Says
    told: dict[str, Any]


def follow(answers: Profile) -> bool:
    return answers["q"] in ("a", "b")


def questions(rng: np.random.Generator, kind: str) -> dict[str, Asked]:
    """Shares among some answers, a follow-up, a union of two as a base, one of either."""
    found = {
        "s": Asked(lambda a: a["s"] is not None, lambda a: a["s"] == "y", {"variable": "s", "share": ["y"]}),
        "t": Asked(lambda a: a["t"] is not None, lambda a: a["t"] == "y", {"variable": "t", "share": ["y"]}),
    }
    for at in range(3 if kind == "shares" else 1):
        among = "".join(c for c in "abcd" if rng.random() < 0.75) or "abcd"
        share = "".join(c for c in among if rng.random() < 0.5)
        share = share if 0 < len(share) < len(among) else among[0]
        if len(among) > 1:
            told: dict[str, Any] = {"variable": "q", "share": list(share)}
            told |= {"among": list(among)} if len(among) < 4 else {}
            found[f"q{at}"] = Asked(among_(among), among_(share), told)
    if kind == "routed":
        found["r"] = Asked(
            lambda a: a["r"] is not None, lambda a: a["r"] == "u", {"variable": "r", "share": ["u"]}
        )
    if kind == "based":
        base = {"when": "q == 'a' or s == 'y'", "text": SAY}
        inside: Says = lambda a: a["t"] is not None and (a["q"] == "a" or a["s"] == "y")  # noqa: E731
        found["t"] = Asked(inside, found["t"].gave, {"variable": "t", "share": ["y"], "base": base})
    if kind == "made":
        either: Says = lambda a: a["s"] == "y" or a["t"] == "y"  # noqa: E731
        there: Says = lambda a: a["s"] is not None and a["t"] is not None  # noqa: E731
        found["e"] = Asked(there, either, {"variable": "e", "share": ["y"]})
    return found


def among_(codes: str) -> Says:
    return lambda answers: answers["q"] is not None and answers["q"] in codes


MADE = {"e": {"rules": [{"when": "s == 'y' or t == 'y'", "then": "y"}, {"then": "n"}]}}


def world(seed: int, kind: str, minimum: int, lacking: float) -> tuple[World, dict[str, Asked]]:
    rng = np.random.default_rng(seed)
    sizes = [int(rng.integers(3, 5)), int(rng.integers(2, 4))]
    names = [[f"{name}{k}" for k in range(size)] for name, size in zip("gh", sizes, strict=True)]
    rows: list[dict[str, object]] = []
    for g, h in itertools.product(*names):
        near = {name: rng.dirichlet(np.full(len(codes), 0.5)) for name, codes in CODES.items()}
        for _ in range(int(rng.lognormal(np.log(minimum * 1.5), 1.0)) + 1):
            row: dict[str, object] = {"g": g, "h": h, "k": "k0" if g in ("g0", "g1") else "k1"}
            row |= {name: str(rng.choice(list(codes), p=near[name])) for name, codes in CODES.items()}
            row["r"] = row["r"] if row["q"] in ("a", "b") else None
            lack = [name for name in "gh" if rng.random() < lacking]
            rows.append(row | dict.fromkeys(lack) | ({"k": None} if "g" in lack else {}))
    asked = questions(rng, kind)
    for each in asked.values():
        chosen = [figure for figure in FIGURES if rng.random() < 0.5]
        each.told |= {"breakdowns": chosen or ["total"]}
    breakdowns = {"g": by("g", *names[0]), "h": by("h", *names[1]), "k": by("k", "k0", "k1")}
    told = {name: each.told for name, each in asked.items()}
    made = MADE if kind == "made" else {}
    made_of = World({"2026": rows}, breakdowns, told, minimum=minimum, made=made, protection={"level": 0.9})
    return made_of, asked


class Everybody:
    """Unknown numbers of people by g, h and all answers, held against everything that is published."""

    def __init__(self, of: World, asked: Mapping[str, Asked], public: Public) -> None:
        g, h = (list(of.breakdowns[name]) for name in "gh")
        lack = any(row["g"] is None or row["h"] is None for row in of.waves["2026"])
        groups = itertools.product([*g, *[None] * lack], [*h, *[None] * lack])
        answers = [
            dict(zip("qstr", each, strict=True))
            for each in itertools.product("abcd", "yn", "yn", ["u", "v", None])
            if (each[3] is not None) == (each[0] in "ab")
        ]
        k = {None: None} | {each: "k0" if each in ("g0", "g1") else "k1" for each in g}
        self.kinds = [{"g": a, "h": b, "k": k[a], **each} for a, b in groups for each in answers]
        lines, ends = [np.ones(len(self.kinds))], [(1.0, np.inf)]
        for (name, breakdown, _, cell), numbers in public.cells.items():
            parts = () if breakdown == "total" else tuple(breakdown.split("-by-"))
            of_cell = dict(zip(parts, cell, strict=True))
            counted = self.line(lambda p, c=of_cell, i=name: inside(p, c) and asked[i].counted(p))
            if numbers["status"] == "published":
                n = float(numbers["n"])
                hits = float(round(numbers["estimate"] * n / 100))
                gave = counted * self.line(asked[name].gave)
                lines += [counted, gave]
                ends += [(n, n), (hits, hits)]
            elif numbers["reason"] in ("not-asked", "not-applicable"):
                lines.append(counted)
                ends.append((0.0, 0.0))
        self.model = silent(np.array(lines), ends)

    def line(self, says: Says) -> np.ndarray:
        return np.array([float(says(each)) for each in self.kinds])

    def span(self, goal: np.ndarray) -> tuple[float, float]:
        ends = []
        every = np.arange(len(goal), dtype=np.int32)
        for sign in (1.0, -1.0):
            self.model.changeColsCost(len(goal), every, sign * goal)
            self.model.run()
            done = self.model.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(sign * self.model.getInfo().objective_function_value if done else -sign * np.inf)
        return ends[0], ends[1]


class Silent(highspy.Highs):
    """Without callbacks, which announce themselves."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


def silent(lines: np.ndarray, ends: list[tuple[float, float]]) -> highspy.Highs:
    model, matrix = Silent(), sp.csc_matrix(lines)
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_ = np.zeros(matrix.shape[1])
    lp.col_lower_, lp.col_upper_ = np.zeros(matrix.shape[1]), np.full(matrix.shape[1], np.inf)
    lp.row_lower_, lp.row_upper_ = (np.array([each[k] for each in ends]) for k in (0, 1))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = matrix.indptr, matrix.indices
    lp.a_matrix_.value_ = matrix.data
    model.passModel(lp)
    return model


def inside(person: Profile, cell: Mapping[str, str | None]) -> bool:
    return all(person[name] == category for name, category in cell.items())


def found(of: World, asked: Mapping[str, Asked], public: Public) -> Iterator[tuple[str, object, object]]:
    every, rows = Everybody(of, asked, public), of.waves["2026"]
    for name, breakdown, _, cell in public.withheld():
        parts = () if breakdown == "total" else tuple(breakdown.split("-by-"))
        where = dict(zip(parts, cell, strict=True))
        says: Says = lambda p, c=where, i=name: inside(p, c) and asked[i].counted(p)  # type: ignore[misc]  # noqa: E731
        true = sum(says(row) for row in rows)  # type: ignore[arg-type]
        if 0 < true < of.minimum:
            low, high = every.span(every.line(says))
            assert low - 1e-4 <= true <= high + 1e-4
            if high - low <= NARROW + 1e-6:
                yield "count", (name, *cell), (low, high)
    for where in groups(of):
        people = [row for row in rows if inside(row, where)]  # type: ignore[arg-type]
        if not 0 < len(people) < 4 * of.minimum:
            continue
        here = every.line(lambda p, c=where: inside(p, c))
        least, most = every.span(here)
        for variable, codes in CODES.items():
            if variable == "r" and "r" not in asked:
                continue
            of_these = here * every.line(lambda p, v=variable: p[v] is not None)
            for code in codes:
                low, high = every.span(here * every.line(lambda p, v=variable, c=code: p[v] == c))
                true = sum(row[variable] == code for row in people)
                assert low - 1e-4 <= true <= high + 1e-4
                size = every.span(of_these) if variable == "r" else (least, most)
                if not size[1] > 0.5:
                    continue
                if size[0] > 0.5 and (high < 0.5 or low > size[1] - 0.5):
                    if len(people) < of.minimum:
                        yield "answer", where, (variable, code, low, high, size)
                elif high - low < 0.5 and size[1] - size[0] < 0.5 and min(low, size[1] - low) < FEW - 0.5:
                    yield "few", where, (variable, code, low, size)


def groups(of: World) -> Iterator[dict[str, str | None]]:
    g, h = (list(of.breakdowns[name]) for name in "gh")
    yield from ({"g": a} for a in (*g, None))
    yield from ({"h": b} for b in (*h, None))
    yield from ({"g": a, "h": b} for a in (*g, None) for b in (*h, None))


KINDS = ("shares", "routed", "based", "made")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("seed", "minimum", "lacking"), [(1, 10, 0.0), (2, 50, 0.0), (3, 10, 0.03)])
def test_nothing_follows_from_all_questions(
    tmp_path: Path, kind: str, seed: int, minimum: int, lacking: float
) -> None:
    of, asked = world(seed, kind, minimum, lacking)
    assert list(found(of, asked, of.publish(tmp_path))) == []
