"""Events of markup (an element begins, ends, text) made into paragraphs that know their place in the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from thuis.documents.mapped import Mapped
from thuis.documents.source import SUPERSCRIPT, Paragraph

_NUMBER = re.compile(r"[\[(]?(\d{1,4})[\])]?\.?")
_BEGINS = re.compile(r"\s*[\[(]?(\d{1,3})[\])]?[.:]?\s+(?=\S)")
_NOTE_ID = re.compile(
    r"(?:user-content-)?(?:fn|ftn|footnote|voetnoot|_ftn|sdfootnote|endnote|edn|noot)[-_:.]?(\d{1,4})"
)
_ANY_ID = re.compile(r"[a-z]{1,3}[-_:.]?(\d{1,4})")
"""The id of a paragraph in a list of notes; elsewhere it may be anything."""
_NOTES = frozenset({"noot", "footnote", "voetnoot", "endnote", "footnote-definition"})
_ROLES = frozenset({"doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"})
_LISTS = frozenset(
    {"footnotes", "doc-endnotes", "endnotes", "voetnoten", "noten", "wp-block-footnotes", "footnotes-list"}
)
_CALLS = frozenset(
    {"nootnum", "footnote-ref", "doc-noteref", "noteref", "msofootnotereference", "footnotereference"}
)
_BACK = frozenset({"footnote-back", "doc-backlink", "footnote-backref", "reversefootnote", "backlink"})
Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the elements of a language mean: kinds of text, elements inside a line, elements not read."""

    kinds: Mapping[str, str]
    inline: frozenset[str]
    skipped: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset({"li"})
    turns: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Open:
    """The paragraph at hand."""

    kind: str = "body"
    level: int = 0
    item: bool = False
    number: int | None = None
    inline: bool = False
    parts: list[Mapped] = field(default_factory=list)
    length: int = 0
    inner: list[tuple[int, int, str]] = field(default_factory=list)
    label: bool = False


@dataclass(slots=True)
class _Element:
    tag: str
    kind: str
    skips: bool = False
    note: bool = False
    mark: bool = False
    named: frozenset[str] = frozenset()
    level: int = 2
    first: bool = True  # whether no paragraph of it was put down yet
    begins: int = 0  # for a turn: the paragraphs before it; inside a line: where it begins
    count: int = 0  # of a list of notes: the notes so far
    who: tuple[str, str] = ("", "")


