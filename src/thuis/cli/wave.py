"""``thuis wave``: one more wave of a project, from its survey file."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from thuis.cli.options import DECIMAL, DELIMITER, ENCODING, PATH, SHEET, THOUSANDS
from thuis.errors import ThuisError


def _named(said: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for each in said:
        variable, mark, column = each.partition("=")
        if not mark or not variable or not column:
            raise ThuisError(f"--as {each!r} names no column", expected="VARIABLE=COLUMN: --as trust=q17_3")
        found[variable] = column
    return found


@click.command("wave")
@click.argument("folder", type=PATH)
@click.argument("file", type=PATH)
@click.option(
    "--year", type=click.IntRange(1900, 2200), help="Year in which people were asked; found when left out."
)
@click.option("--wave", help="Id of the wave; its year when left out.")
@click.option("--days", help="First and last day of fieldwork: 2024-03-01/2024-05-31.")
@click.option("--weight", help="Column with the weights, - for none; as in the other waves when left out.")
@click.option("--strata", help="Column with the strata, - for none.")
@click.option("--psu", help="Column with the primary sampling units, - for none.")
@click.option(
    "--as", "columns", multiple=True, help="Column of a variable: VARIABLE=COLUMN; may be repeated."
)
@ENCODING
@DELIMITER
@SHEET
@DECIMAL
@THOUSANDS
@click.option("--codebook", help="A DDI file about it: labels and missing codes.")
@click.option("--dry-run", is_flag=True, help="Change nothing; tell what would be.")
def command(
    folder: Path,
    file: Path,
    year: int | None,
    columns: tuple[str, ...],
    *,
    dry_run: bool,
    **said: str | None,
) -> None:
    """Add FILE to the project in FOLDER as one more wave.

    Questions are found by their column or its title, answers by their labels; other words and other answers
    become breaks. Nothing is written unless the project with its new wave is right.
    """
    from thuis.starter import add_wave

    added = add_wave(folder, file, year=year, said=said, columns=_named(columns), dry=dry_run)
    for line in added.told:
        click.echo(line)
    for path in added.files:
        click.echo(f"{'would write' if dry_run else 'wrote'} {path}")
    if not dry_run:
        named = shlex.quote(str(folder))
        click.echo(f"next: thuis check {named}, then thuis serve {named}")
