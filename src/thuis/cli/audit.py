"""``thuis audit``: attack what was built, and what two releases say together."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import click

from thuis.cli import fail
from thuis.errors import ThuisError
from thuis.language import LANGUAGES


@click.command("audit")
@click.argument("folder", type=click.Path(path_type=Path), default="public")
@click.option("--against", type=click.Path(path_type=Path), help="An earlier release: its folder or zip.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="Also write the report to this file.")
@click.option("--json", "as_json", is_flag=True, help="Report for a machine.")
def command(folder: Path, against: Path | None, language: str, out: Path | None, as_json: bool) -> None:
    """Attack the monitor built in FOLDER, a site, a data folder or a released zip, as an outsider would.

    Ends with status 1 when something is known too well.
    """
    from thuis.audit import as_dict, attack, compare, markdown, read

    try:
        published = read(folder)
        before = read(against) if against else None
    except ThuisError as error:
        fail(error, as_json)
    found = attack(published) + (compare(before, published) if before else [])
    record = as_dict(published, before, found)
    digest = hashlib.sha256(
        json.dumps([[f.id, sorted(map(repr, f.cells.items()))] for f in published.figures]).encode()
    ).hexdigest()
    text = markdown(published, before, found, language, digest)
    if out:
        out.write_text(text, "utf-8")
    click.echo(json.dumps(record, indent=2, ensure_ascii=False) if as_json else text)
    if found:
        raise SystemExit(1)
