"""``thuis dossier``: keep the ledger of commitments and the graph of measures of a project folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thuis.cli.options import JSON, LANGUAGE, PATH, a_day, day_option, tell, this_day, together
from thuis.language import texts

if TYPE_CHECKING:
    from thuis.dossier.folder import Dossier
    from thuis.dossier.ledger import Entry

FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


_COMMON = together(
    click.argument("folder", type=FOLDER, default="."),
    LANGUAGE,
    JSON,
)


_DECIDING = together(
    click.argument("which"),
    click.option("--folder", type=FOLDER, default=".", help="The project folder."),
    click.option("--by", required=True, help="Who decides: the name of a person."),
    day_option("--on", "day", told="The day of the decision"),
)


@click.group("dossier")
def command() -> None:
    """Keep the ledger of commitments and measures.

    Works on letters/, commitments.csv, proposals.csv, measures.csv, edges.csv and events.csv of a project
    folder. Nothing is decided by the program: it proposes, a person accepts or rejects.
    """


def _print(entries: Sequence[Entry], language: str, as_json: bool, days: Sequence[int] | None = None) -> None:
    if as_json:
        rows = [each.as_dict() for each in entries]
        for row, late in zip(rows, days or [], strict=False):
            row["days"] = late
        tell(rows)
        return
    words = texts("dossier", language)
    for number, each in enumerate(entries):
        to = words("ledger.to", who=each.to) if each.to else ""
        due = words("ledger.due", due=each.due or each.term) if each.due or each.term else ""
        since = words("ledger.late", days=days[number]) if days else ""
        told = ", ".join(part for part in (each.date, to, due, since) if part)
        click.echo(f"{each.id}  {words(f'status.{each.code}')}  {words(f'kind.{each.kind}')}\n  {each.text}")
        click.echo(f"  {told}" if told else "", nl=bool(told))


@command.command("list")
@_COMMON
@click.option("--status", type=click.Choice(["open", "met", "partly-met", "lapsed"]), help="Only these.")
@click.option("--to", help="Only what was promised to this person.")
@click.option("--theme", help="Only of this theme.")
def list_entries(
    folder: Path, status: str | None, to: str | None, theme: str | None, language: str, as_json: bool
) -> None:
    """List the commitments of FOLDER."""
    from thuis.dossier.ledger import read_ledger

    entries = read_ledger(folder / "commitments.csv")
    kept = [
        each
        for each in entries
        if (not status or each.code == status)
        and (not to or to.lower() in each.to.lower())
        and (not theme or theme in each.themes.split())
    ]
    _print(kept, language, as_json)
    if not as_json:
        _count(entries, this_day(), language)


def _count(entries: Sequence[Entry], day: date, language: str) -> None:
    """The foot of a list: the same counts as the pages have."""
    from thuis.dossier.ledger import counts

    told = counts(entries, day)
    click.echo(texts("dossier", language)("ledger.counts", partly=told.pop("partly-met"), **told))


@command.command("check")
@_COMMON
def check(folder: Path, language: str, as_json: bool) -> None:
    """Check every file of the dossier of FOLDER, and that each proof stands in its letter.

    Says which sentences of the letters promise something that no line of the ledger has.
    """
    from thuis.dossier.folder import new_commitments, read_dossier

    dossier = read_dossier(folder)
    missing = new_commitments(dossier)
    if as_json:
        told = [{"letter": letter, **each.as_dict()} for letter, each in missing]
        tell({"problems": [], "not_in_ledger": told})
        return
    words = texts("dossier", language)
    for letter, each in missing:
        kind = words(f"kind.{each.kind}")
        click.echo(
            words("ledger.not-there", letter=letter, where=each.where, kind=kind, sentence=each.sentence)
        )


@command.command("take")
@_COMMON
def take(folder: Path, language: str, as_json: bool) -> None:
    """Add a line to the ledger for every promising sentence of the letters in FOLDER that has none."""
    from thuis.dossier.propose import take_into

    new = take_into(folder)
    _print(new, language, as_json)
    _tell_twice(folder, language)


def _tell_twice(folder: Path, language: str) -> None:
    """Say which lines a register and a letter may both have given; a person decides."""
    from thuis.dossier.ledger import read_ledger, twice

    words = texts("dossier", language)
    for each in twice(read_ledger(folder / "commitments.csv")):
        if each.register and each.ledger:
            told = {"register": each.register.id, "ledger": each.ledger.id}
            click.echo(words("ledger.twice", **told), err=True)


def _kinds(_context: click.Context, _option: click.Parameter, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Only kinds that there are."""
    from thuis.dossier.commitments.model import KINDS

    if strange := [each for each in asked if each not in KINDS]:
        raise click.BadParameter(f"there is no kind {strange[0]!r}; there are {', '.join(KINDS)}")
    return asked


