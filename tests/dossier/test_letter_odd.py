"""Letters in forms that no template of a ministry has; what is right was written down before reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest

from thuis.dossier.letter import Letter, read_letter

HOUSE = "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Letter]:
    def reading(name: str, text: str, part: int | None = None) -> Letter:
        (tmp_path / name).write_text(text, "utf-8")
        return read_letter(tmp_path / name, part=part)

    return reading


def headings(letter: Letter) -> list[str]:
    return [each.text for each in letter.blocks if each.kind == "heading"]


def errors(letter: Letter) -> list[str]:
    return [each.kind for each in letter.remarks if each.level == "error"]


@pytest.mark.parametrize("rows", [2, 3])
def test_labels_in_the_first_row_of_a_table(tmp_path: Path, rows: int) -> None:
    told = [("Datum", "14 november 2023"), ("Betreft", "Aanpak taal"), ("Onze referentie", "2023-0000567890")]
    made = docx.Document()
    if rows == 2:
        table = made.add_table(2, 3)
        for column, (label, value) in enumerate(told):
            table.cell(0, column).text, table.cell(1, column).text = label, value
    else:
        table = made.add_table(3, 2)
        for row, (label, value) in enumerate(told):
            table.cell(row, 0).text, table.cell(row, 1).text = label, value
    made.add_paragraph(
        "De voorzitter van de Tweede Kamer der Staten-Generaal\nPostbus 20018\n2500 EA DEN HAAG"
    )
    made.add_paragraph("Geachte voorzitter,")
    made.add_paragraph("Met deze brief informeer ik uw Kamer over de aanpak.")
    made.save(tmp_path / "brief.docx")
    letter = read_letter(tmp_path / "brief.docx")
    assert (letter.meta.date, letter.meta.subject) == (date(2023, 11, 14), "Aanpak taal")
    assert letter.meta.reference == "2023-0000567890"
    assert letter.meta.addressee == "voorzitter van de Tweede Kamer der Staten-Generaal"
    assert letter.text == "Met deze brief informeer ik uw Kamer over de aanpak."


def test_a_head_as_a_list_of_terms_and_links_to_notes(read: Callable[..., Letter]) -> None:
    letter = read(
        "brief.html",
        f"<p>{HOUSE}</p><dl><dt>Datum</dt><dd>9 september 2020</dd>"
        "<dt>Betreft</dt><dd>De woningmarkt</dd></dl>"
        '<p>Geachte voorzitter,</p><p>Het onderzoek is er.<a class="nootnum" href="#n1">1</a> Zie bijlage'
        '<a href="#n2">2</a>.</p><div class="voetnoten">'
        '<div class="noot" id="n1"><sup>1</sup> Rapport A.</div>'
        '<div class="noot" id="n2"><sup>2</sup> Rapport B.</div></div>',
    )
    assert (letter.meta.date, letter.meta.subject) == (date(2020, 9, 9), "De woningmarkt")
    assert letter.text == "Het onderzoek is er.¹ Zie bijlage²."
    assert [(note.number, note.text, note.block) for note in letter.notes] == [
        (1, "Rapport A.", "b1"),
        (2, "Rapport B.", "b1"),
    ]


def test_numbers_of_chapters_the_chapter_of_a_budget_and_a_note_to_the_title(
    read: Callable[..., Letter],
) -> None:
    letter = read(
        "stuk.xml",
        "<officiele-publicatie><kamerstuk><dossier><dossiernummer><dossiernr>35 925</dossiernr>"
        "<begrotingshoofdstuk>VII</begrotingshoofdstuk></dossiernummer><titel>Vaststelling</titel></dossier>"
        "<stuk><stuknr><ondernummer>G</ondernummer></stuknr><titel>BRIEF VAN DE MINISTER VAN FINANCIËN"
        '<noot id="t" type="voet"><noot.nr>1</noot.nr><noot.al>Titelnoot.</noot.al></noot></titel>'
        f"<algemeen><al>{HOUSE}</al><al>Den Haag, 30 mei 2022</al><al>De leden vroegen dit.</al><divisie>"
        "<kop><nr>1.2</nr><titel>Uitvoering</titel></kop><al>Dat loopt.</al></divisie></algemeen></stuk>"
        "</kamerstuk></officiele-publicatie>",
    )
    assert letter.meta.id == "kst-35925-VII-G"
    assert headings(letter) == ["1.2 Uitvoering"]
    assert errors(letter) == []


@pytest.mark.parametrize("label", ["Antwoord vraag 1", "Antwoord op vraag 1", "Antwoord 1"])
def test_answers_with_a_title_of_the_ministry(read: Callable[..., Letter], label: str) -> None:
    title = "Antwoorden op Kamervragen van het lid Van Baarle (DENK) over stages (2022Z04567)"
    letter = read("antwoord.html", f"<p>{title}</p><p>Vraag 1</p><p>Klopt dit?</p><p>{label}</p><p>Ja.</p>")
    assert letter.kind == "answers"
    assert letter.meta.subject == title
    assert headings(letter) == ["Vraag 1", label]


def test_an_english_letter_with_little_room_between_its_lines(read: Callable[..., Letter]) -> None:
    letter = read(
        "letter.txt",
        "To the President of the House of Representatives of the States General\nDate 12 May 2023\n"
        "Re Evaluation of the Act\nDear Madam President,\n"
        "I hereby send you the evaluation of the Civic Integration Act 2021.1 I will inform the House of\n"
        "the next steps.\nFindings\nMunicipalities report long waiting times for housing.\nYours sincerely,\n"
        "Minister of Social Affairs and Employment,\nC.E.G. van Gennip\n\n1 Parliamentary Papers, no. 380.\n",
    )
    assert "Act 2021.¹ I will" in letter.text
    assert headings(letter) == ["Findings"]
    assert letter.meta.signers == ("Minister of Social Affairs and Employment, C.E.G. van Gennip",)


def test_what_the_printer_put_under_a_paper_of_2008(read: Callable[..., Letter]) -> None:
    letter = read(
        "kst.txt",
        "29 614\nGrondrechten\nNr. 8\nBRIEF VAN DE MINISTER VAN FINANCIËN\n"
        f"{HOUSE}\nDen Haag, 14 februari 2008\n\nIk stuur u de bijlage.\n\nKST113812\n0708tkkst29614-8\n"
        "ISSN 0921 - 7371\nSdu Uitgevers\n’s-Gravenhage 2008\n",
    )
    assert letter.text == "Ik stuur u de bijlage."


def test_a_later_page_repeats_its_labels_on_their_own_lines(read: Callable[..., Letter]) -> None:
    letter = read(
        "brief.txt",
        f"{HOUSE}\nDatum 11 mei 2021\nBetreft Kansen\n\nGeachte Voorzitter,\n\n"
        "Ik informeer u over de motie.\n"
        "1. Aanpak\nDe aanpak bestaat uit vier onderdelen, die in overleg met gemeenten zijn uitgewerkt.\n"
        "2. Vervolg\nEind dit jaar zend ik u de eerste rapportage.\nHoogachtend,\nPagina 1 van 2\n"
        "Datum 11 mei 2021\nOnze referentie 2021-0000234567\n\n"
        "De minister van Onderwijs, Cultuur en Wetenschap,\n\nI.K. van Engelshoven\nPagina 2 van 2\n",
    )
    assert letter.meta.reference == "2021-0000234567"
    assert headings(letter) == ["1. Aanpak", "2. Vervolg"]
    assert letter.meta.signers == ("minister van Onderwijs, Cultuur en Wetenschap, I.K. van Engelshoven",)
    assert "referentie" not in letter.text


def test_offices_in_one_row_of_a_table_and_names_in_the_next(tmp_path: Path) -> None:
    made = docx.Document()
    for text in (
        HOUSE,
        "Datum: 3 februari 2025",
        "Geachte Voorzitter,",
        "Ik kom hierop voor de zomer terug.",
    ):
        made.add_paragraph(text)
    table = made.add_table(2, 2)
    cells = [["De minister van Wonen,", "De minister van Asiel,"], ["Mona Keijzer", "M.H.M. Faber"]]
    for row, texts in enumerate(cells):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    made.save(tmp_path / "brief.docx")
    letter = read_letter(tmp_path / "brief.docx")
    assert letter.meta.signers == ("minister van Wonen, Mona Keijzer", "minister van Asiel, M.H.M. Faber")


def test_an_annex_has_its_label_number_and_title_in_one_heading(read: Callable[..., Letter]) -> None:
    letter = read(
        "kst-36600-XV-12.xml",
        f"<kamerstuk><stuk><titel>Nr. 12 BRIEF VAN DE MINISTER VAN FINANCIËN</titel><al>{HOUSE}</al>"
        "<al>Den Haag, 28 oktober 2024</al><al>De planning volgt.</al><divisie><kop><label>Bijlage</label>"
        "<nr>1</nr><titel>Planning</titel></kop><al>In januari.</al></divisie></stuk></kamerstuk>",
    )
    assert headings(letter) == ["Bijlage 1 Planning"]


ASKED = """Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Datum 14 november 2022
Betreft Aanpak van eenzaamheid

