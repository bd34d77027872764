"""``thuis vocabulary``: check, list, and the spellings that are searched for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thuis.cli.options import JSON, LANGUAGE, PATH, tell
from thuis.language import texts

if TYPE_CHECKING:
    from thuis.vocabulary import Term, Vocabulary

_FOLDER = click.argument("folder", type=PATH, required=False)


@click.group("vocabulary")
def command() -> None:
    """Check, list, import and export the dated vocabulary.

    FOLDER holds a project's own tables (terms.csv, names.csv, rules.csv, sources.csv, stages.csv, forms.csv);
    without it the shipped vocabulary is meant.
    """


@command.command("check")
@_FOLDER
@LANGUAGE
@JSON
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
        tell({"problems": [], **found})
        return
    t = texts("vocabulary", language)
    click.echo(t("check", **found))
    click.echo(t("nothing-wrong"))


@command.command("list")
@_FOLDER
@click.option("--status", help="Only terms of this status.")
@click.option("--date", help="The status on a day instead of today.")
@LANGUAGE
@JSON
def list_terms(
    folder: Path | None, status: str | None, date: str | None, language: str, as_json: bool
) -> None:
    """The terms with their status and what to say instead."""
    from thuis.vocabulary.public import status_on, vocabulary_record

    vocabulary = _load(folder)
    if as_json:
        tell(vocabulary_record(vocabulary).plain())
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
@click.option("--out", type=PATH, help="CSV for review; else standard output.")
def list_forms(folder: Path | None, out: Path | None) -> None:
    """Every generated spelling, as a table for review: put "no" under keep and save it as forms.csv."""
    from thuis.files import put
    from thuis.tables import as_csv
    from thuis.vocabulary.forms import review_rows

    text = as_csv(review_rows(_load(folder)), ("term", "form", "shape", "keep"))
    if out:
        put(out, text)
    else:
        click.echo(text, nl=False)


@command.command("export")
@click.argument("out", type=PATH)
@click.option("--folder", type=PATH, help="A project's own tables.")
@click.option("--base", help="The address under which terms and concepts get theirs.")
@LANGUAGE
def export(out: Path, folder: Path | None, base: str | None, language: str) -> None:
    """Write the vocabulary as SKOS-XL: OUT ends in .ttl, .nt or .rdf."""
    from thuis.project import namespace_of
    from thuis.vocabulary.exchange import export_file

    triples = export_file(folder, out, base, namespace_of(folder.resolve().parent if folder else None))
    click.echo(texts("vocabulary", language)("exchange.exported", triples=triples, out=out))


@command.command("import")
@click.argument("file", type=PATH)
@click.argument("folder", type=PATH)
@LANGUAGE
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
