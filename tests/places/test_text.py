"""Names in running text, and what looks like one and is not."""

from __future__ import annotations

from datetime import date

import pytest

from thuis.places.text import codes, named

DAY = date(2021, 6, 1)
TWENTY = (
    "Almere, Amersfoort, Breda, Delft, Deventer, Den Haag, Ede, Eindhoven, Enschede, Gouda, Haarlem, "
    "’s-Hertogenbosch, Best, Heerlen, Helmond, Leiden, Lelystad, Nijmegen, Súdwest-Fryslân en Utrecht"
)


def test_a_letter_that_names_twenty() -> None:
    found = codes(f"Een uitkering ging naar de gemeenten {TWENTY}.", DAY)
    assert len(found) == 20
    assert {"GM0518", "GM0228", "GM0753", "GM0796", "GM1900"} <= set(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2500 EA Den Haag", ["address"]),
        ("Den Haag, 5 april 2021\nGeachte", ["address"]),
        ("de provincies Groningen, Utrecht en Limburg", ["province", "province"]),
        ("de minister van Zeeland", ["person"]),
        ("een programma voor Zeeland", ["province"]),
        ("Universiteit Leiden en TU Delft", ["institution", "institution"]),
        ("het Verdrag van Maastricht", ["treaty"]),
        ("Best, dat kan. Heel goed. Made in Holland.", ["word", "word", "word"]),
        ("de raad van Best besloot", ["municipality"]),
        ("mevrouw De Bilt", ["person"]),
        ("Nuenen c.a. en Hengelo (O)", ["municipality", "municipality"]),
        ("Nuenen, Gerwen en Nederwetten", ["municipality"]),
        ("Haagse en Utrechtse wethouders", []),
        ("Alkmaar-Hoorn", ["municipality", "municipality"]),
    ],
)
def test_roles(text: str, expected: list[str]) -> None:
    assert [each.role for each in named(text, DAY)] == expected


def test_spans_are_those_of_the_text() -> None:
    text = f"Naar {TWENTY} (2021)."
    assert all(text[each.start : each.end] == each.text for each in named(text, DAY))


def test_a_name_of_two_is_not_told_apart() -> None:
    assert codes("de gemeente Bergen", DAY) == ()
    assert codes("de gemeente Bergen (NH)", DAY) == ("GM0373",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Loon op Zand, Wijk bij Duurstede en De Bilt loopt een proef.", ["GM0809", "GM0352", "GM0310"]),
        ("Bergen op Zoom en Den Haag", ["GM0748", "GM0518"]),
        ("Capelle aan den IJssel en De Ronde Venen", ["GM0502", "GM0736"]),
        ("Amsterdam-Zuidoost, Rotterdam-Noordwest", ["GM0363", "GM0599"]),
        ("Groningen, Utrecht en Drenthe (provincies) doen mee.", []),
    ],
)
def test_what_links_or_follows_a_list_is_read_with_it(text: str, expected: list[str]) -> None:
    assert [each.code for each in named(text, date(2020, 1, 1)) if each.code] == expected


@pytest.mark.parametrize("strange", ["Ω", "Αθήνα"])
def test_words_in_other_letters_stand_beside_a_name(strange: str) -> None:
    told = f"De gemeenten Almere {strange}, Ede en {strange} ontvangen een bijdrage."
    assert codes(told, date(2021, 1, 1)) == ("GM0034", "GM0228")
