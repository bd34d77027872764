"""``thuis vocabulary``: check, list, and the spellings that are searched for."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thuis.language import LANGUAGES, texts

if TYPE_CHECKING:
    from thuis.vocabulary import Term, Vocabulary

_FOLDER = click.argument("folder", type=click.Path(path_type=Path), required=False)
_LANGUAGE = click.option(
    "--language", type=click.Choice(LANGUAGES), default="nl", show_default=True, help="Of the answer."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Answer for a machine.")


@click.group("vocabulary")
def command() -> None:
    """Check, list, import and export the dated vocabulary.

    FOLDER holds a project's own tables (terms.csv, names.csv, rules.csv, sources.csv, stages.csv, forms.csv);
    without it the shipped vocabulary is meant.
    """


@command.command("check")
@_FOLDER
@_LANGUAGE
@_JSON
def check(folder: Path | None, language: str, as_json: bool) -> None:
    """Everything wrong in the tables, at once."""
    from thuis.vocabulary.forms import forms

    vocabulary = _load(folder)
    found = {
        "terms": len(vocabulary.terms),
        "languages": len({term.language for term in vocabulary.terms}),
        "forms": len(forms(vocabulary)),
        "names": len(vocabulary.names),
        "sources": len(vocabulary.sources),
        "version": vocabulary.version,
    }
    if as_json:
        click.echo(json.dumps({"problems": [], **found}, indent=2))
        return
    t = texts("vocabulary", language)
    click.echo(t("check", **found))
    click.echo(t("nothing-wrong"))


@command.command("list")
@_FOLDER
@click.option("--status", help="Only terms of this status.")
@click.option("--date", help="The status on a day instead of today.")
@_LANGUAGE
@_JSON
def list_terms(
    folder: Path | None, status: str | None, date: str | None, language: str, as_json: bool
) -> None:
    """The terms with their status and what to say instead."""
    from thuis.vocabulary.public import status_on, vocabulary_record

    vocabulary = _load(folder)
    if as_json:
        click.echo(json.dumps(vocabulary_record(vocabulary).plain(), ensure_ascii=False, indent=2))
        return
    for term in vocabulary.terms:
        shown = status_on(vocabulary, term, date) if date else term.status
        if status is None or shown == status:
            click.echo(_line(term, shown, language))


def _line(term: Term, status: str, language: str) -> str:
    from thuis.vocabulary.report.terminal import said

    t = texts("vocabulary", language)
    instead = "; ".join(said(each, language) for each in term.replacements)
    parts = [f"{term.term} [{term.language}]", t(f"status.{status}")]
    if instead:
        parts.append(t("instead", words=instead))
    return " · ".join(parts)


@command.command("forms")
@_FOLDER
@click.option("--out", type=click.Path(path_type=Path), help="CSV for review; else standard output.")
def list_forms(folder: Path | None, out: Path | None) -> None:
    """Every generated spelling, as a table for review: put "no" under keep and save it as forms.csv."""
    from thuis.vocabulary.forms import review_rows

    rows = review_rows(_load(folder))
    stream = out.open("w", encoding="utf-8", newline="") if out else sys.stdout
    try:
        writer = csv.DictWriter(stream, ("term", "form", "shape", "keep"), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    finally:
        if out:
            stream.close()


@command.command("export")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--folder", type=click.Path(path_type=Path), help="A project's own tables.")
@click.option("--base", help="The address under which terms and concepts get theirs.")
@_LANGUAGE
def export(out: Path, folder: Path | None, base: str | None, language: str) -> None:
    """Write the vocabulary as SKOS-XL: OUT ends in .ttl, .nt or .rdf."""
    from thuis.project import namespace_of
    from thuis.vocabulary.exchange import export_file

    triples = export_file(folder, out, base, namespace_of(folder.resolve().parent if folder else None))
    click.echo(texts("vocabulary", language)("exchange.exported", triples=triples, out=out))


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@_LANGUAGE
def import_(file: Path, folder: Path, language: str) -> None:
    """Read a SKOS or SKOS-XL FILE into new tables in FOLDER; foreign labels come in under review."""
    from thuis.vocabulary.exchange import import_file

    done = import_file(file, folder)
    t = texts("vocabulary", language)
    click.echo(t(f"exchange.{'own' if done.own else 'foreign'}", terms=done.terms, triples=done.triples))
    if done.known:
        click.echo(t("exchange.known", words=", ".join(done.known)))
    click.echo(t("exchange.written", files=", ".join(str(each) for each in done.files)))


def _load(folder: Path | None) -> Vocabulary:
    from thuis.vocabulary import load_vocabulary

    return load_vocabulary(folder)
