"""What follows from files is read once for all who ask, and a new version never keeps anybody waiting."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from thuis.errors import ThuisError
from thuis.live.kept import Kept


class Reader:
    """Reads a number, as slowly as a test lets it."""

    def __init__(self) -> None:
        self.go, self.times = threading.Event(), 0
        self.go.set()

    def __call__(self, path: Path) -> int:
        self.times += 1
        assert self.go.wait(20)
        text = path.read_text("ascii")
        if not text.isdigit():
            raise ThuisError(f"{text!r} is no number")
        return int(text)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "number").write_text("1", "ascii")
    return tmp_path / "number"


def write(path: Path, text: str) -> None:
    """Another file in its place, as an exchanged folder has it."""
    (path.parent / "next").write_text(text, "ascii")
    (path.parent / "next").replace(path)


def test_many_ask_and_it_is_read_once(path: Path) -> None:
    reader = Reader()
    kept = Kept(reader)
    reader.go.clear()
    with ThreadPoolExecutor(8) as crew:
        asked = [crew.submit(kept, path) for _ in range(8)]
        reader.go.set()
        assert [each.result(20) for each in asked] == [1] * 8
    assert kept(path) == 1
    assert reader.times == 1


def test_a_slow_new_version_is_answered_from_the_one_before(path: Path) -> None:
    reader = Reader()
    kept = Kept(reader)
    assert kept(path) == 1
    reader.go.clear()
    write(path, "2")
    assert kept(path, 0.01) == 1
    assert kept(path, 0.01) == 1
    reader.go.set()
    assert kept(path, None) == 2
    assert reader.times == 2


def test_a_quick_new_version_is_seen_at_once(path: Path) -> None:
    kept = Kept(Reader())
    assert kept(path) == 1
    write(path, "2")
    assert kept(path, 20) == 2


def test_a_broken_version_is_told_to_who_waits_for_it_and_served_to_nobody(path: Path) -> None:
    kept = Kept(Reader())
    write(path, "one")
    with pytest.raises(ThuisError, match="'one' is no number"):
        kept(path)
    write(path, "1")
    assert kept(path) == 1
    write(path, "two")
    assert kept(path) == 1
    with pytest.raises(ThuisError, match="'two' is no number"):
        kept(path, None)
    path.unlink()
    assert kept(path) == 1
    write(path, "2")
    assert kept(path, 20) == 2


def test_another_folder_is_never_answered_from_this_one(path: Path, tmp_path: Path) -> None:
    (tmp_path / "other").write_text("3", "ascii")
    kept = Kept(Reader())
    assert kept(path) == 1
    assert kept(tmp_path / "other", 0) == 3


def test_a_folder_that_is_exchanged_while_it_is_read_is_never_mixed(tmp_path: Path) -> None:
    """Two builds in turn in the place of one another, by the exchange that publishes: one or the other."""
    from thuis.exchange import replace_folder

    def build(number: int) -> None:
        def fill(stage: Path) -> None:
            for name in ("one", "two", "three"):
                (stage / name).write_text(str(number), "ascii")

        replace_folder(tmp_path / "public", fill)

    def slow(root: Path) -> tuple[str, ...]:
        read = []
        for name in ("one", "two", "three"):
            read.append((root / name).read_text("ascii"))
            time.sleep(0.003)
        return tuple(read)

    build(0)
    kept, stop = Kept(slow, "one", "three"), threading.Event()

    def forever() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            build(number)
            time.sleep(0.02)

    maker = threading.Thread(target=forever)
    maker.start()
    seen = set()
    until = time.monotonic() + 5
    while time.monotonic() < until:
        seen.add(kept(tmp_path / "public"))
    stop.set()
    maker.join()
    assert len(seen) > 5
    assert all(len(set(each)) == 1 for each in seen), seen
    assert len(set(kept(tmp_path / "public", None))) == 1
