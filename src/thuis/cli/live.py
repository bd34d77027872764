"""``thuis live``: the same pages, where people add, correct, ask and answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thuis.cli import counted
from thuis.errors import Problem, ThuisError

if TYPE_CHECKING:
    from thuis.live.config import Config

_FOLDER = click.argument("folder", type=click.Path(path_type=Path))
_DATABASE = click.option("--database", help="postgresql://user@host/name; SQLite in FOLDER unless told.")


@click.group("live")
def command() -> None:
    """The live service: people submit, correct, comment and decide, beside the built pages."""


def _ready(folder: Path, database: str | None = None) -> Config:
    try:
        from thuis.live.start import ready

        return ready(folder, database)
    except ModuleNotFoundError as error:
        raise ThuisError(
            Problem(f"the live service needs {error.name}", step="pip install 'thuis[live]'")
        ) from error


@command.command("init")
@_FOLDER
@click.option("--public", type=click.Path(path_type=Path), help="The folder that thuis build wrote.")
@_DATABASE
def init(folder: Path, public: Path | None, database: str | None) -> None:
    """Make FOLDER ready: configuration, a secret key that only you can read, rules, and the database."""
    from thuis.live.start import init as make
    from thuis.live.start import migrate

    made = make(folder, public)
    _ready(folder, database)
    migrate()
    click.echo(f"made {', '.join(made) or 'nothing new'} and the database in {folder}")


@command.command("run")
@_FOLDER
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(1, 65535), help="Port.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="In each process.")
@_DATABASE
def run(folder: Path, host: str, port: int, workers: int, threads: int, database: str | None) -> None:
    """Serve the pages of FOLDER, and what people do there."""
    from thuis.live.start import check_public, migrate
    from thuis.live.start import run as serve

    check_public(folder, _ready(folder, database))
    migrate()
    click.echo(f"serving http://{host}:{port}/  (stop with Ctrl-C)")
    serve(host, port, workers, threads)


@command.command("work")
@_FOLDER
@_DATABASE
def work(folder: Path, database: str | None) -> None:
    """Do what waits: mail, reminders, deletion, publication. Run it from a timer, every minute."""
    _ready(folder, database)
    from thuis.live.jobs import work as do

    done, failed = do()
    click.echo(f"{counted(done, 'job')} done, {failed} to be tried again")
