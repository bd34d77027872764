"""``thuis directory``: check, search, import, export and publish initiatives, grants and what works."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thuis.cli import counted
from thuis.cli.options import JSON, PATH, day_option, tell, together
from thuis.errors import Place, ThuisError, raise_all, unknown
from thuis.files import put
from thuis.values import NAMESPACE

if TYPE_CHECKING:
    from thuis.directory.find import Answer, Query
    from thuis.directory.load import Directory

FORMS = ("csv", "xlsx", "hsds", "jsonld", "geojson", "ics", "atom")
_FOLDER = click.option(
    "--folder",
    "-C",
    default=".",
    type=PATH,
    help="A project folder, a built data folder, or one file of initiatives.",
)
_TODAY = day_option("--today", "day", told="The day to check against")


@click.group("directory")
def command() -> None:
    """Initiatives: find them, check them, bring them in and give them out."""


def _load(folder: Path, today: date) -> Directory:
    """A directory from a project, a file, or a data folder that was built."""
    from thuis.directory.load import load, reread

    if folder.name == "directory.json" and folder.is_file():
        return reread(folder)
    places = (folder / each / "directory.json" for each in (".", "data", "public/data"))
    built = next((path for path in places if path.is_file()), None)
    if built and not (folder / "initiatives").is_dir():
        return reread(built)
    found = load(folder, today)
    if found.empty:
        raise ThuisError(
            "there is no directory here",
            Place(str(folder)),
            expected="a folder initiatives/ with CSV, XLSX or JSON, or a built data folder",
            step="thuis directory template initiatives/initiatives.xlsx makes one to fill in",
        )
    return found


_FILTERS = together(
    click.option("--theme", "themes", multiple=True, help="Theme; may be repeated."),
    click.option("--municipality", multiple=True, help="Name or CBS code; may be repeated."),
    click.option("--near", help="LATITUDE,LONGITUDE,KM: within so many kilometres."),
    click.option("--audience", multiple=True, help="For whom; may be repeated."),
    click.option("--form", "forms", multiple=True, help="Form of contact; may be repeated."),
    click.option("--language", "languages", multiple=True, help="Code of a language spoken there."),
    click.option("--price", multiple=True, type=click.Choice(["free", "paid", "unknown"])),
)


def _query(text: str, near: str | None, forms: tuple[str, ...], **given: Any) -> Query:
    from thuis.directory.find import Near, Query

    if not near:
        return Query(text, form=forms, **given)
    try:
        north, east, km = (float(each) for each in near.split(","))
    except ValueError as error:
        place, form = Place("--near"), "LATITUDE,LONGITUDE,KM, such as 52.09,5.12,10"
        raise ThuisError(f"{near!r} is no place", place, form) from error
    return Query(text, form=forms, near=Near(north, east, km), **given)


@command.command("search")
@click.argument("query", default="")
@_FOLDER
@_FILTERS
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(0), help="How many to show; 0 for all."
)
@click.option("--as", "form", type=click.Choice(FORMS), help="Give the records in this form instead.")
@_TODAY
@JSON
def search(
    query: str, folder: Path, limit: int, form: str | None, day: date, as_json: bool, **given: Any
) -> None:
    """Find initiatives by what QUERY means, in Dutch or English, as the page does.

    Leaves with status 1 when there is none.
    """
    from thuis.directory.find import checked, find
    from thuis.directory.index import build

    found = _load(folder, day)
    index = build(found.records, found.villages)
    answer = find(index, checked(_query(query, **given), index, day), day)
    if form:
        click.echo(_as(form, answer, day), nl=False)
        return
    if as_json:
        from thuis.directory.views import listed

        rows = listed(answer, day)
        shown = rows[:limit] if limit else rows
        tell({**answer.as_dict(), "results": shown})
    else:
        _print(answer, limit)
    if not answer.hits:
        raise SystemExit(1)


def _print(answer: Answer, limit: int) -> None:
    from thuis.directory.index import place_name

    for word, read in answer.corrected.items():
        click.echo(f"read {word!r} as {read!r}")
    if answer.without:
        click.echo(f"without {', '.join(map(repr, answer.without))}")
    if answer.partial and answer.hits:
        click.echo("nothing has all of it; these have part of it")
    for hit in answer.hits[: limit or None]:
        place = place_name(hit.record.municipality) if hit.record.municipality else hit.record.scope
        marks = " (invented)" if hit.record.invented else ""
        click.echo(f"{hit.record.name}{marks} - {place}  [{hit.record.id}]")
        text = next(iter(hit.record.description.values()), "")
        if text:
            click.echo(f"    {text[:100]}")
    click.echo(counted(len(answer.hits), "initiative"))


def _as(form: str, answer: Answer, today: date) -> bytes:
    from thuis.directory.views import forms

    return forms(answer, today, answer.query.text or "thuis", f"{NAMESPACE}directory")[form]()


@command.command("check")
@_FOLDER
@_TODAY
@JSON
def check(folder: Path, day: date, as_json: bool) -> None:
    """Name every fault by file and row, what a person should look at, and what each record lacks."""
    from thuis.directory.grants import repeated
    from thuis.directory.quality import quality

    found = _load(folder, day)
    remarks = found.remarks()
    scores = sorted(
        ((quality(each, day), each) for each in found.records), key=lambda pair: (pair[0].score, pair[1].id)
    )
    if as_json:
        answer = {
            "problems": [],
            "remarks": [
                {"where": str(place), "field": r.field, "kind": r.kind, "what": r.what, "text": r.text}
                for place, r in remarks
            ],
            "records": [{"id": each.id, **score.as_dict()} for score, each in scores],
            "grants": len(found.grants),
            "entries": len(found.knowledge.entries),
        }
        tell(answer)
        return
    for place, remark in remarks:
        click.echo(f"look: {place}, {remark.field}: {remark.what}: {remark.text}")
    for score, each in scores[:10]:
        if score.add:
            click.echo(f"{score.score:>3}  {each.id}: {score.add[0]['en']}")
    for twice in repeated(found.grants):
        click.echo(f"look: grants.csv: {twice}")
    click.echo(
        f"{counted(len(found.records), 'initiative')}, {counted(len(found.grants), 'grant')}, "
        f"{len(found.knowledge.entries)} statements of what works: no faults, {len(remarks)} to look at"
    )


@command.command("export")
@click.argument("out", type=PATH)
@_FOLDER
@click.option("--form", type=click.Choice(FORMS), help="When the end of the name does not say it.")
@_TODAY
def export(out: Path, folder: Path, form: str | None, day: date) -> None:
    """Write all initiatives to OUT: .csv, .xlsx, .json (HSDS 3.1), .jsonld, .geojson, .ics or .xml (Atom)."""
    from thuis.directory.find import Query, find
    from thuis.directory.index import build

    ends = {
        ".csv": "csv",
        ".xlsx": "xlsx",
        ".json": "hsds",
        ".jsonld": "jsonld",
        ".geojson": "geojson",
        ".ics": "ics",
        ".xml": "atom",
    }
    kind = form or ends[_end(out, ends)]
    found = _load(folder, day)
    answer = find(build(found.records, found.villages), Query(inactive=True), day)
    put(out, _as(kind, answer, day))
    click.echo(f"{counted(len(answer.hits), 'initiative')}: {out}")


def _end(out: Path, known: Iterable[str]) -> str:
    """The end of a file's name, which tells its form."""
    if out.suffix.lower() not in (ends := tuple(known)):
        raise ThuisError(unknown("form", out.suffix or out.name, ends))
    return out.suffix.lower()


