"""One query, one answer: every list, map, table, feed and API shows the records that this function gives."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from thuis.directory import analysis
from thuis.directory.asking import Asked, question
from thuis.directory.index import Index
from thuis.directory.model import Initiative
from thuis.directory.reading import read
from thuis.errors import Problem, raise_all, unknown
from thuis.places import LAST, resolve, undecided
from thuis.sphere import kilometres


@dataclass(frozen=True, slots=True)
class Near:
    """Within so many kilometres of a point."""

    latitude: float
    longitude: float
    km: float


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for. Several values of one filter mean any of them; several filters mean all."""

    text: str = ""
    themes: tuple[str, ...] = ()
    municipality: tuple[str, ...] = ()
    near: Near | None = None
    audience: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    price: tuple[str, ...] = ()
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One record and how well it fits; ``decay`` is below 1 when its check is overdue.

    ``stage`` is 0 where every word was found, 1 where all were that say something, 2 where some words, parts
    of compounds or broader meanings were.
    """

    record: Initiative
    score: float
    decay: float
    stage: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The records, best first.

    ``partial`` says that no record has every word and place asked for; ``corrected`` what was read for what;
    ``without`` what was not wanted.
    """

    query: Query
    hits: tuple[Hit, ...]
    partial: bool = False
    corrected: dict[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def records(self) -> tuple[Initiative, ...]:
        """The records in order."""
        return tuple(each.record for each in self.hits)

    def as_dict(self) -> dict[str, Any]:
        """For a machine."""
        return {
            "query": self.query.text,
            "total": len(self.hits),
            "partial": self.partial,
            "corrected": self.corrected,
            "places": list(self.places),
            "without": list(self.without),
            "ids": [each.record.id for each in self.hits],
        }


def find(index: Index, query: Query, today: date) -> Answer:
    """The records that fit a query, best first.

    Every word must be found, by itself, its stem, its parts or its meaning; only when hardly any record has
    all of them do those follow that have some. Filters hold in either case. Without words all records that
    pass the filters come, by name.

    :param today: the day from which checks are overdue.
    """
    day = min(today, LAST)
    asked = read(question(query.text, day, index.own), index, day)
    tests = _tests(query)
    away = frozenset(i for each in asked.without for i in _scores(index, each.ways))
    here = frozenset(i for code in asked.places for i in index.postings.get(f"{analysis.PLACE}{code}", ()))
    allowed = [i for i in sorted(here) if set(index.records[i].places) & set(asked.places)]
    allowed = [i for i in allowed if _passes(index.records[i], tests)]
    elsewhere = bool(asked.places) and not allowed
    kept = frozenset(allowed)

    def fits(number: int) -> bool:
        """Whether a record is wanted, passes the filters, and is of a place of the query if any is."""
        if number in away:
            return False
        return number in kept if kept else _passes(index.records[number], tests)

    found = _staged(index, asked.asked, fits)
    if not found and kept:  # none of the words, yet there is something in the place that was named
        found = dict.fromkeys(kept - away, (2, 0.0))
    partial = bool(asked.asked) and all(stage > 1 for stage, _ in found.values())
    fades, by_name = index.fades(today, decay), index.by_name
    order = sorted(
        (stage, i not in asked.villages, -round(score * fades[i], 6), by_name[i], i)
        for i, (stage, score) in found.items()
    )
    hits = tuple(Hit(index.records[i], -score, round(fades[i], 4), stage) for stage, _, score, _, i in order)
    without = tuple(each.text for each in asked.without)
    return Answer(query, hits, partial or elsewhere, asked.corrected, asked.places, without)


FEW, ENOUGH = 3, 10
"""With fewer records than this that have every word, those with some follow; with fewer than this, those that
lack only words that say little."""
_LEAST, _LESS = 0.4, 0.3
"""How much of the best record's share of a query another must have to be shown, where hardly any has all of
it; and what a part of a word is worth."""


def _staged(
    index: Index, asked: Sequence[Asked], fits: Callable[[int], bool]
) -> dict[int, tuple[int, float]]:
    """Records by number: the stage in which they were found (see :class:`Hit`) and the score."""
    if not asked:
        return {i: (0, 0.0) for i in range(len(index.records)) if fits(i)}
    strict = [_scores(index, each.ways) for each in asked]
    found = {i: (0, score) for i, score in _in_all(strict) if fits(i)}
    telling = _telling(index, asked, strict) if len(found) < ENOUGH else None
    if telling:
        found |= {i: (1, score) for i, score in _in_all(telling) if i not in found and fits(i)}
    if len(found) >= FEW:
        return found
    others = _in_some(index, asked, strict, lambda i: i not in found and fits(i))
    return found | {i: (2, score) for i, score in others}


def _telling(
    index: Index, asked: Sequence[Asked], strict: list[dict[int, float]]
) -> list[dict[int, float]] | None:
    """The scores without words that say little; None when there are no such words, or no others."""
    rows = [
        _scores(index, (*each.ways, *each.telling)) if each.telling else row
        for each, row in zip(asked, strict, strict=True)
        if not each.weak
    ]
    changed = len(rows) < len(asked) or any(each.telling for each in asked)
    return rows if rows and changed else None


def _in_all(scores: list[dict[int, float]]) -> Iterator[tuple[int, float]]:
    least, *others = sorted(scores, key=len)
    for i, score in least.items():
        if all(i in each for each in others):
            yield i, score + sum(each[i] for each in others)


def _in_some(
    index: Index, asked: Sequence[Asked], strict: list[dict[int, float]], fits: Callable[[int], bool]
) -> Iterator[tuple[int, float]]:
    """Records with some of the words: a rare word says more than one that many records have.

    A part of a compound, or a broader meaning, says less than the word itself.
    """
    share: dict[int, float] = {}
    total: dict[int, float] = {}
    for each, row in zip(asked, strict, strict=True):
        loose = _scores(index, (*each.telling, *each.loose))
        worth = (0.2 if each.weak else 1.0) * _rarity(len(index.records), len(row) or len(loose))
        for i in row.keys() | loose.keys():
            if fits(i):
                share[i] = share.get(i, 0.0) + worth * (1.0 if i in row else _LESS)
                total[i] = total.get(i, 0.0) + max(row.get(i, 0.0), loose.get(i, 0.0))
    least = _LEAST * max(share.values(), default=0.0) - 1e-9
    for i in sorted(share):
        if share[i] >= least:
            yield i, 100.0 * share[i] + total[i]


def _rarity(size: int, number: int) -> float:
    """How much it says of a record that it is one of so many."""
    return math.log(1 + (size - number + 0.5) / (number + 0.5))


def _scores(index: Index, ways: Sequence[tuple[float, frozenset[str]]]) -> dict[int, float]:
    """The best way in which each record satisfies one word."""
    best: dict[int, float] = {}
    for weight, terms in ways:
        found = index.has(terms)
        if not found:
            continue
        rarity = index.rarity(terms)
        for number, here in found.items():
            score = weight * here * rarity
            if score > best.get(number, 0.0):
                best[number] = score
    return best


def decay(record: Initiative, today: date) -> float:
    """1 until a check is due; then down by half in a year, to a quarter at the least. 0.9 when never checked.

    >>> from thuis.directory.model import Provenance
    >>> one = Initiative(id="a", name="A", provenance=Provenance(check_due=date(2025, 1, 1)))
    >>> decay(one, date(2025, 1, 1)), round(decay(one, date(2026, 1, 1)), 2)
    (1.0, 0.5)
    """
    due = record.provenance.check_due
    if due is None:
        return 1.0 if record.provenance.checked_on else 0.9
    late = (today - due).days
    return 1.0 if late <= 0 else max(0.25, 0.5 ** (late / 365))


Test = Callable[[Initiative], bool]


def _tests(query: Query) -> tuple[Test, ...]:
    """The filters that a query sets."""

    def any_of(wanted: tuple[str, ...], facet: str) -> Test:
        return lambda record: not set(wanted).isdisjoint(record.marks(facet))

    asked = {each: getattr(query, each) for each in ("themes", "audience", "form", "languages", "price")}
    asked["places"] = query.municipality
    near, shown = query.near, ("active", "inactive", "temporarily closed") if query.inactive else ("active",)
    tests: list[Test] = [lambda each: each.status in shown]
    tests += [any_of(wanted, facet) for facet, wanted in asked.items() if wanted]
    return (*tests, lambda each: _within(each, near)) if near else tuple(tests)


def _passes(record: Initiative, tests: tuple[Test, ...]) -> bool:
    return all(test(record) for test in tests)


def _within(record: Initiative, near: Near) -> bool:
    point = record.point
    return point is not None and kilometres(point, (near.latitude, near.longitude)) <= near.km


def checked(query: Query, index: Index, today: date) -> Query:
    """A query with municipalities as codes.

    :raises ThuisError: for a filter value that no record can have, with what there is; all at once.
    """
    from thuis.directory.terms import meant, terms

    problems: list[Problem] = []
    read: dict[str, tuple[str, ...]] = {}
    for facet in ("themes", "audience", "form", "price"):
        values: list[str] = []
        used = {each for record in index.records for each in record.marks(facet)}
        for each in getattr(query, facet):
            value = each if each in used else meant(facet, each)
            if value is None:
                problems.append(unknown(facet, each, {*terms(facet), *used}))
            else:
                values.append(value)
        read[facet] = tuple(values)
    codes: list[str] = []
    for each in query.municipality:
        found = resolve(each, min(today, LAST))
        code = found.code or found.lies_in
        codes += [code] if code else []
        problems += [] if code else [undecided(found)]
    problems += _unreal(query.near)
    raise_all(problems)
    return Query(
        query.text, read["themes"], tuple(codes), query.near, read["audience"], read["form"],
        tuple(each.casefold() for each in query.languages), read["price"], query.inactive,
    )  # fmt: skip


def _unreal(near: Near | None) -> list[Problem]:
    if near is None:
        return []
    tests: list[tuple[Callable[[], bool], str, str]] = [
        (lambda: abs(near.latitude) <= 90, f"latitude {near.latitude}", "-90 to 90"),
        (lambda: abs(near.longitude) <= 180, f"longitude {near.longitude}", "-180 to 180"),
        (lambda: 0 < near.km <= 500, f"{near.km} km", "more than 0, at most 500"),
    ]
    return [
        Problem(f"{what} is not possible", expected=expected) for test, what, expected in tests if not test()
    ]
