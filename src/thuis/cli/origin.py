"""``thuis origin``: classify birth countries, compare schemes, and say what cannot be told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thuis.cli.options import JSON, PATH, table, tell, together
from thuis.errors import ThuisError
from thuis.files import aside
from thuis.language import LANGUAGES, texts

if TYPE_CHECKING:
    import polars as pl

    from thuis.origin import Scheme

SCHEMES = "1999, 2016, 2022, us-census or us-mainland"
KINDS = (".csv", ".parquet")


_COLUMNS = together(
    click.option("--own", default="self", show_default=True, help="Column: birth country of the person."),
    click.option("--mother", default="mother", show_default=True, help="Column: of the mother."),
    click.option("--father", default="father", show_default=True, help="Column: of the father."),
    click.option("--codes", default="iso3", show_default=True, help="iso3, cbs, nl or en."),
    click.option("--unknown", multiple=True, help="A writing that means unknown; may be repeated."),
)
_SPEECH = together(
    click.option("--language", type=click.Choice(LANGUAGES), default="en", help="Of the answer."), JSON
)


@click.group("origin")
def command() -> None:
    """Classify birth countries under the 1999, 2016 and 2022 schemes.

    An answer that no source gives is "not stated"; a class that does not carry over is "not determined".
    """


@command.command("classify")
@click.argument("file", type=PATH)
@click.option("--scheme", "name", default="2022", show_default=True, help=f"{SCHEMES}.")
@click.option("--out", type=PATH, help="Result (.csv or .parquet); FILE-SCHEME.csv, or .parquet as FILE.")
@_COLUMNS
@_SPEECH
def classify_file(
    file: Path, name: str, out: Path | None, as_json: bool, language: str, **columns: Any
) -> None:
    """Add the class of every person in FILE, a survey file of any kind, and write the result beside it."""
    from thuis.origin import classify, scheme

    how = scheme(name)
    frame = _read(file)
    answer = classify(frame, how, **_named(columns))
    kind = file.suffix if file.suffix.lower() in KINDS else ".csv"
    target = out or file.with_name(f"{file.stem}-{name}{kind}")
    _write(frame.with_columns(answer.select(_fresh(frame, answer))), target)
    counts = answer.group_by("class", "group").len("persons").sort("class", "group")
    if as_json:
        tell({"scheme": name, "out": str(target), "counts": counts.to_dicts()})
        return
    t = texts("origin", language)
    click.echo(t("classified", persons=frame.height, scheme=how.title[language], out=target))
    click.echo(
        table(
            [t("column.class"), t("column.group"), t("column.persons")],
            [(*_titles(how, row[0], row[1], language), str(row[2])) for row in counts.iter_rows()],
        )
    )


@command.command("crosswalk")
@click.option("--from", "source", default="2022", show_default=True, help=f"{SCHEMES}.")
@click.option("--to", "target", default="1999", show_default=True, help=f"{SCHEMES}.")
@click.option("--countries", is_flag=True, help="Compare groups of birth countries instead of persons.")
@_SPEECH
def crosswalk_schemes(source: str, target: str, countries: bool, as_json: bool, language: str) -> None:
    """Say what each class of one scheme becomes under another, and where that cannot be told."""
    from thuis.origin import country_groups, crosswalk, scheme

    first, second = scheme(source), scheme(target)
    made = country_groups(first, second) if countries else crosswalk(first, second)
    if as_json:
        tell(made.to_dicts())
        return
    t = texts("origin", language)
    under = t("column.target", scheme=target)
    if countries:
        rows = [
            (_titles(first, "", group, language)[1], str(n), _titles(second, "", found, language)[1], split)
            for group, n, found, split in made.iter_rows()
        ]
        click.echo(table([t("column.group"), t("column.countries"), under, t("column.split")], rows))
    else:
        click.echo(
            table(
                [t("column.class"), t("column.group"), under, under, t("column.possible")],
                [
                    (
                        *_titles(first, row[0], row[1], language),
                        *_titles(second, row[2], row[3], language),
                        row[4],
                    )
                    for row in made.iter_rows()
                ],
            )
        )
    click.echo(f"\n{t('second-hand')}")


@command.command("flow")
@click.argument("file", type=PATH)
@click.option("--from", "source", default="1999", show_default=True, help=f"{SCHEMES}.")
@click.option("--to", "target", default="2022", show_default=True, help=f"{SCHEMES}.")
@click.option("--weight", help="Column with weights or counts.")
@_COLUMNS
@_SPEECH
def flow_file(
    file: Path, source: str, target: str, weight: str | None, as_json: bool, language: str, **columns: Any
) -> None:
    """Count the persons in FILE under two schemes and show who moves between classes."""
    from thuis.origin import flow

    counted = flow(_read(file), source, target, weight=weight, **_named(columns))
    if as_json:
        tell(counted.as_dict())
        return
    t = texts("origin", language)
    head = [source, t("column.group"), target, t("column.group"), t("column.persons"), t("column.moves")]
    rows = [
        (
            *_titles(counted.source, row[0], row[1], language),
            *_titles(counted.target, row[2], row[3], language),
            f"{row[4]:g}",
            t("yes") if row[5] else t("no"),
        )
        for row in counted.matrix.iter_rows()
    ]
    click.echo(table(head, rows))
    share = 100 * counted.moved / counted.persons if counted.persons else 0.0
    summary = t(
        "flow.summary", persons=f"{counted.persons:g}", moved=f"{counted.moved:g}", share=f"{share:.1f}"
    )
    click.echo(f"\n{summary}\n{t('flow.break')}")


@command.command("schemes")
@_SPEECH
def list_schemes(as_json: bool, language: str) -> None:
    """List the schemes with their dates and sources."""
    from thuis.origin import schemes

    t = texts("origin", language)
    rows = []
    for each in schemes().values():
        start, end = each.valid_from.isoformat(), each.valid_until and each.valid_until.isoformat()
        valid = t("until", start=start, end=end) if end else t("since", start=start)
        rows.append((each.id, each.title[language], valid, each.source[language]))
    if as_json:
        tell([dict(zip(("id", "title", "valid", "source"), row, strict=True)) for row in rows])
    else:
        for name, title, valid, source in rows:
            click.echo(f"{name}  {title}\n    {valid}\n    {source}")


def _named(columns: dict[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in columns.items() if k != "unknown"}, "unknown_codes": columns["unknown"]}


def _read(file: Path) -> pl.DataFrame:
    """Every column of a survey file of any kind; how a CSV is written is seen from it."""
    from thuis.formats import Written, columns_of, read
    from thuis.starter.dialect import dialect

    seen = dialect(file)
    how = Written(seen.encoding, seen.delimiter)
    return read(file, list(columns_of(file, how)), how).frame


def _write(frame: pl.DataFrame, target: Path) -> None:
    if target.suffix.lower() not in KINDS:
        raise ThuisError(f"{target}: cannot write a {target.suffix or 'nameless'} file", available=KINDS)
    with aside(target) as part:
        (frame.write_parquet if target.suffix.lower() == ".parquet" else frame.write_csv)(part)


def _fresh(frame: pl.DataFrame, answer: pl.DataFrame) -> list[str]:
    taken = sorted(set(frame.columns) & set(answer.columns))
    if taken:
        raise ThuisError(
            f"the file already has a column {taken[0]!r}", step="rename it", available=tuple(taken)
        )
    return answer.columns


def _titles(how: Scheme, cls: str | None, group: str | None, language: str) -> tuple[str, str]:
    t = texts("origin", language)
    special = {
        "not-determined": t("not-determined"),
        "not-stated": t("not-stated"),
        None: t("nothing"),
        "": "",
    }
    named = {key: text[language] for key, text in how.classes.items()}
    groups = {key: text[language] for key, text in how.grouping.groups.items()} if how.grouping else {}
    first = named.get(str(cls)) or special.get(cls) or str(cls)
    return first, groups.get(str(group)) or special.get(group) or str(group)
