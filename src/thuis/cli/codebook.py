"""``thuis codebook``: the documentation of a monitor's variables, as archives want it."""

from __future__ import annotations

from pathlib import Path

import click

from thuis.cli.options import PATH, PROJECT
from thuis.errors import ThuisError
from thuis.files import put


@click.command("codebook")
@PROJECT
@click.option("--out", type=PATH, required=True, help="File to write, such as codebook.xml.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(folder: Path, out: Path, *, force: bool) -> None:
    """Write the codebook of the project in FOLDER as DDI-Codebook 2.5.

    It has waves, variables, questions, answers and how answers were weighted; no row of microdata, and no
    name of a file or of its columns.
    """
    from thuis.errors import Place
    from thuis.project import load_project
    from thuis.publish.codebook import codebook

    if out.exists() and not force:
        step = "name another, or add --force"
        raise ThuisError("the file is there already", Place(str(out)), step=step)
    project = load_project(folder)
    put(out, codebook(project))
    click.echo(f"wrote {out}: DDI-Codebook 2.5, {len(project.waves)} waves")
