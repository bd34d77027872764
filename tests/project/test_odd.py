"""Projects that nobody would make on purpose: each builds as it should, or is one clear error.

``odd.tsv`` says of each what is right and where it was asked for; a third was asked for by users of others.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from support.odd import CASES, Odd
from thuis.errors import ThuisError
from thuis.monitor.pipeline import build
from thuis.project import load_project

LABELS = {
    row["id"]: row
    for row in csv.DictReader(
        (Path(__file__).parent / "odd.tsv").read_text("utf-8").splitlines(), delimiter="\t"
    )
}
MADE = [id_ for id_, row in LABELS.items() if row["label"] == "builds"]
REFUSED = [id_ for id_, row in LABELS.items() if row["label"] == "error"]
IN_DATA = {"nobody", "no-answers", "no-weight", "negative-weight", "lonely"}
"""Those of which the survey file tells what is wrong, not the files of the project."""
UNPAINTED = {"chinese", "emoji", "ethiopic"}
"""Those with letters of which the fonts of pictures have none."""
WITHOUT_NUMBERS = {"five", "all-zero"}
LANGUAGE = "en"


def test_every_label_has_its_case() -> None:
    assert set(LABELS) == set(CASES)
    assert len(LABELS) >= 60


@pytest.mark.parametrize("id_", REFUSED)
def test_an_odd_project_is_one_clear_error(id_: str, tmp_path: Path) -> None:
    CASES[id_](Odd(tmp_path))
    load: Callable[[Path], object] = load_project
    if id_ in IN_DATA:
        load_project(tmp_path)
        load = lambda folder: build(folder, keep=False)  # noqa: E731
    with pytest.raises(ThuisError) as error:
        load(tmp_path)
    assert LABELS[id_]["says"] in str(error.value)
    assert len(error.value.problems) == (4 if id_ == "all-at-once" else 1)
    for problem in error.value.problems:
        assert problem.where is not None
        assert problem.where.line or id_ in IN_DATA
        assert problem.step or problem.expected or problem.available
    assert not (tmp_path / "public").exists()


def test_the_place_of_every_thing_of_one_name_is_told(tmp_path: Path) -> None:
    CASES["three-alike"](Odd(tmp_path))
    with pytest.raises(ThuisError) as error:
        load_project(tmp_path)
    (problem,) = error.value.problems
    assert str(problem.where) == "indicators/i2.yaml:3:9, title.nl"
    assert "indicators/i0.yaml:3:9, indicators/i1.yaml:3:9" in problem.what


@pytest.mark.parametrize("id_", MADE)
def test_an_odd_project_builds(id_: str, tmp_path: Path) -> None:
    CASES[id_](Odd(tmp_path))
    assert load_project(tmp_path).indicators
    told = [note for note in build(tmp_path, keep=False).notes if "no PNG" in note]
    figure = tmp_path / "public" / LANGUAGE / "indicator"
    pictures = {path.suffix for path in figure.glob("*/*/figure.*")}
    assert ".svg" in pictures or id_ in WITHOUT_NUMBERS
    assert (".png" in pictures) == (id_ not in {*UNPAINTED, *WITHOUT_NUMBERS})
    assert len(told) == (id_ in UNPAINTED)
    pages = [path.read_text("utf-8") for path in (tmp_path / "public").rglob("index.html")]
    assert len(pages) > 10
    assert not [page for page in pages if "<script>alert" in page]
