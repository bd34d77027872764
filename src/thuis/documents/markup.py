"""HTML and the XML of official publications (Kamerstukken, Handelingen, laws) as paragraphs with places.

The elements of XML are those of officielebekendmakingen.nl and wetten.overheid.nl; a file with other elements
is read as paragraphs by its own structure. Entities of a file's own are never resolved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from xml.parsers import expat

from thuis.documents.beside import (
    UNREAD,
    carried,
    carried_in_xml,
    linked,
    put_by_style,
    shown_by_styles,
    unread,
)
from thuis.documents.mapped import Mapped
from thuis.documents.paragraphs import Builder, Dialect
from thuis.documents.source import Source, Unscreenable

_HTML = Dialect(
    kinds={
        "blockquote": "quote", "q": "quote", "cite": "quote", "pre": "code", "code": "code", "kbd": "code",
        "samp": "code", "var": "code",
        "table": "table", "figcaption": "caption", "caption": "caption", "aside": "side",
        "nav": "furniture", "footer": "furniture", "header": "furniture",
        **dict.fromkeys(("title", "svg", "noscript", "template", "option", "textarea", "math"), "label"),
        **{f"h{level}": "heading" for level in range(1, 7)},
    },
    inline=frozenset([
        "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"
    ]),
    skipped=frozenset({"script", "style", "metadata"}),
)  # fmt: skip
_VOID = frozenset(
    ["area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_XML = Dialect(
    kinds={
        "noot": "note", "voetnoot": "note", "citaat": "quote", "quote": "quote", "table": "table",
        "tabel": "table", "caption": "caption", "code": "code", "titel": "heading", "kop": "heading",
        "tussenkop": "heading", "title": "heading", "metadata": "furniture", "meta-data": "furniture",
        "meta": "furniture",
    },
    inline=frozenset([
        "nadruk", "extref", "intref", "sup", "inf", "noot", "noot.nr", "nr", "i", "b", "em",
        "strong", "u", "sub", "ref", "emphasis", "hi", "a", "span", "ovl", "ins", "del",
        "achternaam", "voornaam", "politiek", "aanduiding", "weergave", "datum", "ondernummer",
        "dossiernr", "nootref", "label"
    ]),
    turns=frozenset({"spreekbeurt", "spreker-beurt", "interruptie"}),
    told=frozenset({"achternaam", "politiek", "vergaderdatum", "titel", "dossiernr", "ondernummer"}),
)  # fmt: skip
_GENRES = {"handelingen": "debate", "kamerstuk": "letter", "wetgeving": "law", "toestand": "law"}
_COMMENT, _SECTION = _CLOSES = (re.compile(r"--\s*>"), re.compile(r"]\s*>"))
"""Ends of a comment and of a marked section, as Python's parser looks for them."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class _Html(HTMLParser):
    """Hands the events of a page to a builder."""

    def __init__(self, text: Mapped) -> None:
        super().__init__(convert_charrefs=False)
        self.mapped = text
        self.lines = [0, *(found.end() for found in re.finditer("\n", text.text))]
        self.builder = Builder(_HTML)
        self.meta: dict[str, str] = {}
        self.titles: list[str] | None = None
        self.shown = shown_by_styles(text.text)
        self.unread: Counter[str] = Counter()
        self.linked = False  # whether the script at hand is linked data

    def read(self) -> None:
        """Go through the whole page. What stands after the last ``>`` is in no tag: the parser would look for
        the end of every tag in it again and again."""
        whole = self.mapped.text
        end = whole.rfind(">") + 1
        tail = whole[end:] if "<" in whole[end:] else ""
        self.length = len(whole) - len(tail)
        self.last = {close: [0, *(each.start() for each in close.finditer(whole))][-1] for close in _CLOSES}
        self.feed(whole[: self.length])
        self.close()
        if tail:
            self.handle_data(tail)

    def _closes(self, close: re.Pattern[str], i: int) -> bool:
        return i + self.length - len(self.rawdata) < self.last[close]

    def parse_comment(self, i: int, report: int = 1) -> int:
        """Without an end further on there is none for any comment: that is looked for once."""
        return super().parse_comment(i, bool(report)) if self._closes(_COMMENT, i) else -1

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """One that is none (``<![<``) is passed over to its end, as browsers do."""
        if not self._closes(_SECTION, i):
            return self.parse_bogus_comment(i)
        try:
            return super().parse_marked_section(i, bool(report))
        except AssertionError:
            return self.parse_bogus_comment(i)

    def _at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = self._at()
        given = {name: value or "" for name, value in attrs}
        if left := unread(tag, given):
            self.unread[left] += 1
        self._carried(tag, given, at)
        if tag == "script":
            self.linked = given.get("type", "").lower() == "application/ld+json"
        if tag == "meta" and given.get("name"):
            self.meta.setdefault(given["name"].lower(), given.get("content", ""))
        elif tag == "br":
            self.builder.text(Mapped("\n", self.mapped.at[at : at + 1]))
        elif tag in _VOID:
            if tag == "hr":
                self.builder.rule()
        else:
            if tag == "title" and self.titles is None and not self.builder.counts["svg"]:
                self.titles = []
            self.builder.start(tag, given, at)

    def _carried(self, tag: str, given: dict[str, str], at: int) -> None:
        if tag == "option" and self.builder.counts["datalist"]:
            tag = "button"  # shown by its value
        written = self.mapped[at : at + len(self.get_starttag_text() or "")] if given else Mapped("", ())
        for value in carried(tag, given, written, self.shown):
            self.builder.beside(value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and tag != "br":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title" and self.titles is not None and "title" not in self.meta:
            self.meta["title"] = "".join(self.titles).strip()
        self.builder.end(tag, self._at())

    def handle_data(self, data: str) -> None:
        if self.linked and self.builder.counts["script"]:
            at = self._at()
            for value in linked(self.mapped[at : at + len(data)]):
                self.builder.beside(value)
        if self.builder.counts["style"]:
            at = self._at()
            for value in put_by_style(self.mapped[at : at + len(data)]):
                self.builder.beside(value)
        self._text(data, len(data))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def unknown_decl(self, data: str) -> None:
        """A marked section (``<![if …]>``) is no text."""

    def _reference(self, written: str) -> None:
        self._text(unescape(f"{written};") if unescape(f"{written};") != f"{written};" else written, 1)

    def _text(self, data: str, length: int) -> None:
        if self.titles is not None and "title" not in self.meta:
            self.titles.append(data)
        at = self._at()
        exact = length == len(data)
        self.builder.text(
            self.mapped[at : at + length]
            if exact and length > 1
            else Mapped(data, (self.mapped.at[at],) * len(data))
        )


def html_source(text: Mapped, name: str) -> Source:
    """A web page: all text a reader meets, in elements, attributes and styles; kinds by their elements."""
    reader = _Html(text)
    reader.read()
    found = reader.builder.finish()
    meta = reader.meta
    days = (meta.get(each, "")[:10] for each in ("date", "dcterms.date", "dcterms.issued"))
    date = next((day for day in days if day), None)
    title = meta.get("title") or None
    left = tuple((kind, reader.unread[kind]) for kind in UNREAD if reader.unread[kind])
    return Source(name, "html", "", found, title=title, date=date, meta=meta, unread=left)


class _Xml:
    """Hands the events of an XML file to a builder, with what its attributes tell."""

    def __init__(self, text: Mapped) -> None:
        self.mapped = text
        self.builder = Builder(_XML)
        self.meta: dict[str, str] = {}
        self.days: list[tuple[int, str]] = []
        self.genre: str | None = None
        self.own_entities = False
        self.images = 0
        # Two bytes for each character: then the byte that expat counts leads to the character.
        self.parser = expat.ParserCreate("UTF-16LE")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.EntityDeclHandler = self.entity
        self.parser.DefaultHandler = lambda _: None  # with it, entities of the file's own are not put in

    def feed(self) -> None:
        plain = re.sub(r"[\U00010000-\U0010ffff\ud800-\udfff]", "\ufffd", self.mapped.text)
        self.parser.Parse(plain.encode("utf-16-le"), True)

    @property
    def at(self) -> int:
        return self.parser.CurrentByteIndex // 2

    def entity(self, *_: object) -> None:
        self.own_entities = True

    def start(self, name: str, given: dict[str, str]) -> None:
        tag = name.rpartition(":")[2].lower()
        self.genre = self.genre or _GENRES.get(tag)
        if tag in ("metadata", "meta") and "content" in given:
            self.meta.setdefault(given.get("name", "").lower(), given["content"])
        self._days(tag, given)
        for value in carried_in_xml(name, given, self.mapped, self.at):
            self.builder.beside(value)
        if tag in ("plaatje", "illustratie", "img", "image"):
            self.images += tag != "illustratie" or not self.builder.counts["plaatje"]
        self.builder.start(tag, given, self.at)

    def _days(self, tag: str, given: Mapping[str, str]) -> None:
        self.days += [
            (0 if tag == "datum" and key == "isodatum" else 3, value)
            for key, value in given.items()
            if key in ("isodatum", "datum", "date")
        ]

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2].lower()
        self.builder.end(tag, self.at)
        if tag in ("nr", "label") and self.builder.counts["kop"]:
            self.builder.joins(self.at)

    def data(self, text: str) -> None:
        at = self.at
        part = self.mapped[at : at + len(text)]
        # What is written otherwise than it reads (an entity, a line's end) stands at one place.
        exact = part.text == text or "\ufffd" in text
        self.builder.text(part if exact else Mapped(text, (self.mapped.at[at],) * len(text)))

    def date(self) -> str | None:
        issued = [(1, self.meta.get(f"dcterms.{each}", "")) for each in ("issued", "available")]
        held = (2, self.builder.told.get("vergaderdatum", ""))
        days = sorted((*self.days, *issued, held), key=lambda day: day[0])
        return next((day.strip() for _, day in days if _DAY.fullmatch(day.strip())), None)


def xml_source(text: Mapped, name: str) -> Source | Unscreenable:
    """An official publication in XML, or the line at which it is damaged."""
    start = re.match(r"[^<]{1,16}(?=<)", text.text)
    if start:
        text = text[start.end() :]
    reader = _Xml(text)
    try:
        reader.feed()
    except expat.ExpatError as error:
        line = error.lineno + (start[0].count("\n") if start else 0)
        return Unscreenable(
            name, "damaged", f"line {line}, column {error.offset + 1}: {expat.ErrorString(error.code)}"
        )
    found = reader.builder.finish()
    told = reader.builder.told
    title = next((value for key, value in reader.meta.items() if "title" in key and value.strip()), None)
    return Source(
        name,
        "xml",
        "",
        found,
        title=title or told.get("titel") or None,
        date=reader.date(),
        genre=reader.genre,
        unread=(("image", reader.images),) if reader.images else (),
        meta={**told, **reader.meta, **({"own-entities": "yes"} if reader.own_entities else {})},
    )
