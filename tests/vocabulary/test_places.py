"""Places in the machine-readable reports index the file as it stands."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from thuis.cli import thuis
from thuis.documents import Document, from_text

HEAD = "Den Haag, 14 november 2022\n\n"
TEXTS = {
    "plain.txt": HEAD + "De allochtonen werken.",
    "loose.txt": unicodedata.normalize("NFD", HEAD + "Eén coöperatie è ë voor allochtonen in België."),
    "broken.txt": HEAD + "De alloch-\ntonen en de coo\u00adperatie van islamieten.",
    "crlf.txt": (HEAD + "De buurt\n\nDe alloch-\ntonen en islamieten.").replace("\n", "\r\n"),
    "soft.txt": HEAD + "De in\u00adte\u00adgra\u00adtie van allochtonen\u200b en ﬁjne islamieten.",
    "steer.txt": HEAD + "De\x0c wijk\x08 met allochtonen en _islamieten_ hier.",
    "page.html": "<p>Den Haag, 14 november 2022</p><p>De <b>allochtonen</b> &amp; de islamieten&nbsp;.",
    "page.md": "# Kop\n\n14 november 2022\n\nDe **allochtonen** en [de islamieten](x.html).",
}  # fmt: skip


MANY_BYTES = {
    "many-bytes.txt": f"Eén 😀 brief van € 5\n\n{HEAD}De allochtonen wonen dicht bij de\n"
    "niet-westerse migranten.\n\nDat is ‘naïef’, 𝒳, en in de allochtone buurt.\n",
    "page.html": "<!doctype html>\n<html><body><p>Eén 😀 &euro;&#x1F600; brief</p>\n<p>Den Haag, 14 november "
    "2022. De allochtonen\nwonen dicht bij de niet-westerse migranten 𝒳.</p>\n<p>Een &eacute;chte allochtone "
    "buurt.</p></body></html>",
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_start_and_end_find_the_word_in_the_file(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(TEXTS[name].encode())
    standing = file.read_bytes().decode()
    told = json.loads(CliRunner().invoke(thuis, ["screen", str(file), "--json"]).output)
    hits = told["documents"][0]["hits"]
    assert len(hits) >= 1
    for hit in hits:
        found = standing[hit["start"] : hit["end"]]
        for gone in ("-\r\n", "-\n", "\u00ad"):
            found = found.replace(gone, "")
        assert unicodedata.normalize("NFC", found) == hit["text"]
    rows = csv.DictReader(
        io.StringIO(CliRunner().invoke(thuis, ["screen", str(file), "--format", "csv"]).output)
    )
    assert [(int(row["start"]), int(row["end"])) for row in rows] == [(h["start"], h["end"]) for h in hits]


@pytest.mark.parametrize("name", ["many-bytes.txt", "page.html"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_places_count_characters_whatever_the_bytes(
    tmp_path: Path, name: str, ends: str, encoding: str
) -> None:
    text = MANY_BYTES[name].replace("\n", ends)
    if encoding == "cp1252":
        text = text.replace("😀", "").replace("𝒳", "")
    data = text.encode(encoding)
    (tmp_path / name).write_bytes(b"\xfe\xff" + data if encoding == "utf-16-be" else data)
    told = json.loads(CliRunner().invoke(thuis, ["screen", str(tmp_path / name), "--json"]).output)
    hits = told["documents"][0]["hits"]
    assert [text[hit["start"] : hit["end"]] for hit in hits] == [
        "allochtonen", "niet-westerse", "migranten", "allochtone",
    ]  # fmt: skip
    for hit in hits:
        assert text[: hit["start"]].count(ends) + 1 == hit["line"]


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            ["e\u0301", "é", "a", " ", "-\n", "\u00ad", "ﬁ", "o\u0308o", "islamieten", "\r\n", "_", "𝒳"]
        )
    )
)
def test_the_way_back_is_exact(parts: list[str]) -> None:
    source = "de wijk " + "".join(parts) + " islamieten einde"
    document = from_text(source, "a.txt")
    assert isinstance(document, Document)
    at = document.text.rindex("islamieten")
    span = document.source_span(at, at + 10)
    assert span is not None and source[slice(*span)] == "islamieten"
