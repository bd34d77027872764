"""Questions that were not put to everybody: by a question before, in halves, of members of a household."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import polars as pl

_FEWEST = 10
_EMPTY, _ANSWERED = 0.02, 0.7
"""The part that answered where nobody was asked, at most; and where all were, at least."""
_EXPLAINED = 0.8
"""The part of those without an answer who were not asked."""
_SILENT = 0.05
"""Fewer without an answer are not worth a question."""
_HALF, _TOGETHER = 0.2, 0.7
"""Each of two halves has at least, and both together, so large a part of the rows."""
_STEM = re.compile(r"(?P<stem>.*?[^\W\d_].*?)[_.]?(?P<mark>[a-z]|\d{1,2}|[a-z]\d)", re.IGNORECASE)
_MEMBER = re.compile(r"(?P<stem>.*[^\W\d_])[_.]?0*(?P<mark>\d{1,2})")
_QUESTIONS, _MEMBERS = 2, 2


def asked_of(answered: pl.Series, name: str, others: Mapping[str, pl.Series]) -> str | None:
    """A remark when a question was answered by nobody of some answer to another: it was not put to them.

    :param answered: whether each row has an answer.
    :param others: codes of other columns.

    >>> work = pl.Series(["1"] * 60 + ["2"] * 40)
    >>> print(asked_of(pl.Series([True] * 60 + [False] * 40), "hours", {"work": work}).partition(":")[2])
     nobody of the 40 rows in which 'work' is 2 answered 'hours': figures are of the others alone ('base')
    """
    gone = ~answered
    if gone.sum() < max(_FEWEST, _SILENT * len(answered)) or not answered.any():
        return None
    for other, codes in others.items():
        frame = pl.DataFrame({"c": codes.fill_null(""), "a": answered.cast(pl.Float64)})
        counts = frame.group_by("c").agg(n=pl.len(), share=pl.col("a").mean()).sort("c")
        none = counts.filter((pl.col("share") <= _EMPTY) & (pl.col("n") >= _FEWEST) & (pl.col("c") != ""))
        most = counts.filter((pl.col("share") >= _ANSWERED) & (pl.col("n") >= _FEWEST) & (pl.col("c") != ""))
        if none.is_empty() or most.is_empty() or len(counts) > _FEWEST * 2:
            continue
        rows = int(none["n"].sum())
        if rows >= _EXPLAINED * int(gone.sum()):
            listed = ", ".join(none["c"].head(3).to_list())
            return (
                f"asked: nobody of the {rows:,} rows in which {other!r} is {listed} answered {name!r}: "
                "figures are of the others alone ('base')"
            )
    return None


def halves(name: str, answered: Mapping[str, pl.Series]) -> str | None:
    """A remark when a question stands in several columns, of which nobody answered two: halves of a sample.

    :param answered: of each column that is alike by its name, whether each row has an answer.
    """
    own = answered[name]
    n = len(own)
    if not _HALF * n <= own.sum() < n:
        return None
    beside = [
        each
        for each, other in answered.items()
        if each != name and not (own & other).any() and other.sum() >= _HALF * n
    ]
    rows = int(own.sum()) + sum(int(answered[each].sum()) for each in beside)
    if not beside or rows < _TOGETHER * n:
        return None
    return (
        f"asked: nobody answered two of {', '.join(map(repr, sorted([name, *beside])))}: is it one question, "
        "put to each part of the sample in its own column?"
    )


def alike(name: str, columns: Sequence[str]) -> list[str]:
    """Columns that differ from one in the letter or number at their end, itself among them.

    >>> alike("trust_a", ["id", "trust_a", "trust_b", "trusted"])
    ['trust_a', 'trust_b']
    """
    found = _STEM.fullmatch(name)
    if not found:
        return []
    stem = found["stem"].lower()
    return [each for each in columns if (one := _STEM.fullmatch(each)) and one["stem"].lower() == stem]


def series(columns: Sequence[str]) -> dict[str, list[str]]:
    """Columns that differ in their number alone, two or more of each, from 1 on.

    >>> series(["sex1", "sex2", "age1", "age2", "hh"])
    {'sex': ['sex1', 'sex2'], 'age': ['age1', 'age2']}
    """
    stems: dict[str, dict[int, str]] = {}
    for each in columns:
        if found := _MEMBER.fullmatch(each):
            stems.setdefault(found["stem"].rstrip("_.").lower(), {})[int(found["mark"])] = each
    return {
        stem: [own[mark] for mark in sorted(own)]
        for stem, own in stems.items()
        if len(own) >= _MEMBERS and sorted(own) == list(range(1, len(own) + 1))
    }


def members(answered: Mapping[str, Sequence[pl.Series]]) -> str | None:
    """A remark when columns are of members of one household: fewer and fewer, and for several questions.

    :param answered: of each question by member, whether each row has an answer.
    """
    like: dict[tuple[int, ...], list[str]] = {}
    for stem, own in answered.items():
        nested = all(not (later & ~first).any() for first, later in pairwise(own))
        counts = [int(each.sum()) for each in own]
        fewer = all(second < 0.98 * first for first, second in pairwise(counts))
        if nested and fewer and counts[-1]:
            like.setdefault((len(own), counts[1] // max(1, len(own[0]) // 20)), []).append(stem)
    for (n, _), stems in like.items():
        if len(stems) >= _QUESTIONS:
            named = ", ".join(f"{each!r}" for each in stems[:3])
            return (
                f"rows: {named} stand there for up to {n} people beside one another, ever fewer: is a row "
                "a household? figures are of the first of each alone; make a row of each person"
            )
    return None