@command.command("import")
@click.argument("file", type=PATH)
@click.argument("out", type=PATH)
@_TODAY
def import_file(file: Path, out: Path, day: date) -> None:
    """Bring FILE (CSV, XLSX, HSDS JSON of any age, a folder or zip of HSDS tables) into OUT (.json or .csv).

    A .json keeps all that HSDS has. Faults are named, and keep a table out; HSDS is brought in with them.
    """
    from thuis.directory.hsds_out import as_json as hsds_json
    from thuis.directory.intake import read_hsds
    from thuis.directory.table import as_csv, read_initiatives

    if file.is_dir() or file.suffix.lower() in (".json", ".zip"):
        package = read_hsds(file, day)
        rows, faults, shape = list(package.records), list(package.problems), package.shape
    else:
        rows, faults = read_initiatives(file, day)
        raise_all(faults)
        shape = file.suffix.lstrip(".").lower()
    write = hsds_json if _end(out, (".json", ".csv")) == ".json" else as_csv
    if out.resolve() == file.resolve():
        raise ThuisError("it would overwrite the file that is read", Place(str(out)))
    put(out, write([record for record, _ in rows]))
    for fault in faults:
        click.echo(str(fault), err=True)
    click.echo(f"{counted(len(rows), 'initiative')} ({shape}), {len(faults)} to mend: {out}")


