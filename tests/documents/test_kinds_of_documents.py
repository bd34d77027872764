"""Pages as content systems export them, mail, books and office files: what is read, and what is not.

In every file ``z01``, ``z02``, … stand where a reader meets text and ``v01``, … where only a program does.
The files were made and marked before they were tried.
"""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest

from support import files as make
from thuis.documents import Document, Unscreenable, extract_bytes

CASES = [json.loads(line) for line in (Path(__file__).parent / "kinds.jsonl").read_text("utf-8").splitlines()]
BODY = "De mensen in de wijk zijn er voor elkaar en dat is wat wij willen met de buurt."
DRAWN = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
MATHS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def read(data: bytes, name: str) -> str:
    return "\n".join(each.text for each in extract_bytes(data, name) if isinstance(each, Document))


def marks(text: str, sign: str) -> list[str]:
    return sorted(re.findall(rf"\b{sign}\d\d\b", text))


@pytest.mark.parametrize("case", CASES, ids=[each["name"] for each in CASES])
def test_what_a_reader_meets_is_read_once_and_nothing_else(case: dict[str, str]) -> None:
    text = read(case["text"].encode(), case["file"])
    if case["name"] == "rtf":
        assert not text
        return
    hidden = {"eml": ["z01", "z03"]}.get(case["name"], [])  # written in base64
    assert marks(text, "z") == sorted({*marks(case["text"], "z"), *hidden})
    assert marks(text, "v") == []


def test_word_text_that_moved_is_read_where_it_stands() -> None:
    moved = "<w:p><w:moveFrom><w:r><w:t>v01</w:t></w:r></w:moveFrom></w:p>"
    moved += "<w:p><w:moveTo><w:r><w:t>Hier z01</w:t></w:r></w:moveTo>"
    moved += "<w:del><w:r><w:delText>v02</w:delText></w:r></w:del></w:p>"
    text = read(make.docx(make.paragraph(BODY) + moved), "a.docx")
    assert (marks(text, "z"), marks(text, "v")) == (["z01"], [])


def test_words_in_shapes_formulas_and_fields_of_word() -> None:
    shape = f"<w:p><w:r><w:drawing {DRAWN}><a:p><a:r><a:t>Vorm z01</a:t></a:r></a:p></w:drawing></w:r></w:p>"
    formula = f"<w:p><m:oMath {MATHS}><m:r><m:t>Som z02</m:t></m:r></m:oMath></w:p>"
    field = '<w:p><w:r><w:fldChar><w:ffData><w:name w:val="v01"/><w:textInput><w:default w:val="Vul z03"/>'
    field += "</w:textInput></w:ffData></w:fldChar></w:r></w:p>"
    text = read(make.docx(make.paragraph(BODY) + shape + formula + field), "a.docx")
    assert (marks(text, "z"), marks(text, "v")) == (["z01", "z02", "z03"], [])


def test_a_file_put_into_word_is_counted() -> None:
    data = make.added(make.docx(make.paragraph(BODY)), {"word/afchunk.html": b"<p>z01</p>"})
    [document] = extract_bytes(data, "a.docx")
    assert isinstance(document, Document)
    assert document.unread == (("embedded", 1),)


def test_tables_and_links_of_opendocument_say_what_they_are() -> None:
    table = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    body = f"<text:p>{BODY}</text:p><table:table {table}><table:title>Tabel z01</table:title>"
    body += "<table:desc>Over z02</table:desc></table:table>"
    body += "<text:p>x<text:a office:title='Tip z03'>Link z04</text:a> en "
    body += "<text:hidden-text>v01</text:hidden-text><text:ruby><text:ruby-base>wijk</text:ruby-base>"
    body += "<text:ruby-text>klank z05</text:ruby-text></text:ruby></text:p>"
    text = read(make.odt(body), "a.odt")
    assert (marks(text, "z"), marks(text, "v")) == (["z01", "z02", "z03", "z04", "z05"], [])


def test_a_book_is_read_by_its_chapters() -> None:
    data = make.zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": b"<container/>",
            "OEBPS/content.opf": b"<package>v01</package>",
            "OEBPS/style.css": b"p { color: red } /* v02 */",
            "OEBPS/c1.xhtml": f"<html><body><p>{BODY} z01</p></body></html>".encode(),
        }
    )
    found = list(extract_bytes(data, "a.epub"))
    assert [each.name for each in found] == ["a.epub!OEBPS/c1.xhtml"]
    assert marks(read(data, "a.epub"), "z") == ["z01"]


def test_what_is_attached_to_a_message_is_read_or_listed() -> None:
    letter = base64.b64encode(make.docx(make.paragraph(f"{BODY} z02"))).decode()
    message = (
        "Subject: De wijk z01\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
        f"--B\nContent-Type: text/plain\n\n{BODY}\n"
        f'--B\nContent-Type: application/msword; name="brief.docx"\nContent-Transfer-Encoding: base64\n'
        f'Content-Disposition: attachment; filename="brief.docx"\n\n{letter}\n'
        '--B\nContent-Type: application/x-data; name="x.bin"\n'
        "Content-Transfer-Encoding: base64\n\nAAECAwQF\n--B--\n"
    )
    found = list(extract_bytes(message.encode(), "a.eml"))
    assert [each.name for each in found] == ["a.eml!text.txt", "a.eml!brief.docx", "a.eml!x.bin"]
    assert marks(read(message.encode(), "a.eml"), "z") == ["z01", "z02"]
    assert isinstance(found[2], Unscreenable)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"{\\rtf1\\ansi De wijk\\par}", "a.rtf"),
        (make.zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"}), "a.pptx"),
        (make.zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<p/>"}), "a.xlsx"),
    ],
)
def test_what_is_not_read_is_listed_as_such(data: bytes, name: str) -> None:
    [found] = extract_bytes(data, name)
    assert isinstance(found, Unscreenable)
    assert found.why == "unknown-format"
