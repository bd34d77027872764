"""A third language is a folder of texts more: a monitor in Turkish and Arabic, not in Dutch nor English.

Built as its owner would build it, by the commands, with the folder of texts in ``THUIS_LANGUAGES``. Texts
that ``languages/`` does not translate are English here.
"""

from __future__ import annotations

import ast
import csv
import io
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

import thuis.language
from support.languages import catalogues
from thuis.fingerprint import code
from thuis.language import dates, numbers
from thuis.language.letters import by_letter, in_order
from thuis.starter import start

TITLES = {
    "tr": ("ılımlı görüş", "ipek yolu", "çalışma", "cami"),
    "ar": ("عمل", "ثقة", "أمان", "بيت"),
}
IN_ORDER = {
    "tr": ["cami", "çalışma", "ılımlı görüş", "ipek yolu"],
    "ar": ["أمان", "بيت", "ثقة", "عمل"],
}


def own_project(folder: Path) -> Path:
    """A project that begins as every project does, with its texts in Turkish and Arabic alone."""
    start(folder, wave="2026")
    ids = [f"trust-{number}" for number in range(len(TITLES["tr"]))]
    for path in folder.rglob("*.yaml"):
        told = re.sub(r"(?m)^says: .*\n", "", path.read_text("utf-8"))
        text = re.sub(r"\{nl: .*?, en: (.*?)\}", r"{tr: \1, ar: \1}", told)
        text = text.replace("languages: [nl, en]", "languages: [tr, ar]")
        path.write_text(text, "utf-8")
    model = (folder / "indicators" / "trust.yaml").read_text("utf-8")
    (folder / "indicators" / "trust.yaml").unlink()
    for id_, turkish, arabic in zip(ids, TITLES["tr"], TITLES["ar"], strict=True):
        text = model.replace("id: trust", f"id: {id_}")
        text = re.sub(r"title: \{.*\}", f"title: {{tr: {turkish}, ar: {arabic}}}", text)
        text = text.replace("[total, sex, region, born]", "[total, sex]")
        (folder / "indicators" / f"{id_}.yaml").write_text(text, "utf-8")
    return folder


