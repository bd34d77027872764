"""``thuis place``: which municipality a written name means on a day, and what the table does not know."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thuis.cli import counted
from thuis.cli.options import JSON, PATH, day_option, tell
from thuis.errors import Place, Problem, raise_all
from thuis.files import put


@click.group("place")
def command() -> None:
    """Municipalities at a date, through spellings, mergers and divisions since 1990."""


@command.command("resolve")
@click.argument("name", required=False)
@day_option("--date", "day", told="The day the name was in use")
@click.option("--csv", "table", type=PATH, help="A file with the columns spelling, date.")
@click.option("--out", type=PATH, help="Where the answers to --csv go.")
@JSON
def resolve_name(name: str | None, day: date, table: Path | None, out: Path | None, as_json: bool) -> None:
    """Say which municipality NAME means on a day, or which it may mean and why that cannot be told.

    Leaves with status 1 when NAME is not decided. With --csv every row is answered, and an undecided row has
    an empty code.
    """
    raise_all(_misuse(name, table, out))
    if table and out:
        _resolve_table(table, out, as_json)
    elif not _answer(name or "", day, as_json):
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


def _answer(name: str, on: date, as_json: bool) -> bool:
    from thuis.places import resolve

    found = resolve(name, on)
    if as_json:
        tell(found.as_dict())
    elif found.code:
        click.echo(f"{found.code}  {found.name}  ({found.how})")
    else:
        click.echo(f"not decided on {on}: {found.how}")
        for each in found.candidates:
            click.echo(f"  {each}")
    if found.note and not as_json:
        click.echo(f"note: {found.note}")
    return found.code is not None


def _resolve_table(table: Path, out: Path, as_json: bool) -> None:
    from thuis.places.sheet import as_csv, read_sheet

    sheet = read_sheet(table)
    put(out, as_csv(sheet))
    total = len(sheet.answers)
    if as_json:
        tell({"rows": total, "decided": sheet.decided, "out": str(out)})
    else:
        click.echo(f"{counted(total, 'spelling')}, {sheet.decided:,} decided: {out}")


@command.command("list")
@day_option("--date", "day", told="The day")
@JSON
def list_current(day: date, as_json: bool) -> None:
    """List the municipalities of a day."""
    from thuis.places import FIRST, LAST, current

    raise_all([Problem(f"the table starts on {FIRST}", Place("--date"))] * (day < FIRST))
    found = current(day)
    if as_json:
        tell([{"code": m.code, "name": m.name, "province": m.province} for m in found])
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
