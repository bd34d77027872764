"""``thuis place``: which municipality a written name means on a day, and what the table does not know."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import click

from thuis.cli import counted, fail
from thuis.errors import Place, Problem, ThuisError, raise_all


@click.group("place")
def command() -> None:
    """Municipalities at a date, through spellings, mergers and divisions since 1990."""


@command.command("resolve")
@click.argument("name", required=False)
@click.option("--date", "on", help="The day the name was in use (YYYY-MM-DD); today when not said.")
@click.option(
    "--csv", "table", type=click.Path(path_type=Path), help="A file with the columns spelling, date."
)
@click.option("--out", type=click.Path(path_type=Path), help="Where the answers to --csv go.")
@click.option("--json", "as_json", is_flag=True, help="Answer for a machine.")
def resolve_name(
    name: str | None, on: str | None, table: Path | None, out: Path | None, as_json: bool
) -> None:
    """Say which municipality NAME means on a day, or which it may mean and why that cannot be told.

    Leaves with status 1 when NAME is not decided. With --csv every row is answered, and an undecided row has
    an empty code.
    """
    try:
        raise_all(_misuse(name, table, out))
        decided = (
            _resolve_table(table, out, as_json) if table and out else _answer(name or "", _day(on), as_json)
        )
    except ThuisError as error:
        fail(error, as_json)
    if not decided:
        raise SystemExit(1)


def _misuse(name: str | None, table: Path | None, out: Path | None) -> list[Problem]:
    if (name is None) == (table is None):
        return [Problem("give a NAME, or a file with --csv", step="thuis place resolve --help")]
    if table is None:
        return [Problem("--out goes with --csv", step="leave it out")] if out else []
    if out is None:
        return [Problem("--csv needs a place for the answers", step="add --out FILE")]
    same = out.resolve() == table.resolve()
    return [
        Problem("--out would overwrite the file that is read", Place(str(out)), step="name another")
    ] * same


def _day(text: str | None) -> date:
    from thuis.documents.sheet import day, no_day

    if text is None:
        return datetime.now(UTC).date()
    found = day(text)
    if found is None:
        raise ThuisError(no_day(text, Place("--date")))
    return found


def _answer(name: str, on: date, as_json: bool) -> bool:
    from thuis.places import resolve

    found = resolve(name, on)
    if as_json:
        click.echo(json.dumps(found.as_dict(), indent=2, ensure_ascii=False))
    elif found.code:
        click.echo(f"{found.code}  {found.name}  ({found.how})")
    else:
        click.echo(f"not decided on {on}: {found.how}")
        for each in found.candidates:
            click.echo(f"  {each}")
    if found.note and not as_json:
        click.echo(f"note: {found.note}")
    return found.code is not None


def _resolve_table(table: Path, out: Path, as_json: bool) -> bool:
    from thuis.places.sheet import as_csv, read_sheet

    sheet = read_sheet(table)
    aside = out.with_name(f".{out.name}.part")
    aside.write_text(as_csv(sheet), "utf-8", newline="")
    aside.replace(out)
    total = len(sheet.answers)
    if as_json:
        click.echo(json.dumps({"rows": total, "decided": sheet.decided, "out": str(out)}))
    else:
        click.echo(f"{counted(total, 'spelling')}, {sheet.decided:,} decided: {out}")
    return True


@command.command("list")
@click.option("--date", "on", help="The day (YYYY-MM-DD); today when not said.")
@click.option("--json", "as_json", is_flag=True, help="Answer for a machine.")
def list_current(on: str | None, as_json: bool) -> None:
    """List the municipalities of a day."""
    from thuis.places import FIRST, LAST, current

    try:
        day = _day(on)
        raise_all([Problem(f"the table starts on {FIRST}", Place("--date"))] * (day < FIRST))
    except ThuisError as error:
        fail(error, as_json)
    found = current(day)
    if as_json:
        click.echo(
            json.dumps(
                [{"code": m.code, "name": m.name, "province": m.province} for m in found], ensure_ascii=False
            )
        )
        return
    for each in found:
        click.echo(f"{each.code}  {each.name} ({each.province})")
    late = f"; the table ends on {LAST}" if day > LAST else ""
    click.echo(f"{len(found)} municipalities on {day}{late}")


@command.command("gaps")
def list_gaps() -> None:
    """List what the table does not know about 2022-2026."""
    from thuis.places import gaps

    for each in gaps():
        click.echo(f"{each.since} - {each.until}: {each.what} ({each.certainty})")
