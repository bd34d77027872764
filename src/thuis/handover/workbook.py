"""Figures as a workbook for people who live in Excel: tidy rows, numbers as numbers, a sheet a breakdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial

from thuis.contract.figure import Figure
from thuis.contract.indicator import Indicator
from thuis.handover.sheet import Book, Cell, Grid, Row, Sheet, sheet_names
from thuis.handover.speech import Speech

_NUMBERS = ("estimate", "lower", "upper", "se", "n", "df", "deff")
_EXPLAINED = ("respondents", "moderate")
_TESTED = ("difference", "lower", "upper", "se", "p", "p_adjusted")


def workbook(indicator: Indicator, say: Speech) -> Book:
    """All figures of one indicator: a readme, a sheet for each breakdown, and the tested differences."""
    figures = indicator.figures
    titles = [say.t("readme.name"), *(say.breakdown(each) for each in figures), say.t("sheet.differences")]
    names = sheet_names(titles)
    sheets = [_sheet(name, [each], say) for name, each in zip(names[1:-1], figures, strict=True)]
    if any(each.comparisons for each in figures):
        sheets.append(_differences(names[-1], figures, say))
    return _book(say.voice.say(indicator.title), say, names[0], sheets)


def whole(say: Speech) -> Book:
    """Every figure of the monitor in one sheet, and every tested difference in another."""
    names = sheet_names([say.t(key) for key in ("readme.name", "sheet.all", "sheet.differences")])
    figures = [figure for indicator in say.data.indicators for figure in indicator.figures]
    sheets = [_sheet(names[1], figures, say, every=True), _differences(names[2], figures, say)]
    return _book(say.voice.say(say.data.monitor.title), say, names[0], sheets)


def _book(title: str, say: Speech, name: str, sheets: list[Sheet]) -> Book:
    day = say.data.monitor.released
    readme = about(say, name, "read-workbook", _EXPLAINED)
    return Book(
        f"{title} – {say.t('workbook')}",
        say.voice.say(say.data.monitor.publisher.name),
        say.source(),
        say.language,
        (day.year, day.month, day.day),
        (readme, *sheets),
    )


def _sheet(name: str, figures: Iterable[Figure], say: Speech, *, every: bool = False) -> Sheet:
    figures = list(figures)
    dimensions = [] if every else [say.voice.say(each.title) for each in figures[0].dimensions]
    stub = [say.t(f"column.{each}") for each in (("indicator", "breakdown", "wave") if every else ("wave",))]
    groups = [say.t("column.group")] if every else dimensions
    last = [say.t(f"column.{each}") for each in ("unit", *_NUMBERS, "reliability", "reason")]
    heads = _once([*stub, *groups, *last])
    body = [row for figure in figures for row in _cells(figure, say, every)]
    return _table(name, heads, body, len(stub) + len(groups))


def _cells(figure: Figure, say: Speech, every: bool) -> Iterator[Row]:
    unit = Cell("%" if figure.kind == "proportion" else say.voice.say(figure.unit))
    front = (Cell(_title(figure, say)), Cell(say.breakdown(figure))) if every else ()
    good, moderate = Cell(say.t("good")), Cell(say.t("moderate"))
    places = {"n": 0, "df": 0, "deff": 2, "se": figure.decimals + 1}
    for key in figure.keys:
        names = [say.voice.say(d.category(id_).title) for d, id_ in zip(figure.dimensions, key, strict=True)]
        labels = (
            (Cell(" · ".join(names) or say.voice.t("figure.everyone")),) if every else tuple(map(Cell, names))
        )
        for wave in figure.waves:
            cell = figure.cell(wave, key)
            before = (*front, Cell(wave), *labels, unit)
            if cell.status == "withheld":
                reason = Cell(say.voice.t(f"reason.{cell.reason}"))
                yield (*before, *(None for _ in _NUMBERS), None, reason)
                continue
            values = ((name, getattr(cell, name)) for name in _NUMBERS)
            numbers = (
                None
                if value is None
                else Cell(value, "whole" if name == "n" else "number", places.get(name, figure.decimals))
                for name, value in values
            )
            yield (*before, *numbers, moderate if cell.reliability == "moderate" else good, None)


def _title(figure: Figure, say: Speech) -> str:
    found = next(each for each in say.data.indicators if each.id == figure.indicator)
    return say.voice.say(found.title)


def _differences(name: str, figures: Iterable[Figure], say: Speech) -> Sheet:
    """Every tested difference: the first minus the second; across a break it is marked."""
    t = say.t
    keys = ("indicator", "breakdown", "type", "wave", "group", "other", *_TESTED, "verdict", "across_break")
    heads = _once([t(f"column.{each}") for each in keys])
    body: list[Row] = []
    for figure in figures:
        front = (Cell(_title(figure, say)), Cell(say.breakdown(figure)))
        places = {"p": 4, "p_adjusted": 4, "se": figure.decimals + 1}
        group = cache(partial(say.group, figure))
        for each in figure.comparisons:
            of_waves = each.type == "wave"
            other = each.other_wave if each.type == "wave" else group(each.other)
            across = t("yes" if each.across_break else "no") if each.type == "wave" else ""
            numbers = (
                None
                if (value := getattr(each, key)) is None
                else Cell(value, "number", places.get(key, figure.decimals))
                for key in _TESTED
            )
            words = (
                t(f"compared.{'wave' if of_waves else 'category'}"),
                each.wave,
                group(each.key),
                other,
            )
            end = (Cell(say.voice.t(f"verdict.{each.verdict}")), Cell(across) if across else None)
            body.append((*front, *map(Cell, words), *numbers, *end))
    return _table(name, heads, body, 2)


def _once(heads: list[str]) -> list[str]:
    """Headers that are different, which a table asks for."""
    seen: dict[str, int] = {}
    found = []
    for each in heads:
        seen[each.lower()] = seen.get(each.lower(), 0) + 1
        found.append(each if seen[each.lower()] == 1 else f"{each} {seen[each.lower()]}")
    return found


def _table(name: str, heads: list[str], body: list[Row], stub: int) -> Sheet:
    widths = tuple(26.0 if at < stub else 13.0 for at in range(len(heads)))
    rows = (tuple(Cell(each, "head") for each in heads), *body)
    return Sheet(name, rows, widths, Grid(0, len(body), len(heads) - 1), 1, (0, 0), wide=True)


def about(say: Speech, name: str, kind: str, rows: tuple[str, ...]) -> Sheet:
    """The sheet.

    :param kind: ``read-book`` or ``read-workbook``.
    :param rows: keys of what is explained beside source and version: ``letters``, ``effective``, …
    """
    told = [(Cell(say.t("readme.what"), "head"), Cell(say.t("readme.text"), "head"))]
    told += [(Cell(what, "strong"), Cell(text, "text")) for what, text in _told(say, kind, rows)]
    head = ((Cell(say.t("readme.title"), "title"),), ())
    return Sheet(name, (*head, *told), (26, 110), Grid(2, 1 + len(told), 1), repeat=(2, 2))


def _told(say: Speech, kind: str, rows: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    monitor, t = say.data.monitor, say.t
    yield t("readme.monitor"), say.voice.say(monitor.title)
    if say.data.synthetic:
        yield t("readme.synthetic"), say.voice.say(say.data.synthetic)
    yield t("readme.about"), say.voice.say(monitor.description)
    yield t("readme.source"), say.source()
    yield t("readme.version"), f"{monitor.version} ({say.voice.day(monitor.released)})"
    yield t("readme.language"), say.voice.tongue(say.language)
    if monitor.address:
        yield t("readme.address"), monitor.address
    if monitor.licence:
        licence = monitor.licence
        yield t("readme.licence"), f"{say.voice.say(licence.title)} ({licence.id}): {licence.url}"
    if monitor.citation:
        yield t("readme.cite"), say.voice.say(monitor.citation)
    yield t("readme.read"), t(f"readme.{kind}")
    yield t("readme.percent"), t("readme.percent-text")
    yield t("readme.withheld"), say.legend()
    for each in rows:
        yield t(f"readme.{each}"), t(f"readme.{each}-text")
