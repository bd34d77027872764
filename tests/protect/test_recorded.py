"""A level that cannot be reached, whatever is withheld, stands in the audit."""

from __future__ import annotations

from thuis.protect import Structure

from .support import estimates, released, share


def test_a_level_that_cannot_be_reached_is_recorded() -> None:
    """A total of two withheld groups holds at least two people, though its level asks for one."""
    people = {("a",): {"yes": 6, "no": 6}, ("b",): {"yes": 9, "no": 9}}
    shape = share("x", "yes", figures=[(), ("g",)], valid=["yes", "no"])
    structure = Structure.simple(["1"], [shape], {"g": ["a", "b"]})
    audit = released(estimates(people, structure, ["g"]), structure).audit
    assert audit["status"].to_list() == ["withheld"] * 3
    told = dict(audit.select("cell", "relation").iter_rows())
    assert "level not reached" in told.pop("total")
    assert list(told.values()) == [None, None]
