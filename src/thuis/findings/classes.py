"""The change of origin classes as a flow: counts under one scheme, and what another can make of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from thuis.errors import Place, Problem, raise_all
from thuis.findings.explain import formula
from thuis.findings.registers import read_counts
from thuis.findings.words import Num, listed, say, sentence
from thuis.language import LANGUAGES
from thuis.origin import NOT_DETERMINED, Scheme, crosswalk, scheme
from thuis.project.places import ClassFlow

Text = dict[str, str]
KEYS = ("class", "target_class", "target_group")


@dataclass(frozen=True, slots=True)
class Classes:
    """Counts under ``source`` beside what each becomes under ``target``.

    ``links``: ``class, groups, target_class, target_group, persons, possible``; groups of one class that get
    the same answer stand together.
    """

    source: Scheme
    target: Scheme
    links: pl.DataFrame

    @property
    def persons(self) -> int:
        """Everyone counted."""
        return int(self.links["persons"].sum())

    @property
    def undetermined(self) -> int:
        """The persons of whom ``target`` cannot tell class or group."""
        return int(self.links.filter(_open())["persons"].sum())

    @property
    def no_class(self) -> int:
        """The persons of whom not even the class can be told."""
        return int(self.links.filter(pl.col("target_class") == NOT_DETERMINED)["persons"].sum())


def _open() -> pl.Expr:
    return (pl.col("target_class") == NOT_DETERMINED) | (
        pl.col("target_group").fill_null("") == NOT_DETERMINED
    )


def classes(folder: Path, asked: ClassFlow, minimum: int = 0) -> Classes:
    """Join declared counts with the crosswalk between two schemes.

    Nothing is divided by a share from elsewhere: what the crosswalk does not determine stays undetermined.

    :param folder: the project folder that the file name starts from.
    :param minimum: the least persons a row may have, unless it has none.
    :raises ThuisError: for an unknown scheme or file, faulty counts, rows of too few persons, or a class or
        group the scheme has not.
    """
    source, target = scheme(asked.source_scheme), scheme(asked.target_scheme)
    counts = read_counts(folder, asked.counts, ("class", "group"), ("persons",))
    table = crosswalk(source, target)
    joined = counts.with_row_index("at").join(table, on=["class", "group"], how="left", nulls_equal=True)
    raise_all(
        [
            Problem(
                f"class {row['class']!r}, group {row['group']!r} is not in the scheme {source.id!r}",
                Place(asked.counts, row=row["at"] + 2),
                available=tuple(f"{c}/{g or ''}" for c, g in table.select("class", "group").iter_rows()),
            )
            for row in joined.filter(pl.col("target_class").is_null()).iter_rows(named=True)
        ]
        + [
            Problem(
                f"class {row['class']!r}, group {row['group']!r} has fewer than {minimum} persons",
                Place(asked.counts, row=row["at"] + 2),
                expected=f"0, or {minimum} at least: the flow shows every row",
                step="add it to another group of its class",
            )
            for row in joined.filter(pl.col("persons").is_between(1, minimum - 1)).iter_rows(named=True)
        ]
    )
    links = (
        joined.group_by(*KEYS, maintain_order=True)
        .agg(pl.col("group").drop_nulls().alias("groups"), pl.col("persons").sum(), pl.col("possible"))
        .sort("persons", descending=True, maintain_order=True)
    )
    return Classes(source, target, links)


def flow_entry(folder: Path, asked: ClassFlow, minimum: int = 0) -> dict[str, Any]:
    """The entry of ``flow.json``.

    Links are coloured where the other scheme has no one answer: there the series breaks.
    """
    found = classes(folder, asked, minimum)
    rows = list(found.links.iter_rows(named=True))
    starts = [_start(found, row) for row in rows]
    ends: dict[str, dict[str, Any]] = {}
    for row in rows:
        end = ends.setdefault(_key(row), {"id": _key(row), "title": _end(found.target, row), "persons": 0})
        end["persons"] += row["persons"]
    names = {"source": _inside(found.source.title), "target": _inside(found.target.title)}
    return {
        "id": asked.id,
        "title": dict(asked.title),
        "sentence": say("classes.head", share=Num(100 * found.undetermined / found.persons, 0, "percent")),
        "facts": [
            say(
                "classes.sentence",
                persons=found.persons,
                open=found.undetermined,
                share=Num(100 * found.undetermined / found.persons, 1, "percent"),
                **names,
            ),
            say("classes.no-class", persons=found.no_class, **names),
            say("classes.break"),
        ],
        "description": dict(asked.description),
        "unit": say("classes.unit"),
        "decimals": 0,
        "synthetic": asked.synthetic,
        "persons": found.persons,
        "moved": None,
        "date": asked.counted.isoformat(),
        "from": {"id": found.source.id, "title": dict(found.source.title), "classes": starts},
        "to": {"id": found.target.id, "title": dict(found.target.title), "classes": list(ends.values())},
        "links": [
            {
                "from": start["id"],
                "to": _key(row),
                "persons": row["persons"],
                "moves": _is_open(row),
                "text": _possible(found.target, row) if _is_open(row) else None,
            }
            for start, row in zip(starts, rows, strict=True)
        ],
        "coloured": say("classes.undetermined"),
        "grey": say("classes.determined"),
        "about": list(asked.about),
        "source": dict(asked.source),
        "method": say("classes.method", **names),
        "limits": sentence(say("classes.limits"), asked.limits or dict.fromkeys(LANGUAGES, "")),
        "explain": {"formula": formula("crosswalk"), "inputs": [asked.counts]},
        "downloads": [],
    }


def _inside(title: Mapping[str, str]) -> Text:
    """A title within a sentence."""
    return {language: text[:1].lower() + text[1:] for language, text in title.items()}


def _key(row: dict[str, Any]) -> str:
    return "-".join(each for each in (row["target_class"], row["target_group"]) if each)


def _is_open(row: dict[str, Any]) -> bool:
    return NOT_DETERMINED in (row["target_class"], row["target_group"])


def _groups(how: Scheme) -> dict[str, Text]:
    return {key: dict(text) for key, text in how.grouping.groups.items()} if how.grouping else {}


def _start(found: Classes, row: dict[str, Any]) -> dict[str, Any]:
    """A class of the first scheme; the groups are named where the class goes to more than one answer."""
    title = dict(found.source.classes[row["class"]])
    alone = found.links.filter(pl.col("class") == row["class"]).height == 1
    if not alone:
        names = [_groups(found.source)[each] for each in row["groups"]]
        title = say("classes.with-groups", title=title, groups=listed(list(names)))
    return {"id": f"{row['class']}-{_key(row)}", "title": title, "persons": row["persons"]}


def _end(how: Scheme, row: dict[str, Any]) -> Text:
    if row["target_class"] == NOT_DETERMINED:
        return say("classes.undetermined")
    title = dict(how.classes[row["target_class"]])
    if not row["target_group"]:
        return title
    if row["target_group"] == NOT_DETERMINED:
        return say("classes.group-undetermined", title=title)
    return say("classes.with-groups", title=title, groups=_groups(how)[row["target_group"]])


def _possible(how: Scheme, row: dict[str, Any]) -> Text:
    """Every answer a person in this link may have under the other scheme."""
    answers = sorted({each for text in row["possible"] for each in text.split(", ")})
    return say("classes.possible", answers=listed([_answer(how, each) for each in answers], "or"))


def _answer(how: Scheme, answer: str) -> Text:
    name, _, group = answer.partition("/")
    title = dict(how.classes[name])
    if not group:
        return title
    inside = say("classes.uncertain") if group == "not-stated" else _groups(how)[group]
    return say("classes.with-groups", title=title, groups=inside)
