"""Feeds in Atom: of an answer, and of each list that has a page of its own, so that it can be followed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from lxml import etree

from thuis.directory.find import Answer
from thuis.directory.hsds import uid
from thuis.directory.index import place_name
from thuis.directory.model import Initiative
from thuis.directory.terms import terms
from thuis.language import LANGUAGES

_ATOM = "http://www.w3.org/2005/Atom"
FEEDS = "directory/feed"
"""Where the feeds of lists lie in the data folder."""


def feed(answer: Answer, title: str, address: str, moment: datetime) -> bytes:
    """The records of an answer as an Atom feed."""
    return _written(title, address, moment, (_entry(each, moment) for each in answer.records))


def followed(
    records: Iterable[Initiative], named: Mapping[str, Mapping[str, str]], moment: datetime, address: str
) -> dict[str, bytes]:
    """A feed for each mark and municipality that a page lists: ``facet:id`` -> its bytes, in the order given.

    Made-up examples are no offer of a municipality, here as on its page.

    :param named: titles of marks that are not ours, by facet; such as the themes of a monitor.
    :param address: what the identifiers of the feeds begin with.
    """
    rows: dict[str, list[bytes]] = {}
    for each in records:
        if each.status == "active":
            entry = _entry(each, moment)
            for key in _lists(each):
                rows.setdefault(key, []).append(entry)
    made = {}
    for key, entries in sorted(rows.items()):
        facet, _, mark = key.partition(":")
        title = named.get(facet, {}).get(mark) or _title(facet, mark)
        made[key] = _written(title, f"{address}{path(key)}", moment, entries)
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
    values: dict[str, Iterable[str]] = {
        "themes": record.themes,
        "form": record.form,
        "audience": record.audience,
        "price": (record.price,),
        "language": record.languages,
        "municipality": () if record.invented else record.places,
    }
    for facet, marks in values.items():
        yield from (f"{facet}:{mark}" for mark in dict.fromkeys(marks) if mark and mark != "unknown")


def _title(facet: str, mark: str) -> str:
    if facet == "municipality":
        return place_name(mark)
    term = terms(facet).get(mark) if facet != "language" else None
    return " / ".join(term.title[each] for each in LANGUAGES if each in term.title) if term else mark


def _written(title: str, address: str, moment: datetime, entries: Iterable[bytes]) -> bytes:
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]
    _add(root, "id", address)
    _add(root, "title", title)
    _add(root, "updated", moment.astimezone(UTC).isoformat())
    _add(root, "link", rel="self", href=address)
    head = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
    start, end, _ = head.rpartition(b"</feed>")
    return b"".join((start, *entries, end, b"\n"))


def _entry(record: Initiative, moment: datetime) -> bytes:
    entry = etree.Element(f"{{{_ATOM}}}entry", nsmap={None: _ATOM})  # type: ignore[dict-item]
    checked: date | None = record.provenance.checked_on
    changed = datetime.combine(checked, time(), UTC) if checked else moment.astimezone(UTC)
    _add(entry, "id", f"urn:uuid:{uid('service', record.id)}")
    _add(entry, "title", record.name)
    _add(entry, "updated", changed.isoformat())
    _add(entry, "summary", next(iter(record.description.values()), ""))
    if record.url:
        _add(entry, "link", rel="alternate", href=record.url)
    author = etree.SubElement(entry, f"{{{_ATOM}}}author")
    _add(author, "name", record.organization or record.name)
    written = bytes(etree.tostring(entry, encoding="UTF-8", xml_declaration=False, pretty_print=True))
    return written.replace(b' xmlns="http://www.w3.org/2005/Atom"', b"", 1)


def _add(parent: Any, name: str, text: str | None = None, **marks: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}", marks).text = _printable(text)


_UNPRINTABLE = re.compile(r"[^\t\n\r -\ud7ff\ue000-\U0010ffff]")


def _printable(text: str | None) -> str | None:
    """Text without the signs that XML does not allow."""
    return None if text is None else _UNPRINTABLE.sub("", text)
