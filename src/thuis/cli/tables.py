"""``thuis tables``: a book of tables of a built monitor."""

from __future__ import annotations

from pathlib import Path

import click

from thuis.cli.options import PATH


@click.command("tables")
@click.argument("folder", type=PATH)
@click.option("--out", type=PATH, required=True, help="The file: .xlsx or .ods.")
@click.option("--language", help="A language of the monitor; its first unless given.")
@click.option("--layout", type=PATH, help="A tables.yaml: which tables, in which order.")
def command(folder: Path, out: Path, language: str | None, layout: Path | None) -> None:
    """Make the book of tables of the monitor in FOLDER: a project, a built monitor or its data folder.

    Every indicator by every breakdown, with interval, n, tested differences as letters, wording and notes.
    What is withheld stays withheld, with its reason.
    """
    from thuis.handover.book import tables
    from thuis.handover.layout import read_layout
    from thuis.handover.ods import ods
    from thuis.handover.write import data_folder, deliver
    from thuis.handover.xlsx import xlsx

    data = data_folder(folder)
    chosen = read_layout(layout, data) if layout else None
    made = {
        ".xlsx": lambda: xlsx(tables(data, language, chosen)),
        ".ods": lambda: ods(tables(data, language, chosen)),
    }
    deliver(out, made)
    click.echo(str(out))
