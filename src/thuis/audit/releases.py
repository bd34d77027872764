"""Attacks on two releases together: the people who came in between, and what was public before."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from thuis.audit.answers import counted
from thuis.audit.attack import groups, ranges, tables_of, whole_of
from thuis.audit.model import Weak
from thuis.audit.read import At, Published, secret
from thuis.audit.recuts import recut
from thuis.audit.renamed import SAME, renamed


def compare(before: Published, after: Published) -> list[Weak]:
    """What follows from two releases of one monitor that does not follow from either, ``before`` and
    ``after``.

    - ``difference``: the same cell with a few respondents more or fewer, or withheld ones, or people in no
      category, as what the others leave of a change; or a few between two cuts of the same people. With both
      estimates their answers follow.
    - ``changed``: the same respondents but for a few, who came in the place of others or answer otherwise.
    - ``linked``: a withheld cell that follows when both are one table, where they are about the same people.
    - ``withdrawn``: a cell that is withheld now and was published before about the same people.

    >>> compare(Published("1.0", 50, ()), Published("1.1", 50, ()))
    []
    """
    before = renamed(before, after)
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
    return [
        *found,
        *_moved(before, after, minimum),
        *_linked(before, after),
        *recut(before, after, minimum),
    ]


def over_releases(published: Published, released: Sequence[Published]) -> list[Weak]:
    """What a monitor and its releases say together: each release with the monitor, and with the one after it.

    What two pairs of releases tell of one cell is told once for each version that it follows from.

    :param published: the monitor as it stands.
    :param released: its releases, in any order.

    >>> over_releases(Published("1.2", 50, ()), [Published("1.0", 50, ()), Published("1.1", 50, ())])
    []
    """
    ordered = sorted(released, key=lambda each: _order(each.version))
    pairs = [*((each, published) for each in ordered), *itertools.pairwise(ordered)]
    found = [weak for before, after in pairs for weak in compare(before, after)]
    return list(dict.fromkeys(found))


def _order(version: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in version.split("."))


def _moved(before: Published, after: Published, minimum: int) -> Iterator[Weak]:
    """What the changes of published cells say: as a table of their own, and where n is as it was."""
    earlier, kinds = tables_of(before), {figure.indicator: figure for figure in after.figures}
    for (indicator, wave), cells in tables_of(after).items():
        then = {at: c for at, (_, c) in earlier.get((indicator, wave), {}).items()}
        both = {
            at: (then[at], cell)
            for at, (_, cell) in cells.items()
            if at in then and cell["status"] == then[at]["status"] == "published"
        }
        names = {at: name for at, (name, _) in cells.items()}
        yield from _left(both, {at: c for at, (_, c) in cells.items()}, names, wave, minimum, before.version)
        if (indicator, wave) in earlier:
            flat = counted(cells) is not None and counted(earlier[indicator, wave]) is not None
            low, high = kinds[indicator].scale
            yield from _others(both, names, wave, (flat, high - low), minimum, before.version)


Both = Mapping[At, tuple[dict[str, Any], dict[str, Any]]]


def _left(
    both: Both,
    now: Mapping[At, dict[str, Any]],
    names: Mapping[At, str],
    wave: str,
    minimum: int,
    version: str,
) -> Iterator[Weak]:
    """What the changes of a whole leave to the parts that are withheld, or to people in no category."""
    moved = {at: float(b["n"]) - float(a["n"]) for at, (a, b) in both.items()}
    for _, _, whole, parts in groups(now):
        hidden = [at for at in parts if at not in moved and (secret(now[at]) or now[at].get("n"))]
        if whole not in moved:
            continue
        rest = moved[whole] - sum(moved.get(at, 0.0) for at in parts)
        if 0.5 < abs(rest) < minimum:
            at = hidden[0] if hidden else parts[0]
            how = f"the change of {names[whole]} since version {version}, less that of its parts"
            yield Weak(
                "difference",
                names[at],
                wave,
                at[1] if len(hidden) == 1 else whole[1],
                abs(rest),
                abs(rest),
                how,
            )


def _others(
    both: Both, names: Mapping[At, str], wave: str, of: tuple[bool, float], minimum: int, version: str
) -> Iterator[Weak]:
    """Cells with as many respondents as before, of whom a few are others or answer otherwise.

    Where weights are flat the answers are counted; elsewhere a cell in which nothing changed shows that the
    weights are as they were.
    """
    flat, width = of
    still = any(all(a.get(k) == b.get(k) for k in SAME) for a, b in both.values())
    for at, (a, b) in both.items():
        if a["n"] != b["n"] or a.get("estimate") is None or not (flat or still):
            continue
        people = abs(float(b["estimate"]) - float(a["estimate"])) * float(b["n"]) / width
        if 1e-4 < people < minimum - 0.5:
            few = max(round(people), 1)
            yield Weak("changed", names[at], wave, at[1], few, few, f"n is as in version {version}")


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
