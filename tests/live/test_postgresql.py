"""The tests of the service once more, on PostgreSQL, in a process of their own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.again import passed_again
from support.postgres import postgres

HERE = Path(__file__).parent
CORE = ("test_frame.py", "test_initiatives.py", "test_roles.py")
SETTINGS = ("PYTEST_", "THUIS_LIVE")


def test_the_same_tests_hold_on_postgresql() -> None:
    if os.environ.get("THUIS_TEST_DATABASE"):
        pytest.skip("this is that process")
    url = postgres().create("same")
    files = [HERE / each for each in CORE]
    assert passed_again(files, without=SETTINGS, THUIS_TEST_DATABASE=url) > 30
