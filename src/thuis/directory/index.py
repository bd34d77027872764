"""Every initiative by the words it is found by."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import pairwise

from thuis.directory import analysis
from thuis.directory.lexicon import lexicon, stop, words
from thuis.directory.model import Initiative
from thuis.directory.terms import FACETS, terms
from thuis.directory.towns import NONE, letters
from thuis.places import municipalities

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
FIELDS = {"name": 3.0, "marks": 0.9, "description": 1.0, "organization": 1.2, "where": 0.8}


@dataclass(frozen=True)
class Index:
    """Postings: term -> {number of the record: weight}, with the records in the order they were given.

    ``own`` are places that a project brings: letters of the name -> municipalities.
    """

    records: tuple[Initiative, ...]
    postings: Mapping[str, Mapping[int, float]]
    known: frozenset[str]
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def rarity(self, terms_: Iterable[str]) -> float:
        """How much a hit on these terms says (inverse document frequency)."""
        n = len(self.records)
        least = min((len(self.postings.get(each, ())) for each in terms_), default=0)
        return math.log(1 + (n - least + 0.5) / (least + 0.5))

    def has(self, terms_: Iterable[str]) -> dict[int, float]:
        """Records with all terms, and the mean of their weights."""
        rows = [self.postings.get(term, {}) for term in terms_]
        if len(rows) < 2:
            return dict(rows[0]) if rows else {}
        rows.sort(key=len)
        both = [i for i in rows[0] if all(i in row for row in rows[1:])]
        return {i: sum(row[i] for row in rows) / len(rows) for i in both}

    @cached_property
    def words(self) -> list[str]:
        """Every word that a query's word may have been meant for."""
        curated = {word for word in lexicon().single if not word.startswith("~")} | lexicon().parts
        return sorted(word for word in self.known | curated if len(word) > 3 and word not in stop())

    @cached_property
    def every_word(self) -> frozenset[str]:
        """The same words, to ask whether one is among them."""
        return frozenset(self.words)

    @cached_property
    def by_name(self) -> list[int]:
        """The place of each record in the order of names."""
        named = sorted((each.name.casefold(), each.id, i) for i, each in enumerate(self.records))
        return [place for _, place in sorted((i, place) for place, (_, _, i) in enumerate(named))]

    def fades(self, today: date, decay: Callable[[Initiative, date], float]) -> list[float]:
        """The decay of each record, worked out once a day."""
        found = self._fades.get(today)
        if found is None:
            found = [decay(each, today) for each in self.records]
            self._fades.clear()
            self._fades[today] = found
        return found

    @cached_property
    def _fades(self) -> dict[date, list[float]]:
        return {}


def build(records: Sequence[Initiative], own: Mapping[str, tuple[str, ...]] = NONE) -> Index:
    """Index records by their name, marks, texts, organisation and place.

    :param own: a project's own places, name -> municipalities.

    >>> one = Initiative(id="a", name="Buurtmaaltijd")
    >>> sorted(build([one]).has({"+maaltijd"}))
    [0]
    """
    postings: dict[str, dict[int, float]] = {}
    known: set[str] = set()
    for number, record in enumerate(records):
        for kind, found in fields(record).items():
            for term, worth in analysis.weights(found).items():
                weight = FIELDS[kind] * worth
                here = postings.setdefault(term, {})
                # A word that stands in more fields counts a little more than in its best one.
                here[number] = max(here.get(number, 0.0), weight) + (0.1 * weight if number in here else 0.0)
        known.update(word for word in words(" ".join(_texts(record))) if len(word) > 3)
    places = {letters(name): codes for name, codes in own.items()}
    return Index(tuple(records), postings, frozenset(known), places)


def _texts(record: Initiative) -> tuple[str, ...]:
    return (record.name, record.alternate_name or "", record.organization or "", *record.description.values())


def fields(record: Initiative) -> dict[str, frozenset[str]]:
    """What a record is found by, per field; names of places and organisations only as they are."""
    name = " ; ".join(each for each in (record.name, record.alternate_name) if each)
    where = {f"{analysis.PLACE}{code}" for code in record.places}
    for each in record.where:
        where |= analysis.name_terms(" ".join(filter(None, (each.name, each.address, each.city))))
    return {
        "name": analysis.terms(name),
        "description": frozenset[str]().union(
            *(analysis.terms(each) for each in record.description.values())
        ),
        "marks": frozenset[str]().union(*(_mark(facet, each) for facet, each in _marks(record))),
        "organization": analysis.name_terms(record.organization or ""),
        "where": frozenset(where),
    }


def _marks(record: Initiative) -> Iterable[tuple[str, str]]:
    for facet in ("themes", "audience", "form", "price"):
        for each in record.marks(facet):
            if each not in ("unknown", "everyone"):
                yield facet, each


@cache
def _mark(facet: str, value: str) -> frozenset[str]:
    assert facet in FACETS
    term = terms(facet).get(value)
    text = " ; ".join((*term.title.values(), *term.words)) if term else value
    return analysis.terms(text)


def packed(row: Mapping[int, float], number_of: Mapping[float, int]) -> str:
    """A term's records in letters: per weight its number, how many records, and the steps between theirs.

    A number is written five bits at a time, the lowest first; the sixth bit says that more follow (the
    variable length quantities of source maps, with the letters of base64url). A browser reads this on demand,
    many times faster than the pairs.

    >>> packed({3: 0.5, 5: 1.0, 40: 0.5}, {0.5: 0, 1.0: 1})
    'ACDlBBBF'
    """
    groups: dict[int, list[int]] = {}
    for record, weight in sorted(row.items()):
        groups.setdefault(number_of[weight], []).append(record)
    numbers: list[int] = []
    for weight_number, records in sorted(groups.items()):
        steps = (b - a for a, b in pairwise([0, *records]))
        numbers += (weight_number, len(records), *steps)
    return "".join(map(_letters, numbers))


@cache
def _letters(number: int) -> str:
    low, rest = number & 31, number >> 5
    return _ALPHABET[low | 32] + _letters(rest) if rest else _ALPHABET[low]


def place_name(code: str) -> str:
    """The name of a municipality, or the code where it is not one."""
    found = municipalities().get(code)
    return found.name if found else code
