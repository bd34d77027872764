"""Files made for the tests: a PDF with columns, office documents, archives that mean harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(pages: list[list[tuple[float, float, float, str]]], encrypt: bool = False) -> bytes:
    """A PDF in Helvetica; a page is a list of (x, y, size, text)."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, page in enumerate(pages):
        lines = b"".join(
            b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n"
            % (size, x, y, text.replace("(", "\\(").replace(")", "\\)").encode("cp1252"))
            for x, y, size, text in page
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * index)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(lines), lines))
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % each for each in offsets))
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> /ID [(a) (a)] "
        % (b"x" * 32, b"y" * 32)
        if encrypt
        else b""
    )
    out.write(b"trailer << /Size %d /Root 1 0 R %s>>\n" % (len(objects) + 1, lock))
    out.write(b"startxref\n%d\n%%%%EOF" % table)
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip with these members, whatever their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str, notes: str = "") -> bytes:
    """A Word document with this XML inside its body."""
    members = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>".encode(),
    }
    if notes:
        members["word/footnotes.xml"] = f"<w:footnotes {W}>{notes}</w:footnotes>".encode()
    return zipped(members)


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of a Word document."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def odt(body: str) -> bytes:
    """An OpenDocument text with this XML inside its text."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:text="{text}">'
        f"<office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def added(data: bytes, members: dict[str, bytes]) -> bytes:
    """A zip with more members."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zip with one of its members changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        members = {each: old.read(each) for each in old.namelist()}
    members[name] = change(members[name])
    return zipped(members)


def moved(data: bytes, name: str, to: str) -> bytes:
    """A Word file with its text in a part of another name."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        members = {(to if each == name else each): old.read(each) for each in old.namelist()}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    members["_rels/.rels"] = (
        f'<Relationships><Relationship Type="{kind}" Target="{to}"/></Relationships>'.encode()
    )
    return zipped(members)
