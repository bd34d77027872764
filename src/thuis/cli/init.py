"""``thuis init``: a project folder that builds as it stands."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thuis.cli.options import DECIMAL, DELIMITER, ENCODING, PATH, SHEET, THOUSANDS

if TYPE_CHECKING:
    from thuis.starter.roles import Role


def _asked(role: Role) -> str | None:
    """The column the user wants for a role: the guess, another, or none."""
    click.echo(role.line())
    if role.role == "wave":
        when: str = click.prompt("the year in which people were asked, or a name", default=role.column)
        return when.strip()
    said: str = click.prompt(f"column for the {role.role}, or - for none", default=role.column or "-")
    return None if said.strip() == "-" else said.strip()


@click.command("init")
@click.argument("folder", type=PATH)
@click.argument("files", type=PATH, nargs=-1)
@click.option(
    "--from",
    "source",
    type=PATH,
    help="Your survey file: .sav, .zsav, .por, .dta, .xpt, .sas7bdat, .csv, .tsv, .txt, .parquet, "
    ".xlsx or .ods.",
)
@click.option("--wave", default="", help="Name of the wave; found by years in the file when left out.")
@click.option("--weight", help="Column with the weights, - for none; guessed from its name when left out.")
@click.option("--strata", help="Column with the strata, - for none.")
@click.option("--psu", help="Column with the primary sampling units, - for none.")
@ENCODING
@DELIMITER
@SHEET
@DECIMAL
@THOUSANDS
@click.option("--codebook", help="A DDI file about it: labels, wordings, missing codes.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing: take every guess.")
@click.option("--by", multiple=True, help="Column to break figures down by; may be repeated.")
@click.option("--without", help="Rows to leave out, such as totals: COLUMN=VALUE, several apart by ;")
@click.option("--indicator", "indicators", multiple=True, help="Column to show; may be repeated.")
def command(
    folder: Path,
    files: tuple[Path, ...],
    source: Path | None,
    wave: str,
    by: tuple[str, ...],
    indicators: tuple[str, ...],
    *,
    yes: bool,
    **design: str | None,
) -> None:
    """Start a project in FOLDER from FILES, survey files of your own, or with made-up respondents to try.

    Several files are the waves of one monitor, each with its year in its name. In a terminal you are asked
    about every guess that changes a number; --yes takes them all.
    """
    from thuis.starter import start

    sources = (*files, *([source] if source else []))
    ask = _asked if sources and not yes and sys.stdin.isatty() else None
    started = start(folder, *sources, wave=wave, design=design, by=by, indicators=indicators, ask=ask)
    for path in started.files:
        click.echo(f"wrote {path}")
    for remark in started.remarks:
        click.echo(remark)
    if started.shown:
        click.echo(started.shown)
    for role in started.evidence:
        click.echo(role.line())
    named = shlex.quote(str(folder))
    click.echo(f"next: thuis check {named}, then thuis serve {named}")