@command.command("find")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--day", type=a_day, help="The day of a debate, when its file does not tell it.")
@click.option("--kind", "kinds", multiple=True, callback=_kinds, help="Only of this kind; may be repeated.")
@LANGUAGE
@JSON
def find(
    files: tuple[Path, ...], day: date | None, kinds: tuple[str, ...], language: str, as_json: bool
) -> None:
    """Find promises in FILES: letters, or reports of debates (official XML).

    Each with its term and whether it is doubtful, and below them how complete reading is.
    """
    from thuis.dossier.propose import promises_in

    found = [(file, each) for file in files for each in promises_in(file, day)]
    kept = [(file, each) for file, each in found if not kinds or each.kind in kinds]
    if as_json:
        told = [{"file": file.name, **each.as_dict()} for file, each in kept]
        tell(told)
        return
    words = texts("dossier", language)
    for file, each in (pair for pair in kept if not pair[1].repeats):
        due = (each.term.day or each.term.words) if each.term else None
        parts = (
            each.who,
            words(f"kind.{each.kind}"),
            words("ledger.due", due=due) if due else None,
            words("ledger.doubt") if each.doubtful else None,
        )
        click.echo(f"{file.name}, {each.where}: {', '.join(part for part in parts if part)}")
        click.echo(f"  «{each.sentence}»")
        if each.what not in each.sentence:
            click.echo(f"  = {each.what}")
    if not kept:
        click.echo(words("ledger.none-found"))
    _how_complete(language)


@command.command("overdue")
@_COMMON
@day_option("--date", "day", told="For this day")
@click.option("--review", is_flag=True, help="Also what has not been reviewed in this half-year.")
def overdue_entries(folder: Path, day: date, review: bool, language: str, as_json: bool) -> None:
    """List open commitments of FOLDER whose term has passed, the longest first."""
    from thuis.dossier.folder import read_dossier
    from thuis.dossier.ledger import for_review, overdue

    dossier = read_dossier(folder)
    entries, words = dossier.entries, texts("dossier", language)
    late = overdue(entries, day)
    if late or as_json:
        _print([entry for entry, _ in late], language, as_json, [days for _, days in late])
    else:
        click.echo(words("ledger.none-late"))
    if review and not as_json:
        click.echo("\n" + words("ledger.review"))
        _print(for_review(entries, day), language, as_json)
    if not as_json:
        click.echo("")
        _count(entries, day, language)
    _complete(dossier, language, err=as_json)


def _how_complete(language: str, *, err: bool = False) -> None:
    """How completely promises are read, by first readings."""
    from thuis.dossier.commitments import MEASURED

    told = {name: getattr(MEASURED, name) for name in ("sentences", "promises", "right", "given")}
    shares = {"recall": f"{MEASURED.recall:.0%}"[:-1], "precision": f"{MEASURED.precision:.0%}"[:-1]}
    click.echo(texts("dossier", language)("ledger.reading", **told, **shares), err=err)


def _complete(dossier: Dossier, language: str, *, err: bool) -> None:
    """How complete reading is, and the doubtful sentences that no line of the ledger has."""
    from thuis.dossier.folder import doubtful

    _how_complete(language, err=err)
    words = texts("dossier", language)
    found = doubtful(dossier)
    if found:
        click.echo(words("ledger.doubtful"), err=err)
    for letter, each in found:
        kind = words(f"kind.{each.kind}")
        click.echo(f"  {letter}, {each.where}: {kind}: «{each.sentence}»", err=err)


