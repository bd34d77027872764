"""Attacks on two releases together: the people who came in between, and what was public before."""

from __future__ import annotations

from collections.abc import Iterator

from thuis.audit.model import Weak
from thuis.audit.read import Published


def compare(before: Published, after: Published) -> list[Weak]:
    """What follows from two releases of one monitor that does not follow from either.

    - ``difference``: the same cell with a few respondents more or fewer. With both estimates their answers
      follow.
    - ``withdrawn``: a cell that is withheld now and was published before about the same people.
    """
    old = {
        (figure.id, *key): cell
        for figure in before.figures
        for key, cell in figure.cells.items()
        if cell["status"] == "published"
    }
    minimum = max(before.minimum, after.minimum)
    return [
        weak
        for figure in after.figures
        for (wave, cell), now in figure.cells.items()
        if (then := old.get((figure.id, wave, cell)))
        for weak in _cell(figure.id, wave, cell, then["n"], now, minimum, before.version)
    ]


def _cell(
    figure: str, wave: str, cell: tuple[str, ...], n: int, now: dict[str, object], minimum: int, version: str
) -> Iterator[Weak]:
    if now["status"] == "published":
        apart = abs(int(str(now["n"])) - n)
        if 0 < apart < minimum:
            yield Weak("difference", figure, wave, cell, apart, apart, f"n was {n} in version {version}")
    elif now.get("reason") == "confidential":
        yield Weak("withdrawn", figure, wave, cell, n, n, f"published in version {version}")
