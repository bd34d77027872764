"""The example's initiatives, grants and what works, with three municipalities: one merged, one named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from thuis.contract.act import Naming
from thuis.directory.folder import files
from thuis.directory.load import load

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "nederland"
DAY = date(2026, 6, 1)
TOWNS = ("GM0518", "GM0344", "GM1992")


@cache
def made() -> dict[str, bytes]:
    """The files by their path in the data folder."""
    naming = Naming(
        kind="letter", id="kst-99999-1", block="b1", text="Den Haag doet mee.", language="nl", code="GM0518"
    )
    read = load(EXAMPLE, DAY)
    first = read.records[0].model_copy(update={"themes": ("trust",)})
    found = files(replace(read, records=(first, *read.records[1:])), DAY, {"GM0518": (naming,)})
    towns = json.loads(found["municipalities.json"])
    towns["municipalities"] = [each for each in towns["municipalities"] if each["code"] in TOWNS]
    return found | {"municipalities.json": json.dumps(towns).encode()}


def act(folder: Path) -> None:
    """Write them into a data folder."""
    for name, data in made().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
