"""Files that cannot be read, and faults in several files: everything is told at once."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from thuis.errors import Problem, ThuisError
from thuis.project import load_project


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(ThuisError) as error:
        load_project(folder)
    return error.value.problems


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("name", ["indicators/trust.yaml", "pages/about.nl.md", "corrections.csv"])
def test_a_folder_in_the_place_of_a_file(project: Path, name: str) -> None:
    path = project / name
    path.unlink(missing_ok=True)
    path.mkdir(parents=True)
    (problem, *_) = problems(project)
    assert str(problem.where) == name
    assert "is a directory" in problem.what
    assert problem.step


@pytest.mark.parametrize("name", ["indicators", "pages", "breakdowns"])
def test_a_file_in_the_place_of_a_folder(project: Path, name: str) -> None:
    folder = project / name
    if folder.exists():
        folder.rename(project / "data" / name)
    folder.write_text("x", "utf-8")
    (problem,) = problems(project)
    assert str(problem.where) == name
    assert "not a directory" in problem.what


@pytest.mark.parametrize("name", ["pages/about.nl.md", "corrections.csv", "indicators/trust.yaml"])
def test_another_encoding_than_utf8(project: Path, name: str) -> None:
    (project / "pages").mkdir()
    (project / "pages" / "about.en.md").write_text("x", "utf-8")
    (project / "pages" / "about.nl.md").write_text("x", "utf-8")
    (project / name).write_bytes(b"id: trust\n\nnaam,caf\xe9\n")
    (problem,) = problems(project)
    assert str(problem.where) == f"{name}:3"
    assert problem.what == "byte 0xe9 is not UTF-8"


def test_a_name_may_have_spaces_and_accents(project: Path) -> None:
    moved = project.rename(project.parent / "mijn één project")
    (moved / "indicators" / "trust.yaml").rename(moved / "indicators" / "het vertrouwen (één).yaml")
    assert [each.id for each in load_project(moved).indicators] == ["trust"]


def test_faults_in_several_files_are_told_at_once(project: Path) -> None:
    edit(project / "thuis.yaml", "minimum_n: 50", "minimum_n: 5")
    edit(project / "indicators" / "trust.yaml", "share: [yes]", "share: [noo]")
    edit(project / "breakdowns" / "sex.yaml", "[man]", "[men]")
    (project / "corrections.csv").write_text(
        "date,version,indicator,nl,en\n2026-02-30,1.0,trsut,a,b\n2026-01-31,1.0,trsut,a,b\n", "utf-8"
    )
    found = {(each.where.file if each.where else "", each.what) for each in problems(project)}
    assert found == {
        ("thuis.yaml", "5 is below 10"),
        ("indicators/trust.yaml", "unknown code 'noo'"),
        ("breakdowns/sex.yaml", "unknown code 'men'"),
        ("corrections.csv", "'2026-02-30' is not a date"),
        ("corrections.csv", "unknown indicator 'trsut'"),
    }


def test_what_a_faulty_file_may_declare_is_not_missed(project: Path) -> None:
    edit(project / "waves" / "2020.yaml", "mode:", "modus:")
    edit(project / "breakdowns" / "sex.yaml", "title:", "titel:")
    found = problems(project)
    assert {each.where.file for each in found if each.where} == {"waves/2020.yaml", "breakdowns/sex.yaml"}


def test_every_problem_says_what_to_expect_or_do(project: Path) -> None:
    edit(project / "thuis.yaml", "minimum_n: 50", "minimum_n: many")
    edit(project / "thuis.yaml", "maximum_half_width: 15 ", "maximum_half_width: 150 ")
    edit(project / "thuis.yaml", "level: 0.95", "level: 1.5")
    edit(project / "thuis.yaml", 'version: "1.0"', 'version: "one"')
    edit(project / "indicators" / "trust.yaml", "share: [yes]", "share: no")
    edit(project / "breakdowns" / "sex.yaml", "when: {sex: [man]}", "when: {}")
    found = problems(project)
    assert len(found) == 6
    assert all(each.expected or each.step or each.available for each in found)
    assert not any(re.search("tuple|pydantic|input should", str(each)) for each in found)


@pytest.mark.parametrize("languages", ["[nl, de]", "[nl, nl]", "dutch"])
def test_a_wrong_language_is_told_once(project: Path, languages: str) -> None:
    edit(project / "thuis.yaml", "languages: [nl, en]", f"languages: {languages}")
    (problem,) = problems(project)
    assert problem.where
    assert "languages" in str(problem.where.key)


def test_a_fault_between_keys_points_at_one_of_them(project: Path) -> None:
    edit(project / "indicators" / "trust.yaml", "kind: proportion", "scale: [0, 120]\nkind: proportion")
    (problem,) = problems(project)
    assert problem.where
    assert problem.where.key == "scale"
    assert str(problem.where.source).startswith("scale")


def test_an_id_that_another_file_has_as_its_name(project: Path) -> None:
    """Places are looked up by id: a file called sex.yaml must not answer for the breakdown sex elsewhere."""
    folder = project / "breakdowns"
    (folder / "sex.yaml").rename(folder / "aaa.yaml")
    text = (folder / "aaa.yaml").read_text("utf-8").replace("id: sex", "id: sexe").replace("[man]", "[men]")
    text = re.sub("^title: .*$", "title: {nl: a, en: b}", text, flags=re.MULTILINE)
    (folder / "sex.yaml").write_text(text, "utf-8")
    edit(folder / "aaa.yaml", "[woman]", "[women]")
    assert {(str(each.where.file), each.what) for each in problems(project) if each.where} == {
        ("breakdowns/aaa.yaml", "unknown code 'women'"),
        ("breakdowns/sex.yaml", "unknown code 'men'"),
    }


@pytest.mark.parametrize(
    ("row", "place", "what"),
    [
        ("2026-01-31,9.9,trust,a,b", "corrections.csv:2, version", "unknown version '9.9'"),
        ("2026-01-31,1.0,trust,a", "corrections.csv:2", "the row has 4 cells, the header 5"),
        ("2026-01-31,1.0,trust,a, and b,c", "corrections.csv:2", "the row has 6 cells, the header 5"),
        ("2026-01-31,1.0,trust,a,", "corrections.csv:2, en", "the cell is empty"),
        (
            '2026-01-31,1.0,trust,"a,b',
            "corrections.csv:2",
            "this is no CSV from here on",
        ),
    ],
)
def test_a_wrong_correction(project: Path, row: str, place: str, what: str) -> None:
    (project / "corrections.csv").write_text(f"date,version,indicator,nl,en\n{row}\n", "utf-8")
    (problem,) = problems(project)
    assert str(problem.where) == place
    assert problem.what.startswith(what)
    assert problem.step or problem.available


def test_a_correction_of_a_released_version(project: Path) -> None:
    (project / "corrections.csv").write_text(
        'date,version,indicator,nl,en\n2026-01-31,0.9,trust,"a\nb",c\n2026-02-01,1.0,trust,d,e\n', "utf-8"
    )
    assert "0.9" in problems(project)[0].what
    (project / "releases" / "0.9").mkdir(parents=True)
    found = load_project(project).corrections
    assert [(each.line, each.text["nl"]) for each in found] == [(2, "a\nb"), (4, "d")]


@pytest.mark.parametrize(
    "namespace",
    [
        "id.example.org/",
        "https://id.example.org",
        "https:///x/",
        "https://id.example.org/a#",
        "'a b/'",
        "3",
    ],
)
def test_a_namespace_is_an_address_that_ends_in_a_slash(project: Path, namespace: str) -> None:
    edit(project / "thuis.yaml", "languages: [nl, en]", f"languages: [nl, en]\nnamespace: {namespace}")
    (problem,) = problems(project)
    assert problem.where
    assert problem.where.file == "thuis.yaml"
    assert problem.expected


@pytest.mark.parametrize(
    "namespace", ["https://id.example.org/", "http://x.org/a/b/", "urn:institute:monitor:"]
)
def test_a_namespace_of_ones_own(project: Path, namespace: str) -> None:
    edit(project / "thuis.yaml", "languages: [nl, en]", f"languages: [nl, en]\nnamespace: '{namespace}'")
    assert load_project(project).settings.namespace == namespace


@pytest.mark.parametrize("example", ["gss", "vertrouwen"])
def test_any_wrong_setting_of_a_whole_monitor_is_one_clear_error(
    root: Path, tmp_path: Path, example: str
) -> None:
    folder = tmp_path / "monitor"
    shutil.copytree(root / "examples" / example, folder, ignore=shutil.ignore_patterns("public", ".thuis"))
    settings = folder / "thuis.yaml"
    text = settings.read_text("utf-8")
    keys = re.findall(r"^(\w+):", text, re.MULTILINE)
    assert "languages" in keys
    for key in keys:
        settings.write_text(re.sub(rf"^{key}:", f"{key}s_:", text, flags=re.MULTILINE), "utf-8")
        assert any(each.where and each.where.file == "thuis.yaml" for each in problems(folder)), key
