"""Texts that a page carries beside its running text: in attributes and styles; and what of it is not read.

A reader meets them as well: read aloud (``alt``, ``aria-label``), in a field (``placeholder``), when pointing
(``title``), in a list of results (``meta description``), or put there by a style (``content:``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape

from thuis.documents.mapped import Mapped

#: What is left unread, in the order in which a report tells it.
UNREAD = ("image", "script", "embedded", "stylesheet")
_SHOWN = frozenset(
    [
        "alt",
        "title",
        "placeholder",
        "summary",
        "standby",
        "abbr",
        "aria-label",
        "aria-description",
        "aria-placeholder",
        "aria-valuetext",
        "aria-roledescription",
        "aria-braillelabel",
        "data-title",
        "data-tooltip",
        "data-caption",
        "data-label",
        "data-content",
        "data-original-title",
        "data-bs-title",
        "data-bs-content",
        "data-alt",
        "data-placeholder",
        "data-text",
        "xlink:title",
        "srcdoc",
    ]
)
_OF_XML = frozenset({"alt", "title", "titel", "summary", "desc", "descr"})
_META = re.compile(
    r"(?:.*[:._])?(?:description|title|subject|abstract|keywords|site_name|alt|label\d|data\d"
    r"|application-name|apple-mobile-web-app-title)",
    re.I,
)
_NO_WORDS = frozenset(
    [
        "hidden",
        "checkbox",
        "radio",
        "password",
        "number",
        "date",
        "time",
        "month",
        "week",
        "datetime-local",
        "color",
        "range",
        "file",
    ]
)
_OWN = {"option": "label", "optgroup": "label", "track": "label", "button": "value"}
_ATTRIBUTE = re.compile(
    r"""(?<=[\s"'/])(?P<name>[^\s=>"'/]+)\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s>"']+))"""
)
_XML_TAG = re.compile(r"""<[^\s/>]+(?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_REFERENCE = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);?")
_WORD = re.compile(r"[^\W\d_]{2}")
_CONTENT = re.compile(
    r"\bcontent\s*:(?P<value>(?:[^;}\"']|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')*)", re.S
)
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'", re.S)
_ESCAPE = re.compile(r"\\(?:([\da-fA-F]{1,6})\s?|(.))", re.S)
_SHOWS = re.compile(r"\battr\(\s*([\w-]+)")
_IN_HEAD = frozenset(["link", "script", "style", "base", "meta"])
_ELEMENTS = re.compile(r"<[^<>]*>")
_UNREAD_TAGS = {
    "img": "image", "image": "image", "script": "script",
    **dict.fromkeys(("iframe", "frame", "object", "embed", "video", "audio", "canvas", "applet"), "embedded"),
}  # fmt: skip


def shown_by_styles(page: str) -> frozenset[str]:
    """The attributes whose text the styles of a page show.

    >>> sorted(shown_by_styles("td::before { content: attr(data-kop) ': ' }"))
    ['data-kop']
    """
    if "attr(" not in page:
        return frozenset()
    return frozenset(
        name.lower() for each in _CONTENT.finditer(page) for name in _SHOWS.findall(each["value"])
    )


def carried(tag: str, given: Mapping[str, str], written: Mapped, more: frozenset[str]) -> Iterator[Mapped]:
    """The texts in the attributes of an element of HTML.

    :param written: the tag as it stands.
    :param more: attributes that the page's own styles show.
    """
    shown = set() if tag in _IN_HEAD else {name for name in given if name in _SHOWN or name in more}
    wanted = shown | _wanted(tag, given)
    if wanted:
        yield from _values(written, len(tag) + 1, wanted)


def _wanted(tag: str, given: Mapping[str, str]) -> set[str]:
    """The attributes that hold text in this element only."""
    if tag == "meta":
        name = given.get("name") or given.get("property") or given.get("itemprop") or ""
        return {"content"} if _META.fullmatch(name) else set()
    if tag == "input":
        return {"value"} if given.get("type", "text").lower() not in _NO_WORDS else set()
    return {_OWN[tag]} if tag in _OWN else set()


