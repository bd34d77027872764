"""The attacker on answers, and on links between questions, waves and releases that no file states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from thuis.audit import Weak, attack, compare
from thuis.audit.read import Figure, Published

Numbers = Sequence[tuple[int, float] | None]
"""The n and the share (in respondents) of the total and of every group; None is withheld."""


def figure(name: str, waves: Mapping[str, Numbers]) -> tuple[Figure, Figure]:
    size = max(len(cells) for cells in waves.values()) - 1
    groups = tuple(f"g{k}" for k in range(size))
    total = Figure(f"{name}/total", name, (), (), kind="proportion")
    parts = Figure(f"{name}/g", name, ("g",), (groups,), kind="proportion")
    for wave, cells in waves.items():
        for k, each in enumerate(cells):
            where = total if k == 0 else parts
            where.cells[wave, () if k == 0 else (groups[k - 1],)] = (
                {"status": "withheld", "reason": "confidential"}
                if each is None
                else {"status": "published", "n": each[0], "estimate": 100 * each[1] / each[0], "se": 2.0}
            )
    return total, parts


def published(*pairs: tuple[Figure, Figure], version: str = "1.0") -> Published:
    return Published(version, 50, tuple(each for pair in pairs for each in pair))


def kinds(found: Sequence[Weak]) -> list[tuple[str, tuple[str, ...], float]]:
    return sorted({(each.kind, each.cell, each.low) for each in found})


def test_a_handful_on_one_side() -> None:
    safe = figure("a", {"1": [(500, 200), (150, 60), (150, 70), (200, 70)]})
    assert not attack(published(safe))
    few = figure("a", {"1": [(500, 133), (150, 60), (150, 3), (200, 70)]})
    assert kinds(attack(published(few))) == [("few", ("g1",), 3)]
    many = figure("a", {"1": [(900, 133), (350, 60), (350, 3), (200, 70)]})
    assert not attack(published(many)), "three of 350 tell about nobody"


def test_two_shares_give_a_third() -> None:
    a = figure("a", {"1": [(500, 200), (150, 80), (160, 70), (190, 50)]})
    b = figure("b", {"1": [(500, 200), (150, 68), (160, 60), (190, 72)]})
    assert kinds(attack(published(a, b))) == [("implied", ("g0",), 2)]
    c = figure("b", {"1": [(500, 182), (150, 50), (160, 60), (190, 72)]})
    assert not attack(published(a, c))


def test_the_answers_of_a_withheld_cell() -> None:
    whole = figure("b", {"1": [(500, 250), (150, 80), (150, 70), (200, 100)]})
    a = figure("a", {"1": [(500, 200), (150, 60), (150, 70), None]})
    assert ("answers", ("g2",), 70) in kinds(attack(published(a, whole)))
    assert ("exact", ("g2",), 200) in kinds(attack(published(a, whole)))
    b = figure("a", {"1": [(500, 200), (150, 60), None, None]})
    assert not attack(published(b, whole))


def test_a_follow_up_counts_the_answers_of_the_question_before_it() -> None:
    first = figure("a", {"1": [(500, 200), (150, 60), (150, 70), None, None]})
    follow = figure("b", {"1": [(200, 100), (60, 30), (70, 35), (55, 25), (15, 10)]})
    found = [each for each in attack(published(first, follow)) if each.kind == "routing"]
    assert kinds(found) == [("routing", ("g2",), 55), ("routing", ("g3",), 15)]
    other = figure("b", {"1": [(200, 100), (61, 30), (70, 35), (55, 25), (14, 10)]})
    assert not [each for each in attack(published(first, other)) if each.kind == "routing"]


def test_a_pooled_wave_gives_a_withheld_cell_in_one_of_its_parts() -> None:
    one: Numbers = [(500, 200), (150, 60), (310, 120), None, None]
    two: Numbers = [(600, 250), (200, 80), (250, 90), (80, 40), (70, 40)]
    both: Numbers = [(1100, 450), (350, 140), (560, 210), (105, 55), (85, 45)]
    found = attack(published(figure("a", {"1": one, "2": two, "3": both})))
    pooled = [each for each in found if each.kind == "pooled"]
    assert [(each.wave, each.cell, each.low) for each in pooled] == [("1", ("g2",), 25), ("1", ("g3",), 15)]


def test_two_releases_as_one_table() -> None:
    """Each is safe: in one two cells are withheld, in the other two others."""
    before = published(figure("a", {"1": [(500, 200), (150, 60), None, None, (60, 30)]}))
    after = published(figure("a", {"1": [(500, 200), None, None, (140, 60), (60, 30)]}), version="1.1")
    whole = figure("b", {"1": [(500, 250), (150, 80), (150, 70), (140, 70), (60, 30)]})
    before, after = (replace(each, figures=(*each.figures, *whole)) for each in (before, after))
    assert not [each for each in attack(before) + attack(after) if each.kind in ("exact", "narrow")]
    found = compare(before, after)
    assert ("linked", ("g1",), 150) in kinds(found)
    assert not [each for each in compare(before, before) if each.kind == "linked"]
