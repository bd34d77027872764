"""The public files of a dossier: ``dossier.json`` for the pages, and every letter and table to take along."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from thuis.contract.base import Record
from thuis.dossier.export import FORMS
from thuis.dossier.folder import Dossier, read_dossier
from thuis.dossier.graph.linked import linked
from thuis.dossier.graph.model import EDGE_COLUMNS, MEASURE_COLUMNS
from thuis.dossier.ledger import COLUMNS
from thuis.dossier.ledger.exchange import as_odata, as_xml
from thuis.dossier.pages import as_pages
from thuis.tables import as_csv
from thuis.values import NAMESPACE

LETTER_FORMS = (".json", ".jsonld", ".xml", ".html", ".md", ".bib", ".csl.json", ".csv", ".commitments.csv")


def dossier_files(
    folder: Path, themes: Sequence[str] = (), today: date | None = None, namespace: str = NAMESPACE
) -> dict[str, bytes | Record]:
    """Public files by their path in the data folder: ``dossier.json`` as a record, the others as bytes.

    :param themes: ids of the monitor's themes; others are left out. Empty keeps all.
    :param today: the day for which "overdue" is told, and of which the exports are; the same day gives the
        same bytes. Today when left out.
    :param namespace: where the words of our own stand in ``dossier/graph.jsonld``.
    :returns: an empty dict when the folder has no dossier.
    :raises ThuisError: as :func:`thuis.dossier.folder.read_dossier`.
    """
    dossier = read_dossier(Path(folder))
    if dossier.empty:
        return {}
    day = today or datetime.now(UTC).date()
    letters = {
        name: {f"dossier/{name}{end}": FORMS[end](reading, "nl").encode() for end in LETTER_FORMS}
        for name, reading in dossier.readings.items()
    }
    tables = _tables(dossier, datetime.combine(day, time(), UTC), namespace)
    of_letters = {name: tuple(files) for name, files in letters.items()}
    pages = as_pages(dossier, themes, day, downloads=tuple(tables), of_letters=of_letters)
    files = {path: content for own in letters.values() for path, content in own.items()}
    return {"dossier.json": pages, **files, **tables}


def _shown(rows: Iterable[Any], columns: Sequence[str]) -> str:
    """A table for readers, who open it in a spreadsheet."""
    return as_csv(map(asdict, rows), columns, guarded=True)


def _tables(dossier: Dossier, moment: datetime, namespace: str) -> dict[str, bytes]:
    found: dict[str, str] = {}
    if dossier.entries:
        found["dossier/commitments.csv"] = _shown(dossier.entries, COLUMNS)
        found["dossier/commitments.xml"] = as_xml(dossier.entries, moment)
        found["dossier/commitments.json"] = as_odata(dossier.entries, moment)
    if dossier.measures:
        found["dossier/measures.csv"] = _shown(dossier.measures, MEASURE_COLUMNS)
    if dossier.edges:
        kept = [each for each in dossier.edges if each.review != "rejected"]
        found["dossier/edges.csv"] = _shown(kept, EDGE_COLUMNS)
    found["dossier/graph.jsonld"] = (
        json.dumps(linked(dossier, namespace), ensure_ascii=False, indent=2) + "\n"
    )
    return {name: text.encode() for name, text in found.items()}