Geachte voorzitter,

Met deze brief informeer ik uw Kamer over de aanpak van eenzaamheid onder ouderen in de regio.

Wat betekent dit voor gemeenten?
Gemeenten krijgen vanaf 2026 meer ruimte om initiatieven in de wijk te ondersteunen, ook als die
klein zijn. Wat vraagt dat van hen? Daarvoor komt een regeling.

Hoe gaat het verder?

Ik informeer uw Kamer voor de zomer over de voortgang van de regeling en de eerste ervaringen ermee.
"""


def test_a_question_above_a_paragraph_is_a_heading(tmp_path: Path) -> None:
    """With an empty line after it or without; a question in a paragraph, or in a list of answers, is none."""
    file = tmp_path / "brief.txt"
    file.write_text(ASKED, "utf-8")
    asked = [each.body.text for each in read_letter(file, any_kind=True).blocks if each.kind == "heading"]
    assert asked == ["Wat betekent dit voor gemeenten?", "Hoe gaat het verder?"]
    file.write_text(
        "Vraag 1\nHoe kan dat?\n\nAntwoord 1\nDat is bekend.\n\nVraag 2\nWat nu?\n\nAntwoord 2\nNiets.\n"
    )
    told = [each.body.text for each in read_letter(file, any_kind=True).blocks if each.kind == "heading"]
    assert told == ["Vraag 1", "Antwoord 1", "Vraag 2", "Antwoord 2"]


@pytest.mark.parametrize(
    ("lines", "to", "subject", "sender"),
    [
        (
            "Aan: de gemeenteraad\nDatum: 12-09-2022\nOnderwerp: Opvang van ontheemden\nZaaknummer: 24567\n\n"
            "Geachte raad,\n\nMet deze brief informeren wij u over de opvang van ontheemden.\n\n"
            "Burgemeester en wethouders van Zutphen\n",
            "gemeenteraad",
            "Opvang van ontheemden",
            "Burgemeester en wethouders van Zutphen",
        ),
        (
            "Provinciale Staten van Drenthe\nDatum : 17 juni 2019\nOnderwerp : Vragen over windmolens\n\n"
            "Geachte leden,\n\nIn uw brief van 2 juni 2019 hebt u vragen gesteld over windmolens.\n\n"
            "gedeputeerde staten van Drenthe,\n\nJ. Klijnsma, voorzitter\n",
            "Provinciale Staten van Drenthe",
            "Vragen over windmolens",
            "gedeputeerde staten van Drenthe, J. Klijnsma",
        ),
        (
            "BETREFT   Aandachtspunten 2024\nDATUM     4 oktober 2023\nUW KENMERK\n\n"
            "Voorzitter van de Tweede Kamer der Staten-Generaal\n\nGeachte mevrouw Bergkamp,\n\n"
            "Bij deze brief bieden wij u onze aandachtspunten aan.\n",
            "Voorzitter van de Tweede Kamer der Staten-Generaal",
            "Aandachtspunten 2024",
            None,
        ),
    ],
)
def test_letters_of_other_bodies(
    read: Callable[..., Letter], tmp_path: Path, lines: str, to: str, subject: str, sender: str | None
) -> None:
    (tmp_path / "brief.txt").write_text(lines, "utf-8")
    meta = read_letter(tmp_path / "brief.txt", any_kind=True).meta
    assert (meta.addressee, meta.subject) == (to, subject)
    assert (meta.sender or "").startswith((sender or "").split(",")[0])


BODY = (
    "\n\nMet deze brief informeer ik u over de voortgang in de wijken en wat daarop volgt.\n\n"
    "De gemeenten zijn hierover ingelicht en het overleg gaat door.\n\n"
)


def test_labels_beside_one_another(read: Callable[..., Letter]) -> None:
    letter = read(
        "a.txt",
        f"{HOUSE}\n\nDatum       20 augustus 2012          Ons kenmerk   2012-0000459123\n"
        f"Betreft     Reactie op het rapport\n\nGeachte voorzitter,{BODY}"
        "De Minister van Wonen,\n\nA. Jansen\n",
    )
    assert (letter.meta.date, letter.meta.reference) == (date(2012, 8, 20), "2012-0000459123")
    assert letter.meta.subject == "Reactie op het rapport"


def test_a_row_of_labels_above_a_row_of_values(read: Callable[..., Letter]) -> None:
    letter = read(
        "b.txt",
        "Provinciale Staten van Utrecht\n\nUw kenmerk            Ons kenmerk            Datum\n"
        "                      81A2/2016              12 april 2016\n\nOnderwerp: Vragen over de bus\n\n"
        f"Geachte leden,{BODY}Gedeputeerde Staten van Utrecht,\n",
    )
    assert (letter.meta.date, letter.meta.reference) == (date(2016, 4, 12), "81A2/2016")
    assert letter.meta.addressee == "Provinciale Staten van Utrecht"


def test_a_council_with_tabs_and_the_secretary_beside_the_mayor(read: Callable[..., Letter]) -> None:
    letter = read(
        "c.txt",
        "De raad van de gemeente Heusden\n\nDatum\t14 mei 2018\nZaaknummer\t112345\nOnderwerp\tMaatjes\n"
        f"Behandeld door\tJ. Jansen\n\nGeachte raad,{BODY}"
        "Burgemeester en wethouders van Heusden,\nde secretaris, de burgemeester,\n",
    )
    assert (letter.meta.date, letter.meta.reference) == (date(2018, 5, 14), "112345")
    assert (letter.meta.subject, letter.meta.addressee) == ("Maatjes", "raad van de gemeente Heusden")
    assert letter.meta.sender == "Burgemeester en wethouders van Heusden"


@pytest.mark.parametrize(
    ("signed", "signers", "sender"),
    [
        (
            "W. Jansen\nMinister van Sociale Zaken",
            ("Minister van Sociale Zaken, W. Jansen",),
            "Minister van Sociale Zaken",
        ),
        (
            "Anna Peeters\nVlaams minister van Inburgering",
            ("Vlaams minister van Inburgering, Anna Peeters",),
            "Vlaams minister van Inburgering",
        ),
        ("Hoogachtend,\n\nL. van der Veen", ("L. van der Veen",), None),
        ("De informateur,\nE.I. Smit", ("informateur, E.I. Smit",), "informateur"),
    ],
)
def test_the_name_before_the_office_or_alone(
    read: Callable[..., Letter], signed: str, signers: tuple[str, ...], sender: str | None
) -> None:
    letter = read("d.txt", f"{HOUSE}\n\n3 juni 2021\n\nBetreft: Rapport{BODY}{signed}\n")
    assert letter.meta.date == date(2021, 6, 3)
    assert (letter.meta.signers, letter.meta.sender) == (signers, sender)


def test_the_last_sentence_is_no_signature(read: Callable[..., Letter]) -> None:
    letter = read("e.txt", f"{HOUSE}\n\n3 juni 2021\n\nBetreft: Rapport{BODY}Jan Jansen sprak de minister.\n")
    assert letter.meta.signers == ()


def test_an_answer_by_a_flemish_minister(read: Callable[..., Letter]) -> None:
    letter = read(
        "f.txt",
        "ANNA PEETERS\nVICEMINISTER-PRESIDENT VAN DE VLAAMSE REGERING\nVLAAMS MINISTER VAN INBURGERING\n\n"
        "ANTWOORD\nop vraag nr. 145 van 14 februari 2020\nvan JAN SMIT\n\n"
        "1. Het agentschap volgde in 2019 meer dan twintigduizend mensen op in heel Vlaanderen.\n\n"
        "2. De cijfers per provincie staan in de bijlage bij dit antwoord op de vraag.\n",
    )
    assert (letter.meta.number, letter.meta.date) == ("145", None)
    assert (
        letter.meta.sender
        == "Viceminister-President van de Vlaamse Regering, Vlaams Minister van Inburgering"
    )
    assert letter.meta.subject == "Antwoord op vraag nr. 145 van 14 februari 2020 van JAN SMIT"
