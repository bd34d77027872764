"""A letter as a whole: one entry for one promise, lists, and what a sentence leans on."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from thuis.cli import thuis
from thuis.dossier.commitments import Commitment, find_commitments
from thuis.dossier.commitments.model import KINDS
from thuis.dossier.commitments.parts import made_on, what_in
from thuis.dossier.letter import read_letter
from thuis.dossier.reading import read_citations
from thuis.language import texts

HEAD = "Den Haag, 12 februari 2026\n\nGeachte voorzitter,\n\n"


def found_in(folder: Path, text: str) -> tuple[Commitment, ...]:
    file = folder / "brief.txt"
    file.write_text(HEAD + text, "utf-8")
    return find_commitments(read_citations(read_letter(file, any_kind=True)))


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (
            "Ik zal u vóór de zomer van 2026 inlichten over de uitkomsten der verkenning naar een meldpunt.",
            "Voor de zomer van 2026 ontvangt u de uitkomsten van de verkenning naar een landelijk meldpunt.",
            True,
        ),
        (
            "Ik stuur uw Kamer in mei 2026 de evaluatie van de regeling huisvesting arbeidsmigranten.",
            "Ik stuur uw Kamer in oktober 2026 de evaluatie van de regeling huisvesting arbeidsmigranten.",
            False,
        ),
        (
            "Ik stuur uw Kamer in mei 2026 de evaluatie van de Wet inburgering.",
            "Ik stuur uw Kamer in mei 2026 de monitor van de Wet arbeid vreemdelingen.",
            False,
        ),
        (
            "Ik zal uw Kamer in mei 2026 nader informeren.",
            "Ik zal uw Kamer in mei 2026 een brief sturen.",
            False,
        ),
    ],
)
def test_one_promise_is_one_entry(tmp_path: Path, first: str, second: str, one: bool) -> None:
    found = found_in(tmp_path, f"{first}\n\nTussen de regels staat van alles.\n\n{second}\n")
    assert [each.kind for each in found] == ["new", "new"]
    assert found[1].repeats == (found[0].id if one else None)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ik stuur u in mei een brief over de kosten. Dat zeg ik toe.", ["Dat zeg ik toe."]),
        (
            "Ik stuur u in mei een brief over de kosten. Dat neem ik mee.",
            ["Ik stuur u in mei een brief over de kosten."],
        ),
        (
            "De monitor ontvangt u in mei. Dat rapport stuur ik u in juni toe.",
            ["De monitor ontvangt u in mei.", "Dat rapport stuur ik u in juni toe."],
        ),
    ],
)
def test_the_surer_of_two_in_one_breath_is_the_proof(tmp_path: Path, text: str, sentences: list[str]) -> None:
    assert [each.sentence for each in found_in(tmp_path, text + "\n")] == sentences


def test_items_with_a_term_of_their_own_are_entries_of_their_own(tmp_path: Path) -> None:
    text = (
        "Uw Kamer ontvangt de volgende stukken:\n\n"
        "• de evaluatie van de wet in het tweede kwartaal van 2026;\n\n"
        "• de monitor arbeidsmarkt uiterlijk 1 mei 2026;\n\n• een verkenning van taaleisen.\n\n"
        "Tot slot dank ik u.\n"
    )
    found = found_in(tmp_path, text)
    assert [(each.what, each.term and each.term.day) for each in found] == [
        ("Uw Kamer ontvangt de volgende stukken: een verkenning van taaleisen", None),
        ("de evaluatie van de wet in het tweede kwartaal van 2026", date(2026, 6, 30)),
        ("de monitor arbeidsmarkt uiterlijk 1 mei 2026", date(2026, 5, 1)),
    ]


def test_items_of_what_is_no_promise_are_none(tmp_path: Path) -> None:
    text = "De wet kent twee fasen:\n\n• de evaluatie in mei 2026;\n\n• de monitor in juni 2026.\n"
    assert found_in(tmp_path, text) == ()


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("In maart doe ik u een notitie toekomen. In deze notitie zal op het advies worden ingegaan.", 1),
        ("Begin april kom ik met een beleidsbrief. In die brief geef ik een reactie op het advies.", 1),
        ("Begin april kom ik met een beleidsbrief. In het plan zal ik in mei op het advies ingaan.", 2),
        ("Ik zal u in mei informeren over de kosten. In deze brief ga ik in op de voortgang.", 1),
    ],
)
def test_what_a_promised_paper_holds_belongs_to_it(tmp_path: Path, text: str, entries: int) -> None:
    found = found_in(tmp_path, text + "\n")
    assert len(found) == entries
    assert ("advies" in found[0].what) is (entries == 1 and "advies" in text)


def test_a_list_is_told_with_the_sentence_that_opens_it(tmp_path: Path) -> None:
    text = (
        "De volgende stukken stuur ik uw Kamer in het tweede kwartaal van 2026:\n\n"
        "• de evaluatie van de wet;\n\n• de monitor arbeidsmarkt.\n\nDe kosten zijn bekend.\n"
    )
    (found,) = found_in(tmp_path, text)
    assert found.what.endswith("2026: de evaluatie van de wet; de monitor arbeidsmarkt")


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("Deze kunt u in mei tegemoet zien.", True),
        ("Ik zal uw Kamer hierover zo snel mogelijk berichten.", True),
        ("Dit rapport stuur ik u in juni toe.", True),
        ("Daarover ontvangt uw Kamer in het najaar een brief.", True),
        ("Ik zal uw Kamer in mei berichten over de kosten.", False),
        ("Het standpunt zend ik u toe nadat ik hierover met de sector heb gesproken.", False),
    ],
)
def test_what_leans_on_the_sentence_before_is_told_with_it(sentence: str, leans: bool) -> None:
    before = "Er komt een evaluatie."
    assert what_in(sentence, 10, before).startswith(before) is leans


def test_what_was_promised_without_om_and_its_day() -> None:
    sentence = "Donderdag 14 maart heb ik toegezegd deze brief binnen enkele weken te versturen."
    end = sentence.index("toegezegd") + len("toegezegd")
    assert what_in(sentence, end) == "deze brief binnen enkele weken te versturen"
    assert made_on(sentence, date(2013, 3, 15)) == date(2013, 3, 14)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_has_a_name(language: str) -> None:
    words = texts("dossier", language)
    assert all(words(f"kind.{kind}") for kind in KINDS)


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(thuis, ["dossier", "find", *map(str, arguments)])
    return result.exit_code, result.output


def test_find_tells_terms_doubt_and_how_complete_it_is(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    file.write_text(
        HEAD + "Ik zal uw Kamer in mei 2026 informeren over de kosten.\n\nDat neem ik mee.\n", "utf-8"
    )
    code, out = run(file)
    assert code == 0
    assert "nieuwe toezegging, termijn 2026-05-31" in out
    assert "twijfelachtig" in out
    assert "Lezen is niet volledig" in out
    assert len(json.loads(run(file, "--json")[1])) == 2


def test_find_is_never_silent(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    file.write_text(HEAD + "De kosten zijn bekend.\n", "utf-8")
    code, out = run(file, "--language", "en")
    assert code == 0 and "No commitment stands in what was read" in out
    code, out = run(file, "--kind", "promise")
    assert code == 2 and "there is no kind 'promise'; there are new, repeated" in out


def test_money_pledged_in_a_letter_has_a_name(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    file.write_text(HEAD + "Er is 12 miljoen euro toegezegd voor de sportclubs.\n", "utf-8")
    code, out = run(file)
    assert code == 0 and "geld toegezegd" in out
