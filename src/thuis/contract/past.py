"""A released version as it was: its indicators out of the zip that the data folder keeps of it."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from thuis.contract.base import Record
from thuis.contract.figure import Figure
from thuis.contract.files import Reader
from thuis.contract.indicator import Indicator
from thuis.contract.monitor import IndicatorRecord


class _Named(Record):
    id: str


class _Listed(Record):
    """As much of ``monitor.json`` as names the indicators."""

    indicators: tuple[_Named, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """What of a released version can be shown today.

    :param unread: figures, as ``indicator/breakdown``, that an older form of the data folder holds otherwise.
    """

    indicators: tuple[Indicator, ...] = ()
    unread: tuple[str, ...] = ()


def read_past(file: Path) -> Past | None:
    """The indicators of a released version; None for a zip that is gone, damaged or no data folder of ours.

    Releases are kept for years and never written again, so what this reader does not know is left out and
    named, where a data folder of today would be refused.

    >>> read_past(Path("no-such.zip"))
    """
    try:
        with zipfile.ZipFile(file) as archive:
            reader = Reader(zipfile.Path(archive))
            monitor = reader.record("monitor.json", _Listed)
            if monitor is None:
                return None
            return _of(reader, [each.id for each in monitor.indicators])
    except (OSError, zipfile.BadZipFile):
        return None


def _of(reader: Reader, ids: list[str]) -> Past:
    found, unread = [], []
    for id_ in ids:
        record = reader.record(f"indicators/{id_}.json", IndicatorRecord)
        if record is None:
            unread.append(id_)
            continue
        figures = {each: reader.record(f"figures/{id_}/{each}.json", Figure) for each in record.figures}
        unread += [f"{id_}/{name}" for name, figure in figures.items() if figure is None]
        found.append(Indicator(record, tuple(each for each in figures.values() if each)))
    return Past(tuple(found), tuple(unread))
