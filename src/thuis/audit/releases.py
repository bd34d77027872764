"""Attacks on two releases together: the people who came in between, and what was public before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from thuis.audit.attack import ranges, tables_of, whole_of
from thuis.audit.model import Weak
from thuis.audit.read import Published, secret


def compare(before: Published, after: Published) -> list[Weak]:
    """What follows from two releases of one monitor that does not follow from either.

    - ``difference``: the same cell with a few respondents more or fewer. With both estimates their answers
      follow.
    - ``linked``: a withheld cell that follows when both are one table, where they are about the same people.
    - ``withdrawn``: a cell that is withheld now and was published before about the same people.
    """
    old = {
        (figure.id, *key): cell
        for figure in before.figures
        for key, cell in figure.cells.items()
        if cell["status"] == "published"
    }
    minimum = max(before.minimum, after.minimum)
    found = [
        weak
        for figure in after.figures
        for (wave, cell), now in figure.cells.items()
        if (then := old.get((figure.id, wave, cell)))
        for weak in _cell(figure.id, wave, cell, then["n"], now, minimum, before.version)
    ]
    return [*found, *_linked(before, after)]


def _linked(before: Published, after: Published) -> Iterator[Weak]:
    """Ranges with what either release published; cells that one release gives away alone are left out."""
    earlier = tables_of(before)
    later = tables_of(after)
    whole = whole_of(later)
    for name, cells in later.items():
        old = {at: cell for at, (_, cell) in earlier.get(name, {}).items() if cell["status"] == "published"}
        now = {at: cell for at, (_, cell) in cells.items()}
        shared = [
            (now[at]["n"], old[at]["n"]) for at in now if at in old and now[at]["status"] == "published"
        ]
        if not shared or any(a != b for a, b in shared):
            continue
        both = {at: old.get(at, cell) if secret(cell) else cell for at, cell in now.items()}
        if both == now:
            continue
        names = {at: figure for at, (figure, _) in cells.items()}
        alone = {(each.figure, each.cell) for each in ranges(now, names, name[1], after, whole[name])}
        for each in ranges(both, names, name[1], after, whole[name]):
            if (each.figure, each.cell) not in alone:
                yield replace(each, kind="linked", how=f"with version {before.version} as one table")


def _cell(
    figure: str, wave: str, cell: tuple[str, ...], n: int, now: dict[str, object], minimum: int, version: str
) -> Iterator[Weak]:
    if now["status"] == "published":
        apart = abs(int(str(now["n"])) - n)
        if 0 < apart < minimum:
            yield Weak("difference", figure, wave, cell, apart, apart, f"n was {n} in version {version}")
    elif now.get("reason") == "confidential":
        yield Weak("withdrawn", figure, wave, cell, n, n, f"published in version {version}")
