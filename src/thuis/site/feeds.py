"""What machines read beside the pages: a map of the site, a feed of releases and corrections, icons."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path

from markupsafe import escape

from thuis.contract.folder import DataFolder
from thuis.feeds import Entry, atom
from thuis.language.letters import ended, opened
from thuis.site.page import OLD
from thuis.site.pictures import png_of
from thuis.site.voice import Voice

FEED = "feed.atom"


def write_feeds(data: DataFolder, pages: Sequence[tuple[str, str, str]], stage: Path) -> None:
    """Write ``sitemap.xml`` and a feed per language, where the monitor has an address, and the icons.

    :param pages: language, key and kind of each page, in order.

    Both formats ask for whole addresses: without one there is nothing true to write.
    """
    icon = (files("thuis.site") / "theme/icon.svg").read_text("utf-8")
    (stage / "favicon.ico").write_bytes(ico(png_of(icon, width=32), 32))
    (stage / "theme" / "icon-180.png").write_bytes(png_of(icon, width=180))
    root = (data.monitor.address or "").rstrip("/")
    if not root:
        return
    (stage / "sitemap.xml").write_text(sitemap(data, pages, root), "utf-8")
    for language in data.languages:
        (stage / language / FEED).write_bytes(feed(data, Voice(language), root))


def ico(png: bytes, size: int) -> bytes:
    """A PNG as the one picture of an icon file.

    >>> ico(b"png", 32)[:6], len(ico(b"png", 32))
    (b'\\x00\\x00\\x01\\x00\\x01\\x00', 25)
    """
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, size, size, 0, 0, 1, 32, len(png), 22) + png


def sitemap(data: DataFolder, pages: Iterable[tuple[str, str, str]], root: str) -> str:
    """Every page with its other languages; what is old, or made for another site's frame, is left out."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for language, key, kind in pages:
        if kind == "embed" or kind in OLD:
            continue
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{each}" href="{_address(root, each, key)}"/>'
            for each in data.languages
        )
        lines.append(
            f"<url><loc>{_address(root, language, key)}</loc>"
            f"<lastmod>{data.monitor.released.isoformat()}</lastmod>{others}</url>"
        )
    return "\n".join([*lines, "</urlset>", ""])


def feed(data: DataFolder, voice: Voice, root: str) -> bytes:
    """Releases and corrections as an Atom feed, the latest first."""
    page = f"{root}/{voice.language}/corrections/"
    told = sorted(_entries(data, voice), reverse=True)
    return atom(
        f"{root}/{voice.language}/{FEED}",
        f"{ended(voice.say(data.monitor.title), ':')} {voice.t('corrections.title')}",
        max([data.monitor.released, *(day for day, *_ in told)]),
        (
            Entry(f"{page}#{id_}", title, day, summary=text or None, link=page)
            for day, id_, title, text in told
        ),
        author=voice.say(data.monitor.publisher.name),
        language=voice.language,
    )


def _entries(data: DataFolder, voice: Voice) -> Iterator[tuple[date, str, str, str]]:
    titles = {each.id: voice.say(each.title) for each in data.indicators}
    for version in data.versions:
        title = opened(voice.t("corrections.version", version=version.version), voice.language)
        yield version.released, f"version-{version.version}", title, voice.say(version.note)
    for number, each in enumerate(reversed(data.corrections), 1):
        about = titles.get(each.indicator or "", voice.say(data.monitor.title))
        title = voice.t("corrections.entry", about=about)
        yield each.date, f"correction-{number}", title, voice.say(each.text)


def _address(root: str, language: str, key: str) -> str:
    return str(escape(f"{root}/{language}/{key}/" if key else f"{root}/{language}/"))
