"""Templates as Python compiled them, kept where Python keeps what it compiled: beside their source.

Compiling the templates takes as long as filling a thousand pages. What is kept bears the digest of the whole
program in its name, so that another filter or another version of a library never meets old code; a folder
that may not be written, or a Python that is told to write nothing, compiles each time.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from thuis.fingerprint import code


class Compiled(FileSystemBytecodeCache):
    """The compiled templates of this program; those of another one are removed."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled(templates: Path) -> Compiled | None:
    """Where the templates in a folder are kept, or None when nothing may be written there."""
    folder = templates / "__pycache__"
    if sys.dont_write_bytecode or sys.pycache_prefix:
        return None
    pattern = f"{code()[:16]}-%s.pyc"
    try:
        folder.mkdir(exist_ok=True)
        for each in folder.glob("*.pyc"):
            if not each.name.startswith(pattern[:16]):
                each.unlink(missing_ok=True)
    except OSError:
        return None
    return Compiled(str(folder), pattern)