def carried_in_xml(tag: str, given: Mapping[str, str], text: Mapped, at: int) -> Iterator[Mapped]:
    """The same for an element of XML that begins at ``at``."""
    wanted = {name for name in given if name.lower() in _OF_XML}
    found = _XML_TAG.match(text.text, at) if wanted else None
    if found:
        yield from _values(text[at : found.end()], len(tag) + 1, wanted)


def _values(written: Mapped, start: int, wanted: set[str]) -> Iterator[Mapped]:
    names = {each.lower() for each in wanted}
    for found in _ATTRIBUTE.finditer(written.text, start):
        if found["name"].lower() in names:
            names.discard(found["name"].lower())
            group = next((each for each in "abc" if found[each] is not None), "a")
            value = written[found.start(group) : found.end(group)].sub(_REFERENCE, lambda m: unescape(m[0]))
            if found["name"].lower() == "srcdoc":
                value = value.sub(_ELEMENTS, " ")
            if _WORD.search(value.text):
                yield value


_LINKED = re.compile(
    r'"(?:headline|alternativeHeadline|name|alternateName|description|disambiguatingDescription|abstract|articleBody'
    r'|text|caption|keywords|slogan|reviewBody|acceptedAnswer|answerExplanation|about|award|jobTitle)"\s*:\s*'
    r'(?P<all>"(?:[^"\\]|\\.)*"|\[[^\[\]{}]*\])',
    re.S,
)
_OF_LIST = re.compile(r'"((?:[^"\\]|\\.)*)"', re.S)
_ESCAPED = re.compile(r"(?:\\u[\da-fA-F]{4})+|\\.", re.S)


def linked(data: Mapped) -> Iterator[Mapped]:
    """The words in linked data (JSON-LD) that a list of results shows: headlines, names, descriptions.

    >>> [each.text for each in linked(Mapped.of('{"@id": "x", "headline": "De wijk \\\\"Oost\\\\""}'))]
    ['De wijk "Oost"']
    """
    for found in _LINKED.finditer(data.text):
        for each in _OF_LIST.finditer(data.text, found.start("all"), found.end("all")):
            value = data[each.start(1) : each.end(1)].sub(_ESCAPED, _as_json)
            if _WORD.search(value.text):
                yield value


def _as_json(found: re.Match[str]) -> str:
    try:
        said = json.loads(f'"{found[0]}"')
    except ValueError:
        return " "
    return str(said).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def put_by_style(sheet: Mapped) -> Iterator[Mapped]:
    """The words that a style sheet puts on the page.

    >>> [each.text for each in put_by_style(Mapped.of("p::after { content: 'Let op' } q { content: '»' }"))]
    ['Let op']
    """
    for rule in _CONTENT.finditer(sheet.text):
        for found in _STRING.finditer(sheet.text, rule.start("value"), rule.end("value")):
            group = 1 if found[1] is not None else 2
            value = sheet[found.start(group) : found.end(group)].sub(_ESCAPE, _unescaped)
            if _WORD.search(value.text):
                yield value


def _unescaped(found: re.Match[str]) -> str:
    if not found[1]:
        return str(found[2])
    code = int(found[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def unread(tag: str, given: Mapping[str, str]) -> str | None:
    """Which kind of unread thing an element is, or None.

    >>> unread("img", {}), unread("input", {"type": "image"}), unread("p", {})
    ('image', 'image', None)
    """
    if tag == "input" and given.get("type", "").lower() == "image":
        return "image"
    if tag == "link" and "stylesheet" in given.get("rel", "").lower().split():
        return "stylesheet"
    if tag == "script" and given.get("type", "").lower() == "application/ld+json":
        return None
    return _UNREAD_TAGS.get(tag)
