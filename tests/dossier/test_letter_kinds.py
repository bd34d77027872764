"""Letters that were once read wrongly, each with other members of its kind."""

# The letters stand in their lines as converters leave them.
# ruff: noqa: E501

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest

from thuis.dossier.letter import Letter, read_letter
from thuis.dossier.reading import read_citations
from thuis.errors import ThuisError

HEAD = "De voorzitter van de Tweede Kamer\nDatum 3 mei 2023\nBetreft Samenleven\n\n"
LONG = "Dit is een gewone zin van een brief aan de Kamer over het onderwerp.\n"


@pytest.fixture
def cases(shared: Path) -> Path:
    return shared / "cases" / "letters"


def reading(tmp_path: Path, text: str, name: str = "brief.txt", **how: object) -> Letter:
    (tmp_path / name).write_text(text, "utf-8")
    return read_letter(tmp_path / name, **how)  # type: ignore[arg-type]


def kinds(letter: Letter) -> list[str]:
    return [each.kind for each in letter.remarks if each.level == "error"]


class TestNotes:
    def test_a_note_after_a_bracket_and_a_word_broken_over_pages(self, cases: Path) -> None:
        letter = read_letter(cases / "p1-brief.pdf")
        assert "(Kamerstuk 32 824, nr. 448).¹ Daarbij heb ik de heer Ceder" in letter.text
        assert "met een migratieachtergrond. De motie-Van Baarle" in letter.text.replace("\n\n", " ")
        assert [block.kind for block in letter.blocks if block.kind == "heading"] == []
        assert [(note.number, note.block is not None) for note in letter.notes] == [
            (1, True),
            (2, True),
            (3, True),
        ]

    def test_notes_right_under_the_text(self, tmp_path: Path) -> None:
        text = f"{HEAD}{LONG}Dat staat in het rapport1 van het\nbureau en in de nota2 daarbij.\n1 Rapport A, 2020\n2 Nota B\n"
        letter = reading(tmp_path, text)
        assert letter.text.endswith("Dat staat in het rapport¹ van het bureau en in de nota² daarbij.")
        assert [(note.number, note.text, note.block) for note in letter.notes] == [
            (1, "Rapport A, 2020", "b1"), (2, "Nota B", "b1"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "end", ["rapport1", "rapport.1", "rapport)1", "nr. 448).1", "in 20201", "waar?1", "«Thuis».1"]
    )
    def test_a_number_after_any_sign_is_a_marker_and_makes_no_heading(self, tmp_path: Path, end: str) -> None:
        letter = reading(
            tmp_path, f"{HEAD}Dit staat in het stuk {end}\n\nMeer volgt hier.\n\n1 Rapport A, 2020\n"
        )
        assert letter.blocks[0].text == f"Dit staat in het stuk {end[:-1]}¹"
        assert letter.notes[0].block == "b1"
        assert end[-2] not in ".?" or letter.blocks[0].kind == "paragraph"

    @pytest.mark.parametrize(
        ("figure", "read"),
        [("1.2001", "1.200¹"), ("12.3451", "12.345¹"), ("1.2009", "1.2009"), ("€ 1.200", "€ 1.200")],
    )
    def test_a_number_against_a_figure_with_its_point(self, tmp_path: Path, figure: str, read: str) -> None:
        letter = reading(
            tmp_path, f"{HEAD}Het ging om {figure} leerlingen in het noorden.\n\n1 Stand op 1 mei.\n"
        )
        assert letter.blocks[0].text == f"Het ging om {read} leerlingen in het noorden."

    @pytest.mark.parametrize("rule", ["____________________", "--------------------", "—————————"])
    def test_a_rule_above_the_notes_is_no_text(self, tmp_path: Path, rule: str) -> None:
        letter = reading(
            tmp_path, f"{HEAD}{LONG}Dat staat in het rapport.1 Een zin loopt\n{rule}\n1 Rapport A.\n"
        )
        assert letter.text.endswith("Dat staat in het rapport.¹ Een zin loopt")
        assert [note.text for note in letter.notes] == ["Rapport A."]

    def test_a_marker_without_its_note_makes_no_heading(self, tmp_path: Path) -> None:
        letter = reading(tmp_path, f"{HEAD}Dit staat in het stuk (nr. 448).7\n\nMeer volgt hier.\n")
        assert [block.kind for block in letter.blocks] == ["paragraph", "paragraph"]

    def test_a_line_that_begins_with_a_day_is_no_note(self, tmp_path: Path) -> None:
        letter = reading(
            tmp_path, f"{HEAD}{LONG}Het geldt in de wijk1 vanaf\n1 januari 2024 voor wie er woont.\n"
        )
        assert letter.notes == ()
        assert "vanaf 1 januari 2024 voor wie" in letter.text

    @pytest.mark.parametrize(
        "notes",
        [
            "<ol class='footnotes'><li>Stb. 2006, 625</li><li>Nota</li></ol>",
            "<section class='footnotes'><hr><ol><li id='fn1'><p>Stb. 2006, 625"
            " <a href='#r' class='footnote-back'>↩︎</a></p></li><li id='fn2'><p>Nota</p></li></ol></section>",
            "<aside id='footnotes' role='doc-endnotes'><ol><li>Stb. 2006, 625</li><li>Nota</li></ol></aside>",
            "<div id='ftn1'><p class='MsoFootnoteText'><span class='MsoFootnoteReference'>[1]</span> Stb. 2006, 625</p>"
            "</div><div id='ftn2'><p>Nota</p></div>",
            "<div class='voet noot'><p><sup>1</sup> Stb. 2006, 625</p></div><div class='noot'><p>2. Nota</p></div>",
        ],
        ids=["list", "pandoc", "aside", "word", "official"],
    )
    def test_notes_of_web_pages(self, tmp_path: Path, notes: str) -> None:
        page = "<p>Aan de voorzitter van de Tweede Kamer</p><p>Den Haag, 3 mei 2023</p>"
        page += f"<p>Het besluit<sup>1</sup> en de nota<a class='footnote-ref' href='#fn2'>2</a> zijn er.</p>{notes}"
        letter = reading(tmp_path, f"<!DOCTYPE html><html><body>{page}</body></html>", "brief.html")
        assert letter.text == "Het besluit¹ en de nota² zijn er."
        assert [(note.number, note.text, note.block) for note in letter.notes] == [
            (1, "Stb. 2006, 625", "b1"), (2, "Nota", "b1"),
        ]  # fmt: skip


class TestHyphens:
    def test_plain_text(self, cases: Path) -> None:
        letter = read_letter(cases / "hy.txt")
        assert "met een migratieachtergrond en om de allochtonen in de wijk.¹" in letter.text
        assert "om niet-westerse migranten." in letter.text
        assert [(note.number, note.block) for note in letter.notes] == [(1, "b1")]
        assert kinds(letter) == []

    @pytest.mark.parametrize(
        ("broken", "whole"),
        [
            ("Neder-\nlandse", "Nederlandse"),
            ("arbeids-\nmarkt", "arbeidsmarkt"),
            ("oud-\nminister", "oud-minister"),
            ("sociaal-\neconomische", "sociaal-economische"),
            ("EU-\nlanden", "EU-landen"),
            ("zee-\negels", "zee-egels"),
            ("in-\nen uitvoer", "in- en uitvoer"),
            ("motie-\nVan Baarle", "motie-Van Baarle"),
            ("inburge\u00ad\nring", "inburgering"),
        ],
    )
    def test_each_kind_of_hyphen(self, tmp_path: Path, broken: str, whole: str) -> None:
        letter = reading(tmp_path, f"{HEAD}Het gaat hier om {broken} en om niets anders dan dat.\n")
        assert f"om {whole} en om" in letter.text

    def test_the_text_itself_tells(self, tmp_path: Path) -> None:
        text = f"{HEAD}De beleids-evaluatie komt. Wij wachten op de beleids-\nevaluatie van dit jaar.\n"
        assert reading(tmp_path, text).text.count("beleids-evaluatie") == 2


class TestTwoPapers:
    def test_each_has_its_own_date(self, cases: Path) -> None:
        with pytest.raises(ThuisError) as error:
            read_letter(cases / "r1.txt")
        assert error.value.problems[0].available == ("1 (from line 1)", "2 (from line 14)")
        first, second = (read_letter(cases / "r1.txt", part=part) for part in (1, 2))
        assert (first.meta.id, first.meta.date) == ("kst-19637-2302", date(2017, 2, 22))
        assert (second.meta.id, second.meta.date) == ("kst-30420-211", date(2014, 12, 19))
        assert "30 420" not in first.text

    def test_three_letters_of_a_ministry(self, tmp_path: Path) -> None:
        one = "> Retouradres Postbus 1 Den Haag\nDe voorzitter van de Tweede Kamer\n\nDatum {} mei 2023\nBetreft Brief {}\n\n"
        text = "".join(
            one.format(n, n) + f"{LONG}Dit is brief {n}.\n\nDe Minister voor Wonen,\n\n" for n in (1, 2, 3)
        )
        for part in (1, 2, 3):
            letter = reading(tmp_path, text, part=part)
            assert (letter.meta.date, letter.meta.subject) == (date(2023, 5, part), f"Brief {part}")
            assert f"Dit is brief {part}." in letter.text
            assert letter.text.count("Dit is brief") == 1


class TestHeads:
    def test_print_of_2008(self, cases: Path) -> None:
        meta = read_letter(cases / "m12-kst-2008.txt").meta
        assert (meta.id, meta.date) == ("kst-30420-127", date(2008, 11, 28))
        assert meta.sender == "Minister van Onderwijs, Cultuur en Wetenschap"

    def test_print_of_2008_with_a_part_of_the_budget(self, tmp_path: Path) -> None:
        text = "31 700 XVIII\nVaststelling van de begroting\n\nnr. 12\nBRIEF VAN DE MINISTER VOOR WONEN\n\n"
        text += f"Den Haag, 2 oktober 2008\n\n{LONG}"
        assert reading(tmp_path, text).meta.id == "kst-31700-XVIII-12"

    def test_official_xml_tells_its_id(self, cases: Path) -> None:
        letter = read_letter(cases / "m07-kamerstuk.xml")
        assert (letter.meta.id, letter.meta.dossier, letter.meta.number) == (
            "kst-19637-2307",
            "19637",
            "2307",
        )
        assert letter.meta.date == date(2017, 2, 27)
        assert letter.meta.signers == ("Staatssecretaris van Veiligheid en Justitie, K.H.D.M. Dijkhoff",)
        assert [(note.number, note.text) for note in letter.notes] == [(1, "Kamerstuk 19 637, nr. 2301.")]

    def test_the_dossier_in_the_body_of_xml_tells_it_too(self, tmp_path: Path) -> None:
        text = (
            "<kamerstuk><dossiernummer><dossiernr>32 824</dossiernr></dossiernummer><stuk><stuknr>Nr. "
            "<ondernummer>9</ondernummer></stuknr><titel>BRIEF VAN DE MINISTER VOOR WONEN</titel></stuk>"
            f"<al>Den Haag, 3 mei 2023</al><al>{LONG}</al></kamerstuk>"
        )
        assert reading(tmp_path, text, "stuk.xml").meta.id == "kst-32824-9"

    def test_labels_above_their_values(self, cases: Path) -> None:
        letter = read_letter(cases / "m01-vrom-2009-infokolom.txt")
        assert (letter.meta.date, letter.meta.subject) == (date(2009, 11, 17), "Integratiebrief")
        assert letter.blocks[0].text.startswith("Hoe komen we tot een samenleving")
        assert [note.number for note in letter.notes] == [1]

    @pytest.mark.parametrize(
        "column",
        [
            "Datum\nOnze referentie\nBetreft\n3 mei 2023\n2023-0000123456\nVoortgang van het wonen\n",
            "Onze referentie\nDatum\nBijlagen\nOnderwerp\n2023-0000123456\n3 mei 2023\n2\nVoortgang van het wonen\n",
            "Datum:\nBetreft:\n3 mei 2023\nVoortgang van\nhet wonen\n",
        ],
    )
    def test_other_orders_of_labels(self, tmp_path: Path, column: str) -> None:
        letter = reading(
            tmp_path, f"De voorzitter van de Tweede Kamer\n{column}\nGeachte voorzitter,\n\n{LONG}"
        )
        assert (letter.meta.date, letter.meta.subject) == (date(2023, 5, 3), "Voortgang van het wonen")
        assert letter.meta.reference in ("2023-0000123456", None)
        assert letter.text == LONG.strip()

    def test_the_reference_of_the_other_side_stands_between(self, tmp_path: Path) -> None:
        text = (
            "Ministerie van Binnenlandse Zaken\n\nDatum\nKenmerk\nUw kenmerk\nOnderwerp\n\n18 juni 2018\n2018-0000289077\n"
            f"31490-236\nVoortgang Agenda Stad\n\nAan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\n{LONG}"
        )
        meta = reading(tmp_path, text).meta
        assert (meta.date, meta.reference, meta.subject) == (
            date(2018, 6, 18),
            "2018-0000289077",
            "Voortgang Agenda Stad",
        )

    @pytest.mark.parametrize("label", ["Re ", "Re: ", "Subject: ", "RE: "])
    def test_subject_of_an_english_letter(self, tmp_path: Path, label: str) -> None:
        text = (
            "To the President of the House of Representatives\n\nDate 12 May 2023\n"
            f"{label}Progress of the civic integration act\n\nDear Madam President,\n\nReading this is enough.\n"
        )
        assert reading(tmp_path, text).meta.subject == "Progress of the civic integration act"

    def test_first_and_last_name_in_xml(self, tmp_path: Path) -> None:
        text = (
            "<officiele-publicatie><metadata><meta name='DC.identifier' content='kst-35570-VI-88'/></metadata><kamerstuk>"
            f"<stuk><al>Aan de Voorzitter van de Tweede Kamer der Staten-Generaal</al><al>Den Haag, 9 december 2020</al>"
            f"<al>{LONG}</al><ondertekening><functie>De Minister van Justitie,</functie>"
            "<naam><voornaam>F.B.J.</voornaam><achternaam>Grapperhaus</achternaam></naam></ondertekening></stuk>"
            "</kamerstuk></officiele-publicatie>"
        )
        meta = reading(tmp_path, text, "brief.xml").meta
        assert (meta.id, meta.signers) == ("kst-35570-VI-88", ("Minister van Justitie, F.B.J. Grapperhaus",))

    def test_a_misread_scan_is_read_and_doubted(self, cases: Path) -> None:
        letter = read_letter(cases / "m10-ocr.txt")
        assert letter.meta.date == date(2021, 11, 19)
        assert letter.meta.sender == "Staatssecretaris van Sociale Zaken en Werkgelegenheid"
        assert [(r.kind, r.level, r.values["written"]) for r in letter.remarks if r.kind == "ocr"] == [
            ("ocr", "doubt", "l9 november 2O21")
        ]

    def test_english(self, tmp_path: Path) -> None:
        text = (
            "> Return address PO Box 90801 2509 LV The Hague\nTo the President of the House of Representatives\n"
            "of the States General\n\nDate May 3, 2023\nOur reference 2023-0000123456\nSubject Progress on housing\n\n"
            "Dear President,\n\nI will inform your House before the summer about the well-\nbeing of people.\n\n"
            "Yours sincerely,\n\nThe Minister for Housing and Spatial Planning,\n\nH.M. de Jonge\n"
        )
        meta = (letter := reading(tmp_path, text)).meta
        assert (meta.date, meta.subject, meta.reference) == (
            date(2023, 5, 3),
            "Progress on housing",
            "2023-0000123456",
        )
        assert meta.addressee == "President of the House of Representatives"
        assert meta.sender == "Minister for Housing and Spatial Planning"
        assert meta.signers == ("Minister for Housing and Spatial Planning, H.M. de Jonge",)
        assert (
            letter.blocks[0].text
            == "I will inform your House before the summer about the well-being of people."
        )


@pytest.mark.parametrize(
    ("lines", "signer"),
    [
        ("De Minister van Justitie, A. Jansen", "Minister van Justitie, A. Jansen"),
        ("De Minister van Justitie en Veiligheid,\n\ndr. D.M. van Weel", "Minister van Justitie en Veiligheid, dr. D.M. van Weel"),
        ("De staatssecretaris van Financiën,\nAlexandra van Huffelen", "staatssecretaris van Financiën, Alexandra van Huffelen"),
        ("Hoogachtend,\n\nDe Minister voor Wonen,\n\nM.C.G. Keijzer", "Minister voor Wonen, M.C.G. Keijzer"),
    ],
)  # fmt: skip
def test_signatures(tmp_path: Path, lines: str, signer: str) -> None:
    letter = reading(tmp_path, f"{HEAD}{LONG}\n{lines}\n")
    assert letter.meta.signers == (signer,)
    assert [block.kind for block in letter.blocks if block.kind == "heading"] == []


@pytest.mark.parametrize(
    ("lines", "signers"),
    [
        ("De Minister van Sociale Zaken      De Staatssecretaris van Sociale Zaken\nen Werkgelegenheid,"
         "                en Werkgelegenheid,\n\n(w.g.) W. Koolmees                 (w.g.) A.D. Wiersma",
         ("Minister van Sociale Zaken en Werkgelegenheid, W. Koolmees", "Staatssecretaris van Sociale Zaken en Werkgelegenheid, A.D. Wiersma")),
        ("De minister van Financiën,        De staatssecretaris van Financiën,\n\n\n\nS.A.M. Kaag                       M.L.A. van Rij",
         ("minister van Financiën, S.A.M. Kaag", "staatssecretaris van Financiën, M.L.A. van Rij")),
        ("Mede namens de Staatssecretaris van Onderwijs, P. Smit\n\nHoogachtend,\n\nDe Minister van Onderwijs,\n\nA. Jansen",
         ("Minister van Onderwijs, A. Jansen",)),
    ],
)  # fmt: skip
def test_more_than_one_signature(tmp_path: Path, lines: str, signers: tuple[str, ...]) -> None:
    letter = reading(tmp_path, f"{HEAD}{LONG}\n{lines}\n")
    assert letter.meta.signers == signers
    assert letter.meta.sender == signers[0].split(",")[0]
    assert [block.kind for block in letter.blocks if block.kind == "heading"] == []


@pytest.mark.parametrize("greeting", ["", "Hoogachtend,\n\n", "Met vriendelijke groet,\n\n"])
def test_a_signature_under_the_notes_is_no_note(tmp_path: Path, greeting: str) -> None:
    end = f"{greeting}De Minister van Financiën,\n\nS.A.M. Kaag"
    letter = reading(
        tmp_path, f"{HEAD}{LONG}Dat staat in het rapport1 en de nota.2\n\n1 Rapport A.\n2 Nota B.\n\n{end}\n"
    )
    assert [note.text for note in letter.notes] == ["Rapport A.", "Nota B."]
    assert letter.meta.signers == ("Minister van Financiën, S.A.M. Kaag",)


class TestAnswers:
    def test_as_printed(self, shared: Path) -> None:
        file = shared / "kamerstukken" / "aanhangsel" / "ah-tk-20222023-3649.pypdf.txt"
        letter = read_letter(file)
        assert (letter.kind, letter.meta.id, letter.meta.date) == (
            "answers",
            "ah-tk-20222023-3649",
            date(2023, 9, 14),
        )
        assert letter.meta.sender == "Minister Van der Wal-Zeggelink (Natuur en Stikstof)"
        labels = [block.text for block in letter.blocks if block.kind == "heading"]
        assert labels == [f"{what} {n}" for n in range(1, 15) for what in ("Vraag", "Antwoord")]
        assert [note.number for note in letter.notes] == [1, 2, 3, 4, 5, 6]
        block = {each.id: each for each in letter.blocks}
        above = {
            note.number: letter.blocks[letter.blocks.index(block[str(note.block)]) - 1].text
            for note in letter.notes
        }
        assert above == {
            1: "Vraag 1", 2: "Antwoord 3", 3: "Antwoord 7", 4: "Antwoord 14", 5: "Antwoord 14", 6: "Antwoord 14",
        }  # fmt: skip
        assert kinds(letter) == []
        assert "ISSN" not in letter.text
        assert json.dumps(read_citations(letter).as_dict())

    def test_on_one_line(self, shared: Path) -> None:
        letter = read_letter(shared / "kamerstukken" / "aanhangsel" / "ah-tk-20142015-698.eenregelig.txt")
        assert (letter.kind, letter.meta.date) == ("answers", date(2014, 11, 26))
        labels = [block.text for block in letter.blocks if block.kind == "heading"]
        assert labels[:4] == ["Vraag 1", "Antwoord 1", "Vraag 2 en 3", "Antwoord 2 en 3"]

    def test_as_a_letter_of_a_ministry(self, tmp_path: Path) -> None:
        text = f"{HEAD}{LONG}\nVraag 1\nKlopt dit bericht?1\n\nAntwoord op vraag 1\nJa, zie vraag 2.\n\nVragen 2 t/m 4\nWaarom?\n\n"
        letter = reading(tmp_path, text + "Antwoord 2 t/m 4\nDaarom niet.\n\n1 Trouw, 3 mei 2023\n")
        assert letter.kind == "answers"
        assert [each.text for each in letter.blocks if each.kind == "heading"] == [
            "Vraag 1", "Antwoord op vraag 1", "Vragen 2 t/m 4", "Antwoord 2 t/m 4",
        ]  # fmt: skip
        assert letter.meta.date == date(2023, 5, 3)
        [note] = letter.notes
        assert note.block == next(each.id for each in letter.blocks if each.text == "Klopt dit bericht?¹")

    def test_a_letter_that_speaks_of_a_question_is_a_letter(self, tmp_path: Path) -> None:
        assert (
            reading(tmp_path, f"{HEAD}Op vraag 3 geef ik antwoord 3 in deze brief aan uw Kamer.\n").kind
            == "letter"
        )


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_places_count_characters_of_the_file(tmp_path: Path, encoding: str, ends: str) -> None:
    text = (
        "Ministerie van Financiën 😀\n\nAan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\nDatum 3 mei 2023\n"
        "Betreft Één 𝒳\n\nIk zal uw Kamer vóór de zomer informeren over de uit-\nkomsten (Kamerstuk 32 824, nr. 448).1\n\n"
        "Wij zien reële groei.\n\n1 Kamerstuk 31 293, nr. 540.\n\nDe Minister van Financiën,\n\nS.A.M. Kaag\n"
    ).replace("\n", ends)
    if encoding == "cp1252":
        text = text.replace("😀", "").replace("𝒳", "")
    (tmp_path / "brief.txt").write_bytes(text.encode(encoding))
    found = read_citations(read_letter(tmp_path / "brief.txt")).citations
    assert [text[slice(*each.source)] for each in found] == [
        "Kamerstuk 32 824, nr. 448",
        "Kamerstuk 31 293, nr. 540",
    ]


def test_reading_grows_with_the_letter(tmp_path: Path) -> None:
    """Ten times the letter takes about ten times as long, not a hundred; the clock of work, not of the wall."""
    part = "In de brief van 3 mei over wonen1 staat veel\nover de arbeids-\nmarkt. Ook dat (zie 2) gaat door.\n\n"

    def spent(times: int) -> float:
        (tmp_path / "brief.txt").write_text(HEAD + part * times, "utf-8")
        begun = time.process_time()
        read_letter(tmp_path / "brief.txt")
        return time.process_time() - begun

    spent(10)
    assert spent(4000) < 40 * max(spent(400), 0.05)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "»",
        "² ",
        "²",
        "1\n",
        "woord1 ",
        "Vraag 1 ",
        "X Noot\n1\n\ntekst\n",
        "Betreft: iets\n",
        "3 mei ",
        "woord-\n",
    ],
)
def test_no_text_makes_the_reader_run_away(tmp_path: Path, piece: str) -> None:
    (tmp_path / "brief.txt").write_text(HEAD + piece * (20_000 // len(piece)), "utf-8")
    begun = time.process_time()
    try:
        read_letter(tmp_path / "brief.txt", any_kind=True)
    except ThuisError as error:
        assert error.problems
    assert time.process_time() - begun < 5
