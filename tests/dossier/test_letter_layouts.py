"""Letters as ministries, agencies, councils and Flemish ministers lay them out; labelled before reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest

from thuis.dossier.letter import Letter, read_letter
from thuis.errors import ThuisError

PROMISE = "Ik zal uw Kamer voor de zomer van 2025 informeren over de uitkomsten."


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, str], Letter]:
    def reading(name: str, text: str) -> Letter:
        (tmp_path / name).write_text(text, "utf-8")
        return read_letter(tmp_path / name)

    return reading


def test_labels_in_one_paragraph_broken_by_its_writer(tmp_path: Path) -> None:
    made = docx.Document()
    for lines in (
        ["Aan de gemeenteraad van Zuiddam", "Postbus 12", "3000 AA  ZUIDDAM"],
        [
            "Datum:\t12 maart 2023",
            "Ons kenmerk:\tZ23-004512",
            "Telefoon:\t14 010",
            "Onderwerp:\tDiscriminatie",
        ],
        ["Geachte leden van de raad,"],
        ["Op 9 februari 2023 stelde u vragen."],
        ["S. el Idrissi", "wethouder Diversiteit"],
    ):
        run = made.add_paragraph().add_run()
        for at, line in enumerate(lines):
            if at:
                run.add_break()
            run.add_text(line.split("\t")[0])
            if "\t" in line:
                run.add_tab()
                run.add_text(line.split("\t")[1])
    made.save(tmp_path / "brief.docx")
    letter = read_letter(tmp_path / "brief.docx")
    assert (letter.meta.date, letter.meta.subject) == (date(2023, 3, 12), "Discriminatie")
    assert (letter.meta.reference, letter.meta.addressee) == ("Z23-004512", "gemeenteraad van Zuiddam")
    assert letter.meta.signers == ("wethouder Diversiteit, S. el Idrissi",)
    assert letter.blocks[0].text == "Op 9 februari 2023 stelde u vragen."


@pytest.mark.parametrize(
    "first", ["Uiterlijk 1 juli 2022 volgt de toets.", "U krijgt de toets\nuiterlijk 1 juli 2022."]
)
def test_a_day_in_the_first_sentence_is_no_head(read: Callable[[str, str], Letter], first: str) -> None:
    for salutation in ("Geachte mevrouw Van Gennip,\n\n", ""):
        letter = read(
            "brief.txt",
            "Aan de minister van Sociale Zaken en Werkgelegenheid\nPostbus 90801\n\nDatum\n4 april 2022\n"
            f"Ons kenmerk\nUWV-2022/0417\nOnderwerp\nUitvoeringstoets\n\n{salutation}{first}\n\n"
            "Met vriendelijke groet,\n\nM.R.P.M. Camps\nvoorzitter Raad van Bestuur\n",
        )
        assert letter.blocks[0].text == " ".join(first.split())
        assert letter.meta.addressee == "minister van Sociale Zaken en Werkgelegenheid"
        assert (letter.meta.date, letter.meta.reference) == (date(2022, 4, 4), "UWV-2022/0417")
        assert letter.meta.signers == ("voorzitter Raad van Bestuur, M.R.P.M. Camps",)


def test_a_row_of_labels_without_wide_spaces(read: Callable[[str, str], Letter]) -> None:
    letter = read(
        "brief.txt",
        "VLAAMS MINISTER VAN BINNENLANDS BESTUUR, INBURGERING EN\nGELIJKE KANSEN\n\n"
        "Aan de voorzitter van het Vlaams Parlement\n\nuw kenmerk ons kenmerk datum bijlage\n"
        "SV 145 BS/IN/2021/88 12/05/2021 1\n\nBetreft: Trajecten\n\nGeachte mevrouw de voorzitter,\n\n"
        "Ik bezorg u hierbij de nota.\n",
    )
    assert (letter.meta.date, letter.meta.reference) == (date(2021, 5, 12), "BS/IN/2021/88")
    assert letter.meta.sender == "Vlaams Minister van Binnenlands Bestuur, Inburgering en Gelijke Kansen"


TEXT = (
    "Hierbij bieden wij u de Rapportage integratiebeleid etnische minderheden 1998 aan, zoals toegezegd.\n\n"
    "In het voorjaar van 1999 zenden wij u het plan.\n"
)


def test_a_letter_of_1999_without_label_for_its_subject(read: Callable[[str, str], Letter]) -> None:
    letter = read(
        "brief.txt",
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\nDatum            Kenmerk\n"
        "12 februari 1999 CIM99/143\n\nInlichtingen bij Bijlagen\ndrs. P. Jansen   1\n\n"
        f"Integratie van minderheden: rapportage 1998\n\n{TEXT}\n"
        "DE MINISTER VOOR GROTE STEDEN- EN INTEGRATIEBELEID,\n\nR.H.L.M. van Boxtel\n",
    )
    assert letter.meta.subject == "Integratie van minderheden: rapportage 1998"
    assert (letter.meta.date, letter.meta.reference) == (date(1999, 2, 12), "CIM99/143")
    assert letter.meta.signers == ("Minister voor Grote Steden- en Integratiebeleid, R.H.L.M. van Boxtel",)
    assert letter.blocks[0].text == TEXT.split("\n", maxsplit=1)[0]


@pytest.mark.parametrize(
    "line", ["Inleiding", "1. Aanleiding", "Dit is al een zin van de brief.", "Geachte voorzitter,"]
)
def test_a_heading_or_a_sentence_is_no_subject(read: Callable[[str, str], Letter], line: str) -> None:
    letter = read(
        "brief.txt",
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\nDen Haag, 12 februari 1999\n\n"
        f"{line}\n\n{TEXT}",
    )
    assert letter.meta.subject is None
    assert TEXT.split("\n", maxsplit=1)[0] in [each.text for each in letter.blocks]


def test_notes_in_brackets_under_answers(read: Callable[[str, str], Letter]) -> None:
    letter = read(
        "antwoord.txt",
        "Vragen van het lid X (Y) aan de Minister van Z over werk (ingezonden 3 juli 2008).\n\n"
        "Antwoord van Minister Z (ontvangen 28 augustus 2008).\n\nVraag 1\nKent u het bericht? 1)\n\n"
        "Antwoord 1\nJa. Stap 2) volgt.\n\n1) NOS, 1 juli 2008\n",
    )
    assert [(each.number, each.text, each.block) for each in letter.notes] == [(1, "NOS, 1 juli 2008", "b2")]
    assert letter.blocks[-1].text == "Ja. Stap 2) volgt."


def test_paragraphs_in_a_list_of_notes_on_a_page(read: Callable[[str, str], Letter]) -> None:
    letter = read(
        "kst.html",
        "<html><body><h1>32 824 Integratiebeleid</h1><p>Nr. 405 BRIEF VAN DE MINISTER VAN SOCIALE ZAKEN</p>"
        "<p>Aan de Voorzitter van de Tweede Kamer der Staten-Generaal</p><p>Den Haag, 2 februari 2024</p>"
        f"<p>Ik schreef u.<sup><a href='#n1'>1</a></sup></p><p id='p2'>{PROMISE}</p>"
        "<div class='voetnoten'><p id='n1'><sup>1</sup> Kamerstuk 32 824, nr. 401</p></div></body></html>",
    )
    assert [(each.number, each.text, each.block) for each in letter.notes] == [
        (1, "Kamerstuk 32 824, nr. 401", "b1")
    ]
    assert letter.blocks[-1].text == PROMISE


def test_two_names_on_one_line_and_a_heading_under_a_full_line(read: Callable[[str, str], Letter]) -> None:
    full = "Gemeenten, scholen en werkgevers werken samen om nieuwkomers sneller aan het werk te helpen."
    letter = read(
        "brief.txt",
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\n"
        "Datum 14 juni 2023\nonderwerp Programma\n\n"
        f"Geachte voorzitter,\n\n{full}\n{full}\nPlanning\n{PROMISE}\n\n"
        "De Minister van Binnenlandse Zaken\nen Koninkrijksrelaties,\n\nDe Minister van Sociale Zaken\n"
        "en Werkgelegenheid,\n\nH.G.J. Bruins Slot C.E.G. van Gennip\n",
    )
    assert letter.meta.subject == "Programma"
    assert [each.text for each in letter.blocks if each.kind == "heading"] == ["Planning"]
    assert letter.meta.signers == (
        "Minister van Binnenlandse Zaken en Koninkrijksrelaties, H.G.J. Bruins Slot",
        "Minister van Sociale Zaken en Werkgelegenheid, C.E.G. van Gennip",
    )


def test_an_english_letter_signed_with_the_name_first(read: Callable[[str, str], Letter]) -> None:
    letter = read(
        "letter.txt",
        "The President of the House of Representatives of the States General\nThe Hague\n\n"
        "Date 3 March 2025\n"
        "Re Progress on the action plan\nOur ref. BZ2500123\n\nDear President,\n\nI inform the House.\n\n"
        "Yours sincerely,\n\nCaspar Veldkamp\nMinister of Foreign Affairs\n",
    )
    assert (letter.meta.subject, letter.meta.reference) == ("Progress on the action plan", "BZ2500123")
    assert letter.meta.signers == ("Minister of Foreign Affairs, Caspar Veldkamp",)


def test_a_leader_of_a_committee_is_addressed(read: Callable[[str, str], Letter]) -> None:
    letter = read(
        "brief.txt",
        "Aan de leden van de commissie Zorg, Welzijn, Cultuur en Sport\n\nOns kenmerk: 22MO04421\n"
        "Datum: 5 september 2022\n\nBetreft: Taal\n\nGeachte leden,\n\nIk kom daarop terug.\n\n"
        "Met vriendelijke groet,\n\n"
        "F. Achbar\nWethouder Handhaving, Buitenruimte, Integratie en Samenleven\n",
    )
    assert letter.meta.addressee == "leden van de commissie Zorg, Welzijn, Cultuur en Sport"
    assert letter.meta.signers == ("Wethouder Handhaving, Buitenruimte, Integratie en Samenleven, F. Achbar",)


def test_two_letters_in_one_file_of_word(tmp_path: Path) -> None:
    made = docx.Document()
    for day, subject in (("3 mei 2021", "Eerste brief"), ("4 juni 2021", "Tweede brief")):
        for text in (
            "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
            f"Datum {day}",
            f"Betreft {subject}",
            "Geachte voorzitter,",
            f"Ik stuur uw Kamer het verslag bij de {subject.lower()}.",
        ):
            made.add_paragraph(text)
    made.save(tmp_path / "twee.docx")
    with pytest.raises(ThuisError, match="holds 2 letters") as error:
        read_letter(tmp_path / "twee.docx")
    assert "2 (Betreft Tweede brief)" in str(error.value)
    letter = read_letter(tmp_path / "twee.docx", part=2)
    assert (letter.meta.date, letter.meta.subject) == (date(2021, 6, 4), "Tweede brief")
    assert letter.text == "Ik stuur uw Kamer het verslag bij de tweede brief."


def test_a_letter_with_an_annex_is_one(tmp_path: Path) -> None:
    made = docx.Document()
    for text in (
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Datum 10 juli 2020",
        "Betreft Actieplan",
        "Hierbij bieden wij u het actieplan aan.",
        "Bijlage 1: Aan de Voorzitter van de Tweede Kamer gestuurde stukken",
        "Actie 1. De gemeente neemt op 3 mei 2021 de leiding.",
    ):
        made.add_paragraph(text)
    made.save(tmp_path / "brief.docx")
    assert len(read_letter(tmp_path / "brief.docx").blocks) == 3


def test_a_written_consultation_is_named(read: Callable[[str, str], Letter]) -> None:
    text = "32 824 Integratiebeleid\n\nNr. 410 VERSLAG VAN EEN SCHRIFTELIJK OVERLEG\n\nDe commissie.\n"
    with pytest.raises(ThuisError, match="a report of a written consultation"):
        read("so.txt", text)
