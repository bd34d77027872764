"""Damaged survey files: read, or refused with a message; never anything else.

On some damaged files the library under pyreadstat ends its process: that process is not ours, and the file is
refused. ``THUIS_FUZZ`` sets the number of mutations of each kind of file, ``THUIS_FUZZ_SECONDS`` the time.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from thuis.errors import ThuisError
from thuis.formats.files import columns_of, read

MUTATIONS = int(os.environ.get("THUIS_FUZZ", "60"))
SECONDS = float(os.environ.get("THUIS_FUZZ_SECONDS", "3"))
FRAME = pl.DataFrame(
    {"answer": [float(i % 4) for i in range(60)], "word": ["één", "twee", "drie"] * 20, "w": [0.5, 1.5] * 30}
)


def written(path: Path) -> bytes:
    match path.suffix:
        case ".dta":
            pyreadstat.write_dta(FRAME.to_pandas(), str(path))
        case ".por":
            plain = FRAME.with_columns(pl.col("word").str.replace("één", "een"))  # it holds ASCII alone
            pyreadstat.write_por(plain.to_pandas(), str(path))
        case ".sav" | ".zsav":
            pyreadstat.write_sav(
                FRAME.to_pandas(),
                str(path),
                compress=path.suffix == ".zsav",
                variable_value_labels={"answer": {0.0: "nee", 1.0: "ja"}},
                missing_ranges={"answer": [{"lo": 3.0, "hi": 3.0}]},
            )
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


@pytest.mark.parametrize("kind", [".csv", ".dta", ".parquet", ".por", ".sav", ".zsav"])
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"survey{kind}"
    whole, chance = written(path), random.Random(32824)
    refused, begun = 0, time.monotonic()
    for _ in range(MUTATIONS):
        if time.monotonic() - begun > SECONDS:
            break
        path.write_bytes(spoiled(whole, chance))
        try:
            names = list(columns_of(path))
            assert read(path, names).frame.columns == names
        except ThuisError as error:
            refused += 1
            assert all(each.what and (each.step or each.available or each.where) for each in error.problems)
    assert refused > 0
