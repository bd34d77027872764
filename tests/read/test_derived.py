"""Recodes and derived variables: each rule on people made for it, and faults with their line and column."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.small import TRUST, VARIABLES, project, rows, table
from thuis.errors import ThuisError
from thuis.expression.language import ExpressionError, Kind, parse
from thuis.expression.made import column
from thuis.monitor.explain import explain
from thuis.monitor.pipeline import build
from thuis.project import load_project
from thuis.read import read_waves

KINDS = {
    "mother": Kind("text", frozenset({"here", "abroad"})),
    "father": Kind("text", frozenset({"here", "abroad"})),
    "age": Kind("number"),
    "a": Kind("number"),
    "b": Kind("number"),
    "job-title": Kind("text"),
}
PEOPLE = pl.DataFrame(
    {
        "mother": ["here", "abroad", None, None, "here"],
        "father": ["here", None, "abroad", "here", "abroad"],
        "age": [20.0, 25.0, None, 14.0, 24.9],
        "a": [1.0, 2.0, None, None, 0.0],
        "b": [3.0, None, 4.0, None, 0.0],
        "job-title": ["Teacher (primary)", "nurse", "Head TEACHER", None, ""],
    }
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mother == 'abroad' or father == 'abroad'", [False, True, True, None, True]),
        ("any(mother == 'abroad', father == 'abroad')", [False, True, True, None, True]),
        ("mother == 'abroad' and father == 'abroad'", [False, None, None, False, False]),
        ("not (mother == 'here')", [False, True, None, None, False]),
        ("mother != 'here'", [False, True, None, None, False]),
        ("15 <= age < 25", [True, False, None, False, True]),
        ("mother in ['here', 'abroad']", [True, True, None, None, True]),
        ("father not in ('here',)", [False, None, True, False, True]),
        ("missing(mother) and answered(father)", [False, False, True, True, False]),
        ("matches(job_title, '.*teacher.*')", [True, False, True, None, False]),
        ("a + b > 3 and age > 1", [True, None, None, None, False]),
        ("count(a > 0, b > 0) == 2", [True, False, False, None, False]),
    ],
)
def test_conditions(text: str, expected: list[bool | None]) -> None:
    assert PEOPLE.select(column(parse(text, KINDS, "truth")).alias("x"))["x"].to_list() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + 2 * b", [7.0, None, None, None, 0.0]),
        ("a / b", [1 / 3, None, None, None, None]),
        ("-a", [-1.0, -2.0, None, None, 0.0]),
        ("mean(a, b)", [2.0, 2.0, 4.0, None, 0.0]),
        ("mean(a, b, least=2)", [2.0, None, None, None, 0.0]),
        ("sum(a, b)", [4.0, None, None, None, 0.0]),
        ("sum(a, b, least=1)", [4.0, 2.0, 4.0, None, 0.0]),
        ("share(a > 0, b > 0)", [1.0, 1.0, 1.0, None, 0.0]),
        ("max(a, b) - min(a, b)", [2.0, 0.0, 0.0, None, 0.0]),
        ("first(a, b)", [1.0, 2.0, 4.0, None, 0.0]),
    ],
)
def test_formulas(text: str, expected: list[float | None]) -> None:
    assert PEOPLE.select(column(parse(text, KINDS, "number")).alias("x"))["x"].to_list() == expected


@pytest.mark.parametrize(
    ("text", "what", "at"),
    [
        ("mother == 'abraod'", "has no code 'abraod'; did you mean 'abroad'?", 10),
        ("mothre == 'here'", "unknown variable 'mothre'; did you mean 'mother'?", 0),
        ("age == '20'", "a number is compared with a code", 7),
        ("mother == 1", "put a code between quotes", 10),
        ("mother < 'here'", "'mother' is a code; < compares numbers", 0),
        ("age", "this is a number, not a condition", 0),
        ("age > ", "this is no expression from here on", 0),
        ("__import__('os').system('x')", "there is no function", 0),
        ("age.__class__", "cannot stand in an expression", 0),
        ("(lambda: age)() > 1", "there is no function", 0),
        ("[age for age in age]", "cannot stand in an expression", 0),
        ("open('/etc/passwd') == 'x'", "there is no function 'open'", 0),
        ("age ** 9 > 1", "cannot stand in an expression", 0),
        ("matches(job_title, '(')", "is no pattern", 19),
        ("matches(job_title, '(?=x)')", "is no pattern", 19),
        ("mean(mother) > 1", "'mother' is a code; mean takes numbers", 5),
        ("True", "there is no True or False", 0),
        ("mother in 'here'", "after 'in' a list belongs", 10),
        ("1e400 > age", "cannot stand", 0),
        ("(" * 100 + "age" + ")" * 100, "nested too deeply", 0),
        ("age > 1 " + "and age > 1 " * 1000, "longer than", 0),
        ("mother = 'here'", "this is no expression from here on", 7),
        ("f'{age}' == 'x'", "cannot stand in an expression", 0),
    ],
)
def test_what_is_no_expression_says_where(text: str, what: str, at: int) -> None:
    with pytest.raises(ExpressionError) as error:
        parse(text, KINDS, "truth")
    assert what in str(error.value)
    assert error.value.at == at


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="ab age()[]'\"<>=!+-*/,.notrdi0123\\\n{}@:_", max_size=60))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        PEOPLE.select(column(parse(text, KINDS, "truth")).alias("x"))
    except ExpressionError as error:
        assert str(error)


DERIVED = (
    "origin:\n    rules:\n"
    '      - {when: "missing(mother) and missing(father)", then: unknown}\n'
    "      - {when: \"mother == 'abroad' or father == 'abroad'\", then: abroad}\n"
    "      - {then: here}",
    'mother: {from: mother, codes: {"1": here, "2": abroad}, missing: ["9"]}',
    'father: {from: father, codes: {"1": here, "2": abroad}, missing: ["9"]}',
    "mark: {type: number, range: [0, 10],"
    " formula: \"mean(number(column('x')), number(column('y')), least=2)\"}",
)
ORIGIN = TRUST.replace("id: trust", "id: origin").replace(
    "variable: trust\nshare: [can]", "variable: origin\nshare: [abroad]"
)


def people() -> bytes:
    """Mother and father in every combination of here, abroad and no answer; two marks."""
    parents = [(m, f) for m in (1, 2, 9) for f in (1, 2, 9)]
    made = [(*each, *parents[i % 9], i % 11, 10 - i % 11) for i, each in enumerate(rows(900))]
    return table(made, "id,sex,trust,weight,mother,father,x,y")


def made(folder: Path, variables: tuple[str, ...] = DERIVED) -> Path:
    return project(
        folder,
        {"a.csv": people()},
        variables=(*VARIABLES, *variables),
        indicators={"trust": TRUST, "origin": ORIGIN},
    )


def test_rules_and_formulas_of_a_wave(tmp_path: Path) -> None:
    frame = read_waves(load_project(made(tmp_path))).frame
    assert frame["origin"].to_list()[:9] == [
        "here",
        "abroad",
        None,
        "abroad",
        "abroad",
        "abroad",
        None,
        "abroad",
        "unknown",
    ]
    assert set(frame["mark"]) == {5.0}


def test_a_derived_figure_is_built_and_explained(tmp_path: Path) -> None:
    folder = made(tmp_path)
    build(folder)
    text = explain(folder, "origin/total").text()
    assert "abroad: mother == 'abroad' or father == 'abroad'" in text
    assert "here: all others" in text


def test_variables_for_all_waves(tmp_path: Path) -> None:
    folder = made(tmp_path, DERIVED[1:])
    common = folder / "variables.yaml"
    common.write_text(f"variables:\n  {DERIVED[0]}\n", "utf-8")
    assert read_waves(load_project(folder)).frame["origin"].null_count() == 200
    common.write_text(f"variables:\n  {DERIVED[0]}\n".replace("'abroad'", "'abraod'"), "utf-8")
    with pytest.raises(ThuisError) as error:
        load_project(folder)
    where = error.value.problems[0].where
    assert where
    assert (where.file, where.line) == ("variables.yaml", 5)
    assert where.source
    assert where.source[(where.column or 0) - 1 :].startswith("'abraod'")


@pytest.mark.parametrize(
    ("variable", "what"),
    [
        ("x: {rules: [{when: \"x == 'a'\", then: a}]}", "is made from itself"),
        ('x: {from: trust, formula: "1"}', "one of 'from'"),
        ('x: {formula: "1 + 1"}', "a formula a number"),
        ("x: {rules: [{then: a}, {when: \"sex == 'man'\", then: b}]}", "only the last rule"),
        ("x: {type: number, formula: \"number(column('nope'))\"}", "unknown column 'nope'"),
        ("x: {type: number, formula: \"number(column('id'))\", range: [1, 5]}", "outside its range"),
        ("x: {rules: [{when: \"trust == 'can' and trust == 'cannot'\", then: a}]}", "nobody has a value"),
    ],
)
def test_variables_that_cannot_be(tmp_path: Path, variable: str, what: str) -> None:
    with pytest.raises(ThuisError) as error:
        read_waves(load_project(made(tmp_path, (*DERIVED, variable))))
    assert any(what in each.what for each in error.value.problems), error.value
