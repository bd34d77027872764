"""Search: an index per language, and compounds found by their parts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.monitor import data_folder
from thuis.site.build import build_site
from thuis.site.search import hidden_words, index, splitter, within


def test_an_index_for_each_language(tmp_path: Path) -> None:
    build_site(data_folder(tmp_path / "data"), tmp_path)
    told = json.loads((tmp_path / "pagefind" / "pagefind-entry.json").read_text("utf-8"))["languages"]
    counts = {language: each["page_count"] for language, each in told.items()}
    assert counts == {"nl": 13, "en": 13}, "lists and the search page itself are no results"
    assert not (tmp_path / "pagefind" / "pagefind-ui.js").exists()


def some_pages(folder: Path, order: int) -> list[str]:
    """Forty pages in three languages, written and told in another order."""
    names = [f"{lang}/p{k}/index.html" for lang in ("nl", "en", "fr") for k in range(40)]
    for at, name in enumerate(names[::order]):
        lang, words = name[:2], " ".join(f"word{at * k % 97} huis{k}" for k in range(60))
        page = f"<html lang={lang}><head><title>{name}</title></head><body><main>{words}</main></body></html>"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(page.replace(words, f"{name} {len(name)} {words[:400]}"), "utf-8")
    return names[::order]


@pytest.mark.parametrize("order", [1, -1])
def test_the_same_pages_give_the_same_index_to_the_byte(tmp_path: Path, order: int) -> None:
    found = []
    for at in range(4):
        folder = tmp_path / f"at{at}"
        pages = some_pages(folder, 1)
        made = folder / "pagefind"
        with index(folder, pages[::order] if at % 2 else pages, lambda: None):
            assert not (made / "pagefind-entry.json").is_file(), "other work begins before it is made"
        found.append({p.relative_to(made).as_posix(): p.read_bytes() for p in made.rglob("*") if p.is_file()})
    assert len(found[0]) > 120
    assert all(each == found[0] for each in found)


def test_a_compound_carries_the_keyword_within_it() -> None:
    words = hidden_words("Arbeidsmarktdiscriminatie neemt af.", ["werk"], within(["discriminatie"]))
    assert words.split() == ["werk", "discriminatie"]


def test_the_vocabulary_may_split_more() -> None:
    splits = splitter({"inburgeringsplicht": ["inburgering", "plicht"]})
    assert hidden_words("De inburgeringsplicht", [], splits) == "inburgering plicht"


def test_without_vocabulary_nothing_is_split() -> None:
    assert splitter({})("inburgeringsplicht") == []
    assert within(["taal"])("taaltoets") == [], "short words split by accident"


def test_the_page_carries_the_hidden_words(built: Path) -> None:
    html = (built / "nl/indicator/discrimination-at-work/index.html").read_text("utf-8")
    words = re.findall(r'data-search="([^"]*)" data-pagefind-index-attrs="data-search"', html)[0].split()
    assert words[:2] == ["discriminatie", "werk"]
    assert {"discrimineren", "werkloosheid"} <= set(words)
    assert "onderwijs" not in words, "a page is not found by what it only compares by"
