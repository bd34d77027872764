"""Whose rows they are: several of one person, copies, other countries, answers that a wave lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuis.errors import ThuisError
from thuis.project import load_project
from thuis.read import read_waves
from thuis.starter import start

HEAD = "id,sex,trust,weight"


def csv(folder: Path, rows: list[tuple[object, ...]], head: str = HEAD) -> Path:
    path = folder / "a.csv"
    path.write_text("\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n", "utf-8")
    return path


def person(i: int) -> tuple[object, ...]:
    return i, 1 + i * 7 // 3 % 2, 1 + i * 5 % 4, 0.5 + i % 97 / 100


def test_a_row_for_each_answer_is_refused(tmp_path: Path) -> None:
    rows = [(i, 1 + i % 2, question, 1 + (i + n) % 4) for i in range(60) for n, question in enumerate("abc")]
    path = csv(tmp_path, rows, "respondent,sex,question,answer")
    with pytest.raises(ThuisError, match="60 numbers in 180 rows"):
        start(tmp_path / "m", path, by=["sex"], indicators=["answer"])
    start(tmp_path / "m", path, by=["sex"], indicators=["answer"], design={"psu": "respondent"})


def test_numbers_that_begin_anew_in_every_country_are_other_people(tmp_path: Path) -> None:
    rows = [
        (land, *person(i * (3 if land == "NL" else 1))[1:], i) for land in ("NL", "BE") for i in range(60)
    ]
    path = csv(tmp_path, rows, "cntry,sex,trust,weight,id")
    start(tmp_path / "m", path, by=["sex"], indicators=["trust"])


def test_members_of_a_household_are_other_people(tmp_path: Path) -> None:
    rows = [(i // 3, 1 + i % 2, 1 + i % 4, 1.5) for i in range(120)]
    start(tmp_path / "m", csv(tmp_path, rows), by=["sex"], indicators=["trust"])


def test_copies_of_rows_are_refused_and_a_number_twice_is_told(tmp_path: Path) -> None:
    rows = [person(i) for i in range(200)]
    start(tmp_path / "m", csv(tmp_path, [*rows, *rows[:5]]), by=["sex"], indicators=["trust"])
    with pytest.raises(ThuisError, match="5 rows are the same as a row before"):
        read_waves(load_project(tmp_path / "m"))
    other = [(i, *person(i + 7)[1:]) for i in range(5)]
    start(tmp_path / "n", csv(tmp_path, [*rows, *other]), by=["sex"], indicators=["trust"])
    assert "5 rows have the same 'id'" in " ".join(read_waves(load_project(tmp_path / "n")).notes)


def test_waves_of_other_countries_are_told(tmp_path: Path) -> None:
    rows = [(2018 if i < 60 else 2022, "NL" if i < 60 else "MX", *person(i)[1:]) for i in range(120)]
    path = csv(tmp_path, rows, "year,cntry,sex,trust,weight")
    told = " ".join(start(tmp_path / "m", path, by=["sex"], indicators=["trust"]).remarks)
    assert "not of the same countries (NL only in 2018, MX only in 2022)" in told


@pytest.mark.parametrize(("later", "said"), [((0, 1), True), ((1, 2), False), ((2, 1), False)])
def test_an_answer_that_a_wave_lacks_is_told(tmp_path: Path, later: tuple[int, int], said: bool) -> None:
    rows = [
        (year, 1 + i % 2, (1, 2)[i // 2 % 2] if year == 2018 else later[i // 2 % 2])
        for year in (2018, 2022)
        for i in range(100)
    ]
    start(tmp_path / "m", csv(tmp_path, rows, "year,sex,member"), by=["sex"], indicators=["member"])
    notes = " ".join(read_waves(load_project(tmp_path / "m")).notes)
    assert ("nobody in wave 2022; " in notes) is said
    assert ("nobody in wave 2018; were the answers the same?" in notes) is said


def test_marks_that_can_be_read_in_two_ways_are_asked_about(tmp_path: Path) -> None:
    rows = [(*person(i)[:3], f'"{1000 + 7 * i:,}"') for i in range(100)]
    path = csv(tmp_path, rows)
    with pytest.raises(ThuisError, match="can be 1000 or"):
        start(tmp_path / "m", path, by=["sex"], indicators=["trust"])
    for i, design in enumerate(({"thousands": ","}, {"decimal": ","}, {"weight": "-"})):
        start(tmp_path / f"m{i}", path, by=["sex"], indicators=["trust"], design=design)
    sums = [read_waves(load_project(tmp_path / f"m{i}")).frame["_weight"].sum() for i in range(3)]
    assert sums == pytest.approx([134_650.0, 134.65, 100.0])


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("cp19k001,cp20l001,cp19k002,cp20l002", True),
        ("trust15,trust20,pride15,pride20", True),
        ("item01,item02,item03,agree01,agree02,agree03", False),
        ("v15,v20,w15,w20", False),
        ("trust15,trust20", False),
    ],
)
def test_years_of_two_digits_beside_one_another(tmp_path: Path, names: str, said: bool) -> None:
    columns = names.split(",")
    rows = [(1 + i % 2, *(1 + (i + j) % 4 for j in range(len(columns)))) for i in range(80)]
    path = csv(tmp_path, rows, f"sex,{names}")
    told = " ".join(start(tmp_path / "m", path, by=["sex"], indicators=[columns[0]]).remarks)
    assert ("beside one another" in told) is said
