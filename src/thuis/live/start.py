"""Make a folder for the service, make Django ready for it, and run it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from urllib.parse import urlsplit

from thuis.errors import Place, ThuisError
from thuis.live.config import (
    DATABASE_VARIABLE,
    FOLDER_VARIABLE,
    NAME,
    TEMPLATE,
    Config,
    make_secret,
    read_config,
    secret_of,
)

_TABLES = 7_468_757
"""The number by which processes on one PostgreSQL know that tables are changed."""
_RULES = Path(__file__).parent / "rules"


def init(folder: Path, public: Path | None = None, database: str | None = None) -> list[str]:
    """Make a folder for the service: configuration, secret, rules. What stands is left as it is.

    :param public: the folder that ``thuis build`` wrote; ``FOLDER/public`` unless told.
    :param database: written down too, unless there is a password in it.
    :returns: the names of what was made.
    :raises ThuisError: when what stands names another database, which would go on being used.
    """
    if _open(database) and (folder / NAME).exists() and read_config(folder).database != database:
        where, step = Place(str(folder / NAME), key="database"), f'write database = "{_open(database)}" there'
        raise ThuisError("this folder has a live.toml already, with another database", where, step=step)
    folder.mkdir(parents=True, exist_ok=True)
    named = "public" if public is None else str(public.resolve())
    made = []
    texts = {
        NAME: TEMPLATE.replace("{public}", _quoted(named)).replace("{database}", _quoted(_open(database))),
        "rules.yaml": (_RULES / "rules.yaml").read_text("utf-8"),
    }
    for name, text in texts.items():
        if not (folder / name).exists():
            (folder / name).write_text(text, "utf-8")
            made.append(name)
    if not (folder / "secret.key").exists():
        make_secret(folder)
        made.append("secret.key")
    return made


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _open(database: str | None) -> str:
    """What of a database's address may stand in a file."""
    return "" if database is None or "password=" in database or urlsplit(database).password else database


def ready(folder: Path, database: str | None = None) -> Config:
    """Make Django ready for a folder.

    :raises ThuisError: when the folder is none, or something in its configuration is wrong.
    """
    found = read_config(folder)
    secret_of(folder)
    if database is not None:
        os.environ[DATABASE_VARIABLE] = database
    os.environ[FOLDER_VARIABLE] = str(folder.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuis.live.settings"
    import django

    django.setup()
    return found


def check_public(folder: Path, config: Config) -> None:
    """Raise when there are no pages to serve."""
    public = folder / config.public
    if not (public / "data" / "monitor.json").is_file():
        where = Place(str(folder / NAME), key="public")
        step = "thuis build PROJECT, then name its public folder here"
        raise ThuisError(f"{public} holds no built monitor", where, step=step)


def migrate() -> None:
    """Bring the database to the tables of this version."""
    from django.core.management import call_command

    with _alone():
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _alone() -> Iterator[None]:
    """Be the only process that changes the tables; others wait, and find it done."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_TABLES])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_TABLES])
        return
    handle = os.open(settings.HOME, os.O_RDONLY)
    try:
        flock(handle, LOCK_EX)
        yield
    finally:
        os.close(handle)


def warm() -> None:
    """Read all that is served: what is wrong with it is said at the start, and processes share it.

    :raises ThuisError: for the data folder, the rules or ``postcodes.csv``.
    """
    from django.db import connections

    from thuis.live.api.postcodes import postcodes
    from thuis.live.rules import rules
    from thuis.live.served import served
    from thuis.live.visitors import COUNTS

    for each in (rules, postcodes, served):
        each()
    # What a first search works out for all that follow: else each process does, while its visitor waits.
    served().shelf.found("koffie")
    # Made here, before processes part, so that they count together.
    COUNTS.clear()
    # No process of the server may speak over a connection that it shares with another.
    connections.close_all()


def run(host: str, port: int, workers: int, threads: int) -> None:
    """Serve until told to stop; what was begun is finished first."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            options = {
                "bind": f"{host}:{port}",
                "workers": workers,
                "threads": threads,
                "worker_class": "gthread",
                "graceful_timeout": 20,
                "timeout": 120,
                "limit_request_line": 4094,
                "limit_request_fields": 60,
                "preload_app": False,
                "control_socket_disable": True,
            }
            for name, value in options.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> object:
            from thuis.live.wsgi import application

            return application

    sys.argv = ["thuis"]
    Server().run()
