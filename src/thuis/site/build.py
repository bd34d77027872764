"""Build the site: every page rendered and checked aside, then exchanged with the one that stands."""

from __future__ import annotations

import filecmp
import shutil
import time
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

from thuis.contract.folder import DataFolder, read_folder
from thuis.errors import Problem, ThuisError, raise_all
from thuis.exchange import replace_folder
from thuis.site.check import check_site
from thuis.site.colour import check_theme
from thuis.site.feeds import write_feeds
from thuis.site.page import Addresses, Page
from thuis.site.pages import all_pages
from thuis.site.pictures import write_pictures
from thuis.site.render import environment, render
from thuis.site.search import hidden_words, index, splitter, within
from thuis.site.voice import Voice


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What a build did: pages by kind, files written and removed, files of others that were kept, seconds."""

    pages: int
    kinds: dict[str, int]
    written: int
    unchanged: int
    removed: int
    kept: tuple[str, ...]
    seconds: float


def build_site(
    data: Path, out: Path, *, base: str = "", theme: Path | None = None, search: bool = True
) -> SiteReport:
    """Build the static site of a data folder.

    :param data: the data folder that ``publish`` wrote; it is copied to ``out / "data"``.
    :param out: the folder a web server serves; nothing in it changes until every page passed its checks.
    :param base: a fixed prefix for every address (``/monitor``); empty for relative addresses.
    :param theme: a CSS file to use instead of the theme's variables; its contrast is checked.
    :param search: whether to make the search index.
    :raises ThuisError: with everything wrong in the data folder, the theme or the pages.
    """
    started = time.perf_counter()
    found = read_folder(data)

    def make(stage: Path) -> Counter[str]:
        shutil.copytree(data, stage / "data")
        return _write_site(found, stage, out, Look(base, theme, search))

    kinds, done = replace_folder(out, make)
    return SiteReport(
        sum(kinds.values()),
        dict(kinds),
        done.written,
        done.unchanged,
        done.removed,
        done.kept,
        time.perf_counter() - started,
    )


def write_site(
    stage: Path, before: Path, *, base: str = "", theme: Path | None = None, search: bool = True
) -> Counter[str]:
    """Write the pages beside the data folder ``stage / "data"``, and check them.

    :param before: the site that stands, from which an unchanged search index is taken.
    :returns: how many pages of each kind.
    :raises ThuisError: as :func:`build_site`.
    """
    return _write_site(read_folder(stage / "data"), stage, before, Look(base, theme, search))


@dataclass(frozen=True, slots=True)
class Look:
    """How a site is made: prefix of its addresses, its theme, whether it is searched."""

    base: str
    theme: Path | None
    search: bool


def _write_site(found: DataFolder, stage: Path, before: Path, look: Look) -> Counter[str]:
    base, theme = look.base, look.theme
    kinds = _write_pages(found, stage, before, base)
    _write_theme(found, stage, theme)
    _write(stage / "404.html", _missing(found, base, stage / "theme"))
    raise_all(
        check_site(stage, found.languages, lambda path: _in_data(stage / "data", path), base)
        + check_theme((stage / "theme" / "theme.css").read_text("utf-8"))
    )
    if look.search:
        _index(stage, before)
    return kinds


def _write_pages(data: DataFolder, stage: Path, before: Path, base: str) -> Counter[str]:
    kinds: Counter[str] = Counter()
    made: list[tuple[str, Page]] = []
    by_vocabulary = splitter(data.vocabulary.splits)
    for language in data.languages:
        voice = Voice(language)
        by_keywords = within(w for i in data.indicators for w in i.keywords.get(language, ()))
        pages = all_pages(data, voice)
        made += [(language, page) for page in pages]
        for page in pages:
            text = f"{page.title} {page.description}"
            words = hidden_words(text, page.words, by_vocabulary, by_keywords) if page.searched else ""
            _write(stage / page.path(language), render(page, data, voice, words, base))
            kinds[page.kind] += 1
    _write(stage / "index.html", _choice(data, base))
    (stage / "theme").mkdir(exist_ok=True)
    write_pictures(made, stage, before)
    write_feeds(data, made, stage)
    return kinds


def _choice(data: DataFolder, base: str) -> str:
    """The page at the root: to the language of the browser, or the reader chooses."""
    voices = [Voice(language) for language in data.languages]
    return (
        environment()
        .get_template("choice.html")
        .render(voices=voices, monitor=data.monitor, data=data, at=Addresses("index.html", base))
    )


def _missing(data: DataFolder, base: str, theme: Path) -> str:
    """The page a server shows for an address that is not there, however deep that address was."""
    style = "".join((theme / name).read_text("utf-8") for name in ("theme.css", "site.css"))
    root = (base or data.monitor.address or "").rstrip("/")
    voices = [Voice(language) for language in data.languages]
    return (
        environment()
        .get_template("missing.html")
        .render(voices=voices, monitor=data.monitor, data=data, root=root, style=Markup(style))
    )


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


OFFER = ("directory.js", "directory-search.js", "stemmers.js")
"""Scripts of the directory's page."""


def _write_theme(data: DataFolder, stage: Path, theme: Path | None) -> None:
    """Own style and script, the theme's variables (ours or the user's), and the warning for print."""
    folder = stage / "theme"
    folder.mkdir(parents=True, exist_ok=True)
    source = files("thuis.site") / "theme"
    own = (*OFFER,) if data.directory else ()
    for name in ("site.css", "enhance.js", "search.js", "choose.js", "icon.svg", *own):
        _write(folder / name, (source / name).read_text("utf-8"))
    css = (source / "theme.css").read_text("utf-8")
    if theme is not None:
        try:
            css = theme.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ThuisError(Problem(f"the theme cannot be read: {error}")) from error
    _write(folder / "theme.css", css)
    for language in data.languages:
        said = Voice(language).say(data.synthetic) if data.synthetic else ""
        quoted = said.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
        _write(folder / f"print-{language}.css", f'@page{{@bottom-left{{content:"{quoted}"}}}}\n')


def _in_data(data: Path, path: str) -> bool:
    first, _, rest = path.partition("/")
    return first == "data" and (data / rest).exists()


def _index(stage: Path, out: Path) -> None:
    """Make the search index, or keep the one in place when no page changed: it depends on nothing else."""
    pages = sorted(path.relative_to(stage) for path in stage.rglob("*.html"))
    kept = (out / "pagefind" / "pagefind.js").is_file() and all(_same(stage / p, out / p) for p in pages)
    folders = {path.parts[0] for path in pages if len(path.parts) > 1}
    old = [p for folder in folders for p in (out / folder).rglob("*.html")] if kept else []
    if kept and len(old) == len([p for p in pages if len(p.parts) > 1]):
        shutil.copytree(out / "pagefind", stage / "pagefind")
    else:
        index(stage)


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(one, other, shallow=False)
