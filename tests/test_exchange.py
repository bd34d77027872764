"""A folder is the old one or the new one, whatever kills its maker; what others put there stays."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support import kills
from support.kills import FILES, fill, texts
from thuis import exchange
from thuis.errors import ThuisError
from thuis.exchange import MANIFEST, replace_folder


@pytest.mark.parametrize("swaps", [True, False])
def test_two_hundred_kills_leave_no_mix(tmp_path: Path, swaps: bool) -> None:
    command = [sys.executable, kills.__file__, str(tmp_path / "public"), str(swaps)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10, "the kills came before anything was written"
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


def test_a_process_that_makes_a_folder_again_and_again_leaves_what_one_build_does(tmp_path: Path) -> None:
    target = tmp_path / "public"
    made: list[Path] = []

    def fill(*names: str) -> Callable[[Path], None]:
        def make(stage: Path) -> None:
            made.append(stage)
            for name in names:
                (stage / name).parent.mkdir(parents=True, exist_ok=True)
                (stage / name).write_text(f"{len(made)}", "utf-8")

        return make

    def standing() -> list[str]:
        return sorted(each.relative_to(target).as_posix() for each in target.rglob("*"))

    replace_folder(target, fill("a/b/one", "c/two"), again=True)
    replace_folder(target, fill("a/b/one", "d/three"), again=True)
    assert standing() == [MANIFEST, "a", "a/b", "a/b/one", "d", "d/three"]
    with pytest.raises(ThuisError):
        replace_folder(target, _broken, again=True)
    replace_folder(target, fill("c/two"), again=True)
    assert made[2] in made[:2], "the folders of the first are used once more"
    assert standing() == [MANIFEST, "c", "c/two"]
    assert (target / "c" / "two").read_text("utf-8") == "3"
    exchange._sweep()
    assert [each.name for each in tmp_path.iterdir()] == ["public"]


def _broken(stage: Path) -> None:
    (stage / "half").write_text("x", "utf-8")
    raise OSError(28, "No space left on device")
