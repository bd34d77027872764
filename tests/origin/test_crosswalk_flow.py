"""Between schemes: what is determined, who moves, and where the series breaks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from click.testing import CliRunner

from thuis.cli import thuis
from thuis.errors import ThuisError
from thuis.origin import NOT_DETERMINED, classify, countries, country_groups, crosswalk, flow
from thuis.origin.flow import series

PEOPLE = pl.DataFrame(
    {
        "self": ["NLD", "IDN", "NLD", "SUR", "NLD", "NLD"],
        "mother": ["NLD", "NLD", "SUR", "SUR", None, "NLD"],
        "father": ["NLD", "NLD", "NLD", "SUR", None, "USA"],
        "n": [13_000, 300, 180, 170, 50, 40],
    }
)


def test_group_363_holds_both_old_classes() -> None:
    groups = {row["group"]: row["target_group"] for row in country_groups().to_dicts()}
    assert groups["3.6.3"] == NOT_DETERMINED
    assert groups["3.6.2"] == NOT_DETERMINED
    assert groups["3.1"] == groups["3.2"] == groups["3.3"] == "non-western"
    assert groups["3.5"] == "western"
    printed = countries().filter(pl.col("level_2022") == "3.6.3")["class_1999"].value_counts()
    assert dict(printed.iter_rows()) == {"western": 31, "non-western": 47}


def test_the_old_classes_cannot_be_told_from_the_new_nor_the_reverse() -> None:
    back = crosswalk("1999", "2022")
    assert set(back.filter(pl.col("class") == "home")["target_class"]) == {NOT_DETERMINED}
    there = crosswalk("2022", "1999")
    migrants = there.filter(pl.col("class") == "migrant")
    assert set(migrants["target_class"]) == {NOT_DETERMINED}, "those of Dutch-born parents were autochtoon"
    assert there.filter(pl.col("class") == "dutch")["target_class"].item() == "home"
    assert set(there.filter(pl.col("class") == "child")["target_class"]) == {"elsewhere"}


def test_2016_only_changed_the_words() -> None:
    table = crosswalk("1999", "2016")
    assert (table["class"] == table["target_class"]).all()
    assert table["group"].eq_missing(table["target_group"]).all()


def test_no_person_contradicts_the_crosswalk() -> None:
    rows = crosswalk("2022", "1999").to_dicts()
    table = {(row["class"], row["group"]): row for row in rows}
    people = pl.DataFrame(
        {
            each: countries()["iso3"].sample(5000, with_replacement=True, seed=n)
            for n, each in enumerate(("self", "mother", "father"))
        }
    )
    people = people.with_columns(
        pl.when(pl.int_range(5000) % 3 == 0).then(pl.lit("NLD")).otherwise("self").alias("self")
    )
    new, old = classify(people, "2022"), classify(people, "1999")
    for cls, group, was in zip(new["class"], new["group"], old["class"], strict=True):
        row = table[cls, group]
        assert was in row["possible"]
        assert row["target_class"] in {was, NOT_DETERMINED}


def test_the_same_persons_counted_twice() -> None:
    counted = flow(PEOPLE, weight="n")
    assert counted.persons == PEOPLE["n"].sum()
    assert counted.moved == 300 + 50
    for scheme in ("1999", "2022"):
        assert counted.counts.filter(pl.col("scheme") == scheme)["persons"].sum() == PEOPLE["n"].sum()
    links = {
        (r["source_class"], r["target_class"]): r["persons"]
        for r in flow(PEOPLE, weight="n", groups=False).matrix.to_dicts()
    }
    assert links == {
        ("elsewhere", "child"): 220,
        ("elsewhere", "migrant"): 170,
        ("home", "dutch"): 13_000,
        ("home", "migrant"): 300,
        ("home", "not-stated"): 50,
    }
    assert json.loads(json.dumps(counted.as_dict()))["moved"] == 350
    with pytest.raises(ThuisError, match="unknown column 'm'"):
        flow(PEOPLE, weight="m")


def test_a_series_keeps_both_counts_and_says_which_was_published() -> None:
    found = series([("2021", PEOPLE), ("2022", PEOPLE)], break_at="2022", weight="n")
    published = found.filter("published").group_by("period").agg(pl.col("scheme").unique())
    assert {(p, *s) for p, s in published.iter_rows()} == {("2021", "1999"), ("2022", "2022")}
    assert found.group_by("period", "scheme").agg(pl.col("persons").sum())["persons"].unique().to_list() == [
        13_740
    ]


def test_the_command_classifies_and_compares(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    PEOPLE.write_csv(file)
    run = CliRunner().invoke
    told = run(thuis, ["origin", "classify", str(file), "--language", "nl"])
    assert told.exit_code == 0, told.output
    assert "kind van migrant(en)" in told.output
    assert pl.read_csv(tmp_path / "people-2022.csv")["class"].to_list()[1] == "migrant"
    assert "not determined" in run(thuis, ["origin", "crosswalk"]).output
    assert "niet te bepalen" in run(thuis, ["origin", "crosswalk", "--countries", "--language", "nl"]).output
    moved = run(thuis, ["origin", "flow", str(file), "--weight", "n", "--json"])
    assert json.loads(moved.output)["moved"] == 350
    assert "us-mainland" in run(thuis, ["origin", "schemes"]).output


CBS = {"self": [1012600, 1012600], "mother": [1012600, None], "father": [1012600, 1012600]}
"""The Netherlands as its code of 2022, which a file of numbers keeps as a number."""


@pytest.mark.parametrize("kind", ["csv", "semicolons", "parquet", "sav", "dta", "xlsx"])
def test_a_survey_file_of_any_kind_is_classified(tmp_path: Path, kind: str) -> None:
    frame = pl.DataFrame(CBS)
    file = tmp_path / f"people.{'csv' if kind == 'semicolons' else kind}"
    match kind:
        case "csv":
            frame.write_csv(file)
        case "semicolons":
            file.write_bytes(f"\ufeff{frame.write_csv(separator=';')}".encode())
        case "parquet":
            frame.write_parquet(file)
        case "xlsx":
            frame.write_excel(file)
        case "sav":
            pyreadstat.write_sav(frame.to_pandas(), file)
        case _:
            pyreadstat.write_dta(frame.to_pandas(), file)
    told = CliRunner().invoke(thuis, ["origin", "classify", str(file), "--codes", "cbs", "--json"])
    assert told.exit_code == 0, told.output
    counts = {each["class"]: each["persons"] for each in json.loads(told.output)["counts"]}
    assert counts == {"dutch": 2}, "a parent of whom nothing is known moves nobody"
    assert Path(json.loads(told.output)["out"]).suffix == (".parquet" if kind == "parquet" else ".csv")
    told = CliRunner().invoke(thuis, ["origin", "classify", str(file)])
    assert told.exit_code == 2
    assert "'1012600' (2 times)" in told.output, "numbers are no codes of three letters"


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("quote.csv", b'self,mother,father\nNLD,"TUR,NLD\n', r"quote\.csv:2.*quote that never closes"),
        ("long.csv", b"self,mother,father\nNLD,TUR,NLD\nNLD,TUR,NLD,X\n", r"long\.csv:3.*4 fields"),
        ("cut.sav", b"$FL2 no more", r"cut\.sav.*whole SPSS file"),
        ("cut.parquet", b"PAR1 no more", r"cut\.parquet"),
        ("people.json", b"[]", r"file type.*\.json"),
    ],
)
def test_a_damaged_file_is_one_clear_error(tmp_path: Path, name: str, content: bytes, what: str) -> None:
    (tmp_path / name).write_bytes(content)
    told = CliRunner().invoke(thuis, ["origin", "classify", str(tmp_path / name)])
    assert told.exit_code == 2
    assert re.search(what, told.output, re.DOTALL), told.output


def test_the_command_refuses_and_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("self,mother,father\nHolland,NLD,NLD\n", "utf-8")
    told = CliRunner().invoke(thuis, ["origin", "classify", str(file)])
    assert told.exit_code == 2
    assert "no country" in told.output
    assert [each.name for each in tmp_path.iterdir()] == ["people.csv"]
    assert CliRunner().invoke(thuis, ["origin", "classify", str(tmp_path / "x.xlsx")]).exit_code == 2
    assert CliRunner().invoke(thuis, ["origin", "classify", str(tmp_path / "x.csv"), "--json"]).exit_code == 2
