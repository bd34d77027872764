"""Workbooks made in this process and in those beside it: a monitor has hundreds, and they share no work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from thuis.contract.folder import read_folder
from thuis.contract.indicator import Indicator
from thuis.contract.written import write
from thuis.crew import Job, share
from thuis.handover.index import FRAME
from thuis.handover.speech import Speech, speech
from thuis.handover.workbook import whole, workbook
from thuis.handover.xlsx import xlsx
from thuis.language import LANGUAGES

FEW = 60
"""With fewer workbooks another process costs more than it makes."""


def workbooks(say: Speech) -> Iterator[tuple[str, list[str], Callable[[], bytes]]]:
    """Name of each workbook, what it is made of, and how."""
    every = ["monitor.json"]
    for each in say.data.indicators:
        needs = [f"indicators/{each.id}.json", *(f"figures/{figure.id}.json" for figure in each.figures)]
        every += needs
        make = partial(_workbook, each, say)
        yield f"workbooks/{each.id}.{say.language}.xlsx", [FRAME, *needs], make
    yield f"figures.{say.language}.xlsx", every, lambda: xlsx(whole(say))


def _workbook(indicator: Indicator, say: Speech) -> bytes:
    return xlsx(workbook(indicator, say))


def make_all(
    folder: Path,
    todo: Mapping[str, Callable[[], bytes]],
    size: int,
    meanwhile: Callable[[], object] = lambda: None,
) -> None:
    """Make workbooks by their name; those over all indicators first, so that no process is left with one.

    :param size: how many indicators there are: one over all of them is as much work.
    :param meanwhile: called before each that is made here; what it raises ends it.
    """

    def put(name: str) -> str:
        meanwhile()
        return _put(folder, todo, name)

    names = sorted(todo, key=lambda name: "/" in name)
    work = sum(1 if "/" in name else size for name in names)
    few = 2 if work >= FEW else len(names) + 1
    share(names, put, Job(__name__, "workbooks_of", (folder,)), few=few)


def _put(folder: Path, makes: Mapping[str, Callable[[], bytes]], name: str) -> str:
    write(folder / name, makes[name]())
    return name


def workbooks_of(folder: Path) -> Callable[[str], str]:
    """What makes workbooks in a process beside."""
    data = read_folder(folder)
    spoken = [speech(data, each) for each in data.languages if each in LANGUAGES]
    return partial(_put, folder, {name: make for say in spoken for name, _, make in workbooks(say)})
