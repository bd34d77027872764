"""Files whose rows are groups of a table, with the number of people in each: nobody answered in a row."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from thuis.errors import Place, Problem
from thuis.formats import Raw
from thuis.formats.answers import everybody
from thuis.formats.interviews import person_of
from thuis.formats.numbers import to_number
from thuis.starter.looked import Looked
from thuis.starter.roles import known

_MOST_ROWS, _MOST_COLUMNS = 20_000, 20
"""A table of groups has no more."""


def of_groups(looked: Looked, traits: Sequence[str]) -> list[Problem]:
    """A fault when each row is a group, by a group of everybody among the others or by a count of people.

    :param traits: columns of what people are: those of the breakdowns.
    """
    raw, file = looked.whole(traits), looked.file.name
    for name in traits:
        labels = raw.about(name).labels
        counts = {labels.get(each, each): n for each, n in raw.codes(name).drop_nulls().value_counts().rows()}
        total = next((each for each in counts if everybody(each)), None)
        if total is not None and not all(map(everybody, counts)):
            rows = f"{counts[total]:,} row{'s' if counts[total] > 1 else ''}"
            step = (
                f"if the other rows are respondents, leave these out with --without "
                f"{shlex.quote(f'{name}={total}')}; else use the file of the respondents"
            )
            what = f"{name!r} has a group {total!r} beside the others ({rows})"
            return [_table(file, name, what, step)]
    once = looked.once
    counted = next((each for each in once if known()["count"]["names"].fullmatch(each)), None)
    if counted is None or person_of(once, ()) or len(once) > _MOST_COLUMNS:
        return []
    raw = looked.whole(once)
    if raw.frame.height > _MOST_ROWS or not _whole(raw, counted):
        return []
    keys = [each for each in once if each != counted and raw.codes(each).n_unique() < raw.frame.height]
    if not keys or raw.frame.select(keys).is_duplicated().any():
        return []
    step = (
        f"use the file of the respondents; if every row stands for that many people, say --weight {counted}"
    )
    return [_table(file, counted, f"no two rows have the same {', '.join(keys[:3])}", step)]


def _whole(raw: Raw, name: str) -> bool:
    """Whether a column counts: whole numbers in every row, more than two on average."""
    values = to_number(raw.frame[name], *raw.marks).values
    whole = not values.null_count() and bool((values % 1 == 0).all()) and bool((values >= 0).all())
    return whole and float(values.sum()) > 2 * len(values)


def _table(file: str, column: str, what: str, step: str) -> Problem:
    return Problem(
        f"the rows seem to be groups of a table and no respondents: {what}",
        Place(file, key=column),
        expected="one row per respondent",
        step=step,
    )
