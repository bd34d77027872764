"""``thuis live``: the same pages, where people add, correct, ask and answer."""

from __future__ import annotations

import time
from pathlib import Path

import click

from thuis.cli import counted
from thuis.cli.live_operations import DATABASE as _DATABASE
from thuis.cli.live_operations import FOLDER as _FOLDER
from thuis.cli.live_operations import OPERATIONS
from thuis.cli.live_operations import ready as _ready
from thuis.language import LANGUAGES


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
    from thuis.live.start import check_public, migrate, warm
    from thuis.live.start import run as serve

    check_public(folder, _ready(folder, database))
    migrate()
    warm()
    click.echo(f"serving http://{host}:{port}/  (stop with Ctrl-C)")
    serve(host, port, workers, threads)


@command.command("work")
@_FOLDER
@click.option("--every", type=click.IntRange(1, 3600), help="Go on, and look again after so many seconds.")
@_DATABASE
def work(folder: Path, every: int | None, database: str | None) -> None:
    """Do what waits: mail, reminders, deletion, publication. Run it from a timer, every minute."""
    _ready(folder, database)
    from thuis.live.api.changes import note
    from thuis.live.jobs import work as do
    from thuis.live.privacy import tidy

    while True:
        tidy()
        done, failed = do()
        if note():
            again = do()
            done, failed = done + again[0], failed + again[1]
        if done or failed or not every:
            click.echo(f"{counted(done, 'job')} done, {failed} to be tried again")
        if not every:
            return
        time.sleep(every)


@command.command("staff")
@_FOLDER
@click.argument("email")
@click.option("--role", "roles", multiple=True, help="moderator, editor, data-officer or admin.")
@click.option("--organisation", help="Key of the organisation the roles are for; all unless told.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@_DATABASE
def staff(
    folder: Path,
    email: str,
    roles: tuple[str, ...],
    organisation: str | None,
    language: str,
    database: str | None,
) -> None:
    """Let EMAIL work here: make the account and print the link by which its owner sets a password."""
    _ready(folder, database)
    from thuis.live.team import add

    click.echo(add(email, roles, organisation, language))


@command.command("fields")
@_FOLDER
def fields(folder: Path) -> None:
    """Print the register of stored fields, as Markdown."""
    _ready(folder)
    from thuis.live.privacy import as_markdown

    click.echo(as_markdown(), nl=False)


@command.command("rights")
@_FOLDER
@_DATABASE
def rights(folder: Path, database: str | None) -> None:
    """Print who of the staff may do what, as CSV."""
    _ready(folder, database)
    from thuis.live.team import rights as table

    click.echo(table(), nl=False)


@command.command("promises")
@_FOLDER
@_DATABASE
def promises(folder: Path, database: str | None) -> None:
    """Print the accepted promises as lines for the project's commitments.csv."""
    _ready(folder, database)
    from thuis.live.promises import as_ledger

    click.echo(as_ledger(), nl=False)
