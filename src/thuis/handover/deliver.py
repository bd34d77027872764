"""A file written whole or not at all, in the form its name says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from thuis.errors import Place, ThuisError, unknown
from thuis.files import put
from thuis.handover.pictures import colours_of, slides
from thuis.handover.speech import Speech
from thuis.site.charts.frame import COLOURS


def deliver(out: Path, made: Mapping[str, Callable[[], bytes]]) -> None:
    """Make and write the file in the form of its suffix.

    :raises ThuisError: when no form has that suffix.
    """
    make = made.get(out.suffix.lower())
    if make is None:
        where = Place(str(out))
        raise ThuisError(f"no file ending in {out.suffix!r} is made", where, expected=" or ".join(made))
    put(out, make())


def zip_of_figures(say: Speech, theme: str | None, colours: Path | None) -> bytes:
    """The figures of a theme, in the colours of a theme file.

    :raises ThuisError: when there is no such theme, or the colours cannot be read.
    """
    known = [each.id for each in say.data.themes]
    if theme is not None and theme not in known:
        raise ThuisError(unknown("theme", theme, known))
    return slides(say, theme, colours_of(colours) if colours else COLOURS)
