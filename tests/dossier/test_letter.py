"""The letter reader on the founding letter as a converter left it, on other forms, and on bad files."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support import files as make
from thuis.cli import thuis
from thuis.dossier.letter import Letter, read_letter
from thuis.dossier.letter.align import align
from thuis.dossier.reading import read_citations
from thuis.errors import ThuisError

LETTERS = Path(__file__).parent / "letters"
FOUNDING = LETTERS / "kst-32824-378-ministry-pdf.txt"


@pytest.fixture(scope="module")
def letter() -> Letter:
    return read_letter(FOUNDING)


class TestFoundingLetter:
    def test_what_identifies_it(self, letter: Letter) -> None:
        meta = letter.meta
        assert (meta.id, meta.dossier, meta.number) == ("kst-32824-378", "32824", "378")
        assert (meta.date, meta.reference) == (date(2022, 11, 14), "2022-0000229946")
        assert meta.sender == "Minister van Sociale Zaken en Werkgelegenheid"
        assert meta.how["sender"] == "text"
        assert meta.addressee == "voorzitter van de Tweede Kamer der Staten-Generaal"
        assert str(meta.subject).startswith("Reactie publicatie SCP Gevestigd")
        assert str(meta.subject).endswith("(SIM 2020)")

    def test_headings_and_paragraphs(self, letter: Letter) -> None:
        assert [block.text for block in letter.blocks if block.kind == "heading"] == [
            "Achtergrond van en toelichting bij het onderzoek",
            "Appreciatie en samenlevingsperspectief",
            "Taal en terminologie",
        ]
        assert len(letter.blocks) == 13

    def test_the_info_column_is_out_of_the_sentence_it_was_cut_into(self, letter: Letter) -> None:
        assert "personen met migratieachtergrond die meer ‘geworteld’ zijn en een betere" in letter.text
        assert "de gehele samenleving neer. Inclusie vergt" in letter.text
        column = [each.body.text.strip() for each in letter.removed if each.kind == "column"]
        assert column == ["Datum", "14 november 2022", "Onze referentie", "2022-0000229946"] * 2

    def test_every_note_that_is_there_with_its_block(self, letter: Letter) -> None:
        assert [(note.number, note.block) for note in letter.notes] == [
            (1, "b1"), (2, "b3"), (3, "b6"), (4, "b8"), (5, "b8"), (10, "b10"), (11, "b10"), (12, "b13"),
        ]  # fmt: skip
        assert letter.notes[6].text == "SCP - Ervaren discriminatie in Nederland II, 2020"
        assert [note.number for note in letter.notes if note.cut] == [2]
        assert "uitsluiting en discriminatie¹⁰ ¹¹. Op basis" in letter.text
        assert "19 april, 2022¹ inzake" in letter.text

    def test_what_is_missing_is_reported(self, letter: Letter) -> None:
        told = [(remark.kind, next(iter(remark.values.values()))) for remark in letter.remarks]
        assert [value for kind, value in told if kind == "missing-page"] == ["2", "4", "6"]
        assert [value for kind, value in told if kind == "note-on-missing-page"] == ["6", "7", "8", "9"]
        assert [value for kind, value in told if kind == "note-cut"] == ["2"]
        assert [value for kind, value in told if kind == "marker-place"] == ["1", "4", "5", "12"]
        assert letter.missing == (2, 4, 6)

    def test_no_word_is_lost_and_none_is_read_twice(self, letter: Letter) -> None:
        parts = [block.body for block in letter.blocks] + [note.body for note in letter.notes]
        parts += [each.body for each in letter.removed if each.kind != "marker-line"]
        read = Counter(
            at for body in parts for at, char in zip(body.at, body.text, strict=True) if char != " "
        )
        assert set(read.values()) == {1}
        lost = [at for at, char in enumerate(letter.source) if not char.isspace() and at not in read]
        assert lost == []

    def test_a_span_shows_the_same_words_in_the_source(self, letter: Letter) -> None:
        for part in (*letter.blocks, *letter.notes):
            start, end = part.body.span()
            assert (letter.source[start], letter.source[end - 1]) == (part.text[0], part.text[-1])

    def test_its_citations(self, letter: Letter) -> None:
        found = read_citations(letter)
        ids = [(each.where, each.citation.id) for each in found.citations if each.where.startswith("n")]
        assert ids == [
            ("n1", "kv-tk-2022Z03332"),
            ("n1", "ah-tk-20212022-2475"),
            ("n3", "wrr:samenleven-in-verscheidenheid-2020"),
            ("n4", "kst-30950-316"),
            ("n5", "kst-30950-318"),
            ("n10", "scp:denkend-aan-nederland-2018"),
            ("n11", "scp:ervaren-discriminatie-in-nederland-ii-2020"),
        ]
        (wrong,) = [each for each in found.citations if each.findings]
        assert (wrong.where, wrong.findings[0].rule, wrong.findings[0].suggestion) == (
            "n5", "session-year", "2022-2023",
        )  # fmt: skip
        assert letter.source[wrong.source[0] : wrong.source[1]] == wrong.citation.text


def with_note() -> bytes:
    """A Word file with two footnotes, whose ids are not in the order in which they are called."""
    call = '</w:t></w:r><w:r><w:footnoteReference w:id="{}"/></w:r><w:r><w:t xml:space="preserve">'
    body = f"Het rapport{call.format(7)} is er en de reactie{call.format(3)} ook."
    notes = {"7": "SCP – Denkend aan Nederland, 2018", "3": "Kamerstuk 32 824, nr. 378"}
    told = "".join(
        f'<w:footnote w:id="{each}">{make.paragraph(text)}</w:footnote>' for each, text in notes.items()
    )
    return make.docx("".join(map(make.paragraph, (*ADDRESS, body))), told)


ADDRESS = ("Aan de voorzitter van de Tweede Kamer", "Den Haag, 3 mei 2023")


class TestOtherForms:
    def test_official_xml(self) -> None:
        letter = read_letter(LETTERS / "kst-99999-1.xml")
        assert letter.meta.date == date(2022, 12, 5)
        assert (letter.meta.dossier, letter.meta.number) == ("99999", "1")
        assert letter.meta.sender == "Minister van Sociale Zaken en Werkgelegenheid"
        assert [(block.kind, block.text) for block in letter.blocks][:3] == [
            ("paragraph",
             "In het debat van 1 december¹ heb ik u een brief toegezegd over contact & vertrouwen."),
            ("heading", "Hoe verder"),
            ("paragraph", "Zie ook Kamerstuk 32 824, nr. 378."),
        ]  # fmt: skip
        (note,) = letter.notes
        assert (note.number, note.text, note.block) == (1, "Handelingen II 2022/23, nr. 30, item 6.", "b1")
        start, end = letter.blocks[2].body.span()
        assert letter.source[start:end] == letter.blocks[2].text

    def test_pdf_with_raised_numbers_and_a_column_at_the_side(self) -> None:
        """Made up, printed to PDF by a browser: small raised digits, an info column, notes at the foot."""
        letter = read_letter(LETTERS / "kst-99999-2.pdf")
        assert (letter.meta.date, letter.meta.reference) == (date(2023, 5, 3), "2023-0000123456")
        assert letter.meta.signers == ("Minister van Sociale Zaken en Werkgelegenheid, C.E.G. van Gennip",)
        assert [(note.number, note.page, note.text, note.block) for note in letter.notes] == [
            (1, 1, "Tweede Kamer, vergaderjaar 2021-2022, 30950, nr. 316", "b1"),
            (2, 1, "SCP – Denkend aan Nederland, 2018", "b1"),
            (3, 2, "Kamerstuk 32 824, nr. 378", "b3"),
        ]
        assert letter.blocks[0].text.startswith("De samenleving in 2020¹ is een diverse samenleving.")
        assert "heeft gestaan.² In 3 m² past niet veel." in letter.text
        assert [mark.number for mark in letter.blocks[0].markers] == [1, 2], "3 m² calls no note"
        assert [block.text for block in letter.blocks if block.kind == "heading"] == ["Hoe verder"]
        assert letter.blocks[2].text.startswith(
            "Dit gaat verder op de tweede bladzijde met nog meer tekst over"
        )
        assert "Onze referentie" not in letter.text
        assert [remark.kind for remark in letter.remarks] == []

    def test_html_with_raised_numbers(self, tmp_path: Path) -> None:
        page = tmp_path / "brief.html"
        page.write_text(
            "<!DOCTYPE html><html><head><title>x</title></head><body>"
            "<p>Aan de voorzitter van de Tweede Kamer</p><p>Den Haag, 3 mei 2023</p>"
            "<p>Geachte voorzitter,</p>"
            "<h2>Aanpak</h2><p>Het besluit<sup>1</sup> is genomen &ndash; nu.</p>"
            "<div class='voet noot'><p><sup>1</sup> Stb. 2006, 625</p></div></body></html>",
            "utf-8",
        )
        letter = read_letter(page)
        assert [block.text for block in letter.blocks] == ["Aanpak", "Het besluit¹ is genomen – nu."]
        assert [(note.number, note.text) for note in letter.notes] == [(1, "Stb. 2006, 625")]

    def test_word(self, tmp_path: Path) -> None:
        body = "".join(map(make.paragraph, (*ADDRESS, "Betreft: Voortgang samenleven", "")))
        body += make.paragraph("Aanpak", "Heading2") + make.paragraph("Ik informeer u voor de zomer.")
        (tmp_path / "brief.docx").write_bytes(make.docx(body))
        letter = read_letter(tmp_path / "brief.docx")
        assert [(block.kind, block.text) for block in letter.blocks] == [
            ("heading", "Aanpak"), ("paragraph", "Ik informeer u voor de zomer."),
        ]  # fmt: skip
        assert letter.meta.subject == "Voortgang samenleven"

    def test_notes_of_a_word_file(self, tmp_path: Path) -> None:
        out = tmp_path / "brief.docx"
        out.write_bytes(with_note())
        letter = read_letter(out)
        assert letter.text == "Het rapport¹ is er en de reactie² ook."
        assert [(note.number, note.text, note.block) for note in letter.notes] == [
            (1, "SCP – Denkend aan Nederland, 2018", "b1"),
            (2, "Kamerstuk 32 824, nr. 378", "b1"),
        ]

    def test_a_sentence_over_two_pages_is_one(self, tmp_path: Path) -> None:
        file = tmp_path / "brief.txt"
        file.write_text(
            HEAD + "Dit is een zin die over de\nPagina 1 van 2\n\nbladzijde loopt.\nPagina 2 van 2\n",
            "utf-8",
        )
        assert read_letter(file).text == "Dit is een zin die over de bladzijde loopt."


KAMERSTUK = """Tweede Kamer der Staten-Generaal 2
Vergaderjaar 2022–2023
32 824 Integratiebeleid
Nr. 378 BRIEF VAN DE MINISTER VAN SOCIALE ZAKEN EN
WERKGELEGENHEID
Aan de Voorzitter van de Tweede Kamer der Staten-Generaal
Den Haag, 14 november 2022

