"""Screen short texts that are no documents: the labels, questions and pages of a monitor.

The monitor holds itself to its own vocabulary. The wording of a question that was asked is quoted, not
written: it keeps its role whatever words it used.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from thuis.documents import Unscreenable, from_text
from thuis.vocabulary.model import Vocabulary
from thuis.vocabulary.screen import Hit, Options, Screener


@dataclass(frozen=True, slots=True)
class Text:
    """A ``text`` with its place (``where``: ``thuis.yaml:3``, ``indicators/trust.yaml, title``) and language.

    ``format`` is "text" or "markdown". ``date`` is the day it speaks for, today when None; ``quoted`` marks
    words that were asked or said as they stand.
    """

    where: str
    text: str
    language: str = "nl"
    date: str | None = None
    quoted: bool = False
    format: str = "text"


@dataclass(frozen=True, slots=True)
class TextHit:
    """A hit and the text it is in."""

    where: str
    hit: Hit


def screen_texts(
    texts: Iterable[Text], vocabulary: Vocabulary, today: str | None = None, fine: bool = False
) -> list[TextHit]:
    """The hits in texts that ask for another word (with ``fine``: all hits), in the order of the texts.

    >>> from thuis.vocabulary import load_vocabulary
    >>> found = screen_texts(
    ...     [
    ...         Text("trust.yaml, title", "Vertrouwen van allochtonen"),
    ...         Text("trust.yaml, question", "Hebt u contact met allochtonen?", quoted=True),
    ...         Text("sim2005.yaml, title", "Vertrouwen van allochtonen", date="2005"),
    ...     ],
    ...     load_vocabulary(),
    ...     today="2026-11-25",
    ... )
    >>> [(each.where, each.hit.text) for each in found]
    [('trust.yaml, title', 'allochtonen')]
    """
    day = today or datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    found: list[TextHit] = []
    screeners: dict[tuple[str, str], Screener] = {}
    for each in texts:
        document = from_text(each.text, each.where, each.format)
        if isinstance(document, Unscreenable):
            continue
        key = (each.date or day, each.language)
        if key not in screeners:
            options = Options(date=key[0], genre="text", language=key[1])
            screeners[key] = _like(screeners, vocabulary, options)
        for hit in screeners[key].screen(document).hits:
            if each.quoted:
                found += [TextHit(each.where, _quoted(hit))] * fine
            elif fine or hit.level != "fine":
                found.append(TextHit(each.where, hit))
    return found


def _like(screeners: dict[tuple[str, str], Screener], vocabulary: Vocabulary, options: Options) -> Screener:
    """A screener for other options that shares the compiled patterns of one that is there."""
    first = next(iter(screeners.values()), None)
    return first.with_options(options) if first else Screener(vocabulary, options)


def _quoted(hit: Hit) -> Hit:
    return replace(
        hit, role="quotation", role_why="asked as it stands", level="fine", why="quotation", replacements=()
    )
