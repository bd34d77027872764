"""Names of which no PNG can be drawn, for the fonts that come along lack their letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from unicodedata import category, name

from thuis.errors import Place
from thuis.project import Project

_LATEST = "\u04ff"
"""Latin, Greek and Cyrillic letters go before; only what is beyond is looked at."""
_MOST = 3


def undrawn(project: Project) -> list[str]:
    """One line for all names in letters that pictures cannot have, with where they stand; else nothing.

    :param project: as it was read.
    """
    odd = [(text, where) for text, where in _names(project) if max(text) > _LATEST or not text.isprintable()]
    if not odd:
        return []
    from thuis.site.charts.frame import drawable

    found = {text: where for text, where in odd if not drawable(text)}
    if not found:
        return []
    listed = [f"{text!r} ({_script(text)}, {_at(where)})" for text, where in [*found.items()][:_MOST]]
    more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return [
        f"no PNG and no social card of figures with {', '.join(listed)}{more}: the fonts of pictures lack "
        "these signs, and only pages and SVG show them; next: use the SVG, or write the name in letters that "
        "are Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian or Tifinagh"
    ]


def _names(project: Project) -> Iterator[tuple[str, Place]]:
    """Every text that a picture may hold, with its place."""

    def of(kind: str, id_: str, text: Mapping[str, str], *path: str | int) -> Iterator[tuple[str, Place]]:
        return ((words, project.place(kind, id_, (*path, each))) for each, words in text.items())

    own = project.settings
    yield from of("thuis", "", own.title, "title")
    yield from of("thuis", "", own.publisher.name, "publisher", "name")
    yield from of("thuis", "", own.licence.title, "licence", "title")
    for wave in project.waves:
        for key, text in (("title", wave.title), ("population", wave.population), ("source", wave.source)):
            yield from of("waves", wave.id, text, key)
    for breakdown in project.breakdowns.values():
        yield from of("breakdowns", breakdown.id, breakdown.title, "title")
        for at, each in enumerate(breakdown.categories):
            yield from of("breakdowns", breakdown.id, each.title, "categories", at, "title")
    for indicator in project.indicators:
        yield from of("indicators", indicator.id, indicator.title, "title")
        yield from of("indicators", indicator.id, indicator.measures, "measures")
        for at, answer in enumerate(indicator.answers):
            yield from of("indicators", indicator.id, answer.title, "answers", at, "title")


def _script(text: str) -> str:
    """The script of the first letter that is lacking, by its name in Unicode.

    >>> _script("\u83ef\u88d4"), _script("\u12a0"), _script("a \U0001f600")
    ('CJK', 'Ethiopic', 'signs')
    """
    from thuis.site.charts.frame import drawable

    first = next((each for each in text if not drawable(each)), text[0])
    word = name(first, "?").split()[0]
    return (word if word == "CJK" else word.capitalize()) if category(first).startswith("L") else "signs"


def _at(where: Place) -> str:
    return f"{where.file}:{where.line}" if where.line else where.file
