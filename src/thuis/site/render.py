"""Templates: the environment, and one page to HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from thuis.contract.folder import DataFolder
from thuis.language.dates import wave
from thuis.language.direction import right_to_left
from thuis.language.headlines import within
from thuis.language.letters import ended
from thuis.language.papers import with_names
from thuis.site.charts.lines import points
from thuis.site.compiled import compiled
from thuis.site.markdown import render as markdown
from thuis.site.page import Addresses, Page
from thuis.site.voice import Voice


class _Context(Context):
    """Calls what asks nothing of the template as any function is called: a page has hundreds of texts."""

    def call(self, asked: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        kind = type(asked)
        if kind is not Macro and (kind not in _PLAIN or hasattr(asked, "jinja_pass_arg")):
            return super().call(asked, *given, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return asked(self.eval_ctx, *given, **named) if kind is Macro else asked(*given, **named)


_PLAIN = frozenset({FunctionType, MethodType})


class _Template(Template):
    """A template that writes what was escaped before without escaping it again."""

    @classmethod
    def from_code(cls, *given: Any, **named: Any) -> Template:
        made = super().from_code(*given, **named)
        made.root_render_func.__globals__["escape"] = escaped
        return made


def escaped(value: Any) -> str:
    """A value as it stands in HTML; a page has thousands, half of them numbers, most texts more than once.

    >>> escaped(1.5), escaped("a<b"), str(escaped(Markup("<b>")))
    ('1.5', 'a&lt;b', '<b>')
    """
    kind = type(value)
    if kind is str:
        return _text(value) if len(value) <= SHORT else escape(value)
    if kind is float or kind is int:
        return str(value)
    return value if kind is Markup else escape(value)


SHORT = 100
"""Signs of a text that is kept."""


@lru_cache(maxsize=20_000)
def _text(value: str) -> str:
    return str.__str__(escape(value))


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
        bytecode_cache=compiled(Path(__file__).parent / "templates"),
    )
    env.context_class = _Context
    env.template_class = _Template
    env.filters["markdown"] = markdown
    env.filters["papers"] = lambda text, voice: with_names(text, voice.language)
    env.filters["ended"] = ended
    env.filters["points"] = points
    env.filters["within"] = within
    env.filters["wave"] = wave
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
    """The entry of the menu a page belongs to; none for the start page, the search and the live service."""
    if page.kind in ("start", "search", "live"):
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
    of_one = data.indicators if folder == "indicator" else ()
    indicator = next((each for each in of_one if each.id == id_), None)
    theme = next((each for each in data.themes if indicator and each.id == indicator.theme), None)
    if theme:
        found.append((f"theme/{theme.id}", voice.say(theme.title)))
    if indicator and "/" in rest:
        found.append((f"indicator/{indicator.id}", voice.say(indicator.title)))
    if folder == "version":
        found.append(("corrections", voice.t("corrections.title")))
        if "/" in rest:
            found.append((f"version/{id_}", voice.t("corrections.version", version=id_).capitalize()))
    # A theme may be called as its indicator: a name that stands next stands once.
    names = [*(name for _, name in found[1:]), page.short or page.title]
    return [each for each, following in zip(found, names, strict=True) if each[1] != following]


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


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands around a page: links to styles, header up to the languages, its end, footer."""

    links: Markup
    top: Markup
    quick: Markup
    foot: Markup


@dataclass(frozen=True)
class Renderer:
    """Pages of one language to HTML. What stands around them is made once for each place in the site.

    :param data: the whole data folder: the menu shows what it holds.
    :param base: a fixed prefix of every address.
    :param templates: where the templates are; those of the site unless told.
    """

    data: DataFolder
    voice: Voice
    base: str = ""
    templates: Environment = field(default_factory=environment)
    _around: dict[tuple[object, ...], Chrome] = field(default_factory=dict)

    @cached_property
    def menu(self) -> list[str]:
        return menu(self.data)

    @cached_property
    def about(self) -> list[str]:
        """The pages about the monitor."""
        return [each for each in ABOUT if each != "population" or self.data.population]

    def page(self, page: Page, data: DataFolder, search: str) -> str:
        """One page as HTML.

        :param data: what the page may read of the data folder.
        :param search: the extra words under which search finds it.
        """
        template = self.templates.get_template(page.template or f"{page.kind}.html")
        return template.render(**self.context(page, data, search))

    def context(self, page: Page, data: DataFolder, search: str = "") -> dict[str, Any]:
        """All that the template of a page may name."""
        path = page.path(self.voice.language)
        at = Addresses(path, self.base)

        def url(key: str = "", anchor: str = "") -> str:
            return at.page(self.voice.language, key, anchor)

        return {
            "page": page,
            "data": data,
            "monitor": data.monitor,
            "voice": self.voice,
            "lang": self.voice.language,
            "right_to_left": right_to_left(self.voice.language),
            "t": self.voice.t,
            "say": self.voice.say,
            "url": url,
            "at": at,
            "file": at.file,
            "soft": soft,
            "kind": KINDS.get(page.kind, "page"),
            "rank": rank(page, data),
            "tongue": lambda language: Voice(language).tongue(language),
            "search_words": search,
            "chrome": self._chrome(page, at, url),
            "trail": trail(page, data, self.voice),
            "about_pages": self.about,
            "permalink": f"{(data.monitor.address or '').rstrip('/')}/{path.removesuffix('index.html')}",
            **page.context,
        }

    def _chrome(self, page: Page, at: Addresses, url: Callable[..., str]) -> Chrome:
        """Relative addresses are the same for pages as deep below the same folder."""
        here = section_of(page)
        place = (
            page.key.partition("/")[0],
            page.key.count("/"),
            here,
            page.key == here,
            page.kind == "search",
        )
        if place not in self._around:
            made = self.templates.get_template("chrome.html").make_module(
                {
                    "data": self.data,
                    "monitor": self.data.monitor,
                    "voice": self.voice,
                    "lang": self.voice.language,
                    "t": self.voice.t,
                    "say": self.voice.say,
                    "url": url,
                    "file": at.file,
                    "menu": self.menu,
                    "here": here,
                    "current": page.key == here,
                    "kind": page.kind,
                    "population": "population" in self.about,
                }
            )
            parts = [Markup(str(getattr(made, name)()).strip()) for name in ("links", "top", "quick", "foot")]
            self._around[place] = Chrome(*parts)
        return self._around[place]
