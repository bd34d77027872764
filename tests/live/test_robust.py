"""Nothing confirmed is lost: killed, without space, without database, with a clock set back, without mail."""

from __future__ import annotations

import email
import email.policy
import json
import os
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from support.copies import seen_by
from support.live import do_work, form, own_file, served, worker
from support.postgres import postgres

SUPPORT = Path(__file__).parents[1]
KILLS = 200 if os.environ.get("THUIS_FUZZ") else 40


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_in_the_middle_nothing_confirmed_is_lost(kind: str, tmp_path: Path) -> None:
    from thuis.live.start import init

    database = [postgres().create(f"killed{os.getpid()}")] if kind == "postgresql" else []
    init(tmp_path)
    seen = seen_by("writers.py", str(tmp_path), str(KILLS), *database)
    assert seen["kills"] == KILLS
    assert seen["said"] >= KILLS
    assert seen | {"kills": 0, "said": 0} == {
        "kills": 0, "said": 0, "lost": 0, "half": 0, "unlogged": 0, "log": [],
    }  # fmt: skip


def test_killed_while_sending_each_mail_comes_and_a_second_copy_has_its_name(tmp_path: Path) -> None:
    from thuis.live.start import init

    init(tmp_path)
    shutil.copytree(served() / "public", tmp_path / "public")
    with _server(socketserver.ThreadingTCPServer, ("127.0.0.1", 0), _Smtp) as server:
        toml = tmp_path / "live.toml"
        mail = f'host = "127.0.0.1"\nport = {server.server_address[1]}\ntls = false'
        toml.write_text(toml.read_text("utf-8").replace('host = ""', mail), "utf-8")
        seen = seen_by("senders.py", str(tmp_path), str(KILLS))
        heard = [email.message_from_bytes(each, policy=email.policy.default) for each in server.heard]
    assert seen == {"kills": KILLS, "mails": 3 * KILLS, "left": 0}
    names = Counter(str(each["Message-ID"]) for each in heard)
    assert len(names) == 3 * KILLS
    assert len({str(each["To"]) for each in heard}) == 3 * KILLS
    assert len({(str(each["Message-ID"]), str(each["To"])) for each in heard}) == 3 * KILLS
    assert len(heard) - len(names) <= KILLS


@pytest.fixture
def own_database(_service: None) -> Iterator[Any]:
    """A visitor of a service on a copy of the database, in which transactions really end."""
    from django.db import connection
    from django.test import Client

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses a write on a full disk by the same error; it cannot be filled here")
    with own_file():
        yield Client(raise_request_exception=False)


def test_a_full_disk_is_said_and_nothing_is_kept_halfway(own_database: Any) -> None:
    from django.db import connection

    from thuis.live.models import Job, LogEntry, Submission, Submitter

    def kept() -> list[int]:
        return [each.objects.count() for each in (Submission, Submitter, Job, LogEntry)]

    def send() -> Any:
        return own_database.post("/en/live/initiative/new/", form(description_nl="Koffie. " * 400))

    def limit(pages: int) -> None:
        connection.cursor().execute(f"PRAGMA max_page_count = {pages}")

    limit(1)
    for _ in range(50):
        before, answer = kept(), send()
        if answer.status_code != 200:
            break
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "was not kept" in answer.content.decode()
    assert kept() == before
    assert own_database.get("/nl/").status_code == 200
    assert own_database.get("/hsds/3.1/services").status_code == 200
    limit(1_073_741_823)
    assert send().status_code == 200
    assert kept()[0] == before[0] + 1


