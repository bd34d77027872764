"""Letters with what a draft carries, two letters in one page, lists of questions that only have numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from odfdo import Document, Element, Paragraph

from support.files import pdf
from thuis.documents import open_file
from thuis.dossier.ledger import import_entries
from thuis.dossier.letter import Letter, read_letter
from thuis.errors import ThuisError

HOUSE = "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal"
HEAD = (HOUSE, "Datum 14 november 2023", "Betreft Aanpak taal", "Geachte voorzitter,")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Letter]:
    def reading(name: str, text: str | bytes, part: int | None = None) -> Letter:
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_letter(file, part=part)

    return reading


def headings(letter: Letter) -> list[str]:
    return [each.text for each in letter.blocks if each.kind == "heading"]


def remarks(letter: Letter) -> dict[str, str]:
    return {each.kind: " ".join(each.values.values()) for each in letter.remarks}


def word(paragraphs: Sequence[str]) -> docx.document.Document:
    made = docx.Document()
    for each in paragraphs:
        made.add_paragraph(each)
    return made


def opened(tmp_path: Path, paragraphs: Sequence[str | Element], before: Element | None = None) -> Path:
    made = Document("text")
    made.body.clear()
    if before is not None:
        made.body.append(before)
    for each in paragraphs:
        made.body.append(Paragraph(each) if isinstance(each, str) else each)
    made.save(str(tmp_path / "brief.odt"))
    return tmp_path / "brief.odt"


class TestWhatADraftCarries:
    def test_tracked_changes_of_word_are_read_as_accepted_and_told(self, tmp_path: Path) -> None:
        made = word(HEAD)
        sentence = made.add_paragraph("Met deze brief informeer ik uw Kamer over ")
        for change in (
            f'<w:del {W} w:id="1" w:author="A"><w:r><w:delText>de oude aanpak</w:delText></w:r></w:del>',
            f'<w:ins {W} w:id="2" w:author="B"><w:r><w:t>de nieuwe aanpak</w:t></w:r></w:ins>',
            f'<w:moveFrom {W} w:id="3" w:author="B"><w:r><w:t>, later</w:t></w:r></w:moveFrom>',
            f'<w:moveTo {W} w:id="4" w:author="B"><w:r><w:t>, eerder</w:t></w:r></w:moveTo>',
        ):
            sentence._p.append(parse_xml(change))
        made.save(tmp_path / "brief.docx")
        letter = read_letter(tmp_path / "brief.docx")
        assert letter.blocks[-1].text == "Met deze brief informeer ik uw Kamer over de nieuwe aanpak, eerder"
        assert remarks(letter)["tracked-changes"] == "4"
        assert [each.level for each in letter.remarks if each.kind == "tracked-changes"] == ["doubt"]

    def test_comments_and_hidden_text_are_no_text_but_are_kept(self, tmp_path: Path) -> None:
        made = word((*HEAD, "Met deze brief informeer ik uw Kamer over taal."))
        made.add_comment(made.paragraphs[-1].runs, text="Kloppen deze cijfers?", author="B", initials="B")
        hidden = made.add_paragraph().add_run("INTERN: nog afstemmen met allochtonen.")
        hidden.font.hidden = True
        made.save(tmp_path / "brief.docx")
        letter = read_letter(tmp_path / "brief.docx")
        assert letter.text == "Met deze brief informeer ik uw Kamer over taal."
        assert remarks(letter)["comments"] == "1"
        assert {each.body.text for each in letter.removed} >= {"INTERN: nog afstemmen met allochtonen."}
        (source,) = open_file(tmp_path / "brief.docx")
        assert any(each.kind == "label" and "INTERN" in each.body.text for each in source.paragraphs)

    def test_text_that_is_no_longer_hidden_is_text(self, tmp_path: Path) -> None:
        made = word(HEAD)
        run = made.add_paragraph().add_run("Met deze brief informeer ik uw Kamer.")
        run.font.hidden = False
        made.save(tmp_path / "brief.docx")
        assert read_letter(tmp_path / "brief.docx").text == "Met deze brief informeer ik uw Kamer."

    def test_tracked_changes_and_comments_of_opendocument(self, tmp_path: Path) -> None:
        changes = Element.from_tag(
            '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
            "<office:change-info><dc:creator>A</dc:creator></office:change-info>"
            "<text:p>de oude aanpak</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        )
        sentence = Element.from_tag(
            "<text:p>Met deze brief<office:annotation><text:p>Klopt dit?</text:p></office:annotation>"
            ' informeer ik uw Kamer over <text:change text:change-id="c1"/>de nieuwe aanpak.</text:p>'
        )
        letter = read_letter(opened(tmp_path, [*HEAD, sentence], changes))
        assert letter.text == "Met deze brief informeer ik uw Kamer over de nieuwe aanpak."
        assert (remarks(letter)["tracked-changes"], remarks(letter)["comments"]) == ("1", "1")


def web(*letters: Sequence[str]) -> str:
    body = "<hr>".join("".join(f"<p>{line}</p>" for line in each) for each in letters)
    return f"<!doctype html><html><body>{body}</body></html>"


ONE = (
    *(HOUSE, "Den Haag, 5 maart 2024", "Betreft: Taal op de werkvloer", "Geachte voorzitter,"),
    "Met deze brief informeer ik uw Kamer over taal op de werkvloer en wat daarvoor is gedaan.",
)
TWO = (
    *(HOUSE, "Den Haag, 7 mei 2024", "Betreft: Monitor inburgering", "Geachte voorzitter,"),
    "Hierbij bied ik u de monitor inburgering aan, die over het afgelopen jaar gaat.",
)
MINISTER = "BRIEF VAN DE MINISTER VAN SOCIALE ZAKEN EN WERKGELEGENHEID"


def printed(number: int, letter: Sequence[str]) -> list[str]:
    return ["32 824 Integratiebeleid", f"Nr. {number} {MINISTER}", letter[0], letter[1], letter[-1]]


def official(*letters: tuple[int, Sequence[str]]) -> str:
    papers = "".join(
        "<kamerstuk><dossier><dossiernummer><dossiernr>32824</dossiernr></dossiernummer>"
        f"<titel>Integratiebeleid</titel></dossier><stuk><stuknr><ondernummer>{number}</ondernummer></stuknr>"
        f"<titel>{MINISTER}</titel><tekst><al>{text[0]}</al><al>{text[1]}</al><al>{text[-1]}</al>"
        "</tekst></stuk></kamerstuk>"
        for number, text in letters
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><officiele-publicatie>{papers}</officiele-publicatie>'


class TestTwoLettersInOneFile:
    @pytest.mark.parametrize("name", ["brieven.html", "brieven.xml"])
    def test_are_refused_until_one_is_chosen(self, read: Callable[..., Letter], name: str) -> None:
        text = web(ONE, TWO) if name.endswith("html") else official((401, ONE), (402, TWO))
        with pytest.raises(ThuisError, match="holds 2 letters"):
            read(name, text)
        with pytest.raises(ThuisError, match="there is no letter 3"):
            read(name, text, 3)
        first, second = read(name, text, 1), read(name, text, 2)
        assert (first.meta.date, second.meta.date) == (date(2024, 3, 5), date(2024, 5, 7))
        assert "monitor" not in first.text
        assert "werkvloer" not in second.text
        if name.endswith("xml"):
            assert (first.meta.number, second.meta.number) == ("401", "402")

    def test_without_a_subject_in_word_and_opendocument(self, tmp_path: Path) -> None:
        both = [*printed(401, ONE), *printed(402, TWO)]
        word(both).save(tmp_path / "brieven.docx")
        for file in (tmp_path / "brieven.docx", opened(tmp_path, both)):
            with pytest.raises(ThuisError, match="holds 2 letters"):
                read_letter(file)
            second = read_letter(file, part=2)
            assert (second.meta.number, second.meta.dossier) == ("402", "32824")
            assert second.text == TWO[-1]

    def test_a_page_with_a_title_above_its_letter_and_a_letter_with_an_annex_are_one(
        self, read: Callable[..., Letter]
    ) -> None:
        title = "Brief regering : Reactie op het verzoek van het lid Asscher, gedaan tijdens de Regeling"
        assert read("a.html", web([title, *printed(65, ONE)])).meta.number == "65"
        annex = "De toezegging aan het lid Becker is met deze brief afgedaan."
        assert read("b.html", web([*ONE, "Bijlage: overzicht van toezeggingen", annex])).text.endswith(annex)

    def test_cells_of_a_table_above_the_head(self, read: Callable[..., Letter]) -> None:
        cells = ["Datum publicatie", "Organisatie", "Vergaderjaar", "Dossier- en ondernummer", "2019-2020"]
        paper = ["35 300 VII Vaststelling van de begrotingsstaten", f"Nr. 85 {MINISTER}", *ONE[:2], ONE[-1]]
        letter = read("kst.html", web([*cells, "35300-VII nr. 85", *paper]))
        assert (letter.meta.dossier, letter.meta.number) == ("35300-VII", "85")


LIST = """31 235
Leren van parlementair onderzoek

