"""The theme's colours and whether a reader can tell them apart: contrast by the WCAG formula."""

from __future__ import annotations

import re
from collections.abc import Mapping

from thuis.errors import Place, Problem

TEXT = 4.5
GRAPHIC = 3.0

_DRAWN = ("series-1", "series-2", "series-3", "series-4", "whisker", "break", "line-strong")
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((text, back, TEXT) for text in ("ink", "muted", "link") for back in ("paper", "surface", "tint")),
    ("accent", "paper", TEXT),
    ("accent", "surface", TEXT),
    ("notice-ink", "notice", TEXT),
    ("link", "notice", TEXT),
    ("on-deep", "deep", TEXT),
    ("focus", "paper", GRAPHIC),
    ("focus", "surface", GRAPHIC),
    ("focus-on-deep", "deep", GRAPHIC),
    *((drawn, back, GRAPHIC) for drawn in _DRAWN for back in ("paper", "surface")),
)
"""Foreground, background, least contrast: 4.5 for text, 3 for drawings (WCAG 2.2, 1.4.3 and 1.4.11)."""


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21.

    >>> round(contrast("#000000", "#ffffff"), 2)
    21.0
    """
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def schemes(css: str) -> dict[str, Mapping[str, str]]:
    """The colour variables of a theme file, for its light and its dark scheme.

    >>> schemes(":root{--ink:#111111} @media (prefers-color-scheme: dark){:root{--ink:#eeeeee}}")["dark"]
    {'ink': '#eeeeee'}
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    light_part, _, dark_part = css.partition("prefers-color-scheme: dark")
    light = _colours(light_part)
    return {"light": light, "dark": {**light, **_colours(dark_part)}} if dark_part else {"light": light}


def _colours(css: str) -> dict[str, str]:
    return {name: value.lower() for name, value in re.findall(r"--([\w-]+)\s*:\s*(#[0-9a-fA-F]{6})\b", css)}


def check_theme(css: str, file: str = "theme.css") -> list[Problem]:
    """Every pair of colours that is missing or too close."""
    problems = []
    for scheme, colours in schemes(css).items():
        for front, back, least in PAIRS:
            absent = [name for name in (front, back) if name not in colours]
            if absent:
                problems.append(
                    Problem(f"variable --{absent[0]} is no colour like #rrggbb ({scheme})", Place(file))
                )
                continue
            ratio = contrast(colours[front], colours[back])
            if ratio < least:
                problems.append(
                    Problem(
                        f"--{front} on --{back} has contrast {ratio:.2f} ({scheme})",
                        Place(file),
                        expected=f"at least {least}",
                        step="make one lighter or the other darker",
                    )
                )
    return problems