De Nederlandse samenleving is een diverse samenle-
ving en dat is zij al heel lang, zegt het rapport1 daar-
over. Alle Nederlanders horen de vrijheid te krijgen om
zichzelf te kunnen ontplooien en gelijkwaardige kan-
sen te krijgen, waar hun wieg ook heeft gestaan. Dat is
helaas nog niet altijd zo in onze samenleving, en daar
moeten wij allemaal verandering in willen brengen nu.
Wij hebben nog veel werk te verzetten, ook op de ar-
beidsmarkt, in het onderwijs en bij de overheid zelf.
De arbeidsmarkt is daarvan een bekend voorbeeld, en
de sociaal-economische positie van mensen ook, maar

1 SCP – Denkend aan Nederland, 2018
kst-32824-378
ISSN 0921 - 7371
’s-Gravenhage 2022 Tweede Kamer, vergaderjaar 2022–2023, 32 824, nr. 378 1
\fdaar is niet alles mee gezegd over de sociaal-economi-
sche positie.
De Minister van Sociale Zaken en Werkgelegenheid,
C.E.G. van Gennip
Tweede Kamer, vergaderjaar 2022–2023, 32 824, nr. 378 2
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Letter:
    file = tmp_path_factory.mktemp("kst") / "brief.txt"
    file.write_text(KAMERSTUK, "utf-8")
    return read_letter(file)


