"""The data folder: every file of it, from a project and what may be public of its figures."""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from thuis.errors import Problem, ThuisError
from thuis.project.model import Project
from thuis.publish import records, whole
from thuis.publish.bundle import bundle, documents, shared_files
from thuis.publish.check import check_release
from thuis.publish.columns import Column, column_name
from thuis.publish.compare import changes
from thuis.publish.describe import csvw, package, resource
from thuis.publish.figure import Figure, as_json, figures, table
from thuis.publish.files import dump, write
from thuis.publish.history import FOLDER, Version, read_history, versions
from thuis.publish.population import population
from thuis.text import texts
from thuis.values import Release


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What was written: where, how many figures, cells by fate, files, their size in bytes, seconds.

    ``notes`` is for whoever builds: what to mind before this is put on the web."""

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
    project: Project, release: Release, out: Path, *, history: Sequence[Version] | None = None
) -> PublishReport:
    """Write the data folder of a monitor: the API, the downloads, and all that the site reads.

    The same project and release give the same bytes.

    :param out: a folder that does not exist yet, or is empty; the caller moves it into place.
    :param history: the versions released before; those in the project's ``releases/`` unless given.
    :raises ThuisError: when the release does not fit the project, when it has a number for a withheld cell,
        when ``out`` holds something, or when ``population.csv`` is faulty.
    """
    started = time.perf_counter()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ThuisError(Problem(f"{out} is not empty", expected="a new folder to write to"))
    check_release(project, release)
    counts = population(project)
    before = read_history(project.folder) if history is None else tuple(history)
    writer = _Writer(project, out)
    if counts:
        writer.json("population.json", counts.records)
        writer.described("population.csv", counts.content, counts.columns, counts.title)
    by_indicator: dict[str, list[Figure]] = {}
    tables: list[tuple[Figure, pl.DataFrame]] = []
    for figure in figures(project, release):
        tables.append((figure, writer.figure(figure)))
        by_indicator.setdefault(figure.indicator.id, []).append(figure)
    said = 0
    for each in project.indicators:
        record = records.indicator(each, by_indicator[each.id], project)
        said += len(record["facts"])
        writer.json(f"indicators/{each.id}.json", record)
    writer.whole(tables)
    writer.records(versions(project, before))
    fates = Counter(release.cells["reason"].to_list())
    published = fates.pop(None, 0)
    return PublishReport(
        out,
        tuple(figure.id for figure, _ in tables),
        published,
        {str(reason): n for reason, n in sorted(fates.items())},
        said,
        writer.files,
        writer.size,
        time.perf_counter() - started,
        _notes(project, before, out),
    )


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


@dataclass(slots=True)
class _Writer:
    """Writes files, and keeps what the Data Package has to say about them."""

    project: Project
    out: Path
    resources: list[dict[str, Any]] = field(default_factory=list)
    shared: dict[str, bytes] = field(default_factory=dict)
    files: int = 0
    size: int = 0

    def __post_init__(self) -> None:
        self.shared = shared_files(self.project)

    def put(self, name: str, content: str | bytes) -> bytes:
        data = write(self.out / name, content)
        self.files += 1
        self.size += len(data)
        return data

    def json(self, name: str, value: Any) -> bytes:
        return self.put(name, dump(value))

    def described(
        self,
        name: str,
        content: bytes,
        columns: Sequence[Column],
        title: Mapping[str, str],
        keys: Sequence[str] = (),
    ) -> bytes:
        """A CSV file, its metadata beside it, and its place in the Data Package; returns the metadata."""
        self.put(name, content)
        file = name.rpartition("/")[2]
        metadata = self.json(f"{name}-metadata.json", csvw(file, columns, keys, title, self.project))
        self.resources.append(resource(name, content, columns, title, self.project, keys=keys))
        return metadata

    def figure(self, figure: Figure) -> pl.DataFrame:
        """The five files of a figure; returns its table."""
        project, stem = self.project, f"figures/{figure.id}"
        found = table(figure, project)
        keys = ["wave", *(column_name(part.id) for part in figure.parts)]
        title = {lang: figure.title(lang) for lang in project.languages}
        content = found.write_csv().encode()
        metadata = self.described(f"{stem}.csv", content, figure.columns, title, keys)
        record = self.json(f"{stem}.json", as_json(figure, project))
        self.put(f"{stem}.parquet", _parquet(found))
        name = figure.breakdown
        inside = {
            f"{name}.csv": content,
            f"{name}.json": record,
            f"{name}.csv-metadata.json": metadata,
            **documents(figure, project),
            **self.shared,
        }
        self.put(f"{stem}.zip", bundle(inside, project))
        return found

    def whole(self, tables: Sequence[tuple[Figure, pl.DataFrame]]) -> None:
        """The tables over all figures."""
        project = self.project
        both = (
            ("figures", "all-figures", whole.cells(tables, project), whole.cell_columns(project)),
            (
                "differences",
                "differences",
                whole.differences([figure for figure, _ in tables], project),
                whole.difference_columns(project),
            ),
        )
        for name, key, found, columns in both:
            title = {lang: texts("publish", lang)(key) for lang in project.languages}
            keys = whole.CELL_KEYS if name == "figures" else ()
            self.described(f"{name}.csv", found.write_csv().encode(), columns, title, keys)
            self.put(f"{name}.parquet", _parquet(found))

    def records(self, released: Sequence[Version]) -> None:
        """The files about the whole; the Data Package last, for it lists the others."""
        for each in released:
            if each.file:
                self.put(f"releases/{each.file.name}", each.file.read_bytes())
        self.json("versions.json", [each.as_dict() for each in released])
        self.json("corrections.json", records.corrections(self.project))
        self.json("pages.json", records.pages(self.project))
        for name, content in self.shared.items():
            self.put(name, content)
        self.json("monitor.json", records.monitor(self.project))
        self.json("datapackage.json", package(self.project, self.resources))


def _parquet(table: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    table.write_parquet(stream, compression="zstd", statistics=False)
    return stream.getvalue()
