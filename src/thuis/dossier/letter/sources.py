"""Open a file as the text to read: PDF, Word, official XML and HTML, or text that a converter left behind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from thuis.dossier.letter.model import Form
from thuis.errors import Place, Problem, ThuisError

_OLD_WORD = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as text; ``empty`` are pages of a PDF on which there is none."""

    file: str
    form: Form
    text: str
    empty: tuple[int, ...] = ()


def open_source(path: Path) -> Source:
    """The text of a file, by what the file is, not by its name.

    :raises ThuisError: when it is missing, empty, in a form that cannot be read, or a PDF of images.
    """
    if not path.is_file():
        raise ThuisError(Problem("there is no such file", Place(str(path)), step="check the name"))
    data = path.read_bytes()
    if not data.strip():
        raise ThuisError(Problem("the file is empty", Place(path.name), "a letter"))
    if data.startswith(b"%PDF"):
        return _pdf(path)
    if data.startswith(b"PK\x03\x04"):
        from thuis.dossier.letter.word import word_text

        return Source(path.name, "docx", word_text(path))
    if data.startswith(_OLD_WORD):
        raise ThuisError(
            Problem(
                "this is a Word file of before 2007",
                Place(path.name),
                "PDF, Word (.docx), XML, HTML or text",
                step="open it in a word processor and save it as .docx",
            )
        )
    text = decode(data, path.name)
    start = text.lstrip("\ufeffï»¿ \r\n\t")[:600].lower()
    if start.startswith(("<?xml", "<officiele-publicatie", "<kamerstuk")):
        html = "<html" in start
        return Source(path.name, "html" if html else "xml", text)
    if start.startswith(("<!doctype html", "<html")):
        return Source(path.name, "html", text)
    return Source(path.name, "text", text)


def decode(data: bytes, name: str) -> str:
    """Bytes as text: UTF-8, UTF-16 with its mark, or else Windows-1252.

    :raises ThuisError: for bytes that are no text at all.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if b"\x00" in data:
        raise ThuisError(
            Problem(
                "this is no text",
                Place(name),
                "PDF, Word (.docx), XML, HTML or text",
                step="convert it first",
            )
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _pdf(path: Path) -> Source:
    from thuis.dossier.letter.pdf import pdf_pages

    pages = pdf_pages(path)
    empty = tuple(number for number, page in enumerate(pages, 1) if len(page.strip()) < 5)
    if len(empty) == len(pages):
        raise ThuisError(
            Problem(
                f"none of the {len(pages)} pages has any text: this PDF is a scan",
                Place(path.name),
                "a PDF with text in it",
                step=f"recognise its text first, for instance: ocrmypdf -l nld {path.name} read.pdf",
            )
        )
    return Source(path.name, "pdf", "\f".join(pages), empty)
