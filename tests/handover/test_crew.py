"""Workbooks are the same whoever makes them, and all are there when a process beside ends early."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.monitor import data_folder
from thuis import crew
from thuis.handover import crew as module
from thuis.handover.write import write_beside


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two processes, however few cores and workbooks there are; the helper is stopped after."""
    crew.close()
    monkeypatch.setenv("THUIS_PROCESSES", "2")
    monkeypatch.setattr(module, "FEW", 0)
    yield
    crew.close()


def made(folder: Path) -> dict[str, bytes]:
    write_beside(folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.xlsx")}


def test_a_process_beside_makes_the_same(tmp_path: Path, two: None, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = made(data_folder(tmp_path / "beside"))
    assert crew.helpers_running() == 1
    monkeypatch.setenv("THUIS_PROCESSES", "1")
    crew.close()
    assert made(data_folder(tmp_path / "alone")) == beside


def test_all_of_them_can_be_made_beside(tmp_path: Path) -> None:
    alone = made(folder := data_folder(tmp_path / "data"))
    make = module.workbooks_of(folder)
    for name in alone:
        (folder / name).unlink()
        assert make(name) == name
        assert (folder / name).read_bytes() == alone[name]


def test_what_it_did_not_make_is_made_here(tmp_path: Path, two: None) -> None:
    crew.call()
    for each in crew.helpers():
        each.kill()
        each.wait()
    died = made(data_folder(tmp_path / "died"))
    assert crew.helpers_running() == 0
    assert died == made(data_folder(tmp_path / "alone"))


def test_what_ends_a_build_ends_it_between_two_workbooks(tmp_path: Path, two: None) -> None:
    """A preview whose file changed again does not wait for workbooks; who makes them can be used again."""
    asked: list[int] = []

    def meanwhile() -> None:
        asked.append(1)
        raise InterruptedError

    folder = data_folder(tmp_path / "left")
    with pytest.raises(InterruptedError):
        write_beside(folder, meanwhile=meanwhile)
    assert len(asked) == 1
    assert not (folder / "index.json").exists()
    assert made(folder) == made(data_folder(tmp_path / "whole"))
    assert crew.helpers_running() == 1
