"""Pages of the service: values of the site's own ``Page``, in the site's own templates and frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input_lazy
from django.utils import timezone
from django.utils.translation import get_language
from jinja2 import ChoiceLoader, Environment, PackageLoader

from thuis.language import LANGUAGES, catalogue, everywhere, texts
from thuis.language.direction import named
from thuis.live.served import Served, languages, served
from thuis.site.page import Page
from thuis.site.render import Renderer, environment
from thuis.site.views.act import Act
from thuis.site.voice import Voice

AREA = "live"


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The site's templates, and beside them those of the service."""
    own = PackageLoader("thuis.live", "templates")
    site = environment()
    assert site.loader
    # What the site keeps of compiled templates follows from its own folder alone.
    return site.overlay(loader=ChoiceLoader([site.loader, own]), bytecode_cache=None)


def for_django(**_: Any) -> Environment:
    """The same for Django's own backend, by which allauth shows its pages."""
    return templates()


@lru_cache(maxsize=len(LANGUAGES))
def _renderer(now: Served, language: str) -> Renderer:
    return Renderer(now.data, Voice(language), templates=templates())


@lru_cache(maxsize=len(LANGUAGES))
def _act(now: Served, language: str) -> Act:
    return Act(now.data, Voice(language))


def act(language: str) -> Act:
    """The directory as the pages show it."""
    return _act(served(), language)


def said(language: str) -> Callable[..., str]:
    """A text of the service in a language."""
    return texts(AREA, language)


def speaking() -> Callable[..., str]:
    """A text of the service in the language that is spoken now, where no request is at hand."""
    now = get_language() or ""
    return said(now if now in languages() else languages()[0])


def tongue(request: HttpRequest) -> str:
    """The language of a request."""
    return str(request.LANGUAGE_CODE)


def context(request: HttpRequest, page: Page) -> dict[str, Any]:
    """All that the template of a page may name, with what only a request has."""
    now, language = served(), tongue(request)
    made = _renderer(now, language).context(page, now.data)
    return {
        "l": said(language),
        "label": lambda name: label(name, language),
        "heard": lambda text: heard(text, language),
        "on": lambda at: Voice(language).day(timezone.localdate(at)),
        "moment": lambda at: f"{Voice(language).day(timezone.localdate(at))}, {timezone.localtime(at):%H:%M}",
        "csrf_input": csrf_input_lazy(request),
        "messages": [(each.level_tag, str(each)) for each in get_messages(request)],
        "user": request.user,
        "oidc": settings.LIVE.oidc.name if settings.LIVE.oidc.server else "",
        **made,
    }


def show(
    request: HttpRequest, key: str, template: str, title: str, status: int = 200, **given: Any
) -> HttpResponse:
    """A page of the service as an answer: ``title`` is a key of its catalogue, or a text that is none.

    :param key: where it is when the request does not say: links on it lead from where it is shown.
    """
    language = tongue(request)
    named = _text(f"{title}.title", language) or title
    lede = _text(f"{title}.lede", language)
    shown = _shown_at(request) or (f"live/{key}" if key else "live")
    page = Page(shown, "live", named, lede, context={"trail": trail(request, shown), **given})
    body = templates().get_template(template).render(**context(request, page))
    return HttpResponse(body, status=status)


ABOVE = {
    "live": "start.title",
    "live/staff": "staff.title",
    "live/staff/queue": "queue.title",
    "live/rounds": "rounds.title",
}
"""Pages that have others below them, and what they are called."""


def trail(request: HttpRequest, key: str) -> list[tuple[str, str]]:
    """The pages above a page, from the start page down: key and name."""
    language = tongue(request)
    l = said(language)
    if key.partition("/")[0] == "account":
        key = "live/staff/account" if request.user.is_authenticated else "live/account"
    above = [(each, l(name)) for each, name in ABOVE.items() if key.startswith(f"{each}/")]
    return [("", texts("site", language)("nav.start")), *above]


def _shown_at(request: HttpRequest) -> str:
    """The address within its language, up to its last folder; nothing outside the languages."""
    first, _, rest = request.path_info.lstrip("/").partition("/")
    return rest.rpartition("/")[0] if first in languages() else ""


def has(key: str) -> bool:
    """Whether the catalogues have a text."""
    return key in catalogue(AREA, LANGUAGES[0])


def label(name: str, language: str) -> str:
    """What a question is called; one that is asked in each language of the monitor says in which."""
    l = said(language)
    if has(key := f"field.{name}.label"):
        return l(key)
    base, _, within = name.rpartition("_")
    return l(f"field.{base}.label", language=named(within, language))


def heard(text: Mapping[str, str], language: str) -> str:
    """A text that people wrote here, in a language or else in the first that they wrote it in.

    >>> heard({"nl": "Ronde", "en": ""}, "en"), heard({}, "en")
    ('Ronde', '')
    """
    return everywhere({key: words for key, words in text.items() if words}).get(language, "")


def _text(key: str, language: str) -> str:
    return catalogue(AREA, language).get(key, "")


def around(request: HttpRequest) -> dict[str, Any]:
    """For pages that allauth shows: the frame of a page at the address that was asked for."""
    language = tongue(request)
    key = request.path_info.strip("/").removeprefix(language).strip("/") or "account"
    match = request.resolver_match
    name = f"account.{match.url_name}.title" if match else ""
    title = _text(name, language) or said(language)("account.title")
    return context(request, Page(key, "live", title, context={"trail": trail(request, key)}))
