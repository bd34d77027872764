"""Figures as a workbook for people who live in Excel: tidy rows, numbers as numbers, a sheet a breakdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial

from thuis.contract.figure import Figure
from thuis.contract.indicator import Indicator
from thuis.handover.sheet import Block, Book, Cell, Column, Grid, Sheet, sheet_names
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
    readme = about(say, name, "read-workbook", _EXPLAINED)
    return book(f"{title} – {say.t('workbook')}", say, [readme, *sheets])


def book(title: str, say: Speech, sheets: Sequence[Sheet]) -> Book:
    """A book that says of itself from whom it is, and of which version."""
    monitor = say.data.monitor
    day = (monitor.released.year, monitor.released.month, monitor.released.day)
    return Book(title, say.voice.say(monitor.publisher.name), say.source(), say.language, day, tuple(sheets))


def _sheet(name: str, figures: Iterable[Figure], say: Speech, *, every: bool = False) -> Sheet:
    figures = list(figures)
    dimensions = [] if every else [say.voice.say(each.title) for each in figures[0].dimensions]
    stub = [say.t(f"column.{each}") for each in (("indicator", "breakdown", "wave") if every else ("wave",))]
    groups = [say.t("column.group")] if every else dimensions
    last = [say.t(f"column.{each}") for each in ("unit", *_NUMBERS, "reliability", "reason")]
    heads = _once([*stub, *groups, *last])
    body = tuple(_cells(figure, say, every) for figure in figures)
    return _table(name, heads, body, len(stub) + len(groups))


def _cells(figure: Figure, say: Speech, every: bool) -> Block:
    front = (Column(_title(figure, say)), Column(say.breakdown(figure))) if every else ()
    places = {"n": 0, "df": 0, "deff": 2, "se": figure.decimals + 1}
    cells = [figure.cell(wave, key) for key in figure.keys for wave in figure.waves]
    reliable = {"good": say.t("good"), "moderate": say.t("moderate"), None: None}
    reasons = {each: say.voice.t(f"reason.{each}") for each in {cell.reason for cell in cells} if each}
    columns = (
        *front,
        Column([each.wave for each in cells]),
        *(Column(each) for each in _labels(figure, say, every)),
        Column("%" if figure.kind == "proportion" else say.voice.say(figure.unit)),
        *(
            Column(
                [getattr(each, number) for each in cells],
                "whole" if number == "n" else "number",
                places.get(number, figure.decimals),
            )
            for number in _NUMBERS
        ),
        Column([reliable[each.reliability] for each in cells]),
        Column([reasons[each.reason] if each.reason else None for each in cells]),
    )
    return Block(len(cells), columns)


def _labels(figure: Figure, say: Speech, every: bool) -> list[list[str]]:
    """The names of the groups, a column for each dimension, or one for all."""
    if every:
        names = [[say.group(figure, key)] for key in figure.keys]
    else:
        both = [zip(figure.dimensions, key, strict=True) for key in figure.keys]
        names = [[say.voice.say(of.category(id_).title) for of, id_ in each] for each in both]
    return [[name for name in column for _ in figure.waves] for column in zip(*names, strict=True)]


def _title(figure: Figure, say: Speech) -> str:
    found = next(each for each in say.data.indicators if each.id == figure.indicator)
    return say.voice.say(found.title)


def _differences(name: str, figures: Iterable[Figure], say: Speech) -> Sheet:
    """Every tested difference: the first minus the second; across a break it is marked."""
    keys = ("indicator", "breakdown", "type", "wave", "group", "other", *_TESTED, "verdict", "across_break")
    heads = _once([say.t(f"column.{each}") for each in keys])
    return _table(name, heads, tuple(_tests(figure, say) for figure in figures), 2)


def _tests(figure: Figure, say: Speech) -> Block:
    t, tests = say.t, figure.comparisons
    places = {"p": 4, "p_adjusted": 4, "se": figure.decimals + 1}
    group = cache(partial(say.group, figure))
    compared = {each: t(f"compared.{each}") for each in ("category", "wave")}
    verdicts = {each: say.voice.t(f"verdict.{each}") for each in {test.verdict for test in tests}}
    across = {each: t("yes" if each else "no") or None for each in (True, False)}
    columns = (
        Column(_title(figure, say)),
        Column(say.breakdown(figure)),
        Column([compared[each.type] for each in tests]),
        Column([each.wave for each in tests]),
        Column([group(each.key) for each in tests]),
        Column([each.other_wave if each.type == "wave" else group(each.other) for each in tests]),
        *(
            Column([getattr(each, number) for each in tests], "number", places.get(number, figure.decimals))
            for number in _TESTED
        ),
        Column([verdicts[each.verdict] for each in tests]),
        Column([across[each.across_break] if each.type == "wave" else None for each in tests]),
    )
    return Block(len(tests), columns)


def _once(heads: list[str]) -> list[str]:
    """Headers that are different, which a table asks for."""
    seen: dict[str, int] = {}
    found = []
    for each in heads:
        seen[each.lower()] = seen.get(each.lower(), 0) + 1
        found.append(each if seen[each.lower()] == 1 else f"{each} {seen[each.lower()]}")
    return found


def _table(name: str, heads: list[str], body: tuple[Block, ...], stub: int) -> Sheet:
    widths = tuple(26.0 if at < stub else 13.0 for at in range(len(heads)))
    rows = (tuple(Cell(each, "head") for each in heads),)
    grid = Grid(0, sum(each.size for each in body), len(heads) - 1)
    return Sheet(name, rows, widths, grid, 1, (0, 0), wide=True, blocks=body)


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
