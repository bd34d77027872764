"""The role ``use`` reaches the bars of 85 % precision at 85 % recall in every genre with labels."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from thuis.documents import Document, from_text
from thuis.vocabulary.model import ROLES
from thuis.vocabulary.roles import role_of

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("screening", ROOT / "benchmarks" / "screening.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_use_is_told_from_mention_in_every_genre(bench: ModuleType) -> None:
    cases = list(bench.own())
    assert len(cases) > 100
    for genre, (_, precision, recall) in bench.scores(cases).items():
        assert precision >= 0.85 and recall >= 0.85, genre


def test_roles_other_than_use_are_named_rightly(bench: ModuleType) -> None:
    cases = [case for case in bench.own() if case[1] not in bench.USE]
    right = sum(label == role for _, label, role, _, _ in cases)
    assert right / len(cases) >= 0.8
    assert {role for _, _, role, _, _ in cases} <= set(ROLES)


def test_law_text_labelled_by_others(bench: ModuleType, shared: Path) -> None:
    [(count, precision, recall)] = bench.scores(list(bench.laws())).values()
    assert count == 80 and precision >= 0.85 and recall >= 0.85


@pytest.mark.parametrize(
    ("source", "role"),
    [
        ("<blockquote>De allochtonen in de wijk.</blockquote>", "quotation"),
        ("<p>De allochtonen in de wijk.</p>", "use"),
        ("<pre>allochtonen = de_wijk</pre><p>En dit is de tekst van de pagina.</p>", "other-sense"),
        (
            "<table><tr><td>allochtonen</td><td>12</td></tr></table><p>En dit is de rest.</p>",
            "statistical-series",
        ),
    ],
)
def test_the_kind_of_block_counts(source: str, role: str) -> None:
    document = from_text(source, format="html")
    assert isinstance(document, Document)
    start = document.text.index("allochtonen")
    found = role_of(document, start, start + 11, "allochtoon", "letter", document.blocks)
    assert found.role == role


def test_an_address_is_no_use() -> None:
    text = "Zie [de regeling](https://voorbeeld.nl/inburgering/allochtone/vrouwen/g31) voor meer."
    start = text.index("allochtone")
    assert role_of(text, start, start + 10, "allochtoon", "letter").role == "name"


def test_an_apostrophe_opens_no_quotation() -> None:
    text = "'s Avonds spreken allochtonen met foto's en video's over de wijk."
    start = text.index("allochtonen")
    assert role_of(text, start, start + 11, "allochtoon", "letter").role == "use"


def test_a_word_that_begins_a_line_after_a_full_stop_is_no_address() -> None:
    text = "Dat was het.\nAllochtonen werken hard."
    assert role_of(text, 13, 24, "allochtoon").role == "use"
    assert role_of("Zie www.allochtonen.nl", 8, 19, "allochtoon").role == "name"


def test_a_term_that_has_a_capital_of_its_own_is_not_a_name_for_it() -> None:
    text = "Veel mensen van Antilliaanse afkomst wonen hier. Zij komen van de Nederlandse Antillen zelf."
    assert role_of(text, 16, 28, "antilliaan", "report").role == "use"
    assert role_of(text, 66, 86, "nederlandse-antillen", "report").role == "use"
