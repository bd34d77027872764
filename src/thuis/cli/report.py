"""``thuis report``: a monitor or a theme as PDF or Word, or two pages for a minister's desk."""

from __future__ import annotations

from pathlib import Path

import click

from thuis.cli.options import PATH


@click.command("report")
@click.argument("folder", type=PATH, required=False)
@click.option("--out", type=PATH, help="The file: .pdf or .docx.")
@click.option("--theme", help="Only this theme.")
@click.option("--brief", is_flag=True, help="Two pages instead of the whole (PDF).")
@click.option("--template", type=PATH, help="A Word file in the style of your house.")
@click.option("--new-template", type=PATH, help="Write a template to begin with, and stop.")
@click.option("--language", help="A language of the monitor; its first unless given.")
def command(
    folder: Path | None,
    out: Path | None,
    theme: str | None,
    brief: bool,
    template: Path | None,
    new_template: Path | None,
    language: str | None,
) -> None:
    """Make a report of the monitor in FOLDER: a project, a built monitor or its data folder.

    The same sentences, figures and tables as its pages; PDF is tagged (PDF/UA-1).
    """
    from thuis.errors import ThuisError
    from thuis.handover.report.pdf import pdf
    from thuis.handover.report.word import starter, word
    from thuis.handover.speech import speech
    from thuis.handover.write import data_folder, deliver

    if new_template is not None:
        deliver(new_template, {".docx": starter})
        click.echo(str(new_template))
        return
    if folder is None or out is None:
        raise ThuisError("a report needs a FOLDER and --out", step="thuis report FOLDER --out report.pdf")
    if (brief and out.suffix.lower() != ".pdf") or (template and (brief or out.suffix.lower() != ".docx")):
        raise ThuisError("--brief makes a .pdf, --template a .docx", step="give one of the two")
    say = speech(data_folder(folder), language)
    deliver(out, {".pdf": lambda: pdf(say, theme, brief=brief), ".docx": lambda: word(say, theme, template)})
    click.echo(str(out))
