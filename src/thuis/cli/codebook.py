"""``thuis codebook``: the documentation of a monitor's variables, as archives want it."""

from __future__ import annotations

from pathlib import Path

import click

from thuis.cli import fail
from thuis.errors import ThuisError


@click.command("codebook")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="File to write, such as codebook.xml."
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(folder: Path, out: Path, *, force: bool) -> None:
    """Write the codebook of the project in FOLDER as DDI-Codebook 2.5.

    It has waves, variables, questions, answers and how answers were weighted; no row of microdata, and no
    name of a file or of its columns.
    """
    from thuis.errors import Place, Problem
    from thuis.project import load_project
    from thuis.publish.codebook import codebook

    if out.exists() and not force:
        step = "name another, or add --force"
        fail(ThuisError(Problem("the file is there already", Place(str(out)), step=step)))
    try:
        project = load_project(folder)
        aside = out.with_name(f".{out.name}.part")
        aside.write_bytes(codebook(project))
        aside.replace(out)
    except ThuisError as error:
        fail(error)
    click.echo(f"wrote {out}: DDI-Codebook 2.5, {len(project.waves)} waves")
