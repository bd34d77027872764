"""``thuis columns``: what a survey file holds, before a project is made of it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from thuis.cli import fail
from thuis.errors import ThuisError


@click.command("columns")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--find", default="", help="Only columns with these letters in their name or label.")
@click.option("--encoding", help="Encoding of the file; found by its bytes when left out.")
@click.option("--delimiter", help="Mark between the fields of a CSV; found when left out.")
@click.option("--html", "out", type=click.Path(path_type=Path), help="Write a page instead.")
@click.option("--json", "as_json", is_flag=True, help="For a machine.")
def command(
    file: Path, find: str, encoding: str | None, delimiter: str | None, out: Path | None, *, as_json: bool
) -> None:
    """Show the columns of FILE: names, labels, codes with their number of rows, and likely roles."""
    from thuis.formats import Written
    from thuis.starter.columns import describe, page
    from thuis.starter.dialect import dialect

    try:
        seen = dialect(file)
        how = Written(encoding or seen.encoding, delimiter or seen.delimiter)
        found = list(describe(file, how, find))
    except ThuisError as error:
        fail(error, as_json)
    if out:
        out.write_text(page(file.name, found), "utf-8")
        click.echo(f"wrote {out}")
    elif as_json:
        click.echo(json.dumps([each.as_dict() for each in found], indent=2, ensure_ascii=False))
    else:
        for each in found:
            click.echo("\n".join(each.lines()))
        click.echo(f"{len(found)} columns of {file.name}")
