"""Waves whose files give a code another meaning, and numbers that are codes for no answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from support.small import project
from thuis.errors import ThuisError
from thuis.project import load_project
from thuis.read import read_waves

SCALE = {1: "Very satisfied", 2: "Satisfied", 3: "Neither", 4: "Dissatisfied", 5: "Very dissatisfied"}
TURNED = {6 - code: label for code, label in SCALE.items()}
SEX = 'sex: {from: sex, codes: {"1": man, "2": woman}}'
CODES = 'trust: {from: trust, codes: {"1": a, "2": b, "3": c, "4": d, "5": e}}'
NUMBER = "trust: {from: trust, type: number}"
MEAN = """id: trust
theme: t
title: {nl: t, en: t}
measures: {nl: t, en: t}
kind: mean
variable: trust
scale: [1, 5]
unit: {nl: punten, en: points}
polarity: neutral
question: {QUESTIONS}
breakdowns: [total, sex]
"""


def sav(folder: Path, labels: Mapping[int, str]) -> bytes:
    people = range(240)
    frame = pl.DataFrame(
        {
            "sex": [1.0 + i % 2 for i in people],
            "trust": [1.0 + i % 5 for i in people],
            "weight": [0.5 + i % 3 for i in people],
        }
    )
    path = folder / "x.sav"
    pyreadstat.write_sav(frame.to_pandas(), str(path), variable_value_labels={"trust": dict(labels)})
    return path.read_bytes()


def read(folder: Path, later: Mapping[int, str], variable: str = CODES, more: str = "") -> tuple[str, ...]:
    files = {"a.sav": sav(folder, SCALE), "b.sav": sav(folder, later)}
    said = "" if variable == CODES else MEAN
    share = MEAN.replace("kind: mean", "kind: proportion\nshare: [a]").replace("scale: [1, 5]\n", "")
    share = share.replace("unit: {nl: punten, en: points}\n", "")
    made = project(
        folder / "m",
        files,
        waves={"2020": "a.sav", "2022": "b.sav"},
        variables=(variable, SEX),
        indicators={"trust": said or share},
        more={"2022": more},
    )
    return read_waves(load_project(made)).notes


def test_the_same_labels_are_no_remark(tmp_path: Path) -> None:
    assert read(tmp_path, {code: f"{code}. {label.upper()}" for code, label in SCALE.items()}) == ()


def test_a_scale_that_was_turned_round_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(
        ThuisError, match="the labels changed places since wave '2020': 'very satisfied' was 'a'"
    ):
        read(tmp_path, TURNED)


def test_two_answers_that_changed_places_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(ThuisError, match="'satisfied' was 'b' and is 'd'"):
        read(tmp_path, SCALE | {2: SCALE[4], 4: SCALE[2]})


def test_a_mapping_that_follows_the_labels_is_right(tmp_path: Path) -> None:
    files = {"a.sav": sav(tmp_path, SCALE), "b.sav": sav(tmp_path, TURNED)}
    made = project(tmp_path / "m", files, waves={"2020": "a.sav", "2022": "b.sav"}, variables=(CODES, SEX))
    share = (made / "indicators" / "trust.yaml").read_text("utf-8").replace("[can]", "[a]")
    (made / "indicators" / "trust.yaml").write_text(share, "utf-8")
    later = made / "waves" / "2022.yaml"
    turned = '{"1": e, "2": d, "3": c, "4": b, "5": a}'
    later.write_text(
        later.read_text("utf-8").replace('{"1": a, "2": b, "3": c, "4": d, "5": e}', turned), "utf-8"
    )
    assert read_waves(load_project(made)).notes == ()


def test_one_answer_that_means_something_else_is_a_remark(tmp_path: Path) -> None:
    notes = read(tmp_path, SCALE | {3: "Other", 2: "Neither"})
    assert notes == ("trust: 'neither' is 'c' in wave 2020 and 'b' in wave 2022; is that meant?",)


def test_a_mean_over_a_turned_scale_is_an_error_unless_a_break_says_so(tmp_path: Path) -> None:
    with pytest.raises(
        ThuisError, match="'very satisfied' is 1 in wave '2020' and 5 here, and they are compared"
    ):
        read(tmp_path, TURNED, NUMBER)
    (tmp_path / "b").mkdir()
    broken = "breaks: [{kind: mode, text: {nl: x, en: x}}]"
    assert read(tmp_path / "b", TURNED, NUMBER, broken) == ()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1.0, 2.0, 3.0, 4.0, 99.0], "99 (48 rows)"),
        ([1.0, 2.0, 3.0, -9.0, -8.0], "-9 (48 rows), -8 (48 rows)"),
        ([18.0, 35.0, 64.0, 80.0, 999.0], "999 (48 rows)"),
    ],
)
def test_numbers_far_from_all_others_are_remarked_upon(
    tmp_path: Path, values: list[float], said: str
) -> None:
    rows = "".join(f"{1 + i % 2},{values[i % 5]:g},{0.5 + i % 3}\n" for i in range(240))
    files = {"a.csv": f"sex,trust,weight\n{rows}".encode()}
    indicators = {"trust": MEAN.replace("scale: [1, 5]", "scale: [-10, 1000]")}
    made = project(tmp_path / "m", files, variables=(NUMBER, SEX), indicators=indicators)
    (note,) = read_waves(load_project(made)).notes
    assert f"{said} of 'trust' counts as a number, far from all others" in note
    listed = ", ".join(f'"{each:g}"' for each in values)
    told = made / "waves" / "2026.yaml"
    told.write_text(told.read_text("utf-8").replace("number}", f"number, answers: [{listed}]}}"), "utf-8")
    assert read_waves(load_project(made)).notes == ()
