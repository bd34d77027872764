"""A letter from a source that knows its own paragraphs: Word, official XML, HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from thuis.dossier.letter.flow import Piece
from thuis.dossier.letter.head import read_head
from thuis.dossier.letter.model import SUPERSCRIPT, Note, Removed
from thuis.dossier.letter.plain import Draft, as_blocks
from thuis.dossier.letter.word import HEADING, ITEM, NOTE
from thuis.dossier.mapped import Mapped

_SPACES = re.compile(r"\s+")
_BREAKS = {
    *("p", "al", "li", "td", "entry", "div", "table", "tr", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("titel", "kop", "tekstregel", "noot", "datumtekst", "functie", "naam", "dossiernr", "ondernummer"),
}
_SKIP = {"script", "style", "head", "metadata", "nav", "title", "meta"}
_HEADS = {"titel", "kop", "h1", "h2", "h3", "h4", "h5", "h6", "tussenkop"}
_NOTE_CLASSES = {"noot", "footnote", "voetnoot"}
_NUMBERS = {"noot.nr", "sup"}


@dataclass(slots=True)
class _Paragraph:
    tag: str
    parts: list[Mapped] = field(default_factory=list)
    note: int | None = None

    @property
    def body(self) -> Mapped:
        return Mapped.join(self.parts).sub(_SPACES, " ").strip()


def read_word(text: Mapped) -> Draft:
    """A letter from the text of a Word file (:func:`thuis.dossier.letter.word.word_text`)."""
    found: list[_Paragraph] = []
    for line in text.lines():
        mark = line.text[:1]
        if not line.text.strip():
            continue
        if mark == NOTE:
            number, _, _ = line.text[1:].partition("\t")
            found.append(_Paragraph("noot", [line[len(number) + 2 :]], int(number)))
        elif mark == HEADING:
            found.append(_Paragraph(f"h{line.text[1]}", [line[3:]]))
        elif mark == ITEM:
            found.append(_Paragraph("li", [line[2:]]))
        else:
            found.append(_Paragraph("p", [line]))
    return _draft(found)


def read_markup(text: Mapped) -> Draft:
    """A letter from official XML or HTML."""
    reader = _Reader(text)
    reader.feed(text.text)
    reader.close()
    reader.flush()
    return _draft(reader.found)


class _Reader(HTMLParser):
    """Paragraphs in order of the document; a note where it stands, its number raised where it is called."""

    def __init__(self, text: Mapped) -> None:
        super().__init__(convert_charrefs=False)
        self.mapped = text
        self.starts = [0, *(m.end() for m in re.finditer("\n", text.text))]
        self.found: list[_Paragraph] = []
        self.stack: list[str] = []
        self.notes: list[_Paragraph] = []
        self.number: list[Mapped] | None = None
        self.now = _Paragraph("p")
        self.skipping = 0

    @property
    def here(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"br", "meta", "link", "img", "hr", "input"}:
            self._add(Mapped(" ", (self.here,)) if tag == "br" else Mapped("", ()))
            return
        self.stack.append(tag)
        if tag in _SKIP:
            self.skipping += 1
        elif tag in _NUMBERS:
            self.number = []
        classes = (dict(attrs).get("class") or "").split()
        if tag == "noot" or (tag in {"div", "p", "li"} and _NOTE_CLASSES & set(classes)):
            self.notes.append(self.now)
            self.now = _Paragraph("noot")
            self.stack[-1] = "/noot"
        elif tag in _BREAKS and not self.notes:
            self.flush()
            self.now = _Paragraph(tag)
        elif tag in _BREAKS and self.now.parts:
            self.now.parts.append(Mapped(" ", (self.here,)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "br":
            self._add(Mapped(" ", (self.here,)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.stack and "/noot" not in self.stack:
            return
        while self.stack:
            top = self.stack.pop()
            if top in _SKIP:
                self.skipping -= 1
            if top == "/noot":
                self._close_note()
            if top in _NUMBERS and self.number is not None:
                self._close_number()
            if top in {tag, "/noot"}:
                break
        if tag in _BREAKS and tag != "noot" and not self.notes:
            self.flush()

    def handle_data(self, data: str) -> None:
        self._add(self.mapped[self.here : self.here + len(data)])

    def handle_entityref(self, name: str) -> None:
        self._add(Mapped(unescape(f"&{name};"), (self.here,) * len(unescape(f"&{name};"))))

    def handle_charref(self, name: str) -> None:
        self._add(Mapped(unescape(f"&#{name};"), (self.here,) * len(unescape(f"&#{name};"))))

    def _add(self, part: Mapped) -> None:
        if not self.skipping and part.text:
            (self.now.parts if self.number is None else self.number).append(part)

    def _close_number(self) -> None:
        digits = Mapped.join(self.number or []).strip()
        self.number = None
        if not digits.text.isdigit():
            self.now.parts.append(digits)
        elif self.now.tag == "noot" and self.now.note is None:
            self.now.note = int(digits.text)
            if self.notes and self.stack.count("/noot") and _inline(self.notes[-1]):
                self._mark(self.notes[-1], digits)
        else:
            self._mark(self.now, digits)

    @staticmethod
    def _mark(into: _Paragraph, digits: Mapped) -> None:
        while into.parts and not into.parts[-1].text.strip():
            into.parts.pop()
        if into.parts:
            into.parts[-1] = into.parts[-1][: len(into.parts[-1].text.rstrip())]
            into.parts.append(Mapped(digits.text.translate(SUPERSCRIPT), digits.at))

    def _close_note(self) -> None:
        if self.now.note is not None:
            self.found.append(self.now)
        if self.notes:
            self.now = self.notes.pop()

    def flush(self) -> None:
        """Put the paragraph at hand among those found."""
        if self.now.parts and self.now.body.text:
            self.found.append(self.now)
        tag = next((each for each in reversed(self.stack) if each in _BREAKS), "p")
        self.now = _Paragraph(tag)


def _inline(paragraph: _Paragraph) -> bool:
    return bool(paragraph.parts and paragraph.body.text)


def _draft(found: list[_Paragraph]) -> Draft:
    draft = Draft()
    texts = [each for each in found if each.tag != "noot"]
    empty = Mapped("", ())
    draft.head = read_head([line for each in texts[:40] for line in (each.body, empty)])
    end = (draft.head.end + 1) // 2
    draft.removed = [Removed("head", each.body) for each in texts[:end]]
    pieces = [_piece(each) for each in texts[end:]]
    draft.blocks = as_blocks([piece for piece in pieces if piece.body.text], set())
    draft.notes = [Note(each.note, each.body) for each in found if each.note is not None]
    draft.pages = [1]
    return draft


def _piece(each: _Paragraph) -> Piece:
    if each.tag in _HEADS:
        level = int(each.tag[1]) if re.fullmatch(r"h\d", each.tag) else 2
        return Piece("heading", each.body, None, max(2, level))
    return Piece("item" if each.tag == "li" else "paragraph", each.body)
