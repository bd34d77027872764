"""``thuis screen``: documents against the dated vocabulary.

Leaves with 0 when nothing has to change, 1 when something does (``--fail-on``), 3 when a document could not
be screened and nothing else was found, 2 when the command or the vocabulary is wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thuis.cli.options import JSON, LANGUAGE, PATH
from thuis.errors import ThuisError
from thuis.files import put
from thuis.language import LANGUAGES

if TYPE_CHECKING:
    from thuis.vocabulary import Vocabulary
    from thuis.vocabulary.decisions import Decision
    from thuis.vocabulary.screen import Options, Result

FORMATS = ("terminal", "json", "csv", "sarif", "html")
GENRES = ("law", "letter", "report", "statistics", "manifesto", "debate", "questionnaire", "text")


@click.command("screen")
@click.argument("files", nargs=-1, type=PATH, required=True)
@click.option("--vocabulary", "folder", type=PATH, help="Folder of own CSV tables.")
@click.option("--date", help="Date of the documents (2005, 2005-03 or 2005-03-01); else found in each.")
@click.option("--genre", type=click.Choice(GENRES), help="Kind of text; else found in each.")
@click.option("--text-language", type=click.Choice(LANGUAGES), help="Of the documents; else found in each.")
@LANGUAGE
@click.option("--format", "shape", type=click.Choice(FORMATS), default="terminal", show_default=True)
@JSON
@click.option("--out", type=PATH, help="File for the report; else standard output.")
@click.option("--all", "every", is_flag=True, help="Show the hits that are fine as well.")
@click.option(
    "--fail-on",
    type=click.Choice(["replace", "consider", "never"]),
    default="replace",
    show_default=True,
    help="From which verdict on to leave with status 1.",
)
@click.option("--decisions", type=PATH, help="Decisions; else the file beside each.")
@click.option("--accept", multiple=True, metavar="KEY", help="Decide that a hit must change.")
@click.option("--reject", multiple=True, metavar="KEY", help="Decide that a hit may stay (with --reason).")
@click.option("--reason", help="Why the rejected hits may stay.")
@click.option("--apply", "carry_out", is_flag=True, help="Carry out the suggestions that are safe.")
@click.option("--archive", type=PATH, help="Folder for trends over years.")
@click.option("--cache", type=PATH, help="With --archive: file that remembers.")
@click.option("--spark", type=PATH, help="Folder for a run on Spark, citations too.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="With --archive.")
def command(files: tuple[Path, ...], folder: Path | None, **given: Any) -> None:
    """Screen FILES (documents, folders, zip files; - is standard input) against the dated vocabulary."""
    from thuis.vocabulary.report.terminal import totals

    shape = "json" if given["as_json"] else given["shape"]
    if given["archive"]:
        sys.exit(_archive(files, folder, given))
    if given["spark"]:
        sys.exit(_on_spark(files, folder, given))
    results, vocabulary = _results(files, folder, given)
    if given["carry_out"]:
        results = _carried_out(results, vocabulary, files, folder, given)
    text = _report(results, vocabulary, shape, given)
    if given["out"]:
        put(given["out"], text)
    else:
        click.echo(text, nl=not text.endswith("\n"))
    found = totals(results)
    levels = {level for level in ("replace", "consider") if found[level]}
    sys.exit(_status(levels, bool(found["unscreened"]), given["fail_on"]))


def _results(
    files: tuple[Path, ...], folder: Path | None, given: Mapping[str, Any]
) -> tuple[list[Result], Vocabulary]:
    from thuis.documents import extract
    from thuis.vocabulary import load_vocabulary
    from thuis.vocabulary.decisions import FILE, beside, honour, read_decisions, record
    from thuis.vocabulary.screen import screen_all

    vocabulary = load_vocabulary(folder)
    options = _options(given)
    kept = given["decisions"]
    decisions = read_decisions(kept) if kept and kept.exists() else beside(files)
    results = [
        result
        for file in files
        for result in screen_all(extract(str(file) if str(file) == "-" else file), vocabulary, options)
    ]
    said = _said(given["accept"], given["reject"], given["reason"])
    if said:
        first = files[0] if files[0].is_dir() else files[0].parent
        record(kept or first / FILE, results, said)
    return [honour(each, {**decisions, **said}) for each in results], vocabulary


def _carried_out(
    results: list[Result],
    vocabulary: Vocabulary,
    files: tuple[Path, ...],
    folder: Path | None,
    given: Mapping[str, Any],
) -> list[Result]:
    """What is left after the safe suggestions are carried out."""
    from thuis.language import texts
    from thuis.vocabulary.apply import apply_all

    t = texts("vocabulary", given["language"])
    for each in apply_all(results, vocabulary):
        if each.changes or each.left:
            click.echo(t("applied", name=each.name, n=each.changes, left=each.left), err=True)
    return _results(files, folder, {**given, "accept": (), "reject": ()})[0]


def _archive(files: tuple[Path, ...], folder: Path | None, given: Mapping[str, Any]) -> int:
    from thuis.vocabulary import load_vocabulary
    from thuis.vocabulary.archive import Job, screen_archive
    from thuis.vocabulary.report.archive import summary, write_archive

    shown = [0]

    def progress(done: int, total: int) -> None:
        if done == total or done - shown[0] >= max(1, total // 100):
            shown[0] = done
            click.echo(f"\r{done}/{total}", nl=done == total, err=True)

    job = Job(folder, _options(given))
    records = screen_archive(files, job, given["cache"], given["jobs"], progress)
    write_archive(records, load_vocabulary(folder), given["archive"], given["language"])
    click.echo("\n".join(summary(records, given["language"])))
    levels = {level for each in records for _, level, *_rest in each.hits}
    return _status(levels, any(each.why for each in records), given["fail_on"])


def _on_spark(files: tuple[Path, ...], folder: Path | None, given: Mapping[str, Any]) -> int:
    from thuis.language import texts
    from thuis.vocabulary.archive import Job
    from thuis.vocabulary.on_spark import screen_on_spark

    if len(files) != 1:
        raise ThuisError("--spark takes one folder", available=tuple(map(str, files)))
    job = Job(folder, _options(given))
    found = screen_on_spark(str(files[0]), given["spark"], job, (("citations", cited),))
    t = texts("screening", given["language"])
    click.echo(t("spark.done", files=found.files, n=found.screened, left=sum(found.unscreened.values())))
    for why, count in found.unscreened.items():
        click.echo(f"  {texts('vocabulary', given['language'])('unscreenable.' + why)}: {count}")
    return 3 if found.unscreened else 0


def cited(text: str) -> list[object]:
    """What a text cites, as plain values."""
    from dataclasses import asdict

    from thuis.dossier.cite import find

    return [asdict(each) for each in find(text)]


def _options(given: Mapping[str, Any]) -> Options:
    from thuis.language.partial import is_partial
    from thuis.vocabulary.screen import Options

    if given["date"] and not is_partial(given["date"]):
        raise ThuisError(f"{given['date']!r} is not a date", expected="2005, 2005-03 or 2005-03-01")
    return Options(given["date"], given["genre"], given["text_language"])


def _said(accept: tuple[str, ...], reject: tuple[str, ...], reason: str | None) -> dict[str, Decision]:
    """What the reviewer decides with this very command."""
    from thuis.vocabulary.decisions import Decision

    if reject and not reason:
        raise ThuisError("--reject without --reason", step="say why the word may stay")
    decided = {key: Decision("accept") for key in accept}
    return decided | {key: Decision("reject", reason or "") for key in reject}


def _report(results: list[Result], vocabulary: Vocabulary, shape: str, given: Mapping[str, Any]) -> str:
    language = given["language"]
    if shape == "json":
        from thuis.vocabulary.report.machine import as_dict

        return json.dumps(as_dict(results, vocabulary), ensure_ascii=False, indent=2)
    if shape == "csv":
        from thuis.vocabulary.report.machine import as_csv

        return as_csv(results, language)
    if shape == "sarif":
        from thuis.vocabulary.report.sarif import as_sarif

        return json.dumps(as_sarif(results, vocabulary, language), ensure_ascii=False, indent=2)
    if shape == "html":
        from thuis.vocabulary.report.html import as_html

        return as_html(results, vocabulary, language)
    from thuis.vocabulary.report.terminal import lines

    return "\n".join(lines(results, language, given["every"]))


def _status(levels: set[str], unread: bool, fail_on: str) -> int:
    """The status to leave with.

    :param levels: what the hits ask for.
    :param unread: whether a document could not be screened.
    """
    bad = {"replace": {"replace"}, "consider": {"replace", "consider"}, "never": set()}[fail_on]
    return 1 if levels & bad else 3 if unread else 0
