"""``thuis letter``: read a letter to Parliament, or check one."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thuis.cli.options import JSON, LANGUAGE, PATH, tell, together

if TYPE_CHECKING:
    from thuis.dossier.reading import Reading


_CHOICES = together(
    click.argument("file", type=PATH),
    click.option("--id", "official_id", help="Official id of the letter, such as kst-32824-378."),
    click.option("--part", type=int, help="Which letter, from 1, of a file that holds more."),
    click.option("--any", "any_kind", is_flag=True, help="Read it also when it is no letter."),
    LANGUAGE,
    JSON,
)


@click.group("letter")
def command() -> None:
    """Read a letter to Parliament into text, notes, citations and commitments."""


@command.command("read")
@click.option("--out", type=PATH, help="Write to this file: .json, .md, .html, .xml, .bib …")
@_CHOICES
def read(file: Path, language: str, as_json: bool, out: Path | None, **which: Any) -> None:
    """Read FILE (PDF, Word, official XML or HTML, or raw text).

    The reading text goes to standard output, remarks on what is not right to standard error.
    """
    reading = _reading(file, which)
    if out:
        from thuis.dossier.export import write_letter

        write_letter(reading, out, language)
        click.echo(str(out))
    elif as_json:
        from thuis.dossier.export import told

        tell(told(reading, language))
    else:
        from thuis.dossier.export.text import markdown

        click.echo(markdown(reading, language))
    if not as_json:
        for line in _remarks(reading, language):
            click.echo(line, err=True)


@command.command("check")
@_CHOICES
def check(file: Path, language: str, as_json: bool, **which: Any) -> None:
    """Say what is not right in FILE: missing pages, notes without marker, faulty citations.

    The status is 1 when there is an error, and 0 when there are only doubts and notes.
    """
    reading = _reading(file, which)
    if as_json:
        told = reading.as_dict(language)
        faults = [
            {**finding, "citation": each["text"], "source": each["source"]}
            for each in told["citations"]
            for finding in each["findings"]
        ]
        tell({"remarks": told["remarks"], "citations": faults})
    else:
        for line in _remarks(reading, language):
            click.echo(line)
    levels = {remark.level for remark in reading.letter.remarks}
    levels |= {finding.level for found in reading.citations for finding in found.findings}
    sys.exit(1 if "error" in levels else 0)


@command.command("compare")
@click.argument("first", type=PATH)
@click.argument("second", type=PATH)
@LANGUAGE
@JSON
def compare(first: Path, second: Path, language: str, as_json: bool) -> None:
    """Say where two manifestations of one letter differ, such as the ministry's PDF and the Kamerstuk."""
    from dataclasses import asdict

    from thuis.dossier.letter import read_letter
    from thuis.dossier.letter.align import align
    from thuis.language import texts

    found = align(read_letter(first), read_letter(second))
    if as_json:
        tell([asdict(each) for each in found])
        return
    words = texts("dossier", language)
    for each in found:
        place = each.first or each.second
        click.echo(f"{place.block if place else ''}: {words(f'compare.{each.change}')}")
        click.echo(f"  {place.text if place else ''}")
        for key, pieces in (("removed", each.removed), ("added", each.added)):
            for piece in pieces:
                click.echo(f"  {words(f'compare.{key}')}: {piece}")


def _reading(file: Path, which: Mapping[str, Any]) -> Reading:
    from thuis.dossier.letter import read_letter
    from thuis.dossier.reading import read_citations

    return read_citations(read_letter(file, **which))


def _remarks(reading: Reading, language: str) -> list[str]:
    from thuis.dossier.reading import lint_text, said

    letter = reading.letter
    lines = []
    for remark in letter.remarks:
        place = f"{letter.file}:{letter.line_of(remark.span[0])}" if remark.span else letter.file
        lines.append(f"{place}: {remark.level}: {said(remark.kind, remark.values, language)}")
    for found in reading.citations:
        place = f"{letter.file}:{letter.line_of(found.source[0])}"
        lines += [
            f"{place}: {finding.level}: «{found.citation.text}» {lint_text(finding, language)}"
            for finding in found.findings
        ]
    return lines
