"""Feeds in Atom: of an answer, and of each list that has a page of its own, so that it can be followed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from thuis.directory.find import Answer
from thuis.directory.hsds import uid
from thuis.directory.index import place_name
from thuis.directory.model import Initiative
from thuis.directory.terms import terms
from thuis.feeds import Entry, atom
from thuis.language import LANGUAGES

FEEDS = "directory/feed"
"""Where the feeds of lists lie in the data folder."""


def feed(answer: Answer, title: str, address: str, moment: datetime) -> bytes:
    """The records of an answer as an Atom feed."""
    made = moment.astimezone(UTC)
    return atom(address, title, made, (_entry(each, made) for each in answer.records))


def followed(
    records: Iterable[Initiative], named: Mapping[str, Mapping[str, str]], moment: datetime, address: str
) -> dict[str, bytes]:
    """A feed for each mark and municipality that a page lists: ``facet:id`` -> its bytes, in the order given.

    Made-up examples are no offer of a municipality, here as on its page.

    :param named: titles of marks that are not ours, by facet; such as the themes of a monitor.
    :param address: what the identifiers of the feeds begin with.
    """
    rows: dict[str, list[Entry]] = {}
    day = moment.astimezone(UTC)
    for each in records:
        if each.status == "active":
            entry = _entry(each, day)
            for key in _lists(each):
                rows.setdefault(key, []).append(entry)
    made = {}
    for key, entries in sorted(rows.items()):
        facet, _, mark = key.partition(":")
        title = named.get(facet, {}).get(mark) or _title(facet, mark)
        made[key] = atom(f"{address}{path(key)}", title, day, entries)
    return made


def path(key: str) -> str:
    """Where the feed of a list lies in the data folder.

    >>> path("audience:older-people"), path("municipality:GM0344")
    ('directory/feed/audience/older-people.xml', 'directory/feed/municipality/gm0344.xml')
    """
    facet, _, mark = key.partition(":")
    plain = re.sub(r"[^a-z0-9]+", "-", mark.casefold()).strip("-")
    return f"{FEEDS}/{facet}/{plain or 'x'}.xml"


def _lists(record: Initiative) -> Iterator[str]:
    for facet in ("themes", "form", "audience", "price", "languages"):
        name = "language" if facet == "languages" else facet
        marks = dict.fromkeys(record.marks(facet))
        yield from (f"{name}:{mark}" for mark in marks if mark not in ("", "unknown"))
    yield from (f"municipality:{code}" for code in record.places if not record.invented)


def _title(facet: str, mark: str) -> str:
    if facet == "municipality":
        return place_name(mark)
    term = terms(facet).get(mark) if facet != "language" else None
    return " / ".join(term.title[each] for each in LANGUAGES if each in term.title) if term else mark


def _entry(record: Initiative, made: datetime) -> Entry:
    return Entry(
        f"urn:uuid:{uid('service', record.id)}",
        record.name,
        record.provenance.checked_on or made,
        summary=next(iter(record.description.values()), ""),
        link=record.url or "",
        author=record.organization or record.name,
    )
