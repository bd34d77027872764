"""Run a function in a process of its own, with limits of time and memory: for readers of files of others.

A reader in C may end the process on a damaged file, and a file may be made to take all memory or all day.
One worker serves many calls; it is replaced when it dies, so an archive of thousands pays for one start.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import io
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, Literal, TypeVar

from thuis.errors import Place, Problem, ThuisError

Result = TypeVar("Result")
_PATIENCE = 5  # a busy machine: so many seconds may pass for one of work
_RETIRES = 2_000  # calls after which a worker is replaced, so that what a library leaks does not add up
_LENGTH = struct.Struct(">Q")
_SAFE = (
    *("thuis.", "datetime", "decimal", "collections", "pathlib"),
    *("numpy", "pandas", "polars", "pyarrow", "pyreadstat"),
)
_BUILTINS = frozenset(
    ["range", "set", "frozenset", "complex", "bytearray", "slice", "object", "list", "dict", "tuple"]
)


class StoppedError(ThuisError):
    """The function was stopped, or ended its process; ``why`` says which."""

    def __init__(self, problem: Problem, why: Literal["time", "memory", "died"]) -> None:
        super().__init__(problem)
        self.why = why


def apart(
    function: Callable[..., Result], *given: Any, file: str, seconds: float = 60, memory: int = 4_000_000_000
) -> Result:
    """What a function gives, worked out in a process of its own.

    :param function: a function at the top of a module of thuis.
    :param given: its arguments; they and the result must be able to be pickled.
    :param file: the file it reads, for the message.
    :param seconds: of computing.
    :param memory: bytes the process may take up in all; 0 for no limit.
    :raises StoppedError: when it takes longer or more, or when the process dies.
    :raises ThuisError: the function's own; any other fault of it becomes one that names the file.

    >>> from thuis.errors import nearest
    >>> apart(nearest, "proporton", ["mean", "proportion"], file="-")
    'proportion'
    """
    call = (function.__module__, function.__qualname__, given, seconds, memory)
    with _LOCK:
        worker = _worker()
        try:
            kind, told = worker.ask(pickle.dumps(call, pickle.HIGHEST_PROTOCOL), seconds * _PATIENCE)
        except _GoneError as gone:
            _WORKERS.pop(os.getpid(), None)
            raise _stopped(gone.why, file, seconds, memory) from None
    if kind == "result":
        found: Result = told
        return found
    if kind == "thuis":
        raise ThuisError(told)
    if kind == "memory":
        raise _stopped("memory", file, seconds, memory)
    raise ThuisError(f"the file cannot be read: {told}", Place(file), step="save or download it again")


def _stopped(why: Literal["time", "memory", "died"], file: str, seconds: float, memory: int) -> StoppedError:
    what = {
        "time": f"reading the file takes more than {seconds:g} seconds of work",
        "memory": f"reading the file takes more than {memory / 1e9:g} GB of memory",
        "died": "the file is damaged: its reader broke down on it",
    }[why]
    return StoppedError(Problem(what, Place(file), step="save it again from the program it came from"), why)


def python(code: str) -> subprocess.Popen[bytes]:
    """A Python of its own that finds what this one does, with a pipe to it and one back.

    It is started as a program, not forked: this process may have threads of others.
    """
    return subprocess.Popen(
        [sys.executable, "-P", "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )


class _GoneError(Exception):
    def __init__(self, why: Literal["time", "memory", "died"]) -> None:
        self.why = why


class _Worker:
    """The process at the other end of two pipes."""

    def __init__(self, ahead: tuple[str, ...] = ()) -> None:
        self.process = python(f"from thuis.apart import serve; serve({ahead!r})")
        self.calls = 0

    def ask(self, call: bytes, patience: float) -> tuple[str, Any]:
        self.calls += 1
        reached = threading.Event()

        def stop() -> None:
            reached.set()
            self.process.kill()

        timer = threading.Timer(patience, stop)
        timer.start()
        try:
            send(self._pipe("stdin"), call)
            kind, told = _load(receive(self._pipe("stdout")))
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            late = reached.is_set() or self.process.returncode == -getattr(signal, "SIGXCPU", 24)
            raise _GoneError("time" if late else "died") from None
        finally:
            timer.cancel()
        return kind, told

    def _pipe(self, name: str) -> IO[bytes]:
        pipe: IO[bytes] = getattr(self.process, name)
        return pipe

    def end(self, patience: float) -> None:
        """Let it come to its own end; after so many seconds, no longer."""
        self._pipe("stdin").close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        self.close()

    def close(self) -> None:
        self.process.kill()
        for name in ("stdin", "stdout"):
            with contextlib.suppress(OSError):
                self._pipe(name).close()
        self.process.wait()


_WORKERS: dict[int, _Worker] = {}  # by process: a worker of the process this one was forked from is not ours
_LOCK = threading.Lock()


def _worker() -> _Worker:
    mine = os.getpid()
    worker = _WORKERS.get(mine)
    if worker and (worker.calls >= _RETIRES or worker.process.poll() is not None):
        worker.close()
        worker = None
    if worker is None:
        worker = _WORKERS[mine] = _Worker()
    return worker


def end(patience: float = 20) -> None:
    """End the process, and let it write what it has to write: what a profiler or a coverage tool counted."""
    with _LOCK:
        if worker := _WORKERS.pop(os.getpid(), None):
            worker.end(patience)


@atexit.register
def _close() -> None:
    if worker := _WORKERS.pop(os.getpid(), None):
        worker.close()


def send(pipe: IO[bytes], data: bytes) -> None:
    """Hand bytes to the process at the other end."""
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """What the other end handed over.

    :raises EOFError: when it is gone.
    """
    return _exactly(pipe, _LENGTH.unpack(_exactly(pipe, _LENGTH.size))[0])


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data


class _Answers(pickle.Unpickler):
    """Data only: a worker that a file has taken over cannot make this process call what it likes."""

    def find_class(self, module: str, name: str) -> Any:
        safe = name in _BUILTINS if module == "builtins" else f"{module}.".startswith(_SAFE)
        found = super().find_class(module, name) if safe and "." not in name else None
        ours = module.startswith("thuis.")
        if found is None or (ours and getattr(found, "__module__", "") != module):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def _load(data: bytes) -> Any:
    return _Answers(io.BytesIO(data)).load()


def ahead(*modules: str) -> None:
    """Start the process and let it load modules, while this one does other work."""
    with _LOCK:
        if os.getpid() not in _WORKERS:
            _WORKERS[os.getpid()] = _Worker(modules)


def serve(ahead: tuple[str, ...] = ()) -> None:
    """Answer calls from standard input until it ends: the work of the process apart."""
    # What a library prints must not stand between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    calls = sys.stdin.buffer
    for each in ahead:
        importlib.import_module(each)
    while True:
        try:
            call = pickle.loads(receive(calls))
        except EOFError:
            return
        send(answers, _answer(*call))


def _answer(module: str, name: str, given: tuple[Any, ...], seconds: float, memory: int) -> bytes:
    try:
        _limit(seconds, memory)
        told = ("result", getattr(importlib.import_module(module), name)(*given))
        return pickle.dumps(told, pickle.HIGHEST_PROTOCOL)
    except ThuisError as error:
        return pickle.dumps(("thuis", error.problems))
    except MemoryError:
        return pickle.dumps(("memory", ""))
    except Exception as error:
        return pickle.dumps(("fault", " ".join(str(error).split())[:200] or type(error).__name__))
    finally:
        _limit(0, 0)


def _limit(seconds: float, memory: int) -> None:
    """Limits for one call; zero lifts them. Where the system knows no limits, only the clock watches."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    for which, most in (
        (resource.RLIMIT_CPU, int(spent + seconds) + 1 if seconds else 0),
        (resource.RLIMIT_AS, memory),
    ):
        hard = resource.getrlimit(which)[1]
        soft = hard if not most else most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (soft, hard))
