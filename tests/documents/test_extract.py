"""Text out of every format, with its places; what cannot be read is listed with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import files as make
from thuis.documents import Document, Limits, Unscreenable, extract, extract_bytes, from_text
from thuis.errors import ThuisError

DUTCH = "De mensen in de wijk zijn er voor elkaar en dat is wat wij willen met dit plan. "


def one(data: bytes, name: str, **limits: int) -> Document | Unscreenable:
    [found] = extract_bytes(data, name, Limits(**limits))
    return found


def read(data: bytes, name: str) -> Document:
    found = one(data, name)
    assert isinstance(found, Document), found
    return found


def kinds(document: Document) -> dict[str, str]:
    return {b.kind: document.text[b.start : b.end].strip() for b in document.blocks}


def test_hyphens_at_line_ends_are_joined_and_suspended_ones_are_not() -> None:
    doc = from_text("De alloch-\ntonen, de in-\nen uitvoer en de niet-\nwesterse landen van Noord-\nHolland.")
    assert isinstance(doc, Document)
    assert doc.text == "De allochtonen, de in-\nen uitvoer en de nietwesterse landen van Noord-Holland."
    assert doc.joined_words == 3


def test_a_place_leads_back_to_the_source() -> None:
    source = "Eerste regel.\n\nDe soft\u00adhyphen en de alloch-\ntonen in é en de wijk."
    doc = from_text(source)
    assert isinstance(doc, Document)
    start = doc.text.index("allochtonen")
    span = doc.source_span(start, start + len("allochtonen"))
    assert span and source[span[0] : span[1]] == "alloch-\ntonen"
    assert doc.place(doc.text.index("wijk")).line == 4


def test_html_places_quotes_and_scripts() -> None:
    source = (
        "<!doctype html><html><head><title>Brief &amp; nota</title><script>allochtoon</script></head><body>"
        "<p>De <b>alloch&shy;tonen</b> &eacute;n de mensen van de wijk.</p>"
        "<blockquote>Zo zei men dat.</blockquote></body>"
    )
    doc = read(source.encode(), "a.html")
    assert doc.text.count("lochtonen") == 1 and doc.title == "Brief & nota"
    assert kinds(doc)["quote"] == "Zo zei men dat."
    at = doc.text.index("mensen")
    span = doc.source_span(at, at + 6)
    assert span and source[span[0] : span[1]] == "mensen"
    at = doc.text.index("allochtonen")
    span = doc.source_span(at, at + 11)
    assert span and source[span[0] : span[1]] == "alloch&shy;tonen"


def test_markdown_blocks() -> None:
    source = b"# Kop\n\nEen zin van de tekst.\n\n> citaat\n\n| a | b |\n| - | - |\n\n"
    doc = read(source + b"[^1]: noot\n\n```\ncode\n```\n", "a.md")
    assert [each.kind for each in doc.blocks] == ["heading", "body", "quote", "table", "note", "code"]
    assert doc.title == "Kop"


def test_pdf_tells_body_side_note_and_furniture_apart() -> None:
    page = [(80.0, 760 - 14 * i, 11.0, f"{DUTCH[:60]} regel {'abcdefghijklmnop'[i]}") for i in range(12)]
    page += [
        (80.0, 590.0, 11.0, "en over de groep alloch-"),
        (80.0, 576.0, 11.0, "tonen wordt hier niet geschreven, zoals in het jaar"),
        (80.0, 562.0, 11.0, "2016"),
    ]
    page += [(450.0, 760.0, 9.0, "Ons kenmerk"), (450.0, 748.0, 9.0, "2022-0000")]
    pages = [
        [
            *page,
            (80.0, 90.0, 7.0, f"1 Dit is een voetnoot over de bron van cijfer {'abc'[n - 1]}."),
            (80.0, 40.0, 9.0, f"Pagina {n} van 3"),
            (450.0, 730.0, 9.0, f"Datum {'abc'[n - 1]}"),
        ]
        for n in (1, 2, 3)
    ]
    doc = read(make.pdf(pages), "brief.pdf")
    found = kinds(doc)
    assert doc.pages == 3 and "allochtonen wordt hier" in doc.text
    assert "Datum c" in found["side"] and "voetnoot" in found["note"]
    assert "in het jaar\n2016" in found["body"]
    assert "Pagina" in found["furniture"] and "Pagina" not in found["body"]
    assert doc.place(doc.text.rindex("voetnoot")).page == 3


def test_docx_and_odt() -> None:
    word = make.docx(
        make.paragraph(DUTCH) + make.paragraph("Zo luidt het.", "Quote"),
        f"<w:footnote>{make.paragraph('De noot.')}</w:footnote>",
    )
    found = kinds(read(word, "a.docx"))
    assert found["quote"] == "Zo luidt het." and found["note"] == "De noot."
    doc = read(
        make.odt(f"<text:h>Kop</text:h><text:p>{DUTCH}<text:span>met</text:span> staart</text:p>"), "a.odt"
    )
    assert "met staart" in doc.text and doc.blocks[0].kind == "heading"


def test_official_xml(shared: Path) -> None:
    [doc] = extract(shared / "kamerstukken/handelingen/h-tk-20172018-70-10.xml.xz")
    assert isinstance(doc, Document)
    assert doc.genre == "debate" and "Ã" not in doc.text
    speech = doc.text.index("honderden sociale huurwoningen")
    assert doc.speaker_at(speech) == ("Koerhuis", "VVD")


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (make.pdf([[(80, 700, 11, "Een tekst")]], encrypt=True), "a.pdf", "encrypted"),
        (make.pdf([[], []]), "scan.pdf", "scanned"),
        (b"%PDF-1.4 rommel", "a.pdf", "damaged"),
        (b"geen pdf", "a.pdf", "damaged"),
        (b"PK\x03\x04rommel", "a.docx", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 90, "a.doc", "unknown-format"),
        (
            "\xd0\xcf\x11\xe0".encode("latin-1") + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "encrypted",
        ),
        (b"\x00\x01\x02\x03" * 50, "a.bin", "unknown-format"),
        (b"\x01\x02\x03\x81\x8d" * 50, "a.txt", "broken-encoding"),
        (b"<a><b></a>", "a.xml", "damaged"),
        (b"  \n ", "leeg.txt", "empty"),
        (b"qzxv wrtp lkjh bnmc sdfg pqrt " * 20, "a.txt", "garbled"),
        (make.zipped({"../../etc/brief.txt": b"x"}), "a.zip", "unsafe-path"),
        (make.zipped({"C:/brief.txt": b"x"}), "a.zip", "unsafe-path"),
        (make.zipped({"binnen.zip": make.zipped({"a.txt": b"x"})}), "a.zip", "unknown-format"),
        (make.zipped({"a.txt": b"0" * 20_000_000}), "bom.zip", "bomb"),
    ],
)
def test_what_cannot_be_screened_is_listed_with_its_reason(data: bytes, name: str, why: str) -> None:
    found = one(data, name)
    assert isinstance(found, Unscreenable) and found.why == why, found


def test_an_entity_bomb_and_an_outer_entity_are_not_resolved(tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("geheim")
    data = (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path}/geheim.txt">]><a><al>{DUTCH}&x;</al></a>'
    ).encode()
    found = one(data, "a.xml")
    assert not isinstance(found, Document) or "geheim" not in found.text


def test_too_big(tmp_path: Path) -> None:
    (tmp_path / "groot.txt").write_bytes(DUTCH.encode() * 100)
    [found] = extract(tmp_path / "groot.txt", Limits(file_bytes=1000))
    assert isinstance(found, Unscreenable) and found.why == "too-big"


def test_a_folder_in_order_without_links_out_of_it(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "buiten.txt").write_text(DUTCH)
    (inside / "b.txt").write_text(DUTCH)
    (inside / "a.txt").write_text(DUTCH)
    (inside / ".verborgen.txt").write_text(DUTCH)
    (inside / "link.txt").symlink_to(tmp_path / "buiten.txt")
    assert [Path(each.name).name for each in extract(inside)] == ["a.txt", "b.txt"]
    with pytest.raises(ThuisError, match="no such file"):
        list(extract(tmp_path / "niet"))


def test_lost_spaces_are_suspect_not_clean() -> None:
    doc = from_text("Totzijnrecht telaten komenindewesterse samenlevingvanillegalen en de mensen " * 30)
    assert isinstance(doc, Document) and doc.quality_of.verdict == "suspect"


def test_double_encoding_is_repaired() -> None:
    text = DUTCH + "geïntegreerd, coöperatie, naïef, één"
    doc = read(text.encode("utf-8").decode("cp1252").encode("utf-8"), "a.txt")
    assert "geïntegreerd" in doc.text


def test_a_damaged_page_of_text_counts(tmp_path: Path) -> None:
    doc = read(make.pdf([[(80, 700, 11, DUTCH)], []]), "a.pdf")
    assert doc.empty_pages == (2,)
