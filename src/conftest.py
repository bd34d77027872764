"""Doctests of the live service need Django to be ready before its modules are read."""

from __future__ import annotations

import importlib
from pathlib import Path

LIVE = Path(__file__).parent / "thuis" / "live"


def pytest_collect_file(file_path: Path) -> None:
    """Make Django ready when the first module of the service is collected."""
    if file_path.is_relative_to(LIVE):
        importlib.import_module("support.live").home()
