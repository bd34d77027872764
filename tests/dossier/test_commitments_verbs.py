"""Every verb with which a government acts, in every form: no form of one is known that another lacks."""

from __future__ import annotations

import pytest

from thuis.dossier.commitments import classify
from thuis.dossier.commitments.verbs import VERBS, Verb, participle, stem

APART = [each for each in VERBS if each.apart and each.infinitive != "bieden"]
TEXT = {"treden", "gaan", "dringen", "praten", "komen", "halen"}
"""Verbs without an object, for which the sentences of the test are no Dutch."""


def kind(sentence: str) -> str | None:
    judged = classify(sentence)
    return judged.kind if judged else None


@pytest.mark.parametrize("verb", APART, ids=lambda verb: f"{verb.apart} {verb.infinitive}")
def test_in_the_present_with_its_word_apart(verb: Verb) -> None:
    assert kind(f"Wij {verb.infinitive} de regeling daarna {verb.apart}.") == "new"
    assert kind(f"Die regeling {verb.first} ik daarna {verb.apart}.") == "new"
    assert kind(f"Wij {verb.infinitive} de regeling niet {verb.apart}.") != "new"
    assert kind(f"De gemeenten {verb.infinitive} de regeling {verb.apart}.") != "new"


@pytest.mark.parametrize(
    "verb",
    [each for each in VERBS if each.infinitive not in TEXT],
    ids=lambda verb: f"{verb.apart} {verb.infinitive}",
)
def test_in_the_passive_to_come(verb: Verb) -> None:
    joined = verb.participle if not verb.apart else verb.apart + verb.participle
    if " " in verb.apart or len(verb.apart) > 5:
        joined = f"{verb.apart} {verb.participle}"
    assert kind(f"De regeling zal op dit punt worden {joined}.") == "new"
    assert kind(f"Dit betekent dat de regeling zal worden {joined}.") != "new"
    assert kind(f"De regeling is op dit punt {joined}.") != "new"
    assert kind(f"De regeling zal door de gemeenten worden {joined}.") != "new"


@pytest.mark.parametrize(
    ("infinitive", "first", "past"),
    [
        ("verwerken", "verwerk", "verwerkt"),
        ("zetten", "zet", "gezet"),
        ("leggen", "leg", "gelegd"),
        ("voeren", "voer", "gevoerd"),
        ("agenderen", "agendeer", "geagendeerd"),
        ("inventariseren", "inventariseer", "geïnventariseerd"),
        ("evalueren", "evalueer", "geëvalueerd"),
        ("monitoren", "monitor", "gemonitord"),
        ("herijken", "herijk", "herijkt"),
        ("bevorderen", "bevorder", "bevorderd"),
        ("reizen", "reis", "gereisd"),
    ],
)
def test_regular_forms(infinitive: str, first: str, past: str) -> None:
    assert (stem(infinitive), participle(infinitive)) == (first, past)


@pytest.mark.parametrize(
    ("expected", "role", "sentence"),
    [
        ("new", "government", "Ik zal uw Kamer in mei informeren over de uitvoering van mijn toezeggingen."),
        ("repeated", "government", "In deze brief geef ik een overzicht van de moties en toezeggingen."),
        ("new", "government", "De rapportage blijft u zoals gebruikelijk in het voorjaar ontvangen."),
        ("new", "government", "Begin 2027 mag uw Kamer een reactie op dat advies verwachten."),
        (
            None,
            "government",
            "Dit betekent dat de cijfers in het voorjaar worden opgenomen in de rapportage.",
        ),
        (None, "government", "Deze brief zal met u worden besproken in het overleg van 24 november."),
        (None, "government", "Vervolgens licht ik toe waarover ik met de sector in gesprek wil gaan."),
        ("request", "government", "Voorts heeft de commissie mw. Jansen gehoord en verzocht om een reactie."),
        (
            "request",
            "government",
            "Vorige week heeft het lid Smit gevraagd om een brief over de wachttijden.",
        ),
        (
            "request",
            "government",
            "Op 3 mei heb ik namens de commissie het verzoek ontvangen u een reactie te sturen.",
        ),
        (
            "repeated",
            "government",
            "In maart heeft de minister uw Kamer laten weten u voor de zomer te informeren over de plannen.",
        ),
        ("by-reference", "unknown", "De bewindsman beloofde een nieuwe brief met betere plannen."),
        (
            "by-reference",
            "unknown",
            "De minister stuurt de Kamer voor de zomer een brief over de wachttijden.",
        ),
        (None, "unknown", "Het museum stuurt zijn leden voor de zomer een brief."),
        (
            "request",
            "government",
            "Daarbij is gevraagd om binnen twee weken aan uw Kamer een brief te sturen.",
        ),
        ("repeated", "government", "Ik beloofde uw Kamer vorige maand een brief."),
        (None, "member", "Mijn ouders beloofden mij een fiets."),
        ("by-reference", "member", "Hoe verhoudt dit zich tot de toezegging in die brief?"),
        ("request", "member", "Krijgen wij de toezegging dat er een brief komt?"),
        ("by-reference", "member", "De minister meldde de Kamer dat de wet in mei van kracht zou worden."),
    ],
)
def test_kinds_that_fresh_letters_showed(expected: str | None, role: str, sentence: str) -> None:
    judged = classify(sentence, role)  # type: ignore[arg-type]
    assert (judged.kind if judged else None) == expected
