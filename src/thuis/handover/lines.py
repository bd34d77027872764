"""The lines of a table: what stands under each other for one wave, a cell for each column of the banner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import sqrt

from thuis.contract.figure import Cell, Change, Figure, Key, PublishedCell
from thuis.handover.layout import Line
from thuis.handover.sheet import Cell as SheetCell
from thuis.handover.sheet import column_letters
from thuis.handover.speech import Speech, number_cell
from thuis.language.sentences import since


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the banner."""

    figure: Figure
    key: Key
    letters: Letters
    changes: Mapping[tuple[str, Key], Change] = field(default_factory=dict)


Shown = Callable[[PublishedCell, Column], SheetCell | None]


def deviation(cell: PublishedCell) -> float | None:
    """The standard deviation of the answers in a cell; None where what it needs was not published.

    The design effect compares with sampling with replacement, deff = se² · n / s², so s = se · √(n / deff).

    >>> from thuis.contract.figure import PublishedCell
    >>> round(deviation(PublishedCell(wave="1", cell=(), status="published", estimate=5, lower=4.8,
    ...     upper=5.2, se=0.1, n=400, deff=1.0)), 6)
    2.0
    """
    if cell.se is None or not cell.n or not cell.deff:
        return None
    return cell.se * sqrt(cell.n / cell.deff)


def effective(cell: PublishedCell) -> float | None:
    """The effective base, n / deff (Kish, 1965); None where a part was not published."""
    return cell.n / cell.deff if cell.n and cell.deff else None


def row_share(figure: Figure, wave: str, key: Key) -> float | None:
    """The part of a wave's respondents in one group, 0-100, unweighted; None unless all have a number."""
    cells = [figure.cell(wave, each) for each in figure.keys]
    if any(each.reason not in (None, "not-applicable") for each in cells):
        return None
    counts = [each.n or 0 for each in cells if each.status == "published"]
    mine = figure.cell(wave, key).n
    if mine is None or not all(counts):
        return None
    return 100 * mine / sum(counts)


def lines(
    columns: tuple[Column, ...], wave: str, wanted: tuple[Line, ...], say: Speech
) -> Iterator[tuple[str, tuple[SheetCell, ...]]]:
    """The name of each line and its cells, in the order of ``wanted``."""
    figure = columns[0].figure
    decimals, share = figure.decimals, figure.kind == "proportion"
    level = say.voice.level(figure)

    def number(value: Callable[[PublishedCell], float | None], places: int) -> Shown:
        def shown(cell: PublishedCell, _: Column) -> SheetCell | None:
            found = value(cell)
            return None if found is None else number_cell(cell, found, places)

        return shown

    def row(name: str, shown: Shown) -> tuple[str, tuple[SheetCell, ...]]:
        return name, tuple(_one(each, each.figure.cell(wave, each.key), shown, say) for each in columns)

    for each in wanted:
        if each == "estimate":
            name = say.t("line.estimate") if share else f"{say.t('line.mean')}, {say.voice.unit(figure)}"
            yield row(name, number(lambda c: c.estimate, decimals))
            if any(c.figure.cell(wave, c.key).reliability == "moderate" for c in columns):
                yield row(say.t("line.reliability"), _reliability(say))
        elif each == "interval":
            yield row(say.t("line.lower", level=level), number(lambda c: c.lower, decimals))
            yield row(say.t("line.upper", level=level), number(lambda c: c.upper, decimals))
        elif each == "rest" and share:
            yield row(say.t("line.rest"), number(lambda c: 100 - c.estimate, decimals))
        elif each == "respondents":
            yield row(
                say.t("line.respondents"), lambda c, _: SheetCell(c.n, "whole") if c.n is not None else None
            )
        elif each == "effective":
            yield row(say.t("line.effective"), number(effective, 0))
        elif each == "deviation" and not share:
            yield row(say.t("line.deviation"), number(deviation, decimals + 1))
        elif each == "row-share" and any(len(c.figure.keys) > 1 for c in columns):
            yield row(say.t("line.row-share"), _row_share)
        elif each == "letters" and any((wave, c.key) in c.letters.tested for c in columns):
            yield row(say.t("line.letters"), _letters)
        elif each == "change" and any((wave, c.key) in c.changes for c in columns):
            yield row(say.t("line.change" if share else "line.change-mean"), _change)
            yield row(say.t("line.verdict"), _verdict(say))


