"""Proposals from the text: the things a letter names, the edges its sentences tell. A person decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from thuis.dossier.graph.model import Edge, Measure
from thuis.dossier.reading import Reading
from thuis.language.split import sentences

_CAPITALS = r"[A-ZÀ-Þ][\w-]*(?:(?: (?:en|&|van|voor|tegen))? [A-ZÀ-Þ][\w-]*)*"
_GRANT = r"\b(?:decentralisatie-uitkering|subsidieregeling|specifieke uitkering)"
_BODY = r"\b(?:Nationaal Coördinator|Taskforce|Inspraakorgaan|Contactorgaan|Samenwerkingsverband)"
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("programme", re.compile(rf"\b(?:Nationaal )?[Pp]rogramma (?:tegen [a-z]+(?: en [a-z]+)?|{_CAPITALS})")),
    ("programme", re.compile(rf"\bproject {_CAPITALS}")),
    ("programme", re.compile(r"\bagenda tegen [a-z]+(?: en [a-z]+)?")),
    ("grant", re.compile(rf"{_GRANT} [a-z]+(?: [a-z]+){{1,7}}?(?= heeft| is| wordt|[.,;(])")),
    ("body", re.compile(r"\bMinisterie van [A-Z]\w+(?:(?:,| en| van)* [A-Z]\w+)*")),
    ("body", re.compile(rf"{_BODY} (?:tegen )?{_CAPITALS}")),
)
_WORDS = {
    "implementeert": r"geeft (?:mede )?(?:invulling|uitvoering) aan|voert\b[^.]*\buit",
    "draagt_bij_aan": r"(?:draagt|dragen) bij aan|bij ?te ?dragen aan|ter versterking van",
    "adresseert": r"tegen(?:gaan)?|aanpak van|te bevorderen|het bevorderen van|gericht op",
    "vloeit_voort_uit": r"naar aanleiding van|vloeit voort uit|op verzoek van|toegezegd",
    "aanvulling_op": r"(?:in )?aanvulling op|opnieuw een impuls",
    "onderdeel_van": r"(?:onderdeel|deel) van|binnen het programma",
    "evalueert": r"evalueert|evaluatie van",
    "verwijst_naar": r"gepresenteerd|ontvangen|zie ook|in lijn met",
}
_CUES = {kind: re.compile(rf"\b(?:{words})\b", re.I) for kind, words in _WORDS.items()}


@dataclass(frozen=True, slots=True)
class Name:
    """A thing that a letter names: its kind, the words, and where they stand."""

    kind: str
    text: str
    where: str
    start: int
    end: int


def names(reading: Reading) -> list[Name]:
    """Programmes, projects, grants and bodies that a letter names, each at its first place.

    They are proposals for ``measures.csv``: a name says that a thing is spoken of, not what it does.
    """
    found: dict[str, Name] = {}
    for where, text in _texts(reading):
        for kind, pattern in _NAMES:
            for each in pattern.finditer(text):
                found.setdefault(each[0].lower(), Name(kind, each[0], where, each.start(), each.end()))
    return sorted(found.values(), key=lambda each: (_order(each.where), each.start))


def _order(where: str) -> tuple[str, int]:
    return where[:1], int(where[1:] or 0)


def _texts(reading: Reading) -> Iterator[tuple[str, str]]:
    for block in reading.letter.blocks:
        yield block.id, block.text
    for note in reading.letter.notes:
        yield note.id, note.text


def edges(reading: Reading, measures: Sequence[Measure], known: Iterable[Edge] = ()) -> list[Edge]:
    """Edges that the sentences of a letter tell between things that are known.

    A sentence that names a measure and cites a paper gives ``verwijst_naar``; one with a cue between two
    measures ("geeft invulling aan", "draagt bij aan") gives an edge of that type. What is in ``known``, also
    when it was rejected, is not proposed again.
    """
    have = {(each.start, each.type, each.end) for each in known}
    numbers = [int(each.id[1:]) for each in known if re.fullmatch(r"e\d+", each.id)]
    found: list[Edge] = []
    for where, text in _texts(reading):
        for start, end in sentences(text):
            sentence = text[start:end]
            for one, kind, other in _told(sentence, where, start, end, reading, measures):
                if (one, kind, other) not in have:
                    have.add((one, kind, other))
                    own = f"e{max(numbers, default=0) + len(found) + 1}"
                    found.append(
                        Edge(own, one, kind, other, "proposed", reading.letter.meta.id, where, sentence)
                    )
    return found


def _told(
    sentence: str, where: str, start: int, end: int, reading: Reading, measures: Sequence[Measure]
) -> Iterator[tuple[str, str, str]]:
    places = ((_place(each, sentence), each) for each in measures)
    named = sorted((at, at + len(each.title_nl), each.id) for at, each in places if at >= 0)
    cited = [
        found.citation.id
        for found in reading.citations
        if found.where == where and start <= found.citation.start < end and found.citation.id
    ]
    for _, _, one in named[:1]:
        for other in cited:
            yield one, "verwijst_naar", other
    for (_, stop, one), (begin, _, other) in pairwise(named):
        cue = next((kind for kind, words in _CUES.items() if words.search(sentence, stop, begin)), None)
        if cue:
            yield one, cue, other


def _place(measure: Measure, sentence: str) -> int:
    return sentence.lower().find(measure.title_nl.lower())
