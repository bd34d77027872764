"""A letter in other forms: nothing lost, nothing broken, every statement back to its sentence."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from thuis.cli import thuis
from thuis.documents.source import RAISED
from thuis.dossier.export import FORMS, write_letter
from thuis.dossier.export.akn import NAMESPACE, akoma_ntoso, work_uri
from thuis.dossier.export.html import html
from thuis.dossier.export.jsonld import json_ld
from thuis.dossier.export.refs import bibtex, csl
from thuis.dossier.export.spans import Span, marked, nested
from thuis.dossier.export.tables import citations_csv, commitments_csv
from thuis.dossier.letter import read_letter
from thuis.dossier.reading import Reading, read_citations
from thuis.errors import ThuisError

HERE = Path(__file__).parent
FOUNDING = HERE / "letters" / "kst-32824-378-ministry-pdf.txt"
A = f"{{{NAMESPACE}}}"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_citations(read_letter(FOUNDING))


@pytest.fixture
def awkward(tmp_path: Path) -> Reading:
    """A letter with mark-up characters, a control character, a list, and one note called twice."""
    file = tmp_path / "kst-1-2.html"
    file.write_text(
        "<html><body><p>Aan de voorzitter van de Tweede Kamer</p><p>Den Haag, 3 mei 2023</p>"
        "<p>Betreft: R&amp;D en &lt;b&gt;</p>"
        "<p>Geachte voorzitter,</p>"
        '<p>Zie &lt;script&gt;<sup>1</sup> en \x0b nog eens<sup>1</sup>, "R&amp;D".</p>'
        "<ul><li>Een punt</li><li>Nog een punt</li></ul>"
        "<div class='voet noot'><p><sup>1</sup> Stb. 2006, 625 &amp; meer</p></div></body></html>",
        "utf-8",
    )
    return read_citations(read_letter(file))


def _words(text: str) -> Counter[str]:
    return Counter(re.sub(f"[{RAISED}]", "", text).split())


class TestAkomaNtoso:
    def test_no_word_is_lost(self, reading: Reading) -> None:
        root = etree.fromstring(akoma_ntoso(reading).encode())
        told = " ".join(
            "".join(node.itertext()) if node.tag != f"{A}p" else _own_text(node)
            for node in root.iter(f"{A}p", f"{A}heading")
            if node.getparent().tag != f"{A}preface"
        )
        letter = reading.letter
        expected = _words(" ".join([letter.text, *(note.text for note in letter.notes)]))
        assert _words(told) == expected

    def test_identification_in_the_order_of_the_schema(self, reading: Reading) -> None:
        root = etree.fromstring(akoma_ntoso(reading).encode())
        work = root.find(f".//{A}FRBRWork")
        assert work is not None
        assert [etree.QName(child).localname for child in work] == [
            "FRBRthis", "FRBRuri", "FRBRalias", "FRBRdate", "FRBRauthor", "FRBRcountry", "FRBRnumber",
        ]  # fmt: skip
        assert work_uri(reading.letter) == "/akn/nl/doc/kamerbrief/2022-11-14/kst-32824-378"

    def test_notes_and_references(self, reading: Reading) -> None:
        root = etree.fromstring(akoma_ntoso(reading).encode())
        notes = root.findall(f".//{A}authorialNote")
        assert [note.get("marker") for note in notes] == ["1", "2", "3", "4", "5", "10", "11", "12"]
        refs = {ref.get("href") for ref in root.iter(f"{A}ref")}
        assert "https://zoek.officielebekendmakingen.nl/kst-30950-318.html" in refs
        concepts = {node.get("eId") for node in root.iter(f"{A}TLCConcept")}
        assert {node.get("refersTo")[1:] for node in root.iter(f"{A}span")} <= concepts

    def test_awkward_characters_and_a_note_called_twice(self, awkward: Reading) -> None:
        root = etree.fromstring(akoma_ntoso(awkward).encode())
        ids = [node.get("eId") for node in root.iter() if node.get("eId")]
        assert len(ids) == len(set(ids))
        assert len(root.findall(f".//{A}authorialNote")) == 1
        assert len(root.findall(f".//{A}noteRef")) == 1
        assert len(root.findall(f".//{A}blockList/{A}item")) == 2


def _own_text(node: etree._Element) -> str:
    """The text of a paragraph without the notes inside it, which are paragraphs of their own."""
    told = node.text or ""
    for child in node:
        told += "" if child.tag == f"{A}authorialNote" else _own_text(child)
        told += child.tail or ""
    return told


class TestHtml:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_every_link_inside_has_its_target(
        self, reading: Reading, awkward: Reading, language: str
    ) -> None:
        for each in (reading, awkward):
            page = lxml_html.document_fromstring(html(each, language))
            ids = [node.get("id") for node in page.iter() if node.get("id")]
            assert len(ids) == len(set(ids))
            targets = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
            assert targets <= set(ids)

    def test_what_is_marked(self, reading: Reading) -> None:
        page = lxml_html.document_fromstring(html(reading))
        marks = page.xpath("//mark")
        assert Counter(mark.get("class") for mark in marks) == {"repeated": 4, "intention": 1}
        assert {mark.get("title") for mark in marks} == {"Eerdere toezegging", "Voornemen"}
        assert len(page.xpath("//section//li[@value]")) == 8
        assert "2022-2023" in page.xpath("string((//section)[last()])")

    def test_nothing_of_the_letter_becomes_markup(self, awkward: Reading) -> None:
        page = lxml_html.document_fromstring(html(awkward))
        assert not page.xpath("//script")
        assert "<script>" in page.text_content()


class TestLinkedData:
    def test_every_annotation_points_to_its_words(self, reading: Reading) -> None:
        told = json.loads(json_ld(reading))
        annotations = [node for node in told["@graph"] if node.get("type") == "Annotation"]
        assert len(annotations) == 12 + 5
        for each in annotations:
            quote, place = each["target"]["selector"]
            shown = reading.letter.source[place["start"] : place["end"]]
            assert quote["exact"].split()[0] == shown.split()[0]
        document = told["@graph"][0]
        assert document["schema:datePublished"]["@value"] == "2022-11-14"
        wrong = next(each for each in annotations if "thuis:remark" in each["body"])
        assert wrong["body"]["schema:identifier"] == "kst-30950-318"
        assert wrong["body"]["thuis:remark"] == ["session-year"]


class TestReferences:
    def test_bibtex(self, reading: Reading, awkward: Reading) -> None:
        text = bibtex(reading)
        keys = re.findall(r"^@\w+\{([^,]+),$", text, re.M)
        assert len(keys) == len(set(keys)) == 10
        assert keys[0] == "kst-32824-378"
        assert "@techreport{scp:denkend-aan-nederland-2018," in text
        for each in (text, bibtex(awkward)):
            bare = re.sub(r"\\[{}]", "", each)
            assert bare.count("{") == bare.count("}")
        assert r"R\&D" in bibtex(awkward)

    def test_csl(self, reading: Reading) -> None:
        items = {each["id"]: each for each in json.loads(csl(reading))}
        own = items["kst-32824-378"]
        assert own["issued"] == {"date-parts": [[2022, 11, 14]]}
        assert own["author"] == [{"literal": "Minister van Sociale Zaken en Werkgelegenheid"}]
        assert items["kst-30950-316"]["title"] == "Kamerstukken II 2021-2022, 30 950, nr. 316"
        assert items["scp:denkend-aan-nederland-2018"]["type"] == "report"


class TestTables:
    def test_citations(self, reading: Reading) -> None:
        rows = list(csv.DictReader(io.StringIO(citations_csv(reading, "en"))))
        assert [row["id"] for row in rows] == [f"c{n}" for n in range(1, 13)]
        wrong = next(row for row in rows if row["canonical"] == "kst-30950-318")
        assert "2022-2023" in wrong["remarks"]
        start, end = int(wrong["source_start"]), int(wrong["source_end"])
        assert reading.letter.source[start:end] == wrong["text"]

    def test_commitments(self, reading: Reading) -> None:
        rows = list(csv.DictReader(io.StringIO(commitments_csv(reading))))
        assert Counter((row["kind"], row["due"]) for row in rows) == {
            ("repeated", ""): 4,
            ("intention", "2022-12-31"): 1,
        }


SPANS = st.lists(
    st.builds(
        Span,
        st.integers(0, 20),
        st.integers(0, 20),
        st.sampled_from(["note", "citation", "commitment"]),
        st.text("ab"),
    ),
    max_size=8,
)


@given(spans=SPANS)
def test_marking_keeps_the_text_and_never_crosses(spans: list[Span]) -> None:
    text = "abcdefghijklmnopqrst"
    kept = nested(spans)
    told = marked(text, kept, str, lambda span, inner: f"[{inner}]")
    assert told.replace("[", "").replace("]", "") == text
    assert told.count("[") == len(kept)
    depth = 0
    for char in told:
        depth += (char == "[") - (char == "]")
        assert depth >= 0


class TestWriting:
    @pytest.mark.parametrize("end", sorted(FORMS))
    def test_each_form(self, reading: Reading, tmp_path: Path, end: str) -> None:
        out = tmp_path / f"brief{end}"
        write_letter(reading, out, "en")
        assert out.read_text("utf-8") == FORMS[end](reading, "en")
        assert [each.name for each in tmp_path.iterdir()] == [out.name]

    def test_an_unknown_form_names_those_there_are(self, reading: Reading, tmp_path: Path) -> None:
        with pytest.raises(ThuisError, match=r"\.rtf") as caught:
            write_letter(reading, tmp_path / "brief.rtf")
        assert ".bib" in caught.value.problems[0].available

    def test_json_of_the_command_holds_the_commitments(self) -> None:
        answer = CliRunner().invoke(thuis, ["letter", "read", str(FOUNDING), "--json"])
        assert answer.exit_code == 0
        assert len(json.loads(answer.stdout)["commitments"]) == 5
