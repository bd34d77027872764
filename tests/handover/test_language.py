"""A third language is a folder of texts more: Turkish, and Arabic, which is written from right to left."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

import thuis.language
from support.monitor import INDICATORS, data_folder
from thuis.contract.folder import DataFolder, read_folder
from thuis.handover import speech as room
from thuis.handover.book import tables
from thuis.handover.report.pdf import pdf
from thuis.handover.speech import speech
from thuis.handover.xlsx import xlsx
from thuis.language import catalogue, numbers
from thuis.site.build import build_site

WORDS = {
    "tr": {
        'percent: "{number}%"': 'percent: "%{number}"',
        "name: Contents": "name: İçindekiler",
        "head: Line": "head: Satır",
    },
    "ar": {"name: Contents": "name: المحتويات", "head: Line": "head: السطر"},
}
"""A few texts in the language itself; the others stay English here."""


@pytest.fixture(params=["tr", "ar"])
def third(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    language: str = request.param
    home = Path(thuis.language.__file__).parent
    for each in thuis.language.LANGUAGES:
        shutil.copytree(home / each, tmp_path / "texts" / each)
    shutil.copytree(home / "en", tmp_path / "texts" / language)
    for path in (tmp_path / "texts" / language).glob("*.yaml"):
        text = path.read_text("utf-8")
        for old, new in WORDS[language].items():
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    monkeypatch.setattr(thuis.language, "_HERE", tmp_path / "texts")
    monkeypatch.setattr(room, "LANGUAGES", (*thuis.language.LANGUAGES, language))
    catalogue.cache_clear()
    yield language
    catalogue.cache_clear()
    numbers._separators.cache_clear()


def spoken(value: Any, language: str) -> Any:
    """Every text with one language more: the English one, marked."""
    if isinstance(value, list):
        return [spoken(each, language) for each in value]
    if not isinstance(value, dict):
        return value
    found = {key: spoken(each, language) for key, each in value.items()}
    if {"nl", "en"} <= value.keys() and isinstance(value["en"], str):
        found[language] = f"ğ {value['en']}"
    elif {"nl", "en"} <= value.keys():
        found[language] = value["en"]
    return found


@pytest.fixture
def folder(third: str, tmp_path: Path) -> DataFolder:
    made = data_folder(tmp_path / "data", indicators=dict(list(INDICATORS.items())[:1]))
    for path in made.rglob("*.json"):
        value = spoken(json.loads(path.read_text("utf-8")), third)
        if path.name == "monitor.json":
            value["languages"] = ["nl", "en", third]
        path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return read_folder(made)


def test_site_tables_and_report_speak_it(third: str, folder: DataFolder, tmp_path: Path) -> None:
    build_site(folder.folder, tmp_path / "public", search=False)
    page = next((tmp_path / "public" / third / "indicator").glob("*/index.html")).read_text("utf-8")
    assert f'lang="{third}"' in page
    assert (' dir="rtl"' in page) == (third == "ar")
    book = openpyxl.load_workbook(io.BytesIO(xlsx(tables(folder, third))))
    assert book.sheetnames[1] == {"tr": "İçindekiler", "ar": "المحتويات"}[third]
    sheet = book.worksheets[-1]
    assert bool(sheet.sheet_view.rightToLeft) == (third == "ar")
    assert str(sheet["A1"].value).startswith("ğ ")
    report = pdf(speech(folder, third), folder.themes[0].id)
    with pypdfium2.PdfDocument(report) as document:
        told = " ".join(each.get_textpage().get_text_range() for each in document)
    if third == "tr":
        assert "%3" in told
        assert "%3" in page
        assert "31.2%" not in page
