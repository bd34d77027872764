"""``thuis audit``: attack what was built, and what its releases say together."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thuis.cli import fail
from thuis.errors import ThuisError
from thuis.language import LANGUAGES

if TYPE_CHECKING:
    from thuis.audit import Published


@click.command("audit")
@click.argument("folder", type=click.Path(path_type=Path), default="public")
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A further release: its folder or zip. Those in releases/ of FOLDER are compared by themselves.",
)
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="Also write the report to this file.")
@click.option("--json", "as_json", is_flag=True, help="Report for a machine.")
def command(folder: Path, against: tuple[Path, ...], language: str, out: Path | None, as_json: bool) -> None:
    """Attack the monitor built in FOLDER, a site, a data folder or a released zip, as an outsider would.

    Every release whose zip is public with it is compared too, with FOLDER and with the release before it.
    Ends with status 1 when something is known too well.
    """
    from thuis.audit import as_dict, attack, beside, markdown, over_releases, read

    try:
        published = read(folder)
        earlier = [read(each) for each in dict.fromkeys([*beside(folder), *against])]
    except ThuisError as error:
        fail(error, as_json)
    found = attack(published) + over_releases(published, earlier)
    record = as_dict(published, earlier, found)
    text = markdown(published, earlier, found, language, _digest(published))
    if out:
        out.write_text(text, "utf-8")
    click.echo(json.dumps(record, indent=2, ensure_ascii=False) if as_json else text)
    if found:
        raise SystemExit(1)


def _digest(published: Published) -> str:
    cells = [[each.id, sorted(map(repr, each.cells.items()))] for each in published.figures]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()
