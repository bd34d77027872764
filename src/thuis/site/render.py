"""Templates: the environment, and one page to HTML."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from thuis.contract.folder import DataFolder
from thuis.site.markdown import render as markdown
from thuis.site.page import Addresses, Page
from thuis.site.voice import Voice


@cache
def environment() -> Environment:
    """The templates, where an unknown name is an error instead of a blank."""
    env = Environment(
        loader=PackageLoader("thuis.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters["markdown"] = markdown
    return env


def menu(data: DataFolder) -> list[tuple[str, str, str]]:
    """The main menu: key, anchor and section of each entry; what the data folder does not hold has none."""
    return [
        ("", "themes", "themes"),
        *([("findings", "", "findings")] if data.findings or data.flows or data.maps else []),
        ("indicators", "", "indicators"),
        *([("dossier", "", "dossier")] if not data.dossier.empty else []),
        *([("terms", "", "terms")] if data.vocabulary.terms else []),
        *([("directory", "", "directory")] if data.directory and data.directory.initiatives else []),
        *([("works", "", "works")] if data.knowledge else []),
        *([("municipality", "", "municipality")] if data.municipalities else []),
        ("reading", "", "reading"),
        ("method", "", "method"),
        ("downloads", "", "downloads"),
        ("about", "", "about"),
        ("search", "", "search"),
    ]


def soft(title: str, parts: Iterable[str]) -> str:
    """A title with a soft hyphen where a known part of a compound begins, for narrow screens.

    >>> soft("Arbeidsmarktdiscriminatie", ["discriminatie"]).split(chr(173))
    ['Arbeidsmarkt', 'discriminatie']
    """
    for part in sorted(parts, key=len, reverse=True):
        at = title.casefold().find(part.casefold())
        if len(part) >= 5 and at > 2 and title[at - 1].isalpha():
            return f"{title[:at]}\u00ad{title[at:]}"
    return title


def render(page: Page, data: DataFolder, voice: Voice, search: str, base: str = "") -> str:
    """One page as HTML. ``search`` are the extra words under which search finds it."""
    path = page.path(voice.language)
    at = Addresses(path, base)

    def url(key: str = "", anchor: str = "") -> str:
        return at.page(voice.language, key, anchor)

    return (
        environment()
        .get_template(page.template)
        .render(
            page=page,
            data=data,
            monitor=data.monitor,
            voice=voice,
            lang=voice.language,
            t=voice.t,
            say=voice.say,
            url=url,
            at=at,
            file=at.file,
            soft=soft,
            search_words=search,
            menu=menu(data),
            permalink=f"{(data.monitor.address or '').rstrip('/')}/{path.removesuffix('index.html')}",
            **page.context,
        )
    )
