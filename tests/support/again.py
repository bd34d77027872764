"""Tests run again in a process of their own, with other settings of the environment."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]


def passed_again(files: Iterable[Path], *, without: tuple[str, ...], **settings: str) -> int:
    """How many tests of some files pass; none may fail.

    :param without: settings that begin like this are not handed on.
    """
    around = {name: value for name, value in os.environ.items() if not name.startswith(without)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "--tb=short", *map(str, files)],
        env=around | settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    return int(passed[1])
