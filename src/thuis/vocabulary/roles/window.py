"""The neighbourhood of a hit: what stands before and after it, in its sentence and its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from thuis.language.split import ends

_APART = re.compile(r";(?:\s|$)|##+")
"""A semicolon and the mark of a heading end what bears on a hit, as the end of a sentence does."""
_NUMBERED = re.compile(r"^\s*(?:[a-z]{1,2}|\d{1,2})[.)°]\s")
_REACH = 600


@dataclass(frozen=True)
class Window:
    """A hit with at most 600 characters to each side, white space made single; ``block`` is the kind of text.

    >>> window = Window.at("Dit gaat over de  integratie van nieuwkomers.", 18, 28)
    >>> window.hit, window.words_before(2), window.words_after(2)
    ('integratie', ['over', 'de'], ['van', 'nieuwkomers'])
    """

    before: str
    hit: str
    after: str
    block: str = "body"
    line_before: str = ""
    line_after: str = ""

    @staticmethod
    def at(text: str, start: int, end: int, block: str = "body") -> Window:
        """The neighbourhood of a stretch of text."""
        before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
        return Window(
            before, text[start:end], after, block, before.rsplit("\n", 1)[-1], after.split("\n", 1)[0]
        )

    @cached_property
    def attached_before(self) -> str:
        """What is written against the hit, without a space: ``re-``, ``(re)``, ``uitkering/``."""
        found = re.search(r"[^\s,;:]*\Z", self.before[-80:])
        return found.group().lower() if found else ""

    @cached_property
    def attached_after(self) -> str:
        """What follows against the hit, without a space."""
        found = re.match(r"[^\s,;:.]*", self.after)
        return found.group().lower() if found else ""

    def words_before(self, count: int) -> list[str]:
        """The last words before the hit in its sentence, lower case."""
        return re.findall(r"[\w'’-]+", self.sentence_before.lower())[-count:]

    def words_after(self, count: int) -> list[str]:
        """The first words after the hit in its sentence, lower case."""
        return re.findall(r"[\w'’-]+", self.sentence_after.lower())[:count]

    @cached_property
    def sentence_before(self) -> str:
        """The sentence up to the hit."""
        whole = len(self.before)
        stops = [0, *(each for each in ends(self.before + self.hit[:1]) if each <= whole)]
        stops += [found.end() for found in _APART.finditer(self.before)]
        return self.before[max(stops) :]

    @cached_property
    def sentence_after(self) -> str:
        """The sentence after the hit."""
        found = _APART.search(self.after)
        stop = found.start() if found else len(self.after)
        end = next(ends(self.after, 0, stop), None)
        return self.after[:stop] if end is None else self.after[:end].rstrip(".!?…\n ")

    @cached_property
    def sentence(self) -> str:
        """The whole sentence, lower case, white space single."""
        return " ".join(f"{self.sentence_before}{self.hit}{self.sentence_after}".lower().split())

    def near(self, reach: int) -> str:
        """The text around the hit, without the hit, lower case."""
        return " ".join(f"{self.before[-reach:]} | {self.after[:reach]}".lower().split())

    @cached_property
    def begins(self) -> bool:
        """Whether the hit begins a sentence, a line, a list item or a cell of a table."""
        said = _NUMBERED.sub("", self.sentence_before)
        cell = self.line_before.rsplit("|", 1)[-1]
        return not said.strip(" \t\n*#-–•\"'“‘(") or not cell.strip(" \t*#-–•0123456789.")
