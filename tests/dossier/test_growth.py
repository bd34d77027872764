"""Twice the text is twice the work: counted in steps of Python, which a loaded machine does not change."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from thuis.documents import from_text
from thuis.dossier.commitments import terms
from thuis.dossier.export import told
from thuis.dossier.letter import read_letter
from thuis.dossier.reading import read_citations

HEAD = (
    "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\nDen Haag, 3 mei 2023\n\nBetreft: Samen\n\n"
)


def steps(work: Callable[[], object]) -> int:
    """How many instructions of Python a call takes."""
    count = 0

    def traced(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


SHAPES: dict[str, tuple[str, str]] = {
    "form feeds": (HEAD + "{}", "Zin.\f"),
    "promises": (HEAD + "{}", "Ik zal uw Kamer in het voorjaar van 2024 informeren over de aanpak.\n\n"),
    "told again": (HEAD + "{}", "Ik heb op {n} mei 2022 aan mevrouw Becker toegezegd dit na te gaan.\n\n"),
    "short forms": (HEAD + "{}", "Zie de motie-Becker en mijn brief van 5 april 2023 over {n}.\n\n"),
    "full and short": (HEAD + "{}", "Zie deze motie (Kamerstuk 32 824, nr. {n}).\n\n"),
    "headings": (HEAD + "{}", "Kop {n}\n\nEen zin van de tekst die ergens over gaat.\n\n"),
    "notes": (HEAD + "{}", "Een zin met een noot{n} erbij.\n\n{n} De noot zelf.\n\n"),
    "questions": (HEAD + "{}", "Vraag {n}\n\nKlopt dit?\n\nAntwoord {n}\n\nJa, dat klopt.\n\n"),
    "deep": ("<html><body>{}<p>Een zin.</p></body></html>", "<div>"),
    "deep lists": ("<html><body>{}<p>Een zin.</p></body></html>", "<ol class='footnotes'><li>"),
    "images": ("<html><body>{}<p>Een zin.</p></body></html>", "<p><img alt='een foto van de wijk'>x</p>"),
    "notes of a page": (
        "<html><body>{}</body></html>",
        "<p>Zin<sup>{n}</sup>.</p><ol class=footnotes><li>Noot.</li></ol>",
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_is_twice_the_work(tmp_path: Path, shape: str) -> None:
    frame, piece = SHAPES[shape]
    suffix = ".html" if frame.startswith("<") else ".txt"

    def work(size: int) -> int:
        text = frame.replace("{}", "".join(piece.replace("{n}", str(100 + n)) for n in range(size)))
        path = tmp_path / f"a{suffix}"
        path.write_text(text)
        terms._matches.cache_clear()  # what a smaller text left there would be saved on a larger one
        if suffix == ".html":  # read in this process, so that its steps are counted
            return steps(lambda: from_text(text, format="html"))
        return steps(lambda: told(read_citations(read_letter(path, any_kind=True)), "nl"))

    work(2)
    one, two, four = work(30), work(60), work(120)
    assert four - two < 2.2 * (two - one), (one, two, four)