def _one(column: Column, cell: Cell, shown: Shown, say: Speech) -> SheetCell:
    if cell.status == "withheld":
        return SheetCell(say.symbol(cell), "withheld")
    return shown(cell, column) or SheetCell(say.t("symbol.none"), "withheld")


def _reliability(say: Speech) -> Shown:
    return lambda c, _: SheetCell(say.t("moderate" if c.reliability == "moderate" else "good"), "words")


def _row_share(cell: PublishedCell, column: Column) -> SheetCell | None:
    found = row_share(column.figure, cell.wave, cell.key) if column.key else None
    return None if found is None else SheetCell(found, "number", 1)


def _letters(cell: PublishedCell, column: Column) -> SheetCell | None:
    found = column.letters.over.get((cell.wave, cell.key))
    return SheetCell(found, "words") if found else None


def _change(cell: PublishedCell, column: Column) -> SheetCell | None:
    found = column.changes.get((cell.wave, cell.key))
    if found is None or found.across_break:
        return None
    return SheetCell(found.difference, "number", column.figure.decimals)


def _verdict(say: Speech) -> Shown:
    def shown(cell: PublishedCell, column: Column) -> SheetCell | None:
        found = column.changes.get((cell.wave, cell.key))
        if found is None:
            return None
        return SheetCell(since(found.other_wave, found.verdict, found.across_break, say.language), "words")

    return shown


def latest_changes(figure: Figure) -> dict[tuple[str, Key], Change]:
    """Per wave and column the tested change from the nearest earlier wave."""
    found: dict[tuple[str, Key], Change] = {}
    for each in figure.changes:
        at = (each.wave, each.key)
        if at not in found or figure.waves.index(each.other_wave) > figure.waves.index(found[at].other_wave):
            found[at] = each
    return found


@dataclass(frozen=True, slots=True)
class Letters:
    """Per column its letter; per wave and column the letters of the columns it is higher than.

    ``tested`` holds the columns that took part in any published test.
    """

    of: Mapping[Key, str]
    over: Mapping[tuple[str, Key], str]
    tested: frozenset[tuple[str, Key]]


def letters(figure: Figure) -> Letters:
    """The letters of one figure: nothing is tested here, so nothing is told that the figure does not tell.

    A letter stands under the higher of two columns. Verdicts are those of the figure: two-sided t tests at
    1 − ``level``, Holm's adjustment over all tests of the figure (Holm, 1979).

    >>> from thuis.contract.figure import Figure
    >>> told = {"id": "a/sex", "indicator": "a", "breakdown": "sex", "kind": "mean", "unit": {},
    ...     "waves": ["1"],
    ...     "dimensions": [{"id": "sex", "title": {}, "categories": [{"id": c, "title": {}} for c in "mv"]}],
    ...     "cells": [], "comparisons": [{"type": "category", "wave": "1", "cell": ["v"], "other": ["m"],
    ...     "difference": 2, "lower": 1, "upper": 3, "verdict": "higher"}]}
    >>> found = letters(Figure.model_validate(told))
    >>> found.of[("v",)], found.over[("1", ("v",))]
    ('B', 'A')
    """
    of = {key: column_letters(number) for number, key in enumerate(figure.keys)} if figure.dimensions else {}
    higher: dict[tuple[str, Key], set[Key]] = {}
    tested: set[tuple[str, Key]] = set()
    for each in figure.contrasts:
        if each.key not in of or each.other not in of:
            continue
        tested |= {(each.wave, each.key), (each.wave, each.other)}
        if each.verdict != "none":
            top, low = (each.key, each.other) if each.verdict == "higher" else (each.other, each.key)
            higher.setdefault((each.wave, top), set()).add(low)
    order = list(figure.keys)
    over = {at: " ".join(of[key] for key in order if key in keys) for at, keys in higher.items()}
    return Letters(of, over, frozenset(tested))
