"""What the processes of one run of tests make once and read together."""

from __future__ import annotations

import os
from collections.abc import Callable
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first who asks for it makes, while others wait; nobody may change it afterwards.

    A maker that fails leaves nothing behind that others take for whole.
    """
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    folder.mkdir(exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        flock(handle, LOCK_EX)
        if not (folder / "whole").exists():
            made = factory.mktemp(name)
            make(made)
            made.rename(folder / "made")
            (folder / "whole").touch()
    finally:
        os.close(handle)
    return folder / "made"
