"""The matcher: whole words in any case, the longest form, places in characters; generated spellings."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuis.vocabulary import load_vocabulary
from thuis.vocabulary.forms import forms
from thuis.vocabulary.match import Matcher, word_around
from thuis.vocabulary.model import Form

WORDS = ("migrant", "niet-westerse allochtonen", "westerse", "één", "integratie")
MATCHER = Matcher(
    (
        *(Form(word, word, "base") for word in WORDS),
        Form("allochtonen", "allochtonen*", "compound", open=True),
    )
)
CLOSED = Matcher(MATCHER.forms[:-1])
DUTCH = Matcher(
    tuple(f for f in forms(load_vocabulary()) if load_vocabulary().by_id[f.term].language == "nl")
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Migrant", ["migrant"]),
        ("émigrant migrante", []),
        ("niet-westerse  allochtonen", ["niet-westerse allochtonen"]),
        ("niet-westerse\nallochtonen", ["niet-westerse allochtonen"]),
        ("niet-westerse\u00a0allochtonen", ["niet-westerse allochtonen"]),
        ("het allochtonenbeleid", ["allochtonen*"]),
        ("Westerschelde", []),
        ("(westerse)", ["westerse"]),
        ("Eén en ÉÉN", ["één"]),
        ("migrant,integratie;migrant", ["migrant", "integratie", "migrant"]),
        ("", []),
    ],
)
def test_whole_words_in_any_case(text: str, expected: list[str]) -> None:
    assert [each.form.term for each in MATCHER.find(text)] == expected


SPELLINGS = """
allochtonen allochtone niet-westerse niet-westers nieuwkomers statushouders gelukszoekers
migratieachtergronden inburgeringsplichtigen allochtonenbeleid integratiebeleid
tweedegeneratiemigranten nietwesterse tweede-generatie
"""


@pytest.mark.parametrize("word", SPELLINGS.split())
def test_the_words_that_stemmers_miss_are_found(word: str) -> None:
    found = DUTCH.find(f"Over {word} gaat het.")
    assert [(each.start, each.end) for each in found] == [(5, 5 + len(word))]


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from([*WORDS, "ëen", " ", "-", "x", "é", "\n", ".", "re", "€", "😀"]), max_size=12)
)
def test_places_are_characters_and_agree_with_a_plain_search(parts: list[str]) -> None:
    text = "".join(parts)
    found = CLOSED.find(text)
    for each in found:
        shown = " ".join(text[each.start : each.end].casefold().split())
        assert shown == each.form.text
        assert not text[each.start - 1 : each.start].isalnum()
        assert not text[each.end : each.end + 1].isalnum()
    plain = [each.start() for each in re.finditer(r"(?i)\bmigrant\b", text)]
    assert [each.start for each in found if each.form.term == "migrant"] == plain


def test_the_word_around_a_hit_keeps_what_is_attached() -> None:
    text = "de (re)integratie van"
    assert word_around(text, 7, 17) == "(re)integratie"


def test_a_term_without_inflections_gets_the_regular_ones() -> None:
    from thuis.vocabulary.model import Term, Vocabulary

    terms = (
        Term("a", "dorpsgenoot", "nl", "preferred"),
        Term("b", "halfdoof", "nl", "avoid", "adjective"),
        Term("c", "hulp", "nl", "allowed", plural=("-",)),
        Term("d", "small town", "en", "allowed", "phrase", article="the"),
        Term("e", "wijk", "nl", "allowed", plural=("wijken",)),
    )
    found = {form.text for form in forms(Vocabulary(terms))}
    assert found == {
        "dorpsgenoot", "dorpsgenoten", "halfdoof", "halfdove", "hulp", "small town", "small towns", "wijk",
        "wijken",
    }  # fmt: skip


def test_the_rules_make_the_inflections_that_people_wrote_down_but_for_four() -> None:
    from thuis.vocabulary.inflect import plural, with_e

    vocabulary = load_vocabulary()
    wrong = [
        (term.term, term.plural)
        for term in vocabulary.terms
        if term.kind == "noun" and term.plural not in ((), ("-",))
        if not set(term.plural) & set(plural(term.term, term.language))
    ]
    assert [term for term, _ in wrong] == ["Antilliaan", "asielkind", "asielzoekerscentrum", "moslim"]
    for term in vocabulary.terms:
        if term.kind == "adjective" and term.language == "nl":
            assert set(term.inflected) & set(with_e(term.term)), term.term
