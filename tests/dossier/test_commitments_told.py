"""What a sentence tells of another moment, in members of each kind that no labelled set names."""

from __future__ import annotations

import pytest

from thuis.dossier.commitments import classify
from thuis.dossier.commitments.model import Role


def kind(sentence: str, role: Role = "government") -> str | None:
    judged = classify(sentence, role)
    return judged.kind if judged else None


@pytest.mark.parametrize(
    "sentence",
    [
        "De leden van de fractie van D66 hebben de regering verzocht een tijdpad te verstrekken.",
        "In de procedurevergadering van 4 juni is mij verzocht het advies voor het reces te zenden.",
        "Het lid Jetten vroeg het kabinet om een feitenrelaas.",
        "Van de commissie ontving ik het verzoek om te reageren op het rapport.",
        "Uw Kamer heeft mij verzocht om informatie over de datum waarop de nota zal worden gestuurd.",
        "In de brief van april verzoeken de fracties nader in te gaan op de kosten.",
        "Bij brief van 3 mei hebt u om toezending van de stukken gevraagd.",
    ],
)
def test_what_parliament_asked(sentence: str) -> None:
    assert kind(sentence) == "request"


@pytest.mark.parametrize(
    "sentence",
    [
        "Ik heb het RIVM verzocht om een advies over de normen.",
        "De leden vroegen zich af of dit zal werken.",
        "De commissie heeft mij gevraagd wanneer de nota verschijnt.",
        "Die vragen van de leden over de kosten zijn technisch.",
        "De leden van de SP-fractie vragen hoe de regering dit ziet.",
    ],
)
def test_questions_and_what_the_writer_asked_are_none(sentence: str) -> None:
    assert kind(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "In het debat van maart heb ik gezegd de Kamer daarover te zullen berichten.",
        "In mei kondigde mijn ambtsvoorganger een onderzoek aan.",
        "Zoals ik eerder heb geschreven, zal de wet in 2027 worden geëvalueerd.",
        "In de nota is beschreven dat de wet in 2027 zal worden geëvalueerd.",
        "Daarbij heb ik bevestigd dat ik u over de uitkomsten zou informeren.",
    ],
)
def test_what_was_said_to_be_done(sentence: str) -> None:
    assert kind(sentence) == "repeated"


@pytest.mark.parametrize(
    "sentence",
    [
        "Ik heb niet gezegd dat ik de Kamer zal informeren.",
        "Ik heb u geschreven dat het onderzoek is afgerond.",
        "Zoals ik heb uiteengezet, is de regeling afgeschaft.",
        "De gemeenten hebben met de provincie afgesproken wie de kosten draagt.",
    ],
)
def test_what_was_said_of_what_is_is_none(sentence: str) -> None:
    assert kind(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Aan het verzoek van de commissie kan ik niet voldoen.", "refused"),
        ("Ik zie geen mogelijkheid om aan uw wens tegemoet te komen.", "refused"),
        ("In bijlage bied ik u de nota aan.", None),
        ("Door de verkiezingen ontvangt u deze brief nu pas.", None),
        ("In samenhang hiermee ontvangt u in mei de nota.", "new"),
        ("In dat overzicht zal ik op de vragen van de heer Bosma ingaan.", "new"),
        ("Hier zal in het najaar meer uitsluitsel over worden gegeven.", "new"),
        ("Met deze brief stel ik u op de hoogte van mijn voornemens om de regeling te verbeteren.", None),
        ("Ik verwacht dat de Raad tijd nodig heeft om een besluit te nemen.", None),
        ("Met een voorstel wil ik in de herfst bij u terugkomen.", "intention"),
    ],
)
def test_refusals_the_letter_itself_and_aims(sentence: str, expected: str | None) -> None:
    assert kind(sentence) == expected


def test_members_wish_to_be_told() -> None:
    assert (
        kind("De leden van de CDA-fractie blijven graag geïnformeerd over de voortgang.", "member")
        == "request"
    )
