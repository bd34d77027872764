"""``thuis live``, for who runs the machine: copies, a person's data, health, webhooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thuis.cli import counted
from thuis.cli.options import PATH
from thuis.errors import ThuisError

if TYPE_CHECKING:
    from thuis.live.config import Config

FOLDER = click.argument("folder", type=PATH)
DATABASE = click.option("--database", help="postgresql://user@host/name; SQLite in FOLDER unless told.")


def ready(folder: Path, database: str | None = None) -> Config:
    """Make Django ready for a folder.

    :raises ThuisError: without the extra ``live``, or for a folder that is none.
    """
    try:
        from thuis.live.start import ready as make_ready

        return make_ready(folder, database)
    except ModuleNotFoundError as error:
        raise ThuisError(f"the live service needs {error.name}", step="pip install 'thuis[live]'") from error


@click.command("backup")
@FOLDER
@click.argument("file", type=PATH)
@click.option("--with-secret", is_flag=True, help="The secret key too: keep such a copy as you keep the key.")
@DATABASE
def backup(folder: Path, file: Path, with_secret: bool, database: str | None) -> None:
    """Copy database and settings of FOLDER to FILE, also while the service runs."""
    ready(folder, database)
    from thuis.live.operations.backup import backup as write

    counts = write(file, with_secret)
    click.echo(f"{counted(sum(counts.values()), 'row')} of {counted(len(counts), 'table')} in {file}")


@click.command("restore")
@FOLDER
@click.argument("file", type=PATH)
@DATABASE
def restore(folder: Path, file: Path, database: str | None) -> None:
    """Put the copy in FILE back: into FOLDER, where files that are there stay, and an empty database."""
    from thuis.live.config import SECRET, make_secret
    from thuis.live.operations.backup_files import restore_files

    made = restore_files(file, folder)
    if not (folder / SECRET).exists():
        make_secret(folder)
        click.echo("a new secret key: second factors and links in mail that was sent are void", err=True)
    ready(folder, database)
    from thuis.live.operations.backup import restore as fill

    counts = fill(file)
    click.echo(f"{counted(sum(counts.values()), 'row')} put back, and {', '.join(made) or 'no files'}")


@click.command("export")
@FOLDER
@click.argument("person")
@DATABASE
def export(folder: Path, person: str, database: str | None) -> None:
    """Print all that is kept of PERSON as JSON: an address for mail, "user 3" or "submitter 12"."""
    ready(folder, database)
    from thuis.live.operations.person import export as told

    click.echo(told(person), nl=False)


@click.command("erase")
@FOLDER
@click.argument("person")
@click.option("--yes", is_flag=True, help="Do not ask.")
@DATABASE
def erase(folder: Path, person: str, yes: bool, database: str | None) -> None:
    """Erase PERSON: address, names with comments, waiting mail, account. Decisions stay, without a name."""
    ready(folder, database)
    from thuis.live.operations.person import erase as forget
    from thuis.live.operations.person import found

    people = ", ".join(f"{each._meta.model_name} {each.pk}" for each in found(person))
    if not yes:
        click.confirm(f"erase {people}", abort=True)
    click.echo(f"erased: {', '.join(forget(person))}")


@click.command("health")
@FOLDER
@DATABASE
def health(folder: Path, database: str | None) -> None:
    """Say how each part is; ends with 1 when one that is needed fails."""
    ready(folder, database)
    from thuis.live.operations.health import state

    found = state()
    for name, how in found.items():
        click.echo(f"{name}: {how}")
    if "fail" in found.values():
        raise SystemExit(1)


@click.command("webhook")
@FOLDER
@click.argument("url", required=False)
@click.option("--remove", metavar="ID", help="Tell this one no longer.")
@DATABASE
def webhook(folder: Path, url: str | None, remove: str | None, database: str | None) -> None:
    """Tell URL of every change in the directory from now on; without URL, show who is told."""
    ready(folder, database)
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


OPERATIONS = (backup, restore, export, erase, health, webhook)
