"""Counts from an archive: per term and year for 100,000 words, first and last use, who says what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from thuis.vocabulary.archive import Record

PER = 100_000


@dataclass(frozen=True, slots=True)
class Point:
    """A term in a year: hits of every role, of which running use, among so many screened words."""

    term: str
    year: int
    hits: int
    uses: int
    words: int

    @property
    def rate(self) -> float:
        """Hits per 100,000 words, whatever their role."""
        return PER * self.hits / self.words if self.words else 0.0

    @property
    def use_rate(self) -> float:
        """Hits in running use per 100,000 words."""
        return PER * self.uses / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last document that holds a term."""

    term: str
    first: str
    first_in: str
    last: str
    last_in: str


def points(records: Iterable[Record]) -> list[Point]:
    """A point for every term that is found and every year that has words, years without the term included.

    Words count in the language of the document only, so a Dutch term is not diluted by English texts; the
    language of a term is told from the documents that hold it. Documents without a date, or that could not
    be screened, do not count.

    >>> hit = ("allochtoon", "fine", "use", "", "")
    >>> found = points([Record("a", "2002", words=50_000, hits=(hit, hit)), Record("b", "2003-05", words=9)])
    >>> [(each.year, each.hits, each.rate) for each in found]
    [(2002, 2, 4.0), (2003, 0, 0.0)]
    """
    words: Counter[tuple[str, int]] = Counter()
    hits: Counter[tuple[str, str, int]] = Counter()
    uses: Counter[tuple[str, str, int]] = Counter()
    for record in records:
        if record.date is None or record.why:
            continue
        year = int(record.date[:4])
        words[record.language, year] += record.words
        for term, _, role, *_rest in record.hits:
            hits[record.language, term, year] += 1
            uses[record.language, term, year] += role == "use"
    terms = sorted({(language, term) for language, term, _ in hits})
    return [
        Point(term, year, hits[language, term, year], uses[language, term, year], count)
        for language, term in terms
        for (spoken, year), count in sorted(words.items())
        if spoken == language
    ]


def spans(records: Iterable[Record]) -> list[Span]:
    """First and last use of every term, by the date of the document (and its name, among equals)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for record in records:
        if record.date is not None:
            for term in {each[0] for each in record.hits}:
                found.setdefault(term, []).append((record.date, record.name))
    return [Span(term, *min(seen), *max(seen)) for term, seen in sorted(found.items())]


def who(records: Iterable[Record]) -> list[tuple[str, str, str, int]]:
    """Term, speaker, party and how often, for texts that name their speakers; most frequent first."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for record in records:
        counts.update((t, speaker, party) for t, _, _, speaker, party in record.hits if speaker)
    return [(*key, n) for key, n in sorted(counts.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0]))]
