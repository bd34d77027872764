"""A copy as a file: held against its own digests; the folder's part put back. No database needed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

from thuis.errors import Place, ThuisError

FORM = 1
MANIFEST = "manifest.json"


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    found = hashlib.sha256()
    with archive.open(name) as file:
        while part := file.read(1 << 16):
            found.update(part)
    return found.hexdigest()


def read(source: Path) -> dict[str, Any]:
    """What a copy holds, after every part of it was held against its digest.

    :raises ThuisError: when it is no copy, or a part is missing or changed.
    """
    where = Place(str(source))
    try:
        with zipfile.ZipFile(source) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            names = set(archive.namelist()) - {MANIFEST}
            wrong = sorted(names ^ set(manifest["sha256"]))
            for name in names & set(manifest["sha256"]):
                if _digest(archive, name) != manifest["sha256"][name]:
                    wrong.append(name)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        step = "take another copy"
        raise ThuisError(f"this is no copy of a live service: {error}", where, step=step) from error
    if wrong:
        raise ThuisError(f"damaged: {', '.join(wrong)}", where, step="take another copy")
    if manifest.get("form") != FORM:
        step = "restore it with the version of thuis that made it, or a newer one"
        raise ThuisError(f"a copy of form {manifest.get('form')}", where, f"form {FORM}", step=step)
    return manifest


def restore_files(source: Path, folder: Path) -> list[str]:
    """Put the folder's own files back, before the database; those that are there stay.

    :returns: the names of what was written.
    """
    read(source)
    made = []
    with zipfile.ZipFile(source) as archive:
        for name in sorted(archive.namelist()):
            inner = name.removeprefix("folder/")
            path = folder / inner
            if inner == name or path.exists() or not path.resolve().is_relative_to(folder.resolve()):
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(
                path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if inner == "secret.key" else 0o644
            )
            with archive.open(name) as data, os.fdopen(handle, "wb") as file:
                shutil.copyfileobj(data, file)
            made.append(inner)
    return made
