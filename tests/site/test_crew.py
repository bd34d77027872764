"""Pages made by several processes are those of one, and a helper that dies leaves nothing out."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.monitor import INDICATORS, data_folder
from thuis import crew
from thuis.contract.folder import DataFolder, read_folder
from thuis.errors import ThuisError
from thuis.site import crew as pages_of
from thuis.site.units import units


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two processes, however few cores and units there are; the helper is stopped after."""
    crew.close()
    monkeypatch.setenv("THUIS_PROCESSES", "2")
    monkeypatch.setattr(pages_of, "FEW", 0)
    yield
    crew.close()


@pytest.fixture
def small(tmp_path: Path) -> DataFolder:
    return read_folder(data_folder(tmp_path / "data", indicators={"voted": INDICATORS["voted"]}))


def pages(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_two_processes_write_what_one_does(small: DataFolder, tmp_path: Path, two: None) -> None:
    todo = units(small)
    given = (small.folder, tmp_path / "two", tmp_path / "no", "")
    made = pages_of.make_all(todo, pages_of.maker(small, given), given)
    assert crew.helpers_running() == 1
    crew.close()
    alone = pages_of.maker(small, (small.folder, tmp_path / "one", tmp_path / "no", ""))
    assert sorted(made, key=lambda each: each.unit) == [alone.make(each) for each in sorted(todo)]
    assert pages(tmp_path / "one") == pages(tmp_path / "two")


def test_a_helper_that_died_leaves_nothing_out(small: DataFolder, tmp_path: Path, two: None) -> None:
    crew.call()
    for each in crew.helpers():
        each.kill()
        each.wait()
    given = (small.folder, tmp_path / "two", tmp_path / "no", "")
    made = pages_of.make_all(units(small), pages_of.maker(small, given), given)
    assert {each.unit for each in made} == set(units(small))
    assert crew.helpers_running() == 0


def test_work_that_is_begun_is_there_for_who_waits(tmp_path: Path, two: None) -> None:
    def here(piece: str) -> str:
        return f"here {piece}"

    job = crew.Job("operator", "methodcaller", ("upper",))
    assert crew.begin("a", here, job)() == "here a", "none stood ready"
    crew.call()
    assert crew.begin("a", here, job)() == "A"
    assert crew.begin("a", here, crew.Job("operator", "nothing", ()))() == "here a", "the helper died of it"
    assert crew.helpers_running() == 0


def test_what_a_helper_refuses_is_told(small: DataFolder, tmp_path: Path, two: None) -> None:
    path = small.folder / "indicators" / "voted.json"
    path.write_text(path.read_text("utf-8").replace('"en":', '"fy":'), "utf-8")
    spoilt = read_folder(small.folder)
    with pytest.raises(ThuisError, match="no 'en'"):
        given = (small.folder, tmp_path / "two", tmp_path / "no", "")
        pages_of.make_all(units(spoilt), pages_of.maker(spoilt, given), given)


def test_work_that_is_left_is_left_by_all(small: DataFolder, tmp_path: Path, two: None) -> None:
    """What ends a build between two pages leaves a helper that can be given other work at once."""
    given = (small.folder, tmp_path / "left", tmp_path / "no", "")
    asked: list[object] = []

    def turn(made: object) -> None:
        asked.append(made)
        if len(asked) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        pages_of.make_all(units(small), pages_of.maker(small, given), given, turn)
    assert len(asked) == 2
    again = (small.folder, tmp_path / "again", tmp_path / "no", "")
    made = pages_of.make_all(units(small), pages_of.maker(small, again), again)
    assert [each.unit for each in made] == sorted(units(small))
    assert crew.helpers_running() == 1


def test_other_work_is_done_here_while_the_processes_beside_begin(tmp_path: Path, two: None) -> None:
    crew.call()
    rooms = [tmp_path / each for each in "abc"]
    here: list[Path] = []

    def first() -> None:
        """Lasts until the process beside made all."""
        until = time.monotonic() + 60
        while not all(each.is_dir() for each in rooms) and time.monotonic() < until:
            time.sleep(0.01)

    found = crew.share(rooms, here.append, crew.Job("functools", "partial", (os.mkdir,)), few=0, first=first)
    assert found == dict.fromkeys(rooms)
    assert here == []


def test_other_work_is_done_once_where_nothing_is_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUIS_PROCESSES", "1")
    crew.close()
    told: list[str] = []
    job = crew.Job("operator", "methodcaller", ("upper",))
    crew.share(["a", "b"], told.append, job, few=0, first=lambda: told.append("first"))
    assert told == ["first", "a", "b"]
