"""A folder replaced as a whole: made aside, then exchanged with the old one in a single step.

Whoever reads the folder sees the old one or the new one, never a mix, also when the maker is killed. Where
the file system cannot exchange two folders, the finished folder is marked, moved in file by file, and the
next start finishes what a kill left (:func:`settle`). What others put there is carried over and told.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import errno
import filecmp
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from thuis.errors import Place, ThuisError

try:
    import fcntl
except ImportError:  # pragma: no cover  not a POSIX system: leftovers of a kill stay until removed by hand
    fcntl = None  # type: ignore[assignment]

Made = TypeVar("Made")
MANIFEST = ".made-by-thuis"
"""The files that thuis wrote, so that the next build knows its own from others'."""
_EXCHANGE = 2
_CWD = -100


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What changed: files written anew, left as they were, no longer made, and others' files carried over."""

    written: int
    unchanged: int
    removed: int
    kept: tuple[str, ...]


def replace_folder(
    target: Path, make: Callable[[Path], Made], *, again: bool = False
) -> tuple[Made, Exchanged]:
    """Make a folder aside and put it in the place of ``target``, whole or not at all.

    :param make: fills the empty folder it is given; when it raises, ``target`` stays as it is.
    :param again: this process will make the folder again: the one that stood is emptied beside, for the next
        to fill. Making a thousand folders takes longer than giving their files a name.
    :raises ThuisError: when the disk is full or the folder may not be written.
    """
    try:
        spare = _spare(target)
        settle(target, spare)
        target.parent.mkdir(parents=True, exist_ok=True)
        with _stage(target, spare, again) as stage:
            made = make(stage)
            if spare:
                _prune(stage)
            done = _join(stage, target)
            _put(stage, target)
    except (OSError, shutil.Error) as error:
        raise told(error, target) from error
    return made, done


def settle(target: Path, spare: Path | None = None) -> None:
    """Finish an exchange that was killed, and remove what other killed makers left beside ``target``."""
    ready = _ready(target)
    if ready.is_dir():
        _move_in(ready, target)
    for left in set(target.parent.glob(f".{target.name}-next-*")) - {spare}:
        with _locked(left) as free:
            if free:
                shutil.rmtree(left, ignore_errors=True)


def told(error: OSError | shutil.Error, where: Path) -> ThuisError:
    """What the machine said, in a sentence.

    >>> print(told(OSError(28, "No space left on device", "x"), Path("public")))
    public: there is no space left on the disk; nothing was changed
      next: free some space, or choose another --out
    """
    full = error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error)
    if full:
        what, step = (
            "there is no space left on the disk",
            "free some space, or choose another --out",
        )
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        what, step = "this may not be written", "give yourself the right to write here"
    else:
        # What copying a folder raises is a list of every file: its text is no sentence.
        said = None if isinstance(error, shutil.Error) else error.strerror
        what, step = (said or "files could not be copied").lower(), "try again, or choose another --out"
    return ThuisError(f"{what}; nothing was changed", Place(str(where)), step=step)


@contextlib.contextmanager
def _stage(target: Path, spare: Path | None, again: bool) -> Iterator[Path]:
    stage = spare or Path(tempfile.mkdtemp(prefix=f".{target.name}-next-", dir=target.parent))
    try:
        stage.chmod(0o755)
        with _locked(stage):
            yield stage
    finally:
        if again:
            sweep = threading.Thread(target=_empty, args=(stage,))
            _SPARE[target] = (stage, sweep)
            sweep.start()
        else:
            shutil.rmtree(stage, ignore_errors=True)


_SPARE: dict[Path, tuple[Path, threading.Thread]] = {}
"""Of each folder that is made again: one of empty folders, and what empties it."""


def _spare(target: Path) -> Path | None:
    folder, sweep = _SPARE.pop(target, (None, None))
    if folder is None or sweep is None:
        return None
    sweep.join()
    return folder if folder.is_dir() else None


