"""A monitor of which an earlier version was released."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.monitor import data_folder

FIGURE = "figures/discrimination-at-work/total.json"


def edited(path: Path, edit: Callable[[Any], None]) -> None:
    found = json.loads(path.read_text("utf-8"))
    edit(found)
    path.write_text(json.dumps(found), "utf-8")


def zipped(folder: Path) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for path in sorted(folder.rglob("*.json")):
            archive.write(path, path.relative_to(folder).as_posix())
    return held.getvalue()


def now_and_then(folder: Path, then: bytes | None = None, *, optional: bool = False) -> Path:
    """A data folder of version 1.1 after 1.0, in which one number was ten higher.

    :param then: the zip that is kept of 1.0, in the place of a right one.
    """
    data = data_folder(folder / "data", optional=optional)
    old = data_folder(folder / "old")
    edited(old / FIGURE, ten_higher)
    file = data / "releases" / "1.0.zip"
    file.parent.mkdir()
    file.write_bytes(zipped(old) if then is None else then)
    edited(data / "monitor.json", lambda found: found.update(version="1.1"))
    listed = [{"version": "1.1", "released": "2026-11-26"}, {"version": "1.0", "released": "2026-11-25"}]
    (data / "versions.json").write_text(json.dumps([listed[0], listed[1] | {"file": "releases/1.0.zip"}]))
    return data


def ten_higher(figure: dict[str, Any]) -> None:
    cell = next(each for each in figure["cells"] if each["status"] == "published")
    cell.update({name: cell[name] + 10 for name in ("estimate", "lower", "upper")})
