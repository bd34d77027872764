"""The stages in order: a project folder in, a public monitor out. The only module that knows them all."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from contextvars import copy_context
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from thuis.contract.base import Record
from thuis.contract.folder import read_folder
from thuis.crew import call
from thuis.errors import ThuisError
from thuis.exchange import replace_folder
from thuis.files import put
from thuis.handover.write import write_beside
from thuis.monitor.beside import begun
from thuis.monitor.companions import as_bytes
from thuis.monitor.digits import digits_of
from thuis.monitor.spread import ahead
from thuis.monitor.stages import (
    Files,
    Stages,
    answers_key,
    asked_of,
    beside_key,
    figures_key,
    handover_key,
    release_files,
    release_from,
)
from thuis.monitor.standing import WORK, Build, BuildReport
from thuis.monitor.undrawn import undrawn
from thuis.project import load_project
from thuis.project.bare import bare
from thuis.project.model import Project
from thuis.project.unwritten import unwritten
from thuis.protect import ProtectionRules, structure_of
from thuis.protect.rounding import coarse
from thuis.publish import publish
from thuis.publish.folder import Keep
from thuis.read import Microdata, remarks
from thuis.read.response import non_response, response_remarks
from thuis.remembered import remembering
from thuis.values import Release

if TYPE_CHECKING:
    from thuis.site.looked import Looked

Say = Callable[[str], None]
PAGES = "pages.json"
"""In the folder a project keeps for itself: what its pages were made of."""


@dataclass(frozen=True)
class Figures:
    """A protected release, how many took part, what was said, and the respondents for who asks further."""

    project: Project
    release: Release
    respondents: dict[str, int]
    said: tuple[str, ...]
    remarked: tuple[str, ...] = ()
    read: Microdata | None = None

    def asked(self) -> dict[str, bytes | Record]:
        """The files that answer the declared questions."""
        from thuis.findings.ask import answers
        from thuis.findings.respondents import read_respondents

        rules = ProtectionRules.of(self.project.protection)
        microdata = self.read or read_respondents(bare(self.project))
        return answers(
            asked_of(self.project),
            microdata,
            coarse(self.release, rules),
            partial(_tells, rules),
            digits_of(self.project, microdata),
        )


def _tells(rules: ProtectionRules, n: int, hits: int | None) -> bool:
    from thuis.protect import telling

    return telling(n, hits, rules) is not None


def figures_of(project: Project) -> Figures:
    """Read, estimate and protect, from the project without its texts.

    :raises ThuisError: with everything that is wrong in the survey files.
    """
    from thuis.findings.respondents import read_respondents
    from thuis.monitor.estimate import estimate
    from thuis.monitor.estimate.fold import put_together
    from thuis.protect import protect

    of = bare(project)
    microdata = read_respondents(of)
    respondents = {wave.id: microdata.n[wave.id] for wave in of.waves}
    once = [respondents[each] for each in of.singles]
    said = [f"read {sum(once):,} respondents in {len(once)} wave{'s' if len(once) != 1 else ''}"]
    remarked = (*remarks(of, microdata), *response_remarks(of, microdata))
    said += remarked
    with ThreadPoolExecutor(1) as beside:
        # What the respondents show of how cells are made needs no estimates.
        structure = beside.submit(copy_context().run, structure_of, of, microdata.frame)
        estimates = estimate(of, microdata)
    cells, tested = estimates.cells.height, estimates.comparisons.height
    said.append(f"estimated {cells:,} cells, tested {tested:,} differences")
    release = protect(estimates, ProtectionRules.of(of.protection), structure.result())
    release = put_together(of, release)
    release = replace(release, extras={**release.extras, "non_response": non_response(of, microdata)})
    withheld = release.cells.filter(pl.col("status") != "published").height
    said.append(
        f"protected: {withheld:,} of {release.cells.height:,} cells are withheld, each with its reason"
    )
    return Figures(project, release, respondents, tuple(said), remarked, microdata)


def _kept_figures(project: Project, stages: Stages, key: str) -> Figures:
    """The same, from what was kept when nothing it is made of changed."""
    made: list[Figures] = []

    def make() -> Files:
        found = figures_of(project)
        made.append(found)
        return release_files(found.release, found.respondents, found.said, found.remarked)

    files = stages.files("figures", key, make)
    return made[0] if made else Figures(project, *release_from(files, project))


class Turn(Enum):
    """Which build this is of a process that builds again and again: none, the pages first, then the rest.

    The first leaves what is no page and takes long (search index, workbooks, their list) as it stands.
    """

    ONCE = "once"
    PAGES = "pages"
    REST = "rest"


def build(  # noqa: PLR0913
    folder: Path | str,
    *,
    out: Path | None = None,
    pages: bool = True,
    handover: bool = False,
    say: Say | None = None,
    keep: bool = True,
    turn: Turn = Turn.ONCE,
    looked: Looked | None = None,
) -> BuildReport:
    """Build the public monitor of a project folder.

    :param folder: the folder with ``thuis.yaml``.
    :param out: where it is written; ``FOLDER/public`` unless told.
    :param pages: also the pages, not only the data folder.
    :param handover: also the book of tables, reports, pictures and the forms for other systems; without it
        they stay as they are when all they were made of is the same, and go when it is not.
    :param say: called with a line after every stage.
    :param keep: remember in ``FOLDER/.thuis`` what was made of what, and make again what changed only.
    :param turn: which build this is of a process that builds again and again.
    :param looked: who looks at pages meanwhile: these are made first, and shown when they are.
    :returns: where it is, respondents by wave, figures, cells published and withheld by reason, pages,
        seconds.
    :raises ThuisError: with everything wrong in the project or its survey files; then ``out`` is untouched.

    >>> import tempfile
    >>> from thuis.starter import start
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = start(Path(folder) / "monitor", wave="2020")
    ...     report = build(Path(folder) / "monitor", pages=False, keep=False)
    >>> report.respondents, report.figures, report.published
    ({'2020': 1200}, 4, 9)
    """
    asked_for = Build(Path(folder), out or Path(folder) / "public", pages, handover)
    with nullcontext() if turn is Turn.ONCE else remembering():
        return _build(asked_for, say or (lambda _: None), keep=keep, turn=turn, looked=looked)


def _build(
    asked_for: Build, say: Say, *, keep: bool, turn: Turn, looked: Looked | None = None
) -> BuildReport:
    started = time.perf_counter()
    folder, target, pages, handover = asked_for.folder, asked_for.out, asked_for.pages, asked_for.handover
    read = asked_for.key() if keep and turn is not Turn.PAGES else ""
    project = load_project(folder)
    say(f"checked {len(project.indicators)} indicators, {len(project.figures)} figures")
    _refuse_foreign(target)
    if pages and (turn is Turn.PAGES or not (folder / WORK / PAGES).is_file()):
        # Much is to be made, or somebody waits: what makes pages beside loads its libraries meanwhile.
        from thuis.site.crew import FEW

        if len(project.indicators) * len(project.languages) * 2 >= FEW:
            call("thuis.site.crew", "thuis.monitor.beside")
    stages = Stages(folder / WORK / "stages" if keep else None)
    waiting = begun(project, stages, lambda: beside_key(project, [target]))
    try:
        release, respondents, asked = _figured(project, stages, target, say)
    finally:
        beside = waiting()
    if beside:
        say(f"read {' and '.join(sorted(name.removesuffix('.json') for name in beside if '/' not in name))}")
    notes: list[str] = []

    def make(stage: Path) -> int:
        notes.extend(
            publish(
                project,
                release,
                stage / "data",
                extras=lambda: {**beside, **asked()},
                kept=Keep(stages.files, partial(ahead, stages, asked)),
                standing=target / "data" if keep else None,
            ).notes
        )
        say("published the data folder")
        over = handover_key(stage / "data") if handover or stages.has("handover") else ""
        written = read_folder(stage / "data")
        beside_it = write_beside(
            stage / "data",
            everything=handover or stages.kept("handover", over) is not None,
            before=target / "data" if keep else None,
            kept_by=partial(stages.files, "handover", over),
            later=turn is Turn.PAGES,
            data=written,
            meanwhile=looked.wanted if looked else lambda: None,
        )
        say(f"wrote {beside_it} workbooks and files to hand over")
        if not pages:
            return 0
        from thuis.site.build import write_site

        listed = folder / WORK / PAGES if keep else None
        late = turn is Turn.PAGES
        count = write_site(written, target, keep=listed, later=late, looked=looked).total()
        say(f"wrote {count} pages")
        return count

    notes += [*unwritten(project), *(undrawn(project) if pages else ())]
    asked_for.forget()
    count, done = replace_folder(target, make, again=turn is not Turn.ONCE)
    notes += [f"kept a file that thuis did not write: {name}" for name in done.kept]
    from thuis.protect.audit import write_audit

    work = folder / WORK
    work.mkdir(exist_ok=True)
    write_audit(release, work / "audit", version=project.version)
    put(work / "audit" / "non-response.csv", release.extras["non_response"].write_csv())
    report = BuildReport(
        target,
        respondents,
        len(project.figures),
        *_fates(release),
        count,
        time.perf_counter() - started,
        tuple(notes),
    )
    if not project.settings.outside:
        asked_for.note(read, report)
    return report


def _figured(
    project: Project, stages: Stages, target: Path, say: Say
) -> tuple[Release, dict[str, int], Callable[[], Files]]:
    """The release that is published, how many took part, and what answers ``findings.yaml``.

    That is called when the processes beside have begun on the files of figures.

    The respondents go when nothing is asked of them: what follows takes as much memory.
    """
    key = figures_key(project)
    figures = _kept_figures(project, stages, key)
    for each in figures.said:
        say(each)
    held = [figures]

    @cache
    def asked() -> Files:
        told = answers_key(project, key, [target])
        files = stages.files("answers", told, lambda: as_bytes(held.pop().asked()))
        held.clear()
        if files:
            say(f"answered findings.yaml in {len(files)} files")
        return files

    if project.questions is None:
        asked()
    return coarse(figures.release, ProtectionRules.of(project.protection)), figures.respondents, asked


def _fates(release: Release) -> tuple[int, dict[str, int]]:
    fates = Counter(release.cells["reason"].to_list())
    published = fates.pop(None, 0)
    return published, {str(reason): n for reason, n in fates.items()}


def _refuse_foreign(target: Path) -> None:
    """A folder with something else in it is not overwritten."""
    if target.exists() and not target.is_dir():
        raise ThuisError(f"{target} is a file", expected="a folder to write to")
    if target.is_dir() and any(target.iterdir()) and not (target / "data" / "monitor.json").exists():
        raise ThuisError(
            f"{target} holds something that is not a monitor",
            expected="an empty folder, or one that thuis built",
            step="choose another with --out",
        )
