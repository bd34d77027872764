"""``thuis build``: microdata in, a public monitor out."""

from __future__ import annotations

import time
from pathlib import Path

import click

from thuis.cli.options import JSON, PATH, PROJECT, tell


@click.command("build")
@PROJECT
@click.option("--out", type=PATH, help="Where the monitor is written (FOLDER/public).")
@click.option("--data-only", is_flag=True, help="Write the data folder, not the pages.")
@click.option(
    "--handover", is_flag=True, help="Also the book of tables, reports, pictures, SDMX and the like."
)
@JSON
def command(folder: Path, out: Path | None, data_only: bool, handover: bool, as_json: bool) -> None:
    """Build the public monitor of the project in FOLDER.

    Nothing is replaced until everything was built: after an error the previous monitor still stands.
    """
    from thuis.monitor.standing import Build

    started = time.perf_counter()

    def say(stage: str) -> None:
        if not as_json:
            click.echo(f"{time.perf_counter() - started:6.2f} s  {stage}")

    report = Build(folder, out or folder / "public", not data_only, handover).standing()
    if report:
        say("nothing changed since the build that stands")
    else:
        from thuis.monitor.first import begin_first

        begin_first(folder, *(() if data_only else ("thuis.site.crew",)))
        from thuis.monitor.pipeline import build

        report = build(folder, out=out, pages=not data_only, handover=handover, say=say)
    if as_json:
        tell(report.as_dict())
    else:
        click.echo(report.summary())
