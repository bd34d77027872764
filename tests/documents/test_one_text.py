"""One file has one text: what the screening reads and what the letter reader reads are the same words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support import files as make
from thuis.documents import Document, extract, extract_bytes
from thuis.dossier.letter import read_letter

LETTERS = Path(__file__).parents[1] / "dossier" / "letters"
HEAD = ("De voorzitter van de Tweede Kamer der Staten-Generaal", "Den Haag, 3 mei 2023", "Betreft: Wonen")
BODY = "De mensen in de wijk zijn er voor elkaar en dat is wat wij willen. "


def screened(path: Path) -> Document:
    [found] = extract(path)
    assert isinstance(found, Document), found
    return found


def words(text: str) -> list[str]:
    return re.findall(r"[\w⁰¹²³⁴-⁹]+", text)


def test_raised_numbers_in_a_pdf_are_raised_for_both() -> None:
    path = LETTERS / "kst-99999-2.pdf"
    text = screened(path).text
    assert "in 2020¹ is een diverse samenleving" in " ".join(text.split())
    assert "In 3 m² past" in " ".join(text.split())
    letter = read_letter(path)
    assert set(words(letter.text)) <= set(words(text))


def test_every_word_of_a_letter_is_screened_and_no_other(tmp_path: Path) -> None:
    call = '</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>'
    body = "".join(make.paragraph(text) for text in (*HEAD, f"{BODY}Zo staat het{call} er."))
    word = make.docx(body, f'<w:footnote w:id="2">{make.paragraph("De noot erbij.")}</w:footnote>')
    note = "<text:note><text:note-body><text:p>De noot erbij.</text:p></text:note-body></text:note>"
    paragraphs = "".join(f"<text:p>{text}</text:p>" for text in HEAD)
    odt = make.odt(f"{paragraphs}<text:p>{BODY}Zo staat het{note} er.</text:p>")
    page = "".join(f"<p>{text}</p>" for text in HEAD)
    html = f"<html><body>{page}<p>{BODY}Zo staat het<sup>1</sup> er.</p>"
    html += "<ol class='footnotes'><li>De noot erbij.</li></ol></body></html>"
    official = "".join(f"<al>{text}</al>" for text in HEAD)
    xml = f"<?xml version='1.0'?><kamerstuk>{official}<al>{BODY}Zo staat het<noot><noot.nr>1</noot.nr>"
    xml += "<noot.al>De noot erbij.</noot.al></noot> er.</al></kamerstuk>"
    given = {"a.docx": word, "a.odt": odt, "a.html": html.encode(), "a.xml": xml.encode()}
    for name, data in given.items():
        (tmp_path / name).write_bytes(data)
        letter = read_letter(tmp_path / name)
        assert letter.text == f"{BODY}Zo staat het¹ er.", name
        assert [(each.number, each.text, each.block) for each in letter.notes] == [
            (1, "De noot erbij.", "b1")
        ], name
        document = screened(tmp_path / name)
        heads = [each.body.text for each in letter.removed]
        told = [*heads, letter.text, *(note.text for note in letter.notes)]
        assert words(document.text) == words(" ".join(told)), name
        assert document.blocks[-1].kind == "note", name


PAGES = {
    "a.html": "<html><body>\n<p>Een é en\n&amp; de wijk &euml;n het <b>woord</b> hier.</p></body></html>",
    "a.xml": "<?xml version='1.0'?>\n<kamerstuk>\n<al>Een é en\r\n&#38; de 🏠 wijk en het "
    "<nadruk>woord</nadruk> hier.</al></kamerstuk>",
}


@pytest.mark.parametrize("name", PAGES)
def test_places_of_html_and_xml_lead_into_the_file(tmp_path: Path, name: str) -> None:
    source = PAGES[name]
    (tmp_path / name).write_bytes(source.encode())
    document = screened(tmp_path / name)
    for word in ("wijk", "woord", "hier"):
        at = document.text.index(word)
        assert source[document.cleaned.origin(at) :].startswith(word), word
        assert document.place(at).line == source[: source.index(word)].count("\n") + 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_xml_in_any_encoding(encoding: str) -> None:
    text = f"<kamerstuk><al>{BODY}Coöperatie één.</al></kamerstuk>"
    [found] = extract_bytes(text.encode(encoding), "kst-1-2.xml")
    assert isinstance(found, Document), found
    assert "Coöperatie één." in found.text


def test_a_word_broken_at_the_end_of_a_page_is_whole_although_a_note_stands_between() -> None:
    lines = [(80.0, 760 - 14 * i, 11.0, f"{BODY[:55]} {'abcdefghijkl'[i]}") for i in range(12)]
    first = [*lines, (80.0, 590.0, 11.0, "en dat geldt ook voor de alloch-"), (80.0, 90.0, 7.0, "1 De noot.")]
    second = [
        (80.0, 760.0, 11.0, "tonen in de wijk en de stad."),
        *((x, y - 20, s, t) for x, y, s, t in lines),
    ]
    [found] = extract_bytes(make.pdf([first, second]), "brief.pdf")
    assert isinstance(found, Document)
    assert "allochtonen" in found.text
    assert found.block_at(found.text.index("allochtonen")).page == 1  # type: ignore[union-attr]
    assert [found.text[b.start : b.end].strip() for b in found.blocks if b.kind == "note"] == ["1 De noot."]


def test_word_files_of_other_makers() -> None:
    whole = make.docx(make.paragraph(BODY))
    strict = make.changed(
        whole,
        "word/document.xml",
        lambda data: data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
    )
    moved = make.moved(whole, "word/document.xml", "word/document2.xml")
    for data in (strict, moved):
        [found] = extract_bytes(data, "a.docx")
        assert (isinstance(found, Document) and found.text == BODY.rstrip()) or BODY in found.text  # type: ignore[union-attr]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent>" + make.paragraph("In het kader staat dit.") + "</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    body = f"<w:p><w:r><w:t>{BODY}</w:t>{both}</mc:AlternateContent></w:r></w:p>"
    [found] = extract_bytes(make.docx(body), "a.docx")
    assert isinstance(found, Document)
    assert found.text.count("In het kader") == 1
