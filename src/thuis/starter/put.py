"""A change of a project made beside it and proved there, then put in its place: all of it or nothing."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Sequence
from pathlib import Path

from thuis.errors import Place, ThuisError
from thuis.exchange import link
from thuis.project import Project, load_project
from thuis.read import read_waves

_LEFT = ("public", "releases", ".thuis", ".git")
"""Folders of a project that say nothing of its waves."""


def same_file(project: Project, source: Path) -> None:
    """Refuse a file that a wave has already, under whatever name, and a name that another file has.

    :raises ThuisError: which of the two.
    """
    if not source.is_file():
        raise ThuisError("there is no such file", Place(str(source)), expected="a survey file")
    for each in project.waves:
        path = project.folder / each.file if each.file else None
        if path and path.is_file() and filecmp.cmp(path, source, shallow=False):
            raise ThuisError(
                f"{source.name} is the file of wave {each.id!r}",
                project.place("waves", each.id, ("file",)),
                expected="a file that no wave has",
                step="name the file of the new wave",
            )
    if (project.folder / "data" / source.name).exists():
        raise ThuisError(
            f"data/{source.name} is there already, and holds something else",
            Place(f"data/{source.name}"),
            step="give the new file a name of its own, with its year",
        )


def staged(folder: Path, stage: Path) -> Path:
    """The project in a folder beside it: texts copied, data linked."""
    made = stage / "project"
    made.mkdir()
    for path in sorted(folder.iterdir()):
        if path.name in _LEFT or path.name.startswith(".thuis-"):
            continue
        if path.is_dir():
            shutil.copytree(path, made / path.name, copy_function=_linked)
        else:
            shutil.copy2(path, made / path.name)
    (made / "data").mkdir(exist_ok=True)
    return made


def _linked(source: str, target: str) -> None:
    """A copy that is a link where nothing is written: the texts of a project are written anew."""
    if Path(source).suffix in (".yaml", ".yml"):
        shutil.copy2(source, target)
    else:
        link(Path(source), Path(target))


def proved(stage: Path, wave: str) -> tuple[str, ...]:
    """Read the project with its new wave: every code, weight and value of every wave.

    :returns: what was noticed of the new wave.
    :raises ThuisError: with all that is wrong, so that nothing is put in place.
    """
    project = load_project(stage)
    return tuple(f"read: {each}" for each in read_waves(project).notes if wave in each)


def written_out(stage: Path, folder: Path, files: Sequence[Path]) -> None:
    """Put files in the place of those that are there; when one cannot be, those before it are put back."""
    done: list[tuple[Path, bytes | None]] = []
    try:
        for each in files:
            target = folder / each
            target.parent.mkdir(parents=True, exist_ok=True)
            kept = target.read_bytes() if target.exists() else None
            done.append((target, kept))
            beside = (stage / each).rename(stage.parent / each.name)
            beside.replace(target)
    except BaseException:
        for target, kept in reversed(done):
            if kept is None:
                target.unlink(missing_ok=True)
            else:
                target.write_bytes(kept)
        raise
