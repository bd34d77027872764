"""Processes that make pages beside this one: each reads the data folder once and makes units it is given."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from thuis.apart import python, receive, send
from thuis.contract.folder import DataFolder, read_folder
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


def make_all(todo: Sequence[Unit], data: DataFolder, given: Given) -> list[Made]:
    """Make units in this process and, when there are many, in one beside it for every further core.

    :raises ThuisError: what making the first faulty unit raised.
    """
    mine = maker(data, given)
    # Large units first, so that no process is left with one at the end.
    order = sorted(todo, key=lambda each: (bool(each.indicator), -each.kind, each))
    waiting, found = deque(order), dict[Unit, Made | Refused]()
    threads = [
        threading.Thread(target=_drive, args=(each, given, waiting, found)) for each in _helpers(len(order))
    ]
    for thread in threads:
        thread.start()
    while unit := _next(waiting):
        found[unit] = _made(mine, unit)
    for thread in threads:
        thread.join()
    # What a helper that died had in hand is made here.
    results = [found.get(each) or _made(mine, each) for each in sorted(todo)]
    for each in results:
        if isinstance(each, Refused):
            raise ThuisError(each.problems)
    return [each for each in results if isinstance(each, Made)]


def _next(waiting: deque[Unit]) -> Unit | None:
    try:
        return waiting.popleft()
    except IndexError:
        return None


def _made(maker: Maker, unit: Unit) -> Made | Refused:
    try:
        return maker.make(unit)
    except ThuisError as error:
        return Refused(error.problems)


_READY: list[subprocess.Popen[bytes]] = []


def ahead() -> None:
    """Start the processes now: they load what they need while this one does other work."""
    for _ in range(cores() - 1 - len(_READY)):
        _READY.append(python("from thuis.site.crew import serve; serve()"))


def _helpers(units: int) -> list[subprocess.Popen[bytes]]:
    if units < FEW:
        return []
    ahead()
    return list(_READY)


def cores() -> int:
    """Processors this process may use, or as many as ``THUIS_PROCESSES`` says."""
    told = os.environ.get("THUIS_PROCESSES", "")
    if told.isdigit():
        return int(told)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def helpers() -> tuple[subprocess.Popen[bytes], ...]:
    """The processes that stand ready."""
    return tuple(_READY)


def helpers_running() -> int:
    """How many of them live."""
    return sum(each.poll() is None for each in _READY)


@atexit.register
def close() -> None:
    """Stop them."""
    while _READY:
        _stop(_READY.pop())


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()
    process.wait()


def _drive(
    process: subprocess.Popen[bytes], given: Given, waiting: deque[Unit], found: dict[Unit, Made | Refused]
) -> None:
    """Give a helper one unit after another until none waits; a helper that fails is not used again."""
    assert process.stdin and process.stdout
    try:
        _send(process.stdin, given)
        while unit := _next(waiting):
            _send(process.stdin, unit)
            found[unit] = _receive(process.stdout)
        _send(process.stdin, None)
    except (EOFError, OSError, pickle.UnpicklingError):
        _READY.remove(process)
        _stop(process)


def _send(pipe: IO[bytes], value: Any) -> None:
    send(pipe, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def _receive(pipe: IO[bytes]) -> Any:
    return pickle.loads(receive(pipe))


def serve() -> None:
    """Make units until standard input ends: the work of a helper."""
    gc.set_threshold(100_000, 20, 20)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    calls = sys.stdin.buffer
    with contextlib.suppress(EOFError):
        while True:
            given: Given = _receive(calls)
            mine = maker(read_folder(given[0]), given)
            while (unit := _receive(calls)) is not None:
                _send(answers, _made(mine, unit))