class Builder:
    """Paragraphs in the order in which they begin; a note comes after the paragraph that calls it."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.found: list[Paragraph] = []
        self.stack: list[_Element] = []
        self.counts: Counter[str] = Counter()
        self.now = _Open()
        self.outer: _Open | None = None  # waits while its note is read
        self.notes: list[Paragraph] = []
        self.labels: list[Paragraph] = []
        self.number: list[Mapped] | None = None
        self.skipping = self.lists = 0
        self.items: list[_Element] = []
        self.turns: list[_Element] = []
        self.caught: list[str] | None = None
        self.told: dict[str, str] = {}

    def start(self, tag: str, given: Attributes, at: int) -> None:
        """An element begins at a place in the source."""
        named = _named(given)
        above = self.stack[-1] if self.stack else _Element("", "body")
        inline = tag in self.dialect.inline
        each = _Element(tag, self.dialect.kinds.get(tag, above.kind), named=named)
        each.level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else above.level
        each.skips = tag in self.dialect.skipped or bool(named & _BACK)
        each.note = not each.skips and self.outer is None and self._is_note(tag, given, named)
        each.mark = tag in ("sup", "noot.nr") or bool(named & _CALLS) or _calls(tag, given)
        if each.note:
            each.kind = "note"
            self._begin_note(tag, given, inline)
        elif self.outer is not None:
            if not inline:
                self.text(Mapped(" ", (at,)))
        elif not inline and not self.now.label:
            self.flush()
        if tag == "achternaam":  # the first name stands right before it
            self.text(Mapped(" ", (at,)))
        self.skipping += each.skips
        self.stack.append(each)
        self.counts[tag] += 1
        if tag in self.dialect.items:
            self.items.append(each)
        if tag in self.dialect.turns:
            self.turns.append(each)
        if named & _LISTS:
            self.lists += 1
        each.begins = self.now.length if inline else len(self.found)
        if tag in self.dialect.told:
            self.caught = []
        if each.mark and self.number is None:
            self.number = []
        if not inline and self.outer is None:
            self._fresh()

    def end(self, tag: str, at: int) -> None:
        """An element ends; those left open inside it end with it, an end of nothing is passed over."""
        while self.counts[tag]:
            each = self.stack.pop()
            self.counts[each.tag] -= 1
            self.skipping -= each.skips
            self.lists -= bool(each.named & _LISTS)
            for kept in (self.items, self.turns):
                if kept and kept[-1] is each:
                    kept.pop()
            self._close(each, at)
            if each.tag == tag:
                break

    def text(self, part: Mapped) -> None:
        """Text at its place."""
        if self.skipping or not part.text:
            return
        if self.caught is not None:
            self.caught.append(part.text)
        if self.number is not None:
            self.number.append(part)
        else:
            self._put(part)

    def finish(self) -> tuple[Paragraph, ...]:
        """All paragraphs, when the file has ended."""
        while self.stack:
            self.end(self.stack[-1].tag, 0)
        self.flush()
        return tuple(self.found)

    def flush(self) -> None:
        """Put down the paragraph at hand, and the notes it calls."""
        now = self.now
        if any(part.text.strip() for part in now.parts):
            self.found.append(_closed(now))
            if self.items:
                self.items[-1].first = False
        self.found += self.notes
        self.found += self.labels
        self.notes, self.labels = [], []
        self._fresh()

    def beside(self, text: Mapped) -> None:
        """A text that an attribute or a style carries: a paragraph after the one at hand."""
        self.labels.append(Paragraph((text,), "label"))

    def joins(self, at: int) -> None:
        """What stands before is the number of what follows: one paragraph, as "2.1 Aanleiding"."""
        if any(part.text.strip() for part in self.now.parts):
            self._put(Mapped(" ", (at,)))
            self.now.label = True

    def rule(self) -> None:
        """A line across the page ends a paragraph."""
        if self.outer is None:
            self.flush()

    def _fresh(self) -> None:
        if self.now.label:
            return
        top = self.stack[-1] if self.stack else _Element("", "body")
        item = bool(self.items and self.items[-1].first)
        self.now = _Open(top.kind, top.level if top.kind == "heading" else 0, item)

    def _put(self, part: Mapped) -> None:
        self.now.parts.append(part)
        self.now.length += len(part.text)

    def _is_note(self, tag: str, given: Attributes, named: frozenset[str]) -> bool:
        if tag in ("noot", "voetnoot"):
            return True
        if tag == "li" and self.lists:
            return True
        if tag == "p" and self.lists and given.get("id"):
            return True
        if tag not in ("div", "p", "li", "aside", "span", "dd", "td"):
            return False
        if tag == "span":
            return bool(named & _ROLES)
        return bool(named & (_ROLES | _NOTES)) or bool(_NOTE_ID.fullmatch(given.get("id") or ""))

    def _begin_note(self, tag: str, given: Attributes, inline: bool) -> None:
        if not inline:
            self.flush()
        if tag == "li":
            above = next((e for e in reversed(self.stack) if e.tag in ("ol", "ul")), None)
            number = above.count + 1 if above else None
            if (given.get("value") or "").isdecimal():
                number = int(given["value"])
            if above and number:
                above.count = number
        else:
            told = _NOTE_ID.fullmatch(given.get("id") or "") or _ANY_ID.fullmatch(given.get("id") or "")
            number = int(told[1]) if told else None
        self.outer = self.now
        self.now = _Open("note", number=number, inline=inline)

    def _close(self, each: _Element, at: int) -> None:
        if each.mark and self.number is not None:
            self._close_number(each)
        if each.tag in self.dialect.told:
            self._tell(each.tag)
        if each.note:
            self._close_note()
        elif self.outer is not None:
            return
        elif each.tag in self.dialect.inline:
            if each.kind != self.now.kind and not self.now.label and self.now.length > each.begins:
                self.now.inner.append((each.begins, self.now.length, each.kind))
        elif each.tag == "li.nr":
            self.now.label = True
            self._put(Mapped(" ", (at,)))
        else:
            self.now.label = False
            self.flush()
        if each.tag in self.dialect.turns and each.who[0]:
            self._speak(each)

    def _close_number(self, each: _Element) -> None:
        """What stood raised: the number of this note, a call of one, or just raised text."""
        parts, self.number = self.number or [], None
        digits = Mapped.join(parts)
        found = _NUMBER.fullmatch(digits.text.strip())
        if not found:
            for part in parts:
                self._put(part)
            return
        at = digits.text.index(found[1])
        raised = Mapped(found[1].translate(SUPERSCRIPT), digits.at[at : at + len(found[1])])
        if self.outer is None:
            self._raise(self.now, raised)
        elif not any(part.text.strip() for part in self.now.parts):
            self.now.number = int(found[1])
            if self.now.inline and each.tag == "noot.nr":
                self._raise(self.outer, raised)
        else:
            self._raise(self.now, raised)

    @staticmethod
    def _raise(into: _Open, raised: Mapped) -> None:
        """Put a number against the word before it."""
        while into.parts and not into.parts[-1].text.strip():
            into.length -= len(into.parts.pop().text)
        if into.parts:
            last = into.parts[-1]
            bare = len(last.text.rstrip())
            into.parts[-1] = last[:bare]
            into.length += bare - len(last.text)
        into.parts.append(raised)
        into.length += len(raised.text)

    def _close_note(self) -> None:
        note, outer = self.now, self.outer
        self.now, self.outer = outer or _Open(), None
        if any(part.text.strip() for part in note.parts):
            self.notes.append(_numbered(_closed(note)))
        if not note.inline:
            self.flush()

    def _tell(self, tag: str) -> None:
        """Keep the first text of an element that tells of the whole, or of who speaks in a turn."""
        text, self.caught = " ".join("".join(self.caught or []).split()), None
        self.told.setdefault(tag, text)
        for turn in self.turns:
            name, party = turn.who
            if tag == "achternaam" and not name:
                turn.who = (text, party)
            elif tag == "politiek" and not party:
                turn.who = (name, text.strip("()"))

    def _speak(self, turn: _Element) -> None:
        for index in range(turn.begins, len(self.found)):
            if self.found[index].speaker is None:
                self.found[index] = replace(self.found[index], speaker=turn.who)


def _calls(tag: str, given: Attributes) -> bool:
    """Whether an element is a link to a note of the same page."""
    target = (given.get("href") or "")[1:] if tag == "a" and (given.get("href") or "")[:1] == "#" else ""
    return bool(target) and bool(_NOTE_ID.fullmatch(target) or re.fullmatch(r"[nN]\d{1,3}", target))


def _closed(now: _Open) -> Paragraph:
    return Paragraph(
        tuple(now.parts), now.kind, level=now.level, number=now.number, item=now.item, inner=tuple(now.inner)
    )


def _numbered(note: Paragraph) -> Paragraph:
    """A note with the number that its text begins with, when no element gave one."""
    found = _BEGINS.match(note.raw) if note.number is None else None
    if not found:
        return note
    whole = Mapped.join(note.parts)
    return replace(note, number=int(found[1]), parts=(whole[found.end() :],))


def _named(given: Attributes) -> frozenset[str]:
    told = " ".join(given.get(key) or "" for key in ("class", "role", "epub:type", "id"))
    return frozenset(told.lower().split()) if told.strip() else frozenset()
