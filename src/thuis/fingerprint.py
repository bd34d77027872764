"""What a kept result depends on beside its input: the code that made it, and what that code stands on."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path


@cache
def code() -> str:
    """A digest of every file of thuis, of this Python and of the versions of all that is installed with it;
    of the texts of further languages too, which ``THUIS_LANGUAGES`` names.

    >>> len(code()), code() == code()
    (64, True)
    """
    found = sha256(sys.version.encode())
    languages = os.environ.get("THUIS_LANGUAGES")
    for here in (Path(__file__).parent, *([Path(languages)] if languages else [])):
        for path in sorted(here.rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                found.update(f"\n{path.relative_to(here).as_posix()}\n".encode() + path.read_bytes())
    for folder in sorted({Path(each) for each in sys.path if each.endswith("-packages")}):
        names = sorted(each.name for each in folder.glob("*.dist-info"))
        found.update("\n".join(names).encode())
    return found.hexdigest()


_KNOWN: dict[tuple[int, int, int, int], str] = {}
_MOST = 100_000
"""Files that are known: a preview meets thousands of new ones after a change, all day."""


def of_standing(path: str) -> str:
    """As :func:`of_file`, but a file is read once as long as its place on the disk, size and time of change
    (in ns) stay the same. For a preview, behind which a build follows that reads it."""
    try:
        at = Path(path).stat()
    except OSError:
        return ""
    key = (at.st_dev, at.st_ino, at.st_size, at.st_mtime_ns)
    if key not in _KNOWN:
        if len(_KNOWN) >= _MOST:
            _KNOWN.clear()
        _KNOWN[key] = of_file(path)
    return _KNOWN[key]


def of_file(path: Path | str) -> str:
    """The SHA-256 of a file; a file that is not there has none."""
    try:
        return sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""
