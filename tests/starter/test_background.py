"""Who people are is what they are compared by, and no answer of a first project.

``background.csv``: names and labels as survey files have them, from memory of them, labelled before the rules
met them in four parts (105 of 194 as labelled at first sight; of the first forty of a background, 7).
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from thuis.formats import Column
from thuis.project import load_project
from thuis.starter import start
from thuis.starter.guess import compared_by

LABELLED = Path(__file__).with_name("background.csv")
KNOWN_MISSES = {"TOPBOT", "WORK", "postcode4", "X047", "faminc_new", "ppincimp", "INDHHIN2"}
"""Among them incomes without classes, which may as well be amounts."""


def labelled() -> list[tuple[str, str, bool]]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return [(each["name"], each["label"], each["background"] == "yes") for each in csv.DictReader(file)]


@pytest.mark.parametrize(("name", "label", "background"), labelled())
def test_names_and_labels(name: str, label: str, background: bool) -> None:
    found = bool(compared_by({name: Column(name, label)}, [name]))
    assert found == (background and name not in KNOWN_MISSES)


def test_age_in_classes_is_a_group_of_a_first_project_and_no_figure(tmp_path: Path) -> None:
    answers = {
        "leeftijd": ("18-34", "35-54", "55+"),
        "geslacht": ("man", "vrouw"),
        "herkomst": ("Nederland", "Turkije", "Nederland", "Nederland", "Suriname"),
        "stadsdeel": ("Noord", "Zuid", "Oost", "Noord", "Zuid", "Noord", "Oost"),
        "vertrouwen": ("ja", "nee", "ja", "ja"),
        "burgerlijke staat": ("gehuwd", "ongehuwd", "gescheiden"),
    }
    rows = [";".join(each[i % len(each)] for each in answers.values()) for i in range(600)]
    (tmp_path / "enquete2024.csv").write_text("\n".join([";".join(answers), *rows, ""]), "utf-8")
    start(tmp_path / "made", tmp_path / "enquete2024.csv")
    made = load_project(tmp_path / "made")
    assert {each.id for each in made.indicators} == {"vertrouwen"}
    assert set(made.breakdowns) == {"herkomst", "geslacht", "stadsdeel", "leeftijd"}