nr. 3
LIJST VAN VRAGEN EN ANTWOORDEN

Vastgesteld 31 januari 2008

De commissie voor de Rijksuitgaven heeft een aantal vragen voorgelegd aan de minister van Binnenlandse Zaken
over het rapport «Leren van parlementair onderzoek» (Kamerstuk 31 235, nr. 2).

De griffier van de commissie,
Groen

1

Welke lessen kan het parlement trekken uit de onderzochte onderzoeken?

Het is aan het parlement zelf om dat te bepalen. In 2007 waren er 3.

2

Heeft de Tweede Kamer, achteraf bezien, «fouten» gemaakt?

De Algemene Rekenkamer informeert u separaat.

3

Wat zou er anders kunnen?

Zie het antwoord op vraag 2.
"""


class TestListsOfQuestions:
    def test_numbers_without_a_word(self, read: Callable[..., Letter]) -> None:
        letter = read("lijst.txt", LIST)
        assert (letter.kind, letter.meta.date) == ("answers", date(2008, 1, 31))
        assert (letter.meta.dossier, letter.meta.number) == ("31235", "3")
        assert letter.meta.sender == "minister van Binnenlandse Zaken"
        assert headings(letter) == ["Vraag 1", "Vraag 2", "Vraag 3"]
        assert "Zie het antwoord op vraag 2." in letter.text

    def test_the_number_before_its_question(self, read: Callable[..., Letter]) -> None:
        letter = read("lijst.txt", LIST.replace("1\n\nWelke", "1. Welke").replace("2\n\nHeeft", "2. Heeft"))
        assert headings(letter) == ["Vraag 1", "Vraag 2", "Vraag 3"]
        assert "\nWelke lessen" in letter.text

    def test_question_and_answer_on_lines_of_their_own(self, read: Callable[..., Letter]) -> None:
        text = (
            "Lijst van vragen en antwoorden over de begroting 2024 (36 410 XV, nr. 1)\n\nVraag\n1\n"
            "Hoeveel?"
            "\n\nAntwoord\nIn 2023 waren het er 4.500.\n\nVraag\n2\nWanneer?\n\nAntwoord\nIn het voorjaar.\n"
        )
        assert headings(read("lijst.txt", text)) == ["Vraag 1", "Antwoord 1", "Vraag 2", "Antwoord 2"]

    def test_over_pages_and_in_word(self, read: Callable[..., Letter], tmp_path: Path) -> None:
        lines = LIST.splitlines()
        pages = [lines[:19], lines[19:]]
        made = pdf([[(60, 800 - 14 * n, 10, t) for n, t in enumerate(each) if t] for each in pages])
        assert headings(read("lijst.pdf", made))[-3:] == ["Vraag 1", "Vraag 2", "Vraag 3"]
        word([line for line in lines if line]).save(tmp_path / "lijst.docx")
        assert headings(read_letter(tmp_path / "lijst.docx")) == ["Vraag 1", "Vraag 2", "Vraag 3"]

    def test_a_letter_that_sends_such_a_list_is_a_letter(self, read: Callable[..., Letter]) -> None:
        text = "\n\n".join((*HEAD[:2], "Betreft Lijst van vragen en antwoorden", HEAD[3])) + (
            "\n\nHierbij stuur ik u de antwoorden. De lijst telt:\n\n"
            "1. Begroting en kader.\n\n2. Taal. Is dat zo? Ja.\n"
        )
        letter = read("brief.txt", text)
        assert (letter.kind, letter.meta.subject) == ("letter", "Lijst van vragen en antwoorden")


@pytest.mark.parametrize("written", ["31 februari 2021", "3I maait 2021", "xx-04-2021"])
def test_a_date_that_cannot_be_read_is_told(read: Callable[..., Letter], written: str) -> None:
    letter = read(
        "brief.txt",
        "35 483 Regels over inburgering\n\nF BRIEF VAN DE MINISTER VAN SOCIALE ZAKEN EN WERKGELEGENHEID\n\n"
        f"Aan de Voorzitter van de Eerste Kamer der Staten-Generaal\n\nDen Haag, {written}\n\n"
        "Hierbij stuur ik u het verslag van de voorhang van het besluit, dat in het najaar is afgerond.\n",
    )
    assert letter.meta.date is None
    assert remarks(letter)["date-unread"] == written


@pytest.mark.parametrize("written", ["31 februari 2021", "zomer", "1e kw"])
def test_a_day_of_the_register_that_cannot_be_read_is_refused_with_its_words(
    tmp_path: Path, written: str
) -> None:
    page = tmp_path / "rappel.txt"
    page.write_text(
        "Toezegging Evaluatie (32.890) (T01615)\n\nDe minister zegt toe te evalueren.\n\nKerngegevens\n\n"
        f"Nummer T01615\nStatus openstaand\nDatum toezegging 6 november 2012\nDeadline {written}\n",
        "utf-8",
    )
    with pytest.raises(ThuisError, match=f"T01615: '{written}' is no day"):
        import_entries(page)
    page.write_text(page.read_text("utf-8").replace(written, "nader te bepalen"), "utf-8")
    assert [each.due for each in import_entries(page)] == [""]
    page.write_text(page.read_text("utf-8").replace("nader te bepalen", "juli 2024"), "utf-8")
    assert [each.due for each in import_entries(page)] == ["2024-07"]


def test_markdown_of_a_converter(read: Callable[..., Letter]) -> None:
    letter = read(
        "brief.md",
        f"{HOUSE}\n\n**Datum** 14 november 2023\n**Betreft** Aanpak taal\n\nGeachte voorzitter,\n\n"
        "## Aanleiding\n\nMet deze brief informeer ik uw Kamer over de *aanpak* van taal.[^1]\n\n"
        "[^1]: Kamerstuk 32 824, nr. 361.\n",
    )
    assert (letter.meta.date, letter.meta.subject) == (date(2023, 11, 14), "Aanpak taal")
    assert headings(letter) == ["Aanleiding"]
    assert letter.blocks[-1].text == "Met deze brief informeer ik uw Kamer over de aanpak van taal.¹"
    assert [(each.number, each.text) for each in letter.notes] == [(1, "Kamerstuk 32 824, nr. 361.")]
    assert not [each for each in letter.remarks if each.level == "error"]


def test_answers_of_a_converter_with_the_day_on_the_next_line(read: Callable[..., Letter]) -> None:
    letter = read(
        "ah.md",
        "#### Vergaderjaar 2023–2024 Aanhangsel van de Handelingen\n\n"
        "**Vragen gesteld door de leden der Kamer**\n\n"
        "Vragen van het lid Boswijk (CDA) aan de Minister van Buitenlandse Zaken\n"
        "over de Kaukasus (ingezonden\n2 oktober 2023).\n\n"
        "Antwoord van Minister Bruins Slot (Buitenlandse Zaken) (ontvangen\n13 november 2023).\n\n"
        "Vraag 1\nBent u bekend met het bericht?\n\nAntwoord 1\nJa.\n",
    )
    assert (letter.kind, letter.meta.date) == ("answers", date(2023, 11, 13))


def test_what_is_no_number_of_a_paper_is_not_taken_for_one(read: Callable[..., Letter]) -> None:
    damaged = official((401, ONE)).replace("32824", "3" * 200).replace("401", "4" * 200)
    letter = read("kst.xml", damaged)
    assert (letter.meta.dossier, letter.meta.number) == (None, None)
    text = "\n\n".join((f"٣٥ ٤٨٣ Inburgering\n\nNr. 5 {MINISTER}", *ONE))
    assert read("brief.txt", text).meta.dossier is None
