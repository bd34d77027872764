"""Open a file for the letter reader: what the screening refuses is refused here too, with the next step."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

from thuis.documents import Limits, Source, Unscreenable, open_file
from thuis.errors import Place, Problem, ThuisError

_FORMS = "PDF, Word (.docx), OpenDocument (.odt), XML, HTML or text"
_LIMITS = Limits(file_bytes=50_000_000, pages=2_000)
_LONGEST = 5_000_000  # characters: the longest paper with all its annexes is a fifth of it
_WHY = {
    "encrypted": ("the file needs a password", "save a copy without password"),
    "too-big": ("the file is too big for a letter: {detail}", "cut the letter out of it"),
    "broken-encoding": ("this is no text in a known encoding", "save it as UTF-8"),
    "bomb": ("the file unpacks to more than is safe: {detail}", "save it again from the word processor"),
    "unsafe-path": ("the archive names a file outside itself: {detail}", "unpack it with care"),
    "unknown-format": ("this is no text", "convert it first"),
    "empty": ("the file is empty", "check that it was saved"),
    "damaged": ("the file is damaged: {detail}", "download or save it again"),
}


def open_source(path: Path) -> Source:
    """What a file holds, by what the file is, not by its name.

    :raises ThuisError: when it is missing, empty, damaged, too big, in a form that cannot be read, or a scan.
    """
    if not path.is_file():
        raise ThuisError("there is no such file", Place(str(path)), step="check the name")
    found = list(islice(open_file(path, _LIMITS), 2))
    if len(found) != 1 or "!" in found[0].name.removeprefix(str(path)):
        raise ThuisError("this is an archive", Place(path.name), _FORMS, step="unpack it and choose one file")
    source = found[0]
    if isinstance(source, Source) and len(source.text) > _LONGEST:
        source = Unscreenable(source.name, "too-big", f"{len(source.text) / 1e6:.0f} million characters")
    if isinstance(source, Unscreenable):
        raise ThuisError(_problem(source, path))
    if not source.text.strip():
        raise ThuisError(_problem(Unscreenable(source.name, "empty"), path))
    if "own-entities" in source.meta:
        what = "the XML has entities of its own, which are not read"
        raise ThuisError(what, Place(path.name), step="resolve them first")
    return replace(_without_labels(source), name=path.name)


def _without_labels(source: Source) -> Source:
    """A PDF without what stands beside its text, which is no text of the letter."""
    beside = next((each for each in source.paragraphs if each.kind == "label"), None)
    if source.format != "pdf" or beside is None:
        return source
    kept = tuple(each for each in source.paragraphs if each.kind != "label")
    return replace(source, text=source.text[: beside.parts[0].at[0]].removesuffix("\n\n"), paragraphs=kept)


def _problem(refused: Unscreenable, path: Path) -> Problem:
    place = Place(path.name)
    if refused.why == "scanned":
        return Problem(
            f"none of the {refused.detail} has any text: this PDF is a scan",
            place,
            "a PDF with text in it",
            step=f"recognise its text first, for instance: ocrmypdf -l nld {path.name} read.pdf",
        )
    if refused.why == "unknown-format" and ".doc" in refused.detail:
        step = "open it in a word processor and save it as .docx"
        return Problem("this is a Word file of before 2007", place, _FORMS, step=step)
    what, step = _WHY[refused.why]
    return Problem(what.format(detail=refused.detail).removesuffix(": "), place, _FORMS, step=step)
