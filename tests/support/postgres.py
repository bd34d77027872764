"""A PostgreSQL for tests, where Debian's package is: its own folder, its own socket, stopped at the end."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

USER = "postgres"


class Postgres:
    """A server of its own. Root may not run one, so it is then the package's user who does."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="thuis-pg-"))
        self._data = self.folder / "data"
        if os.geteuid() == 0:
            shutil.chown(self.folder, USER, USER)
        self.folder.chmod(0o700)
        self._do("initdb", "-D", str(self._data), "-A", "trust", "-U", USER, "-E", "UTF8", "--no-sync")
        self.start()

    def _do(self, program: str, *more: str) -> None:
        command = [str(self._programs / program), *more]
        if os.geteuid() == 0:
            command = ["runuser", "-u", USER, "--", *command]
        # Output to a file: the server inherits it, and would keep a pipe open.
        with (self.folder / "out.txt").open("ab") as out:
            done = subprocess.run(command, stdout=out, stderr=out, timeout=60, check=False, cwd="/")
        if done.returncode:
            raise RuntimeError((self.folder / "out.txt").read_text("utf-8")[-2000:])

    def start(self) -> None:
        """Start it, on a socket in its folder alone."""
        options = f"-c listen_addresses= -k {self.folder} -c fsync=off -c max_connections=40"
        log = str(self.folder / "log.txt")
        self._do("pg_ctl", "-D", str(self._data), "-w", "-t", "30", "-l", log, "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it; ``immediate`` is as if the machine went down."""
        self._do("pg_ctl", "-D", str(self._data), "-m", how, "-w", "-t", "30", "stop")

    def url(self, name: str = "postgres") -> str:
        """Where a database of it is."""
        return f"postgresql://{USER}@/{name}?host={self.folder}"

    def create(self, name: str) -> str:
        """A new, empty database."""
        self._do("createdb", "-h", str(self.folder), "-U", USER, name)
        return self.url(name)

    def end(self) -> None:
        """Stop it, and leave nothing."""
        with contextlib.suppress(RuntimeError, subprocess.TimeoutExpired):
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def _started() -> Postgres | str:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        return "no PostgreSQL on this machine (Debian: apt install postgresql)"
    if os.geteuid() == 0 and not shutil.which("runuser"):
        return "PostgreSQL does not run as root, and there is no runuser"
    try:
        made = Postgres(found[-1].parent)
    except (RuntimeError, OSError, LookupError, subprocess.TimeoutExpired) as error:
        return f"PostgreSQL could not be started: {error}"
    atexit.register(made.end)
    return made


def postgres() -> Postgres:
    """The server of this process; skips the test, with the reason, where there can be none."""
    found = _started()
    if isinstance(found, str):
        pytest.skip(found)
    return found
