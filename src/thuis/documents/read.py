"""Open what a user names: a file, a folder, a zip, standard input; what cannot be read is listed."""

from __future__ import annotations

import hashlib
import io
import lzma
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from thuis.apart import StoppedError, apart
from thuis.documents.document import Document, document_of
from thuis.documents.mail import is_mail
from thuis.documents.mapped import Mapped
from thuis.documents.mojibake import mended
from thuis.documents.source import Source, Unscreenable
from thuis.errors import Place, ThuisError
from thuis.tables.decode import decode

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html",
    ".htm": "html", ".xhtml": "html", ".pdf": "pdf",
    ".docx": "docx", ".odt": "odt", ".xml": "xml", ".zip": "zip",
}  # fmt: skip
#: What of a book (EPUB) a reader meets; pictures are counted where a chapter shows them.
_CHAPTERS = frozenset({".xhtml", ".html", ".htm"})
_APART = frozenset({"pdf", "docx", "odt", "html", "xml"})
_HIDDEN = ("__MACOSX", "node_modules", "__pycache__")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read: bytes of a file, unpacked bytes of an archive, times larger than packed, members,
    pages of a PDF; and what reading one file may take: seconds of work and bytes of memory.
    """

    file_bytes: int = 200_000_000
    unpacked_bytes: int = 2_000_000_000
    ratio: int = 200
    members: int = 100_000
    pages: int = 20_000
    seconds: float = 60
    memory: int = 4_000_000_000


def extract(path: Path | str, limits: Limits | None = None) -> Iterator[Document | Unscreenable]:
    """Every document in a file, a folder (sorted, recursive), a zip, or ``-`` for standard input.

    :raises ThuisError: when there is nothing at that path; a file that cannot be screened is yielded as
        :class:`Unscreenable` instead, so that it is listed and the rest goes on.
    """
    limits = limits or Limits()
    if str(path) == "-":
        data = sys.stdin.buffer.read(limits.file_bytes + 1)
        yield from extract_bytes(data, "-", limits)
        return
    path = Path(path)
    if path.is_dir():
        for each in files_in(path):
            yield from _file(each, limits)
    elif path.exists():
        yield from _file(path, limits)
    else:
        raise ThuisError("no such file or folder", Place(str(path)), step="check the spelling of the path")


def files_in(folder: Path) -> Iterator[Path]:
    """The files of a folder in a stable order, without hidden ones and without following links out of it."""
    root = folder.resolve()
    for each in sorted(folder.rglob("*")):
        parts = each.relative_to(folder).parts
        if any(part.startswith(".") or part in _HIDDEN for part in parts):
            continue
        if each.is_file() and each.resolve().is_relative_to(root):
            yield each


def _file(path: Path, limits: Limits) -> Iterator[Document | Unscreenable]:
    for source in open_file(path, limits):
        yield source if isinstance(source, Unscreenable) else _guarded(source.name, b"", document_of, source)


def open_file(path: Path, limits: Limits | None = None) -> Iterator[Source | Unscreenable]:
    """The sources in a file: one, or those of an archive; nothing is cleaned yet."""
    limits = limits or Limits()
    if not path.is_file():
        yield Unscreenable(str(path), "damaged", "a pipe, a socket or a device")
        return
    size = path.stat().st_size
    if path.suffix.lower() == ".zip":
        try:
            with zipfile.ZipFile(path) as archive:
                yield from _members(archive, str(path), limits)
        except Exception as error:
            yield Unscreenable(str(path), "damaged", _told(error))
        return
    if size > limits.file_bytes:
        yield Unscreenable(str(path), "too-big", f"{size / 1e6:.0f} MB > {limits.file_bytes / 1e6:.0f} MB")
        return
    try:
        data = path.read_bytes()
    except OSError as error:
        yield Unscreenable(str(path), "damaged", error.strerror or "")
        return
    yield from open_bytes(data, str(path), limits)


def extract_bytes(data: bytes, name: str, limits: Limits | None = None) -> Iterator[Document | Unscreenable]:
    """The document or documents in bytes; the format by content first, then by the name.

    >>> [doc] = extract_bytes(b"Een brief over de buurt.", "brief.txt")
    >>> doc.format, doc.language
    ('text', 'nl')
    """
    for source in open_bytes(data, name, limits):
        yield source if isinstance(source, Unscreenable) else _guarded(source.name, data, document_of, source)


def open_bytes(data: bytes, name: str, limits: Limits | None = None) -> Iterator[Source | Unscreenable]:
    """What :func:`extract_bytes` reads, before it is cleaned: each file's source, or why there is none."""
    limits = limits or Limits()
    if len(data) > limits.file_bytes:
        yield Unscreenable(name, "too-big", f"> {limits.file_bytes / 1e6:.0f} MB")
        return
    if data.startswith(b"\xfd7zXZ\x00"):
        whole = unpacked(data, limits.file_bytes)
        if whole is None:
            yield Unscreenable(name, "bomb", f"> {limits.file_bytes / 1e6:.0f} MB unpacked")
            return
        data, name = whole, name.removesuffix(".xz")
    kind = format_of(data, name)
    if kind == "zip":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from _members(archive, name, limits)
        except Exception as error:
            yield Unscreenable(name, "damaged", _told(error))
        return
    if kind == "mail":
        yield from _mail(data, name, limits)
        return
    yield _guarded(name, data, _apart if kind in _APART else _opened, data, name, kind, limits)


