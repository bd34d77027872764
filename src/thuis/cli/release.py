"""``thuis release``: freeze what was built as a numbered version."""

from __future__ import annotations

from pathlib import Path

import click

from thuis.cli.options import JSON, PATH, PROJECT, tell, together
from thuis.language import LANGUAGES
from thuis.language.direction import named

_NOTES = together(
    *(
        click.option(f"--note-{each}", help=f"What is new in this version, in {named(each, 'en')}.")
        for each in LANGUAGES
    )
)


@click.command("release")
@PROJECT
@click.option("--out", type=PATH, help="Where the monitor was built (FOLDER/public).")
@_NOTES
@click.option(
    "--withdraw", multiple=True, help="An earlier version to take back; may be given more than once."
)
@JSON
def command(
    folder: Path,
    out: Path | None,
    withdraw: tuple[str, ...],
    as_json: bool,
    **notes: str | None,
) -> None:
    """Freeze the monitor built in FOLDER as the version that thuis.yaml names.

    A copy goes to releases/VERSION. A version that was released keeps its numbers: other numbers need another
    version, and a line in corrections.csv for every indicator that changed. A version that tells about a few
    people when it is laid beside an earlier one is refused.
    """
    from thuis.project import load_project
    from thuis.publish.freezing import freeze

    note = {each: text for each in LANGUAGES if (text := notes[f"note_{each}"])}
    data = out / "data" if out else None
    report = freeze(load_project(folder), data=data, note=note or None, withdrawn=withdraw)
    counts = {kind: sum(c.kind == kind for c in report.changes) for kind in ("changed", "withdrawn", "added")}
    if as_json:
        record = {
            "version": report.version,
            "folder": str(report.folder),
            "new": report.new,
            "since": report.since,
            "beyond_reach": dict(report.beyond_reach),
            **counts,
        }
        tell(record)
        return
    if not report.new:
        click.echo(f"version {report.version} was released already, with these numbers; nothing to do")
        return
    click.echo(f"version {report.version} is kept in {report.folder}")
    if report.since:
        told = ", ".join(f"{n} {kind}" for kind, n in counts.items())
        click.echo(f"since version {report.since}: {told}")
    for earlier, cells in report.beyond_reach.items():
        click.echo(
            f"version {earlier} was taken back; who kept its zip learns of a few people in {cells} cells "
            "from it and this one: ask who has it, or wait until enough has changed"
        )
    click.echo(f"next: thuis build {folder}, to publish the list of versions")
