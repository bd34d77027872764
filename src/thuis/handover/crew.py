"""Workbooks of a language made in a process beside this one: a language has hundreds, and shares no work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

FEW = 40
"""With fewer workbooks another process costs more than it makes."""


def start(folder: Path, language: str, names: Sequence[str]) -> subprocess.Popen[bytes]:
    """Begin to make workbooks of a data folder. What the process did not write when it ends is not there."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", "from thuis.handover.crew import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    assert process.stdin
    with process.stdin as pipe:
        pipe.write(json.dumps([str(folder), language, list(names)]).encode())
    return process


def serve() -> None:
    """Make what standard input asks for."""
    from thuis.contract.folder import read_folder
    from thuis.handover.speech import speech
    from thuis.handover.write import workbooks

    folder, language, names = json.load(sys.stdin)
    wanted = set(names)
    for name, _, make in workbooks(speech(read_folder(Path(folder)), language)):
        if name in wanted:
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = path.with_name(f".{path.name}")
            aside.write_bytes(make())
            aside.replace(path)
