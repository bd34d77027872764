"""``thuis live``: the same pages, where people add, correct, ask and answer."""

from __future__ import annotations

from pathlib import Path

import click

from thuis.cli import counted
from thuis.cli.live_operations import DATABASE as _DATABASE
from thuis.cli.live_operations import FOLDER as _FOLDER
from thuis.cli.live_operations import OPERATIONS
from thuis.cli.live_operations import ready as _ready


@click.group("live")
def command() -> None:
    """The live service: people submit, correct, comment and decide, beside the built pages."""


for _each in OPERATIONS:
    command.add_command(_each)


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
    from thuis.live.api.changes import note
    from thuis.live.jobs import work as do

    done, failed = do()
    if note():
        again = do()
        done, failed = done + again[0], failed + again[1]
    click.echo(f"{counted(done, 'job')} done, {failed} to be tried again")
