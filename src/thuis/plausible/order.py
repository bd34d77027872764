"""What the order of rows tells: an answer that stops where another begins, a tail without weights."""

from __future__ import annotations

import polars as pl

from thuis.plausible.rows import chance

_FEWEST = 12
"""Rows of an answer from which it is not by chance that they stand together."""
_SPREAD = 0.25
"""An answer that others are compared with stands in this part of the rows, before and after."""
_PART = 0.15
_MANY = 30
"""Rows that would have had an answer, had it been there from the first row on."""
_EDGE = _SPREAD / 4
_BY_CHANCE = 0.05
"""How much more often neighbours are alike, before rows stand in some order."""
_TAIL = 50
_MOST = 40


def replaced(codes: pl.Series) -> tuple[str, str, int] | None:
    """Two answers of which one was given in the first rows alone, the other in the last, and the row between.

    Nothing when the rows stand in the order of the answers, or of regions, or of anything else.

    >>> told = ["no", "a lot", "no", "often", "no", "no", "often", "a lot", "a lot", "often"]
    >>> later = [each.replace("often", "always") for each in told]
    >>> replaced(pl.Series([*told * 8, *later * 8]))
    ('often', 'always', 84)
    >>> replaced(pl.Series(["a"] * 30 + ["b"] * 30 + ["c"] * 30))
    """
    frame, each, throughout = _stretches(codes)
    end = frame.height
    if throughout < _SPREAD * end:
        return None
    often = each.filter(pl.col("n") >= _FEWEST)
    early = often.filter(pl.col("first") < _SPREAD * end)
    late = often.filter(pl.col("last") > (1 - _SPREAD) * end)
    for before in early.iter_rows(named=True):
        for after in late.iter_rows(named=True):
            gap = after["first"] - before["last"]
            even = min(before["n"] / before["last"], after["n"] / (end - after["first"] + 1))
            # Answers that are given so often do not stay away so long but by a change of what is asked.
            long = even * min(before["last"], end - after["first"]) >= _FEWEST
            if gap > 0 and long and _shuffled(frame, before["last"]) and _shuffled(frame, after["first"]):
                return before["c"], after["c"], int(frame["row"][after["first"] - 1])
    return None


def begun(codes: pl.Series) -> tuple[str, int, int] | None:
    """An answer that many give from some row on and nobody before: the answer, the row, and how many would
    have given it before, had it been given as often.

    >>> begun(pl.Series([*["1", "2", "2", "1", "1"] * 16, *["1", "3", "2", "1", "3", "3", "2"] * 18]))
    ('3', 82, 34)
    """
    frame, each, throughout = _stretches(codes)
    end = frame.height
    if len(each) < 2 or throughout < end / 2:
        return None
    for answer, first, last, n in each.iter_rows():
        expected = n / (end - first + 1) * (first - 1)
        if (
            n >= max(_FEWEST, _PART * (end - first))
            and last > (1 - _EDGE) * end
            and expected >= _MANY
            and _shuffled(frame, first)
        ):
            return answer, int(frame["row"][first - 1]), int(expected)
    return None


def _stretches(codes: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """The answers with their rows, from where to where each was given, among those who answered, and the
    rows of answers that are given from the first rows to the last."""
    frame = pl.DataFrame({"c": codes}).with_row_index("row", 1).drop_nulls().filter(pl.col("c") != "")
    if frame["c"].n_unique() > _MOST:
        frame = frame.clear()
    frame = frame.with_row_index("at", 1).with_columns(pl.col("at").cast(pl.Int64))
    each = frame.group_by("c").agg(first=pl.min("at"), last=pl.max("at"), n=pl.len()).sort("first")
    begins, ends = pl.col("first") < _EDGE * frame.height, pl.col("last") > (1 - _EDGE) * frame.height
    return frame, each, int(each.filter(begins & ends)["n"].sum())


def _shuffled(frame: pl.DataFrame, at: int) -> bool:
    """Whether rows before and after one stand in no order: neighbours are alike as often as any two are."""
    for part in (frame["c"].head(at), frame["c"].slice(at)):
        n = len(part)
        if n < _FEWEST:
            return False
        same = chance(part.value_counts()["count"])
        alike = float((part == part.shift(1)).sum()) / n
        if alike > same + _BY_CHANCE + 3 * (same * (1 - same) / n) ** 0.5:
            return False
    return True


def tail_without(numbers: pl.Series) -> int:
    """How many rows at the end have no weight while all others have.

    >>> tail_without(pl.Series([1.0] * 9 + [None] * 2)), tail_without(pl.Series([1.0, None] * 6))
    (2, 0)
    """
    gone = numbers.is_null()
    n = int(gone.sum())
    return n if 0 < n <= min(_TAIL, len(numbers) // 4) and gone.tail(n).all() else 0
