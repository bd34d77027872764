"""Processes that make pages and workbooks beside this one: each reads the data folder once, and is given one
piece of work after another.

They are started as programs of their own, not forked: this process may have threads of others.
"""

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
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import IO, Any, TypeVar

from thuis.apart import python, receive, send
from thuis.contract.folder import DataFolder, read_folder
from thuis.errors import Problem, ThuisError
from thuis.site.pictures import Pictures
from thuis.site.units import Made, Maker, Unit

Piece = TypeVar("Piece", bound=Hashable)
Done = TypeVar("Done")
FEW = 80
"""With fewer units another process costs more than it makes."""
SOON = 5
"""So many times fewer are worth the while of a process that stands ready."""
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


@dataclass(frozen=True, slots=True)
class Job:
    """Work for a process beside: the function that is given this, and gives what does each piece."""

    module: str
    name: str
    given: tuple[Any, ...]


def share(
    todo: Sequence[Piece],
    do: Callable[[Piece], Done],
    job: Job,
    *,
    few: int,
    first: Callable[[], object] = lambda: None,
    between: Callable[[Mapping[Piece, Done]], object] = lambda _: None,
) -> dict[Piece, Done]:
    """Do every piece of work, here and in the processes beside; with few pieces here alone.

    :param first: what is done here before, while the processes beside begin.
    :param between: called before every piece that is done here, with what is done.
    """
    waiting, found = deque(todo), dict[Piece, Done]()
    beside = _helpers() if worth(len(todo), few) else []
    threads = [threading.Thread(target=_drive, args=(each, job, waiting, found)) for each in beside]
    for thread in threads:
        thread.start()
    try:
        first()
        while waiting:
            between(found)
            with contextlib.suppress(IndexError):
                piece = waiting.popleft()
                found[piece] = do(piece)
    finally:
        # Work that is left is left by all: a process that still had some could not be given other work.
        waiting.clear()
        for thread in threads:
            thread.join()
    # What a helper that died had in hand is done here.
    return found | {each: do(each) for each in todo if each not in found}


def worth(pieces: int, few: int) -> bool:
    """Whether so many pieces of work are shared: of fewer than ``few`` a process costs more than it makes, if
    it is still to be started."""
    return pieces >= few or (bool(_READY) and pieces * SOON >= few)


def begin(piece: Piece, do: Callable[[Piece], Done], job: Job) -> Callable[[], Done]:
    """Begin one piece of work in a process that stands ready, and give what waits for it.

    When none does, the work is done by who waits. Nothing else is given to a process until it was waited for.
    """
    if not _READY:
        return partial(do, piece)
    found: dict[Piece, Done] = {}
    thread = threading.Thread(target=_drive, args=(_READY[0], job, deque([piece]), found))
    thread.start()

    def wait() -> Done:
        thread.join()
        return found[piece] if piece in found else do(piece)

    return wait


def _made(maker: Maker, unit: Unit) -> Made | Refused:
    try:
        return maker.make(unit)
    except ThuisError as error:
        return Refused(error.problems)


_READY: list[subprocess.Popen[bytes]] = []


def call() -> None:
    """Start the processes now: they load what they need while this one does other work."""
    for _ in range(cores() - 1 - len(_READY)):
        _READY.append(python("from thuis.site.crew import serve; serve()"))


def _helpers() -> list[subprocess.Popen[bytes]]:
    call()
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


def _drive(process: subprocess.Popen[bytes], job: Job, waiting: deque[Any], found: dict[Any, Any]) -> None:
    """Give a helper one piece after another until none waits; a helper that fails is not used again."""
    assert process.stdin and process.stdout
    try:
        _send(process.stdin, job)
        while waiting:
            try:
                piece = waiting.popleft()
            except IndexError:
                break
            _send(process.stdin, (piece,))
            found[piece] = _receive(process.stdout)
        _send(process.stdin, None)
    except (EOFError, OSError, pickle.UnpicklingError):
        _READY.remove(process)
        _stop(process)


def _send(pipe: IO[bytes], value: Any) -> None:
    send(pipe, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def _receive(pipe: IO[bytes]) -> Any:
    return pickle.loads(receive(pipe))


def serve() -> None:
    """Do work until standard input ends: the life of a helper."""
    gc.set_threshold(100_000, 20, 20)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    calls = sys.stdin.buffer
    with contextlib.suppress(EOFError):
        while True:
            job: Job = _receive(calls)
            do = getattr(import_module(job.module), job.name)(*job.given)
            while (piece := _receive(calls)) is not None:
                _send(answers, do(*piece))
