"""The same initiative on two lists: proposed with evidence, merged by a person, undone by deleting a line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from thuis.contract.directory import Contact
from thuis.directory.lexicon import fold, words
from thuis.directory.model import Initiative
from thuis.errors import Problem, raise_all, unknown
from thuis.sphere import kilometres
from thuis.tables.sheet import day, no_day, read_table, wanting

COLUMNS = ("keep", "other", "by", "on", "reason")
ENOUGH = 0.6
MOST = 60
"""A key that more records share says nothing."""
_EMPTY_WORDS = frozenset(
    {"de", "het", "stichting", "vereniging", "buurt", "project", "in", "van", "en", "voor"}
)


Blocks = Mapping[tuple[str, str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing two records share, and how much it says (0-1)."""

    kind: str
    weight: float
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two records that may be one. ``score`` is 0-1; a person decides."""

    one: str
    other: str
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """A person's decision: ``other`` is the same initiative as ``keep``."""

    keep: str
    other: str
    by: str
    on: str
    reason: str


def proposals(records: Sequence[Initiative], decided: Iterable[Merge] = ()) -> tuple[Proposal, ...]:
    """Pairs that may be the same, the likeliest first. Only pairs that share a rare key are compared.

    >>> one = Initiative(id="a", name="Taalcafé De Linde", municipality="GM0344", url="https://linde.example/")
    >>> two = Initiative(id="b", name="Taalcafe de Linde", municipality="GM0344", url="http://www.linde.example")
    >>> found = proposals([one, two])[0]
    >>> found.score, [each.kind for each in found.evidence]
    (0.996, ['link', 'name'])
    """
    known = {frozenset((each.keep, each.other)) for each in decided}
    pairs: set[tuple[int, int]] = set()
    for block in blocks(records).values():
        if len(block) <= MOST:
            pairs.update(combinations(sorted(set(block)), 2))
    found = (_compared(records[i], records[j]) for i, j in sorted(pairs))
    return _likely(each for each in found if frozenset((each.one, each.other)) not in known)


def alike(one: Initiative, records: Sequence[Initiative], by_key: Blocks) -> tuple[Proposal, ...]:
    """The pairs of :func:`proposals` that a record makes with others, which it is not among.

    :param by_key: the :func:`blocks` of the others.
    """
    shared = (by_key.get(each, ()) for each in set(_keys(one)))
    near = sorted({number for block in shared if len(block) < MOST for number in block})
    return _likely(_compared(records[number], one) for number in near)