class TestPrintedByParliament:
    def test_its_head(self, printed: Letter) -> None:
        meta = printed.meta
        assert (meta.id, meta.date) == ("kst-32824-378", date(2022, 11, 14))
        assert meta.sender == "Minister van Sociale Zaken en Werkgelegenheid"
        assert printed.pages == (1, 2)
        assert "Staten-Generaal²" not in printed.text

    def test_broken_words_are_whole_and_real_hyphens_stay(self, printed: Letter) -> None:
        assert "diverse samenleving en dat" in printed.text
        assert "zegt het rapport¹ daarover." in printed.text
        assert "ook op de arbeidsmarkt, in" in printed.text
        assert "maar daar is niet alles" in printed.text, "the sentence goes on over the page"
        assert "over de sociaal-economische positie." in printed.text

    def test_running_feet_are_gone(self, printed: Letter) -> None:
        assert "ISSN" not in printed.text
        assert "vergaderjaar" not in printed.text
        assert [note.text for note in printed.notes] == ["SCP – Denkend aan Nederland, 2018"]


HEAD = "De voorzitter van de Tweede Kamer\nDatum 3 mei 2023\nBetreft Samenleven\n\n"


class TestBadFiles:
    def test_double_encoded_text_is_mended_and_said(self, tmp_path: Path) -> None:
        text = FOUNDING.read_text("utf-8")
        file = tmp_path / "kst-32824-378.txt"
        file.write_bytes(text.encode("utf-8").decode("cp1252", "replace").encode("utf-8"))
        letter = read_letter(file)
        assert "coördinatie" in letter.text
        assert letter.text == read_letter(FOUNDING).text
        assert letter.remarks[0].kind == "double-encoded"

    def test_a_note_number_glued_to_a_year(self, tmp_path: Path) -> None:
        file = tmp_path / "brief.txt"
        file.write_text(HEAD + "Het besluit van 20201 geldt sinds 2021.\n\n1 Stb. 2006, 625\n", "utf-8")
        letter = read_letter(file)
        assert letter.blocks[0].text == "Het besluit van 2020¹ geldt sinds 2021."
        assert letter.notes[0].block == "b1"

    def test_a_year_without_note_stays_whole(self, tmp_path: Path) -> None:
        file = tmp_path / "brief.txt"
        file.write_text(HEAD + "Er zijn 20209 mensen geteld.\n", "utf-8")
        assert read_letter(file).blocks[0].text == "Er zijn 20209 mensen geteld."

    def test_the_first_page_is_missing(self, tmp_path: Path) -> None:
        text = FOUNDING.read_text("utf-8")
        file = tmp_path / "rest.txt"
        file.write_text(text[text.index("Het SCP geeft aan dat de bovenstaande") :], "utf-8")
        with pytest.raises(ThuisError, match="does not look like a letter"):
            read_letter(file)
        letter = read_letter(file, any_kind=True)
        assert (letter.meta.date, letter.meta.reference) == (date(2022, 11, 14), "2022-0000229946")
        assert letter.missing == (1, 2, 4, 6)
        assert letter.blocks[0].text.startswith(
            "Het SCP geeft aan dat de bovenstaande resultaten uit het SIM 2020"
        )
        assert "Onze referentie" not in letter.text

    def test_two_letters_in_one_file(self, tmp_path: Path) -> None:
        file = tmp_path / "twee.txt"
        file.write_text(HEAD + "De eerste brief.\n\n" + HEAD + "De tweede brief.\n", "utf-8")
        with pytest.raises(ThuisError) as error:
            read_letter(file)
        assert error.value.problems[0].available == ("1 (from line 1)", "2 (from line 7)")
        assert read_letter(file, part=2).text == "De tweede brief."
        assert read_letter(file, part=1).text == "De eerste brief."

    @pytest.mark.parametrize(
        ("name", "data", "says"),
        [
            ("leeg.txt", b" \n", "empty"),
            ("motie.txt", b"Nr. 3 MOTIE VAN HET LID CEDER\n\nDe Kamer,\n", "a motion, not a letter"),
            ("recept.txt", b"Neem twee eieren.\n", "does not look like a letter"),
            ("oud.doc", b"\xd0\xcf\x11\xe0rest", "before 2007"),
            ("raar.bin", b"\x00\x01\x02", "no text"),
            ("stuk.xml", b"<?xml version='1.0'?>\n<kamerstuk><al>x</kamerstuk>", "damaged"),
            ("kapot.pdf", b"%PDF-1.4 niets", "damaged"),
            ("kapot.docx", b"PK\x03\x04niets", "damaged"),
        ],
    )
    def test_what_is_no_letter_is_told_so(self, tmp_path: Path, name: str, data: bytes, says: str) -> None:
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ThuisError, match=says):
            read_letter(tmp_path / name)

    def test_a_scan(self, tmp_path: Path) -> None:
        (tmp_path / "scan.pdf").write_bytes(make.pdf([[]]))
        with pytest.raises(ThuisError, match="this PDF is a scan"):
            read_letter(tmp_path / "scan.pdf")

    def test_real_papers_that_are_no_letters(self, shared: Path) -> None:
        for file in sorted((shared / "kamerstukken" / "pdf-docx").iterdir()):
            with pytest.raises(ThuisError):
                read_letter(file)
        motion = read_letter(shared / "kamerstukken" / "pdf-docx" / "kst-21501-02-3121.pdf", any_kind=True)
        assert "Israëlische" in motion.text
        assert "ISSN" not in motion.text


