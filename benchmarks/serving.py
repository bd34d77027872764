"""How long an author waits under ``thuis serve``: from saving a file to the page that is open having it.

    python benchmarks/serving.py [PROJECT] [--before COMMIT] [--changes 20]

A preview of a copy of the project is started as somebody starts it. A page of the first indicator is open: it
waits for the word to reload, as its script does. A file is saved, the page reloads, and a changed text must
stand on it. Printed are seconds of the clock and of the processors for the open page, for another page that
is asked for at the moment of saving, and for a second save one second after the first; then the memory of all
its processes over ``--changes`` further changes. ``--before`` does the same with an earlier commit in the
same run.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from builds import HERE, row, source_of, surroundings, title

LINE = re.compile(r'<script src="/-/reload\.js(\?[^"]*)?"></script>')
QUIET = 12.0
"""Seconds after which what follows the pages is made too."""


@dataclass(frozen=True)
class Served:
    """A preview that runs."""

    process: subprocess.Popen[str]
    port: int

    def page(self, address: str) -> tuple[str, str]:
        """A page as it is read, and what its script tells when it waits."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", address)
        text = connection.getresponse().read().decode()
        connection.close()
        found = LINE.search(text)
        return LINE.sub("", text), (found.group(1) or "?") if found else "?"

    @contextmanager
    def open(self, address: str) -> Iterator[Callable[[], object]]:
        """A page that is open; what it gives waits for the word to reload."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", f"/-/reload{self.page(address)[1]}&page={address}")
        stream = connection.getresponse()
        yield lambda: next(line for line in iter(stream.readline, b"") if line.startswith(b"data:"))
        connection.close()

    def family(self) -> list[int]:
        """The numbers of its process and of all that it started."""
        found = [self.process.pid]
        for each in found:
            found += map(int, Path(f"/proc/{each}/task/{each}/children").read_text("ascii").split())
        return found

    def spent(self) -> float:
        """Processor seconds of all of them, those that ended included."""
        return sum(sum(_stat(each)[11:15]) for each in self.family()) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Gigabytes of all of them."""
        return sum(_stat(each)[21] for each in self.family()) * os.sysconf("SC_PAGE_SIZE") / 1e9


def _stat(number: int) -> list[int]:
    told = Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2].split()
    return [0, *map(int, told[1:])]


@contextmanager
def served(source: Path, folder: Path) -> Iterator[Served]:
    """``thuis serve``, when its pages can be read."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "thuis", "serve", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, env=surroundings(source), text=True, stdout=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        time.sleep(1)
        yield Served(process, port)
    finally:
        process.terminate()
        process.wait()


def waited(
    preview: Served, address: str, change: Callable[[], object], *, differs: bool = True
) -> tuple[float, float]:
    """Seconds of the clock and of the processors from a change to the open page having it.

    :param differs: whether the page must be another; one respondent less need not show.
    """
    before, _ = preview.page(address)
    with preview.open(address) as word:
        started, spent = time.perf_counter(), preview.spent()
        change()
        word()
        now, _ = preview.page(address)
        if differs and now == before:
            raise SystemExit(f"{address} reloaded and is as it was")
        return time.perf_counter() - started, preview.spent() - spent


def asked(preview: Served, address: str, change: Callable[[], object]) -> tuple[float, float]:
    """The same for a page that nobody has open and that is asked for again and again."""
    before, _ = preview.page(address)
    started, spent = time.perf_counter(), preview.spent()
    change()
    while preview.page(address)[0] == before:
        time.sleep(0.05)
    return time.perf_counter() - started, preview.spent() - spent


def twice(preview: Served, address: str, change: Callable[[], object]) -> tuple[float, float]:
    """The same for the second of two changes, a second apart."""
    waited(preview, address, change)
    time.sleep(1)
    return waited(preview, address, change)


def measured(source: Path, project: Path, changes: int) -> dict[str, tuple[float, ...]]:
    """What is measured, by name."""
    found: dict[str, tuple[float, ...]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "monitor"
        shutil.copytree(project, folder, ignore=shutil.ignore_patterns("public", ".thuis"))
        first = sorted((folder / "indicators").glob("*.yaml"))[0].stem
        here, there = f"/nl/indicator/{first}/", f"/en/indicator/{first}/"
        with served(source, folder) as preview:
            for what, measure, address, change in (
                ("first text after the start", waited, here, title),
                ("a text", waited, here, title),
                ("a text, a page that is not open", asked, here, title),
                ("a text, a second after another", twice, here, title),
                ("first survey file after the start", partial(waited, differs=False), there, row),
                ("a survey file", partial(waited, differs=False), there, row),
            ):
                found[what] = measure(preview, address, lambda change=change: change(folder))
                time.sleep(QUIET)
            sizes = []
            for _ in range(changes):
                waited(preview, here, lambda: title(folder))
                time.sleep(QUIET)
                sizes.append(preview.memory())
            if sizes:
                found[f"GB after 1, {changes // 2} and {changes} changes"] = (
                    sizes[0],
                    sizes[len(sizes) // 2],
                    sizes[-1],
                )
    return found


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("project", nargs="?", type=Path, default=HERE / "examples" / "nederland")
    options.add_argument("--before")
    options.add_argument("--changes", type=int, default=0)
    chosen = options.parse_args()
    now, then = measured(HERE, chosen.project, chosen.changes), {}
    if chosen.before:
        with source_of(chosen.before) as source:
            then = measured(source, chosen.project, chosen.changes)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; seconds of the clock, of processors")
    for what, ours in now.items():
        line = f"{what:<36} " + " ".join(f"{each:7.2f}" for each in ours)
        if what in then:
            line += "   before " + " ".join(f"{each:7.2f}" for each in then[what])
        print(line, flush=True)


if __name__ == "__main__":
    main()
