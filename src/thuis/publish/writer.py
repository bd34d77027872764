"""Writes the files of a data folder, and keeps what the Data Package has to say about them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from thuis.contract.base import Listing, Record
from thuis.contract.monitor import Versions
from thuis.contract.reference import FOLDER, shipped
from thuis.contract.tabular import Resource
from thuis.contract.written import dump, write
from thuis.errors import ThuisError
from thuis.exchange import take_over
from thuis.language import texts
from thuis.project.model import Project
from thuis.publish import overview, records
from thuis.publish.bundle import bundle, documents, shared_files
from thuis.publish.columns import Column, as_csv, column_name
from thuis.publish.describe import csvw, extra_table, package, resource
from thuis.publish.figure import Figure, record, table
from thuis.publish.history import Version

OWN = (
    "monitor.json",
    "datapackage.json",
    "versions.json",
    "corrections.json",
    "pages.json",
    "LICENCE.txt",
    "CITATION.cff",
    "figures",
    "indicators",
    "releases",
    FOLDER,
)
"""Files and folders that no extra file may take the place of."""
ENDS = (".csv", ".csv-metadata.json", ".json", ".parquet", ".zip")
"""How the names of a figure's files end."""


@dataclass(slots=True)
class Writer:
    """The files of one data folder, counted; one that holds the same as in ``before`` is that file."""

    project: Project
    out: Path
    before: Path | None = None
    resources: list[Resource] = field(default_factory=list)
    shared: dict[str, bytes] = field(default_factory=dict)
    files: int = 0
    size: int = 0

    def __post_init__(self) -> None:
        self.shared = shared_files(self.project)

    def put(self, name: str, content: str | bytes) -> bytes:
        data = content.encode("utf-8") if isinstance(content, str) else content
        if not (self.before and take_over(self.before / name, data, self.out / name)):
            write(self.out / name, data)
        self.files += 1
        self.size += len(data)
        return data

    def record(self, name: str, value: Record | Listing[Any]) -> bytes:
        return self.put(name, dump(value.plain()))

    def extra(self, name: str, content: bytes | Record) -> None:
        """A file from elsewhere; a table among them is listed in the Data Package."""
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name:
            raise ThuisError(f"{name!r} is not a path inside the data folder")
        if name in OWN or path.parts[0] in OWN or (self.out / name).exists():
            raise ThuisError(f"{name!r} is a file of the data folder itself", step="rename it")
        data = self.put(name, content) if isinstance(content, bytes) else self.record(name, content)
        if path.suffix == ".csv":
            self.resources.append(extra_table(name, data))

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
        metadata = self.record(f"{name}-metadata.json", csvw(file, columns, keys, title, self.project))
        self.resources.append(resource(name, content, columns, title, self.project, keys=keys))
        return metadata

    def figure(self, figure: Figure, files: Mapping[str, bytes]) -> None:
        """Write the five files of a figure (:func:`files_of`)."""
        for name in (f"{figure.id}{end}" for end in ENDS):
            self.put(f"figures/{name}", files[name])
        name = f"figures/{figure.id}.csv"
        title, keys = _titled(figure, self.project)
        content = files[f"{figure.id}.csv"]
        self.resources.append(resource(name, content, figure.columns, title, self.project, keys=keys))

    def whole(self, cells: pl.DataFrame, figures: Sequence[Figure]) -> None:
        """The tables over all figures.

        :param cells: those of every figure (:func:`thuis.publish.overview.cells`).
        """
        project = self.project
        both = (
            ("figures", "all-figures", cells, overview.cell_columns(project)),
            (
                "differences",
                "differences",
                overview.differences(figures, project),
                overview.difference_columns(project),
            ),
        )
        for name, key, found, columns in both:
            title = {lang: texts("publish", lang)(key) for lang in project.languages}
            keys = overview.CELL_KEYS if name == "figures" else ()
            self.described(f"{name}.csv", as_csv(found), columns, title, keys)
            self.put(f"{name}.parquet", _parquet(found))

    def records(self, released: Sequence[Version]) -> None:
        """The files about the whole; the Data Package last, for it lists the others."""
        for each in released:
            if each.file:
                self.put(f"releases/{each.file.name}", each.file.read_bytes())
        self.record("versions.json", Versions(tuple(each.record() for each in released)))
        self.record("corrections.json", records.corrections(self.project))
        self.record("pages.json", records.pages(self.project))
        for name, content in self.shared.items():
            self.put(name, content)
        for name, content in shipped():
            self.put(f"{FOLDER}/{name}", content)
        self.record("monitor.json", records.monitor(self.project))
        self.record("datapackage.json", package(self.project, self.resources))


def _titled(figure: Figure, project: Project) -> tuple[dict[str, str], list[str]]:
    keys = ["wave", *(column_name(part.id) for part in figure.parts)]
    return {lang: figure.title(lang) for lang in project.languages}, keys


def files_of(figure: Figure, project: Project) -> dict[str, bytes]:
    """The five files of a figure by their path below ``figures``: CSV, its metadata, JSON, Parquet, zip."""
    found = table(figure, project)
    title, keys = _titled(figure, project)
    content = as_csv(found)
    name = figure.breakdown
    metadata = dump(csvw(f"{name}.csv", figure.columns, keys, title, project).plain()).encode()
    told = dump(record(figure, project).plain()).encode()
    inside = {
        f"{name}.csv": content,
        f"{name}.json": told,
        f"{name}.csv-metadata.json": metadata,
        **documents(figure, project),
        **shared_files(project),
    }
    made = (content, metadata, told, _parquet(found), bundle(inside, project))
    return {f"{figure.id}{end}": each for end, each in zip(ENDS, made, strict=True)}


def _parquet(table: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    table.write_parquet(stream, compression="zstd", statistics=False)
    return stream.getvalue()