def test_a_clock_set_back_loses_no_work_and_breaks_no_log(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from django.core import mail
    from django.utils import timezone

    from thuis.live import log
    from thuis.live.jobs import _take
    from thuis.live.models import Job

    real = timezone.now
    client.post("/nl/live/initiative/new/", form())
    taken = _take(real())
    assert taken
    assert _take(real()) is None, "somebody is at work on it"
    # Who took it died, and the clock goes back two hours.
    Job.objects.filter(pk=taken.pk).update(due_at=real() - timedelta(days=1))
    monkeypatch.setattr(timezone, "now", lambda: real() - timedelta(hours=2))
    client.post("/nl/live/initiative/new/", form(name="Een ander"))
    mail.outbox.clear()
    assert do_work() == (2, 0)
    waiting = Job.objects.filter(kind="mail", done_at=None)
    assert not waiting.exists()
    assert len(mail.outbox) == 2
    assert list(log.changed()) == []


@pytest.mark.parametrize(("kind", "most"), [("mail", 30), ("webhook", 16)])
def test_what_cannot_be_delivered_is_given_up_and_said_to_staff(
    client: Any, monkeypatch: pytest.MonkeyPatch, kind: str, most: int
) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from thuis.live.api import changes
    from thuis.live.jobs import work
    from thuis.live.models import Job, Submitter
    from thuis.live.post import tell

    def once() -> tuple[int, int]:
        return work(1, timezone.now() + timedelta(days=9))

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("550 nobody@linde.example is not here")

    monkeypatch.setattr("thuis.live.post.EmailMessage.send", refuse)
    monkeypatch.setattr(changes, "_post", refuse)
    hook = changes.register("https://elders.example/hook")
    if kind == "mail":
        tell(
            Submitter.objects.create(email="nobody@linde.example"),
            "confirm",
            "submission",
            1,
            "first",
            name="x",
        )
    else:
        changes.note()
    for _ in range(1, most):
        assert once() == (0, 1)
    boss = worker("admin", "boss")
    client.force_login(boss)
    shown = client.get("/nl/live/staff/work/").content.decode()
    assert "is not here" in shown
    assert ">opgegeven<" not in shown
    assert once() == (0, 1)
    assert once() == (0, 0), "given up"
    job = Job.objects.get(kind=kind)
    assert (job.tries, job.payload) == (most, {})
    shown = client.get("/en/live/staff/work/").content.decode()
    assert ">given up<" in shown
    assert "nobody@linde.example" not in shown
    assert "thuis_jobs_given_up 1\n" in client.get("/live/metrics").content.decode()
    hook.refresh_from_db()
    assert hook.active == (kind == "mail")
    if kind == "webhook":
        assert "is not here" in hook.fault
        assert str(hook.url) in shown
        heard: list[Any] = []
        monkeypatch.setattr(changes, "_post", lambda hook, rows: heard.append(rows))
        assert client.post("/en/live/staff/work/", {"hook": hook.pk}).status_code == 302
        assert once() == (1, 0)
        assert heard[0]["contents"], "what it missed is told"
        hook.refresh_from_db()
        assert (hook.active, hook.fault) == (True, "")
    client.force_login(worker("editor", "ed"))
    assert client.get("/nl/live/staff/work/").status_code == 403


class _Smtp(socketserver.StreamRequestHandler):
    """As much of SMTP as takes a mail."""

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go\r\n")
                text = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    text += part
                self.server.heard.append(text)  # type: ignore[attr-defined]
                self.wfile.write(b"250 kept\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 well\r\n")


@contextmanager
def _server(kind: type[socketserver.TCPServer], address: tuple[str, int], handler: Any) -> Iterator[Any]:
    kind.allow_reuse_address = True
    with kind(address, handler) as server:
        server.heard = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


def test_mail_waits_for_its_server_and_is_sent_once(client: Any, settings: Any) -> None:
    from thuis.live.models import Job

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1",
             EMAIL_PORT=port, EMAIL_USE_TLS=False, EMAIL_HOST_USER="", EMAIL_TIMEOUT=5)  # fmt: skip
    assert client.post("/nl/live/initiative/new/", form()).status_code == 200
    assert do_work() == (0, 1)
    assert do_work() == (0, 0), "not again at once"
    fault = Job.objects.get(kind="mail").fault
    assert "linde.example" not in fault
    assert "efused" in fault
    with _server(socketserver.ThreadingTCPServer, ("127.0.0.1", port), _Smtp) as server:
        assert do_work(0.01) == (1, 0)
        assert do_work(2)[1] == 0
        assert len(server.heard) == 1
        assert b"/live/mine/" in server.heard[0]


@contextmanager
def running(folder: Path, *more: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The service as an administrator starts it, and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    around = {key: value for key, value in os.environ.items() if not key.startswith("THUIS_LIVE")}
    command = [sys.executable, "-m", "thuis", "live", "run", str(folder)]
    command += ["--port", str(port), "--workers", "1"]
    with (folder / "run.txt").open("wb") as out:
        server = subprocess.Popen([*command, *more], env=around, stdout=out, stderr=out)
    try:
        until = time.monotonic() + 60
        while ask(port, "/live/health")[0] == 0:
            assert server.poll() is None, (folder / "run.txt").read_text("utf-8")
            assert time.monotonic() < until
            time.sleep(0.1)
        yield server, port
    finally:
        server.kill()
        server.wait(10)


def ask(port: int, path: str, data: bytes | None = None) -> tuple[int, bytes]:
    """Status and body; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", data, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except (OSError, urllib.error.URLError):
        return 0, b""


def test_the_database_goes_away_and_comes_back_and_stopping_finishes_what_began(tmp_path: Path) -> None:
    from thuis.live.start import init

    server = postgres()
    init(tmp_path, served() / "public")
    with running(tmp_path, "--database", server.create("away")) as (process, port):
        assert ask(port, "/live/health")[0] == 200
        server.stop("immediate")
        try:
            assert ask(port, "/nl/")[0] == 200
            assert ask(port, "/hsds/3.1/services?search=taal")[0] == 200
            assert ask(port, "/hsds/3.1/changes")[0] == 503
            status, told = ask(port, "/live/health")
            assert (status, json.loads(told)["checks"]["database"]) == (503, "fail")
        finally:
            server.start()
        assert ask(port, "/live/health")[0] == 200
        assert ask(port, "/hsds/3.1/changes")[0] == 200
        # Half a question, then the signal to stop, then the other half: it is answered, and it ends in peace.
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            head = f"POST /hsds/3.1/services HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 4\r\n\r\n"
            line.sendall(head.encode() + b"ab")
            time.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            line.sendall(b"cd")
            assert line.recv(100).startswith(b"HTTP/1.1 405")
        # The grace is 20 seconds; gunicorn 23 waits all of them for a line that a client keeps open.
        assert process.wait(40) == 0
        assert ask(port, "/live/health")[0] == 0


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_of_many_who_press_at_once_one_is_first(kind: str, tmp_path: Path) -> None:
    from thuis.live.start import init

    database = [postgres().create(f"raced{os.getpid()}")] if kind == "postgresql" else []
    init(tmp_path)
    shutil.copytree(served() / "public", tmp_path / "public")
    assert seen_by("racers.py", str(tmp_path), *database) == {
        "faults": [], "of one name": 8, "confirmed": 1, "decided": 1, "versions": True, "mails": 1,
        "undone": 1, "state": "waiting", "log": [],
    }  # fmt: skip
