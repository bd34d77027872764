"""What three checkers say of the report as PDF, and that ours would say something.

``pdfua`` covers 16 of 106 machine-checkable rules of PDF/UA-1, ``outloud`` 31 Matterhorn checkpoints, ours
the fonts, the marks on every page and the tree. None hears whether a text says what its picture shows.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import outloud
import pdfua
import pikepdf
import pytest

from support.tagged import faults
from thuis.contract.folder import DataFolder
from thuis.handover.report.pdf import pdf
from thuis.handover.speech import Speech, speech

PRINTED = "LNK-010"
"""Addresses inside pictures are no links: the picture is one figure, and its address is on the page too."""

FOOTER = "TAG-002"
"""The foot of a page is decoration (ISO 14289-1, 7.8); on a brief of one page it is taken for a sentence."""


@pytest.fixture(scope="module", params=["theme", "brief"])
def made(request: pytest.FixtureRequest, folder: DataFolder) -> bytes:
    say: Speech = speech(folder, "nl")
    return pdf(say, brief=True) if request.param == "brief" else pdf(say, folder.themes[0].id)


def test_three_checkers_find_nothing(made: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(made)
    assert not [each for each in pdfua.validate(str(path)).findings if str(each.severity) != "info"]
    heard = outloud.check(str(path))
    assert {each.rule for each in heard.findings if each.severity != "info"} <= {PRINTED, FOOTER}
    assert faults(made) == []


def _without(kind: str, key: str) -> Callable[[pikepdf.Pdf], None]:
    def change(document: pikepdf.Pdf) -> None:
        for each in document.objects:
            if isinstance(each, pikepdf.Dictionary) and key in each and (not kind or _is(each, kind)):
                del each[key]

    return change


def _is(each: Any, kind: str) -> bool:
    return str(each.get("/S", "")) == kind or str(each.get("/Type", "")) == kind


def _written_over(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.contents_add(document.make_stream(b"BT ET 0 0 10 10 re f"))


def _wider(document: pikepdf.Pdf) -> None:
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary) and "/W" in each:
            each.W[2] = int(each.W[2]) + 120


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_without("/Font", "/ToUnicode"), "no way back from glyphs to letters"),
        (_without("/FontDescriptor", "/FontFile2"), "not embedded"),
        (_without("/Figure", "/Alt"), "a figure without alternative text"),
        (_without("/Catalog", "/Lang"), "the document tells no language"),
        (_without("/TH", "/A"), "a head of a table that does not say of what"),
        (_without("/Page", "/StructParents"), "not tied to the structure"),
        (_written_over, "f is neither in the structure nor decoration"),
        (_wider, "wide, the file says"),
    ],
)
def test_ours_would_see_it(spoil: Callable[[pikepdf.Pdf], None], said: str, folder: DataFolder) -> None:
    with pikepdf.open(io.BytesIO(pdf(speech(folder, "nl"), folder.themes[0].id))) as document:
        spoil(document)
        out = io.BytesIO()
        document.save(out)
    assert any(said in each for each in faults(out.getvalue()))
