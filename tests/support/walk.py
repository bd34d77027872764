"""What is wrong with the words and the build of a page, for every page of a built site in every language.

    python tests/support/walk.py PUBLIC

prints it. Texts in another language than their page are left to their own pages.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import html

MARKS = re.compile(r"\?[:.,]|!\.|(?<!\.)\.\.(?!\.)|::|,,|;\.|:\.")
"""Marks that no sentence has next to each other."""
OTHERS = {
    "nl": (
        re.compile(r"(?<![\w.,/])\d+\.\d{1,2}(?![\d.\w])"),
        re.compile(r"\b(?:the|and|with|from|their|which)\b"),
    ),
    "en": (
        re.compile(r"(?<![\w.,/])\d+,\d{1,2}(?![\d,\w])"),
        re.compile(r"\b(?:het|een|voor|niet|wordt|deze)\b"),
    ),
}
"""Decimals and small words of the other language."""
ONE = re.compile(
    r"(?<![\d.,])1 (?:groepen|deelnemers|initiatieven|gebieden|metingen|toezeggingen|gemeenten|vragen|cijfers"
    r"|groups|respondents|initiatives|areas|waves|commitments|municipalities|questions|figures)\b"
)
NUMBERS = re.compile(
    r"(?:versie|version|CC BY(?:-\w+)?|WCAG|HSDS|kader|box|Naamsvermelding|Attribution|API|nr\.|no\.)"
    r" \d+[.,]\d+"
)
"""Numbers of versions and chapters, which are no decimals."""
NO_TEXT = ("script", "style", "svg", "pre", "code", "q", "cite", "blockquote")


def faults(public: Path) -> Iterator[str]:
    """Every fault: page, kind and where it stands."""
    languages = {path.parent for path in public.glob("*/index.html")}
    for path in sorted(each for folder in languages for each in folder.rglob("*.html")):
        where = path.relative_to(public).as_posix()
        page = html.fromstring(path.read_bytes())
        main = page.find(".//main")
        if main is not None:
            yield from (f"{where}: {each}" for each in _of_page(main, where.partition("/")[0]))
    yield from _open_folders(public)


def _of_page(main: Any, language: str) -> Iterator[str]:
    levels = [int(each.tag[1]) for each in main.iter("h1", "h2", "h3", "h4", "h5")]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    yield from (
        f"a heading skips from {one} to {other}" for one, other in pairwise(levels) if other > one + 1
    )
    for table in main.iter("table"):
        if not table.xpath(".//th"):
            yield "a table has no headers"
    names: dict[str, str] = {}
    for link in main.iter("a"):
        name = link.get("aria-label") or _flat(link.text_content())
        to = link.get("href")
        if to and names.setdefault(name, to) != to:
            yield f"two links are called {name!r}: {names[name]} and {to}"
        if to and not name:
            yield f"a link has no name: {to}"
    for section in main.iter("section"):
        heads = _flat(" ".join(each.text_content() for each in section.iter("h2", "h3")))
        if _flat(section.text_content()) == heads and not section.xpath(".//input|.//img|.//svg"):
            yield f"a section has nothing in it: {heads!r}"
    yield from _of_words(list(_texts(main, language)), language)


def _of_words(texts: list[str], language: str) -> Iterator[str]:
    decimals, words = OTHERS.get(language, (None, None))
    for text in texts:
        for pattern, what in ((MARKS, "marks"), (ONE, "one of several")):
            if found := pattern.search(text):
                yield f"{what}: {text[max(0, found.start() - 30) : found.end() + 20]!r}"
        plain = NUMBERS.sub("", text)
        if decimals and (found := decimals.search(plain)):
            yield f"a decimal of another language: {plain[max(0, found.start() - 30) : found.end() + 20]!r}"
        if words and len(set(words.findall(text.lower()))) >= 2:
            yield f"words of another language: {text[:80]!r}"


def _texts(main: Any, language: str) -> Iterator[str]:
    """Texts in the language of the page, each paragraph whole; not what is quoted or code."""
    for block in main.iter(
        "p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "caption", "summary", "figcaption"
    ):
        if block.get("class") != "citation" and not any(True for _ in block.iterancestors(*NO_TEXT)):
            yield _flat(_own(block, language))


def _own(element: Any, language: str) -> str:
    """The text of an element, with places for code, other languages and blocks within."""
    if not isinstance(element.tag, str):
        return ""
    said = next(
        (each.get("lang") for each in (element, *element.iterancestors()) if each.get("lang")), language
    )
    if element.tag in NO_TEXT or said != language:
        return " x "
    parts = [element.text or ""]
    for child in element:
        within = child.tag in ("p", "li", "ul", "ol", "dl", "table", "div", "details", "section")
        parts += [" x " if within else _own(child, language), child.tail or ""]
    return "".join(parts)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _open_folders(public: Path) -> Iterator[str]:
    """Addresses above a page that have none."""
    for language in sorted({path.parent for path in public.glob("*/index.html")}):
        folders = {folder for path in language.rglob("index.html") for folder in path.parent.parents}
        for folder in sorted(each for each in folders if language in (each, *each.parents)):
            if not (folder / "index.html").is_file():
                yield f"{folder.relative_to(public).as_posix()}: no page at an address above others"


if __name__ == "__main__":
    lines = list(faults(Path(sys.argv[1])))
    print("\n".join(lines))
    print(len(lines), "faults")
