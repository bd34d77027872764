"""Whatever stands in a project or survey file: it is read, or refused with a ``ThuisError``."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from thuis.errors import ThuisError
from thuis.formats import columns_of
from thuis.formats.files import read
from thuis.project import load_project
from thuis.read import read_waves

MUTATIONS = int(os.environ.get("THUIS_FUZZ", "0"))
SECONDS = float(os.environ.get("THUIS_FUZZ_SECONDS", "60"))
FILES = ("thuis.yaml", "waves/2020.yaml", "breakdowns/sex.yaml", "indicators/trust.yaml", "data/example.csv")
PIECES = ("'", '"', "{", "}", "[", "]", ":", ": ", "- ", "\n", "\t", "&a", "*a", "!!int ", "null", "0363")
PIECES += ("\x00", "é", "\ud7ff", "1e999", ".nan", "~", "no", "|", ">", "#", "%YAML 9.9", "---\n", "\u2028")


def mutated(data: bytes, dice: random.Random) -> bytes:
    """One to four edits: a piece put in, a stretch left out, a byte flipped, two lines exchanged."""
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(4):
            case 0:
                data = data[:at] + dice.choice(PIECES).encode("utf-8", "surrogatepass") + data[at:]
            case 1:
                data = data[:at] + data[at + dice.randrange(1, 40) :]
            case 2 if data:
                at = min(at, len(data) - 1)
                data = data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
            case _:
                lines = data.split(b"\n")
                i, j = dice.randrange(len(lines)), dice.randrange(len(lines))
                lines[i], lines[j] = lines[j], lines[i]
                data = b"\n".join(lines)
    return data


@pytest.mark.parametrize("name", FILES)
def test_mutations_are_read_or_refused(project: Path, name: str) -> None:
    dice = random.Random(name)
    path = project / name
    whole = path.read_bytes()
    refused, begun = 0, time.monotonic()
    for _ in range(MUTATIONS or 60):
        if time.monotonic() - begun > SECONDS:
            break
        path.write_bytes(mutated(whole, dice))
        try:
            loaded = load_project(project)
            if name.startswith(("waves", "data")):
                read_waves(loaded)
        except ThuisError as error:
            refused += 1
            assert error.problems
            assert all(each.what.strip() for each in error.problems)
    assert refused > 5


@pytest.mark.parametrize("name", ["sim2006.sav", "sim2020.sav"])
def test_mutated_sav(tmp_path: Path, root: Path, name: str) -> None:
    """Damaged files of SPSS: read as they are, or refused with the name of the file."""
    dice = random.Random(name)
    whole = (root / "examples" / "nederland" / "data" / name).read_bytes()
    path = tmp_path / name
    refused, begun = 0, time.monotonic()
    for _ in range(MUTATIONS or 25):
        if time.monotonic() - begun > SECONDS:
            break
        data = bytearray(whole[: dice.randrange(len(whole) // 2, len(whole) + 1)])
        for _ in range(dice.randint(0, 10)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(bytes(data))
        try:
            raw = read(path, list(columns_of(path)))
        except ThuisError as error:
            refused += 1
            assert error.problems[0].where
            assert error.problems[0].where.file == name
        else:
            assert raw.frame.height
    assert refused > 5
