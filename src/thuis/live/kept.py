"""What follows from files on the disk: worked out once, and anew when they change."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Lock, Thread
from typing import Generic, TypeVar

from thuis.errors import ThuisError

Value = TypeVar("Value")
Stamp = tuple[object, ...]
PATIENCE = 0.5
"""Seconds that a request waits for a new version, before it is answered from the one before."""
AGAIN = 8


class Kept(Generic[Value]):
    """The value of ``read(root)``, until one of the files that it follows from is another one.

    A new version is read once, in a thread of its own. What takes longer than :data:`PATIENCE`, or cannot be
    read, is answered from the version before; without one, whoever asks waits, and gets the fault.

    :param names: the files below the root; the root is itself the file without any.
    """

    def __init__(self, read: Callable[[Path], Value], *names: str) -> None:
        self._read, self._names = read, names
        self._lock = Lock()
        self._held: tuple[Stamp, Value] | None = None
        self._coming: tuple[Stamp, Future[Value]] | None = None

    def __call__(self, root: Path, patience: float | None = PATIENCE) -> Value:
        """The value; ``patience`` None waits for the newest and raises what is wrong with it."""
        stamp = self._stamp(root)
        held = self._held
        if held and held[0] == stamp:
            return held[1]
        coming = self._asked(stamp, root)
        if held is None or held[0][0] != root or patience is None:
            return coming.result()
        try:
            return coming.result(patience)
        except TimeoutError:
            return held[1]
        except (ThuisError, OSError) as error:
            logging.getLogger("django.thuis").warning("the version before is served: %s", error)
            return held[1]

    def _stamp(self, root: Path) -> Stamp:
        return (root, *(_stamp(root / each) for each in self._names or ("",)))

    def _whole(self, stamp: Stamp, root: Path) -> tuple[Stamp, Value]:
        """A value of one version alone: read again where the files became others in between."""
        for _ in range(AGAIN):
            try:
                value = self._read(root)
            except Exception:
                if self._stamp(root) == stamp:
                    raise
            else:
                if self._stamp(root) == stamp:
                    return stamp, value
            stamp = self._stamp(root)
        raise ThuisError(f"{root} changes faster than it can be read", step="let it stand for a moment")

    def _asked(self, stamp: Stamp, root: Path) -> Future[Value]:
        with self._lock:
            if self._coming and self._coming[0] == stamp:
                return self._coming[1]
            made: Future[Value] = Future()
            self._coming = (stamp, made)
        Thread(target=self._make, args=(stamp, root, made), daemon=True).start()
        return made

    def _make(self, stamp: Stamp, root: Path, made: Future[Value]) -> None:
        # Millions of objects that stay: looking through them for rings takes longer than reading them.
        gc.disable()
        try:
            held = self._whole(stamp, root)
        except BaseException as error:
            self._coming = None
            made.set_exception(error)
        else:
            self._held, self._coming = held, None
            made.set_result(held[1])
        finally:
            gc.freeze()
            gc.enable()


def _stamp(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
