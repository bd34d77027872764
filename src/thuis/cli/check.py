"""``thuis check``: everything wrong in a project and its survey files, and nothing written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thuis.cli import counted

if TYPE_CHECKING:
    from thuis.project.model import Project
    from thuis.read import Microdata

KINDS = ("thuis", "waves", "breakdowns", "indicators", "findings", "variables")


@click.command("check")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--texts-only", is_flag=True, help="Check the project files, not the survey files.")
@click.option("--codebook", is_flag=True, help="Show where every variable comes from and how many answered.")
@click.option("--json", "as_json", is_flag=True, help="Problems, or the codebook, for a machine.")
@click.option("--schema", type=click.Choice(KINDS), help="Print the JSON Schema of one kind of file.")
def command(folder: Path, texts_only: bool, codebook: bool, as_json: bool, schema: str | None) -> None:
    """Check the project in FOLDER: every file, name, text, code, weight and stratum."""
    if schema:
        from thuis.project.schema import schema_of

        click.echo(json.dumps(schema_of(schema), indent=2, ensure_ascii=False))
        return
    project, microdata = _checked(folder, texts_only)
    if as_json:
        click.echo(json.dumps(_report(project, microdata), indent=2, ensure_ascii=False))
        return
    if codebook and microdata:
        click.echo(_codebook(microdata))
    from thuis.monitor.companions import own_words, to_look_at

    for remark in to_look_at(project):
        click.echo(f"look  {remark}")
    for word in own_words(project):
        click.echo(f"word  {word}")
    click.echo(_summary(project, microdata))


def _checked(folder: Path, texts_only: bool) -> tuple[Project, Microdata | None]:
    if not texts_only and any((folder / "data").glob("*.[sdz]*")):
        from thuis.apart import ahead

        ahead("thuis.formats.stat", "pyreadstat")
    from thuis.project import load_project
    from thuis.protect import ProtectionRules, structure_of

    project = load_project(folder)
    structure_of(project)
    ProtectionRules.of(project.protection)
    if texts_only:
        return project, None
    from thuis.monitor.companions import companions
    from thuis.monitor.stages import Stages, beside_key
    from thuis.monitor.standing import WORK

    # A build that made them under the same key found nothing wrong with them.
    if not Stages(folder / WORK / "stages").has("beside", beside_key(project)):
        companions(project)
    return project, _read(project)


def _read(project: Project) -> Microdata:
    """The respondents; who calibrates no weight does not wait for the survey library."""
    weights = (each for wave in project.waves for each in wave.design.weightings.values())
    if any(each.calibrate for each in weights):
        from thuis.findings.respondents import read_respondents

        return read_respondents(project)
    from thuis.read import read_waves

    return read_waves(project)


def _summary(project: Project, microdata: Microdata | None) -> str:
    from thuis.read import remarks
    from thuis.read.response import response_remarks

    lines = [
        f"{project.folder}: {counted(len(project.indicators), 'indicator')}, "
        f"{counted(len(project.breakdowns), 'breakdown')}, {counted(len(project.figures), 'figure')}"
    ]
    if microdata:
        lines += [f"wave {wave.id}: {counted(microdata.n[wave.id], 'respondent')}" for wave in project.waves]
        lines += [*remarks(project, microdata), *response_remarks(project, microdata)]
    return "\n".join([*lines, "nothing wrong"])


def _codebook(microdata: Microdata) -> str:
    rows = [("wave", "variable", "column", "answered", "missing", "of which set aside by the file")]
    rows += [
        (e.wave, e.variable, e.column, str(e.answered), str(e.missing), str(e.set_aside))
        for e in microdata.codebook
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _report(project: Project, microdata: Microdata | None) -> dict[str, object]:
    entries = microdata.codebook if microdata else ()
    return {
        "problems": [],
        "indicators": len(project.indicators),
        "figures": len(project.figures),
        "respondents": microdata.n if microdata else None,
        "codebook": [
            {
                "wave": e.wave,
                "variable": e.variable,
                "column": e.column,
                "title": e.title,
                "answered": e.answered,
                "missing": e.missing,
                "set_aside": e.set_aside,
            }
            for e in entries
        ],
    }
