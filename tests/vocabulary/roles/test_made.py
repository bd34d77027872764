"""Made sentences, one or two for each way in which a use was taken for something else, or the other way.

``made.tsv``: ``{ }`` around a use, ``< >`` around what is quoted, named, defined or of another sense.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from thuis.documents import Document, from_text
from thuis.vocabulary import load_vocabulary
from thuis.vocabulary.screen import Options, Screener

SCREENER = Screener(load_vocabulary())
ROWS = [line.split("\t") for line in (Path(__file__).parent / "made.tsv").read_text("utf-8").splitlines()[1:]]


@pytest.mark.parametrize(("genre", "marked"), ROWS, ids=[row[1][:40] for row in ROWS])
def test_uses_are_told_from_what_is_no_use(genre: str, marked: str) -> None:
    text, places = "", []
    for plain, use, other in re.findall(r"([^{<]*)(?:\{([^}]*)\}|<([^>]*)>)?", marked):
        text += plain
        if hit := use or other:
            places.append((len(text), len(text) + len(hit), bool(use)))
            text += hit
    document = from_text(text, "text.txt")
    assert isinstance(document, Document)
    hits = SCREENER.with_options(Options(genre=genre, language="nl", date="2024")).screen(document).hits
    for start, end, used in places:
        found = next(each for each in hits if each.start < end and start < each.end)
        assert (found.role == "use") is used, (text[start:end], found.role, found.role_why)
