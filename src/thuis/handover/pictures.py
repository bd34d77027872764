"""All figures of a theme as pictures for slides: SVG and PNG, named, in the user's colours, in one zip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from thuis.contract.figure import Figure
from thuis.contract.indicator import Indicator
from thuis.errors import Place, ThuisError, raise_all
from thuis.files import zipped
from thuis.handover.speech import Speech
from thuis.site.charts.frame import COLOURS
from thuis.site.charts.scale import bar_scale
from thuis.site.colour import check_theme, schemes
from thuis.site.pictures import lettered, png_of
from thuis.site.views.breakdown import picture_of
from thuis.site.views.common import years
from thuis.site.views.figures import figure_view, main_figure

_DESCRIBED = re.compile(r"<desc>(.*?)</desc>", re.DOTALL)
WIDTH = 1920
"""Pixels of a PNG, that of a slide."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One figure drawn: its name, its SVG, and the same in words."""

    name: str
    svg: str
    words: str


def picture(
    figure: Figure, indicator: Indicator, say: Speech, colours: tuple[str, ...] = COLOURS
) -> Picture | None:
    """A figure as its page draws it; None when it has no numbers."""
    if not figure.published():
        return None
    view = figure_view(figure, indicator, bar_scale(indicator.figures), years(say.data.waves), say.voice)
    svg = _coloured(picture_of(say.data, indicator, view, say.voice), colours)
    found = _DESCRIBED.search(svg)
    return Picture(f"{indicator.id}--{figure.breakdown}", svg, unescape(found[1]) if found else "")


def pictures(indicator: Indicator, say: Speech, colours: tuple[str, ...] = COLOURS) -> Iterator[Picture]:
    """Every figure of an indicator that has numbers."""
    drawn = (picture(each, indicator, say, colours) for each in indicator.figures)
    yield from (each for each in drawn if each)


def colours_of(path: Path) -> tuple[str, ...]:
    """The colours of a theme file, ``--series-1`` to ``--series-4``.

    :raises ThuisError: when it cannot be read, or its colours cannot be told from what is behind them.
    """
    try:
        css = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ThuisError(f"the theme cannot be read: {error}", Place(str(path))) from error
    raise_all(check_theme(css, str(path)))
    light = schemes(css)["light"]
    return tuple(light[f"series-{number}"] for number in range(1, len(COLOURS) + 1))


def _coloured(svg: str, colours: tuple[str, ...]) -> str:
    """At once, so that a colour that is given twice is not changed twice."""
    new = dict(zip(COLOURS, colours, strict=True))
    return re.sub("|".join(map(re.escape, COLOURS)), lambda found: new[found[0]], svg)


def slides(
    say: Speech, theme: str | None = None, colours: tuple[str, ...] = COLOURS, *, every: bool = True
) -> bytes:
    """A zip with an SVG and a PNG of each figure, and a list of them with their texts.

    :param theme: id of a theme; the whole monitor unless told.
    :param every: a PNG of every figure; else of the main figure of each indicator, for a PNG takes as long to
        draw as ten SVGs. None where the fonts lack a letter of it.
    """
    chosen = [each for each in say.data.indicators if theme in (None, each.theme)]
    found = [p for each in chosen for p in pictures(each, say, colours)]
    main = {f"{each.id}--{shown.breakdown}" for each in chosen if (shown := main_figure(each))}
    wanted = [each for each in found if (every or each.name in main) and lettered(each.svg)]
    files = {f"{each.name}.svg": each.svg.encode() for each in found}
    files |= {f"{each.name}.png": png_of(each.svg, WIDTH) for each in wanted}
    lines = [f"{say.source()}\n", *(f"{each.name}\n{each.words}\n" for each in found)]
    files[f"{say.t('readme.name')}.txt"] = "\n".join(lines).encode()
    return zipped(dict(sorted(files.items())), say.data.monitor.released, (".png",))
