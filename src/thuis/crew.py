"""Processes beside this one: each is given one piece of work after another, of whatever kind.

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
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import IO, Any, TypeVar

from thuis.apart import python, receive, send

Piece = TypeVar("Piece", bound=Hashable)
Done = TypeVar("Done")
SOON = 5
"""So many times fewer pieces are worth the while of a process that stands ready."""


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


_READY: list[subprocess.Popen[bytes]] = []


def call(*modules: str, most: int = sys.maxsize) -> None:
    """Start the processes now, or so many: they load what they need while this one does other work.

    :param modules: what they load before they are given any work.
    """
    for _ in range(min(cores() - 1, most) - len(_READY)):
        _READY.append(python(f"from thuis.crew import serve; serve({modules!r})"))


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


def serve(modules: Sequence[str] = ()) -> None:
    """Do work until standard input ends: the life of a helper."""
    for each in modules:
        import_module(each)
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