@command.command("propose")
@_COMMON
def propose_all(folder: Path, language: str, as_json: bool) -> None:
    """Propose what the letters of FOLDER may have fulfilled, and edges that they tell.

    Proposals are added to proposals.csv and edges.csv, where they wait for "accept" or "reject". Names that
    letters mention and measures.csv does not have are listed.
    """
    from thuis.dossier.propose import propose_into

    made = propose_into(folder)
    if as_json:
        tell(made.as_dict())
        return
    words = texts("dossier", language)
    for each in made.fulfilled:
        values = {"commitment": each.commitment, "document": each.document, "status": each.status}
        click.echo(f"{each.id}  " + words("ledger.proposed", **values))
        click.echo(f"  {each.reasons}\n  «{each.sentence}»")
    for edge in made.edges:
        click.echo(f"{edge.id}  {edge.start} {edge.type} {edge.end}\n  «{edge.sentence}»")
    for name in made.names:
        click.echo(words("ledger.named", kind=words(f"node.{name.kind}"), name=name.text, where=name.where))


@command.command("accept")
@_DECIDING
def accept(which: str, folder: Path, by: str, day: date) -> None:
    """Accept proposal WHICH (p1: fulfilment, e1: edge); the ledger takes the new state."""
    _decide(which, folder, True, by, day)


@command.command("reject")
@_DECIDING
def reject(which: str, folder: Path, by: str, day: date) -> None:
    """Reject proposal WHICH; it is kept, and not proposed again."""
    _decide(which, folder, False, by, day)


def _decide(which: str, folder: Path, yes: bool, by: str, day: date) -> None:
    from thuis.dossier.propose import decide_in

    click.echo(decide_in(folder, which, yes, by, day))


@command.command("import")
@click.argument("file", type=PATH)
@click.option("--folder", type=FOLDER, default=".", help="The project folder.")
def import_file(file: Path, folder: Path) -> None:
    """Take the commitments of FILE into the ledger.

    FILE is the Tweede Kamer's XML or OData JSON, a saved page of the Eerste Kamer's register (T-numbers), or
    a ledger (.csv).

    A line with the same id, number or GUID gets the new values; fields that FILE does not have stay.
    """
    from thuis.dossier.ledger import goes_on
    from thuis.dossier.propose import import_into

    added, changed = import_into(folder, file)
    click.echo(f"{added} added, {changed} changed")
    _tell_twice(folder, "en")
    if rest := goes_on(file):
        click.echo(f"{file.name} is a page of an answer; the rest is at {rest}", err=True)


@command.command("compare")
@click.argument("file", type=PATH)
@click.option("--folder", type=FOLDER, default=".", help="The project folder.")
@LANGUAGE
@JSON
def compare_with(file: Path, folder: Path, language: str, as_json: bool) -> None:
    """Show where the register in FILE and the ledger of a folder differ. Nothing is written.

    FILE is what "import" takes: the Tweede Kamer's XML or OData JSON, or a saved page of the Eerste Kamer.
    """
    from thuis.dossier.ledger import import_entries, read_ledger
    from thuis.dossier.ledger.compare import compare

    found = compare(import_entries(file), read_ledger(folder / "commitments.csv"))
    if as_json:
        told = [
            {
                "where": each.where,
                "register": each.register.id if each.register else None,
                "ledger": each.ledger.id if each.ledger else None,
                "reason": each.reason,
                "differences": [list(line) for line in each.differences],
            }
            for each in found
        ]
        tell(told)
        return
    words = texts("dossier", language)
    for each in found:
        entry = each.register or each.ledger
        if each.where != "both" and entry:
            click.echo(words(f"ledger.only-{each.where}", id=entry.id, text=entry.text))
        elif each.ledger and not each.differences:
            click.echo(words("ledger.same", id=each.ledger.id))
        for field, theirs, ours in each.differences:
            click.echo(
                words(
                    "ledger.differs",
                    id=entry.id if entry else "",
                    field=field,
                    register=theirs,
                    ledger=ours or "–",
                )
            )


@command.command("export")
@click.argument("file", type=PATH)
@click.option("--folder", type=FOLDER, default=".", help="The project folder.")
def export_file(file: Path, folder: Path) -> None:
    """Write the ledger to FILE: .xml (Parliament's schema), .json (OData), .csv, or the graph as .jsonld."""
    from thuis.dossier.propose import export_from

    export_from(folder, file)
    click.echo(str(file))