@command.command("template")
@click.argument("out", type=PATH)
def template(out: Path) -> None:
    """Write an empty table to fill in: .xlsx with lists to choose from, or .csv."""
    from thuis.directory.columns import COLUMNS
    from thuis.directory.table import as_csv, as_xlsx

    end = _end(out, (".xlsx", ".csv"))
    if out.exists():
        raise ThuisError("there is a file already", Place(str(out)), step="name another")
    put(out, as_xlsx([], template=True) if end == ".xlsx" else as_csv([]))
    click.echo(f"{len(COLUMNS)} columns, only 'name' is needed: {out}")


@command.command("duplicates")
@_FOLDER
@_TODAY
@JSON
def duplicates(folder: Path, day: date, as_json: bool) -> None:
    """Propose records that may be the same initiative, with the evidence; a person decides in merges.csv."""
    from thuis.directory.merges import proposals

    found = _load(folder, day)
    pairs = proposals(found.records, found.merges)
    if as_json:
        tell([asdict(each) for each in pairs])
        return
    for each in pairs:
        click.echo(f"{each.score:.2f}  {each.one}  {each.other}")
        for proof in each.evidence:
            click.echo(f"      {proof.kind}: {proof.one} | {proof.other}")
    click.echo(
        f"{counted(len(pairs), 'pair')}; to merge one, write keep,other,by,on in initiatives/merges.csv"
    )


@command.command("publish")
@click.argument("out", type=PATH)
@_FOLDER
@_TODAY
def publish(out: Path, folder: Path, day: date) -> None:
    """Write the directory's files into the data folder OUT."""
    from thuis.directory.folder import write

    found = _load(folder, day)
    paths = write(found, out, day)
    click.echo(f"{counted(len(found.records), 'initiative')}, {counted(len(paths), 'file')}: {out}")


@command.command("grants")
@click.argument("municipality", required=False)
@_FOLDER
@_TODAY
@JSON
def grants(municipality: str | None, folder: Path, day: date, as_json: bool) -> None:
    """Show the grants per scheme and year, or those of one MUNICIPALITY with what went into it."""
    from thuis.directory.grants import as_rows, given, totals
    from thuis.directory.load import load

    found = load(folder, day)
    if not found.grants:
        raise ThuisError("there are no grants here", Place(str(folder)), "a file grants.csv")
    mine = given(found.grants, municipality, day) if municipality else found.grants
    if as_json:
        tell([each.plain() for each in as_rows(mine, day)])
        return
    for (scheme, year), amount in sorted(totals(mine).items()):
        click.echo(f"{year}  {amount:>15,.2f}  {scheme}")
    click.echo(f"{counted(len(mine), 'amount')}, {sum(each.amount for each in mine):,.2f} euros")
