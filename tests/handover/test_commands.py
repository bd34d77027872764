"""The commands: what they write, and the one clear error they end with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from thuis.cli import thuis
from thuis.contract.folder import read_folder
from thuis.contract.index import Index
from thuis.contract.indicator import Indicator
from thuis.handover import crew
from thuis.handover import write as writing
from thuis.handover.speech import Speech
from thuis.handover.write import write_beside
from thuis.monitor.pipeline import build
from thuis.site.parts import part
from thuis.site.views.records import whole
from thuis.site.voice import Voice


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(thuis, [str(each) for each in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("words", "name", "begins"),
    [
        (("tables",), "t.xlsx", b"PK"),
        (("tables", "--language", "en"), "t.ods", b"PK"),
        (("report", "--brief"), "b.pdf", b"%PDF"),
        (("export", "--to", "sdmx-csv"), "m.csv", b"STRUCTURE"),
        (("export", "--to", "sqlite"), "m.db", b"SQLite"),
        (("export", "--to", "json-stat"), "m.json", b"{"),
        (("export", "--to", "index"), "i.json", b"{"),
    ],
)
def test_a_command_writes_its_file(
    words: tuple[str, ...], name: str, begins: bytes, handed: Path, tmp_path: Path
) -> None:
    code, said = run(words[0], handed, *words[1:], "--out", tmp_path / name)
    assert code == 0, said
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tables", "HERE", "--out", "x.txt"), "no file ending in '.txt' is made"),
        (("tables", "HERE", "--out", "x.xlsx", "--language", "tr"), "unknown language of the monitor 'tr'"),
        (("tables", "nowhere", "--out", "x.xlsx"), "there is no built monitor"),
        (("tables", "HERE", "--out", "x.xlsx", "--layout", "none.yaml"), "none.yaml"),
        (("report", "HERE", "--out", "x.docx", "--brief"), "--brief makes a .pdf"),
        (("report",), "a report needs a FOLDER"),
        (("report", "HERE", "--out", "x.docx", "--template", "none.docx"), "no such file"),
        (
            ("export", "HERE", "--to", "figures", "--theme", "nowhere", "--out", "x.zip"),
            "unknown theme 'nowhere'",
        ),
        (("tables", "HERE", "--out", "none/x.xlsx"), "no such file or directory"),
    ],
)
def test_what_cannot_be_done_is_one_clear_error(
    words: tuple[str, ...], said: str, handed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, told = run(*(handed if each == "HERE" else each for each in words))
    assert code == 2
    assert said in told
    assert not any(tmp_path.iterdir())


def test_the_build_leaves_workbooks_and_an_index(handed: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(handed, data)
    write_beside(data)
    found = read_folder(data)
    index = Index.model_validate_json((data / "index.json").read_bytes())
    books = {each.path for each in index.files if each.path.startswith("workbooks/")}
    assert books == {f"workbooks/{i.id}.{lang}.xlsx" for i in found.indicators for lang in found.languages}
    assert {each.language for each in index.files if each.path in books} == {"nl", "en"}
    listed = dict(whole(found, Voice("en")))
    assert ("XLSX", "figures.en.xlsx") in listed["All figures"]


def test_a_page_depends_on_whether_a_file_is_there_and_not_on_all_files(handed: Path, tmp_path: Path) -> None:
    data, noted = part(read_folder(handed))
    assert not data.holds("workbooks/none.xlsx")
    assert noted == {("ask", "thuis.contract.folder", "held", "workbooks/none.xlsx")}


def test_an_unchanged_workbook_is_taken_over(
    handed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    shutil.copytree(handed, first)
    write_beside(first)
    shutil.copytree(handed, second)
    indicator = read_folder(second).indicators[0].id
    path = second / "indicators" / f"{indicator}.json"
    path.write_text(path.read_text("utf-8").replace("\n", " "), "utf-8")
    made: list[str] = []

    def made_anew(indicator_: Indicator, say: Speech) -> bytes:
        made.append(f"{indicator_.id}.{say.language}")
        return b"new"

    monkeypatch.setattr(
        crew, "_workbook", lambda each, say: made.append(f"{each.id}.{say.language}") or b"new"
    )
    write_beside(second, before=first)
    assert made == [f"{indicator}.nl", f"{indicator}.en"]
    (first / "workbooks" / f"{indicator}.nl.xlsx").write_bytes(b"touched")
    other = read_folder(second).indicators[1].id
    same = (f"workbooks/{other}.en.xlsx", f"workbooks/{other}.nl.xlsx")
    assert all((first / each).read_bytes() == (second / each).read_bytes() for each in same)


def test_what_was_handed_over_stays_while_nothing_changed_and_goes_when_it_did(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = writing._makers
    quick = ("monitor.sdmx.csv", "metadata.json")
    monkeypatch.setattr(writing, "_makers", lambda *given: (e for e in every(*given) if e[0] in quick))
    made = project / "public" / "data" / "handover"
    build(project, pages=False, handover=True)
    names = {each.name for each in made.iterdir()}
    assert names == {*quick, "monitor.db", "dcat.ttl"}
    build(project, pages=False)
    assert {each.name for each in made.iterdir()} == names
    settings = project / "thuis.yaml"
    settings.write_text(settings.read_text("utf-8").replace("My monitor", "Our monitor"), "utf-8")
    build(project, pages=False)
    assert not made.exists()
