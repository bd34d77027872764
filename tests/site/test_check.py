"""The checks before a site goes out: each fault is found, with its page and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from thuis.errors import Problem
from thuis.site.check import check_page, dead_links, tell_dead

GOOD = '<!doctype html>\n<html lang="nl"><head><title>T</title></head><body><h1 id="a">T</h1>{}</body></html>'


def check_site(
    root: Path, languages: tuple[str, ...], exists: Callable[[str], bool], base: str = ""
) -> list[Problem]:
    """As a build does, page by page and then the links."""
    texts = {p.relative_to(root).as_posix(): p.read_text("utf-8") for p in sorted(root.rglob("*.html"))}
    seen = {name: check_page(name, text, languages, base) for name, text in texts.items()}
    known = {name: found for name, (found, _) in seen.items()}
    dead = dead_links(known, lambda p: (root / p).is_file() or exists(p))
    told = [each for _, problems in seen.values() for each in problems]
    return told + [p for name in dead for p in tell_dead(name, texts[name], dead[name], known, base)]


def problems(tmp_path: Path, body: str, html: str = GOOD) -> list[str]:
    folder = tmp_path / "nl"
    folder.mkdir()
    (folder / "index.html").write_text(html.replace("{}", body), "utf-8")
    (folder / "other.html").write_text(GOOD.replace("{}", ""), "utf-8")
    return [str(each) for each in check_site(tmp_path, ("nl", "en"), lambda path: path == "data/x.csv")]


def test_a_good_page_passes(tmp_path: Path) -> None:
    body = '<h2>A</h2><a href="other.html#a">o</a><a href="#a">s</a><a href="../data/x.csv">d</a>'
    assert problems(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<a href="gone.html">x</a>', "leads nowhere: 'gone.html'"),
        ('<a href="../data/y.csv">x</a>', "leads nowhere"),
        ('<a href="#b">x</a>', "anchor that is not there: '#b'"),
        ('<a href="other.html#b">x</a>', "anchor that is not there"),
        ('<p id="a"></p>', "id 'a' stands 2 times"),
        ('<section aria-labelledby="zz"></section>', "points to id 'zz'"),
        ("<h3>x</h3>", "heading h3 follows h1"),
        ("<h1>x</h1>", "2 first headings"),
        ('<img src="other.html">', "no text alternative"),
        ("<svg></svg>", "no text alternative"),
        ('<p lang="xx">x</p>', "unknown language 'xx'"),
        ("<p><b>x</p>", "closes nothing that is open"),
    ],
)
def test_a_fault_is_found(tmp_path: Path, body: str, said: str) -> None:
    found = problems(tmp_path, body)
    assert any(said in each for each in found), found
    assert all(each.startswith("nl/index.html") for each in found)


def test_the_language_of_the_page_is_that_of_its_folder(tmp_path: Path) -> None:
    assert any("in 'en'" in each for each in problems(tmp_path, "", GOOD.replace('lang="nl"', 'lang="en"')))


def test_links_below_a_fixed_base(tmp_path: Path) -> None:
    folder = tmp_path / "nl"
    folder.mkdir()
    body = '<a href="/m/nl/">x</a><a href="/m/nl/gone/">y</a><a href="https://example.org/">z</a>'
    (folder / "index.html").write_text(GOOD.replace("{}", body), "utf-8")
    found = [str(each) for each in check_site(tmp_path, ("nl",), lambda _: False, "/m")]
    assert len(found) == 1
    assert "/m/nl/gone/" in found[0]
