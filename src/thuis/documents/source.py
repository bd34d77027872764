"""What a file holds, before anyone cleans it: its text as it stands, and the paragraphs its format knows of.

The screening and the letter reader both begin here, so one file has one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from thuis.documents.mapped import Mapped

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SUPERSCRIPT = str.maketrans("0123456789", RAISED)
DIGITS = str.maketrans(RAISED, "0123456789")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as its format gives it: parts of the source behind one another.

    ``kind`` is a kind of block; ``level`` that of a heading, ``number`` that of a note. The number of a note
    is raised (¹) where the text calls it. ``inner`` are stretches of another kind (a quotation in a line), in
    characters of ``raw``.
    """

    parts: tuple[Mapped, ...]
    kind: str = "body"
    page: int | None = None
    level: int = 0
    number: int | None = None
    item: bool = False
    speaker: tuple[str, str] | None = None
    inner: tuple[tuple[int, int, str], ...] = ()

    @property
    def raw(self) -> str:
        """Its text as it stands."""
        return "".join(part.text for part in self.parts)

    @property
    def body(self) -> Mapped:
        """Its text on one line, spaces single."""
        return Mapped.join(self.parts).sub(_SPACES, " ").strip()


@dataclass(frozen=True)
class Source:
    """A file as text; ``empty`` are pages without any, ``unread`` counts what else was not read (images,
    scripts, embedded objects, style sheets elsewhere). Offsets of paragraphs count characters of ``text``.
    """

    name: str
    format: str
    text: str
    paragraphs: tuple[Paragraph, ...] = ()
    title: str | None = None
    date: str | None = None
    genre: str | None = None
    pages: int | None = None
    empty: tuple[int, ...] = ()
    made: str | None = None
    unread: tuple[tuple[str, int], ...] = ()
    sha256: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unscreenable:
    """A file that cannot be read, and why.

    ``why`` is a key: encrypted, scanned, too-big, broken-encoding, garbled, bomb, unsafe-path,
    unknown-format, empty or damaged. ``detail`` tells the part and what is wrong there.
    """

    name: str
    why: str
    detail: str = ""
    sha256: str = ""


def under_one_another(found: Iterable[Paragraph]) -> tuple[str, tuple[Paragraph, ...]]:
    """Paragraphs that stand in no text as one text, an empty line between, and each with its place there."""
    texts: list[str] = []
    placed: list[Paragraph] = []
    length = 0
    for each in found:
        text = each.raw
        texts.append(text)
        placed.append(_at(each, text, length))
        length += len(text) + 2
    return "\n\n".join(texts), tuple(placed)


def _at(each: Paragraph, text: str, offset: int) -> Paragraph:
    from dataclasses import replace

    return replace(each, parts=(Mapped.of(text, offset),))
