"""What every page must satisfy before it goes out: links, headings, ids, text alternatives, languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

from thuis.errors import Place, Problem
from thuis.language.direction import known
from thuis.site.tags import CLOSES, KNOWN, OPENS, PLAIN, TAG, TOLD, learnt


@dataclass(slots=True)
class _Seen:
    """What one page holds, each with the number of its tag: a line is counted when it must be told."""

    page: str
    text: str
    ids: list[tuple[str, int]] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    references: list[tuple[str, int]] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    languages: list[tuple[str, int]] = field(default_factory=list)
    problems: list[tuple[str, int, str]] = field(default_factory=list)
    root_language: str = ""
    title: bool = False
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the whole page: little is done for tags that no rule is about."""
        opened, texts = self.open, TAG.findall(self.text)
        for at, seen in enumerate(map(KNOWN.get, texts)):
            kind, name, attributes = seen or learnt(texts[at])
            if kind == CLOSES:
                if opened and opened[-1] == name:
                    opened.pop()
                else:
                    self.problems.append((f"</{name}> closes nothing that is open", at, "template"))
                continue
            if attributes is not None:
                self._start(name, attributes, at)
            if kind == OPENS:
                opened.append(name)

    def where(self, at: int) -> Place:
        """The place of a tag, given its number, as messages tell it."""
        start = next(islice(TAG.finditer(self.text), at, None)).start()
        return Place(self.page, self.text.count("\n", 0, start) + 1)

    def _start(self, tag: str, found: dict[str, str], at: int) -> None:
        for name, value in found.items():
            if name == "id":
                if value:
                    self.ids.append((value, at))
            elif name in ("href", "src"):
                if tag != "base":
                    self.links.append((value, at))
            elif name in ("aria-labelledby", "aria-describedby", "for"):
                self.references += [(each, at) for each in value.split()]
            elif name == "lang" and value:
                self.languages.append((value, at))
        if tag in TOLD:
            self._told(tag, found, at)

    def _told(self, tag: str, attrs: dict[str, str], at: int) -> None:
        if tag == "html":
            self.root_language = attrs.get("lang", "")
        elif tag == "title":
            self.title = True
        elif tag == "img":
            if attrs.get("alt") is None:
                self.problems.append(("an image has no text alternative", at, "add alt"))
        elif tag != "svg":
            self.headings.append((int(tag[1]), at))
        elif "svg" not in self.open and not (
            attrs.get("aria-label") or attrs.get("aria-labelledby") or attrs.get("aria-hidden") == "true"
        ):
            self.problems.append(
                ("a drawing has no text alternative", at, "add aria-label, or aria-hidden beside a table")
            )


@dataclass(frozen=True, slots=True)
class Facts:
    """What other pages, and the site, must know of one page: its anchors and where its links lead.

    ``links`` are the file and anchor each link means, once, in order; links out of the site are left out.
    """

    ids: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def check_page(
    name: str, text: str, languages: Collection[str], base: str = ""
) -> tuple[Facts, list[Problem]]:
    """The facts of a page, and everything wrong with it by itself.

    Only a page with something wrong is read whole, to tell where.

    :param name: its path from the root.
    :param languages: the languages a page may claim.
    :param base: the fixed address prefix, if any.
    """
    seen = _Seen(name, PLAIN.sub("", text))
    if seen.problems or (wrong := list(_structure(seen, languages))):
        seen = _Seen(name, text)
        wrong = list(_structure(seen, languages))
    meant: dict[str, tuple[str, str] | None] = {}
    for link, _ in seen.links:
        if link not in meant:
            meant[link] = _target(name, link, base)
    links = dict.fromkeys(each for each in meant.values() if each)
    told = [Problem(what, seen.where(at), step=step) for what, at, step in seen.problems]
    return Facts(tuple(id_ for id_, _ in seen.ids), tuple(links)), [*told, *wrong]


