"""How many people moved in a year, and how the composition of an area changed between two days."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from thuis.errors import Place, Problem, raise_all
from thuis.findings.diversity import composition_change, turnover
from thuis.findings.registers import CODE, NAME, Merger, aligned
from thuis.findings.words import Num, listed, say
from thuis.project.places import AreaMap

Text = dict[str, str]
MOVES = ("population", "arrivals", "departures", "within")


@dataclass(frozen=True, slots=True)
class Answer:
    """A measure of every area and the words of its page; an area whose ``value`` is null tells nothing."""

    areas: pl.DataFrame
    merged: tuple[Merger, ...]
    sentence: Text
    facts: tuple[Text, ...]
    unit: Text
    decimals: int
    method: Text
    limits: Text
    formula: str
    inputs: tuple[str, ...]


def local_turnover(folder: Path, asked: AreaMap, minimum: int) -> Answer:
    """Moves per 1,000 inhabitants of each area; ``counts`` has :data:`MOVES` of the year from ``counted``.

    A move between two municipalities that merged is half an arrival and half a departure of what they
    became, so that adding up the counts gives the turnover of the whole.

    :param minimum: an area with a count from 1 to below it tells nothing: two numbers of the page would
        give that count away.
    """
    areas, merged = aligned(folder, asked, asked.counts, asked.counted, MOVES)
    empty = areas.filter((pl.col("population") == 0) & (pl.sum_horizontal(MOVES) > 0))
    raise_all(
        [
            Problem(f"area {code!r} has moves and no inhabitants", Place(asked.counts))
            for code in empty[CODE].to_list()
        ]
    )
    found = [
        turnover(*row) if open_ else None
        for row, open_ in zip(areas.select(MOVES).iter_rows(), untelling(areas, MOVES, minimum), strict=True)
    ]
    table = areas.select(
        CODE,
        NAME,
        pl.col("population").alias("persons"),
        pl.Series("value", [each and each.rate for each in found], dtype=pl.Float64),
        pl.Series("net", [each and each.net for each in found], dtype=pl.Float64).round(6),
    )
    year = str(asked.counted.year)
    facts: tuple[Text, ...] = ()
    if _whole(areas, MOVES, table["value"].is_null(), minimum):
        rate = turnover(*areas.select(pl.col(MOVES).sum()).row(0)).rate
        facts = (say("local-turnover.whole", rate=Num(rate, 0), year=year),)
    return Answer(
        table,
        merged,
        ends(table, "local-turnover.sentence", 0, year=year),
        (*told(table, "local-turnover.ends", 0, year=year), *facts),
        say("local-turnover.unit"),
        0,
        say("local-turnover.method"),
        say("local-turnover.limits", minimum=minimum),
        "turnover",
        (asked.counts,),
    )


def local_change(folder: Path, asked: AreaMap, minimum: int) -> Answer:
    """Of 100 inhabitants, how many more are in another group than in the composition of ``before``.

    :param minimum: as that of :func:`local_turnover`, for the groups on both days.
    :raises ThuisError: also for an area that is in one of the two counts only.
    """
    groups = tuple(asked.groups)
    earlier, day = asked.earlier
    after, merged = aligned(folder, asked, asked.counts, asked.counted, groups)
    before, former = aligned(folder, asked, earlier, day, groups)
    alone = set(after[CODE]) ^ set(before[CODE])
    there = set(after[CODE])
    raise_all(
        [
            Problem(
                f"area {code!r} is in one of two counts",
                Place(earlier if code in there else asked.counts),
                expected=f"a row that is in the boundaries of {asked.boundaries_of} the same area",
            )
            for code in sorted(alone)
        ]
    )
    open_ = [
        a and b
        for a, b in zip(untelling(after, groups, minimum), untelling(before, groups, minimum), strict=True)
    ]
    pairs = zip(before.select(groups).iter_rows(), after.select(groups).iter_rows(), open_, strict=True)
    table = after.select(
        CODE,
        NAME,
        pl.sum_horizontal(groups).alias("persons"),
        before.select(pl.sum_horizontal(groups).alias("persons_before"))["persons_before"],
        pl.Series("value", [100 * composition_change(b, a) if o else None for b, a, o in pairs]),
    )
    years = {"earlier": str(day.year), "later": str(asked.counted.year)}
    facts: tuple[Text, ...] = ()
    hidden = table["value"].is_null()
    if all(_whole(each, groups, hidden, minimum) for each in (before, after)):
        sums = [each.select(pl.col(groups).sum()).row(0) for each in (before, after)]
        facts = (say("local-change.whole", value=Num(100 * composition_change(*sums), 1), **years),)
    return Answer(
        table,
        tuple(dict.fromkeys((*former, *merged))),
        ends(table, "local-change.sentence", 1, **years),
        (*told(table, "local-change.ends", 1, **years), *facts),
        say("local-change.unit"),
        1,
        say("local-change.method", groups=listed(list(asked.groups.values())), n=len(groups)),
        say("local-change.limits", minimum=minimum),
        "composition-change",
        (earlier, asked.counts),
    )


def untelling(areas: pl.DataFrame, counts: tuple[str, ...], minimum: int) -> list[bool]:
    """Whether an area has inhabitants and every count of it is 0 or at least the minimum."""
    fine = pl.all_horizontal((pl.col(each) == 0) | (pl.col(each) >= minimum) for each in counts)
    return areas.select((fine & (pl.max_horizontal(counts) > 0)).alias("open"))["open"].to_list()


def _whole(areas: pl.DataFrame, counts: tuple[str, ...], hidden: pl.Series, minimum: int) -> bool:
    """Whether the whole minus the areas shown leaves no small count of one area or of all hidden ones."""
    left = areas.filter(hidden)
    sums = left.select(pl.col(counts).sum()).row(0)
    return left.is_empty() or (left.height > 1 and all(each == 0 or each >= minimum for each in sums))


def told(areas: pl.DataFrame, key: str, decimals: int, scale: int = 1, /, **words: str) -> tuple[Text, ...]:
    """The ends of the map with their numbers, where there are any."""
    return () if areas["value"].is_null().all() else (ends(areas, key, decimals, scale, **words),)


def ends(areas: pl.DataFrame, key: str, decimals: int, scale: int = 1, /, **words: str) -> Text:
    """The ends of the map; of counts of a register they may be said as they are, without sampling error."""
    ordered = areas.filter(pl.col("value").is_not_null()).sort("value", CODE)
    if ordered.is_empty():
        return say("local.nothing")
    low, high = ordered.row(0, named=True), ordered.row(-1, named=True)
    return say(
        key,
        highest=str(high[NAME]),
        high=Num(scale * high["value"], decimals),
        lowest=str(low[NAME]),
        low=Num(scale * low["value"], decimals),
        **words,
    )
