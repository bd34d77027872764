"""Templates: the environment, and one page to HTML."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from thuis.contract.folder import DataFolder
from thuis.language.direction import right_to_left
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


KINDS = {
    "indicator": "figure",
    "theme": "theme",
    "finding": "finding",
    "flow": "finding",
    "map": "finding",
    "term": "term",
    "letter": "letter",
    "ledger": "promise",
}
"""What a hit of the search is called, by the kind of its page; anything else is a page."""
RANKS = {"indicator": 6, "theme": 3, "finding": 2, "flow": 2, "map": 2}


def rank(page: Page, data: DataFolder) -> int:
    """How far in front a page stands among hits: figures first, the leading one before the others."""
    lead = (data.monitor.lead or "").partition("/")[0]
    return 8 if page.key == f"indicator/{lead}" else RANKS.get(page.kind, 1)


WITHIN = {
    "themes": "indicators",
    "indicators": "indicators",
    "directory": "works",
    "municipality": "works",
}
"""Sections that belong to an entry of the menu by another name."""
ENTRIES = ("indicators", "findings", "works", "dossier", "terms", "about")
ABOUT = ("reading", "method", "downloads", "corrections", "accessibility", "population")
"""Pages that stand under the entry about the monitor."""


def menu(data: DataFolder) -> list[str]:
    """The main menu, by key; what the data folder does not hold has no entry."""
    there = {
        "findings": bool(data.findings or data.flows or data.maps),
        "dossier": not data.dossier.empty,
        "terms": bool(data.vocabulary.terms),
        "works": bool(data.directory or data.knowledge or data.municipalities),
    }
    return [each for each in ENTRIES if there.get(each, True)]


def section_of(page: Page) -> str:
    """The entry of the menu a page belongs to; none for the start page and the search."""
    if page.kind in ("start", "search"):
        return ""
    found = WITHIN.get(page.section, page.section)
    return found if found in ENTRIES else "about"


def trail(page: Page, data: DataFolder, voice: Voice) -> list[tuple[str, str]]:
    """The pages above a page, from the start page down: key and name."""
    if page.kind == "start":
        return []
    found = [("", voice.t("nav.start"))]
    section = section_of(page)
    if section and section != page.key:
        found.append((section, voice.t(f"nav.{section}")))
    folder, _, rest = page.key.partition("/")
    id_ = rest.partition("/")[0]
    indicator = next((each for each in data.indicators if folder == "indicator" and each.id == id_), None)
    theme = next((each for each in data.themes if indicator and each.id == indicator.theme), None)
    if theme:
        found.append((f"theme/{theme.id}", voice.say(theme.title)))
    if indicator and "/" in rest:
        found.append((f"indicator/{indicator.id}", voice.say(indicator.title)))
    return found


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
            right_to_left=right_to_left(voice.language),
            t=voice.t,
            say=voice.say,
            url=url,
            at=at,
            file=at.file,
            soft=soft,
            kind=KINDS.get(page.kind, "page"),
            rank=rank(page, data),
            tongue=lambda language: Voice(language).tongue(language),
            search_words=search,
            menu=menu(data),
            here=section_of(page),
            trail=trail(page, data, voice),
            about_pages=[each for each in ABOUT if each != "population" or data.population],
            permalink=f"{(data.monitor.address or '').rstrip('/')}/{path.removesuffix('index.html')}",
            **page.context,
        )
    )
