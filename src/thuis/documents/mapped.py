"""Text that knows where every character came from.

Reading joins lines, drops page numbers and mends characters. A :class:`Mapped` text carries, for each of its
characters, the offset in the source it was read from, so that a sentence found in the clean text can always
be shown where it stands in the file. A stretch that is the source itself keeps a ``range``: a slice of it
costs nothing, however large the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text and the source offset of each of its characters (``at``, as long as ``text``).

    >>> line = Mapped.of("een  brief")[5:]
    >>> line.text, line.span()
    ('brief', (5, 10))
    """

    text: str
    at: Sequence[int]

    @classmethod
    def of(cls, source: str, offset: int = 0) -> Mapped:
        """The source itself; ``offset`` is where it begins in a larger one."""
        return cls(source, range(offset, offset + len(source)))

    @classmethod
    def join(cls, parts: Iterable[Mapped], separator: str = "") -> Mapped:
        """Parts behind one another; a separator maps to the end of the part before it."""
        given = list(parts)
        if len(given) == 1:
            return given[0]
        text: list[str] = []
        at: list[int] = []
        for part in given:
            if text and separator:
                text.append(separator)
                at += [at[-1] + 1 if at else 0] * len(separator)
            text.append(part.text)
            at += part.at
        return cls("".join(text), tuple(at))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Mapped:
        return Mapped(self.text[part], self.at[part])

    def __add__(self, other: Mapped) -> Mapped:
        return Mapped(self.text + other.text, (*self.at, *other.at))

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` stand in the source, as (start, end)."""
        places = self.at[start:end]
        if isinstance(places, range) and places:
            return places[0], places[-1] + 1
        if not places:
            here = self.at[start] if start < len(self.at) else (self.at[-1] + 1 if self.at else 0)
            return here, here
        return min(places), max(places) + 1

    def strip(self) -> Mapped:
        """Without white space at either end."""
        left = len(self.text) - len(self.text.lstrip())
        return self[left : max(left, len(self.text.rstrip()))]

    def sub(self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> Mapped:
        """Every match replaced; what comes in its place maps to the match.

        >>> Mapped.of("een  brief").sub(re.compile(" +"), " ").span(4, 9)
        (5, 10)
        """
        text: list[str] = []
        at: list[int] = []
        done = 0
        for found in pattern.finditer(self.text):
            put = new if isinstance(new, str) else new(found)
            if put == found[0]:
                continue
            text += [self.text[done : found.start()], put]
            at += self.at[done : found.start()]
            places = self.at[found.start() : found.end()] or self.at[found.start() - 1 : found.start()]
            at += [places[min(index, len(places) - 1)] for index in range(len(put))]
            done = found.end()
        if not text:
            return self
        text.append(self.text[done:])
        return Mapped("".join(text), (*at, *self.at[done:]))

    def lines(self) -> Iterator[Mapped]:
        """Its lines, without their ends."""
        at = 0
        for line in self.text.splitlines(keepends=True):
            yield self[at : at + len(line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))]
            at += len(line)