def _likely(found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    kept = [each for each in found if each.score >= ENOUGH]
    return tuple(sorted(kept, key=lambda each: (-each.score, each.one, each.other)))


def blocks(records: Sequence[Initiative]) -> Blocks:
    """A key -> the numbers of the records that have it."""
    keys: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for key in _keys(record):
            keys[key].append(number)
    return keys


def _keys(record: Initiative) -> Iterator[tuple[str, str]]:
    town = record.municipality or ""
    for name in _names(record):
        yield "name", f"{town}|{name}"
        if " " in name:
            yield "name", name  # where one of the two has no municipality
        for word in sorted(words(name), key=len)[-2:]:
            if len(word) > 3:
                yield "word", f"{town}|{word}"
    yield from (("identifier", each) for each in map(_plain, record.identifiers) if each)
    for kind, value in _shared(record).items():
        if value:
            yield kind, value
    for each in record.where:
        if each.postcode and each.address:
            yield "address", _plain(each.postcode + each.address)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _name(text: str) -> str:
    return " ".join(word for word in words(text) if word not in _EMPTY_WORDS)


def _names(record: Initiative) -> tuple[str, ...]:
    return tuple(filter(None, map(_name, (record.name, record.alternate_name or ""))))


_APART = re.compile(
    r"\w*\d\w*|(?:maan|dins|woens|donder|vrij|zater|zon)dag\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)


def _alike(first: str, second: str) -> float:
    """How alike two names are, 0-1: words turned or written apart are no difference, another day or level is.

    >>> _alike("taalles a1", "taalles b1"), _alike("taal maatjes", "taalmaatjes")
    (0.0, 1.0)
    """
    one, other = set(first.split()), set(second.split())
    if all(any(map(_APART.fullmatch, each)) for each in (one - other, other - one)):
        return 0.0
    together = fuzz.ratio(first.replace(" ", ""), second.replace(" ", ""))
    return max(fuzz.token_sort_ratio(first, second), together) / 100


def _host(url: str | None) -> str:
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"


def _shared(record: Initiative) -> dict[str, str]:
    contact = record.contact or Contact()
    digits = re.sub(r"\D", "", contact.phone or "")
    return {
        "link": _host(record.url),
        "mail": (contact.email or "").casefold(),
        "phone": digits[-9:] if len(digits) > 8 else "",
    }


def _compared(one: Initiative, other: Initiative) -> Proposal:
    evidence = tuple(sorted(_evidence(one, other), key=lambda each: (-each.weight, each.kind)))
    rest = 1.0
    for each in evidence:
        rest *= 1 - each.weight
    towns = one.municipality and other.municipality and one.municipality != other.municipality
    return Proposal(
        one.id, other.id, round((1 - rest) * (0.5 if towns else 1.0), 3) if evidence else 0.0, evidence
    )


def _evidence(one: Initiative, other: Initiative) -> Iterator[Evidence]:
    pairs = ((_alike(a, b), a) for a in _names(one) for b in _names(other))
    same, first = max(pairs, default=(0.0, ""))
    if same >= 0.75:
        weight = (0.62 if len(first.split()) > 1 else 0.5) * same
        yield Evidence("name", round(weight, 3), one.name, other.name)
    weights = {"link": 0.6 if "/" in _host(one.url) else 0.45, "mail": 0.4, "phone": 0.4}
    mine, yours = _shared(one), _shared(other)
    for kind, weight in weights.items():
        if mine[kind] and mine[kind] == yours[kind] and same >= 0.4:
            yield Evidence(
                kind, round(min(0.99, weight + (0.99 - weight) * (same == 1)), 3), mine[kind], yours[kind]
            )
    both = {_plain(each) for each in one.identifiers} & {_plain(each) for each in other.identifiers}
    if both and same >= 0.4:
        yield Evidence("identifier", 0.6, "; ".join(one.identifiers), "; ".join(other.identifiers))
    yield from _same_place(one, other, same)


def _same_place(one: Initiative, other: Initiative, same: float) -> Iterator[Evidence]:
    here = {_plain(f"{w.postcode or ''}{w.address or ''}"): w.address or "" for w in one.where if w.address}
    there = {
        _plain(f"{w.postcode or ''}{w.address or ''}"): w.address or "" for w in other.where if w.address
    }
    for key in here.keys() & there.keys():
        if same >= 0.4:
            yield Evidence("address", 0.35, here[key], there[key])
            return
    if one.point and other.point and same >= 0.75 and kilometres(one.point, other.point) < 0.1:
        yield Evidence("point", 0.2, f"{one.point}", f"{other.point}")


def read_merges(path: Path, ids: Iterable[str]) -> list[Merge]:
    """The decisions in ``merges.csv``; none where there is no such file.

    :raises ThuisError: for ids that are not there, rings, bad days and missing columns; all at once.
    """
    if not path.exists():
        return []
    table = read_table(path)
    raise_all(wanting(table, COLUMNS[:4]))
    known, problems, found = set(ids), [], []
    for row in table.rows:
        merge = Merge(*(row[name] for name in COLUMNS))
        problems += [
            unknown(name, row[name], known, row.place(name))
            for name in ("keep", "other")
            if row[name] not in known
        ]
        problems += [] if day(merge.on) else [no_day(merge.on, row.place("on"))]
        if merge.keep == merge.other:
            problems.append(Problem("a record cannot be merged with itself", row.place("other")))
        if not merge.by:
            problems.append(Problem("who decided this?", row.place("by"), expected="a role or a name"))
        found.append(merge)
    gone = {each.other for each in found}
    problems += [
        Problem(f"{each.keep!r} is itself merged into another", None, step="keep the one that stays")
        for each in found
        if each.keep in gone
    ]
    raise_all(problems)
    return found


def merged(records: Sequence[Initiative], merges: Sequence[Merge]) -> list[Initiative]:
    """The records with each ``other`` taken into its ``keep``, which gets what it lacked."""
    by_id = {each.id: each for each in records}
    for merge in merges:
        by_id[merge.keep] = _joined(by_id[merge.keep], by_id[merge.other])
    gone = {each.other for each in merges}
    return [by_id[each.id] for each in records if each.id not in gone]


def _joined(keep: Initiative, other: Initiative) -> Initiative:
    changes: dict[str, Any] = {}
    for name in Initiative.model_fields:
        mine, yours = getattr(keep, name), getattr(other, name)
        if name in ("id", "name", "kept", "provenance", "invented", "status"):
            continue
        if name in ("identifiers", "areas", "themes", "audience", "form", "languages"):
            changes[name] = tuple(dict.fromkeys((*mine, *yours)))
        elif name == "description":
            changes[name] = {**yours, **mine}
        elif mine in (None, "", (), "unknown"):
            changes[name] = yours
    return keep.model_copy(
        update={name: value for name, value in changes.items() if value != getattr(keep, name)}
    )
