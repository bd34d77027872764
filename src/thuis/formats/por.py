"""SPSS portable files: the codes they call missing, which the reading library drops without a trace.

The file is a text in lines of 80 characters; numbers are written in base 30 and end with a slash. The records
that declare missing codes are read here and taken out of what the library gets, so that it hands over every
answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_WIDTH, _HEAD = 80, 200 + 256
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRST"
Span = dict[str, float | str]
OPEN = 1e300
"""Stands for the ends LOWEST and HIGHEST."""


@dataclass(slots=True)
class Portable:
    """What the library should read, and the codes each variable calls missing."""

    data: bytes
    missing: dict[str, list[Span]] = field(default_factory=dict)


def parted(data: bytes) -> Portable:
    """The file without its missing records, and what they said; the file as it is when it has none."""
    lines = re.split(rb"\r\n|\n|\r", data)
    text = "".join(line.decode("latin-1").ljust(_WIDTH) for line in lines if line)
    if text[_HEAD : _HEAD + 8] != "SPSSPORT":
        return Portable(data)
    reader = _Reader(text, _HEAD + 8)
    try:
        reader.run()
    except (ValueError, IndexError):
        # The library says what is wrong with a damaged file.
        return Portable(data)
    if not reader.cuts:
        return Portable(data)
    kept, at = [], 0
    for start, end in reader.cuts:
        kept.append(text[at:start])
        at = end
    whole = "".join([*kept, text[at:]]).rstrip("Z ")
    whole += "Z" * (_WIDTH - len(whole) % _WIDTH)
    rows = (whole[i : i + _WIDTH] for i in range(0, len(whole), _WIDTH))
    return Portable("".join(f"{row}\r\n" for row in rows).encode("latin-1"), reader.missing)


class _Reader:
    def __init__(self, text: str, at: int) -> None:
        self._text, self._at = text, at
        self.cuts: list[tuple[int, int]] = []
        self.missing: dict[str, list[Span]] = {}
        self._name, self._string = "", False
        self._strings: set[str] = set()

    def run(self) -> None:
        """Every record before the data."""
        self._at += 1
        self._text_of(), self._text_of()
        while (tag := self._text[self._at]) != "F":
            start = self._at
            self._at += 1
            if tag in "89AB":
                self._missing(tag)
                self.cuts.append((start, self._at))
            else:
                self._other(tag)

    def _missing(self, tag: str) -> None:
        ends = [self._value() for _ in range(2 if tag == "B" else 1)]
        low, high = {"8": (ends[0], ends[0]), "9": (-OPEN, ends[0]), "A": (ends[0], OPEN)}.get(
            tag, (ends[0], ends[-1])
        )
        self.missing.setdefault(self._name, []).append({"lo": low, "hi": high})

    def _other(self, tag: str) -> None:
        if tag in "1236C":
            self._text_of()
        elif tag in "45":
            self._number()
        elif tag == "7":
            self._string = self._number() > 0
            self._name = self._text_of()
            for _ in range(6):
                self._number()
            if self._string:
                self._strings.add(self._name)
        elif tag == "D":
            names = [self._text_of() for _ in range(int(self._number()))]
            string = bool(names) and names[0] in self._strings
            for _ in range(int(self._number())):
                self._text_of() if string else self._number()
                self._text_of()
        elif tag == "E":
            for _ in range(int(self._number())):
                self._text_of()
        else:
            raise ValueError(tag)

    def _value(self) -> float | str:
        return self._text_of() if self._string else self._number()

    def _text_of(self) -> str:
        length = int(self._number())
        found = self._text[self._at : self._at + length]
        if length < 0 or len(found) < length:
            raise ValueError(length)
        self._at += length
        return found

    def _number(self) -> float:
        end = self._text.index("/", self._at)
        found = re.fullmatch(
            r" *(-?)([0-9A-T]*)\.?([0-9A-T]*)(?:([+-])([0-9A-T]+))?", self._text[self._at : end]
        )
        if not found:
            raise ValueError(self._text[self._at : end])
        self._at = end + 1
        sign, whole, part, way, power = found.groups()
        value = sum(_DIGITS.index(each) * 30.0 ** -(i + 1) for i, each in enumerate(part))
        value += sum(_DIGITS.index(each) * 30.0**i for i, each in enumerate(reversed(whole)))
        if power:
            value *= 30.0 ** (int(power, 30) * (-1 if way == "-" else 1))
        return -value if sign else value
