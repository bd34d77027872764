"""Vocabulary and dossier: terms with their history, letters with notes in the margin, the ledger."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support import records
from thuis.contract.dossier import Commitment, Letter
from thuis.contract.folder import read_folder
from thuis.dossier.downloads import LETTER_FORMS
from thuis.errors import ThuisError
from thuis.language import LANGUAGES
from thuis.site.charts.terms import terms
from thuis.site.views.letter import kinds
from thuis.site.voice import Voice


def page(public: Path, path: str) -> str:
    return (public / path / "index.html").read_text("utf-8")


def change(public: Path, name: str, edit: Callable[[Any], None]) -> None:
    path = public / "data" / name
    value = json.loads(path.read_text("utf-8"))
    edit(value)
    path.write_text(json.dumps(value), "utf-8")


def problems(public: Path) -> str:
    with pytest.raises(ThuisError) as error:
        read_folder(public / "data")
    return str(error.value)


LETTER = f"nl/letter/{records.LETTER}"


def test_a_term_has_status_history_and_a_way_to_its_replacement(full: Path) -> None:
    html = page(full, "nl/terms/oud-woord")
    assert "vermijden" in html
    assert 'href="../begrip-preferred/"' in html
    assert "tot 1 november 2016" in html
    assert "1999 – 1 november 2016" in html
    assert 'href="https://example.org/cbs"' in html
    assert "mei 1999" in html
    assert "Komt in de plaats van" in page(full, "nl/terms/begrip-preferred")


def test_a_term_says_its_own_language(full: Path) -> None:
    assert '<h1 lang="en">old word</h1>' in page(full, "nl/terms/old-word")
    assert "<h1>old word</h1>" in page(full, "en/terms/old-word")
    assert '<h1 lang="nl">oud woord</h1>' in page(full, "en/terms/oud-woord")


def test_the_list_counts_each_status(full: Path) -> None:
    html = page(full, "nl/terms")
    assert "vermijden (2)" in html
    assert html.count('<li class="s-') == 9


def test_the_vocabulary_feeds_the_search(full: Path) -> None:
    words = re.search(r'data-search="([^"]*)"', page(full, "nl/indicator/discrimination-at-work"))
    assert words
    assert "arbeidsmarkt" in words[1].split()


def test_a_letter_shows_its_text_as_it_is(full: Path) -> None:
    html = page(full, LETTER)
    assert "Aanleiding &lt;script&gt;alert(2)&lt;/script&gt;" in html
    text = re.sub(r"<[^>]+>", "", html.partition('id="b2"')[2].partition('<div class="margin">')[0])
    assert "Ik zeg toe dat ik dit in het najaar meld, zie Kamerstuk 99999, nr. 7.1" in text


def test_spans_nest(full: Path) -> None:
    assert (
        '<span class="promise" id="said-t-open">Ik zeg toe dat ik dit in het najaar meld, zie '
        '<a class="cited certain" href="https://example.org/kst-99999-7">Kamerstuk 99999, nr. 7</a>.</span>'
    ) in page(full, LETTER)


def test_a_note_stands_beside_its_marker_and_one_without_is_listed(full: Path) -> None:
    html = page(full, LETTER)
    assert '<a class="note-marker" href="#n1" id="n1-marker">1</a>' in html
    beside = html.partition('id="b2"')[2].partition('id="b3"')[0]
    assert 'id="n1"' in beside
    orphans = html.partition('id="orphans"')[2]
    assert 'id="n2"' in orphans
    assert "geen verwijzing in de tekst" in orphans


def test_doubts_about_a_citation_are_said(full: Path) -> None:
    html = page(full, LETTER)
    assert "het zittingsjaar past niet bij de datum" in html
    assert '<a href="https://example.org/6">Kamerstuk 99 999, nr. 6</a> (zelfde dag)' in html
    assert "Pagina 2 ontbreekt." in html
    assert '<span class="cited candidate">deze motie</span>' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_downloads_of_a_page_go_by_one_name(language: str) -> None:
    letter = [f"dossier/kst-1-2{ending}" for ending in LETTER_FORMS]
    ledger = [
        f"dossier/{name}" for name in ("commitments.csv", "commitments.xml", "measures.csv", "graph.jsonld")
    ]
    for paths in (letter, ledger):
        shown = [name for name, _ in kinds("dossier.json", paths, Voice(language))]
        assert len(set(shown)) == len(shown) == len(paths) + 1, shown


def test_a_commitment_is_one_click_from_its_sentence_and_back(full: Path) -> None:
    ledger = page(full, "en/ledger")
    assert f'href="../letter/{records.LETTER}/#b2"' in ledger
    assert 'href="../../ledger/#t-open"' in page(full, LETTER)
    assert 'href="../../ledger/#t-open"' in page(full, "en/theme/trust")
    assert "31 December 2022" in ledger
    assert ledger.index('id="t-open"') < ledger.index('id="t-lapsed"')


def test_the_four_states_are_counted(full: Path) -> None:
    html = page(full, "nl/dossier")
    for words in ("Openstaand", "Deels voldaan", "Voldaan", "Vervallen"):
        assert words in html


def test_every_dated_promise_is_on_the_time_line() -> None:
    """One without a term runs on until this version; a term that is no date is no end either."""
    made = {"id": "a", "text": "Beloofd.", "status": "open", "date": "2022-04-19"}
    ends = [{}, {"due": "2023-01-01"}, {"due": "voor de zomer"}, {"date": "2026-12-31"}, {"date": None}]
    promised = [Commitment.model_validate(made | each) for each in ends]
    drawn = terms(promised, dt.date(2026, 11, 25), Voice("en"))
    assert drawn is not None
    assert sorted((span.open, span.end > span.x) for span in drawn.spans) == [
        (False, True),
        (True, False),
        (True, True),
        (True, True),
    ]
    assert "Commitments: 4, of which without an end date: 3." in drawn.description
    assert "Beloofd" not in drawn.description, "the text alternative of an English page holds no Dutch"
    assert terms(promised[-1:], dt.date(2026, 11, 25), Voice("en")) is None


def test_the_timeline_runs_in_order_of_time(full: Path) -> None:
    html = page(full, "nl/timeline")
    order = [html.index(each) for each in ("Vierde meting", "Debat", "De brief", "Afgedaan")]
    assert order == sorted(order)
    assert "april 2022" in html
    assert f'href="../letter/{records.LETTER}/#b2"' in html
    assert 'href="../ledger/#t-met"' in html


def test_an_edge_stands_with_its_sentence(full: Path) -> None:
    html = page(full, "nl/measures")
    assert "vloeit voort uit" in html
    assert "<q>Ik zeg toe" in html
    assert "€ 1.250.000" in html


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([(0, 10), (5, 15)], "5–15 crosses another"),
        ([(0, 99)], "outside its 20 characters"),
        ([(4, 4)], "outside"),
    ],
)
def test_spans_that_cannot_be_drawn_are_refused(spans: list[tuple[int, int]], said: str) -> None:
    block = {
        "id": "b",
        "kind": "paragraph",
        "text": "x" * 20,
        "spans": [{"start": a, "end": b, "kind": "citation", "ref": "c"} for a, b in spans],
    }
    with pytest.raises(ValueError, match=said):
        Letter.model_validate({"id": "l", "title": "t", "blocks": [block]})


@pytest.mark.parametrize(
    ("name", "edit", "said"),
    [
        ("vocabulary.json", lambda raw: raw["terms"][0].update(status="avoided"), "did you mean 'avoid'"),
        ("vocabulary.json", lambda raw: raw["terms"].append(raw["terms"][0]), "two entries have the id"),
        ("dossier.json", lambda raw: raw["commitments"][0].update(status="done"), "status is 'done'"),
        ("dossier.json", lambda raw: raw["letters"][0].pop("blocks"), "letters 'kst-99999-1' lacks 'blocks'"),
        ("dossier.json", lambda raw: raw["events"][0].update(kind="party"), "kind is 'party'"),
        ("dossier.json", lambda raw: raw["measures"][0].update(kind="wish"), "kind is 'wish'"),
    ],
)
def test_a_wrong_record_is_named(copied: Path, name: str, edit: Callable[[Any], None], said: str) -> None:
    change(copied, name, edit)
    text = problems(copied)
    assert name in text
    assert said in text
