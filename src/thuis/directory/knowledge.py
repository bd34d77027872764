"""What is known to work: statements with evidence; situation -> activity -> what works -> initiatives.

A statement says how sure it is and what there is for the group a reader has in mind. None may say that
something is proven.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from thuis.contract.act import ActivityOf, EntryOf
from thuis.contract.base import Strict
from thuis.directory.formats import link
from thuis.directory.terms import terms
from thuis.errors import Problem, raise_all, unknown
from thuis.tables import Row
from thuis.tables.sheet import Table, columns_of, read_table, said, told_in, wanting

CERTAINTY = ("seen", "partly", "memory")
LEVELS = (
    "meta-analysis of trials", "meta-analysis", "trial", "review", "surveys", "practice", "gap",
)  # fmt: skip
TOLD = ("statement", "effect", "measure", "population", "group", "conditions")
ENTRY_COLUMNS = (
    "id", "effect", "measure", "delayed", "level", "year", "source", "url", "certainty", "form",
    *columns_of(*TOLD),
)  # fmt: skip
ACTIVITY_COLUMNS = (
    "situation", "form", *columns_of("works", "fails", "source"), "entries", "source", "certainty",
)  # fmt: skip
_PROVEN = re.compile(
    r"\b(?:bewezen|onomstotelijk|bewijst|aangetoond|proven|proves?|proof|evidence-based|gegarandeerd|"
    r"guaranteed)\b",
    re.I,
)


class Knowledge(Strict):
    """All statements and activities of a directory."""

    entries: tuple[EntryOf, ...] = ()
    activities: tuple[ActivityOf, ...] = ()


def read_knowledge(folder: Path) -> Knowledge:
    """``entries.csv`` and ``activities.csv`` of a folder; an absent folder holds nothing.

    :raises ThuisError: with every fault of every row: marks that are not known, a statement that says
        something is proven, a link that is none, two entries with one id, an activity that leans on no entry.
    """
    problems: list[Problem] = []
    entries: list[EntryOf] = []
    activities: list[ActivityOf] = []
    if (folder / "entries.csv").is_file():
        table = read_table(folder / "entries.csv")
        problems += wanting(
            table, ("id", *told_in(table, ("statement",)), "level", "year", "source", "certainty")
        )
        problems += _strange(table, ENTRY_COLUMNS)
        raise_all(problems)
        entries = [entry for row in table.rows if (entry := _entry(row, table, problems))]
        ids = [each.id for each in entries]
        problems += [
            Problem(f"two entries have the id {i!r}", table.head.place())
            for i in {x for x in ids if ids.count(x) > 1}
        ]
    if (folder / "activities.csv").is_file():
        table = read_table(folder / "activities.csv")
        source = ("source",) if "source" in table.columns else told_in(table, ("source",))
        problems += wanting(table, ("situation", "form", *source, "certainty")) + _strange(
            table, ACTIVITY_COLUMNS
        )
        raise_all(problems)
        known = {each.id for each in entries}
        activities = [made for row in table.rows if (made := _activity(row, known, problems))]
    raise_all(problems)
    return Knowledge(entries=tuple(entries), activities=tuple(activities))


def _strange(table: Table, columns: Iterable[str]) -> list[Problem]:
    return [
        unknown("column", each, columns, table.head.place()) for each in table.columns if each not in columns
    ]


def _many(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(";") if each.strip())


def _entry(row: Row, table: Table, problems: list[Problem]) -> EntryOf | None:
    found = row.among("certainty", CERTAINTY) + row.among("level", LEVELS)
    found += [
        unknown("form", each, terms("form"), row.place("form"))
        for each in _many(row["form"])
        if each not in terms("form")
    ]
    delayed = row["delayed"] or "unknown"
    if delayed not in ("yes", "no", "mixed", "unknown"):
        found.append(unknown("delayed", delayed, ("yes", "no", "mixed", "unknown"), row.place("delayed")))
    for name, cell in row.cells.items():
        word = _PROVEN.search(cell) if name not in ("source", "url") else None
        if word:
            step = "say what was measured, in whom, and how sure that is"
            found.append(Problem(f"an entry may not say {word.group()!r}", row.place(name), step=step))
    found += [
        Problem(f"{name} is empty", row.place(name))
        for name in ("id", *told_in(table, ("statement",)), "source")
        if not row[name]
    ]
    if not re.fullmatch(r"(?:19|20)\d\d", row["year"]):
        found.append(Problem(f"{row['year']!r} is no year", row.place("year"), "the year of the evidence"))
    if row["url"] and link(row["url"]):
        found.append(Problem(str(link(row["url"])), row.place("url")))
    effect = next((each for each in ("effect", *columns_of("effect")) if row[each]), None)
    if effect and row["certainty"] == "memory":
        found.append(
            Problem(
                "a figure from memory is not shipped",
                row.place(effect),
                step="read the source, or leave the figure out",
            )
        )
    problems += found
    if found:
        return None
    return EntryOf.model_validate(
        {
            **{name: row[name] for name in ("id", "level", "year", "source", "certainty")},
            **{name: said(row, name) for name in TOLD},
            "delayed": delayed,
            "url": row["url"] or None,
            "form": _many(row["form"]),
        }
    )


def _activity(row: Row, known: set[str], problems: list[Problem]) -> ActivityOf | None:
    found = row.among("situation", terms("situation")) + row.among("form", terms("form"))
    found += row.among("certainty", CERTAINTY)
    found += [
        unknown("entry", each, known, row.place("entries"))
        for each in _many(row["entries"])
        if each not in known
    ]
    for name in columns_of("works", "fails"):
        word = _PROVEN.search(row[name])
        if word:
            found.append(Problem(f"an activity may not say {word.group()!r}", row.place(name)))
    problems += found
    if found:
        return None
    return ActivityOf.model_validate(
        {
            "situation": row["situation"],
            "form": row["form"],
            "works": {language: _many(text) for language, text in said(row, "works").items()},
            "fails": {language: _many(text) for language, text in said(row, "fails").items()},
            "entries": _many(row["entries"]),
            "source": said(row, "source"),
            "certainty": row["certainty"],
        }
    )
