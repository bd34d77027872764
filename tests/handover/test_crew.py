"""Workbooks are the same whoever makes them, and all are there when a process beside ends early."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support.monitor import data_folder
from thuis.handover import crew as module
from thuis.handover.write import write_beside


def made(folder: Path) -> dict[str, bytes]:
    write_beside(folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.xlsx")}


def test_a_process_beside_makes_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = made(data_folder(tmp_path / "alone"))
    started: list[str] = []

    def start(folder: Path, language: str, names: Any) -> Any:
        started.append(language)
        return begin(folder, language, names)

    begin = module.start
    monkeypatch.setattr(module, "FEW", 1)
    monkeypatch.setattr(module, "start", start)
    monkeypatch.setenv("THUIS_PROCESSES", "2")
    assert made(data_folder(tmp_path / "beside")) == alone
    assert started == ["en"]


def test_what_it_did_not_make_is_made_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = made(data_folder(tmp_path / "alone"))
    monkeypatch.setattr(module, "FEW", 1)
    monkeypatch.setenv("THUIS_PROCESSES", "2")
    monkeypatch.setattr(
        module, "start", lambda *_: subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    )
    assert made(data_folder(tmp_path / "died")) == alone
