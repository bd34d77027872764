"""What may be compared with what: undeclared changes are found, breaks end, and hold for whom they hold."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from support.small import TRUST, project, rows, table
from thuis.errors import ThuisError
from thuis.monitor.estimate import estimate
from thuis.project import load_project
from thuis.read import read_waves

IDS = ("2008", "2009", "2010", "2011")
WEB = {"mode": "{nl: web, en: web}"}
YOUNGER = {"population": "{nl: vanaf 15, en: from 15}"}
OTHER = {"question": "{nl: y, en: y}"}


def made(
    folder: Path, texts: dict[str, dict[str, str]], said: str = "", wave: dict[str, str] | None = None
) -> Path:
    return project(
        folder,
        {f"{each}.csv": table(rows()) for each in IDS},
        waves={each: f"{each}.csv" for each in IDS},
        texts=texts,
        more=wave,
        indicators={"trust": TRUST + said},
    )


def compared(folder: Path, cell: list[str]) -> dict[tuple[str, str], bool]:
    """Pairs of waves and whether a break stands between them."""
    loaded = load_project(folder)
    found = estimate(loaded, read_waves(loaded)).comparisons.filter(pl.col("type") == "wave")
    return {
        (row["wave"], row["other_wave"]): row["across_break"]
        for row in found.iter_rows(named=True)
        if row["cell"] == cell
    }


def one(kind: str, more: str = "", wave: str = "2009", key: str = "breaks") -> str:
    return f'{key}:\n  - {{wave: "{wave}", kind: {kind}, text: {{nl: a, en: a}}{more}}}\n'


@pytest.mark.parametrize(("kind", "text"), [("mode", WEB), ("population", YOUNGER), ("question", OTHER)])
def test_a_change_that_nobody_speaks_of(tmp_path: Path, kind: str, text: dict[str, str]) -> None:
    with pytest.raises(ThuisError) as error:
        load_project(made(tmp_path, {"2009": text, "2010": text, "2011": text}))
    (problem,) = error.value.problems
    assert problem.what.endswith("and nothing is said of it")
    assert kind in problem.what
    assert problem.where
    assert problem.where.line


def test_one_year_of_another_kind_does_not_cut_the_others(tmp_path: Path) -> None:
    folder = made(tmp_path, {"2009": YOUNGER}, one("population", ', until: "2010"'))
    assert compared(folder, []) == {
        ("2009", "2008"): True,
        ("2010", "2009"): True,
        ("2010", "2008"): False,
        ("2011", "2010"): False,
        ("2011", "2008"): False,
    }


def test_a_lasting_break_of_what_came_back_is_not_enough(tmp_path: Path) -> None:
    with pytest.raises(ThuisError) as error:
        load_project(made(tmp_path, {"2009": YOUNGER}, one("population")))
    assert {each.where.file for each in error.value.problems if each.where} == {
        "waves/2010.yaml",
    }


def test_a_break_for_some_leaves_the_others_alone(tmp_path: Path) -> None:
    folder = made(tmp_path, {}, one("class", ", only: {sex: [man]}"))
    assert compared(folder, ["man"])["2009", "2008"] is True
    assert compared(folder, ["woman"])["2009", "2008"] is False
    assert compared(folder, [])["2009", "2008"] is True


def test_a_wave_speaks_for_every_indicator(tmp_path: Path) -> None:
    said = {"2009": 'breaks: [{kind: mode, until: "2010", text: {nl: a, en: a}}]'}
    assert compared(made(tmp_path, {"2009": WEB}, wave=said), [])["2010", "2008"] is False
    both = dict.fromkeys(("2009", "2010"), "comparable: [{kind: mode, text: {nl: a, en: a}}]")
    assert not any(compared(made(tmp_path, {"2009": WEB}, wave=both), []).values())


def test_a_wording_that_is_said_to_be_the_same(tmp_path: Path) -> None:
    texts = dict.fromkeys(IDS[1:], OTHER)
    assert not any(compared(made(tmp_path, texts, one("wording", key="comparable")), []).values())


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (one("mode", ', until: "2012"'), "unknown wave '2012'"),
        (one("mode", ', until: "2008"'), "a break ends after it began"),
        (one("mode", ", only: {age: [young]}"), "unknown breakdown 'age'"),
        (one("mode", ", only: {sex: [men]}"), "unknown category 'men'"),
        (one("mode", wave="2008"), "nothing can change before the first wave"),
        (one("mode", wave="2008", key="comparable"), "nothing can change before the first wave"),
    ],
)
def test_breaks_that_cannot_be(tmp_path: Path, said: str, what: str) -> None:
    with pytest.raises(ThuisError, match=what):
        load_project(made(tmp_path, {}, said))


@pytest.mark.parametrize("text", ["null\n", "~\n", "---\n", "# nothing\n", "--- null\n"])
def test_a_file_that_holds_nothing(tmp_path: Path, text: str) -> None:
    made(tmp_path, {})
    for name in ("thuis.yaml", "waves/2008.yaml", "indicators/trust.yaml"):
        path = tmp_path / name
        whole = path.read_text("utf-8")
        path.write_text(text, "utf-8")
        with pytest.raises(ThuisError, match="the file is empty"):
            load_project(tmp_path)
        path.write_text(whole, "utf-8")


def test_survey_files_stay_in_the_project(tmp_path: Path) -> None:
    folder = made(tmp_path / "p", {})
    outside = tmp_path / "other.csv"
    outside.write_bytes(table(rows()))
    (folder / "data" / "link.csv").symlink_to(outside)
    path = folder / "waves" / "2008.yaml"
    text = path.read_text("utf-8")
    for file in ("../other.csv", str(outside), "data/link.csv", "data/../../other.csv"):
        path.write_text(text.replace("data/2008.csv", file), "utf-8")
        with pytest.raises(ThuisError, match="stands outside the project folder"):
            load_project(folder)
    settings = folder / "thuis.yaml"
    settings.write_text(settings.read_text("utf-8") + "outside: true\n", "utf-8")
    assert read_waves(load_project(folder)).n["2008"] == 240
