"""A table described for machines: CSV on the Web beside each file, and as a Data Package resource."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from thuis.project.model import Project
from thuis.publish.columns import Column

_CSVW = {"string": "string", "number": "double", "integer": "integer", "boolean": "boolean"}


def csvw(
    file: str, columns: Sequence[Column], keys: Sequence[str], title: Mapping[str, str], project: Project
) -> dict[str, Any]:
    """The metadata of one CSV file by the W3C's "Metadata Vocabulary for Tabular Data" (2015).

    :param file: the name of the file, beside which the metadata stand.
    :param keys: columns that together are different in every row.
    :param title: what the table is, per language.
    """
    found: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": project.languages[0]}],
        "url": file,
        "dc:title": _spoken(title, project),
        "dc:publisher": {"@id": project.publisher.url},
        "dc:license": {"@id": project.licence.url},
        "dc:issued": project.released.isoformat(),
        "dc:bibliographicCitation": _spoken(project.citation, project),
        "schema:version": project.version,
        "dialect": {"header": True, "delimiter": ",", "encoding": "utf-8"},
        "tableSchema": {"columns": [_column(each, project) for each in columns], "primaryKey": list(keys)},
    }
    if project.synthetic:
        found["dc:description"] = _spoken(project.synthetic, project)
    return found


def _spoken(text: Mapping[str, str], project: Project) -> list[dict[str, str]]:
    return [{"@value": text[lang], "@language": lang} for lang in project.languages]


def _column(column: Column, project: Project) -> dict[str, Any]:
    """``titles`` is the header as it stands in the file; what it means is said in every language."""
    kind: str | dict[str, str] = _CSVW[column.kind]
    if column.values:
        kind = {"base": "string", "format": f"({'|'.join(map(re.escape, column.values))})"}
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": _spoken(column.text, project),
        "datatype": kind,
        "required": column.required,
        "null": "",
    }


def resource(
    path: str,
    content: bytes,
    columns: Sequence[Column],
    title: Mapping[str, str],
    project: Project,
    *,
    keys: Sequence[str] = (),
) -> dict[str, Any]:
    """A CSV file as a resource of the Data Package, with size and digest.

    :param path: where it is below the data folder; the resource's name follows from it.
    """
    schema: dict[str, Any] = {"fields": [_field(each, project) for each in columns], "missingValues": [""]}
    if keys:
        schema["primaryKey"] = list(keys)
    told = {"title": title[project.languages[0]], "titles": dict(title)}
    return extra_table(path, content) | told | {"schema": schema}


def extra_table(path: str, content: bytes) -> dict[str, Any]:
    """A CSV file of which no more is known than its bytes, as a resource of the Data Package."""
    return {
        "name": resource_name(path),
        "path": path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def resource_name(path: str) -> str:
    """A name for a file: lower case, with dots where folders end.

    >>> resource_name("figures/trust/origin-by-sex.csv")
    'figures.trust.origin-by-sex'
    """
    return path.removesuffix(".csv").replace("/", ".")


def _field(column: Column, project: Project) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "type": column.kind,
        "description": column.text[project.languages[0]],
    }
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if constraints:
        found["constraints"] = constraints
    return found


def package(project: Project, resources: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """``datapackage.json``: every table of the data folder, by the Data Package standard, version 2."""
    first = project.languages[0]
    description = project.description[first]
    if project.synthetic:
        description = f"{project.synthetic[first]} {description}"
    licence = project.licence
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": _name(project),
        "id": project.address,
        "homepage": project.address,
        "title": project.title[first],
        "titles": dict(project.title),
        "description": description,
        "descriptions": dict(project.description),
        "synthetic": project.synthetic,
        "version": project.version,
        "created": f"{project.released.isoformat()}T00:00:00Z",
        "licenses": [{"name": licence.id, "path": licence.url, "title": licence.title[first]}],
        "contributors": [
            {"title": project.publisher.name[first], "path": project.publisher.url, "roles": ["publisher"]}
        ],
        "sources": [{"title": wave.source[first]} for wave in project.waves],
        "resources": list(resources),
    }


def _name(project: Project) -> str:
    """The last part of the address, as letters, digits and hyphens."""
    last = project.address.rstrip("/").rpartition("/")[2].lower()
    return re.sub(r"[^a-z0-9]+", "-", last).strip("-") or "monitor"
