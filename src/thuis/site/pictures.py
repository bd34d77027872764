"""Pictures to reprint: each figure as SVG, the main figure of an indicator as PNG and social card too."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path

import resvg_py

from thuis.site.page import Page

MADE_BY = Path("theme/pictures.txt")
"""In the built site: with what its PNGs were drawn; another renderer or font makes all of them again."""


def write_pictures(pages: Iterable[tuple[str, Page]], stage: Path, before: Path) -> None:
    """Write the pictures of pages: language and page.

    A PNG whose SVG did not change is taken from the site that stands: drawing it takes ten times as long as
    the rest of its page. The renderer lets go of the interpreter, so threads use every core.
    """
    same = (before / MADE_BY).is_file() and (before / MADE_BY).read_text("utf-8") == maker()
    wanted = []
    for language, page in pages:
        if page.picture is None:
            continue
        folder = Path(page.path(language)).parent
        svg = stage / folder / "figure.svg"
        svg.parent.mkdir(parents=True, exist_ok=True)
        svg.write_text(page.picture, "utf-8")
        old = before / folder / "figure.png"
        if not page.card:
            continue
        if same and old.is_file() and _alike(svg, old.with_suffix(".svg")):
            shutil.copyfile(old, svg.with_suffix(".png"))
        else:
            wanted.append((svg.with_suffix(".png"), page.picture))
    with ThreadPoolExecutor() as threads:
        for path, png in zip(
            [p for p, _ in wanted], threads.map(png_of, [s for _, s in wanted]), strict=True
        ):
            path.write_bytes(png)
    (stage / MADE_BY).parent.mkdir(exist_ok=True)
    (stage / MADE_BY).write_text(maker(), "utf-8")


def _alike(one: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(one, other, shallow=False)


def png_of(svg: str, width: int | None = None) -> bytes:
    """An SVG as PNG, with the font that comes along and no other: the same bytes on every machine."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            font_files=list(_fonts()),
            skip_system_fonts=True,
            sans_serif_family="Thuis Sans",
        )
    )


@cache
def maker() -> str:
    """The renderer and the fonts, in one line."""
    fonts = "".join(sha256(Path(each).read_bytes()).hexdigest()[:12] for each in _fonts())
    return f"resvg-py {version('resvg-py')} {fonts}\n"


@cache
def _fonts() -> tuple[str, ...]:
    return tuple(_paths())


def _paths() -> Iterator[str]:
    for weight in ("Regular", "Bold"):
        with as_file(files("thuis.site") / f"fonts/ThuisSans-{weight}.ttf") as path:
            yield str(path)
