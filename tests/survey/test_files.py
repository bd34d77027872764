"""``Sample.from_file``: every kind of file, and one clear error for what is wrong with it."""

from __future__ import annotations

import contextlib
import random
import warnings
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

import thuis
from thuis.errors import Remark, ThuisError
from thuis.survey import Sample
from thuis.survey.core.engine import stored

ROWS = pl.DataFrame(
    {"y": [1.0, 2.0, 4.0, None], "w": [1.0, 2.0, 1.0, 1.0], "code": ["0363", "0344", "0363", "0344"]}
)


def written(folder: Path, kind: str) -> Path:
    path = folder / f"rows.{kind}"
    match kind:
        case "csv":
            ROWS.write_csv(path)
        case "parquet":
            ROWS.write_parquet(path)
        case "sav":
            pyreadstat.write_sav(ROWS.to_pandas(), str(path))
        case "dta":
            pyreadstat.write_dta(ROWS.to_pandas(), str(path))
    return path


@pytest.mark.parametrize("kind", ["csv", "parquet", "sav", "dta"])
def test_every_kind_gives_the_same(tmp_path: Path, kind: str) -> None:
    found = Sample.from_file(written(tmp_path, kind), weight="w").mean("y", by="code").frame
    assert found["code"].to_list() == ["0344", "0363"]
    assert found["estimate"].to_list() == [2.0, 2.5]
    assert found["n"].to_list() == [1, 2]


@pytest.mark.parametrize("kind", ["parquet", "sav", "dta"])
@pytest.mark.parametrize("damage", ["cut", "text", "empty"])
def test_a_damaged_file_is_one_clear_error(tmp_path: Path, kind: str, damage: str) -> None:
    path = written(tmp_path, kind)
    whole = path.read_bytes()
    path.write_bytes({"cut": whole[: len(whole) // 2], "text": b"no data at all " * 9, "empty": b""}[damage])
    with pytest.raises(thuis.ThuisError) as error:
        Sample.from_file(path, weight="w")
    assert path.name in str(error.value)
    assert error.value.problems[0].step


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize("seed", [None, *range(30)])
def test_rows_of_parquet_that_cannot_be_read_are_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int | None, small: bool
) -> None:
    """The columns may still be told, at the end of the file; whatever is hit, no library speaks."""
    if not small:
        monkeypatch.setattr(stored, "SMALL", 0)
    rows = pl.DataFrame({"y": [1.0, 2, 3, 4] * 30, "w": [1.0] * 120, "g": ["a", "b"] * 60})
    path, chance = tmp_path / "rows.parquet", random.Random(seed)
    rows.write_parquet(path)
    content = bytearray(path.read_bytes())
    at, size = (4, 60) if seed is None else (chance.randrange(len(content)), chance.randrange(1, 40))
    content[at : at + size] = bytes(size) if seed is None or seed % 2 else b""
    path.write_bytes(content)
    told = (
        contextlib.suppress(ThuisError)
        if seed is not None
        else pytest.raises(ThuisError, match=r"rows\.parquet")
    )
    with told, warnings.catch_warnings():
        warnings.simplefilter("ignore", Remark)
        Sample.from_file(path, weight="w").mean("y", by="g")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"y,w\n1,1\n2\n", "fields"),
        (b"y,y\n1,1\n", "twice"),
        (b"", "is empty"),
        (b"y,w\n\xff\xfe\x00,1\n", "rows.csv"),
    ],
)
def test_a_faulty_csv_file(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    with pytest.raises(ThuisError, match=message):
        Sample.from_file(path, weight="w")


def test_a_file_that_is_not_there_or_of_another_kind(tmp_path: Path) -> None:
    written(tmp_path, "csv")
    with pytest.raises(ThuisError, match="no file") as error:
        Sample.from_file(tmp_path / "row.csv", weight="w")
    assert error.value.problems[0].available == ("rows.csv",)
    (tmp_path / "rows.rds").write_bytes(b"RDX3")
    with pytest.raises(ThuisError, match="unknown file type"):
        Sample.from_file(tmp_path / "rows.rds", weight="w")


def european(folder: Path, encoding: str = "cp1252", mark: str = ";") -> Path:
    rows = ["y;w;naam", "1,5;0,85;één", "2;1,15;twee", "4,25;1;é"]
    path = folder / "a.csv"
    path.write_bytes("\n".join(rows).replace(";", mark).encode(encoding))
    return path


@pytest.mark.parametrize(("encoding", "mark"), [("cp1252", ";"), ("utf-8", "|"), ("utf-16", "\t")])
def test_a_csv_of_another_country(tmp_path: Path, encoding: str, mark: str) -> None:
    path = european(tmp_path, encoding, mark)
    sample = Sample.from_file(path, weight="w", encoding=encoding, delimiter=mark, decimal=",")
    assert sample.mean("y").frame["estimate"].item() == pytest.approx((1.5 * 0.85 + 2 * 1.15 + 4.25) / 3)


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ({}, "say encoding='cp1252'"),
        ({"encoding": "cp1252"}, "say delimiter=';'"),
        ({"encoding": "cp1252", "delimiter": ";"}, "from_file(…, decimal=',')"),
    ],
)
def test_what_to_say_of_a_csv_is_said_in_the_words_of_the_library(
    tmp_path: Path, said: dict[str, str], step: str
) -> None:
    with pytest.raises(ThuisError) as error:
        Sample.from_file(european(tmp_path), weight="w", **said)
    assert step in str(error.value)
    assert "wave" not in str(error.value)


def test_groups_of_three_are_no_raw_message(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('y,w\n1,"1,000"\n2,"3,000"\n', "utf-8")
    with pytest.raises(ThuisError, match="'w' is text that is no number in 2 rows: '1,000'"):
        Sample.from_file(tmp_path / "a.csv", weight="w")
    told = Sample.from_file(tmp_path / "a.csv", weight="w", thousands=",")
    assert told.mean("y").frame["estimate"].item() == pytest.approx(1.75)


def test_tagged_answers_of_stata_are_left_out_with_those_that_labels_call_none(tmp_path: Path) -> None:
    rows = pl.DataFrame({"y": [1, 2, 8, 9], "w": [1.0, 2.0, 1.0, 1.0]}).to_pandas()
    rows["y"] = rows["y"].astype(object)
    rows.loc[3, "y"] = "a"
    labels = {"y": {1: "ja", 2: "nee", 8: "weet niet", "a": "weigert"}}
    pyreadstat.write_dta(
        rows, str(tmp_path / "a.dta"), variable_value_labels=labels, missing_user_values={"y": ["a"]}
    )
    found = Sample.from_file(tmp_path / "a.dta", weight="w", missing="labels").mean("y").frame
    assert (found["estimate"].item(), found["n"].item()) == (pytest.approx(5 / 3), 2)
