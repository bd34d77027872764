"""Text that knows where every character came from.

Cleaning a letter joins lines, drops page numbers and mends characters. A :class:`Mapped` text carries, for
each of its characters, the offset in the source it was read from, so that a sentence found in the clean
text can always be shown where it stands in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_TRAILS = "\u0080-\u00bf\u0152-\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122"
_DOUBLED = re.compile(f"[\u00c2-\u00f4][{_TRAILS}]{{1,3}}")
_EXPECTED = re.compile("[\u00a0-\u024f\u2010-\u2122]")  # what Dutch texts hold beyond ASCII


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text and the source offset of each of its characters (``at``, as long as ``text``).

    >>> line = Mapped.of("een  brief")[5:]
    >>> line.text, line.span()
    ('brief', (5, 10))
    """

    text: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, source: str, offset: int = 0) -> Mapped:
        """The source itself; ``offset`` is where it begins in a larger one."""
        return cls(source, tuple(range(offset, offset + len(source))))

    @classmethod
    def join(cls, parts: Iterable[Mapped], separator: str = "") -> Mapped:
        """Parts behind one another; a separator maps to the end of the part before it."""
        text: list[str] = []
        at: list[int] = []
        for part in parts:
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
        return Mapped(self.text + other.text, self.at + other.at)

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` stand in the source, as (start, end)."""
        places = self.at[start:end]
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
            text += [self.text[done : found.start()], put]
            at += self.at[done : found.start()]
            places = self.at[found.start() : found.end()] or self.at[found.start() - 1 : found.start()]
            at += [places[min(index, len(places) - 1)] for index in range(len(put))]
            done = found.end()
        text.append(self.text[done:])
        return Mapped("".join(text), (*at, *self.at[done:]))

    def lines(self) -> Iterator[Mapped]:
        """Its lines, without their ends."""
        at = 0
        for line in self.text.splitlines(keepends=True):
            yield self[at : at + len(line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))]
            at += len(line)


def _mend(found: re.Match[str]) -> str:
    raw = b"".join(
        each.encode("cp1252") if each.encode("cp1252", "ignore") else each.encode("latin-1", "ignore")
        for each in found[0]
    )
    for end in range(len(raw), 1, -1):
        try:
            meant = raw[:end].decode("utf-8")
        except UnicodeDecodeError:
            continue
        if meant.startswith("\ufeff"):
            return found[0][end:]  # the mark at the beginning of a file, encoded twice
        if _EXPECTED.match(meant):
            return meant + found[0][end:]
    return found[0]


def mended(text: Mapped) -> tuple[Mapped, int]:
    """The text with UTF-8 that was read as Windows-1252 put right, and how many characters that were.

    >>> fixed, count = mended(Mapped.of("coÃ¶rdinatie â€“ geÃ«rfd"))
    >>> fixed.text, count
    ('coördinatie – geërfd', 3)
    """
    count = 0

    def mend(found: re.Match[str]) -> str:
        nonlocal count
        put = _mend(found)
        count += put != found[0]
        return put

    return text.sub(_DOUBLED, mend), count
