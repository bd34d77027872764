"""``thuis columns``: what a survey file holds, before a project is made of it."""

from __future__ import annotations

from pathlib import Path

import click

from thuis.cli import counted
from thuis.cli.options import DELIMITER, ENCODING, JSON, PATH, SHEET, tell
from thuis.files import put


@click.command("columns")
@click.argument("file", type=PATH)
@click.option("--find", default="", help="Only columns with these letters in their name or label.")
@ENCODING
@DELIMITER
@SHEET
@click.option("--html", "out", type=PATH, help="Write a page instead.")
@JSON
def command(
    file: Path,
    find: str,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    out: Path | None,
    *,
    as_json: bool,
) -> None:
    """Show the columns of FILE: names, labels, codes with their number of rows, and likely roles."""
    from thuis.formats import Written
    from thuis.starter.columns import describe, page
    from thuis.starter.dialect import dialect
    from thuis.starter.overview import overview

    seen = dialect(file)
    how = Written(encoding or seen.encoding, delimiter or seen.delimiter, seen.decimal, None, sheet)
    seen_in_it = [] if as_json or find else overview(file, how)
    found = list(describe(file, how, find))
    if out:
        put(out, page(file.name, found, seen_in_it))
        click.echo(f"wrote {out}")
    elif as_json:
        tell([each.as_dict() for each in found])
    else:
        for line in seen_in_it:
            click.echo(line)
        for each in found:
            click.echo("\n".join(each.lines()))
        click.echo(f"\n{counted(len(found), 'column')} of {file.name}")
