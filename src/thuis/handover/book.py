"""A book of tables: every indicator by every breakdown, banners across and lines down.

A contents sheet with links, a sheet for each theme with all its indicators at their last wave, and a sheet
for each indicator with every wave.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from thuis.contract.figure import Figure
from thuis.contract.folder import DataFolder
from thuis.contract.indicator import Indicator
from thuis.contract.monitor import Theme
from thuis.errors import ThuisError
from thuis.handover.layout import Layout, Line
from thuis.handover.lines import Column, Letters, latest_changes, letters, lines
from thuis.handover.sheet import LONGEST_NAME, MOST_COLUMNS, Book, Cell, Grid, Row, Sheet, sheet_names
from thuis.handover.speech import Speech, speech
from thuis.handover.workbook import about, book
from thuis.site.views.indicator import asked

_EXPLAINED = ("respondents", "effective", "deviation", "row-share", "letters", "moderate")
_STUB = (20.0, 32.0)
_WIDTH = 12.0
_PRINTED = 11
"""Columns on a printed page."""
_NOTE = 150
"""Characters of a note in one row, so that it stands on one page in print."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A sheet before it has its name: of a theme or an indicator, and the columns it shows."""

    title: str
    theme: Theme | None
    indicator: Indicator | None
    columns: tuple[Column, ...]


def tables(data: DataFolder, language: str | None = None, layout: Layout | None = None) -> Book:
    """The book of tables of a data folder, in one language; :func:`thuis.handover.xlsx.xlsx` writes it.

    More columns than a sheet can hold are continued on another sheet.

    :param language: one of the monitor's; its first unless told.
    :param layout: what stands in it; everything unless told.
    :raises ThuisError: when there is no such language, or the layout leaves nothing.
    """
    say, chosen = speech(data, language), layout or Layout()
    plans = [*_overviews(say, chosen), *_sheets(say, chosen)]
    if not plans:
        raise ThuisError("no table is left", step="take limits out of the layout")
    first = (say.t("readme.name"), say.t("contents.name"))
    names = sheet_names([*first, *(plan.title for plan in plans)])
    named = list(zip(names[2:], plans, strict=True))
    links = {plan.indicator.id: name for name, plan in reversed(named) if plan.indicator}
    made = [
        _of_indicator(name, plan, plan.indicator, say, chosen, names[1])
        if plan.indicator
        else _of_theme(name, plan, say, chosen, links, names[1])
        for name, plan in named
    ]
    title = chosen.title.get(say.language) or say.voice.say(data.monitor.title)
    front = [about(say, names[0], "read-book", _EXPLAINED), _contents(names[1], named, say, title)]
    return book(f"{title} – {say.t('book')}", say, [*front, *made])


def _chosen(say: Speech, layout: Layout) -> Iterator[Indicator]:
    wanted = layout.indicators
    found = [i for i in say.data.indicators if not wanted or i.id in wanted]
    if wanted:
        found.sort(key=lambda each: wanted.index(each.id))
    yield from (each for each in found if not layout.themes or each.theme in layout.themes)


def _columns(indicator: Indicator, layout: Layout) -> Iterator[Column]:
    wanted = layout.banner or tuple(each.breakdown for each in indicator.figures)
    for figure in (found for each in wanted if (found := indicator.figure(each))):
        of = letters(figure)
        changes = latest_changes(figure)
        for key in figure.keys:
            if len(figure.dimensions) < 2 or not figure.impossible(key):
                yield Column(figure, key, of, changes)


def _parts(
    title: str, columns: tuple[Column, ...], stub: int, say: Speech
) -> Iterator[tuple[str, tuple[Column, ...]]]:
    room = MOST_COLUMNS - stub
    for number, start in enumerate(range(0, len(columns), room), 1):
        end = f" {say.t('note.part', number=number)}" if len(columns) > room else ""
        yield (f"{title[: LONGEST_NAME - len(end)]}{end}" if end else title, columns[start : start + room])


def _sheets(say: Speech, layout: Layout) -> Iterator[_Plan]:
    for indicator in _chosen(say, layout):
        columns = tuple(_columns(indicator, layout))
        for title, part in _parts(say.voice.say(indicator.title), columns, 2, say):
            yield _Plan(title, None, indicator, part)


