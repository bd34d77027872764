"""The order in which signs are weighed: other sense, name, quotation, series, definition, history."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from thuis.vocabulary.roles.address import address
from thuis.vocabulary.roles.frames import definition, historic, series
from thuis.vocabulary.roles.mention import quotation
from thuis.vocabulary.roles.names import name_of
from thuis.vocabulary.roles.senses import other_sense
from thuis.vocabulary.roles.window import Window


class BlockLike(Protocol):
    """What a block must have."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...


class TextLike(Protocol):
    """A document: anything with a clean text."""

    @property
    def text(self) -> str: ...


#: Terms that are written with a capital themselves, so that a capital says nothing.
_PROPER = frozenset(
    {
        "antilliaan", "nederlandse-antillen", "nederlandse-cariben", "caribisch-nederland", "derde-wereld",
        "nederlandse-achtergrond", "nederlandse-herkomst", "en-dutch-background", "en-dutch-origin",
        "en-netherlands-antilles", "en-caribbean-netherlands", "en-third-world", "en-mohammedan", "en-muslim",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """The role of a hit and the sign that tells it."""

    role: str
    why: str = ""


def role_of(
    document: TextLike | str,
    start: int,
    end: int,
    term: str,
    genre: str = "text",
    blocks: Sequence[BlockLike] = (),
) -> Role:
    """The role of the form at ``start`` to ``end`` of a text, for the term with that id, in a genre.

    Roles are those of :data:`thuis.vocabulary.model.ROLES`; without any sign a hit is ``use``.

    >>> text = "Het onderwijs in allochtone levende talen is afgeschaft."
    >>> role_of(text, 17, 27, "allochtoon", "law").role
    'name'
    >>> text = "De integratie van nieuwkomers vraagt tijd."
    >>> role_of(text, 3, 13, "integratie").role
    'use'
    """
    text = document if isinstance(document, str) else document.text
    kind = _kind(blocks, start)
    if kind == "code":
        return Role("other-sense", "code")
    if sign := address(text, start, end):
        return Role("name", sign)
    window = Window.at(text, start, end, kind)
    if found := other_sense(window, term, genre, sure=True):
        return Role("other-sense", found)
    proper = term in _PROPER
    asked: tuple[tuple[str, Callable[[], str | None]], ...] = (
        ("name", lambda: name_of(window, genre, proper=proper)),
        ("other-sense", lambda: other_sense(window, term, genre, sure=False)),
        ("quotation", lambda: quotation(window)),
        ("statistical-series", lambda: series(window, genre)),
        ("definition", lambda: definition(window, genre)),
        ("historic-reference", lambda: historic(window)),
    )
    for role, ask in asked:
        if told := ask():
            return Role(role, told)
    return Role("use")


def _kind(blocks: Sequence[BlockLike], place: int) -> str:
    index = bisect_right(blocks, place, key=lambda each: each.start) - 1
    return blocks[index].kind if index >= 0 and place < blocks[index].end else "body"
