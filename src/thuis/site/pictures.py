"""Pictures to reprint: each figure as SVG, the main figure of an indicator as PNG and social card too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from html import unescape
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from zlib import ZLIB_RUNTIME_VERSION

import resvg_py

from thuis.site.charts.frame import drawable
from thuis.site.page import Page
from thuis.site.paint import FONTS, OTHERS, painted

MADE_BY = Path("theme/pictures.txt")
"""In the built site: with what its PNGs were drawn, and of what; another renderer or font draws all again."""
_TEXTS = re.compile(r"<text\b[^>]*>([^<]*)</text>")
SVG, PNG = "figure.svg", "figure.png"


@dataclass(frozen=True)
class Pictures:
    """Draws pictures, or takes a PNG from the site that stands when its SVG did not change.

    Drawing a PNG takes three times as long as the rest of its page.
    """

    before: Path

    @cached_property
    def _known(self) -> dict[str, tuple[str, str]]:
        """Digest of an SVG -> path and digest of its PNG in the site that stands."""
        try:
            by, *lines = (self.before / MADE_BY).read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError, ValueError):
            return {}
        rows = [line.split(" ", 2) for line in lines]
        return {row[0]: (row[2], row[1]) for row in rows if len(row) == 3} if f"{by}\n" == maker() else {}

    def beside(self, html: Path, page: Page) -> tuple[str, str]:
        """Write what stands beside a page: its SVG and, where it is wanted, its PNG; their digests."""
        if page.picture is None:
            return "", ""
        drawn = page.picture.encode()
        html.with_name(SVG).write_bytes(drawn)
        if not page.card:
            return sha256(drawn).hexdigest(), ""
        svg = sha256(drawn).hexdigest()
        png = self._standing(svg) or png_of(page.picture)
        html.with_name(PNG).write_bytes(png)
        return svg, sha256(png).hexdigest()

    def _standing(self, svg: str) -> bytes | None:
        path, made = self._known.get(svg, ("", ""))
        try:
            png = (self.before / path).read_bytes() if path else b""
        except OSError:
            return None
        return png if png and sha256(png).hexdigest() == made else None


def listing(pictures: Iterable[tuple[str, str, str]]) -> str:
    """What :data:`MADE_BY` holds: the maker, then for each PNG the digest of its SVG, its own, its path."""
    return maker() + "".join(f"{svg} {png} {path}\n" for path, svg, png in sorted(pictures))


def png_of(svg: str, width: int | None = None) -> bytes:
    """An SVG as PNG, with the fonts that come along and no other."""
    return painted(svg, width) or by_resvg(svg, width)


def lettered(svg: str) -> bool:
    """Whether the fonts that come along have every letter of a frame.

    >>> lettered("<svg><text>A &amp; B</text></svg>"), lettered("<svg><text>\u83ef</text></svg>")
    (True, False)
    """
    return all(drawable(unescape(each)) for each in _TEXTS.findall(svg))


def by_resvg(svg: str, width: int | None = None) -> bytes:
    """Any SVG as PNG."""
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
    """The renderers and the fonts, in one line."""
    fonts = "".join(sha256(Path(each).read_bytes()).hexdigest()[:12] for each in _fonts())
    drawn = f"resvg-py {version('resvg-py')} pypdfium2 {version('pypdfium2')} zlib {ZLIB_RUNTIME_VERSION}"
    return f"{drawn} {fonts}\n"


@cache
def _fonts() -> tuple[str, ...]:
    return tuple(_paths())


def _paths() -> Iterator[str]:
    for name in (*FONTS.values(), *OTHERS.values()):
        with as_file(files("thuis.site") / name) as path:
            yield str(path)