def _overviews(say: Speech, layout: Layout) -> Iterator[_Plan]:
    if not layout.overview:
        return
    chosen = list(_chosen(say, layout))
    for theme in say.data.themes:
        columns: dict[tuple[str, tuple[str, ...]], Column] = {}
        for indicator in (each for each in chosen if each.theme == theme.id):
            for column in _columns(indicator, layout):
                if layout.banner or len(column.figure.dimensions) < 2:
                    columns.setdefault((column.figure.breakdown, column.key), column)
        order = list(dict.fromkeys(each for each, _ in columns))
        listed = tuple(sorted(columns.values(), key=lambda c: order.index(c.figure.breakdown)))
        for title, part in _parts(say.voice.say(theme.title), listed, 3, say):
            yield _Plan(title, theme, None, part)


def _banner(columns: tuple[Column, ...], stub: tuple[str, ...], say: Speech) -> tuple[Row, Row]:
    """Two rows: the breakdown above every column, and the groups, each name once with its letter."""
    groups: list[Cell | None] = [None for _ in stub]
    heads, seen = [Cell(each, "head") for each in stub], {each.lower() for each in stub}
    for each in columns:
        breakdown, name = say.breakdown(each.figure), say.group(each.figure, each.key)
        letter = each.letters.of.get(each.key)
        label = f"{name} ({letter})" if letter else name
        label = f"{breakdown}: {label}" if label.lower() in seen else label
        number = 2
        while label.lower() in seen:
            label, number = f"{breakdown}: {name} ({letter}) {number}", number + 1
        seen.add(label.lower())
        groups.append(Cell(breakdown, "group"))
        heads.append(Cell(label, "head"))
    return tuple(groups), tuple(heads)


def _table(
    name: str,
    top: list[Row],
    columns: tuple[Column, ...],
    stub: tuple[str, ...],
    body: list[Row],
    notes: list[str],
    say: Speech,
) -> Sheet:
    groups, heads = _banner(columns, stub, say)
    at = len(top) + 1
    after: list[Row] = [
        (),
        (Cell(say.t("note.title"), "strong"),),
        *((Cell(line),) for each in notes for line in textwrap.wrap(each, _NOTE)),
    ]
    widths = (*(_STUB if len(stub) == 2 else (34.0, 9.0, 26.0)), *(_WIDTH for _ in columns))
    rows = (*top, groups, heads, *body, *after)
    grid = Grid(at, at + len(body), len(heads) - 1)
    return Sheet(
        name, rows, widths, grid, len(stub), (at - 1, at), wide=True, breaks=_breaks(columns, len(stub))
    )


def _breaks(columns: tuple[Column, ...], stub: int) -> tuple[int, ...]:
    """Where printed pages begin: with a breakdown where that can be."""
    found, on_page, at = [], 0, stub
    for _, group in groupby(columns, key=lambda each: each.figure.breakdown):
        size = len(list(group))
        if on_page and on_page + size > _PRINTED:
            found.append(at)
            on_page = 0
        for _ in range(size):
            if on_page == _PRINTED:
                found.append(at)
                on_page = 0
            on_page, at = on_page + 1, at + 1
    return tuple(found)


def _of_indicator(
    name: str, plan: _Plan, indicator: Indicator, say: Speech, layout: Layout, contents: str
) -> Sheet:
    figure = plan.columns[0].figure
    waves = [wave for wave in figure.waves if _wanted(wave, figure, layout)]
    body: list[Row] = [
        (Cell(wave, "stub"), Cell(line, "stub"), *cells)
        for wave in waves
        for line, cells in lines(plan.columns, wave, _shown(plan.columns, wave, layout), say)
    ]
    top: list[Row] = [
        (Cell(say.voice.say(indicator.title), "title"),),
        *(
            (Cell("" if n else what, "strong"), Cell(line))
            for what, text in _wording(indicator, say)
            for n, line in enumerate(textwrap.wrap(text, _NOTE))
        ),
        (Cell(say.t("contents.back"), "link", link=contents),),
        (),
    ]
    stub = (say.t("line.wave"), say.t("line.head"))
    return _table(name, top, plan.columns, stub, body, _notes(indicator, plan.columns, waves, say), say)


def _shown(columns: tuple[Column, ...], wave: str, layout: Layout) -> tuple[Line, ...]:
    """A wave without any number says so in one line."""
    told = any(each.figure.cell(wave, each.key).status == "published" for each in columns)
    return layout.lines if told else ("estimate",)


def _wanted(wave: str, figure: Figure, layout: Layout) -> bool:
    if layout.waves == "all":
        return True
    return wave == (figure.latest() or figure.waves[-1]) if layout.waves == "last" else wave in layout.waves


