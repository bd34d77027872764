"""Every wrong project file gets an error with its line; all at once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from thuis.errors import Problem, ThuisError
from thuis.project import load_project
from thuis.project.schema import KINDS, schema_of


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(ThuisError) as error:
        load_project(folder)
    return error.value.problems


def edit(path: Path, old: str, new: str) -> int:
    """Replace the first ``old``; returns its line."""
    text = path.read_text("utf-8")
    assert old in text, text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize("example", ["gss", "nederland", "vertrouwen"])
def test_the_examples_load(root: Path, example: str) -> None:
    project = load_project(root / "examples" / example)
    assert len(project.indicators) >= 8
    assert len(set(project.figures)) == len(project.figures)


def test_an_unknown_key_names_its_line_and_the_nearest(project: Path) -> None:
    line = edit(project / "indicators" / "trust.yaml", "polarity:", "polarty:")
    found = problems(project)
    unknown = next(each for each in found if "polarty" in each.what)
    assert unknown.where
    assert unknown.where.file == "indicators/trust.yaml"
    assert unknown.where.line == line
    assert "polarity" in str(unknown.step)
    assert any("polarity" in each.what for each in found if each is not unknown)


def test_a_key_given_twice(project: Path) -> None:
    path = project / "thuis.yaml"
    path.write_text(path.read_text("utf-8") + 'version: "2.0"\n', "utf-8")
    (problem,) = problems(project)
    assert "version" in problem.what
    assert "twice" in problem.what or "two" in problem.what


def test_a_code_keeps_its_zeros(project: Path) -> None:
    edit(project / "waves" / "2020.yaml", 'codes: {"east"', 'codes: {0363: amsterdam, no: nowhere, "east"')
    codes = load_project(project).waves[0].variables["region"]
    assert codes
    assert codes.codes
    assert list(codes.codes)[:2] == ["0363", "no"]


def test_a_text_missing_in_one_language(project: Path) -> None:
    line = edit(project / "indicators" / "trust.yaml", ', en: "trust"}', "}")
    (problem,) = problems(project)
    assert "'en'" in problem.what
    assert problem.where
    assert problem.where.line == line


def test_a_percentage_outside_its_range(project: Path) -> None:
    line = edit(project / "thuis.yaml", "maximum_half_width: 15 ", "maximum_half_width: 150 ")
    (problem,) = problems(project)
    assert problem.where
    assert problem.where.line == line
    assert "50" in str(problem)


@pytest.mark.parametrize(
    "clause", ["people vote {often}", "{who} vote {ofen}", "{who} {often} {who}", "{who {often}"]
)
def test_a_clause_for_headlines_has_its_two_places(project: Path, clause: str) -> None:
    path = project / "indicators" / "trust.yaml"
    right = "{who} vertrouwen {often} anderen"
    rest = re.sub(r"(?m)^says:.*\n(?: .*\n)*", "", path.read_text("utf-8"))
    path.write_text(f'says: {{nl: "{right}", en: "{clause}"}}\n{rest}', "utf-8")
    (problem,) = problems(project)
    assert "'{who} … {often} …'" in problem.what
    assert problem.where
    assert problem.where.line == 1
    path.write_text(path.read_text("utf-8").replace(clause, right), "utf-8")
    load_project(project)


def test_names_that_refer_to_nothing(project: Path) -> None:
    edit(project / "indicators" / "trust.yaml", "theme: first-theme", "theme: frist-theme")
    edit(project / "indicators" / "trust.yaml", "variable: trust", "variable: trsut")
    edit(project / "breakdowns" / "sex.yaml", "[man]", "[men]")
    found = problems(project)
    assert len(found) >= 3
    steps = " ".join(str(each.step) for each in found)
    assert "first-theme" in steps
    assert "'trust'" in steps
    assert "man" in steps
    assert all(each.where and each.where.line for each in found)


def test_a_date_upside_down(project: Path) -> None:
    edit(project / "waves" / "2020.yaml", "start: ", "start: 2199-12-31, end: 2020-01-01}   # start: ")
    (problem,) = problems(project)
    assert "before it starts" in problem.what


def test_not_a_project(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path)
    assert "thuis init" in str(problem.step)
    (problem,) = problems(tmp_path / "nowhere")
    assert "no such folder" in problem.what


def test_schema_of_every_kind_has_the_keys_of_the_model() -> None:
    for kind, model in KINDS.items():
        names = {field.alias or name for name, field in model.model_fields.items()}
        assert set(schema_of(kind)["properties"]) == names


def test_two_themes_of_one_name_are_one_clear_error(project: Path) -> None:
    """A reader sees two links of one name, and cannot tell which theme is meant."""
    title = json.dumps(dict(load_project(project).settings.themes[0].title))
    again = f"  - {{id: again, dimension: political, title: {title}, description: {title}}}"
    path = project / "thuis.yaml"
    path.write_text(path.read_text("utf-8").rstrip("\n") + f"\n{again}\n", "utf-8")
    (problem,) = problems(project)
    assert "is also that of thuis.yaml:" in problem.what
    assert problem.where
    assert problem.where.file == "thuis.yaml"


def test_a_theme_orders_its_indicators(project: Path, root: Path) -> None:
    demo = load_project(root / "examples" / "nederland")
    themes = [theme.id for theme in demo.settings.themes]
    first = {theme: next(i.id for i in demo.indicators if i.theme == theme) for theme in themes}
    assert first["discrimination"] == "experienced-discrimination"
    assert [i.theme for i in demo.indicators] == sorted((i.theme for i in demo.indicators), key=themes.index)
    path = project / "thuis.yaml"
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n    indicators: [trsut]\n", "utf-8")
    (problem,) = problems(project)
    assert problem.step == "did you mean 'trust'?"
