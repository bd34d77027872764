"""Sentences built from parts: who tells whom what and when, in every order, and what is no promise."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from thuis.dossier.commitments import classify

TELLS = [
    ("over de voortgang informeren", "informeer", "over de voortgang", "te informeren"),
    ("over de voortgang berichten", "bericht", "over de voortgang", "te berichten"),
    ("de evaluatie toesturen", "stuur", "de evaluatie toe", "toe te sturen"),
    ("de evaluatie toezenden", "zend", "de evaluatie toe", "toe te zenden"),
    ("de evaluatie doen toekomen", "doe", "de evaluatie toekomen", "te doen toekomen"),
    ("de evaluatie aanbieden", "bied", "de evaluatie aan", "aan te bieden"),
    ("de evaluatie voorleggen", "leg", "de evaluatie voor", "voor te leggen"),
    ("de evaluatie verstrekken", "verstrek", "de evaluatie", "te verstrekken"),
    ("over de voortgang rapporteren", "rapporteer", "over de voortgang", "te rapporteren"),
    (
        "van de voortgang op de hoogte stellen",
        "stel",
        "op de hoogte van de voortgang",
        "op de hoogte te stellen",
    ),
    ("de evaluatie presenteren", "presenteer", "de evaluatie", "te presenteren"),
    ("de uitkomst meedelen", "deel", "de uitkomst mee", "mee te delen"),
]
WHOM = ["uw Kamer", "de Kamer", "u", "de Tweede Kamer", "beide Kamers"]
WHEN = [
    "voor de zomer", "begin 2026", "uiterlijk in mei", "na afloop van het onderzoek", "binnenkort",
    "op korte termijn", "volgende week", "nog dit jaar", "tijdig", "voor 1 juli", "zo spoedig mogelijk",
    "in het tweede kwartaal", "te zijner tijd", "na ommekomst van het advies", "voorafgaand aan het debat",
    "rond Prinsjesdag", "tegen eind maart", "in een volgende brief", "in week 12", "eind van de maand",
]  # fmt: skip


def kind(sentence: str) -> str:
    judged = classify(sentence, "government")
    return judged.kind if judged else "none"


def capital(words: str) -> str:
    return words[0].upper() + words[1:]


def promises() -> Iterator[str]:
    for (ends, verb, rest, _), whom, when in product(TELLS, WHOM, WHEN):
        yield f"Ik zal {whom} {when} {ends}."
        yield f"{capital(when)} zal ik {whom} {ends}."
        yield f"{capital(when)} {verb} ik {whom} {rest}."
        yield f"Ik {verb} {whom} {when} {rest}."
        yield f"{capital(when)} zal het kabinet {whom} {ends}."
        yield f"Wij zullen {whom} {when} {ends}."


def test_a_promise_in_every_order() -> None:
    missed = [each for each in promises() if kind(each) != "new"]
    assert len(missed) <= 0.005 * len(TELLS) * len(WHOM) * len(WHEN) * 6, missed[:10]


def test_an_aim_is_none() -> None:
    aims = [
        form.format(whom=whom, when=when, to=to)
        for (_, _, _, to), whom, when in product(TELLS[:5], WHOM, WHEN[:6])
        for form in (
            "Ik streef ernaar {whom} {when} {to}.",
            "Ik ben voornemens {whom} {when} {to}.",
            "Het is de bedoeling {whom} {when} {to}.",
            "Er wordt naar gestreefd {whom} {when} {to}.",
        )
    ]
    wrong = [(kind(each), each) for each in aims if kind(each) != "intention"]
    assert len(wrong) <= 0.01 * len(aims), wrong[:10]


@pytest.mark.parametrize(
    "who",
    [
        "De gemeente",
        "Het RIVM",
        "De inspectie",
        "De Europese Commissie",
        "De sector",
        "ProRail",
        "De politie",
    ],
)
def test_what_others_do_is_no_promise(who: str) -> None:
    for when, does in product(
        WHEN[:8],
        ("het rapport publiceren", "de bewoners informeren", "daarover rapporteren", "de cijfers delen"),
    ):
        assert kind(f"{who} zal {when} {does}.") == "none"


@pytest.mark.parametrize(
    "when", ["op 3 mei", "in mei", "vorige week", "begin 2024", "bij brief van 12 juni 2024"]
)
def test_what_was_told_is_no_promise(when: str) -> None:
    for whom, told in product(
        WHOM, ("over de voortgang geïnformeerd", "de evaluatie toegestuurd", "bericht")
    ):
        assert kind(f"{capital(when)} heb ik {whom} {told}.") == "none"
        assert kind(f"Ik heb {whom} {when} {told}.") == "none"


def test_a_refusal_and_a_condition() -> None:
    for (ends, *_), whom in product(TELLS, WHOM):
        assert kind(f"Ik zal {whom} niet {ends}.") == "refused"
        assert kind(f"Als dat nodig is, zal ik {whom} {ends}.") == "conditional"


LOCAL = [
    ("Het college informeert uw raad in mei.", "new"),
    ("Het college van burgemeester en wethouders stuurt de raad voor de zomer een evaluatie.", "new"),
    ("Gedeputeerde staten zullen provinciale staten in het najaar informeren.", "new"),
    ("De wethouder zegt de raad toe de cijfers te sturen.", "new"),
    ("De Vlaamse Regering zal het Vlaams Parlement voor de zomer informeren.", "new"),
    ("Wij streven ernaar uw raad voor de zomer te informeren.", "intention"),
    ("Het college bestaat uit vijf leden.", "none"),
    ("De raad heeft het voorstel in mei aangenomen.", "none"),
    ("De Raad van State zal in mei advies uitbrengen.", "none"),
    ("Het College voor de Rechten van de Mens zal in het voorjaar een rapport uitbrengen.", "none"),
]


@pytest.mark.parametrize(("sentence", "expected"), LOCAL)
def test_councils_and_provinces(sentence: str, expected: str) -> None:
    assert kind(sentence) == expected


def test_a_place_is_that_of_the_sentence_as_written() -> None:
    sentence = "Het college van burgemeester en wethouders zal uw raad in mei informeren."
    judged = classify(sentence)
    assert judged is not None
    assert "zal" in sentence[judged.start : judged.end]


ACTS = [
    ("nagaan", "ga", "na"),
    ("uitzoeken", "zoek", "uit"),
    ("meenemen", "neem", "mee"),
    ("met de sector bespreken", "bespreek", "met de sector"),
    ("navragen", "vraag", "na"),
    ("doorgeven", "geef", "door"),
    ("in Brussel aankaarten", "kaart", "in Brussel aan"),
    ("agenderen", "agendeer", ""),
    ("regelen", "regel", ""),
    ("toevoegen", "voeg", "toe"),
    ("in kaart brengen", "breng", "in kaart"),
    ("laten uitzoeken", "laat", "uitzoeken"),
    ("op papier zetten", "zet", "op papier"),
    ("opschrijven", "schrijf", "op"),
    ("met de VNG overleggen", "overleg", "met de VNG"),
]


def test_what_is_taken_on_in_speech() -> None:
    for ends, verb, rest in ACTS:
        for form in (
            "Dat zal ik {0}.",
            "Ik ga dat {0}.",
            "We zullen dat {0}.",
            "Dat {1} ik {2}.",
            "Ik {1} dat {2}.",
        ):
            sentence = form.format(ends, verb, rest).replace(" .", ".")
            assert kind(sentence) == "new", sentence
