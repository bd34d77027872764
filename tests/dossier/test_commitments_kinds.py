"""Promises in plain words, each as one of its kind, and the labels made before the rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.labels import read_labels, score_sentences
from thuis.dossier.commitments import MEASURED, classify, find_commitments
from thuis.dossier.commitments.terms import term_in
from thuis.dossier.letter import read_letter
from thuis.dossier.reading import read_citations

GOLD = Path(__file__).parent / "gold"


def kind(sentence: str, role: str = "government") -> str | None:
    judged = classify(sentence, role)  # type: ignore[arg-type]
    return judged.kind if judged else None


@pytest.mark.parametrize(
    "sentence",
    [
        "Ik zal uw Kamer hierover informeren.",
        "Dit komt in de ministerraad, waarna ik uw Kamer spoedig zal informeren.",
        "Het kabinet zal in een separate brief op deze vraag ingaan.",
        "In het eerste kwartaal van 2026 stuur ik uw Kamer de evaluatie.",
        "Eind 2025 ontvangt uw Kamer een brief.",
        "Ik houd uw Kamer op de hoogte.",
        "Wij komen in het najaar met een wetsvoorstel.",
        "Uw Kamer wordt in Q2 2026 nader geïnformeerd.",
        "Voor het einde van 2025 rapporteert het kabinet aan de Kamer.",
        "Ik leg het voorstel deze zomer aan uw Kamer voor.",
        "De uitkomsten worden na het reces met uw Kamer gedeeld.",
        "Ik bericht u over drie maanden over de uitkomsten.",
        "De Minister van Financiën zal de Kamer voor 1 mei een overzicht doen toekomen.",
        "Dat neem ik mee in mijn gesprek met de sector.",
        "Ik laat dat uitzoeken.",
        "Ik ben graag bereid dat te onderzoeken.",
        "Dat zal ik doen.",
        "De resultaten verwacht ik in het voorjaar, daarna informeer ik uw Kamer.",
        "Naar verwachting kan ik uw Kamer in mei informeren.",
        "De minister zegt toe de Kamer voor de zomer te informeren.",
        "Zodra het rapport er is, stuur ik het aan uw Kamer.",
        "Dat kan ik niet toezeggen, maar ik zal het wel laten uitzoeken.",
        "Ik zal niet alleen de Kamer informeren, maar ook de gemeenten.",
    ],
)
def test_the_government_promises(sentence: str) -> None:
    assert kind(sentence) == "new"
    assert kind(sentence, "member") != "new", "a member promises nothing"


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        (None, "Met deze brief informeer ik uw Kamer over de voortgang."),
        (None, "Hierbij stuur ik u de evaluatie."),
        (None, "Ik hoop u hiermee voldoende te hebben geïnformeerd."),
        (None, "Hopelijk heb ik u zo voldoende ingelicht."),
        (None, "Het kabinet hoopt uw vragen naar tevredenheid te hebben beantwoord."),
        (None, "Bijgaand ontvangt uw Kamer het rapport."),
        (None, "In deze brief zal ik achtereenvolgens ingaan op de cijfers en het beleid."),
        (None, "Het kabinet zal eerst ingaan op de ondersteuning van gemeenten."),
        (None, "Op 15 februari heb ik uw Kamer over de uitkomsten geïnformeerd."),
        (None, "Daar kom ik zo op terug."),
        (None, "Ik kom daar in de tweede termijn op terug."),
        (None, "Met deze brief voldoe ik aan uw verzoek."),
        (None, "De gemeente zal de inwoners in mei informeren."),
        (None, "Zal ik u in 2026 informeren?"),
        (None, "Ik wil benadrukken dat dit belangrijk is."),
        ("repeated", "Daarbij kondigde ik voor het najaar een brief aan."),
        ("repeated", "Zoals aangekondigd stuur ik u in mei het plan."),
        ("repeated", "Ik heb uw Kamer gemeld dat ik u voor de zomer zal informeren."),
        ("repeated", "Met deze brief kom ik tegemoet aan enkele toezeggingen."),
        ("intention", "Ik ben voornemens uw Kamer in het voorjaar te informeren."),
        ("intention", "Het kabinet streeft ernaar de wet in 2026 in te dienen."),
        ("intention", "Ik verwacht uw Kamer voor de zomer te kunnen informeren."),
        ("intention", "We willen dit jaar resultaat boeken."),
        ("refused", "Ik ben niet voornemens de regeling te verlengen."),
        ("refused", "Ik zal uw Kamer daar niet over informeren."),
        ("conditional", "Ik zal de Kamer informeren als het niet lukt."),
        ("conditional", "Mocht dat nodig zijn, dan zal ik uw Kamer informeren."),
    ],
)
def test_what_is_no_new_promise(expected: str | None, sentence: str) -> None:
    assert kind(sentence) == expected


@pytest.mark.parametrize(
    ("expected", "role", "sentence"),
    [
        ("new", "chair", "De minister zegt de Kamer, naar aanleiding van vragen van Bos, toe dat te doen."),
        ("new", "chair", "Minister Donner zegt toe de definities bij de herziening te zullen bekijken."),
        ("new", "unknown", "De staatssecretaris zegt de Kamer toe dat het overleg wordt voortgezet."),
        ("repeated", "chair", "De staatssecretaris heeft deze toezegging op 12 juni herhaald."),
        ("request", "chair", "De Kamer verneemt graag vóór 5 april een prognose van de toezeggingen."),
        ("request", "member", "Wil zij binnen zes weken rapporteren hoe die contacten zijn verlopen?"),
        ("request", "member", "De commissie verzoekt de regering de richtlijn te doen toekomen."),
        ("request", "member", "Ik zou graag een extra brief krijgen over de stukken."),
        ("by-reference", "member", "Welke gevolgen verbindt u aan de toezegging van uw ambtsvoorganger?"),
        ("by-reference", "member", "Onderkent u dat die toezegging ook de Kiesraad betrof?"),
        (None, "member", "Ik heb die brief nog niet ontvangen."),
        (None, "member", "De Kamer, gehoord de beraadslaging, verzoekt de regering een brief te sturen."),
    ],
)  # fmt: skip
def test_others_and_registers(expected: str | None, role: str, sentence: str) -> None:
    assert kind(sentence, role) == expected


@pytest.mark.parametrize(
    ("name", "right", "recall", "precision"),
    [
        ("commitments-a", 0.95, 0.95, 0.95),
        ("commitments-debates-dev", 0.90, 0.85, 0.85),
        ("commitments-debates-held", 0.90, 0.95, 0.95),
        ("commitments-letters-held", 0.90, 0.95, 0.95),
        ("commitments-fresh", 0.90, 0.95, 0.95),
        ("commitments-spoken", 0.85, 0.90, 0.85),
        ("commitments-spoken-2", 0.80, 0.65, 0.95),
        ("commitments-spoken-3", 0.85, 0.80, 0.85),
        ("commitments-spoken-4", 0.90, 0.85, 0.85),
        ("commitments-spoken-5", 0.80, 0.70, 0.75),
        ("commitments-spoken-6", 0.90, 0.80, 0.90),
        ("commitments-spoken-7", 0.90, 0.85, 0.90),
        ("commitments-spoken-8", 0.80, 0.85, 0.90),
        ("commitments-spoken-9", 0.85, 0.75, 0.60),
        ("commitments-one-day", 0.95, 0.90, 0.85),
        ("commitments-written", 0.95, 0.95, 0.95),
        ("commitments-written-2", 0.95, 0.95, 0.95),
        ("commitments-written-3", 0.90, 0.90, 0.95),
        ("commitments-outside-1", 0.90, 0.85, 0.85),
        ("commitments-outside-2", 0.85, 0.85, 0.85),
        ("commitments-outside-7", 0.75, 0.80, 0.90),
        ("commitments-outside-8", 0.90, 0.85, 0.95),
        ("commitments-outside-9", 0.88, 0.85, 0.85),
        ("commitments-outside-10", 0.78, 0.85, 0.50),
        ("commitments-outside-11", 0.75, 0.40, 0.95),
        ("commitments-outside-12", 0.90, 0.85, 0.95),
        ("commitments-outside-13", 0.90, 0.85, 0.78),
        ("commitments-outside-14", 0.85, 0.75, 0.85),
        ("commitments-written-5", 0.90, 0.90, 0.90),
        ("commitments-written-6", 0.85, 0.85, 0.90),
        ("commitments-written-7", 0.90, 0.90, 0.95),
        ("commitments-written-8", 0.85, 0.85, 0.85),
        ("commitments-written-9", 0.80, 0.70, 0.95),
    ],
)
def test_the_labels(name: str, right: float, recall: float, precision: float) -> None:
    score = score_sentences(read_labels(GOLD / f"{name}.jsonl"), kind)
    assert score.right / score.sentences >= right, score.wrong
    assert (score.kinds["new"].recall or 0) >= recall, score.kinds["new"].missed
    assert (score.kinds["new"].precision or 0) >= precision, score.kinds["new"].wrong


def test_speech_without_a_new_promise() -> None:
    """A set of debates and answers in which nothing is promised anew; its first sight is in decision 1300."""
    score = score_sentences(read_labels(GOLD / "commitments-outside-3.jsonl"), kind)
    assert score.right / score.sentences >= 0.88, score.wrong
    assert "new" not in score.kinds


@pytest.mark.parametrize(
    ("sentence", "role", "expected"),
    [
        ("Dat was geen toezegging, maar een verwachting.", "government", None),
        ("Dit is geen toezegging.", "government", "refused"),
        ("Ik stuur de Kamer de nota voor de zomer, hoop ik.", "government", "intention"),
        ("Wij sturen de evaluatie in mei naar de Kamer, dat is de bedoeling.", "government", "intention"),
        ("Ik stuur de Kamer voor de zomer een brief over mijn streven.", "government", "new"),
        ("De ministers zegden vorig jaar 12 miljoen euro toe voor sportclubs.", "unknown", "money"),
        ("Ik verzoek u het debat op de agenda van volgende week te zetten.", "member", None),
        ("Ik verzoek u de Kamer daarover te informeren.", "member", "request"),
    ],
)
def test_what_debates_say_beside_promises(sentence: str, role: str, expected: str | None) -> None:
    assert kind(sentence, role) == expected


def test_what_lists_say_of_their_completeness() -> None:
    """The sets that were read once before anything was mended on them, counted as they are labelled."""
    first = (
        *("debates-dev", "debates-held", "letters-held", "fresh", "spoken-7", "spoken-8", "spoken-9"),
        *("outside-1", "outside-2", "outside-3", "outside-4", "outside-5", "outside-6", "outside-7"),
        *("outside-8", "outside-9", "outside-10", "outside-11", "outside-12", "outside-13", "outside-14"),
    )
    rows = [each for name in first for each in read_labels(GOLD / f"commitments-{name}.jsonl")]
    assert len(rows) == MEASURED.sentences
    assert sum(row["label"] == "new" for row in rows) == MEASURED.promises
    assert MEASURED.right <= MEASURED.given <= MEASURED.sentences


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Q2 2026", date(2026, 6, 30)),
        ("in Q1", date(2026, 3, 31)),
        ("deze zomer", date(2026, 9, 21)),
        ("voor het einde van 2025", date(2025, 12, 31)),
        ("het eerste kwartaal 2026", date(2026, 3, 31)),
        ("in het 2e kwartaal van 2026", date(2026, 6, 30)),
        ("na het reces", date(2026, 3, 31)),
        ("na de zomer van 2026", date(2026, 12, 20)),
        ("over drie maanden", date(2026, 2, 14)),
        ("over 2 à 3 weken", date(2025, 12, 5)),
        ("tweede helft 2026", date(2026, 12, 31)),
        ("in de loop van 2026", date(2026, 12, 31)),
        ("deze maand", date(2025, 11, 30)),
        ("de komende weken", None),
        ("voor de begrotingsbehandeling", None),
    ],
)
def test_terms_against_the_day_of_the_letter(words: str, day: date | None) -> None:
    term = term_in(f"Ik stuur u {words} een brief.", date(2025, 11, 14))
    assert term is not None
    assert (term.words, term.day) == (words, day)


def test_one_promise_in_one_breath(tmp_path: Path) -> None:
    file = tmp_path / "kst-99999-7.txt"
    file.write_text(
        "Aan de Voorzitter van de Tweede Kamer\n\nDatum 14 november 2025\n\nBetreft Toezeggingen\n\n"
        "Ik stuur uw Kamer voor de zomer een brief over taal. Dat zeg ik graag toe. Ik zal de regeling "
        "beoordelen en herzien en uw Kamer daarover in mei informeren.\n",
        "utf-8",
    )
    found = [each for each in find_commitments(read_citations(read_letter(file))) if each.kind == "new"]
    assert [each.term.words if each.term else None for each in found] == ["voor de zomer", "in mei"]
    assert found[0].what == "Ik stuur uw Kamer voor de zomer een brief over taal"


SOME = [
    "ik", "zal", "uw Kamer", "het kabinet", "stuurt", "informeren", "niet", "zodra", "als", "in Q2 2026",
    "voor de zomer", "voornemens", "toezegging", "hierbij", "brief", "terug", "kom", "daarop", "dat", "neem",
    "mee", "?", ".", "wil", "bereid", ",", "–", "(VVD)", "De minister", "zegt", "toe",
]  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(SOME), max_size=40).map(" ".join),
    st.sampled_from(["government", "member", "chair", "unknown"]),
)
def test_no_words_break_the_grammar(text: str, role: str) -> None:
    judged = classify(text, role)  # type: ignore[arg-type]
    assert judged is None or 0 <= judged.start <= judged.end <= len(text)