class TestTwoManifestations:
    def test_what_the_editors_of_parliament_put_in(self, tmp_path: Path) -> None:
        paper = json.loads((LETTERS.parent / "openings.jsonl").read_text("utf-8").splitlines()[0])
        (tmp_path / "kst-32824-378.txt").write_text(paper["text"], "utf-8")
        found = align(read_letter(FOUNDING), read_letter(tmp_path / "kst-32824-378.txt"))
        changed = [(each.removed, each.added) for each in found if each.change == "changed"]
        assert changed == [((), ("[...]",)), ((), ("(kamerstuk 32 824, nr. 361)",))]
        assert {each.change for each in found} == {"changed", "only-first"}, (
            "the opening has nothing of its own"
        )

    def test_typography_is_no_difference(self, tmp_path: Path) -> None:
        for name, quoted in (("a.txt", "‘Thuis’ – nu."), ("b.txt", "«Thuis» - nu.")):
            (tmp_path / name).write_text(f"{HEAD}Zie {quoted} Meer.\n", "utf-8")
        assert align(read_letter(tmp_path / "a.txt"), read_letter(tmp_path / "b.txt")) == []

    def test_sentences_of_one_side_and_words_of_the_other(self, tmp_path: Path) -> None:
        texts = (
            "Eerst dit hier. Dan dat andere daar nog bij.",
            "Dan dat andere daar ook bij. En dit hierna nog.",
        )
        for name, text in zip("ab", texts, strict=True):
            (tmp_path / f"{name}.txt").write_text(f"{HEAD}{text}\n", "utf-8")
        found = align(read_letter(tmp_path / "a.txt"), read_letter(tmp_path / "b.txt"))
        assert [(each.change, each.removed, each.added) for each in found] == [
            ("only-first", (), ()), ("changed", ("nog",), ("ook",)), ("only-second", (), ()),
        ]  # fmt: skip


