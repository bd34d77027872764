"""The monitor's own texts: labels are screened, questions as they were asked are not held against it."""

from __future__ import annotations

from thuis.vocabulary import load_vocabulary
from thuis.vocabulary.texts import Text, screen_texts

LABEL = Text("breakdowns/origin.yaml, nl", "Personen met een migratieachtergrond")


def found(*texts: Text, fine: bool = False) -> list[tuple[str, str, str]]:
    hits = screen_texts(texts, load_vocabulary(), "2026-11-25", fine)
    return [(each.where, each.hit.text, each.hit.level) for each in hits]


def test_a_label_is_told_with_its_place() -> None:
    assert found(LABEL) == [("breakdowns/origin.yaml, nl", "migratieachtergrond", "replace")]


def test_a_question_as_it_was_asked_is_quoted() -> None:
    asked = Text("indicators/contact.yaml", "Hoe vaak spreekt u allochtonen?", quoted=True)
    assert found(asked) == []
    assert found(asked, fine=True) == [("indicators/contact.yaml", "allochtonen", "fine")]


def test_a_text_of_a_wave_is_judged_as_of_that_wave() -> None:
    assert found(Text("waves/2018.yaml", LABEL.text, date="2018")) == []
    assert found(Text("waves/2018.yaml", LABEL.text, date="2024")) != []


def test_each_text_is_read_in_its_own_language() -> None:
    english = Text("en", "People with a migration background", "en")
    assert found(english, Text("x", english.text, "nl")) == [("en", "migration background", "replace")]


def test_an_empty_text_is_no_problem() -> None:
    assert found(Text("leeg", ""), Text("kort", "Ja")) == []
