"""What commands share: their options, and how they answer."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from thuis.errors import ThuisError
from thuis.files import ordinary, special
from thuis.language import LANGUAGES

Command = TypeVar("Command", bound=Callable[..., Any])


class _Path(click.Path):
    """A file or folder of the user's: a pipe, a socket or a device to read from may have no end."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = Path(os.fsdecode(super().convert(value, param, ctx)))
        if isinstance(param, click.Argument) and str(found) not in _WRITTEN and not ordinary(found):
            raise ThuisError(special(str(found)))
        return found


_WRITTEN = (os.devnull, "/dev/stdout", "/dev/stderr")
PATH = _Path(path_type=Path)
PROJECT = click.argument("folder", type=PATH, default=".")
JSON = click.option("--json", "as_json", is_flag=True, help="Answer for a machine.")
LANGUAGE = click.option(
    "--language", type=click.Choice(LANGUAGES), default="nl", show_default=True, help="Of the answer."
)
ENCODING = click.option("--encoding", help="Encoding of the file; found by its bytes when left out.")
SHEET = click.option("--sheet", help="Sheet of a workbook; the one with the respondents when left out.")
DELIMITER = click.option("--delimiter", help="Mark between the fields of a CSV; found when left out.")
DECIMAL = click.option("--decimal", type=click.Choice([".", ","]), help="Decimal mark of a CSV.")
THOUSANDS = click.option(
    "--thousands", type=click.Choice([".", ",", " "]), help="Mark between groups of three digits."
)


def together(*options: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """Options that several commands have, as one decorator; the first stands first in the help."""

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def a_day(text: str) -> date:
    """The day that an option names, in what way people write one.

    :raises ThuisError: when it is no day.
    """
    from thuis.errors import Place, ThuisError
    from thuis.tables.sheet import day, no_day

    found = day(text)
    if found is None:
        raise ThuisError(no_day(text, Place("the day")))
    return found


def this_day() -> date:
    """The day it is where the command runs."""
    return datetime.now().astimezone().date()


def day_option(*names: str, told: str) -> Callable[[Command], Command]:
    """An option that names a day, today unless given."""
    return click.option(
        *names,
        type=a_day,
        default=lambda: str(this_day()),
        metavar="YYYY-MM-DD",
        help=f"{told}; today when left out.",
    )


def tell(value: object) -> None:
    """An answer for a machine."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def table(head: Sequence[object], rows: Iterable[Sequence[object]], *, ruled: bool = True) -> str:
    """Rows under a head, as wide as what is in them.

    >>> print(table(["class", "n"], [["Europe", 12]]))
    class   n
    ------  --
    Europe  12
    """
    lines = [[str(each) for each in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines[1:1] = [["-" * width for width in widths]] if ruled else []
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