def _empty(folder: Path) -> None:
    """Remove every file, and leave the folders."""
    for name in _files(folder):
        (folder / name).unlink(missing_ok=True)


def _prune(folder: Path) -> None:
    """Remove the folders that hold nothing."""
    for at, _, names in os.walk(folder, topdown=False):
        if not names:
            with contextlib.suppress(OSError):
                Path(at).rmdir()


@atexit.register
def _sweep() -> None:
    for target in list(_SPARE):
        if spare := _spare(target):
            shutil.rmtree(spare, ignore_errors=True)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Whether the folder is ours: a maker holds it for as long as it lives."""
    if fcntl is None:  # pragma: no cover
        yield False
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)


def link(source: Path | str, target: Path | str) -> None:
    """The same file under another name, or a copy where the file system has no such names.

    Only for files that are replaced as a whole, never written in place.
    """
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def take_over(standing: Path, content: bytes, target: Path) -> bool:
    """Give a file that stands another name, when it holds this; False when it does not."""
    try:
        with standing.open("rb") as file:
            if file.read() != content:
                return False
    except OSError:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    link(standing, target)
    return True


def _files(folder: Path, below: str = "") -> dict[str, int]:
    """Every file by its path, with the number that two names of one file share."""
    found: dict[str, int] = {}
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for each in entries:
            if each.is_dir(follow_symlinks=False):
                found |= _files(Path(each.path), f"{below}{each.name}/")
            else:
                found[f"{below}{each.name}"] = each.inode()
    return found


def _same(one: Path, other: Path) -> bool:
    """Whether two files hold the same; one that does gets the other's time of change."""
    if not filecmp.cmp(one, other, shallow=False):
        return False
    with contextlib.suppress(OSError):
        shutil.copystat(other, one)
    return True


def _join(stage: Path, target: Path) -> Exchanged:
    """Take over what is the same (its time of change stays) and what is of others; write the manifest."""
    made, stands = _files(stage), _files(target)
    new, old = set(made), set(stands)
    manifest = target / MANIFEST
    ours = set(manifest.read_text("utf-8").splitlines()) if manifest.is_file() else old
    foreign = sorted(old - new - ours - {MANIFEST})
    for name in foreign:
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(target / name, stage / name, follow_symlinks=False)
    same = [
        name for name in sorted(new & old) if made[name] == stands[name] or _same(stage / name, target / name)
    ]
    (stage / MANIFEST).write_text("".join(f"{name}\n" for name in sorted(new)), "utf-8")
    gone = len((old & ours) - new - {MANIFEST})
    return Exchanged(len(new) - len(same), len(same), gone, tuple(foreign))


def _put(stage: Path, target: Path) -> None:
    if not target.exists():
        stage.rename(target)
        return
    if not _swap(stage, target):
        stage.rename(_ready(target))
        _move_in(_ready(target), target)


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where this system or file system cannot."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if call is None:
        return False
    return bool(call(_CWD, os.fsencode(one), _CWD, os.fsencode(other), _EXCHANGE) == 0)


def _ready(target: Path) -> Path:
    return target.with_name(f".{target.name}-ready")


def _move_in(ready: Path, target: Path) -> None:
    """Move a finished folder in file by file. Done twice it gives the same: a kill in between is no harm.

    The manifest goes last: a folder without one has been moved, and only its empty rooms are left.
    """
    if (ready / MANIFEST).exists():
        wanted = set((ready / MANIFEST).read_text("utf-8").splitlines())
        before = target / MANIFEST
        ours = set(before.read_text("utf-8").splitlines()) if before.is_file() else set()
        for name in sorted(set(_files(ready)) - {MANIFEST}):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (ready / name).replace(target / name)
        for name in ours - wanted:
            (target / name).unlink(missing_ok=True)
        (ready / MANIFEST).replace(target / MANIFEST)
    shutil.rmtree(ready, ignore_errors=True)
    for folder in sorted((path for path in target.rglob("*") if path.is_dir()), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()
