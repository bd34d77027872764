"""Every text of the pages of initiatives, what works, grants and municipalities is in the page's language.

Two looks: the tables of the example say every text in both languages, and no sentence of a page reads as
another language than the one it is marked as.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from thuis.language import LANGUAGES

KINDS = (
    "works",
    "situation",
    "activity",
    "grants",
    "directory",
    "initiative",
    "organisation",
    "municipality",
)
TABLES = ("knowledge/entries.csv", "knowledge/activities.csv", "grant-schemes.csv", "key-figures.csv")
_WORDS = {
    "nl": "de het een en van in op te dat die is zijn niet met voor aan bij om ook of naar dan er",
    "en": "the a an and of in on to that which is are not with for at by also or from than there",
}
OWN = {language: set(words.split()) for language, words in _WORDS.items()}
BLOCKS = {"p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "td", "th", "summary", "div", "label", "title"}


@pytest.mark.parametrize("name", TABLES)
def test_every_text_of_the_example_is_told_in_both_languages(root: Path, name: str) -> None:
    with (root / "examples" / "nederland" / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = {column[:-3] for column in rows[0] if column.endswith("_nl")}
    assert pairs == {column[:-3] for column in rows[0] if column.endswith("_en")} != set()
    for row in rows:
        for pair in pairs:
            told = {bool(row[f"{pair}_{language}"].strip()) for language in LANGUAGES}
            assert len(told) == 1, (row, pair)
    if name.endswith("entries.csv"):
        for row in rows:
            assert all(row[f"{pair}_nl"] for pair in pairs - {"effect", "measure"}), row["id"]


def pieces(element: html.HtmlElement, language: str) -> Iterator[tuple[str, str]]:
    """The language and the words of every block, without what a block or a piece in it says for itself."""
    language = element.get("lang") or language
    words: list[str] = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str) or child.tag in ("script", "style", "svg"):
            words.append(child.tail or "")
            continue
        apart = child.tag in BLOCKS or (child.get("lang") or language) != language
        inner = list(pieces(child, language))
        if apart:
            yield from inner
        else:
            yield from inner[:-1]
            words.append(inner[-1][1])
        words.append(child.tail or "")
    yield language, " ".join(words)


def strangers(page: Path, language: str) -> list[str]:
    """Blocks of a page that read as the other language."""
    other = next(each for each in OWN if each != language)
    found = []
    for marked, text in pieces(html.document_fromstring(page.read_text("utf-8")), language):
        words = re.findall(r"[a-zà-ÿ]+", re.sub(r"https?://\S+", "", text.lower()))
        mine, theirs = (
            sum(word in OWN[one] - OWN[two] for word in words)
            for one, two in ((language, other), (other, language))
        )
        if marked == language and theirs > max(mine, 1):
            found.append(" ".join(text.split()))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_page_is_in_another_language_than_it_says(full: Path, language: str) -> None:
    pages = [page for kind in KINDS for page in sorted((full / language / kind).rglob("index.html"))]
    assert len(pages) > 40
    found = {page.relative_to(full).as_posix(): strangers(page, language) for page in pages}
    assert {path: row for path, row in found.items() if row} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_works_and_grants_need_no_other_language(full: Path, language: str) -> None:
    for kind in ("works", "situation", "activity", "grants"):
        for page in sorted((full / language / kind).rglob("index.html")):
            main = html.document_fromstring(page.read_text("utf-8")).find(".//main")
            assert {each.get("lang") for each in main.iter() if each.get("lang")} <= {language}, page
            decimal = r"\b0\.\d" if language == "nl" else r"\b0,\d"
            assert not re.search(decimal, main.text_content()), page


def test_a_sentence_in_the_wrong_language_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<main><p>Dit is een zin.</p><dd>in the team that is not from here</dd></main>", "utf-8")
    assert strangers(page, "nl") == ["in the team that is not from here"]
    page.write_text('<main><p>Dit is <q lang="en">the one that is not from here</q>.</p></main>', "utf-8")
    assert strangers(page, "nl") == []
