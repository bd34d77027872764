"""Workbooks of a language made in a process beside this one: a language has hundreds, and shares no work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from thuis.contract.folder import read_folder
from thuis.contract.indicator import Indicator
from thuis.contract.written import write
from thuis.handover.index import FRAME
from thuis.handover.speech import Speech, speech
from thuis.handover.workbook import whole, workbook
from thuis.handover.xlsx import xlsx
from thuis.site.crew import cores

FEW = 40
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


def make_all(folder: Path, todo: Mapping[str, Mapping[str, Callable[[], bytes]]]) -> None:
    """Make workbooks by language: each further language in a process of its own where there are many."""
    beside = [lang for lang, made in list(todo.items())[1 : cores()] if len(made) > FEW]
    helpers = [start(folder, lang, list(todo[lang])) for lang in beside]
    try:
        for lang in [each for each in todo if each not in beside]:
            for name, make in todo[lang].items():
                write(folder / name, make())
    finally:
        ended = [each.wait() for each in helpers]
    for lang in [each for each, code in zip(beside, ended, strict=True) if code]:
        for name, make in todo[lang].items():
            write(folder / name, make())


def start(folder: Path, language: str, names: Sequence[str]) -> subprocess.Popen[bytes]:
    """Begin to make workbooks of a data folder: all are there when the process ends with 0."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", "from thuis.handover.crew import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    assert process.stdin
    with process.stdin as pipe:
        pipe.write(json.dumps([str(folder), language, list(names)]).encode())
    return process


def serve() -> None:
    """Make what standard input asks for."""
    folder, language, names = json.load(sys.stdin)
    wanted = set(names)
    for name, _, make in workbooks(speech(read_folder(Path(folder)), language)):
        if name in wanted:
            write(Path(folder) / name, make())