def _wording(indicator: Indicator, say: Speech) -> Iterator[tuple[str, str]]:
    record, voice = indicator.record, say.voice
    yield say.t("note.measures"), voice.say(record.measures)
    yield say.t("note.base"), voice.say(record.base) or say.t("note.everyone")
    for each in asked(record.question, voice):
        yield say.t("note.asked", waves=each.waves), each.original or each.text
    if say.data.synthetic:
        yield say.t("readme.synthetic"), voice.say(say.data.synthetic)


def _of_theme(
    name: str, plan: _Plan, say: Speech, layout: Layout, links: dict[str, str], contents: str
) -> Sheet:
    theme = plan.theme
    assert theme is not None
    body: list[Row] = []
    shown = tuple(each for each in layout.lines if each in ("estimate", "respondents", "letters"))
    for indicator in (each for each in _chosen(say, layout) if each.theme == theme.id):
        own = {(c.figure.breakdown, c.key): c for c in _columns(indicator, layout)}
        figure = next((f for f in indicator.figures if f.latest()), None)
        if not own or figure is None:
            continue
        wave = figure.latest() or figure.waves[-1]
        found = tuple(own.get((c.figure.breakdown, c.key), _absent(c, figure)) for c in plan.columns)
        title = Cell(say.voice.say(indicator.title), "link", link=links.get(indicator.id, ""))
        for line, cells in lines(found, wave, shown, say):
            body.append((title, Cell(wave, "stub"), Cell(line, "stub"), *cells))
    top: list[Row] = [
        (Cell(say.voice.say(theme.title), "title"),),
        (Cell(say.t("note.theme", theme=say.voice.say(theme.title))),),
        *((Cell(line),) for line in textwrap.wrap(say.voice.say(say.data.synthetic), _NOTE)),
        (Cell(say.t("contents.back"), "link", link=contents),),
        (),
    ]
    stub = (say.t("contents.indicator"), say.t("line.wave"), say.t("line.head"))
    return _table(name, top, plan.columns, stub, body, _symbols(say), say)


def _absent(column: Column, figure: Figure) -> Column:
    """A column that this indicator does not have: no cell of its figure applies."""
    empty = figure.but(dimensions=(), cells=(), comparisons=())
    return Column(empty, column.key, Letters({}, {}, frozenset()))


def _symbols(say: Speech) -> list[str]:
    return [say.legend(), say.t("readme.letters-text"), say.t("readme.moderate-text"), say.source()]


def _notes(indicator: Indicator, columns: tuple[Column, ...], waves: list[str], say: Speech) -> list[str]:
    figures = list({each.figure.id: each.figure for each in columns}.values())
    notes = _symbols(say)[:-1]
    notes += [say.t("note.level", level=say.voice.level(figures[0]))]
    for figure in (each for each in figures if each.contrasts):
        others = {each.other for each in figure.contrasts}
        one = next(iter(others)) if len(others) == 1 else None
        pairs = say.t("note.against", reference=say.group(figure, one)) if one else say.t("note.mutual")
        notes.append(say.t("note.tested", breakdown=say.breakdown(figure), pairs=pairs))
    for each in indicator.record.breaks:
        if each.wave in waves:
            kind = say.voice.t(f"break.{each.kind}")
            notes.append(say.t("note.break", wave=each.wave, kind=kind, text=say.voice.say(each.text)))
    if indicator.record.notes:
        notes.append(" ".join(say.voice.say(indicator.record.notes).split()))
    return [*notes, say.source()]


def _contents(name: str, named: list[tuple[str, _Plan]], say: Speech, title: str) -> Sheet:
    titles = {theme.id: say.voice.say(theme.title) for theme in say.data.themes}
    head = (say.t("contents.sheet"), say.t("contents.theme"), say.t("note.measures"))
    rows: list[Row] = [
        (Cell(title, "title"),),
        (Cell(say.t("contents.title")),),
        (),
        tuple(Cell(each, "head") for each in head),
    ]
    for sheet, plan in named:
        what = plan.indicator
        theme = titles.get(what.theme, "") if what else plan.title
        told = say.voice.say(what.measures) if what else say.t("note.theme", theme=plan.title)
        label = say.voice.say(what.title) if what else plan.title
        rows.append((Cell(label, "link", link=sheet), Cell(theme), Cell(told)))
    grid = Grid(3, len(rows) - 1, 2)
    return Sheet(name, tuple(rows), (44, 26, 90), grid, repeat=(3, 3), wide=True)
