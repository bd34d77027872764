"""Every text a reader meets is screened, whatever carries it; what is not read is counted."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from support import files as make
from thuis.documents import Document, extract_bytes
from thuis.dossier.letter import read_letter

WORD = "allochtonen"
BODY = "De mensen in de wijk zijn er voor elkaar en dat is wat wij willen."


def read(data: bytes, name: str) -> Document:
    [found] = extract_bytes(data, name)
    assert isinstance(found, Document), found
    return found


SHOWN = (
    '<img alt="{}">', "<img alt='{}'>", "<img alt={}>", '<p title="Wie {} zijn">a</p>',
    '<a aria-label="{}">x</a>',
    '<input placeholder="{}">', '<input type="submit" value="{}">', '<input value="{}">',
    '<button value="{}">x</button>',
    '<table summary="{}"><tr><td>x</td></tr></table>', '<option label="{}">x</option>',
    '<optgroup label="{}"></optgroup>', "<select><option>{}</option></select>", "<textarea>{}</textarea>",
    '<meta name="description" content="{}">', '<meta property="og:title" content="{}">',
    '<meta name="twitter:description" content="{}">', '<meta name="DCTERMS.title" content="{}">',
    "<title>{}</title>", "<svg><text>{}</text></svg>", "<svg><title>{}</title></svg>",
    "<svg><desc>{}</desc></svg>",
    "<figure><figcaption>{}</figcaption></figure>", "<details><summary>{}</summary></details>",
    "<noscript>{}</noscript>", "<template><p>{}</p></template>", "<math><mtext>{}</mtext></math>",
    '<style>p::after {{ content: "{}" }}</style>',
    "<style>p::after {{ content: 'zie' ' {}'; color: red }}</style>",
    '<style>td::before {{ content: attr(data-kop) }}</style><p data-kop="{}">x</p>', "<dialog>{}</dialog>",
    '<iframe title="{}"></iframe>', '<iframe src="x">{}</iframe>', "<object>{}</object>",
    '<th abbr="{}">x</th>',
    '<track label="{}">', "<label>{}</label>", "<legend>{}</legend>", "<area alt='{}'>",
    '<p data-tooltip="{}">x</p>', '<p title="a &gt; b {} &amp; co">x</p>', '<p class="a>b" title="{}">x</p>',
)  # fmt: skip
HIDDEN = (
    "<script>{}</script>", "<!-- {} -->", '<input type="hidden" value="{}">',
    '<meta name="generator" content="{}">',
    '<p class="{}">x</p>', '<a href="/{}">x</a>', "<style>.{} {{ color: red }}</style>",
    '<p data-id="{}">x</p>',
)  # fmt: skip


@pytest.mark.parametrize("shape", SHOWN)
def test_a_text_that_is_shown_is_read_at_its_place(shape: str) -> None:
    page = f"<!doctype html><html><body><p>{BODY}</p>{shape.format(WORD)}<p>{BODY}</p></body></html>"
    doc = read(page.encode(), "a.html")
    assert doc.text.count(WORD) == 1, doc.text
    at = doc.text.index(WORD)
    span = doc.source_span(at, at + len(WORD))
    assert span and page[span[0] : span[1]] == WORD


@pytest.mark.parametrize("shape", HIDDEN)
def test_what_no_reader_meets_is_not_read(shape: str) -> None:
    page = f"<!doctype html><html><body><p>{BODY}</p>{shape.format(WORD)}</body></html>"
    assert WORD not in read(page.encode(), "a.html").text


def test_what_is_left_unread_is_counted() -> None:
    page = "<html><link rel='stylesheet' href='a.css'><img alt='x'><img><script>1</script><iframe></iframe>"
    page += f"<video></video><p>{BODY}</p></html>"
    found = read(page.encode(), "a.html").unread
    assert found == (("image", 2), ("script", 1), ("embedded", 2), ("stylesheet", 1))


def test_an_attribute_of_official_xml() -> None:
    picture = f"<plaatje><illustratie naam='a.jpg' alt='Foto van {WORD}'/></plaatje>"
    page = f"<kamerstuk><al>{BODY}</al>{picture}</kamerstuk>"
    doc = read(page.encode(), "a.xml")
    span = doc.source_span(doc.text.index(WORD), doc.text.index(WORD) + len(WORD))
    assert WORD in doc.text and doc.unread == (("image", 1),)
    assert span is None  # XML is not changed in place
    assert page[doc.cleaned.origin(doc.text.index(WORD)) :].startswith(WORD)


NAMES = 'xmlns:wp="urn:wp" xmlns:a="urn:a" xmlns:v="urn:v"'


def word(**parts: str) -> bytes:
    body = make.paragraph(BODY) + parts.pop("body", "")
    data = make.docx(f"<w:p {NAMES}/>{body}")
    members = {
        f"word/{name}.xml": f"<w:x {make.W} {NAMES}>{content}</w:x>".encode()
        for name, content in parts.items()
    }
    return make.added(data, members)


@pytest.mark.parametrize(
    "parts",
    [
        {"header1": make.paragraph(WORD)},
        {"footer2": make.paragraph(WORD)},
        {"comments": f'<w:comment w:id="1">{make.paragraph(WORD)}</w:comment>'},
        {"footnotes": f'<w:footnote w:id="2">{make.paragraph(WORD)}</w:footnote>'},
        {"body": f'<w:p><w:r><w:drawing><wp:docPr {NAMES} descr="{WORD}"/></w:drawing></w:r></w:p>'},
        {"body": f'<w:p><w:r><w:pict><v:shape {NAMES} alt="{WORD}"/></w:pict></w:r></w:p>'},
        {"body": f"<w:p><w:r><w:txbxContent>{make.paragraph(WORD)}</w:txbxContent></w:r></w:p>"},
        {"body": f'<w:tbl><w:tblPr><w:tblDescription w:val="{WORD}"/></w:tblPr></w:tbl>'},
        {"body": f'<w:sdt><w:sdtPr><w:listItem w:displayText="{WORD}"/></w:sdtPr></w:sdt>'},
        {"charts/chart1": f"<a:t>{WORD}</a:t>"},
        {"diagrams/data1": f"<a:t>{WORD}</a:t>"},
    ],
    ids=lambda parts: next(iter(parts)),
)  # fmt: skip
def test_word_beside_its_text(parts: dict[str, str]) -> None:
    assert read(word(**parts), "a.docx").text.count(WORD) == 1


def test_word_counts_what_it_does_not_read() -> None:
    data = make.added(word(), {"word/media/image1.png": b"x", "word/embeddings/a.xlsx": b"x"})
    assert read(data, "a.docx").unread == (("image", 1), ("embedded", 1))


OPEN = "urn:oasis:names:tc:opendocument:xmlns"
ODT = f'xmlns:svg="{OPEN}:svg-compatible:1.0" xmlns:form="{OPEN}:form:1.0" xmlns:draw="urn:draw"'


@pytest.mark.parametrize(
    "body",
    [
        f"<text:p>Een <draw:frame {ODT}><svg:title>{WORD}</svg:title></draw:frame> plaat.</text:p>",
        f"<text:p>Een <draw:frame {ODT}><svg:desc>{WORD}</svg:desc></draw:frame> plaat.</text:p>",
        f"<text:p>Een <office:annotation><text:p>{WORD}</text:p></office:annotation> woord.</text:p>",
        f"<form:text {ODT} form:value='{WORD}'/>",
        f"<form:button {ODT} form:label='{WORD}'/>",
    ],
)
def test_opendocument_beside_its_text(body: str) -> None:
    assert read(make.odt(f"<text:p>{BODY}</text:p>{body}"), "a.odt").text.count(WORD) == 1


def test_opendocument_headers_and_what_was_deleted() -> None:
    gone = f"<text:tracked-changes><text:p>{WORD} weg</text:p></text:tracked-changes>"
    data = make.odt(f"{gone}<text:p>{BODY}</text:p>")
    styles = (
        '<s:x xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f"<s:header><text:p>Kop van {WORD}</text:p></s:header></s:x>"
    )
    doc = read(make.added(data, {"styles.xml": styles.encode(), "Pictures/1.png": b"x"}), "a.odt")
    assert f"Kop van {WORD}" in doc.text and f"{WORD} weg" not in doc.text
    assert doc.unread == (("image", 1),)


def pdf() -> bytes:
    """A tagged page with a picture that has an alternative text, a pinned note and a form field."""
    head = ("De voorzitter van de Tweede Kamer der Staten-Generaal", "Den Haag, 3 mei 2023", BODY)
    lines = b"".join(
        b"BT /F1 11 Tf 80 %d Td (%s) Tj ET\n" % (760 - 20 * at, text.encode()) for at, text in enumerate(head)
    )
    drawn = lines + b"/Figure <</MCID 0>> BDC q 10 0 0 10 80 600 cm /I1 Do Q EMC\n"
    pixel = zlib.compress(b"\x00")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 7 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /StructParents 0"
        b" /Resources << /Font << /F1 5 0 R >> /XObject << /I1 6 0 R >> >> /Annots [10 0 R 11 0 R] >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(pixel), pixel),
        b"<< /Type /StructTreeRoot /K [8 0 R] /ParentTree 9 0 R >>",
        b"<< /Type /StructElem /S /Figure /P 7 0 R /Pg 3 0 R /K 0 /Alt (Foto van allochtonen) >>",
        b"<< /Nums [0 [8 0 R]] >>",
        b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (Noot over allochtonen) >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /TU (Veld voor allochtonen) /V (Ja allochtonen)"
        b" /Rect [0 0 9 9] >>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % each for each in places)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + tail


def test_pdf_beside_its_text(tmp_path: Path) -> None:
    doc = read(pdf(), "a.pdf")
    for text in ("Foto van allochtonen", "Noot over allochtonen", "Veld voor allochtonen", "Ja allochtonen"):
        at = doc.text.index(text)
        block = doc.block_at(at)
        assert block and block.kind == "label" and block.page == 1
    assert doc.unread == (("image", 1),)
    (tmp_path / "a.pdf").write_bytes(pdf())
    assert WORD not in read_letter(tmp_path / "a.pdf", any_kind=True).text
