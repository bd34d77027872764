"""The files of the figures of each indicator, made by every process there is.

Who makes them keeps them, as a stage; the build finds them there. So nothing large goes from one process to
another but the rows they are made of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from thuis.crew import Job, cores, share, worth
from thuis.monitor.stages import Stages
from thuis.publish.folder import Work

FEW = 20
"""With fewer indicators another process costs more than it makes."""


def ahead(stages: Stages, first: Callable[[], object], works: Sequence[Work]) -> None:
    """Make what was not kept, here and in the processes beside.

    :param first: other work of this process, done while the processes beside begin.
    """
    todo = [each for each in works if not stages.stands(each.name, each.key)]
    if stages.folder and worth(len(todo), FEW) and cores() > 1:
        share(todo, keeper(stages.folder), Job(__name__, "keeper", (stages.folder,)), few=FEW, first=first)


def keeper(folder: Path) -> Callable[[Work], None]:
    """What makes the files of an indicator and keeps them in a folder."""
    return partial(_keep, Stages(folder))


def _keep(stages: Stages, work: Work) -> None:
    stages.files(work.name, work.key, work.make)
