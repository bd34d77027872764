"""The tags of a page: what each does, read once for all pages that hold it.

As our own escaped templates write them; a parser for any HTML takes ten times as long.
"""

from __future__ import annotations

import re
from html import unescape

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


_INSIDE = "(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+"
_RAW = ("script", "style")
TAG = re.compile(
    rf"<(?:(?!/?(?:{'|'.join(_RAW)})\b)/?[a-zA-Z]{_INSIDE}>|!--.*?-->"
    + "".join(rf"|{name}\b[^>]*+>.*?</{name}>" for name in _RAW)
    + rf"|/?[a-zA-Z]{_INSIDE}>)",
    re.DOTALL,
)
_NAMED = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*+)")
_ATTRIBUTE = re.compile(r"([^\s=/\"'>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
TOLD = ("html", "title", "img", "svg", "h1", "h2", "h3", "h4", "h5", "h6")
_NAMES = r"id|href|src|lang|for|aria-[ld]"
_MATTERS = re.compile(rf"\s(?:{_NAMES})")
"""The tags and attributes that a rule is about; most tags of a page have neither, and are only counted."""
_OTHERS = f'(?: (?!{_NAMES})[a-z][a-z0-9-]*+="[^"]*+")*+'
PLAIN = re.compile(
    rf"<(?!(?:{'|'.join((*TOLD, *_RAW))})\b)(?:([a-z]++){_OTHERS}>[^<]*+</\1>|[a-z]++{_OTHERS} ?/>)"
)
"""An element that holds no other and that no rule is about: a check may pass over half of a page."""
OPENS, CLOSES, NEITHER = range(3)
Tag = tuple[int, str, dict[str, str] | None]
"""What a tag does, its name, and its attributes when a rule is about it."""
KNOWN: dict[str, Tag] = {}
"""Tags by their text: of a million in a site, nine in ten have stood there before."""
_MOST = 50_000


def learnt(text: str) -> Tag:
    """What a tag is, and from now on known to be."""
    if len(KNOWN) >= _MOST:
        KNOWN.clear()
    KNOWN[text] = found = _read(text)
    return found


def _read(text: str) -> Tag:
    named = _NAMED.match(text)
    if named is None:
        return NEITHER, "", None
    close, name = named.groups()
    if close:
        return CLOSES, name, None
    if name in _RAW and text.endswith(f"</{name}>"):
        given = text[named.end() : text.index(">")]
        return NEITHER, name, _attributes(given) if given else None
    inside = text[named.end() : -1]
    told = name in TOLD or _MATTERS.search(inside)
    alone = name in _VOID or inside.endswith("/")
    return NEITHER if alone else OPENS, name, _attributes(inside) if told else None


def _attributes(text: str) -> dict[str, str]:
    return {
        name.lower(): unescape(value) if "&" in (value := double or single or bare) else value
        for name, double, single, bare in _ATTRIBUTE.findall(text)
    }
