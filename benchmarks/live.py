"""The live service with 20,000 invented initiatives on this machine, beside a bare view of Django.

Pages, searches and the health check, asked by eight connections at once over loopback; the asking takes
processor time of the same machine. Prints questions a second, the middle and the 95th percentile.
"""

from __future__ import annotations

import http.client
import importlib.util
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

HERE = Path(__file__).resolve().parents[1]
SECONDS = float(os.environ.get("THUIS_BENCH_SECONDS", "8"))
COUNT = int(os.environ.get("THUIS_BENCH_COUNT", "20000"))
CONNECTIONS = 8
WORDS = (
    "taal leren",
    "eten",
    "wandelen",
    "buurthuis",
    "sport",
    "taalcafe",
    "koffie ouderen",
    "jongeren muziek",
)
BARE = """\
from django.conf import settings
settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="x" * 50, MIDDLEWARE=[])
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse("x" * 20000))]
application = get_wsgi_application()
"""


def records() -> list[object]:
    """The invented initiatives of the directory's own tests."""
    path = HERE / "tests" / "directory" / "synthetic.py"
    spec = importlib.util.spec_from_file_location("synthetic_initiatives", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["synthetic_initiatives"] = module
    spec.loader.exec_module(module)
    return list(module.initiatives(COUNT))


def folder(at: Path) -> None:
    """A service's folder with a page and the data of the directory."""
    from datetime import date

    from thuis.directory.folder import files
    from thuis.directory.load import Directory
    from thuis.live.start import init

    init(at)
    with (at / "live.toml").open("a", encoding="utf-8") as file:
        file.write("\n[limits]\napi = 100000000\n")
    for name, data in files(Directory(tuple(records())), date(2026, 6, 1)).items():  # type: ignore[arg-type]
        path = at / "public" / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (at / "public" / "data" / "monitor.json").write_text("{}", "utf-8")
    (at / "public" / "page").mkdir()
    (at / "public" / "page" / "index.html").write_text(f"<main>{'x' * 20000}</main>", "utf-8")


@contextmanager
def serving(command: Sequence[str], port: int, path: str, at: Path) -> Iterator[None]:
    """A server until the end of the block."""
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
        yield
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


def ask(name: str, port: int, paths: Sequence[str]) -> None:
    """Ask for some seconds by several connections, and print how fast it was answered."""
    took: list[float] = []
    for path in paths * 2:
        one(http.client.HTTPConnection("127.0.0.1", port, timeout=200), path)
    end = time.monotonic() + SECONDS

    def visitor(first: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        number = first
        while time.monotonic() < end:
            began = time.perf_counter()
            one(line, paths[number % len(paths)])
            took.append(time.perf_counter() - began)
            number += 1

    crew = [threading.Thread(target=visitor, args=(number,)) for number in range(CONNECTIONS)]
    for each in crew:
        each.start()
    for each in crew:
        each.join()
    cuts = quantiles(took, n=20)
    middle, late = 1000 * cuts[9], 1000 * cuts[18]
    print(f"{name:34} {len(took) / SECONDS:8.0f} /s   {middle:7.1f} ms   {late:7.1f} ms at 95 %")


def main() -> None:
    """Both servers, one after the other, two workers each."""
    with tempfile.TemporaryDirectory() as made:
        at = Path(made)
        (at / "bare.py").write_text(BARE, "utf-8")
        bare = [
            sys.executable,
            "-m",
            "gunicorn",
            "-w",
            "2",
            "-k",
            "gthread",
            "--threads",
            "4",
            "-b",
            "127.0.0.1:8791",
        ]
        with serving([*bare, "bare:application"], 8791, "/", at):
            ask("a bare view of Django, 20 kB", 8791, ["/"])
        began = time.perf_counter()
        folder(at / "service")
        print(f"{COUNT} initiatives written in {time.perf_counter() - began:.0f} s")
        own = [sys.executable, "-m", "thuis", "live", "run", str(at / "service"), "--port", "8792"]
        began = time.perf_counter()
        with serving(own, 8792, "/hsds/3.1/taxonomies", at):
            print(f"first answer of the API after {time.perf_counter() - began:.0f} s")
            ask("a page, 20 kB", 8792, ["/page/"])
            ask("health", 8792, ["/live/health"])
            ask("search, ten of the answer", 8792, [
                f"/hsds/3.1/services?per_page=10&search={quote(each)}" for each in WORDS
            ])  # fmt: skip
            ask("a page of 100, by name", 8792, ["/hsds/3.1/services"])


if __name__ == "__main__":
    main()
