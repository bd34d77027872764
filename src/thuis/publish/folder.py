"""The data folder: every file of it, from a project and what may be public of its figures."""

from __future__ import annotations

import io
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from thuis.contract.base import Record
from thuis.contract.changes import changes
from thuis.contract.monitor import Population
from thuis.contract.written import dump
from thuis.errors import ThuisError
from thuis.fingerprint import code
from thuis.project.model import Indicator, Project
from thuis.publish import overview, records
from thuis.publish.check import check_release
from thuis.publish.figure import Figure, figures
from thuis.publish.history import FOLDER, Version, read_history, versions
from thuis.publish.population import population
from thuis.publish.writer import Writer, files_of
from thuis.remembered import content
from thuis.values import Release

Extras = Mapping[str, bytes | Record]
Files = Callable[[str, str, Callable[[], dict[str, bytes]]], Mapping[str, bytes]]
"""A name, a key of all that is read, and what makes the files."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Who keeps the files of each indicator: ``files`` gives those it has, else has them made.

    ``ahead`` is called before, with the work of every indicator in order, and may have it done by more than
    one process.
    """

    files: Files
    ahead: Callable[[Sequence[Work]], None]


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What was written: the ``folder``, ids of ``figures``, cells ``published`` and ``withheld`` by reason.

    ``facts`` are sentences, ``files`` and ``size`` (bytes) what came of it, ``seconds`` how long it took.
    ``notes`` is for whoever builds: what to mind before this is put on the web.
    """

    folder: Path
    figures: tuple[str, ...]
    published: int
    withheld: Mapping[str, int]
    facts: int
    files: int
    size: int
    seconds: float
    notes: tuple[str, ...] = ()


def publish(
    project: Project,
    release: Release,
    out: Path,
    *,
    history: Sequence[Version] | None = None,
    extras: Extras | Callable[[], Extras] | None = None,
    kept: Keep | None = None,
    standing: Path | None = None,
) -> PublishReport:
    """Write the data folder of a monitor: the API, the downloads, and all that the site reads.

    The same project and release give the same bytes.

    :param project: as :func:`thuis.load_project` gives it.
    :param release: what :func:`thuis.protect.protect` judged.
    :param out: a folder that does not exist yet, or is empty; the caller moves it into place.
    :param history: the versions released before; those in the project's ``releases/`` unless given.
    :param extras: further public files by their path in the data folder (``findings.json``): bytes as they
        are, records of the contract as JSON. Whoever makes them answers for what they tell. A function that
        gives them is called when the files of indicators are made.
    :param kept: who keeps the files of each indicator; nobody unless told.
    :param standing: a data folder made before: a file that is the same is given another name, not written.
    :raises ThuisError: when the release does not fit the project, when it has a number for a withheld cell,
        when ``out`` holds something, when ``population.csv`` is faulty, or when an extra file has the path
        of another or one outside the folder.

    >>> import tempfile
    >>> from thuis.monitor.estimate import estimate
    >>> from thuis.project import load_project
    >>> from thuis.protect import ProtectionRules, protect, structure_of
    >>> from thuis.read import read_waves
    >>> from thuis.starter import start
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = start(Path(folder) / "monitor", wave="2020")
    ...     project = load_project(Path(folder) / "monitor")
    ...     rules, structure = ProtectionRules.of(project.protection), structure_of(project)
    ...     release = protect(estimate(project, read_waves(project)), rules, structure)
    ...     report = publish(project, release, Path(folder) / "data")
    >>> len(report.figures), report.published
    (4, 9)
    """
    started = time.perf_counter()
    if out.exists() and (not out.is_dir() or any(each.is_file() for each in out.rglob("*"))):
        raise ThuisError(f"{out} is not empty", expected="a new folder to write to")
    check_release(project, release)
    counts = population(project)
    before = read_history(project.folder) if history is None else tuple(history)
    writer = Writer(project, out, standing)
    if counts:
        writer.record("population.json", Population(counts.records))
        writer.described("population.csv", counts.content, counts.columns, counts.title)
    works = list(_works(project, release))
    if kept:
        kept.ahead(works)
    cells: list[pl.DataFrame] = []
    said = 0
    for work in works:
        made = kept.files(work.name, work.key, work.make) if kept else work.make()
        for figure in work.own:
            writer.figure(figure, made)
        cells.append(pl.read_ipc(io.BytesIO(made[CELLS])))
        told = writer.put(f"indicators/{work.of}.json", made[RECORD])
        said += len(json.loads(told)["facts"])
    whole = [figure for work in works for figure in work.own]
    writer.whole(pl.concat(cells, rechunk=True), whole)
    for name, each in ((extras() if callable(extras) else extras) or {}).items():
        writer.extra(name, each)
    writer.records(versions(project, before))
    fates = Counter(release.cells["reason"].to_list())
    published = fates.pop(None, 0)
    return PublishReport(
        out,
        tuple(figure.id for figure in whole),
        published,
        {str(reason): n for reason, n in sorted(fates.items())},
        said,
        writer.files,
        writer.size,
        time.perf_counter() - started,
        _notes(project, before, out),
    )


def alone(project: Project, indicator: Indicator) -> Project:
    """The project as the files of one indicator are made of it: without what is about others."""
    return replace(project, indicators=(indicator,), pages=(), corrections=(), questions=None, documents={})


RECORD = "indicator.json"
"""The record of an indicator among the files of its figures."""
CELLS = "cells.arrow"
"""Its cells as they stand in the table over all figures."""


@dataclass(frozen=True, eq=False)
class Work:
    """The record of one indicator and the files of its figures, to be made in any process.

    ``key`` is the digest of all they are made of, ``project`` the project without what is about others.
    """

    key: str
    project: Project
    own: tuple[Figure, ...]

    @property
    def of(self) -> str:
        """The indicator."""
        return self.project.indicators[0].id

    @property
    def name(self) -> str:
        """The name under which they are kept."""
        return f"figures-{self.of}"

    def make(self) -> dict[str, bytes]:
        """Make them, of copies: records that are made of rows fill the memory when all are held at once."""
        own = [replace(each) for each in self.own]
        files = {name: each for figure in own for name, each in files_of(figure, self.project).items()}
        record = dump(records.indicator(self.project.indicators[0], own, self.project).plain()).encode()
        tables = [pl.read_parquet(io.BytesIO(files[f"{figure.id}.parquet"])) for figure in own]
        cells = overview.cells(list(zip(own, tables, strict=True)), self.project).write_ipc(None)
        return {RECORD: record, CELLS: cells.getvalue(), **files}


def _works(project: Project, release: Release) -> Iterator[Work]:
    """The work of every indicator: its key changes when the project or a row of its figures does."""
    models = (project.settings, *project.waves, *project.breakdowns.values())
    common = [code(), *(each.model_dump_json() for each in models)]
    by_indicator: dict[str, list[Figure]] = {}
    for figure in figures(project, release):
        by_indicator.setdefault(figure.indicator.id, []).append(figure)
    for indicator in project.indicators:
        own = by_indicator[indicator.id]
        rows = (pl.concat(each) for each in zip(*((f.rows, f.tested) for f in own), strict=True))
        key = content(*common, indicator.model_dump_json(), *rows)
        yield Work(key, alone(project, indicator), tuple(own))


def _notes(project: Project, before: Sequence[Version], out: Path) -> tuple[str, ...]:
    """Whether these are other numbers than those released under the same version."""
    kept = project.folder / FOLDER / project.version / "figures"
    if project.version not in {each.version for each in before} or not kept.is_dir():
        return ()
    different = changes(kept.parent, out)
    if not different:
        return ()
    return (
        f"version {project.version} was released with other numbers: {len(different)} cells differ, "
        f"the first is {different[0]}; raise version in thuis.yaml before this is public",
    )
