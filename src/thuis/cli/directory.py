"""``thuis directory``: check, search, import, export and publish initiatives, grants and what works."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thuis.cli import counted, fail
from thuis.errors import Place, Problem, ThuisError, raise_all, unknown
from thuis.values import NAMESPACE

if TYPE_CHECKING:
    from thuis.directory.find import Answer, Query
    from thuis.directory.load import Directory

FORMS = ("csv", "xlsx", "hsds", "jsonld", "geojson", "ics", "atom")
_FOLDER = click.option(
    "--folder",
    "-C",
    default=".",
    type=click.Path(path_type=Path),
    help="A project folder, a built data folder, or one file of initiatives.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Answer for a machine.")
_TODAY = click.option("--today", help="The day to check against (YYYY-MM-DD); today when not said.")


@click.group("directory")
def command() -> None:
    """Initiatives: find them, check them, bring them in and give them out."""


def _day(text: str | None) -> date:
    from thuis.documents.sheet import day, no_day

    if text is None:
        return datetime.now(UTC).date()
    found = day(text)
    if found is None:
        raise ThuisError(no_day(text, Place("--today")))
    return found


def _load(folder: Path, today: date) -> Directory:
    """A directory from a project, a file, or a data folder that was built."""
    from thuis.directory.load import load
    from thuis.directory.reread import reread

    built = next(
        (
            path
            for path in (
                folder / "directory.json",
                folder / "data" / "directory.json",
                folder / "public" / "data" / "directory.json",
            )
            if path.is_file()
        ),
        None,
    )
    if built and not (folder / "initiatives").is_dir():
        return reread(built)
    if folder.name == "directory.json" and folder.is_file():
        return reread(folder)
    found = load(folder, today)
    if found.empty:
        raise ThuisError(
            Problem(
                "there is no directory here",
                Place(str(folder)),
                expected="a folder initiatives/ with CSV, XLSX or JSON, or a built data folder",
                step="thuis directory template initiatives/initiatives.xlsx makes one to fill in",
            )
        )
    return found


def _filters(command_: Callable[..., Any]) -> Callable[..., Any]:
    options = (
        click.option("--theme", "themes", multiple=True, help="Theme; may be repeated."),
        click.option("--municipality", multiple=True, help="Name or CBS code; may be repeated."),
        click.option("--near", help="LATITUDE,LONGITUDE,KM: within so many kilometres."),
        click.option("--audience", multiple=True, help="For whom; may be repeated."),
        click.option("--form", "forms", multiple=True, help="Form of contact; may be repeated."),
        click.option("--language", "languages", multiple=True, help="Code of a language spoken there."),
        click.option("--price", multiple=True, type=click.Choice(["free", "paid", "unknown"])),
    )
    for option in reversed(options):
        command_ = option(command_)
    return command_


def _query(text: str, **given: Any) -> Query:
    from thuis.directory.find import Near, Query

    near = None
    if given["near"]:
        try:
            north, east, km = (float(each) for each in given["near"].split(","))
        except ValueError as error:
            raise ThuisError(
                Problem(
                    f"{given['near']!r} is no place",
                    Place("--near"),
                    "LATITUDE,LONGITUDE,KM, such as 52.09,5.12,10",
                )
            ) from error
        near = Near(north, east, km)
    return Query(
        text,
        themes=given["themes"],
        municipality=given["municipality"],
        near=near,
        audience=given["audience"],
        form=given["forms"],
        languages=given["languages"],
        price=given["price"],
    )


@command.command("search")
@click.argument("query", default="")
@_FOLDER
@_filters
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(0), help="How many to show; 0 for all."
)
@click.option("--as", "form", type=click.Choice(FORMS), help="Give the records in this form instead.")
@_TODAY
@_JSON
def search(
    query: str, folder: Path, limit: int, form: str | None, today: str | None, as_json: bool, **given: Any
) -> None:
    """Find initiatives by what QUERY means, in Dutch or English, as the page does.

    Leaves with status 1 when there is none.
    """
    try:
        from thuis.directory.find import checked, find
        from thuis.directory.index import build

        day = _day(today)
        index = build(_load(folder, day).records)
        answer = find(index, checked(_query(query, **given), index, day), day)
        if form:
            click.echo(_as(form, answer, day), nl=False)
            return
    except ThuisError as error:
        fail(error, as_json)
    if as_json:
        from thuis.directory.views import listed

        rows = listed(answer, day)
        shown = rows[:limit] if limit else rows
        click.echo(json.dumps({**answer.as_dict(), "results": shown}, ensure_ascii=False, indent=2))
    else:
        _print(answer, limit)
    if not answer.hits:
        raise SystemExit(1)


def _print(answer: Answer, limit: int) -> None:
    from thuis.directory.index import place_name

    for word, read in answer.corrected.items():
        click.echo(f"read {word!r} as {read!r}")
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
    from datetime import time
    from functools import partial

    from thuis.directory import views
    from thuis.directory.calendar import calendar

    moment = datetime.combine(today, time(), UTC)
    title = answer.query.text or "thuis"
    made: dict[str, Callable[[], bytes]] = {
        "csv": lambda: views.table(answer).encode(),
        "xlsx": partial(views.workbook, answer),
        "hsds": lambda: views.api(answer).encode(),
        "jsonld": lambda: views.json_ld(answer.records).encode(),
        "geojson": lambda: json.dumps(views.geojson(answer), ensure_ascii=False).encode(),
        "ics": partial(calendar, answer.records, today),
        "atom": partial(views.feed, answer, title, f"{NAMESPACE}directory", moment),
    }
    return made[form]()


@command.command("check")
@_FOLDER
@_TODAY
@_JSON
def check(folder: Path, today: str | None, as_json: bool) -> None:
    """Name every fault by file and row, what a person should look at, and what each record lacks."""
    from thuis.directory.grants import repeated
    from thuis.directory.quality import quality

    try:
        day = _day(today)
        found = _load(folder, day)
    except ThuisError as error:
        fail(error, as_json)
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
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
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
@click.argument("out", type=click.Path(path_type=Path))
@_FOLDER
@click.option("--form", type=click.Choice(FORMS), help="When the end of the name does not say it.")
@_TODAY
def export(out: Path, folder: Path, form: str | None, today: str | None) -> None:
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
    try:
        kind = form or ends.get(out.suffix.lower())
        raise_all([] if kind else [unknown("form", out.suffix or out.name, ends)])
        day = _day(today)
        found = _load(folder, day)
        answer = find(build(found.records), Query(inactive=True), day)
        _put(out, _as(kind or "", answer, day))
    except ThuisError as error:
        fail(error)
    click.echo(f"{counted(len(answer.hits), 'initiative')}: {out}")


def _put(out: Path, data: bytes) -> None:
    aside = out.with_name(f".{out.name}.part")
    aside.write_bytes(data)
    aside.replace(out)


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@_TODAY
def import_file(file: Path, out: Path, today: str | None) -> None:
    """Bring FILE (CSV, XLSX, HSDS JSON of any age, a folder or zip of HSDS tables) into OUT (.json or .csv).

    A .json keeps all that HSDS has. Faults are named, and keep a table out; HSDS is brought in with them.
    """
    from thuis.directory.hsds_out import as_json as hsds_json
    from thuis.directory.intake import read_hsds
    from thuis.directory.table import as_csv, read_initiatives

    try:
        day = _day(today)
        if file.is_dir() or file.suffix.lower() in (".json", ".zip"):
            package = read_hsds(file, day)
            rows, faults, shape = list(package.records), list(package.problems), package.shape
        else:
            rows, faults = read_initiatives(file, day)
            raise_all(faults)
            shape = file.suffix.lstrip(".").lower()
        raise_all(
            []
            if out.suffix.lower() in (".json", ".csv")
            else [unknown("form", out.suffix, (".json", ".csv"))]
        )
        raise_all(
            []
            if out.resolve() != file.resolve()
            else [Problem("it would overwrite the file that is read", Place(str(out)))]
        )
        records = [record for record, _ in rows]
        _put(out, (hsds_json(records) if out.suffix.lower() == ".json" else as_csv(records)).encode())
    except ThuisError as error:
        fail(error)
    for fault in faults:
        click.echo(str(fault), err=True)
    click.echo(f"{counted(len(rows), 'initiative')} ({shape}), {len(faults)} to mend: {out}")


@command.command("template")
@click.argument("out", type=click.Path(path_type=Path))
def template(out: Path) -> None:
    """Write an empty table to fill in: .xlsx with lists to choose from, or .csv."""
    from thuis.directory.columns import COLUMNS
    from thuis.directory.table import as_csv, as_xlsx

    try:
        raise_all(
            []
            if out.suffix.lower() in (".xlsx", ".csv")
            else [unknown("form", out.suffix, (".xlsx", ".csv"))]
        )
        raise_all(
            [Problem("there is a file already", Place(str(out)), step="name another")] if out.exists() else []
        )
        _put(out, as_xlsx([], template=True) if out.suffix.lower() == ".xlsx" else as_csv([]).encode())
    except ThuisError as error:
        fail(error)
    click.echo(f"{len(COLUMNS)} columns, only 'name' is needed: {out}")


@command.command("duplicates")
@_FOLDER
@_TODAY
@_JSON
def duplicates(folder: Path, today: str | None, as_json: bool) -> None:
    """Propose records that may be the same initiative, with the evidence; a person decides in merges.csv."""
    from thuis.directory.merges import proposals

    try:
        found = _load(folder, _day(today))
    except ThuisError as error:
        fail(error, as_json)
    pairs = proposals(found.records, found.merges)
    if as_json:
        click.echo(json.dumps([each.as_dict() for each in pairs], ensure_ascii=False, indent=2))
        return
    for each in pairs:
        click.echo(f"{each.score:.2f}  {each.one}  {each.other}")
        for proof in each.evidence:
            click.echo(f"      {proof.kind}: {proof.one} | {proof.other}")
    click.echo(
        f"{counted(len(pairs), 'pair')}; to merge one, write keep,other,by,on in initiatives/merges.csv"
    )


@command.command("publish")
@click.argument("out", type=click.Path(path_type=Path))
@_FOLDER
@_TODAY
def publish(out: Path, folder: Path, today: str | None) -> None:
    """Write the directory's files into the data folder OUT."""
    from thuis.directory.folder import write

    try:
        day = _day(today)
        found = _load(folder, day)
        paths = write(found, out, day)
    except ThuisError as error:
        fail(error)
    click.echo(f"{counted(len(found.records), 'initiative')}, {counted(len(paths), 'file')}: {out}")


@command.command("grants")
@click.argument("municipality", required=False)
@_FOLDER
@_TODAY
@_JSON
def grants(municipality: str | None, folder: Path, today: str | None, as_json: bool) -> None:
    """Show the grants per scheme and year, or those of one MUNICIPALITY with what went into it."""
    from thuis.directory.grants import as_rows, given, totals
    from thuis.directory.load import load

    try:
        day = _day(today)
        found = load(folder, day)
        raise_all(
            []
            if found.grants
            else [Problem("there are no grants here", Place(str(folder)), "a file grants.csv")]
        )
        mine = given(found.grants, municipality, day) if municipality else found.grants
    except ThuisError as error:
        fail(error, as_json)
    if as_json:
        click.echo(json.dumps(as_rows(mine, day), ensure_ascii=False, indent=2))
        return
    for (scheme, year), amount in sorted(totals(mine).items()):
        click.echo(f"{year}  {amount:>15,.2f}  {scheme}")
    click.echo(f"{counted(len(mine), 'amount')}, {sum(each.amount for each in mine):,.2f} euros")
