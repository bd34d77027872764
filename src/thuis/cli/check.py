"""``thuis check``: everything wrong in a project and its survey files, and nothing written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thuis.cli import counted
from thuis.cli.options import PROJECT, table, tell

if TYPE_CHECKING:
    from thuis.monitor.stages import Files
    from thuis.project.model import Project
    from thuis.read import Microdata

_TOLD = ("wave", "variable", "column", "title", "answered", "missing", "set_aside")
KINDS = ("thuis", "waves", "breakdowns", "indicators", "findings", "variables")


@click.command("check")
@PROJECT
@click.option("--texts-only", is_flag=True, help="Check the project files, not the survey files.")
@click.option("--codebook", is_flag=True, help="Show where every variable comes from and how many answered.")
@click.option("--json", "as_json", is_flag=True, help="Problems, or the codebook, for a machine.")
@click.option("--schema", type=click.Choice(KINDS), help="Print the JSON Schema of one kind of file.")
def command(folder: Path, texts_only: bool, codebook: bool, as_json: bool, schema: str | None) -> None:
    """Check the project in FOLDER: every file, name, text, code, weight and stratum."""
    if schema:
        from thuis.project.schema import schema_of

        tell(schema_of(schema))
        return
    found = _checked(folder, texts_only, whole=as_json or codebook)
    if as_json:
        tell(_report(found.project, found.read))
        return
    if codebook and found.read:
        click.echo(_codebook(found.read))
    from thuis.monitor.companions import own_words
    from thuis.monitor.undrawn import undrawn
    from thuis.project.unwritten import unwritten

    for remark in found.look():
        click.echo(f"look  {remark}")
    for word in own_words(found.project):
        click.echo(f"word  {word}")
    for line in (*unwritten(found.project), *undrawn(found.project)):
        click.echo(line)
    click.echo(_summary(found))


@dataclass(frozen=True)
class _Checked:
    """A project in which nothing is wrong, and what is to be said of it."""

    project: Project
    look: Callable[[], list[str]]
    respondents: dict[str, int] | None = None
    remarked: tuple[str, ...] = ()
    read: Microdata | None = None


def _checked(folder: Path, texts_only: bool, *, whole: bool) -> _Checked:
    """Read and check all; what a build read under the same key, and found nothing wrong with, is not read.

    :param whole: the respondents are asked for.
    """
    from thuis.monitor.first import begin_first
    from thuis.monitor.standing import WORK

    if not texts_only:
        begin_first(folder, most=1)
    from thuis.monitor.beside import looked_at
    from thuis.monitor.stages import LOOK, Stages, beside_key, figures_key
    from thuis.project import load_project
    from thuis.protect import ProtectionRules, structure_of

    project = load_project(folder)
    structure_of(project)
    ProtectionRules.of(project.protection)
    stages, beside = Stages(folder / WORK / "stages"), beside_key(project)

    def look() -> list[str]:
        told = stages.kept("look", beside)
        if told is not None:
            return told[LOOK].decode().splitlines()
        from thuis.monitor.companions import directory_of, to_look_at

        return to_look_at(directory_of(project))

    if texts_only:
        return _Checked(project, look)
    figures = None if whole else stages.kept("figures", figures_key(project))
    if stages.kept("beside", beside) is not None:
        return _with_people(project, figures, look)
    waiting = looked_at(project, written=False)
    try:
        found = _with_people(project, figures, look)
    finally:
        made = waiting()
    return replace(found, look=lambda: list(made.look))


def _with_people(project: Project, figures: Files | None, look: Callable[[], list[str]]) -> _Checked:
    """What is to be said of the respondents, from the figures that were kept or from the survey files."""
    from thuis.monitor.stages import TOLD

    if figures:
        told = json.loads(figures[TOLD])
        return _Checked(project, look, told["respondents"], tuple(told["remarked"]))
    from thuis.read import remarks
    from thuis.read.response import response_remarks

    read = _read(project)
    remarked = (*remarks(project, read), *response_remarks(project, read))
    return _Checked(project, look, read.n, remarked, read)


def _read(project: Project) -> Microdata:
    """The respondents; who calibrates no weight does not wait for the survey library."""
    weights = (each for wave in project.waves for each in wave.design.weightings.values())
    if any(each.calibrate for each in weights):
        from thuis.findings.respondents import read_respondents

        return read_respondents(project)
    from thuis.read import read_waves

    return read_waves(project)


def _summary(found: _Checked) -> str:
    project = found.project
    lines = [
        f"{project.folder}: {counted(len(project.indicators), 'indicator')}, "
        f"{counted(len(project.breakdowns), 'breakdown')}, {counted(len(project.figures), 'figure')}"
    ]
    for wave in project.waves if found.respondents else ():
        lines.append(f"wave {wave.id}: {counted((found.respondents or {})[wave.id], 'respondent')}")
    return "\n".join([*lines, *found.remarked, "nothing wrong"])


def _codebook(microdata: Microdata) -> str:
    head = ("wave", "variable", "column", "answered", "missing", "of which set aside by the file")
    rows = [(e.wave, e.variable, e.column, e.answered, e.missing, e.set_aside) for e in microdata.codebook]
    return table(head, rows, ruled=False)


def _report(project: Project, microdata: Microdata | None) -> dict[str, object]:
    entries = microdata.codebook if microdata else ()
    return {
        "problems": [],
        "indicators": len(project.indicators),
        "figures": len(project.figures),
        "respondents": microdata.n if microdata else None,
        "codebook": [{name: getattr(each, name) for name in _TOLD} for each in entries],
    }
