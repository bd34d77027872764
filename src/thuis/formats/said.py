"""What a file of SPSS or Stata says of its own design: the weight it was saved with, and what svyset told."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

_STATA = {
    "_svy_wvar": "weight",
    "_svy_wexp": "weight",
    "pweight": "weight",
    "_svy_strata1": "strata",
    "strata": "strata",
    "_svy_su1": "psu",
    "psu": "psu",
}
"""Characteristics of a data set that ``svyset`` leaves, of today and of before Stata 9."""
_BLOCK = {113: (12, 33), 114: (49, 33), 115: (49, 33)}
"""Bytes of a format and of a name, in files of before Stata 13."""
_NAMES = {117: 33, 118: 129, 119: 129}
_MOST = 1 << 20
"""Bytes of characteristics that are looked at."""


def design_of(path: Path, names: Sequence[str], numeric: Sequence[str]) -> dict[str, str]:
    """Columns by their role, as far as the file says so; nothing when it is written otherwise.

    :param names: the columns of the file; ``numeric`` those of numbers, in its order.
    """
    try:
        with path.open("rb") as file:
            data = file.read(4)
        if data in (b"$FL2", b"$FL3"):
            at = _weighted_by(path)
            return {numeric[at]: "weight"} if at is not None and at < len(numeric) else {}
        if path.suffix.lower() == ".dta":
            said = {role: name for name, role in _svyset(path) if name in names}
            return {name: role for role, name in said.items()}
    except (struct.error, OSError, ValueError, IndexError):
        pass
    return {}


def _weighted_by(path: Path) -> int | None:
    """Which of the columns of numbers the header of an SPSS file names as its weight."""
    with path.open("rb") as file:
        head = file.read(176)
        order = "<" if struct.unpack("<i", head[64:68])[0] in (2, 3) else ">"
        (index,) = struct.unpack(f"{order}i", head[76:80])
        at, kind = -1, 0
        for _ in range(max(index, 0)):
            record, kind, label, missing = struct.unpack(f"{order}4i", file.read(32)[:16])
            if record != 2:
                return None
            if label:
                (length,) = struct.unpack(f"{order}i", file.read(4))
                file.read((length + 3) // 4 * 4)
            file.read(8 * abs(missing))
            at += kind == 0
    return at if index > 0 and kind == 0 else None


def _svyset(path: Path) -> list[tuple[str, str]]:
    """Columns and roles that the characteristics of a Stata file name."""
    with path.open("rb") as file:
        head = file.read(2048)
        told = _today(file, head) if head.startswith(b"<stata_dta>") else _before(file, head)
    return [
        (name.removeprefix("=").strip(), _STATA[key])
        for key, name in told.items()
        if key in _STATA and re.fullmatch(r"=?\s*\w+", name)
    ]


def _today(file: BinaryIO, head: bytes) -> dict[str, str]:
    """The characteristics of a data set since Stata 13: a map says where they stand."""
    width = _NAMES[int(head[head.index(b"<release>") + 9 :][:3])]
    order = "<" if b"LSF" in head[:120] else ">"
    at = head.index(b"<map>") + 5
    places = struct.unpack(f"{order}14Q", head[at : at + 112])
    file.seek(places[8])
    data = file.read(min(_MOST, places[9] - places[8]))
    return _told((part[4:] for part in data.split(b"<ch>")[1:]), width)


def _before(file: BinaryIO, head: bytes) -> dict[str, str]:
    """Those of Stata 8 to 12: they stand between the labels of columns and the rows."""
    form, name = _BLOCK[head[0]]
    order = ">" if head[1] == 1 else "<"
    (columns,) = struct.unpack(f"{order}H", head[4:6])
    file.seek(109 + columns * (1 + 33 + form + name + 81) + 2 * (columns + 1))
    parts: list[bytes] = []
    kind = 1
    while kind and len(parts) < _MOST // 100:
        kind, length = struct.unpack(f"{order}bi", file.read(5))
        parts.append(file.read(min(max(length, 0), _MOST)))
    return _told(parts, 33)


def _told(parts: Iterable[bytes], width: int) -> dict[str, str]:
    """What is said of the data set: a name it is about, a key and a text, all ended by NUL."""
    texts = ([each[:width], each[width : 2 * width], each[2 * width :]] for each in parts)
    said = ([one.split(b"\0")[0].decode("utf-8", "replace") for one in each] for each in texts)
    return {key: text for about, key, text in said if about == "_dta"}
