"""Run the preview: one loop that serves, watches and rebuilds."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from watchfiles import Change, DefaultFilter, awatch

from thuis.errors import ThuisError
from thuis.serve.app import application
from thuis.serve.preview import ALL, LeftError, Preview

PATIENCE = 10.0
BODY = "SEND_BODY"
"""State of h11 in which the body of a request is to come."""
_FREE = 8000
"""Ports below 1024 belong to the system; from here one usually finds a free one."""


class ProjectFilter(DefaultFilter):
    """Changes that matter: anything in the project but what the build itself writes.

    Only the part of a path below the project counts: a project that lies in somebody's ``public`` folder is
    watched all the same.
    """

    ignore_dirs = (*DefaultFilter.ignore_dirs, "public", ".thuis")

    def __init__(self, project: Path) -> None:
        super().__init__()
        self._project = project.resolve()

    def __call__(self, change: Change, path: str) -> bool:
        below = Path(path).resolve().relative_to(self._project)
        # What is hidden at the top no build reads; the folder it works in stands there.
        return super().__call__(change, str(below)) and not str(below).startswith(".")


class Patient(H11Protocol):
    """Closes a connection that has not said what it wants within :data:`PATIENCE` seconds.

    The time runs from the connection, and from the first word of each further request; words that drip in
    win no more of it.
    """

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._stop()

    def _waits(self) -> bool:
        """Whether the other side has to go on: with a request, or with the rest of it."""
        between = self.cycle is None or self.cycle.response_complete
        return between or str(self.conn.their_state) == BODY

    def _wait(self) -> None:
        if not self._waits():
            self._stop()
        elif self._deadline is None and not self.transport.is_closing():
            self._deadline = self.loop.call_later(PATIENCE, self._close)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _close(self) -> None:
        self._deadline = None
        if self._waits() and not self.transport.is_closing():
            self.transport.close()


Step = Callable[[Preview], object]


@dataclass(frozen=True, slots=True)
class Builds:
    """What is built while pages are served: on a change step by step (pages reload after the first step),
    and once, when they are served already."""

    again: Sequence[Step] = ()
    first: Step | None = None


async def _watch(
    project: Path, rebuild: Sequence[Step], preview: Preview, say: Callable[[str], None]
) -> None:
    work: asyncio.Task[None] | None = None
    async for changes in awatch(project, watch_filter=ProjectFilter(project), debounce=200):
        names = ", ".join(sorted({Path(path).name for _, path in changes})[:3])
        say(f"changed: {names}; building")
        if work:
            # Its pages are finished, for somebody looks at them; what follows is made by the build to come.
            preview.left = True
            await work
        preview.left = False
        await preview.settle(ALL)
        work = asyncio.create_task(_told(rebuild, preview, say))


async def _told(steps: Sequence[Step], preview: Preview, say: Callable[[str], None]) -> None:
    if await _built(steps, preview, say):
        say("built")


async def _built(steps: Sequence[Step], preview: Preview, say: Callable[[str], None]) -> bool:
    """Build step by step, and tell the pages after the first; whether all went well."""
    await preview.settle(ALL if len(steps) > 1 else None)
    try:
        for number, step in enumerate(steps):
            await asyncio.to_thread(step, preview)
            if not number:
                await preview.built(None)
    except LeftError:
        return False
    except (ThuisError, OSError) as error:
        say(str(error))
        await preview.built(str(error))
    except Exception as error:
        # A fault of thuis itself: the watcher must go on, and the page must not pretend that all is well.
        told = f"thuis itself failed: {type(error).__name__}: {error}"
        say(told)
        await preview.built(told)
    else:
        await preview.settle(None)
        return True
    await preview.settle(None)
    return False


def is_older(public: Path, project: Path) -> bool:
    """Whether the pages are absent, or older than a file of the project that they are built from."""
    index = public / "index.html"
    if not index.exists():
        return True
    built = index.stat().st_mtime
    watched = ProjectFilter(project)
    return any(
        path.stat().st_mtime > built
        for path in project.rglob("*")
        if path.is_file() and watched(Change.modified, str(path))
    )


def check_port(host: str, port: int) -> None:
    """Raise a :class:`ThuisError` when the port is taken, before any work is done."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
            other = port + 1 if port >= _FREE else _FREE
            step = f"try --port {other}" if taken else "leave --host out, or name an address of this machine"
            raise ThuisError(f"cannot listen on {host}:{port}: {error.strerror}", step=step) from error


def serve(
    project: Path,
    public: Path,
    *,
    host: str,
    port: int,
    builds: Builds,
    say: Callable[[str], None],
    names: Sequence[str] = (),
) -> None:
    """Serve ``public`` until interrupted; with something to build again, also watch the project.

    :param names: host names to answer to beside ``host`` and those of this machine.
    """
    check_port(host, port)
    preview = Preview()
    config = uvicorn.Config(
        application(public, preview, reload=bool(builds.again), hosts=[host, *names]),
        host=host,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=1,
        http=Patient,
    )
    server = uvicorn.Server(config)

    async def main() -> None:
        say(f"serving http://{host}:{port}/  (stop with Ctrl-C)")
        beside = asyncio.create_task(_beside()) if builds.first or builds.again else None
        await server.serve()
        if beside:
            beside.cancel()

    async def _beside() -> None:
        if builds.first:
            say("making what is handed over: tables, reports, files for other systems")
            if await _built([builds.first], preview, say):
                say("made; they stand on the page with downloads")
        if builds.again:
            if builds.first and is_older(public, project):
                await _built(builds.again, preview, say)
            await _watch(project, builds.again, preview, say)

    asyncio.run(main())
