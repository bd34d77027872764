"""Report, brief, Word file and slides: the same sentences as the pages, open to who does not see them."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn

from thuis.contract.folder import DataFolder
from thuis.errors import ThuisError
from thuis.handover.pictures import colours_of, slides
from thuis.handover.report.pdf import PAGES, pdf
from thuis.handover.report.word import NEEDED, starter, word
from thuis.handover.speech import Speech
from thuis.site.words import facts


@pytest.fixture(scope="module")
def theme(folder: DataFolder) -> str:
    return folder.themes[0].id


@pytest.fixture(scope="module")
def made(say: Speech, theme: str) -> bytes:
    return pdf(say, theme)


def read(made: bytes) -> str:
    with pypdfium2.PdfDocument(made) as document:
        pages = (page.get_textpage().get_text_range() for page in document)
        return " ".join(" ".join(pages).replace("\ufffe", "").split())


def test_a_report_is_tagged_with_title_and_language(made: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(made)) as document:
        root = document.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang).startswith("en")
        assert "pdfuaid" in str(root.Metadata.read_bytes())
        kinds = [
            str(each.S) for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each
        ]
        figures = [
            e for e in document.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == "/Figure"
        ]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/L"} <= set(kinds)
    assert figures
    assert all(len(str(each.get("/Alt", ""))) > 40 for each in figures)


def test_a_report_says_what_the_pages_say(made: bytes, folder: DataFolder, say: Speech, theme: str) -> None:
    told = read(made)
    for indicator in folder.of_theme(theme):
        if any(each.published() for each in indicator.figures):
            assert say.voice.say(indicator.title) in told
            for fact in facts(indicator, say.voice)[:5]:
                assert fact.split(".")[0] in told
    assert say.voice.say(folder.synthetic) in told


def test_a_report_is_the_same_bytes_twice(made: bytes, say: Speech, theme: str) -> None:
    assert pdf(say, theme) == made


def test_a_brief_is_two_pages(say: Speech) -> None:
    with pypdfium2.PdfDocument(pdf(say, brief=True)) as document:
        assert 1 <= len(document) <= PAGES


def test_a_theme_that_is_not_there_is_one_error(say: Speech) -> None:
    with pytest.raises(ThuisError, match="unknown theme 'nowhere'"):
        pdf(say, "nowhere")


def test_texts_are_never_read_as_code(say: Speech, folder: DataFolder, theme: str) -> None:
    from dataclasses import replace

    said = '#panic("x") *bold* $x$ \\ {{ y }} {% z %} <b>&'
    title = dict.fromkeys(folder.languages, said)
    themes = tuple(each.but(title=title) for each in folder.themes)
    hostile = replace(say, data=replace(folder, monitor=folder.monitor.but(themes=themes)))
    assert '#panic("x") *bold* $x$' in read(pdf(hostile, theme))
    document = docx.Document(io.BytesIO(word(hostile, theme)))
    assert any(said in each.text for each in document.paragraphs)


def test_a_word_file_has_alternative_texts_and_marked_headers(say: Speech, theme: str) -> None:
    made = word(say, theme)
    assert made == word(say, theme)
    document = docx.Document(io.BytesIO(made))
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert pictures
    assert all(len(each.get("descr", "")) > 40 for each in pictures)
    assert document.tables
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)
    assert document.core_properties.language == "en"
    assert "{" not in "".join(each.text for each in document.paragraphs)


def test_a_template_of_the_house_is_used(say: Speech, theme: str, tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(starter()))
    document.add_paragraph("Ministry of Examples")
    document.save(str(tmp_path / "house.docx"))
    made = docx.Document(io.BytesIO(word(say, theme, tmp_path / "house.docx")))
    assert made.paragraphs[-1].text == "Ministry of Examples"


def test_a_template_without_fields_names_them_all(say: Speech, tmp_path: Path) -> None:
    path = tmp_path / "empty.docx"
    document = docx.Document()
    document.add_paragraph("{{ title }}")
    document.save(str(path))
    with pytest.raises(ThuisError) as caught:
        word(say, None, path)
    assert len(caught.value.problems) == len(NEEDED) - 1
    document.add_paragraph("{% for x in %}")
    document.save(str(path))
    with pytest.raises(ThuisError, match="cannot be filled"):
        word(say, None, path)
    path.write_bytes(b"not a zip")
    with pytest.raises(ThuisError, match="no Word file"):
        word(say, None, path)


def test_slides_have_every_figure_twice(say: Speech, folder: DataFolder, theme: str, tmp_path: Path) -> None:
    css = (files("thuis.site") / "theme" / "theme.css").read_text("utf-8").replace("#14707f", "#0b3d91")
    (tmp_path / "house.css").write_text(css, "utf-8")
    with zipfile.ZipFile(
        io.BytesIO(slides(say, theme, colours_of(tmp_path / "house.css"), every=False))
    ) as found:
        names = found.namelist()
        svg = {each for each in names if each.endswith(".svg")}
        wanted = sum(bool(f.published()) for i in folder.of_theme(theme) for f in i.figures)
        assert len(svg) == wanted
        pngs = [each for each in names if each.endswith(".png")]
        assert pngs
        assert found.read(pngs[0])[:4] == b"\x89PNG"
        assert "#0b3d91" in found.read(sorted(svg)[0]).decode()
        assert "#14707f" not in found.read(sorted(svg)[0]).decode()
