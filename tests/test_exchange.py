"""A folder is the old one or the new one, whatever kills its maker; what others put there stays."""

from __future__ import annotations

import errno
import os
import random
import signal
import time
from pathlib import Path

import pytest

from thuis import exchange
from thuis.errors import ThuisError
from thuis.exchange import MANIFEST, replace_folder, settle

FILES = 12


def fill(folder: Path, text: str) -> None:
    for number in range(FILES):
        path = folder / f"part{number % 4}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def texts(folder: Path) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))]


def forever(target: Path) -> None:
    number = 0
    while True:
        number += 1
        text = f"{os.getpid()} {number}"
        replace_folder(target, lambda stage, text=text: fill(stage, text))  # type: ignore[misc]


@pytest.mark.parametrize("swaps", [True, False])
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_two_hundred_kills_leave_no_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swaps: bool) -> None:
    if not swaps:
        monkeypatch.setattr(exchange, "_swap", lambda one, other: False)
    target, chance = tmp_path / "public", random.Random(7)
    began = time.perf_counter()
    replace_folder(target, lambda stage: fill(stage, "first"))
    round_ = min(2 * (time.perf_counter() - began), 0.05)
    seen = set()
    for _ in range(200):
        child = os.fork()
        if not child:
            try:
                forever(target)
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0.0, round_))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if not swaps:
            settle(target)
        found = texts(target)
        assert len(found) == FILES
        assert len(set(found)) == 1
        seen.add(found[0])
    assert len(seen) > 10, "the kills came before anything was written"
    settle(target)
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


@pytest.mark.parametrize("swaps", [True, False])
def test_files_of_others_stay_and_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swaps: bool
) -> None:
    if not swaps:
        monkeypatch.setattr(exchange, "_swap", lambda one, other: False)
    target = tmp_path / "public"
    replace_folder(target, lambda stage: fill(stage, "one"))
    (target / "part1" / "CNAME").write_text("mine", "utf-8")

    def fewer(stage: Path) -> None:
        fill(stage, "two")
        (stage / "part0" / "0.txt").unlink()

    _, done = replace_folder(target, fewer)
    assert done.kept == ("part1/CNAME",)
    assert (done.written, done.removed) == (FILES - 1, 1)
    assert (target / "part1" / "CNAME").read_text("utf-8") == "mine"
    assert not (target / "part0" / "0.txt").exists()
    _, again = replace_folder(target, fewer)
    assert (again.written, again.unchanged, again.kept) == (0, FILES - 1, ("part1/CNAME",))


def test_an_error_while_making_leaves_all_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "public"
    replace_folder(target, lambda stage: fill(stage, "one"))

    def broken(stage: Path) -> None:
        fill(stage, "two")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(stage / "x"))

    with pytest.raises(ThuisError, match="no space left on the disk; nothing was changed"):
        replace_folder(target, broken)
    assert set(texts(target)) == {"one"}
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_another_build_at_work_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "public"

    def slow(stage: Path) -> None:
        fill(stage, "slow")
        replace_folder(target, lambda other: fill(other, "quick"))
        assert len(texts(stage)) == FILES

    replace_folder(target, slow)
    assert set(texts(target)) == {"slow"}
    assert (target / MANIFEST).is_file()
