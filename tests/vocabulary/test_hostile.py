"""Hostile input through ``thuis screen``: nothing escapes, nothing hangs, nothing is passed over."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from support import files as make
from thuis.cli import thuis
from thuis.documents import Document, from_text
from thuis.vocabulary.model import Vocabulary
from thuis.vocabulary.screen import Options, Screener

DUTCH = "Den Haag, 3 maart 2024\n\nDe mensen in de wijk zijn er voor elkaar. Veel allochtonen werken hier.\n"


def run(*words: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(thuis, ["screen", *map(str, words)], input=given)


def told(*words: str | Path) -> dict[str, object]:
    found = run(*words, "--format", "json", "--fail-on", "never")
    assert found.exit_code in (0, 3), found.output
    answer = json.loads(found.stdout)
    assert isinstance(answer, dict)
    return answer


def test_a_folder_of_harm_is_listed_whole(tmp_path: Path) -> None:
    harm = {
        "a-goed.txt": DUTCH.encode(),
        "b-gesloten.pdf": make.pdf([[(80, 700, 11, "Een tekst")]], encrypt=True),
        "c-scan.pdf": make.pdf([[], []]),
        "d-bom.zip": make.zipped({"a.txt": b"0" * 20_000_000}),
        "e-ontsnapt.zip": make.zipped({"../../weg.txt": DUTCH.encode(), "wel.txt": DUTCH.encode()}),
        "f-kapot.docx": b"PK\x03\x04rommel",
        "g-leeg.txt": b"",
        "h-binair.bin": bytes(range(256)) * 20,
    }
    for name, data in harm.items():
        (tmp_path / name).write_bytes(data)
    text = run(tmp_path, "--fail-on", "never", "--language", "en").output
    for name in harm:
        assert name in text, name
    assert run(tmp_path, "--fail-on", "never").exit_code == 3
    assert run(tmp_path).exit_code == 1
    assert not (tmp_path.parent / "weg.txt").exists()
    answer = json.dumps(told(tmp_path))
    for why in ("encrypted", "scanned", "bomb", "unsafe-path", "damaged", "empty", "unknown-format"):
        assert f'"{why}"' in answer, why


def test_markup_in_a_text_does_not_become_markup_in_the_report(tmp_path: Path) -> None:
    name = tmp_path / "a<img src=x onerror=alert(1)>.txt"
    name.write_text(
        DUTCH + "De <script>alert('x')</script> allochtonen \"><svg onload=alert(1)> werken.\n", "utf-8"
    )
    out = run(tmp_path, "--format", "html", "--fail-on", "never").output
    assert "<script>alert" not in out and "<svg onload" not in out and "<img src=x" not in out
    assert "&lt;script&gt;" in out


def test_a_csv_cell_is_no_formula(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        DUTCH + '\n=HYPERLINK("x") allochtonen werken.\n\n@SUM allochtonen.\n', "utf-8"
    )
    out = run(tmp_path, "--format", "csv", "--fail-on", "never").output
    cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
    assert len(cells) > 20
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_a_terminal_gets_no_control_characters(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        DUTCH * 9 + "De \x1b[31m\x1b]0;titel\x07 allochtonen\u202e werken.\n", "utf-8"
    )
    out = run(tmp_path, "--fail-on", "never").output
    assert "allochtonen" in out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)


@pytest.mark.parametrize(
    "text",
    [
        "“" * 100_000 + " allochtonen " + "'" * 100_000,
        "(" * 200_000 + " integratie " * 50 + ")" * 200_000,
        "allochtonen " * 1_500,
        "a. b. c. d. " * 20_000 + " allochtonen",
        "alloch-\n" * 40_000 + "tonen en de integratie",
        "| " * 100_000 + "allochtonen" + " |" * 100_000,
        "Wet " * 30_000 + "allochtonen",
        "a" * 2_000_000 + " allochtonen",
        "\n" * 300_000 + "allochtonen",
    ],
    ids=["quotes", "brackets", "hits", "items", "hyphens", "bars", "heads", "one-word", "lines"],
)
def test_no_text_makes_the_rules_run_away(text: str, vocabulary: Vocabulary) -> None:
    start = time.process_time()
    document = from_text(text + "\n" + DUTCH * 60)
    if isinstance(document, Document):
        assert Screener(vocabulary, Options(date="2024")).screen(document).hits
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    "shape", ["<div>" * 8_000, "<blockquote><p>" * 5_000, "<table><tr><td>" * 4_000, "&#x110000;<p"]
)
def test_deep_markup_is_read_or_refused(shape: str) -> None:
    document = from_text(shape + DUTCH * 3, format="html")
    assert not isinstance(document, Document) or "allochtonen" in document.text


def test_deep_xml_is_refused_not_fatal(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text('<?xml version="1.0"?>' + "<a>" * 100_000 + "</a>" * 100_000)
    assert "a.xml" in run(tmp_path, "--fail-on", "never").output


def test_standard_input(tmp_path: Path) -> None:
    assert run("-", given=DUTCH.encode()).exit_code == 1
    assert run("-", given=b"").exit_code == 3
    assert run("-", given=make.pdf([[(80, 700, 11, "De mensen in de wijk")]])).exit_code == 0


def test_what_is_not_there(tmp_path: Path) -> None:
    found = run(tmp_path / "niet.txt")
    assert found.exit_code == 2 and "niet.txt" in found.output
    assert "Traceback" not in found.output


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    from thuis.vocabulary import load_vocabulary

    return load_vocabulary()
