"""Build the site: every page rendered and checked aside, then exchanged with the one that stands."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

from thuis.contract.folder import DataFolder, read_folder
from thuis.errors import Problem, ThuisError, raise_all
from thuis.exchange import link, replace_folder
from thuis.fingerprint import code, of_file, of_standing
from thuis.site import kept
from thuis.site.check import check_page, dead_links, tell_dead
from thuis.site.colour import check_theme
from thuis.site.crew import Refused, make_all, maker
from thuis.site.feeds import write_feeds
from thuis.site.looked import NOBODY, First, Looked
from thuis.site.page import UNSEARCHED, Addresses, html_of
from thuis.site.pages import twice
from thuis.site.parts import Contents, digest
from thuis.site.pictures import MADE_BY, PNG, listing
from thuis.site.render import Renderer, environment
from thuis.site.search import index
from thuis.site.units import Made, Unit, Written, keywords, units, write
from thuis.site.voice import Voice

INDEXED = Path("theme/search.txt")
"""In the built site: of which pages its search index was made."""


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
    data: DataFolder,
    before: Path,
    *,
    theme: Path | None = None,
    search: bool = True,
    keep: Path | None = None,
    later: bool = False,
    looked: Looked | None = None,
) -> Counter[str]:
    """Write the pages beside a data folder that was read, and check them.

    :param before: the site that stands, from which what did not change is taken.
    :param later: leave the search index that stands though pages changed: the next build makes it.
    :param keep: the file that lists what pages were made of; with it, unchanged pages are not made again.
    :param looked: who looks at pages meanwhile; these are made first.
    :returns: how many pages of each kind.
    :raises ThuisError: as :func:`build_site`.
    """
    look = Look("", theme, search, keep, later, looked or NOBODY)
    return _write_site(data, data.folder.parent, before, look)


@dataclass(frozen=True, slots=True)
class Look:
    """How a site is made: prefix of its addresses, theme, whether it is searched, where units are kept, who
    looks at it meanwhile."""

    base: str
    theme: Path | None
    search: bool
    keep: Path | None = None
    later: bool = False
    looked: Looked = NOBODY

    @property
    def content(self) -> Callable[[str], str]:
        """The digest of what a file holds."""
        return of_standing if self.later else of_file


def _write_site(found: DataFolder, stage: Path, before: Path, look: Look) -> Counter[str]:
    contents = Contents(found, lambda language: _everywhere(found, language, look.base), look.content)
    with ExitStack() as searched:

        def index(made: Iterable[Made]) -> None:
            if look.search:
                searched.enter_context(_index(stage, before, made, look))

        made = _write_units(found, stage, before, look, contents, index)
        pages = [(each.unit.language, page) for each in made for page in each.pages]
        of_one = [page for language, page in pages if language == found.languages[0]]
        raise_all(twice((page.key, page.title) for page in of_one))
        _write_rest(found, stage, look, pages)
        raise_all([*(each for unit in made for each in unit.problems), *_check(found, stage, look, pages)])
    if look.keep:
        kept.keep(look.keep, made, contents)
    return Counter(page.kind for _, page in pages)


def _everywhere(data: DataFolder, language: str, base: str) -> list[str]:
    """What every page of a language depends on: code, the menu around it, the words that search splits."""
    frame = Renderer(data, Voice(language), base)
    words = sorted(set(keywords(data, language)))
    return [code(), base, *frame.menu, *frame.about, *words, repr(sorted(data.vocabulary.splits.items()))]


def _write_units(
    data: DataFolder,
    stage: Path,
    before: Path,
    look: Look,
    contents: Contents,
    index: Callable[[list[Made]], None],
) -> list[Made]:
    """Every unit of the site in order: those that are as they were from the site that stands, others anew.

    :param index: called once, as soon as all units are made that search may find.
    """
    wanted = units(data)
    searched = [each for each in wanted if not each.last]
    known = kept.Kept.read(look.keep, wanted)
    given = (data.folder, stage, before, look.base)
    here, first = maker(data, given), First.of(look.looked, known.pages())
    first.turn(here)
    there: dict[Unit, Made] = {}
    for unit in wanted:
        same = known.same(unit, contents)
        if same and kept.take_over(same, before, stage, look.content):
            there[unit] = same
    todo = [each for each in wanted if each not in there]

    def turn(made: Mapping[Unit, Made | Refused]) -> None:
        first.turn(here)
        found = [each for unit in searched if isinstance(each := there.get(unit, made.get(unit)), Made)]
        if searched and len(found) == len(searched):
            searched.clear()
            index(found)

    there |= {each.unit: each for each in make_all(todo, here, given, turn)}
    turn(there)
    return [there[each] for each in wanted]


def _write_rest(data: DataFolder, stage: Path, look: Look, pages: list[tuple[str, Written]]) -> None:
    """What is no page of a language: the choice of one, feeds, style, the page for no page."""
    write(stage / "index.html", _choice(data, look.base))
    png = (
        (html_of(p.key, language).replace("index.html", PNG), p.svg, p.png) for language, p in pages if p.png
    )
    write(stage / MADE_BY, listing(png))
    write_feeds(data, [(language, page.key, page.kind) for language, page in pages], stage)
    _write_theme(data, stage, look.theme)
    write(stage / "404.html", _missing(data, look.base, stage / "theme"))


def _check(data: DataFolder, stage: Path, look: Look, pages: list[tuple[str, Written]]) -> list[Problem]:
    """What is wrong with pages as parts of one site, with the pages beside them, and with the theme."""
    facts = {html_of(page.key, language): page.facts for language, page in pages}
    problems: list[Problem] = []
    for name in ("index.html", "404.html"):
        facts[name], wrong = check_page(name, (stage / name).read_text("utf-8"), data.languages, look.base)
        problems += wrong
    for name, dead in dead_links(facts, lambda path: (stage / path).is_file()).items():
        problems += tell_dead(name, (stage / name).read_text("utf-8"), dead, facts, look.base)
    return problems + check_theme((stage / "theme" / "theme.css").read_text("utf-8"))


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


OFFER = ("directory.js", "directory-search.js", "stemmers.js")
"""Scripts of the directory's page."""
TOWNS = ("beside.js",)
"""Scripts of a municipality's page."""