def _mail(data: bytes, name: str, limits: Limits) -> Iterator[Source | Unscreenable]:
    """What a message holds, each part as a file of its own."""
    from thuis.documents.mail import parts_of

    try:
        parts = list(parts_of(data, limits.members))
    except Exception as error:
        yield Unscreenable(name, "damaged", _told(error))
        return
    for each, content in parts:
        if PurePosixPath(each).suffix.lower() in (".zip", ".eml"):
            yield Unscreenable(f"{name}!{each}", "unknown-format", "an archive in a message")
        else:
            yield from open_bytes(content, f"{name}!{each}", limits)
    if not parts:
        yield Unscreenable(name, "empty")


def _apart(data: bytes, name: str, kind: str, limits: Limits) -> Source | Unscreenable:
    """A file in a form that others' libraries read: read in a process of its own."""
    try:
        return apart(
            _opened, data, name, kind, limits, file=name, seconds=limits.seconds, memory=limits.memory
        )
    except StoppedError as stopped:
        return Unscreenable(name, "damaged" if stopped.why == "died" else "too-big", stopped.problems[0].what)
    except ThuisError as error:
        what = error.problems[0].what.removeprefix("the file cannot be read: ")
        return Unscreenable(name, "damaged", what)


Outcome = TypeVar("Outcome")


def _guarded(
    name: str, data: bytes, read: Callable[..., Outcome | Unscreenable], *given: Any
) -> Outcome | Unscreenable:
    """What a reader makes of a file; whatever goes wrong in a file that others made is a damaged file."""
    try:
        found = read(*given)
    except MemoryError:
        found = Unscreenable(name, "too-big", "memory")
    except Exception as error:
        found = Unscreenable(name, "damaged", _told(error))
    if isinstance(found, (Source, Unscreenable)) and not found.sha256:
        return replace(found, sha256=hashlib.sha256(data).hexdigest())
    return found


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def format_of(data: bytes, name: str) -> str:
    """The format of bytes: by their signature, then by the name's suffix, then by what they hold.

    >>> format_of(b"%PDF-1.7", "brief.txt"), format_of(b"# Kop", "a.md")
    ('pdf', 'markdown')
    """
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _office_kind(data)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return "rtf" if data.startswith(b"{") else "ole"
    known = SUFFIXES.get(PurePosixPath(name).suffix.lower())
    if known in ("pdf", "docx", "odt", "zip"):
        return "damaged"
    if known not in ("text", "markdown", "html") and is_mail(data, name):
        return "mail"
    return known if known in ("text", "markdown") else _by_content(data, head[:600].lower(), known)


def _by_content(data: bytes, low: bytes, known: str | None) -> str:
    if low.startswith(b"<!doctype html") or b"<html" in low:
        return "html"
    if low.startswith(b"<?xml") or known:
        return known if known == "html" else "xml"
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "binary" if b"\x00" in data[:8000] and not wide else "text"


def unpacked(data: bytes, limit: int) -> bytes | None:
    """The content of an ``.xz`` file up to a limit, or None when it is larger or broken."""
    try:
        out = lzma.LZMADecompressor().decompress(data, limit + 1)
    except lzma.LZMAError:
        return None
    return out if len(out) <= limit else None


