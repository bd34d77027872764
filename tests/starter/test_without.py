"""A group of everybody among the others: said, and left out when a person says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuis.errors import ThuisError
from thuis.project import load_project
from thuis.read import read_waves, remarks
from thuis.starter import start

ROWS = "id,sex,trust,w\n" + "".join(f"{i},{'mv'[i % 2]},{i % 3},1.{i % 5}\n" for i in range(60))
TOTAL = "61,Totaal,1,70.5\n62,Totaal,2,3\n"


def begun(folder: Path, **design: str) -> Path:
    (folder / "a.csv").write_text(ROWS + TOTAL)
    start(folder / "m", folder / "a.csv", design=design, by=["sex"], indicators=["trust"])
    return folder / "m"


def test_a_total_among_groups_is_refused_with_how_to_leave_it_out(tmp_path: Path) -> None:
    with pytest.raises(ThuisError, match=r"'Totaal' beside the others \(2 rows\)(.|\n)*--without sex=Totaal"):
        begun(tmp_path)


def test_left_out_it_counts_in_no_figure(tmp_path: Path) -> None:
    read = read_waves(load_project(begun(tmp_path, without="sex=Totaal", weight="w")))
    assert read.frame.height == 60
    assert read.frame["_weight"].sum() == pytest.approx(sum(1 + i % 5 / 10 for i in range(60)))
    assert set(read.frame["by_sex"].to_list()) == {"m", "v"}


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ("sx=Totaal", "unknown column 'sx'"),
        ("sex=Total", "unknown value 'Total'"),
        ("sex", "unknown value ''"),
    ],
)
def test_what_is_not_there_cannot_be_left_out(tmp_path: Path, without: str, said: str) -> None:
    with pytest.raises(ThuisError, match=said):
        begun(tmp_path, without=without)


def test_check_remarks_on_a_category_of_everybody(tmp_path: Path) -> None:
    project = load_project(begun(tmp_path, weight="w"))
    (note,) = [each for each in remarks(project, read_waves(project)) if "everybody" in each]
    assert "2 rows are in the category 'totaal'" in note
