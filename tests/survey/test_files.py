"""``Sample.from_file``: every kind of file, and one clear error for what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyreadstat
import pytest

import thuis
from thuis.errors import ThuisError
from thuis.survey import Sample

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
    (tmp_path / "rows.xlsx").write_bytes(b"PK")
    with pytest.raises(ThuisError, match="unknown file type"):
        Sample.from_file(tmp_path / "rows.xlsx", weight="w")
