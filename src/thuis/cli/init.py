"""``thuis init``: a project folder that builds as it stands."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from thuis.cli import fail
from thuis.errors import ThuisError


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="Your survey file: .sav, .zsav, .por, .dta, .csv or .parquet.",
)
@click.option("--wave", default="", help="Name of the wave; this year when left out.")
@click.option("--weight", help="Column with the weights; guessed from its name when left out.")
@click.option("--strata", help="Column with the strata.")
@click.option("--psu", help="Column with the primary sampling units.")
@click.option("--by", multiple=True, help="Column to break figures down by; may be repeated.")
@click.option("--indicator", "indicators", multiple=True, help="Column to show; may be repeated.")
def command(
    folder: Path,
    source: Path | None,
    wave: str,
    by: tuple[str, ...],
    indicators: tuple[str, ...],
    **design: str | None,
) -> None:
    """Start a project in FOLDER from a survey file of your own, or with made-up respondents to try."""
    from thuis.starter import start

    try:
        started = start(folder, source, wave=wave, design=design, by=by, indicators=indicators)
    except ThuisError as error:
        fail(error)
    for path in started.files:
        click.echo(f"wrote {path}")
    for role in started.evidence:
        click.echo(role.line())
    named = shlex.quote(str(folder))
    click.echo(f"next: thuis check {named}, then thuis serve {named}")
