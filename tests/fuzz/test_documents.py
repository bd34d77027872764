"""Damaged and made-up documents: read, or refused with a reason; never anything else, and never for long.

``THUIS_FUZZ`` sets the number of mutations (``make fuzz``: 5,000), ``THUIS_FUZZ_SECONDS`` the time for them.
"""

from __future__ import annotations

import os
import random
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from support import files as make
from thuis.documents import Document, Unscreenable, extract_bytes
from thuis.dossier.letter import read_letter
from thuis.dossier.reading import read_citations
from thuis.errors import ThuisError

MUTATIONS = int(os.environ.get("THUIS_FUZZ", "160"))
SECONDS = float(os.environ.get("THUIS_FUZZ_SECONDS", "20"))
HEAD = ("Aan de Voorzitter van de Tweede Kamer", "Den Haag, 3 mei 2023", "Betreft: Samenleven")
BODY = (
    "Ik zal uw Kamer voor de zomer informeren over de allochtonen in de wijk (Kamerstuk 32 824, nr. 361). "
    * 3
)
CALL = '</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>'
PIECES = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\f", b"\r", b"1", b"-\n", b"&"),
    *(
        b"<",
        b"]]>",
        b"<!--",
        b"<![CDATA[",
        b"&#x110000;",
        b"&nope;",
        b"<sup>1</sup>",
        b"</p></div>",
        b"<noot>",
    ),
    *(b"</noot.nr>", b"<li.nr>", b"/Type", b" 0 R", b"stream\n", b"endobj", b"%PDF-", b"(", b"<<"),
    *(b"9999999999", b"Pagina 1 van 99999", b"Antwoord 1", b"Vraag 1 ", b"Datum\nBetreft\n", b"\xc2\xb2"),
)


def seeds() -> dict[str, bytes]:
    paragraphs = "".join(map(make.paragraph, (*HEAD, BODY + CALL)))
    note = "<text:note><text:note-body><text:p>Noot</text:p></text:note-body></text:note>"
    html = "".join(f"<p>{each}</p>" for each in (*HEAD, f"{BODY}<sup>1</sup>"))
    official = "".join(f"<al>{each}</al>" for each in HEAD)
    lines = [(80.0, 760.0 - 14 * i, 11.0, each) for i, each in enumerate((*HEAD, *BODY.split(". ")))]
    answers = "\n".join(("Vraag 1", BODY, "1 ", "Antwoord 1", BODY, "", "1 Noot", "Pagina 1 van 2"))
    text = "\n".join((*HEAD, "", BODY, "Het is zo1 dat", "", "1 Noot", "Pagina 1 van 1")).encode()
    return {
        "a.docx": make.docx(paragraphs, f'<w:footnote w:id="2">{make.paragraph("Noot")}</w:footnote>'),
        "a.odt": make.odt("".join(f"<text:p>{each}</text:p>" for each in (*HEAD, BODY + note))),
        "a.pdf": make.pdf([[*lines, (80.0, 60.0, 7.0, "1 Noot")], lines]),
        "a.html": f"<html><body>{html}<ol class='footnotes'><li>Noot</li></ol></body></html>".encode(),
        "a.xml": f"<?xml version='1.0'?><kamerstuk>{official}<al>{BODY}<noot><noot.nr>1</noot.nr><noot.al>x"
        "</noot.al></noot></al></kamerstuk>".encode(),
        "a.txt": text,
        "b.txt": answers.encode(),
        "a.md": b"# Kop\n\n" + text,
        "a.zip": make.zipped({"a.txt": text, "b/a.docx": make.docx(paragraphs)}),
    }


def spoiled(data: bytes, dice: random.Random) -> bytes:
    """One to four edits: bytes changed, a stretch cut out or doubled, the end gone, a piece put in."""
    for _ in range(dice.randint(1, 4)):
        raw = bytearray(data)
        one, two = sorted(dice.choices(range(len(raw) + 1), k=2))
        match dice.randrange(5):
            case 0 if raw:
                for _ in range(dice.randrange(1, 12)):
                    raw[dice.randrange(len(raw))] = dice.randrange(256)
            case 1:
                del raw[one : min(two, one + 60)]
            case 2:
                raw[one:one] = raw[one : min(two, one + 200)] * dice.randrange(1, 20)
            case 3:
                del raw[max(one, len(raw) // 3) :]
            case _:
                raw[one:one] = dice.choice(PIECES)
        data = bytes(raw)
    return data


def inside(data: bytes, dice: random.Random) -> bytes:
    """An archive that is whole, with one of its members spoiled."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
    return make.changed(data, dice.choice(names), lambda member: spoiled(member, dice))


def mutations() -> list[tuple[str, Callable[[random.Random], bytes]]]:
    found: list[tuple[str, Callable[[random.Random], bytes]]] = []
    for name, data in seeds().items():
        found.append((name, lambda dice, data=data: spoiled(data, dice)))
        if data.startswith(b"PK"):
            found.append((name, lambda dice, data=data: inside(data, dice)))
    return found


def test_a_spoiled_document_is_read_or_refused(tmp_path: Path) -> None:
    kinds = mutations()
    begun = time.monotonic()
    outcomes: Counter[str] = Counter()
    for number in range(MUTATIONS):
        if time.monotonic() - begun > SECONDS:
            break
        name, spoil = kinds[number % len(kinds)]
        data = spoil(random.Random(number))
        started = time.process_time()
        for found in extract_bytes(data, name):
            assert isinstance(found, (Document, Unscreenable)), number
            outcomes["read" if isinstance(found, Document) else found.why] += 1
        path = tmp_path / name
        path.write_bytes(data)
        try:
            letter = read_letter(path, any_kind=True)
            read_citations(letter).as_dict()
        except ThuisError as error:
            outcomes["refused"] += 1
            assert all(each.what.strip() and each.where for each in error.problems), number
        assert time.process_time() - started < 10, number
    assert outcomes["read"] > 10, outcomes
    assert outcomes["damaged"] > 5, outcomes
    assert outcomes["refused"] > 5, outcomes


@pytest.mark.parametrize("name", ["m_docx_1.docx", "m_html_2.html", "m_odt_2.odt", "m_pdf_12.pdf"])
def test_files_that_once_ended_in_a_traceback(shared: Path, name: str) -> None:
    path = shared / "cases" / "documents" / name
    [found] = extract_bytes(path.read_bytes(), name)
    assert isinstance(found, Unscreenable)
    with pytest.raises(ThuisError, match=name.replace(".", r"\.")):
        read_letter(path)


BOMBS: dict[str, bytes] = {
    "bom.docx": make.docx(f"<w:p><w:r><w:t>{'a' * 40_000_000}</w:t></w:r></w:p>"),
    "lang.txt": b"a" * 100_000_000,
    "entiteiten.xml": (
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a0 'haha'>"
        + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
        + b"]><a b='&a11;'><al>&a11;</al></a>"
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_is_made_to_take_all_is_refused_soon(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BOMBS[name])
    begun = time.process_time()
    with pytest.raises(ThuisError) as error:
        read_letter(tmp_path / name)
    assert error.value.problems[0].where
    assert time.process_time() - begun < 5
