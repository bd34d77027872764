"""``live.toml``: the few things an administrator decides; secrets come from files of their own or the
environment."""

from __future__ import annotations

import os
import secrets
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field

from thuis.contract.base import Strict
from thuis.errors import Place, ThuisError
from thuis.yaml.faults import as_model
from thuis.yaml.located import Located

NAME = "live.toml"
SECRET = "secret.key"
FOLDER_VARIABLE = "THUIS_LIVE"
DATABASE_VARIABLE = "THUIS_LIVE_DATABASE"
SECRET_VARIABLE = "THUIS_LIVE_SECRET_KEY"
MAIL_VARIABLE = "THUIS_LIVE_MAIL_PASSWORD"


class Mail(Strict):
    """How mail goes out; without a host it is written to ``mail/`` in the folder."""

    sender: str = "thuis@localhost"
    host: str = ""
    port: int = Field(default=587, ge=1, le=65535)
    user: str = ""
    tls: bool = True


class Keep(Strict):
    """Days that things are kept: addresses after the decision, what nobody confirmed, screenings."""

    submitter: int = Field(default=30, ge=1, le=3650)
    unconfirmed: int = Field(default=7, ge=1, le=365)
    screening: int = Field(default=30, ge=1, le=365)


class Limits(Strict):
    """What one visitor may ask of the machine: bytes of a file, seconds to read it, forms in an hour,
    questions of the API in a minute."""

    upload: int = Field(default=5_000_000, ge=10_000, le=100_000_000)
    seconds: int = Field(default=20, ge=1, le=300)
    forms: int = Field(default=30, ge=1)
    api: int = Field(default=600, ge=1)


class Oidc(Strict):
    """An identity provider of the organisation, for staff; its secret comes from the environment.

    ``two_factors`` says that the provider itself asks everybody for a second factor.
    """

    name: str = ""
    server: str = ""
    client: str = ""
    two_factors: bool = False

    def providers(self, secret: str) -> dict[str, Any]:
        """The provider as django-allauth takes it; nothing where there is none."""
        if not self.server:
            return {}
        app = {
            "provider_id": "staff",
            "name": self.name or "OIDC",
            "client_id": self.client,
            "secret": secret,
            "settings": {"server_url": self.server},
        }
        return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


class Config(Strict):
    """All of ``live.toml``.

    ``public`` is the folder that ``thuis build`` wrote, below the service's folder unless it is absolute.
    ``address`` is the service's own, as its visitors write it; ``proxies`` says how many proxies stand
    before it, each of which adds the visitor's address to ``X-Forwarded-For``.
    """

    public: str = "public"
    address: str = "http://127.0.0.1:8765"
    hosts: tuple[str, ...] = ()
    database: str = ""
    rules: str = "rules.yaml"
    security_contact: str = ""
    proxies: int = Field(default=0, ge=0, le=5)
    mail: Mail = Mail()
    keep: Keep = Keep()
    limits: Limits = Limits()
    oidc: Oidc = Oidc()

    @property
    def secure(self) -> bool:
        """Whether visitors come by https."""
        return urlsplit(self.address).scheme == "https"

    @property
    def names(self) -> tuple[str, ...]:
        """Host names it answers to."""
        own = urlsplit(self.address).hostname or ""
        return tuple(dict.fromkeys((*([own] if own else ()), "localhost", "127.0.0.1", "[::1]", *self.hosts)))


TEMPLATE = """\
# The live service of a monitor. Every setting with its meaning: docs/how-to/live.md.
public = "{public}"
address = "http://127.0.0.1:8765"
proxies = 0
database = "{database}"
security_contact = ""

[mail]
sender = "thuis@localhost"
host = ""

[keep]
submitter = 30
unconfirmed = 7
screening = 30
"""


def read_config(folder: Path) -> Config:
    """The configuration of a service's folder.

    :raises ThuisError: when there is none, or with everything wrong in it.
    """
    path = folder / NAME
    if not path.is_file():
        step = f"thuis live init {folder} makes one"
        raise ThuisError("there is no live service here", Place(str(path)), step=step)
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ThuisError(f"this is no TOML: {error}", Place(str(path))) from error
    found = as_model(Located(str(path), raw), Config)
    if urlsplit(found.address).scheme not in ("http", "https") or not urlsplit(found.address).hostname:
        raise ThuisError(f"{found.address!r} is no address", Place(str(path), key="address"), "https://host")
    return found


def secret_of(folder: Path) -> str:
    """The secret that signs links and sessions: of the environment, or the file that ``init`` made.

    :raises ThuisError: when there is none, it is short, or others can read it.
    """
    given = os.environ.get(SECRET_VARIABLE, "")
    path = folder / SECRET
    if not given:
        if not path.is_file():
            step = f"thuis live init {folder}, or set {SECRET_VARIABLE}"
            raise ThuisError("there is no secret key", Place(str(path)), step=step)
        if path.stat().st_mode & 0o077:
            raise ThuisError("others can read the secret key", Place(str(path)), step=f"chmod 600 {path}")
        given = path.read_text("ascii").strip()
    if len(given) < 50:
        raise ThuisError("the secret key is short", Place(str(path)), "50 signs or more")
    return given


def make_secret(folder: Path) -> None:
    """A secret in the folder that only its owner can read; one that stands is left."""
    path = folder / SECRET
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64) + "\n")


def database_of(folder: Path, config: Config) -> dict[str, Any]:
    """The database for Django: SQLite in the folder, or the PostgreSQL that a URL names.

    :raises ThuisError: for a URL of anything else.
    """
    url = os.environ.get(DATABASE_VARIABLE) or config.database
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "live.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=wal; PRAGMA synchronous=full",
            },
        }
    if not url.startswith(("postgresql://", "postgres://")):
        where = Place(str(folder / NAME), key="database")
        raise ThuisError(f"{url.partition(':')[0]!r} is no database", where, "postgresql://user@host/name")
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        where = Place(str(folder / NAME), key="database")
        raise ThuisError(f"this URL of a database cannot be read: {error}", where) from error
    own = {key: str(parts.pop(key, "") or "") for key in ("dbname", "user", "password", "host", "port")}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": own["dbname"],
        "USER": own["user"],
        "PASSWORD": own["password"],
        "HOST": own["host"],
        "PORT": own["port"],
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
    }
