"""Damaged survey files: read, or refused with a message; never anything else.

SPSS files are in test_project_files.py. Compressed ones (.zsav) are left out: on some damaged files the
ReadStat library under pyreadstat 1.x ends the process, which no caller can turn into a message.
"""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from thuis.errors import ThuisError
from thuis.formats.files import columns_of, read

FRAME = pl.DataFrame(
    {"answer": [float(i % 4) for i in range(60)], "word": ["één", "twee", "drie"] * 20, "w": [0.5, 1.5] * 30}
)


def written(path: Path) -> bytes:
    match path.suffix:
        case ".dta":
            pyreadstat.write_dta(FRAME.to_pandas(), str(path))
        case ".parquet":
            FRAME.write_parquet(path)
        case _:
            FRAME.write_csv(path)
    return path.read_bytes()


def spoiled(whole: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, a piece cut out, put twice, or cut off."""
    raw = bytearray(whole)
    start, end = sorted(chance.sample(range(len(raw)), 2))
    match chance.randrange(4):
        case 0:
            for _ in range(chance.randrange(1, 12)):
                raw[chance.randrange(len(raw))] = chance.randrange(256)
        case 1:
            del raw[start : min(end, start + 40)]
        case 2:
            raw[start:start] = raw[start : min(end, start + 40)]
        case _:
            del raw[start:]
    return bytes(raw)


@pytest.mark.parametrize("kind", [".csv", ".dta", ".parquet"])
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"survey{kind}"
    whole, chance = written(path), random.Random(32824)
    refused = 0
    for _ in range(150):
        path.write_bytes(spoiled(whole, chance))
        try:
            names = list(columns_of(path))
            assert read(path, names).frame.columns == names
        except ThuisError as error:
            refused += 1
            assert all(each.what and (each.step or each.available or each.where) for each in error.problems)
    assert refused > 0
