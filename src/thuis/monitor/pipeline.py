"""The stages in order: a project folder in, a public monitor out. The only module that knows them all."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from thuis.errors import Problem, ThuisError
from thuis.exchange import replace_folder
from thuis.findings.ask import answers
from thuis.findings.respondents import read_respondents
from thuis.monitor.companions import companions
from thuis.monitor.estimate import estimate
from thuis.monitor.estimate.fold import put_together
from thuis.project import load_project
from thuis.project.model import Project
from thuis.protect import ProtectionRules, protect, structure_of, telling, write_audit
from thuis.protect.rounding import coarse
from thuis.publish import publish
from thuis.read import remarks
from thuis.read.response import non_response, response_remarks
from thuis.values import Release

Say = Callable[[str], None]
WORK = ".thuis"
"""What a project keeps for itself: the audit and work in progress. Never public."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: figures, cells by fate, pages, seconds."""

    out: Path
    respondents: dict[str, int]
    figures: int
    published: int
    withheld: dict[str, int]
    pages: int
    seconds: float
    notes: tuple[str, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """For a machine: plain names and numbers."""
        return {
            "out": str(self.out),
            "respondents": self.respondents,
            "figures": self.figures,
            "published": self.published,
            "withheld": self.withheld,
            "pages": self.pages,
            "seconds": round(self.seconds, 3),
            "notes": list(self.notes),
        }

    def summary(self) -> str:
        """For a person, one thing a line."""
        people = ", ".join(f"{wave}: {n:,}" for wave, n in self.respondents.items())
        reasons = ", ".join(f"{reason} {n}" for reason, n in sorted(self.withheld.items()))
        lines = [
            f"respondents   {people}",
            f"figures       {self.figures}",
            f"cells         {self.published} published; withheld: {reasons or 'none'}",
            f"pages         {self.pages}",
            f"written to    {self.out}",
        ]
        return "\n".join([*lines, *self.notes])


def release_of(project: Project, say: Say = lambda _: None) -> tuple[Release, dict[str, int], dict[str, Any]]:
    """Read, estimate, protect and ask the declared questions; the respondents stay inside this function.

    :raises ThuisError: with everything that is wrong in the survey files.
    """
    microdata = read_respondents(project)
    respondents = {wave.id: microdata.n[wave.id] for wave in project.waves}
    once = [respondents[each] for each in project.singles]
    say(f"read {sum(once):,} respondents in {len(once)} waves")
    for each in (*remarks(project, microdata), *response_remarks(project, microdata)):
        say(each)
    estimates = estimate(project, microdata)
    say(f"estimated {estimates.cells.height:,} cells, tested {estimates.comparisons.height:,} differences")
    rules = ProtectionRules.of(project.protection)
    release = protect(estimates, rules, structure_of(project, microdata.frame))
    release = put_together(project, release)
    release = replace(release, extras={**release.extras, "non_response": non_response(project, microdata)})
    withheld = release.cells.filter(pl.col("status") != "published").height
    say(f"protected: {withheld:,} of {release.cells.height:,} cells are withheld, each with its reason")
    asked = answers(project, microdata, release, lambda n, hits: telling(n, hits, rules) is not None)
    if asked:
        say(f"answered findings.yaml in {len(asked)} files")
    return release, respondents, asked


def build(
    folder: Path | str, *, out: Path | None = None, pages: bool = True, say: Say | None = None
) -> BuildReport:
    """Build the public monitor of a project folder.

    :param out: where it is written; ``FOLDER/public`` unless told.
    :param pages: also the pages, not only the data folder.
    :param say: called with a line after every stage.
    :raises ThuisError: with everything wrong in the project or its survey files; then ``out`` is untouched.
    """
    started = time.perf_counter()
    say = say or (lambda _: None)
    folder = Path(folder)
    project = load_project(folder)
    say(f"checked {len(project.indicators)} indicators, {len(project.figures)} figures")
    beside = companions(project)
    if beside:
        say(f"read {' and '.join(sorted(name.removesuffix('.json') for name in beside if '/' not in name))}")
    release, respondents, asked = release_of(project, say)
    release = coarse(release, ProtectionRules.of(project.protection))
    target = out or folder / "public"
    _refuse_foreign(target)
    notes: list[str] = []

    def make(stage: Path) -> int:
        notes.extend(publish(project, release, stage / "data", extras={**beside, **asked}).notes)
        say("published the data folder")
        if not pages:
            return 0
        from thuis.site import write_site

        count = write_site(stage, target).total()
        say(f"wrote {count} pages")
        return count

    count, done = replace_folder(target, make)
    notes += [f"kept a file that thuis did not write: {name}" for name in done.kept]
    work = folder / WORK
    work.mkdir(exist_ok=True)
    write_audit(release, work / "audit", version=project.version)
    (work / "audit" / "non-response.csv").write_bytes(release.extras["non_response"].write_csv().encode())
    return BuildReport(
        target,
        respondents,
        len(project.figures),
        *_fates(release),
        count,
        time.perf_counter() - started,
        tuple(notes),
    )


def _fates(release: Release) -> tuple[int, dict[str, int]]:
    fates = Counter(release.cells["reason"].to_list())
    published = fates.pop(None, 0)
    return published, {str(reason): n for reason, n in fates.items()}


def _refuse_foreign(target: Path) -> None:
    """A folder with something else in it is not overwritten."""
    if target.exists() and not target.is_dir():
        raise ThuisError(Problem(f"{target} is a file", expected="a folder to write to"))
    if target.is_dir() and any(target.iterdir()) and not (target / "data" / "monitor.json").exists():
        raise ThuisError(
            Problem(
                f"{target} holds something that is not a monitor",
                expected="an empty folder, or one that thuis built",
                step="choose another with --out",
            )
        )
