"""Atom feeds (RFC 4287): what is new, for a reader that asks now and then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from thuis.files import in_xml


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is new; ``id`` stays the same for as long as it is told."""

    id: str
    title: str
    updated: date
    summary: str | None = None
    link: str = ""
    author: str = ""
    category: str = ""


def atom(
    address: str, title: str, updated: date, entries: Iterable[Entry], *, author: str = "", language: str = ""
) -> bytes:
    """A feed that stands at ``address``; signs that XML does not allow are left out of its texts.

    :param updated: the last change; a day without a time begins at midnight, UTC.

    >>> from datetime import date
    >>> day = date(2026, 1, 2)
    >>> print(atom("https://a.example/f", "New", day, [Entry("urn:x:1", "A & B", day)]).decode(), end="")
    <?xml version="1.0" encoding="UTF-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom">
    <id>https://a.example/f</id><title>New</title><updated>2026-01-02T00:00:00Z</updated>
    <link rel="self" href="https://a.example/f"/>
    <entry><id>urn:x:1</id><title>A &amp; B</title><updated>2026-01-02T00:00:00Z</updated></entry>
    </feed>
    """
    spoken = f" xml:lang={quoteattr(language)}" if language else ""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom"{spoken}>',
        _of("id", address) + _of("title", title) + _of("updated", _moment(updated)) + _author(author),
        f'<link rel="self" href={_quoted(address)}/>',
        *map(_entry, entries),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def _entry(each: Entry) -> str:
    parts = [
        _of("id", each.id),
        _of("title", each.title),
        _of("updated", _moment(each.updated)),
        _author(each.author),
        f"<category term={_quoted(each.category)}/>" if each.category else "",
        _of("summary", each.summary) if each.summary is not None else "",
        f'<link rel="alternate" href={_quoted(each.link)}/>' if each.link else "",
    ]
    return f"<entry>{''.join(parts)}</entry>"


def _of(name: str, text: str) -> str:
    return f"<{name}>{escape(in_xml(text))}</{name}>"


def _author(name: str) -> str:
    return f"<author>{_of('name', name)}</author>" if name else ""


def _quoted(text: str) -> str:
    return quoteattr(in_xml(text))


def _moment(when: date) -> str:
    return when.isoformat() if isinstance(when, datetime) else f"{when.isoformat()}T00:00:00Z"
