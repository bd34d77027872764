"""Who was erased, so that an older copy brings nobody back: a file beside the database, of digests alone.

A digest is of what a row was called and when it was made. It names nobody: an address is not in it, and
another person who gets the same number later has another moment.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from thuis.errors import Place, ThuisError

NAME = "erased.log"


def remember(row: Any, *, asked: bool) -> None:
    """Note that a row is erased, before it is: whoever was noted and is there all the same is erased again.

    :param asked: by the person, and not because its days had passed.
    """
    line = f"{timezone.now():%Y-%m-%d} {'asked' if asked else 'due'} {digest(row)}\n"
    handle = os.open(settings.HOME / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def digest(row: Any) -> str:
    """What a row is known by: of its kind, its number and its moment."""
    made = getattr(row, "date_joined", None) or row.made_at
    told = f"{row._meta.model_name} {row.pk} {made.astimezone(UTC).isoformat()}"
    return hashlib.sha256(told.encode()).hexdigest()


def noted(paths: Iterable[Path]) -> dict[str, bool]:
    """The digests of some files, and whether the person asked.

    :raises ThuisError: for a line that is none of such a file.
    """
    found: dict[str, bool] = {}
    for path in paths:
        try:
            lines = path.read_text("ascii").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ThuisError(f"this cannot be read: {error}", Place(str(path))) from error
        for number, line in enumerate(lines, 1):
            day, why, of = (*line.split(" "), "", "", "")[:3]
            if len(day) != 10 or why not in ("asked", "due") or len(of) != 64:
                step = f"name the {NAME} of the folder that ran"
                raise ThuisError(
                    "this is no line of who was erased", Place(str(path), line=number), step=step
                )
            found[of] = found.get(of, False) or why == "asked"
    return found
