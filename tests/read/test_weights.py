"""Weights that are made of columns, in a project and by the first one that is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuis.errors import ThuisError
from thuis.project import load_project
from thuis.read import read_waves
from thuis.starter import start

ROWS = "id;sex;trust;w;p\n" + "".join(f"{i};{i % 2};{i % 3};1,{i % 5};0,{1 + i % 4}\n" for i in range(60))


def project(folder: Path, weight: str, rows: str = ROWS) -> Path:
    (folder / "a.csv").write_text(rows)
    start(folder / "m", folder / "a.csv", design={"weight": weight}, by=["sex"], indicators=["trust"])
    return folder / "m"


@pytest.mark.parametrize(
    ("weight", "right"),
    [
        ("w * p", lambda i: (1 + i % 5 / 10) * (1 + i % 4) / 10),
        ("w / p", lambda i: (1 + i % 5 / 10) / ((1 + i % 4) / 10)),
        ("1 / p", lambda i: 10 / (1 + i % 4)),
        ("100 * p", lambda i: 10 * (1 + i % 4)),
    ],
)
def test_a_weight_is_made_of_columns(tmp_path: Path, weight: str, right) -> None:
    found = read_waves(load_project(project(tmp_path, weight))).frame["_weight"].to_list()
    assert found == pytest.approx([right(i) for i in range(60)], abs=1e-12)


def test_a_column_may_have_a_sign_in_its_name(tmp_path: Path) -> None:
    path = project(tmp_path, "w/p", ROWS.replace(";w;p\n", ";w/p;p\n"))
    found = read_waves(load_project(path)).frame["_weight"].to_list()
    assert found == pytest.approx([1 + i % 5 / 10 for i in range(60)])


@pytest.mark.parametrize(
    ("weight", "said"), [("w * q", "unknown column 'q'"), ("w * * p", "unknown column 'w \\* \\* p'")]
)
def test_a_weight_of_columns_that_are_not_there(tmp_path: Path, weight: str, said: str) -> None:
    path = project(tmp_path, "w * p")
    wave = next((path / "waves").glob("*.yaml"))
    wave.write_text(wave.read_text().replace('"w * p"', f'"{weight}"'))
    with pytest.raises(ThuisError, match=said):
        read_waves(load_project(path))


def test_a_row_without_one_of_the_parts_has_no_weight(tmp_path: Path) -> None:
    path = project(tmp_path, "w * p", ROWS.replace("\n7;1;1;1,2;0,4\n", "\n7;1;1;1,2;\n"))
    with pytest.raises(ThuisError, match=r"weight 'w \* p' is missing in 1 row"):
        read_waves(load_project(path))
