"""What explanations are made of: the published numbers, and lines beside the values they tell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from thuis.errors import Place, ThuisError


class Explained(NamedTuple):
    """Where one number comes from: lines for a person, and the same as plain values."""

    lines: tuple[str, ...]
    values: Mapping[str, Any]


Traced = tuple[tuple[str, ...], tuple[Explained, ...]]
"""Lines for the whole, and each part of it explained."""


def published(folder: Path, name: str) -> dict[str, Any]:
    """A file of the data folder that was built of a project.

    :raises ThuisError: when nothing was built yet.
    """
    path = folder / "public" / "data" / name
    if not path.exists():
        raise ThuisError("nothing was built yet", Place(str(path)), step=f"thuis build {folder}")
    return dict(json.loads(path.read_text("utf-8")))
