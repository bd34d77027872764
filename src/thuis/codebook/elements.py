"""What both kinds of DDI need: elements by their local name, text without markup, and its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def local(element: Any) -> str:
    """The name of an element without its namespace; nothing for what is no element."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def children(element: Any, *names: str) -> Iterator[Any]:
    """The children with one of these local names."""
    return (each for each in element if local(each) in names)


def child(element: Any | None, name: str) -> Any | None:
    """The first child with this local name."""
    return None if element is None else next(children(element, name), None)


def below(element: Any | None, *names: str | tuple[str, ...]) -> Iterator[Any]:
    """The elements under one another with these local names, one or any of several at each step."""
    if element is None:
        return
    first, *rest = ((each,) if isinstance(each, str) else each for each in names)
    for each in children(element, *first):
        yield from below(each, *rest) if rest else (each,)


def words(element: Any, without: tuple[str, ...] = ()) -> str:
    """All text inside an element in one line, markup and the children named in ``without`` left out."""
    parts: list[str] = []

    def gather(each: Any) -> None:
        parts.append(each.text or "")
        for inner in each:
            if local(inner) not in without and isinstance(inner.tag, str):
                parts.append(" ")
                gather(inner)
                parts.append(" ")
            parts.append(inner.tail or "")

    gather(element)
    return " ".join("".join(parts).split())


def language(element: Any) -> str:
    """The language of an element, from itself or the nearest around it: two or three letters, or nothing."""
    at = element
    while at is not None:
        for name in (_XML_LANG, "xml-lang", "lang", "audienceLanguage"):
            told = at.get(name)
            if told:
                return str(told).replace("_", "-").split("-")[0].lower()
        at = at.getparent()
    return ""


def by_language(pairs: Iterable[tuple[str, str]], between: str = " ") -> dict[str, str]:
    """Texts by language; several in one language follow one another, the same one is said once."""
    found: dict[str, list[str]] = {}
    for code, text in pairs:
        if text and text not in found.setdefault(code, []):
            found[code].append(text)
    return {code: between.join(texts) for code, texts in found.items() if texts}


def texts(elements: Iterable[Any]) -> dict[str, str]:
    """The words of elements by language; the first of each language counts."""
    found: dict[str, str] = {}
    for each in elements:
        text = words(each)
        if text:
            found.setdefault(language(each), text)
    return found


def without_code(labels: Mapping[str, str], code: str) -> dict[str, str]:
    """Labels without the name or code that archives put before them.

    >>> without_code({"en": "24. Expected"}, "24"), without_code({"fi": "[q1] Huoli"}, "Q1")
    ({'en': 'Expected'}, {'fi': 'Huoli'})
    >>> without_code({"en": "0 — Very dissatisfied"}, "0"), without_code({"en": "1 hour"}, "1")
    ({'en': 'Very dissatisfied'}, {'en': '1 hour'})
    """
    known = re.escape(code)
    before = re.compile(rf"(?:\[{known}\]|\(?{known}[.:)]|{known} [—–-])\s+(?=\S)", re.IGNORECASE)
    return {
        each: before.sub("", text, count=1) if before.match(text) else text for each, text in labels.items()
    }