def _office_kind(data: bytes) -> str:
    from thuis.documents.office import word_part

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if word_part(archive):
                return "docx"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mime = archive.read("mimetype")
                if b"opendocument.text" in mime:
                    return "odt"
                if b"opendocument" in mime:
                    return "unknown"
            return "unknown" if "[Content_Types].xml" in names else "zip"
    except Exception:
        return "damaged"


def _opened(data: bytes, name: str, kind: str, limits: Limits) -> Source | Unscreenable:
    if kind in ("ole", "damaged"):
        whole = PurePosixPath(name).suffix or "archive"
        why = _ole(data) if kind == "ole" else ("damaged", f"what is in it is no whole {whole}")
        return Unscreenable(name, *why)
    if kind in ("binary", "unknown", "rtf"):
        return Unscreenable(name, "unknown-format", "Rich Text Format (.rtf)" if kind == "rtf" else "")
    if kind == "pdf":
        from thuis.documents.pdf import pdf_source

        return pdf_source(data, name, limits.pages)
    if kind in ("docx", "odt"):
        from thuis.documents.office import office_source

        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            problem = bomb(archive, limits)
        return Unscreenable(name, "bomb", problem) if problem else office_source(data, name, kind)
    text = decode(data)
    if text is None:
        return Unscreenable(name, "broken-encoding")
    return source_of(text, name, kind)


def source_of(text: str, name: str, kind: str) -> Source | Unscreenable:
    """A text that was decoded, as a source: ``text``, ``markdown``, ``html`` or ``xml``."""
    if kind not in ("html", "xml"):
        return Source(name, kind, text)
    from thuis.documents.markup import html_source, xml_source

    found = (html_source if kind == "html" else xml_source)(mended(Mapped.of(text))[0], name)
    return replace(found, text=text) if isinstance(found, Source) else found


def from_text(text: str, name: str = "-", format: str = "text") -> Document | Unscreenable:  # noqa: A002
    """A document from a string: ``text``, ``markdown`` or ``html``.

    >>> doc = from_text("Een eerste zin over de alloch-\\ntonen in de wijk.")
    >>> doc.text, doc.place(25)
    ('Een eerste zin over de allochtonen in de wijk.', Spot(page=None, line=1, column=26))
    """
    data = text.encode("utf-8", "surrogatepass")
    source = _guarded(name, data, source_of, text, name, format)
    return source if isinstance(source, Unscreenable) else _guarded(name, data, document_of, source)


def _ole(data: bytes) -> tuple[str, str]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted", ""
    return "unknown-format", "Word 97-2003 (.doc)"


def bomb(archive: zipfile.ZipFile, limits: Limits) -> str | None:
    """Why an archive is refused before anything is unpacked, or None."""
    infos = archive.infolist()
    total = sum(each.file_size for each in infos)
    packed = sum(each.compress_size for each in infos) or 1
    if len(infos) > limits.members:
        return f"{len(infos)} members"
    if total > limits.unpacked_bytes:
        return f"{total / 1e6:.0f} MB unpacked"
    if total > 10_000_000 and total / packed > limits.ratio:
        return f"{total / packed:.0f} times larger unpacked"
    return None


def _members(archive: zipfile.ZipFile, name: str, limits: Limits) -> Iterator[Source | Unscreenable]:
    if problem := bomb(archive, limits):
        yield Unscreenable(name, "bomb", problem)
        return
    book = "META-INF/container.xml" in archive.namelist() and "mimetype" in archive.namelist()
    for info in sorted(archive.infolist(), key=lambda each: each.filename):
        inside = f"{name}!{info.filename}"
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or path.parts[:1] == ("__MACOSX",) or path.name.startswith("."):
            continue
        if book and path.suffix.lower() not in _CHAPTERS:
            continue
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            yield Unscreenable(inside, "unsafe-path", info.filename)
        elif info.flag_bits & 1:
            yield Unscreenable(inside, "encrypted")
        elif info.file_size > limits.file_bytes:
            yield Unscreenable(inside, "too-big", f"{info.file_size / 1e6:.0f} MB")
        elif path.suffix.lower() == ".zip":
            yield Unscreenable(inside, "unknown-format", "zip in a zip")
        else:
            yield from _member(archive, info, inside, limits)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, inside: str, limits: Limits
) -> Iterator[Source | Unscreenable]:
    try:
        with archive.open(info) as member:
            data = member.read(limits.file_bytes + 1)
    except Exception as error:
        yield Unscreenable(inside, "damaged", _told(error))
        return
    yield from open_bytes(data, inside, limits)
