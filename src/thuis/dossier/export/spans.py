"""What is marked in a text: note numbers, citations and commitments, nested and never crossing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from thuis.dossier.commitments import Commitment
from thuis.dossier.letter import Block, Note
from thuis.dossier.reading import Reading

SpanKind = Literal["note", "citation", "commitment"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` of a text; ``ref`` is a note's, citation's or commitment's id."""

    start: int
    end: int
    kind: SpanKind
    ref: str


def spans_of(reading: Reading, commitments: Sequence[Commitment], part: Block | Note) -> tuple[Span, ...]:
    """Everything marked in one block or note, outer before inner; of two that cross, the longer gives way."""
    found = [
        Span(each.start, each.end, "commitment", each.id) for each in commitments if each.where == part.id
    ]
    found += [
        Span(each.citation.start, each.citation.end, "citation", each.id)
        for each in reading.citations
        if each.where == part.id
    ]
    numbers = {note.number for note in reading.letter.notes}
    if isinstance(part, Block):
        found += [
            Span(each.start, each.end, "note", f"n{each.number}")
            for each in part.markers
            if each.number in numbers
        ]
    return nested(sorted(found, key=lambda span: span.end - span.start))


class Stretch(Protocol):
    """Anything that reaches from one character to another."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Some = TypeVar("Some", bound=Stretch)


def nested(spans: Iterable[Some]) -> tuple[Some, ...]:
    """Spans in the order they open; of two that cross, or that are the same, the first given stays.

    >>> nested([Span(5, 12, "citation", "c1"), Span(0, 9, "commitment", "p1"), Span(6, 7, "note", "n1")])
    (Span(start=5, end=12, kind='citation', ref='c1'), Span(start=6, end=7, kind='note', ref='n1'))
    """
    kept: list[Some] = []
    for each in spans:
        if each.start < each.end and all(_apart(each, other) for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda span: (span.start, -span.end)))


def _apart(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches stand beside one another, or one within the other."""
    if (one.start, one.end) == (other.start, other.end):
        return False
    crossing = one.start < other.start < one.end < other.end or other.start < one.start < other.end < one.end
    return not crossing


Wrap = Callable[[Span, str], str]


def marked(text: str, spans: Sequence[Span], escape: Callable[[str], str], wrap: Wrap) -> str:
    """A text with each span wrapped, the inner ones first.

    :param escape: makes characters safe for the form that is written.
    :param wrap: given a span and what it holds, already escaped and wrapped inside.

    >>> marked("a bc d", [Span(2, 4, "citation", "c1")], str, lambda span, inner: f"[{inner}]")
    'a [bc] d'
    """
    return "".join(_pieces(text, 0, len(text), list(spans), escape, wrap))


def _pieces(
    text: str, start: int, end: int, spans: list[Span], escape: Callable[[str], str], wrap: Wrap
) -> Iterator[str]:
    at = start
    while spans and spans[0].start < end:
        span = spans.pop(0)
        yield escape(text[at : span.start])
        yield wrap(span, "".join(_pieces(text, span.start, span.end, spans, escape, wrap)))
        at = span.end
    yield escape(text[at:end])
