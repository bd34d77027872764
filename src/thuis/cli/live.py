"""``thuis live``: the same pages, where people add, correct, ask and answer."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thuis.cli import counted
from thuis.cli.options import PATH
from thuis.errors import ThuisError

if TYPE_CHECKING:
    from thuis.live.config import Config

FOLDER = click.argument("folder", type=PATH)
OTHER = "postgresql://user@host/name; SQLite in FOLDER unless told."
DATABASE = click.option("--database", help=OTHER)


def ready(folder: Path, database: str | None = None) -> Config:
    """Make Django ready for a folder.

    :raises ThuisError: without the extra ``live``, or for a folder that is none.
    """
    try:
        from thuis.live.start import ready as make_ready

        return make_ready(folder, database)
    except ModuleNotFoundError as error:
        raise ThuisError(f"the live service needs {error.name}", step="pip install 'thuis[live]'") from error


class OfFolder(click.Command):
    """A command about a folder, for which Django is ready when it begins."""

    def __init__(self, name: str | None, **named: Any) -> None:
        folder = click.Argument(["folder"], type=PATH)
        database = click.Option(["--database"], help=OTHER)
        named["params"] = [folder, *named["params"], database]
        super().__init__(name, **named)

    def invoke(self, ctx: click.Context) -> Any:
        """Make Django ready, and run the command."""
        ready(ctx.params.pop("folder"), ctx.params.pop("database"))
        return super().invoke(ctx)


class Said(click.Group):
    """Commands that say in one line what is wrong with the database."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command.

        :raises ThuisError: when the database cannot be reached, or has no tables yet.
        """
        try:
            return super().invoke(ctx)
        except Exception as error:
            if not away(error):
                raise
            raise ThuisError(told(error), step=STEP) from error


STEP = "start the database, or name another by --database or in live.toml; thuis live init makes its tables"


def away(error: Exception) -> bool:
    """Whether an error says that there is no database, or none that is ready (Django may not be there)."""
    known = ("OperationalError", "InterfaceError", "ProgrammingError")
    return type(error).__module__ == "django.db.utils" and type(error).__name__ in known


def told(error: Exception) -> str:
    """The first line of what the database said."""
    return f"the database cannot be used: {str(error).strip().partition(chr(10))[0]}"


@click.group("live", cls=Said)
def command() -> None:
    """The live service: people submit, correct, comment and decide, beside the built pages."""


@command.command("init")
@FOLDER
@click.option("--public", type=PATH, help="The folder that thuis build wrote.")
@DATABASE
def init(folder: Path, public: Path | None, database: str | None) -> None:
    """Make FOLDER ready: configuration, a secret key that only you can read, rules, and the database."""
    from thuis.live.start import init as make
    from thuis.live.start import migrate

    made = make(folder, public, database)
    ready(folder, database)
    migrate()
    click.echo(f"made {', '.join(made) or 'nothing new'} and the database in {folder}")


@command.command("run")
@FOLDER
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(1, 65535), help="Port.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="In each process.")
@DATABASE
def run(folder: Path, host: str, port: int, workers: int, threads: int, database: str | None) -> None:
    """Serve the pages of FOLDER, and what people do there."""
    from thuis.live.start import check_public, migrate, warm
    from thuis.live.start import run as serve

    check_public(folder, ready(folder, database))
    migrate()
    warm()
    click.echo(f"serving http://{host}:{port}/  (stop with Ctrl-C)")
    serve(host, port, workers, threads)


@command.command("work", cls=OfFolder)
@click.option("--every", type=click.IntRange(1, 3600), help="Go on, and look again after so many seconds.")
def work(every: int | None) -> None:
    """Do what waits: mail, reminders, deletion, publication. Run it from a timer, every minute."""
    from thuis.live.api.changes import note
    from thuis.live.jobs import work as do
    from thuis.live.privacy import tidy

    while True:
        try:
            tidy()
            done, failed = do()
            if note():
                again = do()
                done, failed = done + again[0], failed + again[1]
        except Exception as error:
            if not every or not away(error):
                raise
            click.echo(f"{told(error)}; again in {every} s", err=True)
        else:
            if done or failed or not every:
                click.echo(f"{counted(done, 'job')} done, {failed} to be tried again")
        if not every:
            return
        time.sleep(every)


@command.command("staff", cls=OfFolder)
@click.argument("email")
@click.option("--role", "roles", multiple=True, help="moderator, editor, data-officer or admin.")
@click.option("--organisation", help="Key of the organisation the roles are for; all unless told.")
@click.option("--language", default="", help="Of the page behind the link; the monitor's first unless told.")
def staff(
    email: str,
    roles: tuple[str, ...],
    organisation: str | None,
    language: str,
) -> None:
    """Let EMAIL work here: make the account and print the link by which its owner sets a password."""
    from thuis.live.team import add

    click.echo(add(email, roles, organisation, language))


@command.command("fields")
@FOLDER
def fields(folder: Path) -> None:
    """Print the register of stored fields, as Markdown."""
    ready(folder)
    from thuis.live.privacy import as_markdown

    click.echo(as_markdown(), nl=False)


@command.command("rights", cls=OfFolder)
def rights() -> None:
    """Print who of the staff may do what, as CSV."""
    from thuis.live.team import rights as table

    click.echo(table(), nl=False)


@command.command("promises", cls=OfFolder)
def promises() -> None:
    """Print the accepted promises as lines for the project's commitments.csv."""
    from thuis.live.promises import as_ledger

    click.echo(as_ledger(), nl=False)


