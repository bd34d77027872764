"""The live service with 20,000 invented initiatives on this machine, beside a bare view of Django.

Pages and searches, asked by eight connections at once over loopback; the asking takes processor time of
the same machine. Prints answers a second, the middle and the 95th percentile, the processor time of the
server for each, and that time beside the bare view's, which says most where the machine has other work.
"""

from __future__ import annotations

import csv
import http.client
import importlib.util
import itertools
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import quote

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE / "tests"))
SECONDS = float(os.environ.get("THUIS_BENCH_SECONDS", "8"))
COUNT = int(os.environ.get("THUIS_BENCH_COUNT", "20000"))
CONNECTIONS = 8
BARE = """\
from django.conf import settings
settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="x" * 50, MIDDLEWARE=[])
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse("x" * 20000))]
application = get_wsgi_application()
"""


def records() -> list[Any]:
    """The invented initiatives of the directory's own tests."""
    path = HERE / "tests" / "directory" / "synthetic.py"
    spec = importlib.util.spec_from_file_location("synthetic_initiatives", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.initiatives(COUNT))


def queries() -> list[str]:
    """What people look for: the queries of the directory's own tests, each once."""
    found: dict[str, None] = {}
    for path in sorted((HERE / "tests" / "directory").glob("queries*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found |= dict.fromkeys(each["query"] for each in csv.DictReader(file))
    return list(found)


def folder(at: Path) -> None:
    """A service's folder with the made-up site of the tests, and a directory of so many initiatives."""
    from support.live import site
    from thuis.directory.folder import files
    from thuis.directory.load import Directory
    from thuis.live.start import init

    init(at)
    with (at / "live.toml").open("a", encoding="utf-8") as file:
        file.write("\n[limits]\napi = 100000000\n")
    site(at)
    for name, data in files(Directory(tuple(records())), date(2026, 6, 1)).items():
        path = at / "public" / "data" / name
        path.unlink(missing_ok=True)
        path.write_bytes(data)


@contextmanager
def serving(command: Sequence[str], port: int, path: str, at: Path) -> Iterator[int]:
    """The process of a server, until the end of the block."""
    with (at / "out.txt").open("wb") as out:
        server = subprocess.Popen(command, cwd=at, stdout=out, stderr=out)
    try:
        until = time.monotonic() + 240
        while time.monotonic() < until:
            try:
                one(http.client.HTTPConnection("127.0.0.1", port, timeout=200), path)
                break
            except OSError:
                assert server.poll() is None, (at / "out.txt").read_text("utf-8")
                time.sleep(0.2)
        yield server.pid
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()


def one(line: http.client.HTTPConnection, path: str) -> None:
    """One question; anything but 200 is a fault."""
    line.request("GET", path)
    answer = line.getresponse()
    answer.read()
    assert answer.status == 200, (path, answer.status)


def spent(pid: int) -> float:
    """Seconds of the processor that a server and its workers have used."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    total = 0.0
    for each in (str(pid), *children):
        user, system = Path(f"/proc/{each}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]
        total += int(user) + int(system)
    return total / os.sysconf("SC_CLK_TCK")


@dataclass
class Crew:
    """Connections that ask one server, and what each answer of a bare view costs there."""

    port: int
    pid: int
    bare: float = 0.0
    _took: list[float] = field(default_factory=list)

    def ask(self, name: str, paths: Sequence[str], rate: float = 0.0) -> float:
        """Ask for some seconds, freely or so often a second; milliseconds of processor for each."""
        number, began, used = itertools.count(), time.monotonic(), spent(self.pid)
        self._took = []
        crew = [
            threading.Thread(target=self._visit, args=(paths, number, began, rate))
            for _ in range(CONNECTIONS)
        ]
        for each in crew:
            each.start()
        for each in crew:
            each.join()
        passed = time.monotonic() - began
        each_took = 1000 * (spent(self.pid) - used) / len(self._took)
        cuts = quantiles(self._took, n=20)
        beside = f"{each_took / self.bare:7.1f} x" if self.bare else ""
        shown = f"{name} at {rate:.0f} /s" if rate else name
        late = f"{1000 * cuts[9]:7.1f} ms {1000 * cuts[18]:7.1f} ms at 95 %"
        rate_of = f"{len(self._took) / passed:6.0f} /s"
        print(f"{shown:44} {rate_of} {late} {each_took:7.2f} ms of processor {beside}", flush=True)
        return each_took

    def _visit(self, paths: Sequence[str], number: Iterator[int], began: float, rate: float) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=200)
        while time.monotonic() < began + SECONDS:
            mine = next(number)
            # At a rate, a question that came late because others were slow has waited since it was due.
            due = began + mine / rate if rate else time.monotonic()
            time.sleep(max(0.0, due - time.monotonic()))
            one(line, paths[mine % len(paths)])
            self._took.append(time.monotonic() - due)


def main() -> None:
    """Both servers, one after the other, two workers each."""
    with tempfile.TemporaryDirectory() as made:
        at = Path(made)
        (at / "bare.py").write_text(BARE, "utf-8")
        gunicorn = "-m gunicorn -w 2 -k gthread --threads 4 -b 127.0.0.1:8791 bare:application"
        with serving([sys.executable, *gunicorn.split()], 8791, "/", at) as pid:
            Crew(8791, pid).ask("warm", ["/"])
            bare = Crew(8791, pid).ask("a bare view of Django, 20 kB", ["/"])
        began = time.perf_counter()
        folder(at / "service")
        print(f"{COUNT} initiatives written in {time.perf_counter() - began:.0f} s")
        own = [sys.executable, "-m", "thuis", "live", "run", str(at / "service"), "--port", "8792"]
        began = time.perf_counter()
        with serving(own, 8792, "/hsds/3.1/taxonomies", at) as pid:
            print(f"first answer of the API after {time.perf_counter() - began:.0f} s")
            measure(Crew(8792, pid, bare))


def measure(crew: Crew) -> None:
    """Pages that were built, pages that are made for each visitor, and searches."""
    from thuis.places import current

    asked = [f"/hsds/3.1/services?per_page=10&search={quote(each)}" for each in queries()]
    towns = [each.name for each in current(date(2026, 6, 1))]
    # With every town: questions that nobody asked before.
    new = [f"{query}{quote(f' {town}')}" for town in towns for query in asked]
    pages = ["/nl/", "/nl/indicator/voted/", "/en/indicator/voted/", "/nl/directory/", "/en/method/"]
    forms = ["/nl/live/", "/nl/live/initiative/new/", "/en/live/comment/?page=indicator/voted"]
    crew.ask("(first of each)", [*pages, *forms, *asked])
    mixed = [*pages * 3, *forms]
    for name, paths, rate in (
        ("pages as they were built", pages, 0),
        ("pages made for one visitor", forms, 0),
        ("both, five to one", mixed, 0),
        ("both, five to one", mixed, 300),
        ("searches of the tests, again", asked, 0),
        ("searches of the tests, again", asked, 100),
        ("searches with a town, never before", new, 0),
        ("searches with a town, never before", new[len(new) // 2 :], 100),
        ("100 services by name", ["/hsds/3.1/services"], 0),
        ("health", ["/live/health"], 0),
    ):
        crew.ask(name, paths, rate)


if __name__ == "__main__":
    main()
