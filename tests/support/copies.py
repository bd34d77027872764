"""The command, or a script beside this one, in a process of its own; and what is in a copy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any


def thuis(*words: str, database: str | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own, on SQLite or on another database."""
    around = {key: value for key, value in os.environ.items() if not key.startswith("THUIS_LIVE")}
    more = ["--database", database] if database else []
    done = subprocess.run(
        [sys.executable, "-m", "thuis", "live", *words, *more],
        env=around, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


def seen_by(script: str, *words: str) -> dict[str, Any]:
    """What a script of this folder saw, in a process of its own."""
    here = Path(__file__).parent
    around = os.environ | {"PYTHONPATH": os.pathsep.join([str(here.parent), *sys.path])}
    around.pop("THUIS_LIVE_DATABASE", None)
    command = [sys.executable, str(here / script), *words]
    done = subprocess.run(command, env=around, capture_output=True, text=True, timeout=600, check=False)
    assert not done.returncode, done.stderr
    return dict(json.loads(done.stdout))


def rows_of(file: Path) -> dict[str, list[Any]]:
    """Every row of a copy by table; PostgreSQL keeps the keys of JSON in an order of its own."""
    with zipfile.ZipFile(file) as archive:
        return {
            name: [json.loads(row) for row in archive.read(name).splitlines()]
            for name in archive.namelist()
            if name.startswith("tables/")
        }
