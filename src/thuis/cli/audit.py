"""``thuis audit``: attack what was built, and what its releases say together."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thuis.cli.options import JSON, LANGUAGE, PATH, tell
from thuis.files import put

if TYPE_CHECKING:
    from thuis.audit import Published


@click.command("audit")
@click.argument("folder", type=PATH, default="public")
@click.option(
    "--against",
    type=PATH,
    multiple=True,
    help="A further release: its folder or zip. Those in releases/ of FOLDER are compared by themselves.",
)
@LANGUAGE
@click.option("--out", type=PATH, help="Also write the report to this file.")
@JSON
def command(folder: Path, against: tuple[Path, ...], language: str, out: Path | None, as_json: bool) -> None:
    """Attack the monitor of FOLDER, a project, a site, a data folder or a released zip, as an outsider would.

    Every release whose zip is public with it is compared too, with FOLDER and with the release before it.
    Ends with status 1 when something is known too well.
    """
    from thuis.audit import as_dict, attack, attack_files, beside, markdown, over_releases, read

    published = read(folder)
    earlier = [read(each) for each in dict.fromkeys([*beside(folder), *against])]
    files = attack_files(folder, published)
    found = attack(published) + files.weak + over_releases(published, earlier)
    record = as_dict(published, earlier, found, files.unread)
    text = markdown(published, earlier, found, language, _digest(published), files.unread)
    if out:
        put(out, text)
    if as_json:
        tell(record)
    else:
        click.echo(text)
    if found:
        raise SystemExit(1)


def _digest(published: Published) -> str:
    cells = [[each.id, sorted(map(repr, each.cells.items()))] for each in published.figures]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()
