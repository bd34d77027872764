"""Dossier, vocabulary and directory: made while figures are, when a process stands ready to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from thuis.crew import Job, begin
from thuis.errors import Problem, ThuisError, raise_all
from thuis.monitor.companions import as_bytes, companions, directory_of, to_look_at
from thuis.monitor.stages import LOOK, Files, Stages
from thuis.project import load_project
from thuis.project.model import Project


@dataclass(frozen=True, slots=True)
class Beside:
    """The files, what a person should look at in the directory, or what is wrong."""

    files: Files
    look: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def begun(project: Project, stages: Stages, key: Callable[[], str]) -> Callable[[], Files]:
    """Begin them, and give what waits for them.

    :param key: the digest of all they are made of as it is now; what changed meanwhile is not kept.

    It raises a :class:`ThuisError` with everything wrong in letters, ledger, vocabulary or directory.
    """
    first = key()
    kept = stages.kept("beside", first)
    if kept is not None and stages.kept("look", first) is not None:
        return lambda: kept
    wait = looked_at(project, written=True)

    def files() -> Files:
        made = wait()
        same = first if first == key() else ""
        stages.files("look", same, lambda: {LOOK: "\n".join(made.look).encode()})
        return stages.files("beside", same, lambda: made.files)

    return files


def looked_at(project: Project, *, written: bool) -> Callable[[], Beside]:
    """Begin to read them, for whoever keeps nothing, and give what waits for what was found.

    :param written: also make the files of the directory.

    It raises as that of :func:`begun`.
    """
    job = Job(__name__, "maker", (written,))
    wait = begin(str(project.folder), lambda _: _made(project, written=written), job)

    def made() -> Beside:
        found = wait()
        raise_all(found.problems)
        return found

    return made


def maker(written: bool) -> Callable[[str], Beside]:
    """What makes them in a process beside, of the project in a folder."""
    return lambda folder: _made(load_project(Path(folder)), written=written)


def _made(project: Project, *, written: bool) -> Beside:
    try:
        directory = directory_of(project)
        files = as_bytes(companions(project, directory, written=written))
        return Beside(files, tuple(to_look_at(directory)))
    except ThuisError as error:
        return Beside({}, problems=error.problems)
