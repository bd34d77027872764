"""``thuis export``: a built monitor in the forms that other systems take."""

from __future__ import annotations

from pathlib import Path

import click

from thuis.cli.options import PATH

FORMS = ("sdmx-csv", "sdmx-ml", "sdmx-structure", "sqlite", "json-stat", "dcat", "figures", "index")


@click.command("export")
@click.argument("folder", type=PATH)
@click.option("--to", "form", type=click.Choice(FORMS), required=True, help="For which system.")
@click.option("--out", type=PATH, required=True, help="The file to write.")
@click.option("--theme", help="Only this theme (figures).")
@click.option("--colours", type=PATH, help="A theme.css whose colours are used (figures).")
@click.option("--language", help="A language of the monitor; its first unless given.")
def command(
    folder: Path, form: str, out: Path, theme: str | None, colours: Path | None, language: str | None
) -> None:
    """Hand the monitor in FOLDER over: a project, a built monitor or its data folder.

    SDMX as CSV, as ML and its structure; one SQLite file with metadata for Datasette beside it; JSON-stat;
    DCAT-AP for a data portal; all figures of a theme as SVG and PNG in a zip; the list of files with digests.
    """
    from thuis.contract.written import dump
    from thuis.files import put
    from thuis.handover.exchange.dcat import dcat
    from thuis.handover.exchange.jsonstat import jsonstat
    from thuis.handover.exchange.sdmx import sdmx_csv, sdmx_data, sdmx_structure
    from thuis.handover.exchange.sqlite import datasette, sqlite
    from thuis.handover.index import index
    from thuis.handover.speech import speech
    from thuis.handover.write import data_folder, zip_of_figures

    data = data_folder(folder)
    say = speech(data, language)
    if form == "sqlite":
        put(out.with_name(f"{out.stem}-metadata.json"), datasette(data, out.stem, language))
        sqlite(data, out)
    else:
        made = {
            "sdmx-csv": lambda: sdmx_csv(data),
            "sdmx-ml": lambda: sdmx_data(data),
            "sdmx-structure": lambda: sdmx_structure(data),
            "json-stat": lambda: jsonstat(say),
            "dcat": lambda: dcat(
                data, index(data), "json-ld" if out.suffix in (".json", ".jsonld") else "turtle"
            ),
            "figures": lambda: zip_of_figures(say, theme, colours),
            "index": lambda: dump(index(data).plain()).encode(),
        }
        put(out, made[form]())
    click.echo(str(out))
