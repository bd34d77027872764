"""Pages made in this process and in those beside: each reads the data folder once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from thuis.contract.folder import DataFolder, read_folder
from thuis.crew import Job, share
from thuis.errors import Problem, ThuisError
from thuis.site.pictures import Pictures
from thuis.site.units import Made, Maker, Unit

FEW = 80
"""With fewer units another process costs more than it makes."""
Given = tuple[Path, Path, Path, str]
"""Data folder, folder to write in, site that stands, prefix of addresses."""


def maker(data: DataFolder, given: Given) -> Maker:
    """What makes units of a data folder. What pages show of all indicators they may not read in passing."""
    _, stage, before, base = given
    bare = replace(data, monitor=data.monitor.model_copy(update={"indicators": ()}))
    return Maker(bare, stage, Pictures(before), base)


@dataclass(frozen=True, slots=True)
class Refused:
    """What is wrong with the data a unit shows."""

    problems: tuple[Problem, ...]


def make_all(
    todo: Sequence[Unit],
    here: Maker,
    given: Given,
    turn: Callable[[Mapping[Unit, Made | Refused]], None] = lambda _: None,
) -> list[Made]:
    """Make units in this process and, when there are many, in one beside it for every further core.

    :param here: what makes them in this process, with what is given.
    :param turn: called between units, with those that are made.
    :raises ThuisError: what making the first faulty unit raised.
    """
    # Large units first, so that no process is left with one at the end.
    order = sorted(todo, key=lambda each: (each.last, bool(each.indicator), -each.kind, each))
    job = Job(__name__, "units_of", given)
    found = share(order, partial(_made, here), job, few=FEW, between=turn)
    results = [found[each] for each in sorted(todo)]
    for each in results:
        if isinstance(each, Refused):
            raise ThuisError(each.problems)
    return [each for each in results if isinstance(each, Made)]


def units_of(*given: Any) -> Callable[[Unit], Made | Refused]:
    """What makes units in a process beside."""
    return partial(_made, maker(read_folder(given[0]), given))


def _made(maker: Maker, unit: Unit) -> Made | Refused:
    try:
        return maker.make(unit)
    except ThuisError as error:
        return Refused(error.problems)
