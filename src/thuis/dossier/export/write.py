"""Write a letter in the form that the file's name asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from thuis.dossier.commitments import find_commitments
from thuis.dossier.export.akn import akoma_ntoso
from thuis.dossier.export.html import html
from thuis.dossier.export.jsonld import json_ld
from thuis.dossier.export.refs import bibtex, csl
from thuis.dossier.export.tables import citations_csv, commitments_csv
from thuis.dossier.export.text import markdown
from thuis.dossier.reading import Reading
from thuis.errors import Place, Problem, ThuisError
from thuis.tables import put


def told(reading: Reading, language: str = "nl") -> dict[str, Any]:
    """The letter with its citations and commitments as plain strings, numbers and lists."""
    commitments = [each.as_dict() for each in find_commitments(reading)]
    return {**reading.as_dict(language), "commitments": commitments}


def _json(reading: Reading, language: str) -> str:
    return json.dumps(told(reading, language), ensure_ascii=False, indent=2) + "\n"


FORMS: dict[str, Callable[[Reading, str], str]] = {
    ".json": _json,
    ".jsonld": lambda reading, _: json_ld(reading),
    ".csl.json": lambda reading, _: csl(reading),
    ".md": markdown,
    ".html": html,
    ".xml": lambda reading, _: akoma_ntoso(reading),
    ".bib": lambda reading, _: bibtex(reading),
    ".csv": citations_csv,
    ".commitments.csv": lambda reading, _: commitments_csv(reading),
}
"""What can be written, by the end of the file's name."""


def write_letter(reading: Reading, out: Path, language: str = "nl") -> None:
    """Write a letter; the file is made aside and moved into place.

    :raises ThuisError: for a name with an end that is not in :data:`FORMS`, or a folder that is not there.
    """
    end = next((each for each in sorted(FORMS, key=len, reverse=True) if out.name.endswith(each)), None)
    if end is None:
        raise ThuisError(
            Problem(f"no form for {out.suffix or out.name!r}", Place(str(out)), available=tuple(FORMS))
        )
    if not out.parent.is_dir():
        raise ThuisError(Problem("there is no such folder", Place(str(out.parent)), step="make it first"))
    put(out, FORMS[end](reading, language))
