"""The tests of the service once more, on PostgreSQL, in a process of their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.postgres import postgres

HERE = Path(__file__).parent
CORE = ("test_frame.py", "test_initiatives.py")
SETTINGS = ("PYTEST_", "THUIS_LIVE")


def test_the_same_tests_hold_on_postgresql() -> None:
    if os.environ.get("THUIS_TEST_DATABASE"):
        pytest.skip("this is that process")
    url = postgres().create("same")
    around = {key: value for key, value in os.environ.items() if not key.startswith(SETTINGS)}
    files = [str(HERE / each) for each in CORE]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "--tb=short", *files],
        env=around | {"THUIS_TEST_DATABASE": url},
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) > 30
