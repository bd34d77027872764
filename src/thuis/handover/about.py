"""The sheet that says what a workbook is: source, version, licence, and how to read it."""

from __future__ import annotations

from collections.abc import Iterator

from thuis.handover.sheet import Cell, Grid, Sheet
from thuis.handover.speech import Speech


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