def run(texts: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "thuis", *command],
        env={**os.environ, "THUIS_LANGUAGES": str(texts)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return catalogues(tmp_path_factory.mktemp("third") / "texts", TITLES)


@pytest.fixture(scope="session")
def built(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = own_project(tmp_path_factory.mktemp("third") / "monitor")
    done = run(texts, "build", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(params=sorted(TITLES))
def language(request: pytest.FixtureRequest, texts: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A language whose texts this process knows too, for what is made of the data folder."""
    for name in TITLES:
        monkeypatch.setitem(thuis.language.HOMES, name, texts / name)
    return str(request.param)


def test_pages_speak_it_and_list_by_its_alphabet(language: str, built: Path) -> None:
    public = built / "public" / language
    page = (public / "indicator" / "trust-0" / "index.html").read_text("utf-8")
    assert f'lang="{language}"' in page
    assert (' dir="rtl"' in page) == (language == "ar")
    assert ("%51,8" in page) == (language == "tr")
    assert ("51.8٪" in page) == (language == "ar")
    listed = (public / "indicators" / "index.html").read_text("utf-8")
    places = [listed.index(f">{title}<") for title in IN_ORDER[language]]
    assert places == sorted(places)
    assert ("28 Kasım" if language == "tr" else "نوفمبر") in dates.day(date(2026, 11, 28), language)


def test_tables_in_csv_and_in_a_workbook_speak_it(language: str, built: Path, texts: Path) -> None:
    with (built / "public" / "data" / "figures" / "trust-0" / "sex.csv").open(encoding="utf-8") as file:
        head = next(csv.reader(file))
    assert f"sex_{language}" in head
    assert not {"sex_nl", "sex_en"} & set(head)
    out = built / f"book.{language}.xlsx"
    done = run(texts, "tables", str(built), "--language", language, "--out", str(out))
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    assert book.sheetnames[1] == {"tr": "İçindekiler", "ar": "المحتويات"}[language]
    assert all(bool(sheet.sheet_view.rightToLeft) == (language == "ar") for sheet in book.worksheets)
    assert TITLES[language][0] in {str(sheet["A1"].value) for sheet in book.worksheets}


def test_the_report_speaks_it(language: str, built: Path, texts: Path) -> None:
    out = built / f"report.{language}.pdf"
    done = run(texts, "report", str(built), "--language", language, "--out", str(out))
    assert done.returncode == 0, done.stderr
    with pypdfium2.PdfDocument(out.read_bytes()) as document:
        told = " ".join(each.get_textpage().get_text_range() for each in document)
    assert {"tr": "%51,8", "ar": "51.8٪"}[language] in told.replace("\u200e", "")
    assert f"/Lang ({language}".encode() in out.read_bytes() or f"({language})".encode() in out.read_bytes()


def test_a_missing_text_is_one_error_that_names_all_of_them(built: Path, tmp_path: Path) -> None:
    texts = catalogues(tmp_path / "texts", TITLES, without="heading.")
    done = run(texts, "check", str(built))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.count("thuis.yaml:") == 1
    for language in TITLES:
        for key in ("sentences: heading.total", "sentences: heading.alike", "sentences: heading.none"):
            assert f"{language}: {key}" in done.stderr


def test_a_place_that_nothing_fills_is_told_too(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = catalogues(tmp_path / "texts", TITLES) / "tr"
    (home / "numbers.yaml").write_text('percent: "%{numara}"\n', "utf-8")
    monkeypatch.setitem(thuis.language.HOMES, "tr", home)
    thuis.language.catalogue.cache_clear()
    assert thuis.language.wanting.__wrapped__("tr") == (
        "numbers: span",
        "numbers: percent ({numara} is filled by nothing)",
    )
    thuis.language.catalogue.cache_clear()


def test_signs_stay_left_of_their_digits_from_right_to_left(language: str) -> None:
    mark = "\u200e" if language == "ar" else ""
    assert numbers.number(-3.1, 1, language) == f"{mark}−3{'.' if language == 'ar' else ','}1"
    assert numbers.signed(3.1, 1, language) == f"{mark}+3{'.' if language == 'ar' else ','}1"


@pytest.mark.parametrize(
    ("alphabet", "words"),
    [
        (
            "tr",
            [
                "cam",
                "çam",
                "dağ",
                "gaz",
                "ılık",
                "Isparta",
                "ince",
                "İzmir",
                "on",
                "ön",
                "sal",
                "şal",
                "uç",
                "üç",
            ],
        ),
        ("sv", ["apa", "zon", "åka", "ära", "öl"]),
        ("da", ["abe", "zoo", "æble", "øl", "å"]),
        ("es", ["luz", "niño", "ñu", "oso"]),
        ("fa", ["آب", "برف", "پدر", "چای", "گل", "یخ"]),
        ("nl", ["Aalten", "'s-Gravenhage", "IJlst", "Zwolle"]),
    ],
)
def test_order_is_that_of_the_alphabet(alphabet: str, words: list[str]) -> None:
    found = in_order(reversed(words), alphabet)
    assert found == (["Aalten", "IJlst", "'s-Gravenhage", "Zwolle"] if alphabet == "nl" else words)


def test_a_letter_with_a_mark_is_a_letter_where_the_alphabet_has_it() -> None:
    assert [letter for letter, _ in by_letter(["çay", "cam"], "tr")] == ["C", "Ç"]
    assert [letter for letter, _ in by_letter(["çay", "cam"], "fr")] == ["C"]
    assert [letter for letter, _ in by_letter(["ärlig", "apa", "2026"], "sv")] == ["#", "A", "Ä"]


BY_NATURE = {
    "cli/": "which language a command answers in unless told",
    "codebook/model.py": "a codebook in another language is read in English, as archives publish them",
    "contract/dossier.py": "letters to the Dutch Parliament",
    "project/codebooks.py": "to whom a question was put is compared in one language, and told in English",
    "project/unwritten.py": "the project to begin with is written in Dutch and English",
    "directory/asking.py": "words that join, in queries of any language",
    "directory/columns.py": "the sheet of initiatives has Dutch names for its columns",
    "directory/hsds.py": "the profile of HSDS: Dutch unless a service says otherwise",
    "directory/lexicon.py": "endings of Dutch words",
    "directory/merges.py": "a Dutch word",
    "directory/table.py": "names of languages in the sheet of initiatives, and its Dutch column names",
    "documents/": "documents that are screened are Dutch or English",
    "dossier/": "letters, citations and promises of the Dutch Parliament",
    "findings/tables.py": "names of columns do not change with the language of a page",
    "handover/exchange/sdmx.py": "the code lists of SDMX are English",
    "live/migrations/": "the first tables, as they were made",
    "monitor/explain/": "which language a command answers in unless told",
    "origin/countries.py": "names of countries in the shipped table",
    "places/names.py": "what a municipality is called besides, in Dutch and Frisian",
    "places/spelling.py": "a Dutch word within names of places",
    "starter/told.py": "the project to begin with is written in Dutch and English",
    "vocabulary/": "the vocabulary is of Dutch and English words",
}


def test_no_code_names_a_language_but_where_it_is_one_by_nature() -> None:
    root = Path(thuis.language.__file__).parents[1]
    used: set[str] = set()
    strange: list[str] = []
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        allowed = next((each for each in BY_NATURE if name.startswith(each)), None)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            word = node.value if isinstance(node, ast.Constant) else getattr(node, "arg", None)
            if isinstance(word, str) and (word in ("nl", "en") or word.endswith(("_nl", "_en"))):
                used.add(allowed or "")
                strange += [] if allowed else [f"{name}:{getattr(node, 'lineno', '?')}: {word}"]
    assert not strange
    assert used == set(BY_NATURE), "an entry that is no longer needed"


def test_what_was_made_with_other_texts_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A translator who changes one text is not told that nothing changed."""
    text = tmp_path / "fy" / "site.yaml"
    text.parent.mkdir()
    text.write_text("a: ien", "utf-8")
    none = code.__wrapped__()
    monkeypatch.setenv("THUIS_LANGUAGES", str(tmp_path))
    before = code.__wrapped__()
    text.write_text("a: twa", "utf-8")
    assert len({none, before, code.__wrapped__()}) == 3
