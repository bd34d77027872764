"""Attacks on answers: where weights are flat, a share and its n give how many gave the answer.

Links that no file states are found in the numbers: questions with the same respondents, a question asked of
those who gave an answer to another, and a wave that adds others together.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thuis.audit.model import Weak
from thuis.audit.read import At, Published, secret

WHOLE = 1e-4
"""A share times n this near a whole number is a number of people."""
FEW = 5
"""People on one side of a share below which it tells about each of them, in a group under four minimums."""
SEVERAL = 3
"""Cells that must agree before a link between questions or waves is believed."""

Cells = Mapping[At, tuple[str, dict[str, Any]]]
Tables = Mapping[tuple[str, str], Cells]


def attack_answers(published: Published, tables: Tables) -> Iterator[Weak]:
    """Everything known too well about answers, and about cells that another question or wave gives."""
    kinds = {figure.indicator: figure.kind for figure in published.figures}
    hits = {
        name: found
        for name, cells in tables.items()
        if kinds[name[0]] == "proportion" and (found := counted(cells)) is not None
    }
    for (_, wave), cells in tables.items():
        yield from _sides(cells, wave, kinds, published.minimum)
    for (one, first), (other, second) in itertools.combinations(tables.items(), 2):
        if one[1] == other[1] and kinds[one[0]] == kinds[other[0]] == "proportion" and _same(first, second):
            yield from _implied(first, second, one[1], other[0], published.minimum)
    for (one, first), (other, found) in itertools.product(tables.items(), hits.items()):
        if one[1] == other[1] and one[0] != other[0]:
            yield from _routed(first, tables[other], found, one[0], other[1])
    for indicator in dict.fromkeys(name for name, _ in tables):
        yield from _pooled({wave: cells for (name, wave), cells in tables.items() if name == indicator})


def counted(cells: Cells) -> dict[At, int] | None:
    """How many gave the answer in every published cell; None where weights are not flat."""
    found = {}
    for at, (_, cell) in cells.items():
        if cell["status"] == "published" and cell.get("estimate") is not None:
            people = cell["estimate"] * cell["n"] / 100
            if abs(people - round(people)) > WHOLE:
                return None
            found[at] = round(people)
    return found if len(found) >= SEVERAL else None


def _few(people: float, n: float, minimum: int) -> bool:
    side = min(people, n - people)
    return side < 0.5 or (side < FEW - 0.5 and n < 4 * minimum)


def _sides(cells: Cells, wave: str, kinds: Mapping[str, str], minimum: int) -> Iterator[Weak]:
    """Published shares with nobody, or a handful in a small group, on one side."""
    flat = counted(cells) is not None
    for at, (name, cell) in cells.items():
        if cell["status"] != "published" or kinds.get(name.split("/")[0]) != "proportion":
            continue
        n, people = float(cell["n"]), float(cell["estimate"]) * float(cell["n"]) / 100
        if min(people, n - people) < WHOLE or (flat and _few(people, n, minimum)):
            yield Weak("few", name, wave, at[1], round(people, 6), round(people, 6), f"of {n:g} respondents")


def _same(first: Cells, second: Cells) -> bool:
    """Whether two questions count the same respondents in every cell that shows both."""
    pairs = [
        (first[at][1]["n"], second[at][1]["n"])
        for at in first
        if at in second and first[at][1]["status"] == second[at][1]["status"] == "published"
    ]
    return len(pairs) >= SEVERAL and all(a == b for a, b in pairs) and len(set(pairs)) > 1


def _implied(first: Cells, second: Cells, wave: str, other: str, minimum: int) -> Iterator[Weak]:
    """The rest of two shares that exclude each other, as far as all cells let them, told in every cell."""
    both = {
        at: (first[at][1], second[at][1])
        for at in first
        if at in second and first[at][1]["status"] == second[at][1]["status"] == "published"
    }
    rest = {at: 100 - a["estimate"] - b["estimate"] for at, (a, b) in both.items()}
    if min(rest.values()) < -1e-6 or max(rest.values()) < 1e-6:
        return
    flat = all(
        abs(rest[at] * a["n"] / 100 - round(rest[at] * a["n"] / 100)) < WHOLE for at, (a, _) in both.items()
    )
    for at, share in rest.items():
        n = both[at][0]["n"]
        people = share * n / 100
        if people < WHOLE or (flat and _few(people, n, minimum)):
            yield Weak(
                "implied",
                first[at][0],
                wave,
                at[1],
                round(people, 6),
                round(people, 6),
                f"100 % less {other}",
            )


def _routed(follow: Cells, before: Cells, hits: Mapping[At, int], name: str, wave: str) -> Iterator[Weak]:
    """A question whose n is the number of those who gave an answer to another."""
    shared = [at for at in hits if at in follow and follow[at][1]["status"] == "published"]
    for said, whole in (("those counted in", False), ("those not counted in", True)):
        pairs = [(follow[at][1]["n"], before[at][1]["n"] - hits[at] if whole else hits[at]) for at in shared]
        if len(set(pairs)) < SEVERAL or any(a != b for a, b in pairs):
            continue
        for at, (figure, cell) in before.items():
            if secret(cell) and at in follow and follow[at][1]["status"] == "published":
                n = follow[at][1]["n"]
                yield Weak("routing", figure, wave, at[1], n, n, f"n of {name} is {said} it")


def _pooled(waves: Mapping[str, Cells]) -> Iterator[Weak]:
    """A cell that is withheld in one wave, and follows from a wave that pools it with others."""
    for pool, whole in waves.items():
        rest = [wave for wave in waves if wave != pool]
        for parts in (*itertools.combinations(rest, 2), *itertools.combinations(rest, 3)):
            if not _adds_up(whole, [waves[part] for part in parts]):
                continue
            for part, (at, (figure, cell)) in ((p, each) for p in parts for each in waves[p].items()):
                others = [whole.get(at), *(waves[p].get(at) for p in parts if p != part)]
                if secret(cell) and all(o is not None and o[1]["status"] == "published" for o in others):
                    known = [o[1]["n"] for o in others if o is not None]
                    n = float(known[0] - sum(known[1:]))
                    yield Weak("pooled", figure, part, at[1], n, n, f"wave {pool} less the others in it")


def _adds_up(whole: Cells, parts: Sequence[Cells]) -> bool:
    shown = [
        (cell["n"], sum(part[at][1]["n"] for part in parts))
        for at, (_, cell) in whole.items()
        if cell["status"] == "published"
        and all(at in part and part[at][1]["status"] == "published" for part in parts)
    ]
    return len(shown) >= SEVERAL and len(set(shown)) > 1 and all(n == total for n, total in shown)
