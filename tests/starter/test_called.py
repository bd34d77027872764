"""One file, one wave: of which year, and what a person still has to write."""

from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from click.testing import CliRunner

from thuis.cli import thuis
from thuis.project import load_project
from thuis.project.unwritten import unwritten
from thuis.starter import start
from thuis.starter.roles import Role
from thuis.starter.write import Started

N = 400
ROWS = {"sex": [1 + i % 2 for i in range(N)], "happy": [1 + i % 3 for i in range(N)]}


def begun(folder: Path, name: str, wave: str = "", **columns: list[str]) -> Started:
    file = folder / name
    pl.DataFrame({**ROWS, **columns}).write_csv(file)
    return start(folder / "monitor", file, wave=wave)


@pytest.mark.parametrize(
    ("name", "wave", "field", "told"),
    [
        ("anes_2020.csv", "2020", "start: 2020-01-01, end: 2020-12", "guessed from the name of the file"),
        (
            "buurt2017v2.csv",
            "2017",
            "start: 2017-01-01, end: 2017-12-31",
            "guessed from the name of the file",
        ),
        ("export_20240315_golf2019.csv", "2019", "start: 2019-01-01", "guessed from the name of the file"),
    ],
)
def test_the_year_in_the_name_of_a_file_is_its_wave(
    tmp_path: Path, name: str, wave: str, field: str, told: str
) -> None:
    started = begun(tmp_path, name)
    text = (tmp_path / "monitor" / "waves" / f"{wave}.yaml").read_text("utf-8")
    assert field in text
    assert told in started.remarks[0]


@pytest.mark.parametrize("name", ["gss_1972_2024.csv", "enquete.csv", "postcode_2999.csv"])
def test_without_one_year_this_year_is_taken_and_said(tmp_path: Path, name: str) -> None:
    assert "nothing in the file tells another" in begun(tmp_path, name).remarks[0]


def test_days_of_interview_go_before_the_name(tmp_path: Path) -> None:
    days = {"int_date": [f"2018-{1 + i % 9:02}-15" for i in range(N)]}
    started = begun(tmp_path, "buurt_2021.csv", **days)
    assert started.remarks[0].startswith("wave: 2018, asked in 2018, the year of all days in 'int_date'")


def test_a_name_against_the_days_is_said(tmp_path: Path) -> None:
    days = {"int_date": [f"2018-{1 + i % 9:02}-15" for i in range(N)]}
    started = begun(tmp_path, "buurt.csv", wave="2021", **days)
    assert "wave: 2021, asked in 2018" in started.remarks[0]
    assert "start: 2018-01-01" in (tmp_path / "monitor" / "waves" / "2021.yaml").read_text("utf-8")


def test_what_nobody_wrote_is_told_until_it_is_written(tmp_path: Path) -> None:
    begun(tmp_path, "buurt_2021.csv")
    folder = tmp_path / "monitor"
    said = unwritten(load_project(folder))
    assert said == [
        "not written yet: title, description, publisher, address, themes: thuis.yaml",
        "not written yet: mode, population, source: waves/2021.yaml",
        "not written yet: the question, which is the name of a column: happy",
    ]
    for command in ("check", "build"):
        assert said[1] in CliRunner().invoke(thuis, [command, str(folder)]).output
    wave = folder / "waves" / "2021.yaml"
    text = wave.read_text("utf-8").replace(
        "nl: nog niet beschreven, en: not described yet", "nl: web, en: web"
    )
    wave.write_text(text, "utf-8")
    assert unwritten(load_project(folder))[1] == "not written yet: source: waves/2021.yaml"


def test_invented_respondents_need_no_words(tmp_path: Path) -> None:
    start(tmp_path / "monitor")
    assert unwritten(load_project(tmp_path / "monitor")) == []


def test_the_file_may_stand_behind_the_folder(tmp_path: Path) -> None:
    pl.DataFrame(ROWS).write_csv(tmp_path / "buurt_2021.csv")
    given = ["init", str(tmp_path / "m"), str(tmp_path / "buurt_2021.csv")]
    assert CliRunner().invoke(thuis, given).exit_code == 0
    more = ["init", str(tmp_path / "n"), str(tmp_path / "buurt_2021.csv"), "--from", "b.csv"]
    lacking = CliRunner().invoke(thuis, more)
    assert lacking.exit_code
    assert "b.csv" in str(lacking.output or lacking.exception)
    assert not (tmp_path / "n").exists()


def test_how_people_were_asked_is_not_shown_unasked(tmp_path: Path) -> None:
    modes = {"InterviewMode": ["Web" if i % 3 else "Telephone" for i in range(N)]}
    assert "InterviewMode" not in begun(tmp_path, "buurt_2021.csv", **modes).shown


@pytest.mark.parametrize("kind", ["sav", "dta"])
def test_what_a_file_is_called_within_tells_the_year(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"export.{kind}"
    write = {"sav": pyreadstat.write_sav, "dta": pyreadstat.write_dta}[kind]
    write(pl.DataFrame(ROWS).to_pandas(), str(file), file_label="Buurtpeiling, najaar 2018")
    started = start(tmp_path / "monitor", file)
    assert started.remarks[0].startswith("wave: 2018, asked in 2018, guessed from what the file is called")


def test_the_year_in_which_a_file_was_saved_is_said_to_be_no_more_than_that(tmp_path: Path) -> None:
    file = tmp_path / "export.sav"
    pyreadstat.write_sav(pl.DataFrame(ROWS).to_pandas(), str(file))
    data = file.read_bytes()
    file.write_bytes(data[:92] + b"05 Mar 14" + data[101:])
    said = start(tmp_path / "monitor", file).remarks[0]
    assert said.startswith("wave: 2014") and "the interviews may be older" in said


def test_in_a_terminal_the_year_is_asked_where_nothing_tells_it(tmp_path: Path) -> None:
    for name, asked in (("enquete.csv", ["2026"]), ("buurt_2021.csv", [])):
        pl.DataFrame(ROWS).write_csv(tmp_path / name)
        seen: list[str | None] = []

        def answer(role: Role, seen: list[str | None] = seen) -> str | None:
            if role.role != "wave":
                return role.column
            seen.append(role.column)
            return "2019"

        folder = tmp_path / name[:5]
        start(folder, tmp_path / name, ask=answer)
        assert len(seen) == len(asked)
        assert load_project(folder).waves[0].id == ("2019" if asked else "2021")
