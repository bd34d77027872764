"""Copies that come back row by row, a person's data told and erased, and whether all is well."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.copies import rows_of, thuis
from support.filled import MAIL, fill
from support.live import do_work, served
from support.postgres import postgres
from thuis.errors import ThuisError

FIRST = Path(__file__).with_name("first-version.zip")


@pytest.fixture
def filled(client: Any) -> Iterator[Any]:
    """A visitor of a service in which things happened."""
    fill()
    return client


def test_a_copy_comes_back_row_by_row_in_the_other_database(filled: Any, tmp_path: Path) -> None:
    """Back in an empty folder by command, and copied again there: the same rows in every table."""
    from django.db import connection

    from thuis.live.operations.backup import backup

    there = postgres().create("other") if connection.vendor == "sqlite" else None
    counts = backup(tmp_path / "one.zip")
    assert (tmp_path / "one.zip").stat().st_mode & 0o777 == 0o600
    assert counts["live.Submission"] == 3
    assert counts["live.LogEntry"] >= 9
    told = thuis("restore", str(tmp_path / "back"), str(tmp_path / "one.zip"), database=there)
    assert "a new secret key" in told.stderr
    thuis("backup", str(tmp_path / "back"), str(tmp_path / "two.zip"), database=there)
    before, after = rows_of(tmp_path / "one.zip"), rows_of(tmp_path / "two.zip")
    assert before.keys() == after.keys()
    assert sum(map(len, before.values())) == sum(counts.values()) > 50
    for name, rows in before.items():
        assert after[name] == rows, name
    # What comes after the copy gets numbers of its own, and the log still refuses to change.
    code = (
        "import sys; from pathlib import Path; from thuis.live.start import ready\n"
        f"ready(Path({str(tmp_path / 'back')!r}), {there!r})\n"
        "from thuis.live import log; from thuis.live.models import LogEntry, Organisation\n"
        "from django.db import DatabaseError\n"
        "log.write('user 1', 'x', 'y'); Organisation.objects.create(key='new', name='New')\n"
        "assert not list(log.changed())\n"
        "try:\n LogEntry.objects.all().delete()\nexcept DatabaseError:\n print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert "refused" in done.stdout


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_filled_database_of_the_first_version_keeps_its_rows(kind: str, tmp_path: Path) -> None:
    """``first-version.zip``: a copy with the tables of the first version (``support/filled.py``)."""
    database = postgres().create("first") if kind == "postgresql" else None
    thuis("restore", str(tmp_path / "now"), str(FIRST), database=database)
    thuis("backup", str(tmp_path / "now"), str(tmp_path / "now.zip"), database=database)
    then, now = rows_of(FIRST), rows_of(tmp_path / "now.zip")
    assert sum(map(len, then.values())) > 50
    for name, rows in then.items():
        for old, new in zip(rows, now[name], strict=True):
            assert {key: new[key] for key in old} == old, name


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_processes_that_start_at_once_make_the_tables_once(kind: str, tmp_path: Path) -> None:
    database = ["--database", postgres().create("once")] if kind == "postgresql" else []
    command = [sys.executable, "-m", "thuis", "live", "init", str(tmp_path), *database]
    around = {key: value for key, value in os.environ.items() if not key.startswith("THUIS_LIVE")}
    running = [
        subprocess.Popen(command, env=around, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(3)
    ]
    said = [each.communicate(timeout=300)[0] for each in running]
    assert [each.returncode for each in running] == [0] * 3, said
    assert (
        "clock: pass"
        in thuis("health", str(tmp_path), database=(database or [None, None])[1], check=False).stdout
    )


def test_damage_is_seen_before_anything_is_written(filled: Any, tmp_path: Path) -> None:
    from thuis.live.operations.backup import backup, restore
    from thuis.live.operations.backup_files import restore_files

    file = tmp_path / "one.zip"
    backup(file)
    with pytest.raises(ThuisError, match="this file is there"):
        backup(file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "tables/live.Submission.jsonl"
    for damage in (
        {name: parts[name].replace(b"Linde 0", b"Linde 9")},
        {"folder/../../evil": b"x"},
        {"manifest.json": b"{}"},
        {"manifest.json": parts["manifest.json"].replace(b'"form": 1', b'"form": 2')},
    ):
        with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
            for part, data in (parts | damage).items():
                archive.writestr(part, data)
        with pytest.raises(ThuisError):
            restore_files(tmp_path / "bad.zip", tmp_path / "new")
        assert not (tmp_path / "new").exists()
    for wrong in (b"", b"no zip", file.read_bytes()[:-200]):
        (tmp_path / "bad.zip").write_bytes(wrong)
        with pytest.raises(ThuisError, match="no copy of a live service"):
            restore_files(tmp_path / "bad.zip", tmp_path / "new")
    with pytest.raises(ThuisError, match="not empty"):
        restore(file)


def test_a_full_disk_leaves_no_half_copy(
    filled: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from thuis.live.operations import backup

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup.os, "fsync", full)
    with pytest.raises(ThuisError, match="No space left"):
        backup.backup(tmp_path / "one.zip")
    assert list(tmp_path.iterdir()) == []


def test_all_of_a_person_is_told(filled: Any) -> None:
    from thuis.live.operations.person import export

    told = json.loads(export(MAIL.lower()))
    kinds = {each["model"] for each in told["rows"]}
    assert kinds >= {"live.submitter", "live.submission", "live.comment", "live.decision", "live.answer"}
    assert {each["what"] for each in told["log"]} >= {"sent in", "commented"}
    assert [each["what"] for each in told["mail_waiting"]]
    assert "b@linde.example" not in json.dumps(told)
    staff = json.loads(export("MO@thuis.example"))
    assert "password" not in json.dumps(staff)
    assert {"live.user", "live.role", "live.decision"} <= {each["model"] for each in staff["rows"]}
    with pytest.raises(ThuisError, match="nothing is kept"):
        export("nobody@linde.example")


def test_an_erased_person_is_in_no_row(filled: Any, tmp_path: Path) -> None:
    from thuis.live import log
    from thuis.live.models import Decision, Submission
    from thuis.live.operations.backup import backup
    from thuis.live.operations.person import erase

    decided = Decision.objects.count()
    assert len(erase(MAIL)) == 2
    assert erase("mo@thuis.example")
    erase("c@linde.example")
    backup(tmp_path / "after.zip")
    text = json.dumps(rows_of(tmp_path / "after.zip"), ensure_ascii=False).lower()
    for gone in (MAIL.lower(), "mo@thuis.example", "c@linde.example", '\\"ann\\"'):
        assert gone not in text
    assert "b@linde.example" in text
    assert Decision.objects.count() == decided
    assert Submission.objects.count() == 2, "what nobody confirmed goes with its sender"
    assert not list(log.changed())
    with pytest.raises(ThuisError):
        erase(MAIL)


def test_health_says_what_is_wrong(filled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from django.conf import settings
    from django.utils import timezone

    from thuis.live.models import Job
    from thuis.live.operations import health

    def told() -> tuple[int, dict[str, Any]]:
        answer = filled.get("/live/health")
        return answer.status_code, json.loads(answer.content)

    assert told() == (200, {"status": "pass", "checks": dict.fromkeys(health.state(), "pass")})
    Job.objects.filter(done_at=None).update(due_at=timezone.now() - timedelta(hours=1))
    assert told()[1]["checks"]["work"] == "warn"
    now = timezone.now()
    monkeypatch.setattr("thuis.live.operations.health.timezone.now", lambda: now - timedelta(days=1))
    assert told()[1]["checks"]["clock"] == "warn"
    monkeypatch.setattr(settings, "PUBLIC", served() / "nowhere")
    status, found = told()
    assert (status, found["status"], found["checks"]["pages"]) == (503, "fail", "fail")


def test_numbers_are_for_who_may_see_them(filled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    page = filled.get("/live/metrics").content.decode()
    assert 'thuis_submissions{state="accepted"} 1\n' in page
    assert "thuis_up" in page
    assert "@" not in page
    assert filled.get("/live/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    assert filled.get("/live/metrics", REMOTE_ADDR="192.0.2.1").status_code == 404
    monkeypatch.setenv("THUIS_LIVE_METRICS_TOKEN", "a long token")
    assert filled.get("/live/metrics").status_code == 404
    headers = {"Authorization": "Bearer a long token", "X-Forwarded-For": "192.0.2.1"}
    assert filled.get("/live/metrics", headers=headers).status_code == 200


def test_every_field_that_may_tell_of_somebody_is_in_the_register(client: Any) -> None:
    from django.apps import apps
    from django.db import models

    from thuis.live.privacy import PERSONAL, as_markdown

    told = as_markdown()
    for model in apps.get_app_config("live").get_models():
        assert f"## {model.__name__}\n" in told
        for field in model._meta.local_fields:
            name = f"{model.__name__}.{field.name}"
            if isinstance(field, models.EmailField | models.TextField | models.GenericIPAddressField):
                assert name in PERSONAL, f"say in PERSONAL of whom {name} tells"
            assert f"| {field.name} | {type(field).__name__} |" in told
    own = apps.get_app_config("live").get_models()
    fields = {f"{each.__name__}.{field.name}" for each in own for field in each._meta.local_fields}
    assert not set(PERSONAL) - fields


def test_changes_are_seen_told_and_asked_for(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is published changes: added, changed, removed, and since when."""
    from urllib.parse import quote

    from thuis.live.api import changes, shelf, views

    first = changes.here()
    assert changes.note() == len(first.documents)
    assert changes.note() == 0
    start = json.loads(client.get("/hsds/3.1/changes?per_page=1000").content)
    assert {each["what"] for each in start["contents"]} == {"added"}
    gone, other = first.documents[0], {**first.documents[1], "description": "Nu anders."}
    now = shelf.Shelf(shelf.build(first.index.records[1:]), (other, *first.documents[2:]), first.day)
    monkeypatch.setattr(changes, "here", lambda **_: now)
    before = views._utc(changes.Change.objects.latest("pk").at)
    assert changes.note() == 2
    told = json.loads(client.get(f"/hsds/3.1/changes?after={start['next']}").content)
    assert [(each["what"], each["service_id"]) for each in told["contents"]] == [
        ("changed", other["id"]),
        ("removed", gone["id"]),
    ]
    assert client.get(f"/hsds/3.1/services/{gone['id']}").status_code == 410
    since = quote(changes.Change.objects.latest("pk").at.isoformat())
    page = json.loads(client.get(f"/hsds/3.1/services?modified_after={since}").content)
    assert [each["id"] for each in page["contents"]] == [other["id"]]
    assert before <= page["contents"][0]["last_modified"]
    feed = client.get("/hsds/3.1/changes.atom").content.decode()
    assert 'term="removed"' in feed


