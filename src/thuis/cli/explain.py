"""``thuis explain``: from a published number back to its question, respondents, weights and formula."""

from __future__ import annotations

from pathlib import Path

import click

from thuis.cli.options import JSON, PATH, tell
from thuis.language import LANGUAGES


@click.command("explain")
@click.argument("figure")
@click.option("--project", "folder", type=PATH, default=".", help="The project folder.")
@click.option("--wave", help="One wave; the last one that asked when left out.")
@click.option("--cell", help="Category ids joined by commas, such as 'turkish,first'. All when left out.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@JSON
def command(
    figure: str, folder: Path, wave: str | None, cell: str | None, language: str, as_json: bool
) -> None:
    """Trace FIGURE (indicator/breakdown, such as trust/generation) to where its numbers come from.

    FIGURE may also be a page of findings: findings/…, map/… or flow/…; --cell then names a group or an area.

    A withheld cell is explained by its rule and never by a number.
    """
    from thuis.monitor.explain import explain

    wanted = tuple(cell.split(",")) if cell else None
    found = explain(folder, figure, wave=wave, cell=wanted, language=language)
    if as_json:
        tell(found.as_dict())
    else:
        click.echo(found.text())