def _write_theme(data: DataFolder, stage: Path, theme: Path | None) -> None:
    """Own style and script, the theme's variables (ours or the user's), and the warning for print."""
    folder = stage / "theme"
    folder.mkdir(parents=True, exist_ok=True)
    source = files("thuis.site") / "theme"
    own = (*(OFFER if data.directory else ()), *(TOWNS if data.municipalities else ()))
    for name in (
        "site.css",
        "enhance.js",
        "groups.js",
        "chosen.js",
        "search.js",
        "choose.js",
        "icon.svg",
        *own,
    ):
        write(folder / name, (source / name).read_text("utf-8"))
    css = (source / "theme.css").read_text("utf-8")
    if theme is not None:
        try:
            css = theme.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ThuisError(f"the theme cannot be read: {error}") from error
    write(folder / "theme.css", css)
    for language in data.languages:
        said = Voice(language).say(data.synthetic) if data.synthetic else ""
        quoted = said.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
        write(folder / f"print-{language}.css", f'@page{{@bottom-left{{content:"{quoted}"}}}}\n')


@contextmanager
def _index(stage: Path, out: Path, made: Iterable[Made], look: Look) -> Iterator[None]:
    """Make the search index while other work is done, or keep the one in place when no page it finds changed:
    it is made of nothing else. Pages that search does not find are not shown to it, for reading them takes as
    long."""
    found = [
        (html_of(page.key, unit.unit.language), page.html)
        for unit in made
        for page in unit.pages
        if page.kind not in UNSEARCHED
    ]
    told = digest(version("pagefind"), *(f"{path} {html}" for path, html in found)) + "\n"
    stands = (out / "pagefind" / "pagefind.js").is_file()
    told = _said(out / INDEXED) if stands and look.later else told
    if stands and _said(out / INDEXED) == told:
        shutil.copytree(out / "pagefind", stage / "pagefind", copy_function=link, dirs_exist_ok=True)
        yield
    else:
        with index(stage, [path for path, _ in found], look.looked.wanted):
            yield
    write(stage / INDEXED, told)


def _said(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""
