"""Attacks on levels of one breakdown, stacked answers and sets of several answers, all as one programme.

Everybody of a random survey is laid out by fine class, sex and every answer; all that is published of them
are equations. Labelled before the first run, of every group that anybody can name (a class of any level,
crossed with sex or not, and those without one): its respondents to within three where they are withheld and
fewer than the minimum, that all or none of fewer than the minimum gave an answer, and one to four on one side
of an answer in a group under four times the minimum.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pytest

from .outsider import NARROW, Found, Quiet, _handful, span
from .support import Public, World, by, called

FINE = [f"f{k}" for k in range(6)]
MID = {"m0": FINE[:2], "m1": FINE[2:4], "m2": FINE[4:]}
COARSE = {"c0": FINE[:2], "c1": FINE[2:]}
LEVELS = {"fine": {each: [each] for each in FINE}, "mid": MID, "coarse": COARSE}
SEX, CODES = ("x", "y"), ("y", "n", "s")
FIGURES: dict[str, list[tuple[str, ...]]] = {
    "q": [(), ("fine",), ("mid",), ("coarse",), ("h",), ("mid", "h"), ("coarse", "h")],
    "stack": [(), ("fine",), ("mid",)],
    "set": [(), ("fine",), ("coarse",)],
}
Person = dict[str, Any]
KINDS = list(itertools.product(FINE, (*SEX, None), CODES, "yn", "yn"))
"""Fine class, sex or none, and three answers."""


class Sets(World):
    def _indicator(self, name: str, told: Any) -> dict[str, Any]:
        found = super()._indicator(name, told)
        if told.get("kind"):
            found = {key: each for key, each in found.items() if key not in {"scale", "unit"}}
            found["kind"] = told["kind"]
        return found


def made(seed: int) -> tuple[World, list[Person]]:
    rng = np.random.default_rng(seed)
    minimum = int(rng.choice([10, 20, 30]))
    rows: list[Person] = []
    for f, h in itertools.product(FINE, (*SEX, None)):
        size = int(rng.lognormal(np.log(minimum * (1.6 if h else 0.06)), 1.0))
        near = rng.dirichlet(np.full(3, 0.5))
        pick = rng.beta(0.6, 0.6, 2)
        for _ in range(size):
            a, b = ("yn"[int(rng.random() > each)] for each in pick)
            rows.append({"f": f, "h": h, "q": str(rng.choice(CODES, p=near)), "a1": a, "a2": b})
    written = {
        name: ["total" if not p else p[0] if len(p) == 1 else list(p) for p in figures]
        for name, figures in FIGURES.items()
    }
    told: dict[str, Any] = {
        "q": {"variable": "q", "share": ["y"], "breakdowns": written["q"]},
        "stack": {"kind": "categories", "variable": "q", "breakdowns": written["stack"]}
        | {"answers": [{"id": each, "title": called(each), "codes": [each]} for each in CODES]},
        "set": {"kind": "multiple", "of": "answered", "breakdowns": written["set"]}
        | {
            "answers": [
                {"id": f"is-{k}", "title": called(k), "variable": k, "codes": ["y"]} for k in ("a1", "a2")
            ]
        },
    }
    levels = {
        name: {each: {"f": codes} for each, codes in classes.items()} for name, classes in LEVELS.items()
    }
    return Sets({"2026": rows}, {**levels, "h": by("h", *SEX)}, told, minimum), rows


def inside(cell: dict[str, str | None]) -> np.ndarray:
    def holds(kind: tuple[str | None, ...]) -> bool:
        return all(
            kind[1] == each if name == "h" else kind[0] in LEVELS[name][str(each)]
            for name, each in cell.items()
        )

    return np.array([float(holds(kind)) for kind in KINDS])


def answering(place: int, code: str) -> np.ndarray:
    return np.array([float(kind[place] == code) for kind in KINDS])


PLACES = {"y": (2, "y"), "n": (2, "n"), "s": (2, "s"), "is-a1": (3, "y"), "is-a2": (4, "y")}


def laid(public: Public) -> highspy.Highs:
    """All that is published as equations over the kinds of people."""
    model = Quiet()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    for _ in KINDS:
        model.addVar(0.0, highspy.kHighsInf)

    def tell(row: np.ndarray, count: float) -> None:
        at = np.flatnonzero(row).astype(np.int32)
        model.addRow(count, count, len(at), at, row[at])

    for (indicator, breakdown, _, key), numbers in public.cells.items():
        parts = [each for each in breakdown.split("-by-") if each != "total"]
        cell = dict(zip(parts, key, strict=True))
        answer = cell.pop(f"{indicator}-answers", "y")
        group = inside(cell)  # type: ignore[arg-type]
        if numbers["status"] == "published":
            tell(group, numbers["n"])
            tell(group * answering(*PLACES[answer]), round(numbers["n"] * numbers["estimate"] / 100))
        elif numbers["reason"] in ("not-asked", "not-applicable"):
            tell(group, 0)
    return model


def groups() -> Iterator[dict[str, str | None]]:
    for level in (None, *LEVELS):
        for each in LEVELS[level] if level else (None,):
            named: dict[str, str | None] = {str(level): each} if level else {}
            yield named
            for sex in (*SEX, None):
                yield {**named, "h": sex}


def attack(public: Public, rows: list[Person], minimum: int) -> Iterator[Found]:
    model = laid(public)
    kind_of = {kind: at for at, kind in enumerate(KINDS)}
    truth = np.zeros(len(KINDS))
    for row in rows:
        truth[kind_of[row["f"], row["h"], row["q"], row["a1"], row["a2"]]] += 1
    for cell in groups():
        group = inside(cell)
        people = float(group @ truth)
        if not people:
            continue
        least, most = span(model, group)
        assert least - 1e-4 <= people <= most + 1e-4, "an attacker that is wrong has found nothing"
        key = tuple(cell.items())
        shown = public.get("q", *map(str, cell.values()), by="-by-".join(cell))
        asked = tuple(cell) in FIGURES["q"] and None not in cell.values()
        if asked and not shown and people < minimum and most - least <= NARROW + 1e-6:
            yield Found("count", key, "n", least, most)
        for name, (place, code) in PLACES.items():
            low, high = span(model, group * answering(place, code))
            assert low - 1e-4 <= float(group * answering(place, code) @ truth) <= high + 1e-4
            if least > 0.5 and (high < 0.5 or low > most - 0.5):
                yield Found("answer" if people < minimum else "alike", key, name, low, high)
            elif _handful(low, high, least, most) and people < 4 * minimum:
                yield Found("few", key, name, low, high)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_follows_from_levels_and_sets(tmp_path: Path, seed: int) -> None:
    world, rows = made(seed)
    public = world.publish(tmp_path)
    assert any(cell["status"] == "published" for cell in public.cells.values())
    assert list(attack(public, rows, world.minimum)) == []


def test_the_attack_finds_what_is_not_withheld(tmp_path: Path) -> None:
    world, rows = made(1)
    public = world.publish(tmp_path)
    for key, cell in public.cells.items():
        if key[0] == "q" and cell["status"] != "published":
            named = dict(zip([p for p in key[1].split("-by-") if p != "total"], key[3], strict=True))
            of = [
                row
                for row in rows
                if all(
                    row["h"] == each if name == "h" else row["f"] in LEVELS[name][each]
                    for name, each in named.items()
                )
            ]
            if of:
                hits = sum(row["q"] == "y" for row in of)
                cell |= {"status": "published", "n": len(of), "estimate": 100 * hits / len(of)}
    assert list(attack(public, rows, world.minimum))


@pytest.mark.parametrize(("both", "shown"), [(0, False), (3, False), (40, True)])
def test_both_of_two_answers(tmp_path: Path, both: int, shown: bool) -> None:
    """Of a set of two among those who gave any: both shares less everybody are those who gave both."""
    sizes = {"a": (57, 60, both), "b": (100, 90, 40), "c": (80, 110, 50)}
    rows: list[Person] = [
        {"g": g, "a1": kind[0], "a2": kind[1]}
        for g, counts in sizes.items()
        for kind, n in zip(("yn", "ny", "yy"), counts, strict=True)
        for _ in range(n)
    ]
    answers = [{"id": f"is-{k}", "title": called(k), "variable": k, "codes": ["y"]} for k in ("a1", "a2")]
    told = {"set": {"kind": "multiple", "of": "answered", "breakdowns": ["total", "g"], "answers": answers}}
    public = Sets({"2026": rows}, {"g": by("g", *"abc")}, told, minimum=50).publish(tmp_path)
    cells = [public.get("set", "a", each, by="g-by-set-answers") for each in ("is-a1", "is-a2")]
    assert all(cells) if shown else not any(cells)
    assert public.get("set", "is-a1", by="set-answers")