def test_webhooks_are_signed_tried_again_and_told_once(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import base64
    import hmac
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    from thuis.live.api import changes

    heard: list[tuple[dict[str, str], bytes]] = []
    answers = [500, 302, 204, 204]

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((dict(self.headers), body))
            self.send_response(answers[len(heard) - 1])
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    for wrong in ("http://elders.example/x", "ftp://x/y", "https://", "https://a:b@elders.example/", "x"):
        with pytest.raises(ThuisError, match="cannot be a webhook"):
            changes.register(wrong)
    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        hook = changes.register(f"http://127.0.0.1:{server.server_port}/hook")
        number = changes.note()
        assert do_work() == (0, 1)
        assert do_work(90 / 86400) == (0, 1)
        assert do_work(1) == (1, 0)
        assert do_work(2) == (0, 0)
        server.shutdown()
    assert len(heard) == 3
    headers, body = heard[-1]
    key = base64.b64decode(changes.shown(hook).removeprefix("whsec_"))
    signed = f"{headers['Webhook-Id']}.{headers['Webhook-Timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    assert headers["Webhook-Signature"] == f"v1,{wanted}"
    assert len(json.loads(body)["contents"]) == min(number, changes.MOST)
    assert len({each["Webhook-Id"] for each, _ in heard}) == 1