@command.command("backup", cls=OfFolder)
@click.argument("file", type=PATH)
@click.option("--with-secret", is_flag=True, help="The secret key too: keep such a copy as you keep the key.")
def backup(file: Path, with_secret: bool) -> None:
    """Copy database and settings of FOLDER to FILE, also while the service runs."""
    from thuis.live.operations.backup import backup as write

    counts = write(file, with_secret)
    click.echo(f"{counted(sum(counts.values()), 'row')} of {counted(len(counts), 'table')} in {file}")


@command.command("restore")
@FOLDER
@click.argument("file", type=PATH)
@click.option("--erased", type=PATH, help="erased.log of the folder that ran: who was erased since.")
@DATABASE
def restore(folder: Path, file: Path, erased: Path | None, database: str | None) -> None:
    """Put the copy in FILE back: into FOLDER, where files that are there stay, and an empty database.

    Who was erased since the copy was made is erased again, by the erased.log that is in FOLDER or named.
    """
    from thuis.live.config import SECRET, make_secret
    from thuis.live.operations.backup_files import restore_files

    made = restore_files(file, folder)
    if not (folder / SECRET).exists():
        make_secret(folder)
        click.echo("a new secret key: second factors and links in mail that was sent are void", err=True)
    ready(folder, database)
    from thuis.live.erased import NAME, noted
    from thuis.live.operations.backup import restore as fill
    from thuis.live.operations.person import erase_again

    logs = [each for each in (folder / NAME, erased) if each and (each == erased or each.is_file())]
    gone = noted(logs)
    counts = fill(file)
    click.echo(f"{counted(sum(counts.values()), 'row')} put back, and {', '.join(made) or 'no files'}")
    if not erased and (NAME in made or not logs):
        click.echo(
            f"of who was erased since this copy nothing is known: name its {NAME} by --erased", err=True
        )
    click.echo(f"erased again: {', '.join(erase_again(gone)) or 'nobody'}")


@command.command("export", cls=OfFolder)
@click.argument("person")
def export(person: str) -> None:
    """Print all that is kept of PERSON as JSON: an address for mail, "user 3" or "submitter 12"."""
    from thuis.live.operations.person import export as told

    click.echo(told(person), nl=False)


@command.command("erase", cls=OfFolder)
@click.argument("person")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(person: str, yes: bool) -> None:
    """Erase PERSON: address, names with comments, waiting mail, account. Decisions stay, without a name."""
    from thuis.live.operations.person import erase as forget
    from thuis.live.operations.person import found

    people = ", ".join(f"{each._meta.model_name} {each.pk}" for each in found(person))
    if not yes:
        click.confirm(f"erase {people}", abort=True)
    click.echo(f"erased: {', '.join(forget(person))}")


@command.command("health", cls=OfFolder)
def health() -> None:
    """Say how each part is; ends with 1 when one that is needed fails."""
    from thuis.live.operations.health import state

    found = state()
    for name, how in found.items():
        click.echo(f"{name}: {how}")
    if "fail" in found.values():
        raise SystemExit(1)


@command.command("webhook", cls=OfFolder)
@click.argument("url", required=False)
@click.option("--remove", metavar="ID", help="Tell this one no longer.")
def webhook(url: str | None, remove: str | None) -> None:
    """Tell URL of every change in the directory from now on; without URL, show who is told."""
    from thuis.live.api.changes import register, shown, unregister
    from thuis.live.models import Webhook

    if remove:
        unregister(remove)
    if url:
        made = register(url)
        click.echo(f"{made.pk}\nsecret, shown this once: {shown(made)}")
        return
    for each in Webhook.objects.order_by("made_at"):
        click.echo(f"{each.pk}  {each.url}  {each.fault or 'told up to change ' + str(each.after)}")
