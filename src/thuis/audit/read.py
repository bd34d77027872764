"""The public data folder as an outsider reads it: JSON in a folder or a zip."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from thuis.errors import Place, ThuisError

At = tuple[tuple[str, ...], tuple[str, ...]]
"""The dimensions of a figure, and one category for each."""


@dataclass(slots=True)
class Figure:
    """One figure: its dimensions with their categories, its cells by wave, and the tested differences."""

    id: str
    indicator: str
    dimensions: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    cells: dict[tuple[str, tuple[str, ...]], dict[str, Any]] = field(default_factory=dict)
    comparisons: tuple[dict[str, Any], ...] = ()
    kind: str = ""
    scale: tuple[float, float] = (0.0, 100.0)


@dataclass(frozen=True, slots=True)
class Published:
    """What a monitor publishes: its version, the minimum it says it keeps, its figures, and the rest.

    ``indicators`` are their records, with the sentences about them; ``findings`` and ``maps`` the records of
    those; ``map_tables`` the rows of each map.
    """

    version: str
    minimum: int
    figures: tuple[Figure, ...]
    findings: tuple[dict[str, Any], ...] = ()
    maps: tuple[dict[str, Any], ...] = ()
    map_tables: Mapping[str, list[dict[str, str]]] = field(default_factory=dict)
    indicators: Mapping[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def n_cells(self) -> int:
        """Cells, published or not."""
        return sum(len(each.cells) for each in self.figures)

    @property
    def n_withheld(self) -> int:
        """Cells that are withheld for somebody's sake."""
        return sum(secret(cell) for each in self.figures for cell in each.cells.values())


def secret(cell: dict[str, Any]) -> bool:
    """Whether a cell is withheld and has, or may have, people in it."""
    return cell["status"] != "published" and cell.get("reason") not in ("not-asked", "not-applicable")


def read(source: Path) -> Published:
    """The published figures of a project that was built, a site folder, its data folder, or a released zip.

    :raises ThuisError: when there is no monitor there, or a figure cannot be read.
    """
    files = dict(_files(source))
    if "monitor.json" not in files:
        raise ThuisError(
            "no published monitor here",
            Place(str(source)),
            expected="a project or site that was built, its data folder, or the zip of a release",
            step="thuis build PROJECT",
        )
    monitor = _json("monitor.json", files["monitor.json"])
    figures = [
        figure
        for name, content in sorted(files.items())
        if name.startswith("figures/") and name.endswith(".json") and not name.endswith("-metadata.json")
        for figure in _by_answer(_figure(name, content), content)
    ]
    return Published(
        str(monitor.get("version", "")),
        int(monitor.get("protection", {}).get("minimum_n", 0)),
        tuple(figures),
        tuple(_listed(files, "findings.json", "findings")),
        tuple(_listed(files, "map.json", "maps")),
        {
            PurePosixPath(name).stem: list(csv.DictReader(io.StringIO(content.decode())))
            for name, content in files.items()
            if name.startswith("map/") and name.endswith(".csv")
        },
        {
            PurePosixPath(name).stem: _json(name, content)
            for name, content in files.items()
            if name.startswith("indicators/") and name.endswith(".json")
        },
    )


def beside(source: Path) -> list[Path]:
    """The zips of releases that stand public beside a monitor, or in the same folder as a released zip.

    :param source: as that of :func:`read`; the zip itself is left out.

    >>> beside(Path("a/folder/without/releases"))
    []
    """
    if source.is_file():
        return [each for each in sorted(source.parent.glob("*.zip")) if each.resolve() != source.resolve()]
    return sorted((_data(source) / "releases").glob("*.zip"))


def root(source: Path) -> tuple[Path, str]:
    """The folder of everything that is public, and the path of the data within it; of a zip itself.

    >>> root(Path("no/such/folder"))
    (PosixPath('no/such/folder'), '')
    """
    if source.is_file():
        with zipfile.ZipFile(source) as archive:
            named = next((n for n in archive.namelist() if n.endswith("monitor.json")), "")
        return source, named.removesuffix("monitor.json")
    data = _data(source)
    return (data.parent, "data/") if data != source and data.name == "data" else (source, "")


def _data(source: Path) -> Path:
    """The data folder of a project, of a site, or the folder itself."""
    near = (source / "data", source / "public" / "data")
    return next((each for each in near if (each / "monitor.json").is_file()), source)


def _listed(files: Mapping[str, bytes], name: str, key: str) -> list[dict[str, Any]]:
    return list(_json(name, files[name]).get(key, ())) if name in files else []


def _files(source: Path) -> Iterator[tuple[str, bytes]]:
    if source.is_file():
        try:
            with zipfile.ZipFile(source) as archive:
                names = [name for name in archive.namelist() if name.endswith((".json", ".csv"))]
                top = next((n.removesuffix("monitor.json") for n in names if n.endswith("monitor.json")), "")
                yield from ((name.removeprefix(top), archive.read(name)) for name in names)
        except (zipfile.BadZipFile, OSError) as error:
            raise ThuisError(f"not a zip that can be read: {error}", Place(str(source))) from error
        return
    folder = _data(source)
    if not folder.is_dir():
        raise ThuisError("no such folder or file", Place(str(source)))
    beside = (*folder.glob("indicators/*.json"), *folder.glob("map/*.csv"))
    named = (folder / name for name in ("monitor.json", "findings.json", "map.json"))
    for path in (*named, *folder.glob("figures/*/*.json"), *beside):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _json(name: str, content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ThuisError(f"not readable as JSON: {error}", Place(name)) from error
    if not isinstance(found, dict):
        raise ThuisError("not what a monitor publishes", Place(name), expected="a JSON object")
    return found


def _by_answer(figure: Figure, content: bytes) -> Iterator[Figure]:
    """A figure of answers as one for each: they are of the same people, not of parts of them."""
    if not json.loads(content).get("answers"):
        yield figure
        return
    for answer in figure.categories[-1]:
        indicator = f"{figure.indicator}@{answer}"
        cells = {(wave, key[:-1]): cell for (wave, key), cell in figure.cells.items() if key[-1] == answer}
        id_ = f"{indicator}/{'-by-'.join(figure.dimensions[:-1]) or 'total'}"
        categories = figure.categories[:-1]
        yield Figure(id_, indicator, figure.dimensions[:-1], categories, cells, (), figure.kind)


def _figure(name: str, content: bytes) -> Figure:
    raw = _json(name, content)
    try:
        dimensions = [(each["id"], tuple(c["id"] for c in each["categories"])) for each in raw["dimensions"]]
        return Figure(
            raw["id"],
            raw["indicator"],
            tuple(id_ for id_, _ in dimensions),
            tuple(categories for _, categories in dimensions),
            {(cell["wave"], tuple(cell["cell"])): cell for cell in raw["cells"]},
            tuple(raw.get("comparisons", ())),
            str(raw.get("kind", "")),
            tuple(raw.get("scale") or (0.0, 100.0)),
        )
    except (KeyError, TypeError) as error:
        raise ThuisError(f"not a figure as thuis publishes it: lacks {error}", Place(name)) from error
