"""Every wrong survey file gets an error that says what, where, what was expected and what to do."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from thuis.errors import Problem, ThuisError
from thuis.project import load_project
from thuis.read import read_waves, remarks

Rows = list[dict[str, str]]


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(ThuisError) as error:
        read_waves(load_project(folder))
    return error.value.problems


def change(folder: Path, how: Callable[[Rows], None]) -> None:
    path = folder / "data" / "example.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    how(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def wave(folder: Path, pattern: str, to: str) -> None:
    path = folder / "waves" / "2020.yaml"
    text = path.read_text("utf-8")
    assert re.search(pattern, text)
    path.write_text(re.sub(pattern, lambda _: to, text, count=1), "utf-8")


def test_the_project_reads_as_it_stands(project: Path) -> None:
    microdata = read_waves(load_project(project))
    assert microdata.n == {"2020": 1200}
    assert set(microdata.frame["by_sex"].unique()) == {"man", "woman"}
    trust = next(each for each in microdata.codebook if each.variable == "trust")
    assert trust.missing == 1200 - trust.answered > 0


def test_a_negative_and_a_missing_weight(project: Path) -> None:
    def spoil(rows: Rows) -> None:
        rows[6]["weight"], rows[9]["weight"], rows[11]["weight"] = "-1", "", "much"

    change(project, spoil)
    found = {str(each.where): each.what for each in problems(project)}
    assert found == {
        "data/example.csv, row 7, weight": "weight 'weight' is negative in 1 row",
        "data/example.csv, row 10, weight": "weight 'weight' is missing in 1 row",
        "data/example.csv, row 12, weight": "weight 'weight' is not a number in 1 row",
    }


def test_every_weight_zero(project: Path) -> None:
    change(project, lambda rows: [row.update(weight="0") for row in rows] and None)
    assert problems(project)[0].what == "every weight 'weight' is 0"


def test_codes_left_unmapped_are_listed_with_their_number(project: Path) -> None:
    def spoil(rows: Rows) -> None:
        rows[0]["trust"] = rows[1]["trust"] = "maybe"
        rows[2]["trust"] = "0363"

    change(project, spoil)
    (problem,) = problems(project)
    assert problem.what == "2 codes of 'trust' not mapped: 0363 (1 row), maybe (2 rows)"
    assert problem.where
    assert problem.where.file == "waves/2020.yaml"
    assert problem.where.line
    assert "missing" in str(problem.step)


def test_a_missing_column_names_the_nearest(project: Path) -> None:
    wave(project, r'from: "trust"', 'from: "trsut"')
    (problem,) = problems(project)
    assert problem.what == "unknown column 'trsut'"
    assert problem.step == "did you mean 'trust'?"
    assert "trust" in problem.available
    assert problem.where
    assert problem.where.line


def test_all_faults_come_at_once(project: Path) -> None:
    change(project, lambda rows: rows[0].update(weight="-2", trust="x", region="y"))
    assert len(problems(project)) == 3


def test_a_stratum_with_one_psu(project: Path) -> None:
    change(project, lambda rows: rows[5].update(region="alone"))
    wave(project, "strata: null", 'strata: "region"')
    text = (project / "waves" / "2020.yaml").read_text("utf-8")
    (project / "waves" / "2020.yaml").write_text(re.sub(r'"east"', '"alone": east, "east"', text), "utf-8")
    (problem,) = problems(project)
    assert problem.what == "1 stratum has one PSU: alone"
    assert problem.available == ("adjust", "average", "certainty", "remove")
    wave(project, "lonely: error", "lonely: adjust")
    assert read_waves(load_project(project)).n["2020"] == 1200


def test_an_empty_wave(project: Path) -> None:
    wave(project, "design:", 'where: {region: ["nowhere"]}\ndesign:')
    (problem,) = problems(project)
    assert problem.what == "wave '2020' has no respondents"


def test_a_question_nobody_answered(project: Path) -> None:
    change(project, lambda rows: [row.update(trust="") for row in rows] and None)
    (problem,) = problems(project)
    assert problem.what.startswith("nobody answered")


@pytest.mark.parametrize(
    ("bytes_", "what", "step"),
    [
        ("region,sex,born,trust,weight\nÉire,man,here,yes,1\n".encode("cp1252"), "not in utf-8", "cp1252"),
        ("region,sex,born,trust,weight\n".encode("utf-16"), "UTF-16", "utf-16"),
        (b"region;sex;born;trust;weight\na;man;here;yes;1\n", "one column", "delimiter: ';'"),
        (b"region,sex,born,trust,weight\na,man\n", "2 fields", "quote"),
        (b"region,sex,sex,trust,weight\n", "twice", ""),
        (b"", "empty", "export"),
    ],
)
def test_a_csv_that_is_something_else(project: Path, bytes_: bytes, what: str, step: str) -> None:
    (project / "data" / "example.csv").write_bytes(bytes_)
    (problem,) = problems(project)
    assert what in problem.what
    assert step in str(problem.step or "")
    assert problem.where
    assert problem.where.file == "data/example.csv"


def test_utf8_read_as_something_else_is_seen(project: Path) -> None:
    path = project / "data" / "example.csv"
    path.write_text(path.read_text("utf-8").replace("north", "nœrd"), "utf-8")
    wave(project, "design:", "csv: {encoding: cp1252}\ndesign:")
    (problem,) = problems(project)
    assert "UTF-8" in problem.what


def test_numbers_outside_their_range(project: Path) -> None:
    def age(rows: Rows) -> None:
        for i, row in enumerate(rows):
            row["age"] = str(20 + i % 50)
        rows[3]["age"], rows[7]["age"] = "130", "x"

    change(project, age)
    wave(project, "variables:", "variables:\n  age: {from: age, type: number, range: [15, 110]}\n ")
    (problem,) = problems(project)
    assert str(problem.where) == "data/example.csv, row 8, age"
    assert problem.what == "'x' is not a number (1 such rows)"
    change(project, lambda rows: rows[7].update(age="30"))
    (problem,) = problems(project)
    assert problem.what == "1 value outside its range: 130 in row 4"
    wave(project, r"range: \[15, 110\]", "range: [15, 110], missing: [130]")
    assert read_waves(load_project(project)).frame["age"].null_count() == 1


def sav(folder: Path, rows: int = 500) -> Path:
    """A .sav with labels and user-missing codes in the place of the CSV."""
    frame = pl.DataFrame(
        {"answer": [float(i % 4) if i % 10 else -9.0 for i in range(rows)], "w": [1.0] * rows}
    )
    path = folder / "data" / "survey.sav"
    pyreadstat.write_sav(
        frame.to_pandas(),
        str(path),
        variable_value_labels={"answer": {0.0: "never", 1.0: "once", 2.0: "often", 3.0: "always"}},
        missing_ranges={"answer": [{"lo": -9, "hi": -9}]},
    )
    wave(folder, r'file: "data/example.csv"', 'file: "data/survey.sav"')
    text = (folder / "waves" / "2020.yaml").read_text("utf-8")
    head = text[: text.index("variables:")].replace('weight: "weight"', 'weight: "w"')
    (folder / "waves" / "2020.yaml").write_text(
        head
        + "variables:\n  trust: {from: answer, codes: {0: no, 1: no, 2: yes, 3: yes}}\n"
        + "  sex: {from: answer, codes: {0: man, 1: woman, 2: man, 3: man}}\n"
        + "  region: {from: answer, codes: {0: north, 1: south, 2: east, 3: west}}\n"
        + "  born: {from: answer, codes: {0: here, 1: here, 2: abroad, 3: here}}\n",
        "utf-8",
    )
    return path


def test_user_missing_codes_of_spss_are_no_answer(project: Path) -> None:
    sav(project)
    microdata = read_waves(load_project(project))
    entry = next(each for each in microdata.codebook if each.variable == "trust")
    assert (entry.answered, entry.missing, entry.set_aside) == (450, 50, 50)
    assert entry.labels["2"] == "often"


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.95])
def test_a_truncated_sav(project: Path, part: float) -> None:
    path = sav(project)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    (problem,) = problems(project)
    assert "cannot be read to its end" in problem.what
    assert "copy the file again" in str(problem.step)


def test_a_file_that_is_not_there(project: Path) -> None:
    wave(project, r"data/example\.csv", "data/exmple.csv")
    (problem,) = problems(project)
    assert problem.what == "no file 'exmple.csv' in data"
    assert problem.available == ("example.csv",)
    assert problem.where
    assert problem.where.file == "waves/2020.yaml"


def test_parquet_and_stata_hold_the_same_answers(project: Path) -> None:
    expected = read_waves(load_project(project)).frame
    frame = pl.read_csv(project / "data" / "example.csv")
    frame.write_parquet(project / "data" / "example.parquet")
    wave(project, r"data/example\.csv", "data/example.parquet")
    assert read_waves(load_project(project)).frame.equals(expected)
    pyreadstat.write_dta(
        frame.with_columns(pl.col("trust").fill_null("")).to_pandas(), str(project / "data" / "example.dta")
    )
    wave(project, r"data/example\.parquet", "data/example.dta")
    assert read_waves(load_project(project)).frame.equals(expected)


def test_a_category_nobody_is_in(project: Path) -> None:
    wave(project, r'"east": east', '"east": east, "mars": mars')
    path = project / "breakdowns" / "region.yaml"
    text = path.read_text("utf-8")
    late = "  - id: late\n    title: {nl: te laat, en: too late}\n    when: {region: [east, north]}\n"
    mars = "  - id: mars\n    title: {nl: Mars, en: Mars}\n    when: {region: [mars]}\n"
    path.write_text(text + mars + late, "utf-8")
    found = problems(project)
    assert [each.what for each in found] == [
        "nobody in any wave is in category 'mars'",
        "nobody in any wave is in category 'late'",
    ]
    assert {each.where.file for each in found if each.where} == {"breakdowns/region.yaml"}
    assert found[0].where
    assert found[0].where.line == text.count("\n") + 1


def test_equal_weights_are_remarked_upon(project: Path) -> None:
    loaded = load_project(project)
    assert remarks(loaded, read_waves(loaded)) == []
    change(project, lambda rows: [row.update(weight="1.0") for row in rows] and None)
    (said,) = remarks(loaded, read_waves(loaded))
    assert "wave 2020" in said
    assert "'weight'" in said
    wave(project, 'weight: "weight"', "weight: null")
    loaded = load_project(project)
    assert remarks(loaded, read_waves(loaded)) == []


@pytest.mark.parametrize("values", [["heavy"] * 500, ["1"] * 499 + ["?"], [""] * 500])
def test_a_sav_with_a_weight_of_text(project: Path, values: list[str]) -> None:
    path = sav(project)
    frame, _ = pyreadstat.read_sav(str(path))
    frame["w"] = values
    pyreadstat.write_sav(frame, str(path))
    (problem,) = problems(project)
    assert re.match("weight 'w' is (not a number|missing) in ", problem.what)
    assert problem.where
    assert problem.where.row == 1 + next(i for i, each in enumerate(values) if each != "1")
