"""The data folder, read back: all that a site, a service or anyone else needs to know of a monitor.

Whatever is missing or malformed in it is reported together, with the file it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from thuis.contract.act import GrantsFile, KnowledgeFile, MunicipalitiesFile
from thuis.contract.area import Map, Maps, Ring, shapes
from thuis.contract.base import Text
from thuis.contract.directory import DirectoryFile
from thuis.contract.dossier import Dossier
from thuis.contract.figure import Figure
from thuis.contract.files import Reader, again
from thuis.contract.finding import Finding, Findings
from thuis.contract.flow import Flow, Flows
from thuis.contract.indicator import Indicator
from thuis.contract.monitor import (
    Correction,
    Corrections,
    Count,
    FreePage,
    FreePages,
    IndicatorRecord,
    Monitor,
    Population,
    Theme,
    Version,
    Versions,
    Wave,
)
from thuis.contract.past import Past, read_past
from thuis.contract.terms import Terms
from thuis.errors import Place, Problem, raise_all

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class DataFolder:
    """Everything in the data folder, each file as its record; empty where the monitor has none of a kind.

    ``folder`` is where it stands. ``monitor`` is ``monitor.json``: texts, themes, waves, breakdowns.
    ``indicators`` come with their figures; ``versions`` and ``corrections`` tell what was released and
    mended; ``pages`` are the free ones; ``population`` counts from a register; ``findings``, ``flows`` and
    ``maps`` those of ``findings.yaml``, with the boundaries of maps in ``shapes``, by path. ``vocabulary``
    and ``dossier`` hold terms, letters, promises and measures; ``directory``, ``municipalities``, ``grants``
    and ``knowledge`` are what is done, where, paid by whom and with what effect.
    """

    folder: Path
    monitor: Monitor
    indicators: tuple[Indicator, ...]
    versions: tuple[Version, ...]
    corrections: tuple[Correction, ...]
    pages: tuple[FreePage, ...]
    population: tuple[Count, ...]
    findings: tuple[Finding, ...]
    flows: tuple[Flow, ...]
    maps: tuple[Map, ...]
    shapes: Mapping[str, Mapping[str, tuple[Ring, ...]]]
    vocabulary: Terms
    dossier: Dossier
    directory: DirectoryFile | None = None
    municipalities: MunicipalitiesFile | None = None
    grants: GrantsFile | None = None
    knowledge: KnowledgeFile | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """Language codes; the first is the default."""
        return self.monitor.languages

    @property
    def synthetic(self) -> Text | None:
        """The warning that stands everywhere when the figures are invented."""
        return self.monitor.synthetic

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes, in order."""
        return self.monitor.themes

    @cached_property
    def waves(self) -> Mapping[str, Wave]:
        """The waves by id, in order of time."""
        return {each.id: each for each in self.monitor.waves}

    def holds(self, path: str) -> bool:
        """Whether a file stands in the folder that no record names: a workbook, a report."""
        return self.ask(held, path)

    def of_theme(self, theme: str) -> tuple[Indicator, ...]:
        """The indicators of one theme, in the monitor's order."""
        return tuple(each for each in self.indicators if each.theme == theme)

    def past(self, version: Version) -> Past | None:
        """A released version as it was; None when its zip is not there, or is no data folder of ours."""
        return read_past(self.folder / version.file) if version.file else None

    def ask(self, question: Callable[..., Answer], *given: str) -> Answer:
        """What a function of the whole folder finds, given names.

        A page that asks depends on the answer, not on all that was read to find it.

        :param question: a function at the top of a module; its answer says all of itself as ``repr``.
        """
        return question(self, *given)


def held(data: DataFolder, path: str) -> bool:
    """Whether a file stands in the folder."""
    return (data.folder / path).is_file()


def read_folder(folder: Path) -> DataFolder:
    """Read a data folder.

    Percentages are on 0-100; figures, cells and differences are records with the keys of the reference.

    :raises ThuisError: listing every file that is missing, is no JSON, or holds something it cannot hold.

    >>> read_folder(Path("no-such-folder"))
    Traceback (most recent call last):
    thuis.errors.ThuisError: monitor.json: the data folder lacks a file
      next: build the data folder again
    """
    reader = Reader(folder)
    monitor = reader.record("monitor.json", Monitor)
    listed = monitor.indicators if monitor else ()
    indicators = [found for each in listed if (found := _indicator(reader, each.id))]
    versions = reader.record("versions.json", Versions, optional=True)
    corrections = reader.record("corrections.json", Corrections, optional=True)
    pages = reader.record("pages.json", FreePages, optional=True)
    population = reader.record("population.json", Population, optional=True)
    findings = reader.record("findings.json", Findings, optional=True) or Findings()
    flows = reader.record("flow.json", Flows, optional=True) or Flows()
    maps = reader.record("map.json", Maps, optional=True) or Maps()
    drawn = {each: _shapes(reader, each) for each in dict.fromkeys(m.boundaries for m in maps.maps)}
    vocabulary = reader.record("vocabulary.json", Terms, optional=True) or Terms()
    dossier = reader.record("dossier.json", Dossier, optional=True) or Dossier()
    act = (
        reader.record("directory.json", DirectoryFile, optional=True),
        reader.record("municipalities.json", MunicipalitiesFile, optional=True),
        reader.record("grants.json", GrantsFile, optional=True),
        reader.record("knowledge.json", KnowledgeFile, optional=True),
    )
    raise_all(reader.problems)
    assert monitor is not None
    return DataFolder(
        folder,
        monitor,
        tuple(indicators),
        versions.root if versions else (),
        corrections.root if corrections else (),
        pages.root if pages else (),
        population.root if population else (),
        findings.findings,
        flows.flows,
        maps.maps,
        drawn,
        vocabulary,
        dossier,
        *act,
    )


def _indicator(reader: Reader, id_: str) -> Indicator | None:
    record = reader.record(f"indicators/{id_}.json", IndicatorRecord)
    if record is None:
        return None
    names = [f"figures/{id_}/{breakdown}.json" for breakdown in record.figures]
    return Indicator(record, tuple(found for name in names if (found := reader.record(name, Figure))))


def _shapes(reader: Reader, name: str) -> Mapping[str, tuple[Ring, ...]]:
    found = reader.value(name)
    if found is None:
        return {}
    try:
        return again(name, found, shapes)
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as error:
        reader.problems.append(Problem(f"boundaries: {error}", Place(name), "GeoJSON polygons with an id"))
        return {}
