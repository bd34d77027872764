"""Write a letter in the form that the file's name asks for."""

from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from thuis.dossier.reading import Reading
from thuis.errors import Place, ThuisError
from thuis.files import put


def told(reading: Reading, language: str = "nl") -> dict[str, Any]:
    """The letter with its citations and commitments as plain strings, numbers and lists."""
    from thuis.dossier.commitments import find_commitments

    commitments = [each.as_dict() for each in find_commitments(reading)]
    return {**reading.as_dict(language), "commitments": commitments}


def _json(reading: Reading, language: str) -> str:
    return json.dumps(told(reading, language), ensure_ascii=False, indent=2) + "\n"


def _by(module: str, name: str) -> Callable[[Reading, str], str]:
    """A writer whose module (and what that needs: tables take a second) is loaded when it is asked for."""

    def write(reading: Reading, language: str) -> str:
        writer = getattr(importlib.import_module(f"thuis.dossier.export.{module}"), name)
        given = (reading, language) if len(inspect.signature(writer).parameters) > 1 else (reading,)
        return str(writer(*given))

    return write


FORMS: dict[str, Callable[[Reading, str], str]] = {
    ".json": _json,
    ".jsonld": _by("jsonld", "json_ld"),
    ".csl.json": _by("refs", "csl"),
    ".md": _by("text", "markdown"),
    ".html": _by("html", "html"),
    ".xml": _by("akn", "akoma_ntoso"),
    ".bib": _by("refs", "bibtex"),
    ".csv": _by("tables", "citations_csv"),
    ".commitments.csv": _by("tables", "commitments_csv"),
}
"""What can be written, by the end of the file's name."""


def write_letter(reading: Reading, out: Path, language: str = "nl") -> None:
    """Write a letter; the file is made aside and moved into place.

    :raises ThuisError: for a name with an end that is not in :data:`FORMS`, or a folder that is not there.
    """
    end = next((each for each in sorted(FORMS, key=len, reverse=True) if out.name.endswith(each)), None)
    if end is None:
        raise ThuisError(f"no form for {out.suffix or out.name!r}", Place(str(out)), available=tuple(FORMS))
    if not out.parent.is_dir():
        raise ThuisError("there is no such folder", Place(str(out.parent)), step="make it first")
    put(out, FORMS[end](reading, language))
