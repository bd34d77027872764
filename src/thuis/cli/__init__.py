"""The ``thuis`` command: one file per command, imported only when that command runs.

Importing Polars, DuckDB or pydantic costs more than most commands take, so the group below knows its
commands by name and loads the module of the one that was asked for.
"""

from __future__ import annotations

import difflib
import gc
import importlib
import json
import sys
from typing import Any, NoReturn

import click

from thuis import __version__
from thuis.errors import Place, Problem, ThuisError

COMMANDS: dict[str, str] = {
    "init": "Start a new project folder.",
    "wave": "Add a wave to a project, from its survey file.",
    "columns": "Show what a survey file holds.",
    "check": "Check a project without building anything.",
    "build": "Build the public monitor of a project.",
    "serve": "Serve a built monitor on this machine and rebuild on change.",
    "explain": "Trace a published figure to its question, weight, n and formula.",
    "codebook": "Write the codebook of a project as DDI.",
    "audit": "Attack a built monitor, or two releases, as an outsider would.",
    "tables": "Make a book of tables of a built monitor, for Excel or LibreOffice.",
    "report": "Make a report of a built monitor: PDF, Word, or two pages for a desk.",
    "export": "Hand a built monitor to other systems: SDMX, SQLite, JSON-stat, DCAT, pictures.",
    "release": "Freeze the current state as a numbered version.",
    "screen": "Screen documents against the dated vocabulary.",
    "vocabulary": "Build, check, import and export the vocabulary.",
    "letter": "Read a letter to Parliament into text, notes, citations and commitments.",
    "dossier": "Keep the ledger of commitments and measures.",
    "directory": "Find, check, import, export and publish initiatives and grants.",
    "live": "Run the live service: people submit, correct, comment and decide.",
    "place": "Say which municipality a written name means on a day.",
    "origin": "Classify birth countries under the 1999, 2016 and 2022 schemes.",
}


class LazyGroup(click.Group):
    """A click group that imports ``thuis.cli.<name>`` and takes its ``command`` on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"thuis.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta["thuis.words"] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a :class:`ThuisError` is a message, for a machine when the answer would be.

        The same goes for what the machine refuses while something is written: a full disk, no right.
        """
        words: tuple[str, ...] = ctx.meta["thuis.words"]
        for_machine = "--json" in words or "--format=json" in words or "--format json" in " ".join(words)
        try:
            return super().invoke(ctx)
        except ThuisError as error:
            fail(error, for_machine)
        except BrokenPipeError:
            raise
        except OSError as error:
            fail(ThuisError(refused(error)), for_machine)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        near = difflib.get_close_matches(args[0], COMMANDS, n=1) if args else []
        if args and args[0] not in COMMANDS:
            hint = f" Did you mean {near[0]!r}?" if near else f" Available: {', '.join(COMMANDS)}."
            ctx.fail(f"no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="thuis")
def thuis() -> None:
    """From survey microdata to a public monitor; from policy text to checked words and promises."""


def fail(error: ThuisError, as_json: bool = False) -> NoReturn:
    """Print every problem on standard error (or as JSON on standard output) and leave with status 2."""
    if as_json:
        click.echo(json.dumps({"problems": [each.as_dict() for each in error.problems]}, indent=2))
    else:
        click.echo(str(error), err=True)
    sys.exit(2)


def counted(number: int, thing: str) -> str:
    """A number of things.

    >>> counted(1, "figure"), counted(1200, "respondent")
    ('1 figure', '1,200 respondents')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def main() -> None:
    """Run the command line."""
    # A build makes millions of small values and hardly a ring of them: looking for rings took a tenth of it.
    gc.set_threshold(100_000, 20, 20)
    thuis()


def refused(error: OSError) -> Problem:
    """What the machine refused.

    >>> print(refused(PermissionError(13, "Permission denied", "public")))
    public: permission denied
      next: choose a folder that you may write to
    """
    steps: dict[type[OSError], str] = {PermissionError: "choose a folder that you may write to"}
    where = Place(str(error.filename)) if error.filename else None
    return Problem((error.strerror or str(error)).lower(), where, step=steps.get(type(error)))