PIECES = (
    *("Pagina 1 van 3", "Pagina 3 van 3", "1", "12", "10 11", "Datum", "3 mei 2023", "", " ", "\f", "²"),
    *("1 Stb. 2006, 625", "Een zin.", "en verder dan dat", "woord-", "- punt", "Betreft Iets", "2020¹ zo"),
    *("Ã«Ã«", "kst-1-2", "Onze referentie", "Tweede Kamer, vergaderjaar 2021-2022, 30950, nr. 3"),
)


class TestAnyText:
    """Whatever stands in a file, the reader answers with a letter or with a problem, and loses nothing."""

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.sampled_from(PIECES), max_size=25))
    def test_every_character_is_read_once(self, tmp_path: Path, lines: list[str]) -> None:
        file = tmp_path / "brief.txt"
        file.write_text(HEAD + "\n".join(["Het begin van de brief.", *lines]), "utf-8")
        try:
            letter = read_letter(file, any_kind=True)
        except ThuisError:
            return
        bodies = [part.body for part in (*letter.blocks, *letter.notes)]
        bodies += [each.body for each in letter.removed if each.kind != "marker-line"]
        read = {
            at for body in bodies for at, char in zip(body.at, body.text, strict=True) if not char.isspace()
        }
        trails = {at for at, char in enumerate(letter.source) if char in "Ã«"}
        missing = {at for at, char in enumerate(letter.source) if not char.isspace()} - read - trails
        assert not missing, [letter.source[at] for at in sorted(missing)]


class TestCommand:
    def test_read_as_json(self) -> None:
        result = CliRunner().invoke(thuis, ["letter", "read", str(FOUNDING), "--json"])
        told = json.loads(result.stdout)
        assert told["missing_pages"] == [2, 4, 6]
        assert told["citations"][-1]["where"] == "n11"

    def test_read_to_a_file(self, tmp_path: Path) -> None:
        out = tmp_path / "brief.md"
        assert CliRunner().invoke(thuis, ["letter", "read", str(FOUNDING), "--out", str(out)]).exit_code == 0
        assert "[^10] [^11]" in out.read_text("utf-8")

    def test_check_says_what_is_wrong_with_its_line(self) -> None:
        result = CliRunner().invoke(thuis, ["letter", "check", str(FOUNDING), "--language", "en"])
        assert result.exit_code == 1
        assert (
            "ministry-pdf.txt:120: error: «Tweede Kamer, vergaderjaar 2021-2022, 30950, nr.318»"
            in result.stdout
        )

    def test_no_file(self) -> None:
        result = CliRunner().invoke(thuis, ["letter", "read", "niet-daar.pdf", "--json"])
        assert result.exit_code == 2
        assert json.loads(result.stdout)["problems"][0]["next"] == "check the name"
