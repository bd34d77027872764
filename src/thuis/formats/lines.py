"""The text of a file in blocks of whole rows: decoded, with one kind of line end, quotes in pairs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from thuis.errors import Place, Problem, ThuisError
from thuis.formats.encoding import codec, likely, marked

BLOCK = 16 << 20
"""Bytes read at a time; what is held is a few times this, whatever the size of the file."""
_LONGEST = 64 << 20
"""A row longer than this is a quote that does not close."""
_ENDS = re.compile(r"\r+\n|\r")
_RARE_ENDS = ("\x85", "\u2028", "\u2029", "\x1e", "\x0b", "\x0c")
"""Line ends of mainframes and databases; only in a file that has no other."""


def blocks(path: Path, encoding: str = "utf-8", block: int = BLOCK) -> Iterator[tuple[int, str]]:
    """The line each block begins with, counted from 1, and its text with ``\\n`` at the end of every line.

    :raises ThuisError: naming the line and byte that do not fit the encoding, and the one that would.
    """
    carry, line, rare = "", 1, ""
    for text, last in _decoded(path, encoding, block):
        if not carry and line == 1:
            rare = _rare(text)
        whole = carry + (text.replace(rare, "\n") if rare else text)
        if whole.endswith("\r") and not last:
            carry = whole
            continue
        if "\r" in whole:
            whole = _ENDS.sub("\n", whole)
        if last:
            whole = whole.rstrip("\x1a")
        if "\ufeff" in whole:
            # Files put behind one another, each with its mark.
            whole = whole.replace("\n\ufeff", "\n")
        at = len(whole) if last else _cut(whole)
        carry = whole[at:]
        if at:
            yield line, whole[:at]
            line += whole.count("\n", 0, at)


def _rare(text: str) -> str:
    if "\n" in text or "\r" in text:
        return ""
    return next((each for each in _RARE_ENDS if text.count(each) > 1), "")


def _cut(text: str) -> int:
    """Behind the last line end at which every quote is closed; 0 when there is none yet."""
    at = text.rfind("\n") + 1
    odd = text.count('"', 0, at) % 2
    if not odd or len(text) > _LONGEST:
        return at
    while at and odd:
        before = text.rfind("\n", 0, at - 1) + 1
        odd = (odd + text.count('"', before, at)) % 2
        at = before
    return at


def _decoded(path: Path, encoding: str, block: int) -> Iterator[tuple[str, bool]]:
    """Pieces of text, and whether it is the last; every fault of the encoding."""
    name = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
    decoder = codecs.getincrementaldecoder(codec(name, path.name, "utf-16"))()
    check = None if name == "utf-8-sig" or "16" in name or "32" in name else _Utf8()
    line, first = 1, True
    with path.open("rb") as file:
        data = file.read(block)
        if data:
            _refuse_other(path, data)
            _refuse_mark(path, encoding, data)
        while data or first:
            following = file.read(block)
            try:
                text = decoder.decode(data, final=not following)
            except UnicodeDecodeError as error:
                line += error.object.count(b"\n", 0, error.start)
                why = f"byte 0x{error.object[error.start]:02x} does not fit"
                raise ThuisError(_misread(path, encoding, line, why, likely(error.object))) from error
            _refuse_nul(path, encoding, text, line, data)
            if check:
                check.feed(data)
            line += data.count(b"\n")
            yield (text.lstrip("\ufeff") if first else text), not following
            data, first = following, False
    if check and check.is_utf8:
        raise ThuisError(_misread(path, encoding, check.line, "its letters with accents are UTF-8", "utf-8"))


class _Utf8:
    """Whether a file said to be in another encoding is UTF-8 with letters beyond ASCII all the same."""

    def __init__(self) -> None:
        self.line = 1
        self._lines = 0
        self._decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        self._seen = False

    def feed(self, data: bytes) -> None:
        if self._decoder is None:
            return
        try:
            self._decoder.decode(data)
        except UnicodeDecodeError:
            self._decoder = None
            return
        if not self._seen and not data.isascii():
            self._seen = True
            first = next(i for i, each in enumerate(data.split(b"\n")) if not each.isascii())
            self.line = self._lines + first + 1
        self._lines += data.count(b"\n")

    @property
    def is_utf8(self) -> bool:
        return self._decoder is not None and self._seen


_OTHER_KINDS = {
    b"PK\x03\x04": "a zip or an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an Excel workbook of the old kind",
    b"\x1f\x8b": "a compressed file",
    b"$FL2": "an SPSS file",
    b"$FL3": "an SPSS file",
    b"PAR1": "a Parquet file",
    b"<stata_dta>": "a Stata file",
    b"[{": "JSON",
    b'{"': "JSON",
    b"%PDF": "a PDF",
    b"<!DOCTYPE": "a web page",
    b"<html": "a web page",
    b"<?xml": "an XML file",
    b"{\\rtf": "a text of a word processor",
}


def _refuse_other(path: Path, data: bytes) -> None:
    for magic, kind in _OTHER_KINDS.items():
        if data.lstrip(b"\xef\xbb\xbf").startswith(magic):
            step = "save or export it as CSV, or give it the name of its kind"
            raise ThuisError(f"the file is {kind}, not CSV", Place(path.name), expected="CSV", step=step)


def _refuse_mark(path: Path, encoding: str, data: bytes) -> None:
    mark = marked(data)
    if mark and mark != "utf-8" and mark[-2:] not in encoding:
        why = f"it starts with the mark of {mark.upper()}"
        raise ThuisError(_misread(path, encoding, 1, why, mark))


def _refuse_nul(path: Path, encoding: str, text: str, line: int, data: bytes) -> None:
    at = text.find("\0")
    if at < 0:
        return
    wide = likely(data)
    line += text.count("\n", 0, at)
    if wide.startswith("utf-16"):
        raise ThuisError(_misread(path, encoding, line, "every other byte is NUL", wide))
    raise ThuisError(
        "a NUL byte stands in the text",
        Place(path.name, line=line),
        expected="text without NUL bytes",
        step="the file is damaged or no text: export the data again",
    )


def _misread(path: Path, encoding: str, line: int, why: str, fits: str) -> Problem:
    same = fits.replace("-", "")[:5] == encoding.lower().replace("-", "").replace("_", "")[:5]
    return Problem(
        f"the file is not in {encoding}: {why}",
        Place(path.name, line=line),
        expected=f"text in {encoding}",
        step="the file is cut off or damaged: export the data again"
        if same
        else f"if the file is in {fits}, say csv: {{encoding: {fits}}} in the wave",
    )
