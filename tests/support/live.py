"""A live service for tests: a folder, a database and the made-up site, made once for each process."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from support.monitor import INDICATORS, data_folder


@cache
def home() -> Path:
    """The folder of a service for which Django is ready; without pages yet."""
    from thuis.live.start import init, migrate, ready

    folder = Path(tempfile.mkdtemp(prefix="thuis-live-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    init(folder)
    ready(folder, os.environ.get("THUIS_TEST_DATABASE"))
    from django.contrib.auth.hashers import ScryptPasswordHasher

    # The service's own way to keep a password, at a cost that hundreds of sign-ins can bear.
    ScryptPasswordHasher.work_factor = 2**4
    migrate()
    return folder


def site(folder: Path) -> None:
    """The made-up site in the public folder of a service."""
    from thuis.site.build import build_site

    few = {name: INDICATORS[name] for name in ("voted", "discrimination-at-work")}
    data = data_folder(folder / "made" / "data", indicators=few, optional=True)
    if own := os.environ.get("THUIS_TEST_LANGUAGES", "").split():
        spoken(data, own)
    build_site(data, folder / "public", search=False)


def spoken(data: Path, languages: list[str]) -> None:
    """Let a data folder speak other languages: each text is the English one."""
    for path in data.rglob("*.json"):
        path.write_text(json.dumps(_spoken(json.loads(path.read_text("utf-8")), languages)), "utf-8")
    monitor = data / "monitor.json"
    told = json.loads(monitor.read_text("utf-8")) | {"languages": languages}
    monitor.write_text(json.dumps(told), "utf-8")


def _spoken(value: Any, languages: list[str]) -> Any:
    if isinstance(value, list):
        return [_spoken(each, languages) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"nl", "en"}:
        return dict.fromkeys(languages, value["en"])
    return {key: _spoken(each, languages) for key, each in value.items()}


@cache
def served() -> Path:
    """The folder of a service with the made-up site built into it."""
    site(home())
    return home()


@contextmanager
def own_file() -> Iterator[None]:
    """The database as it was made, in a file that no other test has: what keeps it locked, locks no other.

    A PostgreSQL server has no file to copy; there it stays the one database.
    """
    from django.db import connection

    if connection.vendor != "sqlite":
        yield
        return
    connection.close()
    made = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="thuis-database-") as folder:
        connection.settings_dict["NAME"] = shutil.copy(made, Path(folder) / "live.sqlite3")
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = made


def form(**changes: str | list[str]) -> dict[str, str | list[str]]:
    """A filled form of an invented initiative."""
    return {
        "kind": "neighbourhood",
        "name": "Taalcafé De Verzonnen Linde",
        "organization": "Stichting Verzonnen Linde",
        "description_nl": "Oefen Nederlands bij de koffie, elke dinsdag, met buren die ook willen oefenen.",
        "municipality": "Utrecht",
        "form": ["language"],
        "audience": ["neighbours"],
        "freq": "WEEKLY",
        "byday": ["TU"],
        "opens_at": "10:00",
        "closes_at": "12:00",
        "price": "free",
        "contact_role": "coördinator",
        "email": "info@linde.example",
        "submitter": "iemand@linde.example",
        "agreed": "yes",
        **changes,
    }


def link_in(body: str) -> str:
    """The path of the signed link in a mail."""
    found = re.search(r"https?://[^/]+(/\S+/live/mine/\S+)", body)
    assert found, body
    return found[1]


def worker(role: str = "moderator", name: str = "mo") -> Any:
    """Somebody of the staff with a role and a second factor."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from thuis.live.models import Role, User

    user = User.objects.create_user(f"{name}@thuis.example", f"{name}@thuis.example")
    Role.objects.create(user=user, name=role)
    TOTP.activate(user, generate_totp_secret())
    return user


def do_work(days: float = 0, *, publish: bool = False) -> tuple[int, int]:
    """Do what is due so many days from now; the folder is written only where a test looks at it."""
    from django.utils import timezone

    from thuis.live.jobs import work
    from thuis.live.models import Job

    if not publish:
        Job.objects.filter(kind="publish").delete()
    return work(now=timezone.now() + timedelta(days=days))