def dead_links(pages: Mapping[str, Facts], exists: Callable[[str], bool]) -> dict[str, set[tuple[str, str]]]:
    """Page -> its links to a file or an anchor that is not there; pages without any are left out.

    :param exists: whether a file that is no page is there, by its path from the root.
    """
    anchors = {name: frozenset(each.ids) for name, each in pages.items()}
    there: dict[str, bool] = {}
    dead: dict[str, set[tuple[str, str]]] = {}
    for name, each in pages.items():
        for target, anchor in each.links:
            known = anchors.get(target)
            if known is not None:
                good = not anchor or anchor in known
            else:
                good = there[target] if target in there else there.setdefault(target, exists(target))
            if not good:
                dead.setdefault(name, set()).add((target, anchor))
    return dead


def tell_dead(
    name: str, text: str, dead: set[tuple[str, str]], pages: Container[str], base: str = ""
) -> list[Problem]:
    """The dead links of a page in words, each with its line."""
    seen = _Seen(name, text)
    told = []
    for link, at in seen.links:
        found = _target(name, link, base)
        if found is None or found not in dead:
            continue
        if found[0] in pages:
            told.append(Problem(f"a link points to an anchor that is not there: {link!r}", seen.where(at)))
        else:
            told.append(
                Problem(f"a link leads nowhere: {link!r}", seen.where(at), step="correct the address")
            )
    return told


def _structure(seen: _Seen, allowed: Collection[str]) -> Iterable[Problem]:
    name = seen.page
    ids = {id_ for id_, _ in seen.ids}
    if len(ids) < len(seen.ids):
        for id_, count in Counter(id_ for id_, _ in seen.ids).items():
            if count > 1:
                at = [at for found, at in seen.ids if found == id_][1]
                yield Problem(f"id {id_!r} stands {count} times on a page", seen.where(at))
    for reference, at in seen.references:
        if reference not in ids:
            yield Problem(f"a label points to id {reference!r}, which is not there", seen.where(at))
    yield from _headings(seen)
    wanted = name.partition("/")[0]
    if wanted in allowed and seen.root_language != wanted:
        yield Problem(f"the page says it is in {seen.root_language!r}", Place(name), f"lang={wanted!r}")
    for language, at in seen.languages:
        # A passage may be in a language that the site has no pages in: an English source, a Dutch letter.
        if language not in allowed and not known(language):
            yield Problem(f"unknown language {language!r}", seen.where(at), available=tuple(sorted(allowed)))
    if not seen.title:
        yield Problem("the page has no title", Place(name))
    if seen.open:
        yield Problem(f"<{seen.open[-1]}> is never closed", Place(name))


def _headings(seen: _Seen) -> Iterable[Problem]:
    tops = [at for level, at in seen.headings if level == 1]
    if len(tops) != 1:
        yield Problem(f"the page has {len(tops)} first headings", Place(seen.page), "one h1")
    for (before, _), (level, at) in zip(seen.headings, seen.headings[1:], strict=False):
        if level > before + 1:
            yield Problem(f"heading h{level} follows h{before}", seen.where(at), f"h{before + 1} at most")


def _target(name: str, link: str, base: str) -> tuple[str, str] | None:
    """The file and anchor a link means, or None when it leaves the site."""
    found = _parts(link, base)
    if found is None:
        return None
    path, anchor = found
    if not path:
        return name, anchor
    start = "" if path.startswith("/") else name.rpartition("/")[0]
    while path[:3] == "../" and start and path != "../":
        start, path = start.rpartition("/")[0], path[3:]
    return _file(start, path), anchor


@lru_cache(maxsize=100_000)
def _parts(link: str, base: str) -> tuple[str, str] | None:
    """The path and the anchor of a link, or None when it leaves the site."""
    if base and link.startswith(base):
        link = f"/{link[len(base) :].lstrip('/')}"
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    return unquote(parts.path), unquote(parts.fragment)


@lru_cache(maxsize=100_000)
def _file(start: str, path: str) -> str:
    """The file that a path means in a folder; most pages point to the same ones, each from its own depth."""
    target = normpath(join(start, path.lstrip("/")))
    if path.endswith("/") or target == ".":
        target = normpath(join(target, "index.html"))
    return target
